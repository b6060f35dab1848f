"""Menus: of the menu bar, of widgets, and actions that were kept from an earlier opening."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from tests.window.random_user.hands import Hands, often

# Quitting is tested with the whole program; building the window anew is a deed of its own, as it costs a lot. Qt's own
# file dialog warns of a name that is edited while its folder changes.
LEFT_OUT = ("action_quit", "language_", "qt_rename_action", "qt_new_folder_action")


class Menus(Hands):
    @often(10)
    def do_command(self) -> None:
        """Any entry of the menu bar, its menu unfolded first, as what it offers may depend on that."""
        menus = [m for m in self.window.menus.findChildren(QMenu) if not m.objectName().startswith("language")]
        self.choose(menus, lambda menu: self._trigger(menu, True))

    @often(2)
    def do_unfold_a_menu(self) -> None:
        """It stays open for what comes next."""
        self.choose(self.window.menus.findChildren(QMenu), lambda menu: menu.popup(QPoint(10, 10)))

    @often(5)
    def do_ask_for_the_menu_of_a_widget(self) -> None:
        panes = (self.window.shelf.list, self.window.stage.picture, self.window.panes.code, self.window.inspector)

        def ask(widget: QWidget) -> None:
            at = self.point(widget)
            how = self.dice.choice((QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard))
            QApplication.sendEvent(widget, QContextMenuEvent(how, at, widget.mapToGlobal(at)))
            popup = QApplication.activePopupWidget()
            if isinstance(popup, QMenu):
                self._trigger(popup, False)
                if isValid(popup):
                    popup.close()

        self.choose((*panes, *self.widgets(QWidget)), ask)

    def _trigger(self, menu: QMenu, unfold: bool) -> None:
        if unfold:
            menu.aboutToShow.emit()
        actions = [a for a in menu.actions() if not a.objectName().startswith(LEFT_OUT)]
        self.kept.extend(actions)
        self.choose(actions, lambda action: action.trigger())

    @often(4)
    def do_what_was_offered_earlier(self) -> None:
        self.choose([a for a in self.kept if isValid(a)], lambda action: action.trigger())

    @often(3)
    def do_close_what_popped_up(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
