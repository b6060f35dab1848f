"""Random operands and arguments for any entry of the catalogue, from its family and the kinds of its parameters.

No entry has code here, so an operation that is added tomorrow is tested tomorrow.
"""

import contextlib
import math
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import hypothesis
import torch
from hypothesis import strategies as st

from explorer.errors import OpError
from explorer.ops import CATALOG, Family, Op
from explorer.ops.calls import name_of_number
from explorer.ops.contraction import Contraction, Einsum
from explorer.ops.movement import Placing
from explorer.ops.parameters import (
    Axes,
    Axis,
    Choice,
    Device,
    DType,
    Equation,
    Flag,
    Number,
    Order,
    Parameter,
    Permutation,
    Seed,
    Size,
    Values,
)

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
OPS = tuple(CATALOG.values())
WITH_OPERANDS = tuple(op for op in OPS if op.arity != 0)
UNKNOWN_VALUES = {"empty"}  # memory as it is found is never the same twice

FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
COMPLEX = (torch.complex64, torch.complex128)
WHOLE = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)
DTYPES = (torch.bool, *WHOLE, *FLOATS, *COMPLEX)
RARE = (torch.uint16, torch.uint32, torch.float8_e4m3fn, torch.complex32)
LAYOUTS = ("contiguous", "transposed", "stepped", "expanded", "lazy", "offset")
MARKS = ("contiguous", "transposed", "expanded")

Shape = tuple[int, ...]


def looked(examples: int) -> Callable[[Any], Any]:
    """Settings for a quick look with so many examples; twenty times as many with HYPOTHESIS_PROFILE=deep."""
    return hypothesis.settings(
        max_examples=examples * 20 if DEEP else examples,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )


@contextlib.contextmanager
def torch_may_warn() -> Iterator[None]:
    """`.T` beyond two axes and a few others warn by torch's design; what we add to it must not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@dataclass(frozen=True)
class Case:
    """One call of an entry."""

    op: Op
    operands: tuple[Any, ...]
    arguments: Mapping[str, Any]

    @property
    def names(self) -> tuple[str | None, ...]:
        """Names and numbers; None for what is left out."""
        return tuple(
            f"X{k}" if isinstance(x, torch.Tensor) else x if x is None else name_of_number(x)
            for k, x in enumerate(self.operands)
        )

    @property
    def variables(self) -> dict[str, Any]:
        return {name: x for name, x in zip(self.names, self.operands, strict=True) if name is not None}

    @property
    def tensors(self) -> list[torch.Tensor]:
        return [x for x in self.operands if isinstance(x, torch.Tensor)]

    def run(self, operands: Any = None) -> Any:
        with torch_may_warn():
            return self.op.run(self.operands if operands is None else operands, self.arguments)

    def results(self, operands: Any = None) -> tuple[torch.Tensor, ...]:
        outcome = self.run(operands)
        return outcome if isinstance(outcome, tuple) else (outcome,)

    def runs(self) -> bool:
        try:
            self.run()
        except OpError:
            return False
        return True

    def __repr__(self) -> str:
        words = [
            f"{tuple(x.shape)} {x.dtype} strides={x.stride()} {x}" if isinstance(x, torch.Tensor) else repr(x)
            for x in self.operands
        ]
        return f"{self.op.name}({'; '.join(words)} | {dict(self.arguments)})"


def cells_of(shape: Shape) -> list[tuple[int, ...]]:
    """All positions, in reading order."""
    return list(product(*map(range, shape)))


def same(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Equal in shape, dtype, device, strides and bits; nan equals nan."""
    if (a.shape, a.dtype, a.device, a.stride()) != (b.shape, b.dtype, b.device, b.stride()):
        return False
    if a.device.type == "meta" or a.numel() == 0:
        return True
    if a.dtype.is_complex:
        a, b = (torch.view_as_real(x.resolve_conj().to(torch.complex128)) for x in (a, b))
    if a.dtype.is_floating_point:
        a, b = (x.resolve_neg().double() for x in (a, b))
        a, b = (torch.where(x.isnan(), math.nan, x).view(torch.int64) for x in (a, b))  # bits, one nan for all
    return torch.equal(a, b)


# --- operands ---------------------------------------------------------------------------------------------------------


