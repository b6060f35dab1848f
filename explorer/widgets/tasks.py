"""Work for the engine, and the way home: what a job gave arrives on the window's thread."""

import gc
from collections.abc import Callable
from functools import partial
from inspect import isfunction, ismethod
from types import CellType
from typing import Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from explorer.engine import Engine, Job, Outcome, Progress
from explorer.errors import RoomError

Landed = Callable[[Outcome[Any]], None]
Failed = Callable[[Exception], None]
Dropped = Callable[[], None]
News = tuple[Job[Any], Landed, Failed, Dropped | None]


def alive(call: Any) -> bool:
    """Whether all objects of Qt's that `call` holds are still there: as `self`, in its closure or bound to it.

    What was meant for a window or a dialog that has been deleted is for nobody.
    """
    seen: set[int] = set()
    parts = [call]
    while parts:
        part = parts.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, QObject):
            if not isValid(part):
                return False
        elif isinstance(part, partial):
            parts += [part.func, *part.args, *part.keywords.values()]
        elif ismethod(part):
            parts += [part.__self__, part.__func__]
        elif isfunction(part):
            parts += [part for cell in part.__closure__ or () for part in _held(cell)]
    return True


def _held(cell: CellType) -> list[Any]:
    try:
        return [cell.cell_contents]
    except ValueError:  # not filled yet
        return []


class Tasks(QObject):
    """Submits work and calls back on the thread that this object lives in."""

    _ended = Signal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.under_way = 0
        # queued even from the same thread: news never arrives before `run` has returned the job
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Progress], Any],
        landed: Landed,
        failed: Failed,
        dropped: Dropped | None = None,
    ) -> Job[Any]:
        """Submit `work`; exactly one of `landed`, `failed` and (after a cancel) `dropped` is called."""
        self.under_way += 1
        job = self.engine.submit(work)
        job.done(lambda ended: self._send((ended, landed, failed, dropped)))
        return job

    def _send(self, news: object) -> None:
        if isValid(self):  # the window may be gone by now
            self._ended.emit(news)

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
        elif dropped is not None:
            dropped()
