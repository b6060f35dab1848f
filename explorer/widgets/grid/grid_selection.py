"""The selected cells of the grid: as rectangles, as lines of an axis, as a count."""

from PySide6.QtCore import QItemSelectionRange
from PySide6.QtWidgets import QTableView

from explorer.session.page import Page

Cell = tuple[int, ...]


class GridSelection:
    """Rectangles of a table that shows `page`; the current cell where nothing else is selected."""

    def __init__(self, table: QTableView, page: Page) -> None:
        selection, index = table.selectionModel().selection(), table.currentIndex()
        found = [selection.at(k) for k in range(selection.count())]
        if not found and index.isValid():
            found = [QItemSelectionRange(index)]
        self._page = page
        self._parts = [(range(part.top(), part.bottom() + 1), range(part.left(), part.right() + 1)) for part in found]

    def __bool__(self) -> bool:
        return bool(self._parts)

    @property
    def count(self) -> int:
        """How many cells."""
        return sum(len(rows) * len(columns) for rows, columns in self._parts)

    @property
    def bounds(self) -> tuple[range, range]:
        """The rows and columns of the table from the first to the last selected one."""
        rows = range(min(r.start for r, _ in self._parts), max(r.stop for r, _ in self._parts))
        return rows, range(min(c.start for _, c in self._parts), max(c.stop for _, c in self._parts))

    @property
    def corner(self) -> Cell:
        """The tensor's index of the first of them."""
        rows, columns = self.bounds
        return self._page.cell(rows.start, columns.start)

    def cells(self) -> list[Cell]:
        """The tensor's index of each."""
        page = self._page
        return [page.cell(row, column) for rows, columns in self._parts for row in rows for column in columns]

    def ranges(self) -> list[tuple[range, ...]]:
        """Each rectangle as ranges of the tensor, one for each axis."""
        return [self._page.ranges(rows, columns) for rows, columns in self._parts]

    def span(self, axis: int) -> range:
        """The indices of a shown axis from the first to the last selected; empty at 0 where it has size 0."""
        size = self._page.shape[axis]
        if not size:
            return range(0)
        if not self._parts:
            return range(size - 1, size)
        lines = self.bounds[0 if axis == self._page.rows else 1]
        first = self._page.index[axis]
        return range(first + lines.start, first + lines.stop)
