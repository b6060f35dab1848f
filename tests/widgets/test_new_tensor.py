"""The New dialog with real keys and clicks: every fill gives torch's own tensor, every mistake a sentence in place."""

import pytest
import shiboken6
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
)

from explorer.errors import CellError
from explorer.numbers import shape_text
from explorer.widgets.app import dressed
from explorer.widgets.background_read import read_here
from explorer.widgets.creation.fill_kind import KINDS
from explorer.widgets.creation.new_tensor import NewTensorDialog
from explorer.widgets.settings import Settings

Key = Qt.Key


class Desk:
    """An open dialog, and what it made."""

    def __init__(self, qtbot, **more):
        self.bot, self.made = qtbot, []
        self.dialog = NewTensorDialog(**more)
        qtbot.addWidget(self.dialog)
        self.dialog.created.connect(self.made.append)
        with qtbot.waitActive(self.dialog):
            self.dialog.open()
            self.dialog.activateWindow()

    def find(self, kind, name):
        found = self.dialog.findChild(kind, name)
        assert found is not None, name
        return found

    def click(self, name, kind=QPushButton):
        self.bot.mouseClick(self.find(kind, name), Qt.MouseButton.LeftButton)

    def write(self, name, text):
        line = self.find(QLineEdit, name)
        line.setFocus()
        line.selectAll()
        self.bot.keyClicks(line, text)

    def say(self):
        return self.find(QLabel, "new_forecast").text()

    def values(self, text):
        box = self.find(QPlainTextEdit, "new_values")
        box.selectAll()
        for number, line in enumerate(text.split("\n")):
            if number:
                self.bot.keyClick(box, Key.Key_Return)
            self.bot.keyClicks(box, line)

    def make(self):
        self.click("new_create")
        assert len(self.made) == 1, self.say()
        return self.made[0].creation.make()


@pytest.fixture
def desk(qtbot):
    def open_desk(**more):
        return Desk(qtbot, **more)

    return open_desk


def same(one, other):
    assert one.dtype == other.dtype
    assert one.shape == other.shape
    assert torch.equal(one, other)


@pytest.mark.parametrize(
    ("fill", "shape", "fields", "expected"),
    [
        ("zeros", "3, 4", {}, torch.zeros(3, 4)),
        ("ones", "(2,3)", {}, torch.ones(2, 3)),
        ("full", "2x2", {"new_fill_value": "-1.5"}, torch.full((2, 2), -1.5)),
        ("count", "2 3 4", {}, torch.arange(24).reshape(2, 3, 4)),
        ("count", "5", {}, torch.arange(5)),
        ("arange", None, {"new_start": "2", "new_end": "11", "new_step": "3"}, torch.arange(2, 11, 3)),
        ("arange", None, {"new_start": "0", "new_end": "1", "new_step": "0.25"}, torch.arange(0, 1, 0.25)),
        ("linspace", "5", {"new_start": "-1", "new_end": "1"}, torch.linspace(-1, 1, 5)),
        ("linspace", "2, 3", {}, torch.linspace(0, 1, 6).reshape(2, 3)),
        ("eye", "2, 3", {}, torch.eye(2, 3)),
        ("rand", "3, 4", {}, torch.rand(3, 4, generator=torch.Generator().manual_seed(0))),
        ("randn", "3", {}, torch.randn(3, generator=torch.Generator().manual_seed(0))),
        (
            "randint",
            "3, 4",
            {"new_low": "-5", "new_high": "5"},
            torch.randint(-5, 5, (3, 4), generator=torch.Generator().manual_seed(0)),
        ),
        ("zeros", "()", {}, torch.tensor(0.0)),
        ("ones", "0, 4", {}, torch.ones(0, 4)),
        ("zeros", "1,2,1,2,1,2", {}, torch.zeros(1, 2, 1, 2, 1, 2)),
    ],
)
def test_every_fill(desk, fill, shape, fields, expected):
    d = desk(name="B")
    d.click(f"new_fill_{fill}")
    if shape is not None:
        d.write("new_shape", shape)
    for name, text in fields.items():
        d.write(name, text)
    assert f"({', '.join(map(str, expected.shape))}" in d.say()
    assert str(expected.dtype).removeprefix("torch.") in d.say()
    same(d.make(), expected)
    assert d.made[0].name == "B"


