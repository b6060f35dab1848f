"""The numbers of a tensor in one format: all of them with as many digits, in forms of fewer and fewer for cells of any
size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.late import torch
from explorer.numbers.number_text import is_whole
from explorer.numbers.written import Room, Written, written

Floats = npt.NDArray[np.float64]
WIDE, WIDEST = 6, 8
"""Characters of a fraction, and of one that cannot be written in fewer."""
PLACES = 6
COARSE, FEW = 0.12, 0.25
"""A format is too coarse where more than this share of the numbers are further off than that part of themselves."""
WRITTEN_OUT = 1e16
NEARLY_ZERO = "≈0"


@dataclass(frozen=True)
class Notation:
    """One way to write real numbers: whole (no `places`), with as many places behind the point, or with a power of ten
    behind them."""

    places: int = 0
    power: bool = False

    def text(self, value: float) -> str:
        """A finite number, NaN or an infinity."""
        if value != value or value in (np.inf, -np.inf):
            return "nan" if value != value else "inf" if value > 0 else "-inf"
        if self.power:
            mantissa, _, power = f"{value:.{self.places}e}".partition("e")
            return f"{mantissa}e{int(power)}"
        text = f"{value:.{self.places}f}"
        if value and self.places and not text.strip("-0."):
            return NEARLY_ZERO
        return text

    def width(self, ends: Sequence[float]) -> int:
        """The characters of the longest of the numbers with these `ends`."""
        return max((len(self.text(value)) for value in ends), default=1)


def ends_of(values: Floats) -> list[float]:
    """Those of `values` that are the longest in every form: the largest and the smallest of each sign, and what is no
    number."""
    finite = values[np.isfinite(values)]
    out = {float(value) for value in values[~np.isfinite(values)]} if len(finite) < len(values) else set()
    for own in (finite[finite > 0], finite[finite < 0], finite[finite == 0]):
        if own.size:
            out |= {float(own.min()), float(own.max())}
    return [*out, *([-0.0] if np.signbit(finite[finite == 0]).any() else [])]


class Spelling:
    """How all numbers of one dtype that stand together are written: `forms` from the longest to the shortest."""

    def __init__(self, windows: Sequence[torch.Tensor]) -> None:
        """`windows`: on the CPU, of one dtype; none of them has more cells than a picture."""
        self.dtype = windows[0].dtype
        self.forms: tuple[Callable[[Any], str], ...]
        self.rooms: tuple[Room, ...]
        values = [value for window in windows for value in window.reshape(-1).tolist()]
        if self.dtype == torch.bool:
            found: list[tuple[Callable[[Any], str], Room]] = [(str, (5, 1)), (lambda truth: str(truth)[0], (1, 1))]
        elif self.dtype.is_complex:
            found = _of_complex(np.array(values, np.complex128), self.dtype.to_real())
        elif is_whole(self.dtype):
            found = _of_whole(values)
        else:
            numbers = np.array(values, np.float64)
            ends = ends_of(numbers)
            found = [(form.text, (form.width(ends), 1)) for form in _of_real(numbers, self.dtype)]
        self.forms, self.rooms = tuple(form for form, _ in found), tuple(room for _, room in found)

    def texts(self, window: torch.Tensor) -> tuple[Written, ...]:
        """The numbers of `window` in all forms."""
        values = window.reshape(-1).tolist()
        return written([[form(value) for value in values] for form in self.forms], self.rooms)

    def within(self, window: torch.Tensor, width: int) -> tuple[str, ...] | None:
        """The numbers of `window` in the first form that takes one line of at most `width` characters; None where none
        does."""
        for form, (characters, lines) in zip(self.forms, self.rooms, strict=True):
            if lines == 1 and characters <= width:
                return tuple(form(value) for value in window.reshape(-1).tolist())
        return None


def _of_whole(values: Sequence[int]) -> list[tuple[Callable[[Any], str], Room]]:
    width = max((len(str(value)) for value in (min(values), max(values))), default=1) if values else 1
    out: list[tuple[Callable[[Any], str], Room]] = [(str, (width, 1))]
    if width > 4:
        floats = np.array([float(value) for value in values])
        forms = _powers(floats, lambda x: all(int(a) == b for a, b in zip(x.tolist(), values, strict=True)), width)
        out += [(form.text, (form.width(ends_of(floats)), 1)) for form in forms]
    return out


def _of_real(values: Floats, dtype: torch.dtype) -> list[Notation]:
    finite, ends = values[np.isfinite(values)], ends_of(values)
    beyond = finite[finite != 0]

    def exact(rounded: Floats) -> bool:
        return bool((torch.from_numpy(rounded).to(dtype).to(torch.float64).numpy() == finite).all())

    def close(places: int) -> bool:
        off = np.abs(np.round(beyond, places) - beyond) > COARSE * np.abs(beyond)
        return not beyond.size or float(off.mean()) <= FEW

    if not beyond.size or (np.abs(beyond).max() < WRITTEN_OUT and (np.round(beyond) == beyond).all()):
        forms = [Notation()]
    else:
        with np.errstate(over="ignore", invalid="ignore"):
            first = next((p for p in range(1, PLACES) if exact(np.round(finite, p))), PLACES)
            near = [Notation(p) for p in range(first, 0, -1) if close(p)]
        forms = [f for f in near if f.width(ends) <= WIDE]
        forms = forms or [f for f in near if f.places == 1 and f.width(ends) <= WIDEST]
    return forms + _powers(values, exact, forms[-1].width(ends) if forms else WIDEST + 1)


def _powers(values: Floats, exact: Callable[[Floats], bool], most: int) -> list[Notation]:
    """The forms with powers of ten that are narrower than `most`; if nothing else is there (`most` is too wide for
    others), one at least."""
    finite, ends = values[np.isfinite(values)], ends_of(values)

    def rounded(places: int) -> Floats:
        return np.array([float(f"{value:.{places}e}") for value in finite.tolist()])

    with np.errstate(over="ignore"):
        if most <= 4 or not finite.size:
            return []
        first = next((p for p in range(3) if exact(rounded(p))), PLACES)
    out = []
    for places in range(first, min(first, 1) - 1, -1):
        form = Notation(places, power=True)
        width = form.width(ends)
        if width <= WIDEST and width < most:
            out.append(form)
            most = width
    return out or ([Notation(min(first, 1), power=True)] if most > WIDEST else [])


def _of_complex(values: npt.NDArray[np.complex128], part: torch.dtype) -> list[tuple[Callable[[Any], str], Room]]:
    """Real and imaginary parts in one format, beside each other or one below the other."""
    out: list[tuple[Callable[[Any], str], Room]] = []
    for form in _of_real(np.concatenate([values.real, values.imag]), part):
        real, imaginary = form.width(ends_of(values.real)), form.width(ends_of(-np.abs(values.imag))) + 1
        imaginary += bool(np.isnan(values.imag).any())
        for between, chars, lines in (("", real + imaginary, 1), ("\n", max(real, imaginary), 2)):
            if not out or chars < out[-1][1][0]:
                out.append((_complex(form, between), (chars, lines)))
    return out


def _complex(form: Notation, between: str) -> Callable[[complex], str]:
    def text(value: complex) -> str:
        imaginary = form.text(value.imag)
        return f"{form.text(value.real)}{between}{'' if imaginary[0] == '-' else '+'}{imaginary}j"

    return text
