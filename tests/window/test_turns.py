"""What the user asks for while something runs: it waits its turn, and nobody moves the memory meanwhile."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from explorer.errors import OpError
from explorer.widgets.app import App
from explorer.widgets.settings import Settings
from explorer.workspace import Definition, Workspace, edits
from tests.window.conftest import User


class Gate:
    """A change of the workspace that runs until it is let go."""

    def __init__(self, user: Any) -> None:
        self._open, self._began = threading.Event(), threading.Event()
        user.session.change("wait", self._change)
        assert self._began.wait(60)

    def _change(self, workspace: Workspace) -> Workspace:
        self._began.set()
        assert self._open.wait(60)
        return workspace.create(workspace.fresh_name(), Definition.typed(torch.zeros(2)))

    def let_go(self) -> None:
        self._open.set()


@pytest.fixture
def gate(user: Any) -> Any:
    gate = Gate(user)
    yield gate
    gate.let_go()


def test_several_clicks_during_a_run_are_answered_in_order(user: Any, gate: Gate) -> None:
    user.session.choose_operation("mean")
    user.session.set_argument("dim", 1)
    user.session.select("W")
    user.session.run()
    assert user.session.draft.op.name == "sum"
    gate.let_go()
    user.settled()
    call = user.session.workspace.steps[-1].call
    assert (call.op.name, call.operands, call.arguments) == ("mean", ("W",), {"dim": 1})


def test_what_a_turn_asks_for_comes_before_what_waits(user: Any, gate: Gate) -> None:
    user.session.run()
    user.session.delete("A")
    user.session.rename("W", "V")
    gate.let_go()
    user.settled()
    assert [item.name for item in user.session.workspace.items] == ["A", "V", "B", "C"]  # delete was refused


def test_what_a_turn_asks_for_comes_in_its_order(user: Any, gate: Gate) -> None:
    made = Definition("zeros", {"size": (2,)})
    user.session.soon(lambda: [user.session.create(name, made) for name in ("X", "Y", "Z")])
    user.session.duplicate("Z")
    gate.let_go()
    user.settled()
    assert user.session.workspace.names == ("A", "W", "B", "X", "Y", "Z", "C")


def test_several_changes_are_taken_back_at_once(user: Any) -> None:
    for name in ("X", "Y", "Z"):
        user.session.duplicate("A")
        user.session.rename("B", name)
    user.settled()
    seen: list[tuple[str, ...]] = []
    user.session.changed.connect(lambda state: seen.append(state.workspace.names))
    for steps in (-5, 4, -9, 3):
        user.session.travel(steps)
    user.settled()
    assert seen == [("A", "W", "B"), ("A", "W", "X", "Y", "B")]
    assert (user.session.history.undo_text, user.session.history.redo_text) == ("Duplicate A", "Rename B to Z")


def test_nothing_is_told_of_what_has_been_overwritten(user: Any) -> None:
    wrote, go_on = threading.Event(), threading.Event()

    def write(workspace: Workspace) -> Workspace:
        after = workspace.write("A", (0, 0), 100)
        wrote.set()
        assert go_on.wait(60)
        return after

    told: list[object] = []
    before, other = user.session.workspace["A"], user.session.workspace["W"]
    user.session.change("write", write)
    assert wrote.wait(60)
    for item in (before, other):
        user.session.read(item, lambda _, item=item: item.name, told.append, user.session)
    go_on.set()
    user.settled()
    assert told == ["W"]


def test_undo_moves_the_memory_on_the_worker(user: Any) -> None:
    user.session.change("write", lambda w: w.write("A", (0, 0), 100))
    user.settled()
    seen: list[str] = []
    before = user.session.history.changes[0].before.workspace
    seek = before["A"].storage.seek
    before["A"].storage.seek = lambda version: (seen.append(threading.current_thread().name), seek(version))
    user.session.undo()
    user.session.redo()
    user.session.undo()
    user.settled()
    assert user.session.workspace["A"].tensor()[0, 0] == 0
    moved = [name for name in seen if not name.startswith("MainThread")]
    assert moved
    assert moved[0].startswith("engine")
    assert user.session.history.at == 0


@pytest.mark.parametrize("ask", [lambda s: s.undo(), lambda s: s.redo()])
def test_there_may_be_nothing_to_undo(user: Any, ask: Callable[[Any], None]) -> None:
    ask(user.session)
    user.settled()
    assert [item.name for item in user.session.workspace.items] == ["A", "W"]


def test_a_cancelled_write_is_taken_back(user: Any) -> None:
    wrote, go_on = threading.Event(), threading.Event()

    def write(workspace: Workspace) -> Workspace:
        after = workspace.write("A", (0, 0), 100)
        wrote.set()
        assert go_on.wait(60)
        return after

    buffer = user.session.workspace["A"].tensor()
    user.session.change("write", write)
    assert wrote.wait(60)
    user.session.cancel()
    go_on.set()
    user.settled()
    assert buffer[0, 0] == 0
    assert len(user.session.history.changes) == 0


def test_a_failed_change_leaves_the_memory_as_it_was(user: Any) -> None:
    refused: list[object] = []
    user.session.failed.connect(refused.append)
    buffer = user.session.workspace["A"].tensor()
    user.session.change("write", lambda w: edits.delete(w.write("A", (0, 0), 100), "no such name"))
    user.settled()
    assert len(refused) == 1
    assert buffer[0, 0] == 0


def test_a_fault_in_one_turn_does_not_keep_the_others_waiting(user: Any, gate: Gate, faults: list[Any]) -> None:
    user.session.soon(lambda: 1 // 0)
    user.session.choose_operation("mean")
    gate.let_go()
    user.settled()
    assert user.session.draft.op.name == "mean"
    assert [type(fault) for fault in faults] == [ZeroDivisionError]
    faults.clear()


def test_another_language_while_something_runs(user: Any, gate: Gate) -> None:
    user.window.appearance.speak("zh_CN")
    user.qtbot.wait(50)
    gate.let_go()
    user.settled()
    assert user.window.shelf.list.names == ("A", "W", "B")


def test_a_cancel_that_torch_does_not_hear_is_answered(user: Any, gate: Gate) -> None:
    user.session.cancel()
    user.qtbot.waitUntil(lambda: "torch does not stop" in user.window.message_bar.text)
    gate.let_go()
    user.settled()
    assert user.session.workspace.names == ("A", "W")


def test_another_language_while_the_window_waits_for_an_answer(user: Any, gate: Gate) -> None:
    old = user.window
    old.findChild(QAction, "surprise_square").trigger()
    old.grid.open("A")
    user.app.rebuild()
    assert isValid(old)
    assert not old.isVisible()
    gate.let_go()
    user.settled()
    user.qtbot.waitUntil(lambda: not isValid(old))
    assert {"a", "c"} <= set(user.window.shelf.list.names)


def test_the_end_takes_a_window_along_that_still_waits(qtbot: QtBot) -> None:
    user = User(qtbot, App(Settings()))
    user.session.start()
    user.settled()
    gate, old = Gate(user), user.window
    user.app.rebuild()
    gate.let_go()
    user.app.end()
    qtbot.wait(50)
    assert not isValid(old)
    user.app.deleteLater()


def test_what_was_asked_of_another_draft_means_nothing(user: Any, gate: Gate) -> None:
    session = user.session
    session.choose_operation("matmul")
    session.set_argument("dim", 1)
    session.set_operands(("A",))
    session.set_form("abs_")
    session.reopen(99)
    gate.let_go()
    user.settled()
    assert (session.draft.op.name, len(session.draft.operands), dict(session.draft.arguments)) == ("matmul", 2, {})


def test_names_that_are_gone_by_the_time_of_their_turn(user: Any, gate: Gate) -> None:
    session = user.session
    session.choose_operation("add")
    session.delete("W")
    session.set_operands(("A", "W"))
    session.reorder(("W", "A"))
    user.session.duplicate("W")
    gate.let_go()
    user.settled()
    assert session.draft.operands == ("A", None)
    assert user.window.shelf.list.names == ("A", "B")
    assert "There is no W" in user.window.message_bar.text
    session.choose_operation("__getitem__")
    session.set_argument("key", ("W",))
    user.settled()
    assert session.draft.operands == ("A", None)


def test_a_cell_that_is_gone_when_the_grid_opens(user: Any, gate: Gate) -> None:
    user.session.change("empty", lambda w: edits.redefine(w, "W", Definition("zeros", {"size": (0, 2)}), freeze=True))
    user.window.grid.open("W", 5)
    gate.let_go()
    user.settled()
    assert user.window.stage.editing


def test_a_refusal_comes_from_the_real_call(user: Any) -> None:
    refused: list[OpError] = []
    user.session.failed.connect(refused.append)
    user.operation("matmul")
    user.session.set_operands(("A", "A"))
    user.settled()
    user.session.run()
    user.settled()
    with pytest.raises(RuntimeError) as torch_says:
        torch.matmul(user.session.workspace["A"].tensor(), user.session.workspace["A"].tensor())
    assert [error.detail for error in refused] == [str(torch_says.value)]
    assert len(user.session.history.changes) == 0


def test_a_tensor_is_measured_once(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.numbers import statistics

    counted: list[object] = []
    whole = statistics.of
    monkeypatch.setattr(statistics, "of", lambda tensor, progress=None: (counted.append(1), whole(tensor, progress))[1])
    user.make("L", torch.arange(10_000.0).reshape(100, 100))
    user.window.grid.open("L")
    user.settled()
    user.session.set_argument("dim", 1)
    user.settled()
    assert len(counted) == 1


def test_the_shelf_has_the_colours_of_the_whole_tensor(user: Any) -> None:
    values = torch.zeros(40, 40)
    values[30, 30] = 1000.0
    values[0, 1] = 1.0
    user.make("L", values)
    image = user.window.shelf.list.cards.cards[-1].picture
    assert image.pixelColor(0, 0) == image.pixelColor(1, 0)  # 0 and 1 of 1000


def test_undo_does_not_keep_large_results_in_memory(user: Any) -> None:
    user.make("L", torch.ones(400, 400))
    user.operation("exp")
    user.run()
    change = user.session.history.changes[-1]
    assert user.session.state.staged is not None
    assert change.after.staged is None
    user.session.undo()
    user.session.redo()
    user.settled()
    assert user.newest.shape == (400, 400)


def test_a_large_tensor_answers_keys_and_double_clicks(user: Any) -> None:
    user.make("L", torch.arange(10_000.0).reshape(100, 100))
    overview = user.window.stage.overview
    assert user.window.stage.picture is overview
    user.operation("sum")
    user.press(Qt.Key.Key_1, widget=overview)
    assert user.session.draft.arguments["dim"] == 1
    overview.cell_activated.emit((2, 3))
    user.settled()
    assert user.window.grid.grid.current_cell() == (2, 3)
    user.window.grid.close()
    user.press(Qt.Key.Key_Space, widget=overview)
    assert user.newest.shape == (100,)
    assert user.window.stage.picture is user.window.stage.view


def test_the_grid_forgets_what_it_read_in_the_middle_of_a_refused_write(user: Any) -> None:
    wrote, go_on = threading.Event(), threading.Event()

    def write(workspace: Workspace) -> Workspace:
        after = workspace.write("A", (0, 0), 100)
        wrote.set()
        assert go_on.wait(60)
        return edits.delete(after, "no such name")

    user.window.grid.open("A")
    user.settled()
    model = user.window.grid.grid.model
    user.session.change("write", write)
    assert wrote.wait(60)
    model.reread()
    assert model.text(0, 0) == "100"
    go_on.set()
    user.settled()
    assert model.text(0, 0) == "0"
