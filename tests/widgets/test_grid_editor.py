"""The grid editor with real keys and clicks: it asks, it never changes anything, and no bad text costs a value."""

import math
import subprocess
import sys

import pytest
import torch
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QToolButton

from explorer.widgets.grid.grid_editor import MANY, GridEditor
from explorer.widgets.grid.tensor_model import Knowledge
from explorer.workspace.resize import Delete, Insert, Resize
from explorer.workspace.source import TensorSource

Key = Qt.Key
SIGNALS = ("edited", "reshaped", "resized", "converted", "losses_wanted", "refused")


class Desk:
    """An editor on the screen, and what it asked for."""

    def __init__(self, qtbot, tensor, name="A", **more):
        self.bot, self.tensor = qtbot, tensor
        self.editor = GridEditor()
        qtbot.addWidget(self.editor)
        self.editor.resize(800, 500)
        self.editor.show_source(name, TensorSource(tensor), **more)
        with qtbot.waitActive(self.editor):
            self.editor.show()
            self.editor.activateWindow()
        self.editor.setFocus()
        self.asked = []
        for signal in SIGNALS:
            getattr(self.editor, signal).connect(lambda value, signal=signal: self.asked.append((signal, value)))
        self.editor.filled.connect(lambda ranges, value: self.asked.append(("filled", ranges, value)))
        self.editor.closed.connect(lambda: self.asked.append(("closed",)))

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.bot.keyClick(self.editor.table, key, modifier)

    @property
    def line(self):
        lines = [e for e in self.editor.findChildren(QLineEdit, "cell_editor") if e.isVisible()]
        return lines[-1] if lines else None

    def type(self, text, key=Key.Key_Return):
        self.bot.keyClicks(self.line, text)
        self.bot.keyClick(self.line, key)

    def click(self, row, column):
        table = self.editor.table
        place = table.visualRect(table.model().index(row, column)).center()
        self.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def select(self, top, left, bottom, right):
        model = self.editor.model
        self.editor.table.selectionModel().setCurrentIndex(
            model.index(top, left), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        chosen = QItemSelection(model.index(top, left), model.index(bottom, right))
        self.editor.table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def find(self, kind, name):
        found = self.editor.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name):
        button = self.editor.findChild(QToolButton, name) or self.find(QPushButton, name)
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(qtbot):
    def open_desk(tensor, **more):
        return Desk(qtbot, tensor, **more)

    return open_desk


def test_enter_opens_types_and_moves_down(desk):
    d = desk(torch.arange(12).reshape(3, 4))
    d.key(Key.Key_Right)
    d.key(Key.Key_Return)
    assert d.line.text() == "1"
    d.type("99")
    assert d.asked == [("edited", {(0, 1): 99})]
    assert d.editor.current_cell() == (1, 1)
    assert d.line is None


def test_typing_and_f2_open_and_tab_goes_right(desk):
    d = desk(torch.zeros(2, 3))
    d.key(Key.Key_7)
    d.bot.keyClick(d.line, Key.Key_Tab)
    assert d.asked == [("edited", {(0, 0): 7.0})]
    assert d.editor.current_cell() == (0, 1)
    d.key(Key.Key_F2)
    assert d.line.text() == "0"


def test_enter_goes_on_to_the_next_column_and_writes_nothing_over(desk):
    d = desk(torch.zeros(2, 2))
    for text in ("7", "8", "9", "10", "11"):
        d.bot.keyClicks(d.editor.table, text[0])
        if d.line is not None:
            d.type(text[1:], Key.Key_Return)
    assert [list(cells) for _, cells in d.asked] == [[(0, 0)], [(1, 0)], [(0, 1)], [(1, 1)]]
    assert d.line is None
    assert "Enter" in d.editor.table.sentence()


