"""Other values of an argument that torch refused, those first that were probably meant. Nothing is known of them yet:
whoever asks tries them."""

from collections.abc import Iterator, Sequence
from itertools import islice, permutations
from math import prod
from typing import Any

from explorer.late import torch
from explorer.ops.entry import Arguments, CatalogEntry
from explorer.ops.parameters import (
    At,
    Axes,
    Axis,
    AxisNumber,
    Choice,
    Device,
    DType,
    Equation,
    Flag,
    Key,
    Number,
    Parameter,
    Permutation,
    Size,
)

MOST = 24  # values of one argument
_LETTERS = "ijklmnopqrstuvwxyz"


def alternatives(op: CatalogEntry, kind: Parameter, operands: Sequence[Any], arguments: Arguments) -> Iterator[Any]:
    """Values of one argument of a call on these tensors and numbers, each once; None for leaving it out."""
    value = arguments.get(kind.name)
    seen = [_same(value)]
    for other in islice(_listed(op, kind, value, operands), MOST):
        if (other is not None or not kind.required) and _same(other) not in seen:
            seen.append(_same(other))
            yield other


def _same(value: Any) -> Any:
    return type(value), repr(value)


def _listed(op: CatalogEntry, kind: Parameter, value: Any, operands: Sequence[Any]) -> Iterator[Any]:  # noqa: C901 - a list
    x = operands[op.subject] if op.operands and not op.operands[0].many else operands[0]
    shape = tuple(getattr(x, "shape", ()))
    match kind:
        case AxisNumber():
            yield from _axes(kind, value, len(shape) + kind.extra)
        case Permutation():
            yield from _orders(value, len(shape))
        case Size() if kind.trailing:
            yield from (shape[-n:] for n in range(1, len(shape) + 1))
        case Size() if kind.stretches:
            yield from _stretched(value, shape)
        case Size():
            yield from _sizes(tuple(value or ()), shape)
        case Flag():
            yield None
            yield True
        case DType():
            yield None
            yield from (torch.float32, torch.float64, getattr(x, "dtype", None), torch.int64)
        case Device():
            yield None
            yield from dict.fromkeys(str(y.device) for y in operands if hasattr(y, "device"))
        case Choice():
            yield None
            yield from kind.options
        case Number():
            yield from _numbers(kind, value, shape)
        case Equation():
            yield from _equations(str(value or ""), [tuple(y.shape) for y in operands])
        case Key():
            yield from _keys(tuple(value), shape, operands)
        case _:
            yield None


def _axes(kind: AxisNumber, value: Any, bound: int) -> Iterator[Any]:
    """Each axis once: who counts from one means the axis before, who names a few means those of them that are there."""
    named = value if isinstance(value, tuple) else () if value is None else (value,)
    inside = [a for a in range(bound) if a not in named]
    if isinstance(value, tuple) and isinstance(kind, Axes):
        kept = tuple(dict.fromkeys(a % bound for a in value if -bound <= a < bound)) if bound else ()
        before = tuple(a - 1 for a in value)
        if all(0 <= a < bound for a in before):
            yield before
        if kept and len(kept) < len(value):
            free = sorted(set(range(bound)) - set(kept), reverse=True)
            yield (*kept, *free[: len(value) - len(kept)])
            yield kept
    wish = named[0] if named else 0 if isinstance(kind, Axis) else bound
    meant = wish + bound if wish < 0 else wish  # where it is out of range its neighbours were meant
    if not named and isinstance(kind, Axes) and bound:
        yield tuple(range(bound))
    inside = [a for a in inside if not named or a - bound not in named]
    yield from sorted(inside, key=lambda a: (abs(a - meant), a))
    yield None


def _orders(value: Any, rank: int) -> Iterator[tuple[int, ...]]:
    """The order that was given, made whole; then all others, as far as there are few."""
    given = tuple(value or ())
    if all(0 <= a - 1 < rank for a in given) and sorted(a - 1 for a in given) == list(range(rank)):
        yield tuple(a - 1 for a in given)
    named = tuple(dict.fromkeys(a % rank for a in given if -rank <= a < rank)) if rank else ()
    left = tuple(a for a in range(rank) if a not in named)
    if len(given) == rank:  # what is out of range or named twice stands for one of those that are left
        waiting, seen, filled = list(left), set[int](), []
        for a in given:
            fits = -rank <= a < rank and a % rank not in seen
            filled.append(a % rank if fits else waiting.pop(0))
            seen.add(filled[-1])
        yield tuple(filled)
    yield (*named, *left)
    yield (*left, *named)
    yield tuple(reversed(range(rank)))
    yield from islice(permutations(range(rank)), 24)


