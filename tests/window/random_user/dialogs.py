"""Dialogs: opened, answered, left open while other things are done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

from explorer.widgets.faults.crash_dialog import CrashDialog, Fault
from tests.window.random_user.hands import Hands, often
from tests.window.random_user.texts import field

DIALOGS = (
    "action_new",
    "action_new",
    "action_dtypes",
    "action_keys",
    "action_open",
    "action_save_tensor",
    "action_about",
)
MOST = 3  # open at the same time


class Dialogs(Hands):
    crash: CrashDialog | None = None

    @often(3)
    def do_open_a_dialog(self) -> None:
        action = self.window.findChild(QAction, self.dice.choice(DIALOGS))
        if len(self.dialogs()) < MOST:
            action.trigger()

    def do_name_an_axis(self) -> None:
        """The dialog that a menu of the moment leads to."""

        def ask(found: tuple[str, list[object]]) -> None:
            self.window.viewpoint.ask_name(found[0], self.dice.randrange(len(found[1])))

        self.choose(self.window.viewpoint.axes(), ask)

    def do_see_a_report(self) -> None:
        """The dialog of a fault, as the reporter shows it."""
        if self.crash is None:
            self.crash = CrashDialog()
        self.crash.show_fault(Fault("a fault", f"{field(self.dice)} {self.dice.randrange(9)}", self.dice.randrange(3)))

    @often(4)
    def do_answer(self) -> None:
        def answer(dialog: QDialog) -> None:
            self.dice.choice(
                (dialog.accept, dialog.accept, dialog.reject, dialog.close, lambda: self.key(dialog, Qt.Key.Key_Escape))
            )()

        self.choose(self.dialogs(), answer)

    def leave_all(self) -> None:
        """Close every dialog."""
        for dialog in reversed(self.dialogs()):
            dialog.reject()
