"""One number: its text in a cell, and what a text means for each dtype.

`parse` reads what a person types, `show` writes the shortest text that `parse` turns back into the same bits, `short`
writes what fits into a cell of the heat map.
"""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import cache, lru_cache

from explorer.errors import CellError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import cell_text
from explorer.numbers.dtype_names import NAMES, dtype_of, name_of
from explorer.numbers.number_text import is_whole, readable, real_of, rounded_to, short, show
from explorer.numbers.spelling import LONGEST, Number, is_decimal, plain, raw, read, spells_infinity
from explorer.numbers.spelling import is_whole as spells_whole

__all__ = ["Number", "dtypes", "fit", "is_whole", "parse", "read", "readable", "short", "show"]


@cache
def dtypes() -> tuple[torch.dtype, ...]:
    """Those that a person may choose, common ones first."""
    return tuple(dtype_of(name) for name in NAMES)


def parse(text: str, dtype: torch.dtype) -> Number:
    """The value that `text` has in `dtype`, rounded as torch rounds: bool, int, float or complex.

    Raises CellError when the text is no number, or one that the dtype cannot hold.
    """
    bare = plain(text[: 2 * LONGEST])
    if not bare:
        raise _refuse(QT_TRANSLATE_NOOP("errors", "The cell is empty: type a value, such as {example}."), dtype, text)
    if is_whole(dtype) and is_decimal(bare) and not spells_whole(bare):
        return fit(_whole(Decimal(bare.replace("_", "")), dtype, text), dtype, text)
    number = raw(bare)
    if number is None:
        raise _unread(text, dtype)
    if number == 0 and bare.startswith("-") and dtype.is_floating_point:
        number = -0.0  # as a whole number it had lost its sign
    return fit(number, dtype, text)


def _unread(text: str, dtype: torch.dtype) -> CellError:
    """Why a text that spells no number is refused: with the number to write, where its meaning can be told."""
    found = cell_text.spelt(text)
    if isinstance(found, cell_text.Spelt):
        found = Message("errors", cell_text.SPELT, {"text": cell_text.shown(text), "number": found.number})
    if found is not None:
        return CellError(found)
    template = QT_TRANSLATE_NOOP("errors", "{text} is no number: type a value of {dtype}, such as {example}.")
    return _refuse(template, dtype, text)


def fit(number: Number, dtype: torch.dtype, text: str = "") -> Number:
    """`number` as a value of `dtype`, rounded as torch rounds; `text` is what the user wrote, for the message.

    Raises CellError for what the dtype cannot hold: out of range, a fraction, nan, inf, an imaginary part.
    """
    text = text or str(number)
    if dtype not in dtypes():
        raise _refuse(
            QT_TRANSLATE_NOOP("errors", "Values of {dtype} cannot be typed: choose another dtype."), dtype, text
        )
    if dtype.is_complex:
        whole = complex(_to_float(number, dtype, text)) if not isinstance(number, complex) else number
        part = dtype.to_real()
        return complex(_to_real(whole.real, part, dtype, text), _to_real(whole.imag, part, dtype, text))
    if isinstance(number, complex):
        if number.imag != 0:
            template = QT_TRANSLATE_NOOP(
                "errors", "{text} is complex and {dtype} is not: leave out the imaginary part or choose complex64."
            )
            raise _refuse(template, dtype, text)
        number = number.real
    if dtype == torch.bool:
        if number not in (0, 1):
            template = QT_TRANSLATE_NOOP("errors", "{text} is neither True nor False: type one of these, or 1 or 0.")
            raise _refuse(template, dtype, text)
        return bool(number)
    if dtype.is_floating_point:
        return _to_real(_to_float(number, dtype, text), dtype, dtype, text)
    return _to_whole(number, dtype, text)


# ---- numbers ------------------------------------------------------------------------------------------------------


def _to_float(number: Number, dtype: torch.dtype, text: str) -> float:
    try:
        value = float(real_of(number))
    except OverflowError:
        raise _too_large(dtype, text) from None
    if math.isinf(value) and not spells_infinity(text):
        raise _too_large(dtype, text)
    return value


