"""The model of the table twin: the tensors on the stage as rows of texts, one tensor below the other."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from explorer.animation.frame import Frame, Look
from explorer.ops.loss import Loss
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.model_index import Index
from explorer.widgets.stage.lettering import glyphs
from explorer.widgets.stage.loss_signs import SIGNS

Read = Callable[[Sequence[range]], Sequence[str]]
"""The texts of a window, in row-major order; one range for each axis."""

MOST = 1_000_000
"""Rows or columns of the twin: a header keeps a few bytes for each, and Qt hangs where they pass 2^31 pixels."""
_ROWS, _COLUMNS, _KEPT = 64, 32, 16384
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, eq=False)
class TwinTensor:
    """What the twin shows of one tensor: the cells at `rows` (flat indices of all axes but the last) and `columns`.

    A 1-d tensor is one row, a 0-d one a single cell. `read` gives texts when they are asked for.
    """

    name: str
    shape: tuple[int, ...]
    rows: Sequence[int]
    columns: Sequence[int]
    read: Read
    place: int = 0

    @classmethod
    def whole(cls, name: str, shape: tuple[int, ...], read: Read, place: int = 0) -> "TwinTensor":
        """All cells of a tensor, read in windows."""
        columns = shape[-1] if shape else 1
        return cls(name, shape, range(prod(shape[:-1])), range(columns), read, place)

    def index(self, row: int, column: int) -> tuple[int, ...]:
        """The index of the cell at these positions of the twin."""
        if not self.shape:
            return ()
        leading = np.unravel_index(self.rows[row], self.shape[:-1]) if len(self.shape) > 1 else ()
        return (*(int(i) for i in leading), self.columns[column])

    def flat(self, row: int, column: int) -> int:
        """The flat index of that cell."""
        return self.rows[row] * (self.shape[-1] if self.shape else 1) + self.columns[column]

    def cell(self, row: int, column: int) -> str:
        """`A[0, 1]`, or `A` for a 0-d tensor."""
        index = self.index(row, column)
        return f"{self.name}[{', '.join(map(str, index))}]" if index else self.name

    def row_name(self, row: int) -> str:
        """`A[0, :]`."""
        index = (*map(str, self.index(row, 0)[:-1]), ":") if self.shape and self.columns else ()
        return f"{self.name}[{', '.join(index)}]" if index else self.name

    def window(self, row: int, column: int) -> tuple[int, tuple[str, ...], int]:
        """The texts around a cell: first row, texts in row-major order, and how many stand in a row."""
        left = column - column % _COLUMNS
        columns = self.columns[left : left + _COLUMNS]
        if isinstance(self.rows, range) and isinstance(self.columns, range) and len(self.shape) > 1:
            inner = self.shape[-2]
            lead, line = divmod(row, inner)
            top = line - line % _ROWS
            ahead = np.unravel_index(lead, self.shape[:-2]) if len(self.shape) > 2 else ()
            ranges = [range(int(i), int(i) + 1) for i in ahead]
            ranges += [range(top, min(top + _ROWS, inner)), range(columns[0], columns[-1] + 1)]
            return lead * inner + top, tuple(self.read(ranges)), len(columns)
        texts: list[str] = []
        for k in columns:
            texts += self.read([range(i, i + 1) for i in (*self.index(row, 0)[:-1], k)] if self.shape else [])
        return row, tuple(texts), len(columns)


def of_frame(frame: Frame, exact: Callable[[int, int], str] | None = None) -> list[TwinTensor]:
    """The tensors of `frame` with what stands in their cells, or with `exact` texts, asked for by (tensor, flat); a
    marked cell has its sign behind."""
    texts: dict[int, dict[int, str]] = {}
    lost: dict[int, dict[int, int]] = {}
    for group in frame.cells:
        if group.tensor < 0 or group.cell is None:
            continue
        known = texts.setdefault(group.tensor, {})
        shown = glyphs(group) or tuple(f"{v:.4g}" for v in group.values.tolist())
        empty = group.look is Look.PENDING
        for flat, text in zip(group.cell.tolist(), shown, strict=True):
            known[flat] = "" if empty else text.replace("\n", " ")
        if group.marks is not None:
            lost.setdefault(group.tensor, {}).update(zip(group.cell.tolist(), group.marks.tolist(), strict=True))
    return [_of_cells(frame, k, texts[k], exact, lost.get(k, {})) for k in sorted(texts)]


def _of_cells(
    frame: Frame, tensor: int, texts: dict[int, str], exact: Callable[[int, int], str] | None, lost: dict[int, int]
) -> TwinTensor:
    shown = frame.tensors[tensor]
    width = max(shown.shape[-1], 1) if shown.shape else 1
    rows = sorted({f // width for f in texts})
    columns = sorted({f % width for f in texts})

    def read(ranges: Sequence[range]) -> Sequence[str]:
        flat = 0
        for size, chosen in zip(shown.shape, ranges, strict=True):
            flat = flat * size + chosen[0]
        if not texts.get(flat):
            return [""]
        text = (exact(tensor, flat) if exact is not None else "") or texts[flat]  # a number is on no shelf
        return [f"{text} {SIGNS[Loss(lost[flat])]}" if lost.get(flat) else text]

    return TwinTensor(shown.name, shown.shape, rows, columns, read, tensor)


class TwinModel(QAbstractTableModel):
    """Texts of cells by their place in the table. Reads windows and keeps the last few; never a whole tensor."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tensors: tuple[TwinTensor, ...] = ()
        self._starts: list[int] = [0]
        self._columns = 0
        self._lines: OrderedDict[tuple[int, int, int], tuple[str, ...]] = OrderedDict()

    def set_tensors(self, tensors: Sequence[TwinTensor]) -> None:
        """Show other tensors; where names and shapes stay, so do the selection and the place in the table."""
        same = [(t.name, t.shape, t.place, *map(len, (t.rows, t.columns))) for t in tensors] == [
            (t.name, t.shape, t.place, *map(len, (t.rows, t.columns))) for t in self.tensors
        ]
        if not same:
            self.beginResetModel()
        self.tensors = tuple(tensors)
        self._lines.clear()
        starts = [0]
        for tensor in tensors:
            starts.append(starts[-1] + len(tensor.rows))
        self._starts = starts
        self._columns = max((len(t.columns) for t in tensors), default=0)
        if not same:
            self.endResetModel()
        elif self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    @property
    def hidden(self) -> tuple[int, int]:
        """How many rows and columns are cut off."""
        return max(0, self._starts[-1] - MOST), max(0, self._columns - MOST)

    def at(self, row: int, column: int) -> tuple[TwinTensor, int] | None:
        """The tensor at a place of the table and the row within it; None where a shorter one has no cell."""
        k = int(np.searchsorted(self._starts, row, side="right")) - 1
        if not 0 <= k < len(self.tensors) or column >= len(self.tensors[k].columns):
            return None
        return self.tensors[k], row - self._starts[k]

    def place_of(self, tensor: int, flat: int) -> QModelIndex:
        """Where a cell stands in the table; an invalid index for one that is not shown."""
        for shown, start in zip(self.tensors, self._starts, strict=False):
            if shown.place == tensor:
                row, column = divmod(flat, max(shown.shape[-1], 1)) if shown.shape else (0, 0)
                if row in shown.rows and column in shown.columns:
                    return self.index(start + shown.rows.index(row), shown.columns.index(column))
        return QModelIndex()

    def text(self, row: int, column: int) -> str:
        """The text of a cell; "" where there is none."""
        found = self.at(row, column)
        if found is None:
            return ""
        tensor, line = found
        k, block = self.tensors.index(tensor), column // _COLUMNS
        texts = self._lines.get((k, line, block))
        if texts is None:
            top, read, width = tensor.window(line, column)
            for i in range(len(read) // width):
                self._lines[k, top + i, block] = read[i * width : (i + 1) * width]
            texts = self._lines[k, line, block]
            while len(self._lines) > _KEPT:
                self._lines.popitem(last=False)
        return texts[column % _COLUMNS]

    @guarded(0)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else min(self._starts[-1], MOST)

    @guarded(0)
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else min(self._columns, MOST)

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.at(index.row(), index.column()) if index.isValid() else None
        if found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            cell, text = found[0].cell(found[1], index.column()), self.text(index.row(), index.column())
            return f"{cell} = {text}" if text else cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            found = self.at(section, 0)
            return found[0].row_name(found[1]) if found is not None else ""
        widest = max(self.tensors, key=lambda t: len(t.columns), default=None)
        return str(widest.columns[section]) if widest is not None and section < len(widest.columns) else ""
