"""The top row: one button for all menus, undo and redo; the draft line and Run float over the rest of it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMenuBar, QToolButton, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import icons, theme

HEIGHT = 56


class TopRow(QFrame):
    """Holds the menus: behind a button, and as the bar that Alt brings down over the row while it has the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        theme.role(self, "chrome")
        self.setFixedHeight(HEIGHT)
        self._bar: QMenuBar | None = None
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        self._menus = self._button("menu_button", "menu")
        self._menus.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menus.setAccessibleName(self.tr("Menu"))
        self._menus.setToolTip(self.tr("All menus (Alt shows them as a bar)"))
        row.addSpacing(24)
        row.addStretch(1)

    def _button(self, name: str, icon: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIconSize(QSize(22, 22))
        button.setFixedSize(36, 36)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon:
            icons.dress(button, icon)
        self._row.insertWidget(max(self._row.count() - 1, 0), button)
        return button

    def show_menus(self, bar: QMenuBar) -> None:
        """All menus of `bar`, below the button; the bar itself hangs above the row until Alt calls it."""
        menu = QMenu(self._menus)
        menu.setObjectName("menus")
        menu.addActions(bar.actions())
        self._menus.setMenu(menu)
        self._bar = bar
        bar.setParent(self)
        bar.installEventFilter(self)
        bar.show()
        self._hang(False)

    def show_history(self, *actions: QAction) -> None:
        """A small button for each of these, beside the menus."""
        for action in actions:
            button = self._button(action.objectName().replace("action_", "") + "_button")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _hang(self, down: bool) -> None:
        """The bar over the row, or just above the window: there it is not seen, and its keys work."""
        if self._bar is not None:
            size = QSize(max(self._bar.sizeHint().width(), self.width()), HEIGHT)
            self._bar.resize(size)
            self._bar.move(0, 0 if down else -HEIGHT)
            self._bar.raise_()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.raise_()
            self._hang(True)
        elif event.type() == QEvent.Type.FocusOut and event.reason() != Qt.FocusReason.PopupFocusReason:  # type: ignore[attr-defined]
            self._hang(False)
            self.lower()
        return False
