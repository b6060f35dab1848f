"""The menu of an operand tells what could stand there, and what would come of it."""

from threading import current_thread, main_thread
from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from explorer.session import operand_choices
from explorer.widgets.draft.operand_entries import ENTRY, OperandEntry


def opened(user: Any, name: str, keyboard: bool = False) -> QComboBox:
    box = user.find(name, QComboBox)
    if keyboard:
        box.setFocus()
        user.qtbot.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    else:
        user.qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert box.view().isVisible()
    return box


def entries(box: QComboBox) -> dict[str, OperandEntry]:
    found = {box.itemText(k): box.itemData(k, ENTRY) for k in range(box.count())}
    return {name: entry for name, entry in found.items() if entry is not None}


@pytest.mark.parametrize("keyboard", [False, True])
def test_the_menu_of_an_operand_shows_what_fits_and_why_another_does_not(user: Any, keyboard: bool) -> None:
    user.make("whole", torch.arange(8).reshape(4, 2))
    user.session.select("A")
    user.operation("matmul")
    box = opened(user, "operand_1", keyboard)
    before = entries(box)  # at once, and nothing is known yet
    assert [(e.facts, e.verdict) for e in before.values()] == [
        ("(3, 4) float32", ""),
        ("(4, 2) float32", ""),
        ("(4, 2) int64", ""),
    ]
    assert all(e.picture is not None and not e.picture.isNull() for e in before.values())
    user.settled()
    assert box.view().isVisible()
    found = entries(box)
    assert found["W"].fits
    assert found["W"].verdict == "→ (3, 2) float32"
    assert not found["A"].fits
    assert "(3, 4)" in found["A"].verdict
    assert not found["whole"].fits
    assert "int64" in found["whole"].verdict
    place = box.findText("whole")
    assert "whole" in box.itemData(place, Qt.ItemDataRole.AccessibleTextRole)
    assert found["whole"].verdict in box.itemData(place, Qt.ItemDataRole.AccessibleTextRole)
    assert found["whole"].verdict in box.itemData(place, Qt.ItemDataRole.ToolTipRole)


def test_one_that_does_not_fit_can_still_be_chosen(user: Any) -> None:
    user.operation("matmul")
    box = opened(user, "operand_1")
    user.settled()
    box.view().setCurrentIndex(box.model().index(box.findText("A"), 0))
    user.qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    user.settled()
    assert user.session.draft.operands == ("A", "A")
    assert user.session.draft.error is not None


@pytest.mark.parametrize("op", ["cat", "where", "gather", "clamp", "fill_", "__setitem__", "addmm"])
def test_the_menu_foretells_what_a_choice_then_gives(user: Any, op: str) -> None:
    user.make("mask", torch.ones(3, 4).bool())
    user.make("at", torch.zeros(1, 4, dtype=torch.int64))
    user.session.select("A")
    user.session.choose_operation(op)
    user.settled()
    for place in range(len(user.session.draft.operands)):
        box = opened(user, f"operand_{place}")
        user.settled()
        told = entries(box)
        box.hidePopup()
        assert set(told) == {"A", "W", "mask", "at"}
        start = user.session.draft
        for name, entry in told.items():
            user.session.set_operands([name if k == place else x for k, x in enumerate(start.operands)])
            user.settled()
            assert (user.session.draft.error is None) == entry.fits, (place, name, user.session.draft.error)
            assert entry.verdict
            user.session.set_draft(start)
            user.settled()


def test_the_window_does_not_wait_for_what_fits(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    whole = operand_choices.operand_choices

    def counted(*given: Any) -> Any:
        asked.append(current_thread() is main_thread())
        return whole(*given)

    monkeypatch.setattr(operand_choices, "operand_choices", counted)
    user.operation("matmul")
    box = opened(user, "operand_1")
    assert box.view().isVisible()
    assert [e.verdict for e in entries(box).values()] == ["", ""]
    user.settled()
    assert asked == [False]
