"""The search field of the top bar: type what you want to do, choose from the list below it."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from explorer.ops import Op
from explorer.widgets.draft.operation_words import call_form, found, title_of, title_of_group
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.model_index import Index

OP = Qt.ItemDataRole.UserRole
ROOT = QModelIndex()
LINES, LINE = 9, 44
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Model(QAbstractListModel):
    """The operations that were found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ops: list[Op] = []

    def show_ops(self, ops: list[Op]) -> None:
        self.beginResetModel()
        self.ops = ops
        self.endResetModel()

    @guarded(0)
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.ops)

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        op = self.ops[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{op.name}: {title_of(op)}"
        return op if role == OP else None


class _Delegate(QStyledItemDelegate):
    """Two lines: the call and the family, the title below."""

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        op, look = index.data(OP), theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.accent if chosen else look.field if over else Qt.GlobalColor.transparent)
        painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 6, 6)
        text = option.rect.adjusted(14, 5, -14, -5)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.setPen(look.accent_ink if chosen else look.ink)
        painter.setFont(looks.mono(option.font, 1.0, bold=True))
        painter.drawText(text, left | top, call_form(op))
        small = looks.sans(option.font, 0.92)
        painter.setFont(small)
        painter.setPen(look.accent_ink if chosen else look.muted)
        family = title_of_group(op)
        painter.drawText(text, right | bottom, family)
        room = text.width() - QFontMetrics(small).horizontalAdvance(family) - 16
        painter.drawText(
            text, left | bottom, QFontMetrics(small).elidedText(title_of(op), Qt.TextElideMode.ElideRight, room)
        )
        painter.restore()

    @guarded(QSize(300, LINE))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = QFontMetrics(looks.mono(option.font)).height() + QFontMetrics(option.font).height()
        return QSize(200, max(LINE, lines + 12))


class OperationSearch(QLineEdit):
    """A field with a list of what was found; Up, Down and Enter choose, Escape leaves. Signals carry the key (str)."""

    operation_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("operation_search")
        self.setAccessibleName(self.tr("Search operations"))
        self.setPlaceholderText(self.tr("Search operations: sum, @, transpose, 求和 …"))
        self.setToolTip(self.tr("Find an operation by torch's name, by what it does, or by its sign (Ctrl+K)"))
        theme.role(self, "search")
        self.setMinimumWidth(160)
        self._keys = theme.role(QLabel(self.tr("Ctrl+K"), self), "small")
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ops: tuple[Op, ...] = ()
        self._model = _Model(self)
        self.popup: QListView | None = None
        self._nothing: QLabel | None = None  # in the list where it has no entries
        self.textEdited.connect(self._search)

    def show_catalog(self, ops: Iterable[Op]) -> None:
        """Search among these."""
        self._ops = tuple(ops)

    def focus(self) -> None:
        """Take the keyboard, with all text selected, and list everything."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._search(self.text())

    @property
    def results(self) -> tuple[str, ...]:
        """The keys that the open list shows, best first; empty while it is closed."""
        shown = self.popup is not None and self.popup.isVisible()
        return tuple(op.name for op in self._model.ops) if shown else ()

    def _search(self, text: str) -> None:
        self._model.show_ops(found(self._ops, text))
        popup = self._open()
        popup.setCurrentIndex(self._model.index(0))
        self._say_nothing(popup, text)
        self.setAccessibleDescription(self.tr("{count} operations found").format(count=len(self._model.ops)))

    def _open(self) -> QListView:
        if self.popup is None or self.popup.parent() is not self.window():
            self.popup = self._make_popup()
        width = max(self.width(), 380)
        rows = max(1, min(LINES, len(self._model.ops)))
        height = rows * max(self.popup.sizeHintForRow(0), LINE) + 10
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        window = self.window().rect()
        place = QRect(corner, QSize(min(width, window.width() - 8), min(height, window.bottom() - corner.y() - 4)))
        place.moveRight(min(place.right(), window.right() - 4))
        self.popup.setGeometry(place)
        self.popup.setVisible(place.height() > 0)
        self.popup.raise_()
        return self.popup

    def _make_popup(self) -> QListView:
        """A child of the window, not a window: it needs nothing of the window manager and shows in pictures."""
        popup = QListView(self.window())
        popup.setObjectName("operation_results")
        popup.setAccessibleName(self.tr("Operations found"))
        popup.setModel(self._model)
        popup.setItemDelegate(_Delegate(popup))
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        popup.setMouseTracking(True)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.clicked.connect(lambda index: self._choose(index.row()))
        self._nothing = QLabel(popup.viewport())
        self._nothing.setObjectName("operation_results_none")
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        theme.role(self._nothing, "muted")
        popup.hide()
        return popup

    def _say_nothing(self, popup: QListView, text: str) -> None:
        """Where nothing was found, say so in the place of the entries."""
        assert self._nothing is not None
        words = self.tr("No operation matches “{text}”.").format(text=text.strip())
        room = popup.viewport().rect().adjusted(14, 0, -14, 0)
        self._nothing.setText(self._nothing.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width()))
        self._nothing.setGeometry(room)
        self._nothing.setVisible(not self._model.ops)

    def close_popup(self) -> None:
        """Put the list away."""
        if self.popup is not None:
            self.popup.hide()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._model.ops):
            key = self._model.ops[row].name
            self.close_popup()
            self.clear()
            self.operation_chosen.emit(key)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self.popup if self.popup is not None and self.popup.isVisible() else None
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: LINES, Qt.Key.Key_PageUp: -LINES}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and (popup or self.text()):
            self.close_popup()
            self.clear()
        elif key == Qt.Key.Key_Down and popup is None:
            self._search(self.text())
        elif popup and key in steps:
            row = popup.currentIndex().row() + steps[key]
            popup.setCurrentIndex(self._model.index(min(max(row, 0), len(self._model.ops) - 1)))
        elif popup and key in _ENTER:
            self._choose(popup.currentIndex().row())
        else:
            super().keyPressEvent(event)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """While something is searched for, Ctrl+Enter is about what was found, not about the draft of before."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.key() in _ENTER and (self.text() or self.results):  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.close_popup()

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._search(self.text())

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press anywhere else closes the list, also where nothing takes the focus."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            mine = watched is self or (
                self.popup is not None and (watched is self.popup or self.popup.isAncestorOf(watched))
            )
            if not mine:
                self.close_popup()
        return False

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._keys.sizeHint()
        self._keys.setGeometry(
            self.width() - hint.width() - 12, (self.height() - hint.height()) // 2, hint.width(), hint.height()
        )
        words = QFontMetrics(self.font()).horizontalAdvance(self.placeholderText())
        self._keys.setVisible(self.width() > words + hint.width() + 48)
