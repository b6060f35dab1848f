"""The player moves t; the tests move its clock by hand and never wait."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QAbstractAnimation, QVariantAnimation
from PySide6.QtWidgets import QApplication

from explorer.widgets.stage.player import Player, marks


@dataclass(frozen=True)
class Step:
    seconds: float


@dataclass(frozen=True)
class Tale:
    steps: tuple[Step, ...]


TALE = Tale((Step(1.0), Step(1.0), Step(2.0)))


@pytest.fixture
def player(qapp: QApplication) -> Iterator[Player]:
    result = Player()
    result.set_animation(TALE)
    yield result
    result.pause()


def clock(player: Player) -> QVariantAnimation:
    found = player.findChild(QVariantAnimation, "player_clock")
    assert isinstance(found, QVariantAnimation)
    return found


def record(player: Player) -> list[object]:
    seen: list[object] = []
    player.moved.connect(seen.append)
    player.playing_changed.connect(seen.append)
    player.ended.connect(lambda: seen.append("ended"))
    return seen


def test_marks_share_time_by_seconds() -> None:
    assert marks(TALE) == (0.0, 0.25, 0.5, 1.0)
    assert marks(Tale(())) == (0.0, 1.0)
    assert marks(Tale((Step(0.0), Step(0.0)))) == (0.0, 1.0)
    assert marks(Tale(tuple(Step(0.1) for _ in range(7))))[-1] == 1.0


def test_it_plays_to_the_end_and_says_so(player: Player) -> None:
    seen = record(player)
    player.play()
    assert player.playing
    assert clock(player).duration() == 4000
    clock(player).setCurrentTime(1000)
    assert player.t == pytest.approx(0.25)
    clock(player).setCurrentTime(4000)
    assert player.t == 1.0
    assert not player.playing
    assert seen[0] is True
    assert seen[-2:] == [False, "ended"]
    assert seen.count("ended") == 1


def test_it_starts_again_from_the_end(player: Player) -> None:
    player.seek(1.0)
    player.play()
    assert 0.0 < player.t < 0.05  # it moves at once
    assert clock(player).duration() == 4000


def test_it_pauses_where_it_is_and_goes_on_from_there(player: Player) -> None:
    player.toggle()
    clock(player).setCurrentTime(2000)
    player.toggle()
    assert not player.playing
    assert clock(player).state() == QAbstractAnimation.State.Stopped
    assert player.t == pytest.approx(0.5)
    player.toggle()
    assert clock(player).duration() == 2000
    clock(player).setCurrentTime(1000)
    assert player.t == pytest.approx(0.75)


def test_it_glides_to_whole_steps(player: Player) -> None:
    seen = record(player)
    player.step(1)
    assert not player.playing
    clock(player).setCurrentTime(500)
    assert 0 < player.t < 0.25
    clock(player).setCurrentTime(1000)
    assert player.t == 0.25
    player.step(-1)
    assert clock(player).duration() == 350
    clock(player).setCurrentTime(350)
    assert player.t == 0.0
    assert "ended" not in seen


def test_a_second_step_on_the_way_first_arrives(player: Player) -> None:
    player.step(1)
    clock(player).setCurrentTime(300)
    player.step(1)
    assert player.t == 0.25
    clock(player).setCurrentTime(clock(player).duration())
    assert player.t == 0.5


@pytest.mark.parametrize(
    ("start", "by", "end"),
    [
        (0.1, 1, 0.25),
        (0.1, -1, 0.0),
        (0.25, 1, 0.5),
        (0.3, -1, 0.25),
        (0.5, -2, 0.0),
        (0.9, 5, 1.0),
        (0.0, -1, 0.0),
        (1.0, 1, 1.0),
    ],
)
def test_steps_lead_to_the_next_whole_step(player: Player, start: float, by: int, end: float) -> None:
    player.reduce_motion = True
    player.seek(start)
    player.step(by)
    assert player.t == end
    assert clock(player).state() == QAbstractAnimation.State.Stopped


def test_stepping_while_playing_stops_playing(player: Player) -> None:
    player.play()
    clock(player).setCurrentTime(1500)
    player.step(1)
    assert not player.playing
    clock(player).setCurrentTime(clock(player).duration())
    assert player.t == 0.5


def test_stepping_to_the_end_ends_once(player: Player) -> None:
    player.reduce_motion = True
    seen = record(player)
    for _ in range(5):
        player.step(1)
    assert seen.count("ended") == 1
    assert player.t == 1.0


def test_reduced_motion_plays_by_jumps(player: Player) -> None:
    player.reduce_motion = True
    seen: list[object] = []
    player.moved.connect(seen.append)
    player.play()
    for time in range(0, 4001, 100):
        clock(player).setCurrentTime(time)
    assert seen == [0.25, 0.5, 1.0]


def test_scrubbing_stops_and_clips(player: Player) -> None:
    player.play()
    player.seek(0.4)
    assert not player.playing
    player.seek(7)
    assert player.t == 1.0
    player.seek(-7)
    assert player.t == 0.0


def test_speed_changes_on_the_way_and_is_clipped(player: Player) -> None:
    player.play()
    clock(player).setCurrentTime(2000)
    player.speed = 2
    assert player.t == pytest.approx(0.5)
    assert clock(player).duration() == 1000
    player.speed = 99
    assert player.speed == 4.0
    player.speed = 0.01
    assert player.speed == 0.25


@pytest.mark.parametrize(("t", "number"), [(0.0, 0), (0.1, 1), (0.25, 1), (0.26, 2), (0.5, 2), (0.75, 3), (1.0, 3)])
def test_the_number_of_the_step(player: Player, t: float, number: int) -> None:
    player.seek(t)
    assert player.step_number == number


def test_nothing_to_play(player: Player) -> None:
    player.set_animation(None)
    seen = record(player)
    player.play()
    player.to_end()
    assert not player.playing
    assert "ended" not in seen


def test_another_animation_starts_at_its_start(player: Player) -> None:
    player.play()
    clock(player).setCurrentTime(2000)
    player.set_animation(Tale((Step(1.0),)))
    assert player.t == 0.0
    assert not player.playing
    assert player.marks == (0.0, 1.0)
