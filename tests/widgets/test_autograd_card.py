"""The card about gradients: what it shows of a tensor, and what it asks for."""

from collections.abc import Callable

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.ops.autograd import ONES
from explorer.widgets.autograd.autograd_card import AutogradCard
from explorer.widgets.autograd.findings import Findings, chain, findings
from explorer.widgets.shelf.tensor_shelf import TensorShelf
from explorer.workspace import Definition, Workspace
from explorer.workspace.autograd_facts import Link


def program() -> Workspace:
    """A, which requires gradients, B = A.exp(), C = B.sum(), and G of the shape of B."""
    workspace = Workspace().create("A", Definition.typed(torch.tensor([1.0, 2.0]))).require_grad("A")
    workspace = workspace.operate("exp", ("A",), {}, ("B",)).operate("sum", ("B",), {}, ("C",))
    return workspace.create("G", Definition.typed(torch.tensor([1.0, 0.0])))


@pytest.fixture
def card(qtbot: QtBot) -> AutogradCard:
    made = AutogradCard()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def show(card: AutogradCard) -> Callable[[Workspace, str], Findings]:
    def shown(workspace: Workspace, name: str) -> Findings:
        found = findings(workspace, workspace[name])
        card.show_findings(found)
        return found

    return shown


def values(card: AutogradCard) -> dict[str, str]:
    """The rows that are shown, by their keys."""
    labels = [x for x in card.findChildren(QLabel) if x.objectName().startswith("autograd_") and x.isVisibleTo(card)]
    others = ("autograd_warning", "autograd_need", "autograd_note")
    return {x.objectName().removeprefix("autograd_"): x.text() for x in labels if x.objectName() not in others}


def test_one_quiet_row_while_nothing_requires_gradients(card, show):
    workspace = Workspace().create("A", Definition.typed(torch.ones(2)))
    show(workspace, "A")
    assert not card.switch.isChecked()
    assert values(card) == {}
    for widget in (card.warning, card.button, card.gradient, card.retain):
        assert not widget.isVisibleTo(card)


def test_a_leaf(card, show):
    show(program(), "A")
    assert card.switch.isChecked()
    assert values(card) == {"leaf": "yes", "version": "0", "grad_fn": "None"}
    assert not card.button.isVisibleTo(card)


def test_the_end_of_a_chain(card, show):
    show(program(), "C")
    assert values(card) == {"leaf": "no", "version": "0", "grad_fn": "SumBackward0", "chain": "A → exp → B → sum → C"}
    assert card.button.isVisibleTo(card)
    assert card.button.accessibleName() == "C.backward()"
    assert not card.gradient.isVisibleTo(card)


def test_more_than_one_element_needs_a_gradient(card, show, qtbot):
    show(program(), "B")
    assert "(2,)" in card.need.text()
    assert [card.gradient.itemText(i) for i in range(card.gradient.count())] == ["torch.ones_like(B)", "none", "A", "G"]
    asked = []
    card.backward_requested.connect(lambda *what: asked.append(what))
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    card.gradient.setCurrentIndex(1)
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    card.gradient.setCurrentIndex(3)
    card.retain.setChecked(True)
    assert card.button.accessibleName() == "B.backward(G, retain_graph=True)"
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert asked == [(ONES, False), (None, False), ("G", True)]


def test_the_switch_asks_and_moves_only_when_torch_has_done_it(card, show, qtbot):
    show(Workspace().create("A", Definition.typed(torch.tensor([1, 2]))), "A")
    with qtbot.waitSignal(card.switched) as asked:
        card.switch.click()
    assert asked.args == [True]
    assert not card.switch.isChecked()


def test_what_was_overwritten_is_said_before_backward(card, show):
    workspace = program().in_place("add_", "B", (1,))
    show(workspace, "B")
    assert card.warning.isVisibleTo(card)
    assert card.warning.text() == "⚠ “B = A.exp()” saved it for backward at version 0; it is at version 1 now."
    show(workspace, "C")
    assert "B was overwritten" in card.warning.text()
    assert card.button.isEnabled()
    show(workspace, "A")
    assert not card.warning.isVisibleTo(card)


def test_after_a_backward(card, show):
    workspace = program().backward("C", retained=True)
    show(workspace, "A_grad")
    assert values(card)["gradient"] == "A"
    show(workspace.backward("C"), "A")
    assert values(card)["grad"] == "the sum of 2 backwards"
    show(workspace.backward("C"), "C")
    assert "used up" in card.note.text()
    assert not card.warning.isVisibleTo(card)


def test_no_card_without_a_tensor(card, show):
    show(program(), "A")
    card.show_findings(None)
    assert card.isHidden()


def test_a_chain_that_parts_is_told_step_by_step():
    links = (Link(3, ("A", "W"), "mul", "B"), Link(4, ("A", "B"), "add", "C"))
    assert chain(links) == "A, W → mul → B\nA, B → add → C"


def test_a_long_chain_is_told_from_its_end():
    names = [f"T{n}" for n in range(40)]
    links = tuple(Link(n, (names[n],), "exp", names[n + 1]) for n in range(39))
    assert chain(links).startswith("… → T27 → exp → T28")
    assert chain(links).endswith("T39")


def test_the_shelf_says_whose_gradient_it_is_and_what_was_overwritten(qtbot):
    shelf = TensorShelf()
    qtbot.addWidget(shelf)
    workspace = program()
    shelf.show_workspace(workspace, {}, "A")
    cards = {card.name: card for card in shelf.list.cards.cards}
    assert "∂" in cards["A"].badges
    assert all(not card.alarm for card in cards.values())
    low = shelf.list.sizeHintForRow(1)
    shelf.show_workspace(workspace.in_place("add_", "B", (1,)), {}, "A")
    cards = {card.name: card for card in shelf.list.cards.cards}
    assert cards["B"].alarm == "saved, then overwritten"
    assert "saved, then overwritten" in cards["B"].spoken
    assert shelf.list.sizeHintForRow(1) > low
    shelf.show_workspace(workspace.backward("C"), {}, "A")
    cards = {card.name: card for card in shelf.list.cards.cards}
    assert "grad of A" in cards["A_grad"].badges
