"""One step of an animation: a caption, its seconds, and how its moments are drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer.animation.canvas import Canvas
from explorer.messages import Message

Draw = Callable[[float, Canvas], None]


@dataclass(frozen=True, eq=False)
class Beat:
    """`draw(u, canvas)` puts the marks of moment u (0 to 1) on the canvas; it is a pure function. `taken`: how much of
    the arithmetic is told by the end of this beat, from 0 to 1. `rule`: the caption says what the next steps do.

    Of an act that makes one cell of the result after another: `made`, the flat indices of those that stand by the end;
    `cell`, the one that this beat is about."""

    caption: Message
    seconds: float
    draw: Draw
    taken: float = 0.0
    rule: bool = False
    made: frozenset[int] | None = None
    cell: int | None = None
