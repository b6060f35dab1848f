"""Rows and cells of a pasted table: of a spreadsheet, a CSV file, Markdown, a printed data frame, a drawn frame.

What parts the cells: tabs where there are any, else semicolons, else commas, else spaces. A no-break space parts
nothing. A comma is the end of a cell where a space follows it; where none does, it is that unless *every* line of the
text could be one number, with a decimal comma or with commas between thousands: such a text is refused, with both
readings. The one exception are two lines of two whole numbers, which is how a small matrix is typed; it is read as
cells, with a note.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.errors import CellError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import cell_text
from explorer.numbers.spelling import raw, whole

COMMAS = QT_TRANSLATE_NOOP(
    "notes", "Commas are read as the ends of cells: {text} is {cells}. For decimals write a point, as in {number}."
)
SPACES = QT_TRANSLATE_NOOP(
    "notes", "Spaces are read as the ends of cells: {text} is {cells}. For one number write {number}."
)
HEADING = QT_TRANSLATE_NOOP("notes", "The first row is left out as the heading: {cells}.")
INDEX = QT_TRANSLATE_NOOP("notes", "The first column is left out as the index of the rows: {cells}.")
FOOTER = QT_TRANSLATE_NOOP("notes", "What follows the numbers is left out: {text}.")
COUNTING = QT_TRANSLATE_NOOP(
    "notes", "The first column counts {first}, {second} …; if it numbers the rows, copy the table without it."
)

AMBIGUOUS = QT_TRANSLATE_NOOP(
    "errors",
    "{text} can be one number, {number}, or the cells {cells}: write {number}, or a space after each comma, as in "
    "{spaced}.",
)
AMBIGUOUS_THREE = QT_TRANSLATE_NOOP(
    "errors",
    "{text} can be one number, {number} or {other}, or the cells {cells}: write the number that is meant, or a space "
    "after each comma, as in {spaced}.",
)
QUOTE = QT_TRANSLATE_NOOP("errors", 'A quotation mark (") is not closed: copy the cells whole.')
SHORT = QT_TRANSLATE_NOOP(
    "errors", "The first row has {count} cells and the others {width}: copy the numbers without headings and indices."
)

_BARS = "|│┃║"
_BAR = re.compile(f"[{_BARS}]")
_RULE = re.compile(r"(?=.*(?:---|===|[\u2500-\u257f]))[\s|+:=\-\u2500-\u257f]+")
_MARKDOWN_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_FOOTER = re.compile(
    r"\s*(?:\[\d+ rows x \d+ columns\]|\(\d+ rows?\)|(?:(?:Name|Length|Freq): [^,]+, )*dtype: \w+|\d+ rows in set.*)\s*"
)
_CLOSE_COMMA = re.compile(r",(?<=\S,)(?=\S)")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
_SPACED_GROUPS = re.compile(r"\s*[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:\.[0-9]+)?\s*")
_COUNTED = re.compile(r"#|no\.?|nr\.?|index|idx|id|row|unnamed: 0", re.IGNORECASE)


@dataclass(frozen=True)
class Parting:
    """What parts the cells of a text: a delimiter, "" for spaces, `bars` for a drawn table; and the notes on that."""

    delimiter: str
    notes: tuple[Message, ...] = ()
    bars: bool = False


@dataclass(frozen=True)
class Table:
    """The cells of each row, all stripped, and what was left out."""

    rows: list[list[str]]
    notes: tuple[Message, ...] = ()


def parting(text: str) -> Parting:
    """What parts the cells of `text`. Raises CellError where commas can mean two things."""
    if any(bar in text for bar in _BARS):
        return Parting("", bars=True)
    for delimiter in ("\t", ";"):
        if delimiter in text:
            return Parting(delimiter)
    if "," not in text:
        return Parting("", _spaces(text))
    if '"' in text:
        return Parting(",")
    if ", " in text or " ," in text:
        if _CLOSE_COMMA.search(text):
            _mixed_commas(text)
        return Parting(",")
    if not _CLOSE_COMMA.search(text):
        return Parting(",")
    if " " in text and _parted_by_spaces(text):
        return Parting("")
    return Parting(",", _commas(text))


def read(text: str, parts: Parting) -> Table:
    """The rows of `text`; lines without any cells are left out, and so are frames, headings, indices and footers.

    Headings and indices are left out where the text says that they are: by a rule below the heading, by an empty
    corner above an index, or by names above numbers.
    """
    notes = list(parts.notes)
    lines, headed, rest = _framed(text, parts.bars)
    if rest:
        notes.append(Message("notes", FOOTER, {"text": cell_text.shown(rest)}))
    rows = [_split_bars(line) for line in lines] if parts.bars else _parted(lines, parts.delimiter)
    if not rows:
        rows = [[""]]
    rows = _without_labels(rows, headed, notes)
    return Table(rows, tuple(notes))


def counting(first: np.ndarray, width: int) -> tuple[Message, ...]:
    """A note where the `first` column counts the rows and others stand beside it."""
    if width < 2 or len(first) < 2 or first[0] not in (0, 1) or not (first == first[0] + np.arange(len(first))).all():
        return ()
    start = int(first[0].real)
    return (Message("notes", COUNTING, {"first": start, "second": start + 1}),)


# ---- what parts cells ----------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterable[str]:
    return (line for line in map(str.strip, io.StringIO(text)) if line)


def _parted_by_spaces(text: str) -> bool:
    """Whether spaces part cells that have commas within: 1,5 2,5."""
    return any(re.search(r"[0-9]\s+[-+]?[0-9]", line) for line in _lines(text))


def _mixed_commas(text: str) -> None:
    """Raises CellError where what stands between commas with a space may be one number with a comma within."""
    for line in _lines(text):
        for cell in re.split(r",\s+|\s+,", line):
            if _CLOSE_COMMA.search(cell) and cell_text.one_number(cell.rstrip(",")):
                raise _ambiguous(cell.rstrip(","))


def _ambiguous(text: str) -> CellError:
    """The refusal of a text with commas that may be one number or several cells."""
    numbers, parts = _meanings(text), text.split(",")
    values = {"text": cell_text.shown(text), "cells": _list(parts), "number": numbers[0], "other": numbers[-1]}
    template = AMBIGUOUS if len(numbers) == 1 else AMBIGUOUS_THREE
    return CellError(Message("errors", template, {**values, "spaced": ", ".join(parts)}))


def _commas(text: str) -> tuple[Message, ...]:
    """Notes on commas without a space; raises CellError where they can be decimal commas or part thousands."""
    first, count, small = "", 0, True
    for line in _lines(text):
        simple = _DECIMAL_COMMA.fullmatch(line) is not None
        if not simple and not cell_text.one_number(line):
            return ()
        count += 1
        small = small and simple and count <= 2 and _both_short(line)
        first = first or (line if "," in line else "")
    if count == 2 and small:
        values = {"text": first, "cells": _list(first.split(",")), "number": first.replace(",", ".")}
        return (Message("notes", COMMAS, values),)
    raise _ambiguous(first)


def _both_short(line: str) -> bool:
    """Whether both sides of a comma are whole numbers as they are typed, and no thousands."""
    one, _, other = line.partition(",")
    return len(other) != 3 and all(side == "0" or side[0] != "0" for side in (one, other))


def _meanings(line: str) -> list[str]:
    """The numbers that one line with commas can be."""
    found = cell_text.spelt(line)
    if isinstance(found, cell_text.Spelt):
        return [found.number]
    values = found.values if found is not None else {}
    return [str(values[key]) for key in ("number", "other") if key in values] or [line]


def _spaces(text: str) -> tuple[Message, ...]:
    """A note where spaces may part thousands."""
    first = ""
    for line in _lines(text):
        if not _SPACED_GROUPS.fullmatch(line):
            return ()
        first = first or line
    if not first:
        return ()
    values = {"text": cell_text.shown(first), "cells": _list(first.split()), "number": first.replace(" ", "")}
    return (Message("notes", SPACES, values),)


# ---- rows ----------------------------------------------------------------------------------------------------------


def _parted(lines: list[str], delimiter: str) -> list[list[str]]:
    if not delimiter:
        return [re.split(r"[ \t\u3000]+", line.strip(" \t\u3000")) for line in lines if line.strip()]
    text = "\n".join(lines)
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
        rows = [[cell.strip() for cell in row] for row in found if any(cell.strip() for cell in row) or len(row) > 1]
    except csv.Error:
        raise CellError(Message("errors", QUOTE)) from None
    if delimiter != "\t" and rows and len(rows[0]) > 1 and all(row[-1] == "" for row in rows):
        rows = [row[:-1] for row in rows]  # 1, 2, 3, at the end of each line
    return rows


def _framed(text: str, bars: bool) -> tuple[list[str], bool, str]:
    """The lines without rules and without a footer, whether a rule sets the first apart as a heading, and the footer.

    Without bars a rule is one above or below all, or below the first line; elsewhere it is a row of missing values.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    rest: list[str] = []
    while len(lines) > 1 and _FOOTER.fullmatch(lines[-1]):
        rest.insert(0, lines.pop().strip())
    if any(line.split()[0] in ("...", "…", "⋮", "..") for line in lines):
        raise CellError(Message("errors", cell_text.DOTS))
    ruled = [bool(_RULE.fullmatch(line)) for line in lines]
    kept: list[str] = []
    rules: list[str] = []
    above: set[int] = set()
    for index, (line, rule) in enumerate(zip(lines, ruled, strict=True)):
        outer = len(kept) < 2 or all(ruled[index:])
        if (rule and (bars or outer)) or (bars and len(kept) == 1 and _MARKDOWN_RULE.fullmatch(line.strip())):
            rules.append(line)
            above.add(len(kept))
        else:
            kept.append(line)
    headed = 1 in above and len(kept) > 1
    if headed and len(kept) > 2 and above >= set(range(1, len(kept))) and not any("=" in rule for rule in rules):
        headed = any(raw(cell) is None for cell in _split_bars(kept[0]))  # a rule below every row: words tell
    return kept, headed, " ".join(rest)


