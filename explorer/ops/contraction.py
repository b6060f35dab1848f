"""Multiply along shared labels, then squash them: dot, matrix products, outer products."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from explorer.late import torch
from explorer.messages import Phrase
from explorer.ops import elementwise, words
from explorer.ops.entry import Act, Arguments, Family, Form, Place, shapes_of
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, Equation, Number, Operand
from explorer.ops.products import Labels, added, added_up, dropped, multiplied, once, plus, spelt_out
from explorer.ops.provenance import Combined, Labelled, Nothing, Provenance, joint_sizes
from explorer.ops.words import Words

_UNRANKED = Phrase(
    "{op} wants {rank}-d tensors, and {n0} is {s0}, {n1} is {s1}; reshape or unsqueeze first.",
    "{op} 需要 {rank} 维张量，而 {n0} 是 {s0}，{n1} 是 {s1}；请先用 reshape 或 unsqueeze。",
)
Labelling = tuple[tuple[Labels, ...], Labels, Labels]
"""The labels of the axes of each operand, those of the result, and those that go."""


@dataclass(frozen=True)
class Contraction(Op):
    """A product along labels, which are those of torch.matmul."""

    unranked: Phrase = field(default=_UNRANKED, kw_only=True)
    factors: ClassVar[tuple[int, int]] = (0, 1)
    """The places of the two operands that are multiplied, where there are two."""
    family: ClassVar[Family] = Family.CONTRACTION
    contracts: ClassVar[bool] = True
    uniform: ClassVar[bool] = True
    stretches: ClassVar[bool] = True

    def labels_of(self, ranks: Sequence[int], arguments: Arguments) -> Labelling:
        """Labels as torch.matmul pairs axes: https://docs.pytorch.org/docs/stable/generated/torch.matmul

        Batch axes are 0, 1 ... from the left of the result, then rows, columns; the contracted label comes last.
        """
        a, b = ranks
        batch = max(a - 2, b - 2, 0)
        rows, columns, shared = batch, batch + 1, batch + 2
        left = (*range(batch - (a - 2), batch), rows, shared) if a > 1 else (shared,)
        right = (*range(batch - (b - 2), batch), shared, columns) if b > 1 else (shared,)
        result = (*range(batch), *((rows,) if a > 1 else ()), *((columns,) if b > 1 else ()))
        return (left, right), result, (shared,)

    def paired_axes(self, ranks: Sequence[int], arguments: Arguments) -> tuple[tuple[Place, Place], ...]:
        if self.arity is None:
            return ()
        one, other = self.factors
        (left, right), _, gone = self.labels_of((ranks[one], ranks[other]), arguments)
        return tuple(((one, left.index(x)), (other, right.index(x))) for x in gone)

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        return self.product(operands, arguments)

    def product(self, operands: Sequence[Any], arguments: Arguments) -> Labelled:
        """The relation of the product alone."""
        shapes = shapes_of(operands)
        labels, result, gone = self.labels_of(list(map(len, shapes)), arguments)
        sizes = joint_sizes(shapes, labels)
        return Labelled(shapes, labels, (tuple(sizes[x] for x in result),), result, frozenset(gone))

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        """The product block, then the squash along its contracted axes, if there are any.

        Those stand before the columns, as in `A[:, :, None] * B[None, :, :]`.
        """
        dtype = operands[0].dtype
        if any(x.dtype != dtype for x in operands):  # torch takes that where there is no cell
            dtype = self.summed(operands, arguments, None)
        return self.products(operands, arguments, dtype, self.summed(operands, arguments, dtype))

    def products(
        self, factors: Sequence[Any], arguments: Arguments, dtype: torch.dtype, summed: torch.dtype
    ) -> tuple[Act, ...]:
        """The stages of the product alone: multiplied in one dtype, added up in the other."""
        labels, result, gone = self.labels_of([x.ndim for x in factors], arguments)
        columns = len(labels[-1]) > 1 and result[-1:] == labels[-1][-1:]
        block = (*result[:-1], *gone, result[-1]) if columns else (*result, *gone)
        made = multiplied(shapes_of(factors), labels, block, dtype)
        return (*made, *added_up(made[-1].provenance.shapes[0], block, gone, len(made) - 1, summed))

    def summed(self, operands: Sequence[Any], arguments: Arguments, dtype: torch.dtype | None) -> torch.dtype:
        """The dtype in which products of `dtype` are added up; None: that of the result."""
        if dtype is not None:
            return dtype
        foretold = self.forecast(operands, arguments)
        return foretold[0].dtype if isinstance(foretold, tuple) else foretold.dtype

    def pairs(self, ranks: Sequence[int], arguments: Arguments) -> bool:
        """Whether its labels are those of a matrix product of two operands."""
        if len(ranks) != 2 or 0 in ranks:
            return False
        return _numbered(self.labels_of(ranks, arguments)) == _numbered(Contraction.labels_of(self, ranks, {}))


def _numbered(labelling: Labelling) -> list[list[int]]:
    """The labels of operands and result counted as they come."""
    labels, result, _ = labelling
    every = list(dict.fromkeys(x for own in (*labels, result) for x in own))
    return [[every.index(x) for x in own] for own in (*labels, result)]


@dataclass(frozen=True)
class Outer(Contraction):
    """A product of each with each: no label is shared, and none goes."""

    def labels_of(self, ranks: Sequence[int], arguments: Arguments) -> Labelling:
        return ((0,), (1,)), (0, 1), ()


@dataclass(frozen=True)
class Einsum(Contraction):
    """The labels are written as an equation: https://docs.pytorch.org/docs/stable/generated/torch.einsum"""

    def labels_of(self, ranks: Sequence[int], arguments: Arguments) -> Labelling:
        """Letters have the number of their character; the axes of `...` have -1, -2 ... from the right."""
        left, arrow, right = arguments["equation"].replace(" ", "").partition("->")
        labels = tuple(spelt_out(part, rank) for part, rank in zip(left.split(","), ranks, strict=True))
        every = [x for own in labels for x in own]
        between = tuple(range(min([0, *every]), 0))
        once = sorted(x for x in set(every) if x > 0 and every.count(x) == 1)
        result = spelt_out(right, len(right.replace("...", "")) + len(between) * ("..." in right)) if arrow else None
        result = (*between, *once) if result is None else result
        return labels, result, tuple(dict.fromkeys(x for x in every if x not in result))

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        """Of several operands the product block and its squashes; of one its diagonal, the squashes, another order."""
        if len(operands) > 1:
            return super().stages(operands, arguments)
        (x,), (shape,) = operands, shapes_of(operands)
        ((own,), result, gone) = self.labels_of([x.ndim], arguments)
        dtype = self.summed(operands, arguments, x.dtype)
        stages: list[Act] = []
        left = tuple(dict.fromkeys(own))
        if left != own:
            shape = tuple(shape[own.index(label)] for label in left)
            relation = Labelled(shapes_of(operands), (own,), (shape,), left)
            stages.append(Act(Words("diagonal"), Family.MOVEMENT, relation, lambda i: once(i[0], own)[0]))
        stages += added_up(shape, left, gone, len(stages) - 1, dtype)
        ordered = (*result, *gone)
        if left != ordered or not stages:
            shape = stages[-1].provenance.shapes[0] if stages else shape
            order = [left.index(label) for label in ordered]
            relation = Labelled((shape,), (left,), (tuple(shape[a] for a in order),), ordered)
            stages.append(
                Act(Words("permute"), Family.MOVEMENT, relation, lambda i: i[0].permute(order), (len(stages) - 1,))
            )
        return tuple(stages)

    def summed(self, operands: Sequence[Any], arguments: Arguments, dtype: torch.dtype | None) -> torch.dtype:
        """That of the result: whole numbers become int64 where torch has no matrix to multiply."""
        return super().summed(operands, arguments, None)


