"""The numbers of tensors as they stand in cells: short texts, and float64 for the colour."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from explorer.animation.frame import Floats, Ints
from explorer.late import torch
from explorer.numbers import values
from explorer.workspace import source

WIDTH = 6  # characters that a cell should need at most


def windowed(tensor: Any, kept: Sequence[Ints]) -> Any:
    """The cells of `tensor` that are drawn, as a detached tensor on the CPU; a meta tensor keeps to be one."""
    out = tensor.detach()
    for axis, indices in enumerate(kept):
        if len(indices) != out.shape[axis]:
            out = out.index_select(axis, torch.as_tensor(indices, device=out.device))
    return out if out.device.type == "meta" else out.resolve_conj().resolve_neg().cpu()


def texts(window: Any, width: int = WIDTH) -> tuple[str, ...]:
    """One short text per cell, in reading order, none of them empty; dots where there are no values. Complex numbers
    stand on two lines, all of them, where one does not fit into one."""
    if window.device.type == "meta":
        return ("·",) * int(window.numel())
    dtype, cells = window.dtype, window.reshape(-1).tolist()
    if not dtype.is_complex:
        return tuple(values.readable(value, dtype, width) for value in cells)
    whole = tuple(values.show(value, dtype) for value in cells)
    fits = all(len(text) <= width for text in whole)
    return whole if fits else tuple(stacked(value, dtype, width) for value in cells)


def stacked(value: complex, dtype: Any, width: int = WIDTH) -> str:
    """A complex number, its imaginary part below the real one."""
    real, imaginary = (values.readable(x, dtype.to_real(), width - 1) for x in (value.real, value.imag))
    return f"{real}\n{'' if imaginary.startswith('-') else '+'}{imaginary}j"


def floats(window: Any) -> Floats:
    """One float64 per cell for the colour, in reading order; nan where there are no values."""
    if window.device.type == "meta":
        return np.full(window.numel(), np.nan)
    return np.array(source.floats(window), np.float64).reshape(-1)  # a copy: a frame outlives what is in memory now
