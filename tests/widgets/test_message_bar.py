"""The bar says one sentence, and torch's own words below it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from explorer.errors import OpError
from explorer.messages import Message
from explorer.widgets.message.message_bar import MessageBar
from explorer.widgets.speech import announce

ERROR = OpError(
    Message("errors", "{n0} is {shape}: mean needs a floating dtype.", {"n0": "A", "shape": (3, 4)}),
    "mean(): could not infer output dtype. <b>Input</b> dtype must be floating",
)


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    result = MessageBar()
    qtbot.addWidget(result)
    return result


def label(bar: MessageBar, name: str) -> str:
    found = bar.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def click(qtbot: QtBot, bar: MessageBar, name: str) -> None:
    found = bar.findChild(QPushButton, name) or bar.findChild(QToolButton, name)
    assert found is not None
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_it_is_hidden_until_there_is_something_to_say(bar: MessageBar) -> None:
    assert bar.isHidden()
    assert bar.text == ""
    bar.show_error(ERROR)
    assert not bar.isHidden()
    bar.clear()
    assert bar.isHidden()
    assert bar.text == ""


def test_the_sentence_and_the_words_of_torch(bar: MessageBar) -> None:
    bar.show_error(ERROR)
    assert label(bar, "message_text") == "A is (3, 4): mean needs a floating dtype."
    assert label(bar, "message_detail") == ERROR.detail
    assert bar.accessibleName() == bar.text == f"A is (3, 4): mean needs a floating dtype.\n{ERROR.detail}"
    for name in ("message_text", "message_detail"):
        found = bar.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        assert found.textFormat() == Qt.TextFormat.PlainText
        assert found.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_copy_gives_everything_even_what_is_cut_on_the_screen(qtbot: QtBot, bar: MessageBar) -> None:
    long = "\n".join(f"line {i}" for i in range(40))
    bar.show_error(OpError(Message("errors", "It failed."), long))
    assert label(bar, "message_detail").endswith("…")
    click(qtbot, bar, "message_copy")
    assert QGuiApplication.clipboard().text() == f"It failed.\n{long}"


def test_the_action_is_done_once(qtbot: QtBot, bar: MessageBar) -> None:
    done: list[int] = []
    bar.show_error(ERROR, (Message("notes", "Convert to float32"), lambda _: done.append(1)))
    click(qtbot, bar, "message_action")
    assert done == [1]
    assert bar.isHidden()
    bar.show_note(Message("captions", "Now axis 1?"))
    action = bar.findChild(QPushButton, "message_action")
    assert isinstance(action, QPushButton)
    assert action.isHidden()


def test_an_action_may_say_something_itself(qtbot: QtBot, bar: MessageBar) -> None:
    action = (Message("notes", "Yes"), lambda _: bar.show_note(Message("captions", "Done.")))
    bar.show_note(Message("captions", "Now axis 1?"), action)
    click(qtbot, bar, "message_action")
    assert bar.text == "Done."
    assert not bar.isHidden()


def test_a_note_after_an_error_leaves_nothing_of_it(bar: MessageBar) -> None:
    bar.show_error(ERROR)
    bar.show_note(Message("captions", "Now axis 1?"))
    assert bar.text == "Now axis 1?"
    assert bar.property("kind") == "info"


def test_closing_says_so(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_error(ERROR)
    with qtbot.waitSignal(bar.closed):
        click(qtbot, bar, "message_close")
    assert bar.isHidden()


def test_an_error_is_announced_to_a_screen_reader(bar: MessageBar, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[QAccessibleEvent] = []
    monkeypatch.setattr(announce.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(announce.QAccessible, "updateAccessibility", told.append)
    bar.show_error(ERROR)
    assert [event.type() for event in told] == [QAccessible.Event.Alert, QAccessible.Event.Announcement]
    assert told[1].message() == bar.text  # type: ignore[attr-defined]
    told.clear()
    bar.show_note(Message("captions", "Now axis 1?"))
    assert [event.type() for event in told] == [QAccessible.Event.Announcement]
