"""Pictures of the window without a display: A squashed along axis 0, at the start, the middle and the end."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from explorer.errors import FileError
from explorer.widgets.app import App, dressed
from explorer.widgets.faults import crash
from explorer.widgets.settings import Settings
from explorer.widgets.stage import export

MOMENTS = (("start", 0.0), ("middle", 0.45), ("end", 1.0))
PATIENCE = 120_000  # milliseconds for torch to be imported on a slow disk


def main(
    folder: Path, size: tuple[int, int] = (1280, 800), language: str | None = None, theme: str | None = None
) -> int:
    """Write start.png, middle.png and end.png into `folder`; returns the exit code. Needs Qt's offscreen platform."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(QSettings(str(folder / ".settings.ini"), QSettings.Format.IniFormat))
    dressed(settings, language or "en", theme or "light")
    crash.install()
    running = App(settings)
    window, session = running.window, running.session
    window.resize(*size)
    window.show()
    try:
        await_(session.start, lambda: window.stage.staged is not None)
        await_(session.run, lambda: window.stage.staged is not None and window.stage.staged.ran)
        window.stage.player.pause()
        for name, t in MOMENTS:
            window.stage.player.seek(t)
            settle()
            path = folder / f"{name}.png"
            export.write(path, export.encoded(window.grab().toImage()))
            print(path)
    except FileError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        running.end()
        (folder / ".settings.ini").unlink(missing_ok=True)
    return 0


def await_(begin: Callable[[], object], there: Callable[[], bool]) -> None:
    """Begin something and let events run until it is there. Raises TimeoutError after two minutes."""
    loop = QEventLoop()
    late, look = QTimer(loop), QTimer(loop)
    late.setSingleShot(True)
    late.timeout.connect(loop.quit)
    late.start(PATIENCE)
    look.timeout.connect(lambda: loop.quit() if there() else None)
    look.start(5)
    begin()
    loop.exec()
    loop.deleteLater()  # here: the collector of cycles may run on the worker
    if not there():
        raise TimeoutError("the window did not get ready")


def settle() -> None:
    """Let what is queued (layouts, statistics) arrive."""
    loop = QEventLoop()
    QTimer.singleShot(150, loop.quit)
    loop.exec()
