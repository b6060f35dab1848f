"""A user who draws what to do next by dice, and hardly ever waits for what was asked before."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenu, QTabWidget
from shiboken6 import isValid

from tests.window.random_user.controls import Controls
from tests.window.random_user.dialogs import Dialogs
from tests.window.random_user.files import Files, write_files
from tests.window.random_user.looks import SIZES, Looks
from tests.window.random_user.menus import Menus
from tests.window.random_user.programs import Programs

TRAIL = Path(os.environ["RANDOM_USER_TRAIL"]) if "RANDOM_USER_TRAIL" in os.environ else None
MOST = 12  # names on the shelf, before the user takes some off
PATIENCE = 40  # ms for a deed; one that waits inside for an answer is given one
WAITS = 0.03  # of the deeds are waited for
TAIL = 50  # lines told with a fault


class RandomUser(Programs, Controls, Menus, Dialogs, Files, Looks):
    """Does what the methods called `do_...` do, drawn by `seed`; `done` counts the deeds, `trail` tells the last ones.

    Another process may follow the trail in the file that RANDOM_USER_TRAIL names, should this one die.
    """

    def __init__(self, user: Any, seed: int, folder: Path) -> None:
        super().__init__(user, seed)
        self.folder, self.done, self.trail = folder, 0, deque[str](maxlen=TAIL)
        write_files(folder)
        names = [name for name in dir(self) if name.startswith("do_")]
        self._deeds: list[Callable[[], None]] = [getattr(self, name) for name in names]
        self._weights = [getattr(deed, "often", 1) for deed in self._deeds]
        self._written = TRAIL and TRAIL.open("w", 1, "utf-8", "replace")

    def act(self) -> None:
        """One deed."""
        if len(self.session.workspace.names) > MOST:
            self.session.delete(self.name())
        (deed,) = self.dice.choices(self._deeds, self._weights)
        self.done += 1
        self.say(f"{self.done:6} {deed.__name__}")
        with self._answering():
            deed()
            QTest.qWait(0)
        if self.dice.random() < WAITS:
            self.user.settled()

    def rest(self) -> None:
        """Leave dialogs and menus, and wait until nothing is under way."""
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        self.leave_all()
        self.user.settled()

    def see_the_rest(self) -> None:
        """What is loaded or built when it is first needed, and stays: the overview of large tensors, the other
        language, and what a window makes once: its grid, panels and dialogs."""
        self.do_create_a_large_one()
        self.user.settled()
        self.session.select(self.session.workspace.names[-1])
        for language in ("zh_CN", "en"):
            self.user.settled()
            self.window.appearance.speak(language)
            QTest.qWait(1)
        self.user.settled()
        self.window.grid.open("A")
        self.window.arrangement.show_page("memory", True)
        self.window.arrangement.show_page("table", True)
        self.user.settled()
        self.window.dtypes.show_dtypes()
        self.user.settled()
        pages = self.window.findChild(QTabWidget, "dtype_pages")
        for number in range(pages.count()):
            pages.setCurrentIndex(number)
            QTest.qWait(1)
        self.leave_all()
        self.window.arrangement.show_page("memory", False)
        self.window.arrangement.show_page("table", False)
        self.user.settled()
        self._open_every_popup()

    def _open_every_popup(self) -> None:
        """Menus and lists keep the picture of their window once they have been open."""
        for menu in self.window.findChildren(QMenu):
            if isValid(menu):  # another's opening may have made it anew
                menu.popup(self.window.pos())
                QTest.qWait(1)
            if isValid(menu):
                menu.close()
        for box in self.window.findChildren(QComboBox):
            if isValid(box) and box.isVisible() and box.isEnabled():
                box.showPopup()
                QTest.qWait(1)
                box.hidePopup()
        self.user.settled()

    def let_go(self) -> None:
        super().let_go()
        self.put("")
        self.window.arrangement.leave_projector()
        self.window.resize(*SIZES[0])

    def close(self) -> None:
        if self._written:
            self._written.close()
        if self.crash is not None:
            self.crash.deleteLater()

    def say(self, what: str) -> None:
        self.trail.append(what)
        if self._written:
            self._written.write(f"{what}\n")

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Close what waits for an answer within a deed: the menu of a button, a question of Qt's own."""
        timer = QTimer()
        timer.setInterval(PATIENCE)

        def answer() -> None:
            waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if isinstance(waiting, QDialog):
                waiting.reject()
            elif waiting is not None:
                waiting.close()

        timer.timeout.connect(answer)
        timer.start()
        try:
            yield
        finally:
            timer.stop()
