"""An operation made of several stages on several operands: one stage after another beside the operands, which stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from explorer.animation import arrange, captions, cell_numbers
from explorer.animation.axes import AxisId, continued, threaded
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import part, staggered
from explorer.animation.formulas import formulas
from explorer.animation.frame import Look
from explorer.animation.glyphs import brief, written
from explorer.animation.mismatch import badge
from explorer.animation.plane_layout import PlaneLayout, place
from explorer.animation.play import gaps
from explorer.animation.routes import routes
from explorer.animation.sheet import Sheet
from explorer.animation.squash import GAP, TRAY
from explorer.animation.succession import Succession
from explorer.animation.transfer import Transfer, by_row
from explorer.animation.value_change import in_place
from explorer.animation.value_names import ValueName, names_of
from explorer.late import torch
from explorer.messages import Message, Phrase
from explorer.ops import Act
from explorer.ops.words import DROPPED, EXPANDED, TIMES

MOST = 5  # steps that a sentence names
LOOK, MEET, MOVE = 1.2, 2.6, 1.8
FLOWN, READ, SHARE = 0.6, 0.25, 0.45  # of a meeting: the flights; how long a formula is read; each cell's share


class Composite(Succession):
    """Builds the beats of a play whose stages work on several operands. The values of stages stand on a bench, one in
    the place of the other; what a stage takes flies there from where it stands."""

    def build(self, scale: int, late: int) -> None:
        """Fill `beats`, `made`, `badge` and `unit`; what is made is coloured by scale number `scale`."""
        play, count = self.play, len(self.play.operands)
        layouts, places, bench = self.placed()
        self.operands = [play.sheet(k, own).at(*at) for k, (own, at) in enumerate(zip(layouts, places, strict=True))]
        names = names_of(play)
        whole = self.whole_axes()
        tensors = [self.read(k, whole) for k in range(count)]
        values: list[Any] = []
        sheets: list[Sheet] = []
        result = play.sheet(count, play.layout(count, self.unit), scale).at(*bench)
        self.shown = self.operands[0]
        steps: list[Message] = []
        for k, stage in enumerate(play.stages):
            inputs = [tensors[-1 - i] if i < 0 else values[i] for i in stage.inputs]
            sources = [self.operands[-1 - i] if i < 0 else sheets[i] for i in stage.inputs]
            values.append(stage.run(inputs))
            steps += self.step(stage, sources, [names[i].brief if i >= 0 else play.names[-1 - i] for i in stage.inputs])
            if stage.squashes:
                sheets.append(self.squashing(stage, inputs[0], values[k], sources[0], scale, names[k], bench))
            elif len(sources) == 1 and stage.inputs[0] >= 0 and not stage.moves:
                new = self.numbered(replace(sources[0], name=names[k].whole, scale=scale), values[k])
                sheets.append(new)
                self.add(replace(in_place(stage.words, sources[0], new), rule=True))
            else:
                sheets.append(self.arriving(k, sources, values[k], scale, names, bench))
            self.made.append(sheets[-1].values)
            self.shown = sheets[-1]
        self.made.append(result.values)
        self.overall = self.story(steps)
        self.compare(values)
        self.ending(self.shown, result)

    # places ---------------------------------------------------------------------------------------------------------

    def placed(self) -> tuple[list[PlaneLayout], Sequence[tuple[float, float]], tuple[float, float]]:
        """The layouts and places of the operands, and the place of the bench, which has room for every stage."""
        play, unit, count = self.play, 48.0, len(self.play.operands)
        layouts: list[PlaneLayout] = []
        for _ in range(3):
            layouts = [play.layout(k, unit) for k in range(count)]
            rooms = [*self.rooms(unit), play.layout(count, unit).extent]
            size = max(w for w, _ in rooms), max(h for _, h in rooms)
            tops = [arrange.paged(x) for x in layouts]
            high = max(arrange.paged(self.layout_of(k, unit)) for k in range(len(play.stages)))
            found = arrange.arrange([*(x.extent for x in layouts), size], arrange.BETWEEN, [*tops, high], count)
            unit = found.unit
        self.unit = unit
        return layouts, found.places[:count], found.places[count]

    def layout_of(self, k: int, unit: float, room: tuple[float, float] = (0.0, 0.0)) -> PlaneLayout:
        """How the value of stage number k lies."""
        shape = self.play.stages[k].provenance.shapes[0]
        return place(shape, self.play.between[k], gaps=gaps(unit, room))

    def rooms(self, unit: float) -> list[tuple[float, float]]:
        """Width and height of the bench up to the end of each stage's value: strips are left where squashes end."""
        spots: list[tuple[float, float]] = []
        found: list[tuple[float, float]] = []
        for k, stage in enumerate(self.play.stages):
            layout, source = self.layout_of(k, unit), stage.inputs[0] if stage.inputs else 0
            x, y = (
                spots[source] if 0 <= source < k and layout.shape == self.layout_of(source, unit).shape else (0.0, 0.0)
            )
            if stage.squashes and stage.axis is not None:
                x, y = spots[source] if source >= 0 else (0.0, 0.0)
                before = self.play.layout(-1 - source, unit) if source < 0 else self.layout_of(source, unit)
                down = before.direction(stage.axis)[1]
                paged = stage.axis in before.pages
                more = before.gaps[int(down)] + TRAY if paged else 2 * GAP
                x, y = x + (before.extent[0] + more) * (1 - down), y + (before.extent[1] + more) * down
            spots.append((x, y))
            found.append((x + layout.extent[0], y + layout.extent[1]))
        return found

    def whole_axes(self) -> set[tuple[int, int]]:
        """The axes of operands that are squashed, or run along with such: all of their cells are needed."""
        stages = self.play.stages
        along = threaded(stages)
        found: set[tuple[int, int]] = set()
        for stage in stages:
            if stage.squashes and stage.axis is not None:
                source = stage.inputs[0]
                found |= {(-1 - source, stage.axis)} if source < 0 else set(along[source][stage.axis])
        groups = [set(pairs) for own in along for pairs in own]
        while more := {pair for group in groups if group & found for pair in group} - found:
            found |= more
        return found

    def read(self, k: int, whole: set[tuple[int, int]]) -> Any:
        """Operand number k with the drawn indices, and all of the axes that are needed whole."""
        tensor, kept = self.play.tensor(k), self.play.kept[k]
        return cell_numbers.windowed(
            tensor,
            [
                np.arange(n) if (k, a) in whole else own
                for a, (n, own) in enumerate(zip(tensor.shape, kept, strict=True))
            ],
        )

    # stages ---------------------------------------------------------------------------------------------------------

    def add(self, beat: Beat) -> None:
        """A beat with the operands beside it; only the end tells the arithmetic."""

        def draw(u: float, canvas: Canvas) -> None:
            self.aside(canvas)
            beat.draw(u, canvas)

        self.beats.append(replace(beat, draw=draw, taken=0.0))

    def aside(self, canvas: Canvas) -> None:
        """The operands in their places."""
        for sheet in self.operands:
            canvas.sheet(sheet)
            canvas.dress(sheet)

    def axes_of(self, stage: Act, sources: Sequence[Sheet]) -> tuple[AxisId, ...]:
        """The axes of the value of a stage."""
        return continued(stage.provenance.axes[0], [sheet.axes for sheet in sources])

    def squashing(
        self,
        stage: Act,
        operand: Any,
        whole: Any,
        source: Sheet,
        scale: int,
        name: ValueName,
        bench: tuple[float, float],
    ) -> Sheet:
        """A squash on the bench: of what stands there, or of an operand, which is copied there first."""
        sheet = source
        if source.tensor >= 0:
            sheet = replace(source, tensor=-1, cell=None).at(*bench)
            self.add(self.copied(source, sheet))
        squash = self.squash(stage, operand, whole, sheet, scale, False, name.whole)
        for k, beat in enumerate(squash.beats()):
            self.add(replace(beat, rule=k == 0))
        return squash.end

    def copied(self, source: Sheet, sheet: Sheet) -> Beat:
        """An operand that is copied to the bench."""
        every = np.arange(source.layout.count)
        transfer = Transfer(source, sheet, every, every, by_row(source, every), 0.3, SHARE)
        values = {"operand": source.name, "name": source.name, "was": source.dtype, "now": source.dtype, "device": ""}

        def draw(u: float, canvas: Canvas) -> None:
            canvas.dress(sheet, part(u, 0.0, 0.2))
            transfer.draw(u, canvas)

        return Beat(Message("captions", captions.TAKEN_ASIDE, values), MOVE, draw, rule=True)

    def arriving(
        self,
        k: int,
        sources: Sequence[Sheet],
        value: Any,
        scale: int,
        names: Sequence[ValueName],
        bench: tuple[float, float],
    ) -> Sheet:
        """The beat in which cells of all sources fly to the bench, and meet there."""
        stage = self.play.stages[k]
        layout = self.layout_of(k, self.unit)
        blank = Sheet(
            layout, self.axes_of(stage, sources), np.zeros(layout.count), ("",) * layout.count, *bench,
            look=Look.PENDING if value.device.type == "meta" else Look.VALUE, scale=scale, name=names[k].whole,
        )  # fmt: skip
        new = self.numbered(blank, value)
        paths = routes(stage.provenance, [sheet.layout for sheet in sources], layout)
        turns = by_row(new, np.arange(layout.count), 0.35)
        transfers = [
            Transfer(sheet, new, start, end, turns[end], 0.15, SHARE)
            for sheet, start, end in zip(sources, paths.start, paths.end, strict=True)
        ]
        texts = [
            dict(zip(end.tolist(), start.tolist(), strict=True))
            for start, end in zip(paths.start, paths.end, strict=True)
        ]
        moved = stage.moves
        halves = new.texts
        if not moved and all(len(own) == layout.count for own in texts):
            columns = [
                [sheet.texts[own[c]] for c in range(layout.count)] for sheet, own in zip(sources, texts, strict=True)
            ]
            halves = formulas(partial(brief, stage.words), columns, new.texts)
        taken = [name.brief for name in (ValueName(sheet.name, sheet.name) for sheet in sources)]
        before, shown = [s for s in sources if s.tensor < 0], self.shown

        def draw(u: float, canvas: Canvas) -> None:
            flown = min(u / (0.95 if moved else FLOWN), 1.0)
            gone = part(u, 0.35, 0.6)
            for sheet in before:
                seen = (1.0 if sheet is shown else part(u, 0.0, 0.15)) * (1 - gone)
                canvas.sheet(sheet, opacity=seen)
                canvas.dress(sheet, seen)
            if shown.tensor < 0 and all(shown is not sheet for sheet in before):
                canvas.sheet(shown, opacity=1 - part(u, 0.0, 0.15))
            canvas.dress(new, part(u, 0.35, 0.6) if before else part(u, 0.0, 0.2))
            landed = staggered(flown, turns, SHARE) >= 1.0
            told = landed if moved else staggered(min(max((u - READ) / FLOWN, 0.0), 1.0), turns, SHARE) >= 1.0
            for transfer in transfers:
                transfer.draw(flown, canvas, landed=False)
            if u >= 1.0:
                landed[:] = told[:] = True
            canvas.formula(new, halves, landed & ~told)
            canvas.sheet(new, select=told)

        self.add(Beat(self.told(stage, taken, names[k], layout), MOVE if moved else MEET, draw, rule=True))
        return new

    def told(self, stage: Act, taken: Sequence[str], name: ValueName, layout: PlaneLayout) -> Message:
        """The caption of a stage at which cells arrive."""
        values = {
            "function": stage.function, "name": name.whole, "operand": ", ".join(taken), "a": taken[0],
            "b": taken[-1], "block": captions.shape_text(layout.shape),
        }  # fmt: skip
        if stage.moves:
            return Message("captions", captions.TRAVEL, values)
        if len(taken) == 1:
            return captions.change(stage.words)
        if self.play.op.contracts and stage.words is TIMES:
            return Message("captions", captions.CONTRACT_SPREAD, values)
        return Message("captions", captions.MET, values)

    def step(self, stage: Act, sources: Sequence[Sheet], names: Sequence[str]) -> list[Message]:
        """What a stage does, as a part of a sentence; nothing of one that goes without saying."""
        play, values = self.play, {"names": ", ".join(names)}
        if stage.squashes:
            letter = sources[0].axes[stage.axis or 0].letter
            return [Message("captions", captions.ALONG, {"what": captions.noun(stage), "letter": letter})]
        if play.op.contracts and stage.words is TIMES:  # of several the last one says it
            later = [other for other in play.stages if other.words is TIMES]
            whole = {
                "names": ", ".join(play.names[k] for k in sorted(-1 - i for s in later for i in s.inputs if i < 0))
            }
            return [Message("captions", captions.PRODUCTS_OF, whole)] if stage is later[-1] else []
        if stage.moves:
            return self.moved(stage, values)
        if stage.words is EXPANDED:
            return [Message("captions", captions.STRETCHED_OVER, values)]
        if not stage.inputs or (play.op.words.aim and min(stage.inputs) >= -1):
            return []  # what all of it aims at is said
        if stage.inputs == (-1,):  # it is said where it meets the others
            return []
        formula = written(stage.words, *("x" if k == 0 else name for k, name in enumerate(names)))
        return [Message("captions", captions.FOR_EACH, {"formula": formula})]

    def moved(self, stage: Act, values: Mapping[str, object]) -> list[Message]:
        """As `step`, of cells that change place."""
        (before,), after = stage.provenance.operands, stage.provenance.shapes[0]
        order = [own[0][1] for own in stage.provenance.axes[0] if len(own) == 1 and before[own[0][1]] != 1]
        if stage.words is DROPPED:
            return []
        if len(after) < len(before):
            return [Message("captions", captions.DIAGONAL_OF, values)]
        if order == sorted(order):
            return [Message("captions", captions.UNCHANGED, values)] if len(self.play.stages) == 1 else []
        return [Message("captions", captions.REORDERED, values)]

    def story(self, steps: Sequence[Message]) -> Message:
        """What all stages do."""
        play, aim = self.play, self.play.op.words.aim
        squashes = {captions.ALONG} if aim else set()
        said: list[Message | Phrase] = [*([aim] if aim else []), *(s for s in steps if s.template not in squashes)]
        if len(said) > MOST:
            said = [*said[: MOST - 2], Phrase("…"), said[-1]]
        whole: Message | Phrase = said[0] if said else Phrase("…")
        for more in said[1:]:
            whole = Message("captions", captions.THEN, {"first": whole, "next": more})
        shape = captions.shape_text(play.shown[len(play.operands)].shape)
        values = {"function": play.op.short, "steps": whole, "name": play.result_names[0], "shape": shape}
        return Message("captions", captions.STAGED, values)

    def compare(self, values: Sequence[Any]) -> None:
        """Badge the last value where torch's own result differs from the stages one after another."""
        count = len(self.play.operands)
        if self.badge is not None or values[-1].device.type == "meta":
            return
        window = cell_numbers.windowed(self.play.tensor(count), self.play.kept[count]).reshape(-1)
        last, _ = self.cells_of(values[-1])
        if last.numel() == window.numel():
            self.badge = badge(last.reshape(-1), window, self.play.op.name)

    @property
    def between(self) -> tuple[str, str]:
        """What the values on the way are called."""
        names = names_of(self.play)[:-1]
        briefs = list(dict.fromkeys(name.brief for name in names))
        return ", ".join(briefs), ""

    def cells_of(self, value: Any) -> tuple[Any, None]:
        """The drawn cells of the last stage's value."""
        for axis, kept in enumerate(self.play.between[-1]):
            if value.shape[axis] != len(kept):
                value = value.index_select(axis, torch.as_tensor(kept, device=value.device))
        return value, None

    def ending(self, last: Sheet, result: Sheet) -> None:
        """The last value is the result."""
        every = np.arange(result.layout.count)
        transfer = Transfer(last, result, every, every, np.zeros(len(every)), 0.0, 1.0)
        shape = captions.shape_text(self.play.shown[len(self.play.operands)].shape)
        values = {"name": self.play.result_names[0], "shape": shape, "operand": ", ".join(self.play.names)}

        def draw(u: float, canvas: Canvas) -> None:
            self.aside(canvas)
            moved = part(u, 0.1, 0.7)
            canvas.dress(last, 1 - part(u, 0.0, 0.2))
            canvas.dress(result, part(u, 0.4, 0.8))
            canvas.becomes(self.operands, [result], part(u, 0.5, 0.9))
            if moved < 1.0:
                transfer.draw(max(moved, 1e-6), canvas)
            else:
                canvas.sheet(result)

        template = captions.STILL if self.play.views else captions.MADE
        self.beats.append(Beat(Message("captions", template, values), LOOK, draw, 1.0))
