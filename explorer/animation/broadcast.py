"""Cell by cell: operands stretch to one shape, then the cells of the same place meet where the result will stand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from explorer.animation import captions
from explorer.animation.arithmetic import spelt
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import blend, part, staggered
from explorer.animation.formulas import formulas
from explorer.animation.frame import Floats, Label, Look
from explorer.animation.glyphs import brief
from explorer.animation.placement import Placement, placement
from explorer.animation.plane_layout import PlaneLayout
from explorer.animation.play import Play
from explorer.animation.sheet import Sheet
from explorer.animation.spoken import pair
from explorer.animation.transfer import Transfer, by_row
from explorer.messages import Message, Phrase
from explorer.ops.elementwise import Elementwise
from explorer.ops.provenance import Labelled
from explorer.ops.words import Words

LINE_UP, STRETCH, MEET, ALONE = 1.2, 1.6, 3.6, 2.6
FLOWN, READ = 0.55, 0.3  # of the meeting: how long cells fly, and how long each can be read as a formula
SHARE = 0.4  # of the flying: each cell


class Broadcast:
    """Builds the beats of an elementwise operation or a conversion."""

    def __init__(self, play: Play, scale: int) -> None:
        self.play = play
        self.count = len(play.operands)
        relation = play.provenance
        assert isinstance(relation, Labelled)
        self.relation = relation
        self.over = [tuple(map(relation.result.index, labels)) for labels in relation.labels]
        self.placement: Placement = placement(play, scale, self.layouts, 92.0 if self.count > 1 else 100.0)
        self.result = self.placement.sheets[self.count]
        self.operands = self.placement.sheets[: self.count]
        self.made = [self.result.values]

    def layouts(self, unit: float) -> list[tuple[PlaneLayout, PlaneLayout]]:
        """Operands lie as the result does, aligned from the right; those that stretch have room for it."""
        play = self.play
        whole = play.layout(self.count, unit)
        out = []
        for k in range(self.count):
            own = aligned(whole, play.shown[k].shape, self.over[k])
            out.append((own, whole if own.drawn != whole.drawn else own))
        return [*out, (whole, whole)]

    def beats(self) -> list[Beat]:
        """Line up, stretch where that is needed, meet."""
        out = []
        if self.count > 1:
            out.append(Beat(self.lined_up(), LINE_UP, self.draw_line_up))
            if any(len(g.values) for g in self.ghosts):
                out.append(Beat(self.stretching(), STRETCH, self.draw_stretch))
        out.append(Beat(self.meeting(), MEET if self.count > 1 else ALONE, self.draw_meet, 1.0))
        return out

    @property
    def overall(self) -> Message | None:
        """What is done, where the operation has a sentence of its own for it."""
        op, play = self.play.op, self.play
        aim = op.aim(play.operands) if isinstance(op, Elementwise) else Phrase()
        values = dict(zip("abc", play.names, strict=False))
        values |= {"name": play.result_names[0], "shape": captions.shape_text(play.shown[self.count].shape)}
        return Message("captions", aim, values) if aim else None

    # sentences ------------------------------------------------------------------------------------------------------

    def lined_up(self) -> Message:
        """The first caption."""
        shapes = [s.shape for s in self.play.shown]
        values = {
            "a": self.play.names[0], "b": self.play.names[1], "name": self.play.result_names[0],
            "sa": captions.shape_text(shapes[0]), "sb": captions.shape_text(shapes[1]),
            "shape": captions.shape_text(shapes[self.count]), "names": ", ".join(self.play.names),
        }  # fmt: skip
        template = captions.SAME_SHAPE if shapes[0] == shapes[1] else captions.ALIGNED
        left, right = ({self.relation.result[axis] for axis in over} for over in self.over[:2])
        if self.count > 2:
            template = captions.ALIGNED_ALL
        elif left and right and not left & right:
            template = captions.CROSSED
        elif () in shapes[:2]:
            template = captions.ONE_VALUE if shapes[1] == () else captions.ONE_VALUE_FIRST
        return Message("captions", template, values)

    def stretching(self) -> Message:
        """The caption of the stretch."""
        names = [n for n, g in zip(self.play.names, self.ghosts, strict=True) if len(g.values)]
        return Message("captions", captions.STRETCHED, {"names": ", ".join(names)})

    def meeting(self) -> Message:
        """The caption of the meeting."""
        play = self.play
        values = {"operand": play.names[0], "name": play.result_names[0], "function": play.op.name}
        if play.op.converts:
            was, now = (s.dtype for s in (self.operands[0], self.result))
            device = str(play.results[0].device)
            moved = str(play.operands[0].device) != device
            template = captions.CONVERTED if was != now else captions.MOVED if moved else captions.COPIED
            return Message("captions", template, {**values, "was": was, "now": now, "device": device})
        if self.count == 1:
            return captions.change(self.words)
        return Message("captions", captions.MET if self.count == 2 else captions.MET_ALL, values)

    @property
    def words(self) -> Words:
        """What is done where cells meet."""
        return self.play.stages[0].words

    # drawing --------------------------------------------------------------------------------------------------------

    @property
    def ghosts(self) -> list[Sheet]:
        """For each operand its copies in the places that it stretches to."""
        if not hasattr(self, "_ghosts"):
            self._ghosts = [
                ghost(s, w, over) for s, w, over in zip(self.operands, self.placement.wide, self.over, strict=False)
            ]
        return self._ghosts

    def stage(self, canvas: Canvas, signs: float = 1.0, stretched: float = 0.0) -> None:
        """The operands, their headings and the signs between them; brackets as far as they are `stretched`."""
        for sheet, wide in zip(self.operands, self.placement.wide, strict=False):
            canvas.sheet(sheet)
            self.dress(canvas, sheet, wide, stretched)
        self.signs(canvas, signs)

    def dress(self, canvas: Canvas, sheet: Sheet, wide: PlaneLayout, stretched: float) -> None:
        """Brackets and heading of an operand, as far as it is `stretched`."""
        over = self.over[sheet.tensor]
        if not stretched or wide.drawn == sheet.layout.drawn:
            canvas.dress(sheet)
            return
        offsets = tuple(
            blend(a, b, stretched) for a, b in zip(folded(sheet.layout, wide, over), wide.offsets, strict=True)
        )
        spread = replace(sheet, layout=wide, axes=self.result.axes, offsets=offsets)
        canvas.dress(spread, chips=canvas.chips(sheet))

    def signs(self, canvas: Canvas, opacity: float) -> None:
        """`+` between the operands and `=` before the result, or an arrow."""
        if self.count == 1:
            canvas.becomes(self.operands, [self.result], opacity)
            return
        boxes = [
            (s.x, s.y, w.extent[0], w.extent[1])
            for s, w in zip(self.placement.sheets, self.placement.wide, strict=True)
        ]
        sign = self.words.sign.replace("-", "−") if self.words.infix else ""
        marks = [sign] * (self.count - 1) + ["="]
        for (ax, ay, aw, ah), (bx, by, _, bh), mark in zip(boxes, boxes[1:], marks, strict=False):
            if bx > ax + aw:  # beside
                right = 12.0 / canvas.unit
                x, y = (ax + aw + right + bx - 40.0 / canvas.unit) / 2, ay + ah / 2
                canvas.labels.append(
                    Label(x, y if by <= y <= by + bh else by + bh / 2, mark, "symbol", opacity=opacity)
                )
            elif by > ay + ah:  # below: at the left, where the brackets are not
                canvas.labels.append(
                    Label(bx - 50.0 / canvas.unit, by - 48.0 / canvas.unit, mark, "symbol", opacity=opacity)
                )

    def draw_line_up(self, u: float, canvas: Canvas) -> None:
        """The operands stand side by side."""
        self.stage(canvas, part(u, 0.3, 0.8))

    def draw_stretch(self, u: float, canvas: Canvas) -> None:
        """Ghosts come out of the cells that are there."""
        moved = part(u, 0.05, 0.85)
        for sheet, copies in zip(self.operands, self.ghosts, strict=True):
            self.ghost_cells(canvas, sheet, copies, moved, part(u, 0.0, 0.2))
        self.stage(canvas, 1.0, moved)

    def ghost_cells(self, canvas: Canvas, sheet: Sheet, copies: Sheet, moved: float, opacity: float) -> None:
        """The copies, `moved` so far out of their originals."""
        if not len(copies.values):
            return
        x, y = copies.layout.positions(copies.offsets)
        over = self.over[sheet.tensor]
        keep = real(sheet.layout, copies.layout, over)
        flat_x, flat_y = copies.layout.positions(folded(sheet.layout, copies.layout, over))
        x0, y0 = flat_x[~keep] + sheet.x, flat_y[~keep] + sheet.y
        x1, y1 = x[~keep] + sheet.x, y[~keep] + sheet.y
        texts = copies.texts
        if moved < 1.0 and texts:  # a number can be read once its cell is clear of the original
            clear = np.hypot(x1 - x0, y1 - y0) * moved >= np.where(np.hypot(x1 - x0, y1 - y0) > 1.5, 1.0, 0.9)
            texts = tuple(t if c else "" for t, c in zip(texts, clear.tolist(), strict=True))
        canvas.cells_at(copies, x0 + (x1 - x0) * moved, y0 + (y1 - y0) * moved, opacity, own=False, texts=texts)

    @property
    def transfers(self) -> list[Transfer]:
        """Every result cell's sources on their way."""
        if not hasattr(self, "_flights"):
            self._flights = []
            goal = self.result
            ends = np.arange(goal.layout.count)
            turns = by_row(goal, ends, 0.0)
            for k, (sheet, wide, over) in enumerate(zip(self.operands, self.placement.wide, self.over, strict=False)):
                places = _places(sheet.layout, wide, over)
                whole = replace(
                    sheet, layout=wide, offsets=wide.offsets, values=sheet.values[places],
                    texts=tuple(sheet.texts[p] for p in places.tolist()),
                    cell=None if sheet.cell is None else sheet.cell[places],
                )  # fmt: skip
                self._flights.append(Transfer(whole, goal, ends, ends, turns, 0.15 if k == 0 else -0.15, SHARE))
        return self._flights

    def draw_meet(self, u: float, canvas: Canvas) -> None:
        """Copies of the cells fly to the result, and leave them pale; where they meet, `2×3`, then the value. At last
        the operands are as they were."""
        goal = self.result
        turns = by_row(goal, np.arange(goal.layout.count), 0.0)
        flown = min(u / FLOWN, 1.0)
        back = part(u, 0.9, 1.0)
        left = staggered(flown, turns, SHARE) > 0.0
        for k, (sheet, copies, wide) in enumerate(zip(self.operands, self.ghosts, self.placement.wide, strict=False)):
            self.ghost_cells(canvas, sheet, copies, 1.0, 1.0)
            used = np.ones(sheet.layout.count, bool)
            np.logical_and.at(used, _places(sheet.layout, wide, self.over[k]), left)
            canvas.sheet(sheet, select=~used)
            canvas.paling(sheet, back, used)
            self.dress(canvas, sheet, wide, 1.0)
        self.signs(canvas, 1.0)
        canvas.dress(goal, part(u, 0.0, 0.15))
        for transfer in self.transfers:
            transfer.draw(flown, canvas, landed=False)
        landed = staggered(flown, turns, SHARE) >= 1.0
        told = staggered(min(max((u - READ) / FLOWN, 0.0), 1.0), turns, SHARE) >= 1.0
        canvas.formula(goal, self.halves, landed & ~told)
        canvas.sheet(goal, select=told)

    @property
    def halves(self) -> tuple[str, ...]:
        """What the result's cells read before their values: `2×3`; those where more than the operands counts."""
        given = self.play.op.cellwise and spelt(self.play.op, self.play.arguments)
        if given or self.count > 2:
            return self.result.texts
        if not hasattr(self, "_halves"):
            sources = [transfer.source for transfer in self.transfers]

            def made(k: int, *texts: str) -> str:
                cells = [self.play.cell(source, k) for source in sources]
                return brief(self.words, *(pair(self.words, texts, cells) if len(sources) == 2 else texts))

            columns = (range(self.result.layout.count), *(source.texts for source in sources))
            self._halves = formulas(made, columns, self.result.texts)
        return self._halves