def _sizes(wanted: tuple[int, ...], shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The wanted sizes with one of them changed, one more or one less, so that the cells fill them."""
    cells = prod(shape)
    fixed = tuple(n if n >= 0 else 1 for n in wanted)
    for place in sorted(range(len(wanted)), key=lambda k: wanted[k] >= 0):
        rest = prod(n for k, n in enumerate(fixed) if k != place)
        if rest and cells % rest == 0:
            yield (*fixed[:place], cells // rest, *fixed[place + 1 :])
        elif not rest and not cells:
            yield (*fixed[:place], 0, *fixed[place + 1 :])
    whole = prod(fixed)
    if whole and cells % whole == 0 and cells != whole:
        yield (*fixed, cells // whole)
        yield (cells // whole, *fixed)
    for place in range(len(fixed)):
        short = (*fixed[:place], *fixed[place + 1 :])
        if prod(short) == cells:
            yield short
    yield (cells,)
    yield tuple(reversed(shape))


def _stretched(wanted: Any, shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The wanted sizes, with the operand's own wherever it does not stretch, counted from the right."""
    given = tuple(wanted or ())
    front = (1,) * (len(given) - len(shape))
    longer = (*shape[: max(len(shape) - len(given), 0)], *given)
    own = (*front, *shape)
    yield tuple(n if m == 1 and n >= 0 else m for n, m in zip(longer, own, strict=True))
    left = given[: len(shape)]  # who counts from the left has the axes of the operand first
    yield (*(n if m == 1 else m for n, m in zip(left, shape, strict=False)), *shape[len(left) :])
    yield shape


def _numbers(kind: Number, value: Any, shape: tuple[int, ...]) -> Iterator[Any]:
    yield None
    if kind.integer:
        near = {0, 1, -1, 2, *shape, *(n - 1 for n in shape), *(-n for n in shape), kind.default or 0}
        yield from sorted(near, key=lambda n: (abs(n - int(value or 0)), n < 0))
    else:
        if isinstance(value, float) and value == value and abs(value) < 2**53:
            yield int(value)
        yield from (kind.default, 1)


def _equations(text: str, shapes: Sequence[tuple[int, ...]]) -> Iterator[str]:
    """The same with the letters of one operand in another order, one more or one less; or only the result changed."""
    left, arrow, right = text.replace(" ", "").partition("->")
    parts = left.split(",") if left else []
    parts = [*parts[: len(shapes)], *[""] * (len(shapes) - len(parts))]
    letters = [x for part in parts for x in part if x.isalpha() and x.isascii()]
    result = "".join(dict.fromkeys(x for x in right if x in letters)) if arrow else ""
    said = f"->{result}" if arrow else ""
    yield ",".join(parts) + said
    yield ",".join(parts)
    free = [x for x in _LETTERS if x not in letters]
    for k, shape in enumerate(shapes):
        own = [x for x in parts[k] if x in letters]
        others = list(dict.fromkeys(x for j, part in enumerate(parts) if j != k for x in part if x in letters))
        for changed in _fitting(own, len(shape), [*others, *free]):
            yield ",".join([*parts[:k], "".join(changed), *parts[k + 1 :]]) + said


def _fitting(own: Sequence[str], rank: int, others: Sequence[str]) -> Iterator[tuple[str, ...]]:
    if len(own) == rank:
        yield from islice(permutations(own), 1, 6)
        for place in range(rank):
            yield from ((*own[:place], x, *own[place + 1 :]) for x in others[:4] if x not in own)
    elif len(own) > rank:
        yield tuple(own[:rank])
        yield tuple(own[-rank:]) if rank else ()
    else:
        more = [x for x in others if x not in own][: rank - len(own)]
        yield (*more, *own)
        yield (*own, *more)


def _keys(key: tuple[Any, ...], shape: tuple[int, ...], operands: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The key with one part changed: an index that is there, a step that leads somewhere; or with fewer parts."""
    axis = 0
    for place, part in enumerate(key):
        size = shape[axis] if axis < len(shape) else 1
        for other in _parts(part, size):
            yield (*key[:place], other, *key[place + 1 :])
        if part is Ellipsis:
            axis = len(shape) - (len(key) - place - 1)
        elif part is not None:
            axis += operands[part.operand].ndim if isinstance(part, At) and _masks(operands[part.operand]) else 1
    for count in range(len(key) - 1, 0, -1):
        yield key[:count]
    for place in range(len(key)):
        yield (*key[:place], *key[place + 1 :])
    for place, part in enumerate(key):
        yield (*key[:place], slice(None), part)


def _masks(x: Any) -> bool:
    return x is not None and bool(x.dtype == torch.bool)


def _parts(part: Any, size: int) -> Iterator[Any]:
    if isinstance(part, int) and not isinstance(part, bool) and size:
        if -size <= part < size:
            return
        if 0 <= part - 1 < size:
            yield part - 1
        yield from (size - 1 if part >= 0 else 0, part % size)
        yield slice(None)
    elif isinstance(part, list) and size and all(isinstance(i, int) and not isinstance(i, bool) for i in part):
        yield [min(max(i, -size), size - 1) for i in part]
        yield [i for i in part if -size <= i < size]
    elif isinstance(part, slice) and part.step is not None and part.step <= 0:
        yield slice(part.start, part.stop, abs(part.step) or 1)
        yield slice(None)
