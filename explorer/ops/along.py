"""Along one axis, which stays: each cell depends on its line, or on the part of the line up to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial as bound
from math import prod
from typing import Any, ClassVar

from explorer.messages import Phrase
from explorer.ops import elementwise, words
from explorer.ops.entry import Act, Arguments, Family, Form, normal, shapes_of
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, Axis, DType, Number, Operand, Size
from explorer.ops.provenance import Block, Cell, Combined, Labelled, Provenance, Region, Shape
from explorer.ops.reduction import slabs, squashed
from explorer.ops.words import Join, Words


class Lines(Provenance):
    """A cell's sources are its whole line along `axis` (None: a 0-d tensor), or with `prefix` the line up to itself."""

    def __init__(self, shape: Shape, axis: int | None, prefix: bool) -> None:
        self.operands = (shape,)
        self.shapes = (shape,)
        self.axes = (tuple(((0, a),) for a in range(len(shape))),)
        self.axis = axis
        self.prefix = prefix

    def region(self, cell: Cell, result: int = 0) -> Region:
        return self._line(cell, 0, cell[self.axis] + 1 if self.axis is not None and self.prefix else None)

    def region_of(self, operand: int, cell: Cell) -> Region:
        return self._line(cell, cell[self.axis] if self.axis is not None and self.prefix else 0, None)

    def _line(self, cell: Cell, start: int, stop: int | None) -> Region:
        ranges = [range(i, i + 1) for i in cell]
        if self.axis is not None:
            ranges[self.axis] = range(start, self.operands[0][self.axis] if stop is None else stop)
        return Region((Block(0, tuple(ranges)),))


@dataclass(frozen=True)
class Along(Op):
    """An operation along an axis that stays."""

    prefix: bool = False
    join: Join = words.ADD
    family: ClassVar[Family] = Family.ALONG

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Lines:
        (shape,) = shapes_of(operands)
        return Lines(shape, normal(arguments["dim"], len(shape)) if shape else None, self.prefix)

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        (whole,) = super().stages(operands, arguments)
        return (replace(whole, join=self.join, axis=self.trace(operands, arguments).axis),)


@dataclass(frozen=True)
class Softmax(Along):
    """exp(x - max) over its sum along the line: https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmax"""

    logarithm: bool = False

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        (x,) = operands
        shape, axis, dtype = tuple(x.shape), self.trace(operands, arguments).axis, arguments.get("dtype")
        if axis is None or 0 in shape:
            return super().stages(operands, arguments)
        line = squashed(shape, (axis,), True, 1)
        kept = line.shapes[0]
        stages: list[Act] = []

        def add(stage: Act) -> int:
            stages.append(stage)
            return len(stages) - 1

        def cells(said: Words, shapes: tuple[Shape, ...], inputs: tuple[int, ...], apply: Any) -> int:
            return add(elementwise.stage(said, shapes, apply, inputs))

        def squash(join: Join, source: int) -> int:
            said = Words(join.squash)
            return add(Act(said, Family.REDUCTION, line, bound(slabs, join, axis), (source,), join, axis))

        first = (
            cells(words.CONVERTED, (shape,), (-1,), lambda i: i[0].to(dtype)) if dtype not in (None, x.dtype) else -1
        )
        top = squash(words.MAXIMUM, first)
        shifted = cells(words.MINUS, (shape, kept), (first, top), lambda i: i[0] - i[1])
        raised = cells(words.EXPONENTIAL, (shape,), (shifted,), lambda i: i[0].exp())
        total = squash(words.ADD, raised)
        if self.logarithm:
            total = cells(words.LOGARITHM, (kept,), (total,), lambda i: i[0].log())
            cells(words.MINUS, (shape, kept), (shifted, total), lambda i: i[0] - i[1])
        else:
            cells(words.OVER, (shape, kept), (raised, total), lambda i: i[0] / i[1])
        return tuple(stages)


