"""The kinds of parameters that operations have, operands among them: what a form shows, and how a value is written in
Python.

Values are plain: int, float, bool, str, tuple of int, torch.dtype; None (or absence) means "left out", of the call and
of the source alike.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from explorer.late import torch


@dataclass(frozen=True)
class Parameter:
    """A parameter under torch's own spelling.

    `positional`: written without its name. `required`: a draft without it cannot run. `default`: what a form starts
    with; `implied`: torch takes the default where nothing is said, so it is not written.
    """

    name: str
    default: Any = None
    required: bool = False
    positional: bool = False
    implied: bool = False

    def first(self, shape: Sequence[int], dtype: Any) -> Any:
        """What a draft on a tensor of that shape and dtype (None: on none) starts with."""
        return self.default

    def keeps(self, value: Any, rank: int) -> bool:
        """Whether a draft on so many axes keeps what was chosen in the one before."""
        return value is not None and type(value) is type(self.default)

    def literal(self, value: Any) -> str:
        """`value` as a Python expression with the same value."""
        return literal(value)

    def passed(self, value: Any) -> Mapping[str, Any]:
        """The keyword arguments that `value` becomes in the call."""
        return {self.name: value}

    def silent(self, value: Any) -> bool:
        """Whether the call says the same without `value`."""
        return value is None or (self.implied and value == self.default)

    def written(self, value: Any) -> str:
        """The argument as it stands in the source."""
        return self.literal(value) if self.positional else f"{self.name}={self.literal(value)}"


@dataclass(frozen=True)
class Operand(Parameter):
    """A tensor that the operation works on.

    `many`: of any number, as a "list", a "tuple" or one behind the other ("star"); a signature has at most one such.
    `optional`: may be left out (None); what follows it is then written with its name. `number`: may be a Python number.
    `chooses`: only chooses among cells, as a "mask" of True and False or as an "index" of whole numbers.
    """

    positional: bool = True
    many: Literal["", "list", "tuple", "star"] = ""
    optional: bool = False
    number: bool = False
    chooses: Literal["", "mask", "index"] = ""


INPUT = Operand("input")
OTHER = Operand("other", number=True)


@dataclass(frozen=True)
class AxisNumber(Parameter):
    """What names axes of the operand, -rank to rank-1. `named`: a draft starts with one although all may be meant."""

    named: bool = False
    extra: int = 0

    def first(self, shape: Sequence[int], dtype: Any) -> Any:
        bound = len(shape) + self.extra
        if bound and (self.required or self.named or self.default is not None):
            return min(self.default or 0, bound - 1)
        return 0 if self.required else None

    def keeps(self, value: Any, rank: int) -> bool:
        bound = rank + self.extra
        axes = value if isinstance(value, tuple) else () if value is None else (value,)
        return value is not None and all(-bound <= a < bound for a in axes)


@dataclass(frozen=True)
class Axis(AxisNumber):
    """One axis; `extra` = 1 where the result has one axis more (stack, unsqueeze)."""

    def keeps(self, value: Any, rank: int) -> bool:
        return super().keeps(value, rank) and not isinstance(value, tuple)


@dataclass(frozen=True)
class Axes(AxisNumber):
    """One axis, several (a tuple), or all of them (None)."""


@dataclass(frozen=True)
class Permutation(Parameter):
    """Every axis once, in the order of the result."""

    def first(self, shape: Sequence[int], dtype: Any) -> Any:
        return tuple(reversed(range(len(shape))))

    def keeps(self, value: Any, rank: int) -> bool:
        return value is not None and sorted(value) == list(range(rank))

    def written(self, value: Any) -> str:
        return spread(value)


@dataclass(frozen=True)
class Size(Parameter):
    """Lengths of the result's axes; `inferred`: one of them may be -1. `stretches`: axes of length 1 grow to them.
    `trailing`: they are those of the operand's last axes."""

    inferred: bool = False
    stretches: bool = False
    trailing: bool = False

    def first(self, shape: Sequence[int], dtype: Any) -> Any:
        if self.trailing:
            return tuple(shape[-1:]) or None
        return (tuple(shape) if self.stretches else tuple(reversed(shape))) if self.required else self.default

    def keeps(self, value: Any, rank: int) -> bool:
        return not self.required and super().keeps(value, rank)

    def written(self, value: Any) -> str:
        return spread(value) if self.positional and self.inferred else super().written(value)


