"""What the painted panels share: fonts relative to the window's own, the pen of an axis, the outline of the focus."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPen

from explorer.widgets.look import theme
from explorer.widgets.look.fonts import MONO


def mono(base: QFont, scale: float = 1.0, bold: bool = False) -> QFont:
    """A monospace font `scale` times as large as `base`."""
    return QFont(_font(base.toString(), scale, bold, fixed=True))


def sans(base: QFont, scale: float = 1.0, bold: bool = False) -> QFont:
    """The font `base`, `scale` times as large."""
    return QFont(_font(base.toString(), scale, bold, fixed=False))


@lru_cache(maxsize=256)
def _font(written: str, scale: float, bold: bool, fixed: bool) -> QFont:
    font = QFont()
    font.fromString(written)
    font.setPixelSize(max(9, round(QFontInfo(font).pixelSize() * scale)))
    font.setBold(bold)
    if fixed:
        font.setFamilies(list(MONO))
    return font


def axis_pen(index: int, width: float = 2) -> QPen:
    """A pen in the colour and the line pattern of the axis with identity `index`."""
    colour, dash = theme.axis_style(index)
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern(dash)
    return pen


def paint_focus(painter: QPainter, rect: QRectF, radius: float = 6) -> None:
    """The focus: a double outline just inside `rect`, visible on every ground."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.current().focus_halo, 4))
    painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), radius, radius)
    painter.setPen(QPen(theme.current().focus, 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()
