"""Calls that differ from a refused one in one thing, each with how far it is from it. Whether torch takes them nobody
has asked yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from explorer.late import torch
from explorer.ops import Call, counterpart, remedies
from explorer.ops.alternatives import alternatives
from explorer.ops.indexing import READ
from explorer.ops.parameters import Axis, AxisNumber, DType, Parameter, Size
from explorer.ops.refusal_text import Cause
from explorer.session.repairs.repair import Nested

ELSEWHERE = 1.5
"""How much further an edit is that mends nothing of what the refusal is about."""
SHELVED = 8  # names that may stand in the place of an operand

Edit = tuple[float, Call[Nested]]


@dataclass(frozen=True)
class Refused:
    """A call that torch refuses: what stands for its `operands`, what the refusal is about, and the shelf, newest
    first, as names with their tensors."""

    call: Call[Nested]
    operands: tuple[Any, ...]
    causes: tuple[Cause, ...]
    shelf: tuple[tuple[str, Any], ...]

    def far(self, base: float, fact: str, place: int = 0, argument: str = "") -> float:
        """How far an edit is, if it changes this."""
        if not self.causes:
            return base + ELSEWHERE / 3
        hit = any(f.fact == fact and (f.argument == argument if argument else f.operand == place) for f in self.causes)
        return base if hit else base + ELSEWHERE

    @property
    def tensors(self) -> list[tuple[int, Any]]:
        """The operands that are tensors, with their places."""
        return [(k, x) for k, x in enumerate(self.operands) if hasattr(x, "shape")]

    @property
    def missing(self) -> list[Any]:
        """What the signature has for operands that are not given."""
        placed = self.call.op.placed(len(self.operands))
        return [own for own, x in zip(placed, self.operands, strict=True) if x is None]

    def others(self, place: int) -> list[Any]:
        """The tensors beside that operand, but for those that only choose."""
        choosing = self.call.op.choosers(len(self.operands))
        return [x for k, x in self.tensors if k != place and k not in choosing]


def neighbours(refused: Refused) -> Iterator[Edit]:
    """All of them, those of one kind in their order; where an operand is missing only what may stand there."""
    if any(own is not None and not own.optional for own in refused.missing):
        yield from _other_operands(refused)
        return
    yield from _other_forms(refused)
    yield from _other_arguments(refused)
    for place, tensor in refused.tensors:
        yield from _changed(refused, place, tensor)
    yield from _all_of_one_dtype(refused)
    yield from _all_turned(refused)
    yield from _other_operands(refused)
    yield from _other_order(refused)


def _with(call: Call[Nested], place: int, operand: Nested) -> Call[Nested]:
    return replace(call, operands=(*call.operands[:place], operand, *call.operands[place + 1 :]))


def _other_forms(refused: Refused) -> Iterator[Edit]:
    """The same not in place, and what it is easily taken for."""
    call = refused.call
    pure = counterpart(call.op) if call.op.writes else None
    if pure is not None:
        yield 0.9, replace(call, op=pure)
    if call.op is READ:
        yield from remedies.flipped(call.operands[0], call.arguments["key"])
    for other in remedies.instead(call.op):
        if len(call.operands) == len(other.operands) or other.arity is None:
            yield (
                0.95 if any(f.fact == "memory" for f in refused.causes) else 1.02,
                Call(other, call.operands, _carried(call, other.parameters)),
            )


def _carried(call: Call[Nested], parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The arguments under the names that they have there."""
    kinds = {type(p): p.name for p in parameters}
    found = {
        kinds[type(p)]: call.arguments[p.name]
        for p in call.op.parameters
        if p.name in call.arguments and type(p) in kinds
    }
    return {k: v for k, v in found.items() if v is not None}


def _other_arguments(refused: Refused) -> Iterator[Edit]:
    call = refused.call
    for kind in call.op.parameters:
        base = refused.far(1.0 + _weight(kind), "argument", argument=kind.name)
        for rank, value in enumerate(alternatives(call.op, kind, refused.operands, call.arguments)):
            arguments = {k: v for k, v in call.arguments.items() if k != kind.name}
            if value is not None:
                arguments[kind.name] = value
            yield base + 0.03 * rank, replace(call, arguments=arguments)


def _weight(kind: Parameter) -> float:
    """An axis was rather mistaken than the dtype of the result."""
    if isinstance(kind, Size) and kind.stretches:
        return 0.3
    return 0.0 if isinstance(kind, AxisNumber) else 0.05 if isinstance(kind, DType) else 0.02


def _changed(refused: Refused, place: int, tensor: Any) -> Iterator[Edit]:
    """Something done to one operand first."""
    call, others = refused.call, refused.others(place)
    chooses = call.op.chooser(place, len(refused.operands))
    own = call.operands[place]
    more = 0.6 if place == 0 and call.op.writes else 0.0  # what is written to would be another
    beside = [x for k, x in refused.tensors if k != place]
    for fact, found in (
        ("dtype", remedies.converted(own, tensor, chooses, others)),
        ("device", remedies.moved(own, tensor, beside)),
        ("memory", remedies.laid_out(own, tensor)),
        ("shape", _reshaped(refused, own, tensor, beside)),
        ("values", _within(refused, place, tensor)),
    ):
        for cost, made in found:
            yield refused.far(cost, fact, place) + more, _with(call, place, made)


