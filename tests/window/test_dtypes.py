"""Types through the whole window: conversions foretold and marked, promotion, wrapping, and bits."""

from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from explorer.numbers.promotion import Rule
from explorer.ops.loss import Loss
from explorer.widgets.dtypes.dtype_dialog import DTypeDialog
from explorer.widgets.window.panes.drawer import PAGES
from explorer.workspace import Definition
from tests.window.conftest import User


def note(user: User, name: str) -> str:
    """A note on the draft, "" where there is none."""
    found: Any = user.window.findChild(QLabel if name == "loss_note" else QPushButton, name)
    return found.text() if found.isVisibleTo(user.window) else ""


def convert(user: User, name: str, values: torch.Tensor, dtype: torch.dtype) -> None:
    user.make(name, values)
    user.operation("to")
    user.choose("parameter_dtype", str(dtype).removeprefix("torch."))


def marks(user: User, tensor: int) -> dict[int, Loss]:
    """The marked cells of a tensor in the frame that stands on the stage."""
    found: dict[int, Loss] = {}
    for group in user.window.stage.view.frame.cells:
        if group.tensor == tensor and group.marks is not None and group.cell is not None:
            found.update({f: Loss(k) for f, k in zip(group.cell.tolist(), group.marks.tolist(), strict=True) if k})
    return found


def add(user: User, one: Any, other: Any, op: str = "add") -> None:
    """A draft of an operation on two operands."""
    user.session.select(one)
    user.settled()
    user.operation(op)
    user.session.set_operands((one, other))
    user.settled()


def dialog(user: User) -> DTypeDialog:
    found: DTypeDialog = user.window.findChild(DTypeDialog, "dtype_dialog")
    return found


def test_a_conversion_is_foretold_and_marked_before_and_after(user: User) -> None:
    convert(user, "F", torch.tensor([300.0, -1.0, 1.5]), torch.uint8)
    text = "!\N{NO-BREAK SPACE}2 out of range, undefined · ⌊\N{NO-BREAK SPACE}1 cut to a whole number"
    assert note(user, "loss_note") == f"uint8 changes 3 of 3: {text}"
    told = {0: Loss.UNDEFINED, 1: Loss.UNDEFINED, 2: Loss.TRUNCATED}
    assert marks(user, 0) == told
    assert user.find("loss_legend", QLabel).text() == text
    user.run()
    user.window.stage.player.to_end()
    assert marks(user, 0) == marks(user, 1) == told
    assert torch.equal(user.newest, torch.tensor([300.0, -1.0, 1.5]).to(torch.uint8))
    assert note(user, "loss_note") == f"uint8 changes 3 of 3: {text}"


def test_whole_numbers_wrap_and_large_ones_become_inf(user: User) -> None:
    convert(user, "I", torch.tensor([300, -1, 7]), torch.uint8)
    assert note(user, "loss_note") == "uint8 changes 2 of 3: ↻\N{NO-BREAK SPACE}2 wrapped"
    user.choose("parameter_dtype", "float16")
    assert note(user, "loss_note") == "float16 holds all 3 values of I as they are."
    convert(user, "J", torch.tensor([1e6, 0.1, 1e-9], dtype=torch.float64), torch.float16)
    assert note(user, "loss_note").startswith("float16 changes 3 of 3: ∞\N{NO-BREAK SPACE}1 became inf · ↓")


def test_another_draft_has_another_note(user: User) -> None:
    convert(user, "I", torch.tensor([300, -1, 7]), torch.uint8)
    assert note(user, "loss_note")
    user.operation("sum")
    assert note(user, "loss_note") == ""
    assert not user.window.panes.draft_notes.isVisible()


def test_a_count_for_a_draft_that_is_gone_is_dropped(user: User) -> None:
    user.make("I", torch.tensor([300, -1, 7]))
    user.operation("to")
    user.session.set_argument("dtype", torch.uint8)
    user.session.set_argument("dtype", torch.int8)  # before the first count is there
    user.settled()
    assert note(user, "loss_note").startswith("int8 changes 1 of 3")


def test_a_write_is_counted_anew(user: User) -> None:
    convert(user, "I", torch.tensor([300, -1, 7]), torch.uint8)
    user.session.change("write", lambda w: w.write("I", (0,), 5))
    user.settled()
    assert note(user, "loss_note").startswith("uint8 changes 1 of 3")
    user.session.undo()
    user.settled()
    assert note(user, "loss_note").startswith("uint8 changes 2 of 3")


