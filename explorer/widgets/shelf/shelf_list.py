"""The list of the shelf's cards: its model, and the view that turns keys, drags and drops into requests."""

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QAbstractListModel, QEvent, QMimeData, QModelIndex, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from explorer.messages import Phrase
from explorer.widgets.actions import Action, add_to, bound
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme
from explorer.widgets.look.literal import literal
from explorer.widgets.look.model_index import Index
from explorer.widgets.shelf.shelf_item import CARD, Card, CardDelegate

Key = Qt.Key
ROOT = QModelIndex()
TALLEST = 300  # pixels: a longer list is scrolled, so that the operations below it stay in sight

EDIT, MOVES = Phrase("&Edit in the grid", "在网格中编辑(&E)"), ("order", "顺序")
SHELF = {  # what can be done with a card; the window says on which
    "edit": Action("action_edit_tensor", EDIT, keys=("Ctrl+E",), local={"shelf": ("Return",)}),
    "rename": Action("action_rename", Phrase("&Rename", "重命名(&R)"), local={"shelf": ("F2",)}),
    "duplicate": Action(
        "action_duplicate",
        Phrase("&Duplicate", "创建副本(&D)"),
        keys=("Ctrl+D",),
        icon="new",
        words=("clone", "copy", "复制"),
    ),
    "up": Action("action_move_up", Phrase("Move &up", "上移(&U)"), local={"shelf": ("Alt+Up",)}, words=MOVES),
    "down": Action("action_move_down", Phrase("Move do&wn", "下移(&W)"), local={"shelf": ("Alt+Down",)}, words=MOVES),
    "delete": Action(
        "action_delete", Phrase("De&lete", "删除(&L)"), local={"shelf": ("Del",)}, icon="delete", names=("del",)
    ),
}
FIRST = Phrase("It stands first.", "它已经在最前面。")
LAST = Phrase("It stands last.", "它已经在最后面。")
COPY = Phrase("Copy to {device}", "复制到 {device}")


