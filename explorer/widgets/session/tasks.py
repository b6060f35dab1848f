"""The one queue: what the user asks for, one after another, and work for the engine's worker, whose news come home to
the window's thread.

All reading and writing of a workspace's storages relies on this: while a turn's job runs, nobody else brings a storage
to another version, and what is asked for meanwhile waits and then sees what came out.
"""

import gc
from collections import deque
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, cast

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from explorer.engine import Engine, Job, Outcome, Progress
from explorer.errors import RoomError
from explorer.widgets.faults import crash

P = ParamSpec("P")
Then = Callable[[], None]
Work = Callable[[Progress], Any]
Landed = Callable[[Outcome[Any]], None]
Failed = Callable[[Exception], None]
News = tuple[Job[Any], Landed, Failed, Then]


def in_turn(method: Callable[Concatenate[Any, P], None]) -> Callable[Concatenate[Any, P], None]:
    """A method of an object with `tasks`, to be called in its turn: at once where nothing is under way, else later."""

    @wraps(method)
    def asked(self: Any, /, *given: P.args, **named: P.kwargs) -> None:
        self.tasks.soon(partial(method, self, *given, **named))

    return asked


class Tasks(QObject):
    """Calls that wait for their turn, the job of the present turn, and work beside the turns, which changes nothing.

    Nothing has its turn before `open`. All is called back on the thread that this object lives in.
    """

    busy_changed = Signal(bool)
    _ended = Signal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.under_way = 0  # jobs, in turns and beside them
        self._waiting: deque[Then] = deque()
        self._asked = 0  # how many of these the present turn asked for
        self._job: Job[Any] | None = None
        self._open = False
        self._in_turn = False
        self._told = False  # that it is busy
        # queued even from the same thread: news never arrives before `run` has returned the job
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    # --- turns -----------------------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """Whether a turn's job is under way, which may be moving the memory."""
        return self._job is not None

    @property
    def cancelled(self) -> bool:
        """Whether the job of the turn has been cancelled, and runs on."""
        return self._job is not None and self._job.progress.cancelled.is_set()

    @property
    def busy(self) -> bool:
        """Whether a turn's job is under way or something waits."""
        return self.moving or bool(self._waiting)

    def open(self) -> None:
        """What waits may begin, once the present job has landed."""
        self._open = True

    def soon(self, call: Then) -> None:
        """Make `call` now if it is its turn, else when it is; what a turn asks for comes before all that waits."""
        if self._in_turn and self._job is None:
            call()
            return
        if self._in_turn:
            self._waiting.insert(self._asked, call)
            self._asked += 1
        else:
            self._waiting.append(call)
        self._advance()

    def work(self, work: Work, landed: Landed, failed: Failed, dropped: Then = lambda: None) -> None:
        """The job of this turn. One of the three is called at its end, in this turn; then the next begins."""

        def at_the_end(news: Callable[..., None]) -> Callable[..., None]:
            return lambda *told: self._end(partial(news, *told))

        self._job = self.run(work, at_the_end(landed), at_the_end(failed), at_the_end(dropped))

    def cancel(self) -> None:
        """Drop what waits, and the job of the turn as soon as it can be stopped."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _end(self, news: Then) -> None:
        self._job = None
        self._take(news)
        self._advance()

    def _advance(self) -> None:
        while self._open and self._job is None and self._waiting:
            self._take(self._waiting.popleft())
        if self._told != self.busy:
            self._told = self.busy
            self.busy_changed.emit(self.busy)

    def _take(self, call: Then) -> None:
        before, self._in_turn, self._asked = self._in_turn, True, 0
        try:
            call()
        except Exception as fault:  # noqa: BLE001 - a fault in one turn must not keep the others waiting
            crash.report(fault)
        finally:
            self._in_turn = before

    # --- the worker ------------------------------------------------------------------------------------------------

    def run(self, work: Work, landed: Landed, failed: Failed, dropped: Then = lambda: None) -> Job[Any]:
        """Submit `work`; exactly one of `landed`, `failed` and (after a cancel) `dropped` is called."""
        self.under_way += 1

        def ended(job: Job[Any]) -> None:
            if isValid(self):  # the window may be gone by now
                self._ended.emit((job, landed, failed, dropped))

        return self.engine.submit(work, ended)

    def _deliver(self, news: object) -> None:
        job, landed, failed, dropped = cast(News, news)
        outcome, job.outcome = job.outcome, None  # it is the receiver's now: whoever keeps the job keeps no tensors
        self.under_way -= 1
        if isinstance(job.error, RoomError):
            gc.collect()  # here and not on the worker, which must not take Qt's objects apart
        if job.error is not None:
            failed(job.error)
        elif outcome is not None:
            landed(outcome)
        else:
            dropped()
