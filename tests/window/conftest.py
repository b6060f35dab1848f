"""The whole window, as a user has it: torch imported, the sample on the shelf, nothing under way."""

import gc
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.app import App, dressed
from explorer.widgets.faults import crash
from explorer.widgets.settings import Settings
from explorer.workspace import edits

PATIENCE = 300  # seconds: what is large takes long where every core has other work


@pytest.fixture(autouse=True)
def faults() -> Iterator[list[BaseException]]:
    """Faults caught by guards and slots; a test that provokes some takes them out of the list."""
    caught: list[BaseException] = []
    previous = crash.divert(caught.append)
    yield caught
    crash.divert(previous)
    if caught:
        raise AssertionError(f"{len(caught)} fault(s) were caught") from caught[0]


class User:
    """Acts on the window by object names, as with mouse and keys, and waits for what it asked for."""

    def __init__(self, qtbot: QtBot, app: App) -> None:
        self.qtbot, self.app = qtbot, app

    @property
    def window(self) -> Any:
        return self.app.window

    @property
    def session(self) -> Any:
        return self.app.session

    def settled(self) -> None:
        """Wait until nothing is under way, and no longer."""
        session, end = self.session, time.monotonic() + PATIENCE
        while not session.started or session.busy or not session.idle:
            assert time.monotonic() < end, "what is under way does not end"
            QTest.qWait(1)

    def find(self, name: str, kind: type[QWidget] = QWidget) -> Any:
        """What is seen by that name; its page of the drawer is opened, or its family unfolded, where it has one."""
        found = [w for w in self.window.findChildren(kind, name) if w.isVisibleTo(self.window)]
        for hidden in [] if found else self.window.findChildren(kind, name):
            page = self.window.panes.drawer.page_of(hidden)
            if page not in ("", self.window.panes.drawer.page):
                self.click(f"drawer_{page}")
            family = self.window.panes.operations.family_of(hidden)
            if family is not None and hidden.isHidden() is False:
                self.qtbot.mouseClick(family, Qt.MouseButton.LeftButton)
            found = [hidden] if hidden.isVisibleTo(self.window) else found
        assert found, f"there is no visible {name}"
        return found[0]

    def click(self, name: str, at: QPoint | None = None) -> None:
        widget = self.find(name)
        assert widget.isEnabled(), f"{name} cannot be clicked"
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
        self.settled()

    def press(self, *keys: Qt.Key, widget: QWidget | None = None) -> None:
        for key in keys:
            self.qtbot.keyClick(widget or self.window.stage.view, key)
        self.settled()

    def choose(self, name: str, text: str) -> None:
        """Choose `text` in a combo box, with the keyboard."""
        combo = self.find(name, QComboBox)
        index = combo.findText(text)
        assert index >= 0, f"{name} has no {text}: {[combo.itemText(i) for i in range(combo.count())]}"
        combo.setFocus()
        while combo.currentIndex() != index:
            before = combo.currentIndex()
            self.qtbot.keyClick(combo, Qt.Key.Key_Down if before < index else Qt.Key.Key_Up)
            assert combo.currentIndex() != before
        combo.activated.emit(index)
        self.settled()

    def type(self, name: str, text: str) -> None:
        field = self.find(name, QLineEdit)
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.settled()

    def operation(self, key: str) -> None:
        """Choose an operation in the panel, in its family."""
        self.click(f"operation_{key.replace('.', '_')}")
        assert self.session.draft.op.name == key

    def run(self) -> None:
        self.click("operation_run")

    def make(self, name: str, values: torch.Tensor) -> None:
        """A typed tensor on the shelf, made current."""
        from explorer.workspace import Definition

        self.session.create(name, Definition.typed(values))
        self.settled()
        self.session.select(name)
        self.settled()

    def whole_numbers(self) -> None:
        """A of the sample as `torch.arange(12)` gives it, without a point."""
        from explorer.workspace import Definition

        whole = Definition("arange", {"end": 12}, shape=(3, 4))
        self.session.change("whole numbers", lambda w: edits.redefine(w, "A", whole), "A")
        self.settled()

    @property
    def newest(self) -> torch.Tensor:
        """The result of the newest step."""
        workspace = self.session.workspace
        return workspace[workspace.steps[-1].outputs[0]].tensor()


@pytest.fixture(autouse=True)
def small_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has been frozen stays so, and what a window makes is not: test_garbage.py has it as it is."""
    light = SimpleNamespace(**{**vars(gc), "freeze": lambda: None, "unfreeze": lambda: None})
    monkeypatch.setattr("explorer.widgets.garbage.gc", light)


def let_go(window: QWidget) -> None:
    """Close menus and release the mouse, whatever a test left: the next one would find it so."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        if QGuiApplication.mouseButtons() & button:
            QTest.mouseRelease(window, button)


@pytest.fixture
def start(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], User]]:
    """A function that opens the window; it is closed after the test."""
    running: list[App] = []
    monkeypatch.setattr("explorer.widgets.app.PATIENCE_MS", 5)  # a window that has to wait looks more often

    def begin(**settings: str) -> User:
        kept = Settings()
        dressed(kept, settings.get("language", "en"), settings.get("theme", "light"))
        app = App(kept)
        running.append(app)
        app.window.resize(1280, 800)
        app.window.show()
        qtbot.waitExposed(app.window)
        app.session.start()
        user = User(qtbot, app)
        user.settled()
        return user

    yield begin
    from explorer.widgets.speech.language import language

    for app in running:
        let_go(app.window)
        app.end()
        app.deleteLater()
    language().use("en")


@pytest.fixture
def user(start: Callable[[], User]) -> User:
    return start()
