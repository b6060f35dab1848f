"""The kinds of parameters that operations have, operands among them: what a form shows, and how a value is written in
Python.

Values are plain: int, float, bool, str, tuple of int, torch.dtype; None (or absence) means "left out", of the call and
of the source alike.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


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
class Axis(Parameter):
    """One axis of the operand, -rank to rank-1; `extra` = 1 where the result has one axis more (stack, unsqueeze)."""

    extra: int = 0


@dataclass(frozen=True)
class Axes(Parameter):
    """One axis, several (a tuple), or all of them (None)."""


@dataclass(frozen=True)
class Permutation(Parameter):
    """Every axis once, in the order of the result."""

    def written(self, value: Any) -> str:
        return spread(value)


@dataclass(frozen=True)
class Size(Parameter):
    """Lengths of the result's axes; `inferred`: one of them may be -1."""

    inferred: bool = False

    def written(self, value: Any) -> str:
        return spread(value) if self.positional and self.inferred else super().written(value)


@dataclass(frozen=True)
class Flag(Parameter):
    """Yes or no."""

    default: Any = False
    implied: bool = True


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
class DType(Parameter):
    """A torch.dtype."""


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


@dataclass(frozen=True)
class Seed(Parameter):
    """The seed of a random fill: its own generator on the CPU, so that a replay gives the same numbers."""

    def passed(self, value: Any) -> Mapping[str, Any]:
        import torch

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
