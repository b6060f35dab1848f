"""A frame on a page: nothing but a translation of its marks into calls of QPainter."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explorer.animation.frame import Frame, Look
from explorer.widgets.stage.cells import paint_cells
from explorer.widgets.stage.colour_bar import paint_bars
from explorer.widgets.stage.fit import Fit, fit
from explorer.widgets.stage.headings import paint_headings, placed_headings
from explorer.widgets.stage.lettering import letterings
from explorer.widgets.stage.marks import paint_arrow, paint_bracket, paint_focus, paint_label, paint_outline
from explorer.widgets.stage.spacing import clearance, label_boxes, number_band
from explorer.widgets.stage.style import LIGHT, Style, colour


def fit_of(frame: Frame, rect: QRectF, style: Style = LIGHT) -> Fit:
    """Where the cells of `frame` stand in `rect` (logical pixels); the same for every moment of an animation."""
    x0, y0, x1, y1 = frame.bounds
    if _empty(frame):  # no cells, but brackets that show which axis has no length
        x0, y0, x1, y1 = 0.0, 0.0, 1.0, 1.0
        for b in frame.brackets:
            x0, y0, x1, y1 = min(x0, b.x1, b.x2), min(y0, b.y1, b.y2), max(x1, b.x1, b.x2), max(y1, b.y1, b.y2)
    return fit((x0, y0, x1, y1), rect, bars_of(frame), style.zoom, frame.unit)


def _empty(frame: Frame) -> bool:
    return bool(frame.tensors) and all(0 in t.shape for t in frame.tensors)


def bars_of(frame: Frame) -> int:
    """How many colour bars the frame needs: none where no cell can have a colour."""
    coloured = any(c.look is not Look.PENDING and c.look is not Look.UNKNOWN for c in frame.cells)
    return len(frame.scales) if coloured and not _empty(frame) else 0


def paint(
    frame: Frame,
    painter: QPainter,
    rect: QRectF,
    style: Style = LIGHT,
    focus: Sequence[tuple[int, int]] | None = None,
    where: Fit | None = None,
) -> Fit:
    """Draw `frame` into `rect`, background and all, and tell where it stands.

    `focus` are (tensor, flat index) pairs, the focused cell first; None takes the frame's own. `where` is a fit to use
    instead of the one that shows everything (a zoomed view). The painter is left as it was found.
    """
    place = where if where is not None else fit_of(frame, rect, style)
    painter.save()
    try:
        painter.setClipRect(rect)
        painter.fillRect(rect, colour(style.background))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        layers = list(zip(frame.cells, letterings(frame, place, style), strict=True))
        for group, lettering in layers:
            if not group.above:
                paint_cells(painter, place, group, frame, style, lettering)
        for outline in frame.outlines:
            paint_outline(painter, place, outline, style)
        for bracket in frame.brackets:
            paint_bracket(painter, place, bracket, style, frame.outlines)
        for arrow in frame.arrows:
            paint_arrow(painter, place, arrow, style)
        boxes = label_boxes(place, frame, style)
        for label, box in zip(frame.labels, boxes, strict=True):
            paint_label(painter, place, label, box, style)
        bands = _bands(place, frame, style)
        paint_headings(painter, place, frame.headings, style, _indices(frame, boxes), frame.cells, bands)
        for group, lettering in layers:
            if group.above:
                paint_cells(painter, place, group, frame, style, lettering)
        paint_focus(painter, place, frame, frame.focus if focus is None else focus)
        if where is not None and not place.bars.isEmpty():
            painter.fillRect(place.bars.adjusted(-6, -1e4, 1e4, 1e4), colour(style.background))
        paint_bars(painter, place, frame.scales, style)
    finally:
        painter.restore()
    return place


def _indices(frame: Frame, boxes: Sequence[QRectF]) -> list[QRectF]:
    return [box for box, label in zip(boxes, frame.labels, strict=True) if label.role == "index"]


def _bands(place: Fit, frame: Frame, style: Style) -> list[QRectF]:
    """Where the brackets and their numbers stand."""
    return [number_band(place, b, clearance(place, b, frame.outlines), style) for b in frame.brackets]


def heading_at(frame: Frame, place: Fit, style: Style, point: QPointF) -> str:
    """The name in the heading at a pixel, or ""."""
    words = _indices(frame, label_boxes(place, frame, style))
    found = placed_headings(place, frame.headings, style, words, frame.cells, _bands(place, frame, style))
    return next((heading.name for heading, box, _, _ in found if box.contains(point)), "")
