"""What a user tries in the first five minutes, and what must not happen then."""

from typing import Any

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from explorer.workspace import Definition, edits

SAMPLE = torch.arange(12.0).reshape(3, 4)


def played(user: Any) -> None:
    user.run()
    user.window.stage.player.to_end()
    user.settled()


def test_the_samples_meet_in_a_product(user: Any) -> None:
    user.operation("matmul")
    assert user.session.draft.operands == ("A", "W")
    played(user)
    workspace = user.session.workspace
    assert torch.equal(user.newest, workspace["A"].tensor() @ workspace["W"].tensor())


@pytest.mark.parametrize(("op", "expected"), [("mean", SAMPLE.mean(0)), ("softmax", SAMPLE.softmax(0))])
def test_the_sample_takes(user: Any, op: str, expected: torch.Tensor) -> None:
    user.operation(op)
    assert user.session.draft.error is None
    user.run()
    assert torch.equal(user.newest, expected)


def test_the_numbers_of_the_sample_are_short(user: Any) -> None:
    frame = user.window.stage.frame()
    assert next(c for c in frame.cells if c.tensor == 0).texts == tuple(map(str, range(12)))


@pytest.mark.parametrize("keepdim", [False, True])
def test_the_operand_that_fits_is_chosen(user: Any, keepdim: bool) -> None:
    user.operation("sum")
    user.session.set_argument("dim", 1)
    user.session.set_argument("keepdim", True if keepdim else None)
    user.settled()
    played(user)  # B, of (3, 1) or (3,): nothing for A @ B
    user.operation("matmul")
    assert user.session.draft.operands == ("A", "W")
    assert user.session.draft.error is None


def test_a_matrix_is_multiplied_by_a_matrix_rather_than_by_a_vector(user: Any) -> None:
    user.run()  # B = A.sum(dim=0), of (4,): A @ B is possible, too
    user.operation("matmul")
    assert user.session.draft.operands == ("A", "W")


def test_the_newest_operand_that_fits_is_chosen(user: Any) -> None:
    for name, shape in (("P", (4, 5)), ("Q", (4, 3)), ("R", (3, 3))):
        user.make(name, torch.ones(shape))
    user.session.select("A")
    user.settled()
    user.operation("matmul")
    assert user.session.draft.operands == ("A", "Q")
    user.operation("cat")
    assert user.session.draft.error is None


def armed(user: Any) -> None:
    """W.abs_() has been run, and stands ready to be run again; B is another tensor."""
    user.make("B", -torch.ones(2, 2))
    user.session.select("W")
    user.operation("abs")
    user.session.set_form("abs_")
    user.settled()
    user.run()
    assert user.session.draft.op.name == "abs_"


@pytest.mark.parametrize("deed", ["chosen", "operand", "made", "deleted"])
def test_what_overwrites_is_not_about_another_tensor(user: Any, deed: str) -> None:
    armed(user)
    if deed == "chosen":
        user.session.select("B")
    elif deed == "operand":
        user.choose("operand_0", "B")
    elif deed == "made":
        user.session.create("N", Definition.typed(-torch.ones(3)))
    else:
        user.session.change("delete", lambda w: edits.delete(w, "W"))
    user.settled()
    draft = user.session.draft
    assert draft.operands[0] != "W"
    assert draft.op.name == "abs"
    before = {name: user.session.workspace[name].tensor().clone() for name in user.session.workspace.names}
    user.run()
    assert all(torch.equal(user.session.workspace[name].tensor(), value) for name, value in before.items())


