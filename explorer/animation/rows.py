"""The plain reading of a matrix product: one row of A and one column of B give one cell, cell after cell."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from explorer.animation import captions
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import part
from explorer.animation.frame import Look
from explorer.animation.placement import placement
from explorer.animation.play import Play
from explorer.animation.sheet import Sheet
from explorer.messages import Message
from explorer.ops.provenance import unravel

AIM, CELL = 1.2, 1.4
FEW = 6  # cells that are told one by one; of more the first 3, the others, and the last 2


class Rows:
    """Builds the beats of a contraction of at most two axes each."""

    def __init__(self, play: Play, scale: int) -> None:
        self.play = play
        self.placement = placement(play, scale, between=92.0)
        self.a, self.b, self.result = self.placement.sheets
        self.made = [self.result.values]
        self.count = self.result.layout.count

    def beats(self) -> list[Beat]:
        """One beat for each of the first cells, and for the last ones."""
        edges = list(range(self.count + 1))
        if self.count > FEW:
            edges = [0, 1, 2, 3, self.count - 2, self.count - 1, self.count]
        aim = Message("captions", captions.ROWS_AIM, self.values(0, 1))
        out = [Beat(aim, AIM, self.draw_aim, made=frozenset())]
        for first, last in pairwise(edges):
            template = captions.ROWS_CELL if last - first == 1 else captions.ROWS_MANY
            caption = Message("captions", template, self.values(first, last))
            flat = self.result.layout.flat[:last].tolist()
            alone = flat[first] if last - first == 1 else None
            out.append(Beat(caption, CELL, self.draw_cell(first, last), made=frozenset(flat), cell=alone))
        return out

    def cell(self, k: int) -> tuple[int, ...]:
        """The k-th drawn result cell."""
        return unravel(int(self.result.layout.flat[k]), self.play.shown[2].shape)

    def values(self, first: int, last: int) -> dict[str, object]:
        """What captions speak of."""
        play = self.play
        cell = self.cell(first) if self.count else ()
        return {
            "a": play.names[0], "b": play.names[1], "name": play.result_names[0], "count": last - first,
            "cell": f"{play.result_names[0]}[{','.join(map(str, cell))}]" if cell else play.result_names[0],
        }  # fmt: skip

    def stage(self, canvas: Canvas) -> None:
        """Operands and the brackets of the result."""
        for sheet in (self.a, self.b):
            canvas.sheet(sheet)
            canvas.dress(sheet)
        canvas.dress(self.result)

    def draw_aim(self, u: float, canvas: Canvas) -> None:
        """Everything before the first cell."""
        for sheet in (self.a, self.b):
            canvas.sheet(sheet)
            canvas.dress(sheet)
        canvas.dress(self.result, part(u, 0.2, 0.8))

    def sources(self, sheet: Sheet, operand: int, k: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
        """The drawn cells of an operand that the k-th result cell comes from."""
        for block in self.play.provenance.region(self.cell(k)).blocks:
            if block.operand == operand:
                mask = np.ones(sheet.layout.drawn, bool)
                for axis, (kept, indices) in enumerate(zip(sheet.layout.kept, block.ranges, strict=True)):
                    chosen = np.isin(kept, np.asarray(indices))
                    mask &= chosen.reshape([-1 if a == axis else 1 for a in range(len(sheet.layout.drawn))])
                return mask.ravel()
        return np.zeros(sheet.layout.count, bool)

    def line(self, canvas: Canvas, sheet: Sheet, mask: Any, opacity: float) -> None:
        """The frame of a row or column."""
        if not mask.any() or opacity <= 0.004:
            return
        x, y = sheet.positions()
        x, y = x[mask], y[mask]
        axis = self.summed(sheet)
        canvas.frame(
            float(x.min()), float(y.min()), float(np.ptp(x)) + 1.0, float(np.ptp(y)) + 1.0, sheet.axes[axis], opacity
        )

    def summed(self, sheet: Sheet) -> int:
        """The axis of an operand that runs over its whole length."""
        own = 0 if sheet is self.a else 1
        axis = self.play.stages[1].axis
        assert axis is not None
        return dict(self.play.stages[0].provenance.axes[0][axis])[own]

    def draw_cell(self, first: int, last: int) -> Callable[[float, Canvas], None]:
        """Result cells `first` to `last` - 1."""
        order = np.arange(self.count)
        before, now = order < first, (order >= first) & (order < last)
        masks = [self.sources(sheet, k, first) for k, sheet in enumerate((self.a, self.b))]
        alone = last - first == 1

        def draw(u: float, canvas: Canvas) -> None:
            self.stage(canvas)
            shown = part(u, 0.0, 0.2)
            canvas.sheet(self.result, select=before)
            for sheet, mask in zip((self.a, self.b), masks, strict=True):
                self.line(canvas, sheet, mask, shown)
            if u >= 0.75:
                canvas.sheet(self.result, select=now)
            elif alone:
                waiting = ("…",) * self.count
                canvas.sheet(self.result, select=now, texts=waiting, look=Look.PALE, opacity=shown, own=False)
            if alone:
                x, y = self.result.positions()
                canvas.frame(float(x[first]), float(y[first]), 1.0, 1.0, None, shown)

        return draw
