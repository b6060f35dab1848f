"""What can be done in the grid editor, as buttons, as a context menu and as shortcuts: one list of actions."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from explorer.widgets import icons
from explorer.widgets.flow_layout import FlowLayout
from explorer.widgets.grid_page import Page

if TYPE_CHECKING:
    from explorer.widgets.grid_editor import GridEditor


class GridActions(QObject):
    """The actions of `editor`; each has an object name, a text, a shortcut, and does one of the editor's methods."""

    def __init__(self, editor: "GridEditor") -> None:
        super().__init__(editor)
        self._editor = editor
        self.bar = QWidget(editor)
        self.bar.setObjectName("grid_actions")
        self._line = FlowLayout(self.bar)
        self.all: dict[str, QAction] = {}
        self.buttons: list[QToolButton] = []
        add = self._add
        add(
            "row_insert",
            self.tr("Row"),
            "Alt+Shift+Down",
            lambda: self._insert(0),
            self.tr("Insert a row below"),
            "plus",
        )
        add("row_insert_before", self.tr("Insert row above"), "Alt+Shift+Up", lambda: self._insert(0, False))
        add(
            "row_delete",
            self.tr("Row"),
            "Ctrl+Del",
            lambda: self._delete(0),
            self.tr("Delete the selected rows"),
            "minus",
        )
        self._part()
        text = self.tr("Insert a column to the right")
        add("column_insert", self.tr("Column"), "Alt+Shift+Right", lambda: self._insert(1), text, "plus")
        text = self.tr("Insert column to the left")
        add("column_insert_before", text, "Alt+Shift+Left", lambda: self._insert(1, False))
        text = self.tr("Delete the selected columns")
        add("column_delete", self.tr("Column"), "Ctrl+Shift+Del", lambda: self._delete(1), text, "minus")
        self._part()
        add("shape", self.tr("&Shape …"), "", editor.ask_shape, self.tr("Change the shape"), bar=True)
        add(
            "fill",
            self.tr("&Fill …"),
            "Ctrl+Return",
            editor.ask_fill,
            self.tr("One value for the selected cells"),
            bar=True,
        )
        add("clear", self.tr("Set to 0"), "", editor.clear, self.tr("0 in the selected cells (Delete)"))
        self._part()
        add(
            "copy",
            self.tr("Copy"),
            "",
            editor.copy,
            self.tr("Copy the selected cells for a spreadsheet (Ctrl+C)"),
            "copy",
        )
        text = self.tr("Paste cells from a spreadsheet, CSV, or a literal such as [[1, 2], [3, 4]] (Ctrl+V)")
        add("paste", self.tr("Paste"), "", editor.paste, text, bar=True)
        self._part()
        add("go", self.tr("Go to index"), "Ctrl+G", self._go)
        add("done", self.tr("Back to the stage"), "", editor.closed.emit)

    def _add(
        self,
        name: str,
        text: str,
        keys: str,
        work: Callable[[], None],
        tip: str = "",
        icon: str = "",
        bar: bool = False,
    ) -> None:
        """An action in the menu, and in the bar where it has an icon or `bar` says so."""
        action = QAction(text, self._editor)
        action.setObjectName(f"grid_{name}")
        menu_text = tip.split(" (", maxsplit=1)[0] if tip and icon else text
        action.setText(menu_text)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            tip = f"{tip or text} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})"
        action.triggered.connect(lambda checked=False: work())
        self._editor.addAction(action)
        self._editor.table.actions_menu.addAction(action)
        self.all[name] = action
        if icon or bar:
            button = QToolButton(self.bar)
            button.setObjectName(f"grid_{name}_button")
            button.setText(text)
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            button.setToolTip(tip)
            button.setAccessibleName(menu_text.replace("&", ""))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            if icon:
                icons.dress(button, icon)
            self._line.addWidget(button)
            self.buttons.append(button)

    def _part(self) -> None:
        self._editor.table.actions_menu.addSeparator()

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

    def _axis(self, across: int) -> int | None:
        page = self._editor.model.page
        return page.columns if across else page.rows

    def _insert(self, across: int, after: bool = True) -> None:
        self._editor.insert(self._axis(across), after)

    def _delete(self, across: int) -> None:
        self._editor.delete(self._axis(across))

    def _go(self) -> None:
        self._editor.address.setFocus()
        self._editor.address.selectAll()
