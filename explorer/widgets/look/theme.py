"""The look of the window: colours by what they mean, a palette, a style sheet; light, dark, or as the system has it.

The interface itself is neutral. Orange, blue and so on mean axes and nothing else, and never stand alone: each axis
also has a dash pattern and a letter.

Style sheet roles, set with `role(widget, ...)`: card, chrome, primary, quiet, op, heading, strong, muted ...
"""

import json
from dataclasses import dataclass, fields
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from explorer.widgets.look.assets import asset

MODES = ("light", "dark", "system")

# In units of the pen's width, by the index of the axis; solid first.
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (2.8, 1.4),
    (1.0, 1.3),
    (4.0, 1.3, 1.0, 1.3),
    (1.8, 0.9),
    (6.0, 1.8),
)


@dataclass(frozen=True)
class Theme:
    """Colours by meaning. The picture stands on `background`, all that is around it on `chrome`. `line` carries meaning
    (3:1); `hairline` only separates; `faint` is for what is disabled."""

    name: str
    ink: QColor
    muted: QColor
    faint: QColor
    background: QColor
    chrome: QColor
    panel: QColor
    field: QColor
    hover: QColor
    hairline: QColor
    line: QColor
    accent: QColor
    accent_hover: QColor
    accent_ink: QColor
    focus: QColor
    focus_halo: QColor
    pale_cell: QColor
    pale_ink: QColor
    error: QColor
    error_panel: QColor
    warning: QColor
    warning_panel: QColor
    note_panel: QColor
    axes: tuple[QColor, ...]

    @property
    def dark(self) -> bool:
        """Whether light ink stands on a dark ground."""
        return self.name == "dark"

    def axis(self, index: int) -> QColor:
        """The colour of the axis with identity `index` (>= 0); they come round again past the last."""
        return self.axes[index % len(self.axes)]


@cache
def load(name: str) -> Theme:
    """The theme "light" or "dark"; every colour of it must be in its file."""
    data = json.loads(asset("themes", f"{name}.json").read_text("utf-8"))
    colours = {f.name: QColor(data[f.name]) for f in fields(Theme) if f.name not in ("name", "axes")}
    return Theme(name=name, axes=tuple(QColor(c) for c in data["axes"]), **colours)


def current() -> Theme:
    """The theme that the window wears now."""
    return switch().theme


def axis_style(index: int) -> tuple[QColor, list[float]]:
    """Colour and dash pattern (in pen widths, [] = solid, for QPen.setDashPattern) of an axis in the current theme.

    Where the colours come round again, the pattern is another one.
    """
    return current().axis(index), axis_dash(index)


def axis_dash(index: int) -> list[float]:
    """The dash pattern of an axis, in pen widths; [] is a solid line."""
    return list(_DASHES[(index + index // len(_DASHES)) % len(_DASHES)])


def mono_font(pixels: int | None = None, bold: bool = False) -> QFont:
    """The font of code and numbers."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setStyleHint(QFont.StyleHint.Monospace)
    if pixels is not None:
        font.setPixelSize(pixels)
    else:
        font.setPointSizeF(QGuiApplication.font().pointSizeF())
    font.setBold(bold)
    return font


def role(widget: QWidget, name: str) -> QWidget:
    """Give `widget` a role of the style sheet (see the module's head); the widget comes back."""
    if widget.property("role") != name:
        widget.setProperty("role", name)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    return widget


def enlarge(widget: QWidget, large: bool) -> None:
    """Words of a projector's size in `widget` and all that it holds, or of the usual one."""
    for part in (widget, *widget.findChildren(QWidget)):
        if part.property("large") != large:
            part.setProperty("large", large)
            part.style().unpolish(part)
            part.style().polish(part)


def roomy(box: QAbstractSpinBox) -> None:
    """Move the text of a spin box off its edge: a style sheet's padding does not reach it."""
    box.lineEdit().setTextMargins(7, 0, 0, 0)


class Switch(QObject):
    """Puts a theme on the application, and puts on another when asked, or when the system's changes."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.mode = "light"
        self.theme = load("light")
        self._follows = False

    def apply(self, app: QApplication, mode: str) -> None:
        """Wear "light", "dark" or "system"; the latter follows while the program runs. ValueError for others."""
        if mode not in MODES:
            raise ValueError(mode)
        if not self._follows:
            app.styleHints().colorSchemeChanged.connect(self._system_changed)
            self._follows = True
            app.setStyle("Fusion")
        self.mode = mode
        self._wear(app, load(mode if mode != "system" else system_theme()))

    def _system_changed(self) -> None:
        app = QApplication.instance()
        if self.mode == "system" and isinstance(app, QApplication) and system_theme() != self.theme.name:
            self._wear(app, load(system_theme()))

    def _wear(self, app: QApplication, theme: Theme) -> None:
        self.theme = theme
        app.setPalette(palette(theme))
        app.setStyleSheet(style_sheet(theme))
        self.changed.emit(theme)


@cache
def switch() -> Switch:
    """The one switch of the application."""
    return Switch()


def apply(app: QApplication, mode: str) -> Theme:
    """Wear "light", "dark" or "system"; gives the theme that results."""
    switch().apply(app, mode)
    return current()


def system_theme() -> str:
    """What the system asks for; "light" where it does not say."""
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def style_sheet(theme: Theme) -> str:
    """resources/themes/window.qss with the colours of `theme` in its places."""
    places = {f.name: getattr(theme, f.name).name() for f in fields(Theme) if f.name not in ("name", "axes")}
    places["icons"] = asset("themes", f"{theme.name}.json").parent.as_posix() + f"/{theme.name}"
    return Template(asset("themes", "window.qss").read_text("utf-8")).substitute(places)


def palette(theme: Theme) -> QPalette:
    """For what the style sheet does not reach: Fusion draws the rest from these."""
    part = QPalette.ColorRole
    result = QPalette(theme.panel, theme.background)
    for name, colour in (
        (part.Window, theme.background),
        (part.WindowText, theme.ink),
        (part.Base, theme.panel),
        (part.AlternateBase, theme.field),
        (part.Text, theme.ink),
        (part.Button, theme.panel),
        (part.ButtonText, theme.ink),
        (part.BrightText, theme.error),
        (part.Highlight, theme.accent),
        (part.HighlightedText, theme.accent_ink),
        (part.Accent, theme.accent),
        (part.ToolTipBase, theme.accent),
        (part.ToolTipText, theme.accent_ink),
        (part.PlaceholderText, theme.muted),
        (part.Link, theme.ink),
        (part.LinkVisited, theme.muted),
        (part.Light, theme.panel),
        (part.Midlight, theme.field),
        (part.Mid, theme.hairline),
        (part.Dark, theme.line),
        (part.Shadow, theme.line),
    ):
        result.setColor(name, colour)
    for name in (part.WindowText, part.Text, part.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, theme.faint)
    result.setColor(QPalette.ColorGroup.Disabled, part.Highlight, theme.hairline)
    return result
