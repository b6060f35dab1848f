"""Every icon draws something, in the theme's colour, and follows the theme."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from explorer.widgets.look import assets, icons, theme

NAMES = sorted(p.stem for p in (assets.root() / "icons").glob("*.svg"))


def strongest(image: QImage) -> QColor:
    """The colour of the most opaque pixel."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda c: c.alpha())


@pytest.mark.parametrize("name", NAMES)
def test_it_draws_in_the_asked_colour(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, QColor("#C14A00"), 48).toImage()
    colour = strongest(image)
    assert colour.alpha() == 255
    assert colour.rgb() == QColor("#C14A00").rgb()
    assert image.pixelColor(0, 0).alpha() == 0


def test_a_dressed_button_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    theme.apply(qapp, "light")
    icons.dress(button, "play")
    before = strongest(button.icon().pixmap(QSize(24, 24)).toImage())
    theme.apply(qapp, "dark")
    after = strongest(button.icon().pixmap(QSize(24, 24)).toImage())
    assert before.rgb() == theme.load("light").ink.rgb()
    assert after.rgb() == theme.load("dark").ink.rgb()
    icons.dress(button, "pause", "accent_ink")
    assert len(button.children()) == 1
    theme.apply(qapp, "light")
    assert strongest(button.icon().pixmap(QSize(24, 24)).toImage()).rgb() == QColor("white").rgb()


def test_disabled_is_fainter(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    image = icons.icon("copy").pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    assert strongest(image).rgb() == theme.load("light").faint.rgb()


def test_a_missing_asset_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.svg"):
        assets.asset("icons", "nothing.svg")
