"""Seeing the same another way: steps staged again, axes on rows and columns, names for axes, readings of a product."""

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from explorer.workspace import Definition, edits


def test_an_earlier_step_is_replayed_and_changed_in_place(user) -> None:
    user.operation("sum")
    user.run()
    user.operation("T")
    user.run()
    names = [item.name for item in user.session.workspace.items]
    user.session.reopen(2)
    user.settled()
    assert user.session.draft.op.name == "sum"
    assert user.window.stage.staged.ran
    user.click("parameter_dim_axis_1")
    user.run()
    assert [item.name for item in user.session.workspace.items] == names
    assert user.session.workspace["B"].tensor().tolist() == [6, 22, 38]
    user.session.undo()
    user.settled()
    assert user.session.workspace["B"].tensor().tolist() == [12, 15, 18, 21]


def test_a_step_that_is_no_operation_is_left_alone(user) -> None:
    before = user.session.draft
    user.session.reopen(0)
    user.settled()
    assert user.session.draft is before
    assert "“A = torch.arange(12.0).reshape(3, 4)” cannot be replayed" in user.window.message_bar.text


def test_a_step_is_replayed_on_what_it_saw(user) -> None:
    user.operation("sum")
    user.run()
    change = user.session.change
    change("zero", lambda w: w.in_place("zero_", "A").in_place("zero_", "B").in_place("transpose_", "A", (0, 1)))
    user.settled()
    user.session.reopen(2)
    user.settled()
    tensors = user.window.stage.staged.animation.frame(0.0).tensors, user.window.stage.staged.animation.frame(1.0)
    assert tensors[0][0].shape == (3, 4)
    texts = [cells.texts for cells in tensors[1].cells if cells.tensor == 1]
    assert texts[-1:] == [("12", "15", "18", "21")]
    assert user.session.workspace["A"].tensor().tolist() == [[0] * 3] * 4
    assert user.session.workspace["B"].tensor().tolist() == [0] * 4

    assert user.session.draft.forecast.shape == (3,)  # of A as it is: what Run would make
    user.run()
    assert user.session.workspace.steps[-1].source() == "C = A.sum(dim=0)"
    assert user.newest.shape == (3,)


WRITES = {
    "A[0, 1] = 9": (lambda w: w.write("A", (0, 1), 9), [[0, 9, 2], [3, 4, 5]]),
    "A[m] = n": (lambda w: w.write("A", ("m",), "n"), [[7, 1, 7], [3, 4, 7]]),
    "A.add_(n, alpha=2)": (lambda w: w.in_place("add_", "A", ("n",), {"alpha": 2}), [[14, 15, 16], [17, 18, 19]]),
    "A.masked_fill_(m, 5)": (lambda w: w.in_place("masked_fill_", "A", ("m", 5)), [[5, 1, 5], [3, 4, 5]]),
    "A.transpose_(0, 1)": (lambda w: w.in_place("transpose_", "A", (0, 1)), [[0, 3], [1, 4], [2, 5]]),
    "A.unsqueeze_(dim=0)": (lambda w: w.in_place("unsqueeze_", "A", (), {"dim": 0}), [[[0, 1, 2], [3, 4, 5]]]),
}


@pytest.mark.parametrize("code", WRITES)
def test_a_write_is_replayed_on_what_it_overwrote(user, code: str) -> None:
    begun = torch.arange(6).reshape(2, 3)
    user.session.change("new", lambda w: edits.redefine(w, "A", Definition.typed(begun)))
    user.settled()
    user.make("m", torch.tensor([[True, False, True], [False, False, True]]))
    user.make("n", torch.tensor(7))
    write, after = WRITES[code]
    user.session.change("write", write)
    user.settled()
    step = len(user.session.workspace.steps) - 1
    assert user.session.workspace.steps[step].source() == code
    user.session.change("again", lambda w: w.in_place("zero_", "A").in_place("zero_", "n"))
    user.settled()
    shape = user.session.workspace["A"].shape
    user.session.reopen(step)
    user.settled()
    told = user.window.stage.staged.animation
    assert [list(map(float, x.flatten())) for x in (told.story.tensors[0], told.results[0])] == [
        begun.flatten().tolist(),
        torch.tensor(after).flatten().tolist(),
    ]
    assert told.results[0].shape == torch.tensor(after).shape
    assert user.session.workspace["A"].tensor().eq(0).all()
    assert user.session.workspace["A"].shape == shape
    if user.session.draft.error is None:
        user.run()
        assert user.session.workspace.steps[-1].source() == code
        assert len(user.session.workspace.steps) == step + 4


