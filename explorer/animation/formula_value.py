"""What a formula comes to as it is printed: with numbers that no dtype cuts, so that a sentence knows what is equal.

Whole numbers are Python's, which have no end; of others torch is asked in float64.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite, prod
from typing import Any

from explorer.animation.glyphs import written
from explorer.animation.spoken import Spoken, endless, near, shown
from explorer.errors import OpError
from explorer.late import torch
from explorer.ops import Act, Op
from explorer.ops.calls import quiet
from explorer.ops.words import Join

Terms = Sequence[Sequence[Any]]
"""Python numbers; several of one term are multiplied."""
EQUAL = 1e-14  # of the largest number: what float64 is off where decimals are equal
OF_LINES = ("dim", "keepdim", "dtype")  # arguments that a line by itself does not have


def wide(numbers: Sequence[Any], fractions: bool = False) -> torch.Tensor:
    """Python numbers as a tensor of the widest dtype of their kind; as `fractions` also whole ones. OverflowError
    where a whole one is out of its range."""
    kinds = {type(x) for x in numbers}
    whole = torch.bool if kinds == {bool} else torch.int64
    dtype = torch.complex128 if complex in kinds else torch.float64 if float in kinds or fractions else whole
    return torch.tensor(numbers, dtype=dtype)


def whole(terms: Terms) -> bool:
    """Whether all numbers are whole ones, or True and False."""
    return all(isinstance(x, int) for term in terms for x in term)


def of_cells(op: Op, numbers: Sequence[Any], arguments: Mapping[str, Any], fractions: bool) -> Any:
    """What an operation comes to on one cell of each operand; None where it is not known."""
    given = {name: value for name, value in arguments.items() if value is not None}
    if op.exact is not None and not fractions and whole([numbers, tuple(given.values())]):
        return op.exact(*numbers, **given)
    try:
        with quiet():
            found = op.run(list(wide(numbers, fractions)), given)
    except (OpError, OverflowError, RuntimeError):
        return None
    return found.item() if isinstance(found, torch.Tensor) else None


def of_line(op: Op, numbers: Sequence[Any], arguments: Mapping[str, Any], **more: Any) -> Any:
    """What an operation makes of a line by itself: a number, or the numbers of a line; None where it is not known."""
    given = {name: value for name, value in arguments.items() if value is not None and name not in OF_LINES}
    try:
        with quiet():
            found = op.run([wide(numbers, fractions=True)], {**given, **more})
    except (OpError, OverflowError, RuntimeError):
        return None
    return found.tolist() if isinstance(found, torch.Tensor) else None


def joined(terms: Terms, join: Join, before: Sequence[Act], after: Sequence[Act]) -> Any:
    """Terms, what is done to each, how they are joined, and what is done to that; None where it is not known."""
    if whole(terms) and not before and not after and join.endless is not None:
        return join.endless([prod(term) if len(term) > 1 else term[0] for term in terms])
    try:
        line = wide([term[0] for term in terms], fractions=True)
        for k in range(1, max(map(len, terms))):
            line = line * wide([term[k] if k < len(term) else 1 for term in terms], fractions=True)
    except OverflowError:
        return None
    return along(line, join, before, after)


def along(line: torch.Tensor, join: Join, before: Sequence[Act], after: Sequence[Act]) -> Any:
    """As `joined`, of terms in a 1-d tensor that can hold what comes of them."""
    try:
        for act in before:
            line = act.run([line])
        total = join.over(line, 0)
        for act in after:
            total = act.run([total])
    except RuntimeError:
        return None
    return total.item()


def of_no_values(join: Join, after: Sequence[Act]) -> str:
    """What is made of what a join gives for no values; "" where nothing is."""
    text = endless(int(join.over(torch.empty(0), 0).item())).text
    for k, act in enumerate(after):
        text = written(act.words, f"({text})" if k else text)
    return text if after else ""


def ended(found: Sequence[Any], terms: Sequence[Any], exact: bool, value: Spoken, step: float) -> tuple[str, bool]:
    """What stands behind a formula: its value, `= 15` or `≈ 0.333333`; or, where the dtype does not hold that, what the
    formula comes to, and False. `found`: what it comes to with the numbers as they are printed, and as they are; None
    where that is not known. `terms`: what is joined; `exact`: no digit was cut; `step`: of neighbours in the dtype,
    next to 1."""
    printed, actual = found
    if printed is None or actual is None or value.number is None:
        return shown(value), True
    size = max((abs(x) for x in (*terms, actual) if isfinite(abs(x))), default=0)
    exact = exact or isinstance(printed, bool)
    if exact and near(printed, value.says, EQUAL * size if isinstance(printed, float | complex) else 0):
        return f" = {value.text}", True
    if near(actual, value.number, (2 + len(terms)) * step * abs(actual)) and not isinstance(printed, bool):
        return f" ≈ {value.text}", True
    known = step or printed == printed  # a whole number may be too long to be written
    return shown(endless(printed if exact else actual)) if known else "", False
