"""Garbage is collected on the window's thread alone.

Python collects what only a cycle of references keeps on whichever thread happens to make the next object. On the
engine's worker that takes signals and widgets apart beside the window that uses them: Qt's lock and Python's then wait
for each other for ever, or the process dies.
"""

import gc
import linecache

from PySide6.QtCore import QObject, QTimer

EVERY = 500  # ms
GENERATIONS = (2, 1, 0)


class Garbage(QObject):
    """From now until `end` nobody else collects; from `settle` on a timer of this thread does, by Python's own
    thresholds. The start makes little garbage, and looking through all that it imports would hold the window up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._automatic, self._everywhere = gc.isenabled(), False
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.collect)

    def collect(self) -> None:
        """Collect the oldest generation whose turn it is."""
        if self._everywhere:
            self._everywhere = False
            gc.unfreeze()
            gc.collect()
            self._pass_over()
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in GENERATIONS:
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """The start is over. What there is now is passed over from here on."""
        self._pass_over()
        self._timer.start()

    def _pass_over(self) -> None:
        """From here on without what there is now, and without the lines of source that Python keeps of every module
        that anyone asked for, for messages of errors."""
        linecache.clearcache()
        gc.freeze()

    def look_everywhere(self) -> None:
        """The next time nothing is passed over: much of it has become garbage."""
        self._everywhere = True

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        if self._automatic:
            gc.enable()
