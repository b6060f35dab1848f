"""The stage as a table, for screen readers and for those who want to read the numbers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from explorer.animation.frame import Frame
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.looks import mono
from explorer.widgets.stage.twin_model import TwinModel, TwinTensor, of_frame

NAMES = 120  # pixels: longer names of rows are cut, so that cells have room beside them
_FITTED = 24  # columns: with more of them, measuring their texts takes too long


class TableTwin(QTableView):
    """Shows, read-only, the same cells as the painted stage; each says its index and its value: "A[0, 0] = 0"."""

    cell_focused = Signal(object, object)
    """(tensor, flat) that the user went to."""
    cell_activated = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("table_twin")
        self.setAccessibleName(self.tr("Table of the stage"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFont(mono(self.font()))
        self.setShowGrid(True)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setMinimumSectionSize(self.fontMetrics().horizontalAdvance("-0000"))
        self.horizontalHeader().setDefaultSectionSize(self.fontMetrics().horizontalAdvance("-00000.0000"))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.verticalHeader().setMaximumWidth(NAMES)
        self._exact: Callable[[int, int], str] | None = None
        self._quiet = False
        self._twin = TwinModel(self)
        self.setModel(self._twin)
        self.selectionModel().currentChanged.connect(self._went)
        self.activated.connect(self._activated)

    def set_value_text(self, exact: Callable[[int, int], str] | None) -> None:
        """Where the exact text of a cell comes from: called with (tensor, flat), when the cell is read."""
        self._exact = exact

    def show_frame(self, frame: Frame) -> None:
        """The tensors on the stage, with the values of that moment; only the cells that the stage shows."""
        self.show_tensors(of_frame(frame, self._exact))
        if frame.focus:
            self.show_focus(*frame.focus[0])

    def show_tensors(self, tensors: Sequence[TwinTensor]) -> None:
        """Tensors of any size, one below the other, read in windows."""
        self._quiet = True
        try:
            self._twin.set_tensors(tensors)
        finally:
            self._quiet = False
        if self._twin.columnCount() <= _FITTED:
            self.resizeColumnsToContents()
        self.setAccessibleDescription(self.hidden())

    def show_focus(self, tensor: int, flat: int) -> None:
        """Go to the focused cell, without a signal."""
        index = self._twin.place_of(tensor, flat)
        if index.isValid() and index != self.currentIndex():
            self._quiet = True
            try:
                self.setCurrentIndex(index)
            finally:
                self._quiet = False

    def show_start(self) -> None:
        """Go to the first cell, without a signal; not where the user is at another one already."""
        if not self.currentIndex().isValid():
            self._quiet = True
            try:
                self.setCurrentIndex(self._twin.index(0, 0))
            finally:
                self._quiet = False
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)

    def hidden(self) -> str:
        """What is cut off, in the user's language, or ""."""
        rows, columns = self._twin.hidden
        if not rows and not columns:
            return ""
        return self.tr("{rows} rows and {columns} columns more are not in this table.").format(
            rows=rows, columns=columns
        )

    def _went(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self._tell(index, self.cell_focused)

    def _activated(self, index: QModelIndex) -> None:
        self._tell(index, self.cell_activated)

    def _tell(self, index: QModelIndex, signal: object) -> None:
        found = self._twin.at(index.row(), index.column()) if index.isValid() else None
        if found is not None:
            tensor, line = found
            signal.emit(tensor.place, tensor.flat(line, index.column()))  # type: ignore[attr-defined]

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activated(self.currentIndex())
        else:
            super().keyPressEvent(event)
