"""Where all tensors of a play stand: operands on one side, results on the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explorer.animation import arrange
from explorer.animation.plane_layout import PlaneLayout
from explorer.animation.play import Play
from explorer.animation.sheet import Sheet


@dataclass(frozen=True, eq=False)
class Placement:
    """`sheets`: operands, then results, in their places. `wide`: the layouts whose room they were given."""

    sheets: tuple[Sheet, ...]
    wide: tuple[PlaneLayout, ...]
    unit: float
    across: bool  # whether the results stand beside the operands (not below them)


def placement(
    play: Play,
    scale: int,
    layouts: Callable[[float], Sequence[tuple[PlaneLayout, PlaneLayout]]] | None = None,
    between: float = arrange.BETWEEN,
    alone: bool = False,
) -> Placement:
    """The places. `layouts(unit)` gives for each tensor its own layout, and the one to keep room for. `alone`: results
    take the place of the operands, once those are gone."""
    unit, count = 48.0, len(play.operands)
    pairs: list[tuple[PlaneLayout, PlaneLayout]] = []
    for _ in range(3):
        if layouts is None:
            pairs = [(x, x) for x in (play.layout(k, unit) for k in range(len(play.shown)))]
        else:
            pairs = list(layouts(unit))
        tops = [arrange.paged(wide) for _, wide in pairs]
        sizes = [wide.extent for _, wide in pairs]
        if alone:
            found = taking_turns(sizes, tops, count)
        else:
            named = arrange.NAMED if any(wide.down for _, wide in pairs[1:]) else 0.0
            found = arrange.arrange(sizes, between + named, tops, count)
        unit = found.unit
    sheets = []
    for k, ((own, _), (x, y)) in enumerate(zip(pairs, found.places, strict=True)):
        sheets.append(play.sheet(k, own, scale if k >= count else 0).at(x, y))
    ends = [x + wide.extent[0] for (x, _), (_, wide) in zip(found.places[:count], pairs, strict=False)]
    across = len(sheets) <= count or found.places[count][0] >= max(ends, default=0.0)
    return Placement(tuple(sheets), tuple(wide for _, wide in pairs), unit, across)


def taking_turns(sizes: Sequence[arrange.Size], tops: Sequence[float], count: int) -> arrange.Arrangement:
    """The first `count` together, then the others, around one middle."""
    both = [arrange.arrange(sizes[part], tops=tops[part]) for part in (slice(0, count), slice(count, None))]
    unit = min(part.unit for part in both)
    width, height = (max(part.size[k] for part in both) for k in (0, 1))
    places = [
        (x + (width - part.size[0]) / 2, y + (height - part.size[1]) / 2) for part in both for x, y in part.places
    ]
    return arrange.Arrangement(tuple(places), (width, height), unit)
