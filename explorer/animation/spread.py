"""Multiply and squash: operands spread into the block of all products, and the block is squashed along the shared axis."""

from dataclasses import dataclass, field

import numpy as np

from explorer.animation import arrange, captions, numbers, partials
from explorer.animation.arrange import PAGED
from explorer.animation.axes import continued
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import part, staggered
from explorer.animation.flight import Flight
from explorer.animation.fork import fork
from explorer.animation.frame import Floats, Ints, Label, Look
from explorer.animation.glyphs import half, written
from explorer.animation.layout import Layout, place
from explorer.animation.play import Play, gaps
from explorer.animation.routes import routes
from explorer.animation.sheet import Sheet
from explorer.animation.squash import FORK, GAP, TRAY, Squash
from explorer.animation.truth import badge, same
from explorer.messages import Message

AIM, SPREAD = 1.4, 3.0
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
        block = product.apply([numbers.windowed(x, k) for x, k in zip(operands, kept, strict=True)])
        layout, result_layout, places = self.arranged(product.provenance.shapes[0])
        self.operands = [play.sheet(k, play.layout(k, self.unit)).at(*places[k]) for k in range(2)]
        axes = continued(product.provenance.axes[0], play.axes[:2])
        values, texts = self.cells(block, layout)
        look = self.operands[0].look
        self.block = Sheet(
            layout, axes, values, texts, *places[2], look=look, scale=self.scale,
            name=f"{play.names[0]} × {play.names[1]}", dtype=str(block.dtype).removeprefix("torch."),
        )  # fmt: skip
        self.result = play.sheet(2, result_layout, self.scale)
        width, height = self.room
        rw, rh = self.result.width, self.result.height
        self.result = self.result.at(places[2][0] + (width - rw) / 2, places[2][1] + (height - rh) / 2)
        self.made += [values, self.result.values]
        self.paths = routes(product.provenance, [s.layout for s in self.operands], layout)
        self.whole = add.apply([block])
        counts = partials.takes(layout.shape[self.axis])
        self.run = partials.running(add, block, counts)
        strip_layout = layout.squashed(self.axis)
        strips = [self.cells(p, strip_layout) for p in self.run]
        self.made += [v for v, _ in strips]
        final = numbers.windowed(play.tensor(2), play.kept[2])
        ended = self.run[-1] if self.run else self.whole
        if not same(ended.reshape(-1), final.reshape(-1)):
            self.badge = badge(ended.reshape(-1), final.reshape(-1), play.op.name)
        shown = self.result if self.result.texts else self.block
        told = Message("captions", captions.CONTRACT_SQUASH, self.values())
        crown = None
        self.squash = Squash(
            self.block, self.axis, counts if self.run else (), tuple(strips),
            tuple(self.halves(block, layout, counts, strips)), (shown.values, shown.texts),
            captions.noun("sum", "add"), self.block.axes[self.axis].letter, self.scale, 2, play.result_names[0],
            play.layout(2, self.unit).flat, self.around, crown, told,
        )  # fmt: skip

    def reach(self, k: int) -> list[Ints]:
        """The drawn indices of an operand's axes, and all of those that are summed over."""
        shape = self.play.shown[k].shape
        pairs = self.play.stages[0].provenance.axes[0][self.axis]
        return [
            np.arange(n) if (k, a) in pairs else kept
            for a, (n, kept) in enumerate(zip(shape, self.play.kept[k], strict=True))
        ]

    def cells(self, value: object, layout: Layout) -> tuple[Floats, tuple[str, ...]]:
        """Values and texts of the drawn cells."""
        import torch

        assert isinstance(value, torch.Tensor)
        for axis, kept in enumerate(layout.kept):
            if value.shape[axis] != len(kept):
                value = value.index_select(axis, torch.as_tensor(kept, device=value.device))
        return numbers.floats(value), numbers.texts(value)

    def halves(
        self, block: object, layout: Layout, counts: tuple[int, ...], strips: list[tuple[Floats, tuple[str, ...]]]
    ) -> list[tuple[str, ...]]:
        """What the strip reads in the middle of each join."""
        import torch

        assert isinstance(block, torch.Tensor)
        out: list[tuple[str, ...]] = []
        for k, count in enumerate(counts[: len(strips)]):
            if not k:
                out.append(strips[0][1])
            elif count - counts[k - 1] > 1:
                out.append(tuple(half("add", t, ELLIPSIS) for t in strips[k - 1][1]))
            else:
                slab = block.index_select(self.axis, torch.as_tensor([count - 1], device=block.device))
                joining = self.cells(slab, layout.squashed(self.axis))[1]
                out.append(tuple(half("add", a, b) for a, b in zip(strips[k - 1][1], joining, strict=True)))
        return out

    def arranged(self, shape: tuple[int, ...]) -> tuple[Layout, Layout, list[tuple[float, float]]]:
        """The layouts of block and result, and the places of A, B and the block."""
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
            width, height = layout.extent
            self.room = (width + more * (1 - k), height + more * k)
            sizes = [play.layout(0, unit).extent, play.layout(1, unit).extent, self.room]
            tops = [PAGED if x.pages else 0.0 for x in (play.layout(0, unit), play.layout(1, unit), layout)]
            found = arrange.arrange(sizes, tops=tops, group=2)
            unit = found.unit
        self.unit = unit
        return layout, layout.squashed(self.axis).without(self.axis), list(found.places)

    def values(self) -> dict[str, object]:
        """What captions speak of."""
        play = self.play
        pairs = dict(play.stages[0].provenance.axes[0][self.axis])
        return {
            "a": play.names[0], "b": play.names[1], "name": play.result_names[0], "x": pairs.get(0, ""), "y": pairs.get(1, ""),
            "letter": self.block.axes[self.axis].letter, "n": self.block.layout.shape[self.axis],
            "block": captions.shape_text(self.block.layout.shape), "shape": captions.shape_text(play.shown[2].shape),
        }  # fmt: skip

    def around(self, canvas: Canvas, u: float) -> None:
        """The operands."""
        self.pair(canvas)

    def pair(self, canvas: Canvas, glow: bool = False, look: Look | None = None) -> None:
        """A and B."""
        pairs = dict(self.play.stages[0].provenance.axes[0][self.axis])
        for k, sheet in enumerate(self.operands):
            canvas.sheet(sheet, look=look)
            canvas.dress(sheet, emphasis=pairs.get(k) if glow else None)
        (a, b) = self.operands
        symbol = self.play.op.symbol or "·"
        if b.x > a.x + a.width:
            x = (a.x + a.width + 12.0 / canvas.unit + b.x - 40.0 / canvas.unit) / 2
            canvas.labels.append(Label(x, a.y + a.height / 2, symbol, "symbol"))

    def beats(self) -> list[Beat]:
        """Aim, spread, squash, and the result alone."""
        values = self.values()
        template = captions.CONTRACT_DOT if len(self.block.layout.shape) == 1 else captions.CONTRACT_AIM
        out = [Beat(Message("captions", template, values), AIM, self.draw_aim)]
        out.append(Beat(Message("captions", captions.CONTRACT_SPREAD, values), SPREAD, self.draw_spread))
        out += self.squash.beats()
        last = Message("captions", captions.CONTRACT_END, values)
        out.append(self.ended(last))
        return out

    def ended(self, caption: Message) -> Beat:
        """The result comes away; the products go."""
        block = self.block

        def before(canvas: Canvas) -> None:
            canvas.sheet(block, opacity=0.32, look=Look.PALE)
            other = Canvas(canvas.unit)
            self.squash.draw_close(1.0, other)
            skip = Canvas(canvas.unit)
            self.pair(skip)
            other.cells.clear()
            other.whose.clear()
            other.brackets = other.brackets[len(skip.brackets) :]
            other.headings = other.headings[len(skip.headings) :]
            other.outlines = other.outlines[len(skip.outlines) :]
            other.labels = other.labels[len(skip.labels) :]
            canvas.include_all(other)

        rest = [(s, s, 1.0) for s in self.operands]
        return fork(caption, FORK, before, rest, self.squash.end, self.result, (), (self.axis,))

    def draw_aim(self, u: float, canvas: Canvas) -> None:
        """The axes that run together glow."""
        self.pair(canvas, glow=True)

    @property
    def flights(self) -> list[Flight]:
        """A's and B's cells on their way into the block."""
        if not hasattr(self, "_flights"):
            self._flights = [
                Flight(s, self.block, start, end, self.turns[end], 0.2, 0.4)
                for s, start, end in zip(self.operands, self.paths.start, self.paths.end, strict=True)
            ]
        return self._flights

    @property
    def turns(self) -> Floats:
        """The block fills page by page (slab by slab) along the shared axis."""
        drawn = self.block.layout.drawn
        index = np.arange(drawn[self.axis]).reshape([-1 if a == self.axis else 1 for a in range(len(drawn))])
        found: Floats = np.broadcast_to(index / max(drawn[self.axis] - 1, 1), drawn).ravel().astype(np.float64)
        return found

    @property
    def products(self) -> tuple[str, ...]:
        """`2×3` for each cell of the block."""
        if not hasattr(self, "_products"):
            sides = [[""] * self.block.layout.count for _ in range(2)]
            for k, sheet in enumerate(self.operands):
                for s, e in zip(self.paths.start[k].tolist(), self.paths.end[k].tolist(), strict=True):
                    sides[k][e] = sheet.texts[s]
            self._products = tuple(written("mul", a, b) for a, b in zip(*sides, strict=True))
        return self._products

    def draw_spread(self, u: float, canvas: Canvas) -> None:
        """Copies of both fly in; where they meet, `2×3`, then the product."""
        self.pair(canvas)
        canvas.dress(self.block, part(u, 0.0, 0.2))
        flown = min(u / 0.8, 1.0)
        if flown < 1:
            for flight in self.flights:
                flight.draw(flown, canvas, landed=False)
        landed = staggered(flown, self.turns, 0.4) >= 1.0
        told = staggered(min(max((u - 0.15) / 0.82, 0.0), 1.0), self.turns, 0.4) >= 1.0
        canvas.sheet(self.block, texts=self.products, select=landed & ~told)
        canvas.sheet(self.block, select=told)
