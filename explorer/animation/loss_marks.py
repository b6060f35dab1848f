"""Which drawn cells a dtype could not hold: what a conversion loses, and where an operation left the range."""

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from explorer.animation import cell_numbers
from explorer.animation.frame import Ints
from explorer.animation.plane_layout import ravel
from explorer.animation.play import Play, as_tensor
from explorer.late import torch
from explorer.numbers import losses, overflow
from explorer.ops.loss import Loss
from explorer.ops.positions import Numbered

Marks = Mapping[int, tuple[Ints, Ints]]
"""By tensor: flat indices, rising, and the Loss of each."""


MOST = 2**14
"""Cells of operands that are all looked at, drawn or not."""


def marks_of(play: Play) -> Marks:
    """The marks of a play: of a conversion before and after, of all others in the result."""
    if len(play.results) != 1 or any(play.tensor(k).is_meta for k in range(len(play.shown))):
        return {}
    if play.op.converts:
        return _of_conversion(play)
    if play.op.fills:
        return _of_filling(play)
    if play.op.cellwise:
        return _of_arithmetic(play)
    return {} if play.op.moves or play.op.creates else _of_whole(play)


def _of_conversion(play: Play) -> Marks:
    source, target = play.tensor(0), play.tensor(1)
    if source.dtype == target.dtype or not _same(play.kept[0], play.kept[1]):
        return {}
    found = losses.compared(cell_numbers.windowed(source, play.kept[0]), cell_numbers.windowed(target, play.kept[1]))
    return _told(play, found.numpy().reshape(-1), (0, 1))


def _of_arithmetic(play: Play) -> Marks:
    last = len(play.operands)
    target = play.tensor(last)
    operands: list[Any] = []
    for k, operand in enumerate(play.operands):
        window = _window(play, k) if hasattr(operand, "shape") else operand
        if window is None:
            return {}
        operands.append(window)
    found = overflow.marks(play.op, operands, play.arguments, cell_numbers.windowed(target, play.kept[last]))
    return {} if found is None else _told(play, found.numpy().reshape(-1), (last,))


def _of_filling(play: Play) -> Marks:
    """Of the cells that were filled, what became of the values. A Python number is rounded without a mark."""
    last, relation = len(play.operands), play.provenance
    assert isinstance(relation, Numbered)
    target = cell_numbers.windowed(play.tensor(last), play.kept[last]).reshape(-1)
    origin = cell_numbers.windowed(relation.numbers[0], play.kept[last]).reshape(-1)
    found = torch.zeros(target.shape, dtype=torch.uint8)
    choosers = play.op.choosers(len(play.operands))
    for k, operand in enumerate(play.operands[1:], 1):
        value = torch.tensor(operand, dtype=torch.float64) if isinstance(operand, float) else as_tensor(operand)
        own = (origin >= relation.starts[k]) & (origin < relation.starts[k] + value.numel())
        if k in choosers or value.dtype == target.dtype or not own.any():
            continue
        source = value.detach().cpu().expand(relation.operands[k]).reshape(-1)[origin[own] - relation.starts[k]]
        found[own] = losses.compared(source, target[own])
        if not isinstance(operand, torch.Tensor):
            found[own & (found == int(Loss.ROUNDED))] = 0
    return _told(play, found.numpy(), (last,))


def _of_whole(play: Play) -> Marks:
    """Of results in which many cells meet: all of these are looked at."""
    last = len(play.operands)
    target = play.tensor(last)
    operands = [play.tensor(k) for k in range(last)]
    work = prod(x.numel() for x in operands)
    if work > MOST or any(x.data_ptr() == target.data_ptr() for x in operands if play.op.writes):
        return {}
    found = overflow.marks(play.op, operands, play.arguments, target)
    return (
        {} if found is None else _told(play, cell_numbers.windowed(found, play.kept[last]).numpy().reshape(-1), (last,))
    )


def _window(play: Play, k: int) -> Any:
    """The drawn cells of operand k, which broadcast to those of the result; None where they do not, or are gone."""
    operand, last = play.tensor(k), len(play.operands)
    kept, result = play.kept[k], play.kept[last]
    if play.op.writes and operand.data_ptr() == play.tensor(last).data_ptr():
        return None  # overwritten
    own = result[len(result) - len(kept) :]
    if any(n != 1 and not np.array_equal(a, b) for n, a, b in zip(operand.shape, kept, own, strict=True)):
        return None  # other cells are drawn of it than of the result
    return cell_numbers.windowed(operand, kept)


def _told(play: Play, found: Ints, tensors: tuple[int, ...]) -> Marks:
    if not found.any():
        return {}
    return {k: (ravel(play.kept[k], play.shown[k].shape), found.astype(np.int64)) for k in tensors}


def _same(one: tuple[Ints, ...], other: tuple[Ints, ...]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
