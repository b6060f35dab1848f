"""The table model over one page of a tensor: windows of a source, exact texts, heat map colours; it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor

from explorer.errors import CellError, ExplorerError
from explorer.late import torch
from explorer.numbers import literals, values
from explorer.session.page import Page
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.colormap import ColourMap, colour_map, ink_on
from explorer.widgets.look.model_index import Index
from explorer.workspace import source

if TYPE_CHECKING:
    from explorer.workspace.source import Source

BLOCK = 64
KEPT = 64
Cell = tuple[int, ...]
NONE = QModelIndex()


class Knowledge(StrEnum):
    """What is known of the values: all, nothing as the memory is uninitialised, or nothing as there is no memory."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    SHAPE_ONLY = "shape only"


MISSING = QColor("#9e9e9e")  # NaN has no colour of the map
DOTS = {Knowledge.UNKNOWN: "?", Knowledge.SHAPE_ONLY: "·"}


class CellBlock:
    """The Python values of a few cells, table rows first, and their entries of the colour map, -1 for NaN."""

    def __init__(self, values: list[list[object]], entries: list[list[int]] | None) -> None:
        self.values = values
        self.entries = entries


class TensorModel(QAbstractTableModel):
    """One page of a tensor as a table. `setData` takes texts and asks for edits; values come from the next source."""

    edited = Signal(object)  # {cell: Python value}
    noted = Signal(object)  # Message: what a typed number becomes, before the change that is asked for
    refused = Signal(object)  # CellError, or the error of a source that could not be read

    def __init__(self, parent: QObject | None = None, colours: ColourMap | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self.state = Knowledge.KNOWN
        self.editable = True
        self.colours = colours or colour_map()
        self.levels: tuple[float, float] | None = None
        self._source: Source | None = None
        self._page = Page.first((0,))
        self._blocks: dict[tuple[int, int], CellBlock | None] = {}
        self._texts: ModuleType | None = None

    # what is shown

    def show_source(
        self,
        name: str,
        source: Source,
        page: Page,
        levels: tuple[float, float] | None = None,
        state: Knowledge = Knowledge.KNOWN,
        editable: bool = True,
    ) -> None:
        """Show `page` of `source`, coloured from `levels`; without them the cells are plain."""
        same = (page.row_range, page.column_range) == (self._page.row_range, self._page.column_range)
        keeps = same and self._source is not None
        if not keeps:
            self.beginResetModel()
        self.name, self._source, self._page = name, source, page
        self.levels, self.state = levels, state
        self.editable = editable and state is not Knowledge.SHAPE_ONLY
        if keeps:
            self.reread()
        else:
            self._blocks.clear()
            self.endResetModel()

    def reread(self) -> None:
        """Forget what was read: it may have been read while it was being written."""
        self._blocks.clear()
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    @property
    def page(self) -> Page:
        return self._page

    @property
    def dtype(self) -> torch.dtype:
        """The dtype of the tensor that is shown."""
        assert self._source is not None
        return self._source.dtype

    @property
    def shown(self) -> bool:
        """False until the first `show_source`."""
        return self._source is not None

    # values and texts

    def value(self, row: int, column: int) -> object:
        """The Python value of a table cell; None where it is not known."""
        if self.state is not Knowledge.KNOWN:
            return None
        block = self._block(row // BLOCK, column // BLOCK)
        return None if block is None else block.values[row % BLOCK][column % BLOCK]

    def exact(self, row: int, column: int) -> str:
        """The shortest text that stands for exactly this value; "" where it is not known."""
        value = self.value(row, column)
        return "" if value is None else str(self._words().show(value, self.dtype))

    def text(self, row: int, column: int) -> str:
        """The text to read in the cell."""
        value = self.value(row, column)
        if value is None:
            return DOTS.get(self.state, "!")
        width = 7 if isinstance(value, float) else 12
        return str(self._words().short(value, self.dtype, width)) or "…"

    def texts(self, rows: range, columns: range) -> list[list[str]]:
        """The exact texts of a rectangle of the table, read past the cache; raises what the source raises."""
        show = self._words().show
        return [[str(show(value, self.dtype)) for value in row] for row in self._read(rows, columns).tolist()]

    def parse(self, text: str) -> object:
        """The value that `text` stands for in this dtype; raises CellError."""
        return self._words().parse(text.strip(), self.dtype)

    def typed(self, text: str) -> object:
        """As `parse`, of what the user has typed to the end: says what the dtype makes of it, where that is another."""
        value = self.parse(text)
        for note in literals.of_number(text, self.dtype):
            self.noted.emit(note)
        return value

    def sentence(self, row: int, column: int) -> str:
        """ "A[0, 1] = 5", for people who hear the table and for the tool tip."""
        cell = ", ".join(map(str, self._page.cell(row, column)))
        place = f"{self.name}[{cell}]" if cell else self.name
        return f"{place} = {self.exact(row, column) or DOTS.get(self.state, '!')}"

    # the table

    @guarded(0)
    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() or not self.shown else len(self._page.row_range)

    @guarded(0)
    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() or not self.shown else len(self._page.column_range)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        answer = ANSWERS.get(role)
        return None if answer is None else answer(self, index.row(), index.column())

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal
        axis = self._page.columns if across else self._page.rows
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or axis is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        shown = self._page.column_range if across else self._page.row_range
        return str(shown[section]) if 0 <= section < len(shown) else ""

    @guarded(False)
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an edit; a text that was not changed asks for nothing, one that is no value is refused."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not self.editable:
            return False
        row, column, text = index.row(), index.column(), str(value)
        if text == self.exact(row, column):
            return True
        try:
            new = self.typed(text)
        except CellError as error:
            self.refused.emit(error)
            return False
        self.edited.emit({self._page.cell(row, column): new})
        return True

    # reading

    def _words(self) -> ModuleType:
        if self._texts is None:
            self._texts = values
        return self._texts

    def _read(self, rows: range, columns: range) -> Any:
        """A window, table rows first, (rows, columns)."""
        assert self._source is not None
        window = self._source.read(self._page.ranges(rows, columns))
        assert window is not None  # a tensor without memory is shown as State.SHAPE_ONLY
        down, across = self._page.rows, self._page.columns
        if down is not None and across is not None and down > across:
            return window.reshape(len(columns), len(rows)).T
        return window.reshape(len(rows), len(columns))

    def _block(self, down: int, across: int) -> CellBlock | None:
        key = down, across
        if key in self._blocks:
            block = self._blocks.pop(key)
        else:
            rows = range(down * BLOCK, min(down * BLOCK + BLOCK, len(self._page.row_range)))
            columns = range(across * BLOCK, min(across * BLOCK + BLOCK, len(self._page.column_range)))
            block = self._load(rows, columns)
        self._blocks[key] = block  # the newest is the last
        if len(self._blocks) > KEPT:
            del self._blocks[next(iter(self._blocks))]
        return block

    def _load(self, rows: range, columns: range) -> CellBlock | None:
        try:
            window = self._read(rows, columns)
        except (
            ExplorerError
        ) as error:  # a file that is gone: the cells say so, the reader is told once the paint is over
            QTimer.singleShot(0, self, partial(self.refused.emit, error))
            return None
        entries = None
        if self.levels is not None:
            numbers = np.asarray(source.floats(window), dtype=np.float64)
            entries = self.colours.entries(numbers, *self.levels).tolist()
        return CellBlock(window.tolist(), entries)

    def _entry(self, row: int, column: int) -> int | None:
        if self.state is not Knowledge.KNOWN:
            return None
        block = self._block(row // BLOCK, column // BLOCK)
        return None if block is None or block.entries is None else block.entries[row % BLOCK][column % BLOCK]

    def _background(self, row: int, column: int) -> QColor | None:
        entry = self._entry(row, column)
        return None if entry is None else MISSING if entry < 0 else self.colours.fills[entry]

    def _ink(self, row: int, column: int) -> QColor | None:
        entry = self._entry(row, column)
        return None if entry is None else ink_on(MISSING) if entry < 0 else self.colours.inks[entry]


ANSWERS: dict[int, Callable[[TensorModel, int, int], object]] = {
    Qt.ItemDataRole.DisplayRole: TensorModel.text,
    Qt.ItemDataRole.EditRole: TensorModel.exact,
    Qt.ItemDataRole.ToolTipRole: TensorModel.sentence,
    Qt.ItemDataRole.AccessibleTextRole: TensorModel.sentence,
    Qt.ItemDataRole.BackgroundRole: TensorModel._background,
    Qt.ItemDataRole.ForegroundRole: TensorModel._ink,
    Qt.ItemDataRole.TextAlignmentRole: lambda model, row, column: Qt.AlignmentFlag.AlignCenter,
}
