"""Which part of an n-d tensor a table shows: one axis down, one across, one index for each of the others."""

from dataclasses import dataclass, replace
from math import prod

BAND = 65_536
"""Longest run of rows or columns in one table: a view hangs past 2^31 pixels, and its headers hold every section."""


@dataclass(frozen=True)
class Page:
    """A rectangle of a tensor of `shape`: `rows` and `columns` are axes, or None where the tensor has no such axis.

    `index` has one number for each axis: the page for an axis that is not shown, the first shown index for one that is.
    """

    shape: tuple[int, ...]
    rows: int | None
    columns: int | None
    index: tuple[int, ...]

    @classmethod
    def first(cls, shape: tuple[int, ...]) -> "Page":
        """The first page of a tensor: the last two axes as rows and columns, index 0 of all others."""
        rank = len(shape)
        return cls(tuple(shape), rank - 2 if rank > 1 else None, rank - 1 if rank else None, (0,) * rank)

    @property
    def leading(self) -> tuple[int, ...]:
        """The axes that are paged through, in their order."""
        return tuple(axis for axis in range(len(self.shape)) if axis not in (self.rows, self.columns))

    @property
    def empty(self) -> bool:
        """True where the tensor has no elements."""
        return 0 in self.shape

    @property
    def count(self) -> int:
        """How many pages there are, bands of very long axes not counted."""
        return prod(self.shape[axis] for axis in self.leading)

    @property
    def number(self) -> int:
        """Which of them this is, from 0, the last leading axis running fastest."""
        number = 0
        for axis in self.leading:
            number = number * self.shape[axis] + self.index[axis]
        return number

    def shown(self, axis: int | None) -> range:
        """The indices of `axis` that the table shows; one line for an axis that is not there, none without pages."""
        if self.count == 0:
            return range(0)
        if axis is None:
            return range(0 if self.empty else 1)
        first = self.index[axis]
        return range(first, min(first + BAND, self.shape[axis]))

    @property
    def row_range(self) -> range:
        return self.shown(self.rows)

    @property
    def column_range(self) -> range:
        return self.shown(self.columns)

    def cell(self, row: int, column: int) -> tuple[int, ...]:
        """The tensor's index of the table's cell."""
        cell = list(self.index)
        if self.rows is not None:
            cell[self.rows] += row
        if self.columns is not None:
            cell[self.columns] += column
        return tuple(cell)

    def ranges(self, rows: range, columns: range) -> tuple[range, ...]:
        """What to read of a source, one range for each axis, for these table rows and columns."""
        ranges = [range(index, index + 1) for index in self.index]
        for axis, part in ((self.rows, rows), (self.columns, columns)):
            if axis is not None:
                first = self.index[axis]
                ranges[axis] = range(first + part.start, first + part.stop)
        return tuple(ranges)

    def place(self, cell: tuple[int, ...]) -> tuple[int, int]:
        """The table's row and column of a cell that is on this page."""
        row = 0 if self.rows is None else cell[self.rows] - self.index[self.rows]
        column = 0 if self.columns is None else cell[self.columns] - self.index[self.columns]
        return row, column

    def to(self, cell: tuple[int, ...]) -> "Page":
        """The page, and the band of very long axes, on which `cell` is."""
        shown = (self.rows, self.columns)
        index = tuple(i - i % BAND if axis in shown else i for axis, i in enumerate(cell))
        return replace(self, index=index)

    def at(self, axis: int, index: int) -> "Page":
        """The page with another index on one axis, kept within its size."""
        index = max(0, min(index, self.shape[axis] - 1))
        return replace(self, index=(*self.index[:axis], index, *self.index[axis + 1 :]))

    def turned(self, pages: int) -> "Page":
        """So many pages on or back, like an odometer; stays at the first and the last."""
        number = max(0, min(self.number + pages, self.count - 1))
        index = list(self.index)
        for axis in reversed(self.leading):
            number, index[axis] = divmod(number, max(1, self.shape[axis]))
        return replace(self, index=tuple(index))

    def assigned(self, axis: int, role: str) -> "Page":
        """`axis` becomes the "rows" or the "columns"; if another one was, the two change places."""
        old = self.rows if role == "rows" else self.columns
        swap = {axis: old, old: axis}
        page = replace(self, rows=swap.get(self.rows, self.rows), columns=swap.get(self.columns, self.columns))
        return replace(
            page, index=tuple(0 if k in (page.rows, page.columns, old) else i for k, i in enumerate(self.index))
        )

    def fitted(self, shape: tuple[int, ...]) -> "Page":
        """The nearest page of a tensor of another shape."""
        if len(shape) != len(self.shape):
            return Page.first(shape)
        index = tuple(max(0, min(i, size - 1)) for i, size in zip(self.index, shape, strict=True))
        page = replace(self, shape=tuple(shape), index=index)
        return page.to(index)
