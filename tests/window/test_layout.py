"""The layout of the real window: how much of it the picture has, that nothing moves it, the drawer, the projector."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget

from explorer.widgets.app import App, dressed
from explorer.widgets.look import theme
from explorer.widgets.settings import Settings
from explorer.widgets.stage.lettering import letterings
from explorer.widgets.stage.style import style_of
from explorer.widgets.window.panes.drawer import PAGES

Key = Qt.Key
SIZES = [(1280, 800), (1024, 640), (1093, 614), (1920, 1080)]


def picture(user: Any) -> QRect:
    view = user.window.stage.view
    return QRect(view.mapTo(user.window, QPoint(0, 0)), view.size())


def sized(user: Any, width: int, height: int) -> None:
    user.window.resize(width, height)
    QApplication.processEvents()
    user.settled()


@pytest.mark.parametrize("words", ["en", "zh_CN"])
def test_the_picture_has_half_of_the_window_and_the_draft_one_line(start: Callable[..., Any], words: str) -> None:
    user = start(language=words)
    for width, height in SIZES:
        sized(user, width, height)
        place = picture(user)
        assert place.width() * place.height() >= width * height / 2, (width, height)
        assert user.window.draft_bar.geometry().bottom() < user.window.panes.top.height(), (width, height)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_moves_the_picture(user: Any, width: int, height: int) -> None:
    sized(user, width, height)
    before = picture(user)
    buttons = {name: user.find(name).mapTo(user.window, QPoint(0, 0)) for name in ("basic_sum", "operation_run")}
    user.run()
    user.window.stage.player.to_end()
    user.settled()
    assert "Axis 0 went" in user.window.message_bar.text
    assert picture(user) == before
    for key in ("mean", "to", "matmul", "einsum"):
        user.operation(key)
        user.window.draft_bar.run()
        user.settled()
        assert picture(user) == before, key
    user.make("L", torch.ones(400, 400))
    assert picture(user) == before
    if height >= 700:
        now = {name: user.find(name).mapTo(user.window, QPoint(0, 0)) for name in buttons}
        assert now["operation_run"] == buttons["operation_run"]


def test_the_first_painting_is_what_it_will_be(qtbot: Any, start: Callable[..., Any]) -> None:
    settings = Settings()
    dressed(settings, "en", "light")
    app = App(settings)
    app.window.resize(1280, 800)
    app.window.show()
    qtbot.waitExposed(app.window)
    parts = (
        app.window.stage.view,
        app.window.draft_bar,
        app.window.panes.rail,
        app.window.panes.code,
        app.window.search,
    )

    def places() -> list[QRect]:
        return [QRect(part.mapTo(app.window, QPoint(0, 0)), part.size()) for part in parts]

    before = places()
    app.session.start()
    qtbot.waitUntil(lambda: app.session.started and app.session.idle and not app.session.busy, timeout=60_000)
    assert app.window.stage.staged is not None
    assert places() == before
    app.end()
    app.deleteLater()


def test_keys_open_and_shut_the_pages_and_the_last_one_is_remembered(user: Any, start: Callable[..., Any]) -> None:
    drawer, view = user.window.panes.drawer, user.window.stage.view
    for number, name in enumerate(PAGES):
        QTest.keyClick(view, Key(Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
        assert drawer.page == name
        assert drawer.isVisible()
    QTest.keyClick(view, Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert not drawer.isVisible()
    QTest.keyClick(view, Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert user.find("bits_cell", QLabel).text().startswith("A[0, 1] = 1")
    assert start().window.panes.drawer.page == "types"


def test_a_click_on_the_heading_of_a_tensor_opens_what_there_is_to_know(user: Any) -> None:
    user.run()
    user.window.stage.player.to_end()
    user.session.select("A")
    user.settled()
    view, found = user.window.stage.view, {}
    for y in range(0, view.height(), 6):
        for x in range(0, view.width(), 6):
            found.setdefault(view.heading_at(QPoint(x, y).toPointF()), QPoint(x, y))
    draft = user.session.draft
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=found["A"])
    user.settled()
    assert user.find("inspector_name", QLabel).text() == "A"
    assert user.window.panes.drawer.page == "about"
    assert user.find("inspector_dtype", QLabel).text() == "float32"
    assert user.session.draft == draft


def test_all_menus_stand_behind_one_button_and_alt_shows_them_as_a_bar(user: Any) -> None:
    menus = user.window.menus
    behind = user.find("menu_button", QToolButton).menu().actions()
    assert behind == menus.actions()
    assert menus.geometry().bottom() < 0
    for event in (QTest.keyPress, QTest.keyRelease):
        event(user.window.stage.view, Key.Key_Alt)
    assert menus.hasFocus()
    assert menus.geometry().top() == 0
    user.qtbot.keyClick(menus, Key.Key_Escape)
    assert user.window.stage.view.hasFocus()
    assert menus.geometry().bottom() < 0


def test_what_was_used_last_is_offered_at_the_next_start(user: Any, start: Callable[..., Any]) -> None:
    user.operation("cumsum")
    user.window.close()
    other = start()
    other.click("last_cumsum")
    assert other.session.draft.op.name == "cumsum"


# --- for a projector ---


def numbers(user: Any) -> list[float]:
    """The sizes of the numbers in cells, in pixels."""
    view = user.window.stage.view
    style = style_of(theme.current(), "viridis", view._style.zoom)
    return [lettering.size for lettering in letterings(view.frame, view.place(), style) if lettering is not None]


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_a_projector_shows_call_picture_caption_and_timeline_large(user: Any, width: int, height: int) -> None:
    user.press(Key.Key_F11)
    sized(user, width, height)
    assert user.find("call_text", QLabel).text() == "A.sum(dim=0)"
    assert user.find("call_shapes", QLabel).text() == "(3, 4) → (4,)"
    assert "Run" not in user.find("step_caption", QLabel).text()
    assert min(numbers(user)) >= 28
    user.press(Key.Key_Space)
    user.window.stage.player.to_end()
    user.settled()
    assert min(numbers(user)) >= 28
    assert picture(user).height() > 0.6 * height
    seen = [w for w in user.window.findChildren(QWidget) if w.isVisible() and callable(getattr(w, "text", None))]
    seen = [w for w in seen if w.text() and user.window.rect().contains(w.mapTo(user.window, QPoint(0, 0)))]
    assert {w.objectName() for w in seen} >= {"call_text", "headline", "step_caption", "arithmetic", "step_text"}
    small = {w.objectName(): w.fontInfo().pixelSize() for w in seen if w.fontInfo().pixelSize() < 20}
    assert not small


def test_the_search_opens_over_the_picture(user: Any) -> None:
    user.press(Key.Key_F11)
    before = picture(user)
    QTest.keyClick(user.window.stage.view, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = user.find("operation_search", QLineEdit)
    assert search.hasFocus()
    assert user.window.rect().contains(QRect(search.mapTo(user.window, QPoint(0, 0)), search.size()))
    assert search.fontInfo().pixelSize() >= 20
    QTest.keyClicks(search, "mean")
    QTest.keyClick(search, Key.Key_Return)
    user.settled()
    assert user.session.draft.op.name == "mean"
    assert search.y() < -search.height() / 2
    assert picture(user) == before
    assert user.window.panes.projecting


def test_a_draft_line_that_is_broken_lies_over_the_picture(user: Any) -> None:
    user.make("x", torch.ones(2, 2, 3, 4))
    user.window.resize(1000, 614)
    user.session.select("x")
    user.operation("sum")
    bar = user.window.draft_bar
    assert bar.height() > 60
    for y in (8, bar.height() - 8):
        found = user.window.childAt(bar.mapTo(user.window, QPoint(bar.width() // 3, y)))
        assert found is bar or bar.isAncestorOf(found)