@dataclass(frozen=True)
class Addmm(Contraction):
    """beta · input + alpha · (mat1 @ mat2)"""

    factors: ClassVar[tuple[int, int]] = (1, 2)

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Combined:
        """What is taken 0 times is not looked at."""
        product = self.product(operands[1:], arguments)
        return added(
            product if arguments.get("alpha") != 0 else None,
            self.factors,
            operands,
            0 if arguments.get("beta") != 0 else None,
            product.shapes[0],
        )

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        dtype, (whole,) = self.summed(operands, arguments, None), self.trace(operands, arguments).shapes
        stages: list[Act] = []

        def scaled(name: str, shape: tuple[int, ...], source: int) -> int:
            factor = arguments.get(name)
            if factor in (None, 1):
                return source
            stages.append(
                elementwise.stage(words.times(factor), (shape,), lambda i: (i[0] * factor).to(dtype), (source,))
            )
            return len(stages) - 1

        own, result = tuple(operands[0].shape), None
        if arguments.get("alpha") != 0:
            stages += dropped(self.products(operands[1:], arguments, dtype, dtype), (-2, -3))
            result = scaled("alpha", whole, len(stages) - 1)
        if arguments.get("beta") != 0:
            addend = scaled("beta", own, -1)
            if result is None:
                relation = elementwise.stretched(own, whole)
                stages.append(
                    Act(words.EXPANDED, Family.ELEMENTWISE, relation, lambda i: i[0].expand(whole), (addend,))
                )
            else:
                stages.append(elementwise.stage(words.PLUS, (whole, own), plus, (result, addend)))
        elif result is None:
            zeros = operands[0].new_zeros
            stages.append(Act(Words("zeros"), Family.CREATION, Nothing((whole,)), lambda _: zeros(whole), ()))
        return tuple(stages)


