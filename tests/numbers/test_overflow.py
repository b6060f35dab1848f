"""Where arithmetic left the range of its dtype, told by numbers without an end."""

import operator
from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.numbers import overflow
from explorer.numbers.dtypes import DTypeKind, facts
from explorer.ops import CATALOG
from explorer.ops.loss import Loss
from tests.numbers.dtype_pairs import COMPUTED

WHOLE = [x for x in COMPUTED if facts(x).kind in (DTypeKind.SIGNED, DTypeKind.UNSIGNED)]
CALLS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}


def marks(name: str, *operands: Any, **arguments: Any) -> list[Loss] | None:
    result = CATALOG[name].run(operands, arguments)
    assert isinstance(result, torch.Tensor)
    found = overflow.marks(CATALOG[name], operands, arguments, result)
    return None if found is None else [Loss(k) for k in found.reshape(-1).tolist()]


@pytest.mark.parametrize("dtype", [x for x in WHOLE if x not in (torch.uint16, torch.uint32, torch.uint64)], ids=str)
@given(data=st.data(), name=st.sampled_from(sorted(CALLS)))
def test_whole_numbers_that_wrap(dtype: torch.dtype, data: st.DataObject, name: str) -> None:
    info = torch.iinfo(dtype)
    numbers = st.lists(st.integers(info.min, info.max), min_size=3, max_size=3)
    one, other = data.draw(numbers), data.draw(numbers)
    told = [CALLS[name](a, b) for a, b in zip(one, other, strict=True)]
    wanted = [Loss.KEPT if info.min <= x <= info.max else Loss.WRAPPED for x in told]
    assert marks(name, torch.tensor(one, dtype=dtype), torch.tensor(other, dtype=dtype)) == wanted


def test_the_row_that_learners_know() -> None:
    assert marks("add", torch.tensor([200, 1], dtype=torch.uint8), torch.tensor([100], dtype=torch.uint8)) == [
        Loss.WRAPPED,
        Loss.KEPT,
    ]


def test_a_python_number_that_does_not_fit_and_a_factor() -> None:
    byte = torch.tensor([1, 2], dtype=torch.uint8)
    assert marks("add", byte, 300) == [Loss.WRAPPED, Loss.WRAPPED]
    assert marks("add", byte, byte, alpha=200) == [Loss.KEPT, Loss.WRAPPED]
    assert marks("sub", byte, byte, alpha=2) == [Loss.WRAPPED, Loss.WRAPPED]


def test_signs_that_do_not_fit() -> None:
    low = torch.tensor([-128, 127, 0], dtype=torch.int8)
    for name in ("neg", "abs"):
        assert marks(name, low) == [Loss.WRAPPED, Loss.KEPT, Loss.KEPT]


def test_mixed_dtypes_are_judged_in_what_they_meet_in() -> None:
    byte, small = torch.tensor([200], dtype=torch.uint8), torch.tensor([100], dtype=torch.int8)
    assert marks("add", byte, small) == [Loss.KEPT]  # int16
    assert marks("mul", byte.to(torch.int16), small) == [Loss.KEPT]
    assert marks("mul", byte.to(torch.int16) * 10, small) == [Loss.WRAPPED]


@given(
    one=st.floats(width=32, allow_nan=False, allow_infinity=False),
    other=st.floats(width=32, allow_nan=False, allow_infinity=False),
    name=st.sampled_from(sorted(CALLS)),
)
def test_floats_that_become_inf_or_zero(one: float, other: float, name: str) -> None:
    exact = CALLS[name](Fraction(one), Fraction(other))
    result = CALLS[name](torch.tensor([one]), torch.tensor([other])).item()
    wanted = Loss.INFINITE if abs(result) == float("inf") else Loss.UNDERFLOWED if not result and exact else Loss.KEPT
    assert marks(name, torch.tensor([one]), torch.tensor([other])) == [wanted]


INT8 = st.integers(-128, 127)