class CardModel(QAbstractListModel):
    """The cards in the order of the shelf; an edited name is a request, not a change."""

    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[Card, ...] = ()

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Show these; where the names stay, selection, scrolling and an open name editor stay too."""
        if [c.name for c in cards] == [c.name for c in self.cards]:
            changed = [row for row, card in enumerate(cards) if card != self.cards[row]]
            self.cards = cards
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    @guarded(0)
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.cards)

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return card.name
            case Qt.ItemDataRole.ToolTipRole:
                return card.tip
            case Qt.ItemDataRole.AccessibleTextRole:
                return card.spoken
            case _:
                return card if role == CARD else None

    @guarded(False)
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        old = self.cards[index.row()].name
        if value and value != old:
            self.renamed.emit(old, str(value))
        return False

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        own = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return (
            own | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
            if index.isValid()
            else Qt.ItemFlag.ItemIsDropEnabled
        )

    @guarded(Qt.DropAction.MoveAction)
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    @guarded(False)
    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return False  # the view asks for the new order; the workspace gives it


class ShelfList(QListView):
    """Cards below one another. Requests carry names; `reordered` the new order, `files_dropped` a tuple of Path."""

    chosen = Signal(object)
    edit_requested = Signal(object)
    duplicated = Signal(object)
    deleted = Signal(object)
    reordered = Signal(object)
    files_dropped = Signal(object)
    copy_requested = Signal(object, object)  # name, device

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self._known: tuple[str, ...] = ()
        self._newest: str | None = None  # the card that came last; it and the current one are kept in sight
        self._current: str | None = None
        self._came = False  # whether it came after the current one was chosen
        self.devices: tuple[str, ...] = ()
        self.setObjectName("tensor_list")
        theme.role(self, "plain")
        self.setAccessibleName(self.tr("Tensors"))
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._choose)
        self.doubleClicked.connect(lambda index: self.edit_requested.emit(index.data()))

    @property
    def current_name(self) -> str | None:
        """The name of the selected card."""
        return self.currentIndex().data() if self.currentIndex().isValid() else None

    @property
    def names(self) -> tuple[str, ...]:
        """The names in order."""
        return tuple(card.name for card in self.cards.cards)

    def show_cards(self, cards: tuple[Card, ...], current: str | None) -> None:
        """Show these cards, the one called `current` selected, without a request."""
        self._quiet = True
        grown = [card.measure for card in cards] != [card.measure for card in self.cards.cards]
        before, shown, self._current = self._known, self._current, current
        self.cards.show_cards(cards)
        names = self.names
        if current in names:
            self.setCurrentIndex(self.cards.index(names.index(current)))
        else:
            self.setCurrentIndex(QModelIndex())
        self._quiet = False
        new = next((name for name in reversed(names) if name not in before), None) if before else None
        self._known = names
        self._newest = new or self._newest
        self._came = new is not None or (self._came and current == shown)
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        if grown or current != shown or new is not None:
            self._reveal()

    def _reveal(self) -> None:
        """Bring the card that came last and the current one into sight, the later of them wholly, whatever the room.

        Not under a button that is held down: the release, or the second click, would meet another card.
        """
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        seen = (self._newest, self._current)
        for name in reversed(seen) if self._came else seen:
            if name in self.names:
                self.scrollTo(self.cards.index(self.names.index(name)))

    def rename(self) -> None:
        """Edit the name of the selected card in place."""
        if self.current_name is not None:
            self._rename(self.current_name)

    def _rename(self, name: str) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState  # which Qt would warn of
        if name in self.names and not editing:
            self.edit(self.cards.index(self.names.index(name)))

    def move_card(self, name: str, places: int) -> None:
        """Ask for `name` to stand `places` further down (negative: up), within its lane."""
        names = list(self.names)
        if name not in names:  # a menu may have been open for long
            return
        old = names.index(name)
        first, last = self._lane_of(old)
        new = min(max(old + places, first), last)
        if new != old:
            names.insert(new, names.pop(old))
            self.reordered.emit(tuple(names))

    def _lane_of(self, row: int) -> tuple[int, int]:
        """The first and the last row of the lane that `row` is in."""
        device = self.cards.cards[row].device
        rows = [k for k, card in enumerate(self.cards.cards) if card.device == device]
        return rows[0], rows[-1]

    @guarded()
    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        if not self._quiet:
            self._choose(current)

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(index.data())

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        # The keys of the shelf come before the window's shortcuts of the same name (F2, Delete).
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._request(event):
            event.accept()
            return True
        return super().event(event)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        name, request = self.current_name, self._request(event)
        editing = self.state() == QAbstractItemView.State.EditingState  # Return in the name's field comes here too
        if name is None or request is None or editing:
            super().keyPressEvent(event)
            return
        event.accept()
        self._act(request, name)

    def _request(self, event: QKeyEvent) -> str | None:
        """The key in SHELF of what is pressed; Enter of the number pad is Return."""
        key = Key.Key_Return if event.key() == Key.Key_Enter else event.key()
        pressed = QKeySequence((event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier).value | key)
        return next(
            (k for k, action in SHELF.items() if pressed in bound(action.local.get("shelf", action.keys))), None
        )

    @guarded()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
        if index.isValid():
            menu = self.menu_of(index.data())
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
            menu.popup(self.viewport().mapToGlobal(self.visualRect(index).center()) if keyboard else event.globalPos())

    def menu_of(self, name: str) -> QMenu:
        """What can be done with the card of that name."""
        menu = QMenu(self)
        menu.setObjectName("shelf_menu")
        row = self.names.index(name)
        first, last = self._lane_of(row)
        ends = {"up": FIRST if row == first else Phrase(), "down": LAST if row == last else Phrase()}
        for key, action in SHELF.items():
            act, end = partial(self._act, key, name), ends.get(key, Phrase())
            add_to(menu, replace(action, call=act, refusal=partial(Phrase.of, end)), "shelf", f"shelf_{key}")
        others = [device for device in self.devices if device != self.cards.cards[row].device]
        if others:
            menu.addSeparator()
        for device in others:
            copy = partial(self.copy_requested.emit, name, device)
            add_to(menu, Action(f"shelf_copy_to_{device}", COPY.of(device=literal(device)), copy))
        return menu

    def _act(self, key: str, name: str) -> None:
        """Ask for what `key` of SHELF is."""
        match key:
            case "rename":
                self._rename(name)
            case "edit":
                self.edit_requested.emit(name)
            case "delete":
                self.deleted.emit(name)
            case "duplicate":
                self.duplicated.emit(name)
            case _:
                self.move_card(name, -1 if key == "up" else 1)

    @guarded()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()
        elif event.source() is self:
            super().dragEnterEvent(event)

    @guarded()
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()
        elif event.source() is self:
            super().dragMoveEvent(event)
            event.accept()

    @guarded()
    def dropEvent(self, event: QDropEvent) -> None:
        paths = files_in(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)
        elif event.source() is self and self.current_name is not None:
            event.setDropAction(Qt.DropAction.IgnoreAction)  # or Qt would remove the dragged row
            event.accept()
            self.setState(QAbstractItemView.State.NoState)
            self.drop_at(self.current_name, event.position().toPoint().y())

    def drop_at(self, name: str, y: int) -> None:
        """Ask for `name` to stand where the card at height `y` stands; in another lane, for a copy on its device."""
        lane = min(self.cards.cards, key=lambda card: self._away(card.name, y)).device
        if lane != self.cards.cards[self.names.index(name)].device:
            self.copy_requested.emit(name, lane)
            return
        others = [n for n in self.names if n != name]
        place = sum(self.visualRect(self.cards.index(self.names.index(n))).center().y() < y for n in others)
        order = (*others[:place], name, *others[place:])
        if order != self.names:
            self.reordered.emit(order)

    def _away(self, name: str, y: int) -> int:
        """Pixels from the height `y` to the card called `name`; 0 on it, and on the heading above it."""
        rect = self.visualRect(self.cards.index(self.names.index(name)))
        return max(rect.top() - y, y - rect.bottom(), 0)

    @guarded(QSize(200, 140))
    def sizeHint(self) -> QSize:
        height = 2
        for row in range(len(self.cards.cards)):
            height += self.sizeHintForRow(row)
            if height >= TALLEST:
                break
        return QSize(216, min(height, TALLEST))

    @guarded(QSize(120, 70))
    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(self.sizeHint().height(), 110))

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
        self._reveal()


def files_in(data: QMimeData) -> tuple[Path, ...]:
    """The local files that a drag carries."""
    return tuple(Path(_local(url)) for url in data.urls() if url.isLocalFile())


def _local(url: QUrl) -> str:
    """The path of a local file. Qt knows no name that is no UTF-8, but its bytes are in the address."""
    path = url.toLocalFile()
    if "\N{REPLACEMENT CHARACTER}" not in path:
        return path
    return os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))
