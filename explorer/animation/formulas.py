"""Formulas in cells, in one line or on two, with more digits and with fewer; where none has room, the values."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from explorer.numbers.forms import NEARLY_ZERO
from explorer.numbers.written import Written, room, written

# a sign between two numbers, not that of a number or of its exponent; the parenthesis of a call
_SIGN = re.compile(r"(?<=[\w.)…])(?<!\de)[-+×÷]|(?<=[a-z])\(")


def formulas(make: Callable[..., str], columns: Sequence[Sequence[Any]], values: Sequence[str]) -> tuple[str, ...]:
    """What each cell reads: `make` of its texts, one from each of `columns` (what is no text stays
    as it is). All of them have the same forms, the last
    ones are those of `values`, which the cells come to."""
    count = max((len(_forms(text)) for own in columns for text in own), default=0)
    forms: list[Sequence[str]] = []
    rooms = []
    for level in range(count):
        parts = [[_form(text, level) for text in own] for own in columns]
        if any(isinstance(text, str) and "\n" in text for own in parts for text in own):
            break  # numbers on two lines, of which no formula is made
        if any(text == NEARLY_ZERO for own in parts for text in own):
            continue  # with nothing in the place of a number it would not be true
        made = [make(*own) for own in zip(*parts, strict=True)]
        for form in ([text.replace("\n", "") for text in made], [broken(text) for text in made]):
            if form not in forms:
                forms.append(form)
                rooms.append(room(form))
    first = values[0] if values else ""
    if isinstance(first, Written):
        forms += [[_form(text, level) for text in values] for level in range(len(first.forms))]
        rooms += first.rooms
    return written(forms, tuple(rooms)) if forms else tuple(values)


def broken(text: str) -> str:
    """A formula on two lines: broken before its last sign, or after the name of a call."""
    if "\n" in text:
        return text
    signs = [m.start() for m in _SIGN.finditer(text)]
    sign = next((k for k in reversed(signs) if text.count("(", 0, k) == text.count(")", 0, k)), 0)
    return f"{text[:sign]}\n{text[sign:]}" if sign else text


def _forms(text: Any) -> tuple[Any, ...]:
    return text.forms if isinstance(text, Written) else (text,)


def _form(text: Any, level: int) -> Any:
    own = _forms(text)
    return own[min(level, len(own) - 1)]
