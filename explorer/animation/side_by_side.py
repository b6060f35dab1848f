"""Operands and results side by side: what is shown where nothing in between can be told."""

from explorer.animation import captions
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import part
from explorer.animation.placement import placement
from explorer.animation.play import Play
from explorer.messages import Message


class Plain:
    """Builds the one beat; `why` says which step of the operation cannot be told."""

    def __init__(self, play: Play, scale: int, why: str = captions.STILL, function: str = "") -> None:
        self.play, self.why, self.function = play, why, function
        self.placement = placement(play, scale)
        self.made = [s.values for s in self.placement.sheets[len(play.operands) :]]

    def beats(self) -> list[Beat]:
        """The result appears."""
        shown = self.play.shown[len(self.play.operands)]
        values = {"name": shown.name, "shape": captions.shape_text(shown.shape), "function": self.function}
        return [Beat(Message("captions", self.why, values), 1.2, self.draw, 1.0)]

    def draw(self, u: float, canvas: Canvas) -> None:
        """Operands stand there, results fade in."""
        for k, sheet in enumerate(self.placement.sheets):
            shown = 1.0 if k < len(self.play.operands) else part(u, 0.2, 0.8)
            canvas.sheet(sheet, opacity=shown)
            canvas.dress(sheet, shown)
