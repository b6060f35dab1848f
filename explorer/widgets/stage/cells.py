"""Cells: one group of a frame as filled, readable squares."""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from explorer.animation.frame import Cells, Frame, Look
from explorer.widgets.look.fonts import font
from explorer.widgets.stage import raster
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.loss_signs import paint_lost
from explorer.widgets.stage.paints import Paint, paint_of
from explorer.widgets.stage.style import Style, colour
from explorer.widgets.stage.texts import laid_out, width_of

Floats = npt.NDArray[np.float64]

MANY = 600
"""From here on cells are plain rectangles of whole pixels."""
PLAIN = 8.0
"""Below this side in pixels they are, too."""
_FAMILY_WEIGHT = 600
TRUTHS = frozenset({"True", "False"})


def paint_cells(painter: QPainter, fit: Fit, group: Cells, frame: Frame, style: Style, text_size: float | None) -> None:
    """Paint one group. `text_size` in pixels is that of its numbers, None for none."""
    n = len(group.x)
    if n == 0:
        return
    paint = paint_of(group, frame.scale(group.scale), style, numbered=text_size is not None)
    side = min(group.width, group.height) * fit.cell
    if n > MANY or side < PLAIN:
        _plain(painter, fit, group, paint)
    else:
        _rounded(painter, fit, group, paint, style, side)
    if paint.hatched.any():
        _hatch(painter, fit, group, paint, style, side)
    if side >= 12 and paint.over.any():
        _clipped(painter, fit, group, paint, side)
    if text_size is not None:
        _texts(painter, fit, group, paint, style, text_size)
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
    outlined = group.look in (Look.GHOST, Look.PLAIN, Look.UNKNOWN, Look.PENDING)
    if outlined:
        pen = QPen(colour(style.hatch), 1.0)
        if group.look is not Look.PLAIN:
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


def glyphs(group: Cells) -> tuple[str, ...]:
    """What stands in the cells: their texts; where there are none, a sign for what a colour cannot tell."""
    if group.look is Look.UNKNOWN:
        return ("?",) * len(group.x)
    if group.look is Look.PENDING and not any(group.texts):
        return ("•",) * len(group.x)
    if group.texts:
        return group.texts
    odd = ~np.isfinite(group.values)
    if not odd.any():
        return ()
    signs = [""] * len(group.x)
    for i in np.flatnonzero(odd).tolist():
        value = float(group.values[i])
        signs[i] = "NaN" if np.isnan(value) else "∞" if value > 0 else "-∞"
    return tuple(signs)


# a sign between two numbers, not that of a number or of its exponent; the parenthesis of a call
_SIGN = re.compile(r"(?<=[\w.)…])(?<!\de)[-+×÷]|(?<=[a-z])\(")


@lru_cache(maxsize=8192)
def shortened(text: str, most: int) -> str:
    """A fraction in fewer digits, at most `most` characters; "" for what is no fraction or still does not fit. The
    imaginary part of a complex number keeps its sign and its letter."""
    if text.endswith("j"):
        sign = "+" if text.startswith("+") else ""
        part = shortened(text[len(sign) : -1], most - len(sign) - 1)
        return f"{sign}{part}j" if part else ""
    if "." not in text:
        return ""
    try:
        value = float(text)
    except ValueError:
        return ""
    # "#" keeps zeros at the end: -0.997 becomes -1.0, never -1, which would read as a whole number
    candidates = (
        [f"{value:#.{digits}g}" for digits in (4, 3, 2)] + [f"{value:.1g}"] * (abs(value) < 1) + [f"{value:.0e}"]
    )
    plain = (c.replace("e+0", "e").replace("e-0", "e-").replace("e+", "e") for c in candidates)
    return next((c for c in plain if len(c) <= most and ("." in c or "e" in c) and not c.endswith("e0")), "")


def lettered(texts: tuple[str, ...], most: int) -> tuple[str, ...]:
    """T and F for True and False, all of them, where the longer word has no room among `most` characters."""
    if most >= len("False") or texts[0] not in TRUTHS or not TRUTHS.issuperset(texts):
        return texts
    return tuple(text[0] for text in texts)


def broken(text: str, group: Cells, most: int) -> list[str]:
    """The lines of what stands in a cell: a formula of more than `most` characters breaks before its last sign, or
    after the name of a call."""
    if group.look is not Look.PLAIN or "\n" in text or len(text) <= most:
        return text.split("\n")
    signs = [m.start() for m in _SIGN.finditer(text)]
    sign = next((k for k in reversed(signs) if text.count("(", 0, k) == text.count(")", 0, k)), 0)
    return [text[:sign], text[sign:]] if sign else [text]


