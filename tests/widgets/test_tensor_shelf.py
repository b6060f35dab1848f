"""The shelf shows every item, and turns keys, clicks and drops into requests."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QImage
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from explorer.widgets.look import theme
from explorer.widgets.look.thumbnail import thumbnail
from explorer.widgets.shelf.shelf_item import ARRAY, CARD
from explorer.widgets.shelf.shelf_list import ShelfList
from explorer.widgets.shelf.tensor_shelf import TensorShelf
from tests.widgets.shelf_items import IDENTITIES, SHELF, Item, Memory, Shelf

ONE = Shelf(*(replace(item, device="cpu") for item in SHELF.items))  # all of it on one device


@pytest.fixture
def shelf(qtbot: QtBot) -> TensorShelf:
    widget = TensorShelf()
    qtbot.addWidget(widget)
    widget.resize(236, 500)
    widget.show_workspace(ONE, IDENTITIES, "A")
    widget.show()
    return widget


def cards(shelf: TensorShelf) -> ShelfList:
    found = shelf.findChild(ShelfList, "tensor_list")
    assert isinstance(found, ShelfList)
    return found


def place(shelf: TensorShelf, name: str) -> QPoint:
    found: QRect = cards(shelf).visualRect(cards(shelf).cards.index(cards(shelf).names.index(name)))
    return found.center()


def requests(shelf: TensorShelf) -> list[tuple[Any, ...]]:
    heard: list[tuple[Any, ...]] = []
    for name in ("selected", "edit_requested", "duplicated", "deleted", "reordered", "files_dropped"):
        getattr(shelf, name).connect(lambda value, name=name: heard.append((name, value)))
    shelf.renamed.connect(lambda old, new: heard.append(("renamed", old, new)))
    shelf.new_requested.connect(lambda: heard.append(("new",)))
    return heard


def test_a_card_says_shape_dtype_and_device(shelf: TensorShelf) -> None:
    index = cards(shelf).cards.index(2)
    card = index.data(CARD)
    assert card.name == "C"
    assert [(f.number, f.size, f.letter) for f in card.chips] == [("0", "2", "m"), ("1", "3", "i"), ("2", "4", "j")]
    assert card.caption == "float32 · cpu"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "C; (2, 3, 4); float32 · cpu"


def test_arrays_and_stale_results_are_marked(qtbot: QtBot) -> None:
    shelf = TensorShelf()
    qtbot.addWidget(shelf)
    items = Shelf(
        Item("n", (3,), kind="array", np_dtype=np.dtype("int16"), dtype=torch.int16), Item("B", (), stale=("A",))
    )
    shelf.show_workspace(items, {}, None)
    array, stale = (cards(shelf).cards.index(row).data(CARD) for row in range(2))
    assert (array.caption, array.badges, array.array) == ("int16", (ARRAY,), True)
    assert "NumPy" in ARRAY
    assert not stale.array
    assert "A" in stale.stale
    assert stale.stale in stale.tip
    assert cards(shelf).current_name is None


def test_only_what_is_numpys_has_a_filled_badge(qtbot: QtBot) -> None:
    shelf = TensorShelf()
    qtbot.addWidget(shelf)
    array = Item("n", (3,), kind="array", np_dtype=np.dtype("int16"), dtype=torch.int16)
    shelf.show_workspace(Shelf(array, Item("B", (3,), stale=("A",))), {}, None)
    shelf.resize(236, 500)
    shelf.show()
    view, fill = cards(shelf), theme.current().hover
    filled = []
    for row in range(2):
        picture = view.viewport().grab(view.visualRect(view.cards.index(row))).toImage()
        cells = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        filled.append(sum(picture.pixelColor(x, y) == fill for x, y in cells) > 100)
    assert filled == [True, False]


def test_showing_is_no_request(shelf: TensorShelf) -> None:
    heard = requests(shelf)
    shelf.show_workspace(ONE, IDENTITIES, "W")
    shelf.show_workspace(Shelf(*ONE.items[:2]), IDENTITIES, "A")
    assert heard == []
    assert cards(shelf).current_name == "A"


def test_a_click_selects_and_a_double_click_edits(shelf: TensorShelf, qtbot: QtBot) -> None:
    heard = requests(shelf)
    view = cards(shelf).viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(shelf, "W"))
    assert set(heard) == {("selected", "W")}
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place(shelf, "W"))
    assert ("edit_requested", "W") in heard


@pytest.mark.parametrize(
    ("key", "modifiers", "request_made"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, ("edit_requested", "A")),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, ("deleted", "A")),
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier, ("duplicated", "A")),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, ("reordered", ("W", "A", "C"))),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, ("selected", "W")),
    ],
)
def test_keys(
    shelf: TensorShelf, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, request_made: tuple[str, object]
) -> None:
    heard = requests(shelf)
    qtbot.keyClick(cards(shelf), key, modifiers)
    assert heard == [request_made]
    assert cards(shelf).names == ("A", "W", "C")  # only the session changes the order


def test_the_first_does_not_move_further_up(shelf: TensorShelf, qtbot: QtBot) -> None:
    heard = requests(shelf)
    qtbot.keyClick(cards(shelf), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert heard == []


def test_renaming_in_place(shelf: TensorShelf, qtbot: QtBot) -> None:
    heard = requests(shelf)
    qtbot.keyClick(cards(shelf), Qt.Key.Key_F2)
    field = shelf.findChild(QLineEdit, "rename_field")
    assert isinstance(field, QLineEdit)
    assert field.text() == "A"
    field.selectAll()
    qtbot.keyClicks(field, "batch")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("renamed", "A", "batch")]
    assert cards(shelf).names[0] == "A"


def test_a_name_that_is_being_edited_stays_open(shelf: TensorShelf, qtbot: QtBot) -> None:
    qtbot.keyClick(cards(shelf), Qt.Key.Key_F2)
    field = shelf.findChild(QLineEdit, "rename_field")
    qtbot.keyClicks(field, "x")
    cards(shelf).rename()  # from a menu; Qt would warn
    actions = {action.objectName(): action for action in cards(shelf).menu_of("W").actions()}
    actions["shelf_rename"].trigger()
    assert shelf.findChild(QLineEdit, "rename_field") is field
    assert field.text() == "x"


def test_an_unchanged_name_is_no_request(shelf: TensorShelf, qtbot: QtBot) -> None:
    heard = requests(shelf)
    qtbot.keyClick(cards(shelf), Qt.Key.Key_F2)
    field = shelf.findChild(QLineEdit, "rename_field")
    assert isinstance(field, QLineEdit)
    with qtbot.waitSignal(field.destroyed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == []


def test_the_menu_does_what_the_keys_do(shelf: TensorShelf) -> None:
    heard = requests(shelf)
    menu = cards(shelf).menu_of("W")
    for key in ("edit", "duplicate", "up", "down", "delete"):
        action = menu.findChild(QAction, f"shelf_{key}")
        assert isinstance(action, QAction)
        action.trigger()
    assert heard == [
        ("edit_requested", "W"),
        ("duplicated", "W"),
        ("reordered", ("W", "A", "C")),
        ("reordered", ("A", "C", "W")),
        ("deleted", "W"),
    ]


def test_dropping_a_card_asks_for_the_new_order(shelf: TensorShelf) -> None:
    heard = requests(shelf)
    cards(shelf).drop_at("A", place(shelf, "W").y() + 5)
    cards(shelf).drop_at("C", 0)
    cards(shelf).drop_at("W", place(shelf, "W").y())
    assert heard == [("reordered", ("W", "A", "C")), ("reordered", ("C", "A", "W"))]


def test_a_dropped_file_is_asked_for(shelf: TensorShelf, tmp_path: Path) -> None:
    heard = requests(shelf)
    path = tmp_path / "weights.pt"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)), QUrl("https://example.org/x.pt")])
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    cards(shelf).dropEvent(event)
    assert heard == [("files_dropped", (path,))]


def test_the_button_asks_for_a_new_tensor(shelf: TensorShelf, qtbot: QtBot) -> None:
    heard = requests(shelf)
    button = shelf.findChild(QPushButton, "new_tensor")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == [("new",)]


def test_the_shape_stands_beside_the_name_or_below_it_and_no_card_is_wider(qtbot: QtBot) -> None:
    shelf = TensorShelf()
    qtbot.addWidget(shelf)
    shelf.resize(236, 700)
    shelf.show_workspace(Shelf(Item("a", (3, 4)), Item("b", (2, 3, 4, 5, 6, 7, 8)), Item("s", ())), {}, None)
    shelf.show()
    view = cards(shelf)
    rects = [view.visualRect(view.cards.index(row)) for row in range(3)]
    assert rects[1].height() > rects[0].height() == rects[2].height()
    assert all(rect.right() <= view.viewport().width() for rect in rects)


def test_a_picture_has_the_colours_of_the_values() -> None:
    cells = np.array([[0.0, np.nan], [5.0, 10.0]])
    picture = thumbnail(cells, 0.0, 10.0)
    assert picture.size().toTuple() == (2, 2)
    assert picture.pixelColor(1, 0).alpha() == 0
    assert picture.pixelColor(0, 0) != picture.pixelColor(1, 1)
    assert thumbnail(np.zeros((2, 3, 4)), 0, 1).size().toTuple() == (4, 6)
    assert thumbnail(np.float64(3.0), 0, 1).size().toTuple() == (1, 1)


def test_pictures_are_asked_for_by_name_but_not_for_meta(qtbot: QtBot) -> None:
    asked: list[str] = []

    def picture(name: str) -> QImage | None:
        asked.append(name)
        return None

    shelf = TensorShelf()
    qtbot.addWidget(shelf)
    shelf.show_workspace(Shelf(Item("a", (3,)), Item("m", (3,), device="meta")), {}, "a", picture)
    assert asked == ["a"]
    assert not shelf.grab().toImage().isNull()


def lanes(shelf: TensorShelf) -> dict[str, tuple[str, str]]:
    """The headings, with the first card below each and what it says of the amount."""
    return {card.heading: (card.name, card.amount) for card in cards(shelf).cards.cards if card.heading}


def test_one_device_needs_no_lanes(shelf: TensorShelf) -> None:
    assert lanes(shelf) == {}
    before = cards(shelf).sizeHintForRow(0)
    shelf.show_workspace(SHELF, IDENTITIES, "A")
    assert cards(shelf).sizeHintForRow(0) > before


def test_several_devices_stand_in_lanes_that_count_shared_memory_once(shelf: TensorShelf) -> None:
    shared = Memory(2048)
    items = Shelf(
        Item("m", (3,), device="meta"),
        Item("C", (2,), device="cuda:0", storage=shared),
        Item("A", (3, 4), storage=shared),
        Item("V", (4, 3), storage=shared),
        Item("B", (3,), storage=Memory(1024)),
    )
    shelf.show_workspace(items, {}, "A")
    assert cards(shelf).names == ("A", "V", "B", "C", "m")
    assert lanes(shelf) == {
        "cpu": ("A", "3 items · 3 KiB"),
        "cuda:0": ("C", "1 item · 2 KiB"),
        "meta": ("m", "1 item · shapes only"),
    }
    assert "undo" in cards(shelf).cards.cards[4].tip
    assert cards(shelf).cards.cards[0].spoken.startswith("cpu: 3 items")


def test_a_card_dropped_in_another_lane_asks_for_a_copy_there(shelf: TensorShelf) -> None:
    shelf.show_workspace(SHELF, IDENTITIES, "A")  # A and W on the CPU, C on cuda:0
    heard = requests(shelf)
    shelf.copy_requested.connect(lambda name, device: heard.append((name, device)))
    cards(shelf).drop_at("A", place(shelf, "C").y())
    cards(shelf).drop_at("C", place(shelf, "W").y())
    cards(shelf).drop_at("A", place(shelf, "W").y() + 5)
    assert heard == [("A", "cuda:0"), ("C", "cpu"), ("reordered", ("W", "A", "C"))]


def test_cards_move_within_their_lane_and_their_menu_offers_the_other_devices(shelf: TensorShelf) -> None:
    shelf.show_workspace(SHELF, IDENTITIES, "A")
    shelf.show_devices(["cpu", "cuda:0", "meta"])
    heard = requests(shelf)
    shelf.copy_requested.connect(lambda name, device: heard.append((name, device)))
    cards(shelf).move_card("W", 1)
    menu = cards(shelf).menu_of("W")
    assert not menu.findChild(QAction, "shelf_down").isEnabled()
    assert menu.findChild(QAction, "shelf_copy_to_cpu") is None
    menu.findChild(QAction, "shelf_copy_to_cuda:0").trigger()
    menu.findChild(QAction, "shelf_copy_to_meta").trigger()
    assert heard == [("W", "cuda:0"), ("W", "meta")]
