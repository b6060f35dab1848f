"""A field of the draft line, and what Enter and Escape do in all of them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.widgets.faults.guard import guarded


class TypedField(QLineEdit):
    """Enter accepts what was typed, and with nothing new typed asks for a run; Escape withdraws what is no value."""

    run_requested = Signal()
    withdrawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fresh = False
        self.textEdited.connect(self._type)

    def _type(self) -> None:
        self._fresh = True

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(event.isAutoRepeat())
        elif event.key() == Qt.Key.Key_Escape:
            self.withdrawn.emit()
        else:
            super().keyPressEvent(event)

    def _enter(self, held: bool) -> None:
        if self._fresh:
            self._fresh = False
            self.selectAll()  # the sign that it was taken
        elif not held:
            self.run_requested.emit()
