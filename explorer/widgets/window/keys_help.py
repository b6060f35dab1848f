"""The list of keys, as a dialog: all that the window binds, by the place in which they act."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.widgets.actions import Action, key_text, plain
from explorer.widgets.grid.grid_actions import GRID
from explorer.widgets.look import theme

ARROWS = "←→↑↓"
WORDS = 205  # pixels, in which they wrap


class KeysHelp(QDialog):
    """Lists the keys of `actions` and of the grid."""

    def __init__(self, actions: Iterable[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys_help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        table = (*actions, *GRID)
        page = theme.role(QWidget(), "panel")
        columns = QHBoxLayout(page)
        columns.setSpacing(24)
        for places in (
            [(self.tr("On the stage"), ("stage", "time", "picture")), (self.tr("On the shelf"), ("shelf",))],
            [(self.tr("Anywhere"), ("",))],
            [(self.tr("In the grid"), ("grid", "cells"))],
        ):
            column = QVBoxLayout()
            column.setSpacing(9)
            for title, where in places:
                self._list(column, title, where, table)
            column.addStretch(1)
            columns.addLayout(column)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        note = QLabel(self.tr("Single keys act while the stage has the focus, never while you type in a field."))
        theme.role(note, "muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(16)
        layout.addWidget(area)
        layout.addWidget(note)
        layout.addWidget(buttons)
        room = self.screen().availableSize() * 0.9
        self.resize((page.sizeHint() + self.sizeHint() - area.sizeHint()).boundedTo(room))

    def _list(self, column: QVBoxLayout, title: str, where: Iterable[str], table: Iterable[Action]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(1, WORDS)
        grid.setColumnStretch(1, 1)
        bound = [(a, keys) for a in table for place in where if (keys := a.local.get(place, ()) if place else a.keys)]
        for row, (action, keys) in enumerate(bound):
            words = QLabel(plain(action.text) if "grid" in where else action.told)  # what its buttons say is long
            words.setWordWrap(True)
            words.setAccessibleName(f"{words.text()}: {action.also or key_text(keys)}")
            grid.addLayout(_caps(action, keys), row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, row, 1)
        column.addWidget(theme.role(QLabel(title), "heading"))
        column.addLayout(grid)


def _caps(action: Action, keys: tuple[str, ...]) -> QHBoxLayout:
    caps = QHBoxLayout()
    caps.setSpacing(4)
    held, _, arrow = keys[0].rpartition("+")
    arrows = len(keys) == len(ARROWS) and arrow == "Left"
    for text in (
        [*held.split("+"), " ".join(ARROWS)] if arrows else [action.also] if action.also else key_text(keys).split(", ")
    ):
        cap = QLabel(text)
        theme.role(cap, "key")
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        caps.addWidget(cap)
    caps.addStretch(1)
    return caps
