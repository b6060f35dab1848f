"""Between torch and NumPy, and what NumPy does itself: entries of a program's steps, which no draft is of."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.calls import OPERATORS, invoke, quiet
from explorer.ops.entry import Arguments, Family, Form, Kind, shapes_of
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, OTHER, Flag, Operand, Parameter
from explorer.ops.provenance import Nothing, Provenance

AUGMENTED: Mapping[str, Callable[[Any, Any], Any]] = {
    "+=": operator.iadd,
    "-=": operator.isub,
    "*=": operator.imul,
    "/=": operator.itruediv,
    "//=": operator.ifloordiv,
    "%=": operator.imod,
    "**=": operator.ipow,
}


def is_array(x: Any) -> bool:
    """Whether it is a NumPy array."""
    return hasattr(x, "__array_interface__")


@dataclass(frozen=True)
class Untold(Op):
    """An entry of which nothing is drawn."""

    family: ClassVar[Family] = Family.CROSSING

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        return Nothing(shapes_of(operands[:1]))

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        return invoke(self, operands, arguments)


@dataclass(frozen=True)
class ToArray(Untold):
    """`A.numpy()`: an array over the same memory."""

    gives: ClassVar[Kind] = "array"
    shares: ClassVar[bool] = True

    def refused_as(self, operands: Sequence[Any]) -> str:
        (x,) = operands
        if x.device.type == "meta":
            return QT_TRANSLATE_NOOP("errors", "{what} lives on meta and has no memory that NumPy could see.")
        if x.device.type != "cpu":
            return QT_TRANSLATE_NOOP(
                "errors",
                "{what} lives on {where}, and NumPy sees only the memory of the CPU: copy it to the CPU first.",
            )
        if x.is_conj():
            return QT_TRANSLATE_NOOP(
                "errors",
                "{what} is conjugated by a mark and not in memory, which NumPy does not know: duplicate it first.",
            )
        if x.is_neg():
            return QT_TRANSLATE_NOOP(
                "errors",
                "{what} is negated by a mark and not in memory, which NumPy does not know: duplicate it first.",
            )
        return QT_TRANSLATE_NOOP("errors", "{what} is of a dtype that NumPy does not have: convert it first.")


@dataclass(frozen=True)
class FromArray(Untold):
    """`torch.from_numpy(n)` over the same memory."""

    takes: ClassVar[Kind] = "array"
    shares: ClassVar[bool] = True
    converts: ClassVar[bool] = True

    def refused_as(self, operands: Sequence[Any]) -> str:
        if any(stride < 0 for stride in operands[0].strides):
            return QT_TRANSLATE_NOOP(
                "errors",
                "{what} runs backwards through memory (strides {strides} bytes), which no tensor can; "
                "duplicate it first: a copy has its own order.",
            )
        return QT_TRANSLATE_NOOP("errors", "{what} with strides {strides} cannot become a tensor.")


@dataclass(frozen=True)
class CopyFromArray(FromArray):
    """`torch.tensor(n)`: the values of an array in a tensor's own memory."""

    shares: ClassVar[bool] = False

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        room_for(operands[0].nbytes)
        return super().outcome(operands, arguments)


@dataclass(frozen=True)
class CopyArray(Untold):
    """`n.copy()`."""

    takes: ClassVar[Kind] = "array"
    gives: ClassVar[Kind] = "array"
    converts: ClassVar[bool] = True
    refusal: ClassVar[str] = QT_TRANSLATE_NOOP("errors", "{what} cannot be copied into memory of its own.")

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        room_for(operands[0].nbytes)
        return super().outcome(operands, arguments)


@dataclass(frozen=True)
class ArrayOperator(Untold):
    """`n + 1` of NumPy: a new array; of 0-d arrays NumPy makes a bare scalar, which is `wrapped` into one again."""

    signature: tuple[Parameter, ...] = (Operand("left", number=True), OTHER, Flag("wrapped"))
    form: Form = Form.OPERATOR
    takes: ClassVar[Kind] = "array"
    gives: ClassVar[Kind] = "array"
    refusal: ClassVar[str] = QT_TRANSLATE_NOOP("errors", "NumPy refuses {code} for {what}.")

    @property
    def word(self) -> str:
        return self.symbol

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        import numpy as np  # noqa: PLC0415 - operations are listed without it

        room_for(needed(self.symbol, *operands))
        return np.asarray(OPERATORS[self.symbol](*operands))

    def source(self, names: Sequence[str | None], arguments: Arguments) -> str:
        text = super().source(names, {})
        return f"np.asarray({text})" if arguments.get("wrapped") else text


def needed(symbol: str, left: Any, right: Any) -> int:
    """The bytes of what NumPy makes of both; 0 where it will refuse them."""
    import numpy as np  # noqa: PLC0415 - operations are listed without it

    bare = (np.empty(0, x.dtype) if isinstance(x, np.ndarray) else x for x in (left, right))
    try:
        cells = prod(np.broadcast_shapes(np.shape(left), np.shape(right)))
        with quiet():
            return cells * int(np.asarray(OPERATORS[symbol](*bare)).itemsize)
    except Exception:  # noqa: BLE001 - NumPy shall say so in its own words
        return 0


@dataclass(frozen=True)
class Augmented(Untold):
    """`n += 1`: in place, for arrays and tensors alike."""

    signature: tuple[Parameter, ...] = (INPUT, OTHER)
    form: Form = Form.OPERATOR
    writes: bool = True
    takes: ClassVar[Kind] = "any"
    gives: ClassVar[Kind] = "any"

    @property
    def word(self) -> str:
        return self.symbol

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        target, value = operands
        if AUGMENTED[self.symbol](target, value) is not target:
            raise TypeError(f"{self.symbol} gives a new object")
        return target

    def source(self, names: Sequence[str | None], arguments: Arguments) -> str:
        return f"{names[0]} {self.symbol} {names[1]}"


NUMPY = ToArray("numpy")
FROM_NUMPY = FromArray("from_numpy", form=Form.FUNCTION)
COPIED = CopyFromArray("torch.tensor", form=Form.FUNCTION, function="tensor")
COPY = CopyArray("copy")

ENTRIES: tuple[Op, ...] = (
    NUMPY,
    FROM_NUMPY,
    COPIED,
    COPY,
    *(ArrayOperator(f"numpy {symbol}", symbol=symbol) for symbol in OPERATORS),
    *(Augmented(symbol, symbol=symbol) for symbol in AUGMENTED),
)