def _to_real(value: float, part: torch.dtype, dtype: torch.dtype, text: str) -> float:
    """`value` rounded to the floating dtype `part` (of `dtype`, which is named in messages)."""
    if math.isinf(value) and not spells_infinity(text):
        raise _too_large(dtype, text)
    rounded = rounded_to(value, part)
    if math.isinf(value) and rounded != value:
        template = QT_TRANSLATE_NOOP(
            "errors", "{dtype} has no {text}: its values end at {high}; choose float32 for it."
        )
        raise _refuse(template, dtype, text)
    if math.isfinite(value) and (not math.isfinite(rounded) or abs(value) > _end(part)):
        raise _too_large(dtype, text)
    if part == torch.float8_e8m0fnu and value <= 0:
        template = QT_TRANSLATE_NOOP("errors", "{dtype} holds only powers of two above zero: {text} is none of them.")
        raise _refuse(template, dtype, text)
    return rounded


@lru_cache(maxsize=32)
def _end(dtype: torch.dtype) -> float:
    """The largest float64 that still rounds to the largest value of `dtype`, not to infinity and not by saturation."""
    highest = float(torch.finfo(dtype).max)
    if dtype == torch.float64:
        return highest
    # Neighbours in bits are neighbours in value, in every floating dtype.
    bits = {1: torch.uint8, 2: torch.int16, 4: torch.int32}[dtype.itemsize]
    top = torch.tensor([highest], dtype=torch.float64).to(dtype)
    below = float((top.view(bits) - 1).view(dtype).to(torch.float64).item())
    return highest + (highest - below) / 2


def _to_whole(number: Number, dtype: torch.dtype, text: str) -> int:
    if isinstance(number, float):
        if not math.isfinite(number):
            template = QT_TRANSLATE_NOOP("errors", "{dtype} has no {text}: choose a floating dtype, such as float32.")
            raise _refuse(template, dtype, text)
        number = _whole(Decimal(number), dtype, text)
    value = int(real_of(number))
    limits = torch.iinfo(dtype)
    if not limits.min <= value <= limits.max:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{text} is outside the range of {dtype}, {low} to {high}: type one of these or choose a wider dtype.",
        )
        raise _refuse(template, dtype, text)
    return value


def _whole(exact: Decimal, dtype: torch.dtype, text: str) -> int:
    """The whole number that `exact` is."""
    if exact and exact.adjusted() > 40:
        return 10**40 if exact > 0 else -(10**40)  # beyond every dtype; never the billion digits that 1e1000000000 has
    if exact.adjusted() < -40 and exact:
        below, above = (0, 1) if exact > 0 else (-1, 0)
    else:
        wide = Context(prec=2 * LONGEST)
        below = int(exact.to_integral_value(ROUND_FLOOR, wide))
        above = int(exact.to_integral_value(ROUND_CEILING, wide))
    if below != above:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{text} is no whole number, and {dtype} holds no others: type {below} or {above}, or choose float32.",
        )
        raise _refuse(template, dtype, text, below=below, above=above)
    return below


# ---- refusals -----------------------------------------------------------------------------------------------------


def _too_large(dtype: torch.dtype, text: str) -> CellError:
    if dtype in (torch.float8_e4m3fn, torch.float8_e4m3fnuz, torch.float8_e5m2fnuz, torch.float8_e8m0fnu):
        template = QT_TRANSLATE_NOOP(
            "errors", "{text} is too large for {dtype}, which ends at {high}: choose a wider dtype."
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "errors", "{text} is too large for {dtype}, which ends at {high}: type inf, or choose a wider dtype."
        )
    return _refuse(template, dtype, text)


def _refuse(template: str, dtype: torch.dtype, text: str, **more: object) -> CellError:
    values: dict[str, object] = {
        "text": cell_text.shown(text),
        "dtype": name_of(dtype),
        "example": _example(dtype),
        **more,
    }
    if is_whole(dtype) and dtype in dtypes():
        values |= {"low": torch.iinfo(dtype).min, "high": torch.iinfo(dtype).max}
    elif dtype.is_floating_point or dtype.is_complex:
        part = dtype.to_real() if dtype.is_complex else dtype
        values |= {"high": show(float(torch.finfo(part).max), part)} if part in dtypes() else {}
    return CellError(Message("errors", template, values))


def _example(dtype: torch.dtype) -> str:
    if dtype == torch.bool:
        return "True"
    if dtype.is_complex:
        return "1+2j"
    return "1.5" if dtype.is_floating_point and dtype != torch.float8_e8m0fnu else "2"