def _reshaped(
    refused: Refused, own: Nested, tensor: Any, beside: Sequence[Any]
) -> Iterator[tuple[float, Call[Nested]]]:
    """Axes in another order and the like; rather not where an argument may be wrong."""
    op, shapes = refused.call.op, [tuple(x.shape) for x in beside]
    size = next((p for p in op.parameters if isinstance(p, Size)), None)
    if size is not None and op.moves:
        if not size.stretches:
            return
        shapes.append(tuple(refused.call.arguments.get(size.name) or ()))
    argued = any(f.fact == "argument" for f in refused.causes)
    more = 0.3 if argued else 0.0 if refused.causes else 0.15
    for cost, made in remedies.reshaped(own, tuple(tensor.shape), shapes):
        yield cost + more, made


def _within(refused: Refused, place: int, tensor: Any) -> Iterator[tuple[float, Call[Nested]]]:
    """Indices in range."""
    op, subject = refused.call.op, refused.operands[refused.call.op.subject]
    if op.chooser(place, len(refused.operands)) != "index" or not hasattr(subject, "shape"):
        return
    axis = next((refused.call.arguments.get(p.name) for p in op.parameters if isinstance(p, Axis)), None)
    inside = isinstance(axis, int) and -subject.ndim <= axis < subject.ndim
    length = subject.shape[axis] if inside else subject.numel() if axis is None or not subject.ndim else 0
    yield from remedies.bounded(refused.call.operands[place], tensor, length)


def _all_of_one_dtype(refused: Refused) -> Iterator[Edit]:
    """Several operands converted to one dtype, where more than one is not of it."""
    call = refused.call
    choosing = call.op.choosers(len(refused.operands))
    found = [(k, x) for k, x in refused.tensors if k not in choosing]
    for rank, dtype in enumerate((torch.float32, torch.float64, torch.int64)):
        other = [k for k, x in found if x.dtype != dtype]
        if len(other) < 2:
            continue
        operands = tuple(remedies.to(x, dtype) if k in other else x for k, x in enumerate(call.operands))
        yield refused.far(1.25 + 0.05 * rank, "dtype", other[0]), replace(call, operands=operands)


def _all_turned(refused: Refused) -> Iterator[Edit]:
    """Two matrices turned at once: a product of either alone is refused as before."""
    call, matrices = refused.call, [k for k, x in refused.tensors if x.ndim == 2]
    if len(matrices) == len(refused.tensors) == 2:
        operands = tuple(remedies.turned(x) if k in matrices else x for k, x in enumerate(call.operands))
        yield refused.far(1.3, "shape", matrices[0]), replace(call, operands=operands)


def _other_operands(refused: Refused) -> Iterator[Edit]:
    """Another tensor of the shelf in one place, or nothing, or another number."""
    call, op = refused.call, refused.call.op
    placed = op.placed(len(call.operands))
    for place, (own, operand) in enumerate(zip(placed, call.operands, strict=True)):
        missing = operand is None and own is not None and not own.optional
        about = any(f.fact != "argument" and f.operand == place for f in refused.causes)
        base = 0.6 if missing else 1.12 if about else 1.12 + ELSEWHERE
        x = refused.operands[place]
        if missing or (hasattr(x, "shape") and len(call.operands) > 1 and not (op.writes and place == 0)):
            names = [(name, y) for name, y in refused.shelf if name != operand]
            names.sort(key=lambda pair: _unlike(pair[1], x))
            for rank, (name, _) in enumerate(names[:SHELVED]):
                again = 0.5 if name in call.operands else 0.0
                yield base + 0.03 * rank + (0.3 if place == op.subject else 0) + again, _with(call, place, name)
        elif isinstance(operand, int | float | complex):
            for rank, number in enumerate(_numbers(refused, place, operand)):
                yield refused.far(1.1 + 0.05 * rank, "values", place), _with(call, place, number)
        if own is not None and own.optional and operand is not None:
            yield base + 0.3, _with(call, place, None)
        elif own is not None and own.optional and not refused.causes:
            given = [own.default] if own.default is not None else []
            for rank, other in enumerate((*(name for name, _ in refused.shelf[:SHELVED]), *given)):
                yield base + 0.03 * rank, _with(call, place, other)
        if own is not None and own.many and len(call.operands) > 2:
            yield base + 0.3, replace(call, operands=(*call.operands[:place], *call.operands[place + 1 :]))
        if missing and own is not None and own.chooses == "mask":
            subject = call.operands[op.subject]
            yield 0.8, _with(call, place, remedies.positive(subject))


def _unlike(one: Any, other: Any) -> tuple[bool, bool]:
    if not hasattr(other, "shape"):
        return False, False
    return one.ndim != other.ndim, one.dtype != other.dtype


def _numbers(refused: Refused, place: int, number: Any) -> Iterator[Any]:
    """Numbers near one that is refused: such as the dtype beside it holds."""
    beside = refused.others(place)
    near: list[Any] = []
    if (
        beside
        and not beside[0].dtype.is_floating_point
        and not beside[0].dtype.is_complex
        and beside[0].dtype != torch.bool
    ):
        info = torch.iinfo(beside[0].dtype)
        if isinstance(number, int | float) and abs(number) < float("inf"):
            near = [min(max(int(number), info.min), info.max)]
    real = number.real if isinstance(number, complex) else number
    near += [real, *([int(real)] if abs(real) < float("inf") else []), abs(real), 1, 0]
    yield from (x for x in dict.fromkeys(near) if x != number or type(x) is not type(number))


def _other_order(refused: Refused) -> Iterator[Edit]:
    """Two operands in each other's place."""
    call = refused.call
    facts = {f.fact for f in refused.causes}
    base = 1.2 if not facts or facts & {"shape", "values", "dtype"} else 1.2 + ELSEWHERE
    for one, other in combinations(range(len(call.operands)), 2):
        if None in (call.operands[one], call.operands[other]):
            continue
        operands = list(call.operands)
        operands[one], operands[other] = operands[other], operands[one]
        yield base, replace(call, operands=tuple(operands))
