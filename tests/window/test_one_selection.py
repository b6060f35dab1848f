"""One tensor is selected: shelf, inspector, menus, keys, grid and draft are about the same."""

from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from explorer.session import drafting


def selected(user: Any) -> str:
    """The name that all of them agree on."""
    window, state = user.window, user.session.state
    found = {
        "shelf": user.find("tensor_list").current_name,
        "inspector": user.find("inspector_name", QLabel).text(),
        "keys": window.cards.current,
        "card": window.bridge.card.code_lines[0].code.split("=")[-1].split(".")[0].strip(),
        "draft": drafting.subject_of(state.draft),
        "grid": window.grid.name or state.inspected,
    }
    assert len(set(found.values())) == 1, found
    return str(found["shelf"])


def test_after_a_run_all_are_about_the_operand(user: Any) -> None:
    assert selected(user) == "A"
    user.run()
    assert selected(user) == "A"
    user.window.findChild(QAction, "action_duplicate").trigger()  # Ctrl+D
    user.settled()
    assert torch.equal(user.newest, user.session.workspace["A"].tensor())
    assert selected(user) == "A"


def test_the_menu_deletes_what_is_outlined(user: Any) -> None:
    user.run()
    user.settled()
    result = user.session.workspace.names[-1]
    shelf = user.find("tensor_list")
    place = shelf.visualRect(shelf.cards.index(shelf.names.index(result))).center()
    user.qtbot.mouseClick(shelf.viewport(), Qt.MouseButton.LeftButton, pos=place)
    user.settled()
    assert selected(user) == result
    user.window.findChild(QAction, "action_delete").trigger()
    user.settled()
    assert result not in user.session.workspace
    selected(user)


@pytest.mark.parametrize("op", ["sum", "matmul", "cat"])
def test_another_operand_is_another_selection(user: Any, op: str) -> None:
    user.operation(op)
    user.choose("operand_0", "W")
    assert selected(user) == "W"
    user.session.undo()
    user.settled()
    selected(user)


@pytest.mark.parametrize("op", ["abs_", "__setitem__", "where", "T", "matmul", "backward"])
def test_every_way_leaves_one_selection(user: Any, op: str) -> None:
    if op == "backward":
        user.window.autograd.require(True)
        user.settled()
        user.operation("sum")
        user.session.set_argument("dim", None)
        user.run()
        user.session.select(user.session.workspace.names[-1])
        user.settled()
        user.window.findChild(QAction, "action_backward").trigger()
        user.settled()
        assert selected(user) == "A_grad"
        assert [t.name for t in user.window.stage.frame().tensors] == ["A", "A_grad"]
        return
    user.make("mask", torch.tensor([[True, False, True, False]] * 3))
    user.session.select("A")
    user.session.choose_operation(op)
    user.settled()
    assert selected(user) == "A"
    user.session.run()
    user.settled()
    assert selected(user) == "A"
    for step in (user.session.undo, user.session.redo, lambda: user.session.reopen(3), user.session.undo):
        step()
        user.settled()
        selected(user)


def test_the_grid_is_of_what_is_selected(user: Any) -> None:
    user.run()
    result = user.session.workspace.names[-1]
    user.window.grid.open(result, 1)  # as Enter on a cell of the result
    user.settled()
    assert user.window.stage.editing
    assert selected(user) == result
    user.choose("operand_0", "W")
    assert selected(user) == "W"
    assert user.window.stage.editing
    assert user.find("operand_0").hasFocus() or not user.find("grid_editor").hasFocus()


def test_a_new_card_is_scrolled_to(user: Any) -> None:
    for k in range(8):
        user.make(f"t{k}", torch.ones(2, 3))
    user.session.select("A")
    user.settled()
    shelf = user.find("tensor_list")
    shelf.verticalScrollBar().setValue(0)
    user.operation("sum")
    user.run()
    QTest.qWait(1)
    last = shelf.visualRect(shelf.cards.index(len(shelf.names) - 1))
    assert shelf.viewport().rect().contains(last.center())
    assert selected(user) == "A"
