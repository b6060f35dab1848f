"""Where cells lie in memory: a storage cut into slots, and which of them every cell of an item has.

All of it is arithmetic on shapes and strides: one cell or one slot is answered at once, however many there are. Bytes
are counted from the beginning of the storage, as are slots, each as wide as one element.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from explorer.late import torch
from explorer.ops.provenance import Block, Cell, Region
from explorer.workspace.item import Item
from explorer.workspace.layout import ArrayLayout, Layout, bytes_of
from explorer.workspace.view import View


@dataclass(frozen=True)
class Slots:
    """A storage of `nbytes` bytes cut into slots of `size` bytes; slot 0 begins at the byte `origin` (below `size`)."""

    size: int
    nbytes: int
    origin: int = 0

    @classmethod
    def of(cls, item: Item) -> Slots:
        """The slots as wide as the elements of `item`."""
        lane = Lane.of(item.view.layout)
        return cls(lane.itemsize, item.storage.nbytes, lane.first % lane.itemsize)

    @property
    def count(self) -> int:
        return max(self.nbytes - self.origin, 0) // self.size

    def byte(self, slot: int) -> int:
        """The byte at which a slot begins."""
        return self.origin + slot * self.size

    def bytes(self, slot: int) -> range:
        """The bytes of a slot."""
        return range(self.byte(slot), self.byte(slot + 1))

    def at(self, where: range) -> range:
        """The slots that have any of the bytes `where` (step 1)."""
        if not where:
            return range(0)
        first, last = (b - self.origin for b in (where.start, where.stop - 1))
        return range(max(first // self.size, 0), min(last // self.size + 1, self.count))

    def around(self, slot: int, room: int) -> range:
        """At most `room` slots with `slot` about in their middle."""
        first = min(max(slot - room // 2, 0), max(self.count - room, 0))
        return range(first, min(first + room, self.count))


@dataclass(frozen=True)
class Lane:
    """How an item lies over a storage. Everything is in bytes; `first` is where the cell (0, 0, ...) begins."""

    shape: tuple[int, ...]
    strides: tuple[int, ...]
    first: int
    itemsize: int

    @classmethod
    def of(cls, layout: Layout) -> Lane:
        size = layout.itemsize
        if isinstance(layout, ArrayLayout):
            return cls(layout.shape, layout.strides, layout.offset, size)
        begin = layout.window.low if layout.window else 0
        return cls(layout.shape, tuple(s * size for s in layout.strides), begin + layout.offset * size, size)

    def bytes(self, cell: Cell) -> range:
        """The bytes of a cell."""
        begin = self.first + sum(i * s for i, s in zip(cell, self.strides, strict=True))
        return range(begin, begin + self.itemsize)

    def cells(self, where: range) -> Region:
        """The cells that have any of the bytes `where` (step 1); along an axis of stride 0 all at once."""
        if 0 in self.shape or not where:
            return Region()
        moving = [a for a, (n, s) in enumerate(zip(self.shape, self.strides, strict=True)) if n > 1 and s]
        moving.sort(key=lambda a: -abs(self.strides[a]))
        begins = where.start - self.itemsize + 1 - self.first, where.stop - 1 - self.first
        whole = [range(n) for n in self.shape]
        blocks = []
        for found in self._reaching(moving, *begins):
            ranges = [range(found[a], found[a] + 1) if a in found else whole[a] for a in range(len(whole))]
            blocks.append(Block(0, tuple(ranges)))
        return Region(tuple(blocks))

    def _reaching(self, axes: Sequence[int], least: int, most: int) -> Iterator[dict[int, int]]:
        """The indices along `axes` whose steps add up to something between `least` and `most`, both included."""
        if not axes:
            if least <= 0 <= most:
                yield {}
            return
        axis, rest = axes[0], axes[1:]
        step = self.strides[axis]
        reach = [(self.shape[a] - 1) * self.strides[a] for a in rest]
        low, high = least - sum(r for r in reach if r > 0), most - sum(r for r in reach if r < 0)
        first, last = (-(-low // step), high // step) if step > 0 else (-(high // -step), -low // -step)
        for i in range(max(first, 0), min(last, self.shape[axis] - 1) + 1):
            for found in self._reaching(rest, least - i * step, most - i * step):
                yield {axis: i, **found}

    @property
    def covered(self) -> int | None:
        """How many elements of the storage its cells are, each counted once; None where they overlap in part."""
        if 0 in self.shape:
            return 0
        moving = sorted((abs(s), n) for n, s in zip(self.shape, self.strides, strict=True) if n > 1 and s)
        reach = 0
        for stride, n in moving:
            if stride < reach + self.itemsize:
                return None
            reach += stride * (n - 1)
        return prod(n for _, n in moving)


@dataclass(frozen=True, eq=False)
class SlotReading:
    """What stands in memory: `address` is where torch says that the storage begins (0 on meta); `values` of the slots
    `window` as they lie there, on the CPU, or None where there are none."""

    address: int
    window: range
    values: torch.Tensor | None


def read(item: Item, window: range) -> SlotReading:
    """Read some slots of the storage of `item`, which is brought to its version first."""
    address = _address(item.view)
    if item.device == "meta":
        return SlotReading(address, window, None)
    slots, memory = Slots.of(item), item.storage.buffer
    assert memory is not None
    raw = bytes_of(memory.whole)[slots.byte(window.start) : slots.byte(window.stop)]
    return SlotReading(address, window, raw.to("cpu", copy=True).view(item.dtype))


def differing(one: SlotReading, other: SlotReading) -> frozenset[int]:
    """The slots in both that do not hold the same bits; none where there are no values. Both have one dtype."""
    both = range(max(one.window.start, other.window.start), min(one.window.stop, other.window.stop))
    if not both or one.values is None or other.values is None:
        return frozenset()
    bits = [
        values[both.start - window.start : both.stop - window.start].view(torch.uint8).reshape(len(both), -1)
        for window, values in ((one.window, one.values), (other.window, other.values))
    ]
    return frozenset(both.start + k for k in (bits[0] != bits[1]).any(1).nonzero().reshape(-1).tolist())


def _address(view: View) -> int:
    view.version.seek()
    memory = view.storage.buffer
    assert memory is not None
    return int(memory.whole.data_ptr())