def _split_bars(line: str) -> list[str]:
    bare = line.strip()
    bare = bare[1:] if bare[:1] and bare[0] in _BARS else bare
    bare = bare[:-1] if bare[-1:] and bare[-1] in _BARS else bare
    return [cell.strip() for cell in _BAR.split(bare)]


def _without_labels(rows: list[list[str]], headed: bool, notes: list[Message]) -> list[list[str]]:
    """The rows without a heading and an index, where the text says that they are that."""
    first, others = rows[0], rows[1:]
    indexed = False
    if others and all(len(row) == len(first) + 1 for row in others):  # a printed data frame: no word above its index
        if not _labels([row[0] for row in others]):
            raise CellError(Message("errors", SHORT, {"count": len(first), "width": len(others[0])}))
        headed = indexed = True
    elif others and len(first) > 1 and len({len(row) for row in rows}) == 1:
        corner = first[0] == "" and all(first[1:])
        counted = corner or bool(_COUNTED.fullmatch(first[0]))
        indexed = counted and (headed or _labels(first[1:])) and _labels([row[0] for row in others])
        headed = headed or (corner and indexed)
        indexed = indexed and headed
    headed = headed or (bool(others) and all(map(_is_word, first)) and not any(map(_is_word, others[0])))
    if headed:
        notes.append(Message("notes", HEADING, {"cells": _list([cell for cell in first if cell])}))
        rows = others
    if indexed:
        notes.append(Message("notes", INDEX, {"cells": _list([row[0] for row in rows])}))
        rows = [row[1:] for row in rows]
    return rows


def _labels(texts: list[str]) -> bool:
    """Whether these are words, or count from 0 or 1."""
    numbers = [whole(text) for text in texts]
    if numbers[0] in (0, 1) and all(number == numbers[0] + i for i, number in enumerate(numbers)):
        return True
    return all(text and raw(text) is None for text in texts)


def _is_word(text: str) -> bool:
    """Whether this is a name, and neither a number in any spelling nor what stands for a missing one."""
    return text[:1].isalpha() and raw(text) is None and cell_text.spelt(text) is None


def _list(texts: Sequence[str]) -> str:
    clipped = [cell_text.shown(text) for text in texts]
    return ", ".join(clipped if len(clipped) <= 4 else [*clipped[:3], "…", clipped[-1]])
