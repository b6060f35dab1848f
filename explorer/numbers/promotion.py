"""Which dtype two operands meet in, and the rule of torch that decides it.

The dtype is always torch's own answer for stand-ins without values; only the words for it are found here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from explorer.errors import OpError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers.dtype_names import name_of
from explorer.ops import Forecast, Op
from explorer.ops.calls import quiet


class Rank(IntEnum):
    """What kind of operand it is; the higher one decides among dtypes of one kind of number."""

    NUMBER = 0  # a Python number
    SCALAR = 1  # a 0-d tensor
    TENSOR = 2  # a tensor with axes, however many cells it has


class Rule(StrEnum):
    """The rungs of the ladder, in the order in which they are asked."""

    KIND = "kind"  # bool < int < float < complex
    RANK = "rank"  # tensors with axes, then 0-d tensors, then Python numbers
    WIDTH = "width"  # the smallest dtype that holds both
    SAME = "same"  # nothing to decide
    OPERATION = "operation"  # the operation asks for another dtype: / for a float, == for bool


class NumberKind(IntEnum):
    """The kinds of numbers, low to high, as promotion sees them."""

    BOOL = 0
    INT = 1
    FLOAT = 2
    COMPLEX = 3


PYTHON: Mapping[type, NumberKind] = {
    bool: NumberKind.BOOL,
    int: NumberKind.INT,
    float: NumberKind.FLOAT,
    complex: NumberKind.COMPLEX,
}


@dataclass(frozen=True)
class Term:
    """One operand: a tensor's dtype or the type of a Python number, and its rank."""

    type: Any
    rank: Rank = Rank.TENSOR

    @classmethod
    def of(cls, operand: Any) -> Term:
        """The term of a tensor (or what has dtype and shape), or of a Python number."""
        dtype = getattr(operand, "dtype", None)
        if dtype is None:
            return cls(type(operand), Rank.NUMBER)
        return cls(dtype, Rank.TENSOR if len(operand.shape) else Rank.SCALAR)

    @property
    def number(self) -> NumberKind:
        """The kind of its numbers."""
        if self.rank is Rank.NUMBER:
            return PYTHON[self.type]
        if self.type == torch.bool:
            return NumberKind.BOOL
        return NumberKind.COMPLEX if self.type.is_complex else NumberKind(1 + self.type.is_floating_point)

    @property
    def text(self) -> Message:
        """ "int32", "0-d int32", "Python int"."""
        name = self.type.__name__ if self.rank is Rank.NUMBER else name_of(self.type)
        return Message("promotion", _TERMS[self.rank], {"type": name})

    def stand_in(self, device: str = "meta") -> Any:
        """An operand of this kind: a tensor of zeros, or the number 1."""
        if self.rank is Rank.NUMBER:
            return self.type(1)
        with quiet():  # complex32 warns that it is new
            return torch.zeros((2,) if self.rank is Rank.TENSOR else (), dtype=self.type, device=device)


@dataclass(frozen=True)
class Promotion:
    """What two terms meet in. `dtype` is None where torch refuses; then `refusal` has its words, and no rule applies.

    `winner` is 0 or 1 where one of the two decides alone.
    """

    terms: tuple[Term, Term]
    dtype: torch.dtype | None
    rule: Rule | None
    winner: int | None = None
    refusal: str = ""
    in_place: bool = False

    @property
    def reason(self) -> Message:
        """The rule as it decided here, in a clause: "float beats int"."""
        if self.rule is None:
            return Message("promotion", _REFUSED)
        one, other = self.terms if self.winner != 1 else self.terms[::-1]
        values: dict[str, object] = {"one": one.text, "other": other.text, "dtype": _named(self.dtype)}
        values |= {"high": one.number.name.lower(), "low": other.number.name.lower()}
        return Message("promotion", self._template(one, other), values)

    def _template(self, winner: Term, other: Term) -> str:
        if self.rule is Rule.KIND:
            if self.dtype == winner.type:
                return _KIND
            if winner.rank is Rank.NUMBER and other.number < NumberKind.FLOAT:
                return _KIND_DEFAULT
            return _KIND_RANK if winner.rank < other.rank else _KIND_WIDTH
        if self.rule is Rule.WIDTH:
            return _WIDER if self.winner is not None else _JOIN
        if self.rule is Rule.RANK:
            return _AXES if winner.rank is Rank.TENSOR else _SCALAR
        if self.rule is Rule.SAME:
            return _SAME
        return _IN_PLACE if self.in_place else _OPERATION

    def sentence(self, sign: str) -> Message:
        """ "int32 + 0-d float64 → float64: float beats int"."""
        one, other = self.terms
        values = {"one": one.text, "sign": sign, "other": other.text, "reason": self.reason}
        if self.dtype is None:
            return Message("promotion", _NO_SENTENCE, values)
        return Message("promotion", _SENTENCE, {**values, "dtype": name_of(self.dtype)})


def promoted(one: Term, other: Term) -> Promotion:
    """What torch's `result_type` says of the two, and why."""
    try:
        with quiet():
            dtype = torch.result_type(one.stand_in(), other.stand_in())
    except Exception as refusal:  # noqa: BLE001 - whatever torch raises: it has no answer
        return Promotion((one, other), None, None, refusal=_first_line(refusal))
    return _explained(one, other, dtype)


