"""The squash: a framed strip takes one slab of an axis after another; then the axis closes onto it.

The operand stays on the stage: what is taken stands pale in its own place, what waits is pushed away by the strip.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from explorer.animation import captions
from explorer.animation.beat import Beat
from explorer.animation.canvas import READABLE, Canvas
from explorer.animation.ease import mix, part
from explorer.animation.frame import Floats, Look
from explorer.animation.sheet import Sheet
from explorer.messages import Message, Phrase

GAP = 0.22  # on both sides of a strip
CROWD = 1800  # cells; with more, nothing is drawn twice
TRAY = 0.5  # further away than the next page would be
AIM, JOIN, CLOSE, FORK = 1.2, 0.9, 1.2, 1.2  # seconds
MOVED, TOLD = 0.4, 0.88  # of a join: until then things move, then the formula is read until the numbers are there
Numbers = tuple[Floats, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Squash:
    """One axis of one sheet. `takes`: how many slabs are in after each join, the last one all. `partials`: the numbers
    of the strip after each; `halves`: what its cells read in between. `whole`: torch's result, `name` and `dtype` what
    it is. `tensor`, `cell`: whose cells the strip's are. `what` a join makes; `aim` what will be made of that, if more.
    `dim`: the axis as the user wrote it. `told`: the first caption, if not the usual one; `rule`: whether it says what
    becomes of the axis in the end. `refused`: the join that torch does not do with two slabs of this dtype."""

    sheet: Sheet
    axis: int
    takes: tuple[int, ...]
    partials: tuple[Numbers, ...]
    halves: tuple[tuple[str, ...], ...]
    whole: Numbers
    what: Phrase | Message
    dim: object
    scale: int = 0
    tensor: int = -1
    name: str = ""
    dtype: str = ""
    cell: npt.NDArray[np.int64] | None = None
    told: Message | None = None
    aim: Phrase | None = None
    rule: bool = True
    refused: str = ""

    @property
    def size(self) -> int:
        """The length of the axis."""
        return self.sheet.layout.shape[self.axis]

    @cached_property
    def paged(self) -> bool:
        """Whether the axis lays pages out, so that the strip is a tray."""
        return self.axis in self.sheet.layout.pages

    @cached_property
    def kind(self) -> str:
        """What a slab is called: row, column, page, or value where the tensor has one axis."""
        layout = self.sheet.layout
        if sum(n != 1 for n in layout.shape) <= 1:
            return "value"
        return "page" if self.paged else "row" if self.axis == layout.rows else "column"

    @cached_property
    def along(self) -> tuple[float, float]:
        """The direction of the axis on the stage."""
        return self.sheet.layout.direction(self.axis)

    @cached_property
    def room(self) -> float:
        """How far the strip pushes away what waits."""
        return 0.0 if self.paged else 1.0 + 2 * GAP

    @cached_property
    def slab(self) -> tuple[float, float]:
        """Width and height of one slab, within one page for rows and columns."""
        return self.sheet.extent(self.sheet.inner(self.axis))

    def drawn(self, taken: int) -> int:
        """How many of the drawn slabs are among the first `taken`."""
        return int(np.searchsorted(self.sheet.layout.kept[self.axis], taken))

    def place(self, taken: int) -> float:
        """Where the strip stands along the axis."""
        offsets = self.sheet.offsets[self.axis]
        if self.paged:
            step = self.slab[int(self.along[1])] + self.sheet.layout.gaps[int(self.along[1])]
            return (float(offsets[-1]) + step if len(offsets) else 0.0) + TRAY
        count = self.drawn(taken)
        return (float(offsets[count - 1]) + 1.0 if count else 0.0) + GAP

    @cached_property
    def base(self) -> Sheet:
        """The strip, lying on the first slab."""
        layout = self.sheet.layout.squashed(self.axis)
        offsets = tuple(np.zeros(1) if a == self.axis else o for a, o in enumerate(self.sheet.offsets))
        values, texts = self.whole
        look = self.sheet.look if self.sheet.look is Look.PENDING else Look.VALUE
        return replace(
            self.sheet, layout=layout, offsets=offsets, values=values, texts=texts, scale=self.scale, look=look,
            tensor=self.tensor, cell=self.cell, name=self.name,
            dtype=self.dtype or self.sheet.dtype,
        )  # fmt: skip

    def strip(self, along: float) -> Sheet:
        """The strip moved `along` the axis."""
        return self.base.at(self.base.x + self.along[0] * along, self.base.y + self.along[1] * along)

    @cached_property
    def end(self) -> Sheet:
        """The strip as the squash leaves it: past the end of the axis, with torch's numbers."""
        return self.strip(self.place(self.size))

    # what stands around ---------------------------------------------------------------------------------------------

    def frames(self, canvas: Canvas, strip: Sheet, opacity: float) -> None:
        """The heavy frames around the strip, one on each page."""
        inner = self.sheet.inner(self.axis)
        outer = [a for a in range(len(strip.offsets)) if a != self.axis and a not in inner]
        width, height = self.slab
        for spot in product(*(strip.offsets[a].tolist() for a in outer)):
            x = strip.x + sum(o * strip.layout.direction(a)[0] for a, o in zip(outer, spot, strict=True))
            y = strip.y + sum(o * strip.layout.direction(a)[1] for a, o in zip(outer, spot, strict=True))
            canvas.frame(x, y, width, height, strip.axes[self.axis], opacity)

    def arrow(self, canvas: Canvas, grown: float, shown: float, opacity: float = 1.0) -> None:
        """The arrow along the axis, drawn as far as it is `shown`."""
        canvas.arrow(self.sheet, self.axis, grown, shown, opacity)

    def with_axis(self, offsets: Floats) -> tuple[Floats, ...]:
        """The sheet's offsets with others for this axis."""
        return tuple(offsets if a == self.axis else o for a, o in enumerate(self.sheet.offsets))

    def mask(self, start: int, stop: int) -> npt.NDArray[np.bool_]:
        """The cells of the drawn slabs from `start` to `stop` - 1."""
        shape = self.sheet.layout.drawn
        index = np.arange(shape[self.axis]).reshape([-1 if a == self.axis else 1 for a in range(len(shape))])
        return np.broadcast_to((index >= start) & (index < stop), shape).ravel()

    def grown(self, amount: float) -> tuple[float, float]:
        """How much wider and higher each page is."""
        return (0.0, 0.0) if self.paged else (self.along[0] * amount, self.along[1] * amount)

    # beats ----------------------------------------------------------------------------------------------------------

    def beats(self) -> list[Beat]:
        """Aim, the joins, and the closing."""
        axis = self.sheet.axes[self.axis]
        value = self.whole[1][0] if self.whole[1] else ""
        what = self.aim if self.aim is not None and self.size else self.what
        told = captions.aim(self.kind, self.dim, axis, self.size, what, value)
        out = [Beat(self.told or told, AIM, self.draw_aim, rule=self.rule)]
        before = 0
        for k, taken in enumerate(self.takes):
            caption = captions.join(self.kind, axis, before, taken, self.what)
            out.append(Beat(caption, JOIN, self.draw_join(k), taken / max(self.size, 1)))
            before = taken
        ended = captions.squashed(self.kind, self.axis, self.size)
        if self.refused:
            values = {"join": self.refused, "dtype": self.sheet.dtype, "n": self.size, "number": self.axis}
            ended = Message("captions", captions.AT_ONCE, values)
        out.append(Beat(ended, CLOSE, self.draw_close, 1.0))
        return out

    def draw_aim(self, u: float, canvas: Canvas) -> None:
        """The axis glows, and an arrow runs along it."""
        canvas.sheet(self.sheet)
        canvas.dress(self.sheet, emphasis=self.axis)
        self.arrow(canvas, 0.0, part(u, 0.1, 0.9), part(u, 0.0, 0.3))

    def draw_join(self, k: int) -> Callable[[float, Canvas], None]:
        """Join number k as a function of its moments."""
        before, after = (self.takes[k - 1] if k else 0), self.takes[k]
        first, last = self.drawn(before), self.drawn(after)
        numbers, half = self.partials[k], self.halves[k]
        old = self.partials[k - 1] if k else numbers
        total = self.sheet.layout.drawn[self.axis]
        gone, joining, waiting = self.mask(0, first), self.mask(first, last), self.mask(last, total)
        crowded = self.sheet.layout.count > CROWD
        origin = 0.0 if not k else self.place(before)
        goal = self.place(after)

        def draw(u: float, canvas: Canvas) -> None:
            moved = part(u, 0.0, MOVED)
            offsets = self.sheet.offsets[self.axis].copy()
            if k:
                offsets[first:last] += self.room * (1 - moved)
                offsets[last:] += self.room
            else:
                offsets[last:] += self.room * moved
            sheet = replace(self.sheet, offsets=self.with_axis(offsets))
            canvas.sheet(sheet, look=Look.PALE, select=gone)
            if crowded:
                canvas.sheet(sheet, look=Look.PALE if moved > 0.5 else None, select=joining)
            else:
                canvas.sheet(sheet, look=Look.PALE, select=joining)
                canvas.sheet(sheet, opacity=1 - moved, select=joining)
            canvas.sheet(sheet, select=waiting)
            amount = self.room if k else self.room * moved
            more = amount - (float(offsets[-1]) - float(self.sheet.offsets[self.axis][-1]))
            canvas.dress(sheet, emphasis=None if self.paged else self.axis, grown=self.grown(more))
            self.arrow(canvas, amount if not self.paged else self.beyond * (1.0 if k else moved), 1.0)
            if self.paged:
                self.deliver(canvas, u, k, joining, numbers, half, old)
                return
            strip = self.strip(mix(origin, goal, moved))
            self.fill(canvas, strip, u, numbers, half, old)
            self.frames(canvas, strip, 1.0 if k else part(u, 0.0, 0.2))

        return draw

    def fill(
        self, canvas: Canvas, strip: Sheet, u: float, numbers: Numbers, half: tuple[str, ...], old: Numbers
    ) -> None:
        """The strip's cells at moment u of a join: what they held, how it is joined, what they hold."""
        if u < MOVED:
            canvas.sheet(strip, values=old[0], texts=old[1], look=self.paper)
        elif u < TOLD:
            new = replace(strip, values=numbers[0], texts=numbers[1])
            canvas.sheet(new, texts=half, look=self.paper if half == numbers[1] or self.paper is None else Look.PLAIN)
        else:
            canvas.sheet(strip, values=numbers[0], texts=numbers[1], look=self.paper)

    @property
    def paper(self) -> Look | None:
        """How the strip looks on its way: its colours come with the last numbers, so that none changes its colour. A
        strip of many cells is nothing but colours."""
        return Look.PAPER if self.base.layout.count <= READABLE else None

    @cached_property
    def beyond(self) -> float:
        """How far the tray reaches past the last page."""
        return self.place(self.size) + self.slab[int(self.along[1])] - self.sheet.span(self.axis)

    def deliver(
        self,
        canvas: Canvas,
        u: float,
        k: int,
        joining: npt.NDArray[np.bool_],
        numbers: Numbers,
        half: tuple[str, ...],
        old: Numbers,
    ) -> None:
        """A copy of a page goes into the tray; the first one in its frame, which stays there."""
        tray = self.strip(self.place(self.size))
        moved = part(u, 0.0, MOVED)
        if k or moved == 1:
            self.fill(canvas, tray, u, numbers, half, old)
        if moved < 1:
            offsets = self.sheet.offsets[self.axis]
            flying = replace(self.sheet, offsets=self.with_axis(offsets + (self.place(self.size) - offsets) * moved))
            lifted = 0.25 * float(np.sin(np.pi * moved))
            flying = flying.at(flying.x + self.along[1] * lifted, flying.y - self.along[0] * lifted)
            canvas.sheet(flying, select=joining, own=False, above=True)
        if not k:
            lifted = 0.25 * float(np.sin(np.pi * moved))
            tray = self.strip(self.place(self.size) * moved)
            tray = tray.at(tray.x + self.along[1] * lifted, tray.y - self.along[0] * lifted)
        self.frames(canvas, tray, 1.0 if k else part(u, 0.0, 0.2))

    def draw_close(self, u: float, canvas: Canvas) -> None:
        """The pale slabs fold onto the strip; their bracket, chip and name become the strip's."""
        closed = part(u, 0.05, 0.85)
        self.fold(canvas, closed)
        values, texts = self.partials[-1] if self.partials and u < 0.9 else self.whole
        canvas.sheet(self.end, values=values, texts=texts)
        self.frames(canvas, self.end, 1 - part(u, 0.85, 1.0))
        self.arrow(canvas, self.beyond if self.paged else self.room, 1.0, 1 - part(u, 0.0, 0.05))
        chips = list(canvas.chips(self.end))
        if closed < 1.0:
            chips[self.axis] = replace(chips[self.axis], size=f"{self.size} → 1")
        if self.paged:
            canvas.dress(self.sheet, 1 - part(u, 0.0, 0.3))
            canvas.dress(self.end, part(u, 0.5, 0.8), chips=chips)
            return
        goal = self.place(self.size)
        start = mix(0.0, goal, closed)
        around = replace(
            self.strip(start),
            offsets=self.with_axis(np.array([goal - start])),
        )
        around = replace(around, name=self.name, dtype=self.end.dtype)
        grown = self.grown(mix(GAP, 0.0, closed))
        canvas.dress(around, emphasis=self.axis if u < 0.9 else None, grown=grown, chips=chips)

    def fold(self, canvas: Canvas, closed: float) -> None:
        """The pale slabs, folded together by `closed` towards the strip; they never lie on each other."""
        left = 1.0 - closed
        if left < 0.02:
            return
        goal, k = self.place(self.size), int(self.along[1])
        layout = self.sheet.layout
        inner = {a for a in self.sheet.inner(self.axis) if int(layout.direction(a)[1]) == k}
        offsets = tuple(
            goal - (goal - o) * left if a == self.axis else o * left if a in inner else o
            for a, o in enumerate(self.sheet.offsets)
        )
        size = (1.0, left) if k else (left, 1.0)
        texts = None if left == 1.0 else ("",) * layout.count
        canvas.sheet(replace(self.sheet, offsets=offsets), look=Look.PALE, size=size, texts=texts)
