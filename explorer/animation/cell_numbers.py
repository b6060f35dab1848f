"""The numbers of tensors as they stand in cells: short texts, and float64 for the colour."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from explorer.animation.frame import Floats, Ints
from explorer.late import torch
from explorer.numbers.forms import Spelling
from explorer.workspace import source


def windowed(tensor: Any, kept: Sequence[Ints]) -> Any:
    """The cells of `tensor` that are drawn, as a detached tensor on the CPU; a meta tensor keeps to be one."""
    out = tensor.detach()
    for axis, indices in enumerate(kept):
        if len(indices) != out.shape[axis]:
            out = out.index_select(axis, torch.as_tensor(indices, device=out.device))
    return out if out.device.type == "meta" else out.resolve_conj().resolve_neg().cpu()


def spelling(windows: Sequence[Any]) -> Spelling | None:
    """How all numbers of several windows of one dtype are written; None where there are no values."""
    return None if any(window.device.type == "meta" for window in windows) else Spelling(windows)


def texts(window: Any, common: Spelling | None = None) -> tuple[str, ...]:
    """One text per cell, in reading order, none of them empty and all in one format, or in the `common` one of what
    stands beside them; dots where there are no values."""
    if window.device.type == "meta":
        return ("·",) * int(window.numel())
    return (common or Spelling([window])).texts(window)


def floats(window: Any) -> Floats:
    """One float64 per cell for the colour, in reading order; nan where there are no values."""
    if window.device.type == "meta":
        return np.full(window.numel(), np.nan)
    return np.array(source.floats(window), np.float64).reshape(-1)  # a copy: a frame outlives what is in memory now
