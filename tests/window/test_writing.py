"""Reading and writing by index, and operations in place, clicked and typed in the real window."""

import pytest
import shiboken6
import torch
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

A = torch.tensor([[1, 2, 3], [4, 5, 6]], dtype=torch.int32)


@pytest.fixture
def made(user):
    """A (2, 3) int32 tensor X, made current."""
    user.make("X", A)
    return user


def index(user, text: str) -> None:
    user.operation("__getitem__")
    user.type("parameter_key", text)


def value(user, name: str) -> torch.Tensor:
    return user.session.workspace[name].tensor()


def test_an_element_is_read_by_its_index(made) -> None:
    index(made, "1, 2")
    made.run()
    assert made.newest.shape == ()
    assert made.newest.item() == 6
    assert made.session.workspace.steps[-1].source().endswith("= X[1, 2]")


def test_a_single_cell_whose_neighbour_would_be_far(made) -> None:
    index(made, "0:1, 1")
    made.run()
    assert made.newest.tolist() == [2]
    assert made.newest.stride() == (3,)


def test_a_slice_is_a_view_and_a_list_a_copy(made) -> None:
    index(made, "1, ::2")
    assert "view" in made.find("result_0_text").text()
    made.run()
    first = made.session.workspace.items[-1]
    assert first.tensor().tolist() == [4, 6]
    assert first.storage is made.session.workspace["X"].storage
    made.operation("__getitem__")
    made.session.select("X")
    made.settled()
    made.type("parameter_key", ":, [0, 2]")
    made.run()
    assert made.newest.tolist() == [[1, 3], [4, 6]]
    assert made.session.workspace.items[-1].storage is not made.session.workspace["X"].storage


def test_dragging_over_cells_selects_them(made) -> None:
    view = made.window.stage.view
    start, end = (view.cell_box(0, flat).center().toPoint() for flat in (1, 5))
    made.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for at in (QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2), end):
        made.qtbot.mouseMove(view, at)
    made.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    made.settled()
    assert made.find("parameter_key", QLineEdit).text() == ":, 1:3"
    made.run()
    assert made.newest.tolist() == [[2, 3], [5, 6]]


def test_keys_select_cells(made) -> None:
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    view = made.window.stage.view
    made.window.stage.focus(0, 0)
    made.qtbot.keyClick(view, Qt.Key.Key_Right, keys)
    made.settled()
    assert made.find("parameter_key", QLineEdit).text() == "0, 0:2"
    made.qtbot.keyClick(view, Qt.Key.Key_Right, keys)
    made.settled()
    assert made.find("parameter_key", QLineEdit).text() == "0, :"
    made.qtbot.keyClick(view, Qt.Key.Key_Down, keys)
    made.settled()
    assert made.find("parameter_key", QLineEdit).text() == ":, :"
    made.qtbot.keyClick(view, Qt.Key.Key_Left, keys)
    made.settled()
    assert made.find("parameter_key", QLineEdit).text() == ":, 0:2"


def test_a_chip_chooses_what_is_taken_of_its_axis(made) -> None:
    made.operation("__getitem__")
    made.click("index_axis_1")
    kind = made.window.findChild(QComboBox, "index_kind")
    kind.setCurrentIndex(kind.findData("range"))
    kind.activated.emit(kind.currentIndex())
    step = made.window.findChild(QLineEdit, "index_step")
    made.qtbot.keyClicks(step, "2")
    made.settled()
    kind.window().close()
    made.settled()
    assert made.find("parameter_key", QLineEdit).text() == "0, ::2"
    made.run()
    assert made.newest.tolist() == [1, 3]


def test_a_chip_adds_an_axis_before_its_own(made) -> None:
    made.operation("__getitem__")
    made.click("index_axis_1")
    made.click("index_new_axis")
    assert made.find("parameter_key", QLineEdit).text() == "0, None, :"
    made.run()
    assert made.newest.tolist() == [[1, 2, 3]]


def test_what_is_no_index_is_said_and_loses_nothing(made) -> None:
    made.operation("__getitem__")
    made.type("parameter_key", "1, 7")
    assert "no index 7 on axis 1 of X (2, 3)" in made.window.message_bar.text
    made.type("parameter_key", "1, :::")
    assert "is no index" in made.find("draft_error").text()
    before = made.session.workspace
    made.click("operation_run")
    assert made.session.workspace is before


