"""The wheel in a column that scrolls: it turns the column, not what happens to be under the pointer."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

from explorer.widgets.faults.guard import guarded


class WheelKeeper(QObject):
    """Lists and spin boxes in the widgets that it keeps take the wheel only with the keyboard."""

    def keep(self, part: QWidget) -> None:
        """Keep all that `part` holds."""
        for kind in (QComboBox, QAbstractSpinBox):
            for box in part.findChildren(kind):
                box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel alone would give it the keyboard
                box.installEventFilter(self)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()  # so that it goes on to the column
            return True
        return False
