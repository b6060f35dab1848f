"""Thousands of plain cells at once: NumPy fills a picture of pixels, which the painter then draws in one call."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPaintEngine, QPainter

Floats = npt.NDArray[np.float64]
_BATCH = 1 << 20
GAP_FROM = 6.0
"""Device pixels of a cell from which one stays empty between it and the next."""


def scale_of(painter: QPainter) -> float | None:
    """Device pixels per logical pixel where `painter` draws pixels, upright; None for SVG, printers and rotations."""
    engine = painter.paintEngine()
    transform = painter.deviceTransform()
    upright = transform.isAffine() and transform.m12() == 0 and transform.m21() == 0
    if engine.type() != QPaintEngine.Type.Raster or not upright:
        return None
    return transform.m11() if transform.m11() > 0 and transform.m11() == transform.m22() else None


def premultiplied(rgb: npt.NDArray[np.uint8], opacity: Floats | float) -> npt.NDArray[np.uint32]:
    """Pixels in QImage's Format_ARGB32_Premultiplied from uint8 (n, 3) and opacities in [0, 1]."""
    alpha = np.clip(np.broadcast_to(np.asarray(opacity, dtype=np.float64), rgb.shape[:1]), 0.0, 1.0)
    parts = (rgb * alpha[:, None] + 0.5).astype(np.uint32)
    alphas = (alpha * 255 + 0.5).astype(np.uint32)
    return ((alphas << 24) | (parts[:, 0] << 16) | (parts[:, 1] << 8) | parts[:, 2]).astype(np.uint32)


def fill(
    painter: QPainter,
    clip: QRectF,
    scale: float,
    lefts: Floats,
    tops: Floats,
    rights: Floats,
    bottoms: Floats,
    pixels: npt.NDArray[np.uint32],
) -> None:
    """Draw rectangles (logical pixels, each n) in premultiplied colours, later ones over earlier ones.

    Edges go to whole device pixels; where a cell is at least GAP_FROM device pixels wide, one of them stays empty on
    the right and below, so that cells can be told apart. What lies outside `clip` is left out.
    """
    transform = painter.deviceTransform()
    ox, oy = transform.dx(), transform.dy()
    x0, y0 = int(np.floor(clip.left() * scale + ox)), int(np.floor(clip.top() * scale + oy))
    x1, y1 = int(np.ceil(clip.right() * scale + ox)), int(np.ceil(clip.bottom() * scale + oy))
    left = np.rint(lefts * scale + ox).astype(np.int64)
    top = np.rint(tops * scale + oy).astype(np.int64)
    right = np.maximum(np.rint(rights * scale + ox).astype(np.int64), left + 1)
    bottom = np.maximum(np.rint(bottoms * scale + oy).astype(np.int64), top + 1)
    # by the true size, not the rounded one: gaps between some cells only would look like a pattern in the data
    right -= (rights - lefts) * scale >= GAP_FROM
    bottom -= (bottoms - tops) * scale >= GAP_FROM
    x0, y0 = max(x0, int(left.min())), max(y0, int(top.min()))
    x1, y1 = min(x1, int(right.max())), min(y1, int(bottom.max()))
    if x1 <= x0 or y1 <= y0:
        return
    left, right = np.clip(left, x0, x1) - x0, np.clip(right, x0, x1) - x0
    top, bottom = np.clip(top, y0, y1) - y0, np.clip(bottom, y0, y1) - y0
    width = x1 - x0
    buffer = np.zeros(((y1 - y0), width), dtype=np.uint32)
    flat = buffer.reshape(-1)
    for part in _batches(right - left):
        _rows(flat, width, left[part], right[part], top[part], bottom[part], pixels[part])
    image = QImage(buffer.data, width, y1 - y0, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
    target = QRectF((x0 - ox) / scale, (y0 - oy) / scale, width / scale, (y1 - y0) / scale)
    painter.drawImage(target, image, QRectF(0, 0, width, y1 - y0))


def _batches(widths: npt.NDArray[np.int64]) -> list[slice]:
    """Parts of the cells, such that one row of pixels of a part stays small in memory."""
    step = max(1, _BATCH // max(1, int(widths.max())))
    return [slice(k, k + step) for k in range(0, len(widths), step)]


def _rows(
    flat: npt.NDArray[np.uint32],
    width: int,
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    top: npt.NDArray[np.int64],
    bottom: npt.NDArray[np.int64],
    pixels: npt.NDArray[np.uint32],
) -> None:
    """Write each rectangle into `flat`, one row of pixels of all rectangles at a time."""
    widths = np.maximum(right - left, 0)
    starts = np.repeat(np.cumsum(widths) - widths, widths)
    columns = np.arange(int(widths.sum())) - starts + np.repeat(left, widths)
    colours = np.repeat(pixels, widths)
    heights = np.repeat(bottom - top, widths)
    places = np.repeat(top, widths) * width + columns
    even = int(heights.min()) if heights.size else 0
    for _ in range(even):
        flat[places] = colours
        places += width
    for row in range(even, int(heights.max()) if heights.size else 0):
        more = heights > row
        flat[places[more]] = colours[more]
        places += width
