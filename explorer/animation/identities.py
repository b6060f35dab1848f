"""The identities of the axes of everything on the shelf: as it is, as a step saw it, and once a draft has run."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from explorer.animation.axes import AxisId, Pairs, Weave, alignment
from explorer.late import torch
from explorer.ops import Call, Op
from explorer.ops.crossing import Untold
from explorer.workspace.layout import ArrayLayout
from explorer.workspace.recording import leaves_of
from explorer.workspace.steps import Operate

if TYPE_CHECKING:
    from explorer.workspace.record import Record
    from explorer.workspace.workspace import Workspace

Axes = tuple[AxisId, ...]
Aligned = tuple[list[Pairs], list[Pairs]]


@dataclass(frozen=True)
class Ahead:
    """A call that has not run, over names and numbers. `ranks`: of its results, which will be called `outputs`;
    `step`: in whose place it comes, else it comes last."""

    call: Call[Any]
    outputs: Sequence[str]
    ranks: Sequence[int]
    step: int | None = None


def identities(workspace: Workspace) -> dict[str, Axes]:
    """The identities of the axes of everything on the shelf, by name."""
    return Woven(workspace).shelf()


def foretold(workspace: Workspace, ahead: Ahead) -> tuple[dict[str, Axes], dict[str, Axes]]:
    """Those of everything on the shelf once the operation has run, and of what it will have read."""
    woven = Woven(workspace, ahead)
    operands, _ = woven.moments[-1 if ahead.step is None else ahead.step]
    axes = woven.weave.named()
    given = [x for x in ahead.call.operands if x is not None]
    read = {x: axes[k] for x, k in zip(given, operands, strict=True) if isinstance(x, str)}
    return woven.shelf(), read


def of_step(workspace: Workspace, step: int) -> tuple[dict[str, Axes], tuple[Axes, ...]]:
    """Those of what a step read, by name, and of each of its results, as they were then."""
    woven = Woven(workspace)
    axes = woven.weave.named()
    inputs, outputs = woven.moments[step]
    names = workspace.records[step].step.inputs
    return {name: axes[k] for name, k in zip(names, inputs, strict=True)}, tuple(axes[k] for k in outputs)


class Woven:
    """A whole program as a weave."""

    def __init__(self, workspace: Workspace, ahead: Ahead | None = None) -> None:
        self.workspace = workspace
        self.weave = Weave()
        self.numbers: dict[object, int] = {}  # by the object that a name stands for: two names may be one tensor
        self.moments: list[tuple[list[int], list[int]]] = []  # what each step read and gave
        self.made: dict[str, int] = {}  # what is ahead
        for k, record in enumerate(workspace.records):
            if ahead is not None and ahead.step == k:
                self._foretell(ahead, record)
            else:
                self._record(record)
        if ahead is not None and ahead.step is None:
            self._foretell(ahead)

    def shelf(self) -> dict[str, Axes]:
        """The identities of the axes of all names; none of those whose step is not told."""
        axes, workspace = self.weave.named(), self.workspace
        found = {name: self.numbers.get(workspace.view(name).identity) for name in workspace.names}
        return {name: axes[k] for name, k in {**found, **self.made}.items() if k is not None}

    def _record(self, record: Record) -> None:
        inputs = [self.numbers.get(view.identity) for view in record.inputs]
        known = [k for k in inputs if k is not None]
        if [self.weave.ranks[k] for k in known] != [len(view.layout.shape) for view in record.inputs]:
            new = self._unrelated(record)  # of another program: what is ahead gives something else here
        else:
            new = self._made(record, known)
        self.moments.append((known, new))
        self.numbers.update({v.identity: k for v, k in zip(record.outputs, new, strict=True) if v is not None})

    def _made(self, record: Record, inputs: list[int]) -> list[int]:
        call, by_name = call_of(record), dict(zip(record.step.inputs, inputs, strict=True))
        if record.step.writes:
            if call is not None:
                self.weave.operate(self._operands(call, by_name), _aligned(record, call)[0], ())
            return inputs[:1]
        if call is not None:
            return self.weave.operate(self._operands(call, by_name), *_aligned(record, call))
        if leaves := leaves_of(record.step):  # a gradient has the axes of its leaf
            return [self._alike(leaf) for leaf in inputs[-len(leaves) :]]
        shapes = [None if view is None else view.layout.shape for view in (*record.inputs, *record.outputs)]
        if len(inputs) == 1 and shapes[1:] == shapes[:1]:
            return [self._alike(inputs[0])]
        return self._unrelated(record)

    def _alike(self, tensor: int) -> int:
        return self.weave.operate([tensor], (), [[((0, a),) for a in range(self.weave.ranks[tensor])]])[0]

    def _unrelated(self, record: Record) -> list[int]:
        return [self.weave.tensor(0 if view is None else len(view.layout.shape)) for view in record.outputs]

    def _operands(self, call: Call[Any], by_name: Mapping[str, int]) -> list[int]:
        """The tensors of all operands that are given; what has no name is one of its own."""
        given = [x for x in call.operands if x is not None]
        return [by_name[x] if isinstance(x, str) else self.weave.tensor(getattr(x, "ndim", 0)) for x in given]

    def _foretell(self, ahead: Ahead, record: Record | None = None) -> None:
        """Weave what is ahead, in the place of `record` if that is given."""
        call = ahead.call
        views = {x: self.workspace.view(x) for x in call.names}
        operands = self._operands(call, {name: self.numbers[view.identity] for name, view in views.items()})
        aligned, results = _alignment(call, {name: view.layout for name, view in views.items()}, ahead.ranks)
        new = self.weave.operate(operands, aligned, results if _moves(call.op) else ())
        self.moments.append((operands, new))
        self.made = dict(zip(ahead.outputs, new or operands[:1], strict=True))
        bound = record.outputs if record is not None else list(views.values())[: len(new)] if call.op.writes else ()
        self.numbers.update({v.identity: k for v, k in zip(bound, new, strict=False) if v is not None})


def call_of(record: Record) -> Call[Any] | None:
    """The call that a step of the program is, over names, where it is told what that does to axes."""
    if not isinstance(record.step, Operate) or isinstance(record.step.call.op, Untold):
        return None
    return None if isinstance(record.inputs[0].layout, ArrayLayout) else record.step.call


def _moves(op: Op) -> bool:
    """Whether the axes of the results are others than those of the first operand where they were."""
    return not op.overwrites


def _aligned(record: Record, call: Call[Any]) -> Aligned:
    """What a step of the program aligns; kept as long as the step is."""
    if record not in _ALIGNED:
        layouts = {name: view.layout for name, view in zip(record.step.inputs, record.inputs, strict=True)}
        ranks = [0 if view is None else len(view.layout.shape) for view in record.outputs]
        _ALIGNED[record] = _alignment(call, layouts, ranks)
    return _ALIGNED[record]


def _alignment(call: Call[Any], layouts: Mapping[str, Any], ranks: Sequence[int]) -> Aligned:
    """What an operation aligns on operands laid out like this."""
    drawn = call.over(
        lambda x: torch.empty(layouts[x].shape, dtype=_dtype(layouts[x]), device="meta") if isinstance(x, str) else x
    )
    looks = [(tuple(x.shape), x.dtype) if getattr(x, "is_meta", False) else repr(x) for x in drawn.operands]
    asked = _Asked((call.op, tuple(looks), repr(call.arguments), tuple(ranks)), drawn, ranks)
    values = any(isinstance(x, torch.Tensor) and not x.is_meta for x in drawn.operands)
    return _told.__wrapped__(asked) if values else _told(asked)


@dataclass(frozen=True)
class _Asked:
    """A call on tensors, and the ranks of its results; alike where `key` is."""

    key: Hashable
    call: Call[Any] = field(compare=False)
    ranks: Sequence[int] = field(compare=False)


@lru_cache(maxsize=512)
def _told(asked: _Asked) -> Aligned:
    """What a call aligns. Through many cells that takes seconds, and it is asked each time the stage has another
    size."""
    try:
        return alignment(asked.call)
    except Exception:  # noqa: BLE001 - where only values decide, the axes of the results are new
        return [], [[() for _ in range(rank)] for rank in asked.ranks]


def _dtype(layout: Any) -> Any:
    """What matters of a dtype here: whether it is of masks."""
    return torch.bool if layout.dtype == torch.bool else torch.int64 if not layout.dtype.is_floating_point else None


_ALIGNED: WeakKeyDictionary[Record, Aligned] = WeakKeyDictionary()
