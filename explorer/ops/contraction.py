"""Multiply along shared labels, then squash them: dot, matrix products, outer products."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from explorer.messages import Phrase
from explorer.ops import words
from explorer.ops.entry import Arguments, Family, Form, Stage, shapes_of
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, Operand
from explorer.ops.provenance import Labelled
from explorer.ops.reduction import slabs, squashed
from explorer.ops.words import Words

if TYPE_CHECKING:
    import torch

Labels = tuple[int, ...]
_UNRANKED = Phrase(
    "{op} wants {rank}-d tensors, and {n0} is {s0}, {n1} is {s1}; reshape or unsqueeze first.",
    "{op} 需要 {rank} 维张量，而 {n0} 是 {s0}，{n1} 是 {s1}；请先用 reshape 或 unsqueeze。",
)


@dataclass(frozen=True)
class Contraction(Op):
    """A product along labels; `labels_of` names the axes of A, of B and of the result, and the labels that go."""

    unranked: Phrase = field(default=_UNRANKED, kw_only=True)
    family: ClassVar[Family] = Family.CONTRACTION
    contracts: ClassVar[bool] = True
    stretches: ClassVar[bool] = True

    def labels_of(self, ranks: tuple[int, int]) -> tuple[Labels, Labels, Labels, Labels]:
        """Labels as torch.matmul pairs axes: https://docs.pytorch.org/docs/stable/generated/torch.matmul

        Batch axes are 0, 1 ... from the left of the result, then rows, columns; the contracted label comes last.
        """
        a, b = ranks
        batch = max(a - 2, b - 2, 0)
        rows, columns, shared = batch, batch + 1, batch + 2
        left = (*range(batch - (a - 2), batch), rows, shared) if a > 1 else (shared,)
        right = (*range(batch - (b - 2), batch), shared, columns) if b > 1 else (shared,)
        result = (*range(batch), *((rows,) if a > 1 else ()), *((columns,) if b > 1 else ()))
        return left, right, result, (shared,)

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Labelled:
        shapes = shapes_of(operands)
        left, right, result, gone = self.labels_of((len(shapes[0]), len(shapes[1])))
        sizes = _sizes(shapes, (left, right))
        return Labelled(shapes, (left, right), (tuple(sizes[x] for x in result),), result, frozenset(gone))

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Stage, ...]:
        """The product block, then the squash along its contracted axis, if there is one.

        That axis stands before the columns, as in `A[:, :, None] * B[None, :, :]`.
        """
        shapes = shapes_of(operands)
        labels = left, right, result, gone = self.labels_of((len(shapes[0]), len(shapes[1])))
        sizes = _sizes(shapes, (left, right))
        columns = len(right) > 1
        block = (*result[:-1], *gone, result[-1]) if columns else (*result, *gone)
        shape = tuple(sizes[x] for x in block)
        product = Labelled(shapes, (left, right), (shape,), block)

        dtype = operands[0].dtype
        if operands[1].dtype != dtype:  # torch takes that where there is no cell
            foretold = self.forecast(operands, arguments)
            dtype = foretold[0].dtype if isinstance(foretold, tuple) else foretold.dtype

        def multiply(inputs: Sequence["torch.Tensor"]) -> "torch.Tensor":
            a, b = (spread(x, own, block) for x, own in zip(inputs, labels[:2], strict=True))
            return a.to(dtype) * b.to(dtype)

        def add(inputs: Sequence["torch.Tensor"]) -> "torch.Tensor":
            (products,) = inputs
            eighth = products.is_floating_point() and products.element_size() == 1  # float8 multiplies but does not add
            return slabs(words.ADD, axis, [products.float() if eighth else products]).to(products.dtype)

        first = Stage(words.TIMES, Family.ELEMENTWISE, product, multiply, (-1, -2))
        if not gone:
            return (first,)
        axis = block.index(*gone)
        return first, Stage(
            Words("sum"), Family.REDUCTION, squashed(shape, (axis,), True, 1), add, (0,), words.ADD, axis
        )


@dataclass(frozen=True)
class Outer(Contraction):
    """A product of each with each: no label is shared, and none goes."""

    def labels_of(self, ranks: tuple[int, int]) -> tuple[Labels, Labels, Labels, Labels]:
        return (0,), (1,), (0, 1), ()


def spread(x: "torch.Tensor", own: Labels, block: Labels) -> "torch.Tensor":
    """`x` with a length of 1 on each axis of the block that it lacks, its own axes in the block's order."""
    order = sorted(range(len(own)), key=lambda a: block.index(own[a]))
    x = x.permute(order)
    for place, label in enumerate(block):
        if label not in own:
            x = x.unsqueeze(place)
    return x


def _sizes(shapes: Sequence[tuple[int, ...]], labels: Sequence[Labels]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for shape, own in zip(shapes, labels, strict=True):
        for size, label in zip(shape, own, strict=True):
            if label not in sizes or sizes[label] == 1:
                sizes[label] = size
    return sizes


ENTRIES: tuple[Op, ...] = (
    Contraction(
        "matmul",
        Phrase("Matrix product", "矩阵乘法"),
        (INPUT, Operand("other")),
        Form.OPERATOR,
        symbol="@",
        synonyms=("@", "dot product", "multiply matrices", "矩阵乘法", "矩阵相乘", "叉乘"),
        exact=operator.matmul,
    ),
    Contraction(
        "mm",
        Phrase("Matrix product, 2-d only", "矩阵乘法（仅二维）"),
        (INPUT, Operand("mat2")),
        Form.FUNCTION,
        synonyms=("matrix product", "矩阵乘法", "矩阵相乘"),
        rank=2,
        unranked=Phrase(
            "{op} wants 2-d tensors, and {n0} is {s0}, {n1} is {s1}; use matmul for others.",
            "{op} 要求二维张量，而 {n0} 是 {s0}，{n1} 是 {s1}；其他情况请用 matmul。",
        ),
        exact=operator.matmul,
    ),
    Contraction(
        "dot",
        Phrase("Dot product of two vectors", "两个向量的点积"),
        (INPUT, Operand("tensor")),
        Form.FUNCTION,
        synonyms=("inner product", "scalar product", "点积", "内积", "点乘"),
        rank=1,
        unranked=Phrase(
            "{op} wants 1-d tensors, and {n0} is {s0}, {n1} is {s1}; use matmul for matrices.",
            "{op}（点积）要求一维张量，而 {n0} 是 {s0}，{n1} 是 {s1}；矩阵请用 matmul。",
        ),
        exact=operator.matmul,
    ),
    Contraction(
        "bmm",
        Phrase("Matrix product of each pair in a batch", "批量中逐对的矩阵乘积"),
        (INPUT, Operand("mat2")),
        Form.FUNCTION,
        synonyms=("batch matrix product", "batched", "批量矩阵乘法", "批矩阵"),
        rank=3,
    ),
    Outer(
        "outer",
        Phrase("Outer product: each with each", "外积：两两相乘"),
        (INPUT, Operand("vec2")),
        Form.FUNCTION,
        synonyms=("ger", "multiplication table", "外积", "乘法表"),
        rank=1,
    ),
)
