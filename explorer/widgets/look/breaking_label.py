"""A label for values of any length: names, numbers, code."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from explorer.widgets.faults.guard import guarded

BREAK = "\N{ZERO WIDTH SPACE}"
LEAST = 60  # pixels
SLACK = 4  # pixels


class BreakingLabel(QLabel):
    """Plain text that goes into any width: a word that is wider than the label goes on in the next line.

    What marks the places is nowhere seen: neither in `text()` nor in what is copied.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._text = ""
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - a label's
        """Show `text`."""
        self._text = text
        self._fit()

    def text(self) -> str:
        """What is shown."""
        return self._text

    def _fit(self) -> None:
        metrics, room = QFontMetrics(self.font()), self.contentsRect().width() - SLACK

        def broken(word: re.Match[str]) -> str:
            return BREAK.join(word[0]) if metrics.horizontalAdvance(word[0]) > room else word[0]

        shown = re.sub(r"\S+", broken, self._text)
        if shown != super().text():
            super().setText(shown)

    def copy(self) -> None:
        """What is selected, on the clipboard."""
        QGuiApplication.clipboard().setText(self.selectedText().replace(BREAK, ""))

    @guarded(QSize(LEAST, 20))
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), LEAST), least.height())

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self.copy()
        else:
            super().keyPressEvent(event)

    @guarded()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.hasSelectedText():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self.tr("Copy")).triggered.connect(self.copy)
            menu.popup(event.globalPos())
        else:
            event.ignore()