def aligned(whole: PlaneLayout, shape: Sequence[int], over: Sequence[int]) -> PlaneLayout:
    """The part of a layout that an operand of `shape` takes, whose axes lie along the axes `over` of it."""
    own = {axis: a for a, axis in enumerate(over)}
    kept = tuple(
        whole.kept[axis] if n == whole.shape[axis] else np.zeros(min(n, 1), np.int64)
        for axis, n in zip(over, shape, strict=True)
    )
    rows, columns = (None if axis is None else own.get(axis) for axis in (whole.rows, whole.columns))
    pages, down = (tuple(own[a] for a in axes if a in own) for axes in (whole.pages, whole.down))
    return PlaneLayout(tuple(shape), rows, columns, pages, kept, down, whole.gaps)


def _padded(own: PlaneLayout, wide: PlaneLayout, over: Sequence[int]) -> tuple[int, ...]:
    found = dict(zip(over, own.drawn, strict=True))
    return tuple(found.get(axis, 1) for axis in range(len(wide.shape)))


def folded(own: PlaneLayout, wide: PlaneLayout, over: Sequence[int]) -> list[Floats]:
    """The offsets of `wide` with the stretched axes not stretched yet."""
    return [np.zeros(len(o)) if n == 1 else o for n, o in zip(_padded(own, wide, over), wide.offsets, strict=True)]


