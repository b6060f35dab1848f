"""The colour bar: which value has which colour."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.animation.arrange import BAR
from explorer.animation.frame import Scale
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.colormap import colour_map
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.style import Style, colour
from explorer.widgets.stage.texts import draw, elided

_WIDTH = 14.0
TITLED = 26.0
"""How far above a bar its title reaches, in pixels at zoom 1."""
_ABOVE, _BELOW = 30.0, 12.0
"""Room for the title and half a number above a bar, and for half a number below it."""


def number(value: float) -> str:
    """A value for a scale: four digits or fewer where that is short."""
    texts = (
        f"{value:.{digits}g}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e") for digits in (4, 3, 2, 1)
    )
    return next((t for t in texts if len(t) <= 7), f"{value:.0e}")


def paint_bars(painter: QPainter, fit: Fit, scales: tuple[Scale, ...], style: Style) -> None:
    """One labelled bar for each scale, side by side in the room that `fit` keeps for them."""
    if fit.bars.isEmpty():
        return
    top, height = span(fit)
    for k, scale in enumerate(scales):
        left = fit.bars.left() + k * BAR * fit.mark
        _paint_bar(painter, QRectF(round(left), round(top), _WIDTH * fit.mark, round(height)), scale, style, fit.mark)


def span(fit: Fit) -> tuple[float, float]:
    """The upper end and the height of the bars in pixels: as high as the cells, where that is neither short nor long,
    with room around for their numbers."""
    room = fit.rect.height() - (_ABOVE + _BELOW) * fit.mark
    height = max(min(max(fit.bars.height(), 90 * fit.mark), 300 * fit.mark, room), 1.0)
    top = min(fit.bars.center().y() - height / 2, fit.rect.bottom() - height - _BELOW * fit.mark)
    return max(fit.rect.top() + _ABOVE * fit.mark, top), height


@lru_cache(maxsize=8)
def _column(key: str) -> QImage:
    """The colours from the last down to the first, one pixel wide."""
    pixels = np.ascontiguousarray(colour_map(key).rgb[::-1])
    image = QImage(pixels.data, 1, 256, 3, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _paint_bar(painter: QPainter, box: QRectF, scale: Scale, style: Style, mark: float) -> None:
    cmap = colour_map(style.colour_map)
    lo, hi = cmap.levels(scale.lo, scale.hi)
    if scale.title:
        title = elided(scale.title, style.sans, 12 * mark, (BAR - 6) * mark, 600)
        draw(
            painter,
            QPointF(box.left(), box.top() - 18 * mark),
            title,
            style.sans,
            12 * mark,
            colour(style.ink),
            600,
            "left",
        )
    if hi > lo:
        painter.drawImage(box, _column(style.colour_map), QRectF(0, 0, 1, 256))
        middle = [(0.5, hi / 2 + lo / 2, True)] if all(scale.told) else []
        stops = [(0.0, hi, scale.told[1]), *middle, (1.0, lo, scale.told[0])]
    else:
        painter.fillRect(box, cmap.fills[int(cmap.entries(np.array([lo]), lo, hi)[0])])
        stops = [(0.5, lo, all(scale.told))]
    for part, value, told in stops:
        y = box.top() + part * box.height()
        painter.setPen(QPen(colour(style.muted), 1.0))
        painter.drawLine(QPointF(box.right() + 1, y), QPointF(box.right() + 4 * mark, y))
        place = QPointF(box.right() + 7 * mark, y)
        text = number(value) if told else "?"
        draw(painter, place, text, style.mono, 12 * mark, colour(style.muted), 400, "left")


class ColourBar(QWidget):
    """The colour bar of one scale, beside a picture that is not the stage's own."""

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colour_bar")
        self.setFixedWidth(round(BAR))
        self._scale, self._style = Scale(0.0, 1.0), style

    def show_scale(self, scale: Scale, style: Style) -> None:
        """Show `scale` in the colours of `style`."""
        self._scale, self._style = scale, style
        self.update()

    @guarded(QSize(round(BAR), 120))
    def minimumSizeHint(self) -> QSize:
        return QSize(round(BAR), 60)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        bars = rect.adjusted(10, 0, 0, 0)
        paint_bars(painter, Fit(rect, 1.0, 1.0, 0.0, 0.0, QRectF(), bars), (self._scale,), self._style)
        painter.end()
