"""Paints a cell as the heat map does, and edits it: a text that is no value keeps the editor open, with the reason."""

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.errors import CellError
from explorer.widgets.faults.guard import guarded
from explorer.widgets.grid import clipboard
from explorer.widgets.grid.tensor_model import Knowledge, TensorModel
from explorer.widgets.look import theme
from explorer.widgets.look.fonts import MONO, font
from explorer.widgets.look.model_index import Index

MOVES = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}


class CellDelegate(QStyledItemDelegate):
    """The look of a cell of `TensorModel`, and the line in which its value is typed."""

    left = Signal(object)  # (rows, columns) to move on, after a value was taken
    objected = Signal(object)  # CellError of what stands in the open editor, or None once it is changed
    block_pasted = Signal()  # several cells, into the line of one: the line is closed, and nothing typed in it counts

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edited = QPersistentModelIndex()
        self.largest = 15  # px, of the numbers

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        model = index.model()
        rect: QRect = option.rect.adjusted(1, 1, -1, -1)
        state = model.state if isinstance(model, TensorModel) else Knowledge.KNOWN
        background = index.data(Qt.ItemDataRole.BackgroundRole)
        ink = index.data(Qt.ItemDataRole.ForegroundRole) or look.ink
        painter.fillRect(rect, background or look.pale_cell)
        if state is Knowledge.UNKNOWN:
            painter.fillRect(rect, QBrush(look.line, Qt.BrushStyle.BDiagPattern))
            painter.fillRect(rect.center().x() - 9, rect.center().y() - 11, 19, 22, look.pale_cell)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.setFont(_fitting(text, rect.width() - 6, self.largest))
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        flags = option.state
        if self._is_current(
            option, index
        ):  # the focus is a black and white double outline; the colours belong to values and axes
            _outline(painter, rect, "#ffffff", 2)
            _outline(painter, rect.adjusted(-1, -1, 1, 1), "#000000", 2)
            if look.dark:
                _outline(painter, rect.adjusted(2, 2, -2, -2), "#000000", 1)
        elif flags & QStyle.StateFlag.State_Selected:
            _outline(painter, rect.adjusted(2, 2, -2, -2), ink.name(), 2)

    @staticmethod
    def _is_current(option: QStyleOptionViewItem, index: Index) -> bool:
        view = option.widget
        return isinstance(view, QAbstractItemView) and view.currentIndex() == index

    @guarded(QSize(64, 40))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.fontMetrics.horizontalAdvance(str(index.data(Qt.ItemDataRole.DisplayRole)))
        return QSize(width + 18, 40)

    @guarded(lambda self: QLineEdit())
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("cell_editor")
        editor.setFont(font(MONO, self.largest, 400))
        editor.setFrame(False)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        model = index.model()
        if isinstance(model, TensorModel):
            editor.setAccessibleName(model.sentence(index.row(), index.column()))
        editor.textEdited.connect(lambda: self.objected.emit(None))
        self._edited = QPersistentModelIndex(index)
        return editor

    @guarded(None)
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        wanted = editor.fontMetrics().horizontalAdvance(str(index.data(Qt.ItemDataRole.EditRole))) + 24
        more = max(0, min(wanted, 320) - rect.width())
        parent = editor.parentWidget()
        room = parent.rect() if parent is not None else rect
        rect.setWidth(rect.width() + more)
        if rect.right() > room.right():  # a long exact text grows over its neighbours, never out of sight
            rect.moveRight(max(room.right(), rect.width()))
        editor.setGeometry(rect)

    @guarded(None)
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    @guarded(None)
    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QLineEdit) and isinstance(model, TensorModel):
            model.setData(index, editor.text())

    @guarded(False)
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QLineEdit):
            if event.matches(QKeySequence.StandardKey.Paste) and clipboard.holds_block():
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
                self.block_pasted.emit()
                return True
            step = MOVES.get(Qt.Key(event.key()))
            if step is not None:
                return self._take(editor, step, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return super().eventFilter(editor, event)

    def _take(self, editor: QLineEdit, step: tuple[int, int], back: bool) -> bool:
        """Hand the text over and close, or keep the editor open where it is no value."""
        index, text = self._edited, editor.text()
        model = index.model()
        if isinstance(model, TensorModel) and text != index.data(Qt.ItemDataRole.EditRole):
            try:
                model.parse(text)
            except CellError as error:
                editor.selectAll()
                self.objected.emit(error)
                return True
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit((-step[0], step[1]) if back and step[0] else step)
        return True


def _outline(painter: QPainter, rect: QRect, colour: str, width: int) -> None:
    pen = QPen(QColor(colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = (width + 1) // 2
    painter.drawRect(rect.adjusted(half - 1, half - 1, -half, -half))


def _fitting(text: str, width: int, largest: int) -> QFont:
    """The largest size, down to 9 px, at which the text fits."""
    for size in (largest, 15, 13, 11, 9):
        found = font(MONO, size, 500)
        if QFontMetrics(found).horizontalAdvance(text) <= width:
            break
    return found
