"""Who travels where: for every drawn result cell the drawn operand cells that it comes from."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from explorer.animation.frame import Ints
from explorer.animation.plane_layout import PlaneLayout
from explorer.ops.provenance import Provenance, ravel


@dataclass(frozen=True, eq=False)
class Routes:
    """`start[k]` and `end[k]`: positions (in drawing order) of operand cells and of the result cells they go to."""

    start: tuple[Ints, ...]
    end: tuple[Ints, ...]


def routes(provenance: Provenance, operands: list[PlaneLayout], result: PlaneLayout, number: int = 0) -> Routes:
    """The routes into result `number`; sources that are not drawn are left out."""
    places = [{flat: k for k, flat in enumerate(layout.flat.tolist())} for layout in operands]
    start: list[list[int]] = [[] for _ in operands]
    end: list[list[int]] = [[] for _ in operands]
    for place, cell in enumerate(product(*(k.tolist() for k in result.kept))):
        for operand, source in provenance.sources(cell, number):
            found = places[operand].get(ravel(source, operands[operand].shape))
            if found is not None:
                start[operand].append(found)
                end[operand].append(place)
    return Routes(
        tuple(np.asarray(s, np.int64) for s in start),
        tuple(np.asarray(e, np.int64) for e in end),
    )
