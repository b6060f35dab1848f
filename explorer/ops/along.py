"""Along one axis, which stays: each cell depends on its line, or on the part of the line up to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial as bound
from typing import Any, ClassVar

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops import elementwise
from explorer.ops.parameters import INPUT, Axis, DType
from explorer.ops.provenance import Block, Cell, Provenance, Region, Shape
from explorer.ops.reduction import slabs, squashed
from explorer.ops.schema import Arguments, Family, Op, Stage, normal, shapes_of


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
    join: str = "add"
    family: ClassVar[Family] = Family.ALONG

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Lines:
        (shape,) = shapes_of(operands)
        return Lines(shape, normal(arguments["dim"], len(shape)) if shape else None, self.prefix)

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Stage, ...]:
        relation = self.trace(operands, arguments)
        return (
            Stage(
                self.name,
                self.family,
                relation,
                lambda inputs: self.run(inputs, arguments),
                (-1,),
                self.join,
                relation.axis,
            ),
        )


@dataclass(frozen=True)
class Softmax(Along):
    """exp(x - max) over its sum along the line: https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmax"""

    logarithm: bool = False

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Stage, ...]:
        (x,) = operands
        shape, axis, dtype = tuple(x.shape), self.trace(operands, arguments).axis, arguments.get("dtype")
        if axis is None or 0 in shape:
            return super().stages(operands, arguments)
        line = squashed(shape, (axis,), True, 1)
        kept = line.shapes[0]
        stages: list[Stage] = []

        def add(stage: Stage) -> int:
            stages.append(stage)
            return len(stages) - 1

        def cells(function: str, shapes: tuple[Shape, ...], inputs: tuple[int, ...], apply: Any) -> int:
            return add(elementwise.stage(function, shapes, apply, inputs))

        def squash(function: str, join: str, source: int) -> int:
            return add(Stage(function, Family.REDUCTION, line, bound(slabs, join, axis), (source,), join, axis))

        first = cells("to", (shape,), (-1,), lambda i: i[0].to(dtype)) if dtype not in (None, x.dtype) else -1
        top = squash("max", "maximum", first)
        shifted = cells("sub", (shape, kept), (first, top), lambda i: i[0] - i[1])
        raised = cells("exp", (shape,), (shifted,), lambda i: i[0].exp())
        total = squash("sum", "add", raised)
        if self.logarithm:
            total = cells("log", (kept,), (total,), lambda i: i[0].log())
            cells("sub", (shape, kept), (shifted, total), lambda i: i[0] - i[1])
        else:
            cells("div", (shape, kept), (raised, total), lambda i: i[0] / i[1])
        return tuple(stages)


_LINE = (INPUT, Axis("dim", required=True), DType("dtype"))

ENTRIES: tuple[Op, ...] = (
    Softmax(
        "softmax", QT_TRANSLATE_NOOP("ops", "Softmax"), _LINE, synonyms=("probabilities", "normalise", "归一化", "概率")
    ),
    Softmax(
        "log_softmax", QT_TRANSLATE_NOOP("ops", "Logarithm of softmax"), _LINE, logarithm=True, synonyms=("对数归一化",)
    ),
    Along(
        "cumsum",
        QT_TRANSLATE_NOOP("ops", "Running sum"),
        _LINE,
        prefix=True,
        synonyms=("cumulative", "prefix", "累加", "前缀和"),
        in_place=True,
    ),
    Along(
        "cumprod",
        QT_TRANSLATE_NOOP("ops", "Running product"),
        _LINE,
        prefix=True,
        join="mul",
        in_place=True,
        synonyms=("累乘",),
    ),
)
