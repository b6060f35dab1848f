"""The program's own start, timed from within. Run as a process of its own.

Prints the moment when menus, operations and timeline had been painted, that when an operation could be run (seconds
since the epoch), and the longest that the window's thread stood still (ms) from the painting until the first draft
stood on the stage. With `bare` it paints an empty window instead, and prints that moment alone.
"""

import sys
import time
from itertools import pairwise

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from explorer.widgets.window.first_paint import FirstPaint


def main() -> None:
    from explorer.widgets.app import App, dressed
    from explorer.widgets.plain_imports import import_plainly
    from explorer.widgets.settings import Settings

    import_plainly()
    app = dressed(Settings(), "en", "light")
    running = App(Settings())
    moments: list[float] = []
    gaps: list[float] = []
    beat = QTimer(interval=0)

    def look() -> None:
        gaps.append(time.time())

    def painted() -> None:
        moments.append(time.time())
        look()
        beat.timeout.connect(look)
        beat.start()

    def staged(staged: object) -> None:
        if staged is not None and running.session.draft is not None:
            QTimer.singleShot(0, app.quit)

    FirstPaint(running.window.stage.view).done.connect(painted)
    running.session.ready.connect(lambda: moments.append(time.time()))
    running.session.staged.connect(staged)
    running.window.show()
    running.begin({})
    app.exec()
    look()
    print(*moments, 1000 * max(b - a for a, b in pairwise(gaps)), flush=True)
    running.end()


def bare() -> None:
    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)

    def painted() -> None:
        print(time.time(), flush=True)
        app.quit()

    FirstPaint(window).done.connect(painted)
    window.show()
    app.exec()


if __name__ == "__main__":
    bare() if "bare" in sys.argv else main()
