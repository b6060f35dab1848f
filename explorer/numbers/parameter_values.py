"""What is typed into a parameter's field, as the Python value that torch is given, and back."""

import ast
import math

from explorer.errors import CellError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import spelling
from explorer.numbers.cell_text import shown

NOT_A_NUMBER = QT_TRANSLATE_NOOP("parameters", "{text!r} is not a number.")
NOT_WHOLE = QT_TRANSLATE_NOOP("parameters", "{text!r} is not a whole number.")
NOT_VALUES = QT_TRANSLATE_NOOP("parameters", "{text!r} is not a number or a list of numbers, such as [[1, 2], [3, 4]].")

LONGEST = 65_536  # characters of a list that is typed into a field


def read_number(text: str, integer: bool = False) -> int | float | complex | bool:
    """`text` as the Python number that it spells, exactly: 3, -1e-3, inf, 1+2j, True. Raises CellError."""
    number = spelling.read(text)
    if number is None or (integer and not isinstance(number, int)):
        raise CellError(Message("parameters", NOT_WHOLE if integer else NOT_A_NUMBER, {"text": shown(text)}))
    return number


def read_values(text: str) -> object:
    """`text` as a Python number or nested lists of them. Raises CellError."""
    try:
        value = ast.literal_eval(text.strip()) if len(text) <= LONGEST else None
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        value = None
    if isinstance(value, list | tuple) and _numbers(value):
        return _listed(value)
    try:
        return read_number(text)
    except CellError:
        raise CellError(Message("parameters", NOT_VALUES, {"text": shown(text)})) from None


def _numbers(value: object) -> bool:
    """Whether these are nested lists or tuples of numbers; 1e400 is none, which Python takes for infinity."""
    if isinstance(value, list | tuple):
        return all(_numbers(part) for part in value)
    parts = (value.real, value.imag) if isinstance(value, float | complex) else ()
    return isinstance(value, int | float | complex) and not any(map(math.isinf, parts))


def _listed(value: object) -> object:
    return [_listed(part) for part in value] if isinstance(value, list | tuple) else value


def same(one: object, other: object) -> bool:
    """Equal, and of one type: 1, 1.0 and True are written differently."""
    return type(one) is type(other) and (one == other or (one != one and other != other))


def write_number(value: object) -> str:
    """A Python number as it may be typed, exactly; "" for None."""
    if value is None:
        return ""
    if isinstance(value, complex):
        return repr(value).strip("()")
    return repr(value)
