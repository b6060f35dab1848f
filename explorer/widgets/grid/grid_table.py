"""The table of the grid editor: its keys, and the bubble that says why a text is no value, right below the cell."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMenu, QTableView, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.grid.axis_header import AxisHeader
from explorer.widgets.grid.cell_delegate import CellDelegate
from explorer.widgets.grid.tensor_model import TensorModel
from explorer.widgets.look.model_index import Index

TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class GridTable(QTableView):
    """Shows a `TensorModel`; what a key asks for beyond moving and editing goes out as a signal."""

    turned = Signal(int)  # pages on (1) or back (-1)
    cleared = Signal()
    copied = Signal()
    pasted = Signal()
    closed = Signal()
    entered = Signal(object)  # the current index

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("grid_table")
        self.columns_header = AxisHeader(Qt.Orientation.Horizontal, self)
        self.rows_header = AxisHeader(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(self.columns_header)
        self.setVerticalHeader(self.rows_header)
        self.delegate = CellDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table: the keyboard must not be caught in it
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.actions_menu = QMenu(self)
        self.bubble = QLabel(self.viewport())
        self.bubble.setObjectName("cell_error")
        self.bubble.setWordWrap(True)
        self.bubble.setTextFormat(Qt.TextFormat.PlainText)
        self.setStyleSheet(
            "GridTable, GridTable QHeaderView, GridTable QHeaderView::section,"
            "GridTable::corner, GridTable QTableCornerButton::section { background: transparent; border: none; }"
            "#cell_error { background: palette(base); color: palette(text); border: 2px solid palette(text);"
            " border-radius: 6px; padding: 6px 8px; }"
        )
        self.bubble.hide()
        self._at_end = False  # Tab or Enter has found no next cell: what is typed then is not meant for this one
        self.delegate.left.connect(self._move_on)
        self.pressed.connect(self._mean)

    def sentence(self) -> str:
        """What the bubble says; "" while there is none."""
        return "" if self.bubble.isHidden() else self.bubble.text()

    def say(self, text: str) -> None:
        """Say something right below the current cell; "" takes it away."""
        if not text:
            self.bubble.hide()
            return
        cell = self.visualRect(self.currentIndex())
        self.bubble.setText(text)
        self.bubble.setFixedWidth(max(120, min(340, self.viewport().width() - 8)))
        self.bubble.setFixedHeight(self.bubble.heightForWidth(self.bubble.width()))
        if self.bubble.height() + cell.height() + 4 > self.viewport().height():
            self.bubble.hide()  # no room: the line below the table says it
            return
        x = max(4, min(cell.left(), self.viewport().width() - self.bubble.width() - 4))
        y = cell.bottom() + 4
        if y + self.bubble.height() > self.viewport().height() and cell.top() > self.bubble.height() + 4:
            y = cell.top() - self.bubble.height() - 4
        self.bubble.move(x, max(4, min(y, self.viewport().height() - self.bubble.height() - 4)))
        self.bubble.show()
        self.bubble.raise_()

    def _move_on(self, step: tuple[int, int]) -> None:
        """To the cell below or above, from the last row to the next column; along a row, from its end to the next."""
        self.bubble.hide()
        model, current = self.model(), self.currentIndex()
        row, column = current.row() + step[0], current.column() + step[1]
        if step[0]:
            columns, row = divmod(row, model.rowCount())
            index = model.index(row, column + columns)
        else:
            rows, column = divmod(column, model.columnCount())
            index = model.index(row + rows, column)
        self._at_end = step != (0, 0) and not index.isValid()
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.setFocus()

    def _mean(self) -> None:
        """A cell that is clicked is meant, also the last one again."""
        self._at_end = False

    @guarded(None)
    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self._at_end = False
        self.bubble.hide()
        self.columns_header.viewport().update()
        self.rows_header.viewport().update()
        self.entered.emit(current)

    @guarded(None)
    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        self.bubble.hide()
        super().scrollContentsBy(dx, dy)

    def edit_current(self) -> None:
        """Open the current cell for typing, where that may be done and none is open."""
        index = self.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable and self.state() != self.State.EditingState:
            self.edit(index)

    @guarded(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.actions_menu.popup(event.globalPos())

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = (
            event.key(),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        model = self.model()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_current()
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif plain and key == Qt.Key.Key_Escape:
            if self.bubble.isVisible():
                self.bubble.hide()
            else:
                self.closed.emit()
        elif plain and key in TURNS and isinstance(model, TensorModel) and model.page.count > 1:
            self.turned.emit(TURNS[Qt.Key(key)])
        elif self._at_end and event.text() and event.text().isprintable():
            self.say(self.tr("There is no further cell on this page. Press Enter to type over this one."))
        else:
            super().keyPressEvent(event)
