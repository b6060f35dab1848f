"""What a conversion does to each cell: kept, rounded, wrapped, saturated, became inf ...

torch converts; its own result is then compared with the source, exactly: whole numbers never meet in a float that
cannot hold them. Only what C leaves undefined (a float that is out of a whole dtype's range) is told by the source.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from explorer.late import torch
from explorer.numbers import statistics
from explorer.ops.calls import quiet
from explorer.ops.loss import Loss

Progress = Callable[[float], None]
_BLOCK = 2**18  # cells, which a processor keeps near while it looks at them a dozen times
_TOP = 2.0**63
_SIGN = -(2**63)  # of an int64


def marks(tensor: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """A Loss for each cell of `tensor.to(dtype)`, as uint8 on the CPU. Raises what torch raises where it refuses."""
    source = tensor.detach().resolve_conj().resolve_neg()
    with quiet():
        return compared(source.cpu(), source.to(dtype).cpu())


def counts(tensor: torch.Tensor, dtype: torch.dtype, progress: Progress | None = None) -> dict[Loss, int]:
    """How many cells lose what, without those that are kept; of any size, block by block. Empty on meta."""
    if tensor.is_meta:
        return {}
    total, done = torch.zeros(len(Loss), dtype=torch.int64), 0
    for block in statistics.blocks(tensor.detach(), _BLOCK):
        total += torch.bincount(marks(block, dtype).reshape(-1), minlength=len(Loss))
        done += block.numel()
        if progress is not None:
            progress(done / tensor.numel())
    return {loss: int(total[loss]) for loss in reversed(Loss) if loss and total[loss]}


def compared(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """A Loss for each cell, `target` being what torch made of `source`; both on the CPU."""
    if source.is_complex():
        return _of_complex(source, target)
    if target.is_complex():
        return compared(source, _parts(target)[0])
    if source.dtype == torch.bool:
        source = source.view(torch.uint8)
    if target.dtype == torch.bool:
        return _where(_unequal(source, target.view(torch.uint8)), Loss.TRUTH)
    if target.is_floating_point():
        return _float_to_float(source, target) if source.is_floating_point() else _whole_to_float(source, target)
    return _float_to_whole(source, target) if source.is_floating_point() else _whole_to_whole(source, target)


def _of_complex(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    real, imaginary = _parts(source)
    if target.is_complex():
        one, other = _parts(target)
        return torch.maximum(compared(real, one), compared(imaginary, other))
    if target.dtype == torch.bool:
        return _where(_unequal(real, target.view(torch.uint8)) | (imaginary != 0), Loss.TRUTH)
    return torch.maximum(compared(real, target), _where(imaginary != 0, Loss.IMAGINARY))


def _unequal(source: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Where a number is not the 0 or 1 of `truth`."""
    if source.is_floating_point():
        return source.to(torch.float64) != truth
    low, above = _whole(source)
    return (low != truth) | above


def _parts(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    both = torch.view_as_real(values)
    return both[..., 0], both[..., 1]


def _where(which: torch.Tensor, loss: Loss) -> torch.Tensor:
    return which.to(torch.uint8) * int(loss)


def _whole(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole numbers as int64, and whether 2^64 is to be added: exact for every whole dtype."""
    if values.dtype == torch.uint64:
        low = values.contiguous().view(torch.int64)
        return low, low < 0
    return values.to(torch.int64), torch.zeros((), dtype=torch.bool)


def _whole_float(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Floats (float64) as `_whole` has them, and which of them are whole numbers from -2^63 to 2^64."""
    inside = (values >= -_TOP) & (values < 2 * _TOP) & (values == values.trunc())
    above = values >= _TOP
    low = torch.where(inside, values - torch.where(above, _TOP, 0.0), 0.0).to(torch.int64)
    return torch.where(above, low ^ _SIGN, low), above, inside


def _whole_to_whole(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    (low, above), (new, over) = _whole(source), _whole(target)
    return _where((low != new) | (above != over), Loss.WRAPPED)


def _whole_to_float(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    (low, above), values = _whole(source), target.to(torch.float64)
    new, over, whole = _whole_float(values)
    kept = whole & (low == new) & (above == over)
    # near the largest number of a small float, float64 has every whole number
    return _beside(source.to(torch.float64), values, kept, torch.finfo(target.dtype).max)


def _float_to_float(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    one, other = source.to(torch.float64), target.to(torch.float64)
    kept = (one == other) | (one.isnan() & other.isnan())
    return _beside(one, other, kept, torch.finfo(target.dtype).max)


def _beside(source: torch.Tensor, target: torch.Tensor, kept: torch.Tensor, largest: float) -> torch.Tensor:
    """What became of numbers (float64) that are not `kept`."""
    found = _where(~kept, Loss.ROUNDED)
    for which, loss in (
        ((target == 0) & (source != 0), Loss.UNDERFLOWED),
        ((source < 0) & (target > 0), Loss.UNSIGNED),
        ((source.abs() > largest) & (target.abs() == largest), Loss.SATURATED),
        ((target.abs() == inf) & (source.abs() != inf), Loss.INFINITE),
        (target.isnan() & ~source.isnan(), Loss.NAN),
        (source.isnan() & ~target.isnan(), Loss.UNDEFINED),
    ):
        found = torch.where(~kept & which, int(loss), found)
    return found.to(torch.uint8)


def _float_to_whole(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    values, info = source.to(torch.float64), torch.iinfo(target.dtype)
    cut = values.trunc()
    inside = (cut >= float(info.min)) & (cut < float(info.max + 1))  # both are powers of two, or 0
    (low, above), (new, over, _) = _whole(target), _whole_float(cut)
    found = _where(values != cut, Loss.TRUNCATED)
    found = torch.where((low != new) | (above != over), int(Loss.WRAPPED), found)
    return torch.where(inside, found, int(Loss.UNDEFINED)).to(torch.uint8)
