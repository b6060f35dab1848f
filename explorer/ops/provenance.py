"""The one relation: which input cells feed which output cell.

Hover, arithmetic, animation, captions and axis identities are all read from it. A `Region` says it as ranges, at once
and whatever the size; `sources` and `targets` list the same cell by cell.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, product
from math import prod

Cell = tuple[int, ...]
Shape = tuple[int, ...]
Indices = range | tuple[int, ...]
Axes = tuple[tuple[tuple[int, int], ...], ...]
WIDE = 2**12


@dataclass(frozen=True)
class Block:
    """The cells of one tensor (`operand`: its number) whose every index is in the range for its axis.

    `runs`: where axes do not run by themselves, the loops over these cells, slowest first: how many steps each has, and
    the axes that go along. Two axes of one loop walk a diagonal; a loop with none names the same cells again.
    """

    operand: int
    ranges: tuple[Indices, ...]
    runs: tuple[tuple[int, tuple[int, ...]], ...] | None = None

    @property
    def count(self) -> int:
        return prod(len(r) for r in self.ranges) if self.runs is None else prod(steps for steps, _ in self.runs)

    def at(self, k: int) -> tuple[int, Cell]:
        """Cell number k, at once."""
        runs = self.runs if self.runs is not None else [(len(r), (a,)) for a, r in enumerate(self.ranges)]
        indices = [0] * len(self.ranges)
        for step, (_, axes) in zip(unravel(k, tuple(steps for steps, _ in runs)), runs, strict=True):
            for axis in axes:
                indices[axis] = step
        return self.operand, tuple(r[i] for i, r in zip(indices, self.ranges, strict=True))

    def __iter__(self) -> Iterator[tuple[int, Cell]]:
        if self.runs is not None:
            return (self.at(k) for k in range(self.count))
        return ((self.operand, cell) for cell in _cells(self.ranges))

    def __contains__(self, cell: Cell) -> bool:
        inside = len(cell) == len(self.ranges) and all(i in r for i, r in zip(cell, self.ranges, strict=True))
        return inside and all(len({cell[a] for a in axes}) <= 1 for _, axes in self.runs or ())


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
    `apart`: the last so many blocks are not paired; each of their cells is a term by itself.
    """

    blocks: tuple[Block, ...] = ()
    paired: bool = False
    apart: int = 0

    @property
    def count(self) -> int:
        return sum(block.count for block in self.blocks)

    def __iter__(self) -> Iterator[tuple[int, Cell]]:
        beside, behind = self._divided
        if self.paired:
            return chain(chain.from_iterable(zip(*beside, strict=True)), *behind)
        return chain.from_iterable(self.blocks)

    @property
    def _divided(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """The blocks side by side (or of one cell each, which stand together too), and those apart."""
        place = len(self.blocks) - self.apart
        return self.blocks[:place], self.blocks[place:]

    @property
    def terms(self) -> int:
        """How many terms there are: cells, or groups of cells side by side."""
        beside, behind = self._divided
        together = self.paired or (len(beside) > 1 and all(block.count == 1 for block in beside))
        return sum(block.count for block in (*(beside[:1] if together else beside), *behind))

    def term(self, k: int) -> list[tuple[int, Cell]]:
        """The cells of term number k, at once."""
        beside, behind = self._divided
        if self.paired or (len(beside) > 1 and all(block.count == 1 for block in beside)):
            if k < beside[0].count:
                return [block.at(k) for block in beside]
            k -= beside[0].count
            beside = ()
        for block in (*beside, *behind):
            if k < block.count:
                return [block.at(k)]
            k -= block.count
        raise IndexError(k)


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

    Says elementwise (no label reduced; a length of 1 is stretched), reduction (one operand) and contraction. The terms
    of a cell are the steps of all reduced labels together: each names one cell of every operand, the same one again
    where an operand has not the label, one of a diagonal where it has it twice. A reduced label that the result still
    has is an axis kept with length 1.
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
        self.sizes = joint_sizes(self.operands, self.labels)
        self.free = tuple(label for label in self.sizes if label in reduced)
        self.axes = tuple(tuple(self._continued(a, shape) for a in range(len(shape))) for shape in self.shapes)

    def _continued(self, axis: int, shape: Shape) -> tuple[tuple[int, int], ...]:
        label, found = self.result[axis], []
        for k, labels in enumerate(self.labels):
            for a, other in enumerate(labels):
                if labels.count(other) > 1:
                    continue  # along a diagonal
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
            blocks.append(Block(k, tuple(ranges), self._runs[k]))
        return Region(tuple(blocks), paired=len(blocks) > 1 and bool(self.reduced))

    @cached_property
    def _runs(self) -> list[tuple[tuple[int, tuple[int, ...]], ...] | None]:
        """For each operand the loops over its cells, one for each reduced label; None where those of its axes do."""
        found: list[tuple[tuple[int, tuple[int, ...]], ...] | None] = []
        for shape, labels in zip(self.operands, self.labels, strict=True):
            own = tuple(label for label in labels if label in self.reduced)
            same = all(n == self.sizes[x] for n, x in zip(shape, labels, strict=True) if x in self.reduced)
            if own == self.free and same:
                found.append(None)
                continue
            going = [[a for a, x in enumerate(labels) if x == label and shape[a] != 1] for label in self.free]
            found.append(tuple((self.sizes[x], tuple(axes)) for x, axes in zip(self.free, going, strict=True)))
        return found

    def region_of(self, operand: int, cell: Cell) -> Region:
        sizes = dict(zip(self.labels[operand], self.operands[operand], strict=True))
        at = dict(zip(self.labels[operand], cell, strict=True))
        beside = any(at[label] != i for label, i in zip(self.labels[operand], cell, strict=True))  # a diagonal
        if beside or any(not self.sizes[label] for label in self.free):
            return Region()
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


class Combined(Provenance):
    """What comes about in several ways at once: each of `parts` relates some operands, by their numbers, to one result.

    The terms of a cell are those of the first part, then each cell of the others by itself.
    """

    def __init__(
        self, operands: Sequence[Shape], shape: Shape, parts: Sequence[tuple[Provenance, Sequence[int]]]
    ) -> None:
        self.operands = tuple(map(tuple, operands))
        self.shapes = (shape,)
        self.parts = tuple(parts)
        pairs = [[[(places[k], a) for k, a in own] for own in part.axes[0]] for part, places in self.parts]
        self.axes = (tuple(tuple(chain(*(own[axis] for own in pairs))) for axis in range(len(shape))),)

    def region(self, cell: Cell, result: int = 0) -> Region:
        found = [(part.region(cell, result), places) for part, places in self.parts]
        blocks = [[replace(b, operand=places[b.operand]) for b in region.blocks] for region, places in found]
        paired = any(region.paired for region, _ in found)
        return Region(tuple(chain(*blocks)), paired, sum(map(len, blocks[1:])))

    def region_of(self, operand: int, cell: Cell) -> Region:
        found = ((part, places.index(operand)) for part, places in self.parts if operand in places)
        part, place = next(found, (None, 0))
        return part.region_of(place, cell) if part is not None else Region()


def joint_sizes(shapes: Sequence[Shape], labels: Sequence[Sequence[int]]) -> dict[int, int]:
    """The length of each label, in the order in which operands have them: a length of 1 is stretched to any other."""
    sizes: dict[int, int] = {}
    for shape, own in zip(shapes, labels, strict=True):
        for size, label in zip(shape, own, strict=True):
            if sizes.get(label, 1) == 1:
                sizes[label] = size
    return sizes


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
