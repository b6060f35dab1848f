"""Whatever stands between two `=` of a sentence is equal, where it is plain arithmetic."""

import math
import re
from typing import Any

import pytest
import torch

from explorer.animation.animation import Animation

from .cases import Case, every

SMALL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹·⁻ᐟ", "0123456789.-/")
PLAIN = {"max": max, "min": min, "abs": abs, "exp": math.exp, "ln": math.log, "sqrt": math.sqrt}
NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
Q = torch.tensor([[1.0, 2, 3, 4], [5, 6, 7, 8]])


def python_of(text: str) -> str:
    """Written arithmetic as Python writes it."""
    text = text.replace("÷", "/").replace("×", "*").replace("≠", "!=")
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹·⁻ᐟ]+", lambda m: f"**({m[0].translate(SMALL)})", text)
    text = re.sub(rf"e\^({NUMBER})", r"exp(\1)", text).replace("e^(", "exp(").replace("^", "**")
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    text = re.sub(rf"√({NUMBER})", r"sqrt(\1)", text).replace("√(", "sqrt(")
    return re.sub(rf"\bln ({NUMBER})", r"ln(\1)", text)


def value_of(text: str) -> float | None:
    """What plain arithmetic comes to; None of anything else."""
    python = python_of(text)
    names = set(re.findall(r"(?<![\d.])[A-Za-z_]\w*", python))
    if "…" in text or not names <= PLAIN.keys() | {"nan", "inf", "True", "False"}:
        return None
    try:
        found = eval(python, {"__builtins__": {}}, {**PLAIN, "nan": math.nan, "inf": math.inf})
    except (ValueError, ZeroDivisionError, OverflowError):  # where torch has nan or inf
        return None
    return float(found) if isinstance(found, int | float) else None


def with_numbers(text: str, tensors: dict[str, Any]) -> str:
    """The names of cells replaced by what stands in them."""

    def number(match: re.Match[str]) -> str:
        cell = tuple(int(k) for k in match[2].split(",")) if match[2] else ()
        if (tensor := tensors.get(match[1])) is None:
            return match[0]
        return f"({float(tensor[cell])!r})" if len(cell) == tensor.ndim else match[0]

    return re.sub(r"\b([A-ERS])\b(?:\[([\d,]+)\])?", number, text)


def sides(sentence: str, tensors: dict[str, Any]) -> list[float]:
    """What stands beside each `=`, as far as it is plain arithmetic."""
    found = [value_of(with_numbers(part, tensors)) for part in sentence.split(" = ")]
    return [value for value in found if value is not None and not math.isnan(value)]


def equations(case: Case, told: Animation) -> list[tuple[str, list[float]]]:
    """All sentences about the result cells of a run, at every step; of what was written over the numbers are gone."""
    names = "ABCDE"
    tensors = {names[k]: x for k, x in enumerate(case.operands) if isinstance(x, torch.Tensor)}
    tensors |= dict(zip((t.name for t in told.tensors[told.operands :]), told.results, strict=True))
    out = []
    for number, result in enumerate(told.results):
        for flat in range(min(result.numel(), 5)):
            for k in range(len(told.steps)):
                sentence = told.arithmetic(told.time_of(k), (told.operands + number, flat))
                assert isinstance(sentence, str)
                out += [(part, sides(part, tensors)) for part in sentence.split(" → ")]
    return out


def equal(values: list[float]) -> bool:
    return all(math.isclose(a, values[0], rel_tol=2e-4, abs_tol=2e-4) for a in values)


@pytest.mark.parametrize("case", [c for c in every() if not c.op.endswith("_")], ids=str)
def test_every_equation_is_true(case: Case) -> None:
    for sentence, values in equations(case, case.animation()):
        assert equal(values), (sentence, values)


@pytest.mark.parametrize(("name", "whole"), [
    ("softmax", ("R[0,0] = e^A[0,0] ÷ (e^A[0,0] + e^A[0,1] + e^A[0,2] + e^A[0,3])"
     " = e^(1-4) ÷ (e^(1-4) + e^(2-4) + e^(3-4) + e^(4-4)) = 0.032059")),
    ("log_softmax", ("R[0,0] = A[0,0] - ln(e^A[0,0] + e^A[0,1] + e^A[0,2] + e^A[0,3])"
     " = (1-4) - ln(e^(1-4) + e^(2-4) + e^(3-4) + e^(4-4)) = -3.44019")),
])  # fmt: skip
def test_a_softmax_is_written_as_it_is_computed(name: str, whole: str) -> None:
    case = Case(name, (Q,), {"dim": 1})
    told = case.animation()
    sentence = told.arithmetic(1.0, (1, 0))
    assert sentence == whole
    _, values = equations(case, told)[len(told.steps) - 1]
    assert len(values) == 4
    assert told.arithmetic(told.time_of(3), (1, 0)) == whole.rsplit(" = ", 2)[0]


def test_what_is_not_equal_is_found() -> None:
    assert not equal(sides("I[0,0] = e^1 + e^2 + e^3 + e^4 = 0.032059", {}))
    assert sides("R = √(3² + (-4)²) = 5 = |-5| = max(1, 5) = ln(e^5) = √25", {}) == pytest.approx([5.0] * 6)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_the_axis_of_a_softmax_stays(name: str) -> None:
    told = Case(name, (Q,), {"dim": 1, "dtype": torch.float64}).animation()
    for t in (0.0, 0.5, 1.0):
        assert "The axis stays" in str(told.headline(t))
    assert any("disappears" in str(caption) for caption in told.transcript)  # of the sum, while that is made
