"""What a file holds, told before any of it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from explorer.late import torch

Progress = Callable[[float], None]
"""Called with the fraction done wherever reading can be cut; what it raises ends the reading."""


@dataclass(frozen=True)
class Entry:
    """A tensor of a file: its own name there, and what loading it gives (`nbytes` in memory; 0 on meta)."""

    name: str
    shape: tuple[int, ...]
    dtype: torch.dtype
    nbytes: int


class Dropped(StrEnum):
    """What loading a file's tensors leaves behind: their values come over, and the order of their axes in memory."""

    GRADIENTS = "gradients"  # requires_grad
    SHARING = "sharing"  # several lay in one memory
    STRIDES = "strides"  # there were gaps between cells, or cells that stood for many
    OTHERS = "others"  # no tensors at all: numbers, words


def unwatched(fraction: float) -> None:
    """Progress that nobody watches."""
