"""Statistics look at every cell of every dtype, however large, empty or strided the tensor is."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.numbers import statistics, values

WHOLE = [dtype for dtype in values.dtypes() if values.is_whole(dtype)]
REAL = [dtype for dtype in values.dtypes() if dtype.is_floating_point]


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "_BLOCK", 5)


def of(tensor: torch.Tensor) -> statistics.Statistics:
    found = statistics.of(tensor)
    assert found is not None
    return found


@pytest.mark.parametrize("dtype", WHOLE, ids=str)
@given(data=st.data())
def test_whole_numbers_are_exact(dtype: torch.dtype, data: st.DataObject) -> None:
    limits = torch.iinfo(dtype)
    numbers = data.draw(st.lists(st.integers(limits.min, limits.max), min_size=1, max_size=12))
    found = of(torch.tensor(numbers, dtype=dtype))
    assert (found.minimum, found.maximum) == (min(numbers), max(numbers)) == (found.low, found.high)
    assert found.mean == sum(numbers) / len(numbers)
    assert (found.nan, found.inf, found.count) == (0, 0, len(numbers))


@pytest.mark.parametrize("dtype", REAL, ids=str)
@given(data=st.data())
def test_real_numbers(dtype: torch.dtype, data: st.DataObject) -> None:
    size = 8 * dtype.itemsize
    kind = {8: torch.uint8, 16: torch.int16, 32: torch.int32, 64: torch.int64}[size]
    low, high = (0, 255) if size == 8 else (-(2 ** (size - 1)), 2 ** (size - 1) - 1)
    patterns = data.draw(st.lists(st.integers(low, high), min_size=1, max_size=12))
    tensor = torch.tensor(patterns, dtype=kind).view(dtype)
    numbers = tensor.to(torch.float64).tolist()
    known = [x for x in numbers if not math.isnan(x)]
    finite = [x for x in known if math.isfinite(x)]
    found = of(tensor)
    assert found.nan == len(numbers) - len(known)
    assert (found.positive_inf, found.negative_inf) == (numbers.count(math.inf), numbers.count(-math.inf))
    assert (found.minimum, found.maximum) == ((min(known), max(known)) if known else (None, None))
    assert (found.low, found.high) == ((min(finite), max(finite)) if finite else (None, None))
    expected = tensor.to(torch.float64).mean().item()
    assert found.mean == expected or (math.isnan(expected) and isinstance(found.mean, float) and math.isnan(found.mean))


def test_bool() -> None:
    found = of(torch.tensor([True, False, True, True]))
    assert (found.minimum, found.maximum, found.mean) == (False, True, 0.75)
    assert type(found.minimum) is bool


@pytest.mark.parametrize("dtype", [torch.complex64, torch.complex128], ids=str)
def test_complex_numbers_are_compared_by_magnitude(dtype: torch.dtype) -> None:
    nan, inf = math.nan, math.inf
    found = of(torch.tensor([3 + 4j, -1j, complex(nan, inf), complex(-inf, 0)], dtype=dtype))
    assert (found.minimum, found.maximum, found.low, found.high) == (1.0, inf, 1.0, 5.0)
    assert (found.nan, found.inf) == (1, 1)
    assert of(torch.tensor([3 + 4j, 1 - 2j], dtype=dtype)).mean == 2 + 1j
    assert of(torch.tensor([3 + 4j], dtype=dtype).conj()).mean == 3 - 4j


@pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")
def test_complex32() -> None:
    assert of(torch.tensor([3 + 4j, 0j], dtype=torch.complex32)).maximum == 5.0


@pytest.mark.parametrize("dtype", values.dtypes(), ids=str)
@pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")
def test_no_cells(dtype: torch.dtype) -> None:
    found = of(torch.empty((0, 3), dtype=dtype))
    assert (found.count, found.minimum, found.maximum, found.mean, found.low, found.high) == (0, *[None] * 5)
    assert (found.nan, found.inf) == (0, 0)


def test_nothing_but_nan() -> None:
    found = of(torch.full((2, 3), math.nan))
    assert (found.nan, found.minimum, found.maximum, found.low, found.high) == (6, None, None, None, None)
    assert found.levels is None
    assert of(torch.tensor([math.inf, 1, -2, math.nan])).levels == (-2.0, 1.0)


def test_one_cell() -> None:
    found = of(torch.tensor(-7, dtype=torch.int16))
    assert (found.count, found.minimum, found.maximum, found.mean) == (1, -7, -7, -7.0)


def test_meta_has_no_values() -> None:
    assert statistics.of(torch.empty(3, device="meta")) is None


@pytest.mark.usefixtures("small_blocks")
@given(st.permutations(range(4)), st.integers(0, 10**6))
def test_blocks_leave_no_cell_out(axes: list[int], seed: int) -> None:
    tensor = torch.randn((3, 4, 2, 7), generator=torch.Generator().manual_seed(seed)).permute(axes)
    tensor = tensor.flip(0)[..., ::2]
    found = of(tensor)
    assert (found.minimum, found.maximum) == (tensor.min().item(), tensor.max().item())
    assert found.mean == pytest.approx(tensor.double().mean().item(), rel=1e-12)


@pytest.mark.usefixtures("small_blocks")
def test_one_outlier_in_any_block_is_found() -> None:
    for place in range(23):
        tensor = torch.zeros(23)
        tensor[place] = math.inf
        assert (of(tensor).positive_inf, of(tensor).maximum, of(tensor).high) == (1, math.inf, 0.0)


def test_repeated_cells_are_counted_not_visited() -> None:
    tensor = torch.tensor([[1.0], [math.nan], [4.0]]).expand(3, 10**12)
    found = of(tensor)
    assert (found.count, found.nan, found.minimum, found.maximum) == (3 * 10**12, 10**12, 1.0, 4.0)
    assert of(torch.tensor([1, 2]).expand(10**9, 2)).mean == 1.5


@pytest.mark.usefixtures("small_blocks")
def test_progress_is_told_and_may_end_the_work() -> None:
    told: list[float] = []
    statistics.of(torch.zeros(4, 3), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 1

    def stop(fraction: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        statistics.of(torch.zeros(4, 3), stop)
