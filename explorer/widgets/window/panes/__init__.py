"""The panes of the window: top row, rail, picture, drawer, code, and what floats over them."""

from explorer.widgets.window.panes.panes import Panes

__all__ = ["Panes"]
