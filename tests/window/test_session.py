"""Undo, code, and what stays when something goes wrong."""

import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def names(user) -> list[str]:
    return [item.name for item in user.session.workspace.items]


def test_everything_is_undone_and_done_again(user) -> None:
    user.operation("sum")
    user.run()
    user.session.rename("B", "total")
    user.settled()
    assert names(user) == ["A", "W", "total"]
    user.session.undo()
    user.session.undo()
    user.settled()
    assert names(user) == ["A", "W"]
    user.session.redo()
    user.session.redo()
    user.settled()
    assert names(user) == ["A", "W", "total"]
    assert user.newest.tolist() == [12, 15, 18, 21]


def test_ten_tries_leave_one_tensor(user) -> None:
    user.operation("sum")
    for dim in (0, 1, 0, 1):
        user.session.set_argument("dim", dim)
        user.settled()
        user.run()
    assert names(user) == ["A", "W", "B"]
    assert user.newest.tolist() == [6, 22, 38]
    user.session.undo()
    user.settled()
    assert user.newest.tolist() == [12, 15, 18, 21]


def test_keep_makes_the_next_run_another_tensor(user) -> None:
    user.operation("sum")
    user.run()
    user.click("operation_keep")
    user.run()
    assert names(user) == ["A", "W", "B", "C"]


def test_copied_code_gives_equal_tensors_in_plain_python(user) -> None:
    user.operation("sum")
    user.run()
    user.operation("T")
    user.run()
    user.click("code_copy")
    there: dict[str, object] = {}
    exec(QGuiApplication.clipboard().text(), there)  # noqa: S102 - the point of it
    for item in user.session.workspace.items:
        assert torch.equal(there[item.name], item.tensor())
        assert there[item.name].stride() == item.tensor().stride()


def test_an_edit_ripples_through_what_was_made_from_it(user) -> None:
    user.operation("sum")
    user.run()
    user.window.grid.open("A", 0)
    user.settled()
    editor = user.window.grid.grid
    editor.edited.emit({(0, 0): 100})
    user.settled()
    assert user.session.workspace["B"].tensor().tolist() == [112, 15, 18, 21]
    user.session.undo()
    user.settled()
    assert user.session.workspace["B"].tensor().tolist() == [12, 15, 18, 21]


def test_stepping_and_scrubbing_go_both_ways(user) -> None:
    user.press(Qt.Key.Key_Space)
    player = user.window.stage.player
    player.pause()
    player.seek(0.0)
    player.reduce_motion = True
    seen = [player.t]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        user.press(key)
        seen.append(player.t)
    assert seen[0] < seen[1] < seen[2]
    assert seen[3] == seen[1]


def test_what_keep_is_for_is_said_when_a_run_replaces(user) -> None:
    user.operation("sum")
    height = user.window.draft_bar.height()
    user.run()
    assert user.window.draft_bar.height() == height  # the button has had its room before
    keep = user.find("operation_keep")
    assert keep.text() == "Keep B"
    assert keep.accessibleName() == "Keep B"
    assert "B stays as it is" in keep.toolTip()
    assert "It replaces B" in user.find("operation_run").toolTip()
    assert "replaced" not in user.window.message_bar.text
    user.press(Qt.Key.Key_1)
    user.run()
    assert user.window.message_bar.text.startswith("This run has replaced B.")
    user.click("operation_keep")
    assert "replaces" not in user.find("operation_run").toolTip()
    user.run()
    assert names(user) == ["A", "W", "B", "C"]
    assert user.window.message_bar.text == ""
    assert user.find("operation_keep").text() == "Keep C"
