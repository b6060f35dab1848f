"""The colours, patterns and fonts of the stage, as the theme gives them."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from explorer.widgets.look.fonts import MONO, SANS
from explorer.widgets.look.theme import Theme, axis_dash, load


@dataclass(frozen=True)
class AxisStyle:
    """How an axis is told from the others: a colour, and a line pattern in pen widths (empty = solid)."""

    colour: str
    dash: tuple[float, ...]


@dataclass(frozen=True)
class Style:
    """What the painter needs to know of the theme. Colours are "#rrggbb"."""

    background: str
    ink: str
    muted: str
    hairline: str
    pale: str
    pale_ink: str
    chip: str
    hatch: str
    void: str
    wrong: str
    axes: tuple[AxisStyle, ...]
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
        wrong=theme.error.name(),
        axes=axes,
        colour_map=colour_map,
        zoom=zoom,
        dark=theme.dark,
    )


LIGHT, DARK = style_of(load("light")), style_of(load("dark"))
