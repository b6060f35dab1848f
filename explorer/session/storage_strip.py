"""What the storage lens shows: a storage in slots, a lane for each item that sees it, and the values that were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from explorer.animation.axes import AxisId
    from explorer.ops.provenance import Cell
    from explorer.workspace.slots import Lane, Slots


@dataclass(frozen=True)
class LaneFace:
    """One item over the storage; `axes` are the identities of its axes."""

    name: str
    lane: Lane
    axes: tuple[AxisId, ...] = ()


@dataclass(frozen=True)
class Jump:
    """From one slot to the one that a step along an axis leads to."""

    axis: int
    slot: int
    to: int


@dataclass(frozen=True)
class StorageStrip:
    """A storage of `slots`, and the items that see it, the inspected one first."""

    slots: Slots
    lanes: tuple[LaneFace, ...]

    def cells(self, lane: int, slot: int, most: int = 2) -> list[Cell]:
        """The first `most` cells of a lane that lie in a slot."""
        region = self.lanes[lane].lane.cells(self.slots.bytes(slot))
        return [cell for _, cell in islice(region, most)]

    def count(self, lane: int, slot: int) -> int:
        """How many cells of a lane lie in a slot."""
        return self.lanes[lane].lane.cells(self.slots.bytes(slot)).count

    def jumps(self, slot: int) -> list[Jump]:
        """Where one step along each axis of the first lane leads from a slot, where there is one more cell to go to."""
        lane = self.lanes[0].lane
        here = self.cells(0, slot, 1)
        if not here:
            return []
        found = []
        for axis, size in enumerate(lane.shape):
            if here[0][axis] + 1 < size:
                there = tuple(i + (a == axis) for a, i in enumerate(here[0]))
                found.append(Jump(axis, slot, self.slots.at(lane.bytes(there)).start))
        return found


@dataclass(frozen=True, eq=False)
class SlotValues:
    """What stands in the slots of `window`: a text and a number for the colour of each; no texts where there are no
    values. `levels` are the values of the first and the last colour."""

    window: range
    texts: tuple[str, ...] = ()
    numbers: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    levels: tuple[float, float] = (0.0, 1.0)

    def text(self, slot: int) -> str:
        """The text of a slot, "" where none is known."""
        return self.texts[slot - self.window.start] if self.texts and slot in self.window else ""


def cell_text(name: str, cell: Iterable[int]) -> str:
    """A cell as it is written: "A[0, 1]"; of a tensor without axes its name."""
    index = ", ".join(map(str, cell))
    return f"{name}[{index}]" if index else name
