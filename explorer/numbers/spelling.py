"""How one number is spelt: the Python number of a text, of no dtype yet. The one converter of all fields."""

import math
import re
import unicodedata

Number = bool | int | float | complex

LONGEST = 1000
"""Characters of the longest number that anybody types; fewer than Python itself takes."""

_DIGITS = r"[0-9]+(?:_[0-9]+)*"
DECIMAL = rf"(?:{_DIGITS}\.?(?:{_DIGITS})?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?"
_REAL = rf"(?:{DECIMAL}|inf(?:inity)?|nan|∞)"

_WHOLE = re.compile(rf"[+-]?{_DIGITS}")
_DECIMAL = re.compile(rf"[+-]?{DECIMAL}")
_OTHER_BASE = re.compile(r"[+-]?0(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+)")
_HEX_FLOAT = re.compile(r"[+-]?0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*[pP][+-]?[0-9]{1,6}")
_COMPLEX = re.compile(rf"(?:[+-]?{_REAL}(?=[+-]))?(?:[+-]?{_REAL}|(?<=[^(])[+-])[ij]", re.IGNORECASE)
_SPACED_SIGN = re.compile(r"^([+-])\s+(?=[0-9.in∞])|(?<=[0-9.fyn∞])\s*([+-])\s*(?=[^\s+-]*[ij]\)?$)", re.IGNORECASE)
_LEADING_ZEROS = re.compile(r"[+-]?0[0-9_]*[0-9](?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]+)?")
_WORDS: dict[str, Number] = {
    "true": True,
    "false": False,
    "nan": math.nan,
    "+nan": math.nan,
    "-nan": math.nan,
    **{sign + word: float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", "infinity", "∞")},
}
# A Chinese keyboard writes all of ASCII in full width; a minus may be the mathematician's.
_KEYBOARD = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x2212: 0x2D}


def plain(text: str) -> str:
    """`text` as a program would write it: in ASCII, where it is spelt with signs and digits of another keyboard."""
    bare = text.strip()
    if not bare.isascii():
        bare = bare.translate(_KEYBOARD).strip()
        bare = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare)
    return _SPACED_SIGN.sub(r"\1\2", bare) if " " in bare else bare


def raw(text: str) -> Number | None:
    """The Python number that `text` spells (decimal, 0x10, nan, inf, True, 1+2j ...); None where it spells none.

    As in Python, 1e400 is inf and 1e-400 is 0; `read` refuses these.
    """
    if len(text) > LONGEST:
        return None
    bare = plain(text)
    if (word := _WORDS.get(bare.lower())) is not None:
        return word
    if _WHOLE.fullmatch(bare):
        return int(bare)
    if _DECIMAL.fullmatch(bare):
        return float(bare)
    try:
        if _OTHER_BASE.fullmatch(bare):
            return int(bare, 0)
        if _HEX_FLOAT.fullmatch(bare):
            return float.fromhex(bare)
    except (ValueError, OverflowError):
        return None
    inner = bare[1:-1].strip() if bare[:1] == "(" and bare[-1:] == ")" else bare
    if _COMPLEX.fullmatch(inner):
        return complex(f"{inner[:-1]}j".replace("∞", "inf"))
    return None


def read(text: str) -> Number | None:
    """As `raw`, and None also for a finite number that a Python float cannot hold."""
    number = raw(text)
    if isinstance(number, float | complex) and not spells_infinity(text):
        whole = complex(number)
        if math.isinf(whole.real) or math.isinf(whole.imag):
            return None
    return number


def whole(text: str) -> int | None:
    """The whole number that `text` spells in digits; None for anything else, and for more digits than LONGEST."""
    bare = plain(text) if len(text) <= LONGEST else ""
    return int(bare) if _WHOLE.fullmatch(bare) else None


def is_decimal(text: str) -> bool:
    """Whether a plain text is a decimal number, with or without a point and an exponent."""
    return len(text) <= LONGEST and _DECIMAL.fullmatch(text) is not None


def is_whole(text: str) -> bool:
    """Whether a plain text is a whole number in decimal digits."""
    return len(text) <= LONGEST and _WHOLE.fullmatch(text) is not None


def has_leading_zeros(text: str) -> bool:
    """Whether a plain text is a number with zeros before its first digit, as labels have them: 007."""
    return _LEADING_ZEROS.fullmatch(text) is not None


def spells_infinity(text: str) -> bool:
    """Whether infinity is written out, rather than a number too large."""
    return "inf" in text.lower() or "∞" in text
