"""Devices on the shelf: lanes, copies between them, and what a device refuses; an accelerator must agree."""

from collections.abc import Sequence
from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from explorer.ops import CATALOG, calls
from tests.window.truth import assert_true, rewind

ACCELERATOR = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
needs_accelerator = pytest.mark.skipif(ACCELERATOR is None, reason="this machine has no accelerator that torch knows")
SIZES = (96, 64)


def lanes(user) -> dict[str, str]:
    """The headings of the shelf, with the first card below each."""
    return {card.heading: card.name for card in user.window.shelf.list.cards.cards if card.heading}


def drop(user, name: str, onto: str) -> None:
    """Drag the card `name` to where the card `onto` stands."""
    cards = user.window.shelf.list
    row = cards.names.index(onto)
    cards.scrollTo(cards.cards.index(row))
    cards.drop_at(name, cards.visualRect(cards.cards.index(row)).center().y())
    user.settled()
    user.window.stage.player.pause()


def copy_to(user, device: str) -> None:
    """What is inspected, to a device, by the menu."""
    user.window.findChild(QMenu, "tensor_menu").aboutToShow.emit()
    user.window.findChild(QAction, f"copy_to_{device}").trigger()
    user.settled()
    user.window.stage.player.pause()


def code(user) -> list[str]:
    return [step.source() for step in user.session.workspace.steps]


def said(user) -> str:
    return user.window.message_bar.text


def test_one_device_has_no_lanes_and_meta_brings_them(user) -> None:
    assert lanes(user) == {}
    copy_to(user, "meta")
    assert code(user)[-1] == "B = A.to(device='meta')"
    assert lanes(user) == {"cpu": "A", "meta": "B"}
    assert "no values" in said(user)
    assert "undo" in said(user)
    assert_shapes(user)
    rewind(user)
    assert lanes(user) == {}


def assert_shapes(user) -> None:
    item = user.session.workspace["B"]
    assert (item.shape, item.dtype, item.device) == ((3, 4), torch.float32, "meta")


def test_a_dragged_card_is_copied_as_a_step_that_plays(user) -> None:
    copy_to(user, "meta")
    drop(user, "W", "B")
    assert code(user)[-1] == "C = W.to(device='meta')"
    assert lanes(user) == {"cpu": "A", "meta": "B"}
    assert user.window.shelf.list.names == ("A", "W", "B", "C")
    assert user.window.stage.staged.ran
    assert user.session.workspace["W"].device == "cpu"  # the original stays


def test_nothing_comes_back_from_meta_but_by_undo(user) -> None:
    copy_to(user, "meta")
    before = code(user)
    drop(user, "B", "W")
    assert "has no values to copy to cpu" in said(user)
    assert "no data" in said(user)  # torch's own words
    assert code(user) == before
    user.session.undo()
    user.settled()
    assert user.session.workspace.names == ("A", "W")


