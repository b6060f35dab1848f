"""The player in the window: for every run, by mouse and keys, and through a change of language."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from explorer.session.lessons.surprises import SURPRISES

Key = Qt.Key


def slide(user: Any, share: float) -> None:
    """Click the slider at this share of its width."""
    slider = user.find("timeline_slider")
    user.click("timeline_slider", QPoint(round(slider.width() * share), slider.height() // 2))


@pytest.mark.parametrize("key", ["sqrt", "to"])
def test_an_operation_of_one_step_is_scrubbed_and_stepped_too(user: Any, key: str) -> None:
    user.operation(key)
    user.run()
    player = user.window.stage.player
    assert player.playing
    assert player.count == 1
    slide(user, 0.5)
    assert 0.4 < player.t < 0.6
    assert not player.playing
    user.click("to_end")
    assert player.t == 1.0
    user.click("to_start")
    assert player.t == 0.0


def test_the_keys_of_the_stage_act_on_the_slider(user: Any) -> None:
    user.run()
    slide(user, 0.5)
    slider = user.find("timeline_slider")
    assert slider.hasFocus()
    user.press(Key.Key_1, Key.Key_K, widget=slider)
    assert user.session.draft.arguments == {"dim": 1, "keepdim": True}
    user.press(Key.Key_Minus, Key.Key_2, widget=slider)
    assert user.session.draft.arguments["dim"] == -2
    user.press(Key.Key_Space, widget=slider)
    assert user.session.workspace.steps[-1].source() == "B = A.sum(dim=-2, keepdim=True)"
    assert user.window.stage.player.playing
    user.press(Key.Key_Space, widget=slider)
    assert not user.window.stage.player.playing
    user.press(Key.Key_Home, widget=slider)
    user.press(Key.Key_Right, widget=slider)
    user.window.stage.player.reduce_motion = True
    user.press(Key.Key_Right, widget=slider)
    assert user.window.stage.player.t > 0


def test_another_language_plays_on(user: Any) -> None:
    user.run()
    player = user.window.stage.player
    player.speed = 0.25
    player.seek(0.4)
    player.play()
    user.app.rebuild()
    user.settled()
    assert user.window.stage.player is not player
    assert user.window.stage.player.playing
    assert 0.4 <= user.window.stage.player.t < 0.9
    assert user.window.stage.player.speed == 0.25


@pytest.mark.parametrize("t", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("resized", [False, True])
def test_another_language_rests_at_the_same_moment(user: Any, t: float, resized: bool) -> None:
    user.run()
    user.window.stage.player.seek(t)
    if resized:
        user.session.set_stage((500.0, 300.0))
        user.settled()
    user.app.rebuild()
    user.settled()
    assert user.window.stage.player.t == t
    assert not user.window.stage.player.playing


def test_another_language_keeps_the_focused_cell(user: Any) -> None:
    user.run()
    user.window.stage.player.seek(1.0)
    user.window.stage.focus(1, 2)
    sentence = user.window.stage.arithmetic.text()
    user.app.rebuild()
    user.settled()
    assert user.window.stage.focused == (1, 2)
    assert user.window.stage.arithmetic.text() == sentence


@pytest.mark.parametrize("kind", ["refusal", "surprise"])
def test_another_language_says_the_open_message_in_its_own_words(user: Any, kind: str) -> None:
    if kind == "surprise":
        user.window.commands[f"surprise_{SURPRISES[0].key}"].trigger()
        user.settled()
    else:
        user.session.rename("A", "W")
        user.settled()
    english = user.window.message_bar.text
    assert english
    user.window.appearance.speak("zh_CN")
    user.qtbot.waitUntil(lambda: user.window.message_bar.text not in ("", english))
    user.settled()
    assert user.window.message_bar.isVisibleTo(user.window)
    user.window.appearance.speak("en")
    user.qtbot.waitUntil(lambda: user.window.message_bar.text == english)
    user.settled()


def test_another_language_before_the_run_still_says_what_to_press(user: Any) -> None:
    user.app.rebuild()
    user.settled()
    assert user.window.stage.player.t == 0.0
    assert "Space" in user.window.stage.step.text()


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_a_hint_and_the_steps_of_a_run_move_nothing(user: Any, size: tuple[int, int]) -> None:
    user.window.resize(*size)
    user.press(Qt.Key.Key_1)
    stage = user.window.stage
    stage.player.reduce_motion = True
    user.press(Qt.Key.Key_Space)
    stage.player.pause()
    seen = [stage.mapTo(user.window, stage.view.geometry().topLeft()), stage.view.size()]
    for t in (*stage.player.marks, 1.0):
        stage.player.seek(t)
        user.settled()
        QApplication.processEvents()
        assert [stage.mapTo(user.window, stage.view.geometry().topLeft()), stage.view.size()] == seen
    user.press(Qt.Key.Key_Home, Qt.Key.Key_End)
    assert user.window.message_bar.isVisible()
    QApplication.processEvents()
    assert [stage.mapTo(user.window, stage.view.geometry().topLeft()), stage.view.size()] == seen