def test_a_large_tensor_is_counted_whole(user: User) -> None:
    user.session.create("L", Definition("arange", {"end": 100_000}))
    user.settled()
    user.session.select("L")
    user.settled()
    user.operation("to")
    user.choose("parameter_dtype", "int16")
    assert note(user, "loss_note") == f"int16 changes {100_000 - 32768} of 100000: ↻\N{NO-BREAK SPACE}67232 wrapped"
    user.run()
    user.window.stage.player.to_end()
    assert user.find("loss_legend", QLabel).text().startswith("Of the drawn cells: ↻")


def test_bytes_wrap_where_learners_do_not_expect_it(user: User) -> None:
    user.make("U", torch.tensor([200, 1], dtype=torch.uint8))
    user.make("V", torch.tensor([100, 2], dtype=torch.uint8))
    add(user, "U", "V")
    user.run()
    user.window.stage.player.to_end()
    assert user.newest.tolist() == [44, 3]
    assert marks(user, 2) == {0: Loss.WRAPPED}
    assert user.find("loss_legend", QLabel).text() == "↻\N{NO-BREAK SPACE}1 wrapped"
    assert "44 ↻" in _table(user)
    assert "Wrapped" in user.window.stage.view.cell_text(2, 0)


def _table(user: User) -> list[str]:
    user.window.arrangement.show_page("table", True)
    model = user.window.panes.table.model()
    return [str(model.index(r, c).data()) for r in range(model.rowCount()) for c in range(model.columnCount())]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            torch.ones(2, dtype=torch.int32),
            torch.tensor(1.0, dtype=torch.float64),
            "int32 + 0-d float64 → float64: float beats int",
        ),
        (
            torch.ones(2),
            torch.tensor(1.0, dtype=torch.float64),
            "float32 + 0-d float64 → float32: both are float, and a tensor with axes beats a 0-d float64",
        ),
        (
            torch.ones(2),
            torch.ones(1, dtype=torch.float64),
            "float32 + float64 → float64: both are float, and the wider one holds the other",
        ),
        (
            torch.ones(2, dtype=torch.float16),
            torch.ones(2, dtype=torch.bfloat16),
            "float16 + bfloat16 → float32: neither holds the other, and float32 holds both",
        ),
    ],
)
def test_promotion_is_told_in_the_draft_and_leads_to_its_page(
    user: User, one: torch.Tensor, other: torch.Tensor, told: str
) -> None:
    user.make("P", one)
    user.make("Q", other)
    add(user, "P", "Q")
    assert note(user, "promotion_note") == told
    user.click("promotion_note")
    page = dialog(user).promotion
    assert dialog(user).isVisible()
    assert dialog(user).pages.currentWidget() is page
    assert page.sentence.text() == told
    assert (page.one.source.currentText(), page.other.source.currentText()) == ("P", "Q")
    assert sum(rung.lit for rung in page.ladder.rungs.values()) == 1
    user.run()
    assert user.newest.dtype == one.add(other).dtype
    assert told.partition("→ ")[2].startswith(str(user.newest.dtype).removeprefix("torch."))


def test_python_numbers_and_divisions_are_told_too(user: User) -> None:
    user.make("P", torch.ones(2, dtype=torch.int32))
    add(user, "P", 2.5)
    assert note(user, "promotion_note") == (
        "int32 + Python float → float32: float beats int, and a Python float comes as float32"
    )
    add(user, "P", "P", "div")
    assert note(user, "promotion_note") == "int32 / int32 → float32: the operation itself asks for float32"
    add(user, "P", "P")
    assert note(user, "promotion_note") == ""


def test_a_number_that_the_dtype_does_not_hold_is_told(user: User) -> None:
    user.make("U", torch.tensor([1, 2], dtype=torch.uint8))
    add(user, "U", -1, "lt")
    assert note(user, "loss_note") == "-1 counts as 255 in uint8"
    user.run()
    assert user.newest.tolist() == [True, True]
    user.make("z", torch.tensor(300))
    add(user, "U", "z", "eq")
    assert note(user, "loss_note") == "300 counts as 44 in uint8"
    add(user, "U", 3, "lt")
    assert note(user, "loss_note") == ""


