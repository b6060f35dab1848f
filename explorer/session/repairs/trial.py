"""Calls near a refused draft, tried: foretold first, then run on copies where few cells are in it."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from explorer.errors import OpError
from explorer.late import torch
from explorer.memory import room_for
from explorer.ops import Call, forecasts
from explorer.ops.calls import silent
from explorer.ops.conversion import TO
from explorer.session import drafting, staging
from explorer.session.draft import Draft
from explorer.session.repairs.repair import Nested, unfolded, written
from explorer.workspace.scratch import Scratch
from explorer.workspace.steps import Operate

if TYPE_CHECKING:
    from explorer.ops import Forecast
    from explorer.workspace import Workspace

FEW = 2**16  # cells of one tensor that are worth a run


class Trial:
    """What torch says to calls over the names of a workspace; nothing of it is on the shelf."""

    def __init__(self, workspace: Workspace, draft: Draft) -> None:
        self._workspace = workspace
        self._tensors: dict[str, Any] = {}
        self._made: dict[str, Any] = {}
        self._device = draft.device

    @property
    def shelf(self) -> tuple[tuple[str, Any], ...]:
        """Names and tensors, newest first."""
        items = [item for item in self._workspace.items if not item.is_array and not item.unknown]
        return tuple((item.name, self._tensor(item.name)) for item in reversed(items[-drafting.TRIES :]))

    def _tensor(self, name: str) -> Any:
        if name not in self._tensors:
            self._tensors[name] = self._workspace[name].tensor()
        return self._tensors[name]

    def operands(self, call: Call[Nested]) -> tuple[Any, ...]:
        """Tensors and numbers for the operands of a call. Raises OpError where what comes first is refused."""
        found = tuple(self._stands(x) for x in call.operands)
        target = call.operands[0] if call.op.writes else None
        if isinstance(target, str) and drafting.recorded_leaf(self._workspace, target):
            return (found[0].detach().requires_grad_(), *found[1:])
        return found

    def _together(self, call: Call[Nested]) -> tuple[Any, ...]:
        """The operands, copied to the device of the draft as a run would do it. Raises OpError where they cannot be."""
        found = self.operands(call)
        devices = {str(x.device) for x in found if hasattr(x, "shape")}
        if call.op.writes or call.op.converts or devices <= {self._device} or devices == {"meta"}:
            return found
        return tuple(self._copied(x) if hasattr(x, "shape") else x for x in found)

    def _copied(self, tensor: Any) -> Any:
        return (
            tensor if str(tensor.device) == self._device else self._like(TO.call((tensor,), {"device": self._device}))
        )

    def _stands(self, x: Nested) -> Any:
        if isinstance(x, str):
            return self._tensor(x)
        if not isinstance(x, Call):
            return x
        text = written(x)
        if text not in self._made:
            self._made[text] = self._like(x.over(self._stands))
        return self._made[text]

    def _like(self, call: Call[Any]) -> Any:
        """The result of a call on tensors: itself where it is cheap, else one like it that takes no memory."""
        told = call.forecast()
        if isinstance(told, tuple):
            raise TypeError("several results are no operand")
        shape = tuple(n or 0 for n in told.shape)
        if told.nbytes == 0 or prod(shape) <= FEW:
            return call.run()
        return torch.ones((), device=told.device).to(told.dtype).expand(shape)

    def forecast(self, call: Call[Nested]) -> tuple[Forecast, ...]:
        """Of each result. Raises whatever torch raises, and ExplorerError."""
        left = drafting.missing(Draft(unfolded(call, lambda _: "_")))
        if left is not None:
            raise left
        operands = self._together(call)
        told = forecasts.forecast(call.op, operands, call.arguments)
        found = told if isinstance(told, tuple) else (told,)
        if len(found) > drafting.MOST_RESULTS:
            raise TypeError("too many results for the shelf")
        room_for(sum(f.nbytes or 0 for f in found), found[0].device)
        return found

    def refusal(self, call: Call[Nested]) -> OpError | None:
        """Why torch refuses it, in our words; None where it cannot be asked."""
        if drafting.missing(Draft(unfolded(call, lambda _: "_"))) is not None:
            return None
        try:
            call.op.forecast(self.operands(call), call.arguments)
        except OpError as error:
            return error
        except Exception:  # noqa: BLE001 - an operand is missing, or its making is refused
            return None
        return None

    def results(self, call: Call[Nested], told: tuple[Forecast, ...]) -> tuple[torch.Tensor, ...] | None:
        """What the call gives; None where there are too many cells to try. Raises whatever torch raises."""
        operands = self._together(call)
        sizes = [prod(getattr(x, "shape", ())) for x in operands] + [prod(n or 0 for n in f.shape) for f in told]
        if max(sizes) > FEW:
            return None
        with silent():
            found = call.op.run(staging.apart(list(operands)) if call.op.writes else operands, call.arguments)
            self._record(call)
        return found if isinstance(found, tuple) else (found,)

    def _record(self, call: Call[Nested]) -> None:
        """Run it after the recorded program, where autograd has something to say to a write."""
        if self._workspace.autograd is None or not call.op.writes:
            return
        scratch = Scratch()
        scratch.play(self._workspace.records)

        def make(first: Call[Any]) -> str:
            name = f" {len(scratch.names)}"
            (scratch.names[name],) = Operate(first, (name,)).perform(scratch.names)
            return name

        Operate(unfolded(call, make), ()).perform(scratch.names)
