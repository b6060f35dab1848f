"""What can be done in the grid editor, as buttons, as a context menu and as shortcuts: one table of actions."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from explorer.messages import Phrase
from explorer.session.page import Page
from explorer.widgets.actions import UNSAID, Action, bound, key_text
from explorer.widgets.look import icons
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.speech.sentences import translate


def _grid(name: str, title: Phrase, keys: str = "", icon: str = "", says: Phrase = UNSAID, taken: str = "") -> Action:
    """One with `icon` or more to say is a button, too; the keys that are `taken` the cells themselves act on."""
    local = {place: (key,) for place, key in (("grid", keys), ("cells", taken)) if key}
    return Action(f"grid_{name}", title, icon=icon, says=says, local=local)


BELOW, ABOVE = Phrase("Insert a row below", "在下方插入一行"), Phrase("Insert row above", "在上方插入一行")
AFTER, BEFORE = (
    Phrase("Insert a column to the right", "在右侧插入一列"),
    Phrase("Insert column to the left", "在左侧插入一列"),
)
ROWS, COLUMNS = (
    Phrase("Delete the selected rows", "删除所选的行"),
    Phrase("Delete the selected columns", "删除所选的列"),
)
RESHAPE, FILL = (
    Phrase("Change the shape", "更改形状"),
    Phrase("One value for the selected cells", "给所选单元格填入同一个值"),
)
COPY = Phrase("Copy the selected cells for a spreadsheet", "复制所选单元格，可粘贴到电子表格")
PASTE = Phrase(
    "Paste cells from a spreadsheet, CSV, or a literal such as [[1, 2], [3, 4]]",
    "从电子表格、CSV 或字面量（如 [[1, 2], [3, 4]]）粘贴单元格",
)
GROUPS: tuple[tuple[Phrase, tuple[Action, ...]], ...] = (
    (
        Phrase("Row", "行"),
        (
            _grid("row_insert", BELOW, "Alt+Shift+Down", "plus"),
            _grid("row_insert_before", ABOVE, "Alt+Shift+Up"),
            _grid("row_delete", ROWS, "Ctrl+Del", "minus"),
        ),
    ),
    (
        Phrase("Column", "列"),
        (
            _grid("column_insert", AFTER, "Alt+Shift+Right", "plus"),
            _grid("column_insert_before", BEFORE, "Alt+Shift+Left"),
            _grid("column_delete", COLUMNS, "Ctrl+Shift+Del", "minus"),
        ),
    ),
    (
        Phrase(),
        (
            _grid("shape", Phrase("&Shape …", "形状(&S)…"), says=RESHAPE),
            _grid("fill", Phrase("&Fill …", "填充(&F)…"), "Ctrl+Return", says=FILL),
            _grid("clear", Phrase("0 in the selected cells", "所选单元格置 0"), taken="Del"),
        ),
    ),
    (
        Phrase(),
        (
            _grid("copy", Phrase("Copy", "复制"), says=COPY, taken="Ctrl+C"),
            _grid("paste", Phrase("Paste", "粘贴"), says=PASTE, taken="Ctrl+V"),
        ),
    ),
    (
        Phrase(),
        (
            _grid("go", Phrase("Go to index", "转到索引"), "Ctrl+G"),
            _grid("done", Phrase("Back to the stage", "返回展示区"), taken="Esc"),
        ),
    ),
)
BY_KEY = (
    replace(_grid("type", Phrase("Type over the cell", "改写单元格"), taken="Return"), by_key=True),
    Action("grid_page", Phrase("Turn pages", "翻页"), local={"cells": ("PgUp", "PgDown")}, by_key=True),
)
GRID = (*(action for _, actions in GROUPS for action in actions), *BY_KEY)


class GridActions(QObject):
    """The actions of a grid editor, in its `menu` too; each has an object name, a text, a shortcut, and its work."""

    def __init__(self, editor: QWidget, menu: QMenu, works: Mapping[str, Callable[[], None]]) -> None:
        """`works` says what each one does, by its name."""
        super().__init__(editor)
        self._editor, self._menu, self._works = editor, menu, works
        self.bar = QWidget(editor)
        self.bar.setObjectName("grid_actions")
        self._line = FlowLayout(self.bar, gap=2)
        self.all: dict[str, QAction] = {}
        self.buttons: list[QToolButton] = []
        for word, actions in GROUPS:
            if self.all:
                menu.addSeparator()
            if word:
                self._word(translate("", word))
            for action in actions:
                self._add(action)

    def _add(self, action: Action) -> None:
        made, name = QAction(action.text, self._editor), action.name.removeprefix("grid_")
        made.setObjectName(action.name)
        made.setShortcuts(bound(action.local.get("grid", ())))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda checked=False: self._works[name]())
        self._editor.addAction(made)
        self._menu.addAction(made)
        self.all[name] = made
        if action.icon or action.says:
            self._add_button(action, made)

    def _add_button(self, action: Action, made: QAction) -> None:
        keys = key_text(key for keys in action.local.values() for key in keys)
        button = QToolButton(self.bar)
        button.setObjectName(f"{action.name}_button")
        button.setToolTip(f"{action.told} ({keys})" if keys else action.told)
        button.setAccessibleName(action.text.replace("&", ""))
        button.setAccessibleDescription(action.told)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(made.trigger)
        made.enabledChanged.connect(button.setEnabled)
        if action.icon:
            icons.dress(button, action.icon)
        else:
            button.setText(action.text)
        self._line.addWidget(button)
        self.buttons.append(button)

    def _word(self, word: str) -> None:
        """What the buttons after it are about."""
        label = QLabel(word, self.bar)
        self._line.addWidget(label)
        self._line.bind(label)

    def refresh(self, page: Page, editable: bool) -> None:
        """Enable what can be done on this page."""
        able = {
            "row_insert": page.rows is not None,
            "row_insert_before": page.rows is not None,
            "row_delete": page.rows is not None and page.shape[page.rows] > 0,
            "column_insert": page.columns is not None,
            "column_insert_before": page.columns is not None,
            "column_delete": page.columns is not None and page.shape[page.columns] > 0,
            "fill": not page.empty,
            "clear": not page.empty,
            "paste": not page.empty,
        }
        for name, action in self.all.items():
            changes = name not in ("copy", "go", "done")
            action.setEnabled(able.get(name, True) and (editable or not changes))
        self.all["copy"].setEnabled(not page.empty)
