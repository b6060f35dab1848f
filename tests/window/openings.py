"""Everything that can be opened over the window: dialogs, popups and menus, each by one call that does not wait."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import torch
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QToolButton, QWidget

HOSTILE = "<b>&w [*]</b>"


def opened() -> list[QWidget]:
    """All windows but the main one that are seen, those that Qt shows of its own accord left out."""
    return [
        w
        for w in QApplication.topLevelWidgets()
        if w.isVisible() and w.objectName() not in ("main_window", "qtooltip_label")
    ]


def close_all() -> None:
    while opened():
        for widget in opened():
            widget.close()
        QApplication.processEvents()


def trigger(user: Any, name: str) -> None:
    user.window.findChild(QAction, name).trigger()
    user.settled()


def pop_menu(user: Any, name: str) -> None:
    menu = user.window.menus.findChild(QMenu, name)
    menu.popup(user.window.mapToGlobal(QPoint(20, 20)))


def menu_of(widget: QWidget, place: QPoint) -> None:
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place)))


def entries(user: Any) -> None:
    from explorer.widgets.files.file_entries import FileEntries

    many = [SimpleNamespace(name=f"{HOSTILE}.{k}", shape=(2, 3), dtype=torch.float32, nbytes=24) for k in range(30)]
    FileEntries(f"{HOSTILE}.pt", many, user.window).open()


def shelf_menu(user: Any) -> None:
    shelf = user.window.shelf.list
    menu_of(shelf.viewport(), shelf.visualRect(shelf.cards.index(0)).center())


def grid(user: Any) -> None:
    user.window.grid.open("A")
    user.settled()


def grid_menu(user: Any) -> None:
    grid(user)
    table = user.window.grid.grid.table
    menu_of(table.viewport(), QPoint(10, 10))


def grid_axis_menu(user: Any) -> None:
    grid(user)
    user.find("grid_axis_0").click()


def index_popup(user: Any) -> None:
    user.session.select_cells("A", (slice(None), 1))
    user.settled()
    user.find("index_axis_0").click()


def combo(user: Any, name: str = "device_selector") -> None:
    user.find(name, QComboBox).showPopup()


def operands(user: Any) -> None:
    user.operation("matmul")
    combo(user, "operand_1")


def speeds(user: Any) -> None:
    user.window.findChild(QToolButton, "speed_button").menu().popup(QPoint(30, 30))


def search(user: Any) -> None:
    user.window.search.focus()
    QTest.keyClicks(user.window.search, HOSTILE)


OPENINGS: dict[str, Callable[[Any], object]] = {
    "new": lambda user: trigger(user, "action_new"),
    "open": lambda user: trigger(user, "action_open"),
    "save": lambda user: trigger(user, "action_save_tensor"),
    "program": lambda user: trigger(user, "action_save_program"),
    "entries": entries,
    "keys": lambda user: trigger(user, "action_keys"),
    "about": lambda user: trigger(user, "action_about"),
    "dtypes": lambda user: trigger(user, "action_dtypes"),
    "axis_name": lambda user: user.window.viewpoint.ask_name("A", 0),
    "tensor_menu": lambda user: pop_menu(user, "tensor_menu"),
    "copy_to_device": lambda user: pop_menu(user, "copy_to_device"),
    "axes": lambda user: pop_menu(user, "axes"),
    "language": lambda user: pop_menu(user, "language"),
    "theme": lambda user: pop_menu(user, "theme"),
    "surprises": lambda user: pop_menu(user, "surprises"),
    "shelf_menu": shelf_menu,
    "stage_menu": lambda user: menu_of(user.window.stage.view, QPoint(40, 40)),
    "grid_menu": grid_menu,
    "grid_axis_menu": grid_axis_menu,
    "index_popup": index_popup,
    "devices": combo,
    "operands": operands,
    "speeds": speeds,
    "menus": lambda user: user.find("menu_button").menu().popup(QPoint(12, 50)),
    "search": search,
}
"""By name; what they open, `close_all` closes, but for what is no window of its own: the grid and the search list."""
