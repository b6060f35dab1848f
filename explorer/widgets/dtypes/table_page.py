"""The table of all dtypes, as a page."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTableView, QVBoxLayout, QWidget

from explorer.engine import DeviceInfo
from explorer.numbers.dtype_names import name_of
from explorer.numbers.dtypes import Facts
from explorer.widgets.dtypes.table_model import DEVICES, NUMBERS, SORT, DTypeModel
from explorer.widgets.look import theme
from explorer.widgets.look.looks import mono
from explorer.widgets.look.sentence import Sentence


class TablePage(QWidget):
    """Sortable by every column; the row of the current tensor's dtype is marked and scrolled to."""

    def __init__(self, rows: Sequence[Facts], devices: Sequence[DeviceInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = DTypeModel(rows, devices, self)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT)
        self.table = QTableView()
        self.table.setObjectName("dtype_table")
        self.table.setAccessibleName(self.tr("All dtypes of this torch"))
        self.table.setModel(self.sorted)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # as they come: by kind and size
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setFont(mono(self.font(), 0.95))
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        self.table.resizeColumnsToContents()
        header = self.table.horizontalHeader()  # the classes before the numbers, where they are seen without scrolling
        for place, column in enumerate(range(NUMBERS.stop, DEVICES), NUMBERS.start + 1):
            header.moveSection(header.visualIndex(column), place)
        self.current = Sentence()
        self.current.setObjectName("dtype_current")
        theme.role(self.current, "strong")
        note = QLabel(self.tr("All of this was asked of the torch that runs here. A dash: torch has none."))
        theme.role(note, "muted")
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.current)
        layout.addWidget(self.table, 1)
        layout.addWidget(note)
        self.show_current("", None)

    def show_current(self, name: str, dtype: Any) -> None:
        """Mark the dtype of the tensor `name`; None for none."""
        row = self.model.set_current(dtype)
        self.current.setVisible(row >= 0)
        if row < 0:
            self.table.clearSelection()
            return
        self.current.setText(self.tr("{name} is {dtype}.").format(name=name, dtype=name_of(dtype)))
        place = self.sorted.mapFromSource(self.model.index(row, 0))
        self.table.setCurrentIndex(place)
        self.table.scrollTo(place)