@dataclass(frozen=True)
class Flag(Parameter):
    """Yes or no."""

    default: Any = False
    implied: bool = True

    def first(self, shape: Sequence[int], dtype: Any) -> Any:
        return None


@dataclass(frozen=True)
class Number(Parameter):
    """A Python number; `integer`: a whole one only."""

    integer: bool = False


@dataclass(frozen=True)
class Order(Parameter):
    """The order of a norm: 2, 1, inf, -inf, 0 or any other number."""

    default: Any = 2
    presets: tuple[float, ...] = (2, 1, math.inf, -math.inf, 0, 3)


@dataclass(frozen=True)
class Choice(Parameter):
    """One of a few words."""

    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Equation(Parameter):
    """The labels of an einsum: a letter for each axis of each operand, and for those of the result."""


@dataclass(frozen=True)
class DType(Parameter):
    """A torch.dtype; `differs`: a draft starts with another than the tensor has."""

    differs: bool = False

    def first(self, shape: Sequence[int], dtype: Any) -> Any:
        if not self.differs or dtype is None:
            return self.default
        return torch.int64 if dtype.is_floating_point else torch.float32

    def keeps(self, value: Any, rank: int) -> bool:
        return not self.differs and super().keeps(value, rank)


@dataclass(frozen=True)
class Device(Parameter):
    """A device by its torch name: "cpu", "cuda:0", "meta"."""

    def literal(self, value: Any) -> str:
        return repr(str(value))


@dataclass(frozen=True)
class Values(Parameter):
    """Typed values: a number, or nested lists of numbers."""


@dataclass(frozen=True)
class At:
    """In a key, the place of operand number `operand`: a mask or a tensor of indices."""

    operand: int


@dataclass(frozen=True)
class Key(Parameter):
    """What stands between the brackets of `A[...]`: a tuple of int, bool, slice, None, Ellipsis, list and `At`."""

    def first(self, shape: Sequence[int], dtype: Any) -> Any:
        return (0,) if shape else ()

    def keeps(self, value: Any, rank: int) -> bool:
        return False


@dataclass(frozen=True)
class Seed(Parameter):
    """The seed of a random fill: its own generator on the CPU, so that a replay gives the same numbers."""

    def passed(self, value: Any) -> Mapping[str, Any]:
        return {"generator": torch.Generator().manual_seed(value)}

    def written(self, value: Any) -> str:
        return f"generator=torch.Generator().manual_seed({value})"


def literal(value: Any) -> str:
    """`value` as a Python expression that needs no other import than torch."""
    if isinstance(value, bool | str) or value is None:
        return repr(value)
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if isinstance(value, complex):
        return f"complex({literal(value.real)}, {literal(value.imag)})"
    if isinstance(value, list):
        return f"[{', '.join(literal(v) for v in value)}]"
    if isinstance(value, tuple):
        return f"({', '.join(literal(v) for v in value)}{',' if len(value) == 1 else ''})"
    return str(value) if type(value).__module__ == "torch" else repr(value)


def key_text(key: Sequence[Any], names: Sequence[str] = ()) -> str:
    """A key as it stands between brackets, `names` being those of the operands: `1, :, ::2`, `M`."""
    return ", ".join(_key_part(part, names) for part in key) if key else "()"


def _key_part(part: Any, names: Sequence[str]) -> str:
    if isinstance(part, At):
        return names[part.operand]
    if part is Ellipsis:
        return "..."
    if not isinstance(part, slice):
        return literal(part)
    start, stop, step = ("" if x is None else str(x) for x in (part.start, part.stop, part.step))
    return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"


def spread(value: Any) -> str:
    """Sizes as torch's users write them: `3, 4`, and `()` for none."""
    return ", ".join(map(str, value)) if value else "()"
