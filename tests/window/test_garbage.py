"""Garbage is collected on the window's thread, whoever makes it: Qt objects must not be taken apart beside it."""

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtTest import QTest

from explorer import memory
from explorer.widgets.app import App
from explorer.widgets.settings import Settings


class Knot:
    """What only a cycle of references keeps."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def small_garbage() -> Iterator[None]:
    """The collector is the real one."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture
def collecting() -> Iterator[set[threading.Thread]]:
    """The threads that collected garbage."""
    found: set[threading.Thread] = set()

    def note(phase: str, details: dict[str, int]) -> None:
        found.add(threading.current_thread())

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def test_the_worker_collects_no_garbage(user: Any, collecting: set[threading.Thread]) -> None:
    left = []

    def work(progress: object) -> None:
        knots = [Knot() for _ in range(20_000)]
        left.extend([weakref.ref(knots[0]), weakref.ref(knots[-1])])

    user.session._warming.join()  # the start is over
    QTest.qWait(0)
    user.session.ask(work, lambda _: None, user.session)
    user.settled()
    user.qtbot.waitUntil(lambda: not any(knot() for knot in left))
    assert collecting == {threading.main_thread()}


def test_a_window_that_was_left_is_garbage(user: Any) -> None:
    old = weakref.ref(user.window)
    user.window.appearance.speak("zh_CN")
    user.qtbot.waitUntil(lambda: old() is None)


def test_after_the_window_python_collects_by_itself(qapp: Any) -> None:
    app = App(Settings())
    assert not gc.isenabled()
    app.end()
    app.deleteLater()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_memory_that_is_let_go_leaves_the_process(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(memory, "give_back", lambda: told.append(True))
    app = App(Settings())
    app.end()
    app.deleteLater()
    assert told
