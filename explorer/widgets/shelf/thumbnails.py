"""Small pictures of tensors, for the cards of the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.late import late
from explorer.widgets.look.thumbnail import thumbnail

with late():
    from explorer.workspace import source

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from explorer.session.state import State
    from explorer.widgets.session import Session
    from explorer.workspace import Item
    from explorer.workspace.view import View

THUMBNAIL = 12  # cells along an axis


class Thumbnails:
    """Reads the first cells of tensors; a picture is kept until its tensor or its colours have become others."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.colours = "viridis"
        self._pictures: dict[str, tuple[View, object, QImage | None]] = {}

    def forget(self, state: State) -> None:
        """Keep no picture, and so no memory, of what is gone."""
        for gone in self._pictures.keys() - set(state.workspace.names):
            del self._pictures[gone]

    def of(self, name: str) -> QImage | None:
        """A small picture of the first cells of a tensor, in the colours that the whole of it has.

        While a change is under way, which may move the memory, the last one that was made.
        """
        item = self._session.workspace[name]
        known = self._session.measured.known(item)
        view, look, picture = self._pictures.get(name, (None, None, None))
        if (view, look) != (item.view, (self.colours, known)) and not self._session.moving:
            picture = self._picture(item, known.levels if known is not None else None)
            self._pictures[name] = item.view, (self.colours, known), picture
        return picture

    def _picture(self, item: Item, levels: tuple[float, float] | None) -> QImage | None:
        if item.device != "cpu" or item.unknown or 0 in item.shape:
            return None
        read = source.source_of(item).read
        leading = max(len(item.shape) - 2, 0)
        ranges = tuple(range(min(n, THUMBNAIL) if a >= leading else 1) for a, n in enumerate(item.shape))
        window = read(ranges)
        if window is None:
            return None
        cells = source.floats(window)
        if levels is None:  # not measured yet
            finite = cells[abs(cells) < float("inf")]
            levels = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        return thumbnail(cells, *levels, self.colours)
