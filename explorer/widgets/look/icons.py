"""Icons: our own drawings, coloured from the theme, redrawn when it changes."""

from functools import cache

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from explorer.widgets.look import theme
from explorer.widgets.look.assets import asset

_SIZES = (20, 40, 64)  # Qt scales down from the next larger one


@cache
def _drawing(name: str) -> str:
    return asset("icons", f"{name}.svg").read_text("utf-8")


def pixmap(name: str, colour: QColor, pixels: int) -> QPixmap:
    """The drawing `name` in one colour on nothing, `pixels` wide and high."""
    return _pixmap(_renderer(name, colour), pixels)


def _renderer(name: str, colour: QColor) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour.name()).encode()))


def _pixmap(renderer: QSvgRenderer, pixels: int) -> QPixmap:
    result = QPixmap(pixels, pixels)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    try:
        renderer.render(painter)
    finally:
        painter.end()
    return result


def icon(name: str, colour: str = "ink") -> QIcon:
    """The drawing `name` in a colour of the current theme, by its field's name; it does not follow (see `dress`)."""
    return _icon(name, colour, theme.current().name)


@cache
def _icon(name: str, colour: str, wears: str) -> QIcon:
    look = theme.load(wears)
    normal, disabled = _renderer(name, getattr(look, colour)), _renderer(name, look.faint)
    result = QIcon()
    for pixels in _SIZES:
        result.addPixmap(_pixmap(normal, pixels), QIcon.Mode.Normal)
        result.addPixmap(_pixmap(disabled, pixels), QIcon.Mode.Disabled)
    return result


class _Dress(QObject):
    """Lives as a child of the button or action and keeps its icon in the theme's colours."""

    def __init__(self, wearer: QAbstractButton | QAction, name: str, colour: str) -> None:
        super().__init__(wearer)
        self._wearer, self._name, self._colour = wearer, name, colour
        theme.switch().changed.connect(self.refresh)
        self.refresh()

    def rename(self, name: str, colour: str) -> None:
        self._name, self._colour = name, colour
        self.refresh()

    def refresh(self) -> None:
        self._wearer.setIcon(icon(self._name, self._colour))


def dress(wearer: QAbstractButton | QAction, name: str, colour: str = "ink") -> None:
    """Give a button or an action the icon `name`, kept in the theme's colours; again for another icon."""
    worn = wearer.findChild(_Dress)
    if isinstance(worn, _Dress):
        worn.rename(name, colour)
    else:
        _Dress(wearer, name, colour)
