"""Cells that only change place: they travel from where they are to where they will be, row after row, on arcs.

Where operands are joined they slide as whole blocks, one after another; `stack` first gives each a new thin axis.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from explorer.animation import captions
from explorer.animation.axes import AxisId
from explorer.animation.beat import Beat
from explorer.animation.canvas import READABLE, Canvas
from explorer.animation.ease import mix, part
from explorer.animation.frame import Chip, Look
from explorer.animation.placement import placement
from explorer.animation.play import Play
from explorer.animation.routes import routes
from explorer.animation.sheet import Sheet
from explorer.animation.transfer import Transfer, by_row
from explorer.messages import Message
from explorer.ops import Form
from explorer.ops.movement import Filling
from explorer.ops.parameters import Axis

LOOK, TRAVEL, THIN, SLIDE = 1.0, 3.2, 1.2, 1.4
FEW = 5  # operands that slide one by one; more go in groups


class Move:
    """Builds the beats of a movement."""

    def __init__(self, play: Play, scale: int) -> None:
        self.play = play
        self.count = len(play.operands)
        self.placement = placement(play, scale, between=100.0 if self.count == 1 else 84.0)
        self.alone = play.op.joins and self.placement.unit < 34.0
        if self.alone:
            self.placement = placement(play, scale, alone=True)
        self.operands = tuple(
            replace(s, look=Look.PLAIN) if play.op.chooser(k, self.count) == "index" and s.look is Look.VALUE else s
            for k, s in enumerate(self.placement.sheets[: self.count])
        )
        self.results = self.placement.sheets[self.count :]
        self.result = self.results[0]
        self.made = [s.values for s in self.results]
        join = play.op.joins
        self.transfers = []
        for number, goal in enumerate(self.results):
            paths = routes(play.provenance, [s.layout for s in self.operands], goal.layout, number)
            for sheet, start, end in zip(self.operands, paths.start, paths.end, strict=True):
                turns = np.zeros(len(start)) if join else by_row(sheet, start)
                self.transfers.append(
                    Transfer(sheet, goal, start, end, turns, 0.0 if join else 0.5, 1.0 if join else 0.45)
                )

    def beats(self) -> list[Beat]:
        """Everything that is told."""
        return self.joining() if self.play.op.joins else self.travelling()

    def stage(self, canvas: Canvas, look: float = 1.0) -> None:
        """The operands in their places, pale as far as they have gone (`look` 0)."""
        for sheet in self.operands:
            canvas.paling(sheet, look)
            canvas.dress(sheet)
        if self.play.op.form is Form.INDEX and len(self.transfers[0].start) <= READABLE:
            canvas.ring(self.operands[0], np.unique(self.transfers[0].start))

    def arrow(self, canvas: Canvas, opacity: float) -> None:
        """From the operands to the result."""
        canvas.becomes(self.operands, self.results, opacity)

    # one operand ----------------------------------------------------------------------------------------------------

    def travelling(self) -> list[Beat]:
        """All cells go, row after row."""
        return [
            Beat(self.sentence(), LOOK, self.draw_look),
            Beat(self.going(), TRAVEL, self.draw_travel, 1.0),
        ]

    def values(self) -> dict[str, object]:
        """What captions speak of."""
        shown, subject = self.play.shown, self.play.op.subject
        return {
            "operand": self.play.names[subject], "names": ", ".join(self.play.result_names),
            "name": self.play.result_names[0], "function": self.function,
            "was": captions.shape_text(shown[subject].shape), "shape": captions.shape_text(shown[self.count].shape),
            "letters": self.order(),
        }  # fmt: skip

    @property
    def function(self) -> str:
        """The operation as captions call it."""
        op = self.play.op
        return op.source(self.play.names, self.play.arguments) if op.form is Form.INDEX else op.name

    def order(self) -> str:
        """The letters of the axes before and after: `i, j → j, i`."""
        before, after = (", ".join(a.letter for a in s.axes) for s in (self.operands[0], self.result))
        return f"{before} → {after}"

    def swaps(self) -> bool:
        """Whether the axes are the same, in another order."""
        before, after = self.operands[0].axes, self.result.axes
        return before != after and sorted(a.index for a in before) == sorted(a.index for a in after)

    def sentence(self) -> Message:
        """The first caption."""
        if self.chosen:
            return self.choosing()
        if self.play.op.divides and self.count > 1:
            return Message("captions", captions.GRID, {**self.values(), "operands": ", ".join(self.play.names)})
        if self.play.op.divides:
            dim, own = self.play.arguments.get("dim") or 0, self.operands[0].axes
            values = {**self.values(), "dim": dim, "letter": own[int(dim)].letter, "count": len(self.results)}
            return Message("captions", captions.DIVIDES, values)
        before, after = self.play.shown[0].shape, self.play.shown[self.count].shape
        if self.swaps():
            template = captions.SWAPS
        elif before == after:
            template = captions.STAYS
        elif [n for n in before if n != 1] == [n for n in after if n != 1]:
            template = captions.ONES_GO if len(after) < len(before) else captions.ONES_COME
        elif np.prod(before) == np.prod(after):
            template = captions.RESHAPES
        else:
            template = captions.STRETCHES
        return Message("captions", template, self.values())

    @property
    def chosen(self) -> bool:
        """Whether an operand says which cells of the others go, so that some go nowhere, and some to several places."""
        op = self.play.op
        return op.subject > 0 or any(x.chooses == "index" for x in op.operands)

    def choosing(self) -> Message:
        """The first caption where an operand says which cells go."""
        play = self.play
        chooser = next(iter(play.op.choosers(self.count)))
        values = {**self.values(), "chooser": play.names[chooser], "other": play.names[-1]}
        if play.op.chooser(chooser, self.count) == "mask":
            return Message("captions", captions.CHOOSES, values)
        if isinstance(play.op, Filling):
            return self.putting(values)
        axis = next((play.arguments.get(p.name) for p in play.op.parameters if isinstance(p, Axis)), None)
        own = play.axes[play.op.subject]
        if axis is None or not own:
            return Message("captions", captions.LOOKS_UP_FLAT, values)
        return Message("captions", captions.LOOKS_UP, {**values, "dim": axis, "letter": own[int(axis)].letter})

    def putting(self, values: dict[str, object]) -> Message:
        """The first caption where indices say where cells are put."""
        play = self.play
        choosers = [play.names[k] for k in play.op.choosers(self.count)]
        values = {**values, "choosers": ", ".join(choosers)}
        axis = next((play.arguments.get(p.name) for p in play.op.parameters if isinstance(p, Axis)), None)
        if axis is not None and play.axes[0]:
            return Message("captions", captions.PUTS, {**values, "dim": axis, "letter": play.axes[0][axis].letter})
        return Message("captions", captions.PUTS_AT, values)

    def going(self) -> Message:
        """The caption of the travel."""
        if self.chosen and isinstance(self.play.op, Filling):
            added = any(stage.partial for stage in self.play.stages)
            values = {**self.values(), "other": self.play.names[-1]}
            return Message("captions", captions.PUT_AND_ADDED if added else captions.PUT, values)
        if self.chosen:
            return Message("captions", captions.TAKEN, self.values())
        (first, *_), result = self.play.operands, self.play.results[0]
        if self.play.op.writes:
            template = captions.RELAID
        elif isinstance(self.play.op, Filling) and self.count == 1:
            template = captions.TRAVEL_ZEROS
        elif (
            self.count > 1 and not self.play.op.choosers(self.count) and not self.play.op.divides
        ) or first.device.type == "meta":
            template = captions.TRAVEL
        else:
            shared = first.untyped_storage()._cdata == result.untyped_storage()._cdata
            views = captions.TRAVEL_VIEWS if self.play.op.divides else captions.TRAVEL_VIEW
            template = views if shared else captions.TRAVEL_COPY
        values = self.values()
        if self.play.op.divides:
            values["operand"] = ", ".join(self.play.names)
        return Message("captions", template, values)

    def draw_look(self, u: float, canvas: Canvas) -> None:
        """The operand, and the brackets of the result to be."""
        self.stage(canvas)
        if not self.alone:
            self.arrow(canvas, part(u, 0.2, 0.7))
            self.frames(canvas, part(u, 0.2, 0.9))
        if self.play.op.joins:
            self.along(canvas, part(u, 0.1, 0.9))

    def frames(self, canvas: Canvas, opacity: float = 1.0) -> None:
        """Brackets and headings of the results."""
        for number, sheet in enumerate(self.results):
            canvas.dress(sheet, opacity, chips=self.chips(number))

    def chips(self, number: int) -> tuple[Chip, ...]:
        """The chips of a result; where one tensor's axes have changed places they tell their old numbers."""
        chips = Canvas.chips(self.results[number])
        if self.play.op.joins:
            return tuple(chips)
        out = []
        for chip, sources in zip(chips, self.play.provenance.axes[number], strict=True):
            was = sources[0][1] if len(sources) == 1 else chip.number
            out.append(replace(chip, was=was if was != chip.number else None))
        return tuple(out)

    @property
    def axis(self) -> int | None:
        """The axis of the result along which operands are joined."""
        rank = len(self.play.shown[self.count].shape)
        return int(self.play.arguments.get("dim") or 0) % rank if rank else None

    def along(self, canvas: Canvas, shown: float = 1.0, opacity: float = 1.0) -> None:
        """The arrow along the axis of a join."""
        if self.axis is not None and self.axis < len(self.result.axes):
            canvas.arrow(self.result, self.axis, 0.0, shown, opacity)

    def draw_travel(self, u: float, canvas: Canvas) -> None:
        """The cells on their way; those that have left stay pale, until all have arrived."""
        back = part(u, 0.88, 1.0)
        for sheet in self.operands:
            used = np.zeros(sheet.layout.count, bool)
            for transfer in self.transfers:
                if transfer.source is sheet:
                    used[transfer.start[transfer.moved(u / 0.96) > 0.0]] = True
            canvas.paling(sheet, back, used)
            canvas.sheet(sheet, select=~used)
            canvas.dress(sheet)
        self.arrow(canvas, 1.0)
        self.frames(canvas)
        if u >= 0.97:
            for sheet in self.results:
                canvas.sheet(sheet)
            return
        for transfer in self.transfers:
            transfer.draw(u / 0.96, canvas)

    # several operands -----------------------------------------------------------------------------------------------

    def joining(self) -> list[Beat]:
        """Blocks slide to the result."""
        out = [Beat(self.joint(), LOOK, self.draw_look)]
        new = self.new_axis()
        if new is not None:
            values = {**self.values(), "dim": self.play.arguments.get("dim") or 0, "letter": new[1].letter}
            out.append(Beat(Message("captions", captions.THIN, values), THIN, self.draw_thin))
        if self.alone:
            sliding = [shown.name for shown in self.play.shown[: self.count] if 0 not in shown.shape]
            values = {**self.values(), "names": ", ".join(sliding or self.play.names)}
            out.append(Beat(Message("captions", captions.SLIDE_ALL, values), 2.4, self.draw_together, 1.0))
            return out
        edges = [round(k * self.count / min(FEW, self.count)) for k in range(min(FEW, self.count) + 1)]
        for first, last in pairwise(edges):
            values = {**self.values(), "names": ", ".join(self.play.names[first:last])}
            empty = all(0 in shown.shape for shown in self.play.shown[first:last])
            told = Message("captions", captions.NO_CELLS if empty else captions.SLIDE, values)
            out.append(Beat(told, SLIDE, self.slide(first, last), last / self.count))
        return out

    def new_axis(self) -> tuple[int, AxisId] | None:
        """The axis of the result that no operand has (stack), by its number."""
        rank = len(self.play.shown[self.count].shape)
        if rank == max(len(shown.shape) for shown in self.play.shown[: self.count]):
            return None
        place = int(self.play.arguments.get("dim") or 0) % rank
        return place, self.result.axes[place]

    def joint(self) -> Message:
        """The first caption."""
        dim = self.play.arguments.get("dim") or 0
        rank = len(self.play.shown[self.count].shape)
        axis = self.result.axes[int(dim) % rank] if rank else AxisId(0)
        values = {**self.values(), "dim": dim, "letter": axis.letter, "count": self.count}
        if self.new_axis() is not None:
            return Message("captions", captions.STACK, {**values, "names": ", ".join(self.play.names)})
        left = [shown.name for shown in self.play.shown[: self.count] if len(shown.shape) < rank]
        values |= {"left": ", ".join(left), "names": ", ".join(n for n in self.play.names if n not in left)}
        along = sum(bool(shown.shape[int(dim)]) for shown in self.play.shown[: self.count] if len(shown.shape) == rank)
        template = captions.CAT_WITHOUT if left else captions.CAT if along > 1 else captions.CAT_SAME
        return Message("captions", template, values)

    def thin_chips(self, sheet: Sheet) -> tuple[Chip, ...]:
        """The chips with the new axis of length 1."""
        new = self.new_axis()
        chips = list(Canvas.chips(sheet))
        if new is None:
            return tuple(chips)
        place, axis = new
        chips.insert(place, Chip(place, 1, axis))
        return tuple(replace(c, number=k) for k, c in enumerate(chips))

    def draw_thin(self, u: float, canvas: Canvas) -> None:
        """Each operand gets an axis of length 1."""
        new = self.new_axis()
        for sheet in self.operands:
            canvas.sheet(sheet)
            chips = self.thin_chips(sheet) if u > 0.3 else None
            canvas.dress(sheet, chips=chips)
            if new is not None:
                self.halo(canvas, sheet, new[1], part(u, 0.1, 0.6))
        if not self.alone:
            self.arrow(canvas, 1.0)
            canvas.dress(self.result)

    def halo(self, canvas: Canvas, sheet: Sheet, axis: AxisId, opacity: float) -> None:
        """The frame of a slab along the new axis."""
        if opacity > 0.004:
            canvas.frame(sheet.x, sheet.y, sheet.width, sheet.height, axis, opacity)

    def draw_together(self, u: float, canvas: Canvas) -> None:
        """All blocks slide together with their names, where there is no room for both operands and result."""
        new = self.new_axis()
        away, here = 1 - part(u, 0.65, 0.8), part(u, 0.75, 0.9)
        self.along(canvas, 1.0, 1 - part(u, 0.9, 1.0))
        for k, (sheet, transfer) in enumerate(zip(self.operands, self.transfers, strict=True)):
            moved = part(u, 0.0, 0.7)
            block = self.moved(sheet, transfer, moved)
            sides = (self.axis,) if new is None and self.axis is not None else ()
            inner = [a for a in range(len(sheet.axes)) if a not in sides] if k else []  # they would lie on neighbours
            canvas.dress(block, away, chips=self.thin_chips(sheet), skip=inner if moved > 0.1 else ())
            if new is not None:
                self.halo(canvas, block, new[1], 1 - part(u, 0.0, 0.3))
            if u < 0.97:
                canvas.sheet(block)
        canvas.dress(self.result, here, chips=self.grown_chips() if u < 0.98 else None)
        if u >= 0.97:
            canvas.sheet(self.result)

    @staticmethod
    def moved(sheet: Sheet, transfer: Transfer, moved: float) -> Sheet:
        """A block as far as it has moved to its place in the result."""
        if not len(transfer.start):
            return sheet
        x, y = sheet.positions()
        gx, gy = transfer.goal.positions()
        a, b = transfer.start[0], transfer.end[0]
        return sheet.at(sheet.x + float(gx[b] - x[a]) * moved, sheet.y + float(gy[b] - y[a]) * moved)

    def grown_chips(self) -> tuple[Chip, ...]:
        """The result's chips, telling how the joined axis has grown: `4+4 → 8`."""
        chips = list(Canvas.chips(self.result))
        axis, new = self.axis, self.new_axis()
        if new is None and axis is not None and self.count <= FEW:
            sizes = [str(s.layout.shape[axis]) for s in self.operands if len(s.layout.shape) == len(chips)]
            if len(sizes) > 1:
                chips[axis] = replace(chips[axis], size=f"{'+'.join(sizes)} → {chips[axis].size}")
        return tuple(chips)

    def slide(self, first: int, last: int):  # type: ignore[no-untyped-def]
        """Operands `first` to `last` - 1 slide to their places."""
        new = self.new_axis()

        def draw(u: float, canvas: Canvas) -> None:
            for k, sheet in enumerate(self.operands):
                moving = first <= k < last
                look = 0.0 if k < first else 1 - part(u, 0.0, 0.3) if moving else 1.0
                canvas.paling(sheet, max(look, part(u, 0.9, 1.0)) if last == self.count else look)
                canvas.dress(sheet, chips=self.thin_chips(sheet))
                if new is not None and k >= first:
                    self.halo(canvas, sheet, new[1], 1 - part(u, 0.0, 0.4) if moving else 1.0)
            self.arrow(canvas, 1.0)
            self.along(canvas)
            canvas.dress(self.result, chips=self.grown_chips() if last < self.count or u < 0.9 else None)
            done = np.zeros(self.result.layout.count, bool)
            for transfer in self.transfers[:first]:
                done[transfer.end] = True
            moved = part(u, 0.05, 0.9)
            if moved >= 1.0:
                for transfer in self.transfers[first:last]:
                    done[transfer.end] = True
            if last == self.count and moved >= 1.0:
                done[:] = True
            canvas.sheet(self.result, select=done)
            if moved < 1.0:
                for transfer in self.transfers[first:last]:
                    transfer.draw(mix(0.0, 1.0, u / 0.9), canvas)

        return draw
