"""Draws sheets as marks: cells, brackets with their numbers, page frames, headings. One canvas becomes one frame."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from explorer.animation import arrange
from explorer.animation.axes import AxisId
from explorer.animation.frame import Arrow, Bracket, Cells, Chip, Floats, Heading, Ints, Label, Look, Outline
from explorer.animation.sheet import Sheet

PAD = 0.02  # of a strip's frame around its cells
PAGE_PAD = 0.14  # of a page's frame
BESIDE, ABOVE = 44.0, 72.0  # pixels that index numbers and bracket take beside a tensor; and its heading, above it
READABLE = 600  # cells; more are too small for formulas


class Canvas:
    """Collects marks. `unit` is the expected side of a cell in pixels, for distances that the painter has in pixels;
    `tight`: how much of the spare room around names is saved."""

    def __init__(self, unit: float = 48.0, tight: float = 0.0) -> None:
        self.unit, self.tight = unit, tight
        self.cells: list[Cells] = []
        self.brackets: list[Bracket] = []
        self.outlines: list[Outline] = []
        self.arrows: list[Arrow] = []
        self.labels: list[Label] = []
        self.headings: list[Heading] = []
        self.whose: list[tuple[int, Ints | None]] = []  # for each group of cells the tensor's cells that it stands for

    def sheet(
        self,
        sheet: Sheet,
        opacity: float | Floats = 1.0,
        look: Look | None = None,
        select: npt.NDArray[np.bool_] | None = None,
        texts: tuple[str, ...] | None = None,
        values: Floats | None = None,
        own: bool = True,
        size: tuple[float, float] = (1.0, 1.0),
        above: bool = False,
    ) -> None:
        """The cells of `sheet`, or those that `select`. Cells that are not the tensor's `own` cannot be focused.
        `size`: their width and height; `above`: over everything that stands."""
        if isinstance(opacity, float) and opacity <= 0.004:
            return
        x, y = sheet.positions()
        texts = sheet.texts if texts is None else texts
        values = sheet.values if values is None else values
        cell = sheet.cell if own else None
        if select is not None:
            if not select.any():
                return
            x, y, values = x[select], y[select], values[select]
            cell = None if cell is None else cell[select]
            texts = tuple(t for t, s in zip(texts, select.tolist(), strict=True) if s) if texts else ()
            opacity = opacity if isinstance(opacity, float) else opacity[select]
        look = sheet.look if look is None or sheet.look in (Look.UNKNOWN, Look.PENDING) else look
        tensor = sheet.tensor if own else -1
        self.cells.append(Cells(x, y, values, texts, look, opacity, sheet.scale, *size, tensor, cell, above=above))
        whose = sheet.cell if select is None or sheet.cell is None else sheet.cell[select]
        self.whose.append((sheet.tensor, whose))

    def paling(self, sheet: Sheet, look: float, select: npt.NDArray[np.bool_] | None = None) -> None:
        """The cells of `sheet` between their colours (1) and pale (0); many of them are never drawn twice."""
        if sheet.layout.count > READABLE:
            self.sheet(sheet, look=Look.PALE if look < 0.5 else None, select=select)
            return
        if look < 1.0:
            self.sheet(sheet, look=Look.PALE, select=select)
        self.sheet(sheet, opacity=look, select=select)

    def formula(self, sheet: Sheet, texts: tuple[str, ...], select: npt.NDArray[np.bool_] | None = None) -> None:
        """What the cells of `sheet` come to, before they have their values: without a colour where it can be read."""
        plain = texts != sheet.texts and sheet.layout.count <= READABLE
        self.sheet(sheet, look=Look.PLAIN if plain else None, texts=texts, select=select)

    def cells_at(self, sheet: Sheet, x: Floats, y: Floats, opacity: float | Floats = 1.0, own: bool = True,
                 texts: tuple[str, ...] | None = None, values: Floats | None = None, above: bool = False,
                 look: Look | None = None) -> None:  # fmt: skip
        """The cells of `sheet`, each one anywhere."""
        if len(x):
            texts, values = sheet.texts if texts is None else texts, sheet.values if values is None else values
            tensor, cell = (sheet.tensor, sheet.cell) if own else (-1, None)
            look = sheet.look if look is None or sheet.look in (Look.UNKNOWN, Look.PENDING) else look
            self.cells.append(
                Cells(x, y, values, texts, look, opacity, sheet.scale, tensor=tensor, cell=cell, above=above)
            )
            self.whose.append((sheet.tensor, sheet.cell))

    def include(self, draw: Callable[["Canvas"], None], opacity: float) -> None:
        """All marks of `draw`, at `opacity`."""
        if opacity <= 0.004:
            return
        other = Canvas(self.unit, self.tight)
        draw(other)
        self.include_all(other, opacity)

    def include_all(self, other: "Canvas", opacity: float = 1.0) -> None:
        """All marks of another canvas, at `opacity`."""
        self.cells.extend(at(m, opacity) for m in other.cells)
        self.brackets.extend(at(m, opacity) for m in other.brackets)
        self.outlines.extend(at(m, opacity) for m in other.outlines)
        self.arrows.extend(at(m, opacity) for m in other.arrows)
        self.labels.extend(at(m, opacity) for m in other.labels)
        self.headings.extend(at(m, opacity) for m in other.headings)
        self.whose.extend(other.whose)

    def dress(
        self,
        sheet: Sheet,
        opacity: float = 1.0,
        emphasis: int | None = None,
        chips: Sequence[Chip] | None = None,
        name: str | None = None,
        heading: float = 1.0,
        grown: tuple[float, float] = (0.0, 0.0),
        skip: Sequence[int] = (),
        crown: tuple[float, float] | None = None,
    ) -> None:
        """Brackets, page frames and heading of `sheet`. `emphasis`: the axis that glows. `grown`: how much wider and
        higher its pages are for now; `skip`: axes without a bracket; `heading`: its opacity, times `opacity`;
        `crown`: where the heading stands, if not above the sheet."""
        if opacity <= 0.004:
            return
        layout = sheet.layout
        width, height = sheet.extent(sheet.inner(layout.pages[-1]) if layout.pages else None)
        if layout.columns is not None and layout.columns not in skip:
            self.bracket(sheet, layout.columns, width + grown[0], opacity, emphasis == layout.columns)
        if layout.rows is not None and layout.rows not in skip:
            self.bracket(sheet, layout.rows, height + grown[1], opacity, emphasis == layout.rows)
        self.elisions(sheet, opacity)
        self.pages(sheet, opacity, emphasis, grown, skip)
        if heading > 0.004:
            whole, _ = sheet.extent()
            top = sheet.y - arrange.paged(layout, self.tight) / self.unit
            chips = self.chips(sheet) if chips is None else chips
            title = sheet.name if name is None else name
            at = crown or (sheet.x + (whole + grown[0]) / 2, top)
            self.headings.append(Heading(*at, title, tuple(chips), sheet.dtype, opacity * heading))

    @staticmethod
    def chips(sheet: Sheet) -> tuple[Chip, ...]:
        """One chip per axis."""
        return tuple(Chip(a, n, axis) for a, (n, axis) in enumerate(zip(sheet.layout.shape, sheet.axes, strict=True)))

    def bracket(self, sheet: Sheet, axis: int, length: float, opacity: float, emphasis: bool) -> None:
        """The bracket of a row or column axis, at the first page."""
        layout = sheet.layout
        offsets, kept = sheet.offsets[axis], layout.kept[axis]
        step = max(1, int(np.ceil(18.0 / self.unit)))
        shown = [(float(o), str(i)) for o, i in zip(offsets[::step].tolist(), kept[::step].tolist(), strict=True)]
        name = sheet.axes[axis]
        if axis == layout.columns:
            marks = tuple((sheet.x + o + 0.5, sheet.y, text) for o, text in shown)
            self.brackets.append(
                Bracket(name, sheet.x, sheet.y, sheet.x + length, sheet.y, "top", opacity, marks, emphasis)
            )
        else:
            marks = tuple((sheet.x, sheet.y + o + 0.5, text) for o, text in shown)
            self.brackets.append(
                Bracket(name, sheet.x, sheet.y, sheet.x, sheet.y + length, "left", opacity, marks, emphasis)
            )

    def arrow(self, sheet: Sheet, axis: int, grown: float = 0.0, shown: float = 1.0, opacity: float = 1.0) -> None:
        """The arrow along an axis, at the far side of the cells of each page; `grown` longer than they are, and `shown`
        so far."""
        away = 20.0 / self.unit
        width, height = sheet.extent()
        down = bool(sheet.layout.direction(axis)[1])
        length = (sheet.span(axis) + grown) * shown
        if opacity <= 0.004 or length <= 0.05:
            return
        for start in sheet.beginnings(axis):
            if down:
                at, begin = sheet.x + width + away, sheet.y + start
                self.arrows.append(Arrow(at, begin, at, begin + length, sheet.axes[axis], opacity))
            else:
                at, begin = sheet.y + height + away, sheet.x + start
                self.arrows.append(Arrow(begin, at, begin + length, at, sheet.axes[axis], opacity))

    def becomes(self, operands: Sequence[Sheet], results: Sequence[Sheet], opacity: float = 1.0) -> None:
        """The sign from operands to what is made of them beside or below, clear of numbers and headings."""
        if opacity <= 0.004 or not operands:
            return
        pads = [PAGE_PAD + 0.3 * (len(s.layout.pages) - 1) if s.layout.pages else 0.0 for s in (*operands, *results)]
        before, after = (
            list(zip(operands, pads, strict=False)),
            list(zip(reversed(results), reversed(pads), strict=False)),
        )
        right, bottom = max(s.x + s.width + pad for s, pad in before), max(s.y + s.height + pad for s, pad in before)
        named, paged = any(s.layout.down for s in results), max(arrange.paged(s.layout, self.tight) for s in results)
        left = min(s.x - pad for s, pad in after) - (BESIDE + arrange.NAMED * named) / self.unit
        top = min(s.y for s in results) - (ABOVE + paged) / self.unit
        if left > right:
            y = (min(s.y for s in results) + max(s.y + s.height for s in results)) / 2
            self.labels.append(Label((right + 12.0 / self.unit + left) / 2, y, "→", "symbol", opacity=opacity))
        elif (top - bottom) * self.unit >= 8.0:
            x = results[0].x + results[0].width / 2
            self.labels.append(Label(x, (bottom + top) / 2, "↓", "symbol", opacity=opacity))

    def elisions(self, sheet: Sheet, opacity: float) -> None:
        """A mark where indices are left out."""
        width, height = sheet.extent()
        for axis, kept in enumerate(sheet.layout.kept):
            for gap in np.flatnonzero(np.diff(kept) > 1).tolist():
                middle = float(sheet.offsets[axis][gap] + sheet.offsets[axis][gap + 1] + 1.0) / 2
                if sheet.layout.direction(axis)[1]:
                    mark = Label(sheet.x + width / 2, sheet.y + middle, "⋮", "symbol", sheet.axes[axis])
                else:
                    mark = Label(sheet.x + middle, sheet.y + height / 2, "⋯", "symbol", sheet.axes[axis])
                self.labels.append(faded(mark, opacity))

    def pages(
        self,
        sheet: Sheet,
        opacity: float,
        emphasis: int | None = None,
        grown: tuple[float, float] = (0.0, 0.0),
        skip: Sequence[int] = (),
    ) -> None:
        """A frame around each page, named `i = 0`; around groups of pages where there are more axes."""
        layout = sheet.layout
        for level, axis in enumerate(reversed(layout.pages)):
            if axis in skip:
                continue
            outer = list(layout.pages[: layout.pages.index(axis) + 1])
            width, height = sheet.extent(sheet.inner(axis))
            pad = PAGE_PAD + level * 0.3
            for place in product(*(range(len(sheet.offsets[a])) for a in outer)):
                x, y = sheet.x, sheet.y
                for a, k in zip(outer, place, strict=True):
                    dx, dy = layout.direction(a)
                    x, y = x + dx * float(sheet.offsets[a][k]), y + dy * float(sheet.offsets[a][k])
                name, weight = sheet.axes[axis], 2.0 if axis == emphasis else 1.0
                self.outlines.append(
                    Outline(
                        x - pad,
                        y - pad,
                        width + grown[0] + 2 * pad,
                        height + grown[1] + 2 * pad,
                        name,
                        weight,
                        opacity * (1.0 if level == 0 else 0.55),
                    )
                )
                beside = bool(layout.direction(axis)[1])
                if any(k for a, k in zip(outer[:-1], place, strict=False) if bool(layout.direction(a)[1]) != beside):
                    continue  # named once, at the edge of the whole
                text = f"{name.letter} = {int(layout.kept[axis][place[-1]])}"
                if beside:
                    left = x - pad - (40.0 + 52.0 * self.inner_names(sheet, axis)) / self.unit
                    mark = Label(left, y + height / 2, text, "index", name, "right")
                else:
                    up = y - pad - (48.0 + 20.0 * self.inner_names(sheet, axis)) / self.unit
                    mark = Label(x + width / 2, up, text, "index", name)
                self.labels.append(faded(mark, opacity))

    @staticmethod
    def inner_names(sheet: Sheet, axis: int) -> int:
        """How many page axes inside of `axis` are named along the same edge."""
        layout = sheet.layout
        inner = layout.pages[layout.pages.index(axis) + 1 :]
        return sum(layout.direction(a) == layout.direction(axis) for a in inner)

    def ring(self, sheet: Sheet, cells: Ints, opacity: float = 1.0) -> None:
        """A frame around each of these cells of `sheet` (in drawing order)."""
        x, y = sheet.positions()
        self.outlines.extend(
            Outline(a + 0.04, b + 0.04, 0.92, 0.92, None, 2.0, opacity)
            for a, b in zip(x[cells].tolist(), y[cells].tolist(), strict=True)
        )

    def frame(self, x: float, y: float, width: float, height: float, axis: AxisId | None, opacity: float = 1.0) -> None:
        """The heavy frame of a strip or tray around cells."""
        self.outlines.append(Outline(x - PAD, y - PAD, width + 2 * PAD, height + 2 * PAD, axis, 2.0, opacity))


Mark = TypeVar("Mark", Cells, Bracket, Outline, Arrow, Label, Heading)


def at(mark: Mark, opacity: float) -> Mark:
    """The mark, that much fainter."""
    return mark if opacity >= 1.0 else replace(mark, opacity=mark.opacity * opacity)


def faded(label: Label, opacity: float) -> Label:
    """The label at that opacity."""
    return replace(label, opacity=opacity)
