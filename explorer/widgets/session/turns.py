"""One after another: what the user asked for while something runs, and the one job that may move the memory.

All reading and writing of a workspace's storages relies on this: while a turn's job runs, nobody else brings a storage
to another version, and what is asked for meanwhile waits and then sees what came out.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from explorer.engine import Job, Outcome, Progress
from explorer.widgets.faults import crash
from explorer.widgets.tasks import Tasks

Call = Callable[[], None]


class Turns(QObject):
    """Calls that wait, and the job of the present turn. Nothing has its turn before `open`."""

    busy_changed = Signal(bool)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._waiting: deque[Call] = deque()
        self._job: Job[Any] | None = None
        self._open = False
        self._taking = False

    @property
    def running(self) -> bool:
        """Whether a turn's job is under way."""
        return self._job is not None

    @property
    def cancelled(self) -> bool:
        """Whether the job that is under way has been cancelled, and runs on."""
        return self._job is not None and self._job.progress.cancelled.is_set()

    @property
    def busy(self) -> bool:
        """Whether a job is under way or something waits."""
        return self.running or bool(self._waiting)

    def open(self) -> None:
        """What waits may begin, once the present job has landed."""
        self._open = True

    def later(self, call: Call) -> bool:
        """Let `call` wait for its turn; False, without waiting, where it is its turn now."""
        if self._job is None and (self._taking or (self._open and not self._waiting)):
            return False
        self._waiting.append(call)
        return True

    def soon(self, call: Call) -> None:
        """Make `call` now if it is its turn, else when it is."""
        if not self.later(call):
            call()

    def ask(self, call: Call) -> None:
        """`call` in its turn; what a turn itself asks for comes before all that waits."""
        if self._taking:
            self._waiting.appendleft(call)
        else:
            self._waiting.append(call)
        self._advance()

    def work(
        self,
        work: Callable[[Progress], Any],
        landed: Callable[[Outcome[Any]], None],
        failed: Callable[[Exception], None],
        dropped: Call,
    ) -> None:
        """The job of this turn. One of the three is called at its end, in this turn; then the next begins."""
        self._job = self._tasks.run(
            work,
            lambda outcome: self._end(lambda: landed(outcome)),
            lambda error: self._end(lambda: failed(error)),
            lambda: self._end(dropped),
        )

    def cancel(self) -> None:
        """Drop what waits, and the job as soon as it can be stopped."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _end(self, tell: Call) -> None:
        self._job = None
        self._take(tell)
        self._advance()

    def _advance(self) -> None:
        while self._open and self._job is None and self._waiting:
            self._take(self._waiting.popleft())
        self.busy_changed.emit(self.busy)

    def _take(self, call: Call) -> None:
        before, self._taking = self._taking, True
        try:
            call()
        except Exception as fault:  # noqa: BLE001 - a fault in one turn must not keep the others waiting
            crash.report(fault)
        finally:
            self._taking = before
