"""Cell by cell: each output cell comes from the cells of the same position, a length of 1 being stretched."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import nan
from typing import Any, ClassVar

from explorer.late import torch
from explorer.messages import Phrase
from explorer.ops import words
from explorer.ops.entry import Act, Arguments, Depends, Family, Form, shapes_of
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, OTHER, Choice, Number, Operand
from explorer.ops.provenance import Labelled
from explorer.ops.words import Words


@dataclass(frozen=True)
class Elementwise(Op):
    """An operation on cells of equal position."""

    family: ClassVar[Family] = Family.ELEMENTWISE
    cellwise: ClassVar[bool] = True
    stretches: ClassVar[bool] = True

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Labelled:
        return together(shapes_of(operands))

    def aim(self, operands: Sequence[Any]) -> Phrase:
        """What is done to the cells of `a` with those of `b` and `c`, in words; "" where its sign says it."""
        return self.words.aim

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        return not self.refuses or any(_fractional(x) for x in operands)


@dataclass(frozen=True)
class Quotient(Elementwise):
    """A division, which may be rounded to a whole number."""

    def dependence(self, arguments: Arguments) -> Depends:
        return "step" if arguments.get("rounding_mode") else self.depends

    def certain(self, operands: Sequence[Any], arguments: Arguments) -> bool:
        return not arguments.get("rounding_mode") or super().certain(operands, arguments)


@dataclass(frozen=True)
class Clamp(Elementwise):
    """min(max(x, lower bound), upper bound), as far as there are bounds."""

    def aim(self, operands: Sequence[Any]) -> Phrase:
        return _KEPT.get(tuple(x.name for x in self.operands[1:]), super().aim(operands))

    def act(self, operands: Sequence[Any]) -> Words:
        bounds = [x.name for x, given in zip(self.operands, operands, strict=False) if given is not None][1:]
        return {"min": words.LARGER, "max": words.SMALLER}[bounds[0]] if len(bounds) == 1 else super().act(operands)


def _fractional(x: Any) -> bool:
    dtype = getattr(x, "dtype", None)
    return isinstance(x, float | complex) if dtype is None else dtype.is_floating_point or dtype.is_complex


def together(shapes: Sequence[tuple[int, ...]]) -> Labelled:
    """Positions aligned from the right, as torch broadcasts them; the shape comes from torch."""
    # broadcast_shapes would say the same, but its first call imports for half a second
    standing = [torch.empty(shape, device="meta") for shape in shapes]
    met = torch.broadcast_tensors(*standing) if shapes else ()  # type: ignore[no-untyped-call]
    whole = tuple(met[0].shape) if met else ()
    labels = [tuple(range(len(whole) - len(shape), len(whole))) for shape in shapes]
    return Labelled(shapes, labels, (whole,), tuple(range(len(whole))))


def stretched(shape: tuple[int, ...], whole: tuple[int, ...]) -> Labelled:
    """One operand, stretched over `whole` as torch broadcasts it."""
    rank = len(whole)
    return Labelled((shape,), (tuple(range(rank - len(shape), rank)),), (whole,), tuple(range(rank)))


def stage(said: Words, shapes: Sequence[tuple[int, ...]], apply: Any, inputs: tuple[int, ...]) -> Act:
    """One cell-by-cell stage of another family (the division of a mean, the root of a norm)."""
    return Act(said, Family.ELEMENTWISE, together(shapes), apply, inputs)


def _binary(
    name: str,
    title: Phrase,
    symbol: str,
    synonyms: tuple[str, ...],
    *parameters: Any,
    kind: type[Elementwise] = Elementwise,
    **more: Any,
) -> Elementwise:
    more = {"words": Words(sign=symbol), **more}
    return kind(
        name, title, (_EITHER, OTHER, *parameters), Form.OPERATOR, symbol, synonyms=synonyms, in_place=True, **more
    )


def _comparison(name: str, title: Phrase, symbol: str, synonyms: tuple[str, ...]) -> Elementwise:
    """A mask: where it is true of the two."""
    return _binary(name, title, symbol, ("compare", "mask", *synonyms), depends="step")


def _unary(name: str, title: Phrase, synonyms: tuple[str, ...], said: Words, **more: Any) -> Elementwise:
    return Elementwise(name, title, synonyms=synonyms, in_place=True, words=said, **more)


def _power(base: int, exponent: int) -> int | float | Fraction:
    """A fraction where the exponent is below 0, of 0 as torch has it; NaN for a number that is too long to write."""
    if not base:
        return int(exponent == 0)
    if abs(base) == 1:
        return int(base ** (exponent % 2))
    if abs(exponent) * base.bit_length() > _LONGEST:
        return nan if exponent > 0 else 0.0
    return int(base**exponent) if exponent >= 0 else Fraction(1, base**-exponent)


def _bound(name: str, default: float) -> Operand:
    return Operand(name, default=default, positional=False, number=True, optional=True)


_KEPT = {
    ("min", "max"): Phrase(
        "Each value of {a} is kept between {b} and {c}. {name} has the shape {shape}.",
        "{a} 的每个值都限制在 {b} 与 {c} 之间。{name} 的形状是 {shape}。",
    ),
    ("min",): Phrase(
        "Each value of {a} below {b} becomes {b}. {name} has the shape {shape}.",
        "{a} 中小于 {b} 的每个值都变成 {b}。{name} 的形状是 {shape}。",
    ),
    ("max",): Phrase(
        "Each value of {a} above {b} becomes {b}. {name} has the shape {shape}.",
        "{a} 中大于 {b} 的每个值都变成 {b}。{name} 的形状是 {shape}。",
    ),
}
_EITHER = Operand("input", number=True)
_ALPHA = Number("alpha")
_LONGEST = 4096  # bits of a power
_ROUNDING = Choice("rounding_mode", options=("trunc", "floor"))

EXP = _unary("exp", Phrase("Exponential", "指数函数"), ("e to the x", "指数"), words.EXPONENTIAL, poles=(), offered=10)

SUB = _binary(
    "sub",
    Phrase("Subtract", "减"),
    "-",
    ("minus", "difference", "减", "减法", "相减"),
    _ALPHA,
    words=words.MINUS,
    exact=lambda a, b, alpha=1: a - alpha * b,
    poles=(),
)

ENTRIES: tuple[Op, ...] = (
    _binary(
        "add",
        Phrase("Add", "加"),
        "+",
        ("plus", "sum of two", "+", "加", "加法", "相加"),
        _ALPHA,
        words=words.PLUS,
        exact=lambda a, b, alpha=1: a + alpha * b,
        poles=(),
        offered=8,
    ),
    SUB,
    _binary(
        "mul",
        Phrase("Multiply cell by cell", "逐元素相乘"),
        "*",
        ("times", "hadamard", "product", "elementwise", "乘", "乘法", "逐元素相乘"),
        words=words.TIMES,
        exact=operator.mul,
        poles=(),
        instead=("matmul",),
        offered=9,
    ),
    _binary(
        "div",
        Phrase("Divide", "除"),
        "/",
        ("quotient", "over", "除", "除法", "相除"),
        _ROUNDING,
        kind=Quotient,
        words=words.OVER,
        poles=(1,),
        refuses="divisor",
    ),
    _binary(
        "pow",
        Phrase("Raise to a power", "求幂"),
        "**",
        ("power", "exponent", "square", "幂", "次方", "乘方", "平方"),
        words=words.POWER,
        exact=_power,
        poles=(0,),
        refuses="exponent",
    ),
    _binary(
        "floor_divide",
        Phrase("Divide and round down", "除后向下取整"),
        "//",
        ("floor", "whole quotient", "整除", "向下取整"),
        depends="step",
        exact=operator.floordiv,
        poles=(1,),
        refuses="divisor",
    ),
    _binary(
        "remainder",
        Phrase("Remainder of a division", "除法的余数"),
        "%",
        ("modulo", "mod", "rest", "取余", "余数", "取模"),
        exact=operator.mod,
        refuses="divisor",
    ),
    _unary("abs", Phrase("Absolute value", "绝对值"), ("magnitude", "|x|", "绝对值"), words.MAGNITUDE, exact=abs),
    _unary(
        "neg",
        Phrase("Change sign", "变号"),
        ("negative", "minus", "取负", "相反数"),
        words.NEGATIVE,
        exact=operator.neg,
    ),
    _unary("sqrt", Phrase("Square root", "平方根"), ("root", "平方根", "开方"), words.ROOT),
    EXP,
    Clamp(
        "clamp",
        Phrase("Keep between two bounds", "限制在上下界之间"),
        (INPUT, _bound("min", 0), _bound("max", 6)),
        synonyms=("clip", "limit", "bound", "截断", "限制范围", "夹取"),
        depends="choosing",
        in_place=True,
    ),
    Elementwise(
        "maximum",
        Phrase("The larger of two", "两者中较大的"),
        (INPUT, Operand("other")),
        Form.FUNCTION,
        synonyms=("greater of two", "max of two", "relu", "较大者", "逐元素最大"),
        depends="choosing",
        words=words.LARGER,
    ),
    Elementwise(
        "minimum",
        Phrase("The smaller of two", "两者中较小的"),
        (INPUT, Operand("other")),
        Form.FUNCTION,
        synonyms=("lesser of two", "min of two", "较小者", "逐元素最小"),
        depends="choosing",
        words=words.SMALLER,
    ),
    _comparison(
        "gt",
        Phrase("Greater", "大于"),
        ">",
        ("greater than", "大于", "比较", "掩码"),
    ),
    _comparison(
        "ge",
        Phrase("Greater or equal", "大于或等于"),
        ">=",
        ("at least", "大于等于", "比较", "掩码"),
    ),
    _comparison("lt", Phrase("Less", "小于"), "<", ("less than", "smaller", "小于", "比较", "掩码")),
    _comparison(
        "le",
        Phrase("Less or equal", "小于或等于"),
        "<=",
        ("at most", "小于等于", "比较", "掩码"),
    ),
    _comparison("eq", Phrase("Equal", "等于"), "==", ("equals", "same", "等于", "相等", "比较", "掩码")),
    _comparison("ne", Phrase("Not equal", "不等于"), "!=", ("differs", "unequal", "不等于", "比较", "掩码")),
)