def test_a_view_is_replayed_as_the_view_it_was(user) -> None:
    user.session.change("view", lambda w: w.index("A", (slice(0, 2), slice(1, 4)), "B"))
    user.settled()
    step = len(user.session.workspace.steps) - 1
    user.session.change("zero", lambda w: w.in_place("zero_", "A"))
    user.settled()
    user.session.reopen(step)
    user.settled()
    told = user.window.stage.staged.animation
    before, after = told.story.tensors[0], told.results[0]
    assert after.tolist() == [[1, 2, 3], [5, 6, 7]]
    assert after.untyped_storage().data_ptr() == before.untyped_storage().data_ptr()
    assert not any("memory of its own" in str(caption) for caption in told.transcript)


def test_a_step_one_result_of_which_was_deleted(user) -> None:
    user.operation("max")
    user.run()
    values, indices = user.session.workspace.steps[-1].outputs
    user.session.delete(values)
    user.settled()
    user.session.reopen(2)
    user.settled()
    user.window.stage.focus(0, 1)
    assert [t.shape for t in user.window.stage.staged.animation.tensors] == [(3, 4), (4,), (4,)]
    user.session.set_argument("dim", 1)
    user.settled()
    user.run()
    assert user.session.workspace.steps[2].outputs[1] == indices
    assert user.session.workspace[indices].tensor().tolist() == [3, 3, 3]


def test_memory_that_nobody_wrote_is_not_told_again_either(user) -> None:
    user.session.change("make", lambda w: w.create("U", Definition("empty", {"size": (2,)})))
    user.settled()
    user.session.select("U")
    user.operation("neg")
    user.run()
    user.session.reopen(len(user.session.workspace.steps) - 1)
    user.settled()
    assert {text for cells in user.window.stage.frame().cells for text in cells.texts} == {"?"}


def test_axes_change_places_on_the_stage_and_no_value_changes(user) -> None:
    user.make("C", torch.arange(24).reshape(2, 3, 4))

    def columns() -> str:
        frame = user.window.stage.frame()
        return next(bracket.axis.letter for bracket in frame.brackets if bracket.side == "top")

    letters = [axis.letter for axis in user.session.identities["C"]]
    assert columns() == letters[2]
    user.window.viewpoint.lay_axis("C", 0, False)
    user.settled()
    assert columns() == letters[0]
    user.window.viewpoint.lay_axis("C", 1, False)
    user.settled()
    assert columns() == letters[1]
    assert torch.equal(user.session.workspace["C"].tensor(), torch.arange(24).reshape(2, 3, 4))


def test_a_name_given_to_an_axis_is_kept_by_results(user) -> None:
    user.operation("sum")
    user.run()
    user.window.viewpoint.ask_name("A", 1)
    dialog = user.window.findChild(object, "axis_name")
    dialog.setTextValue("time")
    dialog.accept()
    user.settled()
    assert user.session.identities["B"][0].letter == "time"
    assert any(bracket.axis.letter == "time" for bracket in user.window.stage.frame().brackets)


def test_a_product_is_read_row_by_column(user) -> None:
    user.make("F", torch.arange(12.0).reshape(3, 4))
    user.operation("matmul")
    user.choose("operand_1", "W")
    user.run()
    steps = user.window.stage.staged.animation.transcript
    user.window.viewpoint.read_product("rows")
    user.settled()
    assert user.window.stage.staged.animation.transcript != steps
    assert user.window.stage.staged.ran


