"""Headings: the name of a tensor and a chip for each of its axes, above its cells."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.animation.arrange import LEFT
from explorer.animation.frame import Cells, Chip, Heading
from explorer.widgets.look.axis_words import SIZED, axis_words
from explorer.widgets.stage.colour_bar import TITLED, span
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.spacing import raised
from explorer.widgets.stage.style import Style, axis_pen, colour
from explorer.widgets.stage.texts import draw, width_of

Mask = npt.NDArray[np.bool_]

RAISE = 58.0
"""How far above the cells the middle of a heading stands, in pixels at zoom 1: above numbers and bracket."""
CHIP_HEIGHT = 24.0
BELOW = 22.0
"""How far below the cells the middle of a heading stands that has no room above or beside them."""
_GAP, _PAD = 6.0, 8.0


def chip_width(chip: Chip, style: Style, scale: float) -> float:
    """The width of a chip in pixels, at `scale`."""
    return (sum(_widths(chip, style)) + 2 * _PAD) * scale


def _words(chip: Chip) -> tuple[str, str, str]:
    number = str(chip.number) if chip.was is None else f"{chip.was} → {chip.number}"
    return axis_words(SIZED, number, str(chip.size))


def _widths(chip: Chip, style: Style) -> tuple[float, float, float]:
    before, size, after = _words(chip)
    words = [width_of(text, style.sans, 700) * 12 for text in (before, after)]
    return words[0], width_of(size, style.mono, 700) * 13, words[1]


def paint_chip(painter: QPainter, chip: Chip, left: float, middle: float, style: Style, scale: float) -> float:
    """Draw `axis 0: 3` with its left end and middle height given, in pixels; the width."""
    axis = style.axis(chip.axis.index)
    height = CHIP_HEIGHT * scale
    width = chip_width(chip, style, scale)
    opacity = painter.opacity()
    if chip.faded:
        painter.setOpacity(opacity * 0.6)
    box = QRectF(left, middle - height / 2, width, height).adjusted(1, 1, -1, -1)
    painter.setPen(axis_pen(axis, 2.0 * min(scale, 1.5), chip.faded))
    painter.setBrush(colour(style.chip))
    painter.drawRoundedRect(box, 6 * scale, 6 * scale)
    before, size, after = _words(chip)
    wide, sized, rest = _widths(chip, style)
    x, ink = left + _PAD * scale, colour(axis.colour)
    draw(painter, QPointF(x + wide * scale / 2, middle), before, style.sans, 12 * scale, ink, 700)
    x += wide * scale
    draw(painter, QPointF(x + sized * scale / 2, middle), size, style.mono, 13 * scale, colour(style.ink), 700)
    x += sized * scale
    draw(painter, QPointF(x + rest * scale / 2, middle), after, style.sans, 12 * scale, ink, 700)
    painter.setOpacity(opacity)
    if chip.wrong:
        paint_box(painter, QRectF(left, middle - height / 2, width, height), style, scale)
    return width


def paint_box(painter: QPainter, around: QRectF, style: Style, scale: float) -> None:
    """The box around what a refusal is about."""
    painter.setPen(QPen(colour(style.wrong), 2.5 * min(scale, 1.5)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(around.adjusted(-3, -3, 3, 3), 7 * scale, 7 * scale)


def heading_width(heading: Heading, style: Style, scale: float, dtype: bool = True) -> float:
    """The width of name, chips and dtype in one line, in pixels."""
    parts = [chip_width(c, style, scale) for c in heading.chips]
    if heading.name:
        parts.insert(0, width_of(heading.name, style.mono, 700) * max(1, round(16 * scale)) + 2 * scale)
    if dtype and heading.dtype:
        parts.append(width_of(heading.dtype, style.sans) * 12 * scale)
    return sum(parts) + _GAP * scale * max(0, len(parts) - 1)


def paint_headings(
    painter: QPainter,
    fit: Fit,
    headings: Sequence[Heading],
    style: Style,
    words: Sequence[QRectF] = (),
    cells: Sequence[Cells] = (),
    bands: Sequence[QRectF] = (),
) -> None:
    """Draw all headings, above the `words` (pixels) that they would meet, and beside their tensor instead of over the
    `cells` of another one.

    Those that would meet each other or the `bands` of brackets (pixels) lose their dtype, then move apart, then shrink.
    """
    for heading, box, scale, dtype in placed_headings(fit, headings, style, words, cells, bands):
        _paint_heading(painter, heading, QPointF(box.left(), box.center().y()), style, scale, dtype)


def placed_headings(
    fit: Fit,
    headings: Sequence[Heading],
    style: Style,
    words: Sequence[QRectF] = (),
    cells: Sequence[Cells] = (),
    bands: Sequence[QRectF] = (),
) -> list[tuple[Heading, QRectF, float, bool]]:
    """The visible headings with their boxes in pixels, their scale, and whether they tell the dtype."""
    out = []
    shown = [h for h in headings if h.opacity > 0.01]
    for row in _rows(fit, shown):
        lefts, scale, dtype = _arrange(fit, row, style)
        for heading, left in zip(row, lefts, strict=True):
            width, half = heading_width(heading, style, scale, dtype), CHIP_HEIGHT * scale / 2
            middle = fit.y(heading.y) - RAISE * fit.mark
            middle = raised(middle, left, width, half + 1, words, fit.rect.top())
            box = QRectF(left, middle - half, width, 2 * half)
            told = dtype and not any(box.intersects(band) for band in bands)
            if dtype and not told:
                short = heading_width(heading, style, scale, dtype=False)
                box = QRectF(left + (width - short) / 2, middle - half, short, 2 * half)
            for band in bands:
                if box.intersects(band) and band.left() > box.center().x():
                    box.moveLeft(max(band.left() - 1 - box.width(), fit.rect.left() + 6))
            if len(shown) > 1 and _hides(box.adjusted(0, scale, 0, -scale), fit, heading, cells):
                out.append((heading, _beside(fit, heading, cells, style, scale), scale, False))
            else:
                out.append((heading, box, scale, told))
    return out


def _hides(box: QRectF, fit: Fit, heading: Heading, cells: Sequence[Cells]) -> bool:
    """Whether a heading would lie on cells that stand above its own: in a low window there is no room between."""
    return any((_covered(box, fit, group) & (group.y < heading.y - 0.5)).any() for group in cells if not group.above)


def _covered(box: QRectF, fit: Fit, group: Cells) -> Mask:
    """Which cells of a group a box in pixels lies on."""
    x, y = fit.dx + group.x * fit.cell, fit.dy + group.y * fit.cell
    level = (y + group.height * fit.cell > box.top() + 2) & (y < box.bottom() - 2)
    return level & (x + group.width * fit.cell > box.left()) & (x < box.right())


def _beside(fit: Fit, heading: Heading, cells: Sequence[Cells], style: Style, scale: float) -> QRectF:
    """A box for a heading at the left of its own cells, clear of their index numbers; below them where others stand
    at the left."""
    own = [g for g in cells if _heads(heading, g)]
    width, height = heading_width(heading, style, scale, dtype=False), CHIP_HEIGHT * scale
    edge = fit.x(min((float(g.x.min()) for g in own), default=heading.x)) - LEFT * fit.mark
    left, middle = max(edge - width, fit.rect.left() + 6), fit.y(heading.y + 0.5)
    box = QRectF(left, middle - height / 2, width, height)
    reach = box.adjusted(0, 0, max(edge - box.right(), 0), 0)
    if not any(_covered(reach, fit, g).any() for g in cells if not g.above):
        return box
    bottom = fit.y(max((float(g.y.max()) + g.height for g in own), default=heading.y + 1))
    left = min(fit.x(heading.x) - width / 2, _stop(fit, [heading]) - width)
    return QRectF(max(left, fit.rect.left() + 6), bottom + BELOW * fit.mark - height / 2, width, height)


def _heads(heading: Heading, group: Cells) -> bool:
    """Whether these are the cells below a heading: it stands in the middle of their upper edge."""
    if not group.x.size or group.above:
        return False
    middle = (float(group.x.min()) + float(group.x.max()) + group.width) / 2
    return abs(float(group.y.min()) - heading.y) < 0.75 and abs(middle - heading.x) < 0.75


def _rows(fit: Fit, headings: list[Heading]) -> list[list[Heading]]:
    """Headings so near in height that they could meet, from left to right."""
    rows: list[list[Heading]] = []
    for heading in sorted(headings, key=lambda h: h.y):
        if rows and (heading.y - rows[-1][-1].y) * fit.cell < (CHIP_HEIGHT + 6) * fit.mark:
            rows[-1].append(heading)
        else:
            rows.append([heading])
    return [sorted(row, key=lambda h: h.x) for row in rows]


def _stop(fit: Fit, row: Sequence[Heading]) -> float:
    """How far to the right headings may reach: to the colour bars, unless they stand above those and their titles."""
    lowest = max(fit.y(h.y) for h in row) - (RAISE - CHIP_HEIGHT / 2) * fit.mark
    beside = not fit.bars.isEmpty() and lowest > span(fit)[0] - TITLED * fit.mark
    return fit.bars.left() - 8 * fit.mark if beside else fit.rect.right() - 6


def _arrange(fit: Fit, row: list[Heading], style: Style) -> tuple[list[float], float, bool]:
    """The left ends, the scale and whether the dtypes are shown."""
    start, stop = fit.rect.left() + 6, _stop(fit, row)
    space = 20 * fit.mark
    for dtype in (True, False):
        widths = [heading_width(h, style, fit.mark, dtype) for h in row]
        lefts = [fit.x(h.x) - w / 2 for h, w in zip(row, widths, strict=True)]
        apart = all(a + w + space <= b for a, w, b in zip(lefts, widths, lefts[1:], strict=False))
        if apart and lefts[0] >= start and lefts[-1] + widths[-1] <= stop:
            return lefts, fit.mark, dtype
    scale, room = fit.mark, max(stop - start, 1.0)
    while (whole := sum(widths) + space * scale / fit.mark * (len(row) - 1)) > room and scale > 0.05:
        scale *= min(room / whole, 0.98)  # more than once: fonts have whole sizes
        widths = [heading_width(h, style, scale, dtype=False) for h in row]
    lefts = [fit.x(h.x) - w / 2 for h, w in zip(row, widths, strict=True)]
    end = start
    for k, width in enumerate(widths):
        lefts[k] = max(lefts[k], end)
        end = lefts[k] + width + space * scale / fit.mark
    edge = stop
    for k in reversed(range(len(widths))):
        lefts[k] = min(lefts[k], edge - widths[k])
        edge = lefts[k] - space * scale / fit.mark
    return lefts, scale, False


def _paint_heading(
    painter: QPainter, heading: Heading, place: QPointF, style: Style, scale: float, dtype: bool
) -> None:
    painter.setOpacity(heading.opacity)
    left, middle = place.x(), place.y()
    if heading.name:
        width = draw(
            painter, QPointF(left, middle), heading.name, style.mono, 16 * scale, colour(style.ink), 700, "left"
        )
        if "name" in heading.wrong:
            paint_box(painter, QRectF(left, middle - 10 * scale, width, 20 * scale), style, scale)
        left += width + (_GAP + 2) * scale
    for chip in heading.chips:
        left += paint_chip(painter, chip, left, middle, style, scale) + _GAP * scale
    if dtype and heading.dtype:
        left += 5 * scale if "dtype" in heading.wrong else 0
        ink = colour(style.wrong if "dtype" in heading.wrong else style.muted)
        width = draw(painter, QPointF(left, middle), heading.dtype, style.sans, 12 * scale, ink, 400, "left")
        if "dtype" in heading.wrong:
            paint_box(painter, QRectF(left, middle - 8 * scale, width, 16 * scale), style, scale)
    painter.setOpacity(1.0)