def test_tab_goes_on_to_the_next_row_and_writes_nothing_over(desk):
    d = desk(torch.zeros(2, 2))
    for text in ("7", "8", "9", "10", "11"):
        d.bot.keyClicks(d.editor.table, text[0])
        if d.line is not None:
            d.type(text[1:], Key.Key_Tab)
    assert d.asked == [
        ("edited", {(0, 0): 7.0}),
        ("edited", {(0, 1): 8.0}),
        ("edited", {(1, 0): 9.0}),
        ("edited", {(1, 1): 10.0}),
    ]
    assert d.editor.current_cell() == (1, 1)
    assert d.line is None
    assert "Enter" in d.editor.table.sentence()  # the 11 has no cell, and is told so
    d.click(1, 1)
    d.key(Key.Key_3)
    assert d.line.text() == "3"  # a click says that this cell is meant
    d.bot.keyClick(d.line, Key.Key_Escape)
    d.key(Key.Key_Return)
    assert d.line is not None
    d.bot.keyClick(d.line, Key.Key_Backtab)
    assert d.editor.current_cell() == (1, 0)
    d.key(Key.Key_F2)
    d.bot.keyClick(d.line, Key.Key_Backtab)
    assert d.editor.current_cell() == (0, 1)  # back over the end of the row before


def test_opening_and_leaving_changes_nothing(desk):
    values = [0.1, -0.0, 1e-45, math.nan, math.inf, 16777217.0]
    d = desk(torch.tensor([values]))
    for column in range(6):
        d.editor.edit_cell((0, column))
        d.bot.keyClick(d.line, Key.Key_Return)
        d.editor.edit_cell((0, column))
        d.bot.keyClick(d.line, Key.Key_Escape)
    assert d.asked == []


@pytest.mark.parametrize(
    ("dtype", "text", "word"),
    [(torch.uint8, "300", "255"), (torch.float32, "x", "number"), (torch.int64, "1.5", "whole")],
)
def test_a_text_that_is_no_value_is_refused_right_there(desk, dtype, text, word):
    d = desk(torch.ones(2, 2, dtype=dtype))
    d.key(Key.Key_Return)
    d.type(text)
    ((kind, error),) = d.asked
    assert kind == "refused"
    assert word in str(error)
    assert d.line is not None  # the text stays, to be mended
    bubble = d.find(QLabel, "cell_error")
    assert bubble.isVisible()
    assert word in bubble.text()
    assert word in d.find(QLabel, "grid_note").text()
    assert d.editor.model.exact(0, 0) == "1"
    d.bot.keyClicks(d.line, "2")  # replaces the selected text
    assert not bubble.isVisible()
    d.bot.keyClick(d.line, Key.Key_Return)
    assert d.asked[1:] == [("edited", {(0, 0): 2})]


def test_escape_leaves_the_cell_and_then_the_editor(desk):
    d = desk(torch.ones(2, 2))
    d.key(Key.Key_Return)
    d.type("x")
    d.bot.keyClick(d.line, Key.Key_Escape)
    assert d.line is None
    assert not d.find(QLabel, "cell_error").isVisible()
    d.key(Key.Key_Escape)
    assert [a[0] for a in d.asked] == ["refused", "closed"]