@pytest.mark.parametrize(
    ("key", "number", "expected"),
    [
        ("0, 1", "9", [[1, 9, 3], [4, 5, 6]]),
        (":, 0", "0", [[0, 2, 3], [0, 5, 6]]),
        ("1", "7", [[1, 2, 3], [7, 7, 7]]),
    ],
)
def test_elements_are_written_by_index_and_slice(made, key: str, number: str, expected: list) -> None:
    made.operation("__setitem__")
    made.type("parameter_key", key)
    made.type("operand_1_number", number)
    assert "overwrites X" in made.find("result_0_text").text()
    made.run()
    assert value(made, "X").tolist() == expected
    assert value(made, "X").dtype == torch.int32
    assert made.session.workspace.steps[-1].source() == f"X[{key}] = {number}"
    made.session.undo()
    made.settled()
    assert value(made, "X").tolist() == A.tolist()


def test_a_tensor_is_written_with_broadcasting_and_through_a_mask(made) -> None:
    made.make("M", A > 4)
    made.session.select("X")
    made.settled()
    made.operation("__setitem__")
    made.type("parameter_key", "M")
    made.type("operand_1_number", "0")
    made.run()
    assert value(made, "X").tolist() == [[1, 2, 3], [4, 0, 0]]
    made.make("v", torch.tensor([7, 8, 9], dtype=torch.int32))
    made.session.select("X")
    made.settled()
    made.operation("__setitem__")
    made.type("parameter_key", ":")
    made.choose("operand_1", "v")
    made.run()
    assert value(made, "X").tolist() == [[7, 8, 9], [7, 8, 9]]


def test_abs_makes_a_tensor_and_abs_in_place_none(made) -> None:
    made.make("n", torch.tensor([-1.0, 2.0]))
    made.operation("abs")
    made.run()
    count = len(made.session.workspace.names)
    assert value(made, "n").tolist() == [-1.0, 2.0]
    made.session.select("n")
    made.settled()
    made.click("in_place")
    assert made.session.draft.op.name == "abs_"
    assert "saves 8 bytes" in made.find("result_0_text").text()
    made.run()
    assert value(made, "n").tolist() == [1.0, 2.0]
    assert len(made.session.workspace.names) == count
    assert made.session.workspace.steps[-1].source() == "n.abs_()"
    last = made.window.stage.staged.animation.frame(1.0)
    assert [t.name for t in last.tensors] == ["n", "n"]


def test_a_run_that_writes_can_be_run_again(made) -> None:
    made.operation("add")
    made.choose("operand_1", "number…")
    made.type("operand_1_number", "10")
    made.click("in_place")
    made.run()
    made.run()
    assert value(made, "X").tolist() == (A + 20).tolist()
    assert [s.source() for s in made.session.workspace.steps[-2:]] == ["X.add_(10)", "X.add_(10)"]


def test_uninitialised_memory_is_zeroed(user) -> None:
    from explorer.workspace import Definition

    user.session.create("U", Definition("empty", {"size": (2, 4)}, torch.int32))
    user.settled()
    assert user.session.workspace["U"].unknown
    user.session.select("U")
    user.settled()
    user.operation("zero_")
    user.run()
    item = user.session.workspace["U"]
    assert not item.unknown
    assert item.tensor().tolist() == [[0] * 4] * 2
    assert item.dtype == torch.int32


def test_transpose_in_place_lays_the_same_memory_out_anew(made) -> None:
    storage = made.session.workspace["X"].storage
    made.operation("transpose")
    made.click("in_place")
    assert made.find("result_0_text").text() == "int32 · lays X out anew, no cell is written"
    made.run()
    item = made.session.workspace["X"]
    assert item.shape == (3, 2)
    assert item.strides == (1, 3)
    assert item.storage is storage
    made.session.undo()
    made.settled()
    assert made.session.workspace["X"].shape == (2, 3)


def test_in_place_neither_grows_nor_changes_the_dtype(made) -> None:
    made.operation("add")
    made.choose("operand_1", "number…")
    made.type("operand_1_number", "0.5")
    made.click("in_place")
    assert "keeps its dtype int32" in made.window.message_bar.text
    before = made.session.workspace
    made.run()
    assert "can't be cast" in made.window.message_bar.text
    assert made.session.workspace is before


def test_an_index_is_replaced_while_it_is_the_newest(made) -> None:
    index(made, "0")
    made.run()
    count = len(made.session.workspace.steps)
    made.type("parameter_key", "1")
    made.run()
    assert len(made.session.workspace.steps) == count
    assert made.newest.tolist() == [4, 5, 6]
    made.session.reopen(count - 1)
    made.settled()
    assert made.find("parameter_key", QLineEdit).text() == "1"