def text_size(group: Cells, side: float, style: Style) -> float:
    """The size in pixels at which the widest text of `group` fits cells of `side` pixels, at least the smallest; 0
    where most texts would not fit."""
    texts = glyphs(group)
    if not texts:
        return 0.0
    if group.look is Look.PENDING:
        return max(style.smallest, side * 0.22)
    plain = group.look is Look.PLAIN
    smallest = style.smallest * (0.78 if plain else 1.0)
    most = int(side * group.width * 0.96 / (width_of("0", style.mono, _FAMILY_WEIGHT) * smallest))
    texts = lettered(texts, most)
    lines = [line for text in texts for line in text.split("\n")]
    longest = "False" if texts[0] == "True" else max(lines, key=len)  # so that a mask has one size, whatever is in it
    widest = width_of(longest, style.mono, _FAMILY_WEIGHT)
    if not longest.isascii():
        widest = max(width_of(t, style.mono, _FAMILY_WEIGHT) for t in set(lines))
    wanted = min(0.36 * side * min(group.height, 1.0), 14.0 * style.zoom + 0.1 * side)
    wanted *= 0.8 if len(lines) > len(texts) else 1.0
    room = side * group.width * (0.76 if plain else 0.88)
    fit = sum(len(t) <= most or "." in t for t in lines) if room / max(widest, 0.01) < smallest else len(lines)
    if 2 * fit < len(lines) and not plain:
        return 0.0  # the few that fit would look like a choice
    return max(smallest, min(wanted, room / max(widest, 0.01)))


def _texts(painter: QPainter, fit: Fit, group: Cells, paint: Paint, style: Style, pixels: float) -> None:
    texts = glyphs(group)
    if not texts or group.height * fit.cell < pixels * 1.05:
        return
    size = round(pixels)
    room = group.width * fit.cell * 0.96
    middle_x = (fit.dx + (group.x + group.width / 2) * fit.cell).tolist()
    middle_y = (fit.dy + (group.y + group.height / 2) * fit.cell).tolist()
    opacities = _opacities(group)
    most = int(room / (width_of("0", style.mono, _FAMILY_WEIGHT) * size))
    texts = lettered(texts, most)
    painter.setFont(font(style.mono, size, _FAMILY_WEIGHT))
    hatched = paint.hatched
    any_hatched = bool(hatched.any())
    last: QColor | None = None
    for i, text in enumerate(texts):
        if not text:
            continue
        lines = [line if len(line) <= most else shortened(line, most) or line for line in broken(text, group, most)]
        if len(lines) > 1:
            painter.setPen(paint.inks[i])
            last = paint.inks[i]
            _lines(painter, lines, QPointF(middle_x[i], middle_y[i]), style, size, room)
            continue
        made, width, ascent, cap = laid_out(text, style.mono, size, _FAMILY_WEIGHT)
        if width > room:
            text = shortened(text, most)
            if not text:
                continue
            made, width, ascent, cap = laid_out(text, style.mono, size, _FAMILY_WEIGHT)
        if opacities:
            if opacities[i] <= 0.01:
                continue
            painter.setOpacity(opacities[i])
        x, y = middle_x[i] - width / 2, middle_y[i]
        if any_hatched and hatched[i]:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(paint.fills[i])
            painter.drawRoundedRect(QRectF(x - 2, y - cap / 2 - 3, width + 4, cap + 6), 2, 2)
            last = None
        if paint.inks[i] is not last:
            last = paint.inks[i]
            painter.setPen(last)
        painter.drawStaticText(QPointF(x, y + cap / 2 - ascent), made)
    painter.setOpacity(1.0)


def _lines(painter: QPainter, lines: list[str], middle: QPointF, style: Style, size: int, room: float) -> None:
    """Lines around a middle of a cell that is `room` wide, if all of them have room."""
    made = [laid_out(line, style.mono, size, _FAMILY_WEIGHT) for line in lines]
    if max(width for _, width, _, _ in made) > room or (1.3 * len(lines) - 0.3) * size > room:
        return
    for k, (text, width, ascent, cap) in enumerate(made):
        y = middle.y() + (k - (len(made) - 1) / 2) * size * 1.3
        painter.drawStaticText(QPointF(middle.x() - width / 2, y + cap / 2 - ascent), text)