def _places(
    own: PlaneLayout, wide: PlaneLayout, over: Sequence[int]
) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    """For each cell of `wide` the place of its original in `own`."""
    return np.broadcast_to(np.arange(own.count).reshape(_padded(own, wide, over)), wide.drawn).ravel()


def real(own: PlaneLayout, wide: PlaneLayout, over: Sequence[int]) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """The cells of `wide` that are there without stretching."""
    out = np.ones(wide.drawn, bool)
    for axis, n in enumerate(_padded(own, wide, over)):
        if n == 1 and wide.drawn[axis] != 1:
            first = np.arange(wide.drawn[axis]).reshape([-1 if a == axis else 1 for a in range(len(wide.drawn))]) == 0
            out &= first
    return out.ravel()


def ghost(sheet: Sheet, wide: PlaneLayout, over: Sequence[int]) -> Sheet:
    """The copies that stretch a sheet to `wide`: all cells of it but the real ones."""
    away = ~real(sheet.layout, wide, over)
    places = _places(sheet.layout, wide, over)[away]
    return replace(
        sheet, layout=wide, offsets=wide.offsets, values=sheet.values[places],
        texts=tuple(sheet.texts[p] for p in places.tolist()) if sheet.texts else (),
        look=Look.GHOST if sheet.look is not Look.PENDING else Look.PENDING,
        cell=None if sheet.cell is None else sheet.cell[places],
    )  # fmt: skip
