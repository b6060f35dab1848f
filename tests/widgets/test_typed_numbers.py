"""Whatever is typed where a number is wanted is that number, or is refused with a sentence."""

from collections.abc import Callable
from functools import partial

import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.errors import CellError
from explorer.numbers import shape_text, spelling, values
from explorer.numbers.parameter_values import read_number, read_values, same, write_number
from explorer.ops.parameters import key_text
from explorer.workspace import interchange, typed_key

HOSTILE = [
    "1_", "_1", "1__0", "9" * 5000, "-" + "9" * 5000, "²", "1²", "١", "１２", "½", "1e400", "1e999999999", "0x", "0b2",
    "1\u00a0234", "1\u202f234", "\u200b1", "1\x00", "\ud800", "[" * 300, "(" * 300, "1,", ",", "1 2", "+-1", "--1", "j",
    "1" + "_1" * 600, "True", "None", "...", "1][2", "A", "__import__('os')", "1:2:3", "[1e400]", "1if 2 else 3", "-",
    "٣٫٥",
]  # fmt: skip
NASTY = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=20),
    st.text("0123456789_-+.,:;xX×*()[]eE ²١１\u00a0\u202f", max_size=12),
)


def refusal(call: Callable[[], object]) -> str:
    """What a reader says against a text; "" where it reads it."""
    try:
        call()
    except CellError as error:
        return str(error.message)
    return ""


@given(NASTY)
@example("1\u00a0234")
def test_a_shape_is_read_or_refused(text: str) -> None:
    for inferred in (False, True):
        try:
            shape = shape_text.parse(text, inferred)
        except CellError:
            continue
        assert all(isinstance(size, int) and abs(size) < 2**63 for size in shape)
        assert shape_text.parse(shape_text.show(shape), inferred) == shape


@pytest.mark.parametrize("text", HOSTILE)
def test_every_field_takes_every_text(text: str) -> None:
    readers: list[Callable[[], object]] = [
        lambda: shape_text.parse(text),
        lambda: shape_text.parse(text, inferred=True),
        lambda: read_number(text),
        lambda: read_number(text, integer=True),
        lambda: read_values(text),
        lambda: typed_key.parse(text),
        lambda: interchange.number(text),
        *(partial(values.parse, text, dtype) for dtype in values.dtypes()),
    ]
    assert all(len(refusal(reader)) < 300 for reader in readers)


@given(NASTY)
def test_a_number_is_exact_or_refused(text: str) -> None:
    try:
        number = read_number(text)
    except CellError:
        return
    parts = (number.real, number.imag) if isinstance(number, complex) else (number,)
    assert spelling.spells_infinity(text) or not any(abs(part) == float("inf") for part in parts)
    assert same(read_number(write_number(number)), number) or number != number


@given(NASTY)
def test_values_and_keys_are_read_or_refused(text: str) -> None:
    refusal(lambda: read_values(text))
    try:
        key = typed_key.parse(text)
    except CellError:
        return
    assert typed_key.parse(key_text(key)) == key or not key


@pytest.mark.parametrize(("text", "number"), [("１２", 12), ("١٢", 12), ("\N{MINUS SIGN}3", -3), ("1_000", 1000)])
def test_digits_of_other_keyboards_are_digits(text: str, number: int) -> None:
    assert read_number(text, integer=True) == number
    assert shape_text.parse(text, inferred=True) == (number,)
    assert values.parse(text, torch.int64) == number


@pytest.mark.parametrize("text", ["9" * 5000, "1e400", "-1e999", "1e400j", "1+1e400j"])
def test_no_number_becomes_infinite_in_silence(text: str) -> None:
    with pytest.raises(CellError):
        read_number(text)
    with pytest.raises(CellError):
        read_values(f"[{text}]")
    for dtype in (torch.float64, torch.complex128):
        with pytest.raises(CellError):
            values.parse(text, dtype)