def test_in_place_the_first_keeps_its_dtype(user: User) -> None:
    user.make("J", torch.tensor([100, 4], dtype=torch.int8))
    user.make("I", torch.tensor([100, 4]))
    add(user, "J", "I", "add")
    user.session.set_form("add_")
    user.settled()
    assert note(user, "promotion_note") == "int8 += int64 → int8: written in place, the first keeps its int8"
    user.run()
    user.window.stage.player.to_end()
    assert user.session.workspace["J"].tensor().tolist() == [-56, 8]
    assert marks(user, 2) == {0: Loss.WRAPPED}


def test_the_window_of_dtypes_opens_by_key_and_follows(user: User) -> None:
    user.qtbot.keyClick(user.window.stage.view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    user.settled()
    window = dialog(user)
    assert window.isVisible()
    assert window.table.current.text() == "A is float32."
    user.make("Q", torch.ones(2, dtype=torch.float16))
    assert window.table.current.text() == "Q is float16."
    assert window.promotion.one.source.findText("Q") > 0
    user.session.delete("Q")
    user.settled()
    assert window.promotion.one.source.findText("Q") == -1


def test_both_ways_to_write_it_end_on_the_shelf(user: User) -> None:
    user.window.dtypes.show_dtypes()
    user.settled()
    window = dialog(user)
    window.pages.setCurrentWidget(window.made)
    for key, wanted in (("class", torch.Tensor(3)), ("function", torch.tensor(3))):
        user.qtbot.mouseClick(window.findChild(QPushButton, f"made_{key}_make"), Qt.MouseButton.LeftButton)
        user.settled()
        item = user.session.workspace[user.session.state.inspected]
        assert (item.shape, item.dtype) == (tuple(wanted.shape), wanted.dtype)
        assert item.unknown == (key == "class")
        reason = user.window.dtypes.card.meaning.text()
        assert (reason == "Nobody has written this cell yet.") == (key == "class")
    assert user.newest.item() == 3


def test_bits_follow_the_focused_cell(user: User) -> None:
    card = user.window.dtypes.card
    user.make("F", torch.tensor([[1.0, -2.5], [float("nan"), 0.0]]))
    assert card.cell.text() == "F[0, 1] = -2.5 · float32"
    user.qtbot.keyClick(user.window.stage.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert card.cell.text() == "F[1, 1] = 0 · float32"
    user.qtbot.keyClick(user.window.stage.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert card.meaning.text() == "NaN: these bits stand for no number."
    user.session.change("write", lambda w: w.write("F", (1, 0), 1.5))
    user.settled()
    assert card.cell.text() == "F[1, 0] = 1.5 · float32"


def test_bits_of_a_rehearsed_result_a_number_and_meta(user: User) -> None:
    card = user.window.dtypes.card
    user.make("B8", torch.tensor([200], dtype=torch.uint8))
    add(user, "B8", 100)
    user.window.stage.focus(2, 0)
    assert card.cell.text().endswith("= 44 · uint8")
    user.window.stage.focus(1, 0)
    assert card.meaning.text() == "A Python number, not a cell of a tensor."
    user.session.create("M", Definition.typed(torch.ones(2, device="meta")))
    user.settled()
    user.session.select("M")
    user.settled()
    assert card.meaning.text() == "There are no bits to be read."


def test_operands_on_meta_or_with_an_error_have_no_losses(user: User) -> None:
    user.session.create("M", Definition.typed(torch.ones(2, device="meta")))
    user.settled()
    user.session.select("M")
    user.settled()
    user.operation("to")
    user.choose("parameter_dtype", "int8")
    assert note(user, "loss_note") == ""
    assert user.window.dtypes._promotion is None


def test_rules_are_those_of_the_ladder(user: User) -> None:
    user.make("P", torch.ones(2, dtype=torch.int32))
    add(user, "P", "P", "div")
    user.click("promotion_note")
    rungs = dialog(user).promotion.ladder.rungs
    assert [rule for rule, rung in rungs.items() if rung.lit] == [Rule.OPERATION]


@pytest.mark.parametrize("words", ["en", "zh_CN"])
def test_the_pages_are_as_wide_as_the_drawer(start, words: str) -> None:
    user = start(language=words)
    drawer = user.window.panes.drawer
    made = {"F": torch.arange(48).reshape(2, 3, 2, 4) - 20, "G": torch.tensor([1e-45, -0.1], dtype=torch.float64)}
    for name, values in made.items():
        user.make(name, values)
        user.window.stage.focus(0, 1)
        user.settled()
        for page in PAGES:
            drawer.open(page)
            user.settled()
            column = next(area for area in drawer.findChildren(QScrollArea) if area.isVisible())
            assert column.widget().width() <= column.viewport().width(), page
