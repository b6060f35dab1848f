"""A tensor as a small picture: a heat map without numbers."""

import numpy as np
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter

from explorer.widgets.look import theme
from explorer.widgets.look.colormap import Floats, colour_map


def thumbnail(cells: Floats, lo: float, hi: float, key: str = "viridis") -> QImage:
    """The picture of `cells` (float64, any rank; the last two axes are a page), one pixel a cell; NaN is transparent.

    `lo` and `hi` are the levels that the stage uses, so that both show a tensor in the same colours.
    """
    page = np.asarray(cells, dtype=np.float64)
    page = page.reshape(1, -1) if page.ndim < 2 else page.reshape(-1, page.shape[-1])
    colours = colour_map(key)
    entries = colours.entries(page, lo, hi)
    pixels = np.zeros((*page.shape, 4), dtype=np.uint8)
    pixels[..., :3] = colours.rgb[np.maximum(entries, 0)]
    pixels[..., 3] = np.where(entries < 0, 0, 255)
    height, width = page.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def paint_thumbnail(painter: QPainter, rect: QRectF, image: QImage | None) -> None:
    """Draw `image` as large as fits into `rect` with square cells; hatched where there is nothing to see."""
    painter.save()
    if image is None or image.isNull():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.current().line)
        painter.setBrush(QBrush(theme.current().line, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
    else:
        cell = min(rect.width() / image.width(), rect.height() / image.height(), rect.width() / 4)
        size = QSizeF(max(1.0, image.width() * cell), max(1.0, image.height() * cell))
        place = QRectF(
            rect.center().x() - size.width() / 2, rect.center().y() - size.height() / 2, size.width(), size.height()
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, cell < 1)
        painter.drawImage(place, image)
    painter.restore()
