"""Texts at a place, fast: laid out once, kept, and drawn as often as a frame needs them."""

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QStaticText, QTransform

from explorer.widgets.look.fonts import font

_UNIT = 64.0
MOST = 5120
"""Texts that are kept, at 1.5 kB each: the numbers of the most cells that a picture has, and what stands around."""


@lru_cache(maxsize=MOST)
def width_of(text: str, families: tuple[str, ...], weight: int = 400) -> float:
    """The width of `text` in a font of one pixel."""
    return QFontMetricsF(font(families, _UNIT, weight)).horizontalAdvance(text) / _UNIT


LaidOut = tuple[QStaticText, float, float, float]


@lru_cache(maxsize=MOST)
def laid_out(text: str, families: tuple[str, ...], pixels: int, weight: int) -> LaidOut:
    """The text laid out, its width, its ascent and the height of its capitals, in pixels."""
    face = font(families, pixels, weight)
    metrics = QFontMetricsF(face)
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(QTransform(), face)
    return made, metrics.horizontalAdvance(text), metrics.ascent(), metrics.capHeight()


def draw(
    painter: QPainter,
    place: QPointF,
    text: str,
    families: tuple[str, ...],
    pixels: float,
    ink: QColor,
    weight: int = 400,
    align: str = "center",
) -> float:
    """Draw `text` with the middle of its capitals at the height of `place`; the width in pixels."""
    size = max(1, round(pixels))
    made, width, ascent, cap = laid_out(text, families, size, weight)
    painter.setFont(font(families, size, weight))
    painter.setPen(ink)
    left = place.x() - (width / 2 if align == "center" else width if align == "right" else 0.0)
    painter.drawStaticText(QPointF(left, place.y() + cap / 2 - ascent), made)
    return width


def elided(text: str, families: tuple[str, ...], pixels: float, width: float, weight: int = 400) -> str:
    """`text`, cut with … where it is wider than `width` pixels."""
    metrics = QFontMetricsF(font(families, pixels, weight))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
