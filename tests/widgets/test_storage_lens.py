"""The storage lens: what torch reports, in slots and lanes; keys and pointer go to a slot, and words say what it is."""

import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.animation.axes import AxisId
from explorer.session.storage_strip import LaneFace, SlotValues, StorageStrip
from explorer.widgets.look import theme
from explorer.widgets.memory.storage_lens import StorageLens
from explorer.workspace import Workspace
from explorer.workspace.relation import relation_of
from explorer.workspace.slots import Lane, Slots, read
from explorer.workspace.source import floats


@pytest.fixture
def shelf() -> Workspace:
    w = Workspace().load("A", torch.arange(12).reshape(3, 4)).operate("T", ("A",), {}, ("B",))
    w = w.index("A", (slice(None), 1), "col").operate("expand", ("col",), {"size": (2, 3)}, ("X",))
    w = w.to_array("A", "n").index("n", (slice(None, None, -1),), "r")
    return w.operate("to", ("A",), {"device": "meta"}, ("M",)).load("s", torch.tensor(2.5)).load("E", torch.zeros(0, 3))


@pytest.fixture
def lens(qtbot: QtBot) -> StorageLens:
    widget = StorageLens()
    qtbot.addWidget(widget)
    widget.resize(740, 190)
    widget.show()
    return widget


def strip_of(workspace: Workspace, name: str) -> StorageStrip:
    names = (name, *workspace.sharing(name))
    axes = {n: tuple(AxisId(a) for a in range(len(workspace[n].shape))) for n in names}
    return StorageStrip(
        Slots.of(workspace[name]), tuple(LaneFace(n, Lane.of(workspace[n].view.layout), axes[n]) for n in names)
    )


def show(lens: StorageLens, workspace: Workspace, name: str, focus: int | None = 0, axis: int = 0) -> None:
    """As the window does it: the strip first, then what stands in the slots in view."""
    item = workspace[name]
    lens.show_item(item, strip_of(workspace, name), relation_of(workspace, name), "● M1", focus, axis)
    found = read(item, lens.strip.window_of_slots)
    lens.show_address(found.address)
    if found.values is not None:
        texts = tuple(map(str, found.values.tolist()))
        lens.strip.show_values(SlotValues(found.window, texts, floats(found.values), (0.0, 11.0)))


def said(lens: StorageLens, name: str) -> str:
    label = lens.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def middle(lens: StorageLens, slot: int) -> QPoint:
    return lens.strip.places().slot_box(slot).center().toPoint()


def test_the_words_are_what_torch_reports(lens: StorageLens, shelf: Workspace) -> None:
    tensor = shelf["col"].tensor()
    show(lens, shelf, "col", 5)
    assert said(lens, "storage_name") == "col"
    assert said(lens, "storage_kind") == "view of A"
    assert said(lens, "storage_verdict") == "1 slot in every 4, from slot 1 on."
    assert said(lens, "storage_layout") == (
        f"offset {tensor.storage_offset()} · strides {tensor.stride()}: a step along axis 0 is 4 slots"
    )
    address = tensor.untyped_storage().data_ptr()
    assert said(lens, "storage_words") == f"12 slots of 8 bytes from 0x{address:x}"
    assert said(lens, "storage_slot") == f"slot 5 at 0x{address + 40:x} (+40)"


@pytest.mark.parametrize(
    ("name", "axis", "layout"),
    [
        ("A", 0, "offset 0 · strides (4, 1): a step along axis 0 is 4 slots"),
        ("A", 1, "offset 0 · strides (4, 1): a step along axis 1 is 1 slot"),
        ("X", 0, "offset 1 · strides (0, 4): a step along axis 0 stays in the same slot"),
        ("r", 0, "offset 64 bytes · strides (-32, 8) bytes: a step along axis 0 is 4 slots back"),
        ("s", 0, "offset 0 · strides ()"),
    ],
)
def test_strides_are_told_in_slots(lens: StorageLens, shelf: Workspace, name: str, axis: int, layout: str) -> None:
    show(lens, shelf, name, axis=axis)
    assert said(lens, "storage_layout") == layout


def test_another_axis_is_told(lens: StorageLens, shelf: Workspace) -> None:
    show(lens, shelf, "A")
    lens.tell_axis(1)
    assert said(lens, "storage_layout").endswith("a step along axis 1 is 1 slot")


def test_on_meta_there_is_no_memory(lens: StorageLens, shelf: Workspace) -> None:
    show(lens, shelf, "M", 3)
    assert said(lens, "storage_words") == "12 slots of 8 bytes on meta: no memory, no values"
    assert said(lens, "storage_slot") == "slot 3 (+24)"
    assert lens.strip.slot_text(3).splitlines() == ["slot 3, byte 24", "M[0, 3]"]


def test_a_slot_names_all_cells_in_it(lens: StorageLens, shelf: Workspace) -> None:
    show(lens, shelf, "X", 5)
    assert lens.strip.slot_text(5).splitlines() == [
        "slot 5, byte 40, holds 5",
        "X[0, 1], X[1, 1]",
        "A[1, 1]",
        "B[1, 1]",
        "col[1]",
        "n[1, 1]",
        "r[1, 1]",
    ]
    assert lens.strip.accessibleDescription().startswith("slot 5, byte 40, holds 5; X[0, 1]")


