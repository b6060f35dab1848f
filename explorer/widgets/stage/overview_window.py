"""Which cells of a large tensor an overview asks for, and the picture that they make."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explorer.widgets.look.colormap import ColourMap

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PageWindow:
    """Rows and columns of a page, every `step`-th of them where there are more than pixels."""

    rows: range
    columns: range

    @property
    def whole(self) -> bool:
        """Whether no cell in between is left out."""
        return self.rows.step == 1 and self.columns.step == 1

    @property
    def rect(self) -> tuple[float, float, float, float]:
        """x, y, width and height that the window covers; the middle of a cell lies at its indices."""
        return (
            self.columns.start - 0.5,
            self.rows.start - 0.5,
            float(len(self.columns) * self.columns.step),
            float(len(self.rows) * self.rows.step),
        )


def window(
    shape: tuple[int, int], x: tuple[float, float], y: tuple[float, float], pixels: tuple[float, float]
) -> PageWindow:
    """The cells of `shape` (rows, columns) in view between `x` and `y` (left and right, top and bottom), on `pixels`.

    At most one cell for each pixel and axis; steps are powers of two, and windows start at multiples of them, so that a
    pan shows the same cells again.
    """
    return PageWindow(
        _axis(shape[0], y[0] + 0.5, y[1] + 0.5, pixels[1]), _axis(shape[1], x[0] + 0.5, x[1] + 0.5, pixels[0])
    )


def _axis(size: int, lo: float, hi: float, pixels: float) -> range:
    first = min(max(int(np.floor(lo)), 0), size)
    last = max(min(int(np.ceil(hi)), size), first)
    step = 1
    while (last - first) / step > max(pixels, 16.0):
        step *= 2
    return range(first - first % step, last, step)


def image(values: Floats, levels: tuple[float, float], cmap: ColourMap) -> npt.NDArray[np.uint8]:
    """RGBA (rows, columns, 4) of `values`; NaN is transparent."""
    entries = cmap.entries(values, *levels)
    rgba = np.empty((*values.shape, 4), dtype=np.uint8)
    rgba[..., :3] = cmap.rgb[entries]
    rgba[..., 3] = np.where(entries < 0, 0, 255)
    return rgba
