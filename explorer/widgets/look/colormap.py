"""Values to colours: 256 entries, and the ink that stands out on each of them."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from explorer.messages import Phrase

Floats = npt.NDArray[np.float64]

# Key -> title. The first is the default; the last is centred on 0.
COLOUR_MAPS: dict[str, Phrase] = {
    "viridis": Phrase("Viridis"),
    "cividis": Phrase("Cividis"),
    "diverging": Phrase("Diverging, centred on 0", "以 0 为中心的双向色图"),
}
_SOURCES = {"viridis": "viridis", "cividis": "cividis", "diverging": "CET-D1A"}


def luminance(colour: QColor) -> float:
    """The relative luminance of WCAG 2, in [0, 1]."""

    def linear(c: float) -> float:
        return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(a: QColor, b: QColor) -> float:
    """The contrast ratio of WCAG 2, in [1, 21]."""
    hi, lo = sorted((luminance(a), luminance(b)), reverse=True)
    return (hi + 0.05) / (lo + 0.05)


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever contrasts more with `colour`; never less than 4.58."""
    return QColor("#000000") if luminance(colour) > 0.1791 else QColor("#FFFFFF")


@dataclass(frozen=True)
class ColourMap:
    """A colour map with `levels` entries; `rgb` is uint8 (256, 3)."""

    key: str
    rgb: npt.NDArray[np.uint8]
    fills: tuple[QColor, ...]
    inks: tuple[QColor, ...]

    @property
    def centred(self) -> bool:
        """Whether the middle colour always means 0."""
        return self.key == "diverging"

    def levels(self, lo: float, hi: float) -> tuple[float, float]:
        """The values of the first and the last colour: `lo` and `hi` made finite, and centred where it must be."""
        lo = float(lo) if np.isfinite(lo) else 0.0
        hi = float(hi) if np.isfinite(hi) else lo
        if self.centred:
            reach = max(abs(lo), abs(hi))
            return -reach, reach
        return lo, hi

    def entries(self, values: Floats, lo: float, hi: float) -> npt.NDArray[np.intp]:
        """For each of `values` (float64, any shape) an entry 0..255; NaN, which has no colour, gets -1.

        Values outside the levels, infinities among them, are clipped to the ends. Equal levels give the middle.
        """
        lo, hi = self.levels(lo, hi)
        with np.errstate(over="ignore", invalid="ignore"):
            # halves, so that the distance of the largest floats does not overflow
            span = hi / 2 - lo / 2
            part = (values / 2 - lo / 2) / span if span > 0 else np.sign(values - lo) / 2 + 0.5
            if span <= 0 and not self.centred:
                part = np.where(np.isnan(values), np.nan, part)
            found = np.clip(np.nan_to_num(part, nan=0.0, posinf=1.0, neginf=0.0), 0.0, 1.0) * 255 + 0.5
        return np.where(np.isnan(values), -1, found.astype(np.intp))


def _table(name: str) -> npt.NDArray[np.uint8]:
    """The 256 colours of pyqtgraph's map `name`, uint8 (256, 3).

    Its file is read without importing pyqtgraph, which would cost the window a third of a second before it is painted.
    """
    package = find_spec("pyqtgraph")
    for folder in (package.submodule_search_locations or ()) if package is not None else ():
        file = Path(folder, "colors", "maps", f"{name}.csv")
        if file.is_file():
            table = np.loadtxt(file, delimiter=",", comments=";")
            if table.shape == (256, 3):
                return np.clip(table * 255 + 0.5, 0, 255).astype(np.uint8)
    import pyqtgraph as pg  # noqa: PLC0415 - which takes long, and the first painting does without

    found = pg.colormap.get(name).getLookupTable(0.0, 1.0, 256, alpha=False)
    return np.ascontiguousarray(found[:, :3], dtype=np.uint8)


@lru_cache(maxsize=8)
def colour_map(key: str = "viridis") -> ColourMap:
    """The colour map called `key`, one of COLOUR_MAPS. Raises KeyError for another name."""
    rgb = _table(_SOURCES[key])
    rgb.setflags(write=False)
    fills = tuple(QColor(int(r), int(g), int(b)) for r, g, b in rgb)
    return ColourMap(key, rgb, fills, tuple(ink_on(c) for c in fills))


@lru_cache(maxsize=1)
def hues() -> tuple[QColor, ...]:
    """24 light fills for "colour by destination"; neighbours lie far apart on the colour circle."""
    return tuple(QColor.fromHslF(k * 0.3819660113 % 1.0, 0.62, 0.60 + 0.14 * (k // 8 % 3) / 2) for k in range(24))
