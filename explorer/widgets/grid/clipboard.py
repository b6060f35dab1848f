"""Blocks of cells in and out as text: what spreadsheets speak, and what Python, NumPy and torch print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from explorer.errors import CellError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import literals, values
from explorer.session.page import Page

if TYPE_CHECKING:
    from explorer.numbers.literals import Literal

Cell = tuple[int, ...]
FEW = 4096
"""Most cells that are pasted one by one, as if each had been typed; more are written as one block."""


@dataclass(frozen=True, eq=False)
class Pasted:
    """What a text means for a grid: one `value` for all selected cells, a few `cells`, or a `block` on `ranges`."""

    value: object = None
    cells: dict[Cell, object] | None = None
    ranges: tuple[range, ...] = ()
    block: Any = None
    notes: tuple[Message, ...] = ()


def put(rows: Sequence[Sequence[str]]) -> None:
    """Lines of cells parted by tabs onto the clipboard, as spreadsheets take them."""
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))


def text() -> str:
    """The text on the clipboard; "" where there is none."""
    return QGuiApplication.clipboard().text()


def holds_block() -> bool:
    """Whether the text on the clipboard is of more than one cell."""
    return any(mark in text().strip() for mark in "\t\n")


def too_many(count: int, most: int) -> CellError:
    """The refusal of a block that is no work for a clipboard."""
    template = QT_TRANSLATE_NOOP("errors", "{count} cells are too many for the clipboard; {most} are the most.")
    return CellError(Message("errors", template, {"count": count, "most": most}))


def read(text: str, page: Page, corner: Cell, dtype: torch.dtype, step: Callable[[], None]) -> Pasted:
    """What `text` means when it is pasted onto `corner` of a tensor of `dtype`. For the worker: it may take a second.

    `step` is called now and then, and may raise. Raises CellError, all or nothing.
    """
    literal = literals.parse(text, step)
    notes = literal.said + literal.rounding(dtype)
    if not literal.shape:
        return Pasted(value=values.parse(literal.texts[0], dtype), notes=notes)
    if not literal.count:
        template = QT_TRANSLATE_NOOP("errors", "The text has shape {shape} and no values: there is nothing to paste.")
        raise CellError(Message("errors", template, {"shape": literal.shape}))
    if literal.count <= FEW:
        cells = values_of(place(literal, page, corner), lambda cell: values.parse(cell, dtype))
        return Pasted(cells=cells, notes=notes)
    shape, axes = _placed(literal.shape, page, corner)
    ranges = [range(index, index + 1) for index in corner]
    for size, axis in zip(shape, axes, strict=True):
        ranges[axis] = range(corner[axis], corner[axis] + size)

    def refuse(at: Cell, problem: Message) -> CellError:
        at = at[len(literal.shape) - len(shape) :] if literal.shape[0] == 1 else at[: len(shape)]
        cell = list(corner)
        for index, axis in zip(at, axes, strict=True):
            cell[axis] += index
        return _refused(tuple(cell), problem)

    block = literal.tensor(dtype, refuse).reshape(shape)
    if len(axes) == 2 and axes[0] > axes[1]:
        block = block.T
    return Pasted(ranges=tuple(ranges), block=block.reshape([len(part) for part in ranges]), notes=notes)


def place(block: Literal, page: Page, corner: Cell) -> dict[Cell, str]:
    """Where each text of `block` goes when its first one is pasted onto `corner`, in index order.

    One row goes along the columns of the page, rows of cells along its rows and columns; a block of more axes along the
    last axes of the tensor. Raises CellError where it would stick out.
    """
    shape, axes = _placed(block.shape, page, corner)
    found: dict[Cell, str] = {}
    for index, text in zip(product(*map(range, shape)), block.texts, strict=True):
        cell = list(corner)
        for step, axis in zip(index, axes, strict=True):
            cell[axis] += step
        found[tuple(cell)] = text
    return found


def _placed(shape: tuple[int, ...], page: Page, corner: Cell) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The shape of a block on `page`, a single line being a line, and the tensor's axis for each of its axes."""
    given = shape
    if len(shape) == 2 and page.rows is None and shape[0] == 1:  # one line onto one row
        shape = shape[1:]
    elif len(shape) == 2 and page.columns is None and shape[1] == 1:
        shape = shape[:1]
    axes = _axes(shape, page)
    if axes is None or any(corner[axis] + size > page.shape[axis] for size, axis in zip(shape, axes, strict=True)):
        template = QT_TRANSLATE_NOOP(
            "errors",
            "A block of shape {block} does not fit at [{corner}] of shape {shape}. Make the tensor larger.",
        )
        values = {"block": given, "corner": ", ".join(map(str, corner)), "shape": page.shape}
        raise CellError(Message("errors", template, values))
    return shape, axes


def _axes(shape: tuple[int, ...], page: Page) -> tuple[int, ...] | None:
    """The tensor's axis for each axis of a block of `shape`; None where there are too few."""
    rank, have = len(shape), len(page.shape)
    if rank > have:
        return None
    if rank == 2 and page.rows is not None and page.columns is not None:
        return page.rows, page.columns
    across = page.columns if page.columns is not None else page.rows
    if rank == 1 and across is not None:
        return (across,)
    return tuple(range(have - rank, have))


def values_of(texts: dict[Cell, str], parse: Callable[[str], object]) -> dict[Cell, object]:
    """The values of the texts; the first that is none is refused, saying for which cell."""
    found: dict[Cell, object] = {}
    for cell, text in texts.items():
        try:
            found[cell] = parse(text)
        except CellError as error:
            raise _refused(cell, error.message) from error
    return found


def _refused(cell: Cell, reason: Message) -> CellError:
    template = QT_TRANSLATE_NOOP("errors", "Nothing was pasted. For [{cell}]: {reason}")
    return CellError(Message("errors", template, {"cell": ", ".join(map(str, cell)), "reason": reason}))
