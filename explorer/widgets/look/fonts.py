"""The fonts of numbers and of words, first what most systems have."""

from functools import lru_cache

from PySide6.QtGui import QFont

MONO = (
    "DejaVu Sans Mono",
    "Menlo",
    "Consolas",
    "Cascadia Mono",
    "Liberation Mono",
    "WenQuanYi Micro Hei Mono",
    "monospace",
)
SANS = (
    "DejaVu Sans",
    "Segoe UI",
    "Helvetica Neue",
    "WenQuanYi Micro Hei",
    "Noto Sans CJK SC",
    "PingFang SC",
    "sans-serif",
)


@lru_cache(maxsize=256)
def font(families: tuple[str, ...], pixels: float, weight: int = 400) -> QFont:
    """A font of `pixels` height (to the nearest half pixel), kept for the next time."""
    made = QFont()
    made.setFamilies(list(families))
    made.setPixelSize(max(1, round(pixels)))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
