"""The squash: a framed strip takes one slab of an axis after another; then the axis closes onto it.

The operand stays on the stage: what is taken stands pale in its own place, what waits is pushed away by the strip.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from explorer.animation import captions
from explorer.animation.arrange import PAGED
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import blend, mix, part
from explorer.animation.frame import Arrow, Chip, Floats, Heading, Look
from explorer.animation.sheet import Sheet
from explorer.messages import Message

GAP = 0.22  # on both sides of a strip
CROWD = 1800  # cells; with more, nothing is drawn twice
TRAY = 0.5  # further away than the next page would be
FAINT = 0.32  # what stays of the operand while its axis closes
AIM, JOIN, CLOSE, FORK = 1.2, 0.9, 1.2, 1.2  # seconds
Numbers = tuple[Floats, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Squash:
    """One axis of one sheet. `takes`: how many slabs are in after each join, the last one all. `partials`: the numbers
    of the strip after each; `halves`: what its cells read in between. `whole`: torch's result. `tensor`, `cell`: whose
    cells the strip's are. `around`: draws what else is on the stage. `dim`: the axis as the user wrote it.
    `crown`: where the heading stands, if not above the sheet; `told`: the first caption, if not the usual one."""

    sheet: Sheet
    axis: int
    takes: tuple[int, ...]
    partials: tuple[Numbers, ...]
    halves: tuple[tuple[str, ...], ...]
    whole: Numbers
    what: Message
    dim: object
    scale: int = 0
    tensor: int = -1
    name: str = ""
    cell: npt.NDArray[np.int64] | None = None
    around: Callable[[Canvas, float], None] | None = None
    crown: tuple[float, float] | None = None
    told: Message | None = None

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
        away = 20.0 / canvas.unit
        width, height = self.sheet.extent()
        x, y = self.sheet.x, self.sheet.y
        name = self.sheet.axes[self.axis]
        if self.along[1]:
            at = x + width + away
            canvas.arrows.append(Arrow(at, y, at, y + max((height + grown) * shown, 0.05), name, opacity))
        else:
            at = y + height + away
            canvas.arrows.append(Arrow(x, at, x + max((width + grown) * shown, 0.05), at, name, opacity))

    def pull(self, taken: int, pushed: float) -> tuple[Floats, ...]:
        """The offsets with the waiting slabs pushed away."""
        offsets = self.sheet.offsets[self.axis]
        shifted = offsets + np.where(np.arange(len(offsets)) >= self.drawn(taken), pushed, 0.0)
        return self.with_axis(shifted)

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
        told = captions.aim(self.kind, self.dim, axis, self.size, self.what, value)
        out = [Beat(self.told or told, AIM, self.draw_aim)]
        before = 0
        for k, taken in enumerate(self.takes):
            caption = captions.join(self.kind, axis, before, taken, self.what)
            out.append(Beat(caption, JOIN, self.draw_join(k), taken / max(self.size, 1)))
            before = taken
        out.append(Beat(captions.squashed(self.kind, self.axis, self.size), CLOSE, self.draw_close, 1.0))
        return out

    def draw_aim(self, u: float, canvas: Canvas) -> None:
        """The axis glows, and an arrow runs along it."""
        if self.around:
            self.around(canvas, 0.0)
        canvas.sheet(self.sheet)
        canvas.dress(self.sheet, emphasis=self.axis, crown=self.crown)
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
            if self.around:
                self.around(canvas, 0.0)
            moved = part(u, 0.0, 0.5)
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
            canvas.dress(sheet, emphasis=None if self.paged else self.axis, grown=self.grown(more), crown=self.crown)
            self.arrow(canvas, amount if not self.paged else self.beyond * (1.0 if k else moved), 1.0)
            if self.paged:
                self.deliver(canvas, u, k, joining, numbers, half, old)
                return
            strip = self.strip(mix(origin, goal, moved))
            values = blend(old[0], numbers[0], part(u, 0.7, 0.95))
            texts = old[1] if u < 0.25 else half if u < 0.78 else numbers[1]
            canvas.sheet(strip, values=values, texts=texts)
            self.frames(canvas, strip, 1.0 if k else part(u, 0.0, 0.2))

        return draw

    @cached_property
    def beyond(self) -> float:
        """How far the tray reaches past the last page."""
        k = int(self.along[1])
        return self.place(self.size) + self.slab[k] - self.sheet.extent()[k]

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
        """A copy of a page goes into the tray."""
        tray = self.strip(self.place(self.size))
        shown = 1.0 if k else part(u, 0.0, 0.2)
        self.frames(canvas, tray, shown)
        if k or u >= 0.6:
            values = blend(old[0], numbers[0], part(u, 0.72, 0.95)) if k else numbers[0]
            texts = old[1] if u < 0.5 and k else half if u < 0.8 and k else numbers[1]
            canvas.sheet(tray, values=values, texts=texts)
        if u < 0.6:
            moved = part(u, 0.05, 0.55)
            offsets = self.sheet.offsets[self.axis]
            flying = replace(self.sheet, offsets=self.with_axis(offsets + (self.place(self.size) - offsets) * moved))
            lifted = 0.0 if not moved or moved == 1 else 0.25 * float(np.sin(np.pi * moved))
            flying = flying.at(flying.x + self.along[1] * lifted, flying.y - self.along[0] * lifted)
            canvas.sheet(flying, opacity=1.0 if u < 0.5 or not k else 1 - part(u, 0.5, 0.6), select=joining, own=False)

    def draw_close(self, u: float, canvas: Canvas) -> None:
        """The pale slabs fold onto the strip, and bracket and chip close with them."""
        if self.around:
            self.around(canvas, u)
        closed = part(u, 0.1, 0.8)
        offsets = self.sheet.offsets[self.axis]
        goal = self.place(self.size)
        canvas.sheet(self.sheet, opacity=mix(1.0, FAINT, closed), look=Look.PALE)
        folding = replace(self.sheet, offsets=self.with_axis(offsets + (goal - offsets) * closed))
        if 0.0 < closed < 1.0 and self.sheet.layout.count <= CROWD:
            canvas.sheet(folding, opacity=min(1.0, 1.2 - closed) * 0.85, look=Look.PALE, own=False)
        values, texts = self.partials[-1] if self.partials and u < 0.9 else self.whole
        canvas.sheet(self.end, values=values, texts=texts)
        self.frames(canvas, self.end, 1.0)
        chips = list(canvas.chips(self.sheet))
        if closed > 0.5:
            chips[self.axis] = replace(chips[self.axis], size=1)
        if self.paged:
            canvas.dress(self.sheet, 1 - closed, heading=0.0)
            canvas.dress(replace(self.end, name=self.sheet.name), closed, heading=0.0, skip=(self.axis,))
        else:
            self.close_bracket(canvas, closed, goal)
        self.arrow(canvas, self.beyond if self.paged else self.room, 1.0, 1 - part(u, 0.0, 0.3))
        self.heading(canvas, chips, closed)

    def close_bracket(self, canvas: Canvas, closed: float, goal: float) -> None:
        """The bracket shrinks to the strip; the others stay where they are."""
        layout = self.sheet.layout
        page = [a for a in (layout.columns, layout.rows) if a is not None]
        length = self.sheet.extent(page)[int(self.along[1])] + self.room
        start, stop = mix(0.0, goal, closed), mix(length, goal + 1.0, closed)
        canvas.bracket(self.strip(start), self.axis, stop - start, 1.0, True)
        for other in page:
            if other != self.axis:
                extent = self.sheet.extent([other])[int(layout.direction(other)[1])]
                canvas.bracket(self.sheet, other, extent, 1.0, False)
        canvas.pages(self.sheet, 1.0, grown=self.grown(self.room))

    def heading(self, canvas: Canvas, chips: Sequence[Chip], closed: float) -> None:
        """The heading stays above what was the operand until the fork takes it along."""
        width, _ = self.sheet.extent()
        name = self.name if closed > 0.5 and self.name else self.sheet.name
        top = self.sheet.y - (PAGED / canvas.unit if self.sheet.layout.pages else 0.0)
        at = self.crown or (self.sheet.x + width / 2, top)
        canvas.headings.append(Heading(*at, name, tuple(chips), self.sheet.dtype))
