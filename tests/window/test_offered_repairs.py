"""Where torch refuses a draft, what it would take is offered below the draft, seen on the stage, and taken by a key."""

from typing import Any

import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from explorer.widgets.speech import announce


@pytest.fixture
def refused(user: Any) -> Any:
    """The mean of whole numbers."""
    user.whole_numbers()
    user.operation("mean")
    assert user.session.draft.error is not None
    return user


def texts(user: Any) -> list[str]:
    """What the buttons say, to the end."""
    buttons = user.window.message_bar.repairs.buttons
    return [button.accessibleName() for button in buttons if button.isVisibleTo(user.window)]


def alt(user: Any, digit: int) -> None:
    user.qtbot.keyClick(user.window, Qt.Key.Key_0 + digit, Qt.KeyboardModifier.AltModifier)
    user.settled()


def code(user: Any) -> list[str]:
    return [step.source() for step in user.session.workspace.steps]


def test_the_refusal_stands_once_with_what_would_be_taken(refused: Any) -> None:
    assert texts(refused) == [
        "Alt+1: A.float().mean(dim=0) gives (4,) float32",
        "Alt+2: A.double().mean(dim=0) gives (4,) float64",
        "Alt+3: A.mean(dim=0, dtype=torch.float32) gives (4,) float32",
    ]
    said = "mean needs fractions"
    shown = [x for x in refused.window.findChildren(QLabel) if x.isVisibleTo(refused.window) and said in x.text()]
    assert [label.objectName() for label in shown] == ["message_text"]


def test_a_key_takes_a_repair_and_one_undo_takes_it_back(refused: Any) -> None:
    before = refused.session.workspace
    alt(refused, 1)
    assert code(refused)[-1] == "A_float = A.to(dtype=torch.float32)"
    assert refused.session.draft.operands == ("A_float",)
    assert refused.session.draft.error is None
    assert refused.session.state.inspected == "A_float"
    assert not refused.window.message_bar.isVisible()
    assert refused.window.stage.picture.hasFocus() or not refused.window.isActiveWindow()
    refused.run()
    assert code(refused)[-1] == "B = A_float.mean(dim=0)"
    assert refused.newest.tolist() == [4, 5, 6, 7]
    refused.session.undo()
    refused.session.undo()
    refused.settled()
    assert refused.session.workspace.names == before.names


def test_a_repair_without_steps_changes_the_draft_alone(refused: Any) -> None:
    before = refused.session.workspace
    refused.click("repair_3")
    assert refused.session.workspace is before
    assert refused.session.draft.arguments == {"dim": 0, "dtype": torch.float32}
    assert refused.session.draft.error is None


def test_what_is_not_offered_is_not_taken(user: Any) -> None:
    user.operation("sum")
    before = user.session.draft
    alt(user, 1)
    assert user.session.draft is before


def test_focus_shows_a_repair_on_the_stage(refused: Any) -> None:
    def shown() -> list[str]:
        return [h.name for h in refused.window.stage.frame().headings]

    assert shown() == ["A"]
    refused.window.activateWindow()
    first = refused.find("repair_1", QPushButton)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    refused.qtbot.waitUntil(lambda: "A_float" in shown())
    assert refused.session.draft.operands == ("A",)
    assert "A_float" not in refused.session.workspace.names
    refused.window.stage.picture.setFocus()
    refused.qtbot.waitUntil(lambda: shown() == ["A"])


def test_the_mouse_shows_a_repair_on_the_stage(refused: Any) -> None:
    button = refused.find("repair_1", QPushButton)
    refused.settled()
    assert [h.name for h in refused.window.stage.frame().headings] == ["A"]  # wherever the pointer rests
    refused.qtbot.mouseMove(button, QPoint(5, 5))
    refused.qtbot.mouseMove(button, QPoint(6, 5))
    refused.settled()
    assert [h.name for h in refused.window.stage.frame().headings][:1] == ["A_float"]
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))  # which no platform of tests tells
    assert [h.name for h in refused.window.stage.frame().headings] == ["A"]


def test_the_words_of_torch_are_folded(refused: Any) -> None:
    detail = refused.window.message_bar.findChild(QLabel, "message_detail")
    assert not detail.isVisibleTo(refused.window)
    refused.click("message_fold")
    assert detail.isVisibleTo(refused.window)
    assert "could not infer output dtype" in detail.text()


def test_a_refusal_is_read_once_with_its_repairs_and_their_keys(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user.whole_numbers()
    told: list[Any] = []
    monkeypatch.setattr(announce.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(announce.QAccessible, "updateAccessibility", told.append)
    user.operation("mean")
    said = [x.message() for x in told if x.type() == QAccessible.Event.Announcement and "mean" in x.message()]
    assert len(said) == 1
    assert said[0].startswith("mean needs fractions")
    assert "Alt+1: A.float().mean(dim=0) gives (4,) float32" in said[0]


def test_what_only_the_run_refuses_has_repairs_too(user: Any) -> None:
    user.make("x", torch.ones(3))
    user.session.change("require", lambda w: w.require_grad("x").index("x", (0,), "v"))
    user.settled()
    user.session.select("v")
    user.settled()
    user.operation("exp")
    user.click("in_place")
    user.run()
    assert "cannot overwrite v" in user.window.message_bar.text
    assert texts(user)[:2] == ["Alt+1: v.exp() gives () float32", "Alt+2: v.clone().exp_() gives () float32"]
    alt(user, 1)
    user.run()
    assert code(user)[-1].endswith("v.exp()")


def test_values_that_are_refused_are_told_before_the_run(user: Any) -> None:
    user.make("I", torch.tensor([0, 7]))
    user.session.select("A")
    user.settled()
    user.operation("index_select")
    assert "index 7 in I[1]" in user.window.message_bar.text
    assert any("I.clamp(min=0, max=2)" in text for text in texts(user))
