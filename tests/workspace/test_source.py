"""Windows of a tensor are exactly its cells, whatever its rank, strides and dtype, and never share its memory."""

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.numbers import values
from explorer.workspace.source import Range, TensorSource, floats


@st.composite
def windows(draw: st.DrawFn) -> tuple[torch.Tensor, list[Range]]:
    shape = draw(st.lists(st.integers(0, 4), max_size=6))
    tensor = torch.arange(math.prod(shape)).reshape(shape)
    tensor = tensor.permute(draw(st.permutations(range(len(shape)))))
    ranges: list[Range] = []
    for size in tensor.shape:
        kind = draw(st.sampled_from(["all", "range", "back", "array"]))
        if kind == "all" or size == 0:
            ranges.append(range(size))
        elif kind == "array":
            ranges.append(np.array(draw(st.lists(st.integers(0, size - 1), max_size=5)), dtype=np.int64))
        else:
            first, last = sorted((draw(st.integers(0, size - 1)), draw(st.integers(0, size - 1))))
            step = draw(st.integers(1, 3))
            ranges.append(range(first, last + 1, step) if kind == "range" else range(last, first - 1, -step))
    return tensor, ranges


@given(windows())
def test_a_window_is_its_cells(drawn: tuple[torch.Tensor, list[Range]]) -> None:
    tensor, ranges = drawn
    window = TensorSource(tensor).read(ranges)
    assert window is not None
    assert tuple(window.shape) == tuple(len(chosen) for chosen in ranges)
    assert window.is_contiguous()
    for cell in itertools.product(*(range(len(chosen)) for chosen in ranges)):
        there = tuple(int(chosen[k]) for chosen, k in zip(ranges, cell, strict=True))
        assert window[cell] == tensor[there]


@pytest.mark.parametrize("dtype", values.dtypes(), ids=str)
@pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")
def test_every_dtype_keeps_its_bits(dtype: torch.dtype) -> None:
    size = dtype.itemsize
    patterns = torch.arange(4 * 6 * size).to(torch.uint8)
    if dtype == torch.bool:
        patterns %= 2
    tensor = patterns.view(dtype).reshape(4, 6)
    for ranges in ([range(1, 4), range(0, 6, 2)], [np.array([3, 1, 1]), range(4, -1, -2)]):
        window = TensorSource(tensor).read(ranges)
        assert window is not None
        assert window.dtype == dtype
        expected = tensor.contiguous().view(torch.uint8).reshape(4, 6, size)
        rows, columns = (torch.tensor(list(chosen)) for chosen in ranges)
        assert torch.equal(window.view(torch.uint8).reshape(3, 3, size), expected[rows][:, columns])


def test_a_window_has_memory_of_its_own() -> None:
    tensor = torch.zeros(2, 3)
    window = TensorSource(tensor).read([range(2), range(3)])
    assert window is not None
    window.fill_(1)
    assert tensor.sum() == 0


def test_a_window_of_a_repeated_axis_is_as_small_as_it_looks() -> None:
    source = TensorSource(torch.tensor([[1], [2]]).expand(2, 10**12))
    window = source.read([range(2), range(10**12 - 2, 10**12)])
    assert window is not None
    assert window.tolist() == [[1, 1], [2, 2]]
    assert source.shape == (2, 10**12)


def test_conjugate_and_negative_bits_are_resolved() -> None:
    tensor = torch.tensor([1 + 2j, 3 - 4j])
    for view in (tensor.conj(), tensor.conj().imag):
        window = TensorSource(view).read([range(2)])
        assert window is not None
        assert window.tolist() == view.tolist()
        assert not window.is_conj()
        assert not window.is_neg()


def test_autograd_is_left_out() -> None:
    window = TensorSource(torch.ones(3, requires_grad=True)).read([np.array([2, 0])])
    assert window is not None
    assert not window.requires_grad


def test_no_axes_and_no_cells() -> None:
    window = TensorSource(torch.tensor(5)).read([])
    assert window is not None
    assert window.item() == 5
    empty = TensorSource(torch.zeros(0, 3)).read([range(0), range(3)])
    assert empty is not None
    assert empty.shape == (0, 3)


def test_meta_has_no_values() -> None:
    source = TensorSource(torch.empty(2, 3, device="meta"))
    assert source.read([range(2), range(3)]) is None
    assert (source.shape, source.dtype) == ((2, 3), torch.float32)


@pytest.mark.parametrize(
    "ranges", [[range(4)], [range(-1, 1)], [np.array([0, 3])], [np.array([-1])], [], [range(1)] * 2], ids=str
)
def test_positions_that_are_not_there(ranges: list[Range]) -> None:
    source = TensorSource(torch.arange(3))
    assert source.read([range(3)]) is not None
    with pytest.raises(IndexError):
        source.read(ranges)


@pytest.mark.parametrize("dtype", values.dtypes(), ids=str)
@pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")
def test_floats_of_every_dtype(dtype: torch.dtype) -> None:
    tensor = torch.tensor([[1, 2], [1, 4]]).to(dtype)
    expected = [[1, 1], [1, 1]] if dtype == torch.bool else [[1, 2], [1, 4]]
    got = floats(tensor)
    assert got.dtype == np.float64
    assert got.tolist() == expected


def test_floats_keep_what_is_no_number_and_measure_complex_ones() -> None:
    assert np.isnan(floats(torch.tensor([math.nan], dtype=torch.bfloat16))[0])
    assert floats(torch.tensor([-math.inf], dtype=torch.float16))[0] == -math.inf
    assert floats(torch.tensor([3 - 4j]).conj())[0] == 5.0
