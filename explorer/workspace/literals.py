"""Pasted text as a tensor: cells of a spreadsheet, CSV, a Markdown table, or a Python, NumPy or torch literal."""

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch

from explorer.errors import CellError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace import brackets, values

_LONGEST = 2**26  # characters
_FLOAT32_END = torch.finfo(torch.float32).max
_QUICK = (torch.float64, torch.float32, torch.float16, torch.bfloat16)


@dataclass(frozen=True)
class Literal:
    """The numbers of a text: `texts` in row-major order, their `shape`, and the `dtype` that `torch.tensor` chooses.

    The texts are kept, so that every dtype reads them without loss: -0, whole numbers above 2^53, nan.
    """

    texts: tuple[str, ...]
    shape: tuple[int, ...]
    dtype: torch.dtype

    @cached_property
    def values(self) -> torch.Tensor:
        """The tensor of `shape` and `dtype`, on the CPU."""
        return self.tensor()

    @property
    def block(self) -> tuple[int, int]:
        """Rows and columns when it is pasted into a page: a single row for one axis, one cell for none."""
        if len(self.shape) < 2:
            return 1, self.shape[0] if self.shape else 1
        return math.prod(self.shape[:-1]), self.shape[-1]

    def tensor(self, dtype: torch.dtype | None = None) -> torch.Tensor:
        """A new CPU tensor of these numbers, of `dtype` or the literal's own.

        Raises CellError naming the first that the dtype cannot hold.
        """
        dtype = dtype or self.dtype
        if (quick := self._quick(dtype)) is not None:
            return quick.reshape(self.shape)
        numbers = []
        for index, text in enumerate(self.texts):
            try:
                numbers.append(values.parse(text, dtype))
            except CellError as error:
                raise _at(index, self.shape, error.message) from None
        return torch.tensor(numbers, dtype=dtype).reshape(self.shape)

    def _quick(self, dtype: torch.dtype) -> torch.Tensor | None:
        """The same without a look at each number; None where it takes one."""
        try:
            if values.is_whole(dtype) and dtype != torch.uint64:
                whole = torch.tensor([int(text) for text in self.texts], dtype=torch.int64)
                limits = torch.iinfo(dtype)
                fits = not len(whole) or (whole.min() >= limits.min and whole.max() <= limits.max)
                return whole.to(dtype) if fits else None
            if dtype in _QUICK:
                real = torch.tensor([float(text) for text in self.texts], dtype=torch.float64).to(dtype)
                return real if torch.isfinite(real).all() else None
        except (ValueError, OverflowError, RuntimeError):
            return None
        return None


def parse(text: str) -> Literal:
    """The numbers that `text` holds.

    A table (tabs, semicolons, commas or spaces between cells, or a Markdown table) of several rows has two axes, one
    row has one, a single number none. A literal has the axes that its brackets have. Nothing is evaluated.
    Raises CellError, naming the place, for uneven rows, for what is no number, and for more than 2^22 values.
    """
    if len(text) > _LONGEST:
        raise brackets.too_many()
    if not text.strip():
        template = QT_TRANSLATE_NOOP("errors", "There is no text to paste: copy some cells or a list of numbers first.")
        raise CellError(Message("errors", template))
    if values.read(text) is not None:
        return _literal([text.strip()], ())
    if brackets.looks_nested(text) and not ("\t" in text and text.lstrip()[0] == "("):
        nested = brackets.read(text)
        return _literal(nested.texts, nested.shape, nested.dtype, nested.numpy)
    rows = _table(text.strip("\r\n"))
    width = len(rows[0])
    for index, row in enumerate(rows):
        if len(row) != width:
            raise brackets.uneven((index,), (len(row),), (width,))
    if len(rows) * width > brackets.MAX_CELLS:
        raise brackets.too_many()
    return _literal([cell for row in rows for cell in row], (len(rows), width) if len(rows) > 1 else (width,))


def to_tsv(window: torch.Tensor, dtype: torch.dtype | None = None) -> str:
    """`window` (on the CPU, any rank) for a spreadsheet: tabs between columns, a line for each row, every bit kept.

    Pages follow one another, with an empty line between. `dtype` is that of the values, if `window` holds another.
    """
    dtype = dtype or window.dtype
    if window.dim() > 2:
        if not window.numel():
            return ""
        return "\n\n".join(to_tsv(page, dtype) for page in window.reshape(-1, *window.shape[-2:]))
    rows = window.reshape(1, -1) if window.dim() < 2 else window
    return "\n".join("\t".join(values.show(value, dtype) for value in row) for row in rows.tolist())


def _literal(
    texts: Sequence[str], shape: tuple[int, ...], dtype: torch.dtype | None = None, numpy: bool = False
) -> Literal:
    return Literal(tuple(texts), shape, dtype or _guess(texts, shape, numpy))


def _guess(texts: Sequence[str], shape: tuple[int, ...], numpy: bool) -> torch.dtype:
    """The dtype that `torch.tensor` chooses, or NumPy; a wider one of the kind where torch would overflow."""
    numbers = []
    for index, text in enumerate(texts):
        number = values.read(text)
        if number is None:
            try:
                values.parse(text, torch.float64)
            except CellError as error:
                raise _at(index, shape, error.message) from None
        numbers.append(number)
    kinds = {type(number) for number in numbers}
    if complex in kinds:
        return torch.complex128 if numpy else torch.complex64
    if float in kinds or not kinds:
        finite = (abs(number) for number in numbers if isinstance(number, int | float) and math.isfinite(number))
        return torch.float64 if numpy or max(finite, default=0) > _FLOAT32_END else torch.float32
    if kinds == {bool}:
        return torch.bool
    whole = [int(number) for number in numbers if isinstance(number, int)]
    if max(whole) < 2**63 and min(whole) >= -(2**63):
        return torch.int64
    return torch.uint64 if min(whole) >= 0 and max(whole) < 2**64 else torch.float64


def _table(text: str) -> list[list[str]]:
    """The cells of each row; lines without any are left out."""
    text = text.replace("，", ",").replace("；", ";")
    if text.lstrip().startswith("|"):
        return _markdown(text)
    for delimiter in ("\t", ";", ","):
        if delimiter in text:
            break
    else:
        return [line.split() for line in text.splitlines() if line.strip()]
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
        rows = [[cell.strip() for cell in row] for row in lines if any(cell.strip() for cell in row) or len(row) > 1]
    except csv.Error:
        template = QT_TRANSLATE_NOOP("errors", 'A quotation mark (") is not closed: copy the cells whole.')
        raise CellError(Message("errors", template)) from None
    if delimiter != "\t" and len(rows[0]) > 1 and all(row[-1] == "" for row in rows):
        rows = [row[:-1] for row in rows]  # 1, 2, 3, at the end of each line
    return rows


def _markdown(text: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if line.strip()]
    rules = [index for index, row in enumerate(rows) if all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    if rules == [1] and any(values.read(cell) is None for cell in rows[0]):
        rows = rows[1:]  # a heading of words
    return [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)] or [[""]]


def _at(index: int, shape: tuple[int, ...], problem: Message) -> CellError:
    if not shape:
        return CellError(problem)
    place = []
    for size in reversed(shape):
        index, rest = divmod(index, size)
        place.append(rest)
    template = QT_TRANSLATE_NOOP("errors", "At [{place}]: {problem}")
    return CellError(Message("errors", template, {"place": ", ".join(map(str, reversed(place))), "problem": problem}))
