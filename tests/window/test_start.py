"""The start: requests made before torch is there, a start that fails, and a window on given tensors."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from explorer.session import samples
from explorer.widgets.app import App, dressed
from explorer.widgets.settings import Settings

Open = Callable[..., App]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    """A function that opens the window without waiting for torch."""
    running: list[App] = []

    def begin(given: dict[str, Any] | None = None) -> App:
        kept = Settings()
        dressed(kept, "en", "light")
        app = App(kept)
        running.append(app)
        app.window.show()
        app.begin(given or {})
        return app

    yield begin
    for app in running:
        app.end()
        app.deleteLater()


def test_the_search_and_the_menus_open_before_torch_is_there(qtbot: QtBot, opened: Open) -> None:
    app = opened()
    window = app.window
    window.search.focus()
    QTest.keyClicks(window.search, "undo")
    assert "action_undo" in window.search.results
    for menu in window.menus.findChildren(QMenu):
        menu.aboutToShow.emit()
    assert all(action.text for action in window.commands.table.values())
    assert not app.session.started
    settle(qtbot, app)


def settle(qtbot: QtBot, app: App) -> None:
    qtbot.waitUntil(lambda: app.session.started and not app.session.busy and app.session.idle, timeout=60_000)


def test_what_is_asked_before_torch_is_there_is_done_in_order(qtbot: QtBot, opened: Open) -> None:
    app = opened()
    session = app.session
    session.select("W")
    session.choose_operation("T")
    session.run()
    session.choose_operation("sum")
    session.run()
    session.undo()
    session.select("gone")
    assert session.busy
    settle(qtbot, app)
    assert [step.source() for step in session.workspace.steps][2:] == ["B = W.T"]
    assert session.history.redo_text
    session.redo()
    settle(qtbot, app)
    assert session.workspace.steps[-1].source() == "C = W.sum(dim=0)"


def test_a_start_that_fails_is_said_and_can_be_tried_again(
    qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch, faults: list[BaseException]
) -> None:
    real = samples.first_workspace

    def broken() -> Any:
        raise OSError("libtorch_cpu.so: cannot open shared object file")

    monkeypatch.setattr(samples, "first_workspace", broken)
    app = opened()
    bar = app.window.message_bar
    qtbot.waitUntil(bar.isVisible)
    assert "torch could not be made ready" in bar.text
    assert "libtorch_cpu.so" in bar.text
    assert not app.session.started
    app.window.draft.run_or_play()  # waits for better times
    app.rebuild()  # the window in another language says it, too
    bar = app.window.message_bar
    assert "torch could not be made ready" in bar.text
    monkeypatch.setattr(samples, "first_workspace", real)
    bar.findChild(object, "message_action").click()
    settle(qtbot, app)
    assert not bar.isVisible()
    assert app.session.workspace["B"].tensor().tolist() == [12, 15, 18, 21]
    assert not faults


def test_torch_that_is_not_there_is_said(qtbot: QtBot, opened: Open) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "torch", None)  # type: ignore[arg-type]
        app = opened()
        qtbot.waitUntil(app.window.message_bar.isVisible)
    assert "ModuleNotFoundError" in app.window.message_bar.text


def test_a_cancel_before_torch_is_there_does_not_stop_the_start(qtbot: QtBot, opened: Open) -> None:
    app = opened()
    app.session.cancel()
    settle(qtbot, app)
    assert app.session.workspace.names == ("A", "W")


def test_a_fault_at_the_start_is_reported_too(
    qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch, faults: list[BaseException]
) -> None:
    monkeypatch.setattr(samples, "first_workspace", lambda: 1 / 0)
    app = opened()
    qtbot.waitUntil(app.window.message_bar.isVisible)
    assert [type(fault) for fault in faults] == [ZeroDivisionError]
    assert not app.session.busy
    faults.clear()


def test_what_is_no_dense_tensor_is_refused_and_the_rest_is_shown(qtbot: QtBot, opened: Open) -> None:
    given = {"S": torch.eye(3).to_sparse(), "N": np.arange(6).reshape(2, 3), "L": [1, 2], "torch": torch.zeros(1)}
    app = opened(given)
    settle(qtbot, app)
    assert app.session.workspace.names == ("N", "L")
    assert app.session.draft is not None
    assert app.session.draft.operands == ("N",)
    text = app.window.message_bar.text
    assert "S cannot be shown" in text
    assert "sparse" in text


def test_what_torch_does_not_read_is_refused(qtbot: QtBot, opened: Open) -> None:
    app = opened({"F": torch.empty((2, 3), dtype=torch.float4_e2m1fn_x2), "e": torch.empty(0, dtype=torch.uint1)})
    settle(qtbot, app)
    assert not app.session.workspace.items
    assert "F cannot be shown: torch does not read values of float4_e2m1fn_x2." in app.window.message_bar.text


def test_nothing_that_can_be_shown_leaves_an_empty_shelf(qtbot: QtBot, opened: Open) -> None:
    app = opened({"S": object()})
    settle(qtbot, app)
    assert not app.session.workspace.items
    assert "S cannot be shown" in app.window.message_bar.text
    app.session.create("A", samples.Definition("zeros", {"size": (2, 3)}))
    settle(qtbot, app)
    app.session.run()
    settle(qtbot, app)
    assert app.session.workspace["B"].tensor().tolist() == [0, 0, 0]


def test_given_tensors_are_copied(qtbot: QtBot, opened: Open) -> None:
    mine = torch.arange(6.0).reshape(2, 3).requires_grad_()
    app = opened({"mine": mine})
    settle(qtbot, app)
    app.session.change("write", lambda w: w.write("mine", (0, 0), 100.0))
    settle(qtbot, app)
    assert app.session.workspace["mine"].tensor()[0, 0] == 100
    assert mine[0, 0] == 0


def test_torch_is_imported_only_from_the_first_painting_on(qtbot: QtBot) -> None:
    kept = Settings()
    dressed(kept, "en", "light")
    app = App(kept)
    app.begin({})
    started = []
    app.session.start = lambda *a, **k: started.append(app.window.isVisible())  # type: ignore[method-assign]
    qtbot.wait(0)
    assert not started
    app.window.show()
    qtbot.waitUntil(lambda: bool(started))
    app.window.repaint()
    qtbot.wait(0)
    assert started == [True]
    app.end()
    app.deleteLater()


def test_the_window_begins_on_a_device_with_values(start) -> None:
    first = start()
    first.window.panes.device.device_chosen.emit("meta")
    first.settled()
    first.app.rebuild()
    first.settled()
    assert first.session.device == "meta"  # another language is no other start
    assert start().session.device == "cpu"
