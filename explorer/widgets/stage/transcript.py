"""The transcript: what was told, in words, to be read again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from explorer.messages import Message
from explorer.widgets.speech.announce import announce
from explorer.widgets.speech.words import say


class Transcript(QListWidget):
    """A list of captions. Each step is announced to a screen reader once, when it is reached."""

    step_requested = Signal(object)
    """The number of the caption that was chosen, from 0."""
    announced = Signal(object)
    """The words, each time that they are announced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAccessibleName(self.tr("Transcript"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.step_requested.emit(self.row(item)))

    def show_captions(self, captions: Sequence[Message | str]) -> None:
        """All captions of an animation, none of them reached yet."""
        self.clear()
        for caption in captions:
            self._append(caption)

    def reach(self, step: int) -> None:
        """Step number `step` is reached: mark its caption and announce it, once while it lasts."""
        if 0 <= step < self.count() and step != self.currentRow():
            self.setCurrentRow(step)
            self._announce(self.item(step).text())

    def add(self, caption: Message | str) -> None:
        """A caption that is reached now, after all others; one that stands last already is not repeated."""
        words = caption if isinstance(caption, str) else say(caption)
        if self.count() and self.item(self.count() - 1).text() == words:
            return
        self._append(words)
        self.setCurrentRow(self.count() - 1)
        self._announce(words)

    def _append(self, caption: Message | str) -> None:
        words = caption if isinstance(caption, str) else say(caption)
        item = QListWidgetItem(words)
        item.setToolTip(words)
        self.addItem(item)
        while self.count() > 1000:
            self.takeItem(0)

    def _announce(self, words: str) -> None:
        self.announced.emit(words)
        announce(self, words)
