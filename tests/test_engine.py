"""Jobs run one after another on one worker; each tells its end once."""

import gc
import threading
import warnings
import weakref
from traceback import format_exception

import pytest
import torch

from explorer import memory
from explorer.engine import Cancelled, Engine, Job, Progress, devices
from explorer.errors import ExplorerError
from explorer.memory import amount, in_bytes, room_for


@pytest.fixture
def worker():
    worker = Engine()
    yield worker
    worker.close()


def test_jobs_run_in_order_on_one_thread(worker: Engine) -> None:
    threads: list[int] = []
    jobs = [worker.submit(lambda _, k=k: (threads.append(threading.get_ident()), k)[1]) for k in range(5)]
    assert [job.wait(60).value for job in jobs] == [0, 1, 2, 3, 4]
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_an_outcome_has_its_warnings_once_each(worker: Engine) -> None:
    def work(_: object) -> int:
        for _ in range(3):
            warnings.warn("take care", UserWarning, stacklevel=1)
        return 1

    outcome = worker.submit(work).wait(60)
    assert (outcome.value, outcome.warnings) == (1, ("take care",))


def test_torch_warns_every_time(worker: Engine) -> None:
    def work(_: object) -> torch.Tensor:
        return torch.arange(6).reshape(2, 3).T.T.transpose(0, 1).mT.new_zeros(3, 2, 2).T

    assert all(worker.submit(work).wait(60).warnings for _ in range(2))


def test_an_error_keeps_nothing_that_the_job_worked_on(worker: Engine) -> None:
    """Not even until garbage is collected, which counts objects, not bytes."""
    seen: list[weakref.ref[torch.Tensor]] = []

    def inner(given: torch.Tensor) -> None:
        seen.append(weakref.ref(given))
        raise ValueError("inner")

    def work(_: object) -> None:
        try:
            inner(torch.ones(3))
        except ValueError as error:
            raise ExplorerError("outer") from error

    gc.disable()
    try:
        job = worker.submit(work)
        worker.submit(lambda _: None).wait(60)
        assert isinstance(job.error, ExplorerError)
        assert "inner(torch.ones(3))" in "".join(format_exception(job.error))
        assert [x() for x in seen] == [None]
        gone = weakref.ref(job)
        del job
        assert gone() is None
    finally:
        gc.enable()


def test_an_error_is_the_jobs_own(worker: Engine) -> None:
    job = worker.submit(lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        job.wait(60)
    assert (job.outcome, type(job.error)) == (None, ZeroDivisionError)
    assert worker.submit(lambda _: 2).wait(60).value == 2


def test_a_running_job_stops_at_its_next_report_and_a_queued_one_never_starts(worker: Engine) -> None:
    began, go_on, ran = threading.Event(), threading.Event(), []

    def work(progress: Progress) -> None:
        began.set()
        assert go_on.wait(60)
        progress(0.5)
        ran.append("past the report")

    running, queued = worker.submit(work), worker.submit(lambda _: ran.append("queued"))
    assert began.wait(60)
    queued.cancel()
    running.cancel()
    go_on.set()
    for job in (running, queued):
        with pytest.raises(Cancelled):
            job.wait(60)
        assert (job.outcome, job.error) == (None, None)
    assert ran == []


def test_what_is_done_all_the_same_after_a_cancel_is_dropped(worker: Engine) -> None:
    began, go_on = threading.Event(), threading.Event()
    job = worker.submit(lambda _: (began.set(), go_on.wait(60)))
    assert began.wait(60)
    job.cancel()
    go_on.set()
    with pytest.raises(Cancelled):
        job.wait(60)
    assert job.outcome is None


def test_the_end_is_told_once_however_it_comes(worker: Engine) -> None:
    told: list[Job[int]] = []
    done, failed = worker.submit(lambda _: 1, told.append), worker.submit(lambda _: 1 // 0, told.append)
    began, go_on = threading.Event(), threading.Event()
    worker.submit(lambda _: (began.set(), go_on.wait(60)))
    assert began.wait(60)
    cancelled = worker.submit(lambda _: 1, told.append)
    cancelled.cancel()
    go_on.set()
    worker.submit(lambda _: 1).wait(60)
    assert told == [done, failed, cancelled]
    assert [(job.outcome is None, job.error is None) for job in told] == [(False, True), (True, False), (True, True)]


def test_after_close_nothing_is_taken() -> None:
    worker = Engine()
    worker.close()
    with pytest.raises(RuntimeError):
        worker.submit(lambda _: 1)


def test_the_cpu_comes_first_and_meta_last() -> None:
    found = devices()
    assert (found[0].name, found[-1].name) == ("cpu", "meta")
    assert torch.float32 in found[0].dtypes


def test_memory_is_refused_with_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "memory_free", lambda: 2**30)
    room_for(2**30, "cpu")
    room_for(2**40, "meta")
    with pytest.raises(ExplorerError) as refusal:
        room_for(2**31, "cpu")
    assert "2 GiB" in str(refusal.value.message)
    assert "1 GiB" in str(refusal.value.message)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (2**20 - 1, "1 MiB"), (3 * 2**69, "1536 EiB")],
)
def test_bytes_are_written_as_people_read_them(count: int, text: str) -> None:
    assert in_bytes(count) == text


def test_bytes_in_a_sentence_are_said_in_its_language() -> None:
    chinese = {"1 byte": "1 字节", "{count} bytes": "{count} 字节"}
    said = [amount(count).text(lambda _, text: chinese.get(text, text)) for count in (1, 96, 1536)]
    assert said == ["1 字节", "96 字节", "1.5 KiB"]
    assert str(amount(96)) == "96 bytes"
