"""Valid calls of the catalogue with one mistake in each, as people make them."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch

from explorer.errors import OpError
from explorer.ops import Op, counterpart
from explorer.ops.parameters import Axes, Axis, DType, Equation, Number, Permutation, Size
from explorer.session import drafting
from explorer.session.draft import Draft
from explorer.workspace import Definition, Workspace
from tests.ops.cases import Case, torch_may_warn


@dataclass(frozen=True)
class Broken:
    """A refused draft over a workspace; `right` are the results of the call without the mistake, which is of this
    `kind`."""

    kind: str
    draft: Draft
    workspace: Workspace
    right: tuple[torch.Tensor, ...]

    def __repr__(self) -> str:
        shelf = ", ".join(f"{x.name} {tuple(x.shape)} {x.dtype_name}" for x in self.workspace.items)
        return f"{self.kind}: {self.draft.op.name} {self.draft.operands} {dict(self.draft.arguments)} | {shelf}"


@dataclass(frozen=True)
class Mistake:
    """What a mistake makes of a call: other operands and arguments, and what is on the shelf besides."""

    kind: str
    op: Op
    operands: tuple[Any, ...]
    arguments: Mapping[str, Any]
    besides: tuple[torch.Tensor, ...] = ()
    meant: Case | None = None


def workspace_of(tensors: Mapping[str, Any]) -> Workspace:
    found = Workspace()
    for name, tensor in tensors.items():
        if tensor.device.type == "meta":
            found = found.create(name, Definition("zeros", {"size": tuple(tensor.shape)}, tensor.dtype, device="meta"))
        else:
            found = found.create(name, Definition.typed(tensor.contiguous()))
    return found


def drafts(case: Case, chance: random.Random) -> Iterator[Broken]:
    """Refused drafts: the call with each mistake that torch does not take."""
    right = case.results()
    found = list(mistakes(case, chance))
    chance.shuffle(found)
    for mistake in {m.kind: m for m in found}.values():
        broken = on_a_shelf(mistake, mistake.meant.results() if mistake.meant else right)
        if broken is not None:
            yield broken


def any_refusal(case: Case) -> Broken | None:
    """A call as a draft; None where torch takes it."""
    return on_a_shelf(Mistake("any", case.op, case.operands, case.arguments), ())


def on_a_shelf(mistake: Mistake, right: tuple[torch.Tensor, ...]) -> Broken | None:
    """The draft with the mistake over a workspace; None where torch takes it."""
    shelf: dict[str, Any] = {}
    operands: list[Any] = []
    for x in mistake.operands:
        name = f"X{len(shelf)}"
        if isinstance(x, torch.Tensor):
            shelf[name] = x
        operands.append(name if isinstance(x, torch.Tensor) else x)
    for x in mistake.besides:
        shelf[f"X{len(shelf)}"] = x
    workspace = workspace_of(shelf)
    device = "meta" if all(x.device.type == "meta" for x in shelf.values()) else "cpu"
    draft = Draft(mistake.op.call(operands, mistake.arguments), device=device)
    draft = replace(draft, call=replace(draft.call, operands=tuple(operands)))
    told = refused(draft, workspace)
    return Broken(mistake.kind, told, workspace, right) if told is not None else None


def refused(draft: Draft, workspace: Workspace) -> Draft | None:
    """The draft with what stands against it; None where nothing does."""
    with torch_may_warn():
        told = drafting.foretold(draft, workspace)
        if told.error is None:
            try:
                operands = [workspace[x].tensor().clone() if isinstance(x, str) else x for x in draft.operands]
                draft.op.run(operands, draft.arguments)
            except OpError as error:
                told = replace(told, forecast=None, error=error.named(drafting.names(draft)))
    return told if isinstance(told.error, OpError) else None


def mistakes(case: Case, chance: random.Random) -> Iterator[Mistake]:
    """One of each kind, where there is any."""
    yield from of_operands(case, chance)
    yield from of_arguments(case, chance)
    yield from of_form(case)


def changed(case: Case, kind: str, place: int, operand: Any, *besides: torch.Tensor) -> Mistake:
    operands = (*case.operands[:place], operand, *case.operands[place + 1 :])
    return Mistake(kind, case.op, operands, case.arguments, besides)


def of_operands(case: Case, chance: random.Random) -> Iterator[Mistake]:
    count = len(case.operands)
    for place, x in enumerate(case.operands):
        if not isinstance(x, torch.Tensor):
            continue
        chooses = case.op.chooser(place, count)
        if chooses:
            yield changed(case, "dtype of what chooses", place, x.to(torch.float32))
        elif bool((x == x.round()).all()):
            yield changed(case, "dtype", place, x.to(torch.int64))
        if not chooses and x.is_floating_point():
            yield changed(case, "dtype", place, x.to(torch.float64 if x.dtype == torch.float32 else torch.float32))
        if x.ndim > 1:
            yield changed(case, "transposed", place, x.mT)
        if 1 in x.shape:
            yield changed(
                case, "an axis less", place, x.squeeze(chance.choice([a for a, n in enumerate(x.shape) if n == 1]))
            )
        yield changed(case, "an axis more", place, x.unsqueeze(chance.randint(0, x.ndim)))
        if chooses == "index" and x.numel():
            subject = case.operands[case.op.subject]
            wrong = x.contiguous().clone()
            wrong.view(-1)[0] += subject.shape[axis_of(case)] if subject.ndim else 1
            yield changed(case, "an index beyond", place, wrong)
        if count > 1:
            others = tuple(torch.ones(tuple(chance.choice((2, 3, 4, 5)) for _ in range(x.ndim))) for _ in range(2))
            yield changed(case, "another tensor", place, others[0].to(x.dtype), others[1], x)
            yield changed(case, "another device", place, x.to("meta"), x)
            yield changed(case, "left out", place, None, x)
    if count == 2 and all(isinstance(x, torch.Tensor) for x in case.operands):
        yield Mistake("the other way round", case.op, case.operands[::-1], case.arguments)


def axis_of(case: Case) -> int:
    kinds = [p.name for p in case.op.parameters if isinstance(p, Axis)]
    return next((case.arguments[name] for name in kinds if case.arguments.get(name) is not None), 0)


def of_arguments(case: Case, chance: random.Random) -> Iterator[Mistake]:
    x = case.operands[case.op.subject] if case.operands else None
    rank = getattr(x, "ndim", 0)
    for kind in case.op.parameters:
        value = case.arguments.get(kind.name)
        for wrong in list(wrong_values(kind, value, rank, case, chance)):
            arguments = {**case.arguments, kind.name: wrong}
            yield Mistake(f"{type(kind).__name__}", case.op, case.operands, arguments)


def wrong_values(kind: Any, value: Any, rank: int, case: Case, chance: random.Random) -> Iterator[Any]:
    match kind:
        case Axis() | Axes() if isinstance(value, int) and rank + kind.extra:
            bound = rank + kind.extra
            if value % bound == bound - 1:
                yield bound  # counted from one
                yield bound + 1
            else:
                yield -bound - 1 if value % bound == 0 else None
        case Axes() if isinstance(value, tuple) and value:
            if rank - 1 in value:
                yield tuple(a + 1 for a in value)
            yield (*value, value[0])
        case Permutation() if rank > 1:
            yield tuple(value)[:-1]
            yield tuple(a % rank + 1 for a in value)
        case Size() if value:
            place = chance.randrange(len(value))
            if value[place] >= 0:
                yield (*value[:place], value[place] + 1, *value[place + 1 :])
        case Equation():
            left, arrow, right = value.partition("->")
            parts = left.split(",")
            place = chance.randrange(len(parts))
            if len(parts[place]) > 1:
                yield ",".join([*parts[:place], parts[place][::-1], *parts[place + 1 :]]) + arrow + right
                yield ",".join([*parts[:place], parts[place][:-1], *parts[place + 1 :]]) + arrow + right
            yield f"{left}->{right.strip()}z"
        case DType() if kind.name in case.arguments or not kind.required:
            yield torch.uint16
        case Number() if kind.integer and kind.required:
            yield -3


def of_form(case: Case) -> Iterator[Mistake]:
    """In place, where the result does not fit."""
    other = counterpart(case.op) if not case.op.writes else None
    if other is None or not isinstance(case.operands[0], torch.Tensor):
        return
    yield Mistake("in place", other, case.operands, case.arguments)
    if case.operands[0].numel():
        whole = (case.operands[0] * 3).round().to(torch.int64)
        if len(case.operands) == 1:
            meant = Case(case.op, (whole,), case.arguments)
            yield Mistake("in place on whole numbers", other, (whole,), case.arguments, (), meant)
