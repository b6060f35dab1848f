"""Where tensors stand on the stage: beside or below each other, whichever gives the larger cells."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

USUAL = (740.0, 400.0)  # pixels
# A context variable, so that it need not be handed through every act.
STAGE: ContextVar[tuple[float, float]] = ContextVar("stage", default=USUAL)
LEFT, TOP, RIGHT, BOTTOM = 64.0, 82.0, 44.0 + 84.0, 40.0  # what stands around all cells; on the right a colour bar
BETWEEN = 92.0  # between neighbours: an arrow or a sign, and the numbers and bracket of the next
NAMED = 56.0  # more, before a tensor whose pages go down: their names
BELOW = 96.0  # between one and the next below it: heading, numbers, bracket
PAGED = 30.0  # more, above a tensor of pages: their names
FRAMED = 14.0  # more, below frames of pages: they reach out, and a sign stands between them and the next heading
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


@dataclass(frozen=True)
class Arrangement:
    """Upper left corners of the tensors, the size of the whole, and the expected side of a cell in pixels."""

    places: tuple[tuple[float, float], ...]
    size: Size
    unit: float


def side(width: float, height: float, across: float = 0.0, down: float = 0.0) -> float:
    """The side of a cell in pixels where cells of this extent and so many pixels more go into the stage."""
    stage = STAGE.get()
    room_x, room_y = stage[0] - LEFT - RIGHT - across, stage[1] - TOP - BOTTOM - down
    return max(min(room_x / max(width, 0.01), room_y / max(height, 0.01), LARGEST), 1.0)


def beside(sizes: Sequence[Size], between: float = BETWEEN, tops: Sequence[float] = ()) -> Arrangement:
    """From left to right, centred on one line. `tops`: pixels that each needs above itself for names of pages."""
    tops = tops or [0.0] * len(sizes)
    pixels, top = between * (len(sizes) - 1), max(tops, default=0.0)
    width, height = sum(w for w, _ in sizes), max((h for _, h in sizes), default=1.0)
    unit = side(width, height, pixels, top)
    places, x = [], 0.0
    for w, h in sizes:
        places.append((x, (height - h) / 2 + top / unit))
        x += w + between / unit
    return Arrangement(tuple(places), (width + pixels / unit, height + top / unit), unit)


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
            places.append((x, top + (height - top - h) / 2))
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
