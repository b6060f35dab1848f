"""Cells: one group of a frame as filled, readable squares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from explorer.animation.frame import Cells, Frame, Look, Scale
from explorer.widgets.colormap import ColourMap, colour_map, hues, ink_on
from explorer.widgets.stage import raster
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.style import Style, colour, font
from explorer.widgets.stage.texts import laid_out, width_of

Floats = npt.NDArray[np.float64]

MANY = 600
"""From here on cells are plain rectangles of whole pixels."""
PLAIN = 8.0
"""Below this side in pixels they are, too."""
_FAMILY_WEIGHT = 600


@dataclass(frozen=True, eq=False)
class _Paint:
    """Fill, ink and what is drawn over the fill, for each cell of a group; fills and inks are made when asked for."""

    colours: Callable[[], tuple[Sequence[QColor], Sequence[QColor]]]
    rgb: npt.NDArray[np.uint8]
    hatched: npt.NDArray[np.bool_]
    over: npt.NDArray[np.int64]
    """1 where a finite value lies above the scale, -1 below it, else 0."""

    @cached_property
    def both(self) -> tuple[Sequence[QColor], Sequence[QColor]]:
        return self.colours()

    @property
    def fills(self) -> Sequence[QColor]:
        return self.both[0]

    @property
    def inks(self) -> Sequence[QColor]:
        return self.both[1]


def paint_cells(painter: QPainter, fit: Fit, group: Cells, frame: Frame, style: Style, text_size: float | None) -> None:
    """Paint one group. `text_size` in pixels is that of its numbers, None for none."""
    n = len(group.x)
    if n == 0:
        return
    scale = frame.scales[group.scale] if 0 <= group.scale < len(frame.scales) else Scale(0.0, 1.0)
    paint = _paint_of(group, scale, style)
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


def _paint_of(group: Cells, scale: Scale, style: Style) -> _Paint:
    n = len(group.x)
    values = group.values
    none = np.zeros(n, dtype=bool)
    level = np.zeros(n, dtype=np.int64)
    if group.look in (Look.PALE, Look.UNKNOWN, Look.PENDING):
        pale = group.look is Look.PALE
        fill, ink = (style.pale, style.pale_ink) if pale else (style.void, style.muted)
        flat = _flat(n, colour(fill), colour(ink), none, level)
        return flat if group.hues is None else _worn(flat, group.hues, 0.55 if pale else 1.0)
    cmap = colour_map(style.colour_map)
    entries = cmap.entries(values, scale.lo, scale.hi)
    nan, infinite = np.isnan(values), np.isinf(values)
    over = _outside(values, scale, cmap)
    void = colour(style.void)
    rgb = cmap.rgb[entries]
    if nan.any():
        rgb[nan] = (void.red(), void.green(), void.blue())
    if group.hues is not None and (group.hues >= 0).any():
        worn = (group.hues >= 0) & ~nan
        rgb[worn] = _hue_rgb()[group.hues[worn] % len(hues())]
    elif group.look is Look.VALUE:

        def looked_up() -> tuple[Sequence[QColor], Sequence[QColor]]:
            known = entries.tolist()
            ink = colour(style.ink)
            fills = [cmap.fills[k] if k >= 0 else void for k in known]
            return fills, [cmap.inks[k] if k >= 0 else ink for k in known]

        return _Paint(looked_up, rgb, nan | infinite, over)
    if group.look is Look.GHOST:
        back = colour(style.background)
        base = np.array([back.red(), back.green(), back.blue()])
        rgb = (rgb * 0.3 + base * 0.7).astype(np.uint8)
        return _Paint(lambda: ([QColor(*c) for c in rgb.tolist()], [colour(style.ink)] * n), rgb, ~none, over)

    def made() -> tuple[Sequence[QColor], Sequence[QColor]]:
        fills = [QColor(*c) for c in rgb.tolist()]
        return fills, [ink_on(f) for f in fills]

    return _Paint(made, rgb, nan | infinite, over)


def _worn(flat: _Paint, hue: npt.NDArray[np.int64], share: float) -> _Paint:
    """The same cells in their hues, mixed into what they were."""
    worn = hue >= 0
    if not worn.any():
        return flat
    rgb = flat.rgb.copy()
    rgb[worn] = (_hue_rgb()[hue[worn] % len(hues())] * share + rgb[worn] * (1 - share)).astype(np.uint8)

    def made() -> tuple[Sequence[QColor], Sequence[QColor]]:
        fills = [QColor(*c) for c in rgb.tolist()]
        inks = [ink_on(f) if w else ink for f, w, ink in zip(fills, worn.tolist(), flat.inks, strict=True)]
        return fills, inks

    return _Paint(made, rgb, flat.hatched, flat.over)


@lru_cache(maxsize=1)
def _hue_rgb() -> npt.NDArray[np.uint8]:
    return np.array([(c.red(), c.green(), c.blue()) for c in hues()], dtype=np.uint8)


def _outside(values: Floats, scale: Scale, cmap: ColourMap) -> npt.NDArray[np.int64]:
    """1 for finite values above the scale, -1 below; a rounding error's width is not counted."""
    lo, hi = cmap.levels(scale.lo, scale.hi)
    slack = 1e-6 * max(abs(lo), abs(hi))
    with np.errstate(invalid="ignore"):
        return np.where(np.isfinite(values), (values > hi + slack).astype(int) - (values < lo - slack).astype(int), 0)


