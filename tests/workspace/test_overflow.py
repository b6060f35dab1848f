"""Where arithmetic left the range of its dtype, told by numbers without an end."""

import operator
from fractions import Fraction
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.ops import CATALOG
from explorer.ops.loss import Loss
from explorer.workspace import overflow
from explorer.workspace.dtypes import Kind, facts
from tests.workspace.dtype_pairs import COMPUTED

WHOLE = [x for x in COMPUTED if facts(x).kind in (Kind.SIGNED, Kind.UNSIGNED)]
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


def test_a_division_by_zero_is_no_overflow() -> None:
    for dtype in (torch.float32, torch.float64):
        big, one = torch.tensor([1e30, 1.0], dtype=dtype), torch.tensor([0.0, 1.0], dtype=dtype)
        assert marks("div", big, one) == [Loss.KEPT, Loss.KEPT]
    assert marks("div", torch.tensor([1e300], dtype=torch.float64), 1e-300) == [Loss.INFINITE]
    assert marks("exp", torch.tensor([1000.0, float("inf")], dtype=torch.float64)) == [Loss.INFINITE, Loss.KEPT]


def test_where_nothing_can_be_told() -> None:
    assert marks("add", torch.tensor([1j]), 1) is None
    assert marks("add", torch.tensor([True]), torch.tensor([True])) is None
    assert marks("div", torch.tensor([7]), torch.tensor([2]), rounding_mode="floor") is None
