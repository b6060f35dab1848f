"""Contrast is computed, not believed; the theme changes while the program runs."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from explorer.widgets.look import theme
from explorer.widgets.look.colormap import contrast

NAMES = ("light", "dark")


@pytest.fixture
def app(qapp: QApplication):  # type: ignore[no-untyped-def]
    yield qapp
    theme.apply(qapp, "light")


def test_contrast_of_black_and_white() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#777777")) == pytest.approx(1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("ink", ("background", "chrome", "panel", "field", "hover", "note_panel", "error_panel", "warning_panel")),
        ("muted", ("background", "chrome", "panel", "field", "note_panel", "error_panel", "warning_panel")),
        ("accent_ink", ("accent", "accent_hover")),
        ("pale_ink", ("pale_cell",)),
        ("error", ("background", "chrome", "panel", "error_panel")),
        ("warning", ("background", "chrome", "panel", "warning_panel")),
    ],
)
def test_text_is_readable(name: str, ink: str, grounds: tuple[str, ...]) -> None:
    look = theme.load(name)
    found = {g: contrast(getattr(look, ink), getattr(look, g)) for g in grounds}
    assert min(found.values()) >= 4.5, found


@pytest.mark.parametrize("name", NAMES)
def test_lines_that_carry_meaning_stand_out(name: str) -> None:
    look = theme.load(name)
    for ground in (look.background, look.chrome, look.panel, look.field):
        assert contrast(look.line, ground) >= 3.0
        assert contrast(look.focus, ground) >= 3.0
    assert contrast(look.focus, look.focus_halo) == pytest.approx(21)


@pytest.mark.parametrize("name", NAMES)
def test_axes_are_readable_as_text(name: str) -> None:
    look = theme.load(name)
    assert len({c.name() for c in look.axes}) == 6
    for colour in look.axes:
        assert contrast(colour, look.background) >= 4.5, colour.name()
        assert contrast(colour, look.chrome) >= 4.5, colour.name()
        assert contrast(colour, look.panel) >= 4.5, colour.name()


def test_an_axis_is_never_told_by_colour_alone() -> None:
    first = [theme.axis_style(i) for i in range(36)]
    looks = {(colour.name(), tuple(dash)) for colour, dash in first}
    assert len(looks) == 36
    assert len({tuple(dash) for _, dash in first[:6]}) == 6
    assert all(len(dash) % 2 == 0 for _, dash in first)  # else QPen.setDashPattern warns


@pytest.mark.parametrize("name", NAMES)
def test_every_place_of_the_style_sheet_is_filled(name: str) -> None:
    sheet = theme.style_sheet(theme.load(name))
    assert "$" not in sheet
    for line in sheet.splitlines():
        if "url(" in line:
            assert Path(line.split('url("')[1].split('"')[0]).is_file(), line


def test_the_theme_changes_while_running(qtbot: QtBot, app: QApplication) -> None:
    label = QLabel("A")
    qtbot.addWidget(label)
    theme.apply(app, "light")
    with qtbot.waitSignal(theme.switch().changed):
        theme.apply(app, "dark")
    assert theme.current().dark
    assert app.palette().color(QPalette.ColorRole.Window) == theme.load("dark").background
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.load("dark").ink
    assert theme.axis_style(0)[0] == theme.load("dark").axes[0]


def test_system_follows_the_system(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "system_theme", lambda: "light")
    assert theme.apply(app, "system").name == "light"
    monkeypatch.setattr(theme, "system_theme", lambda: "dark")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current().name == "dark"
    theme.apply(app, "light")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current().name == "light"  # a choice stands against the system


def test_a_spin_box_gets_room(qtbot: QtBot) -> None:
    box = QSpinBox()
    qtbot.addWidget(box)
    theme.roomy(box)
    assert box.lineEdit().textMargins().left() >= 6


def test_an_unknown_mode_is_refused(app: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.apply(app, "sepia")
