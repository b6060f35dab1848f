"""Squash: the axes that are named go, each output cell coming from the whole length of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial as bound
from typing import Any, ClassVar

from explorer.late import torch
from explorer.messages import Phrase
from explorer.ops import elementwise, words
from explorer.ops.entry import Act, Arguments, Depends, Family, Form, axes_of, shapes_of
from explorer.ops.forecasts import taken
from explorer.ops.op import Op
from explorer.ops.parameters import INPUT, Axes, Axis, DType, Flag, Number, Order, Parameter
from explorer.ops.provenance import Labelled
from explorer.ops.words import Join, Words

Pieces = tuple[tuple[Words, Callable[["torch.Tensor"], "torch.Tensor"]], ...]


@dataclass(frozen=True)
class Reduction(Op):
    """An operation that squashes axes. `join` adds one slab more."""

    join: Join = words.ADD
    listed: tuple[str, ...] = ()
    family: ClassVar[Family] = Family.REDUCTION
    reduces: ClassVar[bool] = True

    def results_of(self, arguments: Arguments) -> tuple[str, ...]:
        return self.listed if self.listed and arguments.get("dim") is not None else self.results

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Labelled:
        (shape,) = shapes_of(operands)
        axes = axes_of(shape, arguments)
        results = len(self.results_of(arguments))
        return squashed(shape, axes, bool(arguments.get("keepdim")), results)

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        (x,) = operands
        shape, dtype = tuple(x.shape), arguments.get("dtype")
        before, after, join = self.around(x, arguments)
        stages: list[Act] = []

        def cells(said: Words, apply: Callable[[torch.Tensor], torch.Tensor]) -> None:
            stages.append(elementwise.stage(said, (shape,), lambda inputs: apply(inputs[0]), (len(stages) - 1,)))

        if dtype is not None and dtype != x.dtype:
            cells(words.CONVERTED, lambda a: a.to(dtype))
        for said, apply in before:
            cells(said, apply)
        real = dtype.to_real() if before and dtype is not None and dtype.is_complex else dtype  # magnitudes are real
        squash = Words(join.squash) if before or after else self.said
        for axis in axes_of(shape, arguments) or (() if stages or after else (None,)):
            relation = squashed(shape, () if axis is None else (axis,), True, 1)
            apply_join = bound(slabs, join, axis, dtype=real)
            stages.append(Act(squash, self.family, relation, apply_join, (len(stages) - 1,), join, axis))
            shape = relation.shapes[0]
        for said, apply in after:
            cells(said, apply)
        return tuple(stages)

    def around(self, x: torch.Tensor, arguments: Arguments) -> tuple[Pieces, Pieces, Join]:
        """What is done cell by cell before and after the squash, and how slabs join."""
        return (), (), self.join


@dataclass(frozen=True)
class Mean(Reduction):
    """The squash of a sum, then one division."""

    def around(self, x: torch.Tensor, arguments: Arguments) -> tuple[Pieces, Pieces, Join]:
        count = math.prod(x.shape[a] for a in axes_of(tuple(x.shape), arguments))
        return (), ((words.divided(count), lambda a: a / count),), self.join


@dataclass(frozen=True)
class VectorNorm(Reduction):
    """sum(|x| ** ord) ** (1 / ord), and its limits: https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm"""

    def dependence(self, arguments: Arguments) -> Depends:
        order = arguments.get("ord")
        return "step" if order == 0 else "choosing" if order in (math.inf, -math.inf) else self.depends

    def around(self, x: torch.Tensor, arguments: Arguments) -> tuple[Pieces, Pieces, Join]:
        order = arguments.get("ord")
        order = 2 if order is None else order
        magnitude: Pieces = ((words.MAGNITUDE, lambda a: a.abs()),)
        if order == math.inf:
            return magnitude, (), words.MAXIMUM
        if order == -math.inf:
            return magnitude, (), words.MINIMUM
        if order == 0:
            return ((words.unequal(0), lambda a: (a != 0).to(a.abs().dtype)),), (), words.ADD
        if order == 1:
            return magnitude, (), words.ADD
        if order == 2:
            squared = squares(x.is_complex() or getattr(arguments.get("dtype"), "is_complex", False))
            return ((squared, lambda a: a.abs().square()),), ((words.ROOT, lambda a: a.sqrt()),), words.ADD
        raised: Pieces = (
            (words.MAGNITUDE, lambda a: a.abs()),
            (words.raised(f"{order:g}"), lambda a: a.pow(order)),
        )
        return raised, ((words.raised(f"1/{order:g}"), lambda a: a.pow(1 / order)),), words.ADD


@dataclass(frozen=True)
class Variance(Reduction):
    """Squared distances from the mean, added up and divided by their count less `correction` (where that is not given
    1, and 0 where not `unbiased`): https://docs.pytorch.org/docs/stable/generated/torch.var. `root`: its square
    root, the standard deviation."""

    root: bool = False

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        (x,) = operands
        whole = tuple(x.shape)
        axes = axes_of(whole, arguments)
        count = math.prod(whole[a] for a in axes)
        correction = arguments.get("correction")
        usual = 0 if arguments.get("unbiased") is False else 1
        left = count - (usual if correction is None else correction)
        stages: list[Act] = []

        def cells(said: Words, shapes: tuple[tuple[int, ...], ...], inputs: tuple[int, ...], apply: Any) -> None:
            stages.append(elementwise.stage(said, shapes, apply, inputs))

        def squash(source: int) -> tuple[int, ...]:
            shape = whole
            for axis in axes or (None,):
                relation = squashed(shape, () if axis is None else (axis,), True, 1)
                apply = bound(slabs, words.ADD, axis)
                stages.append(Act(Words("sum"), self.family, relation, apply, (source,), words.ADD, axis))
                source, shape = len(stages) - 1, relation.shapes[0]
            return shape

        wider = self.wider(x)
        if wider is not None:
            cells(words.CONVERTED, (whole,), (-1,), lambda i: i[0].to(wider))
        first = len(stages) - 1
        kept = squash(first)
        cells(words.divided(count), (kept,), (len(stages) - 1,), lambda i: i[0] / count)
        cells(words.MINUS, (whole, kept), (first, len(stages) - 1), lambda i: i[0] - i[1])
        cells(squares(x.is_complex()), (whole,), (len(stages) - 1,), lambda i: i[0].abs().square())
        squash(len(stages) - 1)
        divisor = max(left, 0) if count else 0  # of no values there is no variance
        cells(words.divided(f"{divisor:g}", count - left), (kept,), (len(stages) - 1,), lambda i: i[0] / divisor)
        if self.root:
            cells(words.ROOT, (kept,), (len(stages) - 1,), lambda i: i[0].sqrt())
        if wider is not None:
            cells(words.CONVERTED, (kept,), (len(stages) - 1,), lambda i: i[0].to(x.dtype.to_real()))
        return tuple(stages)

    def wider(self, x: torch.Tensor) -> torch.dtype | None:
        """The dtype to tell the steps in, where torch gives the variance but has no sum of that dtype."""
        if taken(SUM, (torch.ones(2, device=x.device).to(x.dtype),), {}):
            return None
        return torch.complex64 if x.dtype.is_complex else torch.float32


def squares(of_complex: bool) -> Words:
    """What is said of squares in a norm or a variance: those of complex numbers are of their absolute values."""
    return words.SQUARED_MAGNITUDE if of_complex else words.SQUARE


def slabs(
    join: Join, axis: int | None, inputs: Sequence[torch.Tensor], dtype: torch.dtype | None = None
) -> torch.Tensor:
    """`Join.over` of the one input of a stage; float8, which torch adds up only where there is no cell, as float32."""
    (x,) = inputs
    if x.is_floating_point() and x.element_size() == 1:
        return join.over(x.float(), axis, dtype or x.dtype)
    return join.over(x, axis, dtype)


def squashed(shape: tuple[int, ...], axes: tuple[int, ...], keepdim: bool, results: int) -> Labelled:
    """The relation of a reduction of `axes`: what is left keeps its label."""
    left = tuple(a for a in range(len(shape)) if keepdim or a not in axes)
    result = tuple(1 if a in axes else shape[a] for a in left)
    return Labelled((shape,), (tuple(range(len(shape))),), (result,) * results, left, frozenset(axes))


def _over(dim: Axes | Axis) -> tuple[Parameter, ...]:
    return INPUT, dim, Flag("keepdim")


def _exact(method: str) -> Callable[..., Any]:
    """The method of NumPy's arrays over the axes that are named; over all where there are none."""

    def reduced(a: Any, dim: Any = None, keepdim: bool = False) -> Any:
        return getattr(a, method)(axis=dim if a.ndim and dim != () else None, keepdims=keepdim)

    return reduced