@pytest.mark.parametrize("op", ["zero_", "fill_", "copy_", "__setitem__", "add_", "mul_"])
def test_whatever_overwrites_is_disarmed(user: Any, op: str) -> None:
    user.make("B", torch.ones(4, 2))
    user.session.select("W")
    user.session.choose_operation(op)
    user.settled()
    assert user.session.draft.operands[0] == "W"
    user.session.select("B")
    user.settled()
    draft = user.session.draft
    assert draft.operands[0] == "B"
    assert not draft.op.name.endswith("_") or draft.op.name == "__getitem__"
    assert draft.error is None
    user.run()
    assert torch.equal(user.session.workspace["B"].tensor(), torch.ones(4, 2))
    user.session.select("B")
    user.settled()
    assert user.session.draft.op.name == draft.op.name


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, None])
@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_a_search_that_found_nothing_runs_nothing(user: Any, key: Qt.Key | None, modifier: Any) -> None:
    armed(user)
    user.session.select("B")
    user.session.set_form("abs_")  # not run yet: Ctrl+Enter would
    user.settled()
    steps = user.session.workspace.steps
    search = user.window.search
    search.focus()
    QTest.keyClicks(search, "zzz")
    assert search.results == ()
    if key is None:
        QTest.mouseClick(search.popup.viewport(), Qt.MouseButton.LeftButton, modifier, QPoint(20, 12))
    else:
        QTest.keyClick(user.window.windowHandle(), key, modifier)
    user.settled()
    assert user.session.workspace.steps == steps
    assert user.session.draft.op.name == "abs_"


def test_ctrl_enter_chooses_what_was_found(user: Any) -> None:
    steps = user.session.workspace.steps
    user.window.search.focus()
    QTest.keyClicks(user.window.search, "transpose")
    first = user.window.search.results[0]
    QTest.keyClick(user.window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    user.settled()
    assert f"operation_{user.session.draft.op.name}" == first
    assert user.session.workspace.steps == steps
    user.window.findChild(QAction, "action_run").trigger()
    user.settled()
    assert len(user.session.workspace.steps) == len(steps) + 1


def test_the_shelf_stays_under_the_pointer(user: Any) -> None:
    for k in range(8):
        user.make(f"t{k}", torch.ones(2, 3))
    shelf = user.window.shelf.list
    bar = shelf.verticalScrollBar()
    assert bar.maximum() > 40
    for value in (7, 25, bar.maximum() - 9):
        bar.setValue(value)
        places = [shelf.visualRect(shelf.cards.index(row)) for row in range(len(shelf.names))]
        cut = [row for row, p in enumerate(places) if p.bottom() > 4 and p.top() < shelf.viewport().height() - 4]
        for row in (cut[0], cut[-1]):
            bar.setValue(value)
            seen = places[row].intersected(shelf.viewport().rect())
            QTest.mousePress(shelf.viewport(), Qt.MouseButton.LeftButton, pos=seen.center())
            user.settled()
            assert bar.value() == value
            QTest.mouseRelease(shelf.viewport(), Qt.MouseButton.LeftButton, pos=seen.center())
            user.settled()
            assert bar.value() == value
            assert shelf.current_name == shelf.names[row]
            assert user.session.state.inspected == shelf.names[row]


@pytest.mark.parametrize(
    ("op", "keys", "last"),
    [("sum", "9", 1), ("sum", "-9", 1), ("sum", "-3", 1), ("sum", "2", 1), ("unsqueeze", "3", 2), ("softmax", "7", 1)],
)
def test_an_axis_that_is_not_there_is_not_drafted(user: Any, op: str, keys: str, last: int) -> None:
    user.operation(op)
    user.press(Qt.Key.Key_0)
    before = user.session.draft
    for key in keys:
        user.press(Qt.Key.Key_Minus if key == "-" else Qt.Key(ord(key)))
    assert user.session.draft is before
    axis = int(keys)
    words = f"There is no axis {axis} here: choose one from 0 to {last}, or from {-last - 1} to -1."
    assert user.window.message_bar.text == words
    user.press(Qt.Key.Key_Minus, Qt.Key(ord(str(last))))
    assert user.session.draft.arguments["dim"] == -last or last == 1
    assert user.session.draft.error is None


def test_a_number_has_no_axis(user: Any) -> None:
    user.make("s", torch.tensor(3.0))
    user.operation("sum")
    before = user.session.draft
    user.press(Qt.Key.Key_1)
    assert user.session.draft is before
    assert user.window.message_bar.text == "s is 0-d: it has no axis to choose."


def test_what_is_said_of_an_axis_goes_with_its_draft(user: Any) -> None:
    user.press(Qt.Key.Key_9)
    assert "no axis 9" in user.window.message_bar.text
    user.operation("matmul")
    assert user.window.message_bar.text == ""
