"""Running along an axis that stays: a strip goes over the slabs and leaves its partial values behind."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from itertools import product

import numpy as np

from explorer.animation import captions, partials
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import mix, part
from explorer.animation.formulas import formulas
from explorer.animation.frame import Ints, Look
from explorer.animation.glyphs import half
from explorer.animation.placement import placement
from explorer.animation.play import Play
from explorer.animation.sheet import Sheet
from explorer.messages import Message
from explorer.ops.words import PLUS

AIM, JOIN = 1.2, 1.1
MOVED, TOLD = 0.4, 0.85  # of a join: until then things move, then the formula is read until the numbers are there
ELLIPSIS = "…"


class Accumulation:
    """Builds the beats of a running sum or product."""

    def __init__(self, play: Play, scale: int) -> None:
        self.play = play
        self.placement = placement(play, scale)
        self.operand, self.result = self.placement.sheets
        self.made = [self.result.values]
        (stage,) = play.stages
        self.axis = stage.axis
        self.stage = stage
        self.join = stage.join.words if stage.join is not None else PLUS
        self.size = 1 if self.axis is None else play.shown[0].shape[self.axis]
        self.takes = partials.takes(self.size)

    def beats(self) -> list[Beat]:
        """Aim, then slab after slab."""
        if self.axis is None or 0 in self.play.shown[0].shape:
            return [Beat(self.sentence(captions.LINE_NONE), AIM, self.draw_all, 1.0)]
        out = [Beat(self.sentence(captions.LINE_AIM), AIM, self.draw_aim)]
        before = 0
        for taken in self.takes:
            template = (
                captions.LINE_FIRST if not before else captions.LINE_JOIN if taken - before == 1 else captions.LINE_MANY
            )
            caption = self.sentence(template, before, taken - before)
            out.append(Beat(caption, JOIN, self.draw_join(before, taken), taken / self.size))
            before = taken
        return out

    def sentence(self, template: str, k: int = 0, count: int = 0) -> Message:
        """A caption."""
        letter = self.operand.axes[self.axis].letter if self.axis is not None and self.operand.axes else ""
        what = captions.noun(self.stage)
        dim, name = self.play.arguments.get("dim"), self.play.result_names[0]
        values = {"dim": dim, "letter": letter, "k": k, "what": what, "count": count, "name": name}
        return Message("captions", template, values)

    def mask(self, sheet: Sheet, start: int, stop: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
        """The drawn cells of slabs `start` to `stop` - 1."""
        assert self.axis is not None
        kept, drawn = sheet.layout.kept[self.axis], sheet.layout.drawn
        chosen = ((kept >= start) & (kept < stop)).reshape([-1 if a == self.axis else 1 for a in range(len(drawn))])
        return np.broadcast_to(chosen, drawn).ravel()

    def draw_all(self, u: float, canvas: Canvas) -> None:
        """Nothing to run along."""
        for sheet in (self.operand, self.result):
            canvas.dress(sheet)
        canvas.sheet(self.operand)
        canvas.sheet(self.result, opacity=part(u, 0.3, 0.8))

    def draw_aim(self, u: float, canvas: Canvas) -> None:
        """The axis glows, and an arrow runs along it."""
        assert self.axis is not None
        canvas.sheet(self.operand)
        canvas.dress(self.operand, emphasis=self.axis)
        canvas.arrow(self.operand, self.axis, 0.0, part(u, 0.1, 0.9))
        canvas.dress(self.result, part(u, 0.3, 0.9))

    def frames(self, canvas: Canvas, sheet: Sheet, along: float, opacity: float) -> None:
        """The strip's frame over a sheet, on each page."""
        assert self.axis is not None
        inner = sheet.inner(self.axis)
        outer = [a for a in range(len(sheet.offsets)) if a != self.axis and a not in inner]
        width, height = sheet.extent(inner)
        dx, dy = sheet.layout.direction(self.axis)
        for spot in product(*(sheet.offsets[a].tolist() for a in outer)):
            x = sheet.x + dx * along + sum(o * sheet.layout.direction(a)[0] for a, o in zip(outer, spot, strict=True))
            y = sheet.y + dy * along + sum(o * sheet.layout.direction(a)[1] for a, o in zip(outer, spot, strict=True))
            canvas.frame(x, y, width, height, sheet.axes[self.axis], opacity)

    def draw_join(self, before: int, taken: int) -> Callable[[float, Canvas], None]:
        """Slabs `before` to `taken` - 1."""
        assert self.axis is not None
        sheet, goal = self.operand, self.result
        gone, joining, waiting = (self.mask(sheet, a, b) for a, b in ((0, before), (before, taken), (taken, self.size)))
        offsets = sheet.offsets[self.axis]
        kept = sheet.layout.kept[self.axis]

        def place(k: int) -> float:
            return (
                float(offsets[max(min(int(np.searchsorted(kept, k, "right")) - 1, len(offsets) - 1), 0)])
                if len(offsets)
                else 0.0
            )

        start, stop = place(max(before - 1, 0)), place(taken - 1)
        half = self.halves(before, taken)
        carried = self.ahead[joining] if before and taken - before == 1 else None
        x0, y0 = sheet.positions()
        x1, y1 = goal.positions()
        some, strip = chosen(sheet, np.flatnonzero(joining)), chosen(goal, carried)
        last = taken == self.size

        def draw(u: float, canvas: Canvas) -> None:
            back = part(u, TOLD, 1.0) if last else 0.0  # the operand is as it was
            canvas.sheet(sheet, look=Look.PALE, select=gone | joining)
            canvas.sheet(sheet, opacity=back, select=gone)
            canvas.sheet(sheet, opacity=max(1 - part(u, 0.0, 0.3), back), select=joining)
            canvas.sheet(sheet, select=waiting)
            canvas.dress(sheet, emphasis=self.axis)
            canvas.arrow(sheet, self.axis or 0, opacity=1 - back)
            canvas.becomes([sheet], [goal], back)
            canvas.dress(goal)
            canvas.sheet(goal, select=gone)
            moved, along = part(u, 0.0, MOVED), part(u, 0.0, MOVED)
            if u >= TOLD:
                canvas.sheet(goal, select=joining)
            elif moved == 1:
                canvas.formula(goal, half, joining)
            else:
                if carried is not None:
                    dx, dy = (x1[joining] - x1[carried]) * along, (y1[joining] - y1[carried]) * along
                    canvas.cells_at(strip, x1[carried] + dx, y1[carried] + dy, own=False)
                dx, dy = (x1 - x0)[joining] * moved, (y1 - y0)[joining] * moved
                canvas.cells_at(some, x0[joining] + dx, y0[joining] + dy, own=False, above=True)
            self.frames(canvas, sheet, stop, part(u, 0.0, 0.2) * (1 - back))
            self.frames(canvas, goal, mix(start, stop, along), (1.0 if before else part(u, 0.2, 0.4)) * (1 - back))

        return draw

    @cached_property
    def ahead(self) -> Ints:
        """For each drawn cell the one before it along the axis."""
        order = np.arange(self.operand.layout.count).reshape(self.operand.layout.drawn)
        found: Ints = np.roll(order, 1, axis=self.axis).ravel()
        return found

    def halves(self, before: int, taken: int) -> tuple[str, ...]:
        """What the joining cells read on landing: `1+5`."""
        assert self.axis is not None
        if not before:
            return self.result.texts
        ahead = self.ahead.tolist()
        texts = self.result.texts
        if taken - before > 1:
            joining: tuple[str, ...] = (ELLIPSIS,) * len(texts)
        else:
            joining = self.operand.texts
        return formulas(partial(half, self.join), ([texts[a] for a in ahead], joining), texts)


def chosen(sheet: Sheet, cells: Ints | None) -> Sheet:
    """The sheet with those cells only, which then have to be placed one by one."""
    if cells is None:
        return sheet
    texts = tuple(sheet.texts[k] for k in cells.tolist())
    return replace(sheet, values=sheet.values[cells], texts=texts, cell=None)