def filled(shape: Shape, dtype: torch.dtype, layout: str, seed: int, wild: bool = True) -> torch.Tensor:
    """A tensor of this look; `wild` values hold zeros, infinities and nan, others are small and far from 0."""
    stored = list(shape)
    if layout == "expanded" and shape:
        stored[seed % len(shape)] = min(1, shape[seed % len(shape)])
    if layout == "stepped" and shape:
        stored[-1] *= 2
    if layout == "offset":
        stored = [2, *stored]
    if layout == "transposed":
        stored = stored[::-1]
    x = _values(tuple(stored), dtype, seed, wild)
    if layout == "expanded" and shape:
        return x.expand(shape)
    if layout == "stepped" and shape:
        return x[..., ::2]
    if layout == "offset":
        return x[1]
    if layout == "transposed":
        return x.permute(tuple(range(x.ndim))[::-1])
    if layout == "lazy" and dtype.is_complex and dtype is not torch.complex32:
        return x.conj()
    if layout == "lazy" and dtype in (torch.float32, torch.float64):
        return torch.complex(x, x).conj().imag
    return x


def _values(shape: Shape, dtype: torch.dtype, seed: int, wild: bool) -> torch.Tensor:
    chance = torch.Generator().manual_seed(seed)
    if not wild:
        x = torch.rand(shape, generator=chance, dtype=torch.float64) + 0.5
        sign = torch.randint(0, 2, shape, generator=chance) * 2 - 1
        return (x * sign if dtype.is_floating_point else (x * 3).round() * sign).to(dtype)
    if dtype is torch.bool:
        return torch.randint(0, 2, shape, generator=chance).bool()
    if not dtype.is_floating_point and not dtype.is_complex:
        return torch.randint(-3 if dtype.is_signed else 0, 7, shape, generator=chance).to(dtype)
    x = torch.randn(shape, generator=chance, dtype=torch.float64) * 2
    odd = torch.tensor([0.0, -0.0, math.inf, -math.inf, math.nan, 1e30])
    x = torch.where(torch.rand(shape, generator=chance) < 0.1, odd[torch.randint(0, 6, shape, generator=chance)], x)
    if dtype.is_complex:
        y = torch.randn(shape, generator=chance, dtype=torch.float64)
        return torch.complex(x, y).to(dtype)
    return x.to(dtype)


sizes = st.sampled_from((2, 3, 1, 4, 0, 5))
small = st.sampled_from((2, 3, 2, 1, 0))
some_sizes = st.sampled_from((2, 3, 1, 4))


def shapes(rank: int | None = None, size: st.SearchStrategy[int] = sizes, most: int = 4) -> st.SearchStrategy[Shape]:
    low, high = (0, most) if rank is None else (rank, rank)
    return st.lists(size, min_size=low, max_size=high).map(tuple)


@cache
def ranks_of(op: Contraction) -> tuple[tuple[int, int], ...]:
    """The pairs of ranks that a contraction takes, by asking it."""
    good = []
    for ranks in product(range(4), repeat=2):
        operands = [torch.ones((2, 2) if op.writes else (2,), dtype=torch.float64) for _ in op.operands]
        for place, rank in zip(op.factors, ranks, strict=True):
            operands[place] = torch.ones((2,) * rank, dtype=torch.float64)
        case = Case(op, tuple(operands), {})
        if case.runs():
            good.append(ranks)
    assert good, f"{op.name} takes no two tensors"
    return tuple(good)


@st.composite
def product_shapes(draw: st.DrawFn, op: Contraction, arity: int, size: st.SearchStrategy[int]) -> tuple[Shape, ...]:
    """Shapes for the two that are multiplied, and for what is added."""
    ranks = draw(st.sampled_from(ranks_of(op)))
    (left, right), result, _ = op.labels_of(ranks, {})
    lengths = {label: draw(size) for label in sorted({*left, *right})}
    pair = [[lengths[x] for x in own] for own in (left, right)]
    for own in pair:  # batch axes stretch
        for a in range(len(own) - 2):
            own[a] = 1 if draw(st.integers(0, 4)) == 0 else own[a]
    if arity == 2:
        return tuple(map(tuple, pair))
    addend = [lengths[x] for x in result][0 if op.writes else -1 :]  # what is added is stretched over the product
    found = [tuple(addend if place not in op.factors else pair[op.factors.index(place)]) for place in range(arity)]
    return tuple(found)


