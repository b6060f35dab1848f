"""An animation: steps one after another, and each of its moments as a pure function of t from 0 to 1."""

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, product
from typing import Any

import numpy as np

from explorer.animation.arithmetic import Arithmetic
from explorer.animation.arrange import stage_tight
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.frame import Cells, Frame, Ints, Scale, Shown
from explorer.animation.loss_marks import Marks
from explorer.animation.plane_layout import ravel
from explorer.messages import Message
from explorer.ops.provenance import Provenance, Region, unravel
from explorer.ops.provenance import ravel as ravel_cell

LONGEST = 10.0  # seconds, the whole
LANDED = 0.75  # of a beat: from here on what it makes stands there
SAMPLES = (0.0, 0.15, 0.3, 0.5, 0.7, 0.85, 1.0)  # moments of each step that the bounds are taken from
Focus = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Animation:
    """`frame(t)` is pure. `results`: torch's tensors, as they are. `kept`: the drawn indices per tensor and axis.

    `badge` says where values added up step by step end elsewhere than torch's; `hidden` says what is not drawn; `marks`
    say which cells their dtype could not hold; `tight`: see `Canvas`. `rest`: the scales before the first step and in
    the last one, where they are others: what is in between has colours of its own in the place of the results'.
    `overall`: what all steps together do, where no step's rule says it.
    """

    beats: tuple[Beat, ...]
    scales: tuple[Scale, ...]
    tensors: tuple[Shown, ...]
    unit: float
    kept: tuple[tuple[Ints, ...], ...] = ()
    provenance: Provenance | None = None
    operands: int = 0
    results: tuple[Any, ...] = ()
    badge: Message | None = None
    hidden: Message | None = None
    story: Arithmetic | None = None
    marks: Marks = field(default_factory=dict)
    tight: float = field(default_factory=stage_tight)
    rest: tuple[Scale, ...] = ()
    overall: Message | None = None

    @cached_property
    def steps(self) -> tuple[Beat, ...]:
        """The beats with their seconds at normal speed; longer than 10 seconds in all is told faster."""
        whole = sum(b.seconds for b in self.beats)
        pace = min(1.0, LONGEST / whole) if whole else 1.0
        return tuple(replace(b, seconds=b.seconds * pace) for b in self.beats)

    @cached_property
    def duration(self) -> float:
        """Seconds at normal speed."""
        return sum(s.seconds for s in self.steps)

    @cached_property
    def _ends(self) -> tuple[float, ...]:
        ends = [e / self.duration for e in accumulate(s.seconds for s in self.steps)]
        return (*ends[:-1], 1.0)

    def step_at(self, t: float) -> int:
        """The step that moment t belongs to; the moment at which a step is done is still its own."""
        return min(bisect_left(self._ends, t), len(self.steps) - 1)

    def time_of(self, step: int) -> float:
        """The moment at which `step` (0, 1, ...) is done; 0 before the first, 1 from the last on."""
        return 0.0 if step < 0 else self._ends[min(step, len(self.steps) - 1)]

    def headline(self, t: float) -> Message:
        """The rule that is told at t: at both ends that of the whole, else the last one so far, else the first to
        come, else the first caption."""
        if self.overall is not None and not 0 < t < 1:
            return self.overall
        rules = [k for k, step in enumerate(self.steps) if step.rule]
        told = [k for k in rules if k <= self.step_at(t)]
        return self.steps[(told[-1:] or rules[:1] or [0])[0]].caption

    @property
    def transcript(self) -> tuple[Message, ...]:
        """All captions, in order."""
        return tuple(s.caption for s in self.steps)

    def moment(self, t: float) -> tuple[int, float]:
        """The step of t, and how much of it is done."""
        step = self.step_at(t)
        start = self._ends[step - 1] if step else 0.0
        end = self._ends[step]
        return step, min(max((t - start) / (end - start), 0.0), 1.0) if end > start else 1.0

    def frame(self, t: float, focus: Focus | None = None, hues: bool = False) -> Frame:
        """The picture at t. `focus` is (tensor, flat index): that cell and all related ones are marked. With `hues`
        each result cell and its sources wear one hue."""
        step, u = self.moment(t)
        canvas = self._canvas(step, u)
        resting = self.rest and (t <= 0.0 or step == len(self.beats) - 1)
        return self._frame(
            canvas, self.related(self._standing(focus, canvas)), hues, self.rest if resting else self.scales
        )

    def _canvas(self, step: int, u: float) -> Canvas:
        canvas = Canvas(self.unit, self.tight)
        self.beats[step].draw(u, canvas)
        return canvas

    def _frame(self, canvas: Canvas, focus: tuple[Focus, ...], hues: bool, levels: tuple[Scale, ...]) -> Frame:
        cells = canvas.cells
        if hues:
            cells = [replace(c, hues=self._hues_of(*w)) for c, w in zip(cells, canvas.whose, strict=True)]
        if self.marks:
            cells = [replace(c, marks=self._marks_of(*w)) for c, w in zip(cells, canvas.whose, strict=True)]
        return Frame(
            tuple(cells), tuple(canvas.brackets), tuple(canvas.outlines), tuple(canvas.arrows), tuple(canvas.labels),
            tuple(canvas.headings), self.bounds, levels, self.tensors, focus,
            self.unit if len(self.tensors) > 1 else 0.0,
        )  # fmt: skip

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """The cells of every moment lie in here."""
        boxes = []
        for step in range(len(self.beats)):
            for u in SAMPLES:
                canvas = self._canvas(step, u)
                boxes += [box(c) for c in canvas.cells if len(c.x)]
                boxes += [(o.x, o.y, o.x + o.width, o.y + o.height) for o in canvas.outlines]
                boxes += [(h.x, h.y, h.x, h.y) for h in canvas.headings]
                beside = [x for x in canvas.labels if x.role == "index" and x.align == "right"]
                boxes += [(x.x + 14.0 / self.unit, x.y, x.x + 14.0 / self.unit, x.y) for x in beside]
        if not boxes:
            return (0.0, 0.0, 1.0, 1.0)
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return min(x0), min(y0), max(x1), max(y1)

    # relations ------------------------------------------------------------------------------------------------------

    def _standing(self, focus: Focus | None, canvas: Canvas) -> Focus | None:
        """The focused cell; once it has been written over, the one that stands there instead."""
        if focus is None or self.story is None or focus[0] >= self.operands or not self.story.named_alike(focus[0]):
            return focus
        tensor, flat = focus
        stands = any(c.tensor == tensor and c.cell is not None and flat in c.cell for c in canvas.cells)
        return focus if stands else (self.operands, flat)

    def related(self, focus: Focus | None) -> tuple[Focus, ...]:
        """The focused cell, and what is drawn of the cells that it comes from or feeds."""
        if focus is None or self.provenance is None:
            return () if focus is None else (focus,)
        tensor, flat = focus
        shape = self.tensors[tensor].shape
        if not 0 <= flat < max(int(np.prod(shape)), 1) or 0 in shape:
            return ()
        cell = unravel(flat, shape)
        out = [focus]
        if tensor >= self.operands:
            result = tensor - self.operands
            sources = self.provenance.region(cell, result)
            out += self._drawn(sources, 0)
            for r, other in enumerate(self.tensors[self.operands :]):
                if other.shape == shape and self.provenance.region(cell, r) == sources:  # max and where it stands
                    out.append((self.operands + r, flat))
        else:
            fed = self._drawn(self.provenance.region_of(tensor, cell), self.operands)
            out += fed
            if len({f for _, f in fed}) == 1:
                place, target = fed[0]
                sources = self.provenance.region(unravel(target, self.tensors[place].shape), place - self.operands)
                out += self._drawn(sources, 0)
        return tuple(dict.fromkeys(out))

    def _drawn(self, region: Region, first: int) -> list[Focus]:
        out: list[Focus] = []
        for block in region.blocks:
            tensor = first + block.operand
            shape, kept = self.tensors[tensor].shape, self.kept[tensor]
            chosen = [
                k[np.isin(k, np.asarray(r))]
                if not isinstance(r, range) or r.step != 1
                else k[(k >= r.start) & (k < r.stop)]
                for k, r in zip(kept, block.ranges, strict=True)
            ]
            if all(len(c) for c in chosen):
                flats = ravel(chosen, shape).tolist()
                out += [(tensor, f) for f in flats if block.runs is None or unravel(f, shape) in block]
        return out

    def _hues_of(self, tensor: int, cell: Ints | None) -> Ints | None:
        if cell is None or tensor < 0 or tensor not in self._hues:
            return None
        flats, hue = self._hues[tensor]
        found: Ints = hue[np.searchsorted(flats, cell)]
        return found

    def _marks_of(self, tensor: int, cell: Ints | None) -> Ints | None:
        if cell is None or tensor not in self.marks:
            return None
        flats, kinds = self.marks[tensor]
        found: Ints = kinds[np.searchsorted(flats, cell)]
        return found if found.any() else None

    @cached_property
    def _hues(self) -> dict[int, tuple[Ints, Ints]]:
        """For each tensor its drawn cells and their hues: results are counted, sources wear their only target's."""
        table: dict[int, tuple[Ints, Ints]] = {}
        if self.provenance is None:
            return table
        rank: dict[Focus, int] = {}
        for tensor in range(self.operands, len(self.tensors)):
            flats = ravel(self.kept[tensor], self.tensors[tensor].shape)
            table[tensor] = (flats, np.arange(len(flats)))
            rank.update({(tensor, flat): k for k, flat in enumerate(flats.tolist())})
        for tensor in range(self.operands):
            shape = self.tensors[tensor].shape
            flats = ravel(self.kept[tensor], shape)
            hue = np.full(len(flats), -1)
            for k, cell in enumerate(product(*(i.tolist() for i in self.kept[tensor]))):
                region = self.provenance.region_of(tensor, cell)
                fed = {rank.get(f) for f in self._drawn(region, self.operands)[:2]} if region.count <= 2 else set()
                hue[k] = fed.pop() if len(fed) == 1 and None not in fed else -1
            table[tensor] = (flats, hue)
        return table

    def arithmetic(self, t: float, focus: Focus | None) -> str | Message:
        """How the focused cell comes about, as far as moment t has told it; "" without focus or relation. While a step
        is about one cell it is that cell. What is no formula is a sentence."""
        if focus is None or self.story is None:
            return ""
        step, u = self.moment(t)
        beat, before = self.beats[step], self.beats[step - 1] if step else None
        if beat.cell is not None and t < 1.0:
            return self.story.told((self.operands, beat.cell), min(u / LANDED, 1.0))
        last = beat if u >= LANDED or before is None else before
        if last.made is not None:
            cell = self.story.target(focus)
            stands = cell is not None and ravel_cell(cell[0], self.tensors[self.operands].shape) in last.made
            return self.story.told(focus, float(stands))
        told = last.taken if u >= LANDED or before is not None else 0.0
        return self.story.told(focus, told)


def box(cells: Cells) -> tuple[float, float, float, float]:
    """The bounds of a group of cells."""
    x, y = cells.x, cells.y
    return float(x.min()), float(y.min()), float(x.max()) + cells.width, float(y.max()) + cells.height
