"""The steps of a program that are about gradients: A.requires_grad_(), C.backward() and A.grad = None."""

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import torch

from explorer.errors import RoomError
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.calls import silent
from explorer.workspace.code import Writer
from explorer.workspace.operands import named, replaced
from explorer.workspace.scratch import Broken, Scratch, perform
from explorer.workspace.steps import Step, described, only_tensors, refusal
from explorer.workspace.view import View, adopt

if TYPE_CHECKING:
    from explorer.workspace.replay import Record


@dataclass(frozen=True, eq=False)
class Setting(Step):
    """What autograd is told of one tensor; no value changes."""

    target: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.target,)

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return ()

    @property
    def graded(self) -> bool:
        return True

    def renamed(self, names: Mapping[str, str]) -> Self:
        return replace(self, target=replaced(self.target, names))


@dataclass(frozen=True, eq=False)
class RequireGrad(Setting):
    """`A.requires_grad_()`: from here on autograd records what is made of A; `on` False ends that."""

    on: bool = True

    def statement(self, write: Writer) -> str:
        return f"{self.target}.requires_grad_({'' if self.on else 'False'})"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        only_tensors(self.inputs, inputs)
        (view,) = inputs
        try:
            torch.empty_like(view.tensor(), device="meta").requires_grad_(self.on)
        except Exception as error:
            template = QT_TRANSLATE_NOOP(
                "errors",
                "{what} cannot require gradients: only floating point and complex dtypes can. Convert it first.",
            )
            raise refusal(template, error, what=described(self.target, view)) from error
        return ()


@dataclass(frozen=True, eq=False)
class ClearGrad(Setting):
    """`A.grad = None`: what backwards have given A so far does not add up with what others will."""

    def statement(self, write: Writer) -> str:
        return f"{self.target}.grad = None"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        only_tensors(self.inputs, inputs)
        return ()


@dataclass(frozen=True, eq=False)
class Backward(Step):
    """`C.backward(); A_grad = A.grad.clone()`: gradients of C for the leaves it was made from, as they are after it.

    `gradient`: None (a scalar needs none), the name of a tensor of the shape of C, or ONES of that shape. `retained`:
    the graph is kept for another backward. Gradients add up in `A.grad` from one backward to the next.
    """

    target: str
    leaves: tuple[str, ...]
    results: tuple[str | None, ...]
    gradient: str | None = None
    retained: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        given = () if self.gradient in (None, ONES) else (self.gradient,)
        return named(self.target, given, self.leaves)

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return self.results

    @property
    def graded(self) -> bool:
        return True

    def renamed(self, names: Mapping[str, str]) -> Self:
        target, leaves, results = replaced((self.target, self.leaves, self.results), names)
        return replace(self, target=target, leaves=leaves, results=results, gradient=replaced(self.gradient, names))

    def keeping(self, names: Collection[str]) -> Self:
        return replace(self, results=tuple(x if x in names else None for x in self.results))

    def statement(self, write: Writer) -> str:
        call = backward_call(self.target, self.gradient, self.retained)
        kept = [(name, leaf) for name, leaf in zip(self.results, self.leaves, strict=True) if name]
        if not kept:
            return call
        return f"{call}; {', '.join(n for n, _ in kept)} = {', '.join(f'{leaf}.grad.clone()' for _, leaf in kept)}"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        raise AssertionError("a backward runs after its whole program")

    def run_after(self, past: Sequence["Record"], inputs: Sequence[View]) -> tuple[View | None, ...]:
        from explorer.workspace.recorded_refusals import explained

        only_tensors(self.inputs, inputs)
        scratch = Scratch()
        try:
            scratch.play(past)
            with silent():
                made = perform(self, scratch.names)
        except Broken as broken:
            raise explained(past, broken.step, broken.cause) from broken
        except RoomError:
            raise
        except Exception as error:
            raise explained(past, self, error) from error
        unknown = any(view.unknown for view in inputs)
        return tuple(adopt(x, unknown) if name else None for name, x in zip(self.results, made, strict=True))


ONES = "="  # no name that a tensor could have


def backward_call(name: str, gradient: str | None = None, retained: bool = False) -> str:
    """`name.backward(...)` in writing."""
    given = [] if gradient is None else [f"torch.ones_like({name})" if gradient == ONES else gradient]
    if retained:
        given.append("retain_graph=True")
    return f"{name}.backward({', '.join(given)})"


@perform.register
def _(step: RequireGrad, names: MutableMapping[str, Any]) -> tuple[Any, ...]:
    names[step.target].requires_grad_(step.on)
    return ()


@perform.register
def _(step: ClearGrad, names: MutableMapping[str, Any]) -> tuple[Any, ...]:
    names[step.target].grad = None
    return ()


@perform.register
def _(step: Backward, names: MutableMapping[str, Any]) -> tuple[Any, ...]:
    target = names[step.target]
    room_for(target.nbytes + 2 * sum(names[leaf].nbytes for leaf in step.leaves), target.device)
    gradient = torch.ones_like(target) if step.gradient == ONES else replaced(step.gradient, names)
    target.backward(gradient, **({"retain_graph": True} if step.retained else {}))
    return tuple(names[leaf].grad.clone() for leaf in step.leaves)
