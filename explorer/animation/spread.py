"""Multiply and squash: operands spread into the block of all products, and it is squashed along the shared axis."""

from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np

from explorer.animation import arrange, captions, cell_numbers, partials
from explorer.animation.axes import continued
from explorer.animation.beat import Beat
from explorer.animation.canvas import READABLE, Canvas
from explorer.animation.ease import part, staggered
from explorer.animation.formulas import formulas
from explorer.animation.frame import Floats, Ints, Label
from explorer.animation.glyphs import brief
from explorer.animation.mismatch import badge
from explorer.animation.plane_layout import PlaneLayout, place
from explorer.animation.play import Play, gaps
from explorer.animation.routes import routes
from explorer.animation.separation import separation
from explorer.animation.sheet import Sheet
from explorer.animation.squash import FORK, GAP, TRAY, Squash
from explorer.animation.transfer import Transfer
from explorer.messages import Message
from explorer.ops.words import TIMES

AIM, SPREAD = 1.4, 4.2
SIGNED = 26.0  # pixels more between operands, for the sign and the letters of axes
STARTS, FLIGHT, READ = (0.08, 0.34), 0.36, 0.18  # of the spreading: when A and B leave, how long they fly, the products
SHARE = 0.5  # of a flight: each page
ELLIPSIS = "…"


