"""The text of typed values. A long text that is pasted is kept aside: an editor takes seconds to lay out megabytes."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from explorer.widgets.faults.guard import guarded

LONG = 20_000
"""Characters up to which a text is edited as usual."""

SHOWN = 1_000


class ValuesEdit(QPlainTextEdit):
    """A text of any length: of a long one the beginning is shown, and it is replaced or cleared as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: str | None = None

    @property
    def content(self) -> str:
        """The whole text."""
        return self.toPlainText() if self._held is None else self._held

    @property
    def held(self) -> bool:
        """Whether only the beginning is shown."""
        return self._held is not None

    def show_content(self, text: str) -> None:
        """Another text for all of it."""
        self._held = text if len(text) > LONG else None
        self.setReadOnly(self._held is not None)
        self.setPlainText(text if self._held is None else f"{text[:SHOWN]} …")

    @guarded(None)
    def insertFromMimeData(self, source: QMimeData) -> None:
        text, own, cursor = source.text(), self.toPlainText(), self.textCursor()
        if self._held is not None:
            self.show_content(text)
        elif len(text) + len(own) <= LONG:
            super().insertFromMimeData(source)
        else:
            self.show_content(own[: cursor.selectionStart()] + text + own[cursor.selectionEnd() :])

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._held is None:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.show_content(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) or event.matches(QKeySequence.StandardKey.Cut):
            self.show_content("")
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._held)
        else:
            super().keyPressEvent(event)
