"""Gradients by clicking: switched on, recorded, spoilt in place, refused in the words of torch, shown on the shelf."""

from collections.abc import Callable

import pytest
import torch
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

VALUES = torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, -1.0]])


def chain(user) -> None:
    """X, which requires gradients, B = X.exp(), C = B.sum()."""
    user.make("X", VALUES)
    user.click("autograd_switch")
    user.operation("exp")
    user.run()
    select(user, "B")
    user.operation("sum")
    user.click("parameter_dim_all")
    user.run()
    select(user, "C")


def select(user, name: str) -> None:
    user.session.select(name)
    user.settled()


def card_of(user, name: str):
    return next(card for card in user.window.shelf.list.cards.cards if card.name == name)


def value(user, name: str) -> torch.Tensor:
    return user.session.workspace[name].tensor()


def row(user, key: str) -> str:
    return user.find(f"autograd_{key}").text()


def test_a_chain_is_recorded_and_its_gradient_stands_beside_the_leaf(user) -> None:
    chain(user)
    assert row(user, "chain") == "X → exp → B → sum → C"
    assert row(user, "grad_fn") == "SumBackward0"
    user.click("autograd_backward")
    names = user.session.workspace.names
    assert names.index("X_grad") == names.index("X") + 1
    assert torch.equal(value(user, "X_grad"), VALUES.exp())
    assert "grad of X" in card_of(user, "X_grad").badges
    assert user.session.state.inspected == "X_grad"
    assert [tensor.name for tensor in user.window.stage.frame().tensors][:2] == ["X", "X_grad"]
    assert "C.backward(); X_grad = X.grad.clone()" in user.find("code_lines").toPlainText()
    user.session.undo()
    user.settled()
    assert "X_grad" not in user.session.workspace
    select(user, "C")
    user.click("autograd_backward")
    assert torch.equal(value(user, "X_grad"), VALUES.exp())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_exp_saved_turns_red_before_backward_and_torch_refuses(
    start: Callable[..., object], language: str
) -> None:
    user = start(language=language)
    chain(user)
    select(user, "B")
    assert not card_of(user, "B").alarm
    user.click("bridge_augment")
    assert user.session.workspace.steps[-1].source() == "B += 1"
    assert card_of(user, "B").alarm
    select(user, "B")
    assert user.find("autograd_warning").text().startswith("⚠")
    assert row(user, "version") == "1"
    select(user, "C")
    before = user.session.workspace
    user.click("autograd_backward")
    text = user.find("message_bar").text
    assert "is at version 1; expected version 0" in text
    assert "B = X.exp()" in text
    assert user.session.workspace is before
    assert torch.equal(value(user, "B"), VALUES.exp() + 1)
    user.session.undo()
    user.settled()
    assert not card_of(user, "B").alarm
    select(user, "C")
    user.click("autograd_backward")
    assert torch.equal(value(user, "X_grad"), VALUES.exp())


def test_abs_loses_nothing_and_abs_in_place_what_exp_saved(user) -> None:
    chain(user)
    select(user, "B")
    user.operation("abs")
    user.run()
    assert not card_of(user, "B").alarm
    select(user, "B")
    user.operation("abs")
    user.click("in_place")
    user.run()
    assert user.session.workspace.steps[-1].source() == "B.abs_()"
    assert card_of(user, "B").alarm


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("bridge_augment", "a leaf Variable that requires grad is being used in an in-place operation"),
        ("bridge_write", "leaf Variable that requires grad"),
        ("bridge_numpy", "Can't call numpy() on Tensor that requires grad"),
    ],
)
def test_a_leaf_refuses(user, button: str, words: str) -> None:
    user.make("X", VALUES)
    user.click("autograd_switch")
    before = user.session.workspace
    if button == "bridge_write":
        user.session.change("write", lambda w: w.write("X", (0,), 9.0))
        user.settled()
    else:
        user.click(button)
    text = user.find("message_bar").text
    assert words in text
    assert "X" in text
    assert user.session.workspace is before
    assert torch.equal(value(user, "X"), VALUES)


def test_whole_numbers_refuse_and_the_switch_stays_off(user) -> None:
    user.whole_numbers()
    select(user, "A")
    user.click("autograd_switch")
    text = user.find("message_bar").text
    assert "int64" in text
    assert "only Tensors of floating point dtype can require gradients" in text
    assert not user.find("autograd_switch").isChecked()
    assert user.session.workspace.autograd is None


def test_more_than_one_element_takes_ones_or_is_refused(user) -> None:
    chain(user)
    select(user, "B")
    user.choose("autograd_gradient", "none")
    user.click("autograd_backward")
    assert "grad can be implicitly created only for scalar outputs" in user.find("message_bar").text
    user.choose("autograd_gradient", "torch.ones_like(B)")
    user.click("autograd_backward")
    assert torch.equal(value(user, "X_grad"), VALUES.exp())


def test_a_second_backward_and_gradients_that_add_up(user) -> None:
    chain(user)
    user.click("autograd_retain")
    user.click("autograd_backward")
    select(user, "C")
    user.click("autograd_backward")
    assert torch.equal(value(user, "X_grad1"), 2 * VALUES.exp())
    select(user, "X")
    assert "2" in row(user, "grad")
    select(user, "C")
    user.click("autograd_backward")
    assert "Trying to backward through the graph a second time" in user.find("message_bar").text


def test_a_cleared_gradient_begins_a_new_sum(user) -> None:
    chain(user)
    user.click("autograd_retain")
    user.click("autograd_backward")
    select(user, "X")
    assert "one" in row(user, "grad")
    user.click("autograd_clear")
    assert user.session.workspace.steps[-1].source() == "X.grad = None"
    for gone in ("autograd_grad", "autograd_clear"):
        assert not user.window.findChild(QWidget, gone).isVisible()
    select(user, "C")
    user.click("autograd_backward")
    assert torch.equal(value(user, "X_grad1"), VALUES.exp())
    for _ in range(2):
        user.session.undo()
        user.settled()
    select(user, "X")
    assert "one" in row(user, "grad")


def test_from_the_menu_in_a_narrow_window(user) -> None:
    user.window.resize(900, 545)
    user.make("X", VALUES)
    for name in ("action_requires_grad", "action_backward"):
        action = user.window.findChild(QAction, name)
        assert action is not None
        if name == "action_backward":
            user.session.choose_operation("sum")
            user.settled()
            user.session.set_argument("dim", None)
            user.settled()
            user.session.run()
            user.settled()
        action.trigger()
        user.settled()
    assert torch.equal(value(user, "X_grad"), torch.ones_like(VALUES))


def test_deleting_what_a_gradient_needs_offers_to_keep_it_as_values(user) -> None:
    chain(user)
    user.click("autograd_backward")
    user.session.delete("B")
    user.settled()
    user.click("message_action")
    assert "B" not in user.session.workspace
    assert torch.equal(value(user, "X_grad"), VALUES.exp())


def test_a_write_into_a_leaf_is_refused_before_it_is_run(user) -> None:
    user.make("x", torch.tensor([1.0, 2.0]))
    user.session.change("require", lambda w: w.require_grad("x", True))
    user.settled()
    user.session.select("x")
    user.settled()
    user.operation("exp")
    user.click("in_place")
    assert "a leaf that requires gradients" in user.window.message_bar.text
    before = user.session.workspace
    user.run()
    assert user.session.workspace is before
    assert "a leaf Variable that requires grad is being used in an in-place operation" in user.window.message_bar.text
