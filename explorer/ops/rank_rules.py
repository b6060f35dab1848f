"""Operands of too many or too few axes, and numbers that are too small, found by trying others: rules as in `reasons`.

Lengths are left out of it: each operand is tried with its axes of length 1.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.entry import Arguments, CatalogEntry
from explorer.ops.forecasts import taken, taken_of_ones
from explorer.ops.parameters import Key, Number, Size
from explorer.ops.refusal_text import Cause, Named, name_of, say
from explorer.ops.shape_rules import Rule, tensors

MOST = 5  # axes that are tried


def _rank(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """One operand that would be taken with another number of axes."""
    if any(isinstance(p, Size | Key) for p in op.parameters) or taken_of_ones(op, operands, arguments):
        return None
    for place, x in reversed(tensors(operands)):
        wanted = next((r for r in _others(x.ndim) if taken_of_ones(op, operands, arguments, {place: r})), None)
        if wanted is None:
            continue
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} takes {one} with so many axes here: {wanted}, and it is {shape}; reshape, squeeze or unsqueeze it.",
        )
        every = Cause("shape", place, tuple(range(x.ndim)))
        one, shape = Named(place, name_of(place)), str(tuple(x.shape))
        return say(op, operands, template, every, one=one, wanted=wanted, shape=shape)
    return None


def _others(rank: int) -> Iterator[int]:
    """Other numbers of axes, the nearest first."""
    yield from sorted((r for r in range(MOST) if r != rank), key=lambda r: abs(r - rank))


def _number(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """A whole number in whose place another would do."""
    for p in op.parameters:
        value = arguments.get(p.name)
        if not isinstance(p, Number) or not p.integer or not isinstance(value, int):
            continue
        other = next((n for n in (1, 2, 0) if taken(op, operands, {**arguments, p.name: n})), None)
        if other is not None:
            template = QT_TRANSLATE_NOOP(
                "errors", "{op} takes no {name} of {value} for {all}; choose another, such as {other}."
            )
            return say(
                op, operands, template, Cause("argument", argument=p.name), name=p.name, value=value, other=other
            )
    return None


def _nothing(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """All that may be left out is, and one of these is needed."""
    free = [k for k, own in enumerate(op.operands) if own.optional]
    given = [*operands, *[None] * (len(op.operands) - len(operands))]
    if op.arity is None or not free or any(given[k] is not None for k in free):
        return None
    if not taken(op, [1 if k == free[0] and op.operands[k].number else x for k, x in enumerate(given)], arguments):
        return None
    template = QT_TRANSLATE_NOOP("errors", "{op} needs at least one of {names}; choose it.")
    return say(op, operands, template, names=", ".join(op.operands[k].name for k in free))


RULES: tuple[Rule, ...] = (_nothing, _number, _rank)
