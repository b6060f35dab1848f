"""The program's own start, telling when its window was painted and when it was ready for an operation.

Run as a process of its own; prints two moments (seconds since the epoch) and ends.
"""

import time

from PySide6.QtCore import QEvent, QObject, QTimer

from explorer.widgets.app import App, dressed
from explorer.widgets.faults.guard import guarded
from explorer.widgets.settings import Settings


class Watch(QObject):
    """Notes the moment after the window's first painting."""

    painted = 0.0

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched.objectName() == "heatmap_view" and not self.painted:
            self.painted = -1.0
            QTimer.singleShot(0, self.note)
        return False

    def note(self) -> None:
        self.painted = time.time()


def main() -> None:
    app = dressed(Settings(), "en", "light")
    running = App(Settings())
    watch = Watch()
    running.window.stage.view.installEventFilter(watch)
    running.window.show()
    running.session.start()

    def ready() -> None:
        print(watch.painted, time.time(), flush=True)
        QTimer.singleShot(0, app.quit)

    running.session.ready.connect(ready)
    app.exec()
    running.end()


if __name__ == "__main__":
    main()
