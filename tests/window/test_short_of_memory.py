"""Short of memory: the window says so with figures, and all is as it was."""

from typing import Any

import pytest
import torch
from PySide6.QtGui import QAccessible

from explorer import memory
from explorer.widgets.speech import announce
from explorer.workspace import edits
from tests.drafts import drafted

LARGE = (2400, 2400)  # 22 MiB, of which the guard is asked


@pytest.fixture
def short(user: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A window with a large tensor X, an expanded one E, and 17 MiB left."""
    user.session.load("Load", lambda work, progress: work.load("X", torch.arange(float(2400**2)).reshape(LARGE)))
    user.settled()
    user.make("e", torch.ones(1, 1))
    user.session.set_draft(drafted("expand", ("e",), {"size": LARGE}))
    user.session.run()
    user.settled()
    user.window.stage.player.pause()
    monkeypatch.setattr(memory, "memory_free", lambda: 17 * 2**20)
    return user


def said(user: Any) -> str:
    return str(user.window.message_bar.text)


def test_a_write_that_could_not_be_taken_back(short) -> None:
    before, steps = short.session.workspace, len(short.session.history.changes)
    short.session.set_draft(drafted("fill_", ("X", 1)))
    short.settled()
    short.session.run()
    short.settled()
    assert "22 MiB of memory and 17 MiB are free" in said(short)
    assert short.session.workspace is before
    assert len(short.session.history.changes) == steps
    assert before["X"].tensor()[-1, -1] == 2400**2 - 1
    short.session.undo()
    short.settled()
    assert len(short.session.workspace.names) == len(before.names) - 1


def test_a_draft_says_at_once_that_its_result_does_not_fit(short, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(announce.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(announce.QAccessible, "updateAccessibility", told.append)
    short.session.set_draft(drafted("neg", ("X",)))
    short.settled()
    assert "22 MiB of memory and 17 MiB are free" in short.window.message_bar.text
    read = [event.message() for event in told if event.type() == QAccessible.Event.Announcement]
    assert any("22 MiB of memory and 17 MiB are free" in text for text in read)
    steps = len(short.session.history.changes)
    short.session.run()
    short.settled()
    assert "22 MiB of memory and 17 MiB are free" in said(short)
    assert len(short.session.history.changes) == steps
    monkeypatch.setattr(memory, "memory_free", lambda: 2**32)  # another program ends
    short.session.run()
    short.settled()
    assert len(short.session.history.changes) == steps + 1


def test_freezing_what_takes_no_memory_yet(short) -> None:
    before = short.session.workspace
    result = before.steps[-1].outputs[0]
    for ask in (
        lambda: short.session.change("Freeze", lambda work: edits.freeze(work, result)),
        lambda: short.session.change("Delete", lambda work: edits.delete(work, "e", freeze=True)),
    ):
        ask()
        short.settled()
        assert "22 MiB of memory and 17 MiB are free" in said(short)
        assert short.session.workspace is before


def test_a_conversion_in_the_grid(short) -> None:
    before = short.session.workspace
    short.window.grid.open("X")
    short.window.grid.grid.converted.emit(torch.float64)
    short.settled()
    assert "43.9 MiB of memory and 17 MiB are free" in said(short)
    assert short.session.workspace is before
