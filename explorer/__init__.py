"""Tensor Explorer: build tensors in a grid, click an operation, and watch what happens to each axis.

Importing this package loads neither Qt nor torch; `show` does, when it is called.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["__version__", "show"]
__version__ = "0.1.0"


def show(*tensors: "Tensor", **named: "Tensor") -> int:
    """Open the window on `tensors` (called A, B, ...) and on `named`; returns the exit code when it is closed.

    Any shape, dtype and device. The tensors are copied: what is done in the window does not change yours.
    """
    from explorer.widgets.app import show as open_window  # noqa: PLC0415 - the package loads neither Qt nor torch

    return open_window(tensors, named)
