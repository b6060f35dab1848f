"""Time: the one place that knows that it passes.

A frame is a function of t in [0, 1]; the player only chooses t: playing, pausing, stepping to whole steps, scrubbing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

from PySide6.QtCore import QAbstractAnimation, QObject, QVariantAnimation, Signal

SPEEDS = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)
TICK_MS = 16
_BACK_SECONDS = 0.35  # looking back is not watching
_NEAR = 1e-6


class Timed(Protocol):
    """A step that lasts `seconds` at speed 1."""

    @property
    def seconds(self) -> float: ...


class Playable(Protocol):
    """What can be played: steps, one after another, that share [0, 1] by their seconds."""

    @property
    def steps(self) -> Sequence[Timed]: ...


def marks(animation: Playable) -> tuple[float, ...]:
    """The times of the whole steps: 0, then the end of each step; the last is exactly 1.0."""
    seconds = [max(step.seconds, 0.0) for step in animation.steps]
    total = sum(seconds)
    if not seconds or total <= 0:
        return (0.0, 1.0)
    return (0.0, *(done / total for done in accumulate(seconds[:-1])), 1.0)


class Player(QObject):
    """Plays an animation by moving t. `moved` carries t; `ended` comes when playing or stepping reaches the end."""

    moved = Signal(object)
    playing_changed = Signal(bool)
    speed_changed = Signal(object)
    animation_changed = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = 0.0
        self._marks: tuple[float, ...] = (0.0, 1.0)
        self._count = 0
        self._t = 0.0
        self._speed = 1.0
        self._playing = False
        self._target = 1.0
        self.reduce_motion = False
        self._clock = QVariantAnimation(self)
        self._clock.setObjectName("player_clock")
        self._clock.valueChanged.connect(self._tick)
        self._clock.finished.connect(self._arrived)

    @property
    def t(self) -> float:
        """The time that is shown, 0 to 1."""
        return self._t

    @property
    def playing(self) -> bool:
        """Whether it plays by itself; gliding to a whole step is not playing."""
        return self._playing

    @property
    def marks(self) -> tuple[float, ...]:
        """The times of the whole steps, from 0.0 to 1.0: one more than there are steps."""
        return self._marks

    @property
    def count(self) -> int:
        """How many steps there are; 0 for a still picture or nothing."""
        return self._count

    @property
    def step_number(self) -> int:
        """The step that is shown, from 1; at a mark, the one that ends there. 0 at the very start."""
        return min(bisect_left(self._marks, self._t - _NEAR), self._count)

    @property
    def speed(self) -> float:
        """How many times faster than told, 0.25 to 4."""
        return self._speed

    @speed.setter
    def speed(self, value: float) -> None:
        value = min(max(float(value), SPEEDS[0]), SPEEDS[-1])
        if value == self._speed:
            return
        self._speed = value
        if self._playing:
            self._run(1.0, (1.0 - self._t) * self._seconds / value)
        self.speed_changed.emit(value)

    def set_animation(self, animation: Playable | None, t: float = 0.0) -> None:
        """Show another animation, paused at `t`; None for nothing to play."""
        self._stop()
        self._count = len(animation.steps) if animation is not None else 0
        self._marks = marks(animation) if animation is not None else (0.0, 1.0)
        self._seconds = sum(max(step.seconds, 0.0) for step in animation.steps) if animation is not None else 0.0
        self._t = t
        self.animation_changed.emit()
        self.moved.emit(self._t)

    def play(self) -> None:
        """Play on to the end; from the end, start again."""
        if self._count == 0:
            return
        self._clock.stop()
        if self._t >= 1.0 - _NEAR:
            self._show(0.0)
        self._set_playing(True)
        self._run(1.0, (1.0 - self._t) * self._seconds / self._speed)
        self._clock.setCurrentTime(TICK_MS)  # the first moment is there already: move at once

    def pause(self) -> None:
        """Stay where it is."""
        self._stop()

    def toggle(self) -> None:
        """Pause when playing, else play."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def seek(self, t: float) -> None:
        """Go to `t` (clipped to 0 to 1) at once, and stay there."""
        self._stop()
        self._show(min(max(float(t), 0.0), 1.0))

    def step(self, by: int) -> None:
        """Glide to the whole step `by` steps from here; asked again on the way, it first arrives."""
        if self._gliding():
            self._clock.stop()
            self._show(self._target)
        self._stop()
        if by > 0:
            place = bisect_right(self._marks, self._t + _NEAR) - 1 + by
        else:
            place = bisect_left(self._marks, self._t - _NEAR) + by
        target = self._marks[min(max(place, 0), len(self._marks) - 1)]
        told = abs(target - self._t) * self._seconds / self._speed
        seconds = told if by > 0 else min(told, _BACK_SECONDS)
        if self.reduce_motion or seconds <= 0:
            moved = target != self._t
            self._show(target)
            if moved and target == 1.0:
                self.ended.emit()
        else:
            self._run(target, seconds)

    def to_start(self) -> None:
        """Go to the start and stay there."""
        self.seek(0.0)

    def to_end(self) -> None:
        """Go to the end, where the result stands."""
        moved = self._t != 1.0
        self.seek(1.0)
        if moved and self._count:
            self.ended.emit()

    def _gliding(self) -> bool:
        return self._clock.state() == QAbstractAnimation.State.Running and not self._playing

    def _run(self, target: float, seconds: float) -> None:
        self._clock.stop()
        self._target = target
        self._clock.setStartValue(self._t)
        self._clock.setEndValue(target)
        self._clock.setDuration(max(1, round(seconds * 1000)))
        self._clock.start()

    def _stop(self) -> None:
        self._clock.stop()
        self._set_playing(False)

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)

    def _tick(self, value: object) -> None:
        if self._clock.state() != QAbstractAnimation.State.Running or not isinstance(value, float):
            return
        if self.reduce_motion:  # no glide between the whole steps, but the same pace
            value = max(self._t, self._marks[bisect_right(self._marks, value + _NEAR) - 1])
        self._show(value)

    def _arrived(self) -> None:
        self._show(self._target)
        self._set_playing(False)
        if self._target == 1.0:
            self.ended.emit()

    def _show(self, t: float) -> None:
        if t != self._t:
            self._t = t
            self.moved.emit(t)
