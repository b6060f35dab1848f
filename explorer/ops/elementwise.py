"""Cell by cell: each output cell comes from the cells of the same position, a length of 1 being stretched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.parameters import INPUT, OTHER, Choice, Number, Operand
from explorer.ops.provenance import Labelled
from explorer.ops.schema import Arguments, Depends, Family, Form, Op, Stage, shapes_of


@dataclass(frozen=True)
class Elementwise(Op):
    """An operation on cells of equal position."""

    family: ClassVar[Family] = Family.ELEMENTWISE
    refuses: bool = False  # some values, where all numbers are whole: a divisor of 0, a power below 0

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Labelled:
        return together(shapes_of(operands))

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Stage, ...]:
        op, given = self.narrowed(operands)
        return (
            Stage(
                self.act(operands),
                self.family,
                self.trace(given, arguments),
                lambda inputs: op.run(inputs, arguments),
                tuple(-1 - k for k in range(len(given))),
            ),
        )

    def act(self, operands: Sequence[Any]) -> str:
        """The function that is seen to happen where cells meet."""
        return self.name.removesuffix("_") if self.writes else self.name

    def dependence(self, arguments: Arguments) -> Depends:
        return "step" if arguments.get("rounding_mode") else self.depends

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        whole = self.refuses or arguments.get("rounding_mode")
        return not whole or any(_fractional(x) for x in operands)


@dataclass(frozen=True)
class Clamp(Elementwise):
    """min(max(x, lower bound), upper bound), as far as there are bounds."""

    def act(self, operands: Sequence[Any]) -> str:
        bounds = [x.name for x, given in zip(self.operands, operands, strict=False) if given is not None][1:]
        return super().act(operands) if len(bounds) > 1 else {"min": "maximum", "max": "minimum"}[bounds[0]]


def _fractional(x: Any) -> bool:
    dtype = getattr(x, "dtype", None)
    return isinstance(x, float | complex) if dtype is None else dtype.is_floating_point or dtype.is_complex


def together(shapes: Sequence[tuple[int, ...]]) -> Labelled:
    """Positions aligned from the right, as torch broadcasts them; the shape comes from torch."""
    import torch

    # broadcast_shapes would say the same, but its first call imports for half a second
    standing = [torch.empty(shape, device="meta") for shape in shapes]
    met = torch.broadcast_tensors(*standing) if shapes else ()  # type: ignore[no-untyped-call]
    whole = tuple(met[0].shape) if met else ()
    labels = [tuple(range(len(whole) - len(shape), len(whole))) for shape in shapes]
    return Labelled(shapes, labels, (whole,), tuple(range(len(whole))))


def stage(function: str, shapes: Sequence[tuple[int, ...]], apply: Any, inputs: tuple[int, ...]) -> Stage:
    """One cell-by-cell stage of another family (the division of a mean, the root of a norm)."""
    return Stage(function, Family.ELEMENTWISE, together(shapes), apply, inputs)


def _binary(
    name: str, title: str, symbol: str, synonyms: tuple[str, ...], *parameters: Any, **more: Any
) -> Elementwise:
    return Elementwise(
        name, title, (_EITHER, OTHER, *parameters), Form.OPERATOR, symbol, synonyms=synonyms, in_place=True, **more
    )


def _comparison(name: str, title: str, symbol: str, synonyms: tuple[str, ...]) -> Elementwise:
    """A mask: where it is true of the two."""
    return _binary(name, title, symbol, ("compare", "mask", *synonyms), depends="step")


def _unary(name: str, title: str, synonyms: tuple[str, ...] = (), symbol: str = "") -> Elementwise:
    return Elementwise(name, title, symbol=symbol, synonyms=synonyms, in_place=True)


def _bound(name: str, default: float) -> Operand:
    return Operand(name, default=default, positional=False, number=True, optional=True)


_EITHER = Operand("input", number=True)
_ALPHA = Number("alpha")
_ROUNDING = Choice("rounding_mode", options=("trunc", "floor"))

ENTRIES: tuple[Op, ...] = (
    _binary("add", QT_TRANSLATE_NOOP("ops", "Add"), "+", ("plus", "sum of two", "+", "加", "加法", "相加"), _ALPHA),
    _binary("sub", QT_TRANSLATE_NOOP("ops", "Subtract"), "-", ("minus", "difference", "减", "减法", "相减"), _ALPHA),
    _binary(
        "mul",
        QT_TRANSLATE_NOOP("ops", "Multiply cell by cell"),
        "*",
        ("times", "hadamard", "product", "elementwise", "乘", "乘法", "逐元素相乘"),
    ),
    _binary("div", QT_TRANSLATE_NOOP("ops", "Divide"), "/", ("quotient", "over", "除", "除法", "相除"), _ROUNDING),
    _binary(
        "pow",
        QT_TRANSLATE_NOOP("ops", "Raise to a power"),
        "**",
        ("power", "exponent", "square", "幂", "次方", "乘方", "平方"),
        refuses=True,
    ),
    _binary(
        "floor_divide",
        QT_TRANSLATE_NOOP("ops", "Divide and round down"),
        "//",
        ("floor", "whole quotient", "整除", "向下取整"),
        depends="step",
        refuses=True,
    ),
    _binary(
        "remainder",
        QT_TRANSLATE_NOOP("ops", "Remainder of a division"),
        "%",
        ("modulo", "mod", "rest", "取余", "余数", "取模"),
        refuses=True,
    ),
    _unary("abs", QT_TRANSLATE_NOOP("ops", "Absolute value"), ("magnitude", "|x|", "绝对值")),
    _unary("neg", QT_TRANSLATE_NOOP("ops", "Change sign"), ("negative", "minus", "取负", "相反数")),
    _unary("sqrt", QT_TRANSLATE_NOOP("ops", "Square root"), ("root", "平方根", "开方")),
    _unary("exp", QT_TRANSLATE_NOOP("ops", "Exponential"), ("e to the x", "指数")),
    Clamp(
        "clamp",
        QT_TRANSLATE_NOOP("ops", "Keep between two bounds"),
        (INPUT, _bound("min", 0), _bound("max", 6)),
        synonyms=("clip", "limit", "bound", "截断", "限制范围", "夹取"),
        depends="choosing",
        in_place=True,
    ),
    Elementwise(
        "maximum",
        QT_TRANSLATE_NOOP("ops", "The larger of two"),
        (INPUT, Operand("other")),
        Form.FUNCTION,
        synonyms=("greater of two", "max of two", "relu", "较大者", "逐元素最大"),
        depends="choosing",
    ),
    Elementwise(
        "minimum",
        QT_TRANSLATE_NOOP("ops", "The smaller of two"),
        (INPUT, Operand("other")),
        Form.FUNCTION,
        synonyms=("lesser of two", "min of two", "较小者", "逐元素最小"),
        depends="choosing",
    ),
    _comparison(
        "gt",
        QT_TRANSLATE_NOOP("ops", "Greater"),
        ">",
        ("greater than", "大于", "比较", "掩码"),
    ),
    _comparison(
        "ge",
        QT_TRANSLATE_NOOP("ops", "Greater or equal"),
        ">=",
        ("at least", "大于等于", "比较", "掩码"),
    ),
    _comparison("lt", QT_TRANSLATE_NOOP("ops", "Less"), "<", ("less than", "smaller", "小于", "比较", "掩码")),
    _comparison(
        "le",
        QT_TRANSLATE_NOOP("ops", "Less or equal"),
        "<=",
        ("at most", "小于等于", "比较", "掩码"),
    ),
    _comparison("eq", QT_TRANSLATE_NOOP("ops", "Equal"), "==", ("equals", "same", "等于", "相等", "比较", "掩码")),
    _comparison("ne", QT_TRANSLATE_NOOP("ops", "Not equal"), "!=", ("differs", "unequal", "不等于", "比较", "掩码")),
)
