"""Squash: the axes that are named go, each output cell coming from the whole length of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial as bound
from typing import TYPE_CHECKING, Any, ClassVar

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops import elementwise
from explorer.ops.parameters import INPUT, Axes, Axis, DType, Flag, Number, Order, Parameter
from explorer.ops.provenance import Labelled
from explorer.ops.schema import Arguments, Depends, Family, Form, Op, Stage, normal, shapes_of

if TYPE_CHECKING:
    import torch

JOINED = {"add": "sum", "mul": "prod", "maximum": "max", "minimum": "min"}  # what joining slab after slab is called
Pieces = tuple[tuple[str, Callable[["torch.Tensor"], "torch.Tensor"]], ...]


@dataclass(frozen=True)
class Reduction(Op):
    """An operation that squashes axes. `join` is the two-operand function that adds one slab more."""

    join: str = "add"
    listed: tuple[str, ...] = ()
    family: ClassVar[Family] = Family.REDUCTION

    def results_of(self, arguments: Arguments) -> tuple[str, ...]:
        return self.listed if self.listed and arguments.get("dim") is not None else self.results

    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Labelled:
        (shape,) = shapes_of(operands)
        axes = axes_of(shape, arguments)
        results = len(self.results_of(arguments))
        return squashed(shape, axes, bool(arguments.get("keepdim")), results)

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Stage, ...]:
        (x,) = operands
        shape, dtype = tuple(x.shape), arguments.get("dtype")
        before, after, join = self.around(x, arguments)
        stages: list[Stage] = []

        def cells(function: str, apply: Callable[["torch.Tensor"], "torch.Tensor"]) -> None:
            stages.append(elementwise.stage(function, (shape,), lambda inputs: apply(inputs[0]), (len(stages) - 1,)))

        if dtype is not None and dtype != x.dtype:
            cells("to", lambda a: a.to(dtype))
        for function, apply in before:
            cells(function, apply)
        real = dtype.to_real() if before and dtype is not None and dtype.is_complex else dtype  # magnitudes are real
        function = JOINED[join] if before or after else self.name
        for axis in axes_of(shape, arguments) or (() if stages or after else (None,)):
            relation = squashed(shape, () if axis is None else (axis,), True, 1)
            apply_join = bound(slabs, join, axis, dtype=real)
            stages.append(Stage(function, self.family, relation, apply_join, (len(stages) - 1,), join, axis))
            shape = relation.shapes[0]
        for function, apply in after:
            cells(function, apply)
        return tuple(stages)

    def around(self, x: "torch.Tensor", arguments: Arguments) -> tuple[Pieces, Pieces, str]:
        """What is done cell by cell before and after the squash, and how slabs join."""
        return (), (), self.join


@dataclass(frozen=True)
class Mean(Reduction):
    """The squash of a sum, then one division."""

    def around(self, x: "torch.Tensor", arguments: Arguments) -> tuple[Pieces, Pieces, str]:
        count = math.prod(x.shape[a] for a in axes_of(tuple(x.shape), arguments))
        return (), ((f"div {count}", lambda a: a / count),), self.join


@dataclass(frozen=True)
class VectorNorm(Reduction):
    """sum(|x| ** ord) ** (1 / ord), and its limits: https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm"""

    def dependence(self, arguments: Arguments) -> Depends:
        order = arguments.get("ord")
        return "step" if order == 0 else "choosing" if order in (math.inf, -math.inf) else self.depends

    def around(self, x: "torch.Tensor", arguments: Arguments) -> tuple[Pieces, Pieces, str]:
        order = arguments.get("ord")
        order = 2 if order is None else order
        magnitude: Pieces = (("abs", lambda a: a.abs()),)
        if order == math.inf:
            return magnitude, (), "maximum"
        if order == -math.inf:
            return magnitude, (), "minimum"
        if order == 0:
            return (("ne 0", lambda a: (a != 0).to(a.abs().dtype)),), (), "add"
        if order == 1:
            return magnitude, (), "add"
        if order == 2:
            return (("square", lambda a: a.abs().square()),), (("sqrt", lambda a: a.sqrt()),), "add"
        raised: Pieces = (("abs", lambda a: a.abs()), (f"pow {order:g}", lambda a: a.pow(order)))
        return raised, ((f"pow 1/{order:g}", lambda a: a.pow(1 / order)),), "add"


@dataclass(frozen=True)
class Variance(Reduction):
    """Squared distances from the mean, added up and divided by their count less `correction` (where that is not given
    1, and 0 where not `unbiased`): https://docs.pytorch.org/docs/stable/generated/torch.var. `root`: its square
    root, the standard deviation."""

    root: bool = False

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Stage, ...]:
        (x,) = operands
        whole = tuple(x.shape)
        axes = axes_of(whole, arguments)
        count = math.prod(whole[a] for a in axes)
        correction = arguments.get("correction")
        usual = 0 if arguments.get("unbiased") is False else 1
        left = count - (usual if correction is None else correction)
        stages: list[Stage] = []

        def cells(function: str, shapes: tuple[tuple[int, ...], ...], inputs: tuple[int, ...], apply: Any) -> None:
            stages.append(elementwise.stage(function, shapes, apply, inputs))

        def squash(source: int) -> tuple[int, ...]:
            shape = whole
            for axis in axes or (None,):
                relation = squashed(shape, () if axis is None else (axis,), True, 1)
                apply = bound(slabs, "add", axis)
                stages.append(Stage("sum", self.family, relation, apply, (source,), "add", axis))
                source, shape = len(stages) - 1, relation.shapes[0]
            return shape

        wider = self.wider(x)
        if wider is not None:
            cells("to", (whole,), (-1,), lambda i: i[0].to(wider))
        first = len(stages) - 1
        kept = squash(first)
        cells(f"div {count}", (kept,), (len(stages) - 1,), lambda i: i[0] / count)
        cells("sub", (whole, kept), (first, len(stages) - 1), lambda i: i[0] - i[1])
        cells("square", (whole,), (len(stages) - 1,), lambda i: i[0].abs().square())
        squash(len(stages) - 1)
        divisor = max(left, 0) if count else 0  # of no values there is no variance
        cells(f"div {divisor:g}", (kept,), (len(stages) - 1,), lambda i: i[0] / divisor)
        if self.root:
            cells("sqrt", (kept,), (len(stages) - 1,), lambda i: i[0].sqrt())
        if wider is not None:
            cells("to", (kept,), (len(stages) - 1,), lambda i: i[0].to(x.dtype.to_real()))
        return tuple(stages)

    def wider(self, x: "torch.Tensor") -> "torch.dtype | None":
        """The dtype to tell the steps in, where torch gives the variance but has no sum of that dtype."""
        import torch

        from explorer.ops.forecasts import taken

        if taken(ENTRIES[0], (torch.ones(2, device=x.device).to(x.dtype),), {}):
            return None
        return torch.complex64 if x.dtype.is_complex else torch.float32


def slabs(
    join: str, axis: int | None, inputs: Sequence["torch.Tensor"], dtype: "torch.dtype | None" = None
) -> "torch.Tensor":
    """torch's own reduction of one axis, kept with length 1, by the name of its join; in `dtype` where it is given."""
    import torch

    (x,) = inputs
    reductions: dict[str, Callable[..., torch.Tensor]] = {
        "add": torch.sum,
        "mul": torch.prod,
        "maximum": torch.amax,
        "minimum": torch.amin,
    }
    whole = reductions[join]
    if axis is None and join in ("maximum", "minimum"):
        return x.clone()  # one cell; some dtypes have no amax
    kept = whole(x) if axis is None else whole(x, dim=axis, keepdim=True)
    return kept if dtype is None else kept.to(dtype)


