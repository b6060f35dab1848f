"""The colours, patterns and fonts of the stage, as the theme gives them."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from explorer.widgets.look.fonts import MONO, SANS
from explorer.widgets.look.theme import Theme, axis_dash


@dataclass(frozen=True)
class AxisStyle:
    """How an axis is told from the others: a colour, and a line pattern in pen widths (empty = solid)."""

    colour: str
    dash: tuple[float, ...]


_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (2.8, 1.4),
    (1.0, 1.3),
    (4.0, 1.3, 1.0, 1.3),
    (1.8, 0.9),
    (6.0, 1.8),
)
_LIGHT_AXES = ("#C14A00", "#0067A3", "#00805D", "#A8467F", "#8A6100", "#2B7BA8")
_DARK_AXES = ("#FF9A57", "#5DB7F0", "#3FCB9F", "#EE93C6", "#DDB64A", "#9AC9EA")


@dataclass(frozen=True)
class Style:
    """What the painter needs to know of the theme. Colours are "#rrggbb"."""

    background: str = "#FAFAF8"
    ink: str = "#1F2328"
    muted: str = "#57606A"
    hairline: str = "#8C959F"
    pale: str = "#ECEDEA"
    pale_ink: str = "#4B5563"
    chip: str = "#FFFFFF"
    hatch: str = "#8C959F"
    void: str = "#FFFFFF"
    axes: tuple[AxisStyle, ...] = tuple(AxisStyle(c, d) for c, d in zip(_LIGHT_AXES, _DASHES, strict=True))
    mono: tuple[str, ...] = MONO
    sans: tuple[str, ...] = SANS
    colour_map: str = "viridis"
    zoom: float = 1.0
    """Of texts and marks; the projector view shows them larger."""
    smallest: float = 9.0
    """The smallest size of a number in a cell, in pixels; where it does not fit there is none."""
    dark: bool = False

    def axis(self, index: int) -> AxisStyle:
        """The look of the axis with this identity; past the palette colours and patterns pair up anew."""
        n = len(self.axes)
        turn, k = divmod(index, n)
        return AxisStyle(self.axes[k].colour, self.axes[(k + turn) % n].dash)


LIGHT = Style()
DARK = Style(
    background="#16191D",
    ink="#E6E9EC",
    muted="#A4ACB5",
    hairline="#6E7781",
    pale="#2B3036",
    pale_ink="#B6BDC5",
    chip="#1F2328",
    hatch="#77818C",
    void="#1B1F24",
    axes=tuple(AxisStyle(c, d) for c, d in zip(_DARK_AXES, _DASHES, strict=True)),
    dark=True,
)


@lru_cache(maxsize=512)
def colour(name: str) -> QColor:
    """The QColor of "#rrggbb", kept for the next time."""
    return QColor(name)


def axis_pen(axis: AxisStyle, width: float, faded: bool = False) -> QPen:
    """A pen in the colour and pattern of `axis`, `width` pixels wide; an axis that goes is drawn dotted."""
    pen = QPen(colour(axis.colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    dash = (1.0, 1.5) if faded else axis.dash
    if dash:
        closer = 1.0 if width <= 3 else 0.6  # a broad line in its full pattern would be mostly gaps
        pen.setDashPattern([d * closer for d in dash])
    return pen


def style_of(theme: Theme, colour_map: str = "viridis", zoom: float = 1.0) -> Style:
    """The style of the stage in a theme of the window."""
    axes = tuple(AxisStyle(c.name(), tuple(axis_dash(k))) for k, c in enumerate(theme.axes))
    return Style(
        background=theme.background.name(),
        ink=theme.ink.name(),
        muted=theme.muted.name(),
        hairline=theme.line.name(),
        pale=theme.pale_cell.name(),
        pale_ink=theme.pale_ink.name(),
        chip=theme.panel.name(),
        hatch=theme.line.name(),
        void=theme.panel.name(),
        axes=axes,
        colour_map=colour_map,
        zoom=zoom,
        dark=theme.dark,
    )
