"""The draft line is written like code; its controls ask for operands and arguments, and keep the keyboard."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.errors import OpError
from explorer.messages import Message
from explorer.ops import CATALOG, Forecast
from explorer.session.draft import Draft
from explorer.widgets.draft.draft_bar import DraftBar
from explorer.widgets.look.chip import AxisChip, ChipRow
from tests.drafts import drafted
from tests.widgets.shelf_items import IDENTITIES, SHELF, Item, Shelf

SUM = drafted("sum", ("A",), {"dim": 0}, Forecast((4,), torch.int64, 32))


class Bench:
    """A draft bar, and what it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.bar = DraftBar()
        qtbot.addWidget(self.bar)
        self.heard: list[tuple[Any, ...]] = []
        self.bar.operands_changed.connect(lambda v: self.heard.append(("operands", v)))
        self.bar.argument_changed.connect(lambda n, v: self.heard.append((n, v)))
        self.bar.copy_declined.connect(lambda v: self.heard.append(("declined", v)))
        for name in ("run_requested", "cancel_requested", "keep_requested"):
            getattr(self.bar, name).connect(lambda name=name: self.heard.append((name,)))
        self.bar.resize(1400, 60)
        self.bar.show()

    def show(self, draft: Draft, shelf: Any = SHELF, identities: Any = IDENTITIES, axes: Any = None) -> None:
        self.bar.show_draft(draft, shelf, identities, axes)
        QApplication.processEvents()
        self.bar.resize(self.bar.width(), self.bar.heightForWidth(self.bar.width()))
        QApplication.processEvents()

    def find(self, name: str, kind: type[QWidget] = QWidget) -> Any:
        found = [w for w in self.bar.findChildren(kind, name) if not w.isHidden()]
        assert len(found) == 1, (name, found)
        return found[0]

    def has(self, name: str) -> bool:
        return any(not w.isHidden() for w in self.bar.findChildren(QWidget, name))

    def chips(self, parameter: str) -> list[AxisChip]:
        found = [
            w
            for w in self.bar.findChildren(AxisChip)
            if not w.isHidden() and w.objectName().startswith(f"parameter_{parameter}_axis")
        ]
        return sorted(found, key=lambda w: w.objectName())

    def click(self, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        widget = self.find(name)
        inside = QPoint(9, widget.height() // 2)
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, modifier, inside)

    def written(self) -> str:
        """The line from left to right as it is read."""
        parts: list[str] = []
        layout = self.bar.findChild(QWidget, "draft_line").layout()
        for place in range(layout.count()):
            widget = layout.itemAt(place).widget()
            if widget.isHidden():
                continue
            if isinstance(widget, QLabel):
                parts.append(widget.text())
            elif isinstance(widget, QComboBox):
                parts.append(widget.currentText())
            elif isinstance(widget, QLineEdit):
                parts.append(widget.text())
            elif isinstance(widget, AxisChip):
                parts.append(f"<{widget.face.number}>" if widget.isChecked() else widget.face.number)
            elif isinstance(widget, QAbstractButton):
                parts.append(widget.text())
        return " ".join(parts)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    yield made
    made.bar.show_busy(False)


def test_the_line_reads_like_code(bench: Bench) -> None:
    """And while the result is being foretold it says so."""
    bench.show(SUM)
    assert bench.written() == "A .sum( dim= <0> 1 all keepdim … ) \N{RIGHTWARDS ARROW} int64 · 32 bytes"
    bench.show(drafted("matmul", ("A", "W")))
    assert bench.written() == "A @ W \N{RIGHTWARDS ARROW} …"
    bench.show(drafted("T", ("A",)))
    assert bench.written() == "A .T \N{RIGHTWARDS ARROW} …"
    bench.show(drafted("cat", ("A", "W"), {"dim": 1}))
    assert bench.written() == "torch.cat([ A , W \N{MINUS SIGN} + ], dim= 0 <1> ) \N{RIGHTWARDS ARROW} …"


def test_operands_and_arguments_stand_in_the_order_of_the_call(bench: Bench) -> None:
    bench.show(drafted("gather", ("A", "W"), {"dim": 1}))
    assert bench.written() == "A .gather( dim= 0 <1> , W ) → …"
    bench.show(drafted("take_along_dim", ("A", "W"), {"dim": 1}))
    assert bench.written() == "A .take_along_dim( W dim= 0 <1> all ) → …"
    bench.show(drafted("where", ("W", "A", 0)))
    assert bench.written() == "torch.where( W , A , number… 0 ) → …"


def test_of_many_results_a_few_are_shown(bench: Bench) -> None:
    bench.bar.resize(1900, 60)  # where all that is said of memory has room
    part = Forecast((4,), torch.int64, 0)
    bench.show(drafted("unbind", ("A",), {}, (part,) * 9))
    assert bench.written().count("a view, no new memory") == 4
    assert bench.written().endswith("int64 · a view, no new memory, and 5 more")
    bench.show(drafted("unbind", ("A",), {}, (part,) * 4))
    assert "more" not in bench.written()


def test_what_torch_takes_anyway_is_shown_as_chosen(bench: Bench) -> None:
    bench.show(drafted("flatten", ("C",)))
    assert bench.written() == "C .flatten( start_dim= <0> 1 2 end_dim= 0 1 <-1> ) → …"
    bench.show(drafted("diagonal", ("A",), {"offset": 0}))
    assert bench.written() == "A .diagonal( offset= 0 dim1= <0> 1 dim2= 0 <1> ) → …"


@pytest.mark.parametrize("name", list(CATALOG))
def test_every_operation_can_be_drafted(bench: Bench, name: str) -> None:
    op = CATALOG[name]
    operands = ("A", "W", "C")[: 2 if op.arity is None else op.arity]
    bench.show(drafted(name, operands, {p.name: p.default for p in op.parameters if p.default is not None}))
    assert bench.written()
    assert not bench.bar.grab().toImage().isNull()


def test_axes_are_the_operands_own(bench: Bench) -> None:
    bench.show(SUM.calling(operands=("C",), arguments={"dim": 2}))
    faces = [chip.face for chip in bench.chips("dim")]
    assert [(f.number, f.size, f.axis) for f in faces] == [("0", "2", 3), ("1", "3", 0), ("2", "4", 1)]
    assert [chip.isChecked() for chip in bench.chips("dim")] == [False, False, True]


def test_a_press_chooses_one_axis(bench: Bench) -> None:
    bench.show(SUM)
    bench.click("parameter_dim_axis_1")
    bench.click("parameter_dim_all")
    assert bench.heard == [("dim", 1), ("dim", None)]
    assert [chip.isChecked() for chip in bench.chips("dim")] == [False, False]
    assert bench.find("parameter_dim_all").isChecked()


def test_a_plain_press_chooses_an_axis_alone_and_the_small_plus_of_another_adds_it(bench: Bench) -> None:
    bench.show(SUM.calling(operands=("C",), arguments={}))
    assert [chip.face.sign for chip in bench.chips("dim")] == ["", "", ""]
    bench.click("parameter_dim_axis_2")
    assert [chip.face.sign for chip in bench.chips("dim")] == ["+", "+", ""]
    press_sign(bench, 0)
    assert [chip.face.sign for chip in bench.chips("dim")] == ["−", "+", "−"]
    press_sign(bench, 2)
    press_sign(bench, 1)
    bench.click("parameter_dim_axis_1")
    assert bench.heard == [("dim", 2), ("dim", (0, 2)), ("dim", 0), ("dim", (0, 1)), ("dim", 1)]


def press_sign(bench: Bench, axis: int) -> None:
    chip = bench.find(f"parameter_dim_axis_{axis}")
    right = QPoint(chip.width() - 10, chip.height() // 2)
    bench.qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=right)


def test_more_axes_are_chosen_by_keys_too(bench: Bench) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    bench.show(SUM.calling(operands=("C",), arguments={}))
    bench.click("parameter_dim_axis_2", control)
    bench.click("parameter_dim_axis_0", control)
    bench.qtbot.keyClick(bench.find("parameter_dim_axis_1"), Qt.Key.Key_Plus)
    bench.qtbot.keyClick(bench.find("parameter_dim_axis_2"), Qt.Key.Key_Minus)
    bench.qtbot.keyClick(bench.find("parameter_dim_axis_2"), Qt.Key.Key_Minus)
    assert bench.heard == [("dim", 2), ("dim", (0, 2)), ("dim", (0, 1, 2)), ("dim", (0, 1))]


def test_an_operation_of_one_axis_takes_one(bench: Bench) -> None:
    bench.show(drafted("prod", ("C",), {"dim": 0}))
    bench.click("parameter_dim_axis_1", Qt.KeyboardModifier.ControlModifier)
    assert bench.heard == [("dim", 1)]
    assert [chip.face.sign for chip in bench.chips("dim")] == [""] * 3


def test_a_negative_axis_keeps_its_spelling(bench: Bench) -> None:
    bench.show(SUM.calling(arguments={"dim": -1}))
    chips = bench.chips("dim")
    assert [(chip.face.number, chip.isChecked()) for chip in chips] == [("0", False), ("-1", True)]
    assert "-2" in chips[0].toolTip()


def test_chips_by_keyboard(bench: Bench) -> None:
    bench.show(SUM)
    chip = bench.find("parameter_dim_axis_1")
    chip.setFocus()
    bench.qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert bench.heard == [("dim", 1)]


def test_a_flag_is_left_out_when_it_is_off(bench: Bench) -> None:
    bench.show(SUM)
    bench.click("parameter_keepdim")
    assert bench.heard == [("keepdim", True)]
    bench.show(SUM.calling(arguments={"dim": 0, "keepdim": True}))
    bench.click("parameter_keepdim")
    assert bench.heard[-1] == ("keepdim", None)


def test_rare_parameters_wait_behind_a_button(bench: Bench) -> None:
    bench.show(SUM)
    assert not bench.has("parameter_dtype")
    bench.click("rare_parameters")
    box = bench.find("parameter_dtype", QComboBox)
    box.setCurrentIndex(box.findText("float64"))
    box.activated.emit(box.currentIndex())
    assert bench.heard == [("dtype", torch.float64)]
    bench.show(SUM.calling(arguments={"dim": 0, "dtype": torch.float64}))
    assert bench.has("parameter_dtype")
    assert not bench.has("rare_parameters")


def test_the_same_operation_keeps_widgets_and_focus(bench: Bench) -> None:
    bench.show(drafted("reshape", ("A",), {"shape": (2, 6)}))
    bench.bar.activateWindow()
    field = bench.find("parameter_shape", QLineEdit)
    field.setFocus()
    field.selectAll()
    bench.qtbot.keyClicks(field, "2, 3, -1")
    assert bench.heard[-1] == ("shape", (2, 3, -1))
    bench.show(drafted("reshape", ("A",), {"shape": (2, 3, -1)}, Forecast((2, 3, 2), torch.int64, 0)))
    assert bench.find("parameter_shape", QLineEdit) is field
    assert field.text() == "2, 3, -1"
    assert bench.bar.focusWidget() is field
    bench.show(drafted("reshape", ("A",), {"shape": (12,)}))
    assert field.text() == "12"


def test_chips_keep_the_focus_when_the_rank_grows(bench: Bench) -> None:
    bench.show(SUM)
    chip = bench.find("parameter_dim_axis_0")
    chip.setFocus()
    bench.show(SUM.calling(operands=("C",)))
    assert bench.bar.focusWidget() is chip
    assert len(bench.chips("dim")) == 3
    bench.show(SUM)
    assert bench.bar.focusWidget() is chip
    assert len(bench.chips("dim")) == 2


@pytest.mark.parametrize(
    ("text", "size"), [("(2, -1)", (2, -1)), ("3x4", (3, 4)), ("12", (12,)), ("()", ()), ("[2 6]", (2, 6))]
)
def test_sizes_are_typed_as_people_type_them(bench: Bench, text: str, size: tuple[int, ...]) -> None:
    bench.show(drafted("reshape", ("A",)))
    bench.qtbot.keyClicks(bench.find("parameter_shape", QLineEdit), text)
    assert bench.heard[-1] == ("shape", size)


def test_what_is_no_value_is_said_in_place_and_stops_run(bench: Bench) -> None:
    bench.show(drafted("reshape", ("A",), {"shape": (2, 6)}, Forecast((2, 6), torch.int64, 0)))
    field = bench.find("parameter_shape", QLineEdit)
    bench.qtbot.keyClicks(field, ", q")
    assert bench.heard[-1:] in ([], [("shape", (2, 6))])
    assert "“q” is no size" in bench.find("draft_error", QLabel).text()
    assert field.property("invalid") is True
    bench.click("operation_run")
    assert ("run_requested",) not in bench.heard
    field.selectAll()
    bench.qtbot.keyClicks(field, "6, 2")
    assert not bench.has("draft_error")
    bench.click("operation_run")
    assert bench.heard[-1] == ("run_requested",)


def test_the_order_of_a_norm(bench: Bench) -> None:
    bench.show(drafted("linalg.vector_norm", ("W",), {"ord": 2}))
    box = bench.find("parameter_ord", QComboBox)
    assert [box.itemText(k) for k in range(5)] == ["2", "1", "inf", "-inf", "0"]
    box.activated.emit(box.findText("-inf"))
    field = box.lineEdit()
    field.selectAll()
    bench.qtbot.keyClicks(field, "2.5")
    assert bench.heard[0] == ("ord", -math.inf)
    assert bench.heard[-1] == ("ord", 2.5)


def test_operands_come_from_the_shelf(bench: Bench) -> None:
    bench.show(drafted("matmul", ("A", "W")))
    second = bench.find("operand_1", QComboBox)
    assert [second.itemText(k) for k in range(second.count())] == ["A", "W", "C"]
    second.activated.emit(second.findText("C"))
    assert bench.heard == [("operands", ("A", "C"))]


def test_a_number_may_stand_for_the_second_operand(bench: Bench) -> None:
    bench.show(drafted("mul", ("A", "W")))
    second = bench.find("operand_1", QComboBox)
    second.activated.emit(second.count() - 1)
    number = bench.find("operand_1_number", QLineEdit)
    number.selectAll()
    bench.qtbot.keyClicks(number, "0.1")
    assert bench.heard[-1] == ("operands", ("A", 0.1))
    bench.show(drafted("mul", ("A", 0.1)))
    number.selectAll()
    bench.qtbot.keyClicks(number, "3")
    value = bench.heard[-1][1][1]
    assert (value, type(value)) == (3, int)
    bench.qtbot.keyClicks(number, "q")
    assert "3q" in bench.find("draft_error", QLabel).text()
    first = bench.find("operand_0", QComboBox)
    assert [first.itemText(k) for k in range(first.count())] == ["A", "W", "C", "number…"]
    first.activated.emit(3)
    assert bench.heard[-1] == ("operands", (2, 3))


def test_lists_of_operands_grow_and_shrink(bench: Bench) -> None:
    bench.show(drafted("stack", ("A", "W"), {"dim": 0}))
    bench.click("operand_add")
    bench.show(drafted("stack", ("A", "W", "C"), {"dim": 0}))
    assert bench.has("operand_2")
    bench.click("operand_remove")
    assert bench.heard == [("operands", ("A", "W", "C")), ("operands", ("A", "W"))]
    bench.show(drafted("stack", ("A",), {"dim": 0}))
    assert not bench.find("operand_remove").isEnabled()


def test_stack_offers_the_places_of_a_new_axis(bench: Bench) -> None:
    bench.show(drafted("stack", ("A", "A"), {"dim": 2}))
    assert [chip.isChecked() for chip in bench.chips("dim")] == [False, False, True]


def test_permute_is_put_in_order_by_keys_and_swaps(bench: Bench) -> None:
    bench.show(drafted("permute", ("C",), {"dims": (0, 1, 2)}))
    last = bench.find("parameter_dims_place_2")
    last.setFocus()
    bench.qtbot.keyClick(last, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert bench.heard == [("dims", (0, 2, 1))]
    assert bench.bar.focusWidget() is bench.find("parameter_dims_place_1")
    bench.click("parameter_dims_place_0")
    bench.click("parameter_dims_place_2")
    assert bench.heard[-1] == ("dims", (1, 2, 0))


def test_permute_by_dragging(bench: Bench) -> None:
    bench.show(drafted("permute", ("C",), {"dims": (0, 1, 2)}))
    first, last = bench.find("parameter_dims_place_0"), bench.find("parameter_dims_place_2")
    goal = first.mapFrom(last.parentWidget(), last.geometry().center())
    bench.qtbot.mousePress(first, Qt.MouseButton.LeftButton)
    bench.qtbot.mouseMove(first, goal)
    bench.qtbot.mouseRelease(first, Qt.MouseButton.LeftButton, pos=goal)
    assert bench.heard == [("dims", (1, 2, 0))]


def test_the_result_is_foretold_in_its_axes(bench: Bench) -> None:
    bench.show(SUM, axes=((IDENTITIES["A"][1],),))
    row = bench.find("result_0_shape", ChipRow)
    assert row.accessibleName() == "shape (4)"
    assert [(f.number, f.size, f.axis) for f in row._faces] == [("0", "4", 1)]
    assert bench.find("result_0_text", QLabel).text() == "int64 · 32 bytes"


def test_two_results_have_their_names(bench: Bench) -> None:
    forecast = (Forecast((3,), torch.int64, 24), Forecast((3,), torch.int64, 24))
    bench.show(drafted("max", ("A",), {"dim": 1}, forecast))
    assert "values int64 · 24 bytes indices int64 · 24 bytes" in bench.written()
    bench.show(drafted("max", ("A",), {}, Forecast((), torch.int64, 8)))
    assert not bench.has("result_1_shape")
    assert "values" not in bench.written()


def test_what_only_a_run_tells_is_open(bench: Bench) -> None:
    bench.show(replace(SUM, forecast=Forecast((None,), torch.int64, None, certain=False)))
    assert [f.size for f in bench.find("result_0_shape", ChipRow)._faces] == ["?"]
    bench.show(replace(SUM, forecast=Forecast((4, 3), torch.int64, 0)))
    assert "view" in bench.find("result_0_text", QLabel).text()


def test_an_error_stands_where_the_result_would(bench: Bench) -> None:
    error = OpError(Message("errors", "mean needs floats, A is {dtype}", {"dtype": "int64"}), "torch says so")
    bench.show(drafted("mean", ("A",), {"dim": 0}, error=error))
    assert bench.find("draft_error", QLabel).accessibleName() == "mean needs floats, A is int64"
    assert "mean" not in bench.find("draft_error", QLabel).text()  # the sentence stands once, in the message below
    assert not bench.has("result_0_shape")
    bench.click("operation_run")
    assert bench.heard == [("run_requested",)]
    bench.show(drafted("mean", ("A",), {"dim": 0}, forecast=Forecast((4,), torch.float32, 16)))
    assert not bench.has("draft_error")


def test_copies_are_told_and_can_be_declined(bench: Bench) -> None:
    draft = drafted("matmul", ("A", "C"), copies=(("A", "cuda:0"),), device="cuda:0")
    bench.show(draft)
    box = bench.find("copy_operands", QCheckBox)
    assert "A" in box.text()
    assert "cuda:0" in box.text()
    bench.click("copy_operands")
    bench.show(replace(draft, copies=(), declined=True))
    assert not box.isChecked()
    bench.click("copy_operands")
    assert bench.heard == [("declined", True), ("declined", False)]
    bench.show(replace(draft, copies=()))
    assert not bench.has("copy_operands")


def test_keep_is_there_when_there_is_something_to_keep(bench: Bench) -> None:
    bench.show(SUM)
    assert not bench.has("operation_keep")
    bench.show(replace(SUM, keepable=True))
    bench.click("operation_keep")
    assert bench.heard == [("keep_requested",)]


def test_a_long_run_can_be_cancelled_and_a_double_click_does_not(bench: Bench) -> None:
    bench.show(SUM)
    bench.bar.show_busy(True)
    bench.click("operation_run")
    assert bench.heard == []
    run = bench.find("operation_run", QPushButton)
    bench.qtbot.waitUntil(lambda: "Cancel" in run.text())
    bench.click("operation_run")
    bench.bar.show_busy(False)
    assert bench.heard == [("cancel_requested",)]
    assert "Run" in run.text()


@pytest.mark.parametrize("width", [560, 700, 1000])
def test_nothing_is_clipped_at_any_width(bench: Bench, width: int) -> None:
    wide = Shelf(Item("long_name_of_a_weight", (2, 3, 4, 5, 6, 7)), *SHELF.items)
    bench.bar.set_narrow(width < 700)  # as the window does
    bench.bar.resize(width, 60)
    for draft in (
        SUM,
        drafted("sum", ("long_name_of_a_weight",), {"dim": 0}, Forecast((3, 4, 5, 6, 7), torch.int64, 20160)),
        drafted("cat", ("A", "W", "C", "A"), {"dim": 0}),
        drafted("linalg.vector_norm", ("C",), {"ord": 3}, Forecast((), torch.float32, 4), keepable=True),
    ):
        bench.show(draft, wide)
        line = bench.find("operand_0").parentWidget()
        shown = [w for w in (*line.children(), *bench.bar.children()) if isinstance(w, QWidget) and not w.isHidden()]
        for widget in shown:
            assert widget.parentWidget().rect().contains(widget.geometry()), widget
            if isinstance(widget, QLabel | AxisChip | QCheckBox):
                assert widget.width() >= min(widget.sizeHint().width(), widget.minimumSizeHint().width()), widget


def test_no_operation_yet(bench: Bench) -> None:
    bench.show(SUM)
    bench.bar.show_nothing()
    assert bench.written() == "Choose an operation"
    assert not bench.find("operation_run").isEnabled()
    bench.show(SUM)
    assert bench.written().startswith("A .sum(")


def test_what_is_said_of_the_result_gives_way_before_the_line_is_broken(bench: Bench) -> None:
    def told() -> list[tuple[str, str]]:
        bench.show(SUM)
        return [(w.text(), w.toolTip()) for w in bench.bar.findChildren(QLabel, "result_0_text")]

    high, found = 40, {}
    for width in range(900, 560, -5):
        bench.bar.resize(width, 60)
        text, tip = told()[0]
        assert tip == "int64 · 32 bytes"
        if bench.bar.height() == high:
            found.setdefault(text, width)
    assert list(found) == ["int64 · 32 bytes", "int64", ""]
