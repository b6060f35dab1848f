"""Copies of cells on their way from one sheet to another."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explorer.animation.canvas import Canvas
from explorer.animation.ease import staggered
from explorer.animation.frame import Cells, Floats, Ints, Look
from explorer.animation.sheet import Sheet

LEGIBLE = 200  # cells on their way; of more nobody reads each
CARD = 0.8  # of a cell: nearer ones hide each other's numbers


@dataclass(frozen=True, eq=False)
class Transfer:
    """Cells `start` of `source` go to cells `end` of `goal`. `turns` (0 to 1 per cell) says who starts first; `arc` how
    far they leave the straight line; each flies for `share` of the time."""

    source: Sheet
    goal: Sheet
    start: Ints
    end: Ints
    turns: Floats
    arc: float = 0.6
    share: float = 0.5
    shift: tuple[float, float] = (0.0, 0.0)  # beside the goal, where two operands meet

    @cached_property
    def _path(self) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats, tuple[str, ...], Floats]:
        x, y = self.source.positions()
        gx, gy = self.goal.positions()
        x0, y0 = x[self.start], y[self.start]
        dx, dy = gx[self.end] + self.shift[0] - x0, gy[self.end] + self.shift[1] - y0
        length = np.maximum(np.hypot(dx, dy), 1e-9)
        bow = self.arc * np.minimum(length, 2.0)
        texts = tuple(self.source.texts[k] for k in self.start.tolist()) if self.source.texts else ()
        return x0, y0, dx, dy, -dy / length * bow, dx / length * bow, texts, self.source.values[self.start]

    def moved(self, u: float) -> Floats:
        """How far each cell is."""
        return staggered(u, self.turns, self.share)

    def draw(self, u: float, canvas: Canvas, opacity: float = 1.0, landed: bool = True) -> None:
        """The copies at moment u that have left; those that have `landed` stay if wanted."""
        if not len(self.start) or opacity <= 0.004:
            return
        x0, y0, dx, dy, bx, by, texts, values = self._path
        v = self.moved(u)
        look = self.source.look if self.source.look is Look.PENDING else Look.VALUE
        shown = (v > 0.0) & (landed | (v < 1.0))
        cell = None if self.source.cell is None else self.source.cell[self.start]
        if not shown.all():
            if not shown.any():
                return
            x0, y0, dx, dy, bx, by = (a[shown] for a in (x0, y0, dx, dy, bx, by))
            v, values, cell = v[shown], values[shown], None if cell is None else cell[shown]
            texts = tuple(t for t, s in zip(texts, shown.tolist(), strict=True) if s) if texts else ()
        bow = np.sin(np.pi * v)
        x, y = x0 + dx * v + bx * bow, y0 + dy * v + by * bow
        canvas.cells.append(Cells(x, y, values, uncovered(x, y, texts), look, opacity, self.source.scale, above=True))
        canvas.whose.append((self.source.tensor, cell))


def uncovered(x: Floats, y: Floats, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of cells that later ones do not lie on: copies of one cell spread out like cards."""
    if not texts or len(texts) > LEGIBLE:
        return texts
    near = (np.abs(x[:, None] - x) < CARD) & (np.abs(y[:, None] - y) < CARD)
    covered = np.asarray(np.triu(near, 1).any(axis=1)).tolist()
    return tuple("" if c else t for t, c in zip(texts, covered, strict=True))


def by_row(sheet: Sheet, cells: Ints, late: float = 0.35) -> Floats:
    """Turns of cells: row after row of `sheet`, and in a row from left to right a little (`late`) later each."""
    count = max(sheet.layout.count, 1)
    columns = sheet.layout.drawn[-1] if sheet.layout.drawn else 1
    row, column = np.divmod(np.arange(count), max(columns, 1))
    rows = max(int(row.max()) if count else 0, 0)
    turn = (row + late * column / max(columns, 1)) / max(rows + late, 1e-9)
    found: Floats = np.clip(turn, 0.0, 1.0)[cells]
    return found