@st.composite
def operand_shapes(
    draw: st.DrawFn, op: Op, size: st.SearchStrategy[int], free: bool, most: int = 4
) -> tuple[Shape, ...]:
    """Shapes that mostly go together; `free`: sometimes they do not."""
    arity = len(op.operands) + (draw(st.sampled_from((1, 0, 2))) if op.arity is None else 0)
    if free and draw(st.integers(0, 5)) == 0:
        return tuple(draw(shapes(size=size)) for _ in range(arity))
    if isinstance(op, Einsum):
        return tuple(draw(shapes(size=size, most=min(most, 4 - arity))) for _ in range(arity))
    if isinstance(op, Contraction):
        return draw(product_shapes(op, arity, size))
    whole = draw(shapes(size=size, most=most))
    if arity == 1:
        return (whole,)
    if isinstance(op, Placing):
        return draw(placing_shapes(op, arity, draw(shapes(draw(st.integers(1, min(most, 3))), size)), size))
    if op.choosers(arity):
        return tuple(draw(beside(op, place, arity, whole, size)) for place in range(arity))
    if op.arity is None and op.family is Family.MOVEMENT and not op.joins:
        return tuple(draw(shapes(size=size, most=most_axes(op))) for _ in range(arity))
    if op.family is Family.MOVEMENT:
        axis = draw(st.integers(0, max(len(whole) - 1, 0)))
        longer = draw(st.booleans()) and whole != ()
        return tuple((*whole[:axis], draw(size), *whole[axis + 1 :]) if longer else whole for _ in range(arity))
    found = []
    for _ in range(arity):
        own = [1 if draw(st.integers(0, 4)) == 0 else n for n in whole]
        found.append(tuple(own[draw(st.sampled_from((0, 0, 0, 1, len(own)))) if own else 0 :]))
    return tuple(found)


@st.composite
def placing_shapes(
    draw: st.DrawFn, op: Op, count: int, whole: Shape, size: st.SearchStrategy[int]
) -> tuple[Shape, ...]:
    """What is put into, where, and what: along an axis an index for each cell, or an index for each of some axes."""
    if any(isinstance(p, Axis) for p in op.parameters):
        index = list(whole)
        index[draw(st.integers(0, len(whole) - 1))] = draw(size)
        return (whole, tuple(index), tuple(n + draw(st.sampled_from((0, 0, 1))) for n in index))
    places = min(count - 2, len(whole))
    base = draw(shapes(size=size, most=2))
    stretched = [1 if draw(st.integers(0, 3)) == 0 else n for n in (*base, *whole[places:])]
    values = tuple(stretched[draw(st.integers(0, len(stretched))) :])
    return (whole, *[base] * places, values)


@cache
def most_axes(op: Op) -> int:
    """How many axes operands of any number may have, by asking it."""
    arguments = {p.name: p.default for p in op.parameters}
    return next(n for n in (4, 3, 2, 1) if Case(op, (torch.ones((1,) * n), torch.ones((1,) * n)), arguments).runs())


@cache
def ranks_of_indices(op: Op, rank: int) -> tuple[int, ...]:
    """The ranks of indices that go with an operand of that rank, by asking it."""
    found = []
    for own in range(5):
        operands = (torch.ones((1,) * rank), torch.zeros((1,) * own, dtype=torch.int64))
        if Case(op, operands, {p.name: 0 for p in op.parameters}).runs():
            found.append(own)
    return tuple(found) or (rank,)


@cache
def takes_shaped_values(op: Op) -> bool:
    """Whether what is no mask may have axes, by asking it."""
    masks = (torch.ones(2, dtype=torch.bool) if x.chooses else torch.ones(2) for x in op.operands)
    return Case(op, tuple(masks), {}).runs()


@st.composite
def beside(draw: st.DrawFn, op: Op, place: int, count: int, whole: Shape, size: st.SearchStrategy[int]) -> Shape:
    """The shape of one operand where some choose: a mask is stretched to what it chooses from, of an index one axis may
    have any length."""
    if op.chooser(place, count) == "index":
        rank = draw(st.sampled_from(ranks_of_indices(op, len(whole))))
        own = list(whole) if rank == len(whole) else [draw(size) for _ in range(rank)]
        if own:
            own[draw(st.integers(0, rank - 1))] = draw(size)
        return tuple(own)
    if place == op.subject:
        return whole
    if not op.chooser(place, count) and not takes_shaped_values(op):
        return ()
    own = [1 if draw(st.integers(0, 4)) == 0 else n for n in whole]
    return tuple(own[draw(st.sampled_from((0, 0, 1))) if own else 0 :])


def chooser(op: Op, place: int, count: int, shape: Shape, whole: Shape, layout: str, seed: int) -> torch.Tensor:
    """What chooses: a mask, or indices that are in range along some axis of `whole`."""
    if op.chooser(place, count) != "index":
        return filled(shape, torch.bool, layout, seed)
    bound = max(whole[seed % len(whole)] if count == 2 else min(whole), 1) if whole else 1
    return filled(shape, torch.int64, layout, seed) % bound


# --- arguments --------------------------------------------------------------------------------------------------------


