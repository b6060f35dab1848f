"""The projector view: the ways out of it, and what is said where the panels that would say it are gone."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

Key = Qt.Key


def project(user: Any) -> None:
    user.window.commands["action_projector"].trigger()
    user.settled()
    assert not user.window.panes.top.isVisible()


def alone(user: Any) -> bool:
    return not user.window.panes.top.isVisible() or user.window.commands["action_projector"].isChecked()


def test_escape_leaves_it(user: Any) -> None:
    user.press(Key.Key_Escape)
    assert not alone(user)  # it is no other view's key
    project(user)
    user.press(Key.Key_Escape)
    assert not alone(user)
    assert not user.window.isFullScreen()


def test_a_button_leaves_it_and_is_only_there(user: Any) -> None:
    button = user.window.stage.timeline.findChild(object, "leave_projector")
    assert not button.isVisible()
    project(user)
    assert "Esc" in button.text()
    user.click("leave_projector")
    assert not alone(user)
    assert not button.isVisible()


def test_escape_closes_the_grid_first(user: Any) -> None:
    project(user)
    user.window.grid.open("A")
    user.settled()
    user.press(Key.Key_Escape, widget=user.window.grid.grid.table)
    assert not user.window.stage.editing
    assert alone(user)


def test_space_says_why_nothing_runs_while_the_draft_line_is_hidden(user: Any) -> None:
    user.operation("add")
    user.choose("operand_1", "number…")
    user.type("operand_1_number", "twelve")
    problem = user.window.draft_bar.problem
    assert problem
    user.window.stage.view.setFocus()
    project(user)
    steps = len(user.session.workspace.steps)
    user.press(Key.Key_Space)
    assert len(user.session.workspace.steps) == steps
    assert problem in user.find("message_text", QLabel).text()
    user.click("message_action")
    assert not alone(user)
    assert user.find("operand_1_number", QLineEdit).hasFocus()


def test_it_speaks_of_no_button_that_is_out_of_sight(user: Any) -> None:
    assert "Run" in user.window.stage.step.text()
    user.window.commands["action_projector"].trigger()
    assert user.window.stage.step.text() == "Press Space to see it happen."
    user.window.commands["action_projector"].trigger()
    assert "Run" in user.window.stage.step.text()
