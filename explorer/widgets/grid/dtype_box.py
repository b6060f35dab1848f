"""The dtype of the tensor in the editor, where another one is chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from explorer.numbers import dtype_names
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.drop_down import DropDown


class DtypeBox(DropDown):
    """All dtypes, common ones first; Enter confirms what is chosen, Esc takes it back."""

    confirmed = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems(list(dtype_names.COMMON))
        self.insertSeparator(self.count())
        self.addItems(list(dtype_names.OTHERS))

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