def _flat(n: int, fill: QColor, ink: QColor, none: npt.NDArray[np.bool_], level: npt.NDArray[np.int64]) -> _Paint:
    rgb = np.tile(np.array([[fill.red(), fill.green(), fill.blue()]], dtype=np.uint8), (n, 1))
    return _Paint(lambda: ([fill] * n, [ink] * n), rgb, none, level)


def _edges(fit: Fit, group: Cells) -> tuple[Floats, Floats, Floats, Floats]:
    left, top = fit.dx + group.x * fit.cell, fit.dy + group.y * fit.cell
    return left, top, left + group.width * fit.cell, top + group.height * fit.cell


def _opacities(group: Cells) -> list[float] | None:
    """One opacity per cell, or None where all are opaque."""
    if isinstance(group.opacity, np.ndarray):
        return [float(o) for o in group.opacity.tolist()]
    return None if group.opacity >= 1.0 else [float(group.opacity)] * len(group.x)


def _plain(painter: QPainter, fit: Fit, group: Cells, paint: _Paint) -> None:
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


def _rounded(painter: QPainter, fit: Fit, group: Cells, paint: _Paint, style: Style, side: float) -> None:
    radius = min(4.0 * fit.mark, side * 0.14)
    opacities = _opacities(group)
    outlined = group.look in (Look.GHOST, Look.UNKNOWN, Look.PENDING)
    if outlined:
        pen = QPen(colour(style.hatch), 1.0)
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


def _hatch(painter: QPainter, fit: Fit, group: Cells, paint: _Paint, style: Style, side: float) -> None:
    """Lines over cells that hold no ordinary number: one way for ghosts and infinities, both ways for NaN."""
    nan = np.isnan(group.values)
    opacities = _opacities(group)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    radius = min(4.0 * fit.mark, side * 0.14) if side >= PLAIN else 0.0
    which = np.flatnonzero(paint.hatched)
    boxes = _boxes(fit, group, 1.0 if side >= 5 else 0.0, which)
    for i, box in zip(which.tolist(), boxes, strict=True):
        ink = QColor(colour(style.hatch) if nan[i] or group.look is Look.GHOST else paint.inks[i])
        ink.setAlphaF((0.55 if group.look is Look.GHOST else 0.7) * (opacities[i] if opacities else 1.0))
        pattern = Qt.BrushStyle.DiagCrossPattern if nan[i] else Qt.BrushStyle.BDiagPattern
        painter.setBrush(QBrush(ink, pattern if side >= 5 else Qt.BrushStyle.Dense4Pattern))
        painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def _clipped(painter: QPainter, fit: Fit, group: Cells, paint: _Paint, side: float) -> None:
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
        signs[i] = "NaN" if np.isnan(value) else "∞" if value > 0 else "−∞"
    return tuple(signs)


@lru_cache(maxsize=8192)
def shortened(text: str, most: int) -> str:
    """A fraction in fewer digits, at most `most` characters; "" for what is no fraction or still does not fit."""
    if "." not in text:
        return ""
    try:
        value = float(text)
    except ValueError:
        return ""
    candidates = [f"{value:.{digits}g}" for digits in (4, 3, 2, 1)] + [f"{value:.0e}"]
    plain = (c.replace("e+0", "e").replace("e-0", "e-").replace("e+", "e") for c in candidates)
    return next((c for c in plain if len(c) <= most), "")


def text_size(group: Cells, side: float, style: Style) -> float:
    """The size in pixels at which the widest text of `group` fits cells of `side` pixels, at least the smallest."""
    texts = glyphs(group)
    if not texts:
        return 0.0
    if group.look is Look.PENDING:
        return max(style.smallest, side * 0.22)
    longest = max(texts, key=len)
    widest = width_of(longest, style.mono, _FAMILY_WEIGHT)
    if not longest.isascii():
        widest = max(width_of(t, style.mono, _FAMILY_WEIGHT) for t in set(texts))
    wanted = min(0.36 * side * min(group.height, 1.0), 14.0 * style.zoom + 0.1 * side)
    room = side * group.width * 0.88
    return max(style.smallest, min(wanted, room / max(widest, 0.01)))


def _texts(painter: QPainter, fit: Fit, group: Cells, paint: _Paint, style: Style, pixels: float) -> None:
    texts = glyphs(group)
    if not texts or group.height * fit.cell < pixels * 1.05:
        return
    size = round(pixels)
    room = group.width * fit.cell * 0.96
    middle_x = (fit.dx + (group.x + group.width / 2) * fit.cell).tolist()
    middle_y = (fit.dy + (group.y + group.height / 2) * fit.cell).tolist()
    opacities = _opacities(group)
    painter.setFont(font(style.mono, size, _FAMILY_WEIGHT))
    hatched = paint.hatched
    any_hatched = bool(hatched.any())
    last: QColor | None = None
    for i, text in enumerate(texts):
        if not text:
            continue
        made, width, ascent, cap = laid_out(text, style.mono, size, _FAMILY_WEIGHT)
        if width > room:
            text = shortened(text, int(room / (width_of("0", style.mono, _FAMILY_WEIGHT) * size)))
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
