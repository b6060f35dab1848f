"""Where tensors stand on the stage: beside or below each other, whichever gives the larger cells."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from explorer.animation.plane_layout import PlaneLayout

USUAL = (740.0, 400.0)  # pixels
# A context variable, so that it need not be handed through every act.
STAGE: ContextVar[tuple[float, float]] = ContextVar("stage", default=USUAL)
BARS: ContextVar[int] = ContextVar("bars", default=1)  # how many colour bars stand beside the cells
# Around all cells: index numbers and bracket on the left; heading, numbers and bracket above; an arrow on the right and
# below. They do not depend on the moment, so that nothing jumps while it plays.
LEFT, TOP, RIGHT, BOTTOM = 64.0, 82.0, 44.0, 40.0
BAR = 84.0  # a colour bar with its numbers
SPARE_TOP, SPARE_BOTTOM, SPARE_PAGED = 10.0, 10.0, 12.0  # in a small stage: what marks do not need of their room
LEAST = 0.8  # the smallest factor for marks: with less, the numbers of axes are hard to read
BETWEEN = 92.0  # between neighbours: an arrow or a sign, and the numbers and bracket of the next
NAMED = 56.0  # more, before a tensor whose pages go down: their names
BELOW = 96.0  # between one and the next below it: heading, numbers, bracket
PAGED, LINE = 30.0, 14.0  # more, above a tensor of pages: their names; and each line of them
FRAMED = 8.0  # more, below frames of pages: they reach out, and a sign stands between them and the next heading
LEVEL = 24.0  # the height of a heading
LARGEST = 96.0

Size = tuple[float, float]


@contextmanager
def on_stage(size: Size) -> Iterator[None]:
    """Animations built inside are arranged for a stage of this width and height in pixels."""
    token = STAGE.set(size)
    try:
        yield
    finally:
        STAGE.reset(token)


@contextmanager
def beside_bars(count: int) -> Iterator[None]:
    """Animations built inside leave room for so many colour bars."""
    token = BARS.set(count)
    try:
        yield
    finally:
        BARS.reset(token)


def mark(width: float, height: float) -> float:
    """The factor for marks in a stage of so many pixels."""
    return max(LEAST, min(1.0, width / 620, height / 360))


def tight(shrunk: float) -> float:
    """From 0 to 1: how much of what marks do not need is saved where they are drawn by that factor."""
    return (1.0 - shrunk) / (1.0 - LEAST)


def stage_tight() -> float:
    """The same, of the stage that is arranged for."""
    return tight(mark(*STAGE.get()))


def above_and_below(shrunk: float) -> tuple[float, float]:
    """The room above and below the cells where marks are drawn by that factor, in pixels at factor 1."""
    return TOP - SPARE_TOP * tight(shrunk), BOTTOM - SPARE_BOTTOM * tight(shrunk)


def paged(layout: PlaneLayout, saved: float | None = None) -> float:
    """The room for names of pages above a tensor, in pixels; `saved`: how tight, if not as the stage is."""
    if not layout.pages:
        return 0.0
    saved = stage_tight() if saved is None else saved
    lines = len(layout.pages) - len(layout.down)
    return PAGED + saved * (LINE * max(0, lines - 1) - SPARE_PAGED)


def bars_beside(width: float, shrunk: float, count: int) -> float:
    """The room for colour bars in a stage `width` pixels wide, in pixels at factor 1; none where they would take more
    than a third of it."""
    return BAR * count if BAR * shrunk * count <= width / 3 else 0.0


@dataclass(frozen=True)
class Arrangement:
    """Upper left corners of the tensors, the size of the whole, and the expected side of a cell in pixels of marks:
    in a small stage marks are drawn smaller, and all distances between them shrink with them."""

    places: tuple[tuple[float, float], ...]
    size: Size
    unit: float


def room(width: float, height: float, bars: int = 1) -> Size:
    """What is left for cells in a stage of so many pixels, in pixels of marks."""
    shrunk = mark(width, height)
    across = width / shrunk - LEFT - RIGHT - bars_beside(width, shrunk, bars)
    return max(across, 1.0), max(height / shrunk - sum(above_and_below(shrunk)), 1.0)


def side(width: float, height: float, across: float = 0.0, down: float = 0.0) -> float:
    """The side of a cell in pixels of marks where cells of this extent and so many pixels more go into the stage."""
    left_x, left_y = room(*STAGE.get(), BARS.get())
    return max(min((left_x - across) / max(width, 0.01), (left_y - down) / max(height, 0.01), LARGEST), 1.0)


def beside(sizes: Sequence[Size], between: float = BETWEEN, tops: Sequence[float] = ()) -> Arrangement:
    """From left to right, centred on one line. `tops`: pixels that each needs above itself for names of pages."""
    tops = tops or [0.0] * len(sizes)
    pixels, top = between * (len(sizes) - 1), max(tops, default=0.0)
    width, height = sum(w for w, _ in sizes), max((h for _, h in sizes), default=1.0)
    unit = side(width, height, pixels, top)
    places, x = [], 0.0
    for w, h in sizes:
        places.append((x, centred(height - h, unit) + top / unit))
        x += w + between / unit
    return Arrangement(tuple(places), (width + pixels / unit, height + top / unit), unit)


def centred(left: float, unit: float) -> float:
    """How far down something stands that leaves so much: in the middle, unless headings would nearly be level."""
    return left / 2 if left / 2 * unit >= LEVEL else 0.0


def below(sizes: Sequence[Size], between: float = BELOW, tops: Sequence[float] = ()) -> Arrangement:
    """From top to bottom, centred."""
    tops = framed(tops or [0.0] * len(sizes))
    pixels = between * (len(sizes) - 1) + sum(tops)
    width, height = max((w for w, _ in sizes), default=1.0), sum(h for _, h in sizes)
    unit = side(width, height, 0.0, pixels)
    places, y = [], 0.0
    for (w, h), top in zip(sizes, tops, strict=True):
        y += top / unit
        places.append(((width - w) / 2, y))
        y += h + between / unit
    return Arrangement(tuple(places), (width, height + pixels / unit), unit)


def framed(tops: Sequence[float]) -> list[float]:
    """What those below each other need above themselves."""
    return [top + (FRAMED if before else 0.0) for before, top in zip((0.0, *tops), tops, strict=False)]


def arrange(
    sizes: Sequence[Size], between: float = BETWEEN, tops: Sequence[float] = (), group: int | None = None
) -> Arrangement:
    """As large as it goes: all beside each other, all below each other, or the first `group` on one side and the others
    on the other side, lying the other way. Beside where it makes little difference."""
    tops = tops or [0.0] * len(sizes)
    found = [beside(sizes, between, tops), below(sizes, BELOW, tops)]
    if group is not None and 0 < group < len(sizes) and len(sizes) > 2:
        found += [grouped(sizes, between, tops, group, across) for across in (True, False)]
    best = max(a.unit for a in found)
    return next(a for a in found if a.unit >= 0.95 * best)


def grouped(sizes: Sequence[Size], between: float, tops: Sequence[float], group: int, across: bool) -> Arrangement:
    """Two groups, beside each other (each a column) or below each other (each a row)."""
    unit = 48.0
    outer, inner = (beside, below) if across else (below, beside)
    gap_outer, gap_inner = (between, BELOW) if across else (BELOW, between)
    for _ in range(6):  # pixels inside of a group are cells outside of it: a few turns settle it
        parts = [inner(sizes[part], gap_inner, tops[part]) for part in (slice(0, group), slice(group, None))]
        parts = [
            at_unit(p, sizes[s], tops[s], gap_inner, unit, not across)
            for p, s in zip(parts, (slice(0, group), slice(group, None)), strict=True)
        ]
        whole = outer([p.size for p in parts], gap_outer)
        if abs(whole.unit - unit) < 0.01 * unit:
            break
        unit = (unit + whole.unit) / 2
    places = tuple((x + dx, y + dy) for (dx, dy), p in zip(whole.places, parts, strict=True) for x, y in p.places)
    return Arrangement(places, whole.size, whole.unit)


def at_unit(
    part: Arrangement, sizes: Sequence[Size], tops: Sequence[float], gap: float, unit: float, across: bool
) -> Arrangement:
    """A line of tensors where a cell is `unit` pixels."""
    tops = tops if across else framed(tops)
    width = sum(w for w, _ in sizes) + gap / unit * (len(sizes) - 1) if across else max(w for w, _ in sizes)
    top = max(tops) / unit if across else 0.0
    height = (
        max(h for _, h in sizes) + top
        if across
        else sum(h for _, h in sizes) + (gap * (len(sizes) - 1) + sum(tops)) / unit
    )
    places, x, y = [], 0.0, 0.0
    for (w, h), own in zip(sizes, tops, strict=True):
        if across:
            places.append((x, top + centred(height - top - h, unit)))
            x += w + gap / unit
        else:
            y += own / unit
            places.append(((width - w) / 2, y))
            y += h + gap / unit
    return Arrangement(tuple(places), (width, height), unit)


def respaced(
    found: Arrangement, sizes: Sequence[Size], between: float, tops: Sequence[float], unit: float
) -> Arrangement:
    """The same line of tensors where a cell is only `unit` pixels, so that the pixels between them are more cells."""
    pairs = list(zip(found.places, sizes, found.places[1:], strict=False))
    across = all(b[0] >= a[0] + size[0] for a, size, b in pairs)
    down = all(b[1] >= a[1] + size[1] for a, size, b in pairs)
    if not pairs or unit >= found.unit or not (across or down):
        return found
    return at_unit(found, sizes, tops, between if across else BELOW, unit, across)
