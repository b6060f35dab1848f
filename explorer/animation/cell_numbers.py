"""The numbers of tensors as they stand in cells: short texts, and float64 for the colour."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from explorer.animation.frame import Floats, Ints
from explorer.late import torch
from explorer.numbers import values
from explorer.workspace import source

WIDTH = 6  # characters that a cell should need at most
SPOKEN = 8  # those of a number in a sentence, unless it is a whole one


def windowed(tensor: Any, kept: Sequence[Ints]) -> Any:
    """The cells of `tensor` that are drawn, as a detached tensor on the CPU; a meta tensor keeps to be one."""
    out = tensor.detach()
    for axis, indices in enumerate(kept):
        if len(indices) != out.shape[axis]:
            out = out.index_select(axis, torch.as_tensor(indices, device=out.device))
    return out if out.device.type == "meta" else out.resolve_conj().resolve_neg().cpu()


def texts(window: Any, width: int = WIDTH) -> tuple[str, ...]:
    """One short text per cell, in reading order; dots where there are no values."""
    if window.device.type == "meta":
        return ("·",) * int(window.numel())
    dtype = window.dtype
    out: list[str] = [values.short(value, dtype, width) for value in window.reshape(-1).tolist()]
    return tuple(out)


def spoken(value: Any, room: int) -> str:
    """The number in a 0-d tensor as a sentence has it: of whole numbers all digits, those in the middle left out where
    there are more than `room`; of others what a cell has room for."""
    dtype = value.dtype
    if value.device.type == "meta" or not values.is_whole(dtype):
        return texts(value, SPOKEN)[0]
    whole = values.show(value.item(), dtype)
    kept = (room - 1) // 2
    return whole if len(whole) <= room else f"{whole[: room - 1 - kept]}…{whole[-kept:]}"


def floats(window: Any) -> Floats:
    """One float64 per cell for the colour, in reading order; nan where there are no values."""
    if window.device.type == "meta":
        return np.full(window.numel(), np.nan)
    return np.array(source.floats(window), np.float64).reshape(-1)  # a copy: a frame outlives what is in memory now
