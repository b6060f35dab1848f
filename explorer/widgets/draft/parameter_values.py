"""What is typed into a parameter's field, as the Python value that torch is given, and back."""

import ast

from explorer.errors import CellError
from explorer.messages import QT_TRANSLATE_NOOP, Message

NOT_A_NUMBER = QT_TRANSLATE_NOOP("parameters", "{text!r} is not a number.")
NOT_WHOLE = QT_TRANSLATE_NOOP("parameters", "{text!r} is not a whole number.")
NOT_VALUES = QT_TRANSLATE_NOOP("parameters", "{text!r} is not a number or a list of numbers, such as [[1, 2], [3, 4]].")


def read_number(text: str, integer: bool = False) -> int | float | complex | bool:
    """`text` as the Python number that it spells, exactly: 3, -1e-3, inf, 1+2j, True. Raises CellError."""
    bare = text.strip().replace("_", "").replace("\N{MINUS SIGN}", "-").replace("\N{INFINITY}", "inf")
    if bare in ("True", "False"):
        return bare == "True"
    kinds: tuple[type[int] | type[float] | type[complex], ...] = (int,) if integer else (int, float, complex)
    for kind in kinds:
        try:
            return kind(bare)
        except ValueError:
            continue
    raise CellError(Message("parameters", NOT_WHOLE if integer else NOT_A_NUMBER, {"text": text.strip()}))


def read_values(text: str) -> object:
    """`text` as a Python number or nested lists of them. Raises CellError."""
    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return _number_or_refuse(text)
    if isinstance(value, list | tuple | int | float | complex):
        return list(value) if isinstance(value, tuple) else value
    raise CellError(Message("parameters", NOT_VALUES, {"text": text.strip()}))


def _number_or_refuse(text: str) -> object:
    try:
        return read_number(text)
    except CellError:
        raise CellError(Message("parameters", NOT_VALUES, {"text": text.strip()})) from None


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
