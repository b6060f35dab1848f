"""How the window divides its room: the picture has most of it, and what is said floats."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.errors import ExplorerError
from explorer.messages import Message
from explorer.ops import CATALOG, Family
from explorer.widgets.window.panes import Panes
from explorer.widgets.window.panes.drawer import PAGES

SIZES = [(1280, 800), (1024, 640), (1093, 614), (1920, 1080)]
REFUSED = ExplorerError(Message("errors", "No.", {}), "torch says no, and says why. " * 6)


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


def place(panes: Panes, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(panes, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_picture_has_at_least_half_of_the_window(panes: Panes, qtbot: QtBot, width: int, height: int) -> None:
    sized(panes, width, height)
    picture = panes.stage.view.size()
    assert panes.size().toTuple() == (width, height)
    assert picture.width() * picture.height() >= width * height / 2


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_that_is_said_moves_the_picture(panes: Panes, qtbot: QtBot, width: int, height: int) -> None:
    sized(panes, width, height)
    before = place(panes, panes.stage.view)
    panes.message_bar.show_error(REFUSED)
    words = "Words that need several lines. " * 20
    for label in (panes.stage.headline, panes.stage.step, panes.stage.arithmetic):
        label.setText(words)
    panes.draft_notes.show_promotion(words)
    panes.stage.title.say(panes.stage.badge, words)
    qtbot.waitUntil(lambda: panes.stage.caption.height() > 64)
    assert place(panes, panes.stage.view) == before
    notices = panes.findChild(QWidget, "notice_place")
    assert notices.isVisible()
    assert before.contains(place(panes, notices))
    panes.message_bar.clear()
    assert place(panes, panes.stage.view) == before


def test_no_sentence_is_cut_off_in_a_small_window(panes: Panes, qtbot: QtBot) -> None:
    panes.message_bar.show_error(REFUSED)
    sized(panes, 800, 600)
    labels: list[QWidget] = [w for w in panes.message_bar.findChildren(QLabel) if w.isVisible()]
    assert labels
    qtbot.waitUntil(lambda: all(w.height() >= w.heightForWidth(w.width()) for w in labels))


def test_a_small_laptop_has_room_for_the_whole_window(panes: Panes) -> None:
    for label in (panes.stage.headline, panes.stage.step, panes.stage.arithmetic):
        label.setText("A caption so long that it takes more than one line of the window. " * 3)
    panes.message_bar.show_error(REFUSED)
    panes.drawer.open("about")
    sized(panes, 1093, 545)
    assert panes.minimumSizeHint().height() <= 545
    assert panes.minimumSizeHint().width() <= 1024


def test_the_drawer_is_shut_at_first_and_shows_one_page_at_a_time(panes: Panes, qtbot: QtBot) -> None:
    sized(panes, 1280, 800)
    assert not panes.drawer.isVisible()
    turned: list[str] = []
    panes.drawer.turned.connect(turned.append)
    before = panes.stage.view.width()
    for name in PAGES:
        button = panes.drawer.edge.findChild(QToolButton, f"drawer_{name}")
        assert button.text()
        assert button.accessibleName()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert panes.drawer.isVisible()
        checked = [b.objectName() for b in panes.drawer.edge.findChildren(QToolButton) if b.isChecked()]
        assert checked == [f"drawer_{name}"]
        qtbot.waitUntil(lambda: panes.drawer.width() == 256)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not panes.drawer.isVisible()
    assert turned == [*PAGES, ""]
    qtbot.waitUntil(lambda: panes.stage.view.width() == before)


def test_a_page_that_is_none_is_not_opened(panes: Panes) -> None:
    panes.drawer.open("cover")
    assert not panes.drawer.isVisible()


def test_what_floats_stays_in_the_window_and_off_the_rail(panes: Panes) -> None:
    for width, height in SIZES:
        sized(panes, width, height)
        draft, search, run = (
            place(panes, w) for w in (panes.draft_bar, panes.search, panes.findChild(QWidget, "operation_run"))
        )
        assert panes.rect().contains(draft)
        assert draft.left() >= panes.rail.width()
        assert draft.bottom() < panes.top.height()
        assert draft.contains(search)
        assert not search.intersects(run)


def test_the_search_lies_over_the_draft_while_it_has_the_keyboard(panes: Panes, qtbot: QtBot) -> None:
    sized(panes, 1280, 800)
    panes.activateWindow()
    panes.stage.view.setFocus()
    narrow = place(panes, panes.search)
    panes.search.focus()
    assert place(panes, panes.search) == place(panes, panes.draft_bar.field)
    finds = panes.search.popup
    assert finds is not None
    assert finds.isVisible()
    assert finds.geometry().left() < panes.rail.width()
    assert finds.geometry().right() < panes.width() / 3  # the picture stays in sight
    qtbot.keyClick(panes.search, Qt.Key.Key_Escape)
    assert panes.stage.view.hasFocus()
    assert not finds.isVisible()
    assert place(panes, panes.search) == narrow
