"""A new tensor: its cells appear in reading order."""

import numpy as np

from explorer.animation import captions
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import part, staggered
from explorer.animation.placement import placement
from explorer.animation.play import Play
from explorer.animation.transfer import by_row
from explorer.messages import Message

SECONDS = 2.4


class Fill:
    """Builds the beats of a creation."""

    def __init__(self, play: Play, scale: int) -> None:
        self.play = play
        self.placement = placement(play, scale)
        (self.sheet, *_) = self.placement.sheets
        self.made = [self.sheet.values]
        self.turns = by_row(self.sheet, np.arange(self.sheet.layout.count))

    def beats(self) -> list[Beat]:
        """Shape first, then the values."""
        shown = self.play.shown[0]
        values = {"name": shown.name, "shape": captions.shape_text(shown.shape), "function": self.play.op.name}
        return [
            Beat(Message("captions", captions.NEW, values), 0.8, self.draw_frame),
            Beat(Message("captions", captions.FILLED, values), SECONDS, self.draw_fill, 1.0),
        ]

    def draw_frame(self, u: float, canvas: Canvas) -> None:
        """Axes without values."""
        canvas.dress(self.sheet, part(u, 0.0, 0.6))

    def draw_fill(self, u: float, canvas: Canvas) -> None:
        """Values, one after another."""
        canvas.dress(self.sheet)
        shown = staggered(u / 0.95, self.turns, 0.25)
        canvas.sheet(self.sheet, opacity=np.asarray(shown) if u < 0.95 else 1.0)
