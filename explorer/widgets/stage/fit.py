"""From cell units to pixels: the bounds of a frame fitted into a rectangle, with room for what stands around."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from explorer.animation import arrange
from explorer.animation.arrange import LEAST, LEFT, RIGHT

LARGEST, SMALLEST = 96.0, 0.25
"""Side of a cell in pixels, at zoom 1."""
ROUNDED = 0.97
"""Of the side that was expected: less than that is not for rounding."""


@dataclass(frozen=True)
class Fit:
    """Where things stand. `cell` is the side of a cell and `mark` the factor for pixel distances of marks."""

    rect: QRectF
    cell: float
    mark: float
    dx: float
    dy: float
    cells: QRectF
    """The bounds in pixels."""
    bars: QRectF
    """Room for the colour bars, empty when there is none."""

    def x(self, units: float) -> float:
        return self.dx + units * self.cell

    def y(self, units: float) -> float:
        return self.dy + units * self.cell

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self.x(x), self.y(y))

    def box(self, x: float, y: float, w: float, h: float) -> QRectF:
        return QRectF(self.x(x), self.y(y), w * self.cell, h * self.cell)

    def units(self, point: QPointF) -> tuple[float, float]:
        """The place of a pixel in cell units."""
        return (point.x() - self.dx) / self.cell, (point.y() - self.dy) / self.cell


def fit(
    bounds: tuple[float, float, float, float], rect: QRectF, bars: int, zoom: float = 1.0, unit: float = 0.0
) -> Fit:
    """`bounds` (x0, y0, x1, y1 in cells) as large as they go into `rect` and centred there, beside `bars` colour bars.

    In a small rectangle, or beside small cells, the marks shrink too, down to LEAST; colour bars go where they
    would take more than a third of the width. Where cells are smaller than the `unit` that tensors were set apart for
    (a note has taken room since), marks shrink with the distances between tensors, so that they still have room there.
    """
    mark = zoom * arrange.mark(rect.width(), rect.height())
    found = _fit(bounds, rect, bars, zoom, mark)
    smaller = mark * min(1.0, found.cell / (36 * zoom))
    if found.cell < ROUNDED * unit * mark:
        smaller = min(smaller, _whole(bounds, rect, found, unit))
    smaller = max(LEAST * zoom, smaller)
    return found if smaller >= mark else _fit(bounds, rect, bars, zoom, smaller)


def _whole(bounds: tuple[float, float, float, float], rect: QRectF, found: Fit, unit: float) -> float:
    """The factor at which the whole, with cells of `unit` pixels, goes into `rect` as if it were one picture."""
    x0, y0, x1, y1 = bounds
    across, down = (x1 - x0) * unit + LEFT + RIGHT + found.bars.width() / found.mark, (y1 - y0) * unit
    down += sum(arrange.above_and_below(arrange.mark(rect.width(), rect.height())))
    return min(rect.width() / across, rect.height() / down)


def _fit(bounds: tuple[float, float, float, float], rect: QRectF, bars: int, zoom: float, mark: float) -> Fit:
    x0, y0, x1, y1 = bounds
    w, h = max(x1 - x0, 0.01), max(y1 - y0, 0.01)
    bar = arrange.bars_beside(rect.width(), mark, bars) * mark
    above, below = arrange.above_and_below(arrange.mark(rect.width(), rect.height()))
    left, top, right, bottom = LEFT * mark, above * mark, RIGHT * mark, below * mark
    room_x = max(rect.width() - left - right - bar, 1.0)
    room_y = max(rect.height() - top - bottom, 1.0)
    cell = max(min(room_x / w, room_y / h, LARGEST * zoom), SMALLEST)
    if cell >= 4:
        cell = float(int(cell * 2)) / 2  # whole or half pixels keep edges crisp
    used_w, used_h = w * cell + left + right + bar, h * cell + top + bottom
    px = round(rect.x() + (rect.width() - used_w) / 2 + left)
    py = round(rect.y() + (rect.height() - used_h) / 2 + top)
    cells = QRectF(px, py, w * cell, h * cell)
    strip = QRectF(cells.right() + right, cells.top(), bar, cells.height()) if bar else QRectF()
    return Fit(rect, cell, mark, px - x0 * cell, py - y0 * cell, cells, strip)
