"""The grid editor: the cells of one tensor, page by page, to be read, typed over, pasted into, and given another form.

It is given a source and asks for changes; it changes nothing itself. After a change it is given the next source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.animation.axes import AxisId
from explorer.errors import CellError, ExplorerError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import dtype_names, shape_text
from explorer.numbers.cell_text import shown
from explorer.session.page import Page
from explorer.widgets.background_read import Read, read_here
from explorer.widgets.grid.cell_clipboard import MANY, CellClipboard
from explorer.widgets.grid.cell_columns import fit_columns
from explorer.widgets.grid.cell_line import CellLine
from explorer.widgets.grid.dtype_box import DtypeBox
from explorer.widgets.grid.empty_page import EmptyPage, comma
from explorer.widgets.grid.grid_actions import GridActions
from explorer.widgets.grid.grid_selection import GridSelection
from explorer.widgets.grid.grid_strips import ConvertStrip, EditStrip, FillStrip, ShapeStrip
from explorer.widgets.grid.grid_table import GridTable
from explorer.widgets.grid.page_selector import PageSelector
from explorer.widgets.grid.tensor_model import Knowledge, TensorModel
from explorer.widgets.look import looks
from explorer.widgets.look.colormap import ColourMap
from explorer.widgets.speech.sentences import say
from explorer.workspace.resize import Delete, Insert
from explorer.workspace.source import outline

if TYPE_CHECKING:
    from explorer.workspace.source import Source

Cell = tuple[int, ...]


class GridEditor(QWidget):
    """Shows windows of a source and asks for edits; see the signals for what each one carries."""

    edited = Signal(object)  # {cell: Python value}
    filled = Signal(object, object)  # ranges, one for each axis, and the Python value for all their cells
    pasted = Signal(object, object)  # ranges, one for each axis, and a tensor of their values
    reshaped = Signal(object)  # the new shape; as many elements as before
    resized = Signal(object)  # reform.Insert, Delete or Resize
    converted = Signal(object)  # torch.dtype
    losses_wanted = Signal(object)  # torch.dtype; to be answered by show_losses
    closed = Signal()
    cell_focused = Signal(object)  # the index of the current cell
    refused = Signal(object)  # the ExplorerError that is shown beside the cell
    noted = Signal(object)  # Message: what was decided on the way to the change that is asked for next, if one is

    def __init__(self, parent: QWidget | None = None, colours: ColourMap | None = None, read: Read = read_here) -> None:
        """`read` does what takes long, such as reading what is pasted."""
        super().__init__(parent)
        self.setObjectName("grid_editor")
        self.setAccessibleName(self.tr("Grid editor"))
        self._identities: tuple[AxisId, ...] = ()
        self._source: Source | None = None
        self.model = TensorModel(self, colours)
        self.table = GridTable(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Cells"))
        self.selector = PageSelector(self)
        self.heading = QLabel(self)
        self.heading.setObjectName("grid_heading")
        self.heading.setFont(looks.mono(self.font(), 1.3, bold=True))
        self.dtype = DtypeBox(self)
        self.dtype.setObjectName("grid_dtype")
        self.dtype.setAccessibleName(self.tr("dtype"))
        self.dtype.setMaximumWidth(150)
        self.dtype.setToolTip(self.tr("Convert to another dtype"))
        self.shape_strip, self.fill_strip, self.convert_strip = ShapeStrip(self), FillStrip(self), ConvertStrip(self)
        self._strips: tuple[EditStrip, ...] = (self.shape_strip, self.fill_strip, self.convert_strip)
        self.empty = EmptyPage(self)
        self.line = CellLine(self)
        self.clipboard = CellClipboard(self.table, self.model, read)
        self.done = QPushButton(self.tr("&Done"), self)
        self.done.setObjectName("grid_done")
        self.done.setToolTip(self.tr("Back to the stage (Esc)"))
        works: dict[str, Callable[[], None]] = {
            "row_insert": lambda: self._insert(self.model.page.rows),
            "row_insert_before": lambda: self._insert(self.model.page.rows, False),
            "row_delete": lambda: self._delete(self.model.page.rows),
            "column_insert": lambda: self._insert(self.model.page.columns),
            "column_insert_before": lambda: self._insert(self.model.page.columns, False),
            "column_delete": lambda: self._delete(self.model.page.columns),
            "shape": self.ask_shape,
            "fill": self.ask_fill,
            "clear": self.clear,
            "copy": self.clipboard.copy,
            "paste": self.clipboard.paste,
            "go": self.line.seek,
            "done": self.closed.emit,
        }
        self.actions_ = GridActions(self, self.table.actions_menu, works)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.heading)
        top.addWidget(self.selector, 1)
        top.addWidget(self.dtype)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(top)
        tools = QHBoxLayout()
        tools.addWidget(self.actions_.bar, 1)
        tools.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(tools)
        for strip in self._strips:
            column.addWidget(strip)
        column.addWidget(self.stack, 1)
        column.addWidget(self.line)
        self.setFocusProxy(self.table)
        chain = (self.table, self.line.address, self.selector, self.dtype, self.done, *self.actions_.buttons)
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.model.edited.connect(self._ask_edit)
        self.model.refused.connect(self.show_error)
        self.model.noted.connect(self.noted)
        for request in (self.edited, self.filled, self.reshaped, self.resized, self.converted, self.closed):
            request.connect(self.clipboard.drop)
        self.clipboard.edited.connect(self._ask_edit)
        self.clipboard.pasted.connect(self._ask_paste)
        self.clipboard.filled.connect(self._fill)
        self.clipboard.noted.connect(self.noted)
        self.clipboard.said.connect(self.line.say)
        self.clipboard.refused.connect(self.show_error)
        table = self.table
        table.delegate.objected.connect(self._object)
        table.delegate.block_pasted.connect(self.clipboard.paste)
        table.turned.connect(lambda pages: self._show_page(self.model.page.turned(pages)))
        table.cleared.connect(self.clear)
        table.copied.connect(self.clipboard.copy)
        table.pasted.connect(self.clipboard.paste)
        table.closed.connect(self.closed)
        table.entered.connect(self._tell)
        self.selector.page_wanted.connect(self._show_page)
        self.dtype.activated.connect(self._ask_dtype)
        strip = self.convert_strip
        self.dtype.confirmed.connect(lambda: strip.act() if strip.isVisible() else None)
        self.dtype.dropped.connect(lambda: strip.dismiss() if strip.isVisible() else self.closed.emit())
        self.done.clicked.connect(self.closed)
        table.delegate.closeEditor.connect(lambda: self._object(None))
        self.line.wanted.connect(self._go)
        self.shape_strip.reshaped.connect(self.reshaped)
        self.shape_strip.resized.connect(self.resized)
        self.fill_strip.chosen.connect(self._fill)
        self.convert_strip.converted.connect(self.converted)
        for each in self._strips:
            each.dismissed.connect(self._back)

    # given values

    def show_source(
        self,
        name: str,
        source: Source,
        levels: tuple[float, float] | None = None,
        identities: Sequence[AxisId] = (),
        state: Knowledge = Knowledge.KNOWN,
        effect: Message | None = None,
    ) -> None:
        """Show the tensor `name` through `source`; page, current cell and selection stay where they still exist.

        `levels` are the finite values of the first and last colour; while they are None, a tensor that was shown before
        keeps those that it had, and another one has plain cells. `state` says whether there are values at all; `effect`
        is what an edit does, which stands beside the cell while nothing else does.
        """
        current, same = self.current_cell(), name == self.model.name and self.model.shown
        if not same or (tuple(source.shape), source.dtype) != (self.model.page.shape, self.model.dtype):
            self.clipboard.drop()
        page = self.model.page.fitted(tuple(source.shape)) if same else Page.first(tuple(source.shape))
        self._identities = tuple(identities) or tuple(AxisId(axis) for axis in range(len(source.shape)))
        self._source = source
        if levels is None and same and state is Knowledge.KNOWN:
            levels = self.model.levels
        self.model.show_source(name, source, page, levels, state)
        self._refresh()
        self.heading.setText(name)
        self.dtype.setCurrentText(dtype_names.name_of(source.dtype))
        for strip in self._strips:
            strip.hide()
        self.line.rest = say(effect) if effect is not None else ""
        if state is Knowledge.SHAPE_ONLY:
            self.line.rest = self.tr(
                "On meta there is a shape and no memory: each dot stands for a value that is not there."
            )
        elif state is Knowledge.UNKNOWN:
            self.line.rest = self.tr("Uninitialised memory: the values are whatever was there. Type one to set it.")
        self.line.say("")
        fits = current is not None and len(current) == len(page.shape)
        self._select(tuple(min(i, n - 1) for i, n in zip(current or (), page.shape, strict=True)) if fits else None)

    def let_go(self) -> None:
        """Drop what was being pasted, and hold no memory; the place in the tensor is kept for the next time."""
        self.clipboard.drop()
        if self._source is not None:
            self._source = outline(self._source)
            self.model.show_source(
                self.model.name, self._source, self.model.page, self.model.levels, Knowledge.SHAPE_ONLY
            )

    def show_error(self, error: ExplorerError) -> None:
        """Show why a change was refused, beside the cell where it was asked for."""
        self.table.say(self.line.show_error(error))
        self.refused.emit(error)

    def show_losses(self, dtype: torch.dtype, count: int) -> None:
        """Answer `losses_wanted`: `count` values would not be the same number in `dtype`."""
        total = 1
        for size in self.model.page.shape:
            total *= size
        self.convert_strip.show_losses(dtype, count, total)

    def show_colours(self, colours: ColourMap) -> None:
        """Colour the cells by another map."""
        self.model.colours = colours
        self._show_page(self.model.page)

    # where we are

    def current_cell(self) -> Cell | None:
        """The index of the current cell in the tensor; None where there is none."""
        index = self.table.currentIndex()
        return self.model.page.cell(index.row(), index.column()) if index.isValid() else None

    def focus_cell(self, cell: Cell) -> None:
        """Go to `cell`, on whatever page it is. Raises IndexError for one that is not there."""
        page = self.model.page
        if len(cell) != len(page.shape) or not all(0 <= i < n for i, n in zip(cell, page.shape, strict=True)):
            raise IndexError(f"{cell} of {page.shape}")
        if not all(
            i in page.shown(axis) if axis in (page.rows, page.columns) else i == page.index[axis]
            for axis, i in enumerate(cell)
        ):
            self._show_page(page.to(cell))
        self._select(cell)
        self.table.setFocus()

    def edit_cell(self, cell: Cell) -> None:
        """Go to `cell` and open it for typing, where that may be done."""
        self.focus_cell(cell)
        self.table.edit_current()

    def _select(self, cell: Cell | None) -> None:
        if not self.model.rowCount() or not self.model.columnCount():
            self._tell(QModelIndex())
            return
        row, column = self.model.page.place(cell) if cell is not None else (0, 0)
        row, column = max(0, min(row, self.model.rowCount() - 1)), max(0, min(column, self.model.columnCount() - 1))
        index = self.model.index(row, column)
        if index != self.table.currentIndex() or not self.table.selectionModel().hasSelection():
            self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.table.scrollTo(index)
        self._tell(index)

    def _show_page(self, page: Page) -> None:
        current = self.table.currentIndex()
        if self._source is None:
            return
        model = self.model
        model.show_source(model.name, self._source, page, model.levels, model.state)
        self._refresh()
        index = self.model.index(
            min(current.row(), model.rowCount() - 1), min(current.column(), model.columnCount() - 1)
        )
        if index.isValid():
            self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._tell(self.table.currentIndex())

    def _refresh(self) -> None:
        """Headers, selector, buttons and the empty state, as the page has them."""
        page = self.model.page
        self.selector.show_page(page, self._identities)
        for header, axis in ((self.table.rows_header, page.rows), (self.table.columns_header, page.columns)):
            header.show_axis(None if axis is None else self._identities[axis].index)
            header.setVisible(axis is not None)
        fit_columns(self.table, self.model)
        self.stack.setCurrentWidget(self.empty if page.empty else self.table)
        self.setFocusProxy(self.empty if page.empty else self.table)
        self.empty.show_page(page)
        self.actions_.refresh(page, self.model.editable)
        self.dtype.setEnabled(self.model.editable)

    def _tell(self, index: QModelIndex) -> None:
        """Address and exact value of the current cell."""
        cell = self.model.page.cell(index.row(), index.column()) if index.isValid() else None
        text = "" if cell is None else self.model.exact(index.row(), index.column())
        self.line.show_cell(self.model.name, cell, text)
        self.cell_focused.emit(cell)

    def _go(self, text: str) -> None:
        """Where the address says; a wrong one says what is there."""
        shape = self.model.page.shape
        try:
            self.focus_cell(shape_text.parse(text.removeprefix(self.model.name).strip() or "()"))
        except (CellError, IndexError):
            template = QT_TRANSLATE_NOOP("errors", "“{text}” is no index of shape ({shape}).")
            self.show_error(CellError(Message("errors", template, {"text": shown(text), "shape": comma(shape)})))

    def _object(self, error: object) -> None:
        if isinstance(error, ExplorerError):
            self.show_error(error)
        else:
            self.table.say("")
            self.line.say("")

    def _back(self) -> None:
        self.dtype.setCurrentText(dtype_names.name_of(self.model.dtype))
        self.setFocus()

    # what is asked for

    @property
    def selection(self) -> GridSelection:
        """The selected cells, the current one where nothing else is."""
        return GridSelection(self.table, self.model.page)

    def _ask_edit(self, values: dict[Cell, object]) -> None:
        self.line.say("")
        self.table.say("")
        self.edited.emit(values)

    def _ask_paste(self, ranges: object, block: object) -> None:
        self.line.say("")
        self.pasted.emit(ranges, block)

    def clear(self) -> None:
        """Ask for 0 (False) in the selected cells."""
        if self.model.editable and self.selection:
            self._fill(self.model.parse(self._zero()))

    def _zero(self) -> str:
        return "False" if dtype_names.name_of(self.model.dtype) == "bool" else "0"

    def _fill(self, value: object, selection: GridSelection | None = None) -> None:
        """One value for the selected cells: cell by cell, or as a whole where they are many."""
        selection = selection or self.selection
        if selection.count <= MANY:
            self._ask_edit(dict.fromkeys(selection.cells(), value))
            return
        for ranges in selection.ranges():
            self.filled.emit(ranges, value)

    def ask_fill(self) -> None:
        """Open the line that asks for the value of the selected cells."""
        index, selection = self.table.currentIndex(), self.selection
        if selection and self._open(self.fill_strip):
            self.fill_strip.open(selection.count, self.model.typed, self.model.exact(index.row(), index.column()))

    def ask_shape(self) -> None:
        """Open the line that asks for another shape."""
        if self._open(self.shape_strip):
            self.shape_strip.open(self.model.page.shape, self.model.parse, self.model.typed, self._zero())

    def _ask_dtype(self) -> None:
        chosen = dtype_names.dtype_of(self.dtype.currentText())
        if chosen == self.model.dtype:
            self.convert_strip.hide()
        elif self._open(self.convert_strip):
            self.convert_strip.open(self.model.dtype, chosen)
            self.losses_wanted.emit(chosen)

    def _open(self, strip: EditStrip) -> bool:
        """Make room for one of the strips; False where nothing may be changed."""
        for other in self._strips:
            if other is not strip:
                other.hide()
        self._object(None)
        return self.model.editable

    def _insert(self, axis: int | None, after: bool = True) -> None:
        """Ask for as many new lines along `axis` as are selected, after or before them."""
        if axis is None or not self.model.editable:
            return
        span, zero = self.selection.span(axis), self.model.parse(self._zero())
        self.resized.emit(Insert(axis, span.stop if after else span.start, max(1, len(span)), zero))  # type: ignore[arg-type]

    def _delete(self, axis: int | None) -> None:
        """Ask to delete the selected lines along `axis`."""
        if axis is None or not self.model.editable:
            return
        span = self.selection.span(axis)
        if span:
            self.resized.emit(Delete(axis, span.start, len(span)))
