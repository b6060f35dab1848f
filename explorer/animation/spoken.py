"""Numbers as a sentence has them: their text, what it says, and whether a digit was cut."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from explorer.animation.glyphs import flat
from explorer.late import torch
from explorer.numbers import spelling, values
from explorer.numbers.number_text import rounded_to
from explorer.ops.words import Words

WIDTH = 8  # characters of a fraction
ROOMY, CLOSE = 20, 12  # characters of a whole number: any that there is, and where there are more than a few
WIDEST = 32  # characters, in which numbers that differ are written differently


@dataclass(frozen=True)
class Spoken:
    """A number in a sentence. `number`: the Python number that it is, None where there are no values; `says`: the one
    that the text spells, which is another where digits were cut (not `exact`)."""

    text: str
    number: Any
    says: Any
    exact: bool = True


def spoken(value: Any, room: int = ROOMY, dtype: torch.dtype | None = None, width: int = WIDTH) -> Spoken:
    """The number in a 0-d tensor, or a Python number. Of whole numbers all digits, those in the middle left out where
    there are more than `room`; a fraction as the real `dtype` has it, if given, in about `width` characters."""
    if not hasattr(value, "dtype"):
        return Spoken(str(value), value, value)
    if value.is_meta:
        return Spoken("·", None, None, exact=False)
    number, own = value.item(), value.dtype
    if own == torch.bool or values.is_whole(own):
        return Spoken(shortened(values.show(number, own), room), number, number)
    if not own.is_complex:
        return fraction(number, own, dtype or own, width)
    part = own.to_real()
    real, imaginary = (fraction(x, part, dtype or part, width) for x in (number.real, number.imag))
    says, number = (complex(a, b) for a, b in ((real.says, imaginary.says), (real.number, imaginary.number)))
    text = f"{real.text}{'' if imaginary.text.startswith('-') else '+'}{imaginary.text}j"
    return Spoken(text.removeprefix("0+"), number, says, real.exact and imaginary.exact)


def fraction(number: float, own: torch.dtype, dtype: torch.dtype, width: int) -> Spoken:
    """A float of the dtype `own`, as `dtype` has it."""
    wide = rounded_to(number, dtype)
    text = values.readable(wide, dtype, width)
    says = float(text)
    return Spoken(text, wide, says, same(rounded_to(says, own), number) and same(rounded_to(says, dtype), wide))


def shortened(text: str, room: int) -> str:
    """The digits of a whole number, those in the middle left out where there are more than `room`."""
    kept = (room - 1) // 2
    return text if len(text) <= room else f"{text[: room - 1 - kept]}…{text[-kept:]}"


def endless(number: Any) -> Spoken:
    """A number that no dtype has cut: a whole one, a fraction, a float of Python."""
    if isinstance(number, bool | int):
        return Spoken(shortened(str(number), ROOMY), number, number)
    wide = torch.tensor(number if isinstance(number, complex) else float(number), dtype=torch.complex128)
    found = spoken(wide if isinstance(number, complex) else wide.real)
    says = Fraction(found.text) if isinstance(number, Fraction) else found.says
    return Spoken(found.text, number, says, found.exact and same(says, number))


def shown(value: Spoken) -> str:
    """A value behind the sign that is true of it."""
    return f" = {value.text}" if value.exact or value.number is None else f" ≈ {value.text}"


def apart(cells: Sequence[Any], found: Sequence[Spoken], dtype: torch.dtype | None) -> list[Spoken]:
    """The numbers in these `cells` (0-d tensors, Python numbers) in so many digits that none of them reads like
    another one."""
    width = max(WIDTH, *(len(x.text) for x in found))
    while width < WIDEST and any(alike(a, b) for k, a in enumerate(found) for b in found[:k]):
        width += 1
        found = [spoken(cell, ROOMY, dtype, width) for cell in cells]
    return list(found)


def pair(words: Words, texts: Sequence[str], cells: Sequence[Any]) -> Sequence[str]:
    """The texts of two cells (0-d tensors) as they stand in a formula: in more digits where they read the same and the
    numbers differ, and where the second is a whole exponent, of which the last digit counts."""
    if words.raises and values.is_whole(cells[1].dtype) and not cells[1].is_meta:
        return texts[0], spoken(cells[1]).text
    if texts[0] != texts[1] and not _spell_one(*texts):
        return texts
    dtype = common(cells)
    found = [spoken(cell, dtype=dtype) for cell in cells]
    return texts if same(found[0].number, found[1].number) else [x.text for x in apart(cells, found, dtype)]


def _spell_one(one: str, other: str) -> bool:
    """Whether two texts spell one number."""
    numbers = [spelling.raw(flat(text)) for text in (one, other)]
    return numbers[0] is not None and numbers[0] == numbers[1]


def alike(one: Spoken, other: Spoken) -> bool:
    """Whether two texts say the same, and the numbers differ."""
    known = one.number is not None and other.number is not None
    return known and same(one.says, other.says) and not same(one.number, other.number)


def same(one: Any, other: Any) -> bool:
    """Equal; NaN is equal to NaN."""
    return bool(one == other or (one != one and other != other))


def near(one: Any, other: Any, off: float) -> bool:
    """Whether two numbers are at most `off` apart; infinity and NaN are near themselves alone."""
    if same(one, other):
        return True
    distance = abs(one - other)
    return math.isfinite(distance) and distance <= off


def common(tensors: Sequence[Any]) -> torch.dtype | None:
    """The real dtype in which the fractions of these tensors meet; None where they are of one."""
    fractions = [x.dtype for x in tensors if hasattr(x, "dtype") and (x.is_floating_point() or x.is_complex())]
    kinds: set[torch.dtype] = {kind.to_real() if kind.is_complex else kind for kind in fractions}
    try:
        found: torch.dtype | None = reduce(torch.promote_types, kinds) if len(kinds) > 1 else None
        return found
    except RuntimeError:  # torch has none for float8 and others
        return max((torch.float32, *kinds), key=lambda kind: kind.itemsize)
