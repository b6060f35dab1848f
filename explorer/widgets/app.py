"""The start: application, words, looks, session, window, and an orderly end."""

import gc
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from explorer.engine import Engine
from explorer.widgets.faults import crash
from explorer.widgets.look import theme
from explorer.widgets.session import Session
from explorer.widgets.settings import Settings
from explorer.widgets.speech import language
from explorer.widgets.window.first_paint import FirstPaint
from explorer.widgets.window.main_window import MainWindow

if TYPE_CHECKING:
    from torch import Tensor

PATIENCE_MS = 100  # until a window that is not to be disturbed is looked at again


class App(QObject):
    """Holds what lives as long as the program: the session, and the window that shows it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.session = Session(Engine(), self)
        self.window = MainWindow(self.session, settings, self.rebuild)
        self._left: list[MainWindow] = []  # hidden, until what was asked of them has landed
        self.session.busy_changed.connect(lambda _: QTimer.singleShot(0, self, self._discard_left))
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._go_on)
        self._waits = False  # whether a window in another language is wanted

    def begin(self, given: Mapping[str, "Tensor"], files: Sequence[Path] = ()) -> None:
        """Get torch ready, then shelve what is given and open the files; without any of them, the sample.

        Only from the first painting on: importing torch beside it would hold it up.
        """

        def start() -> None:
            self.session.start(given, bare=bool(files))
            if files:
                self.window.opening.open(files)

        FirstPaint(self.window).done.connect(start)

    def rebuild(self) -> None:
        """The window anew, in the language of now, on the same session and at the same moment.

        While the user is in the middle of something, as soon as that is done: nothing that was typed is lost.
        """
        self._waits = occupied()
        if self._waits:
            self._patience.start()
            return
        old, place = self.window, self.window.saveGeometry()
        self.settings.speed = old.stage.player.speed
        self.window = MainWindow(self.session, self.settings, self.rebuild, old.moment)
        self.window.restoreGeometry(place)
        self.window.show()
        self.window.menus.projector.setChecked(old.panes.projecting)
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
        gone = self._left and not self.session.busy
        while self._left and not self.session.busy:
            discard(self._left.pop())
        if gone:
            gc.collect()  # else thousands of Python's objects of each window wait long for their turn: 0.6 to 1 MiB

    def end(self) -> None:
        """Stop the worker and take the window apart while Qt is still there."""
        self._patience.stop()
        self.session.close()
        left, self._left = self._left, []
        for window in (*left, self.window):
            discard(window)


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
    """Open the window on copies of `tensors` (called A, B ...) and of `named`; returns the exit code."""
    from explorer.workspace.names import fresh

    given = dict(named)
    for tensor in tensors:
        given[fresh(given)] = tensor
    return run(Settings(), given)


def main(files: Sequence[str] = (), language: str | None = None, theme: str | None = None) -> int:
    """Open the window and run until it is closed; returns the exit code."""
    return run(Settings(), {}, language, theme, [Path(file) for file in files])


def run(
    settings: Settings,
    given: Mapping[str, "Tensor"],
    words: str | None = None,
    look: str | None = None,
    files: Sequence[Path] = (),
) -> int:
    """The program: its window on `given` tensors and `files`, or on the sample; returns the exit code."""
    app = dressed(settings, words, look)
    crash.install()
    running = App(settings)
    running.window.show()
    running.begin(given, files)
    code = app.exec()
    running.end()
    return code
