"""A label for sentences: one line where they fit, more where they do not."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from explorer.widgets.faults.guard import guarded


class Sentence(QLabel):
    """Wraps, and asks for the height of one line only: QLabel itself asks for as many as its narrowest form takes,
    which would keep a low window from being low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    @guarded(QSize(100, 20))
    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 8
        return QSize(width, self.fontMetrics().height() + 4)

    @guarded(QSize(80, 20))
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().height() + 4)