def test_one_step_along_each_axis_leads_to_its_slot(shelf: Workspace) -> None:
    def jumps(name: str, slot: int) -> list[tuple[int, int]]:
        return [(jump.axis, jump.to) for jump in strip_of(shelf, name).jumps(slot)]

    assert jumps("A", 1) == [(0, 5), (1, 2)]
    assert jumps("B", 1) == [(0, 2), (1, 5)]
    assert jumps("X", 1) == [(0, 1), (1, 5)]
    assert jumps("r", 8) == [(0, 4), (1, 9)]
    assert jumps("A", 11) == []
    assert jumps("col", 2) == []


def test_keys_go_from_slot_to_slot(lens: StorageLens, shelf: Workspace, qtbot: QtBot) -> None:
    show(lens, shelf, "A", 3)
    gone: list[object] = []
    lens.strip.slot_focused.connect(gone.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home):
        qtbot.keyClick(lens.strip, key)
    assert gone == [4, 3, 11, 11, 0]
    assert lens.strip.focused_slot == 0


def test_the_pointer_goes_to_a_slot_and_to_a_lane(lens: StorageLens, shelf: Workspace, qtbot: QtBot) -> None:
    show(lens, shelf, "B")
    with qtbot.waitSignal(lens.strip.slot_focused) as gone:
        qtbot.mouseClick(lens.strip, Qt.MouseButton.LeftButton, pos=middle(lens, 7))
    assert gone.args == [7]
    with qtbot.waitSignal(lens.strip.slot_hovered) as hovered:
        qtbot.mouseMove(lens.strip, middle(lens, 2))
    assert hovered.args == [2]
    with qtbot.waitSignal(lens.strip.lane_chosen) as chosen:
        place = QPointF(8, lens.strip.places().lane_top(1) + 8).toPoint()
        qtbot.mouseClick(lens.strip, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["A"]


def test_going_to_a_slot_from_without_is_no_request(lens: StorageLens, shelf: Workspace) -> None:
    show(lens, shelf, "A")
    gone: list[object] = []
    lens.strip.slot_focused.connect(gone.append)
    lens.focus_slot(6)
    assert (lens.strip.focused_slot, gone) == (6, [])
    assert said(lens, "storage_slot").startswith("slot 6 at 0x")


def test_of_a_large_storage_only_what_is_around_the_focus_is_shown(lens: StorageLens, qtbot: QtBot) -> None:
    workspace = Workspace().load("L", torch.zeros(1, dtype=torch.uint8).expand(10_000, 10_000).contiguous())
    workspace = workspace.operate("T", ("L",), {}, ("LT",))
    asked: list[range] = []
    lens.strip.window_moved.connect(asked.append)
    show(lens, workspace, "LT", 54_321_000)
    window = lens.strip.window_of_slots
    assert 54_321_000 in window
    assert 3 <= len(window) <= 40
    assert asked == [window]
    qtbot.keyClick(lens.strip, Qt.Key.Key_End)
    assert lens.strip.window_of_slots[-1] == 99_999_999
    assert asked[-1] == lens.strip.window_of_slots
    assert lens.strip.slot_text(99_999_999).splitlines()[1:] == ["LT[9999, 9999]", "L[9999, 9999]"]
    assert not lens.grab().isNull()


def test_a_step_inside_the_window_leaves_it_where_it_is(lens: StorageLens) -> None:
    workspace = Workspace().load("L", torch.arange(5000))
    show(lens, workspace, "L", 2500)
    before = lens.strip.window_of_slots
    lens.focus_slot(before[-1])
    assert lens.strip.window_of_slots == before
    lens.focus_slot(before[-1] + 1)
    assert before[-1] + 1 in lens.strip.window_of_slots != before


@pytest.mark.parametrize("name", ["A", "X", "r", "M", "s", "E"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_everything_is_drawn(
    lens: StorageLens, shelf: Workspace, qapp: object, name: str, look: str, qtbot: QtBot
) -> None:
    theme.apply(qapp, look)  # type: ignore[arg-type]
    show(lens, shelf, name)
    image = lens.strip.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    theme.apply(qapp, "light")  # type: ignore[arg-type]
    assert len({image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 3)}) > 1


def test_what_was_written_is_marked_until_it_is_calm(lens: StorageLens, shelf: Workspace) -> None:
    show(lens, shelf, "A")
    plain = lens.strip.grab().toImage()
    lens.strip.show_values(lens.strip.values, {4})
    assert set(lens.strip.written) == {4}
    assert lens.strip.grab().toImage() != plain
    lens.strip.calm()
    assert lens.strip.grab().toImage() == plain


def test_nothing_selected(lens: StorageLens, shelf: Workspace) -> None:
    show(lens, shelf, "A")
    lens.show_nothing()
    assert said(lens, "storage_verdict") == "Nothing selected"
    assert lens.strip.strip is None
    assert not lens.grab().isNull()


def test_long_words_go_on_in_the_next_line(lens: StorageLens, shelf: Workspace) -> None:
    lens.resize(224, 400)
    show(lens, shelf, "A")
    line = lens.findChild(QLabel, "storage_layout")
    assert isinstance(line, QLabel)
    assert line.text() == "offset 0 · strides (4, 1): a step along axis 0 is 4 slots"
    assert line.height() >= line.heightForWidth(line.width()) > line.fontMetrics().height() + 4
