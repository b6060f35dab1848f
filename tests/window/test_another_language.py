"""Another language keeps everything that was open, typed, chosen or scrolled to."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from explorer.workspace import Definition


def speak(user: Any, code: str = "zh_CN") -> None:
    old = user.window
    old.appearance.speak(code)
    user.qtbot.waitUntil(lambda: user.window is not old)
    user.settled()
    QTest.qWait(1)
    user.settled()


@pytest.fixture
def there_and_back(user: Any) -> Callable[[], None]:
    def go() -> None:
        speak(user, "zh_CN")
        speak(user, "en")

    return go


def test_the_button_of_a_hint_stays_and_works(user: Any) -> None:
    user.press(Qt.Key.Key_Space)
    user.press(Qt.Key.Key_End)
    assert user.find("message_action").text() == "Now axis 1"
    speak(user)
    button = user.find("message_action")
    assert "1" in button.text()
    user.click("message_action")
    assert user.session.draft.arguments["dim"] == 1
    assert torch.equal(user.newest, torch.tensor([6.0, 22.0, 38.0]))


def test_the_button_of_a_refusal_stays_and_works(user: Any) -> None:
    user.press(Qt.Key.Key_Space)
    user.session.delete("A")
    user.settled()
    assert "Freeze" in user.find("message_action").text()
    speak(user)
    user.click("message_action")
    assert "A" not in user.session.workspace


@pytest.mark.parametrize(
    ("op", "name", "text"),
    [
        ("add", "operand_1_number", "2."),
        ("add", "operand_1_number", "1e"),
        ("reshape", "parameter_shape", "6, x"),
        ("__getitem__", "parameter_key", "0, ?"),
    ],
)
def test_half_typed_fields_stay(user: Any, there_and_back: Callable[[], None], op: str, name: str, text: str) -> None:
    user.session.choose_operation(op)
    user.settled()
    if op == "add":
        user.choose("operand_1", "number…")
    field = user.find(name, QLineEdit)
    field.setFocus()
    field.selectAll()
    user.qtbot.keyClicks(field, text)
    user.settled()
    field.setCursorPosition(1)
    problem, draft = user.window.draft_bar.problem, user.session.draft
    there_and_back()
    again = user.find(name, QLineEdit)
    assert again is not field
    assert (again.text(), again.cursorPosition(), again.hasFocus()) == (text, 1, True)
    assert user.window.draft_bar.problem == problem
    assert user.session.draft.asks_as(draft)


def test_what_is_shown_beside_the_stage_stays(user: Any, there_and_back: Callable[[], None]) -> None:
    for name in ("action_table", "action_hues"):
        user.window.findChild(QAction, name).trigger()
    user.window.panes.splitter.setSizes([300, 700, 280])
    sizes = user.window.panes.splitter.sizes()
    there_and_back()
    assert user.window.panes.table.isVisible()
    assert user.window.panes.transcript.isVisible()
    assert user.window.findChild(QAction, "action_hues").isChecked()
    assert all(abs(new - old) <= 2 for new, old in zip(user.window.panes.splitter.sizes(), sizes, strict=True))


def test_scrolling_and_selection_stay(user: Any, there_and_back: Callable[[], None]) -> None:
    for k in range(8):
        user.make(f"t{k}", torch.ones(2, 3))
    user.session.select("t1")
    user.settled()
    shelf = user.find("tensor_list")
    shelf.verticalScrollBar().setValue(37)
    user.window.resize(1000, 600)
    user.settled()
    user.find("operation_panel").verticalScrollBar().setValue(61)
    there_and_back()
    assert user.find("tensor_list").verticalScrollBar().value() == 37
    assert user.find("operation_panel").verticalScrollBar().value() == 61
    assert user.find("tensor_list").current_name == "t1"


def test_the_grid_stays_open_at_its_cell(user: Any, there_and_back: Callable[[], None]) -> None:
    user.window.grid.open("W")
    user.settled()
    user.window.grid.grid.focus_cell((2, 1))
    there_and_back()
    assert user.window.stage.editing
    assert user.window.grid.name == "W"
    assert user.window.grid.grid.current_cell() == (2, 1)


def test_rare_parameters_and_choices_stay(user: Any, there_and_back: Callable[[], None]) -> None:
    user.click("rare_parameters")
    user.find("bridge_symbol", QComboBox).setCurrentIndex(2)
    there_and_back()
    assert user.find("rare_parameters").isChecked()
    assert user.find("parameter_dtype").isVisible()
    assert user.find("bridge_symbol", QComboBox).currentIndex() == 2


def test_a_result_that_has_not_been_reached_is_still_awaited(user: Any, there_and_back: Callable[[], None]) -> None:
    user.press(Qt.Key.Key_Space)
    user.window.stage.player.pause()
    user.window.stage.player.seek(0.3)
    there_and_back()
    assert user.window.stage.player.t == 0.3
    assert user.find("tensor_list").cards.cards[-1].picture is None
    user.press(Qt.Key.Key_End)
    assert user.find("tensor_list").cards.cards[-1].picture is not None


def test_a_new_tensor_still_stands_there_as_itself(user: Any, there_and_back: Callable[[], None]) -> None:
    user.session.create("N", Definition.typed(torch.ones(2, 2)))
    user.settled()
    there_and_back()
    assert user.window.stage.headline.text() == "N has the shape (2, 2)."


def test_the_projector_view_stays(user: Any, there_and_back: Callable[[], None]) -> None:
    user.window.arrangement.project(True)
    there_and_back()
    assert user.window.panes.projecting
    assert not user.window.panes.top.isVisible()
