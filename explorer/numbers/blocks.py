"""Large blocks of plain decimal numbers, read at once: the same numbers as one by one, or None where that takes a look.

The text is read in pieces, between which other threads and a cancel have their turn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explorer.errors import CellError
from explorer.messages import QT_TRANSLATE_NOOP, Message

MAX_CELLS = 2**22
"""Most cells that a pasted text may have."""

PIECE = 2**16  # characters that are read without letting go
_SHORTEST = 512  # characters: shorter texts take no time in any way

_MANY = QT_TRANSLATE_NOOP("errors", "There are more than {count} values: save them as a file and open that.")

_DIGITS, _SIGNS, _MARKS, _WORDS, _BLANKS = b"0123456789", b"+-", b".eE", b"naif", b" \t\r\n"
_NUMBER = _DIGITS + _SIGNS + _MARKS + _WORDS
_INSIDE = bytes(byte in _NUMBER for byte in range(256))
_SPACED = bytes(byte if byte in _NUMBER else 32 for byte in range(256))


@dataclass(frozen=True, eq=False)
class NumberBlock:
    """The numbers of a text in order, int64 where all are whole, else float64, and the shape that they have there.

    `text` has them parted by spaces; `longest` is the characters of the longest.
    """

    shape: tuple[int, ...]
    numbers: np.ndarray
    text: str = ""
    longest: int = 0

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of each number."""
        return tuple(self.text.split())


def table(text: str, delimiter: str, step: Callable[[], None] = lambda: None) -> NumberBlock | None:
    """The block of lines of numbers with `delimiter` between, "" for spaces.

    None where the text is short, has anything but plain numbers, or lines of different lengths: it is then read cell by
    cell, with a refusal that names the place. `step` is called between pieces and may raise.
    """
    data = _plain(text, _BLANKS + delimiter.encode()) if delimiter in ("", "\t", ",", ";") else None
    if data is None or data.count(b"\r") != data.count(b"\r\n"):
        return None
    step()
    width = _width(data, delimiter)
    found = _read(data, step) if width else None
    if found is None or width is None:
        return None
    rows = len(found[0]) // width
    return NumberBlock((rows, width) if rows > 1 else (width,), *found)


def nested(text: str, step: Callable[[], None] = lambda: None) -> NumberBlock | None:
    """The block of a nested list in square brackets, as Python or NumPy prints it; None as for `table`."""
    data = _plain(text, _BLANKS + b",[]")
    if data is None:
        return None
    step()
    shape = _nesting(data)
    if shape is None:
        return None
    if 0 in shape:
        return NumberBlock(shape, np.zeros(0))
    found = _read(data, step)
    return None if found is None else NumberBlock(shape, *found)


def too_many(most: int) -> CellError:
    """The refusal of more values than a paste may have."""
    return CellError(Message("errors", _MANY, {"count": most}))


def _plain(text: str, between: bytes) -> bytes | None:
    """The bytes of `text`, where it has nothing but plain numbers and what may stand `between`."""
    if len(text) < _SHORTEST or not text.isascii():
        return None
    data = text.encode("ascii")
    return None if data.translate(None, _NUMBER + between) or _odd_zeros(data) else data


def _starts(data: bytes) -> np.ndarray:
    """Where the numbers of a text begin."""
    inside = np.frombuffer(data.translate(_INSIDE), bool)
    return np.flatnonzero(inside & ~np.concatenate(([False], inside[:-1])))


def _odd_zeros(data: bytes) -> bool:
    """Whether a number has zeros in front, as a label has; they are not left out without a word."""
    raw = np.frombuffer(data + b"   ", np.uint8)
    starts = _starts(data)
    first = raw[starts]
    starts = starts + ((first == ord("+")) | (first == ord("-")))
    following = raw[starts + 1]
    return bool(((raw[starts] == ord("0")) & (following >= ord("0")) & (following <= ord("9"))).any())


def _width(data: bytes, delimiter: str) -> int | None:
    """How many cells each line has, one number in each; None where that differs."""
    raw = np.frombuffer(data, np.uint8)
    starts, ends = _starts(data), np.flatnonzero(raw == ord("\n"))
    if not len(starts):
        return None
    lines = np.searchsorted(ends, starts)  # the line of each number
    counts = np.bincount(lines)
    width = int(counts[lines[0]])
    if (counts[counts > 0] != width).any():
        return None
    if delimiter:
        marks = np.flatnonzero(raw == ord(delimiter))
        places = np.arange(len(starts))
        before = places - places // width  # the delimiters before each number
        if len(marks) != before[-1] or (np.searchsorted(marks, starts) != before).any():
            return None
    return width


