"""Where the cells of an n-d tensor lie in the plane.

The last two axes are a page (rows, columns); leading axes lay framed pages out, alternately across and down, from the
inside to the outside. A position is a sum of one offset per axis, so squashing, stretching and moving change one array.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from explorer.animation.frame import Floats, Ints

ELISION = 0.7  # room for the mark between indices that are not neighbours
PAGE_GAPS = (0.8, 0.8)  # between pages, across and down, for their frames
THIN = 0.15  # what is seen of an axis of size 0
MOST_CELLS = 4096
READ = (14, 24)  # rows and columns whose numbers can be read on a stage
LONGEST, NARROW = 128, 6  # rows or columns of a page that is drawn whole, at all and for one across
FAR_PAGES = 8


@dataclass(frozen=True, eq=False)
class PlaneLayout:
    """The plane of one tensor. `shape`: its sizes. `rows`, `columns`: axis numbers or None. `pages`: the other axes,
    the outermost first. `kept`: the indices drawn, per axis. `down`: the page axes that go down. `gaps`: room between
    pages, across and down, in cells. `place` makes the usual one."""

    shape: tuple[int, ...]
    rows: int | None
    columns: int | None
    pages: tuple[int, ...]
    kept: tuple[Ints, ...]
    down: tuple[int, ...] = ()
    gaps: tuple[float, float] = PAGE_GAPS

    def direction(self, axis: int) -> tuple[float, float]:
        """The unit vector along which the index of `axis` grows on stage."""
        return (0.0, 1.0) if axis == self.rows or axis in self.down else (1.0, 0.0)

    @cached_property
    def _plan(self) -> tuple[dict[int, Floats], dict[int, float], dict[int, tuple[float, float]], tuple[float, float]]:
        """Offsets and pitch per axis, the extent of one slab of all axes inside it, and the whole extent."""
        offsets: dict[int, Floats] = {}
        pitches: dict[int, float] = {}
        inside: dict[int, tuple[float, float]] = {}
        size = [1.0, 1.0]
        level = 0
        for axis in (*(a for a in (self.columns, self.rows) if a is not None), *reversed(self.pages)):
            k = int(self.direction(axis)[1])
            inside[axis] = (size[0], size[1])
            gap = 0.0
            if axis in self.pages:
                gap = self.gaps[k] + 0.6 * level
                level += 1
            pitches[axis] = size[k] + gap
            offsets[axis] = spread(self.kept[axis], pitches[axis])
            if len(offsets[axis]):
                size[k] += float(offsets[axis][-1])
            elif axis not in self.pages:
                size[k] = THIN
        return offsets, pitches, inside, (size[0], size[1])

    @cached_property
    def offsets(self) -> tuple[Floats, ...]:
        """For each axis the distance of each kept index from the first, along `direction(axis)`."""
        return tuple(self._plan[0][axis] for axis in range(len(self.shape)))

    def pitch(self, axis: int) -> float:
        """The distance between neighbouring indices of `axis`: 1 inside a page, a page and its gap outside."""
        return self._plan[1][axis]

    def inside(self, axis: int) -> tuple[float, float]:
        """Width and height of what one index of `axis` holds: a cell of a row, a page of the innermost page axis."""
        return self._plan[2][axis]

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of all cells together; an axis of size 0 is a thin rest, so that it can be seen."""
        return self._plan[3]

    @cached_property
    def page(self) -> tuple[float, float]:
        """Width and height of one page."""
        return self.inside(self.pages[-1]) if self.pages else self.extent

    @cached_property
    def drawn(self) -> tuple[int, ...]:
        """How many indices of each axis are drawn."""
        return tuple(len(k) for k in self.kept)

    @property
    def count(self) -> int:
        """How many cells are drawn."""
        return prod(self.drawn)

    @cached_property
    def flat(self) -> Ints:
        """The flat index (row-major in `shape`) of every drawn cell, in drawing order."""
        return ravel(self.kept, self.shape)

    def positions(self, offsets: Sequence[Floats] | None = None) -> tuple[Floats, Floats]:
        """Upper left corners (x, y) of all drawn cells, row-major; with other `offsets` where something moves."""
        offsets = self.offsets if offsets is None else offsets
        total = {False: np.zeros(self.drawn), True: np.zeros(self.drawn)}
        for axis, offset in enumerate(offsets):
            turned = offset.reshape([-1 if a == axis else 1 for a in range(len(self.shape))])
            down = self.direction(axis)[1] > 0
            total[down] = total[down] + turned
        return total[False].ravel(), total[True].ravel()

    def squashed(self, axis: int) -> "PlaneLayout":
        """The layout with `axis` at size 1, everything else where it was."""
        kept = tuple(np.zeros(1, np.int64) if a == axis else k for a, k in enumerate(self.kept))
        shape = tuple(1 if a == axis else n for a, n in enumerate(self.shape))
        return PlaneLayout(shape, self.rows, self.columns, self.pages, kept, self.down, self.gaps)

    def without(self, axis: int) -> "PlaneLayout":
        """The layout once `axis` (of size 1) is gone: later axes renumber and keep their direction."""

        def now(a: int | None) -> int | None:
            return None if a is None or a == axis else a - (a > axis)

        def these(axes: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(a - (a > axis) for a in axes if a != axis)

        shape = tuple(n for a, n in enumerate(self.shape) if a != axis)
        kept = tuple(k for a, k in enumerate(self.kept) if a != axis)
        return PlaneLayout(
            shape, now(self.rows), now(self.columns), these(self.pages), kept, these(self.down), self.gaps
        )


def spread(kept: Ints, pitch: float) -> Floats:
    """Offsets of `kept` indices `pitch` apart, with room for the mark where indices are left out."""
    if not len(kept):
        return np.zeros(0)
    jumps = (np.diff(kept) > 1).astype(np.float64)
    return np.arange(len(kept)) * pitch + np.concatenate([[0.0], np.cumsum(jumps)]) * ELISION


def ravel(kept: Sequence[Ints], shape: Sequence[int]) -> Ints:
    """Flat row-major indices in `shape` of the product of `kept` indices."""
    total = np.zeros([len(k) for k in kept], np.int64)
    stride = 1
    for axis in reversed(range(len(shape))):
        total = total + (np.asarray(kept[axis], np.int64) * stride).reshape(
            [-1 if a == axis else 1 for a in range(len(shape))]
        )
        stride *= max(shape[axis], 1)
    return total.ravel()


def window(size: int, most: int) -> Ints:
    """At most `most` (at least 1) indices of 0..size-1: the first ones, and the last ones after a gap."""
    if size <= most:
        return np.arange(size)
    head = max((most + 1) // 2, 1)
    return np.concatenate([np.arange(head), np.arange(size - (most - head), size)])


def windows(sizes: Sequence[int], most: int = MOST_CELLS, read: tuple[int, int] = READ) -> tuple[Ints, ...]:
    """Indices to draw per axis: at most `most` cells in all. A page that goes in whole is drawn whole, unless it is so
    narrow that little were seen of it. Else it is a picture of colours where both axes are long, and where they are not
    it has no more rows and columns than `read`."""
    page = sizes[-2:]
    pages = [min(n, FAR_PAGES) for n in sizes[:-2]]
    if len(page) == 2 and prod(pages) * prod(page) <= most and max(page) <= min(LONGEST, NARROW * min(page)):
        read = (LONGEST, LONGEST)
    picture = len(page) == 2 and min(page) > read[1]
    longest = [64, 64] if picture else list(read)[2 - len(page) :]
    kept = [*pages, *(min(n, limit) for n, limit in zip(page, longest, strict=True))]
    while prod(kept) > most and max(kept) > 1:
        largest = max(range(len(kept)), key=lambda a: kept[a])
        kept[largest] -= 1
    return tuple(window(n, k) for n, k in zip(sizes, kept, strict=True))


def place(
    shape: Sequence[int],
    kept: Sequence[Ints] | None = None,
    rows: int | None = None,
    columns: int | None = None,
    plan: Mapping[int, str] | None = None,
    gaps: tuple[float, float] = PAGE_GAPS,
) -> PlaneLayout:
    """The usual layout of `shape`: last axis columns, the one before it rows, the rest pages, unless `rows` or
    `columns` name other axes; what they name may be the axes of a tensor that had more of them. `plan`: the direction
    of page axes ("across", "down"). A 1-d tensor may be rows only."""
    ndim = len(shape)
    rows, columns = (axis if axis is not None and axis < ndim else None for axis in (rows, columns))
    if kept is None:
        kept = windows(shape)
    if rows is None and columns is None:
        columns = ndim - 1 if ndim else None
        rows = ndim - 2 if ndim > 1 else None
    elif ndim > 1:
        free = [a for a in range(ndim) if a not in (rows, columns)]
        rows = free.pop() if rows is None else rows
        columns = free.pop() if columns is None else columns
    pages = tuple(a for a in range(ndim) if a not in (rows, columns))
    plan = plan or {}
    down = tuple(a for turn, a in enumerate(reversed(pages)) if plan.get(a, "down" if turn % 2 else "across") == "down")
    return PlaneLayout(tuple(shape), rows, columns, pages, tuple(np.asarray(k, np.int64) for k in kept), down, gaps)
