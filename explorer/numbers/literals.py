"""Pasted text as a tensor: cells of a spreadsheet, CSV, a drawn table, or a Python, NumPy or torch literal."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explorer.errors import CellError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import blocks, brackets, cell_text, tables, values
from explorer.numbers.dtype_names import name_of
from explorer.numbers.spelling import is_whole, raw, spells_infinity

Refusal = Callable[[tuple[int, ...], Message], CellError]

_LONGEST = 2**26  # characters
_QUICK = ("float64", "float32", "float16", "bfloat16")
_EXACT = 15  # characters of a number that a float64 always tells from every other of as many
# One pair of brackets and then more: rows of accounts, no tuple.
_ACCOUNTS = re.compile(r"\s*\([^()\[\]]*\)\s*[^\s;]")

ROUNDED = QT_TRANSLATE_NOOP(
    "notes", "{dtype} does not hold {count} of these numbers exactly: {text} becomes {number}. float64 would hold them."
)
ROUNDED_ANYWHERE = QT_TRANSLATE_NOOP(
    "notes", "{dtype} does not hold {count} of these numbers exactly: {text} becomes {number}."
)
TYPED = QT_TRANSLATE_NOOP("notes", "{dtype} does not hold {text}: it becomes {number}.")
TRUTH = QT_TRANSLATE_NOOP("notes", "True and False among numbers are read as 1 and 0.")
TUPLE = QT_TRANSLATE_NOOP("notes", "Commas are read as the ends of cells: {text} is {cells}.")


def _at(place: tuple[int, ...], problem: Message) -> CellError:
    """The refusal of the number at `place`."""
    if not place:
        return CellError(problem)
    template = QT_TRANSLATE_NOOP("errors", "At [{place}]: {problem}")
    return CellError(Message("errors", template, {"place": ", ".join(map(str, place)), "problem": problem}))


@dataclass(frozen=True, eq=False)
class Literal:
    """The numbers of a text: `texts` in row-major order, their `shape`, and the `dtype` that `torch.tensor` chooses.

    `said` is what was decided on the way. The texts are kept, so that every dtype reads them without loss: -0, whole
    numbers above 2^53, nan.
    """

    given: tuple[str, ...] | blocks.NumberBlock
    shape: tuple[int, ...]
    dtype: torch.dtype
    said: tuple[Message, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The plain text of each number."""
        return self.given.texts if isinstance(self.given, blocks.NumberBlock) else self.given

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return math.prod(self.shape)

    @cached_property
    def notes(self) -> tuple[Message, ...]:
        """What was decided, and what the dtype rounds."""
        return self.said + self.rounding()

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

    def tensor(self, dtype: torch.dtype | None = None, refuse: Refusal = _at) -> torch.Tensor:
        """A new CPU tensor of these numbers, of `dtype` or the literal's own.

        Raises CellError naming the first that the dtype cannot hold, made by `refuse(place, problem)`.
        """
        dtype = dtype or self.dtype
        if (quick := self._quick(dtype)) is not None:
            return quick.reshape(self.shape)
        numbers = []
        for index, text in enumerate(self.texts):
            try:
                numbers.append(values.parse(text, dtype))
            except CellError as error:
                raise refuse(_place(index, self.shape), error.message) from None
        return torch.tensor(numbers, dtype=dtype).reshape(self.shape)

    def rounding(self, dtype: torch.dtype | None = None) -> tuple[Message, ...]:
        """A note where `dtype` (or the literal's own) makes other numbers of whole ones, or zero of what is none."""
        dtype = dtype or self.dtype
        if not dtype.is_floating_point or not self.count or dtype not in values.dtypes():
            return ()
        changed = self._changed(dtype)
        if not len(changed):
            return ()
        text = self.texts[changed[0]]
        number = values.show(values.parse(text, dtype), dtype)
        found = {"dtype": name_of(dtype), "count": len(changed), "text": text, "number": number}
        held = dtype != torch.float64 and not self._lost(torch.float64, changed)
        return (Message("notes", ROUNDED if held else ROUNDED_ANYWHERE, found),)

    def _changed(self, dtype: torch.dtype) -> Sequence[int]:
        """The places of the numbers of which `rounding` speaks."""
        if not isinstance(self.given, blocks.NumberBlock):
            return self._lost(dtype, range(len(self.texts)))
        limits = torch.finfo(dtype)
        size = np.abs(self.given.numbers)
        odd = (size >= 2 / limits.eps) | ((size < limits.tiny * limits.eps) & (size > 0))
        suspects = np.flatnonzero(odd)
        if len(suspects):
            texts = self.texts
            return self._lost(dtype, [i for i in suspects.tolist() if size[i] < 1 or texts[i].lstrip("+-").isdigit()])
        return ()

    def _lost(self, dtype: torch.dtype, places: Iterable[int]) -> Sequence[int]:
        texts = self.texts
        return [place for place in places if _loses(texts[place], dtype)]

    def _quick(self, dtype: torch.dtype) -> torch.Tensor | None:
        """The same without a look at each number; None where it takes one."""
        try:
            numbers = self._numbers(dtype)
        except (ValueError, OverflowError):
            return None
        if numbers is None:
            return None
        if values.is_whole(dtype):
            limits = torch.iinfo(dtype)
            fits = not len(numbers) or (numbers.min() >= limits.min and numbers.max() <= limits.max)
            return torch.from_numpy(numbers).to(dtype, copy=True) if fits else None
        real = torch.from_numpy(numbers.astype(np.float64))
        held = real.to(dtype)
        return held if bool((torch.isfinite(held) | ~torch.isfinite(real)).all()) else None

    def _numbers(self, dtype: torch.dtype) -> np.ndarray | None:
        """The numbers as `dtype` is made of them, int64 for whole dtypes, else float64; None where that is not sure."""
        whole = values.is_whole(dtype) and dtype != torch.uint64
        if not whole and name_of(dtype) not in _QUICK:
            return None
        if not isinstance(self.given, blocks.NumberBlock):
            if whole:
                return np.array([int(text) for text in self.given], np.int64)
            found = np.array([float(text) for text in self.given], np.float64)
            return found if np.isfinite(found).all() else None
        found = self.given.numbers
        if whole and found.dtype == np.float64:
            with np.errstate(invalid="ignore"):
                sure = (
                    self.given.longest <= _EXACT
                    and (np.abs(found) < 2.0**53).all()
                    and (found == np.floor(found)).all()
                )
                return found.astype(np.int64) if sure else None
        return found


