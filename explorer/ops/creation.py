"""Tensors that come from no tensor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from explorer.messages import Phrase
from explorer.ops.entry import Arguments, Family, Form
from explorer.ops.op import Op
from explorer.ops.parameters import Device, DType, Number, Parameter, Seed, Size, Values
from explorer.ops.provenance import Nothing


@dataclass(frozen=True)
class Creation(Op):
    """A fill of a new tensor."""

    signature: tuple[Parameter, ...] = ()
    form: Form = Form.FUNCTION
    family: ClassVar[Family] = Family.CREATION

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Nothing:
        forecast = self.forecast(operands, arguments)
        shape = forecast.shape if not isinstance(forecast, tuple) else forecast[0].shape
        return Nothing((tuple(n or 0 for n in shape),))


_SIZE = Size("size", required=True, positional=True)
_WHAT = (DType("dtype"), Device("device"))


def _number(name: str, integer: bool = False, required: bool = True) -> Number:
    return Number(name, integer=integer, required=required, positional=required)


TENSOR = Creation(
    "tensor",
    Phrase("Typed values", "手动输入的值"),
    (Values("data", required=True, positional=True), *_WHAT),
    synonyms=("as_tensor", "array", "paste", "literal", "CSV", "粘贴", "数值"),
)
EMPTY = Creation(
    "empty", Phrase("Memory as it is found", "未初始化的内存"), (_SIZE, *_WHAT), synonyms=("uninitialised",)
)

ENTRIES: tuple[Op, ...] = (
    TENSOR,
    Creation(
        "zeros",
        Phrase("Zeros", "全 0"),
        (_SIZE, *_WHAT),
        synonyms=("全零", "零"),
    ),
    Creation("ones", Phrase("Ones", "全 1"), (_SIZE, *_WHAT), synonyms=("全一",)),
    Creation(
        "full",
        Phrase("One value everywhere", "处处同一个值"),
        (_SIZE, _number("fill_value"), *_WHAT),
        synonyms=("填充",),
    ),
    Creation(
        "arange",
        Phrase("Whole steps", "等差数列"),
        (
            Number("start", positional=True),
            Number("end", required=True, positional=True),
            Number("step"),
            *_WHAT,
        ),
        synonyms=("range", "等差", "范围"),
    ),
    Creation(
        "linspace",
        Phrase("Evenly spaced values", "等间隔的值"),
        (_number("start"), _number("end"), _number("steps", integer=True), *_WHAT),
        synonyms=("等分",),
    ),
    Creation(
        "eye",
        Phrase("Ones on the diagonal", "对角线为 1"),
        (_number("n", integer=True), Number("m", integer=True, positional=True), *_WHAT),
        synonyms=("identity", "单位矩阵"),
    ),
    Creation(
        "rand",
        Phrase("Random, 0 to 1", "随机数，0 到 1"),
        (_SIZE, Seed("seed"), *_WHAT),
        synonyms=("uniform", "随机"),
    ),
    Creation(
        "randn",
        Phrase("Random, bell-shaped", "随机数，正态分布"),
        (_SIZE, Seed("seed"), *_WHAT),
        synonyms=("normal", "gaussian", "随机", "正态"),
    ),
    Creation(
        "randint",
        Phrase("Random whole numbers", "随机整数"),
        (
            Number("low", positional=True, integer=True),
            _number("high", integer=True),
            _SIZE,
            Seed("seed"),
            *_WHAT,
        ),
        synonyms=("随机整数",),
    ),
    EMPTY,
)
