"""More cells than can be followed one by one: what is asked for is done all the same, and shown at rest."""

import gc
import threading
import weakref

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from explorer.ops import forecasts
from explorer.workspace import Definition

SIDE = 4200  # more than 2**24 cells


def test_a_large_join_and_a_large_mask_are_computed(user) -> None:
    user.session.create("L", Definition("ones", {"size": (SIDE, SIDE)}, torch.uint8))
    user.settled()
    user.session.create("M", Definition("zeros", {"size": (SIDE, SIDE)}, torch.bool))
    user.settled()
    user.session.select("L")
    user.settled()
    user.operation("cat")
    user.choose("operand_1", "L")
    user.run()
    assert user.newest.shape == (2 * SIDE, SIDE)
    assert user.window.stage.staged.animation.hidden is not None
    user.session.select("L")
    user.settled()
    user.operation("__getitem__")
    user.type("parameter_key", "M")
    user.run()
    assert user.newest.shape == (0,)
    user.session.select("L")
    user.settled()
    user.operation("__setitem__")
    user.type("parameter_key", "0")
    user.run()
    target = user.session.workspace["L"].tensor()
    assert target[0].sum() == 0
    assert target[1:].sum() == (SIDE - 1) * SIDE
    assert not user.window.message_bar.text


def test_a_large_mask_is_counted_by_the_worker(user, monkeypatch) -> None:
    monkeypatch.setattr(forecasts, "LISTED", 5)
    threads = []
    real = torch.count_nonzero
    monkeypatch.setattr(torch, "count_nonzero", lambda x: threads.append(threading.current_thread()) or real(x))
    user.make("X", torch.arange(6).reshape(2, 3))
    user.make("m", torch.tensor([[True, False, True], [False, False, True]]))
    user.session.select("X")
    user.operation("__getitem__")
    field = user.find("parameter_key", QLineEdit)
    field.setFocus()
    field.selectAll()
    user.qtbot.keyClicks(field, "m")
    user.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert user.find("result_0_text").text() == "…"
    user.settled()
    assert user.session.draft.forecast.shape == (3,)
    assert user.find("result_0_text").text() == "int64 · 24 bytes"
    assert threads
    assert threading.main_thread() not in threads
    user.session.set_argument("key", ("m", ...))
    user.session.run()  # before it is foretold
    user.settled()
    assert user.newest.tolist() == [0, 2, 5]
    user.session.select("W")  # whose shape the mask does not fit
    user.settled()
    assert user.session.draft.error is not None
    assert "mask" in user.session.draft.error.detail


def test_the_next_nan_or_inf_is_gone_to_and_another_after_it(user) -> None:
    values = torch.zeros(300, 200)
    values[17, 180], values[250, 3] = torch.nan, torch.inf
    user.make("X", values)
    user.session.select("X")
    user.settled()
    assert user.find("inspector_nan_inf").text() == "1 · 1"
    user.click("inspector_nonfinite")
    user.settled()
    grid = user.window.grid.grid
    assert grid.current_cell() == (17, 180)
    assert not user.window.findChildren(QLineEdit, "cell_editor")  # shown, not opened for typing
    for cell in ((250, 3), (17, 180)):
        user.press(Qt.Key.Key_F4)
        user.settled()
        assert grid.current_cell() == cell
    user.make("Y", torch.ones(3))
    user.window.grid.close()
    user.session.select("Y")
    user.settled()
    assert not user.window.findChild(QPushButton, "inspector_nonfinite").isVisible()
    user.window.cards.show_nonfinite()
    user.settled()
    assert user.window.message_bar.text == "Y has no NaN and no inf."


@pytest.mark.parametrize("look", ["stage", "result", "grid", "memory", "table", "picture"])
def test_a_large_tensor_that_is_gone_holds_no_memory(user, look: str) -> None:
    user.session.create("L", Definition("zeros", {"size": (2_000, 3_000)}, torch.uint8))
    user.settled()
    user.session.select("L")
    user.settled()
    large = weakref.ref(user.session.workspace["L"].storage)
    match look:
        case "stage":
            user.operation("add")
        case "result":
            user.operation("neg")
            user.run()
        case "grid":
            user.window.grid.open("L", 0)
            user.settled()
            user.window.grid.close()
        case "memory":
            user.window.arrangement.show_page("memory", True)
        case "table":
            user.window.arrangement.show_page("table", True)
        case "picture":
            user.window.stage.view.pictures.copy()
    user.settled()
    while user.session.history.undo_text:
        user.session.undo()
        user.settled()
    user.session.duplicate("A")  # what was undone cannot be done again
    user.settled()
    gc.collect()
    assert large() is None
