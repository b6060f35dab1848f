"""The list of what was found, two lines each."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.widgets.actions import Action, key_text, plain
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.model_index import Index
from explorer.widgets.speech.sentences import translate

ACTION = Qt.ItemDataRole.UserRole
ROOT = QModelIndex()
LINE = 44
ELIDED = Qt.TextElideMode.ElideRight


class SearchModel(QAbstractListModel):
    """The actions that were found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.actions: Sequence[Action] = ()

    def show_actions(self, actions: Sequence[Action]) -> None:
        """List these."""
        self.beginResetModel()
        self.actions = actions
        self.endResetModel()

    @guarded(0)
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.actions)

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        action = self.actions[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (*lines(action), key_text(action.keys)) if part)
        if role == Qt.ItemDataRole.DisplayRole:
            return lines(action)[0]
        return action if role == ACTION else None


def lines(action: Action) -> tuple[str, str]:
    """What stands in the two lines of an entry: code or title; title, what it does, or why it cannot be done now."""
    title = plain(action.text)
    first = action.code or title
    second = action.reason or (title if action.code else action.told)
    return first, second if second != first else ""


class SearchDelegate(QStyledItemDelegate):
    """Code or title and its keys; below, more of it and what it belongs to."""

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        action, look = index.data(ACTION), theme.current()
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
        able = look.muted if action.reason else look.ink
        small = looks.sans(option.font, 0.92)
        keys = key_text(action.keys) or ("✓" if action.checked is not None and action.checked() else "")
        first, second = lines(action)
        family = translate("", action.family) if not action.reason else ""
        painter.setFont(small)
        painter.setPen(look.accent_ink if chosen else look.muted)
        painter.drawText(text, right | top, keys)
        painter.drawText(text, right | bottom, family)
        measure = QFontMetrics(small)
        room = text.width() - measure.horizontalAdvance(family) - 16
        painter.drawText(text, left | bottom, measure.elidedText(second, ELIDED, room))
        bold = looks.mono(option.font, 1.0, bold=True) if action.code else looks.sans(option.font, 1.0, bold=True)
        painter.setFont(bold)
        painter.setPen(look.accent_ink if chosen else able)
        room = text.width() - measure.horizontalAdvance(keys) - 16
        painter.drawText(text, left | top, QFontMetrics(bold).elidedText(first, ELIDED, room))
        painter.restore()

    @guarded(QSize(300, LINE))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = QFontMetrics(looks.mono(option.font)).height() + QFontMetrics(option.font).height()
        return QSize(200, max(LINE, lines + 12))