def test_shape_only(desk):
    d = desk()
    d.click("new_fill_meta")
    d.write("new_shape", "1000000, 1000000")
    assert "no memory" in d.say()
    assert d.find(QComboBox, "new_device").currentText() == "meta"
    made = d.make()
    assert made.is_meta
    assert tuple(made.shape) == (10**6, 10**6)


def test_memory_as_it_is_found_shows_no_values(desk):
    d = desk()
    d.click("new_fill_empty")
    d.write("new_shape", "2, 4")
    assert "(2, 4) float32, 32 bytes" in d.say()
    assert "zero_" in d.find(QLabel, "new_preview_note").text()
    assert not d.find(QAbstractItemView, "new_cells").isVisible()
    made = d.make()
    assert (tuple(made.shape), made.dtype, made.device.type) == ((2, 4), torch.float32, "cpu")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[1, 2], [3, 4]]", torch.tensor([[1, 2], [3, 4]])),
        ("tensor([[1., 2.]])", torch.tensor([[1.0, 2.0]])),
        ("1,2\n3,4", torch.tensor([[1, 2], [3, 4]])),
        ("True", torch.tensor(True)),
        ("[9007199254740993]", torch.tensor([9007199254740993])),
    ],
)
def test_typed_values(desk, text, expected):
    d = desk()
    assert d.find(QPlainTextEdit, "new_values").hasFocus()
    d.values(text)
    assert shape_text.parse(d.find(QLineEdit, "new_shape").text()) == tuple(expected.shape)
    same(d.make(), expected)


def test_values_are_pasted_from_a_spreadsheet(desk):
    d = desk()
    QApplication.clipboard().setText("1.5\t2\r\n3\tnan\r\n")
    d.click("new_paste")
    made = d.make()
    assert made.shape == (2, 2)
    assert made[0].tolist() == [1.5, 2.0]
    assert made[1, 1].isnan()


def test_a_dtype_that_is_chosen(desk):
    d = desk()
    d.find(QComboBox, "new_dtype").setCurrentText("float64")
    d.values("[0.1]")
    assert d.make().item() == 0.1
    d = desk()
    d.find(QComboBox, "new_dtype").setCurrentText("uint8")
    d.values("[1, 300]")
    assert "300" in d.say()
    assert not d.find(QPushButton, "new_create").isEnabled()


def test_a_fill_that_the_dtype_turns_into_0_is_said(desk):
    d = desk()
    d.click("new_fill_full")
    d.find(QComboBox, "new_dtype").setCurrentText("float16")
    d.write("new_fill_value", "1e-9")
    said = d.dialog.preview.said
    assert said.isVisible()
    assert said.text() == "float16 does not hold 1e-9: it becomes 0."
    d.write("new_fill_value", "0.5")
    assert not said.isVisible()


@pytest.mark.parametrize(
    ("fill", "changes", "word"),
    [
        ("tensor", {"values": "[[1, 2], [3]]"}, "Row"),
        ("zeros", {"new_shape": "3, x"}, "x"),
        ("zeros", {"new_shape": "-3"}, "negative"),
        ("zeros", {"new_name": "class"}, "class"),
        ("zeros", {"new_name": "A"}, "already"),
        ("full", {"new_fill_value": "abc"}, "abc"),
        ("eye", {"new_shape": "2, 2, 2"}, "two axes"),
        ("randint", {"new_low": "9", "new_high": "3"}, "smaller"),
        ("randint", {"new_low": "0.5"}, "whole"),
        ("arange", {"new_step": "0"}, "arange"),
    ],
)
def test_a_mistake_is_said_in_place_and_can_be_mended(desk, fill, changes, word):
    d = desk(name="B", taken=("A",))
    d.click(f"new_fill_{fill}")
    for name, text in changes.items():
        if name == "values":
            d.values(text)
        else:
            d.write(name, text)
    assert word in d.say()
    assert not d.find(QPushButton, "new_create").isEnabled()
    assert d.find(QLabel, "new_reason").text()  # never disabled without a reason
    d.dialog.submit()
    assert d.made == []
    d.write("new_name", "B")
    d.click("new_fill_ones")
    d.write("new_shape", "2")
    same(d.make(), torch.ones(2))


