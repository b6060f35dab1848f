"""Values at the edges of every dtype, and what a number is without torch: in fractions."""

import math
from fractions import Fraction

import torch

from explorer.engine import dtypes
from explorer.numbers.dtypes import DTypeKind, facts, part_of
from explorer.numbers.number_text import Number

COMPUTED = [x for x in dtypes() if facts(x).kind is not DTypeKind.SPECIAL]
Exact = Fraction | float
"""A finite number as a fraction; inf, -inf and nan as they are."""


def exact(value: float) -> Exact:
    return Fraction(value) if math.isfinite(value) else value


def edges(dtype: torch.dtype) -> torch.Tensor:
    """Numbers of `dtype` at which conversions do something: their neighbours are among them."""
    if dtype == torch.bool:
        return torch.tensor([False, True])
    if dtype.is_complex:
        some = edges(part_of(dtype)).to(torch.float64)
        some = some[:: max(1, len(some) // 40)]
        return torch.complex(some.repeat(len(some)), some.repeat_interleave(len(some))).to(dtype)
    wanted = whole_edges()
    if dtype.is_floating_point:
        return _floats(wanted, dtype)
    info = torch.iinfo(dtype)
    held = sorted({x for x in wanted if info.min <= x <= info.max})
    return torch.tensor(held, dtype=dtype)


def whole_edges() -> list[int]:
    """Whole numbers around the ends of every whole dtype, around powers of two, and where floats begin to skip."""
    found = {0, 1, 2, 3, 7, 44, 100, 200, 300}
    for power in (*range(3, 20), 23, 24, 25, 31, 32, 33, 52, 53, 54, 62, 63, 64):
        found |= {2**power + k for k in (-2, -1, 0, 1, 2)}
    found |= {239, 240, 247, 248, 249, 447, 448, 449, 463, 464, 465, 57343, 57344, 61439, 61440, 65504, 65519, 65520}
    return sorted(found | {-x for x in found})


def _floats(wanted: list[int], dtype: torch.dtype) -> torch.Tensor:
    given = [float(x) for x in wanted] + [x + 0.5 for x in (-129, -2, -1, 0, 1, 2, 126, 127, 254, 255)]
    given += [0.0, -0.0, 0.1, -0.9, 0.999, 1e-8, 1e-46, -1e-300, 5e-324, 1e38, -3.5e38, 1e300, math.inf, -math.inf]
    given += [math.nan]
    for one in COMPUTED:
        known = facts(one)
        if known.kind is DTypeKind.FLOAT:
            assert known.high is not None
            assert known.smallest is not None
            assert known.normal is not None
            ends = (float(known.high), known.smallest, known.normal)
            given += [s * x * f for x in ends for s in (1, -1) for f in (0.5, 0.75, 1, 1.03, 2)]
    made = torch.tensor(given, dtype=torch.float64).to(dtype)
    if dtype.itemsize == 1:  # all there are
        made = torch.arange(256, dtype=torch.uint8).view(dtype)
    return made


def plain(values: torch.Tensor) -> list[Number]:
    """The cells as Python numbers; a float8 by way of float64, which has all of them."""
    if values.is_floating_point() and values.element_size() == 1:
        values = values.to(torch.float64)
    found: list[Number] = values.reshape(-1).tolist()
    return found
