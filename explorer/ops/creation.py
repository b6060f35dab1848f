"""Tensors that come from no tensor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.parameters import Device, DType, Number, Parameter, Seed, Size, Values
from explorer.ops.provenance import Nothing
from explorer.ops.schema import Arguments, Family, Form, Op, Stage


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

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Stage, ...]:
        return (Stage(self.name, self.family, self.trace(operands, arguments), lambda _: self.run((), arguments), ()),)


_SIZE = Size("size", required=True, positional=True)
_WHAT = (DType("dtype"), Device("device"))


def _number(name: str, integer: bool = False, required: bool = True) -> Number:
    return Number(name, integer=integer, required=required, positional=required)


ENTRIES: tuple[Op, ...] = (
    Creation(
        "tensor", QT_TRANSLATE_NOOP("ops", "Typed values"), (Values("data", required=True, positional=True), *_WHAT)
    ),
    Creation(
        "zeros",
        QT_TRANSLATE_NOOP("ops", "Zeros"),
        (_SIZE, *_WHAT),
        synonyms=("全零", "零"),
    ),
    Creation("ones", QT_TRANSLATE_NOOP("ops", "Ones"), (_SIZE, *_WHAT), synonyms=("全一",)),
    Creation(
        "full",
        QT_TRANSLATE_NOOP("ops", "One value everywhere"),
        (_SIZE, _number("fill_value"), *_WHAT),
        synonyms=("填充",),
    ),
    Creation(
        "arange",
        QT_TRANSLATE_NOOP("ops", "Whole steps"),
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
        QT_TRANSLATE_NOOP("ops", "Evenly spaced values"),
        (_number("start"), _number("end"), _number("steps", integer=True), *_WHAT),
        synonyms=("等分",),
    ),
    Creation(
        "eye",
        QT_TRANSLATE_NOOP("ops", "Ones on the diagonal"),
        (_number("n", integer=True), Number("m", integer=True, positional=True), *_WHAT),
        synonyms=("identity", "单位矩阵"),
    ),
    Creation(
        "rand",
        QT_TRANSLATE_NOOP("ops", "Random, 0 to 1"),
        (_SIZE, Seed("seed"), *_WHAT),
        synonyms=("uniform", "随机"),
    ),
    Creation(
        "randn",
        QT_TRANSLATE_NOOP("ops", "Random, bell-shaped"),
        (_SIZE, Seed("seed"), *_WHAT),
        synonyms=("normal", "gaussian", "随机", "正态"),
    ),
    Creation(
        "randint",
        QT_TRANSLATE_NOOP("ops", "Random whole numbers"),
        (
            Number("low", positional=True, integer=True),
            _number("high", integer=True),
            _SIZE,
            Seed("seed"),
            *_WHAT,
        ),
        synonyms=("随机整数",),
    ),
    Creation("empty", QT_TRANSLATE_NOOP("ops", "Memory as it is found"), (_SIZE, *_WHAT), synonyms=("uninitialised",)),
)
