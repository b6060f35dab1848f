"""The window of dtypes: its table, the ladder of promotion, ways to make a tensor, and bits."""

from itertools import pairwise

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from explorer.engine import devices, dtypes
from explorer.numbers.bits import bits_of
from explorer.numbers.dtype_names import name_of
from explorer.numbers.dtypes import facts
from explorer.numbers.promotion import Rank, Rule, Term
from explorer.widgets.dtypes.bits_card import BitsCard, Focused
from explorer.widgets.dtypes.bits_strip import BitsStrip, laid
from explorer.widgets.dtypes.draft_notes import DraftNotes
from explorer.widgets.dtypes.dtype_dialog import DTypeDialog
from explorer.widgets.dtypes.table_model import NONE, SORT
from explorer.workspace.definition import Definition


@pytest.fixture
def dialog(qtbot: QtBot) -> DTypeDialog:
    made = DTypeDialog([facts(x) for x in dtypes()], devices())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(qtbot: QtBot, dialog: DTypeDialog, name: str, text: str) -> None:
    box = dialog.findChild(QComboBox, name)
    index = box.findText(text)
    assert index >= 0, [box.itemText(k) for k in range(box.count())]
    box.setFocus()
    while box.currentIndex() != index:
        qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < index else Qt.Key.Key_Up)
    box.activated.emit(index)


# --- the table -------------------------------------------------------------------------------------------------------


