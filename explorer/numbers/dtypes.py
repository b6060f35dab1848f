"""What torch says of a dtype: kind, size, range, step and names. Nothing is remembered here, everything is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from explorer.late import torch
from explorer.numbers.dtype_names import name_of
from explorer.ops.calls import quiet


class DTypeKind(StrEnum):
    """What a dtype holds, from low to high; `SPECIAL` ones have a name in torch, and no numbers to compute with."""

    BOOL = "bool"
    UNSIGNED = "unsigned"
    SIGNED = "signed"
    FLOAT = "float"
    COMPLEX = "complex"
    SPECIAL = "special"


@dataclass(frozen=True)
class Facts:
    """A dtype as torch knows it; what it has not is None.

    Of a complex dtype range, step and smallest numbers are those of its parts. `step` is the distance from 1 to the
    next larger number, `normal` the smallest positive one at full precision, `smallest` the smallest positive one of
    all. `cpu_class` and `cuda_class` are the classes of old that torch still has.
    """

    dtype: torch.dtype
    name: str
    kind: DTypeKind
    nbytes: int
    low: int | float | None
    high: int | float | None
    normal: float | None
    smallest: float | None
    step: int | float | None
    cpu_class: str | None
    cuda_class: str | None


@lru_cache(maxsize=64)
def facts(dtype: torch.dtype) -> Facts:
    """Ask torch about `dtype`."""
    kind = kind_of(dtype)
    low = high = normal = smallest = step = None
    if kind in (DTypeKind.FLOAT, DTypeKind.COMPLEX):
        info = torch.finfo(dtype)
        low, high, normal = info.min, info.max, info.smallest_normal
        smallest, step = smallest_of(part_of(dtype)), step_of(part_of(dtype))
    elif kind in (DTypeKind.SIGNED, DTypeKind.UNSIGNED):
        low, high, step = torch.iinfo(dtype).min, torch.iinfo(dtype).max, 1
    elif kind is DTypeKind.BOOL:
        low, high = False, True
    cpu, cuda = _classes(dtype)
    return Facts(dtype, name_of(dtype), kind, dtype.itemsize, low, high, normal, smallest, step, cpu, cuda)


@lru_cache(maxsize=64)
def kind_of(dtype: torch.dtype) -> DTypeKind:
    """The kind of `dtype`; special where torch has no range for it."""
    if dtype == torch.bool:
        return DTypeKind.BOOL
    try:
        if dtype.is_complex or dtype.is_floating_point:
            float(torch.finfo(dtype).max)
            return DTypeKind.COMPLEX if dtype.is_complex else DTypeKind.FLOAT
        return DTypeKind.SIGNED if torch.iinfo(dtype).min < 0 else DTypeKind.UNSIGNED
    except Exception:  # noqa: BLE001 - whatever torch raises: it knows no number of this dtype
        return DTypeKind.SPECIAL


def integer_of(nbytes: int) -> torch.dtype:
    """What the bits of values of so many bytes are read through."""
    return {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}[nbytes]


def part_of(dtype: torch.dtype) -> torch.dtype:
    """The dtype of the real part; a real dtype itself."""
    return dtype.to_real() if dtype.is_complex else dtype


def pattern(value: float, dtype: torch.dtype) -> int:
    """The bits of `value` in the real floating `dtype`, as a whole number."""
    made = torch.tensor([value], dtype=torch.float64).to(dtype)
    return int(made.view(integer_of(dtype.itemsize)).item())


def value_of(bits: int, dtype: torch.dtype) -> float:
    """What `bits`, which do not set the first one, mean in the floating `dtype`."""
    return float(torch.tensor([bits], dtype=integer_of(dtype.itemsize)).view(dtype).to(torch.float64).item())


def step_of(dtype: torch.dtype) -> float:
    """From 1 to the next larger number of the floating `dtype`, which is where the bits of 1 go on counting.

    `finfo.eps` should say the same, and does not for every float8.
    """
    return value_of(pattern(1.0, dtype) + 1, dtype) - 1.0


def smallest_of(dtype: torch.dtype) -> float:
    """The smallest positive number of the floating `dtype`: the bits 0, or where those are zero, 1."""
    return value_of(0, dtype) or value_of(1, dtype)


def _classes(dtype: torch.dtype) -> tuple[str | None, str | None]:
    with quiet():
        name = torch.empty(0, dtype=dtype).type()
    short = name.rpartition(".")[2]
    cuda = f"torch.cuda.{short}" if hasattr(torch.cuda, short) else None
    return (name if hasattr(torch, short) else None), cuda
