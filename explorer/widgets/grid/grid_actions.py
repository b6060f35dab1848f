"""What can be done in the grid editor, as buttons, as a context menu and as shortcuts: one list of actions."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from explorer.session.page import Page
from explorer.widgets.look import icons
from explorer.widgets.look.flow_layout import FlowLayout


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
        add = self._add
        self._word(self.tr("Row"))
        add("row_insert", self.tr("Insert a row below"), "Alt+Shift+Down", icon="plus")
        add("row_insert_before", self.tr("Insert row above"), "Alt+Shift+Up")
        add("row_delete", self.tr("Delete the selected rows"), "Ctrl+Del", icon="minus")
        self._part(self.tr("Column"))
        add("column_insert", self.tr("Insert a column to the right"), "Alt+Shift+Right", icon="plus")
        add("column_insert_before", self.tr("Insert column to the left"), "Alt+Shift+Left")
        add("column_delete", self.tr("Delete the selected columns"), "Ctrl+Shift+Del", icon="minus")
        self._part()
        add("shape", self.tr("Change the shape"), word=self.tr("&Shape …"))
        add("fill", self.tr("One value for the selected cells"), "Ctrl+Return", word=self.tr("&Fill …"))
        add("clear", self.tr("0 in the selected cells (Delete)"))
        self._part()
        add("copy", self.tr("Copy the selected cells for a spreadsheet (Ctrl+C)"), word=self.tr("Copy"))
        text = self.tr("Paste cells from a spreadsheet, CSV, or a literal such as [[1, 2], [3, 4]] (Ctrl+V)")
        add("paste", text, word=self.tr("Paste"))
        self._part()
        add("go", self.tr("Go to index"), "Ctrl+G")
        add("done", self.tr("Back to the stage"))

    def _add(self, name: str, says: str, keys: str = "", word: str = "", icon: str = "") -> None:
        """An action that `says` what it does, in the menu; with a `word` or an `icon` also a button in the bar."""
        text = word or says
        action = QAction(text, self._editor)
        action.setObjectName(f"grid_{name}")
        tip = says
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            tip = f"{says} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})"
        action.triggered.connect(lambda checked=False: self._works[name]())
        self._editor.addAction(action)
        self._menu.addAction(action)
        self.all[name] = action
        if word or icon:
            button = QToolButton(self.bar)
            button.setObjectName(f"grid_{name}_button")
            button.setText(word)
            button.setToolTip(tip)
            button.setAccessibleName(text.replace("&", ""))
            button.setAccessibleDescription(says)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            if icon:
                icons.dress(button, icon)
            self._line.addWidget(button)
            self.buttons.append(button)

    def _word(self, word: str) -> None:
        """What the buttons after it are about."""
        label = QLabel(word, self.bar)
        self._line.addWidget(label)
        self._line.bind(label)

    def _part(self, word: str = "") -> None:
        """Another group in the menu; in the bar with a word before it."""
        self._menu.addSeparator()
        if word:
            self._word(word)

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
