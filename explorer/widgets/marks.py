"""Marks around the cells: brackets with index numbers, outlines, arrows, labels and the focus."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explorer.animation.frame import Arrow, Bracket, Frame, Label, Outline
from explorer.messages import Message
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.style import Style, axis_pen, colour
from explorer.widgets.stage.texts import draw, width_of
from explorer.widgets.words import say

BRACKET, NUMBER = 12.0, 26.0
"""How far outside the cells' edge the line of a bracket and the middle of its numbers stand, in pixels."""


def paint_bracket(painter: QPainter, fit: Fit, bracket: Bracket, style: Style) -> None:
    """The line along an axis, the axis's letter at its far end, and the index numbers that find room."""
    if bracket.opacity <= 0.01:
        return
    axis, m = style.axis(bracket.axis.index), fit.mark
    ink = colour(axis.colour)
    painter.setOpacity(bracket.opacity)
    painter.setPen(axis_pen(axis, (7.0 if bracket.emphasis else 5.0) * m))
    top = bracket.side == "top"
    a, b = fit.point(bracket.x1, bracket.y1), fit.point(bracket.x2, bracket.y2)
    off = QPointF(0, -BRACKET * m) if top else QPointF(-BRACKET * m, 0)
    if QLineF(a, b).length() >= 1.0:
        painter.drawLine(a + off, b + off)
    size = 13 * m
    for x, y, text in _spaced(fit, bracket, style, size):
        place = fit.point(x, y)
        if top:
            draw(painter, QPointF(place.x(), a.y() - NUMBER * m), text, style.mono, size, ink, 700)
        else:
            draw(painter, QPointF(a.x() - (NUMBER - 5) * m, place.y()), text, style.mono, size, ink, 700, "right")
    letter = bracket.axis.letter
    if top:
        draw(painter, b + QPointF(7 * m, -BRACKET * m), letter, style.mono, size, ink, 400, "left")
    else:
        draw(painter, b + QPointF(-BRACKET * m, 11 * m), letter, style.mono, size, ink, 400)
    painter.setOpacity(1.0)


def _spaced(fit: Fit, bracket: Bracket, style: Style, size: float) -> list[tuple[float, float, str]]:
    """The index numbers, or every second, fifth, tenth ... of them where all would touch."""
    if len(bracket.indices) < 2:
        return list(bracket.indices)
    top = bracket.side == "top"
    places = [(x if top else y) * fit.cell for x, y, _ in bracket.indices]
    pitch = min((abs(b - a) for a, b in pairwise(places)), default=0.0)
    longest = max(bracket.indices, key=lambda i: len(i[2]))[2]
    need = width_of(longest, style.mono, 700) * size + 8 if top else size * 1.15
    if pitch >= need or pitch <= 0:
        return list(bracket.indices) if pitch > 0 else list(bracket.indices[:1])
    for step in (2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if pitch * step >= need:
            return list(bracket.indices[::step])
    return list(bracket.indices[:1])


def paint_outline(painter: QPainter, fit: Fit, outline: Outline, style: Style) -> None:
    """A frame around a page or a strip; a heavy one stands a little further out, clear of its cells."""
    if outline.opacity <= 0.01:
        return
    m = fit.mark
    width = (2.0 + 2.0 * max(0.0, outline.weight - 1)) * max(m, 0.85)
    painter.setOpacity(outline.opacity)
    if outline.axis is not None:
        pen = axis_pen(style.axis(outline.axis.index), width)
        if outline.weight > 1:
            pen.setStyle(Qt.PenStyle.SolidLine)
    else:
        pen = QPen(colour(style.hairline), width)
    if outline.dash:
        pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    out = width / 2 + (0.5 if outline.weight > 1 else 2.0 * m)
    box = fit.box(outline.x, outline.y, outline.width, outline.height).adjusted(-out, -out, out, out)
    painter.drawRoundedRect(box, 7 * m, 7 * m)
    painter.setOpacity(1.0)


def paint_arrow(painter: QPainter, fit: Fit, arrow: Arrow, style: Style) -> None:
    """A line with an open head, along an axis or from here to there."""
    line = QLineF(fit.point(arrow.x1, arrow.y1), fit.point(arrow.x2, arrow.y2))
    if arrow.opacity <= 0.01 or line.length() < 2:
        return
    m = fit.mark
    ink = colour(style.axis(arrow.axis.index).colour if arrow.axis is not None else style.muted)
    pen = QPen(ink, 3.0 * m, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setOpacity(arrow.opacity)
    painter.drawLine(line)
    reach = min(10 * m, line.length() * 0.6)
    unit = line.unitVector()
    along, across = QPointF(unit.dx(), unit.dy()), QPointF(-unit.dy(), unit.dx())
    tip = line.p2()
    painter.drawPolyline(
        QPolygonF([tip - along * reach + across * reach * 0.7, tip, tip - along * reach - across * reach * 0.7])
    )
    painter.setOpacity(1.0)


def paint_label(painter: QPainter, fit: Fit, label: Label, style: Style) -> None:
    """A text among the cells, translated when it is a sentence."""
    if label.opacity <= 0.01:
        return
    text = say(label.text) if isinstance(label.text, Message) else label.text
    m = fit.mark
    ink = colour(style.axis(label.axis.index).colour if label.axis is not None else style.ink)
    families, size, weight = style.sans, 13 * m, 400
    if label.role == "symbol":
        size = max(14.0 * m, min(34.0 * m, 0.6 * fit.cell))
    elif label.role == "title":
        size, weight = 15 * m, 600
    elif label.role == "index":
        families, weight = style.mono, 700
    elif label.axis is None:
        ink = colour(style.muted)
    painter.setOpacity(label.opacity)
    draw(painter, fit.point(label.x, label.y), text, families, size, ink, weight, label.align)
    painter.setOpacity(1.0)


def paint_focus(painter: QPainter, fit: Fit, frame: Frame, focus: Sequence[tuple[int, int]]) -> None:
    """A black-and-white double outline around each cell in `focus`; the first, the focused one, is the stronger."""
    if not focus:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    wanted = {place: k for k, place in enumerate(focus)}
    found: list[tuple[int, QRectF, float]] = []
    for group in frame.cells:
        if group.tensor < 0 or group.cell is None:
            continue
        flats = [f for t, f in wanted if t == group.tensor]
        if not flats:
            continue
        for i in np.flatnonzero(np.isin(group.cell, flats)).tolist():
            opacity = float(group.opacity[i]) if isinstance(group.opacity, np.ndarray) else group.opacity
            box = fit.box(float(group.x[i]), float(group.y[i]), group.width, group.height)
            found.append((wanted[group.tensor, int(group.cell[i])], box, opacity))
    for rank, box, opacity in sorted(found, key=lambda f: -f[0]):
        if opacity > 0.01:
            painter.setOpacity(opacity)
            focus_ring(painter, box, 1.4 if rank == 0 else 1.0, fit.mark)
    painter.setOpacity(1.0)


def focus_ring(painter: QPainter, box: QRectF, strength: float, mark: float) -> None:
    """The double outline, legible on any colour."""
    inner = box.adjusted(1.0, 1.0, -1.0, -1.0) if box.width() > 6 else box.adjusted(-2, -2, 2, 2)
    radius = 4 * mark
    painter.setPen(QPen(QColor("#FFFFFF"), 5.0 * strength * mark))
    painter.drawRoundedRect(inner, radius, radius)
    painter.setPen(QPen(QColor("#000000"), 2.0 * strength * mark))
    painter.drawRoundedRect(inner, radius, radius)
