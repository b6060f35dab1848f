"""Formulas in cells: as torch would be called, on two lines where they are long."""

import pytest
import torch

from explorer.animation.glyphs import brief, half, written
from explorer.ops.words import LARGER, MINUS, NEGATIVE, PLUS, SMALLER, Words

from .cases import Case


@pytest.mark.parametrize(("partial", "pair", "text"), [
    (PLUS, ("1", "5"), "1+5"),
    (PLUS, ("12.5", "-3"), "12.5\n+(-3)"),
    (LARGER, ("5", "-1"), "max\n(5, -1)"),
    (SMALLER, ("5", "-1"), "min\n(5, -1)"),
    (LARGER, ("12.34", "-1.25"), "max(12.34,\n-1.25)"),
])  # fmt: skip
def test_a_join_is_read_in_a_cell(partial: Words, pair: tuple[str, str], text: str) -> None:
    assert half(partial, *pair) == text


def test_a_minus_is_the_one_that_torch_prints() -> None:
    assert brief(MINUS, "5", "-3") == "5\n-(-3)"
    assert written(MINUS, "5", "3") == "5-3"
    assert written(NEGATIVE, "3") == "-(3)"


@pytest.mark.parametrize("name", ["amax", "amin"])
def test_a_running_extreme_is_written_as_a_call(name: str) -> None:
    told = Case(name, (torch.tensor([[5, -1], [2, 7]]),), {"dim": 1}).animation()
    seen = {t.replace("\n", "") for k in range(200) for c in told.frame(k / 199).cells for t in c.texts}
    assert {f"{name[1:]}(5, -1)", f"{name[1:]}(2, 7)"} <= seen
