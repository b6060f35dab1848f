"""Inserting, deleting, resizing keep every other bit; losses are counted by what torch does."""

import math
import warnings

import numpy as np
import pytest
import torch

from explorer.workspace.resize import Delete, Insert, Resize, losses


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_insert_and_delete_are_numpys(axis, at):
    old = torch.randn(2, 3, 4, generator=torch.Generator().manual_seed(1))
    request = Insert(axis, at, 2, 7)
    new = request.apply(old)
    assert request.shape((2, 3, 4)) == tuple(new.shape)
    np.testing.assert_array_equal(new.numpy(), np.insert(old.numpy(), [at] * 2, 7, axis=axis))
    back = Delete(axis, at, 2).apply(new)
    assert torch.equal(back, old)
    assert Delete(axis, at, 2).shape(tuple(new.shape)) == (2, 3, 4)


def test_bits_of_what_is_kept_stay():
    bits = torch.tensor([0x7FC01234, -0x80000000, 1], dtype=torch.int32)  # a NaN with a payload, -0, a subnormal
    old = bits.view(torch.float32)
    new = Resize((5,), 1.0).apply(Delete(0, 1).apply(Insert(0, 1).apply(old)))
    assert new.view(torch.int32)[:3].tolist() == bits.tolist()


def test_resize_keeps_each_value_at_its_index():
    old = torch.arange(12).reshape(3, 4)
    assert Resize((2, 5), -1).apply(old).tolist() == [[0, 1, 2, 3, -1], [4, 5, 6, 7, -1]]
    assert Resize((2, 2, 2), -1).apply(old).tolist() == [[[0, 1], [4, 5]], [[-1, -1], [-1, -1]]]
    assert Resize((6,), -1).apply(old).tolist() == [0, 1, 2, 3, -1, -1]
    assert Resize(()).apply(old).item() == 0
    assert Resize((2,), 9).apply(torch.tensor(5)).tolist() == [5, 9]
    assert Resize((2,), 9).apply(torch.zeros(0, 3)).tolist() == [9, 9]
    assert old.tolist() == torch.arange(12).reshape(3, 4).tolist()


def test_lines_that_are_not_there_are_refused():
    old = torch.zeros(2, 3)
    for request in (Insert(0, 3), Insert(1, -1), Delete(0, 1, 2), Delete(0, -1)):
        with pytest.raises(IndexError):
            request.apply(old)


@pytest.mark.parametrize(
    ("values", "source", "target", "lost"),
    [
        ([300, 5, -1], torch.int64, torch.uint8, 2),
        ([1.5, math.nan, math.inf, 3.0], torch.float32, torch.int8, 3),
        ([math.nan, math.inf, -0.0], torch.float32, torch.float64, 0),
        ([2**63 - 1, 2**53 + 1, 7], torch.int64, torch.float64, 2),
        ([1 + 2j, 3 + 0j], torch.complex64, torch.float32, 1),
        ([1 + 2j, 3 + 0j], torch.complex64, torch.complex128, 0),
        ([0.1, 1.0], torch.float32, torch.float8_e4m3fn, 1),
        ([0.5, 1.0, 0.0], torch.float32, torch.bool, 1),
        ([0.5, 1.0], torch.float8_e5m2, torch.float16, 0),
        ([1.0, 0.1], torch.float64, torch.complex64, 1),
        ([2**40, 3], torch.int64, torch.float16, 1),
        ([2**63, 4], torch.uint64, torch.int64, 1),
        ([-1, 4], torch.int64, torch.uint64, 1),
        ([-(2**63), 1], torch.int64, torch.float64, 0),
        ([2.0**63, -(2.0**63)], torch.float64, torch.int64, 1),
        ([True, False], torch.bool, torch.uint8, 0),
        ([], torch.float32, torch.int8, 0),
    ],
)
def test_losses(values, source, target, lost):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert losses(torch.tensor(values, dtype=source), target) == lost


def test_on_meta_there_is_nothing_to_lose() -> None:
    assert losses(torch.empty(3, 4, device="meta"), torch.int8) == 0
