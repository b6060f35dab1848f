"""Which form of its numbers and formulas a tensor has room for: one for all of its cells, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import NamedTuple

import numpy as np

from explorer.animation.frame import Cells, Frame, Look
from explorer.numbers.written import Room, Written, room
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.style import Style
from explorer.widgets.stage.texts import width_of

WEIGHT = 600
EASY, SMALL = 11.0, 10.0
"""The sizes in pixels, at zoom 1, at which numbers and formulas are read with ease: fewer digits rather than smaller
ones. Formulas are smaller, so that they have the digits of the numbers that they are of."""
LINE = 1.3
"""The distance between two lines, in sizes."""


@dataclass(frozen=True)
class Lettering:
    """The size in pixels of what stands in a group of cells, and which form of each kind of text."""

    size: float
    forms: Mapping[int, int]

    def text(self, text: str) -> str:
        """The form of `text` that is shown."""
        return text.forms[self.forms[id(text.rooms)]] if isinstance(text, Written) else text


class _Chosen(NamedTuple):
    """A form, by its place among those there are, and the size that it is shown in."""

    form: int
    size: float


def lettering(texts: Sequence[str], width: float, height: float, style: Style, easy: float = EASY) -> Lettering | None:
    """The lettering of `texts` in cells of a size in pixels, read with ease from the size `easy` on. None where one of
    them has no room in any of its forms, or where there is nothing to be read."""
    zero = width_of("0", style.mono, WEIGHT)
    found = {
        key: fitting(rooms, width, height, zero, style.smallest, style.zoom, easy)
        for key, rooms in _families(texts).items()
    }
    chosen = {key: one for key, one in found.items() if one is not None}
    if not found or len(chosen) < len(found):
        return None
    return Lettering(min(one.size for one in chosen.values()), {key: one.form for key, one in chosen.items()})


def letterings(frame: Frame, place: Fit, style: Style) -> list[Lettering | None]:
    """The lettering of each group of cells, None for one without numbers. All groups of a tensor have numbers of one
    size, so that they do not jump when its cells change their look, or none has."""
    found: list[Lettering | None] = []
    sizes: dict[int, float] = {}
    own = [k if c.tensor < 0 or c.look is Look.PLAIN else ~c.tensor for k, c in enumerate(frame.cells)]
    for key, group in zip(own, frame.cells, strict=True):
        texts = glyphs(group) if min(group.width, group.height) * place.cell >= style.smallest else ()
        easy = SMALL if group.look is Look.PLAIN else EASY
        one = lettering(texts, place.cell * group.width, place.cell * group.height, style, easy) if texts else None
        if one is not None and group.look is Look.PENDING:
            one = replace(one, size=max(style.smallest, place.cell * 0.22))
        found.append(one)
        if any(texts):
            sizes[key] = min(sizes.get(key, inf), 0.0 if one is None else one.size)
    return [replace(one, size=sizes[key]) if one and sizes[key] else None for key, one in zip(own, found, strict=True)]


def _families(texts: Iterable[str]) -> dict[int, tuple[Room, ...]]:
    """The rooms of each kind of text, by their identity; plain texts are a kind of their own, 0."""
    out: dict[int, tuple[Room, ...]] = {}
    plain = []
    for text in texts:
        if isinstance(text, Written):
            out[id(text.rooms)] = text.rooms
        elif text:
            plain.append(text)
    if plain:
        out[0] = (room(set(plain)),)
    return out


@lru_cache(maxsize=512)
def fitting(
    rooms: tuple[Room, ...], width: float, height: float, zero: float, smallest: float, zoom: float, easy: float
) -> _Chosen | None:
    """The first of the forms that goes into a cell (in pixels) with digits that are read with ease, else the first one
    that does at all; None where none does. `zero`: the width of a digit in its size."""
    side = min(width, height)
    for least, share in ((max(easy * zoom, smallest), 0.84), (smallest, 0.96)):
        for k, (characters, lines) in enumerate(rooms):
            across = share * width / (max(characters, 1) * zero)
            down = 0.96 * height / (LINE * lines - 0.3)
            wanted = (14.0 * zoom + 0.1 * side if lines == 1 else 11.2 * zoom + 0.08 * side, 0.36 * side)
            if min(across, down) >= least:
                return _Chosen(k, max(smallest, min(*wanted, across, down)))
    return None


def glyphs(group: Cells) -> tuple[str, ...]:
    """What stands in the cells: their texts; where there are none, a sign for what a colour cannot tell."""
    if group.look is Look.UNKNOWN:
        return ("?",) * len(group.x)
    if group.look is Look.PENDING and not any(group.texts):
        return ("•",) * len(group.x)
    if group.texts:
        return group.texts
    odd = ~np.isfinite(group.values)
    if not odd.any():
        return ()
    signs = [""] * len(group.x)
    for i in np.flatnonzero(odd).tolist():
        value = float(group.values[i])
        signs[i] = "NaN" if np.isnan(value) else "∞" if value > 0 else "-∞"
    return tuple(signs)
