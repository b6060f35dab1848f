"""A number as text: the shortest that is exact, and the nearest that fits into a cell of the heat map."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

import numpy as np

from explorer.late import torch
from explorer.numbers.spelling import Number

_WRITTEN_OUT = 1e16
_LONGEST = 64  # characters, in which every number fits


def is_whole(dtype: torch.dtype) -> bool:
    """Whether `dtype` holds whole numbers only (bool is not among them)."""
    return not (dtype.is_floating_point or dtype.is_complex or dtype == torch.bool)


def show(value: Number, dtype: torch.dtype) -> str:
    """The shortest text that `parse` turns back into the same bits (of NaN: into a NaN). `value` is of `dtype`.

    Whole numbers are written out below 10^16: the float16 65504 is not shown as 65500, which would do as well.
    """
    if dtype == torch.bool:
        return str(bool(value))
    if dtype.is_complex:
        value, part = complex(value), dtype.to_real()
        imaginary = show(value.imag, part)
        if value.real == 0 and math.copysign(1, value.real) > 0:
            return f"{imaginary}j"
        return f"{show(value.real, part)}{'' if imaginary[0] == '-' else '+'}{imaginary}j"
    if not dtype.is_floating_point:
        return str(int(real_of(value)))
    real = real_of(value)
    if real != real or math.isinf(real):
        return "nan" if real != real else "inf" if real > 0 else "-inf"
    if real == 0:
        return "-0" if math.copysign(1, real) < 0 else "0"
    if abs(real) < _WRITTEN_OUT and real == int(real):
        return str(int(real))
    return _spell(*_digits(real, dtype))


def short(value: Number, dtype: torch.dtype, width: int) -> str:
    """`value` in at most `width` characters, rounded where it must be; "" where nothing true fits.

    What is rounded keeps its last zeros (1.000 is near 1, 1 is 1); nothing but zero is ever written as 0.
    """
    if dtype.is_complex:
        return _short_complex(complex(value), dtype, width)
    if dtype == torch.bool:
        exact = "True" if value else "False"
        return exact if len(exact) <= width else exact[0] if width >= 1 else ""
    if is_whole(dtype):
        exact = str(int(real_of(value)))
        return exact if len(exact) <= width else _rounded(float(real_of(value)), width, fixed=False)
    real = real_of(value)
    if real != real or real == 0:
        exact = show(real, dtype)
        return exact if len(exact) <= width else ""
    return _short_real(real, dtype, width)


def readable(value: Number, dtype: torch.dtype, width: int) -> str:
    """As `short`, but of more than `width` characters where nothing true fits: never ""."""
    return short(value, dtype, width) or next(filter(None, (short(value, dtype, n) for n in range(width, _LONGEST))))


@lru_cache(maxsize=8192)
def _short_real(value: float, dtype: torch.dtype, width: int) -> str:
    """`short` of a number that is neither zero nor NaN (which would be mixed up in the cache)."""
    exact = show(value, dtype)
    if len(exact) <= width:
        return exact
    if math.isinf(value):
        symbol = "∞" if value > 0 else "-∞"
        return symbol if len(symbol) <= width else ""
    return _rounded(value, width, fixed=True)


def _digits(value: float, dtype: torch.dtype) -> tuple[str, str, int]:
    """Sign, digits without end zeros, and the power of ten of the first digit, of the shortest text for `value`."""
    if dtype == torch.float64:
        return _taken_apart(repr(value))
    if dtype in (torch.float32, torch.float16):
        kind = np.float32 if dtype == torch.float32 else np.float16
        text = np.format_float_scientific(kind(value), unique=True, trim="-")
        # It is read back through float64: twice rounded, which could end beside the value.
        return _taken_apart(text if kind(float(text)) == value else repr(value))
    exact = Decimal(value)
    for precision in range(1, 10):
        for rounding in (ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEILING):
            text = str(Context(prec=precision, rounding=rounding).plus(exact))
            if rounded_to(float(text), dtype) == value:
                return _taken_apart(text)
    return _taken_apart(repr(value))


def _taken_apart(text: str) -> tuple[str, str, int]:
    mantissa, _, power = text.lower().partition("e")
    sign, mantissa = ("-", mantissa[1:]) if mantissa[0] == "-" else ("", mantissa)
    whole, _, rest = mantissa.partition(".")
    digits = (whole + rest).lstrip("0")
    first = int(power or 0) + len(whole) - 1 - (len(whole + rest) - len(digits))
    return sign, digits.rstrip("0"), first


def _spell(sign: str, digits: str, power: int) -> str:
    if -5 <= power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{digits}"
    if 0 <= power < 16:
        whole, rest = digits[: power + 1].ljust(power + 1, "0"), digits[power + 1 :]
        return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
    return f"{sign}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{power}"


def _rounded(value: float, width: int, fixed: bool) -> str:
    """The nearest to `value` of the texts that fit: with a point, or with a power of ten; "" if none is near enough."""
    candidates = []
    if fixed:
        for places in (width - len(f"{value:.0f}") - 1, width - len(f"{value:.0f}") - 2, 0):
            text = f"{value:.{max(places, 0)}f}"
            if len(text) <= width:  # 9.99 could have become 10.0
                # Without a point nothing tells that it was rounded, so it must be all but true.
                if abs(float(text) - value) <= (0.12 if "." in text else 0.01) * abs(value):
                    candidates.append(text)
                break
    for places in range(min(width, 17), -1, -1):
        mantissa, _, power = f"{value:.{places}e}".partition("e")
        if float(f"{mantissa}e{power}") == value and "." in mantissa:  # it is exact, and not near something
            mantissa = mantissa.rstrip("0").rstrip(".")
        text = f"{mantissa}e{int(power)}"
        if len(text) <= width:
            if not fixed or not -2 <= int(power) <= 2:
                candidates.append(text)
            break
    finite = [text for text in candidates if float(text) != 0 and math.isfinite(float(text))]
    return min(finite, key=lambda text: abs(float(text) - value), default="")


def _short_complex(value: complex, dtype: torch.dtype, width: int) -> str:
    exact = show(value, dtype)
    if len(exact) <= width:
        return exact
    part = dtype.to_real()
    for room in range(width - 3, 0, -1):
        real = short(value.real, part, room)
        imaginary = short(value.imag, part, width - 2 - len(real) + (value.imag < 0))
        if real and imaginary:
            text = f"{real}{'' if imaginary[0] == '-' else '+'}{imaginary}j"
            if len(text) <= width:
                return text
    return ""


def rounded_to(value: float, dtype: torch.dtype) -> float:
    """`value` rounded to the floating `dtype`, as torch rounds."""
    if dtype == torch.float64:
        return value
    return float(torch.tensor(value, dtype=torch.float64).to(dtype).item())


def real_of(value: Number) -> int | float:
    """`value`, which is not complex."""
    assert not isinstance(value, complex)
    return value
