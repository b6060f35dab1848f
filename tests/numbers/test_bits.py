"""The bits of values: read from memory, divided into fields, and worth what torch says."""

import math
import struct
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.engine import dtypes
from explorer.numbers.bits import NOT_A_NUMBER, SUBNORMAL, ZERO, NumberBits, bits_of, widths
from explorer.numbers.dtype_names import name_of
from explorer.numbers.dtypes import DTypeKind, facts, integer_of
from explorer.ops.calls import quiet
from tests.numbers.dtype_pairs import COMPUTED

FLOATS = [x for x in COMPUTED if x.is_floating_point]
WHOLE = [x for x in COMPUTED if facts(x).kind in (DTypeKind.SIGNED, DTypeKind.UNSIGNED)]


def worth(number: NumberBits, dtype: torch.dtype) -> Fraction:
    """What the groups of a finite number amount to, by the formula of its sentence alone."""
    groups = {g.part: g.bits for g in number.groups}
    field = widths(dtype)
    exponent, mantissa = int(groups["exponent"], 2), int(groups.get("mantissa") or "0", 2)
    leading = 0 if field.subnormal and not exponent else 1
    power = max(exponent, 1 if field.subnormal else 0) - field.bias
    size = Fraction(2) ** power * (leading + Fraction(mantissa, 2**field.mantissa))
    return -size if groups.get("sign") == "1" else size


def check(value: torch.Tensor) -> None:
    (number,) = bits_of(value)
    held = int(value.reshape(1).view(integer_of(value.element_size())).item()) % 2 ** (8 * value.element_size())
    assert int(number.bits, 2) == held
    assert len(number.bits) == 8 * value.element_size()
    known = float(value.to(torch.float64).item())
    if math.isnan(known):
        assert number.meaning.template == NOT_A_NUMBER
    elif math.isinf(known):
        assert number.meaning.values["sign"] == ("" if known > 0 else "−")
    else:
        assert worth(number, value.dtype) == Fraction(known)
        assert (number.meaning.template == ZERO) == (known == 0)
        smallest = facts(value.dtype).normal
        assert smallest is not None
        assert (number.meaning.template == SUBNORMAL) == (0 < abs(known) < smallest)


@pytest.mark.parametrize("dtype", [x for x in FLOATS if x.itemsize == 1], ids=str)
def test_every_value_of_eight_bits(dtype: torch.dtype) -> None:
    for value in torch.arange(256, dtype=torch.uint8).view(dtype):
        check(value)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
@given(held=st.integers(-(2**15), 2**15 - 1))
def test_values_of_sixteen_bits(dtype: torch.dtype, held: int) -> None:
    check(torch.tensor(held, dtype=torch.int16).view(dtype))


@given(st.floats(width=32))
def test_values_of_float32(value: float) -> None:
    check(torch.tensor(value, dtype=torch.float32))
    if not math.isnan(value):
        (number,) = bits_of(torch.tensor(value, dtype=torch.float32))
        assert number.bits == f"{struct.unpack('>I', struct.pack('>f', value))[0]:032b}"


@given(st.floats())
def test_values_of_float64(value: float) -> None:
    check(torch.tensor(value, dtype=torch.float64))


@pytest.mark.parametrize(
    ("dtype", "fields"),
    [
        (torch.float64, (1, 11, 52, 1023)),
        (torch.float32, (1, 8, 23, 127)),
        (torch.float16, (1, 5, 10, 15)),
        (torch.bfloat16, (1, 8, 7, 127)),
        (torch.float8_e4m3fn, (1, 4, 3, 7)),
        (torch.float8_e5m2fnuz, (1, 5, 2, 16)),
        (torch.float8_e8m0fnu, (0, 8, 0, 127)),
    ],
    ids=str,
)
def test_fields(dtype: torch.dtype, fields: tuple[int, ...]) -> None:
    found = widths(dtype)
    assert (found.sign, found.exponent, found.mantissa, found.bias) == fields


