"""Words for a screen reader that has its attention elsewhere."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def announce(source: QObject, words: str) -> None:
    """Have `words` read once, when what is being read has ended; nothing happens where no reader listens."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, words))


def alert(source: QWidget, words: str) -> None:
    """Have `words` read at once, and `source` known as something that calls for attention."""
    if not QAccessible.isActive():
        return
    QAccessible.updateAccessibility(QAccessibleEvent(source, QAccessible.Event.Alert))
    event = QAccessibleAnnouncementEvent(source, words)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