def test_a_double_click_edits(desk):
    d = desk(torch.arange(12).reshape(3, 4))
    place = d.editor.table.visualRect(d.editor.model.index(2, 3)).center()
    d.bot.mouseClick(d.editor.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    d.bot.mouseDClick(d.editor.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    d.type("-5")
    assert d.asked == [("edited", {(2, 3): -5})]


def test_0d_1d_and_empty(desk):
    d = desk(torch.tensor(3.5))
    d.key(Key.Key_Return)
    d.type("4")
    assert d.asked == [("edited", {(): 4.0})]
    d = desk(torch.tensor([1, 2, 3]))
    d.key(Key.Key_Right)
    d.key(Key.Key_Return)
    d.type("9")
    assert d.asked == [("edited", {(1,): 9})]
    d = desk(torch.zeros(0, 4))
    assert d.find(QLabel, "grid_empty").isVisible()
    assert "size 0" in d.find(QLabel, "grid_empty").text()
    assert desk(torch.zeros(0, 2, 3)).find(QLabel, "grid_empty").isVisible()
    d = desk(torch.zeros(0, 4))
    d.press("grid_row_insert_button")
    assert d.asked == [("resized", Insert(0, 0, 1, 0.0))]


def test_pages(desk):
    d = desk(torch.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5))
    d.key(Key.Key_PageDown)
    assert d.editor.current_cell() == (0, 1, 0, 0)
    for _ in range(9):
        d.key(Key.Key_PageDown)
    assert d.editor.current_cell() == (1, 2, 0, 0)
    d.key(Key.Key_PageUp)
    assert d.editor.current_cell() == (1, 1, 0, 0)
    d.key(Key.Key_Return)
    d.type("7")
    assert d.asked == [("edited", {(1, 1, 0, 0): 7})]


def test_the_selector_turns_pages_and_swaps_axes(desk):
    d = desk(torch.arange(24).reshape(2, 3, 4))
    controls = d.editor.selector.controls
    d.bot.keyClick(controls[0].index, Key.Key_Up)
    assert d.editor.current_cell() == (1, 0, 0)
    controls[0].as_columns.trigger()
    assert (d.editor.model.rowCount(), d.editor.model.columnCount()) == (3, 2)
    assert d.editor.model.exact(2, 1) == "20"  # [1, 2, 0]
    assert not controls[0].index.isVisible()
    assert controls[2].index.isVisible()


def test_go_to_an_index(desk):
    d = desk(torch.zeros(1, 1, 1).expand(50, 200_000, 3))
    d.key(Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    address = d.find(QLineEdit, "cell_address")
    assert address.hasFocus()
    d.bot.keyClicks(address, "49, 199999, 2")
    d.bot.keyClick(address, Key.Key_Return)
    assert d.editor.current_cell() == (49, 199_999, 2)
    address.setText("50, 0, 0")
    d.bot.keyClick(address, Key.Key_Return)
    assert d.asked[0][0] == "refused"
    assert d.editor.current_cell() == (49, 199_999, 2)


def test_paste_and_copy(desk):
    d = desk(torch.arange(12).reshape(3, 4))
    d.click(1, 2)
    QApplication.clipboard().setText("10\t20\n30\t40\n")
    d.key(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert d.asked == [("edited", {(1, 2): 10, (1, 3): 20, (2, 2): 30, (2, 3): 40})]
    d.select(0, 1, 1, 2)
    d.key(Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "1\t2\n5\t6"


def test_a_literal_is_pasted(desk):
    d = desk(torch.zeros(3, 4))
    d.editor.clipboard.paste_text("tensor([[1., 2.5], [nan, -inf]])")
    values = d.asked[0][1]
    assert values[0, 1] == 2.5
    assert math.isnan(values[1, 0])
    assert values[1, 1] == -math.inf


def test_a_bad_block_is_refused_whole(desk):
    d = desk(torch.zeros(3, 4, dtype=torch.uint8))
    d.editor.clipboard.paste_text("1\t2\n3\t300")
    ((kind, error),) = d.asked
    assert kind == "refused"
    assert "[1, 1]" in str(error)
    d.editor.focus_cell((2, 3))
    d.editor.clipboard.paste_text("1\t2")
    assert "does not fit" in str(d.asked[1][1])


def test_one_pasted_value_and_delete_fill_the_selection(desk):
    d = desk(torch.arange(12).reshape(3, 4))
    d.select(0, 0, 1, 1)
    d.editor.clipboard.paste_text("5")
    assert d.asked.pop() == ("edited", dict.fromkeys([(0, 0), (0, 1), (1, 0), (1, 1)], 5))
    d.key(Key.Key_Delete)
    assert d.asked.pop() == ("edited", dict.fromkeys([(0, 0), (0, 1), (1, 0), (1, 1)], 0))


def test_fill_asks_for_a_value_in_place(desk):
    d = desk(torch.zeros(2, 3))
    d.select(0, 1, 1, 2)
    d.press("grid_fill_button")
    field = d.find(QLineEdit, "fill_strip_value")
    assert field.hasFocus()
    d.bot.keyClicks(field, "x")
    d.bot.keyClick(field, Key.Key_Return)
    assert d.asked == []
    assert "number" in d.find(QLabel, "fill_strip_reason").text()
    d.bot.keyClicks(field, "2.5")
    d.bot.keyClick(field, Key.Key_Return)
    assert d.asked == [("edited", dict.fromkeys([(0, 1), (0, 2), (1, 1), (1, 2)], 2.5))]
    assert not field.isVisible()


def test_a_number_that_becomes_0_is_said_before_it_is_asked_for(desk):
    d = desk(torch.ones(2, 2, dtype=torch.float16))
    d.editor.noted.connect(lambda note: d.asked.append(("noted", str(note))))
    said = ("noted", "float16 does not hold 1e-9: it becomes 0.")
    d.select(0, 0, 0, 1)
    d.press("grid_fill_button")
    field = d.find(QLineEdit, "fill_strip_value")
    d.bot.keyClicks(field, "1e-9")
    assert d.asked == []
    d.bot.keyClick(field, Key.Key_Return)
    assert d.asked == [said, ("edited", {(0, 0): 0.0, (0, 1): 0.0})]


def test_a_huge_selection_is_one_fill(desk):
    d = desk(torch.zeros(1, 1).expand(1000, 1000))
    d.select(1, 0, 999, 999)
    d.key(Key.Key_Delete)
    assert d.asked == [("filled", (range(1, 1000), range(1000)), 0.0)]
    d.editor.clipboard.copy()
    assert str(MANY) in str(d.asked[1][1])


def test_rows_and_columns(desk):
    d = desk(torch.arange(24).reshape(2, 3, 4))
    d.select(1, 0, 2, 0)
    d.press("grid_row_insert_button")
    d.press("grid_row_delete_button")
    d.press("grid_column_insert_button")
    d.press("grid_column_delete_button")
    shift = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    d.key(Key.Key_Up, shift)
    d.key(Key.Key_Left, shift)
    assert d.asked == [
        ("resized", Insert(1, 3, 2, 0)),
        ("resized", Delete(1, 1, 2)),
        ("resized", Insert(2, 1, 1, 0)),
        ("resized", Delete(2, 0, 1)),
        ("resized", Insert(1, 1, 2, 0)),
        ("resized", Insert(2, 0, 1, 0)),
    ]


def test_shape(desk):
    d = desk(torch.arange(12).reshape(3, 4))
    d.press("grid_shape_button")
    field, reason = d.find(QLineEdit, "shape_strip_shape"), d.find(QLabel, "shape_strip_reason")
    assert field.hasFocus()
    d.bot.keyClicks(field, "5, 2")
    d.bot.keyClick(field, Key.Key_Return)
    assert d.asked == []
    assert "10 elements" in reason.text()
    d.find(QComboBox, "shape_strip_how").setCurrentIndex(1)
    assert "6 of 12" in reason.text()
    d.bot.keyClick(field, Key.Key_Return)
    assert d.asked == [("resized", Resize((5, 2), 0))]
    d.press("grid_shape_button")
    d.find(QComboBox, "shape_strip_how").setCurrentIndex(0)
    field.setText("(2, 6)")
    d.press("shape_strip_apply")
    assert d.asked[1:] == [("reshaped", (2, 6))]


def test_dtype_tells_its_price_first(desk):
    d = desk(torch.tensor([300, 5]))
    combo = d.find(QComboBox, "grid_dtype")
    combo.setFocus()
    d.bot.keyClicks(combo, "uint8")
    assert d.asked == [("losses_wanted", torch.uint8)]
    d.editor.show_losses(torch.uint8, 1)
    assert "1 of 2" in d.find(QLabel, "convert_strip_reason").text()
    d.press("convert_strip_cancel")
    assert combo.currentText() == "int64"
    d.bot.keyClick(combo, Key.Key_Up)
    d.editor.show_losses(torch.uint8, 7)  # too late: another dtype is asked about by now
    assert "float32" in d.find(QLabel, "convert_strip_reason").text()
    assert "7" not in d.find(QLabel, "convert_strip_reason").text()
    d.bot.keyClick(combo, Key.Key_Return)
    assert d.asked[1:] == [("losses_wanted", torch.float32), ("converted", torch.float32)]


def test_the_next_source_keeps_the_place(desk):
    d = desk(torch.arange(24).reshape(2, 3, 4))
    d.editor.focus_cell((1, 2, 3))
    d.editor.show_source("A", TensorSource(torch.arange(24).reshape(2, 3, 4) * 2))
    assert d.editor.current_cell() == (1, 2, 3)
    assert d.editor.model.exact(2, 3) == "46"
    d.editor.show_source("A", TensorSource(torch.zeros(2, 2, 4)))
    assert d.editor.current_cell() == (1, 1, 3)
    d.editor.show_source("B", TensorSource(torch.zeros(5)))
    assert d.editor.current_cell() == (0,)


def test_colours_stay_until_new_levels_come(desk):
    d = desk(torch.tensor([[0.0, 1.0]]), levels=(0.0, 1.0))
    d.editor.show_source("A", TensorSource(torch.tensor([[0.0, 9.0]])))
    assert d.editor.model.levels == (0.0, 1.0)
    d.editor.show_source("A", TensorSource(torch.tensor([[0.0, 9.0]])), (0.0, 9.0))
    assert d.editor.model.levels == (0.0, 9.0)
    d.editor.show_source("B", TensorSource(torch.tensor([[0.0, 9.0]])))
    assert d.editor.model.levels is None


def test_typing_goes_on_while_the_next_source_comes(desk):
    d = desk(torch.zeros(3, 2))
    d.key(Key.Key_Return)
    d.type("5")
    d.key(Key.Key_Return)
    d.bot.keyClicks(d.line, "7")
    d.editor.show_source("A", TensorSource(torch.tensor([[5.0, 0.0], [0.0, 0.0], [0.0, 0.0]])), (0.0, 5.0))
    assert d.line.text() == "7"
    d.bot.keyClick(d.line, Key.Key_Return)
    assert d.asked == [("edited", {(0, 0): 5.0}), ("edited", {(1, 0): 7.0})]


def test_read_only(desk):
    d = desk(torch.zeros(2, 2, device="meta"), state=Knowledge.SHAPE_ONLY)
    d.key(Key.Key_Return)
    d.key(Key.Key_Delete)
    assert d.line is None
    assert d.asked == []
    assert not d.find(QToolButton, "grid_row_insert_button").isEnabled()


def test_uninitialised_cells_can_be_set(desk):
    d = desk(torch.zeros(2, 2), state=Knowledge.UNKNOWN)
    d.key(Key.Key_Return)
    assert d.line.text() == ""
    d.bot.keyClick(d.line, Key.Key_Return)
    assert d.asked == []
    d.editor.edit_cell((1, 1))
    d.type("3")
    assert d.asked == [("edited", {(1, 1): 3.0})]


def test_the_editor_is_there_before_torch_is():
    code = (
        "import sys; import explorer.widgets.creation.new_tensor;"
        "from explorer.widgets.grid.grid_editor import GridEditor;"
        "from PySide6.QtWidgets import QApplication; app = QApplication([]); GridEditor();"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_every_control_is_named(desk):
    d = desk(torch.zeros(2, 2, 2))
    for kind in (QLineEdit, QComboBox, QToolButton, QPushButton):
        for widget in d.editor.findChildren(kind):
            inner = isinstance(widget, QLineEdit) and widget.objectName().startswith("qt_")
            text = widget.text() if isinstance(widget, (QToolButton, QPushButton)) else ""
            assert inner or widget.accessibleName() or text, widget.objectName()


def test_the_context_menu_offers_the_same(desk):
    d = desk(torch.zeros(2, 2))
    names = {action.objectName() for action in d.editor.table.actions_menu.actions()}
    assert {"grid_row_insert", "grid_row_delete", "grid_column_insert", "grid_copy", "grid_paste", "grid_fill"} <= names
    d.editor.actions_.all["clear"].trigger()
    assert d.asked == [("edited", {(0, 0): 0.0})]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_paints(desk, mode, qapp):
    from explorer.widgets.look import theme

    theme.apply(qapp, mode)
    try:
        d = desk(torch.tensor([[1.0, math.nan], [math.inf, -2.0]]), levels=(-2.0, 1.0))
        image = d.editor.table.viewport().grab().toImage()
        ratio = image.devicePixelRatio()
        for (row, column), entry in {(0, 0): 255, (1, 1): 0}.items():
            corner = d.editor.table.visualRect(d.editor.model.index(row, column)).bottomLeft() + QPoint(8, -8)
            assert image.pixelColor(corner * ratio) == d.editor.model.colours.fills[entry]
    finally:
        theme.apply(qapp, "light")


@pytest.mark.parametrize("count", [1, 9, 12_345, 10**6])
def test_a_header_is_as_wide_as_its_longest_number(qtbot, count):
    editor = Desk(qtbot, torch.zeros(1).expand(count, count)).editor
    for header in (editor.table.rows_header, editor.table.columns_header):
        wanted = header.sizeHint()
        for section in {0, header.count() // 2, header.count() - 1}:
            assert wanted.expandedTo(header.sectionSizeFromContents(section)) == wanted
