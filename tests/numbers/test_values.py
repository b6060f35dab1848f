"""Cell texts and values: what is typed is what torch would hold, and what is shown is typed back to the same bits."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import CellError
from explorer.numbers import values
from explorer.numbers.values import parse, short, show

INTS = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}
NARROW = [dtype for dtype in values.dtypes() if dtype.itemsize <= 2 and not dtype.is_complex and dtype != torch.bool]
WIDE = [dtype for dtype in values.dtypes() if dtype.itemsize >= 4 and not dtype.is_complex]
COMPLEX = [torch.complex64, torch.complex128]


def bits(value: values.Number, dtype: torch.dtype) -> int:
    return int(torch.tensor([value], dtype=dtype).view(INTS[dtype.itemsize]).item())


def is_nan(value: values.Number) -> bool:
    return value != value


# ---- every value comes back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", NARROW, ids=str)
def test_every_pattern_of_a_narrow_dtype_is_shown_and_read_back(dtype: torch.dtype) -> None:
    kind = INTS[dtype.itemsize]
    patterns = torch.arange(2 ** (8 * dtype.itemsize)).to(kind)
    wrong = []
    for pattern, value in zip(patterns.tolist(), patterns.view(dtype).tolist(), strict=True):
        back = parse(show(value, dtype), dtype)
        if not (is_nan(value) and is_nan(back)) and bits(back, dtype) != pattern:
            wrong.append((value, show(value, dtype), back))
    assert not wrong


@pytest.mark.parametrize("dtype", WIDE, ids=str)
@given(data=st.data())
def test_any_pattern_of_a_wide_dtype_is_shown_and_read_back(dtype: torch.dtype, data: st.DataObject) -> None:
    size = 8 * dtype.itemsize
    pattern = data.draw(st.integers(-(2 ** (size - 1)), 2 ** (size - 1) - 1))
    value = torch.tensor([pattern], dtype=INTS[dtype.itemsize]).view(dtype).item()
    text = show(value, dtype)
    back = parse(text, dtype)
    assert type(back) is type(value)
    assert (is_nan(value) and is_nan(back)) or bits(back, dtype) == pattern, text


@pytest.mark.parametrize("dtype", COMPLEX, ids=str)
@given(data=st.data())
def test_any_complex_is_shown_and_read_back(dtype: torch.dtype, data: st.DataObject) -> None:
    width = 4 * dtype.itemsize
    value = complex(data.draw(st.floats(width=width)), data.draw(st.floats(width=width)))
    back = parse(show(value, dtype), dtype)
    assert isinstance(back, complex)
    for one, other in ((value.real, back.real), (value.imag, back.imag)):
        assert (is_nan(one) and is_nan(other)) or (one == other and math.copysign(1, one) == math.copysign(1, other))


@given(st.floats(width=32, allow_nan=False, allow_infinity=False).filter(lambda x: x != int(x) or abs(x) >= 1e16))
def test_float32_is_as_short_as_numpy_finds(value: float) -> None:
    digits = np.format_float_scientific(np.float32(value), trim="-").partition("e")[0].lstrip("-").replace(".", "")
    ours = show(value, torch.float32).partition("e")[0].lstrip("-").replace(".", "").strip("0")
    assert ours == digits.strip("0")


@pytest.mark.parametrize(
    ("value", "dtype", "text"),
    [
        (0.1, torch.float64, "0.1"),
        (0.10009765625, torch.bfloat16, "0.1"),
        (0.0999755859375, torch.float16, "0.1"),
        (0.10000000149011612, torch.float32, "0.1"),
        (0.10000000149011612, torch.float64, "0.10000000149011612"),
        (65504.0, torch.float16, "65504"),
        (448.0, torch.float8_e4m3fn, "448"),
        (-0.0, torch.float32, "-0"),
        (5e-324, torch.float64, "5e-324"),
        (3.4028234663852886e38, torch.float32, "3.4028235e38"),
        (2**63 - 1, torch.int64, "9223372036854775807"),
        (2**64 - 1, torch.uint64, "18446744073709551615"),
        (complex(1, -0.0), torch.complex64, "1-0j"),
        (complex(-0.0, 2), torch.complex64, "-0+2j"),
        (complex(0, 2), torch.complex64, "2j"),
        (complex(math.nan, math.inf), torch.complex128, "nan+infj"),
        (True, torch.bool, "True"),
        (1e-5, torch.float64, "0.00001"),
        (1.5e-7, torch.float64, "1.5e-7"),
    ],
)
def test_shown(value: values.Number, dtype: torch.dtype, text: str) -> None:
    assert show(value, dtype) == text


# ---- what is typed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dtype", "value"),
    [
        ("1e-3", torch.float64, 1e-3),
        (" 7 ", torch.int8, 7),
        ("0x10", torch.uint8, 16),
        ("-0b11", torch.float32, -3.0),
        ("1_000", torch.int16, 1000),
        ("1e3", torch.int16, 1000),
        ("9007199254740993.0", torch.int64, 2**53 + 1),
        ("18446744073709551615", torch.uint64, 2**64 - 1),
        ("True", torch.float32, 1.0),
        ("TRUE", torch.bool, True),
        ("0", torch.bool, False),
        ("inf", torch.float32, math.inf),
        ("-Infinity", torch.bfloat16, -math.inf),
        ("∞", torch.float32, math.inf),
        ("1+2j", torch.complex64, 1 + 2j),
        ("1 - 2i", torch.complex128, 1 - 2j),
        ("3", torch.complex64, 3 + 0j),
        ("3+0j", torch.float32, 3.0),
        ("65519", torch.float16, 65504.0),
        ("460", torch.float8_e4m3fn, 448.0),
        ("16777217", torch.float32, 16777216.0),
        ("３．５", torch.float32, 3.5),
        ("−2", torch.int8, -2),
    ],
)
def test_understood(text: str, dtype: torch.dtype, value: values.Number) -> None:
    parsed = parse(text, dtype)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("text", "dtype", "words"),
    [
        ("300", torch.uint8, ["300", "uint8", "0 to 255"]),
        ("-1", torch.uint64, ["-1", "0 to 18446744073709551615"]),
        ("1e999999999", torch.int64, ["outside"]),
        ("x", torch.float32, ["x", "float32", "1.5"]),
        ("", torch.float32, ["empty", "1.5"]),
        ("1,5", torch.float32, ["point"]),
        ("2.5", torch.int64, ["2.5", "type 2 or 3"]),
        ("-2.5", torch.int64, ["type -3 or -2"]),
        ("1e-999999999", torch.int64, ["type 0 or 1"]),
        ("nan", torch.int32, ["int32 has no nan"]),
        ("inf", torch.float8_e4m3fn, ["has no inf", "448"]),
        ("1e400", torch.float64, ["too large", "1.7976931348623157e308"]),
        ("70000", torch.float16, ["too large", "65504"]),
        ("65520", torch.float16, ["too large"]),
        ("470", torch.float8_e4m3fn, ["too large", "448"]),
        ("1e39+1j", torch.complex64, ["too large", "complex64"]),
        ("1+2j", torch.float32, ["complex"]),
        ("2", torch.bool, ["neither True nor False"]),
        ("0", torch.float8_e8m0fnu, ["powers of two"]),
        ("1 2", torch.float32, ["no number"]),
        ("9" * 5000, torch.int64, ["no number"]),
        ("__import__('os')", torch.float32, ["no number"]),
    ],
)
def test_refused_with_a_sentence(text: str, dtype: torch.dtype, words: list[str]) -> None:
    with pytest.raises(CellError) as caught:
        parse(text, dtype)
    sentence = str(caught.value.message)
    assert caught.value.message.context == "errors"
    assert all(word in sentence for word in words), sentence
    assert len(sentence) < 200


def test_a_dtype_that_cannot_be_typed_is_refused() -> None:
    with pytest.raises(CellError, match="cannot be typed"):
        parse("1", torch.bits8)


@given(st.text(max_size=12))
def test_any_text_is_a_value_or_a_refusal(text: str) -> None:
    for dtype in (torch.int64, torch.float16, torch.complex64, torch.bool, torch.float8_e8m0fnu):
        try:
            value = parse(text, dtype)
        except CellError:
            continue
        torch.tensor(value, dtype=dtype)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_typed_floats_are_rounded_as_torch_rounds(value: float) -> None:
    for dtype in (torch.float16, torch.bfloat16, torch.float32):
        expected = torch.tensor(value, dtype=dtype).item()
        try:
            assert parse(repr(value), dtype) == expected
        except CellError:
            assert math.isinf(expected)


# ---- in a cell of the heat map ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "dtype", "width", "text"),
    [
        (1 / 3, torch.float64, 5, "0.333"),
        (5.0, torch.float32, 5, "5"),
        (0.9999, torch.float64, 5, "1.000"),
        (120000.0, torch.float32, 5, "1.2e5"),
        (123456, torch.int64, 5, "1.2e5"),
        (123456, torch.int64, 6, "123456"),
        (1e-7, torch.float64, 4, "1e-7"),
        (1e8, torch.float32, 8, "1e8"),
        (3_000_000_000, torch.int64, 6, "3e9"),
        (999999986991104.0, torch.float32, 8, "1.000e15"),
        (2.5, torch.float32, 1, ""),
        (0.05, torch.float64, 3, ""),
        (-0.0, torch.float32, 2, "-0"),
        (math.nan, torch.float32, 3, "nan"),
        (-math.inf, torch.float32, 3, "-∞"),
        (-math.inf, torch.float32, 2, "-∞"),
        (-math.inf, torch.float32, 1, ""),
        (math.inf, torch.float64, 1, "∞"),
        (True, torch.bool, 4, "True"),
        (False, torch.bool, 4, "F"),
        (1 + 2j, torch.complex64, 6, "1+2j"),
    ],
)
def test_short(value: values.Number, dtype: torch.dtype, width: int, text: str) -> None:
    assert short(value, dtype, width) == text


@given(st.floats(width=32), st.integers(1, 14))
def test_short_fits_and_does_not_mislead(value: float, width: int) -> None:
    text = short(value, torch.float32, width)
    assert len(text) <= width
    if not text or is_nan(value):
        return
    shown = float(text.replace("∞", "inf"))
    assert math.isinf(shown) == math.isinf(value)
    assert (shown == 0) == (value == 0)
    assert shown == value or math.copysign(1, shown) == math.copysign(1, value)
    if math.isfinite(value) and value:
        assert abs(shown - value) <= 0.5 * abs(value)
        if "e" not in text:
            assert abs(shown - value) <= 0.12 * abs(value)


@given(st.integers(-(2**63), 2**63 - 1), st.integers(1, 20))
def test_short_whole_numbers_fit(value: int, width: int) -> None:
    text = short(value, torch.int64, width)
    assert len(text) <= width
    if text and "e" not in text:
        assert int(text) == value
    elif text:
        assert abs(float(text) - value) <= 0.5 * abs(value)


@given(st.complex_numbers(max_magnitude=1e6, allow_nan=False), st.integers(1, 20))
def test_short_complex_fits(value: complex, width: int) -> None:
    assert len(short(value, torch.complex128, width)) <= width
