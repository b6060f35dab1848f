"""Work that raises what nobody foresaw when it is done: reported, taken back, and the session goes on."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.window.truth import assert_true, rewind


def acts(user: Any) -> list[Callable[[], object]]:
    """A short session whose every act asks the worker for something: change, write, run, replace, undo, statistics."""
    session, window = user.session, user.window

    def second() -> str:
        return str(session.workspace.names[1])

    return [
        lambda: session.change("write", lambda w: w.write("A", (0, 0), 100)),
        session.run,
        lambda: session.set_argument("dim", 1),
        session.run,
        lambda: session.select(second()),
        lambda: session.choose_operation("T"),
        session.run,
        session.undo,
        session.redo,
        lambda: session.rename(second(), "V"),
        lambda: session.duplicate(second()),
        lambda: window.grid.open("A", 0),
        window.grid.close,
        window.program.copy_code,
        session.undo,
    ]


def perform(user: Any) -> None:
    for act in acts(user):
        act()
        user.settled()
        user.window.stage.player.pause()
        assert_true(user.session)


def test_each_job_of_a_session_fails_once(
    user: Any, monkeypatch: pytest.MonkeyPatch, faults: list[BaseException]
) -> None:
    tasks = user.session.tasks
    real, count, failing = tasks.run, 0, -1
    raised: list[str] = []  # a job that is superseded while it waits never runs

    def run(work: Callable[[Any], Any], *news: Any, **named: Any) -> Any:
        nonlocal count
        number, count = count, count + 1

        def failing_late(progress: Any) -> Any:
            work(progress)
            raised.append(f"job {number}")
            raise ZeroDivisionError(raised[-1])

        return real(failing_late if number == failing else work, *news, **named)

    monkeypatch.setattr(tasks, "run", run)
    perform(user)
    jobs = count
    assert jobs > len(acts(user)), "not every act asked for work"
    for chosen in range(jobs):
        failing = -1
        rewind(user)
        count, failing, before = 0, chosen, len(raised)
        perform(user)
        assert [str(fault) for fault in faults] == raised[before:]
        faults.clear()
    assert len(raised) > jobs / 2
