"""The numbers of a tensor are written alike, in every form, and truly."""

import math
import re

import pytest
import torch

from explorer.numbers.forms import COARSE, Spelling
from explorer.numbers.written import Written

REAL = (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2)


def forms(*values: complex, dtype: torch.dtype = torch.float32) -> list[tuple[str, ...]]:
    tensor = torch.tensor(values, dtype=torch.complex128 if dtype.is_complex else None).to(dtype)
    return [text.forms for text in Spelling([tensor]).texts(tensor)]


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [
        ((0.86, 0.975, -0.4), ("0.860", "0.975", "-0.400"), ("0.9", "1.0", "-0.4")),
        ((0.0, 1.0, 11.0), ("0", "1", "11"), ("0", "1", "11")),
        ((1.0, 0.5, -0.0), ("1.0", "0.5", "-0.0"), ("1.0", "0.5", "-0.0")),
        ((1.5, math.nan, -math.inf), ("1.5", "nan", "-inf"), ("1.5", "nan", "-inf")),
        ((1.2345, 0.0004, -2.5, 3.75), ("1.235", "≈0", "-2.500", "3.750"), ("1.2", "≈0", "-2.5", "3.8")),
        ((1e-9, 3e20, math.inf), ("1e-9", "3e20", "inf"), ("1e-9", "3e20", "inf")),
        ((1e-5, 2.3456e-5), ("1.000e-5", "2.346e-5"), ("1.0e-5", "2.3e-5")),
        ((65504.0,), ("65504",), ("65504",)),
        ((123456.7, 1.5), ("123456.7", "1.5"), ("1.2e5", "1.5e0")),
        ((math.nan,), ("nan",), ("nan",)),
        ((3e38, 0.1), ("3e38", "1e-1"), ("3e38", "1e-1")),
    ],
)
def test_numbers_of_a_tensor_have_one_format(
    values: tuple[float, ...], first: tuple[str, ...], last: tuple[str, ...]
) -> None:
    found = forms(*values)
    assert tuple(own[0] for own in found) == first
    assert tuple(own[-1] for own in found) == last


def test_whole_numbers_masks_and_complex_numbers_have_one_format_too() -> None:
    assert forms(1, -20, 300, dtype=torch.int64) == [("1",), ("-20",), ("300",)]
    assert [own[-1] for own in forms(1, 2, 2**62, dtype=torch.int64)] == ["1.0e0", "2.0e0", "4.6e18"]
    assert forms(True, False, dtype=torch.bool) == [("True", "T"), ("False", "F")]
    assert forms(1 + 2j, 1j, dtype=torch.complex64) == [("1+2j", "1\n+2j"), ("0+1j", "0\n+1j")]
    turned = forms(-1.1312 + 2.4717j, 10.852 - 16.9j, dtype=torch.complex64)
    assert [own[0] for own in turned] == ["-1.13+2.47j", "10.85-16.90j"]
    assert [own[-1] for own in turned] == ["-1.1\n+2.5j", "10.9\n-16.9j"]


@pytest.mark.parametrize("dtype", REAL, ids=str)
@pytest.mark.parametrize("seed", range(12))
def test_every_form_is_one_format_and_true_as_far_as_it_goes(dtype: torch.dtype, seed: int) -> None:
    made = torch.Generator().manual_seed(seed)
    spread = 10.0 ** (torch.randint(-4, 6, (1,), generator=made).item() if seed % 3 else 0)
    wide = 10.0 ** torch.randint(-3 * (seed % 2), 1, (6, 4), generator=made)
    tensor = (torch.randn(6, 4, generator=made, dtype=torch.float64) * spread * wide).to(dtype)
    tensor[0, 0] = 0.0
    values = tensor.to(torch.float64).reshape(-1).tolist()
    spelling = Spelling([tensor])
    texts = spelling.texts(tensor)
    assert {id(text.rooms) for text in texts} == {id(spelling.rooms)}
    widths = [characters for characters, _ in spelling.rooms]
    assert widths == sorted(widths, reverse=True)
    for k, (characters, lines) in enumerate(spelling.rooms):
        own = [text.forms[k] for text in texts]
        assert max(map(len, own)) <= characters
        assert lines == 1
        finite = [text for text, value in zip(own, values, strict=True) if math.isfinite(value) and text != "≈0"]
        assert len({re.sub(r"-?\d+(\.\d*)?(e-?\d+)?", shape, text) for text in finite}) <= 1
        off = 0
        for text, value in zip(own, values, strict=True):
            if text == "≈0":
                assert value != 0
                assert abs(value) < max(abs(v) for v in values if math.isfinite(v))
            elif math.isfinite(value):
                assert math.isclose(float(text), value, rel_tol=0.051, abs_tol=0.51 * unit(text))
                off += abs(float(text) - value) > COARSE * abs(value)
            else:
                assert text == ("nan" if math.isnan(value) else "inf" if value > 0 else "-inf")
        assert off <= len(values) / 4


def shape(found: re.Match[str]) -> str:
    """How many digits stand behind the point, and whether a power of ten does."""
    return f"{len(found[1] or '')}{bool(found[2])}"


def unit(text: str) -> float:
    """What the last digit of `text` counts."""
    mantissa, _, power = text.partition("e")
    return float(10.0 ** (int(power or 0) - len(mantissa.partition(".")[2])))


def test_what_stands_together_is_written_alike() -> None:
    strip, end = torch.tensor([0.25, 1.5]), torch.tensor([1.0, 4.0])
    common = Spelling([strip, end])
    assert [str(text) for text in common.texts(end)] == ["1.00", "4.00"]
    assert [str(text) for text in Spelling([end]).texts(end)] == ["1", "4"]
    assert common.within(strip, 4) == ("0.25", "1.50")
    assert common.within(strip, 2) is None
    assert isinstance(common.texts(end)[0], Written)
    assert Spelling([torch.zeros(0)]).texts(torch.zeros(0)) == ()