@dataclass(frozen=True)
class Linear(Contraction):
    """Each row of the weight times each line of the input, and the bias added:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear"""

    def labels_of(self, ranks: Sequence[int], arguments: Arguments) -> Labelling:
        lines, shared, columns = tuple(range(ranks[0] - 1)), ranks[0] - 1, ranks[0]
        own = (columns, shared) if ranks[1] > 1 else (shared,)
        return ((*lines, shared), own), (*lines, *own[:-1]), (shared,)

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        _, given = self.narrowed(operands)
        product = self.product(given[:2], arguments)
        return added(product, self.factors, given, 2, product.shapes[0]) if len(given) > 2 else product

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        _, given = self.narrowed(operands)
        dtype = self.summed(operands, arguments, None)
        product = self.products(given[:2], arguments, dtype, dtype)
        if len(given) == 2:
            return product
        product = dropped(product, (-1, -2))
        shapes = (product[-1].provenance.shapes[0], tuple(given[2].shape))
        return (*product, elementwise.stage(words.PLUS, shapes, plus, (len(product) - 1, -3)))


ENTRIES: tuple[Op, ...] = (
    Contraction(
        "matmul",
        Phrase("Matrix product", "矩阵乘法"),
        (INPUT, Operand("other")),
        Form.OPERATOR,
        symbol="@",
        synonyms=("@", "dot product", "multiply matrices", "矩阵乘法", "矩阵相乘", "叉乘"),
        offered=7,
        exact=operator.matmul,
        instead=("mul",),
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
        instead=("matmul",),
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
        instead=("matmul", "mul"),
    ),
    Contraction(
        "bmm",
        Phrase("Matrix product of each pair in a batch", "批量中逐对的矩阵乘积"),
        (INPUT, Operand("mat2")),
        Form.FUNCTION,
        synonyms=("batch matrix product", "batched", "批量矩阵乘法", "批矩阵"),
        rank=3,
        instead=("matmul",),
    ),
    Addmm(
        "addmm",
        Phrase("Matrix product, added to a matrix", "矩阵乘积加上一个矩阵"),
        (INPUT, Operand("mat1"), Operand("mat2"), Number("beta"), Number("alpha")),
        Form.FUNCTION,
        synonyms=("affine", "gemm", "multiply and add", "矩阵乘加", "仿射"),
        in_place=True,
    ),
    Linear(
        "nn.functional.linear",
        Phrase("Linear layer: weights and a bias", "线性层：权重与偏置"),
        (INPUT, Operand("weight"), Operand("bias", positional=False, optional=True)),
        Form.FUNCTION,
        synonyms=("dense", "fully connected", "affine", "layer", "线性层", "全连接层", "仿射"),
    ),
    Outer(
        "outer",
        Phrase("Outer product: each with each", "外积：两两相乘"),
        (INPUT, Operand("vec2")),
        Form.FUNCTION,
        synonyms=("ger", "multiplication table", "外积", "乘法表"),
        rank=1,
    ),
    Einsum(
        "einsum",
        Phrase("Product and sums by labels of axes", "按轴的标签相乘并求和"),
        (Equation("equation", default="ij,jk->ik", required=True, positional=True), Operand("operands", many="star")),
        Form.FUNCTION,
        synonyms=(
            "einstein summation",
            "trace",
            "contraction",
            "tensordot",
            "labels",
            "爱因斯坦求和",
            "张量缩并",
            "迹",
        ),
    ),
)
