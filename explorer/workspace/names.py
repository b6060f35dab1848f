"""Names on the shelf: Python identifiers, so that a name in the picture is the name in the code."""

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count

from explorer.errors import ProgramError
from explorer.messages import QT_TRANSLATE_NOOP, Message

# What a printed program needs under its own name: modules, and the words that literals are spelt with.
RESERVED = frozenset({"torch", "np", "float", "complex", "slice", "_", "__debug__"})


def valid(name: str) -> bool:
    """Whether `name` can stand for a tensor in a program; Python reads one in wide letters as that in plain ones."""
    return name.isidentifier() and not keyword.iskeyword(name) and name not in RESERVED and name == _plain(name)


def check(name: str, taken: Collection[str] = ()) -> None:
    """Raise ProgramError if `name` cannot be given."""
    if not valid(name):
        template = QT_TRANSLATE_NOOP("errors", "“{name}” cannot be a name: it must be a Python identifier.")
        raise ProgramError(Message("errors", template, {"name": name}))
    if name in taken:
        raise ProgramError(Message("errors", QT_TRANSLATE_NOOP("errors", "There is already a {name}."), {"name": name}))


def fresh(taken: Collection[str], hint: str = "") -> str:
    """A free name: the first free letter, or one made of the last part of `hint` ("layers.0.weight" -> "weight")."""
    if not hint:
        letters = (chr(c) + number for number in _numbers() for c in range(ord("A"), ord("Z") + 1))
        return next(name for name in letters if name not in taken)
    words = [word for word in re.split(r"[.\s/\\:-]+", _plain(hint)) if word]
    stem = re.sub(r"\W", "_", words[-1]) if words else ""
    if not stem.isidentifier():
        stem = f"t{stem}"
    if not valid(stem):
        stem += "_"
    return next(name for name in (stem + number for number in _numbers()) if name not in taken)


def _plain(name: str) -> str:
    """`name` as Python reads it."""
    return unicodedata.normalize("NFKC", name)


def _numbers() -> Iterator[str]:
    yield ""
    yield from map(str, count(1))