def test_the_table_has_every_dtype_of_this_torch(dialog: DTypeDialog) -> None:
    model = dialog.table.model
    assert {row.dtype for row in model.rows} == set(dtypes())
    assert model.rowCount() == len(dtypes())
    titles = [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
    row = next(k for k, row in enumerate(model.rows) if row.dtype == torch.float32)
    told = {title: model.text(row, k) for k, title in enumerate(titles)}
    assert told["dtype"] == "float32"
    assert told["bytes"] == "4"
    assert told["step at 1"] == f"{torch.finfo(torch.float32).eps:.6g}"
    assert (told["CPU class"], told["GPU class"]) == ("torch.FloatTensor", "torch.cuda.FloatTensor")
    assert told["cpu"] == told["meta"] == "yes"
    complex64 = next(k for k, row in enumerate(model.rows) if row.dtype == torch.complex64)
    assert model.text(complex64, titles.index("CPU class")) == NONE


def test_the_classes_of_old_code_are_seen_without_scrolling(dialog: DTypeDialog) -> None:
    header = dialog.findChild(QTableView, "dtype_table").horizontalHeader()
    titles = [dialog.table.model.columns[header.logicalIndex(k)].title for k in range(header.count())]
    assert titles[:6] == ["dtype", "kind", "bytes", "CPU class", "GPU class", "lowest"]
    assert titles[-1] == dialog.table.model.columns[-1].title


def test_it_can_be_sorted_by_every_column(dialog: DTypeDialog) -> None:
    table = dialog.findChild(QTableView, "dtype_table")
    for column in range(dialog.table.model.columnCount()):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            table.sortByColumn(column, order)
            shown = [table.model().index(row, column).data(SORT) for row in range(table.model().rowCount())]
            if order is Qt.SortOrder.DescendingOrder:
                shown.reverse()
            assert all(a <= b for a, b in pairwise(shown)), column


def test_the_row_of_the_current_tensor_is_marked(dialog: DTypeDialog) -> None:
    dialog.show_current("A", torch.int16)
    assert dialog.findChild(QLabel, "dtype_current").text() == "A is int16."
    table = dialog.findChild(QTableView, "dtype_table")
    assert [i.data() for i in table.selectionModel().selectedRows()] == ["\N{BLACK RIGHT-POINTING POINTER} int16"]
    dialog.show_current("", None)
    assert not dialog.findChild(QLabel, "dtype_current").isVisible()
    assert not table.selectionModel().hasSelection()


def test_cells_are_told_to_a_screen_reader(dialog: DTypeDialog) -> None:
    model = dialog.table.model
    row = next(k for k, row in enumerate(model.rows) if row.dtype == torch.float16)
    assert model.data(model.index(row, 4), Qt.ItemDataRole.AccessibleTextRole) == "float16, largest: 65504.0"


# --- promotion -------------------------------------------------------------------------------------------------------


def test_operands_chosen_by_hand_light_a_rung(qtbot: QtBot, dialog: DTypeDialog) -> None:
    page = dialog.promotion
    dialog.pages.setCurrentWidget(page)
    assert page.result.text() == "float64"
    assert [rule for rule, rung in page.ladder.rungs.items() if rung.lit] == [Rule.KIND]
    choose(qtbot, dialog, "promotion_one_type", "float32")
    assert page.sentence.text() == (
        "float32 + 0-d float64 → float32: both are float, and a tensor with axes beats a 0-d float64"
    )
    assert page.reverse.text().startswith("The other way round: 0-d float64 + float32 → float32")
    assert [rule for rule, rung in page.ladder.rungs.items() if rung.lit] == [Rule.RANK]
    choose(qtbot, dialog, "promotion_other_rank", "tensor with axes")
    assert page.result.text() == "float64"
    assert [rule for rule, rung in page.ladder.rungs.items() if rung.lit] == [Rule.WIDTH]
    choose(qtbot, dialog, "promotion_other_rank", "Python number")
    assert page.other.term == Term(float, Rank.NUMBER)
    assert page.detail.text() == "Nothing had to be decided."
    choose(qtbot, dialog, "promotion_other_type", "complex")
    assert page.result.text() == "complex64"


def test_an_operation_may_ask_for_its_own(qtbot: QtBot, dialog: DTypeDialog) -> None:
    page = dialog.promotion
    page.show_operands("add", (Term(torch.int32), Term(torch.int32)))
    assert not any(rung.lit for rung in page.ladder.rungs.values())
    choose(qtbot, dialog, "promotion_operation", "/")
    assert page.result.text() == "float32"
    assert page.ladder.rungs[Rule.OPERATION].lit
    assert page.ladder.rungs[Rule.OPERATION].accessibleName().endswith("the operation itself asks for float32")


def test_what_torch_refuses_comes_with_its_words(dialog: DTypeDialog) -> None:
    dialog.promotion.show_operands("add", (Term(torch.float8_e5m2), Term(torch.float32)))
    assert dialog.promotion.result.text() == "refused"
    assert "Float8" in dialog.promotion.detail.text()


def test_operands_from_the_shelf(qtbot: QtBot, dialog: DTypeDialog) -> None:
    shelf = {"A": Term(torch.int64), "s": Term(torch.float16, Rank.SCALAR)}
    dialog.show_shelf(shelf)
    choose(qtbot, dialog, "promotion_one_from", "A")
    choose(qtbot, dialog, "promotion_other_from", "s")
    page = dialog.promotion
    assert (page.one.term, page.other.term) == (shelf["A"], shelf["s"])
    assert page.result.text() == "float16"
    dialog.show_shelf({"A": Term(torch.int64)})
    assert page.one.source.currentText() == "A"
    assert page.other.source.currentIndex() == 0
    choose(qtbot, dialog, "promotion_one_type", "int8")
    assert page.one.source.currentIndex() == 0  # no longer the shelf's


@pytest.mark.parametrize("rank", list(Rank))
def test_every_choice_of_two_is_foretold_or_refused(dialog: DTypeDialog, rank: Rank) -> None:
    page = dialog.promotion
    types = (
        [bool, int, float, complex]
        if rank is Rank.NUMBER
        else [x for x in dtypes() if page.one.type.findText(name_of(x)) >= 0]
    )
    assert len(types) >= 4
    for kind in types:
        page.show_operands("mul", (Term(kind, rank), Term(torch.int16)))
        assert page.one.term == Term(kind, rank)
        assert page.result.text()
        assert page.sentence.text()


# --- making, bits ----------------------------------------------------------------------------------------------------


def test_both_ways_to_write_it_make_what_torch_makes(qtbot: QtBot, dialog: DTypeDialog) -> None:
    made: list[Definition] = []
    dialog.make_requested.connect(made.append)
    dialog.pages.setCurrentWidget(dialog.made)
    truth = {"class": torch.Tensor(3), "function": torch.tensor(3), "list": torch.Tensor([3])}
    for key, wanted in truth.items():
        qtbot.mouseClick(dialog.findChild(QPushButton, f"made_{key}_make"), Qt.MouseButton.LeftButton)
        tensor = made[-1].make()
        assert (tensor.shape, tensor.dtype) == (wanted.shape, wanted.dtype)
        assert made[-1].unknown == (key == "class")
        gives = dialog.findChild(QLabel, f"made_{key}_gives").text()
        assert gives == f"{tuple(wanted.shape)} · {name_of(wanted.dtype)}"
        if key != "class":
            assert torch.equal(tensor, wanted)


def test_bits_are_shown_with_what_they_mean(dialog: DTypeDialog) -> None:
    value = torch.tensor(-2.5)
    dialog.show_focused(Focused("A[0]", "float32", "-2.5", bits_of(value)))
    assert dialog.bits.cell.text() == "A[0] = -2.5 · float32"
    assert dialog.bits.meaning.text() == "−2^(128 − 127) × (1 + 2097152 / 2^23) = −2.5"
    assert dialog.bits.strip.accessibleName() == "Bits: sign 1, exponent 10000000, mantissa 01000000000000000000000"
    dialog.show_focused(Focused("A[0]", reason="There are no bits to be read."))
    assert not dialog.bits.strip.numbers
    assert dialog.bits.meaning.text() == "There are no bits to be read."


@pytest.mark.parametrize("width", [16, 100, 230, 500, 2000])
@pytest.mark.parametrize("value", [torch.tensor(-1e-300, dtype=torch.float64), torch.tensor(1 - 2j), torch.tensor(7)])
def test_no_bit_is_left_out_and_none_overlaps(width: int, value: torch.Tensor) -> None:
    numbers = bits_of(value)
    runs = laid(numbers, width)
    assert "".join(run.bits for run in runs) == "".join(number.bits for number in numbers)
    assert all(run.place.right() <= max(width, 16) for run in runs)
    assert sum(run.begins for run in runs) == sum(len(number.groups) for number in numbers)
    for one, other in pairwise(runs):
        assert other.place.top() >= one.place.bottom() or other.place.left() >= one.place.right()


def test_the_strip_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    strip = BitsStrip()
    qtbot.addWidget(strip)
    assert strip.heightForWidth(200) == 0
    strip.show_bits(bits_of(torch.tensor(1.0, dtype=torch.float64)))
    assert strip.heightForWidth(200) > strip.heightForWidth(1200) > 0
    strip.resize(200, strip.heightForWidth(200))
    picture = strip.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, 200, 3) for y in range(0, picture.height(), 3)}) > 2


def test_a_card_without_a_cell_says_what_to_do(qtbot: QtBot) -> None:
    card = BitsCard()
    qtbot.addWidget(card)
    card.show_focused(None)
    assert card.meaning.text() == "Click a cell on the stage to see its bits."
    assert card.cell.isHidden()


# --- the notes -------------------------------------------------------------------------------------------------------


def test_notes_are_there_while_there_is_something_to_say(qtbot: QtBot) -> None:
    notes = DraftNotes()
    qtbot.addWidget(notes)
    assert notes.isHidden()
    notes.show_promotion("int32 + 0-d float64 → float64: float beats int")
    assert not notes.isHidden()
    with qtbot.waitSignal(notes.promotion_requested):
        qtbot.keyClick(notes.promotion, Qt.Key.Key_Space)
    notes.show_losses("uint8 changes 1 of 3")
    notes.show_promotion("")
    assert not notes.isHidden()
    notes.show_losses("")
    assert notes.isHidden()
