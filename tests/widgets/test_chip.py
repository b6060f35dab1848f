"""A chip shows number and size in colour and pattern, wraps, and is found by hover, keys and screen readers."""

import gc
import weakref
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.animation.axes import AxisId
from explorer.widgets.look import theme
from explorer.widgets.look.amounts import bytes_text, count_text, seconds_text
from explorer.widgets.look.axis_words import NEW, TAKEN
from explorer.widgets.look.chip import (
    AxisChip,
    ChipFace,
    ChipRow,
    ShapeRow,
    chip_size,
    faces,
    paint_chip,
    place_chips,
    shape_width,
)
from explorer.widgets.look.flow_layout import FlowLayout


def drawn(face: ChipFace, chosen: bool = False) -> QImage:
    font = QFont()
    size = chip_size(face, font)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_chip(painter, QRectF(image.rect()), face, font, chosen)
    painter.end()
    return image


def test_faces_of_a_shape() -> None:
    assert faces((3, None), (AxisId(2), None)) == (ChipFace("0", "3", 2, "k"), ChipFace("1", "?"))
    assert faces(()) == ()
    assert [f.axis for f in faces((2, 2), (AxisId(1),))] == [1, None]


def test_a_chip_reads_in_words() -> None:
    assert [words.words for words in faces((3, None))] == [("axis 0: ", "3", ""), ("axis 1: ", "?", "")]
    assert ChipFace("1", "0:2", template=TAKEN).words == ("axis 1 at ", "0:2", "")
    assert ChipFace("2", "", template=NEW).words == ("new axis 2", "", "")
    assert ChipFace("all", "", template="").words == ("all", "", "")


def test_a_shape_stands_in_one_line_and_is_cut_where_it_does_not_fit(qtbot: QtBot) -> None:
    row = ShapeRow()
    qtbot.addWidget(row)
    row.show_chips(faces((3, 4), (AxisId(0), AxisId(1))))
    assert row.accessibleName() == "shape (3, 4)"
    assert row.sizeHint().width() == shape_width(faces((3, 4)), row.font()) > shape_width(faces((3,)), row.font())
    row.resize(row.sizeHint())
    whole = row.grab().toImage()
    for axis in range(2):
        assert theme.axis_style(axis)[0].name() in colours(whole)
    row.resize(30, row.height())
    cut = row.grab().toImage()
    assert whole.copy(cut.rect()) != cut


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_axes_differ_in_more_than_colour(qtbot: QtBot) -> None:
    def pattern(axis: int) -> list[bool]:
        image = drawn(ChipFace("0", "3", axis)).convertToFormat(QImage.Format.Format_Grayscale8)
        return [image.pixelColor(x, 1).lightness() < 200 for x in range(8, image.width() - 8)]

    assert all(pattern(0))
    assert len({tuple(pattern(axis)) for axis in range(5)}) == 5


def test_a_chosen_chip_is_filled(qtbot: QtBot) -> None:
    face = ChipFace("0", "3", 1)
    plain, chosen = drawn(face), drawn(face, chosen=True)
    assert plain.pixelColor(6, 12).lightness() > 200
    assert chosen.pixelColor(6, 12).lightness() < 150


def test_sizes_make_room(qtbot: QtBot) -> None:
    font = QFont()
    assert chip_size(ChipFace("0", "1048576"), font).width() > chip_size(ChipFace("0", "3"), font).width()


@pytest.mark.parametrize("width", [60, 120, 200, 1000])
def test_rows_of_chips_wrap(qtbot: QtBot, width: int) -> None:
    chips = faces((2, 3, 4, 5, 6, 7))
    places = place_chips(chips, QFont(), width)
    assert all(place.right() < width or place.left() == 0 for place in places)
    for one, other in pairwise(places):
        assert not one.intersects(other)
        assert (other.top(), other.left()) > (one.top(), one.left())


def test_a_row_says_its_shape(qtbot: QtBot) -> None:
    row = ChipRow()
    qtbot.addWidget(row)
    row.show_chips(faces((3, 4)))
    assert row.accessibleName() == "shape (3, 4)"
    assert row.heightForWidth(60) > row.heightForWidth(600)
    row.show_chips(())
    assert row.accessibleName() == "shape ()"
    assert row.sizeHint().width() > 20


def test_the_focus_shows(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chips = [AxisChip(window), AxisChip(window)]
    for place, chip in enumerate(chips):
        chip.show_face(ChipFace(str(place), "3", place), "tip", "axis")
        chip.resize(chip.sizeHint())
        chip.move(80 * place, 0)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(chips[0].hasFocus)
    without = chips[1].grab().toImage()
    chips[1].setFocus()
    qtbot.waitUntil(chips[1].hasFocus)
    assert chips[1].grab().toImage() != without


def test_the_items_of_a_flow_go_with_it(qtbot: QtBot) -> None:
    """Qt leaves them to whoever wrote the layout; in Python only what Python owns is ever deleted."""
    box = QWidget()
    qtbot.addWidget(box)
    flow, widgets = FlowLayout(box), [QWidget(box) for _ in range(3)]
    for before in ([], widgets):  # for the first time, and with what stays
        flow.set_widgets(before)
        flow.set_widgets(widgets)
        assert all(shiboken6.ownedByPython(flow.itemAt(k)) for k in range(3))
    items = [weakref.ref(flow.itemAt(k)) for k in range(3)]
    shiboken6.delete(widgets[0])
    assert (flow.count(), items[0]()) == (2, None)
    shiboken6.delete(box)
    del flow
    gc.collect()
    assert [item() for item in items] == [None] * 3


def test_a_flow_breaks_lines_and_keeps_what_is_bound(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, gap=10, line_gap=5)
    buttons = [QWidget(box) for _ in range(4)]  # a style sheet gives buttons other sizes
    for button in buttons:
        button.setFixedSize(QSize(50, 20))
    flow.set_widgets(buttons)
    assert [flow.heightForWidth(width) for width in (230, 170, 110, 50)] == [20, 45, 45, 95]
    flow.bind(buttons[2])
    box.resize(170, 45)
    box.show()
    assert [(b.x(), b.y()) for b in buttons] == [(0, 0), (60, 0), (0, 25), (60, 25)]
    buttons[3].hide()
    flow.invalidate()
    flow.activate()
    assert (buttons[2].x(), buttons[2].y()) == (120, 12)  # one line, in the middle of the height
    flow.set_widgets(buttons[2:])
    flow.activate()
    assert (buttons[2].x(), buttons[2].y()) == (0, 12)
    assert flow.count() == 2


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (1023, "1023 bytes"),
        (1024, "1 KiB"),
        (1536, "1.5 KiB"),
        (2**20 - 1, "1 MiB"),
        (3 << 40, "3 TiB"),
    ],
)
def test_bytes(count: int, text: str) -> None:
    assert bytes_text(count) == text


def test_times_and_counts() -> None:
    assert [seconds_text(s) for s in (2e-5, 0.0034, 0.25, 1.5, 250)] == ["20 µs", "3.4 ms", "250 ms", "1.50 s", "250 s"]
    assert count_text(9999) == "9999"
    assert count_text(1048576) == "1\N{THIN SPACE}048\N{THIN SPACE}576"
