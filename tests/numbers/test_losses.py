"""What conversions lose, held against fractions, for every pair of dtypes."""

import math
from fractions import Fraction
from itertools import product

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.numbers import losses
from explorer.numbers.dtype_names import name_of
from explorer.ops.calls import quiet
from explorer.ops.loss import REASONS, WORDS, Loss
from tests.numbers.dtype_pairs import COMPUTED, Exact, edges, exact, plain

pytestmark = pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")  # once a process, or each time
PAIRS = [pytest.param(a, b, id=f"{name_of(a)}-{name_of(b)}") for a, b in product(COMPUTED, COMPUTED)]


def judged(source: complex, target: complex, before: torch.dtype, after: torch.dtype) -> Loss:
    """What became of one cell, by its numbers alone."""
    if before.is_complex:
        source = complex(source)
        if after.is_complex:
            target = complex(target)
            parts = [(source.real, target.real), (source.imag, target.imag)]
            return max(real(a, b, before.to_real(), after.to_real()) for a, b in parts)
        assert isinstance(target, int | float)
        if after == torch.bool:
            return Loss.KEPT if source in (0, 1) and source == target else Loss.TRUTH
        dropped = Loss.KEPT if source.imag == 0 else Loss.IMAGINARY
        return max(real(source.real, target, before.to_real(), after), dropped)
    if after.is_complex:
        assert complex(target).imag == 0
        target, after = complex(target).real, after.to_real()
    assert isinstance(source, int | float)
    assert isinstance(target, int | float)
    return real(source, target, before, after)


def real(source: float, target: float, before: torch.dtype, after: torch.dtype) -> Loss:
    one, other = exact(source), exact(target)
    if after == torch.bool:
        return Loss.KEPT if one == other else Loss.TRUTH
    if not after.is_floating_point:
        return _whole(one, other, before, after)
    if one == other or (math.isnan(one) and math.isnan(other)):
        return Loss.KEPT
    if math.isnan(one):
        return Loss.UNDEFINED
    if math.isnan(other):
        return Loss.NAN
    if math.isinf(other) and not math.isinf(one):
        return Loss.INFINITE
    largest = Fraction(torch.finfo(after).max)
    if abs(one) > largest and abs(other) == largest:
        return Loss.SATURATED
    if one < 0 < other:
        return Loss.UNSIGNED
    return Loss.UNDERFLOWED if other == 0 else Loss.ROUNDED


def _whole(one: Exact, other: Exact, before: torch.dtype, after: torch.dtype) -> Loss:
    if not before.is_floating_point:
        return Loss.KEPT if one == other else Loss.WRAPPED
    info = torch.iinfo(after)
    if not isinstance(one, Fraction) or not info.min <= math.trunc(one) <= info.max:
        return Loss.UNDEFINED
    assert other == math.trunc(one)
    return Loss.KEPT if one == other else Loss.TRUNCATED


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_marks_are_what_exact_numbers_say(before: torch.dtype, after: torch.dtype) -> None:
    values = edges(before)
    with quiet():
        converted = values.to(after)
        found = losses.marks(values, after)
    assert found.shape == values.shape
    assert found.dtype == torch.uint8
    told = [judged(a, b, before, after) for a, b in zip(plain(values), plain(converted), strict=True)]
    assert [Loss(k) for k in found.tolist()] == told


@pytest.mark.parametrize(
    ("values", "dtype", "told"),
    [
        ([300, -1, 255], torch.uint8, [Loss.WRAPPED, Loss.WRAPPED, Loss.KEPT]),
        ([300.0, -1.0, 1.5], torch.uint8, [Loss.UNDEFINED, Loss.UNDEFINED, Loss.TRUNCATED]),
        ([2**53 + 1, 2**53, 2**63 - 1], torch.float64, [Loss.ROUNDED, Loss.KEPT, Loss.ROUNDED]),
        ([1e39, 1e-50, 0.1, math.inf], torch.float32, [Loss.INFINITE, Loss.UNDERFLOWED, Loss.ROUNDED, Loss.KEPT]),
        ([2, 1, 0, -1], torch.bool, [Loss.TRUTH, Loss.KEPT, Loss.KEPT, Loss.TRUTH]),
        ([1 + 2j, 1, 300j], torch.float64, [Loss.IMAGINARY, Loss.KEPT, Loss.IMAGINARY]),
        ([-0.0, math.nan, -0.5], torch.int64, [Loss.KEPT, Loss.UNDEFINED, Loss.TRUNCATED]),
        ([449.0, 70000.0, math.nan], torch.float16, [Loss.KEPT, Loss.INFINITE, Loss.KEPT]),
    ],
)
def test_kinds(values: list[complex], dtype: torch.dtype, told: list[Loss]) -> None:
    wide = torch.complex128 if isinstance(values[0], complex) else torch.float64
    tensor = torch.tensor(values, dtype=torch.int64 if isinstance(values[0], int) else wide)
    assert [Loss(k) for k in losses.marks(tensor, dtype).tolist()] == told


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1), st.sampled_from(COMPUTED))
def test_marks_of_any_whole_number(values: list[int], after: torch.dtype) -> None:
    tensor = torch.tensor(values, dtype=torch.int64)
    with quiet():
        pairs = zip(values, plain(tensor.to(after)), strict=True)
    told = [judged(a, b, torch.int64, after) for a, b in pairs]
    assert [Loss(k) for k in losses.marks(tensor, after).tolist()] == told


@given(st.lists(st.floats(), min_size=1), st.sampled_from(COMPUTED))
def test_marks_of_any_float(values: list[float], after: torch.dtype) -> None:
    tensor = torch.tensor(values, dtype=torch.float64)
    with quiet():
        pairs = zip(values, plain(tensor.to(after)), strict=True)
    told = [judged(a, b, torch.float64, after) for a, b in pairs]
    assert [Loss(k) for k in losses.marks(tensor, after).tolist()] == told


def test_counts_are_those_of_the_marks_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losses, "_BLOCK", 7)
    tensor = torch.arange(-300, 300).reshape(20, 30).t()
    told: list[float] = []
    found = losses.counts(tensor, torch.int8, told.append)
    assert found == {Loss.WRAPPED: 300 - 128 + 300 - 128}
    assert len(told) > 10
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_cancel_ends_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losses, "_BLOCK", 7)

    def stop(fraction: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        losses.counts(torch.arange(100), torch.int8, stop)


def test_worse_comes_first_and_nothing_is_lost_on_meta_or_of_no_cells() -> None:
    found = losses.counts(torch.tensor([0.1, 1e39, 0.2], dtype=torch.float64), torch.float32)
    assert list(found.items()) == [(Loss.INFINITE, 1), (Loss.ROUNDED, 2)]
    assert losses.counts(torch.ones(3, device="meta"), torch.int8) == {}
    assert losses.counts(torch.ones(0), torch.int8) == {}


def test_views_that_are_conjugate_or_negative() -> None:
    z = torch.tensor([1 + 2j, 3 - 4j])
    assert losses.marks(z.conj(), torch.complex128).tolist() == [0, 0]
    assert losses.marks(z.conj().imag, torch.int8).tolist() == [0, 0]


def test_every_kind_has_words() -> None:
    assert set(WORDS) == set(REASONS) == set(Loss) - {Loss.KEPT}
