"""The next NaN or infinity in reading order, whatever the dtype and the strides."""

import math
from unittest import mock

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.numbers import nonfinite
from explorer.numbers.nonfinite import following


@given(
    shape=st.lists(st.integers(1, 4), max_size=3),
    block=st.sampled_from((1, 3, 2**22)),
    dtype=st.sampled_from((torch.float32, torch.bfloat16, torch.float8_e5m2, torch.complex64)),
    turned=st.booleans(),
    data=st.data(),
)
def test_it_visits_each_in_reading_order_and_comes_round(
    shape: list[int], block: int, dtype: torch.dtype, turned: bool, data: st.DataObject
) -> None:
    cells = st.sampled_from((0.0, 1.0, math.nan, math.inf, -math.inf))
    count = math.prod(shape)
    values = torch.tensor(data.draw(st.lists(cells, min_size=count, max_size=count))).reshape(shape).to(dtype)
    values = values.permute(tuple(reversed(range(values.ndim)))) if turned else values
    wanted = [k for k, x in enumerate(values.to(torch.complex64).flatten().tolist()) if not _finite(x)]
    with mock.patch.object(nonfinite, "_BLOCK", block):
        visited, at = [], -1
        for _ in wanted:
            found = following(values, at)
            assert found is not None
            visited.append(at := found)
        assert visited == wanted
        assert following(values, at) == (wanted[0] if wanted else None)


def _finite(x: complex) -> bool:
    return math.isfinite(x.real) and math.isfinite(x.imag)


@pytest.mark.parametrize(
    "tensor", [torch.ones(3, dtype=torch.int64), torch.ones(2, device="meta"), torch.ones(0), torch.ones(2) > 0]
)
def test_there_may_be_none(tensor: torch.Tensor) -> None:
    assert following(tensor) is None
