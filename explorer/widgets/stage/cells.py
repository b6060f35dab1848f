"""Cells: one group of a frame as filled, readable squares."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from explorer.animation.frame import Cells, Frame, Look
from explorer.numbers.written import Written
from explorer.widgets.look.fonts import font
from explorer.widgets.stage import raster
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.lettering import LINE, WEIGHT, Lettering, glyphs
from explorer.widgets.stage.loss_signs import paint_lost
from explorer.widgets.stage.paints import Paint, paint_of
from explorer.widgets.stage.style import Style, colour
from explorer.widgets.stage.texts import LaidOut, laid_out

Floats = npt.NDArray[np.float64]

MANY = 600
"""From here on cells are plain rectangles of whole pixels."""
PLAIN = 8.0
"""Below this side in pixels they are, too."""


def paint_cells(
    painter: QPainter, fit: Fit, group: Cells, frame: Frame, style: Style, lettering: Lettering | None
) -> None:
    """Paint one group, with its numbers as `lettering` says, None for none."""
    n = len(group.x)
    if n == 0:
        return
    paint = paint_of(group, frame.scale(group.scale), style, numbered=lettering is not None)
    side = min(group.width, group.height) * fit.cell
    if n > MANY or side < PLAIN:
        _plain(painter, fit, group, paint)
    else:
        _rounded(painter, fit, group, paint, style, side)
    if paint.hatched.any():
        _hatch(painter, fit, group, paint, style, side)
    if side >= 12 and paint.over.any():
        _clipped(painter, fit, group, paint, side)
    if lettering is not None:
        _texts(painter, fit, group, paint, style, lettering)
    paint_lost(painter, fit, group, paint, style)


def _edges(fit: Fit, group: Cells) -> tuple[Floats, Floats, Floats, Floats]:
    left, top = fit.dx + group.x * fit.cell, fit.dy + group.y * fit.cell
    return left, top, left + group.width * fit.cell, top + group.height * fit.cell


def _opacities(group: Cells) -> list[float] | None:
    """One opacity per cell, or None where all are opaque."""
    if isinstance(group.opacity, np.ndarray):
        return [float(o) for o in group.opacity.tolist()]
    return None if group.opacity >= 1.0 else [float(group.opacity)] * len(group.x)


def _plain(painter: QPainter, fit: Fit, group: Cells, paint: Paint) -> None:
    lefts, tops, rights, bottoms = _edges(fit, group)
    scale = raster.scale_of(painter)
    clip = fit.rect
    if scale is not None:
        pixels = raster.premultiplied(paint.rgb, group.opacity)
        raster.fill(painter, clip, scale, lefts, tops, rights, bottoms, pixels)
        return
    gap = 1.0 if group.width * fit.cell >= 5 else 0.0
    opacities = _opacities(group)
    boxes = zip(
        lefts.tolist(), tops.tolist(), (rights - lefts - gap).tolist(), (bottoms - tops - gap).tolist(), strict=True
    )
    for i, (x, y, w, h) in enumerate(boxes):
        if opacities:
            painter.setOpacity(opacities[i])
        painter.fillRect(QRectF(x, y, w, h), paint.fills[i])
    painter.setOpacity(1.0)


def _boxes(fit: Fit, group: Cells, gap: float, which: npt.NDArray[np.intp] | None = None) -> list[QRectF]:
    """The cells in pixels, or only `which`, `gap` smaller all around; edges at whole or half pixels."""
    lefts, tops, rights, bottoms = (np.rint((e if which is None else e[which]) * 2) / 2 for e in _edges(fit, group))
    wide, high = np.maximum(rights - lefts - 2 * gap, 0.5), np.maximum(bottoms - tops - 2 * gap, 0.5)
    places = zip((lefts + gap).tolist(), (tops + gap).tolist(), wide.tolist(), high.tolist(), strict=True)
    return [QRectF(x, y, w, h) for x, y, w, h in places]


def _rounded(painter: QPainter, fit: Fit, group: Cells, paint: Paint, style: Style, side: float) -> None:
    radius = min(4.0 * fit.mark, side * 0.14)
    opacities = _opacities(group)
    outlined = group.look in (Look.GHOST, Look.PLAIN, Look.PAPER, Look.UNKNOWN, Look.PENDING)
    if outlined:
        pen = QPen(colour(style.hatch), 1.0)
        if group.look not in (Look.PLAIN, Look.PAPER):
            pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    gap = 1.5 if outlined else 1.0 if side >= 20 else 0.5
    last: QColor | None = None
    for i, box in enumerate(_boxes(fit, group, gap)):
        if opacities:
            painter.setOpacity(opacities[i])
        if paint.fills[i] is not last:
            last = paint.fills[i]
            painter.setBrush(last)
        painter.drawRoundedRect(box, radius, radius)
    painter.setOpacity(1.0)


def _hatch(painter: QPainter, fit: Fit, group: Cells, paint: Paint, style: Style, side: float) -> None:
    """Lines over cells that hold no ordinary number: one way for ghosts and infinities, both ways for NaN."""
    which = np.flatnonzero(paint.hatched)
    ghost = group.look is Look.GHOST
    nan = np.isnan(group.values[which]) & (not ghost)
    white = np.zeros(len(which), dtype=bool)
    for k in np.flatnonzero(~nan).tolist() if not ghost else ():
        white[k] = paint.inks[which[k]].lightness() > 0
    # sixteen steps of opacity are enough for lines, and let cells be drawn together
    steps = np.rint(np.broadcast_to(np.asarray(group.opacity, dtype=np.float64), group.x.shape)[which] * 16)
    kinds = steps.astype(np.int64) * 4 + nan * 2 + white
    plain = len(which) > MANY or side < PLAIN
    radius = min(4.0 * fit.mark, side * 0.14)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not plain)
    for kind in np.unique(kinds).tolist():
        step, crossed, light = kind // 4, bool(kind & 2), bool(kind & 1)
        ink = QColor(colour(style.hatch) if ghost or crossed else QColor("#FFFFFF" if light else "#000000"))
        ink.setAlphaF((0.55 if ghost else 0.7) * min(step / 16, 1.0))
        pattern = Qt.BrushStyle.DiagCrossPattern if crossed else Qt.BrushStyle.BDiagPattern
        painter.setBrush(QBrush(ink, pattern if side >= 5 else Qt.BrushStyle.Dense4Pattern))
        boxes = _boxes(fit, group, 1.0 if side >= 5 else 0.0, which[kinds == kind])
        if plain:
            painter.drawRects(boxes)
            continue
        for box in boxes:
            painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def _clipped(painter: QPainter, fit: Fit, group: Cells, paint: Paint, side: float) -> None:
    """A small triangle in the corner of a cell whose value lies off the scale, pointing to where it lies."""
    size = max(4.0, min(9.0, side * 0.16))
    which = np.flatnonzero(paint.over)
    opacities = _opacities(group)
    painter.setPen(Qt.PenStyle.NoPen)
    for i, box in zip(which.tolist(), _boxes(fit, group, 1.0, which), strict=True):
        if opacities:
            painter.setOpacity(opacities[i])
        right, top = box.right() - 3, box.top() + 3
        tip, base = (top, top + size) if paint.over[i] > 0 else (top + size, top)
        painter.setBrush(paint.inks[i])
        painter.drawPolygon(
            QPolygonF([QPointF(right - size, base), QPointF(right, base), QPointF(right - size / 2, tip)])
        )
    painter.setOpacity(1.0)


def _texts(painter: QPainter, fit: Fit, group: Cells, paint: Paint, style: Style, lettering: Lettering) -> None:
    texts = glyphs(group)
    if group.height * fit.cell < lettering.size * 1.05:
        return
    size = round(lettering.size - 0.2)  # rather too small than too wide
    middle_x = (fit.dx + (group.x + group.width / 2) * fit.cell).tolist()
    middle_y = (fit.dy + (group.y + group.height / 2) * fit.cell).tolist()
    opacities = _opacities(group)
    painter.setFont(font(style.mono, size, WEIGHT))
    hatched = paint.hatched
    any_hatched = bool(hatched.any())
    last: QColor | None = None
    inks, forms, step = paint.inks, lettering.forms, size * LINE
    for i, text in enumerate(texts):
        if not text:
            continue
        if opacities:
            if opacities[i] <= 0.01:
                continue
            painter.setOpacity(opacities[i])
        shown = text.forms[forms[id(text.rooms)]] if isinstance(text, Written) else text
        lines = [
            laid_out(line, style.mono, size, WEIGHT) for line in (shown.split("\n") if "\n" in shown else (shown,))
        ]
        if any_hatched and hatched[i]:
            _ground(painter, QPointF(middle_x[i], middle_y[i]), lines, size, paint.fills[i])
            last = None
        if inks[i] is not last:
            last = inks[i]
            painter.setPen(last)
        y = middle_y[i] - (len(lines) - 1) / 2 * step
        for made, width, ascent, cap in lines:
            painter.drawStaticText(QPointF(middle_x[i] - width / 2, y + cap / 2 - ascent), made)
            y += step
    painter.setOpacity(1.0)


def _ground(painter: QPainter, middle: QPointF, lines: list[LaidOut], size: int, fill: QColor) -> None:
    """A plain ground for a number in a hatched cell."""
    wide, high = max(line[1] for line in lines) + 4, lines[0][3] + (len(lines) - 1) * size * LINE + 6
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high), 2, 2)
