"""The bits of one value, read from its memory, and what they mean."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers.dtypes import DTypeKind, facts, kind_of, part_of, pattern

Part = Literal["sign", "exponent", "mantissa", "value", "raw"]


@dataclass(frozen=True)
class Group:
    """Bits that are read together, the first being the highest: "10000010"."""

    part: Part
    bits: str


@dataclass(frozen=True)
class NumberBits:
    """One number: its groups from the highest bit on, and what they say."""

    groups: tuple[Group, ...]
    meaning: Message

    @property
    def bits(self) -> str:
        """All of them."""
        return "".join(group.bits for group in self.groups)


@dataclass(frozen=True)
class Widths:
    """How a floating dtype divides its bits. `bias` is taken from the exponent; `subnormal`: exponent 0 has no leading
    one."""

    sign: int
    exponent: int
    mantissa: int
    bias: int
    subnormal: bool


@lru_cache(maxsize=64)
def widths(dtype: torch.dtype) -> Widths:
    """The fields of a real floating dtype, from its size, its step at 1, and the bits that torch gives 1 and 0."""
    step = facts(dtype).step
    assert step is not None
    mantissa = round(1 / step).bit_length() - 1
    sign = int(dtype.is_signed)
    smallest = torch.zeros(1, dtype=torch.uint8).repeat(dtype.itemsize).view(dtype).to(torch.float64).item()
    return Widths(
        sign, 8 * dtype.itemsize - sign - mantissa, mantissa, pattern(1.0, dtype) >> mantissa, smallest == 0.0
    )


def bits_of(value: torch.Tensor) -> tuple[NumberBits, ...]:
    """The bits of the one cell of `value`: one number, or the two parts of a complex one. ValueError for several cells,
    and on meta, where there are none."""
    if value.numel() != 1 or value.is_meta:
        raise ValueError("one value is needed")
    cell = value.detach().resolve_conj().resolve_neg().reshape(1).cpu()
    parts = torch.view_as_real(cell).reshape(2, 1) if cell.is_complex() else cell.reshape(1, 1)
    return tuple(_number(part) for part in parts)


def _number(cell: torch.Tensor) -> NumberBits:
    held = cell.as_strided((1,), (1,)).view(torch.uint8).tolist()  # not every dtype can be copied
    written = "".join(f"{byte:08b}" for byte in (reversed(held) if sys.byteorder == "little" else held))
    kind = kind_of(cell.dtype)
    if kind is DTypeKind.FLOAT:
        return _float(written, cell)
    if kind is DTypeKind.SIGNED:
        return _signed(written)
    if kind is DTypeKind.UNSIGNED:
        return NumberBits((Group("value", written),), _message(UNSIGNED, value=int(written, 2)))
    if kind is DTypeKind.BOOL:
        template = FALSE if not int(written, 2) else TRUE
        return NumberBits((Group("value", written),), _message(template))
    return NumberBits((Group("raw", written),), _message(RAW, dtype=facts(cell.dtype).name))


def _signed(written: str) -> NumberBits:
    weight, rest = 2 ** (len(written) - 1), int(written[1:], 2)
    groups = (Group("sign", written[0]), Group("value", written[1:]))
    if written[0] == "0":
        return NumberBits(groups, _message(POSITIVE, value=rest))
    return NumberBits(groups, _message(NEGATIVE, power=len(written) - 1, weight=weight, rest=rest, value=rest - weight))


def _float(written: str, cell: torch.Tensor) -> NumberBits:
    """Sign, exponent and mantissa; whether they are a number at all, torch says."""
    field = widths(part_of(cell.dtype))
    cut = field.sign + field.exponent
    sign, exponent, mantissa = written[: field.sign], written[field.sign : cut], written[cut:]
    parts: tuple[tuple[Part, str], ...] = (("sign", sign), ("exponent", exponent), ("mantissa", mantissa))
    groups = tuple(Group(part, bits) for part, bits in parts if bits)
    wide = cell.to(torch.float64)
    minus = "\N{MINUS SIGN}" if sign == "1" else ""
    if bool(wide.isnan()):
        return NumberBits(groups, _message(NOT_A_NUMBER))
    if bool(wide.isinf()):
        return NumberBits(groups, _message(INFINITE, sign=minus))
    raised, fraction = int(exponent, 2), int(mantissa or "0", 2)
    values: dict[str, object] = {
        "sign": minus,
        "exponent": raised,
        "bias": field.bias,
        "power": raised - field.bias,
        "fraction": fraction,
        "bits": field.mantissa,
        "value": repr(wide.item()).replace("-", "\N{MINUS SIGN}", 1) if sign == "1" else repr(wide.item()),
    }
    if raised or not field.subnormal:
        return NumberBits(groups, _message(NORMAL if field.mantissa else POWER, **values))
    values["power"] = 1 - field.bias
    return NumberBits(groups, _message(SUBNORMAL if fraction else ZERO, **values))


def _message(template: str, **values: object) -> Message:
    return Message("bits", template, values)


NORMAL = QT_TRANSLATE_NOOP("bits", "{sign}2^({exponent} − {bias}) × (1 + {fraction} / 2^{bits}) = {value}")
POWER = QT_TRANSLATE_NOOP("bits", "2^({exponent} − {bias}) = {value}; this dtype has powers of two only.")
SUBNORMAL = QT_TRANSLATE_NOOP(
    "bits", "{sign}2^{power} × {fraction} / 2^{bits} = {value}; the exponent is 0, so there is no leading 1: subnormal."
)
ZERO = QT_TRANSLATE_NOOP("bits", "{sign}0: exponent and mantissa are 0.")
INFINITE = QT_TRANSLATE_NOOP("bits", "{sign}inf: all bits of the exponent are 1, and the mantissa is 0.")
NOT_A_NUMBER = QT_TRANSLATE_NOOP("bits", "NaN: these bits stand for no number.")
POSITIVE = QT_TRANSLATE_NOOP("bits", "The first bit is 0, so the others are the number: {value}.")
NEGATIVE = QT_TRANSLATE_NOOP(
    "bits", "Two's complement: the first bit counts −2^{power}, the others {rest}. −{weight} + {rest} = {value}."
)
UNSIGNED = QT_TRANSLATE_NOOP("bits", "All bits are the number, there is no sign: {value}.")
TRUE = QT_TRANSLATE_NOOP("bits", "A bool is a whole byte; all but 0 is True.")
FALSE = QT_TRANSLATE_NOOP("bits", "A bool is a whole byte; 0 is False.")
RAW = QT_TRANSLATE_NOOP("bits", "torch names the dtype {dtype}, and does not say what its bits mean.")