def test_torchs_own_words_stand_below(desk):
    d = desk()
    d.click("new_fill_rand")
    d.find(QComboBox, "new_dtype").setCurrentText("int32")
    assert "int32" in d.say()
    assert d.find(QLabel, "new_code").text()


def test_spin_boxes_and_buttons_change_the_shape(desk):
    d = desk()
    d.click("new_fill_zeros")
    line = d.find(QLineEdit, "new_shape")
    assert line.text() == "2, 3"
    d.bot.keyClick(d.find(QSpinBox, "new_size_1"), Key.Key_Up)
    assert line.text() == "2, 4"
    d.click("new_axis_more", QToolButton)
    assert line.text() == "2, 2, 4"
    assert d.find(QSpinBox, "new_size_2").isVisible()
    for _ in range(3):
        d.click("new_axis_fewer", QToolButton)
    assert line.text() == "()"
    assert not d.find(QToolButton, "new_axis_fewer").isEnabled()
    assert d.make().shape == ()


def test_the_shape_comes_back_after_a_fill_with_its_own(desk):
    d = desk()
    d.click("new_fill_zeros")
    d.write("new_shape", "4, 5")
    d.click("new_fill_arange")
    assert d.find(QLineEdit, "new_shape").text() == "10"
    d.click("new_fill_ones")
    assert d.find(QLineEdit, "new_shape").text() == "4, 5"


def test_the_seed_is_visible_and_rolls(desk):
    d = desk()
    d.click("new_fill_rand")
    seed = d.find(QSpinBox, "new_seed")
    assert seed.isVisible()
    seed.setValue(123)
    assert "123" in d.find(QLabel, "new_code").text()
    before = {seed.value()}
    for _ in range(3):
        d.click("new_reroll")
        before.add(seed.value())
    assert len(before) > 1
    assert d.dialog.form.kind.seeded
    seed.setValue(7)
    same(d.make(), torch.rand(2, 3, generator=torch.Generator().manual_seed(7)))


def test_sizes_are_weighed(desk):
    d = desk(memory={"cpu": 1000})
    d.click("new_fill_zeros")
    d.write("new_shape", "1000")
    assert not d.find(QPushButton, "new_create").isEnabled()
    assert "3.9 KiB" in d.find(QLabel, "new_reason").text()
    assert "1000 bytes" in d.find(QLabel, "new_reason").text()
    d.write("new_shape", "200")
    box = d.find(QCheckBox, "new_confirm")
    assert box.isVisible()
    assert not d.find(QPushButton, "new_create").isEnabled()
    box.click()
    assert d.find(QPushButton, "new_create").isEnabled()
    d.write("new_shape", "240")  # another size, another word
    assert not d.find(QPushButton, "new_create").isEnabled()
    d.write("new_shape", "10")
    assert not box.isVisible()
    assert d.make().shape == (10,)


def test_a_huge_shape_opens_at_once_and_is_refused_with_figures(desk):
    d = desk(memory={"cpu": 2**34})
    d.click("new_fill_zeros")
    d.write("new_shape", "100000, 100000")
    assert "37.3 GiB" in d.find(QLabel, "new_reason").text()
    assert "16 GiB" in d.find(QLabel, "new_reason").text()
    d.write("new_shape", "99999999999, 99999999999")
    assert not d.find(QPushButton, "new_create").isEnabled()


def test_answers_may_come_late_and_out_of_order(desk):
    asked = []
    d = desk(read=lambda work, answer: asked.append((work, answer)) or (lambda: None))
    d.click("new_fill_zeros")
    d.write("new_shape", "2")
    d.write("new_shape", "7")
    line = d.find(QLineEdit, "new_shape")
    d.bot.keyClick(line, Key.Key_Return)  # before the answer: done as soon as it is there
    assert d.made == []
    late, last = asked[-2], asked[-1]
    read_here(*last)
    read_here(*late)
    d.bot.waitUntil(lambda: len(d.made) == 1)
    assert d.made[0].creation.make().shape == (7,)


