"""In place: new values stand where the old ones stood, in the same memory, which a dashed frame holds together."""

from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from explorer.animation import arrange, captions
from explorer.animation.arithmetic import spelt
from explorer.animation.beat import Beat
from explorer.animation.canvas import PAGE_PAD, READABLE, Canvas
from explorer.animation.ease import part, staggered
from explorer.animation.formulas import formulas
from explorer.animation.frame import Label, Outline
from explorer.animation.glyphs import brief, written
from explorer.animation.plane_layout import PlaneLayout
from explorer.animation.play import Play
from explorer.animation.routes import routes
from explorer.animation.spoken import pair
from explorer.animation.transfer import Transfer, by_row
from explorer.memory import amount
from explorer.messages import Message
from explorer.ops import counterpart

LOOK, WRITE = 1.6, 3.4
FLOWN, READ, SHARE = 0.5, 0.35, 0.4  # of the writing: the flights; how long a formula is read; each cell's share
PAD = 5.0  # pixels between the cells and the frame around them


class Overwrite:
    """Builds the beats of an operation that writes into its first operand."""

    def __init__(self, play: Play, scale: int) -> None:
        self.play = play
        self.count = len(play.operands)
        layouts, places, self.unit = self.placed()
        sheets = [play.sheet(k, own).at(*at) for k, (own, at) in enumerate(zip(layouts, places, strict=True))]
        self.old, self.others = sheets[0], sheets[1:]
        self.new = replace(play.sheet(self.count, layouts[0], scale), axes=self.old.axes).at(self.old.x, self.old.y)
        self.made = [self.new.values]
        self.written = self.changed()
        self.turns = by_row(self.new, np.arange(self.new.layout.count), 0.0)
        self.transfers = self.arriving()

    def placed(self) -> tuple[list[PlaneLayout], tuple[tuple[float, float], ...], float]:
        """The target at the left, what it reads beside it; the result has no place of its own."""
        unit, found = 48.0, arrange.arrange([(1.0, 1.0)])
        layouts: list[PlaneLayout] = []
        for _ in range(3):
            layouts = [self.play.layout(k, unit) for k in range(self.count)]
            tops = [arrange.paged(x) for x in layouts]
            found = arrange.arrange([x.extent for x in layouts], arrange.BETWEEN, tops, 1)
            unit = found.unit
        return layouts, found.places, unit

    def changed(self) -> npt.NDArray[np.bool_]:
        """The drawn cells that are written; all but those that an index or a mask leaves alone."""
        cells = self.new.layout.flat.tolist()
        if not self.play.op.moves:
            return np.ones(len(cells), bool)
        return np.array([next(iter(self.play.provenance.region(self.cell(f))), None) != (0, self.cell(f))
                         for f in cells], bool)  # fmt: skip

    def cell(self, flat: int) -> tuple[int, ...]:
        """The indices of a flat one."""
        return tuple(int(i) for i in np.unravel_index(flat, self.new.layout.shape)) if self.new.layout.shape else ()

    def arriving(self) -> list[Transfer]:
        """What the other operands send to the cells that are written."""
        if not self.others:
            return []
        paths = routes(self.play.provenance, [s.layout for s in (self.old, *self.others)], self.new.layout)
        return [
            Transfer(sheet, self.new, start, end, self.turns[end], 0.3, SHARE)
            for sheet, start, end in zip(self.others, paths.start[1:], paths.end[1:], strict=True)
        ]

    def beats(self) -> list[Beat]:
        """What will be written, then the writing."""
        values = self.values()
        count = int(self.written.sum())
        whole = len(self.written)
        template = captions.WRITES_ALL if count == whole else captions.WRITES_SOME
        pure = counterpart(self.play.op)
        ended = captions.WRITTEN_SAVED if pure is not None else captions.WRITTEN
        return [
            Beat(Message("captions", template, values), LOOK, self.draw_look, rule=True),
            Beat(Message("captions", ended, values), WRITE, self.draw_write, 1.0),
        ]

    def values(self) -> dict[str, object]:
        """What captions speak of."""
        target = self.play.operands[0]
        return {
            "name": self.play.names[0], "function": self.play.op.source(self.play.names, self.play.arguments),
            "count": int(self.written.sum()), "whole": len(self.written),
            "bytes": amount(target.numel() * target.element_size()),
        }  # fmt: skip

    @property
    def formulas(self) -> tuple[str, ...]:
        """What a cell reads between its old value and its new one."""
        if not hasattr(self, "_formulas"):
            self._formulas = self.made_up()
        return self._formulas

    def made_up(self) -> tuple[str, ...]:
        """`1+5`, `|-3|`; of a cell that only takes another's value that value."""
        op, out = self.play.op, self.new.texts
        if not op.cellwise or spelt(op, self.play.arguments) or len(self.others) > 1:
            return out
        words = self.play.stages[0].words
        if not self.others:
            return formulas(partial(written, words), (self.old.texts,), out)
        (transfer, *_), (other, *_) = self.transfers, self.others
        starts = dict(zip(transfer.end.tolist(), transfer.start.tolist(), strict=True))
        terms = [other.texts[starts[k]] if k in starts else "" for k in range(len(out))]

        def made(k: int, old: str, term: str, new: str) -> str:
            if k not in starts:
                return new
            cells = [self.play.cell(self.old, k), self.play.cell(other, starts[k])]
            return brief(words, *pair(words, (old, term), cells))

        return formulas(made, (range(len(out)), self.old.texts, terms, out), out)

    # drawing --------------------------------------------------------------------------------------------------------

    def stage(self, canvas: Canvas, dashed: float, look: float = 1.0) -> None:
        """Everything but the target's cells; what was read is pale as far as it has gone."""
        canvas.dress(self.old if look >= 1.0 else self.new)
        width, height = self.old.extent()
        levels = len(self.old.layout.pages)
        pad = PAD / canvas.unit + (PAGE_PAD + 0.3 * (levels - 1) if levels else 0.0)  # around the frames of pages
        frame = Outline(self.old.x - pad, self.old.y - pad, width + 2 * pad, height + 2 * pad, None, 2.0, dashed, True)
        if dashed > 0.004:
            canvas.outlines.append(frame)
            below = self.old.y + height + pad + 16.0 / canvas.unit
            text = Message("captions", captions.SAME_MEMORY)
            canvas.labels.append(Label(self.old.x + width / 2, below, text, "muted", opacity=dashed))
        for sheet in self.others:
            canvas.paling(sheet, look)
            canvas.dress(sheet)

    def draw_look(self, u: float, canvas: Canvas) -> None:
        """The target in its memory; cells that will be written are marked."""
        canvas.sheet(self.old)
        self.stage(canvas, part(u, 0.2, 0.7))
        self.mark(canvas)

    def mark(self, canvas: Canvas) -> None:
        """A frame around each cell that is written, where not all are."""
        if not self.written.all() and len(self.written) <= READABLE:
            canvas.ring(self.old, np.flatnonzero(self.written))

    def draw_write(self, u: float, canvas: Canvas) -> None:
        """Values arrive, meet the old ones, and stand in their place."""
        flown = min(u / FLOWN, 1.0)
        landed = self.written & (staggered(flown, self.turns, SHARE) >= 1.0)
        told = self.written & (staggered(min(max((u - READ) / FLOWN, 0.0), 1.0), self.turns, SHARE) >= 1.0)
        if u >= 1.0:
            landed[:] = told[:] = True
        canvas.sheet(self.old, select=~landed)
        canvas.formula(self.new, self.formulas, landed & ~told)
        canvas.sheet(self.new, select=told)
        if u < 1.0:
            for transfer in self.transfers:
                transfer.draw(flown, canvas, landed=False)
        self.stage(canvas, 1.0, part(u, 0.9, 1.0) if u > 0.0 else 1.0)
        self.mark(canvas)
