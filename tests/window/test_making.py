"""Tensors made, edited, deleted and frozen through the window, and what is offered where a step stands against it."""

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

CONTROL = Qt.KeyboardModifier.ControlModifier


def code(user) -> list[str]:
    return [step.source() for step in user.session.workspace.steps]


def names(user) -> list[str]:
    return list(user.session.workspace.names)


def values(user, name: str) -> list[object]:
    return user.session.workspace[name].tensor().tolist()


def new(user, kind: str, **fields: str) -> None:
    """Fill in the New dialog and press Create."""
    user.window.activateWindow()
    user.click("new_tensor")
    dialog = user.window.findChild(QDialog, "new_tensor")
    QTest.mouseClick(dialog.findChild(QPushButton, f"new_fill_{kind}"), Qt.MouseButton.LeftButton)
    for name, text in fields.items():
        field = dialog.findChild(QWidget, f"new_{name}")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
    button = dialog.findChild(QPushButton, "new_create")
    user.qtbot.waitUntil(button.isEnabled)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    user.settled()


def type_in_cell(user, text: str) -> None:
    editor = user.window.findChild(QLineEdit, "cell_editor")
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    user.settled()


def test_a_new_tensor_is_what_the_next_operation_is_meant_for(user) -> None:
    new(user, "full", name="F", shape="2, 3", fill_value="-0.5")
    assert code(user)[-1] == "F = torch.full((2, 3), -0.5)"
    assert user.session.draft.operands == ("F",)
    user.run()
    assert user.newest.tolist() == [-1.0, -1.0, -1.0]


def test_shape_only_stays_on_meta_and_sums_there(user) -> None:
    new(user, "meta", name="M", shape="1000, 1000, 1000")
    assert user.session.draft.copies == ()
    user.run()
    assert code(user)[-1] == "B = M.sum(dim=0)"
    assert (tuple(user.newest.shape), user.newest.device.type) == ((1000, 1000), "meta")


def test_memory_as_it_is_found_is_made_and_zeroed(user) -> None:
    new(user, "empty", name="U", shape="2, 4")
    assert user.session.workspace["U"].unknown
    user.operation("zero_")
    user.run()
    assert not user.session.workspace["U"].unknown
    assert values(user, "U") == [[0.0] * 4] * 2


def test_too_much_memory_is_refused_with_figures(user) -> None:
    user.click("new_tensor")
    dialog = user.window.findChild(QDialog, "new_tensor")
    QTest.mouseClick(dialog.findChild(QPushButton, "new_fill_zeros"), Qt.MouseButton.LeftButton)
    shape = dialog.findChild(QLineEdit, "new_shape")
    shape.selectAll()
    QTest.keyClicks(shape, "1000000, 1000000, 1000")
    reason = dialog.findChild(QWidget, "new_reason")
    user.qtbot.waitUntil(lambda: "PiB" in reason.text())
    assert not dialog.findChild(QPushButton, "new_create").isEnabled()
    dialog.reject()
    assert names(user) == ["A", "W"]


def test_a_refused_value_stays_in_the_editor_and_changes_nothing(user) -> None:
    user.make("U", torch.tensor([[1, 2], [3, 4]], dtype=torch.uint8))
    QTest.keyClick(user.window.stage.view, Qt.Key.Key_Return)
    user.settled()
    type_in_cell(user, "300")
    assert user.window.findChild(QLineEdit, "cell_editor").text() == "300"
    assert "uint8" in user.window.grid.grid.line.note.text()
    assert values(user, "U") == [[1, 2], [3, 4]]
    type_in_cell(user, "30")
    assert values(user, "U") == [[1, 30], [3, 4]]


def test_deleting_what_others_need_offers_to_freeze_them(user) -> None:
    user.operation("sum")
    user.run()
    user.session.select("A")
    user.settled()
    user.window.commands["action_delete"].trigger()
    user.settled()
    assert names(user) == ["A", "W", "B"]
    user.click("message_action")
    assert names(user) == ["W", "B"]
    assert code(user)[-1] == "B = torch.tensor([12.0, 15.0, 18.0, 21.0])"
    user.session.undo()
    user.settled()
    assert code(user)[-1] == "B = A.sum(dim=0)"


def test_a_result_is_written_to_cell_by_cell_and_frozen_for_another_shape(user) -> None:
    user.operation("sum")
    user.run()
    user.session.select("B")
    user.settled()
    QTest.keyClick(user.window.stage.view, Qt.Key.Key_Return)
    user.settled()
    type_in_cell(user, "-5")
    assert code(user)[2:] == ["B = A.sum(dim=0)", "B[1] = -5.0"]
    user.session.undo()
    user.settled()
    user.window.grid.open("B")
    user.settled()
    user.click("grid_column_insert_button")
    assert values(user, "B") == [12, 15, 18, 21]
    user.click("message_action")
    # Enter went on to cell 2; the new column is to the right of it.
    assert values(user, "B") == [12, 15, 18, 0, 21]
    assert code(user)[-1].startswith("B = torch.tensor(")