def test_a_card_moves_within_its_lane(user) -> None:
    copy_to(user, "meta")
    cards = user.window.shelf.list
    cards.setFocus()
    user.session.select("A")
    user.settled()
    QTest.keyClick(cards, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    user.settled()
    assert cards.names == ("W", "A", "B")
    QTest.keyClick(cards, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    user.settled()
    assert cards.names == ("W", "A", "B")


def test_an_array_stays_on_the_cpu(user) -> None:
    copy_to(user, "meta")
    user.session.select("A")
    user.settled()
    user.window.findChild(QAction, "action_numpy").trigger()
    user.settled()
    before = code(user)
    drop(user, "n", "B")
    assert "lives on the CPU" in said(user)
    assert "'to'" in said(user)  # Python's own words
    assert code(user) == before


def test_a_device_that_is_its_own_is_no_copy(user) -> None:
    copy_to(user, "cpu")
    assert "is on cpu already" in said(user)
    assert "A" in user.session.workspace.sharing("B")


def test_operands_on_two_devices_are_refused_in_torchs_words(user) -> None:
    copy_to(user, "meta")
    user.session.select("A")
    user.settled()
    user.operation("mul")
    user.session.decline_copies(True)
    user.session.set_operands(("A", "B"))
    user.settled()
    user.run()
    assert "meta" in said(user)
    assert code(user)[-1] == "B = A.to(device='meta')"


def test_bytes_and_time_of_a_copy_are_told(user, elsewhere: "Elsewhere") -> None:
    elsewhere.answers = lambda tensor: tensor.clone()  # as if another device had taken it
    copy_to(user, "meta")
    assert "48 bytes moved in" in said(user)


# --- what a device refuses -----------------------------------------------------------------------------------------


class Elsewhere:
    """Stands in for a device that this machine does not have: `answers` is what it does with a copy."""

    def __init__(self) -> None:
        self.answers: Any = None

    def invoke(self, op: Any, operands: Sequence[Any], arguments: Any) -> Any:
        if self.answers is not None and op.name == "to" and arguments.get("device") == "meta":
            return self.answers(operands[0])
        return ORIGINAL(op, operands, arguments)


ORIGINAL = calls.invoke


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    device = Elsewhere()
    monkeypatch.setattr(calls, "invoke", device.invoke)
    return device


def refusing(error: Exception) -> Any:
    def answers(tensor: torch.Tensor) -> torch.Tensor:
        raise error

    return answers


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 72.76 TiB."),
        TypeError("Cannot convert a MPS Tensor to float64 dtype as the MPS framework doesn't support float64."),
        AssertionError("Torch not compiled with CUDA enabled"),
    ],
    ids=["out of memory", "unsupported dtype", "no such device"],
)
def test_what_a_device_refuses_leaves_all_as_it_was(user, elsewhere: Elsewhere, error: Exception) -> None:
    before = user.session.workspace
    elsewhere.answers = refusing(error)
    copy_to(user, "meta")
    assert str(error) in said(user)
    assert said(user).splitlines()[0] != str(error)  # our own sentence stands above
    assert user.session.workspace is before
    elsewhere.answers = None
    user.session.select("A")
    user.settled()
    user.operation("sum")
    user.run()
    assert user.newest.tolist() == [12, 15, 18, 21]
    assert_true(user.session)


def test_more_memory_than_there_is_is_refused_with_figures(user) -> None:
    from tests.drafts import drafted

    user.make("E", torch.ones(1))
    user.session.set_draft(drafted("expand", ("E",), {"size": (10**13,)}))
    user.session.run()
    user.settled()
    user.window.stage.player.pause()
    user.session.select(user.session.workspace.names[-1])
    user.settled()
    big = user.session.state.inspected
    assert user.session.workspace[big].numel == 10**13
    before = user.session.workspace
    for press in (user.window.commands["action_duplicate"].trigger, lambda: user.window.bridge.card.ask("operate")):
        press()
        user.settled()
        assert "36.4 TiB" in said(user)
        assert user.session.workspace is before


def test_a_creation_that_has_no_room_is_refused_in_torchs_words(user) -> None:
    from explorer.workspace import Definition

    before = user.session.workspace
    user.session.create("H", Definition("zeros", {"size": (10**13,)}))
    user.settled()
    assert "memory" in said(user)
    assert user.session.workspace is before


# --- where there is an accelerator ---------------------------------------------------------------------------------


@needs_accelerator
@pytest.mark.parametrize("op", ["add", "matmul", "sum", "mean", "exp", "softmax"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float16], ids=str)
def test_an_accelerator_agrees_with_the_cpu(op: str, dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    left, right = torch.rand(SIZES).to(dtype), torch.rand(SIZES[::-1] if op == "matmul" else SIZES).to(dtype)
    operands = (left, right) if op in ("add", "matmul") else (left,)
    arguments = {"dim": 0} if op in ("sum", "mean", "softmax") else {}
    here = CATALOG[op].run(operands, arguments)
    there = CATALOG[op].run(tuple(x.to(ACCELERATOR) for x in operands), arguments)
    assert isinstance(here, torch.Tensor)
    assert isinstance(there, torch.Tensor)
    torch.testing.assert_close(there.cpu(), here)  # within the tolerance of the dtype


@needs_accelerator
def test_the_accelerators_lane_and_the_way_back(user) -> None:
    name = next(d for d in user.window.shelf.list.devices if d not in ("cpu", "meta"))
    copy_to(user, name)
    assert lanes(user) == {"cpu": "A", name: "B"}
    assert "96 bytes moved" in said(user)
    user.window.findChild(QAction, "action_numpy").trigger()
    user.settled()
    assert "copy it to the CPU first" in said(user)
    copy_to(user, "cpu")
    assert user.newest.tolist() == torch.arange(12).reshape(3, 4).tolist()
    assert_true(user.session)
