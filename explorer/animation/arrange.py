"""Where tensors stand on the stage: beside or below each other, whichever gives the larger cells."""

from collections.abc import Sequence
from dataclasses import dataclass

STAGE = (740.0, 400.0)  # pixels; the stage that arrangements are made for
LEFT, TOP, RIGHT, BOTTOM = 64.0, 82.0, 44.0, 40.0  # what stands around all cells
BETWEEN = 92.0  # between neighbours: an arrow or a sign, and the numbers and bracket of the next
BELOW = 96.0  # between one and the next below it: heading, numbers, bracket
LARGEST = 96.0

Size = tuple[float, float]


@dataclass(frozen=True)
class Arrangement:
    """Upper left corners of the tensors, the size of the whole, and the expected side of a cell in pixels."""

    places: tuple[tuple[float, float], ...]
    size: Size
    unit: float


def side(width: float, height: float, across: float = 0.0, down: float = 0.0) -> float:
    """The side of a cell in pixels where cells of this extent and so many pixels more go into the stage."""
    room_x, room_y = STAGE[0] - LEFT - RIGHT - across, STAGE[1] - TOP - BOTTOM - down
    return max(min(room_x / max(width, 0.01), room_y / max(height, 0.01), LARGEST), 1.0)


def beside(sizes: Sequence[Size], between: float = BETWEEN) -> Arrangement:
    """From left to right, centred on one line."""
    pixels = between * (len(sizes) - 1)
    width, height = sum(w for w, _ in sizes), max((h for _, h in sizes), default=1.0)
    unit = side(width, height, pixels)
    places, x = [], 0.0
    for w, h in sizes:
        places.append((x, (height - h) / 2))
        x += w + between / unit
    return Arrangement(tuple(places), (width + pixels / unit, height), unit)


def below(sizes: Sequence[Size], between: float = BELOW) -> Arrangement:
    """From top to bottom, centred."""
    pixels = between * (len(sizes) - 1)
    width, height = max((w for w, _ in sizes), default=1.0), sum(h for _, h in sizes)
    unit = side(width, height, 0.0, pixels)
    places, y = [], 0.0
    for w, h in sizes:
        places.append(((width - w) / 2, y))
        y += h + between / unit
    return Arrangement(tuple(places), (width, height + pixels / unit), unit)


def arrange(sizes: Sequence[Size], between: float = BETWEEN) -> Arrangement:
    """Beside or below each other, as large as it goes; beside where it makes little difference."""
    row, column = beside(sizes, between), below(sizes)
    return row if row.unit >= 0.95 * column.unit else column
