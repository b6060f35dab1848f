"""What a file holds, told before any of it is read."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

Progress = Callable[[float], None]
"""Called with the fraction done wherever reading can be cut; what it raises ends the reading."""


@dataclass(frozen=True)
class Entry:
    """A tensor of a file: its own name there, and what loading it gives (`nbytes` in memory; 0 on meta)."""

    name: str
    shape: tuple[int, ...]
    dtype: torch.dtype
    nbytes: int


def unwatched(fraction: float) -> None:
    """Progress that nobody watches."""