def test_a_block_is_pasted_and_copied_out(user) -> None:
    user.window.grid.open("A")
    user.settled()
    grid = user.window.grid.grid
    grid.focus_cell((1, 1))
    QGuiApplication.clipboard().setText("100\t200\n300\t400")
    QTest.keyClick(grid.table, Qt.Key.Key_V, CONTROL)
    user.settled()
    assert values(user, "A") == [[0, 1, 2, 3], [4, 100, 200, 7], [8, 300, 400, 11]]
    QTest.keyClick(grid.table, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "100\t200\n300\t400"
    QGuiApplication.clipboard().setText("1\tx")
    QTest.keyClick(grid.table, Qt.Key.Key_V, CONTROL)
    user.settled()
    assert values(user, "A")[1] == [4, 100, 200, 7]


def test_when_the_current_tensor_goes_another_one_is_current(user) -> None:
    user.session.delete("A")
    user.settled()
    assert user.session.draft.operands == ("W",)
    user.session.delete("W")
    user.settled()
    assert (names(user), user.session.draft) == ([], None)
    user.session.undo()
    user.session.undo()
    user.settled()
    assert user.session.draft.operands == ("A",)
    user.run()
    assert user.newest.tolist() == [12, 15, 18, 21]


def test_an_empty_tensor_is_edited_too(user) -> None:
    user.make("Z", torch.zeros(0, 3))
    QTest.keyClick(user.window.stage.view, Qt.Key.Key_Return)
    user.settled()
    user.click("grid_row_insert_button")
    assert values(user, "Z") == [[0.0, 0.0, 0.0]]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_new_shape_is_asked_for_without_room_from_the_side_panes(start, language: str) -> None:
    user = start(language=language)
    user.window.grid.open("A")
    user.settled()
    grid = user.window.grid.grid
    room = grid.stack.width()
    grid.ask_shape()
    grid.shape_strip.how.setCurrentIndex(1)
    assert grid.shape_strip.fill.isVisible()
    assert grid.shape_strip.minimumSizeHint().width() <= room


def test_the_grid_says_whether_typing_defines_anew_or_writes(user) -> None:
    user.operation("T")
    user.run()

    def type_into(name: str, text: str) -> str:
        user.window.grid.open(name)
        user.settled()
        user.find("grid_editor").edit_cell((0, 0))
        line = user.window.focusWidget()
        user.qtbot.keyClicks(line, text)
        user.qtbot.keyClick(line, Qt.Key.Key_Return)
        user.settled()
        return user.find("grid_note").text()

    before = len(user.session.workspace.steps)
    assert type_into("A", "7") == "What you type defines A anew; what came of it is made again."
    assert len(user.session.workspace.steps) == before
    assert type_into("B", "8") == "What you type is written into the memory of B, shared with A."
    assert user.session.workspace.steps[-1].source() == "B[0, 0] = 8.0"
    user.window.grid.open("A")  # B is made of it and has been written to
    user.settled()
    assert user.find("grid_note").text() == "What you type is written into the memory of A, shared with B."


def test_a_typed_number_that_becomes_0_is_said(user) -> None:
    user.make("H", torch.ones(2, 2, dtype=torch.float16))
    user.window.grid.open("H")
    user.settled()
    said = "float16 does not hold 1e-9: it becomes 0."
    grid = user.find("grid_editor")
    grid.edit_cell((0, 0))
    line = user.window.focusWidget()
    user.qtbot.keyClicks(line, "1e-9")
    assert said not in user.window.message_bar.text  # it is not typed to the end
    user.qtbot.keyClick(line, Qt.Key.Key_Return)
    user.settled()
    assert said in user.window.message_bar.text
    assert user.session.workspace["H"].tensor()[0, 0] == 0
    grid.edit_cell((0, 1))
    user.qtbot.keyClicks(user.window.focusWidget(), "0.5\r")
    user.settled()
    assert said not in user.window.message_bar.text


def test_what_is_edited_is_selected_on_the_shelf(user) -> None:
    user.operation("T")
    user.run()
    assert user.window.shelf.list.current_name == "A"
    user.window.grid.open("B")
    user.settled()
    assert user.window.shelf.list.current_name == "B"
    user.click("grid_done")
    assert user.window.shelf.list.current_name == "B"