def _read(data: bytes, step: Callable[[], None]) -> tuple[np.ndarray, str, int] | None:
    """The numbers of a text, their texts parted by spaces, and the length of the longest.

    None where one is no number, no int64 among whole ones, or another than its text says.
    """
    whole = not data.translate(None, _DIGITS + _SIGNS + _BLANKS + b",;[]")
    spaced = data.translate(_SPACED).decode("ascii")
    found: list[np.ndarray] = []
    count = position = longest = 0
    try:
        while position < len(spaced):
            step()
            stop = spaced.find(" ", position + PIECE)
            stop = len(spaced) if stop < 0 else stop
            texts = spaced[position:stop].split()
            position, count = stop, count + len(texts)
            if count > MAX_CELLS:
                raise too_many(MAX_CELLS)
            if texts:
                longest = max(longest, len(max(texts, key=len)))
                found.append(np.array(list(map(int if whole else float, texts)), np.int64 if whole else np.float64))
                if not whole and not _faithful(texts, found[-1]):
                    return None
    except (ValueError, OverflowError):
        return None
    numbers = np.concatenate(found)
    if whole and b"-0" in data and not numbers.all():
        return None  # as a float it keeps its sign
    return numbers, spaced, longest


def _faithful(texts: list[str], numbers: np.ndarray) -> bool:
    """Whether none became infinite or zero that is not so spelt; nan loses its sign."""
    infinite = np.isinf(numbers)
    if infinite.any() and infinite.sum() != sum("inf" in text for text in texts):
        return False
    numbers[np.isnan(numbers)] = np.nan
    return not any(_vanished(text) for text in {texts[place] for place in np.flatnonzero(numbers == 0)})


def _vanished(text: str) -> bool:
    """Whether a text that became zero has another digit before its exponent."""
    return any(digit in "123456789" for digit in text.lower().partition("e")[0])


# ---- brackets ------------------------------------------------------------------------------------------------------

_NUMBER_TOKEN, _COMMA, _OPEN, _CLOSE = range(4)
_FOLLOWS = np.zeros((4, 4), bool)
for _before, _after in (
    (_NUMBER_TOKEN, (_NUMBER_TOKEN, _COMMA, _CLOSE)),
    (_COMMA, (_NUMBER_TOKEN, _OPEN, _CLOSE)),
    (_OPEN, (_NUMBER_TOKEN, _OPEN, _CLOSE)),
    (_CLOSE, (_COMMA, _OPEN, _CLOSE)),
):
    _FOLLOWS[_before, list(_after)] = True
_TOKENS = bytes({ord(","): _COMMA, ord("["): _OPEN, ord("]"): _CLOSE}.get(byte, _NUMBER_TOKEN) for byte in range(256))


def _nesting(data: bytes) -> tuple[int, ...] | None:
    """The shape of a nested list; None where it is uneven or no list."""
    raw = np.frombuffer(data, np.uint8)
    starts = _starts(data)
    signs = (raw == ord(",")) | (raw == ord("[")) | (raw == ord("]"))
    signs[starts] = True  # one token for a number, its first byte
    places = np.flatnonzero(signs)
    tokens = np.frombuffer(data.translate(_TOKENS), np.uint8)[places]
    if len(tokens) < 2 or not _FOLLOWS[tokens[:-1], tokens[1:]].all():
        return None
    opens, closes = tokens == _OPEN, tokens == _CLOSE
    if (closes[:-1] & opens[1:] & (np.diff(places) == 1)).any():
        return None  # ][ without a space
    empties = np.flatnonzero(opens[:-1] & closes[1:])
    if len(empties):
        if len(starts):
            return None
        tokens = np.delete(tokens, empties + 1)  # an empty row in the place of a number
        tokens[empties - np.arange(len(empties))] = _NUMBER_TOKEN
        opens, closes = tokens == _OPEN, tokens == _CLOSE
    depth = np.cumsum(opens.astype(np.int32) - closes)
    at = np.flatnonzero(tokens == _NUMBER_TOKEN)
    if not len(at) or depth[-1] != 0 or (depth[:-1] < 1).any() or (depth[at] != depth[at[0]]).any():
        return None
    shape = _even(np.diff(np.cumsum(closes)[at]), int(depth[at[0]]))
    return (*shape, 0) if shape is not None and len(empties) else shape


def _even(closed: np.ndarray, rank: int) -> tuple[int, ...] | None:
    """The shape of numbers of which `closed` brackets stand between each two; None where it is uneven."""
    count = len(closed) + 1
    lengths = [1]  # numbers in what each bracket holds, from the innermost
    expected = np.zeros(len(closed), np.int64)
    for level in range(1, rank + 1):
        ends = np.flatnonzero(closed >= level)
        length = int(ends[0]) + 1 if len(ends) else count
        if length % lengths[-1] or (level == rank and length != count):
            return None
        lengths.append(length)
        if level < rank:
            expected[length - 1 :: length] += 1
    if count % lengths[-1] or (closed != expected).any() or any(count % length for length in lengths):
        return None
    return tuple(lengths[level] // lengths[level - 1] for level in range(rank, 0, -1))
