"""Marks around the cells: brackets with index numbers, outlines, arrows, labels and the focus."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explorer.animation.frame import Arrow, Bracket, Frame, Label, Outline
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.spacing import (
    BRACKET,
    NUMBER,
    NUMBER_END,
    NUMBER_SIZE,
    clearance,
    label_font,
    label_text,
)
from explorer.widgets.stage.style import Style, axis_pen, colour
from explorer.widgets.stage.texts import draw, width_of

SMALL = 14.0
"""Below this side of a cell in pixels, rings around neighbours become one."""


def paint_bracket(
    painter: QPainter, fit: Fit, bracket: Bracket, style: Style, outlines: Sequence[Outline] = ()
) -> None:
    """The line along an axis, the axis's letter at its far end, and the index numbers that find room."""
    if bracket.opacity <= 0.01:
        return
    axis, m = style.axis(bracket.axis.index), fit.mark
    ink = colour(axis.colour)
    painter.setOpacity(bracket.opacity)
    painter.setPen(axis_pen(axis, (7.0 if bracket.emphasis else 5.0) * m))
    top = bracket.side == "top"
    a, b = fit.point(bracket.x1, bracket.y1), fit.point(bracket.x2, bracket.y2)
    away = clearance(fit, bracket, outlines)
    off = QPointF(0, -BRACKET * m - away) if top else QPointF(-BRACKET * m - away, 0)
    if QLineF(a, b).length() >= 1.0:
        painter.drawLine(a + off, b + off)
    size = NUMBER_SIZE * m
    for x, y, text in _spaced(fit, bracket, style, size):
        place = fit.point(x, y)
        if top:
            draw(painter, QPointF(place.x(), a.y() - NUMBER * m - away), text, style.mono, size, ink, 700)
        else:
            draw(painter, QPointF(a.x() - NUMBER_END * m - away, place.y()), text, style.mono, size, ink, 700, "right")
    letter = bracket.axis.letter
    if top:
        draw(painter, b + off + QPointF(7 * m, 0), letter, style.mono, size, ink, 400, "left")
    else:
        draw(painter, b + off + QPointF(0, 11 * m), letter, style.mono, size, ink, 400)
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
        pen = QPen(colour(style.wrong if outline.wrong else style.hairline), width)
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


def paint_label(painter: QPainter, fit: Fit, label: Label, box: QRectF, style: Style) -> None:
    """A text among the cells, in the middle of `box` (pixels), translated when it is a sentence."""
    if label.opacity <= 0.01 or box.isEmpty():
        return
    families, size, weight = label_font(fit, label, style)
    ink = colour(style.ink)
    if label.axis is not None:
        ink = colour(style.axis(label.axis.index).colour)
    elif label.role == "muted":
        ink = colour(style.muted)
    painter.setOpacity(label.opacity)
    if label.role == "index":  # it may stand on the line of a frame around its page
        painter.fillRect(box.adjusted(-3, -1, 3, 1), colour(style.background))
    draw(painter, box.center(), label_text(label), families, size, ink, weight)
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
        flats = {f for t, f in wanted if t == group.tensor}
        if not flats:
            continue
        if len(group.cell) < 256:
            hits = [i for i, flat in enumerate(group.cell.tolist()) if flat in flats]
        else:
            hits = np.flatnonzero(np.isin(group.cell, list(flats))).tolist()
        for i in hits:
            opacity = float(group.opacity[i]) if isinstance(group.opacity, np.ndarray) else group.opacity
            box = fit.box(float(group.x[i]), float(group.y[i]), group.width, group.height)
            found.append((wanted[group.tensor, int(group.cell[i])], box, opacity))
    if found and found[0][1].width() < SMALL and len(found) > 1:
        first = [f for f in found if f[0] == 0]
        found = first + merged([f for f in found if f[0] > 0])
    for rank, box, opacity in sorted(found, key=lambda f: -f[0]):
        if opacity > 0.01:
            painter.setOpacity(opacity)
            focus_ring(painter, box, 1.4 if rank == 0 else 1.0, min(fit.mark, max(0.55, box.width() / 48)))
    painter.setOpacity(1.0)


Ring = tuple[int, QRectF, float]
"""Rank (0 is the focused cell), place in pixels, opacity."""


def merged(rings: list[Ring]) -> list[Ring]:
    """One ring around small cells that stand in one line, instead of a chain of rings."""
    for down in (True, False):
        out: list[Ring] = []
        for rank, box, opacity in sorted(
            rings, key=lambda r: (r[1].left(), r[1].top()) if down else (r[1].top(), r[1].left())
        ):
            last = out[-1][1] if out else QRectF()
            if down:
                joins = abs(last.left() - box.left()) + abs(last.width() - box.width()) < 0.1
                joins = joins and abs(last.bottom() - box.top()) < 0.6
            else:
                joins = abs(last.top() - box.top()) + abs(last.height() - box.height()) < 0.1
                joins = joins and abs(last.right() - box.left()) < 0.6
            if out and joins and abs(out[-1][2] - opacity) < 0.01:
                out[-1] = (min(rank, out[-1][0]), last.united(box), opacity)
            else:
                out.append((rank, box, opacity))
        rings = out
    return rings


def focus_ring(painter: QPainter, box: QRectF, strength: float, mark: float) -> None:
    """The double outline, legible on any colour."""
    small = min(box.width(), box.height()) < SMALL
    inner = box.adjusted(-2, -2, 2, 2) if small else box.adjusted(1.0, 1.0, -1.0, -1.0)
    radius = (2 if small else 4) * mark
    painter.setPen(QPen(QColor("#FFFFFF"), 5.0 * strength * mark))
    painter.drawRoundedRect(inner, radius, radius)
    painter.setPen(QPen(QColor("#000000"), 2.0 * strength * mark))
    painter.drawRoundedRect(inner, radius, radius)
