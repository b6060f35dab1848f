"""Whatever is open over the window: it goes when it is closed, and outlives whatever happens under it."""

import gc
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QPlainTextEdit

from explorer.widgets.app import App
from explorer.widgets.settings import Settings
from explorer.widgets.speech.language import language
from explorer.workspace import edits
from tests.window.conftest import User
from tests.window.openings import OPENINGS, close_all, opened, pop_menu, shelf_menu
from tests.window.truth import rewind

TIMES = int(os.environ.get("SOAK_OPENINGS", "3"))


def objects() -> Counter[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    found = [thing for thing in shiboken6.getAllValidWrappers() if isinstance(thing, QObject)]
    roots = {id(thing): thing for thing in (*QApplication.topLevelWidgets(), *found) if thing.parent() is None}
    return Counter(type(child).__name__ for root in roots.values() for child in (root, *root.findChildren(QObject)))


def shut(user: Any) -> None:
    user.settled()
    close_all()
    user.window.search.close_popup()
    user.window.grid.close()
    user.window.resize(1280, 800)
    user.settled()


def test_nothing_stays_of_what_was_opened(user: Any) -> None:
    for name, show in OPENINGS.items():
        for _ in range(2):
            show(user)
            shut(user)
        before = objects()
        for _ in range(TIMES):
            show(user)
            shut(user)
        assert objects() - before == Counter(), name


def looks(user: Any) -> None:
    for mode in ("dark", "light"):
        user.window.appearance.wear(mode)
        user.settled()


def languages(user: Any) -> None:
    for code in ("zh_CN", "en"):
        old = user.window
        old.appearance.speak(code)
        user.qtbot.waitUntil(lambda old=old: not shiboken6.isValid(old))
        user.settled()


def drafts(user: Any) -> None:
    for op in ("sum", "matmul", "T", "softmax"):
        user.session.choose_operation(op)
        user.settled()


@pytest.mark.parametrize("change", [looks, languages, drafts])
def test_no_object_stays_of_a_change(user: Any, change: Callable[[Any], None]) -> None:
    for _ in range(2):
        change(user)
    before = objects()
    for _ in range(TIMES):
        change(user)
    assert objects() - before == Counter()


def rebuilt(user: Any) -> list[QAction]:
    """The actions of all menus that are filled when they open."""
    found: list[QAction] = []
    for name in ("axes", "copy_to_device", "tensor_menu"):
        pop_menu(user, name)
        found += user.window.menus.findChild(QMenu, name).actions()
        close_all()
    shelf_menu(user)
    (menu,) = [w for w in opened() if w.objectName() == "shelf_menu"]
    return [*found, *menu.actions()]


@pytest.mark.parametrize("gone", ["deleted", "reshaped"])
def test_the_actions_of_a_tensor_that_is_gone_do_nothing(user: Any, gone: str) -> None:
    stale = rebuilt(user)
    if gone == "deleted":
        user.session.change("all gone", lambda w: edits.delete(edits.delete(w, "A"), "W"))
    else:
        user.session.change("another", lambda w: edits.delete(w, "A").rename("W", "A").index("A", (0, 0), "B"))
    user.settled()
    for action in stale:
        if shiboken6.isValid(action):
            action.trigger()
            user.settled()
            close_all()
    assert "A" not in user.session.workspace or gone == "reshaped"
    menu = user.window.menus.findChild(QMenu, "axes")
    before = menu.actions()
    pop_menu(user, "axes")
    close_all()
    assert not any(shiboken6.isValid(action) for action in before)
    assert set(user.window.actions()).isdisjoint(menu.actions())


def change_all(user: Any) -> None:
    """Another theme, what was done last undone, and the tensor gone that it is about."""
    user.window.appearance.wear("dark")
    user.session.undo()
    user.session.change("gone", lambda w: edits.delete(w, "A"))


DEEDS: dict[str, Callable[[Any], object]] = {
    "changes": change_all,
    "language": lambda user: user.window.appearance.speak("zh_CN"),
}
ENDED = ("new", "open", "entries", "about", "dtypes", "axis_name", "axes", "index_popup", "grid_menu", "search")


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_open_outlives(user: Any, deed: str) -> None:
    for name, show in OPENINGS.items():
        user.window.resize(1280, 800)
        user.session.select("A")
        user.session.change("more", lambda w: w.duplicate("A"))
        user.settled()
        show(user)
        DEEDS[deed](user)
        QApplication.processEvents()
        user.settled()
        inside = [w for w in opened() if not isinstance(w, QFileDialog)]  # which would ask back, and block
        for field in (field for w in inside for field in w.findChildren(QLineEdit) if field.isVisible()):
            field.setText("1")
            field.returnPressed.emit()
        user.settled()
        shut(user)
        user.qtbot.waitUntil(lambda: not user.app._patience.isActive())  # the window in another language has come
        assert user.session.started, name
        rewind(user)
    user.window.appearance.wear("light")


def test_the_language_waits_for_a_dialog(user: Any) -> None:
    old = user.window
    user.window.findChild(QAction, "action_new").trigger()
    user.settled()
    (dialog,) = opened()
    text = dialog.findChild(QPlainTextEdit)
    text.setPlainText("[9, 8, 7]")
    old.appearance.speak("zh_CN")
    user.qtbot.wait(250)
    assert text.toPlainText() == "[9, 8, 7]"
    assert user.window is old
    dialog.submit()
    user.settled()
    user.qtbot.waitUntil(lambda: user.window is not old and user.window.isVisible())
    user.qtbot.waitUntil(lambda: not shiboken6.isValid(old))
    assert user.newest.tolist() == [9, 8, 7]
    assert language().code == "zh_CN"


def test_a_dialog_that_is_asked_for_while_the_language_changes(user: Any) -> None:
    old = user.window
    user.session.change("more", lambda w: w.duplicate("A"))
    old.findChild(QAction, "action_new").trigger()  # waits for its turn
    user.app.rebuild()
    user.settled()
    user.qtbot.wait(250)
    (dialog,) = [w for w in opened() if w.objectName() == "new_tensor"]
    dialog.close()
    user.qtbot.waitUntil(lambda: not shiboken6.isValid(old))


@pytest.mark.parametrize("name", ENDED)
def test_the_session_ends_under_it(qtbot: Any, name: str) -> None:
    app = App(Settings())
    app.window.resize(1280, 800)
    app.window.show()
    app.session.start()
    user = User(qtbot, app)
    user.settled()
    OPENINGS[name](user)
    app.end()
    app.deleteLater()
    QApplication.processEvents()
    assert opened() == []