def parse(text: str, step: Callable[[], None] = lambda: None) -> Literal:
    """The numbers that `text` holds.

    A table (tabs, semicolons, commas or spaces between cells, or a drawn table) of several rows has two axes, one row
    has one, a single number none. A literal has the axes that its brackets have. Nothing is evaluated. What can mean
    two things is refused with both (see `tables` for commas and `cells` for signs), and what was decided stands in the
    notes. `step` is called now and then, and may raise to stop.
    Raises CellError, naming the place, for uneven rows, for what is no number, and for more than 2^22 values.
    """
    if len(text) > _LONGEST:
        raise brackets.too_many()
    if not text.strip("\ufeff \t\r\n\v\f\u3000\u00a0"):
        template = QT_TRANSLATE_NOOP("errors", "There is no text to paste: copy some cells or a list of numbers first.")
        raise CellError(Message("errors", template))
    text = text.strip("\ufeff").strip("\r\n").replace("，", ",").replace("；", ";")
    if (single := _single(text)) is not None:
        return single
    if brackets.looks_nested(text) and not _is_table(text):
        nested = brackets.read(text, step)
        if nested.block is not None:
            return _of_block(nested.block, nested.shape, nested.dtype, nested.numpy, nested.notes)
        return _of_texts(nested.texts, nested.shape, nested.dtype, nested.numpy, nested.notes + _tuple_note(text))
    parts = tables.parting(text)
    if not parts.bars and (block := blocks.table(text, parts.delimiter, step)) is not None:
        counting = tables.counting(block.numbers[:: block.shape[-1]], block.shape[-1])
        return _of_block(block, block.shape, None, False, parts.notes + counting)
    table = tables.read(text, parts)
    width = len(table.rows[0])
    for index, row in enumerate(table.rows):
        if len(row) != width:
            raise brackets.uneven((index,), (len(row),), (width,))
    if len(table.rows) * width > brackets.MAX_CELLS:
        raise brackets.too_many()
    shape = (len(table.rows), width) if len(table.rows) > 1 else (width,)
    return _of_texts([cell for row in table.rows for cell in row], shape, None, False, table.notes, step, count=True)


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


# ---- kinds of text -------------------------------------------------------------------------------------------------


def _single(text: str) -> Literal | None:
    """The literal of a text that is one number, else None. Raises CellError where it may have two meanings."""
    bare = text.strip()
    if len(bare) > 100 or "\n" in text or "\t" in text:
        return None
    found = cell_text.spelt(bare)
    if isinstance(found, Message) and not re.search(r"[\s,;|]", bare):
        raise CellError(found)
    if not isinstance(found, cell_text.Spelt):
        return None
    if found.note == cell_text.ACCOUNTS:  # in Python the brackets mean nothing
        values_: dict[str, object] = {"text": bare, "number": found.number, "other": found.number.lstrip("-")}
        raise CellError(Message("errors", cell_text.EITHER, values_))
    if "," in bare:  # which may be cells as well
        return None
    notes = (found.said(bare),) if found.note else ()
    return _of_texts([found.number], (), None, False, notes)


def _is_table(text: str) -> bool:
    """Whether a text that starts with a bracket is rows of cells."""
    return text.lstrip()[0] == "(" and ("\t" in text or _ACCOUNTS.match(text) is not None)


