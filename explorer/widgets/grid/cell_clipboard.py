"""Cells copied for a spreadsheet, and texts pasted into cells."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from explorer.errors import ExplorerError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers.cell_text import together
from explorer.session.page import Page
from explorer.widgets.background_read import Newest, Read
from explorer.widgets.grid import clipboard
from explorer.widgets.grid.grid_selection import GridSelection
from explorer.widgets.grid.grid_table import GridTable
from explorer.widgets.grid.tensor_model import Knowledge, TensorModel

MANY = 65_536
"""Most cells that one edit or one copy may hold; a selection of more is asked for as one fill."""

OVERTAKEN = QT_TRANSLATE_NOOP("notes", "Nothing was pasted: {name} was changed or left while the text was read.")
REPLACED = QT_TRANSLATE_NOOP("notes", "Only the text that was pasted last is read.")

Cell = tuple[int, ...]


class CellClipboard(QObject):
    """Copies the selected cells of a table, and asks for what a pasted text means there."""

    edited = Signal(object)  # {cell: Python value}
    pasted = Signal(object, object)  # ranges, one for each axis, and a tensor of their values
    filled = Signal(object, object)  # a Python value, and the GridSelection that it is for
    noted = Signal(object)  # Message
    said = Signal(str)  # a word beside the cells, "" for none
    refused = Signal(object)  # ExplorerError

    def __init__(self, table: GridTable, model: TensorModel, read: Read) -> None:
        super().__init__(table)
        self._table, self._model, self._pastes = table, model, Newest(read)

    @property
    def _selection(self) -> GridSelection:
        return GridSelection(self._table, self._model.page)

    def copy(self) -> None:
        """The selected rectangle, exact, as lines of cells parted by tabs."""
        selection = self._selection
        if not selection or self._model.state is not Knowledge.KNOWN:
            return
        rows, columns = selection.bounds
        count = len(rows) * len(columns)
        if count > MANY:
            self.refused.emit(clipboard.too_many(count, MANY))
            return
        try:
            clipboard.put(self._model.texts(rows, columns))
        except ExplorerError as error:
            self.refused.emit(error)
            return
        self.said.emit(self.tr("{count} cells copied.").format(count=count))

    def paste(self) -> None:
        """Ask for the block on the clipboard, its first cell on the first selected one."""
        self.paste_text(clipboard.text())

    def paste_text(self, text: str) -> None:
        """Ask for the block that `text` stands for; one value goes into every selected cell. All of it or nothing.

        While it is read, what the user changes or leaves drops it.
        """
        selection, page, dtype = self._selection, self._model.page, self._model.dtype
        if not selection or not self._model.editable:
            return
        before = (Message("notes", REPLACED),) if self._pastes.drop() else ()
        self.said.emit(self.tr("Reading what was pasted …"))
        corner = selection.corner

        def answer(found: clipboard.Pasted | ExplorerError) -> None:
            self.said.emit("")
            self._take(found, selection, page, before)

        self._pastes.ask(lambda step: clipboard.read(text, page, corner, dtype, step), answer)

    def drop(self) -> None:
        """What is being read is no longer wanted."""
        if self._pastes.drop():
            self.said.emit("")
            self.noted.emit(Message("notes", OVERTAKEN, {"name": self._model.name}))

    def _take(
        self,
        found: clipboard.Pasted | ExplorerError,
        selection: GridSelection,
        page: Page,
        before: tuple[Message, ...],
    ) -> None:
        """Ask for what a pasted text means; `before` is what else is to be said."""
        if isinstance(found, ExplorerError):
            self.refused.emit(found)
            return
        if before or found.notes:
            self.noted.emit(together([*before, *found.notes]))
        if found.cells is not None:
            cells = list(found.cells)
            self.edited.emit(found.cells)
            self._mark(page, cells[0], cells[-1])
        elif found.block is not None:
            self.pasted.emit(found.ranges, found.block)
            self._mark(page, tuple(r.start for r in found.ranges), tuple(r.stop - 1 for r in found.ranges))
        else:
            self.filled.emit(found.value, selection)

    def _mark(self, page: Page, one: Cell, other: Cell) -> None:
        """Select what was pasted, as far as it is on this page."""
        model, selected = self._model, QItemSelectionModel.SelectionFlag.ClearAndSelect
        (top, left), (bottom, right) = page.place(one), page.place(other)
        bottom, right = min(bottom, model.rowCount() - 1), min(right, model.columnCount() - 1)
        first, last = model.index(top, left), model.index(bottom, right)
        if first.isValid() and last.isValid():
            self._table.selectionModel().select(QItemSelection(first, last), selected)