def test_an_answer_after_the_dialog_is_gone_is_dropped(qtbot):
    asked = []
    late = lambda work, answer: asked.append((work, answer)) or (lambda: None)  # noqa: E731
    dialog = NewTensorDialog.ask(None, lambda made: None, read=late)
    dialog.reject()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    read_here(*asked[-1])


def test_by_keyboard_alone(desk):
    d = desk()
    d.bot.keyClicks(d.find(QPlainTextEdit, "new_values"), "[5, 6]")
    d.bot.keyClick(d.find(QPlainTextEdit, "new_values"), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(d.made) == 1
    assert not d.dialog.isVisible()
    d = desk()
    d.bot.keyClick(d.dialog, Key.Key_Escape)
    assert d.made == []
    assert not d.dialog.isVisible()


def test_tab_reaches_everything(desk):
    d = desk()
    d.click("new_fill_randint")
    seen, widget = set(), d.find(QLineEdit, "new_name")
    widget.setFocus()
    for _ in range(60):
        d.bot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        seen.add(QApplication.focusWidget().objectName())
    wanted = {"new_name", "new_low", "new_high", "new_seed", "new_reroll", "new_shape", "new_dtype", "new_device"}
    assert wanted | {"new_create", "new_cancel", "new_fill_randint"} <= seen
    d.find(QPushButton, "new_fill_randint").setFocus()
    d.bot.keyClick(QApplication.focusWidget(), Key.Key_Left)  # the arrows go through the kinds of fill
    assert d.dialog.form.kind.key == "randn"


def test_ask_opens_and_returns(qtbot):
    got = []
    dialog = NewTensorDialog.ask(None, got.append, name="X")
    qtbot.addWidget(dialog)
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    assert got[0].name == "X"
    same(got[0].creation.make(), torch.tensor([[1, 2, 3], [4, 5, 6]]))


def test_every_control_is_named(desk):
    d = desk()
    for kind in (QLineEdit, QComboBox, QSpinBox, QToolButton, QPlainTextEdit):
        for widget in d.dialog.findChildren(kind):
            assert widget.objectName().startswith("qt_") or widget.accessibleName(), widget.objectName()
    assert {b.objectName() for b in d.dialog.findChildren(QPushButton)} >= {f"new_fill_{k.key}" for k in KINDS}


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("3, 4", (3, 4)),
        ("(3, 4)", (3, 4)),
        ("3x4", (3, 4)),
        ("3 × 4", (3, 4)),
        ("[2,3,]", (2, 3)),
        ("torch.Size([2, 3])", (2, 3)),
        ("5", (5,)),
        ("()", ()),
        ("0, 4", (0, 4)),
    ],
)
def test_shapes_are_read_as_people_write_them(text, shape):
    assert shape_text.parse(text) == shape
    assert shape_text.parse(shape_text.show(shape)) == shape


@pytest.mark.parametrize(("text", "shape"), [("2, -1", (2, -1)), ("(-1)", (-1,)), ("2x\N{MINUS SIGN}1", (2, -1))])
def test_a_size_that_torch_works_out(text, shape):
    assert shape_text.parse(text, inferred=True) == shape
    with pytest.raises(CellError, match="negative"):
        shape_text.parse(text)


@pytest.mark.parametrize("text", ["", "a", "3.5", "-1", "3,,4", "3, 4)(", str(2**63)])
def test_what_is_no_shape(text):
    with pytest.raises(CellError):
        shape_text.parse(text)


@pytest.mark.parametrize("words", ["en", "zh_CN"])
@pytest.mark.parametrize("height", [None, 100], ids=["as it opens", "as low as it goes"])
def test_no_field_is_squeezed(qtbot, words, height):
    dressed(Settings(), words, "light")
    desk = Desk(qtbot)
    for key in (kind.key for kind in KINDS):
        desk.click(f"new_fill_{key}")
        if height is not None:
            desk.dialog.resize(desk.dialog.width(), height)
        fields = (QLineEdit, QSpinBox, QToolButton, QPushButton, QComboBox)
        seen = [w for kind in fields for w in desk.dialog.findChildren(kind) if w.isVisibleTo(desk.dialog)]
        assert len(seen) > 10
        qtbot.waitUntil(lambda seen=seen: all(w.height() >= w.minimumSizeHint().height() for w in seen))
    dressed(Settings(), "en", "light")
