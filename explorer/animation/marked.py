"""Which drawn cells a dtype could not hold: what a conversion loses, and where an operation left the range."""

from collections.abc import Mapping

import numpy as np

from explorer.animation import numbers
from explorer.animation.frame import Ints
from explorer.animation.layout import ravel
from explorer.animation.play import Play
from explorer.ops import Family

Marks = Mapping[int, tuple[Ints, Ints]]
"""By tensor: flat indices, rising, and the Loss of each."""


def marks_of(play: Play) -> Marks:
    """The marks of a play: of a conversion before and after, of cell-by-cell arithmetic in its result."""
    if len(play.results) != 1 or any(play.tensor(k).is_meta for k in range(len(play.shown))):
        return {}
    if play.op.family is Family.CONVERSION:
        return _of_conversion(play)
    return _of_arithmetic(play) if play.op.family is Family.ELEMENTWISE else {}


def _of_conversion(play: Play) -> Marks:
    from explorer.workspace import losses

    source, target = play.tensor(0), play.tensor(1)
    if source.dtype == target.dtype or not _same(play.kept[0], play.kept[1]):
        return {}
    found = losses.compared(numbers.windowed(source, play.kept[0]), numbers.windowed(target, play.kept[1]))
    return _told(play, found.numpy().reshape(-1), (0, 1))


def _of_arithmetic(play: Play) -> Marks:
    from explorer.workspace import overflow

    last = len(play.operands)
    target = play.tensor(last)
    operands = []
    for k, operand in enumerate(play.operands):
        if not hasattr(operand, "shape"):
            operands.append(operand)
            continue
        if play.op.writes and operand.data_ptr() == target.data_ptr():
            return {}  # what was there before the write is gone
        kept = play.kept[k]
        own = play.kept[last][len(play.kept[last]) - len(kept) :]
        if any(n != 1 and not np.array_equal(a, b) for n, a, b in zip(operand.shape, kept, own, strict=True)):
            return {}  # other cells are drawn of it than of the result
        operands.append(numbers.windowed(operand, kept))
    found = overflow.marks(play.op, operands, play.arguments, numbers.windowed(target, play.kept[last]))
    return {} if found is None else _told(play, found.numpy().reshape(-1), (last,))


def _told(play: Play, found: Ints, tensors: tuple[int, ...]) -> Marks:
    if not found.any():
        return {}
    return {k: (ravel(play.kept[k], play.shown[k].shape), found.astype(np.int64)) for k in tensors}


def _same(one: tuple[Ints, ...], other: tuple[Ints, ...]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
