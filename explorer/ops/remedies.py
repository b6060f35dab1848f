"""What may be done to one operand so that a refused call takes it: calls on it alone, each with how far it goes.
Nothing is known of them yet: whoever asks tries them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations
from math import prod
from typing import Any

from explorer.late import torch
from explorer.ops import contraction, conversion, elementwise, movement
from explorer.ops.indexing import READ
from explorer.ops.op import Call, Op

_entries: Mapping[str, Op] = {
    op.name: op for family in (contraction, conversion, elementwise, movement) for op in family.ENTRIES
}
Remedy = tuple[float, Call[Any]]
"""How far it goes (1: no further than most), and the call on what stands for the operand."""


def converted(x: Any, tensor: Any, chooses: str, others: Sequence[Any]) -> Iterator[Remedy]:
    """The same values in other dtypes: such as choose, or such as the `others` have, rather those that lose nothing."""
    own = tensor.dtype
    if chooses == "index":
        wanted = [torch.int64, torch.bool]
    elif chooses:
        wanted = [torch.bool]
    else:
        beside = [y.dtype for y in others if hasattr(y, "dtype")]
        wanted = [*beside, torch.float32, torch.float64, torch.int64]
    for place, dtype in enumerate(dict.fromkeys(d for d in wanted if d != own)):
        lossless = _holds(dtype, own)
        yield 1 + 0.04 * place + (0 if lossless or chooses else 0.3), to(x, dtype)


def _holds(dtype: torch.dtype, own: torch.dtype) -> bool:
    """Whether torch calls values of `own` values of `dtype` where both meet."""
    try:
        return torch.promote_types(dtype, own) == dtype
    except RuntimeError:
        return False


def to(x: Any, dtype: torch.dtype) -> Call[Any]:
    """The same in another dtype."""
    return conversion.TO.call((x,), {"dtype": dtype})


def moved(x: Any, tensor: Any, others: Sequence[Any]) -> Iterator[Remedy]:
    """The same values on another device."""
    for device in dict.fromkeys(str(y.device) for y in others if hasattr(y, "device")):
        if device != str(tensor.device):
            yield 1.0, conversion.TO.call((x,), {"device": device})


def laid_out(x: Any, tensor: Any) -> Iterator[Remedy]:
    """The same values in memory of their own."""
    if not tensor.is_contiguous():
        yield 1.0, _entries["contiguous"].call((x,))
    yield 1.1, conversion.CLONE.call((x,))


def reshaped(x: Any, shape: tuple[int, ...], others: Sequence[tuple[int, ...]]) -> Iterator[Remedy]:
    """The same cells in another order of axes, or with an axis more or less; then what is left of them where the other
    shapes are shorter."""
    shapes = list(dict.fromkeys(others))
    yield from _turned(x, len(shape))
    yield from _with_other_axes(x, shape, shapes)
    for own in shapes:
        if own != shape and prod(own) == prod(shape):
            yield 1.3, movement.RESHAPE.call((x,), {"shape": own})
        if own != shape and len(own) >= len(shape):
            yield 1.3, _entries["expand"].call((x,), {"size": own})
    yield from _cut(x, shape, shapes)


def turned(x: Any) -> Call[Any]:
    """The same matrix with its axes swapped."""
    return _entries["T"].call((x,))


def _turned(x: Any, rank: int) -> Iterator[Remedy]:
    """Two axes swapped, then all in another order."""
    if rank == 2:
        yield 1.0, turned(x)
    elif rank > 2:
        yield 1.0, _entries["mT"].call((x,))
        for one, other in combinations(range(rank), 2):
            if (one, other) != (rank - 2, rank - 1):
                yield 1.1, _entries["transpose"].call((x,), {"dim0": one, "dim1": other})
    if 2 < rank < 5:
        for order in permutations(range(rank)):
            if sum(a != b for a, b in enumerate(order)) > 2:
                yield 1.45, _entries["permute"].call((x,), {"dims": order})


def _with_other_axes(x: Any, shape: tuple[int, ...], shapes: Sequence[tuple[int, ...]]) -> Iterator[Remedy]:
    """One of length 1 more or less, or all in one."""
    rank, wider = len(shape), any(len(s) > len(shape) for s in shapes)
    for axis in range(rank + 1):
        yield (0.95 if wider else 1.6) + 0.01 * axis, _entries["unsqueeze"].call((x,), {"dim": axis})
    ones = [axis for axis, n in enumerate(shape) if n == 1]
    for axis in ones:
        yield 1.1, _entries["squeeze"].call((x,), {"dim": axis})
    if len(ones) > 1:
        yield 1.2, _entries["squeeze"].call((x,))
    if rank > 1:
        yield 1.4, _entries["flatten"].call((x,))


def _cut(x: Any, shape: tuple[int, ...], shapes: Sequence[tuple[int, ...]]) -> Iterator[Remedy]:
    """The first cells along an axis, as many as another has there, counted from either end."""
    rank = len(shape)
    for axis, n in enumerate(shape):
        places = [(s, k) for s in shapes for k in (axis, len(s) - rank + axis) if 0 <= k < len(s)]
        for length in sorted({s[k] for s, k in places if 0 < s[k] < n}):
            yield 1.7, READ.call((x,), {"key": (*[slice(None)] * axis, slice(None, length))})


def bounded(x: Any, tensor: Any, length: int) -> Iterator[Remedy]:
    """Indices that are in range of an axis of that length."""
    if length and not tensor.dtype.is_floating_point and tensor.dtype != torch.bool:
        yield 1.0, _entries["clamp"].call((x, 0, length - 1))
        yield 1.05, _entries["remainder"].call((x, length))


def flipped(x: Any, key: Sequence[Any]) -> Iterator[Remedy]:
    """What NumPy would give for steps of -1 and the like."""
    back = [k for k, part in enumerate(key) if isinstance(part, slice) and (part.step or 1) < 0]
    if back and all(key[k].start is key[k].stop is None for k in back) and Ellipsis not in key and None not in key:
        turned = _entries["flip"].call((x,), {"dims": tuple(back) if len(back) > 1 else back[0]})
        steps = tuple(slice(None, None, -part.step) if k in back else part for k, part in enumerate(key))
        whole = all(isinstance(part, slice) and part in (slice(None), slice(None, None, 1)) for part in steps)
        yield 0.9, turned if whole else READ.call((turned,), {"key": steps})


def instead(op: Op) -> Iterator[Op]:
    """Entries that are easily taken for this one."""
    yield from (_entries[name] for name in op.instead)


def positive(x: Any) -> Call[Any]:
    """A mask of the cells above 0."""
    return _entries["gt"].call((x, 0))