def _axis(rank: int, extra: int, free: bool) -> st.SearchStrategy[int]:
    bound = max(rank + extra, 1)
    inside = st.integers(-bound, bound - 1)
    return st.one_of(inside, inside, inside, st.integers(-bound - 2, bound + 1)) if free else inside


def _axes(rank: int, free: bool) -> st.SearchStrategy[Any]:
    named = st.permutations(range(rank)).flatmap(
        lambda order: st.integers(1, max(rank, 1)).flatmap(
            lambda n: st.lists(st.booleans(), min_size=n, max_size=n).map(
                lambda back: tuple(a - rank if b else a for a, b in zip(order[:n], back, strict=False))
            )
        )
    )
    one = _axis(rank, 0, free)
    return st.one_of(one, named, st.lists(one, max_size=3).map(tuple)) if free else st.one_of(one, named)


def _size(shape: Shape, free: bool, inferred: bool) -> st.SearchStrategy[Shape]:
    if not inferred:
        return shapes(most=3)
    cells = math.prod(shape)

    @st.composite
    def split(draw: st.DrawFn) -> Shape:  # the same cells in another shape
        left, found = cells, []
        for _ in range(draw(st.integers(0, 3))):
            found.append(draw(st.sampled_from([d for d in range(1, left + 1) if left % d == 0] or [0])))
            left = left // found[-1] if found[-1] else 0
        if not found or draw(st.booleans()) or left != 1:
            found.append(left)
        if found and draw(st.integers(0, 4)) == 0:
            found[draw(st.integers(0, len(found) - 1))] = -1
        return tuple(found)

    @st.composite
    def stretch(draw: st.DrawFn) -> Shape:  # lengths of 1 grow, new axes in front
        own = [draw(st.sampled_from((3, 1, 2, 0))) if n == 1 else draw(st.sampled_from((n, n, -1))) for n in shape]
        return (*draw(shapes(size=some_sizes, most=1)), *own)

    return st.one_of(split(), stretch(), shapes(most=3)) if free else st.one_of(split(), stretch())


def _numbers(integer: bool) -> st.SearchStrategy[Any]:
    whole = st.integers(-2, 6)
    return whole if integer else st.one_of(whole, st.sampled_from((0.5, 2.0, -1.5, 3.25)))


def _tree(depth: int) -> st.SearchStrategy[Any]:
    leaf = st.one_of(st.integers(-9, 300), st.floats(width=32), st.booleans(), st.just(complex(1.5, -2.0)))
    regular = shapes(most=3).flatmap(
        lambda shape: st.lists(leaf, min_size=math.prod(shape), max_size=math.prod(shape)).map(
            lambda flat: _nested(flat, shape)
        )
    )
    return st.one_of(leaf, regular)


