"""Which colours the cells of a group have: by value, by look, or by destination."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from explorer.animation.frame import Cells, Floats, Look, Scale
from explorer.widgets.look.colormap import ColourMap, colour_map, hues, ink_on
from explorer.widgets.stage.style import Style, colour

TINT = 0.35
"""How much of its own colour a small pale cell keeps."""


@dataclass(frozen=True, eq=False)
class Paint:
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


def paint_of(group: Cells, scale: Scale, style: Style, numbered: bool = True) -> Paint:
    """The colours of `group` on `scale` in `style`.

    Pale cells that have no room for their numbers keep a tint of their colour, else nothing were left of them.
    """
    n = len(group.x)
    values = group.values
    none = np.zeros(n, dtype=bool)
    level = np.zeros(n, dtype=np.int64)
    if group.look in (Look.PALE, Look.PLAIN, Look.PAPER, Look.UNKNOWN, Look.PENDING):
        pale = group.look is Look.PALE
        fill, ink = (style.pale, style.pale_ink) if pale else (style.void, style.muted)
        ink = style.ink if group.look in (Look.PLAIN, Look.PAPER) else ink
        flat = _flat(n, colour(fill), colour(ink), none, level)
        if pale and not numbered:
            flat = _tinted(flat, group.values, scale, style)
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

        return Paint(looked_up, rgb, nan | infinite, over)
    if group.look is Look.GHOST:
        back = colour(style.background)
        base = np.array([back.red(), back.green(), back.blue()])
        rgb = (rgb * 0.3 + base * 0.7).astype(np.uint8)
        return Paint(lambda: ([QColor(*c) for c in rgb.tolist()], [colour(style.ink)] * n), rgb, ~none, over)

    def made() -> tuple[Sequence[QColor], Sequence[QColor]]:
        fills = [QColor(*c) for c in rgb.tolist()]
        return fills, [ink_on(f) for f in fills]

    return Paint(made, rgb, nan | infinite, over)


def _tinted(flat: Paint, values: Floats, scale: Scale, style: Style) -> Paint:
    cmap = colour_map(style.colour_map)
    entries = cmap.entries(values, scale.lo, scale.hi)
    rgb = flat.rgb.copy()
    known = entries >= 0
    rgb[known] = (cmap.rgb[entries[known]] * TINT + rgb[known] * (1 - TINT)).astype(np.uint8)

    def made() -> tuple[Sequence[QColor], Sequence[QColor]]:
        return [QColor(*c) for c in rgb.tolist()], flat.inks

    return Paint(made, rgb, flat.hatched, flat.over)


def _worn(flat: Paint, hue: npt.NDArray[np.int64], share: float) -> Paint:
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

    return Paint(made, rgb, flat.hatched, flat.over)


@lru_cache(maxsize=1)
def _hue_rgb() -> npt.NDArray[np.uint8]:
    return np.array([(c.red(), c.green(), c.blue()) for c in hues()], dtype=np.uint8)


def _outside(values: Floats, scale: Scale, cmap: ColourMap) -> npt.NDArray[np.int64]:
    """1 for finite values above the scale, -1 below; a rounding error's width is not counted."""
    lo, hi = cmap.levels(scale.lo, scale.hi)
    slack = 1e-6 * max(abs(lo), abs(hi))
    with np.errstate(invalid="ignore"):
        return np.where(np.isfinite(values), (values > hi + slack).astype(int) - (values < lo - slack).astype(int), 0)


def _flat(n: int, fill: QColor, ink: QColor, none: npt.NDArray[np.bool_], level: npt.NDArray[np.int64]) -> Paint:
    rgb = np.tile(np.array([[fill.red(), fill.green(), fill.blue()]], dtype=np.uint8), (n, 1))
    return Paint(lambda: ([fill] * n, [ink] * n), rgb, none, level)
