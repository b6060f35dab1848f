"""The program's own start, telling when its window was painted and when it was ready for an operation.

Run as a process of its own; prints two moments (seconds since the epoch) and ends.
"""

import time

from PySide6.QtCore import QTimer

from explorer.widgets.app import App, dressed
from explorer.widgets.settings import Settings
from explorer.widgets.window.first_paint import FirstPaint


def main() -> None:
    app = dressed(Settings(), "en", "light")
    running = App(Settings())
    moments = []
    FirstPaint(running.window.stage.view).done.connect(lambda: moments.append(time.time()))
    running.window.show()
    running.begin({})

    def ready() -> None:
        print(*moments, time.time(), flush=True)
        QTimer.singleShot(0, app.quit)

    running.session.ready.connect(ready)
    app.exec()
    running.end()


if __name__ == "__main__":
    main()
