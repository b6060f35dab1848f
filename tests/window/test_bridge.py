"""NumPy arrays and Python values through the real window: who shares memory, who copies, and what is refused."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLabel, QLineEdit, QMenu, QPlainTextEdit, QPushButton

from tests.window.truth import assert_true, rewind


def code(user) -> list[str]:
    return [step.source() for step in user.session.workspace.steps]


def values(user, name: str) -> Any:
    return user.session.workspace[name].view.object().tolist()


def select(user, name: str) -> None:
    """Click the card of `name` on the shelf."""
    cards = user.window.shelf.list
    index = cards.cards.index(cards.names.index(name))
    cards.scrollTo(index)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=cards.visualRect(index).center())
    user.settled()
    assert user.session.state.inspected == name


def do(user, key: str, **fields: str) -> None:
    """Fill in fields of the card, and press the button of a deed."""
    user.window.panes.drawer.open("bridge")
    for name, text in fields.items():
        if name == "symbol":
            user.window.findChild(QComboBox, "bridge_symbol").setCurrentText(text)
        else:
            field = user.window.findChild(QLineEdit, f"bridge_{name}")
            field.setText(text)
    button = user.window.findChild(QPushButton, f"bridge_{key}")
    assert button.isVisibleTo(user.window)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    user.settled()


def said(user) -> str:
    return user.window.message_bar.text


def answer(user) -> tuple[str, str]:
    window = user.window
    return (
        window.findChild(QPlainTextEdit, "bridge_answer_text").toPlainText(),
        window.findChild(QLabel, "bridge_answer_code").text().rpartition(" · ")[2],
    )


def refusal(user, key: str) -> str:
    """What stands on the card against a deed."""
    return user.window.findChild(QLabel, f"bridge_{key}_refusal").text()


def same_memory(user, *names: str) -> bool:
    """Whether NumPy itself finds the same bytes behind them."""
    found = [user.session.workspace[name].array() for name in names]
    return all(np.shares_memory(found[0], other) for other in found[1:])


def new_array(user, kind: str, shape: str) -> str:
    """A NumPy array from the New dialog; its name."""
    user.window.activateWindow()
    user.click("new_tensor")
    dialog = user.window.findChild(QDialog, "new_tensor")
    QTest.mouseClick(dialog.findChild(QPushButton, f"new_fill_{kind}"), Qt.MouseButton.LeftButton)
    field = dialog.findChild(QLineEdit, "new_shape")
    field.selectAll()
    QTest.keyClicks(field, shape)
    dialog.findChild(QCheckBox, "new_array").click()
    button = dialog.findChild(QPushButton, "new_create")
    user.qtbot.waitUntil(button.isEnabled)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    user.settled()
    return str(user.session.state.inspected)


# --- the rows of the introduction ----------------------------------------------------------------------------------


def test_item_of_a_sum_is_a_python_int(user) -> None:
    user.whole_numbers()
    user.operation("sum")
    user.click("parameter_dim_all")
    user.run()
    user.session.select(user.session.workspace.names[-1])
    user.settled()
    do(user, "item")
    assert answer(user) == ("66", "int")
    assert "66" in said(user)
    assert "int" in said(user)


def test_item_of_a_float_is_a_python_float(user) -> None:
    user.make("x", torch.tensor([[2.5]]))
    do(user, "item")
    assert answer(user) == ("2.5", "float")


def test_item_of_several_elements_is_torchs_own_error(user) -> None:
    assert "12 elements" in user.find("bridge_item").toolTip()
    do(user, "item")
    assert "12 elements" in said(user)
    assert "cannot be converted to Scalar" in said(user)
    assert len(code(user)) == 2


def test_ones_as_an_array_over_the_same_memory(user) -> None:
    user.make("A5", torch.ones(5))
    do(user, "numpy")
    assert code(user)[-1] == "n = A5.numpy()"
    item = user.session.workspace["n"]
    assert (item.kind, item.np_dtype, item.shape) == ("array", np.dtype("float32"), (5,))
    assert same_memory(user, "n", "A5")
    assert "shows in the other" in said(user)
    assert_true(user.session)


def test_a_tensor_from_ones_of_numpy_over_the_same_memory(user) -> None:
    name = new_array(user, "ones", "5")
    assert code(user)[-1] == "n = np.ones(5)"
    do(user, "from_numpy")
    assert code(user)[-1] == "B = torch.from_numpy(n)"
    assert user.newest.dtype == torch.float64
    assert torch.equal(user.newest, torch.from_numpy(np.ones(5)))
    assert same_memory(user, name, "B")
    assert_true(user.session)
    rewind(user)


# --- who moves -----------------------------------------------------------------------------------------------------


def test_plus_equals_moves_the_tensor_and_plus_does_not(user) -> None:
    do(user, "numpy")
    do(user, "augment")
    assert code(user)[-1] == "n += 1"
    assert values(user, "A")[0] == [1, 2, 3, 4]
    assert "A moved too: same memory" in said(user)
    do(user, "operate", value="10")
    assert code(user)[-1] == "m = n + 10"
    assert values(user, "m")[0] == [11, 12, 13, 14]
    assert values(user, "A")[0] == [1, 2, 3, 4]
    assert "did not move" in said(user)
    assert "A" in said(user)
    assert_true(user.session)
    rewind(user)


def test_the_same_of_tensors(user) -> None:
    do(user, "augment", symbol="*", value="2")
    assert code(user)[-1] == "A *= 2"
    assert values(user, "A")[1] == [8, 10, 12, 14]
    do(user, "operate", symbol="-", value="1")
    user.window.stage.player.pause()
    assert code(user)[-1] == "B = A - 1"
    assert values(user, "A")[1] == [8, 10, 12, 14]
    assert "did not move" in said(user)
    assert_true(user.session)


def test_a_copy_does_not_follow(user) -> None:
    name = new_array(user, "ones", "2, 3")
    do(user, "tensor")
    assert code(user)[-1] == "B = torch.tensor(n)"
    assert "did not move" in said(user)
    select(user, name)
    do(user, "augment", value="0.5")
    assert values(user, name) == [[1.5] * 3] * 2
    assert values(user, "B") == [[1.0] * 3] * 2
    assert "no other name" in said(user)


def test_writing_on_either_side_shows_on_the_other(user) -> None:
    do(user, "numpy")
    do(user, "write", index="0, :", value="-1")
    assert code(user)[-1] == "n[0, :] = -1"
    assert values(user, "A")[0] == [-1] * 4
    select(user, "A")
    do(user, "augment", value="1")
    assert values(user, "n")[0] == [0] * 4
    assert "n moved too" in said(user)


def test_only_those_who_share_the_written_cells_are_said_to_move(user) -> None:
    do(user, "numpy")
    do(user, "index", index="0, :")
    first = user.session.state.inspected
    select(user, "n")
    do(user, "index", index="1, :")
    second = user.session.state.inspected
    do(user, "write", index="0", value="7")
    assert {"A", "n"} <= set(said(user).split("place. ")[1].split(" moved")[0].split(", "))
    assert first not in said(user).split("place. ")[1].split(" moved")[0].split(", ")
    assert values(user, second)[0] == values(user, "A")[1][0] == 7


def test_both_pictures_and_the_stage_follow_in_the_same_frame(user) -> None:
    do(user, "numpy")
    window, seen = user.window, []
    before = next(card.picture.copy() for card in window.shelf.list.cards.cards if card.name == "A")

    def look(*_: object) -> None:
        cards = {card.name: card.picture for card in window.shelf.list.cards.cards}
        staged = window.stage.staged.animation.results[0].reshape(-1)[0].item()
        seen.append((cards["A"].copy(), cards["n"].copy(), staged))

    user.session.history_changed.connect(look)  # all have been told by then, and nothing has been painted
    do(user, "write", index="0, 0", value="99")
    user.session.history_changed.disconnect(look)
    tensor, array, staged = seen[0]
    assert tensor == array
    assert tensor != before
    assert staged == 99


# --- arrays are citizens -------------------------------------------------------------------------------------------


def test_an_array_stands_on_shelf_stage_and_inspector_and_the_tensor_comes_back(user) -> None:
    do(user, "numpy")
    card = next(c for c in user.window.shelf.list.cards.cards if c.name == "n")
    assert any("NumPy" in badge for badge in card.badges)
    assert user.window.shelf.list.current_name == "n"
    assert [t.name for t in user.window.stage.frame().tensors] == ["n"]
    assert user.window.findChild(QLabel, "inspector_range").text() == "0 · 11"
    assert user.window.findChild(QLabel, "inspector_mean").text() == "5.5"
    select(user, "A")
    assert next(t.name for t in user.window.stage.frame().tensors) == "A"
    assert user.window.stage.rehearsing
    user.run()
    assert user.newest.tolist() == [12, 15, 18, 21]


def test_an_array_is_edited_in_the_grid_and_the_tensor_follows(user) -> None:
    user.whole_numbers()
    do(user, "numpy")
    do(user, "index", index="::-1")
    name = user.session.state.inspected
    user.window.commands["action_edit_tensor"].trigger()
    user.settled()
    grid = user.window.grid.grid
    assert user.window.stage.editing
    assert grid.model.exact(0, 0) == "8"
    grid.edit_cell((0, 1))
    editor = user.window.findChild(QLineEdit, "cell_editor")
    editor.selectAll()
    QTest.keyClicks(editor, "-5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    user.settled()
    assert code(user)[-1] == f"{name}[0, 1] = -5"
    assert values(user, "A")[2][1] == values(user, "n")[2][1] == -5
    assert grid.model.exact(0, 1) == "-5"
    assert_true(user.session)


def test_a_large_array_is_shown_whole(user) -> None:
    from explorer.workspace import Definition

    user.session.create("L", Definition("arange", {"end": 90_000}, torch.int64, shape=(300, 300)), array=True)
    user.settled()
    assert user.window.stage.staged.large is not None
    assert user.window.stage.staged.large.levels == (0.0, 89_999.0)
    assert user.window.findChild(QLabel, "inspector_range").text() == "0 · 89999"


def test_only_arrays_are_left_and_nothing_is_drafted(user) -> None:
    new_array(user, "ones", "3")
    for name in ("A", "W"):
        user.session.delete(name)
        user.settled()
    assert (user.session.workspace.names, user.session.draft) == (("n",), None)
    do(user, "from_numpy")
    assert user.session.draft.operands == ("A",)
    user.run()
    assert user.newest.item() == 3.0


# --- what is refused -----------------------------------------------------------------------------------------------


def test_an_array_that_runs_backwards_is_no_tensor_but_its_copy_is(user) -> None:
    do(user, "numpy")
    do(user, "index", index="::-1")
    name = user.session.state.inspected
    assert user.session.workspace[name].strides[0] < 0
    for key in ("from_numpy", "tensor"):
        assert "backwards" in refusal(user, key)
        do(user, key)
        assert "backwards" in said(user)
        assert "negative" in said(user)  # torch's own word
        assert code(user)[-1] == f"{name} = n[::-1]"
    user.window.commands["action_duplicate"].trigger()
    user.settled()
    select(user, user.session.workspace.names[-1])
    assert refusal(user, "from_numpy") == ""
    do(user, "from_numpy")
    assert user.newest.tolist() == values(user, "A")[::-1]


@pytest.mark.parametrize(
    ("make", "ours", "torchs"),
    [
        (lambda: torch.ones(2, dtype=torch.bfloat16), "dtype that NumPy does not have", "BFloat16"),
        (lambda: torch.ones(2, device="meta"), "meta", "meta"),
    ],
    ids=["bfloat16", "meta"],
)
def test_numpy_refuses_and_says_so_before_and_after(
    user, make: Callable[[], torch.Tensor], ours: str, torchs: str
) -> None:
    user.make("X", make())
    assert ours in refusal(user, "numpy")
    before = code(user)
    do(user, "numpy")
    assert ours in said(user)
    assert torchs in said(user)
    assert code(user) == before


def test_a_tensor_that_requires_grad_is_no_array(user) -> None:
    user.make("X", torch.ones(2))
    user.session.change("X", lambda w: w.require_grad("X"), "X")
    user.settled()
    assert "requires gradients" in refusal(user, "numpy")
    before = code(user)
    do(user, "numpy")
    assert "requires gradients" in said(user)
    assert "requires grad" in said(user)
    assert code(user) == before


def test_in_place_cannot_change_the_dtype_and_nothing_has_moved(user) -> None:
    user.whole_numbers()
    do(user, "numpy")
    do(user, "augment", symbol="/", value="2")
    assert "refused" in said(user)
    assert values(user, "A")[0] == [0, 1, 2, 3]
    do(user, "operate", symbol="/", value="2")
    assert values(user, "m")[0] == [0.0, 0.5, 1.0, 1.5]


@pytest.mark.parametrize(("field", "text"), [("value", "one"), ("index", "1:'a'"), ("index", "import os")])
def test_what_is_no_number_and_no_index_is_said(user, field: str, text: str) -> None:
    do(user, "numpy")
    before = code(user)
    do(user, "write", **{field: text})
    assert text in said(user)
    assert code(user) == before


def test_an_index_that_does_not_fit_is_numpys_own_error(user) -> None:
    do(user, "numpy")
    do(user, "index", index="9")
    assert "out of bounds" in said(user)
    assert code(user)[-1] == "n = A.numpy()"


# --- tolist, attributes, menu --------------------------------------------------------------------------------------


def test_tolist_is_a_list_of_lists(user) -> None:
    do(user, "tolist")
    text, kind = answer(user)
    assert kind == "list"
    assert eval(text) == torch.arange(12).reshape(3, 4).tolist()


def test_tolist_of_a_scalar_is_a_number(user) -> None:
    user.make("s", torch.tensor(3))
    do(user, "tolist")
    assert answer(user) == ("3", "int")


def test_tolist_of_many_says_that_it_leaves_some_out(user) -> None:
    user.make("L", torch.arange(400_000).reshape(2, -1))
    do(user, "tolist")
    assert (
        answer(user)[0]
        == "[[0, 1, 2, ..., 199997, 199998, 199999], [200000, 200001, 200002, ..., 399997, 399998, 399999]]"
    )
    assert user.window.findChild(QLabel, "bridge_answer_note").text()


def test_attributes_are_what_python_prints(user) -> None:
    shown = {name: user.find(f"bridge_{name}", QLabel).text() for name in ("shape", "dtype", "device")}
    assert shown == {"shape": "torch.Size([3, 4])", "dtype": "torch.float32", "device": "device(type='cpu')"}


def test_the_menu_has_all_of_it_for_the_keyboard(user) -> None:
    menu = user.window.findChild(QMenu, "tensor_menu")
    menu.aboutToShow.emit()
    there = {a.objectName(): a for a in menu.actions()}
    assert there["action_numpy"].text() == "n = A.numpy()"
    assert not there["action_from_numpy"].isEnabled()
    assert there["action_from_numpy"].toolTip() == "A tensor is selected; this is for NumPy arrays."
    there["action_numpy"].trigger()
    user.settled()
    menu.aboutToShow.emit()
    assert there["action_from_numpy"].isEnabled()
    there["action_tolist"].trigger()
    user.settled()
    assert answer(user)[1] == "list"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_answer_opens_the_page_where_it_stands(user) -> None:
    assert not user.window.bridge.card.isVisible()
    user.window.findChild(QAction, "action_tolist").trigger()
    user.settled()
    assert user.window.bridge.card.answer.isVisible()
    assert user.window.panes.drawer.page == "bridge"


def test_an_operation_chosen_for_an_array_offers_the_way_to_torch(user) -> None:
    do(user, "numpy")
    user.operation("mean")
    assert "n is a NumPy array" in said(user)
    user.click("message_action")
    assert code(user)[-1] == "B = torch.from_numpy(n)"
    assert (user.session.draft.op.name, user.session.draft.operands) == ("mean", ("B",))


def test_a_tensor_on_the_stage_follows_in_the_same_frame(user) -> None:
    do(user, "numpy")
    select(user, "A")
    window, seen = user.window, []

    def look(*_: object) -> None:
        frame = window.stage.staged.animation.frame(0.0)
        seen.append(next(text for cells in frame.cells for text in cells.texts))

    look()
    user.session.history_changed.connect(look)
    do(user, "augment", value="40")
    user.session.undo()
    user.settled()
    user.session.history_changed.disconnect(look)
    assert seen == ["0", "40", "0"]


def test_a_key_pressed_twice_does_not_press_what_comes_next(user) -> None:
    select(user, "A")
    button = user.window.findChild(QPushButton, "bridge_numpy")
    button.setFocus()
    user.press(Qt.Key.Key_Space, widget=button)
    assert code(user)[-1].endswith("= A.numpy()")
    assert user.window.stage.picture.hasFocus()