def taken_for(operands: Sequence[Any], dtype: torch.dtype) -> Message | None:
    """What torch takes a number for that its fellow operand's dtype does not hold: "-1 counts as 255 in uint8".

    `operands`: Python numbers, 0-d tensors, and what has a dtype and a shape; `dtype` is the result's. None where
    nothing of the kind happens: only whole numbers wrap, where they are reckoned with, or compared, in a dtype of whole
    numbers that a tensor with axes sets.
    """
    numbers = [x for x in operands if type(x) is int or (isinstance(x, torch.Tensor) and not x.ndim)]
    if len(operands) != 2 or len(numbers) != 1:
        return None
    meet = promoted(*(Term.of(x) for x in operands)).dtype
    if meet is None or meet.is_floating_point or meet.is_complex or dtype not in (meet, torch.bool):
        return None
    number = int(numbers[0])
    if not -(2**63) <= number < 2**63:  # torch refuses some of these, and makes no tensor of any
        return None
    read = torch.tensor(number).to(meet).item()
    if read == number:
        return None
    return Message("promotion", _TAKEN_FOR, {"number": number, "read": read, "dtype": name_of(meet)})


def foretold(op: Op, one: Term, other: Term) -> Promotion:
    """What the operation on such operands gives, by its forecast; refused with torch's words where torch would."""
    try:
        forecast = op.forecast([one.stand_in("cpu"), other.stand_in("cpu")], {})
    except OpError as error:
        return Promotion((one, other), None, None, refusal=error.detail or str(error.message))
    assert isinstance(forecast, Forecast)
    return decided(one, other, forecast.dtype, op.writes)


def decided(one: Term, other: Term, dtype: torch.dtype, in_place: bool = False) -> Promotion:
    """Why an operation on the two gives `dtype`, which came from its forecast or its run."""
    meet = promoted(one, other)
    return meet if meet.dtype == dtype else Promotion((one, other), dtype, Rule.OPERATION, in_place=in_place)


def _explained(one: Term, other: Term, dtype: torch.dtype) -> Promotion:
    terms = (one, other)
    if one.number is not other.number:
        return Promotion(terms, dtype, Rule.KIND, int(other.number > one.number))
    if _natural(one) == _natural(other):
        return Promotion(terms, dtype, Rule.SAME)
    if one.rank is not other.rank:
        return Promotion(terms, dtype, Rule.RANK, int(other.rank > one.rank))
    winner = next((k for k, term in enumerate(terms) if term.type == dtype), None)
    return Promotion(terms, dtype, Rule.WIDTH, winner)


def _natural(term: Term) -> torch.dtype:
    """The dtype that a term has of itself."""
    found: torch.dtype = torch.tensor(term.type(1)).dtype if term.rank is Rank.NUMBER else term.type
    return found


def _named(dtype: torch.dtype | None) -> str:
    return name_of(dtype) if dtype is not None else ""


def _first_line(refusal: Exception) -> str:
    return str(refusal).partition("\n")[0]


_TERMS = {
    Rank.TENSOR: QT_TRANSLATE_NOOP("promotion", "{type}"),
    Rank.SCALAR: QT_TRANSLATE_NOOP("promotion", "0-d {type}"),
    Rank.NUMBER: QT_TRANSLATE_NOOP("promotion", "Python {type}"),
}
_KIND = QT_TRANSLATE_NOOP("promotion", "{high} beats {low}")
_KIND_DEFAULT = QT_TRANSLATE_NOOP("promotion", "{high} beats {low}, and a {one} comes as {dtype}")
_KIND_RANK = QT_TRANSLATE_NOOP("promotion", "{high} beats {low}, and {other}, of higher rank, sets the width")
_KIND_WIDTH = QT_TRANSLATE_NOOP("promotion", "{high} beats {low}, in the width that holds both")
_AXES = QT_TRANSLATE_NOOP("promotion", "both are {high}, and a tensor with axes beats a {other}")
_SCALAR = QT_TRANSLATE_NOOP("promotion", "both are {high}, and a 0-d tensor beats a {other}")
_WIDER = QT_TRANSLATE_NOOP("promotion", "both are {high}, and the wider one holds the other")
_JOIN = QT_TRANSLATE_NOOP("promotion", "neither holds the other, and {dtype} holds both")
_SAME = QT_TRANSLATE_NOOP("promotion", "both are the same")
_OPERATION = QT_TRANSLATE_NOOP("promotion", "the operation itself asks for {dtype}")
_IN_PLACE = QT_TRANSLATE_NOOP("promotion", "written in place, the first keeps its {dtype}")
_REFUSED = QT_TRANSLATE_NOOP("promotion", "torch has no dtype for the two")
_SENTENCE = QT_TRANSLATE_NOOP("promotion", "{one} {sign} {other} → {dtype}: {reason}")
_TAKEN_FOR = QT_TRANSLATE_NOOP("promotion", "{number} counts as {read} in {dtype}")
_NO_SENTENCE = QT_TRANSLATE_NOOP("promotion", "{one} {sign} {other}: {reason}")
