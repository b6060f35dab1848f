"""Where a tensor holds NaN or an infinity: the next such cell in reading order."""

from __future__ import annotations

from collections.abc import Callable

from explorer.late import torch

Progress = Callable[[float], None]

_BLOCK = 2**22  # cells: some tens of MB at most while one is looked at


def following(tensor: torch.Tensor, after: int = -1, progress: Progress | None = None) -> int | None:
    """The number of the next cell, in reading order, that is not finite: behind cell `after`, then from the start.

    None where there is none: among whole numbers, and on meta, which has no values. `tensor` may have any strides;
    `progress`, called with the fraction done, may raise, which ends the search.
    """
    if tensor.is_meta or not (tensor.is_floating_point() or tensor.is_complex()):
        return None
    tensor = tensor.detach().resolve_conj().resolve_neg()
    told = progress or (lambda done: None)
    found = _first(tensor, after + 1, told)
    return found if found is not None or after < 0 else _first(tensor, 0, told)


def _first(tensor: torch.Tensor, least: int, progress: Progress) -> int | None:
    """The number of the first cell, not before number `least`."""
    if tensor.numel() <= _BLOCK:
        return _in_block(tensor, least)
    axis = next(k for k, size in enumerate(tensor.shape) if size > 1)
    size = tensor.shape[axis]
    inner = tensor.numel() // size
    width = max(1, _BLOCK // inner)
    for start in range(0, size, width):
        before, part = start * inner, tensor.narrow(axis, start, min(width, size - start))
        if before + part.numel() > least:
            found = _first(part, max(least - before, 0), lambda done: None)
            if found is not None:
                return before + found
            progress((start + width) / size)
    return None


def _in_block(tensor: torch.Tensor, least: int) -> int | None:
    if tensor.element_size() == 1:
        tensor = tensor.to(torch.float32)  # exact; torch does not ask a float8
    odd = tensor.isfinite().logical_not_().reshape(-1)[least:]
    return least + int(odd.to(torch.uint8).argmax().item()) if odd.any() else None