def test_an_index_that_the_next_tensor_cannot_have_begins_anew(made) -> None:
    index(made, "1, 2")
    made.make("v", torch.tensor([7, 8, 9]))
    made.session.select("v")
    made.settled()
    assert made.session.draft.op.name == "__getitem__"
    assert made.find("parameter_key", QLineEdit).text() == "0"
    assert made.session.draft.error is None


def wrong(user, name: str) -> bool:
    """Whether a field is marked as holding no value."""
    return bool(user.find(name, QLineEdit).property("invalid"))


@pytest.mark.parametrize(("name", "text"), [("operand_1_number", "x"), ("parameter_key", "0, ?")])
def test_what_was_typed_wrong_stays_and_nothing_runs_until_it_is_mended(made, name: str, text: str) -> None:
    made.operation("__setitem__")
    made.type("parameter_key", "0")
    made.choose("operand_1", "number…")
    before = made.session.workspace
    made.type(name, text)
    made.qtbot.mouseClick(made.window.stage.view, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert made.window.focusWidget() is made.window.stage.view
    made.press(Qt.Key.Key_Space)
    field = made.find(name, QLineEdit)
    assert (field.text(), wrong(made, name)) == (text, True)
    assert made.window.focusWidget() is field
    made.run()
    made.window.shelf.list.setFocus()
    made.session.set_device("cpu")
    made.settled()
    assert (field.text(), wrong(made, name)) == (text, True)
    assert made.session.workspace is before
    made.type(name, "1")
    made.run()
    assert made.session.workspace is not before


def test_escape_withdraws_what_was_typed_wrong(made) -> None:
    made.operation("__setitem__")
    made.type("parameter_key", "0")
    made.choose("operand_1", "number…")
    for name, text, kept in (("operand_1_number", "x", "0"), ("parameter_key", "?", "0")):  # the number that was there
        made.type(name, text)
        assert wrong(made, name)
        made.press(Qt.Key.Key_Escape, widget=made.find(name))
        assert (made.find(name).text(), wrong(made, name)) == (kept, False)
    made.run()
    assert value(made, "X").tolist() == [[0, 0, 0], [4, 5, 6]]


def test_enter_accepts_what_was_typed_and_again_runs(made) -> None:
    """In the key, in a number that is an operand, in a number of a list, and in a parameter's field."""
    made.operation("__setitem__")
    made.type("parameter_key", "0")
    made.choose("operand_1", "number…")
    made.type("operand_1_number", "9")
    assert value(made, "X").tolist() == A.tolist()
    made.press(Qt.Key.Key_Return, widget=made.find("operand_1_number"))
    assert value(made, "X").tolist() == [[9, 9, 9], [4, 5, 6]]
    made.type("parameter_key", "1")
    assert value(made, "X").tolist() == [[9, 9, 9], [4, 5, 6]]
    made.press(Qt.Key.Key_Return, widget=made.find("parameter_key"))
    assert value(made, "X").tolist() == [[9, 9, 9], [9, 9, 9]]
    made.operation("reshape")
    made.type("parameter_shape", "3, 2")
    count = len(made.session.workspace.steps)
    made.press(Qt.Key.Key_Return, widget=made.find("parameter_shape"))
    assert len(made.session.workspace.steps) == count + 1
    made.make("Y", A.float())
    made.operation("linalg.vector_norm")
    order = made.find("parameter_ord")
    order.setFocus()
    order.lineEdit().selectAll()
    made.qtbot.keyClicks(order, "3")
    made.press(Qt.Key.Key_Return, widget=order)
    count = len(made.session.workspace.steps)
    made.press(Qt.Key.Key_Return, widget=order)
    assert len(made.session.workspace.steps) == count + 1
    made.qtbot.keyClicks(order, "x")
    made.press(Qt.Key.Key_Return, Qt.Key.Key_Return, widget=order)
    assert len(made.session.workspace.steps) == count + 1


def test_what_belongs_to_a_draft_that_is_gone_says_nothing(made) -> None:
    index(made, "0, :")
    made.click("index_axis_1")
    popup = made.find("index_popup")
    made.session.choose_operation("sum")
    made.settled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(popup)
    made.operation("add")
    made.choose("operand_1", "number…")
    field = made.find("operand_1_number", QLineEdit)
    field.setFocus()
    made.qtbot.keyClicks(field, "7")  # and no Enter
    made.session.choose_operation("transpose")
    made.settled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert made.session.draft.operands == ("X",)