@given(one=INT8, other=INT8 | st.integers(-9, 9))
def test_powers_and_quotients_that_wrap(one: int, other: int) -> None:
    def wanted(exact: int) -> list[Loss]:
        return [Loss.KEPT if -128 <= exact <= 127 else Loss.WRAPPED]

    pair = torch.tensor([one], dtype=torch.int8), torch.tensor([other], dtype=torch.int8)
    if other >= 0 or abs(one) == 1:
        assert marks("pow", *pair) == wanted(int(one**other))
    else:
        assert marks("pow", *pair) == [Loss.TRUNCATED if one else Loss.KEPT]  # cut to 0; 0 has no such power
    if other:
        assert marks("floor_divide", *pair) == wanted(one // other)
        assert marks("remainder", *pair) == [Loss.KEPT]


def test_a_fraction_that_a_power_loses_is_marked() -> None:
    below = torch.tensor([-1, -1, -2, 0])
    assert marks("pow", torch.tensor([10, 1, -3, 7]), below) == [Loss.TRUNCATED, Loss.KEPT] * 2
    assert marks("pow", 2, torch.tensor([-1])) == [Loss.TRUNCATED]
    assert marks("pow", torch.tensor([2.0]), torch.tensor([-1])) == [Loss.KEPT]


def test_a_power_without_end_is_told_at_once() -> None:
    huge = torch.tensor([2**62 + 1, 2**62, 2**62])
    assert marks("pow", torch.tensor([-1, 3, 0]), huge) == [Loss.KEPT, Loss.WRAPPED, Loss.KEPT]


def test_a_power_of_zero_is_no_overflow() -> None:
    for dtype in (torch.float32, torch.float64):
        cells = torch.tensor([0.0, 1e30], dtype=dtype)
        assert marks("pow", cells, -2) == [Loss.KEPT, Loss.UNDERFLOWED if dtype == torch.float32 else Loss.KEPT]
        assert marks("pow", cells, 11) == [Loss.KEPT, Loss.INFINITE]
        assert cells.pow(-2)[0] == torch.inf


def test_a_division_by_zero_is_no_overflow() -> None:
    for dtype in (torch.float32, torch.float64):
        big, one = torch.tensor([1e30, 1.0], dtype=dtype), torch.tensor([0.0, 1.0], dtype=dtype)
        assert marks("div", big, one) == [Loss.KEPT, Loss.KEPT]
        assert marks("exp", torch.tensor([1000.0, float("inf")], dtype=dtype)) == [Loss.INFINITE, Loss.KEPT]
    assert marks("div", torch.tensor([1e300], dtype=torch.float64), 1e-300) == [Loss.INFINITE]


def test_where_nothing_can_be_told() -> None:
    assert marks("add", torch.tensor([1j]), 1) is None
    assert marks("add", torch.tensor([True]), torch.tensor([True])) is None
    assert marks("div", torch.tensor([7]), torch.tensor([2]), rounding_mode="floor") is None


INT64 = st.integers(-(2**63), 2**63 - 1) | st.integers(-9, 9) | st.integers(2**31, 2**33)


@given(rows=st.lists(st.lists(INT64, min_size=3, max_size=3), min_size=2, max_size=2), dim=st.sampled_from((0, 1, -1)))
@pytest.mark.parametrize("name", ["sum", "prod", "cumsum", "cumprod"])
def test_whole_numbers_that_wrap_along_an_axis(name: str, rows: list[list[int]], dim: int) -> None:
    join = operator.add if "sum" in name else operator.mul
    lines = [list(line) for line in (zip(*rows, strict=True) if dim == 0 else rows)]
    steps = [list(accumulate(line, join)) for line in lines]
    told = steps if name.startswith("cum") else [[line[-1]] for line in steps]
    if name.startswith("cum") and dim == 0:
        told = [list(line) for line in zip(*told, strict=True)]
    wanted = [Loss.KEPT if -(2**63) <= x < 2**63 else Loss.WRAPPED for line in told for x in line]
    assert marks(name, torch.tensor(rows), dim=dim) == wanted


@given(rows=st.lists(st.lists(INT64, min_size=2, max_size=2), min_size=2, max_size=2))
def test_whole_numbers_that_wrap_in_a_product(rows: list[list[int]]) -> None:
    (a, b), (c, d) = rows
    told = (a * a + b * c, a * b + b * d, c * a + d * c, c * b + d * d)
    wanted = [Loss.KEPT if -(2**63) <= x < 2**63 else Loss.WRAPPED for x in told]
    assert marks("matmul", torch.tensor(rows), torch.tensor(rows)) == wanted
    assert marks("dot", torch.tensor(rows[0]), torch.tensor([a, c])) == wanted[:1]


def test_a_sum_that_is_told_to_be_narrow_or_of_nothing() -> None:
    byte = torch.tensor([[200, 100], [3, 4]], dtype=torch.uint8)
    assert marks("sum", byte, dim=1) == [Loss.KEPT, Loss.KEPT]
    assert marks("sum", byte, dim=1, dtype=torch.uint8) == [Loss.WRAPPED, Loss.KEPT]
    assert marks("sum", byte.reshape(2, 1, 2), dim=(0, 2), keepdim=True) == [Loss.KEPT]
    assert marks("sum", torch.tensor(5), dim=0) == [Loss.KEPT]
    assert marks("prod", torch.zeros(0, dtype=torch.int64)) == [Loss.KEPT]
    assert marks("sum", torch.tensor([True, True])) == [Loss.KEPT]


@given(st.lists(st.floats(width=16, allow_nan=False), min_size=1, max_size=4))
def test_floats_that_meet_and_become_inf(values: list[float]) -> None:
    half = torch.tensor(values, dtype=torch.float16)
    infinite = half.isinf().any()
    for name, exact in (("sum", sum(values)), ("mean", sum(values) / len(values)), ("dot", sum(x * x for x in values))):
        operands = (half, half) if name == "dot" else (half,)
        result = CATALOG[name].run(operands, {})
        assert isinstance(result, torch.Tensor)
        told = marks(name, *operands)
        if result.isinf() and not infinite:
            assert told == [Loss.INFINITE]
        elif result == 0 and 0 < abs(exact) < torch.finfo(torch.float16).smallest_normal:
            assert told == [Loss.UNDERFLOWED]
        else:
            assert told == [Loss.KEPT]


def test_of_float64_there_is_nothing_wider_to_ask() -> None:
    assert marks("sum", torch.tensor([1e308, 1e308], dtype=torch.float64)) is None
