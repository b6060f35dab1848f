"""What the window leaves out when it is small, and what opens instead."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.errors import ExplorerError
from explorer.messages import Message
from explorer.ops import CATALOG, Family
from explorer.widgets.window.panes import Panes


@pytest.fixture
def panes(qtbot: QtBot) -> Panes:
    found = Panes()
    qtbot.addWidget(found)
    found.operations.show_catalog(op for op in CATALOG.values() if op.family is not Family.CREATION)
    found.show()
    return found


def sized(panes: Panes, width: int, height: int) -> None:
    panes.resize(width, height)
    panes.fit(width, height)


def test_a_wide_window_shows_all_panels(panes: Panes) -> None:
    sized(panes, 1280, 800)
    assert panes.operations.isVisible()
    assert not panes.operations_button.isVisible()
    assert panes.inspector.isVisible()
    assert panes.code.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_in_a_narrow_window_a_button_opens_the_operations(panes: Panes, qtbot: QtBot) -> None:
    sized(panes, 1093, 545)
    assert panes.operations_button.isVisible()
    assert not panes.operations.isVisible()
    qtbot.mouseClick(panes.operations_button, Qt.MouseButton.LeftButton)
    assert panes.operations.isVisible()
    button = panes.operations.findChild(QPushButton, "operation_mean")
    with qtbot.waitSignal(panes.operations.operation_chosen) as chosen:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen.args == ["mean"]
    assert not panes.operations.isVisible()
    sized(panes, 1280, 800)
    assert panes.operations.isVisible()
    assert panes.isAncestorOf(panes.operations)


@pytest.mark.parametrize("height", [545, 800])
def test_a_message_lies_under_the_draft_and_moves_nothing(panes: Panes, height: int) -> None:
    def places() -> list[QRect]:
        for _ in range(5):  # a layout within a layout comes a turn later
            QTest.qWait(0)
        parts = (panes.draft_bar, panes.stage, panes.code)
        return [QRect(w.mapTo(panes, QPoint(0, 0)), w.size()) for w in parts if w.isVisible()]

    sized(panes, 1093, height)
    before = places()
    panes.message_bar.show_error(ExplorerError(Message("errors", "No.", {}), "torch says no"))
    assert places() == before
    assert panes.message_bar.isVisible()
    bar = QRect(panes.message_bar.mapTo(panes, QPoint(0, 0)), panes.message_bar.size())
    draft, stage, _ = before
    assert draft.bottom() < bar.top() <= stage.top()
    assert (bar.left(), bar.width()) == (draft.left(), draft.width())
    panes.message_bar.clear()
    assert not panes.message_bar.isVisible()
    assert places() == before


@pytest.mark.parametrize("words", ["", "A caption so long that it takes more than one line of the window. " * 3])
def test_a_small_laptop_has_room_for_the_whole_window(panes: Panes, words: str) -> None:
    for label in (panes.stage.headline, panes.stage.step, panes.stage.arithmetic):
        label.setText(words)
        label.setVisible(bool(words))
    panes.message_bar.show_error(ExplorerError(Message("errors", "No.", {}), "torch says no\n" * 3))
    sized(panes, 1093, 545)
    assert panes.minimumSizeHint().height() <= 545
    assert panes.minimumSizeHint().width() <= 1093


def test_no_sentence_is_cut_off_in_a_small_window(panes: Panes, qtbot: QtBot) -> None:
    detail = "torch says no, and says it in so many words that one line of the bar cannot hold them. " * 2
    panes.message_bar.show_error(ExplorerError(Message("errors", "No.", {}), detail))
    sized(panes, 800, 600)
    labels: list[QWidget] = [w for w in panes.message_bar.findChildren(QLabel) if w.isVisible()]
    assert labels
    qtbot.waitUntil(lambda: all(w.height() >= w.heightForWidth(w.width()) for w in labels))
