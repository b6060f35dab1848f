"""Where operations run: one worker that alone runs torch, jobs that wait their turn, and the devices that torch has.

Knows no Qt. The end of a `Job` is told on the worker's thread; whoever listens brings the news home.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from queue import SimpleQueue
from traceback import clear_frames
from typing import Any, Generic, TypeVar

from explorer.errors import ExplorerError, RoomError
from explorer.late import torch
from explorer.memory import memory_total, short_of
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.calls import recorded

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 - no error: it was asked for
    """Raised inside a job's work at its next report once it has been cancelled."""


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a job gave, the device having finished: its value, and torch's warnings."""

    value: T
    warnings: tuple[str, ...] = ()


class Progress:
    """Handed to a job's work: call it with the fraction done (0 to 1) wherever the work can be cut.

    Raises Cancelled once the job has been cancelled.
    """

    def __init__(self) -> None:
        self.fraction = 0.0
        self.cancelled = threading.Event()

    def __call__(self, fraction: float) -> None:
        self.fraction = fraction
        if self.cancelled.is_set():
            raise Cancelled


class Job(Generic[T]):
    """Work that was submitted. After its end `outcome` or `error` is set; a cancelled job has neither."""

    def __init__(self) -> None:
        self.progress = Progress()
        self.outcome: Outcome[T] | None = None
        self.error: Exception | None = None
        self._over = threading.Event()

    def cancel(self) -> None:
        """A queued job never starts. A running one stops at its next report; a single call of torch runs to its end and
        its result is dropped."""
        self.progress.cancelled.set()

    def wait(self, seconds: float | None = None) -> Outcome[T]:
        """Block until the end and return the outcome. Raises the job's error, Cancelled or TimeoutError."""
        if not self._over.wait(seconds):
            raise TimeoutError
        if self.error is not None:
            raise self.error
        if self.outcome is None:
            raise Cancelled
        return self.outcome


class Engine:
    """Runs jobs one after another on a thread of its own."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._closed = False
        self._prepared = False
        # A daemon: a single call of torch cannot be stopped, and a process that wants to end does not wait for it.
        self._thread = threading.Thread(target=self._work, name="engine", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Progress], T], ended: Callable[[Job[T]], None] = lambda job: None) -> Job[T]:
        """Queue `work`; what it raises is the job's error. `ended` is called once with the job, on the worker's thread,
        when it has ended. Raises RuntimeError after `close`."""
        if self._closed:
            raise RuntimeError("the engine is closed")
        job: Job[T] = Job()
        self._waiting.put(partial(self._run, job, work, ended))
        return job

    def close(self, seconds: float | None = None) -> bool:
        """Drop what is queued and wait for what runs, for at most so many seconds; whether it has ended."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (call := self._waiting.get()) is not None:
            call()
            del call  # and with it what the job holds

    def _run(self, job: Job[T], work: Callable[[Progress], T], ended: Callable[[Job[T]], None]) -> None:
        try:
            if not self._closed and not job.progress.cancelled.is_set():
                job.outcome = self._outcome(job, work)
                if job.progress.cancelled.is_set():
                    job.outcome = None
        except Cancelled:
            pass
        except Exception as error:  # noqa: BLE001 - whoever asked decides what it means
            job.error = _refused(_emptied(error))
        ended(job)
        job._over.set()
        del job, work, ended  # the frames of an error lead here

    def _outcome(self, job: Job[T], work: Callable[[Progress], T]) -> Outcome[T]:
        if not self._prepared:
            torch.set_warn_always(True)  # a warning belongs to the operation that causes it, each time
            self._prepared = True
        with recorded() as caught:
            value = work(job.progress)
            synchronise()
        return Outcome(value, tuple(dict.fromkeys(str(w.message) for w in caught)))


def synchronise() -> None:
    """Wait for the accelerator, if there is one: its kernels run on after the call returns, and so do their errors."""
    if torch.accelerator.is_available():
        torch.accelerator.synchronize()


def _emptied(error: Exception) -> Exception:
    """The error with the lines that it came by, but not what stood in their variables: tensors, among others."""
    found: BaseException | None = error
    seen: set[int] = set()
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        clear_frames(found.__traceback__)
        found = found.__cause__ or found.__context__
    return error


def _refused(error: Exception) -> Exception:
    """What a job is refused for: where memory ran out all the same, a sentence, without the frames that keep the job's
    tensors alive; an accelerator's memory is given back."""
    torch = sys.modules.get("torch")
    if torch is None or not short_of(error):
        return error  # among others that torch could not be imported
    detail = str(error)
    error.__traceback__ = None
    error.__cause__ = error.__context__ = None
    if torch.accelerator.is_available():
        getattr(torch, torch.accelerator.current_accelerator().type).empty_cache()
    if isinstance(error, ExplorerError):
        return error
    template = QT_TRANSLATE_NOOP(
        "errors", "There is not enough memory for this; choose a smaller shape or dtype, or close other programs."
    )
    return RoomError(Message("errors", template), detail)


@dataclass(frozen=True)
class DeviceInfo:
    """A device that this torch has: its torch name, the maker's, its memory in bytes (None: the machine's own or none),
    and the dtypes that it takes."""

    name: str
    title: str
    memory: int | None
    dtypes: tuple[Any, ...]


@lru_cache(maxsize=1)
def devices() -> tuple[DeviceInfo, ...]:
    """All devices, the CPU first and meta last; torch is asked for each."""
    found = [("cpu", "", memory_total())]
    if torch.cuda.is_available():
        made = [torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count())]
        found += [(f"cuda:{i}", m.name, m.total_memory) for i, m in enumerate(made)]
    if torch.backends.mps.is_available():
        found.append(("mps", "Apple GPU", None))
    if torch.xpu.is_available():
        for i in range(torch.xpu.device_count()):
            name = f"xpu:{i}"
            found.append((name, torch.xpu.get_device_name(i), torch.xpu.get_device_properties(i).total_memory))
    found.append(("meta", "", None))
    return tuple(DeviceInfo(name, title, memory, _taken(name)) for name, title, memory in found)


def dtypes() -> tuple[Any, ...]:
    """Every dtype of this torch that holds numbers, by name."""
    every = {x for x in (getattr(torch, name) for name in dir(torch)) if isinstance(x, torch.dtype)}
    return tuple(sorted((x for x in every if not str(x).startswith(("torch.q", "torch.bits"))), key=str))


def _taken(device: str) -> tuple[Any, ...]:
    """The dtypes of which this device makes and fills a tensor."""
    taken = []
    for dtype in dtypes():
        try:
            torch.zeros(1, dtype=dtype, device=device)
        except Exception:  # noqa: BLE001 - any refusal means the same
            continue
        taken.append(dtype)
    return tuple(taken)
