"""Numbers: how they are spelt and read, what dtypes hold of them, and what becomes of them. Knows no workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from explorer.late import late

with late():
    from explorer.numbers import literals as _literals

if TYPE_CHECKING:
    from explorer.numbers.literals import Literal

__all__ = ["parse"]


def parse(text: str, step: Callable[[], None] = lambda: None) -> Literal:
    """The numbers that a pasted text holds; nothing of it is evaluated. See `literals.parse`; raises CellError."""
    return _literals.parse(text, step)