def _tuple_note(text: str) -> tuple[Message, ...]:
    """A note on `(1,5)`, which accounts would write for -1.5."""
    found = cell_text.spelt(text.strip())
    if not isinstance(found, Message) or found.template not in (cell_text.COMMA, cell_text.EITHER):
        return ()
    values_: dict[str, object] = {"text": text.strip(), "cells": ", ".join(text.strip(" ()\r\n").split(","))}
    return (Message("notes", TUPLE, values_),)


def _of_block(
    block: blocks.NumberBlock,
    shape: tuple[int, ...],
    dtype: torch.dtype | None,
    numpy: bool,
    notes: tuple[Message, ...],
) -> Literal:
    if dtype is None:
        dtype = torch.int64
        if block.numbers.dtype == np.float64:
            finite = block.numbers[np.isfinite(block.numbers)]
            wide = numpy or (len(finite) and max(finite.max(), -finite.min()) > torch.finfo(torch.float32).max)
            dtype = torch.float64 if wide else torch.float32
    return Literal(block, shape, dtype, notes)


def _of_texts(
    texts: Sequence[str],
    shape: tuple[int, ...],
    dtype: torch.dtype | None,
    numpy: bool,
    notes: tuple[Message, ...] = (),
    step: Callable[[], None] = lambda: None,
    count: bool = False,
) -> Literal:
    """The literal of cells; with `count` a first column that counts the rows is noted."""
    known: dict[str, tuple[str, values.Number]] = {}
    said: list[Message] = []
    for index, text in enumerate(texts):
        if text not in known:
            if not len(known) % 4096:
                step()
            known[text] = _cell(text, lambda index=index: _place(index, shape), said)  # type: ignore[misc]
    plain = tuple(known[text][0] for text in texts)
    numbers = [known[text][1] for text in texts]
    if count and len(shape) == 2:
        notes += tables.counting(np.array(numbers[:: shape[1]]), shape[1])
    types = set(map(type, numbers))
    if bool in types and len(types) > 1:
        notes += (Message("notes", TRUTH),)
    return Literal(plain, shape, dtype or _guess(numbers, numpy), notes + cell_text.first_of_each(said))


def _cell(text: str, place: Callable[[], tuple[int, ...]], said: list[Message]) -> tuple[str, values.Number]:
    """The plain text and the number of a cell; what was decided goes to `said`."""
    found = cell_text.spelt(text)
    if isinstance(found, Message):
        raise _at(place(), found)
    if found is None:
        try:
            values.parse(text, torch.float64)
        except CellError as error:
            raise _at(place(), error.message) from None
        raise AssertionError(f"{text!r} is read and not read")
    if found.note:
        said.append(found.said(text))
    number = raw(found.number)
    assert number is not None
    return found.number, number


def _guess(numbers: Sequence[values.Number], numpy: bool) -> torch.dtype:
    """The dtype that `torch.tensor` chooses, or NumPy; a wider one of the kind where torch would overflow."""
    kinds = {type(number) for number in numbers}
    if complex in kinds:
        return torch.complex128 if numpy else torch.complex64
    if float in kinds or not kinds:
        finite = (abs(number) for number in numbers if isinstance(number, int | float) and math.isfinite(number))
        return torch.float64 if numpy or max(finite, default=0) > torch.finfo(torch.float32).max else torch.float32
    if kinds == {bool}:
        return torch.bool
    whole = [int(number) for number in numbers if isinstance(number, int)]
    if max(whole) < 2**63 and min(whole) >= -(2**63):
        return torch.int64
    return torch.uint64 if min(whole) >= 0 and max(whole) < 2**64 else torch.float64


def of_number(text: str, dtype: torch.dtype) -> tuple[Message, ...]:
    """A note where `dtype` makes another number of a whole one that is typed, or zero of what is none."""
    if not _loses(text.strip(), dtype):
        return ()
    number = values.show(values.parse(text, dtype), dtype)
    return (
        Message("notes", TYPED, {"dtype": name_of(dtype), "text": cell_text.shown(text.strip()), "number": number}),
    )


def _loses(text: str, dtype: torch.dtype) -> bool:
    """Whether a whole number becomes another in a floating `dtype`, or what is not zero becomes zero; of a complex one
    also a part."""
    number = raw(text)
    if number is None or isinstance(number, bool) or spells_infinity(text) or number != number:
        return False
    nonzero = any(digit in "123456789" for digit in text.lower().partition("e")[0])
    if not nonzero or not (is_whole(text) or isinstance(number, complex) or abs(number) < 1):
        return False
    try:
        held = values.parse(text, dtype)
    except CellError:
        return False  # refused, which is no silence
    if is_whole(text):
        return held != number
    return any(part and not kept for part, kept in ((number.real, held.real), (number.imag, held.imag))) or held == 0


def _place(index: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The index along each axis of number `index` of an array of `shape`."""
    place = []
    for size in reversed(shape):
        index, rest = divmod(index, size)
        place.append(rest)
    return tuple(reversed(place))
