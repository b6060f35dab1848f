"""All dtypes of this torch as rows; everything in them comes from torch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont

from explorer.engine import DeviceInfo
from explorer.messages import QT_TRANSLATE_NOOP
from explorer.numbers.dtypes import DTypeKind, Facts
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.model_index import Index

SORT = Qt.ItemDataRole.UserRole
NONE = "\N{EN DASH}"
NUMBERS = range(2, 8)
"""The columns of numbers; classes come after them."""
DEVICES = 10
"""The first column of a device."""
_NO_INDEX = QModelIndex()
_KINDS = {
    DTypeKind.BOOL: QT_TRANSLATE_NOOP("DTypeModel", "True or False"),
    DTypeKind.UNSIGNED: QT_TRANSLATE_NOOP("DTypeModel", "whole, no sign"),
    DTypeKind.SIGNED: QT_TRANSLATE_NOOP("DTypeModel", "whole, signed"),
    DTypeKind.FLOAT: QT_TRANSLATE_NOOP("DTypeModel", "float"),
    DTypeKind.COMPLEX: QT_TRANSLATE_NOOP("DTypeModel", "complex"),
    DTypeKind.SPECIAL: QT_TRANSLATE_NOOP("DTypeModel", "a name only"),
}


@dataclass(frozen=True)
class Column:
    """A column: its title, what it takes of a dtype, and what the title means."""

    title: str
    value: Callable[[Facts], Any]
    tip: str


def number_text(value: Any) -> str:
    """A number as a table has room for it; whole ones in full."""
    if value is None:
        return NONE
    return f"{value:.6g}" if isinstance(value, float) else str(value)


class DTypeModel(QAbstractTableModel):
    """A row for each dtype; the row of `current`, the dtype of the current tensor, is marked."""

    def __init__(self, rows: Sequence[Facts], devices: Sequence[DeviceInfo], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = tuple(rows)
        self._current: Any = None
        self.columns = (
            Column("dtype", lambda f: f.name, self.tr("The name in torch")),
            Column(self.tr("kind"), lambda f: f.kind, self.tr("What it holds")),
            Column(self.tr("bytes"), lambda f: f.nbytes, self.tr("Memory of one cell")),
            Column(self.tr("lowest"), lambda f: f.low, self.tr("The lowest number; of complex ones, of each part")),
            Column(self.tr("largest"), lambda f: f.high, self.tr("The largest number; of complex ones, of each part")),
            Column(
                self.tr("step at 1"), lambda f: f.step, self.tr("From 1 to the next larger number; half of it is lost")
            ),
            Column(
                self.tr("smallest normal"),
                lambda f: f.normal,
                self.tr("The smallest positive number that has all bits of its mantissa"),
            ),
            Column(self.tr("smallest"), lambda f: f.smallest, self.tr("The smallest positive number of all")),
            Column(self.tr("CPU class"), lambda f: f.cpu_class, self.tr("The class of old code that torch still has")),
            Column(self.tr("GPU class"), lambda f: f.cuda_class, self.tr("The class of old code that torch still has")),
            *(
                Column(device.name, self._taken_by(device), self.tr("Whether this device makes and fills a tensor"))
                for device in devices
            ),
        )

    @staticmethod
    def _taken_by(device: DeviceInfo) -> Callable[[Facts], bool]:
        return lambda facts: facts.dtype in device.dtypes

    def set_current(self, dtype: Any) -> int:
        """Mark the row of `dtype` (None for none); the row, or -1."""
        self._current = dtype
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        return next((k for k, row in enumerate(self.rows) if row.dtype == dtype), -1)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        value = self.columns[column].value(self.rows[row])
        if isinstance(value, DTypeKind):
            return QCoreApplication.translate("DTypeModel", _KINDS[value])
        if column >= DEVICES:
            return self.tr("yes") if value else NONE
        marked = column == 0 and self.rows[row].dtype == self._current
        return f"\N{BLACK RIGHT-POINTING POINTER} {value}" if marked else number_text(value)

    @guarded(0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @guarded(0)
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == SORT:
            return self._rank(row, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            value = self.columns[column].value(self.rows[row])
            exact = repr(value) if isinstance(value, float) else self.text(row, column)
            return f"{self.rows[row].name}, {self.columns[column].title}: {exact}"
        if role == Qt.ItemDataRole.FontRole and self.rows[row].dtype == self._current:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole and column in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _rank(self, row: int, column: int) -> object:
        """By what a column is sorted: numbers by size, missing ones first, kinds from low to high."""
        value = self.columns[column].value(self.rows[row])
        if isinstance(value, DTypeKind):
            return list(DTypeKind).index(value)
        if value is None:
            return float("-inf") if column in NUMBERS else ""
        return float(value) if isinstance(value, bool | int | float) else value

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].title
        return self.columns[section].tip if role == Qt.ItemDataRole.ToolTipRole else None
