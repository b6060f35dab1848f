"""Operations that are made of the acts of others, for tests: no entry of the catalogue."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import torch

from explorer.messages import Phrase
from explorer.ops import Act, Family, Op, words
from explorer.ops.elementwise import stage
from explorer.ops.entry import Arguments, Form, shapes_of
from explorer.ops.parameters import INPUT, Operand, Size
from explorer.ops.provenance import Block, Cell, Provenance, Region
from explorer.ops.reduction import slabs, squashed
from explorer.ops.words import Words

Shape = tuple[int, ...]


class Normal(Provenance):
    """Each cell comes from its line along the last axis, and from one cell of each further operand."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.operands, self.shapes = tuple(shapes), (shapes[0],)
        last = len(shapes[0]) - 1
        more = tuple((k, 0) for k in range(1, len(shapes)))
        self.axes = (tuple(((0, a), *(more if a == last else ())) for a in range(len(shapes[0]))),)

    def region(self, cell: Cell, result: int = 0) -> Region:
        one = range(cell[-1], cell[-1] + 1)
        line = (*(range(i, i + 1) for i in cell[:-1]), range(self.shapes[0][-1]))
        return Region((Block(0, line), *(Block(k, (one,)) for k in range(1, len(self.operands)))))

    def region_of(self, operand: int, cell: Cell) -> Region:
        ranges = [range(n) for n in self.shapes[0]]
        if operand:
            ranges[-1] = range(cell[0], cell[0] + 1)
        else:
            ranges[:-1] = [range(i, i + 1) for i in cell[:-1]]
        return Region((Block(0, tuple(ranges)),))


@dataclass(frozen=True)
class Norm(Op):
    """A layer norm over the last axis, told by its acts. `broken`: one of them that torch refuses."""

    family: ClassVar[Family] = Family.ALONG
    broken: bool = False

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Normal:
        return Normal(shapes_of(operands))

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        x, *more = operands
        shape: Shape = tuple(x.shape)
        axis = len(shape) - 1
        line = squashed(shape, (axis,), True, 1)
        kept: Shape = line.shapes[0]
        found: list[Act] = []

        def cells(said: Words, shapes: tuple[Shape, ...], inputs: tuple[int, ...], apply: Callable[[Any], Any]) -> int:
            found.append(stage(said, shapes, apply, inputs))
            return len(found) - 1

        def squash(source: int) -> int:
            apply = partial(slabs, words.ADD, axis)
            found.append(Act(Words("sum"), Family.REDUCTION, line, apply, (source,), words.ADD, axis))
            return len(found) - 1

        count = shape[axis]
        mean = cells(words.divided(count), (kept,), (squash(-1),), lambda i: i[0] / count)
        centred = cells(words.MINUS, (shape, kept), (-1, mean), lambda i: i[0] - i[1])
        squares = cells(words.SQUARE, (shape,), (centred,), lambda i: i[0].square())
        spread = cells(words.divided(count), (kept,), (squash(squares),), lambda i: i[0] / count)
        spread = cells(words.added(1e-5), (kept,), (spread,), lambda i: i[0] + 1e-5)
        spread = cells(
            words.ROOT, (kept,), (spread,), (lambda i: torch.linalg.inv(i[0])) if self.broken else lambda i: i[0].sqrt()
        )
        last = cells(words.OVER, (shape, kept), (centred, spread), lambda i: i[0] / i[1])
        for k, said in enumerate((words.TIMES, words.PLUS)[: len(more)], 2):
            join = math.prod if said is words.TIMES else sum
            last = cells(said, (shape, tuple(operands[k - 1].shape)), (last, -k), join)
        return tuple(found)


_SIGNATURE = (
    INPUT,
    Size("normalized_shape", required=True, positional=True),
    Operand("weight", optional=True),
    Operand("bias", optional=True),
)
NORM = Norm(
    "layer_normal",
    Phrase("Each line to mean 0 and spread 1", "每行均值为 0、离散度为 1"),
    _SIGNATURE,
    Form.FUNCTION,
    function="nn.functional.layer_norm",
)
