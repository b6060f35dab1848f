"""Texts of others are letters: names in files, typed texts and errors are never markup, mnemonics or marks.

Each holds a picture whose file a reader of markup would open; the system tells when somebody does.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from explorer.errors import OpError
from explorer.messages import Message
from explorer.widgets.faults.crash_dialog import CrashDialog, Fault
from explorer.widgets.look.literal import in_title, literal
from tests.window.openings import OPENINGS, close_all, opened

OPENED = 0x20  # IN_OPEN of inotify


class Watch:
    """Counts how often a file is opened, by whomever."""

    def __init__(self, path: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._events = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._libc.inotify_add_watch(self._events, os.fsencode(path), OPENED) >= 0

    def count(self) -> int:
        try:
            return len(os.read(self._events, 1 << 16)) // struct.calcsize("iIII")
        except BlockingIOError:
            return 0

    def close(self) -> None:
        os.close(self._events)


@pytest.fixture
def picture(tmp_path: Path, qapp: QApplication) -> Path:
    path = tmp_path / "p.png"
    pixmap = QPixmap(8, 8)
    pixmap.fill(Qt.GlobalColor.red)
    assert pixmap.save(str(path))
    return path


@pytest.fixture
def watch(picture: Path) -> Iterator[Watch]:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells who opens a file")
    made = Watch(picture)
    yield made
    made.close()


def tip_of(widget: QWidget, place: QPoint) -> QLabel | None:
    """The tooltip at that place, as resting the mouse there shows it."""
    QToolTip.hideText()
    target = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
    QApplication.sendEvent(target, QHelpEvent(QEvent.Type.ToolTip, place, target.mapToGlobal(place)))
    found = [w for w in QApplication.topLevelWidgets() if w.objectName() == "qtooltip_label" and w.isVisible()]
    return found[-1] if found else None  # type: ignore[return-value]


def indices(model: QAbstractItemModel) -> Iterator[QModelIndex]:
    root = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else min(model.columnCount(root), 8)
    for row in range(min(model.rowCount(root), 12)):
        for column in range(columns):
            yield model.index(row, column)


def check_window(window: QWidget) -> None:
    """That all texts in a window are shown as they stand."""
    for widget in (window, *window.findChildren(QWidget)):
        if not isValid(widget):  # a tooltip that has gone meanwhile
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel) and widget.isVisible():
            assert widget.textFormat() == Qt.TextFormat.PlainText, where
        assert "<" not in widget.whatsThis(), where
        assert "<" not in widget.statusTip(), where
        if widget.isVisible() and widget.toolTip():
            tip = tip_of(widget, widget.rect().center())
            assert tip is None or tip.textFormat() == Qt.TextFormat.PlainText, where
        if isinstance(widget, QAbstractItemView) and widget.isVisible() and widget.model() is not None:
            for index in indices(widget.model()):
                assert not index.data(Qt.ItemDataRole.WhatsThisRole), where
                tip = tip_of(widget, widget.visualRect(index).center())
                assert tip is None or tip.textFormat() == Qt.TextFormat.PlainText, where
        if isinstance(widget, QComboBox):
            assert all(not widget.itemData(k, Qt.ItemDataRole.WhatsThisRole) for k in range(widget.count())), where
    for action in window.findChildren(QAction):
        assert "<" not in action.whatsThis(), action.objectName()
    QToolTip.hideText()
    window.grab()


def hostile_user(user: Any, picture: Path, folder: Path) -> str:
    """Markup in every name: of a file, of its tensors, of an axis, in typed fields, in an error."""
    markup = f"<img src='{picture}'>"
    path = folder / "<b>b & [*].pt"
    torch.save({markup: torch.ones(2, 3), f"&x {markup}": torch.ones(3)}, path)
    user.window.files.open([path])
    user.settled()
    name = user.session.state.inspected
    assert markup in user.session.workspace[name].label
    user.window.viewpoint.name_axis(name, 0, "<b>&a</b>")
    user.settled()
    user.operation("sum")
    user.window.search.setText(markup)
    error = OpError(Message("errors", f"{markup} is refused."), f"{markup} says torch")
    user.window.message.failed(error, (Message("errors", f"&go {markup}"), lambda window: None))
    user.settled()
    return markup


def fill(window: QWidget, markup: str) -> None:
    for field in window.findChildren(QLineEdit):
        if not field.isReadOnly():
            field.setText(markup)
    for text in window.findChildren(QPlainTextEdit):
        if not text.isReadOnly():
            text.setPlainText(markup)
    QApplication.processEvents()


def test_no_text_of_others_is_read_as_markup(user: Any, picture: Path, watch: Watch, tmp_path: Path) -> None:
    markup = hostile_user(user, picture, tmp_path)
    crash = CrashDialog()
    crash.show_fault(Fault(markup, f"{markup}\n{markup}"))
    check_window(crash)
    crash.close()
    check_window(user.window)
    for name, show in OPENINGS.items():
        if name == "axis_name":
            user.window.viewpoint.ask_name(user.session.state.inspected, 0)
        else:
            show(user)
        user.settled()
        for window in opened():
            if "file" not in type(window).__name__.lower():
                fill(window, markup)
            user.settled()
            check_window(window)
        check_window(user.window)
        close_all()
        user.window.grid.close()
        user.window.resize(1280, 800)
        user.settled()
    assert watch.count() == 0


@pytest.mark.parametrize("kind", [QLabel, QMessageBox, QInputDialog, QPushButton])
def test_any_widget_at_all_is_plain(user: Any, picture: Path, watch: Watch, kind: type[QWidget]) -> None:
    markup = f"<img src='{picture}'>"
    widget = kind(user.window)
    if isinstance(widget, QMessageBox):
        widget.setInformativeText(markup)
        widget.setDetailedText(markup)
    if isinstance(widget, QInputDialog):
        widget.setLabelText(markup)
    else:
        widget.setText(markup)  # type: ignore[attr-defined]
    widget.setToolTip(markup)
    widget.show()
    check_window(widget)
    assert watch.count() == 0
    widget.close()
    widget.deleteLater()


def test_the_watch_sees_a_picture_that_is_read(user: Any, picture: Path, watch: Watch) -> None:
    label = QLabel(user.window)
    label.show()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(f"<img src='{picture}'>")
    label.grab()
    assert watch.count() > 0
    label.deleteLater()


def test_signs_that_buttons_and_titles_have_a_use_for(user: Any, picture: Path, tmp_path: Path) -> None:
    hostile_user(user, picture, tmp_path)
    bar = user.window.message_bar
    assert bar.findChild(QPushButton, "message_action").text().startswith("&&go ")
    assert "<b>b && [*].pt" in user.window.findChild(QAction, "action_undo").text()
    assert literal("a & b\tc") == "a && b\N{REPLACEMENT CHARACTER}c"
    assert in_title("a[*].pt") == "a[*][*].pt"
    OPENINGS["axes"](user)
    texts = [a.text() for w in opened() for a in w.actions() if a.text()]
    assert any("<b>&&a</b>" in text for text in texts)
    close_all()
    OPENINGS["entries"](user)
    (dialog,) = opened()
    assert "[*][*]" in dialog.windowTitle()
    close_all()
