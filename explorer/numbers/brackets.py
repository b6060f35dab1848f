"""Reads nested lists as Python, NumPy and torch print them, and never runs what it reads.

`[[1, 2], [3, 4]]`, `[[1 2] [3 4]]`, `tensor([[1., 2.]], dtype=torch.int32)`, `np.array([1, 2], dtype="float32")`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from explorer.errors import CellError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import blocks, cell_text
from explorer.numbers.dtype_names import dtype_of
from explorer.numbers.spelling import whole
from explorer.numbers.values import dtypes

MAX_CELLS = blocks.MAX_CELLS
_DEEPEST = 64

_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_REAL = (
    rf"(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?[0-9]+)?"
    r"|(?:np\.|numpy\.|torch\.|math\.)?(?i:nan|infinity|inf))"
)
# Possessive (*+) where spaces stand, so that no text takes more than time in proportion to its length.
_TOKEN = re.compile(
    rf"""\s*+(?:
        (?P<open>[\[(])
      | (?P<close>[\])])
      | (?P<comma>,)
      | (?P<dots>\.\.\.|…)
      | (?P<word>True|False)\b
      | (?P<called>(?:[+-]\s*+)?float\(\s*+(?P<quote>['"])(?P<inner>[^'"]{{1,40}})(?P=quote)\s*+\))
      | (?P<number>[+-]?{_REAL}(?:\s*+[+-]\s*+{_REAL}[jJ]|[jJ])?(?![\w.]))
    )""",
    re.VERBOSE,
)
_CALL = re.compile(r"\s*((?:[A-Za-z_]\w*\.)*)(tensor|array|asarray|as_tensor|[A-Z][a-z0-9A-Z]*Tensor)\s*\(")
_BEFORE = re.compile(r"\s*(?P<parameter>Parameter containing:\s*)?(?:[A-Za-z_]\w*\s*=(?!=)\s*)?")
_LEGACY = {
    "FloatTensor": "float32",
    "DoubleTensor": "float64",
    "HalfTensor": "float16",
    "BFloat16Tensor": "bfloat16",
    "ByteTensor": "uint8",
    "CharTensor": "int8",
    "ShortTensor": "int16",
    "IntTensor": "int32",
    "LongTensor": "int64",
    "BoolTensor": "bool",
}
# Names of dtypes outside of torch, where they mean something else or nothing there.
_PYTHON = {
    "float": "float64",
    "int": "int64",
    "complex": "complex128",
    "bool_": "bool",
    "float_": "float64",
    "int_": "int64",
    "single": "float32",
    "longlong": "int64",
}
# What a print tells of a tensor beside its numbers, and only repeats of them.
_TOLD = frozenset({"dtype", "size", "shape"})
_LOOKED_AT = 2**16  # characters in which a print shows how many digits it has

LEFT_BEHIND = QT_TRANSLATE_NOOP("notes", "Only the numbers, their shape and dtype are taken; left behind: {what}.")
ROUNDED = QT_TRANSLATE_NOOP(
    "notes", "This is a print with {digits} digits behind the point, as in {text}; the values may have had more."
)


@dataclass(frozen=True)
class Nested:
    """The numbers of a literal as texts, in order, with the shape of their nesting and the dtype that is spelt out.

    `numpy` tells an `array(...)`, whose numbers with a point are float64. A `block` has the numbers themselves.
    """

    texts: tuple[str, ...]
    shape: tuple[int, ...]
    dtype: torch.dtype | None = None
    numpy: bool = False
    notes: tuple[Message, ...] = ()
    block: blocks.NumberBlock | None = None


def looks_nested(text: str) -> bool:
    """Whether `text` starts as a literal does, so that `read` is to be asked."""
    start = _BEFORE.match(text)
    rest = text[start.end() if start else 0 :]
    return rest[:1] in ("[", "(") or _CALL.match(rest) is not None


def read(text: str, step: Callable[[], None] = lambda: None) -> Nested:
    """The literal that `text` is; CellError with the place of the mistake when it is none, or its rows are uneven.

    `step` is called now and then, and may raise.
    """
    start = _BEFORE.match(text)
    position = start.end() if start else 0
    call = _CALL.match(text, position)
    reader = _Reader(text, call.end() if call else position)
    block = reader.block(step)
    shape = reader.value(step) if block is None else block.shape
    dtype, keywords = None, {}
    if call:
        keywords = _keywords(reader)
        dtype = dtype_of(_LEGACY[call[2]]) if call[2] in _LEGACY else None
        if call[2].endswith("Tensor") and dtype is None and call[2] != "Tensor":
            raise reader.mistake(_UNKNOWN_DTYPE, call.start(), name=call[2])
        if dtype is None and "dtype" in keywords:
            dtype = _dtype(*keywords["dtype"], reader)
        spelt = keywords.get("size", keywords.get("shape"))
        if spelt and block is None and not reader.texts:
            shape = _size(*spelt, reader)
    if reader.position < len(text.rstrip(" \t\r\n;")):
        raise reader.mistake(_TOO_MUCH)
    numpy = call is not None and call[2] in ("array", "asarray")
    left = ["Parameter"] if start and start["parameter"] else []
    left += [f"{name}={value}" for name, (value, _) in keywords.items() if name not in _TOLD and value != "'cpu'"]
    if dtype is not None and (order := re.search(r"[<>=]", keywords.get("dtype", ("", 0))[0])):
        left += [f"byte order {order[0]}"] if order[0] == ">" else []
    notes: tuple[Message, ...] = ()
    if left:
        notes = (Message("notes", LEFT_BEHIND, {"what": ", ".join(map(cell_text.shown, left))}),)
    if call is not None and not call[1] and not numpy:
        notes += _rounded(text, 4)
    elif (call is None and "," not in text) or (numpy and call is not None and not call[1] and dtype is None):
        notes += _rounded(text, 8)
    return Nested(tuple(reader.texts), shape, dtype, numpy, notes, block)


def _rounded(text: str, digits: int) -> tuple[Message, ...]:
    """A note where numbers have just as many digits behind the point as a print gives at most."""
    found = re.search(rf"\.[0-9]{{{digits}}}(?![0-9])", text[:_LOOKED_AT])
    if found is None:
        return ()
    before = re.search(r"[0-9]*$", text[max(0, found.start() - 20) : found.start()])
    shown = f"{before[0] if before else ''}{found[0]}"
    return (Message("notes", ROUNDED, {"digits": digits, "text": shown}),)


_TOO_MUCH = QT_TRANSLATE_NOOP("errors", "Something follows the last bracket: leave it out.")
_UNKNOWN = QT_TRANSLATE_NOOP(
    "errors", "{text} is not understood: write numbers, commas and brackets, as in [[1, 2], [3, 4]]."
)
_UNCLOSED = QT_TRANSLATE_NOOP("errors", "A bracket is not closed: copy the text whole.")
_CLOSED = QT_TRANSLATE_NOOP("errors", "This bracket does not fit the one that was opened.")
_MISSING = QT_TRANSLATE_NOOP("errors", "A value is missing here.")
_COMMA = QT_TRANSLATE_NOOP("errors", "A comma is missing here.")
_DOTS = cell_text.DOTS
_DEEP = QT_TRANSLATE_NOOP("errors", "The brackets are nested deeper than {depth} axes.")
_UNKNOWN_DTYPE = QT_TRANSLATE_NOOP("errors", "{name} is no dtype that is known here: write one such as torch.float32.")
_SIZE = QT_TRANSLATE_NOOP("errors", "The size {text} does not fit a tensor without values.")
_ROWS = QT_TRANSLATE_NOOP(
    "errors",
    "Row [{place}] has length {count}, but row [{first}] has {expected}: give every row the same number of values.",
)
_SHAPES = QT_TRANSLATE_NOOP(
    "errors", "What stands at [{place}] has shape {shape}, but at [{first}] it has {expected}: give all the same shape."
)


def uneven(place: tuple[int, ...], shape: tuple[int, ...], expected: tuple[int, ...]) -> CellError:
    """The refusal of rows (or what else stands side by side) of different shapes; `place` is the index of the later."""
    values: dict[str, object] = {
        "place": ", ".join(map(str, place)),
        "first": ", ".join(map(str, (*place[:-1], 0))),
        "shape": shape,
        "expected": expected,
    }
    if len(shape) == len(expected) == 1:
        return CellError(Message("errors", _ROWS, {**values, "count": shape[0], "expected": expected[0]}))
    return CellError(Message("errors", _SHAPES, values))


def too_many() -> CellError:
    """The refusal of more values than a paste may have."""
    return blocks.too_many(MAX_CELLS)


@dataclass
class _Open:
    """A bracket that is not closed yet: how many values it holds so far, and of which shape the first is."""

    bracket: str
    count: int = 0
    inner: tuple[int, ...] = ()
    commas: int = 0
    wanted: bool = field(default=False)  # a comma stands last


class _Reader:
    """Goes through a text once, from `position` on; a list of open brackets instead of recursion."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position
        self.texts: list[str] = []
        self._open: list[_Open] = []

    def block(self, step: Callable[[], None]) -> blocks.NumberBlock | None:
        """The value as a block, where it is a large list of plain numbers; None, without a step, where it is not."""
        end = self.text.rfind("]") + 1
        found = blocks.nested(self.text[self.position : end], step)
        self.position = self.position if found is None else end
        return found

    def value(self, step: Callable[[], None]) -> tuple[int, ...]:
        """Read one value, number or nested; gives its shape and leaves its numbers in `texts`."""
        while True:
            if not len(self.texts) % 4096:
                step()
            token = _TOKEN.match(self.text, self.position)
            if token is None:
                rest = self.text[self.position :].lstrip()
                if not rest:
                    raise self.mistake(_UNCLOSED)
                first = re.split(r"[\s,\])]", rest, maxsplit=1)[0][:20] or rest[0]
                raise self.mistake(_UNKNOWN, len(self.text) - len(rest), text=first)
            kind = token.lastgroup if token.lastgroup not in ("quote", "inner") else "called"
            shape = self._take(kind or "", token)
            self.position = token.end()
            if shape is not None:
                if not self._open:
                    return shape
                self._add(shape)

    def _take(self, kind: str, token: re.Match[str]) -> tuple[int, ...] | None:
        """Act on a token; the shape of the value that is complete with it, or None."""
        here = token.start(kind)
        if kind == "dots":
            raise self.mistake(_DOTS, here)
        outer = self._open[-1] if self._open else None
        if kind not in ("comma", "close") and outer and outer.count and not outer.wanted and here == token.start():
            raise self.mistake(_COMMA, here)
        if kind == "open":
            if len(self._open) >= _DEEPEST:
                raise self.mistake(_DEEP, here, depth=_DEEPEST)
            self._open.append(_Open(token[kind]))
            return None
        if kind == "close":
            return self._close(token[kind], here)
        if kind == "comma":
            if outer is None or outer.wanted or not outer.count:
                raise self.mistake(_MISSING, here)
            outer.wanted = True
            outer.commas += 1
            return None
        if len(self.texts) >= MAX_CELLS:
            raise too_many()
        if kind == "called":
            sign = "-" if token[kind].startswith("-") else ""
            self.texts.append(sign + token["inner"].strip())
        else:
            self.texts.append(re.sub(r"np\.|numpy\.|torch\.|math\.|\s", "", token[kind]))
        return ()

    def _close(self, bracket: str, here: int) -> tuple[int, ...]:
        if not self._open:
            raise self.mistake(_CLOSED, here)
        opened = self._open.pop()
        if {"[": "]", "(": ")"}[opened.bracket] != bracket:
            raise self.mistake(_CLOSED, here)
        if opened.bracket == "(" and opened.count == 1 and not opened.commas:
            return opened.inner  # (1+2j) is a number, not a row of one
        return (opened.count, *opened.inner)

    def _add(self, shape: tuple[int, ...]) -> None:
        outer = self._open[-1]
        if outer.count and shape != outer.inner:
            raise uneven((*(opened.count for opened in self._open[:-1]), outer.count), shape, outer.inner)
        outer.inner = shape
        outer.count += 1
        outer.wanted = False

    def mistake(self, template: str, position: int | None = None, **values: object) -> CellError:
        """A refusal that names line and character, counted from 1."""
        position = self.position if position is None else position
        before = self.text[:position]
        problem = Message("errors", template, values)
        template = QT_TRANSLATE_NOOP("errors", "Line {line}, character {column}: {problem}")
        line, column = before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
        return CellError(Message("errors", template, {"line": line, "column": column, "problem": problem}))


def _keywords(reader: _Reader) -> dict[str, tuple[str, int]]:
    """The rest of a call, up to its bracket: the text of each keyword and where it stands. They are not looked into."""
    found: dict[str, tuple[str, int]] = {}
    text, position = reader.text, reader.position
    depth, start, quote = 0, position, ""
    while position < len(text):
        letter = text[position]
        if quote or letter in "'\"":
            quote = "" if letter == quote else quote or letter
            position += 1
            continue
        if letter in ",)" and depth == 0:
            name, equals, value = text[start:position].partition("=")
            if text[start:position].strip():
                key = name.strip() if equals else "dtype"  # np.array([1], np.float32)
                found[key] = ((value if equals else name).strip(), start)
            start = position + 1
            if letter == ")":
                reader.position = position + 1
                return found
        depth += (letter in "([<") - (letter in ")]>")
        position += 1
    raise reader.mistake(_UNCLOSED, position)


def _dtype(text: str, position: int, reader: _Reader) -> torch.dtype:
    plain = text.strip("'\"")
    if re.fullmatch(r"[<>=|]?[?a-zA-Z][0-9]{0,2}", plain):
        return _numpy_code(plain, position, reader)
    home, _, name = plain.rpartition(".")
    if home != "torch" and name in _PYTHON:
        return dtype_of(_PYTHON[name])
    dtype = getattr(torch, name, None) if name.isidentifier() else None
    if not isinstance(dtype, torch.dtype) or dtype not in dtypes():
        raise reader.mistake(_UNKNOWN_DTYPE, position, name=plain[:40])
    return dtype


def _numpy_code(code: str, position: int, reader: _Reader) -> torch.dtype:
    """The dtype of a code of NumPy's, such as <f4."""
    try:
        return torch.from_numpy(np.zeros(1, np.dtype(code).newbyteorder("="))).dtype
    except (TypeError, ValueError):
        raise reader.mistake(_UNKNOWN_DTYPE, position, name=code) from None


def _size(text: str, position: int, reader: _Reader) -> tuple[int, ...]:
    size = [whole(number) for number in re.findall(r"[^\s,()\[\]]+", text.replace("torch.Size", ""))]
    sizes = tuple(number for number in size if number is not None and 0 <= number < 10**15)
    if len(sizes) != len(size) or len(sizes) > _DEEPEST or math.prod(sizes) != 0:
        raise reader.mistake(_SIZE, position, text=text[:40])
    return sizes
