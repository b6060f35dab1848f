"""Blocks of cells in and out as text: what spreadsheets speak, and what Python, NumPy and torch print."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from explorer.errors import CellError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.widgets.grid.grid_page import Page

if TYPE_CHECKING:
    from explorer.workspace.literals import Literal

Cell = tuple[int, ...]


def put(rows: Sequence[Sequence[str]]) -> None:
    """Lines of cells parted by tabs onto the clipboard, as spreadsheets take them."""
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))


def text() -> str:
    """The text on the clipboard; "" where there is none."""
    return QGuiApplication.clipboard().text()


def too_many(count: int, most: int) -> CellError:
    """The refusal of a block that is no work for a clipboard."""
    template = QT_TRANSLATE_NOOP("errors", "{count} cells are too many for the clipboard; {most} are the most.")
    return CellError(Message("errors", template, {"count": count, "most": most}))


def place(block: "Literal", page: Page, corner: Cell) -> dict[Cell, str]:
    """Where each text of `block` goes when its first one is pasted onto `corner`, in index order.

    One row goes along the columns of the page, rows of cells along its rows and columns; a block of more axes along the
    last axes of the tensor. Raises CellError where it would stick out.
    """
    shape = block.shape
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
        values = {"block": block.shape, "corner": ", ".join(map(str, corner)), "shape": page.shape}
        raise CellError(Message("errors", template, values))
    found: dict[Cell, str] = {}
    for index, text in zip(product(*map(range, shape)), block.texts, strict=True):
        cell = list(corner)
        for step, axis in zip(index, axes, strict=True):
            cell[axis] += step
        found[tuple(cell)] = text
    return found


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
            template = QT_TRANSLATE_NOOP("errors", "Nothing was pasted. For [{cell}]: {reason}")
            values = {"cell": ", ".join(map(str, cell)), "reason": error.message}
            raise CellError(Message("errors", template, values), error.detail) from error
    return found
