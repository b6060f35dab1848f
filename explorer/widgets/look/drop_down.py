"""A combo box whose list shows its entries whole."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStyle, QWidget

from explorer.widgets.faults.guard import guarded

MOST = 24  # entries before the list is scrolled


class DropDown(QComboBox):
    """The list hangs below the box, and is wider where an entry is: Qt itself would cut it to the width of the box."""

    opening = Signal()
    """The list is about to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MOST)

    @guarded()
    def showPopup(self) -> None:  # noqa: N802 - Qt calls it
        self.opening.emit()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) if self.count() > MOST else 0
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 2 * self.view().frameWidth() + bar)
        super().showPopup()
