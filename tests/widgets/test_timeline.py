"""The timeline moves the player and shows where it stands, by mouse and by keys."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt, QVariantAnimation
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from explorer.widgets.stage.player import SPEEDS, Player
from explorer.widgets.stage.timeline import Timeline
from explorer.widgets.stage.timeline_slider import TimelineSlider


@dataclass(frozen=True)
class Step:
    seconds: float


@dataclass(frozen=True)
class Tale:
    steps: tuple[Step, ...]


@pytest.fixture
def timeline(qtbot: QtBot) -> Iterator[Timeline]:
    player = Player()
    player.reduce_motion = True
    result = Timeline(player)
    qtbot.addWidget(result)
    result.resize(700, 60)
    result.show()
    player.set_animation(Tale(tuple(Step(1.0) for _ in range(4))))
    yield result
    player.pause()


def player(timeline: Timeline) -> Player:
    return timeline._player


def button(timeline: Timeline, name: str) -> QToolButton:
    found = timeline.findChild(QToolButton, name)
    assert isinstance(found, QToolButton), name
    return found


def click(qtbot: QtBot, timeline: Timeline, name: str) -> None:
    qtbot.mouseClick(button(timeline, name), Qt.MouseButton.LeftButton)


def step_text(timeline: Timeline) -> str:
    label = timeline.findChild(QLabel, "step_text")
    assert isinstance(label, QLabel)
    return label.text()


def test_buttons_go_step_by_step_and_to_the_ends(qtbot: QtBot, timeline: Timeline) -> None:
    seen = []
    for name in ("step_forward", "step_forward", "step_back", "to_end", "to_start"):
        click(qtbot, timeline, name)
        seen.append((player(timeline).t, step_text(timeline)))
    assert seen == [
        (0.25, "step 1 of 4"),
        (0.5, "step 2 of 4"),
        (0.25, "step 1 of 4"),
        (1.0, "step 4 of 4"),
        (0.0, "step 0 of 4"),
    ]


def test_play_pause_and_again_are_said(qtbot: QtBot, timeline: Timeline) -> None:
    play = button(timeline, "play_button")
    assert play.accessibleName() == "Play"
    click(qtbot, timeline, "play_button")
    assert player(timeline).playing
    assert play.accessibleName() == "Pause"
    click(qtbot, timeline, "play_button")
    assert not player(timeline).playing
    assert play.accessibleName() == "Play"
    click(qtbot, timeline, "to_end")
    assert play.accessibleName() == "Play again"


def test_space_presses_the_focused_button(qtbot: QtBot, timeline: Timeline) -> None:
    forward = button(timeline, "step_forward")
    forward.setFocus()
    qtbot.keyClick(forward, Qt.Key.Key_Space)
    assert player(timeline).t == 0.25


@pytest.mark.parametrize(
    ("key", "t"),
    [
        (Qt.Key.Key_Right, 0.75),
        (Qt.Key.Key_PageDown, 0.75),
        (Qt.Key.Key_Left, 0.25),
        (Qt.Key.Key_PageUp, 0.25),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_End, 1.0),
        (Qt.Key.Key_X, 0.5),
    ],
)
def test_keys_on_the_slider(qtbot: QtBot, timeline: Timeline, key: Qt.Key, t: float) -> None:
    player(timeline).seek(0.5)
    qtbot.keyClick(timeline.slider, key)
    assert player(timeline).t == t


def test_the_slider_is_dragged(qtbot: QtBot, timeline: Timeline) -> None:
    slider = timeline.slider
    middle = slider.height() // 2
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 3, middle))
    first = player(timeline).t
    qtbot.mouseMove(slider, QPoint(slider.width() // 2 + 3, middle))
    assert 0.25 < first < 0.5
    assert player(timeline).t == 0.5  # near a tick the whole step is meant
    qtbot.mouseMove(slider, QPoint(slider.width() + 50, middle))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton)
    assert player(timeline).t == 1.0
    qtbot.mouseMove(slider, QPoint(5, middle))
    assert player(timeline).t == 1.0


def test_the_slider_shows_where_it_is(timeline: Timeline) -> None:
    player(timeline).seek(0.3)
    assert timeline.slider.value() == 3000
    assert player(timeline).t == 0.3  # showing asks for nothing


def test_a_screen_reader_moves_the_slider(timeline: Timeline) -> None:
    slider = timeline.findChild(TimelineSlider, "timeline_slider")
    assert isinstance(slider, TimelineSlider)
    slider.triggerAction(TimelineSlider.SliderAction.SliderToMaximum)
    assert player(timeline).t == 1.0


def test_the_speed_is_chosen(timeline: Timeline) -> None:
    menu = timeline.findChild(QMenu, "speed_menu")
    assert isinstance(menu, QMenu)
    assert [action.data() for action in menu.actions()] == list(SPEEDS)
    next(action for action in menu.actions() if action.data() == 2.0).trigger()
    assert player(timeline).speed == 2.0
    assert button(timeline, "speed_button").text() == "2×"
    player(timeline).speed = 0.5
    assert [action.data() for action in menu.actions() if action.isChecked()] == [0.5]


def test_nothing_to_play_asks_for_a_run(qtbot: QtBot, timeline: Timeline) -> None:
    player(timeline).set_animation(None)
    assert not button(timeline, "step_forward").isEnabled()
    assert step_text(timeline) == ""
    with qtbot.waitSignal(timeline.play_requested):
        click(qtbot, timeline, "play_button")


def test_every_part_has_a_name_to_be_read(timeline: Timeline) -> None:
    assert all(found.accessibleName() for found in timeline.findChildren(QToolButton))
    assert timeline.slider.accessibleName()
    assert timeline.accessibleName()


def test_playing_moves_the_slider(qtbot: QtBot, timeline: Timeline) -> None:
    player(timeline).reduce_motion = False
    click(qtbot, timeline, "play_button")
    clock = player(timeline).findChild(QVariantAnimation, "player_clock")
    assert isinstance(clock, QVariantAnimation)
    clock.setCurrentTime(1500)
    assert timeline.slider.value() == 3750
    assert step_text(timeline) == "step 2 of 4"