def test_a_stage_of_another_size_goes_on_playing_where_it_was(user) -> None:
    user.run()
    player = user.window.stage.player
    player.seek(0.4)
    player.play()
    user.session.set_stage((400.0, 700.0))
    user.settled()
    assert user.window.stage.staged.again
    assert player.playing
    assert player.t >= 0.4
    player.pause()


def test_of_several_sizes_in_a_row_the_last_one_counts(user) -> None:
    """A window that lays itself out anew gives its stage sizes that do not last."""
    user.run()
    user.window.stage.view.resized.disconnect(user.window.staged._resized)
    found = []
    for sizes in ([(824.0, 230.0)], [(824.0, 150.0)], [(824.0, 150.0), (824.0, 230.0)]):
        with user.qtbot.waitSignal(user.session.staged):
            for size in sizes:
                user.session.set_stage(size)
        found.append(user.session.state.staged.animation.unit)
    assert found[1] < found[0] == found[2]


def whole(user, name: str) -> bool:
    """Whether the card of that name is wholly in sight on the shelf."""
    shelf = user.window.shelf.list
    row = shelf.names.index(name)
    return shelf.viewport().rect().contains(shelf.visualRect(shelf.cards.index(row)))


@pytest.mark.parametrize("size", [(1280, 800), (1093, 545)])
def test_the_current_card_and_the_newest_are_wholly_in_sight(user, size: tuple[int, int]) -> None:
    user.window.resize(*size)
    user.session.create("X", Definition.typed(torch.tensor([1.0, 2.0])))
    user.settled()
    user.session.select("X")
    user.settled()
    user.window.autograd.require(True)
    for key in ("neg", "exp", "exp"):
        user.settled()
        user.session.choose_operation(key)
        user.settled()
        user.run()
        user.session.keep()
        user.settled()
        newest = user.session.workspace.items[-1].name
        user.qtbot.waitUntil(lambda newest=newest: whole(user, newest) and whole(user, "X"))
        user.window.shelf.list.scrollToTop()
    user.session.select(newest)
    user.session.choose_operation("zero_")
    user.settled()
    user.window.shelf.list.scrollToTop()
    user.session.run()
    user.settled()
    assert user.session.workspace.autograd.lost(newest)
    user.qtbot.waitUntil(lambda: whole(user, newest))


def press_line(user, number: int) -> None:
    """Double-click on a line of the code."""
    text = user.window.panes.code.findChild(QPlainTextEdit, "code_lines")
    cursor = QTextCursor(text.document().findBlockByNumber(number))
    text.setTextCursor(cursor)
    user.qtbot.mouseDClick(text.viewport(), Qt.MouseButton.LeftButton, pos=text.cursorRect(cursor).center())
    user.settled()


def test_a_line_that_creates_opens_its_cells_in_the_grid(user) -> None:
    user.session.create("n", Definition.typed(torch.tensor([1.0, 2.0])), array=True)
    user.settled()
    user.session.select("A")
    user.settled()
    for number, name in ((1, "W"), (2, "n"), (0, "A")):
        press_line(user, number)
        assert user.window.stage.editing
        assert (user.window.grid.grid.model.name, user.session.state.inspected) == (name, name)
        assert user.window.focusWidget() is user.find("grid_table")
        assert not user.window.message_bar.text
        user.press(Qt.Key.Key_Escape, widget=user.window.focusWidget())
    user.operation("sum")
    user.run()
    user.operation("T")
    press_line(user, 3)
    assert not user.window.stage.editing
    assert user.session.draft.op.name == "sum"


def test_a_line_that_can_neither_be_replayed_nor_opened_says_so(user) -> None:
    user.session.select("A")
    user.settled()
    user.click("bridge_numpy")
    press_line(user, len(user.session.workspace.steps) - 1)
    assert not user.window.stage.editing
    assert "“n = A.numpy()” cannot be replayed" in user.window.message_bar.text