_SOME = _over(Axes("dim", named=True))
_ONE = _over(Axis("dim", named=True))
_UNBIASED = Flag("unbiased", default=True)
_SPREAD = (INPUT, Axes("dim", named=True), Number("correction", integer=True), _UNBIASED, Flag("keepdim"))
_TYPED = (DType("dtype"),)

SUM = Reduction(
    "sum",
    Phrase("Sum", "求和"),
    _SOME + _TYPED,
    synonyms=("add up", "total", "squash", "求和", "总和", "加总", "压缩"),
    exact=_exact("sum"),
    offered=1,
)

ENTRIES: tuple[Op, ...] = (
    SUM,
    Mean(
        "mean",
        Phrase("Mean", "平均值"),
        _SOME + _TYPED,
        synonyms=("average", "平均", "均值", "求平均"),
        words=Words(aim=Phrase("mean", "平均值")),
        offered=2,
    ),
    Reduction(
        "prod",
        Phrase("Product", "求积"),
        _ONE + _TYPED,
        synonyms=("multiply all", "连乘", "乘积"),
        join=words.MULTIPLY,
        exact=_exact("prod"),
    ),
    Reduction(
        "max",
        Phrase("Largest and where", "最大值及其位置"),
        _ONE,
        join=words.MAXIMUM,
        listed=("values", "indices"),
        depends="choosing",
        synonyms=("maximum", "argmax", "最大值", "最大"),
        offered=3,
    ),
    Reduction(
        "min",
        Phrase("Smallest and where", "最小值及其位置"),
        _ONE,
        join=words.MINIMUM,
        listed=("values", "indices"),
        depends="choosing",
        synonyms=("minimum", "argmin", "最小值", "最小"),
    ),
    Reduction(
        "amax",
        Phrase("Largest", "最大值"),
        _SOME,
        join=words.MAXIMUM,
        depends="choosing",
        synonyms=("maximum", "最大值", "最大"),
    ),
    Reduction(
        "amin",
        Phrase("Smallest", "最小值"),
        _SOME,
        join=words.MINIMUM,
        depends="choosing",
        synonyms=("minimum", "最小值", "最小"),
    ),
    Variance(
        "var",
        Phrase("Variance", "方差"),
        _SPREAD,
        synonyms=("spread", "unbiased", "correction"),
        words=Words(aim=Phrase("variance", "方差")),
    ),
    Variance(
        "std",
        Phrase("Standard deviation", "标准差"),
        _SPREAD,
        synonyms=("spread", "unbiased", "correction"),
        root=True,
        words=Words(aim=Phrase("standard deviation", "标准差")),
    ),
    VectorNorm(
        "linalg.vector_norm",
        Phrase("Norm of vectors", "向量范数"),
        (INPUT, Order("ord"), Axes("dim", named=True), Flag("keepdim"), DType("dtype")),
        Form.FUNCTION,
        synonyms=("norm", "length", "L1", "L2", "euclidean", "magnitude", "范数", "长度", "模"),
        words=Words(aim=Phrase("norm", "范数")),
    ),
)
