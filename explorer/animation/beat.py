"""One step of an animation: a caption, its seconds, and how its moments are drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer.animation.canvas import Canvas
from explorer.messages import Message

Draw = Callable[[float, Canvas], None]


@dataclass(frozen=True, eq=False)
class Beat:
    """`draw(u, canvas)` puts the marks of moment u (0 to 1) on the canvas; it is a pure function. `taken`: how much of
    the arithmetic is told by the end of this beat, from 0 to 1. `rule`: the caption says what the next steps do."""

    caption: Message
    seconds: float
    draw: Draw
    taken: float = 0.0
    rule: bool = False
