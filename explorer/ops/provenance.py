"""The one relation: which input cells feed which output cell.

Hover, arithmetic, animation, captions and axis identities are all read from it. A `Region` says it as ranges, at once
and whatever the size; `sources` and `targets` list the same cell by cell.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from math import prod

Cell = tuple[int, ...]
Shape = tuple[int, ...]
Indices = range | tuple[int, ...]
Axes = tuple[tuple[tuple[int, int], ...], ...]
WIDE = 2**12


@dataclass(frozen=True)
class Block:
    """The cells of one tensor (`operand`: its number) whose every index is in the range for its axis."""

    operand: int
    ranges: tuple[Indices, ...]

    @property
    def count(self) -> int:
        return prod(len(r) for r in self.ranges)

    def __iter__(self) -> Iterator[tuple[int, Cell]]:
        return ((self.operand, cell) for cell in _cells(self.ranges))

    def __contains__(self, cell: Cell) -> bool:
        return len(cell) == len(self.ranges) and all(i in r for i, r in zip(cell, self.ranges, strict=True))


def _cells(ranges: Sequence[Indices]) -> Iterator[Cell]:
    """The cells in reading order, one after another: `product` lays out its ranges first, whatever their length."""
    wide = next((axis for axis, indices in enumerate(ranges) if len(indices) > WIDE), None)
    if wide is None:
        return product(*ranges)
    before, after = ranges[:wide], ranges[wide + 1 :]
    return ((*b, i, *a) for b in _cells(before) for i in ranges[wide] for a in _cells(after))


@dataclass(frozen=True)
class Region:
    """Blocks of cells; a cell that is used twice stands in two blocks.

    `paired`: the blocks run side by side (A's first cell, B's first cell, A's second ...), as products are added up.
    """

    blocks: tuple[Block, ...] = ()
    paired: bool = False

    @property
    def count(self) -> int:
        return sum(block.count for block in self.blocks)

    def __iter__(self) -> Iterator[tuple[int, Cell]]:
        if self.paired:
            return chain.from_iterable(zip(*self.blocks, strict=True))
        return chain.from_iterable(self.blocks)


class Provenance(ABC):
    """Who feeds whom in one operation.

    `operands` and `shapes` are the shapes going in and coming out. `axes[result][axis]` names the (operand, axis) pairs
    that an output axis continues; none for a new axis.
    """

    operands: tuple[Shape, ...]
    shapes: tuple[Shape, ...]
    axes: tuple[Axes, ...]

    @abstractmethod
    def region(self, cell: Cell, result: int = 0) -> Region:
        """The sources of output `cell`."""

    @abstractmethod
    def region_of(self, operand: int, cell: Cell) -> Region:
        """What input `cell` feeds: blocks of results (`Block.operand` is the number of the result)."""

    def sources(self, cell: Cell, result: int = 0) -> list[tuple[int, Cell]]:
        """The sources listed: (operand, input cell), in the order in which torch's definition names them."""
        return list(self.region(cell, result))

    def targets(self, operand: int, cell: Cell) -> list[tuple[int, Cell]]:
        """What an input cell feeds, listed: (result, output cell)."""
        return list(self.region_of(operand, cell))

    def controls(self, cell: Cell, result: int = 0) -> list[tuple[int, Cell]]:
        """Input cells that only choose: masks, indices, conditions."""
        return []


class Nothing(Provenance):
    """Results that come from no tensor: creation."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.operands = ()
        self.shapes = tuple(map(tuple, shapes))
        self.axes = tuple(tuple(() for _ in shape) for shape in self.shapes)

    def region(self, cell: Cell, result: int = 0) -> Region:
        return Region()

    def region_of(self, operand: int, cell: Cell) -> Region:
        return Region()


class Labelled(Provenance):
    """Axes carry labels, as in an einsum: equal labels run together, `reduced` ones run over their whole length.

    Says elementwise (no label reduced; a length of 1 is stretched), reduction (one operand) and contraction (a reduced
    label in both). A reduced label that the result still has is an axis kept with length 1.
    """

    def __init__(
        self,
        operands: Sequence[Shape],
        labels: Sequence[Sequence[int]],
        shapes: Sequence[Shape],
        result: Sequence[int],
        reduced: frozenset[int] = frozenset(),
    ) -> None:
        self.operands = tuple(map(tuple, operands))
        self.shapes = tuple(map(tuple, shapes))
        self.labels = tuple(map(tuple, labels))
        self.result = tuple(result)
        self.reduced = reduced
        self.axes = tuple(tuple(self._continued(a, shape) for a in range(len(shape))) for shape in self.shapes)

    def _continued(self, axis: int, shape: Shape) -> tuple[tuple[int, int], ...]:
        label, found = self.result[axis], []
        for k, labels in enumerate(self.labels):
            for a, other in enumerate(labels):
                if other == label and (label in self.reduced or self.operands[k][a] == shape[axis]):
                    found.append((k, a))
        return tuple(found)

    def region(self, cell: Cell, result: int = 0) -> Region:
        at = dict(zip(self.result, cell, strict=True))
        blocks = []
        for k, (shape, labels) in enumerate(zip(self.operands, self.labels, strict=True)):
            ranges = []
            for size, label in zip(shape, labels, strict=True):
                if label in self.reduced:
                    ranges.append(range(size))
                else:
                    i = 0 if size == 1 else at[label]
                    ranges.append(range(i, i + 1))
            blocks.append(Block(k, tuple(ranges)))
        return Region(tuple(blocks), paired=len(blocks) > 1 and bool(self.reduced))

    def region_of(self, operand: int, cell: Cell) -> Region:
        sizes = dict(zip(self.labels[operand], self.operands[operand], strict=True))
        at = dict(zip(self.labels[operand], cell, strict=True))
        blocks = []
        for r, shape in enumerate(self.shapes):
            ranges = []
            for size, label in zip(shape, self.result, strict=True):
                stretched = label not in at or (sizes[label] == 1 and size != 1)
                if label in self.reduced or stretched:
                    ranges.append(range(size))
                else:
                    ranges.append(range(at[label], at[label] + 1))
            blocks.append(Block(r, tuple(ranges)))
        return Region(tuple(blocks))


def point(cell: Cell) -> tuple[range, ...]:
    """One cell as ranges."""
    return tuple(range(i, i + 1) for i in cell)


def unravel(flat: int, shape: Shape) -> Cell:
    """The cell that stands at `flat` in reading order."""
    cell = []
    for size in reversed(shape):
        flat, i = divmod(flat, size)
        cell.append(i)
    return tuple(reversed(cell))


def ravel(cell: Cell, shape: Shape) -> int:
    """The place of `cell` in reading order."""
    flat = 0
    for i, size in zip(cell, shape, strict=True):
        flat = flat * size + i
    return flat
