"""The start: application, words, looks, session, window, and an orderly end."""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from explorer import memory
from explorer.engine import Engine
from explorer.late import fetch_one, late
from explorer.widgets import shutdown
from explorer.widgets.faults import crash
from explorer.widgets.garbage import Garbage
from explorer.widgets.look import theme
from explorer.widgets.plain_imports import import_plainly
from explorer.widgets.session import Session
from explorer.widgets.settings import Settings
from explorer.widgets.speech import language
from explorer.widgets.window import continuation
from explorer.widgets.window.first_paint import FirstPaint
from explorer.widgets.window.main_window import MainWindow

with late():
    from explorer import files
    from explorer.workspace import names

if TYPE_CHECKING:
    from torch import Tensor

PATIENCE_MS = 100  # until a window that is not to be disturbed is looked at again
QUIET_MS = 1000  # until what has nothing to do with the window may begin, where nothing is under way


class App(QObject):
    """Holds what lives as long as the program: the session, and the window that shows it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        memory.give_back()
        self.settings = settings
        self._garbage = Garbage(self)
        self.session = Session(Engine(), self)
        self.session.warmed.connect(self._garbage.settle)
        self.window = MainWindow(self.session, settings, self.rebuild)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._stand_by)
        self._standing_by: Thread | None = None
        self._left: list[MainWindow] = []  # hidden, until what was asked of them has landed
        self.session.busy_changed.connect(lambda _: QTimer.singleShot(0, self, self._discard_left))
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._go_on)
        self._waits = False  # whether a window in another language is wanted

    def begin(self, given: Mapping[str, "Tensor"], files: Sequence[Path] = ()) -> None:
        """Show the window, get torch ready, then shelve what is given and open the files; without any, the sample.

        Torch only from the first painting on: importing it beside that would hold it up.
        """

        def start() -> None:
            self.session.start(given, bare=bool(files))
            if files:
                self.window.files.open(files)

        FirstPaint(self.window).done.connect(start)
        self.session.ready.connect(self.stand_by)
        self.window.show()

    def stand_by(self) -> None:
        """Whenever nothing moves and nothing is under way: get ready for files, on a thread that takes nothing from the
        window, then import, one after another, the parts of the window that its first painting did without."""
        self._quiet.start()

    def _stand_by(self) -> None:
        moving = self.window.stage.player.playing or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if self.session.busy or not self.session.idle or moving:
            self.stand_by()
            return
        if self._standing_by is None:
            self._standing_by = Thread(target=files.stand_by, name="stand-by", daemon=True)
            self._standing_by.start()
        if fetch_one():
            self.stand_by()

    def rebuild(self) -> None:
        """The window anew, in the language of now, on the same session and at the same moment.

        While the user is in the middle of something, as soon as that is done: nothing that was typed is lost.
        """
        self._waits = occupied()
        if self._waits:
            self._patience.start()
            return
        old, place, left = self.window, self.window.saveGeometry(), continuation.left_by(self.window)
        self.settings.speed = old.stage.player.speed
        self.settings.panes, self.settings.used = old.panes.remembered(), old.panes.operations.used
        self.window = MainWindow(self.session, self.settings, self.rebuild, old.staged.moment)
        self.window.restoreGeometry(place)
        if old.windowState() == Qt.WindowState.WindowNoState:
            self.window.resize(old.size())  # which may be larger than the screen
        self.window.show()
        self.session.soon(partial(continuation.take_up, self.window, left))
        old.stage.player.pause()
        old.hide()
        self._left.append(old)
        self._discard_left()

    def _go_on(self) -> None:
        if self._waits:
            self.rebuild()
        self._discard_left()

    def _discard_left(self) -> None:
        if self._left and occupied():  # a dialog that waited for its turn may stand over a window that has been left
            self._patience.start()
            return
        if self._left and not self.session.busy:
            while self._left:
                discard(self._left.pop())
            self._garbage.look_everywhere()

    def close(self) -> None:
        """Close the window, as its own button does."""
        self.window.close()

    def end(self, seconds: float | None = None) -> bool:
        """Stop the worker, waiting for at most so many seconds, and take the window apart while Qt is still there.

        Whether all that ran has ended.
        """
        self._quiet.stop()
        self._patience.stop()
        ended = self.session.close(seconds)
        if self._standing_by is not None:
            self._standing_by.join(1.0)  # a folder far away may not answer
            files.stand_down()
        left, self._left = self._left, []
        for window in (*left, self.window):
            discard(window)
        self._garbage.end()
        return ended


def occupied() -> bool:
    """Whether the user is in a dialog or a menu, or holds a button of the mouse down."""
    inside = QApplication.activeModalWidget() or QApplication.activePopupWidget()
    return inside is not None or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton


def discard(window: MainWindow) -> None:
    """Delete a window now, with all that it listens to."""
    window.stage.player.pause()
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def application() -> QApplication:
    """The application object, named for settings and logs."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("tensor-explorer")
    made.setApplicationDisplayName("Tensor Explorer")
    made.setOrganizationName("tensor-explorer")
    return made


def dressed(settings: Settings, words: str | None, look: str | None) -> QApplication:
    """The application in the language and theme that are asked for, or that were last chosen."""
    app = application()
    language.language().use(words or settings.language)
    theme.apply(app, look or settings.theme)
    return app


def show(tensors: Sequence["Tensor"], named: Mapping[str, "Tensor"]) -> int:
    """Open the window on copies of `tensors` (called A, B ...) and of `named`; returns the exit code.

    The process is the caller's: what cannot be stopped runs on in it, and Ctrl+C is raised here as KeyboardInterrupt.
    """
    given = dict(named)
    for tensor in tensors:
        given[names.fresh(given)] = tensor
    app = dressed(Settings(), None, None)
    crash.install()
    running = App(Settings())
    with shutdown.ended_by_signals(shutdown.SIGNALS[:1], running.close, lambda: None) as came:
        running.begin(given)
        code = app.exec()
    running.end(shutdown.WORK_S)
    if came:
        raise KeyboardInterrupt
    return code


def main(files: Sequence[str] = (), language: str | None = None, theme: str | None = None) -> int:
    """The program: its window on `files`, or on the sample; returns the exit code when it is closed.

    What cannot be stopped then (a single call of torch) ends with the process, which is left at once; so this returns
    only where `shutdown.leave` has been put aside.
    """
    import_plainly()
    settings = Settings()
    app = dressed(settings, language, theme)
    crash.install()
    running = App(settings)
    with shutdown.ended_by_signals(shutdown.SIGNALS, app.quit, lambda: shutdown.leave_soon(0)):
        running.begin({}, [Path(file) for file in files])
        code = app.exec()
    shutdown.leave_soon(code)
    running.end(shutdown.WORK_S)
    shutdown.leave(code)
    return code
