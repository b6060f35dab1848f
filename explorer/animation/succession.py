"""Stages on one tensor, one after another: squashes, and what is done cell by cell before, between and after them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from explorer.animation import arrange, captions, cell_numbers, partials
from explorer.animation.axes import threaded
from explorer.animation.beat import Beat
from explorer.animation.canvas import READABLE, Canvas
from explorer.animation.formula_value import of_no_values
from explorer.animation.formulas import formulas
from explorer.animation.frame import Floats, Look
from explorer.animation.mismatch import badge
from explorer.animation.plane_layout import PlaneLayout
from explorer.animation.play import Play
from explorer.animation.separation import separation
from explorer.animation.sheet import Sheet
from explorer.animation.spoken import shown, spoken
from explorer.animation.squash import FORK, GAP, TRAY, Squash
from explorer.animation.value_change import in_place, stretched
from explorer.animation.value_names import dim_of, names_of
from explorer.messages import Message, Phrase
from explorer.numbers.forms import Spelling
from explorer.ops import Act
from explorer.ops.words import ADD, CONVERTED

ELLIPSIS = "…"
SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
NEARLY = 1 - 1e-6  # of the arithmetic: all terms, but not what they come to
SMALLER = 0.7  # of a cell's side, for a result in line with its axis


@dataclass
class Succession:
    """Builds the beats of a play whose stages work on one operand, one after another: those of a reduction, of a
    softmax, or of an operation that is made of others."""

    play: Play
    beats: list[Beat] = field(default_factory=list)
    made: list[Floats] = field(default_factory=list)  # all values but the operand's, for the colour levels
    late: list[Floats] = field(default_factory=list)  # those of a softmax from e^x on, which have a scale of their own
    badge: Message | None = None
    overall: Message | None = None
    common: Spelling | None = None  # how the last strip and the result are written
    unit: float = 48.0

    def build(self, scale: int, late: int) -> None:
        """Fill `beats`, `made`, `late`, `badge` and `unit`; what is made is coloured by scale number `scale`, what is
        `late` by that number."""
        play = self.play
        powers = self.powers()
        first = late if any(powers) else scale  # of the result
        squashes = [s for s in play.stages if s.squashes]
        axes = list(dict.fromkeys(s.axis for s in squashes if s.axis is not None))
        self.overall = self.aim(axes, squashes)
        layout, result_layout, places = self.arranged(axes)
        home, *ends = places
        operand = play.sheet(0, layout)
        result = play.sheet(1, result_layout, first).at(*ends[1])
        others = [play.sheet(k, result_layout, scale).at(*ends[k]) for k in range(2, len(play.shown))]
        if others:  # indices, which no colour scale is for
            result, *others = (
                replace(s, name=f"{s.name} {field}")
                for s, field in zip((result, *others), play.op.results_of(play.arguments), strict=True)
            )
            others = [replace(s, look=Look.PLAIN if s.look is Look.VALUE else s.look) for s in others]
        if not any(powers):
            self.made.append(result.values)
        base = scale
        start = operand.at(*home) if play.stages else operand.at(*ends[0])
        active = start
        whole = self.reach(play.tensor(0), axes, layout)
        values: list[Any] = []
        sheets: list[Sheet] = []
        last = max((k for k, s in enumerate(play.stages) if s.reduces), default=-1)
        names = names_of(play)

        for k, stage in enumerate(play.stages):
            inputs = [whole if i < 0 else values[i] for i in stage.inputs]
            shown, *met = [start if i < 0 else sheets[i] for i in stage.inputs]
            values.append(stage.run(inputs))
            name = names[k].whole
            scale = late if powers[k] else base
            if stage.squashes:
                squash = self.squash(stage, inputs[0], values[k], shown, scale, k == last, name)
                self.beats += squash.beats()
                active = squash.end
            elif met:
                active = self.numbered(replace(shown, scale=scale, name=name, tensor=-1), values[k])
                self.beats.append(stretched(stage.words, shown, met[0], active, names[stage.inputs[1]].brief))
            else:
                changed = replace(shown, scale=scale, name=name, tensor=-1 if shown is start else shown.tensor)
                active = self.numbered(changed, values[k])
                changed_beat = in_place(stage.words, shown, active)
                if stage.reduces:
                    itself = Message("captions", captions.ITSELF, {"what": captions.noun(stage)})
                    changed_beat = replace(changed_beat, caption=itself)
                self.beats.append(changed_beat)
            sheets.append(active)
            (self.late if powers[k] else self.made).append(active.values)
        self.beats = self.shared(squashes)
        self.compare(values)
        if self.common is not None:
            result = replace(result, texts=self.common.texts(self.ended))
        self.finish(operand.at(*ends[0]), active, result, others, axes, active is start)

    def aim(self, axes: Sequence[int], squashes: Sequence[Act]) -> Message | None:
        """What happens to several axes, all in all, to axes without length or where there is none; what an operation
        aims at whose axes come back; else None."""
        play, shape = self.play, self.play.shown[0].shape
        if play.op.words.aim and not play.op.reduces:
            values = {"function": play.op.short, "steps": play.op.words.aim, "name": play.result_names[0],
                      "shape": captions.shape_text(play.shown[len(play.operands)].shape)}  # fmt: skip
            return Message("captions", captions.STAGED, values)
        if not play.op.reduces or (len(axes) == 1 and shape[axes[0]]):
            return None
        given, last = play.arguments.get("dim"), next((s for s in reversed(play.stages) if s.reduces), None)
        what = play.op.words.aim or (captions.noun(last) if last is not None else Phrase())
        own = [play.axes[0][axis] for axis in axes]
        size = math.prod(shape[axis] for axis in axes)
        if len(axes) > 1 and size:
            dim = None if len(axes) == len(shape) and given in (None, ()) else given
            return captions.aim_several(dim, own, size, what)
        result = play.tensor(len(play.operands))
        if not what or not result.numel() or result.is_meta:
            return None
        value = shown(spoken(result.reshape(-1)[0])).removeprefix(" = ").strip()
        if not axes:
            return Message("captions", captions.SCALAR_OF, {"operand": play.names[0], "what": what, "value": value})
        made = of_no_values(last.join or ADD, self.after(last)) if last is not None else ""
        letters = ", ".join(axis.letter for axis in own)
        values = {"letter": letters, "letters": letters, "what": what, "value": f"{made} = {value}" if made else value}
        if len(axes) == 1:
            return Message("captions", captions.AIM_NONE, {**values, "dim": dim_of(play, squashes[0])})
        return Message("captions", captions.AIM_SEVERAL_NONE, {**values, "dim": given or "all"})

    def after(self, last: Act) -> list[Act]:
        """What is done cell by cell after the last squash."""
        stages = list(self.play.stages)
        return [stage for stage in stages[stages.index(last) + 1 :] if stage.words is not CONVERTED]

    def shared(self, squashes: Sequence[Act]) -> list[Beat]:
        """The beats with as much of the arithmetic as their values tell: nothing before the last where no squash on the
        way is the whole, or where several are; what all comes to where nothing is done to it any more."""
        alone = self.play.op.reduces and len(squashes) == 1
        most = (NEARLY if self.after(squashes[0]) else 1.0) if alone else 0.0
        return [*(replace(beat, taken=min(beat.taken, most)) for beat in self.beats[:-1]), *self.beats[-1:]]

    def powers(self) -> list[bool]:
        """For each stage whether its values have colours of their own: powers of e and what is made of them."""
        out: list[bool] = []
        for stage in self.play.stages:
            before = stage.inputs[0] >= 0 and out[stage.inputs[0]]
            out.append(before if stage.words.late is None else stage.words.late)
        return out

    @property
    def between(self) -> tuple[str, str]:
        """What the values on the way are called: those that share the usual scale, and the late ones. What the last
        stage makes is the result itself, unless its strip has colours on its way."""
        stages, names, powers = self.play.stages, names_of(self.play), self.powers()
        found = [
            (name.brief, late)
            for stage, name, late in zip(stages, names, powers, strict=True)
            if stage is not stages[-1] or (stage.reduces and self.ended.numel() > READABLE)
        ]
        usual, late = (", ".join(dict.fromkeys(n for n, late in found if late == which)) for which in (False, True))
        return usual, late

    def returns(self, stage: Act) -> bool:
        """Whether the axis that a stage squashes is there again in the end."""
        source, along = stage.inputs[0], threaded(self.play.stages)
        pairs = {(-1 - source, stage.axis)} if source < 0 else set(along[source][stage.axis or 0])
        return not self.play.op.reduces and any(pairs & set(own) for own in self.play.provenance.axes[0])

    @cached_property
    def closes(self) -> bool:
        """Whether the axes that are squashed are gone in the result."""
        return not any(self.returns(stage) for stage in self.play.stages if stage.squashes)

    # parts ----------------------------------------------------------------------------------------------------------

    def arranged(self, axes: Sequence[int]) -> tuple[PlaneLayout, PlaneLayout, list[tuple[float, float]]]:
        """The layouts of operand and result; where the operand starts, and where operand and results end. Page axes
        turn (down instead of across) where that makes larger cells."""
        found = [
            self.laid(axes, turned) for turned in ((False, True) if len(self.play.shown[0].shape) > 2 else (False,))
        ]
        best = max(found, key=lambda x: x[0])
        self.unit, layout, result, places = found[0] if found[0][0] > 0.8 * best[0] else best
        return layout, result, places

    def laid(
        self, axes: Sequence[int], turned: bool
    ) -> tuple[float, PlaneLayout, PlaneLayout, list[tuple[float, float]]]:
        """One arrangement, with the side of its cells in pixels first."""
        play, unit = self.play, 48.0
        count = len(play.results)
        drops = len(play.shown[1].shape) < len(play.shown[0].shape)
        for _ in range(3):
            page = [0.0, 0.0]
            plain = play.layout(0, unit, turned=turned)
            for axis in axes:
                if axis in (plain.rows, plain.columns) and plain.pages:
                    page[int(plain.direction(axis)[1])] = 1.0 + 2 * GAP
            layout = play.layout(0, unit, (page[0], page[1]), turned)
            result = plain
            for dropped, axis in enumerate(axes if self.closes else ()):
                result = result.squashed(axis - dropped * drops)
                result = result.without(axis - dropped) if drops else result
            width, height = layout.extent
            for axis in axes:
                k = int(layout.direction(axis)[1])
                more = layout.inside(axis)[k] + layout.gaps[k] + TRAY if axis in layout.pages else 1.0 + 2 * GAP
                width, height = width + more * (1 - k), height + more * k
            tops = [arrange.paged(x) for x in (layout, *[result] * count)]
            between = arrange.BETWEEN + (arrange.NAMED if result.down else 0.0)
            sizes = [layout.extent, *[result.extent] * count]
            final, lined = self.lined(sizes, between, tops, layout, axes)
            unit = min(final.unit, arrange.side(width, height, 0.0, tops[0]))
        final = arrange.respaced(final, sizes, between, tops, unit)
        cx, cy = final.size[0] / 2, final.size[1] / 2
        home = final.places[0] if lined else (cx - width / 2, cy - (height - tops[0] / unit) / 2)
        return unit, layout, result, [home, *final.places]

    def lined(
        self,
        sizes: Sequence[arrange.Size],
        between: float,
        tops: Sequence[float],
        layout: PlaneLayout,
        axes: Sequence[int],
    ) -> tuple[arrange.Arrangement, bool]:
        """Where operand and results end, and whether they do so in line with the one axis that is squashed: each sum
        under its column, unless that makes much smaller cells."""
        free = arrange.arrange(sizes, between, tops, 1)
        if len(axes) != 1:
            return free, False
        down = bool(layout.direction(axes[0])[1])
        line = arrange.below(sizes, arrange.BELOW, tops) if down else arrange.beside(sizes, between, tops)
        return (line, True) if line.unit >= SMALLER * free.unit else (free, False)

    def reach(self, tensor: Any, axes: Sequence[int], layout: PlaneLayout) -> Any:
        """The operand with the drawn indices of the axes that stay, and all of those that are squashed."""
        kept = [
            np.arange(n) if a in axes else k for a, (n, k) in enumerate(zip(tensor.shape, layout.kept, strict=True))
        ]
        return cell_numbers.windowed(tensor, kept)

    def numbered(self, sheet: Sheet, value: Any) -> Sheet:
        """The sheet with the numbers of `value`, and its dtype."""
        values, texts = partials.drawn(value, sheet.layout)
        return replace(sheet, values=values, texts=texts, dtype=str(value.dtype).removeprefix("torch."))

    def squash(
        self,
        stage: Act,
        operand: Any,
        whole: Any,
        sheet: Sheet,
        scale: int,
        last: bool,
        name: str,
    ) -> Squash:
        """The squash of one stage; `name` is its result's."""
        assert stage.axis is not None
        size = sheet.layout.shape[stage.axis]
        counts = partials.takes(size)
        found = partials.running(stage, operand, counts)
        run = found or []
        layout = sheet.layout.squashed(stage.axis)
        ends = [self.ended] if stage is self.play.stages[-1] else []
        common = partials.spelling([*run, whole], layout, ends)
        if ends:
            self.common = common
        strips = [partials.drawn(p, layout, common) for p in run]
        if layout.count > READABLE:  # of others the colours come with the last numbers
            (self.late if self.powers()[self.play.stages.index(stage)] else self.made).extend(v for v, _ in strips)
        if run and self.badge is None:
            self.badge = badge(run[-1], whole, stage.function)
        halves = partials.halves(stage, operand, sheet.layout, counts, strips)
        what: Phrase | Message = captions.noun(stage)
        whole_cells = partials.drawn(whole, layout, common)
        if last and len(self.play.results) > 1:
            what = captions.indexed(what)
            strips = [
                (v, self.indexed(t, operand, n, layout, stage.axis)) for (v, t), n in zip(strips, counts, strict=False)
            ]
            halves = [*(texts for _, texts in strips[:1]), *halves[1:]]
            whole_cells = whole_cells[0], self.indexed(whole_cells[1], operand, size, layout, stage.axis)
        tensor = len(self.play.operands) if last and self.ends_small(stage) else -1
        return Squash(
            sheet, stage.axis, counts if run else (), tuple(strips), tuple(halves), whole_cells,
            what, dim_of(self.play, stage), scale, tensor, name,
            str(whole.dtype).removeprefix("torch."), layout.flat if tensor >= 0 else None,
            told=self.lasting(stage, sheet, size),
            aim=None if self.overall is not None else self.play.op.words.aim or None,  # one axis alone
            rule=self.play.op.reduces or not any(b.rule for b in self.beats),
            refused=stage.partial or "" if found is None else "",
        )  # fmt: skip

    def lasting(self, stage: Act, sheet: Sheet, size: int) -> Message | None:
        """What is made of an axis that stays; None where it goes, and once the operation's own words are said."""
        op = self.play.op
        said = any(b.rule for b in self.beats) if op.words.lasting else size < 2
        if said or not self.returns(stage):
            return None
        assert stage.axis is not None
        letter, what = sheet.axes[stage.axis].letter, captions.noun(stage)
        values = {"function": op.short, "dim": dim_of(self.play, stage), "letter": letter, "n": size, "what": what}
        return Message("captions", op.words.lasting or captions.PASSING, values)

    def indexed(
        self, texts: tuple[str, ...], operand: Any, count: int, layout: PlaneLayout, axis: int
    ) -> tuple[str, ...]:
        """The texts of a strip, each with the small index of the slab that its value comes from; `count` are in."""
        if operand.device.type == "meta" or not count:
            return texts
        found = self.play.op.run([operand.narrow(axis, 0, count)], {"dim": axis, "keepdim": True})[1]
        return formulas(lambda t, k: t + k.translate(SMALL), (texts, partials.drawn(found, layout)[1]), ())

    def ends_small(self, stage: Act) -> bool:
        """Whether the strip of this stage is what becomes the result (not so in a softmax)."""
        result = self.play.shown[1].shape
        return self.closes and math.prod(result) == math.prod(stage.provenance.shapes[0])

    @cached_property
    def ended(self) -> Any:
        """The drawn cells of the result."""
        return cell_numbers.windowed(self.play.tensor(1), self.play.kept[1])

    def compare(self, values: Sequence[Any]) -> None:
        """Badge the last value where torch's own result differs from the stages one after another."""
        if not values or self.badge is not None or values[-1].device.type == "meta":
            return
        window, mine = self.ended.reshape(-1), values[-1].reshape(-1)
        if mine.numel() == window.numel():
            self.badge = badge(mine, window, self.play.op.name)

    def finish(
        self, operand: Sheet, active: Sheet, result: Sheet, others: Sequence[Sheet], axes: Sequence[int], there: bool
    ) -> None:
        """The separation."""
        play = self.play
        shape = captions.shape_text(play.shown[1].shape)
        name = play.result_names[0]
        dropped = list(axes) if len(result.axes) < len(active.axes) else []
        left = [a for a in range(len(active.axes)) if a not in dropped]
        moved = [(was, now) for now, was in enumerate(left) if was != now]
        values = {
            "name": name, "shape": shape, "operand": play.names[0], "numbers": ", ".join(map(str, axes)),
            "was": ", ".join(str(w) for w, _ in moved), "now": ", ".join(str(n) for _, n in moved),
        }  # fmt: skip
        if not play.op.reduces:
            template = captions.RESULT
        elif not play.stages or not axes:
            template = captions.SCALAR
        elif not dropped:
            template = captions.KEPT
        else:
            template = captions.RENUMBERED if moved else captions.DROPPED

        caption = Message("captions", template, values)
        before = dressed(active)
        self.beats.append(separation(caption, FORK, before, [operand], active, result, others, dropped, there=there))


def chained(stages: Sequence[Act]) -> bool:
    """Whether all that happens is squashes of one operand, and what is done to its cells, a strip over them at most."""
    return all(not stage.moves and stage.inputs and min(stage.inputs) >= -1 and _over(stage) for stage in stages)


def _over(stage: Act) -> bool:
    """Whether of two values that meet the second one is stretched over the first, aligned from the right."""
    whole, *others = stage.provenance.operands
    pairs = [pair for own in others for pair in zip(reversed(own), reversed(whole), strict=False)]
    return len(others) < 2 and all(n in (1, m) for n, m in pairs) and all(len(own) <= len(whole) for own in others)


def dressed(sheet: Sheet) -> Callable[[Canvas], None]:
    """Draws brackets and heading of a sheet."""
    return lambda canvas: canvas.dress(sheet)