def _nested(flat: list[Any], shape: Shape) -> Any:
    if not shape:
        return flat[0] if flat else []
    step = math.prod(shape[1:])
    return [_nested(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


@st.composite
def equation(draw: st.DrawFn, operands: tuple[Shape, ...], free: bool) -> str:
    """Letters for these shapes, some of them of several axes of one length, and a result of some of them."""
    letters: dict[str, int] = {}
    parts = []
    for shape in operands:
        part = ""
        for n in shape:
            same = [x for x, size in letters.items() if size == n or (size == 1 and free)]
            part += draw(st.sampled_from([*same, "ijkabcdefgh"[len(letters)]]))
            letters.setdefault(part[-1], n)
        parts.append(part)
    if draw(st.integers(0, 5)) == 0 and parts[0]:  # the last axes of all may stand behind dots
        parts = [f"...{part[1:]}" for part in parts]
    left = [x for x in letters if any(x in part for part in parts)]
    result = draw(st.permutations(left))[: draw(st.integers(0, len(left)))]
    dots = "..." if any("..." in part for part in parts) and draw(st.booleans()) else ""
    said = draw(st.sampled_from(("", f"->{dots}{''.join(result)}", f" -> {''.join(result)}{dots}")))
    return ",".join(parts) + said


def argument(op: Op, kind: Parameter, operands: tuple[Shape, ...], shape: Shape, free: bool) -> st.SearchStrategy[Any]:  # noqa: C901 - a list
    rank = len(shape)
    match kind:
        case Axis():
            return _axis(rank, kind.extra, free)
        case Axes():
            return _axes(rank, free)
        case Permutation():
            order = st.permutations(range(rank)).map(lambda p: tuple(a - rank if a % 2 else a for a in p))
            return st.one_of(order, shapes(most=4)) if free else order
        case Size() if kind.trailing:
            return st.integers(1, max(rank, 1)).map(lambda n: shape[-n:]) if rank else st.just((1,))
        case Size():
            return _size(shape, free, kind.inferred)
        case Flag():
            return st.booleans()
        case Order():
            return st.sampled_from((*kind.presets, 1.5, -1, -2, 0.5, 2.0))
        case Number():
            return _numbers(kind.integer)
        case Choice():
            return st.sampled_from(kind.options)
        case DType():
            every = st.sampled_from(DTYPES)
            return every if free else st.just(torch.float64)
        case Device():
            return st.sampled_from(("cpu", "meta")) if free else st.just("cpu")
        case Values():
            return _tree(2)
        case Equation():
            return equation(operands, free)
        case Seed():
            return st.integers(0, 2**40)
    raise AssertionError(f"a kind of parameter without a strategy: {type(kind).__name__} of {op.name}")


@st.composite
def arguments(draw: st.DrawFn, op: Op, operand_shapes: tuple[Shape, ...], free: bool) -> dict[str, Any]:
    shape = operand_shapes[op.subject] if operand_shapes else ()
    found = {}
    for kind in op.parameters:
        needed = kind.required or isinstance(kind, Seed)
        if needed or draw(st.booleans()):
            found[kind.name] = draw(argument(op, kind, operand_shapes, shape, free))
    return found


@st.composite
def left_out(draw: st.DrawFn, op: Op) -> list[Any]:
    """For each operand of the signature True, or None where it is left out."""
    return [None if x.optional and draw(st.booleans()) else True for x in op.operands]


@st.composite
def cases(draw: st.DrawFn, op: Op) -> Case:
    """Any call, also such as torch refuses: every dtype, layout, shape, two devices, Python numbers."""
    left = draw(left_out(op))
    op, whole_op = op.narrowed(left)[0], op
    found = draw(operand_shapes(op, sizes, free=True))
    dtypes = st.sampled_from(DTYPES) if draw(st.integers(0, 9)) else st.sampled_from(RARE)
    one = draw(dtypes)
    operands: list[Any] = []
    for shape in found:
        dtype = one if draw(st.booleans()) else draw(dtypes)
        layout, seed = draw(st.sampled_from(LAYOUTS)), draw(st.integers(0, 2**32))
        with torch_may_warn():  # complex32 does
            place = len(operands)
            chooses = place in op.choosers(len(found)) and draw(st.integers(0, 9)) > 0
            whole = found[op.subject]
            operands.append(
                chooser(op, place, len(found), shape, whole, layout, seed)
                if chooses
                else filled(shape, dtype, layout, seed)
            )
    if op.numbers and draw(st.integers(0, 3)) == 0:
        numbers = [k for k in range(len(operands)) if op.takes_number(k, len(operands))]
        for at in numbers if draw(st.booleans()) else [draw(st.sampled_from(numbers))]:
            operands[at] = draw(st.sampled_from((0, 2, -3, 0.5, -1.25, True, 1.5j, math.nan, -math.inf)))
    where = draw(st.integers(0, 9))
    for k, x in enumerate(operands):
        if isinstance(x, torch.Tensor) and (where == 0 or (where == 1 and k == 0)):
            operands[k] = x.to("meta")
    asked = draw(arguments(op, found, free=True))
    rest = iter(operands)
    return Case(whole_op, tuple(operands if op is whole_op else [x and next(rest) for x in left]), asked)


@st.composite
def accepted(
    draw: st.DrawFn, op: Op, dtype: torch.dtype = torch.float64, size: st.SearchStrategy[int] = sizes, most: int = 4
) -> Case:
    """A call that torch accepts, with operands of one dtype, inside the domain of the operation. An entry of which some
    operand may be left out is narrowed."""
    op = op.narrowed(draw(left_out(op)))[0]
    found = draw(operand_shapes(op, size, free=False, most=most))
    operands = tuple(
        (
            chooser(op, k, len(found), shape, found[op.subject], layout, seed)
            if k in op.choosers(len(found))
            else filled(shape, dtype, layout, seed, False)
        )
        for k, shape in enumerate(found)
        for layout, seed in [(draw(st.sampled_from(MARKS)), draw(st.integers(0, 2**32)))]
    )
    case = Case(op, operands, {})
    for _ in range(6):
        case = Case(op, operands, draw(arguments(op, found, free=False)))
        if case.runs():
            break
    else:
        hypothesis.reject()
    return within_domain(case)


def within_domain(case: Case) -> Case:
    """The same call on magnitudes where signs give nan."""
    if any(x.dtype.is_floating_point and bool(x.isnan().any()) for x in case.results() if x.device.type != "meta"):
        return Case(
            case.op, tuple(x.abs() if isinstance(x, torch.Tensor) else x for x in case.operands), case.arguments
        )
    return case