@dataclass(frozen=True)
class LayerNorm(Op):
    """(x - mean) / sqrt(variance + eps) over the last axes, then times the weight and plus the bias, where there are:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.LayerNorm"""

    family: ClassVar[Family] = Family.ALONG

    def _lines(self, shape: Shape, arguments: Arguments) -> Labelled:
        """Each cell of the whole of its last axes, which stay."""
        rank, axes = len(shape), tuple(range(len(shape)))
        over = axes[rank - len(arguments["normalized_shape"]) :]
        own = tuple(a + rank if a in over else a for a in axes)
        relation = Labelled((shape,), (own,), (shape,), axes, frozenset(a + rank for a in over))
        relation.axes = (tuple(((0, a),) for a in axes),)
        return relation

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        shapes = shapes_of(operands)
        lines = self._lines(shapes[0], arguments)
        more = [(elementwise.stretched(x, shapes[0]), (k,)) for k, x in enumerate(shapes[1:], 1)]
        return Combined(shapes, shapes[0], ((lines, (0,)), *more)) if more else lines

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        shape, count = tuple(operands[0].shape), prod(arguments["normalized_shape"])
        axes = range(len(shape) - len(arguments["normalized_shape"]), len(shape))
        eps = arguments.get("eps", 1e-5)
        stages: list[Act] = []

        def cells(said: Words, shapes: tuple[Shape, ...], inputs: tuple[int, ...], apply: Any) -> int:
            stages.append(elementwise.stage(said, shapes, apply, inputs))
            return len(stages) - 1

        def mean(source: int) -> int:
            own = shape
            for axis in axes:
                line = squashed(own, (axis,), True, 1)
                stages.append(
                    Act(Words("sum"), Family.REDUCTION, line, bound(slabs, words.ADD, axis), (source,), words.ADD, axis)
                )
                source, (own,) = len(stages) - 1, line.shapes
            return cells(words.divided(count), (own,), (source,), lambda i: i[0] / count)

        kept = tuple(1 if a in axes else n for a, n in enumerate(shape))
        middle = cells(words.MINUS, (shape, kept), (-1, mean(-1)), lambda i: i[0] - i[1])
        spread = mean(cells(words.SQUARE, (shape,), (middle,), lambda i: i[0].square()))
        spread = cells(words.added(eps), (kept,), (spread,), lambda i: i[0] + eps)
        spread = cells(Words("rsqrt"), (kept,), (spread,), lambda i: i[0].rsqrt())
        made = cells(words.TIMES, (shape, kept), (middle, spread), lambda i: i[0] * i[1])
        op, given = self.narrowed(operands)
        for k, part in list(enumerate(op.operands))[1:]:
            said = words.TIMES if part.name == "weight" else words.PLUS
            apply = (lambda i: i[0] * i[1]) if part.name == "weight" else (lambda i: i[0] + i[1])
            made = cells(said, (shape, tuple(given[k].shape)), (made, -1 - k), apply)
        return tuple(stages)


_LINE = (INPUT, Axis("dim", required=True), DType("dtype"))

ENTRIES: tuple[Op, ...] = (
    Softmax(
        "softmax",
        Phrase("Softmax", "Softmax（归一化指数）"),
        _LINE,
        offered=11,
        synonyms=("probabilities", "normalise", "归一化", "概率"),
        words=Words(
            formula="e^{own} ÷ ({powers})",
            lasting=Phrase(
                "dim={dim}: {function} runs along index {letter}. The axis stays; its {n} values become shares of 1.",
                "dim={dim}：{function} 沿索引 {letter} 进行。轴保留；它的 {n} 个值变成总和为 1 的份额。",
            ),
        ),
    ),
    Softmax(
        "log_softmax",
        Phrase("Logarithm of softmax", "Softmax 的对数"),
        _LINE,
        logarithm=True,
        synonyms=("对数归一化",),
        words=Words(
            formula="{own} - ln({powers})",
            lasting=Phrase(
                "dim={dim}: {function} runs along index {letter}. The axis stays; its {n} values become logarithms of"
                " shares.",
                "dim={dim}：{function} 沿索引 {letter} 进行。轴保留；它的 {n} 个值变成份额的对数。",
            ),
        ),
    ),
    Along(
        "cumsum",
        Phrase("Running sum", "累加 (cumsum)"),
        _LINE,
        prefix=True,
        synonyms=("cumulative", "prefix", "累加", "前缀和"),
        exact=lambda a, dim: a.cumsum(axis=dim) if a.ndim else a,
        in_place=True,
    ),
    Along(
        "cumprod",
        Phrase("Running product", "累乘 (cumprod)"),
        _LINE,
        prefix=True,
        join=words.MULTIPLY,
        exact=lambda a, dim: a.cumprod(axis=dim) if a.ndim else a,
        in_place=True,
        synonyms=("累乘",),
    ),
    LayerNorm(
        "nn.functional.layer_norm",
        Phrase("Normalise over the last axes", "在最后几个轴上归一化"),
        (
            INPUT,
            Size("normalized_shape", required=True, positional=True, trailing=True),
            Operand("weight", positional=False, optional=True),
            Operand("bias", positional=False, optional=True),
            Number("eps", default=1e-5, implied=True),
        ),
        Form.FUNCTION,
        words=Words(
            aim=Phrase("each line is moved to mean 0 and scaled to variance 1", "每一行平移到平均值 0，并缩放到方差 1")
        ),
        synonyms=("layernorm", "standardise", "mean 0 variance 1", "层归一化", "归一化", "标准化"),
    ),
)
