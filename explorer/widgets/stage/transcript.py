"""The transcript: what was told, in words, to be read again."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from explorer.messages import Message
from explorer.widgets.faults.guard import guarded
from explorer.widgets.speech.announce import announce
from explorer.widgets.speech.sentences import say

_PADDING = 14  # pixels around the words of a caption


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
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
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
        self._heighten(item)
        while self.count() > 1000:
            self.takeItem(0)

    def _heighten(self, item: QListWidgetItem) -> None:
        """Room for all of its words: with a style sheet Qt reckons without the padding and cuts the last line off."""
        wide = QRect(0, 0, max(self.viewport().width() - 2 * _PADDING, 60), 1 << 16)
        words = self.fontMetrics().boundingRect(wide, Qt.TextFlag.TextWordWrap, item.text())
        hint = words.size()
        hint.setHeight(hint.height() + _PADDING)
        item.setSizeHint(hint)

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in range(self.count()):
            self._heighten(self.item(row))

    def _announce(self, words: str) -> None:
        self.announced.emit(words)
        announce(self, words)