@pytest.mark.parametrize("dtype", WHOLE, ids=str)
@given(data=st.data())
def test_whole_numbers(dtype: torch.dtype, data: st.DataObject) -> None:
    info = torch.iinfo(dtype)
    value = data.draw(st.integers(info.min, info.max))
    (number,) = bits_of(torch.tensor(value, dtype=dtype))
    assert int(number.bits, 2) == value % 2**info.bits
    assert number.meaning.values["value"] == value
    signs = [g.bits for g in number.groups if g.part == "sign"]
    assert signs == ([str(int(value < 0))] if info.min < 0 else [])


def test_the_sentences() -> None:
    (number,) = bits_of(torch.tensor(-60, dtype=torch.int8))
    assert str(number.meaning) == "Two's complement: the first bit counts −2^7, the others 68. −128 + 68 = -60."
    (number,) = bits_of(torch.tensor(-2.5))
    assert str(number.meaning) == "−2^(128 − 127) × (1 + 2097152 / 2^23) = −2.5"
    (number,) = bits_of(torch.tensor(True))
    assert number.bits == "00000001"


def test_complex_has_two_numbers() -> None:
    with quiet():
        value = torch.tensor(1.5 - 2j, dtype=torch.complex64)
        one, other = bits_of(value)
        conjugate = bits_of(value.conj())
    assert (one, other) == (*bits_of(torch.tensor(1.5)), *bits_of(torch.tensor(-2.0)))
    assert conjugate == (*bits_of(torch.tensor(1.5)), *bits_of(torch.tensor(2.0)))


@pytest.mark.parametrize("dtype", dtypes(), ids=str)
def test_every_dtype_has_bits(dtype: torch.dtype) -> None:
    with quiet():
        found = bits_of(torch.zeros(1, 1, dtype=dtype))
    assert sum(len(number.bits) for number in found) == 8 * dtype.itemsize
    assert all(str(number.meaning) for number in found)


def test_one_value_is_needed() -> None:
    for wrong in (torch.ones(2), torch.ones(0), torch.ones(1, device="meta")):
        with pytest.raises(ValueError, match="one value"):
            bits_of(wrong)


@pytest.mark.parametrize("dtype", COMPUTED, ids=str)
def test_facts_are_torchs(dtype: torch.dtype) -> None:
    known = facts(dtype)
    assert (known.name, known.nbytes) == (name_of(dtype), dtype.itemsize)
    if known.kind in (DTypeKind.SIGNED, DTypeKind.UNSIGNED):
        info = torch.iinfo(dtype)
        assert (known.low, known.high, known.step) == (info.min, info.max, 1)
    elif known.kind is not DTypeKind.BOOL:
        assert known.step is not None
        assert known.smallest is not None
        part = dtype.to_real()
        here = torch.tensor([1.0], dtype=torch.float64)
        assert (here + known.step).to(part).to(torch.float64).item() == 1 + known.step
        # half of it rounds to even, or (powers of two) up; less than half is lost
        assert (here + known.step * 0.49).to(part).to(torch.float64).item() == 1.0
        made = torch.tensor([known.smallest, known.smallest * 0.49], dtype=torch.float64).to(part).to(torch.float64)
        assert made[0] == known.smallest
        assert made[1] in (0.0, known.smallest)
        if dtype in (torch.float16, torch.float32, torch.float64):
            numpy = np.finfo(name_of(dtype))
            assert (known.step, known.smallest) == (float(numpy.eps), float(numpy.smallest_subnormal))


@pytest.mark.parametrize("dtype", dtypes(), ids=str)
def test_classes_of_old_make_that_dtype(dtype: torch.dtype) -> None:
    known = facts(dtype)
    if known.cpu_class is not None:
        assert getattr(torch, known.cpu_class.removeprefix("torch."))(2).dtype == dtype
    if known.cuda_class is not None:
        assert hasattr(torch.cuda, known.cuda_class.removeprefix("torch.cuda."))


def test_classes_of_the_table() -> None:
    told = {x: (facts(x).cpu_class, facts(x).cuda_class) for x in (torch.float32, torch.uint8, torch.complex64)}
    assert told[torch.float32] == ("torch.FloatTensor", "torch.cuda.FloatTensor")
    assert told[torch.uint8] == ("torch.ByteTensor", "torch.cuda.ByteTensor")
    assert told[torch.complex64] == (None, None)
