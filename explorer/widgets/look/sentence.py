"""A label for sentences: one line where they fit, more where they do not."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme


class Sentence(QLabel):
    """Wraps, and asks for the height of one line only: QLabel itself asks for as many as its narrowest form takes,
    which would keep a low window from being low.

    Its text can be selected with the mouse while the keyboard stays where it was; `copy_selected` copies it from there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for other in self.window().findChildren(Sentence):
            if other is not self and other.hasSelectedText():
                other.setSelection(0, 0)
        super().mousePressEvent(event)

    @guarded(QSize(100, 20))
    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 8
        return QSize(width, self.fontMetrics().height() + 4)

    @guarded(QSize(80, 20))
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().height() + 4)


def sentence(name: str, role: str = "") -> Sentence:
    """A sentence with an object name and a role of the style sheet."""
    label = Sentence()
    label.setObjectName(name)
    if role:
        theme.role(label, role)
    return label


def copy_selected(window: QWidget) -> None:
    """The text that is selected in a sentence of `window`, on the clipboard."""
    for sentence in window.findChildren(Sentence):
        if sentence.hasSelectedText():
            QGuiApplication.clipboard().setText(sentence.selectedText())
