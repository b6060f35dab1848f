"""An axis in words: its number and its size, `axis 0: 3`, and `axis 1: 1 → 4` where it changes."""

from PySide6.QtCore import QCoreApplication

from explorer.messages import QT_TRANSLATE_NOOP, Message

SIZED = QT_TRANSLATE_NOOP("AxisWords", "axis {number}: {size}")
TAKEN = QT_TRANSLATE_NOOP("AxisWords", "axis {number} at {size}")
NEW = QT_TRANSLATE_NOOP("AxisWords", "new axis {number}")

_SIZE = "\0"


def axis_words(template: str, number: str, size: str) -> tuple[str, str, str]:
    """What stands before the size, the size, and what stands behind it, in the user's language. `template`: one of
    those above."""
    words = Message("AxisWords", template, {"number": number, "size": _SIZE}).text(QCoreApplication.translate)
    before, place, after = words.partition(_SIZE)
    return before, size if place else "", after