def axes_of(shape: tuple[int, ...], arguments: Arguments) -> tuple[int, ...]:
    """The axes that go, counted from the front, in order; all of them for None and for ()."""
    dim = arguments.get("dim")
    if dim is None or dim == ():
        return tuple(range(len(shape)))
    if not shape:
        return ()
    return tuple(sorted(normal(a, len(shape)) for a in (dim if isinstance(dim, tuple | list) else (dim,))))


def squashed(shape: tuple[int, ...], axes: tuple[int, ...], keepdim: bool, results: int) -> Labelled:
    """The relation of a reduction of `axes`: what is left keeps its label."""
    left = tuple(a for a in range(len(shape)) if keepdim or a not in axes)
    result = tuple(1 if a in axes else shape[a] for a in left)
    return Labelled((shape,), (tuple(range(len(shape))),), (result,) * results, left, frozenset(axes))


def _over(dim: Axes | Axis) -> tuple[Parameter, ...]:
    return INPUT, dim, Flag("keepdim")


_SOME = _over(Axes("dim"))
_ONE = _over(Axis("dim"))
_UNBIASED = Flag("unbiased", default=True)
_SPREAD = (INPUT, Axes("dim"), Number("correction", integer=True), _UNBIASED, Flag("keepdim"))
_TYPED = (DType("dtype"),)

ENTRIES: tuple[Op, ...] = (
    Reduction(
        "sum",
        QT_TRANSLATE_NOOP("ops", "Sum"),
        _SOME + _TYPED,
        synonyms=("add up", "total", "squash", "求和", "总和", "加总", "压缩"),
    ),
    Mean(
        "mean",
        QT_TRANSLATE_NOOP("ops", "Mean"),
        _SOME + _TYPED,
        synonyms=("average", "平均", "均值", "求平均"),
    ),
    Reduction(
        "prod",
        QT_TRANSLATE_NOOP("ops", "Product"),
        _ONE + _TYPED,
        synonyms=("multiply all", "连乘", "乘积"),
        join="mul",
    ),
    Reduction(
        "max",
        QT_TRANSLATE_NOOP("ops", "Largest and where"),
        _ONE,
        join="maximum",
        listed=("values", "indices"),
        depends="choosing",
        synonyms=("maximum", "argmax", "最大值", "最大"),
    ),
    Reduction(
        "min",
        QT_TRANSLATE_NOOP("ops", "Smallest and where"),
        _ONE,
        join="minimum",
        listed=("values", "indices"),
        depends="choosing",
        synonyms=("minimum", "argmin", "最小值", "最小"),
    ),
    Reduction(
        "amax",
        QT_TRANSLATE_NOOP("ops", "Largest"),
        _SOME,
        join="maximum",
        depends="choosing",
        synonyms=("maximum", "最大值", "最大"),
    ),
    Reduction(
        "amin",
        QT_TRANSLATE_NOOP("ops", "Smallest"),
        _SOME,
        join="minimum",
        depends="choosing",
        synonyms=("minimum", "最小值", "最小"),
    ),
    Variance(
        "var",
        QT_TRANSLATE_NOOP("ops", "Variance"),
        _SPREAD,
        synonyms=("spread", "unbiased", "correction"),
    ),
    Variance(
        "std",
        QT_TRANSLATE_NOOP("ops", "Standard deviation"),
        _SPREAD,
        synonyms=("spread", "unbiased", "correction"),
        root=True,
    ),
    VectorNorm(
        "linalg.vector_norm",
        QT_TRANSLATE_NOOP("ops", "Norm of vectors"),
        (INPUT, Order("ord"), Axes("dim"), Flag("keepdim"), DType("dtype")),
        Form.FUNCTION,
        synonyms=("norm", "length", "L1", "L2", "euclidean", "magnitude", "范数", "长度", "模"),
    ),
)