@dataclass
class Spread:
    """Builds the beats of a contraction. `kept`: the drawn indices of the product block."""

    play: Play
    kept: tuple[Ints, ...]
    scale: int
    made: list[Floats] = field(default_factory=list)
    badge: Message | None = None
    unit: float = 48.0

    def __post_init__(self) -> None:
        play = self.play
        product, add = play.stages
        assert add.axis is not None
        self.axis = add.axis
        operands = [play.tensor(0), play.tensor(1)]
        kept = [self.reach(k) for k in range(2)]
        block = product.run([cell_numbers.windowed(x, k) for x, k in zip(operands, kept, strict=True)])
        layout, result_layout, places = self.arranged(product.provenance.shapes[0])
        home, ends, spot = places
        self.operands = [play.sheet(k, play.layout(k, self.unit)).at(*home[k]) for k in range(2)]
        self.ends = [sheet.at(*ends[k]) for k, sheet in enumerate(self.operands)]
        axes = continued(product.provenance.axes[0], play.axes[:2])
        values, texts = partials.drawn(block, layout)
        look = self.operands[0].look
        self.block = Sheet(
            layout, axes, values, texts, *spot, look=look, scale=self.scale,
            name=f"{play.names[0]} × {play.names[1]}", dtype=str(block.dtype).removeprefix("torch."),
        )  # fmt: skip
        self.result = play.sheet(2, result_layout, self.scale).at(*ends[2])
        self.made += [values, self.result.values]
        self.paths = routes(product.provenance, [s.layout for s in self.operands], layout)
        self.whole = add.run([block])
        counts = partials.takes(layout.shape[self.axis])
        run = partials.running(add, block, counts)
        self.run = run or []
        strip_layout = layout.squashed(self.axis)
        final = cell_numbers.windowed(play.tensor(2), play.kept[2])
        common = partials.spelling(self.run, strip_layout, [final])
        strips = [partials.drawn(p, strip_layout, common) for p in self.run]
        self.made += [v for v, _ in strips] if strip_layout.count > READABLE else []
        self.result = replace(self.result, texts=cell_numbers.texts(final, common))
        ended = self.run[-1] if self.run else self.whole
        self.badge = badge(ended.reshape(-1), final.reshape(-1), play.op.name)
        shown = self.result if self.result.texts else self.block
        told = Message("captions", captions.CONTRACT_SQUASH, self.values())
        self.squash = Squash(
            self.block, self.axis, counts if self.run else (), tuple(strips),
            tuple(partials.halves(add, block, layout, counts, strips)), (shown.values, shown.texts),
            captions.noun(add), self.block.axes[self.axis].letter, self.scale, 2, play.result_names[0],
            self.result.dtype, play.layout(2, self.unit).flat, told, refused=add.partial or "" if run is None else "",
        )  # fmt: skip

    def reach(self, k: int) -> list[Ints]:
        """The drawn indices of an operand's axes, and all of those that are summed over."""
        shape = self.play.shown[k].shape
        pairs = self.play.stages[0].provenance.axes[0][self.axis]
        return [
            np.arange(n) if (k, a) in pairs else kept
            for a, (n, kept) in enumerate(zip(shape, self.play.kept[k], strict=True))
        ]

    def arranged(
        self, shape: tuple[int, ...]
    ) -> tuple[
        PlaneLayout, PlaneLayout, tuple[list[tuple[float, float]], list[tuple[float, float]], tuple[float, float]]
    ]:
        """The layouts of block and result; the places of A and B at first, of A, B and the result at last, and of the
        block, which has the stage for itself in between."""
        play, unit = self.play, 48.0
        rank = len(shape)
        matrices = len(play.shown[0].shape) > 1 and len(play.shown[1].shape) > 1
        rows, columns = (rank - 3, rank - 1) if matrices else (None, None)
        for _ in range(3):
            layout = place(shape, self.kept, rows, columns, gaps=gaps(unit))
            k = int(layout.direction(self.axis)[1])
            paged = self.axis in layout.pages
            more = layout.inside(self.axis)[k] + layout.gaps[k] + TRAY if paged else 1.0 + 2 * GAP
            if not paged and layout.pages:
                room = (0.0, more) if k else (more, 0.0)
                layout = place(shape, self.kept, rows, columns, gaps=gaps(unit, room))
            result = layout.squashed(self.axis).without(self.axis)
            width, height = layout.extent
            width, height = width + more * (1 - k), height + more * k
            three = [play.layout(0, unit), play.layout(1, unit), result]
            sizes, tops = [x.extent for x in three], [arrange.paged(x) for x in three]
            top = arrange.paged(layout)
            between = arrange.BETWEEN + SIGNED + (arrange.NAMED if any(x.down for x in three[1:]) else 0.0)
            first = arrange.arrange(sizes[:2], between, tops[:2])
            last = arrange.arrange(sizes, between, tops, 2)
            unit = min(first.unit, last.unit, arrange.side(width, height, 0.0, top))
        self.unit = unit
        first = arrange.respaced(first, sizes[:2], between, tops[:2], unit)
        last = arrange.respaced(last, sizes, between, tops, unit)
        top /= unit
        whole = max(first.size[0], last.size[0], width), max(first.size[1], last.size[1], height + top)

        def centred(found: arrange.Arrangement) -> list[tuple[float, float]]:
            dx, dy = (whole[0] - found.size[0]) / 2, (whole[1] - found.size[1]) / 2
            return [(x + dx, y + dy) for x, y in found.places]

        spot = ((whole[0] - width) / 2, (whole[1] - height - top) / 2 + top)
        return layout, result, (centred(first), centred(last), spot)

    def values(self) -> dict[str, object]:
        """What captions speak of."""
        play = self.play
        pairs = dict(play.stages[0].provenance.axes[0][self.axis])
        return {
            "a": play.names[0], "b": play.names[1], "name": play.result_names[0], "x": pairs.get(0, ""),
            "y": pairs.get(1, ""),
            "letter": self.block.axes[self.axis].letter, "n": self.block.layout.shape[self.axis],
            "block": captions.shape_text(self.block.layout.shape), "shape": captions.shape_text(play.shown[2].shape),
        }  # fmt: skip

    def pair(self, canvas: Canvas, opacity: float = 1.0, glow: bool = False) -> None:
        """A and B, and the sign between them."""
        pairs = dict(self.play.stages[0].provenance.axes[0][self.axis])
        for k, sheet in enumerate(self.operands):
            canvas.sheet(sheet, opacity=opacity)
            canvas.dress(sheet, opacity, emphasis=pairs.get(k) if glow else None)
        self.sign(canvas, self.operands[0], self.operands[1], self.play.op.symbol or "·", opacity)

    def sign(self, canvas: Canvas, a: Sheet, b: Sheet, text: str, opacity: float) -> None:
        """A sign between two sheets that stand beside each other, or before the lower one's heading."""
        if opacity <= 0.004:
            return
        if b.x > a.x + a.width:
            x = (a.x + a.width + 12.0 / canvas.unit + b.x - 40.0 / canvas.unit) / 2
            canvas.labels.append(Label(x, max(a.y + a.height / 2, b.y), text, "symbol", opacity=opacity))
        elif b.y > a.y + a.height:
            x, y = b.x - 50.0 / canvas.unit, b.y - 48.0 / canvas.unit
            canvas.labels.append(Label(x, y, text, "symbol", opacity=opacity))

    def beats(self) -> list[Beat]:
        """Aim, spread, squash, and the result alone."""
        values = self.values()
        template = captions.CONTRACT_DOT if len(self.block.layout.shape) == 1 else captions.CONTRACT_AIM
        out = [Beat(Message("captions", template, values), AIM, self.draw_aim, rule=True)]
        out.append(Beat(Message("captions", captions.CONTRACT_SPREAD, values), SPREAD, self.draw_spread))
        out += self.squash.beats()
        last = Message("captions", captions.CONTRACT_END, values)
        out.append(self.ended(last))
        return out

    def ended(self, caption: Message) -> Beat:
        """The result comes away, the products go, and A and B are there again."""
        end = self.squash.end
        beat = separation(
            caption, FORK, lambda canvas: canvas.dress(end), [], end, self.result, (), (self.axis,), False
        )

        def draw(u: float, canvas: Canvas) -> None:
            beat.draw(u, canvas)
            shown = part(u, 0.4, 0.95)
            for sheet in self.ends:
                canvas.sheet(sheet, opacity=shown)
                canvas.dress(sheet, shown)
            self.sign(canvas, self.ends[0], self.ends[1], self.play.op.symbol or "·", shown)
            self.sign(canvas, self.ends[1], self.result, "=", shown)

        return replace(beat, draw=draw)

    def draw_aim(self, u: float, canvas: Canvas) -> None:
        """The axes that run together glow."""
        self.pair(canvas, 1.0, True)

    @cached_property
    def transfers(self) -> list[Transfer]:
        """A's and B's cells on their way into the block."""
        return [
            Transfer(s, self.block, start, end, self.turns[end], 0.0, SHARE)
            for s, start, end in zip(self.operands, self.paths.start, self.paths.end, strict=True)
        ]

    @cached_property
    def turns(self) -> Floats:
        """The block fills page by page (slab by slab) along the shared axis."""
        drawn = self.block.layout.drawn
        index = np.arange(drawn[self.axis]).reshape([-1 if a == self.axis else 1 for a in range(len(drawn))])
        found: Floats = np.broadcast_to(index / max(drawn[self.axis] - 1, 1), drawn).ravel().astype(np.float64)
        return found

    @cached_property
    def products(self) -> tuple[str, ...]:
        """`2×3` for each cell of the block."""
        sides = [[""] * self.block.layout.count for _ in range(2)]
        for k, sheet in enumerate(self.operands):
            for s, e in zip(self.paths.start[k].tolist(), self.paths.end[k].tolist(), strict=True):
                sides[k][e] = sheet.texts[s]
        return formulas(partial(brief, TIMES), sides, self.block.texts)

    def draw_spread(self, u: float, canvas: Canvas) -> None:
        """Page by page A's cells move into the block, then B's onto them; where they meet, `2×3`, then the product."""
        away = 1 - part(u, 0.0, 0.1)
        for sheet in self.operands:
            canvas.dress(sheet, away)
        self.sign(canvas, self.operands[0], self.operands[1], self.play.op.symbol or "·", away)
        canvas.dress(self.block, part(u, 0.04, 0.14))
        flown = [min(max((u - start) / FLIGHT, 0.0), 1.0) for start in STARTS]
        met, told = (
            staggered(min(max((u - start) / FLIGHT, 0.0), 1.0), self.turns, SHARE) >= 1.0
            for start in (STARTS[1], STARTS[1] + READ)
        )
        for k, (sheet, transfer) in enumerate(zip(self.operands, self.transfers, strict=True)):
            moved = transfer.moved(flown[k])
            standing = np.ones(sheet.layout.count, bool)
            standing[transfer.start[moved > 0.0]] = False
            canvas.sheet(sheet, select=standing, own=False, above=True)
            transfer.draw(flown[k], canvas, landed=False)
            if k == 0:
                there = np.zeros(self.block.layout.count, bool)
                there[transfer.end[moved >= 1.0]] = True
                canvas.sheet(self.landed, select=there & ~met)
        canvas.formula(self.block, self.products, met & ~told)
        canvas.sheet(self.block, select=told)

    @cached_property
    def landed(self) -> Sheet:
        """The block with A's cells only."""
        source = self.operands[0]
        places = np.zeros(self.block.layout.count, np.int64)
        places[self.paths.end[0]] = self.paths.start[0]
        texts = tuple(source.texts[k] for k in places.tolist()) if source.texts else ()
        return replace(self.block, values=source.values[places], texts=texts, scale=source.scale)
