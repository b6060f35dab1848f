"""Over the picture of an overview: numbers where cells are large enough, and signs where a colour cannot tell."""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.colormap import colour_map
from explorer.widgets.stage.lettering import LINE, WEIGHT, lettering
from explorer.widgets.stage.overview_window import Floats, PageWindow
from explorer.widgets.stage.style import LIGHT, Style, colour
from explorer.widgets.stage.texts import draw

NUMBERS = 28.0
"""Side of a cell in pixels from which its number is shown, in as many digits as fit."""
SIGNS = 5.0
APART = 6.0
"""Pixels between the numbers of an axis."""
_MOST = 4096


class IndexAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis of indices: no fractions, and none outside of it."""

    size_of_axis = 1 << 62
    _coarsest = 1.0

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802 - pyqtgraph's
        """The places of the ticks by their distance, only those that are indices."""
        levels = super().tickValues(low, high, size)
        return [(step, [v for v in values if 0 <= v < self.size_of_axis]) for step, values in levels]

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:  # noqa: N802 - pyqtgraph's
        """Distances of the ticks, coarse ones first, none below 1."""
        found = [(step, offset) for step, offset in super().tickSpacing(low, high, size) if step >= 1] or [(1.0, 0.0)]
        self._coarsest = found[0][0]
        return found

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str | None]:  # noqa: N802 - pyqtgraph's
        """The indices at ticks, as many as have room beside each other: of a finer level all or none."""
        # pyqtgraph would reckon with the whole axis, of which the picture may take only a part
        upright = self.orientation in ("left", "right")
        metrics, (low, high) = QFontMetricsF(self.font()), self.range
        pitch = spacing * (self.height() if upright else self.width()) / max(abs(high - low), 1e-9)
        texts = [f"{value:.0f}" for value in values]
        room = metrics.height() if upright else max((metrics.horizontalAdvance(t) for t in texts), default=0.0)
        every = max(1, math.ceil((room + APART) / max(pitch, 1e-9)))
        if every > 1 and spacing < self._coarsest:
            return [None] * len(values)
        return [t if round(v / spacing) % every == 0 else None for t, v in zip(texts, values, strict=True)]


class OverviewMarks(pg.GraphicsObject):  # type: ignore[misc]
    """Draws the texts of a window of cells in pixels, above the picture."""

    def __init__(self) -> None:
        super().__init__()
        self._window: PageWindow | None = None
        self._values: Floats = np.empty((0, 0))
        self._texts: Sequence[str] = ()
        self._levels = (0.0, 1.0)
        self._style = LIGHT
        self._bounds = QRectF()

    def set_style(self, style: Style) -> None:
        self._style = style
        self.update()

    def set_cells(
        self, window: PageWindow | None, values: Floats, texts: Sequence[str], levels: tuple[float, float]
    ) -> None:
        """The cells in view; `texts` in row-major order, or () where no numbers are shown."""
        self.prepareGeometryChange()
        self._window, self._values, self._texts, self._levels = window, values, texts, levels
        self._bounds = QRectF(*window.rect) if window is not None else QRectF()
        self.update()

    @guarded(QRectF())
    def boundingRect(self) -> QRectF:
        return self._bounds

    @guarded()
    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        if self._window is None or not self._window.whole or self._values.size == 0:
            return
        transform = painter.transform()
        side = min(abs(transform.m11()), abs(transform.m22()))
        if side < SIGNS:
            return
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if side >= NUMBERS / 2:
            self._grid(painter, transform.mapRect(self._bounds))
        odd = ~np.isfinite(self._values)
        chosen = lettering(self._texts, side, side, self._style) if side >= NUMBERS else None
        wanted = np.argwhere(odd) if chosen is None else np.argwhere(np.ones_like(odd))
        entries = colour_map(self._style.colour_map).entries(self._values, *self._levels)
        for row, column in wanted[:_MOST].tolist():
            x, y = self._window.columns[column], self._window.rows[row]
            place = transform.map(QPointF(x, y))
            entry = int(entries[row, column])
            ink = colour(self._style.ink) if entry < 0 else colour_map(self._style.colour_map).inks[entry]
            if chosen is None:
                self._sign(painter, place, side, float(self._values[row, column]), ink)
            else:
                text = self._texts[row * self._values.shape[1] + column]
                self._number(painter, place, chosen.text(text).split("\n"), chosen.size, ink)

    def _grid(self, painter: QPainter, box: QRectF) -> None:
        """Thin lines between the cells."""
        rows, columns = self._values.shape
        painter.setPen(QPen(colour(self._style.background), 1))
        lines = [QLineF(x, box.top(), x, box.bottom()) for x in np.linspace(box.left(), box.right(), columns + 1)]
        lines += [QLineF(box.left(), y, box.right(), y) for y in np.linspace(box.top(), box.bottom(), rows + 1)]
        painter.drawLines(lines)

    def _sign(self, painter: QPainter, place: QPointF, side: float, value: float, ink: QColor) -> None:
        """One stroke for an infinity, two for NaN."""
        painter.setPen(QPen(ink, max(1.0, side / 8)))
        reach = side * 0.3
        painter.drawLine(place + QPointF(-reach, reach), place + QPointF(reach, -reach))
        if np.isnan(value):
            painter.drawLine(place + QPointF(-reach, -reach), place + QPointF(reach, reach))

    def _number(self, painter: QPainter, place: QPointF, lines: Sequence[str], size: float, ink: QColor) -> None:
        for k, line in enumerate(lines):
            below = QPointF(0.0, (k - (len(lines) - 1) / 2) * size * LINE)
            draw(painter, place + below, line, self._style.mono, size, ink, WEIGHT)
