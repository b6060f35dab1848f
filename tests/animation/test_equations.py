"""A softmax is written as it is computed, and its axis stays."""

import pytest
import torch

from .cases import Case
from .true_sentences import Truth

Q = torch.tensor([[1.0, 2, 3, 4], [5, 6, 7, 8]])


@pytest.mark.parametrize(("name", "whole"), [
    ("softmax", ("R[0,0] = e^A[0,0] ÷ (e^A[0,0] + e^A[0,1] + e^A[0,2] + e^A[0,3])"
     " = e^(1-4) ÷ (e^(1-4) + e^(2-4) + e^(3-4) + e^(4-4)) ≈ 0.032059")),
    ("log_softmax", ("R[0,0] = A[0,0] - ln(e^A[0,0] + e^A[0,1] + e^A[0,2] + e^A[0,3])"
     " = (1-4) - ln(e^(1-4) + e^(2-4) + e^(3-4) + e^(4-4)) ≈ -3.44019")),
])  # fmt: skip
def test_a_softmax_is_written_as_it_is_computed(name: str, whole: str) -> None:
    case = Case(name, (Q,), {"dim": 1})
    told = case.animation()
    sentence = told.arithmetic(1.0, (1, 0))
    assert sentence == whole
    assert told.story is not None
    assert not Truth(told.story, (0, 0)).of(sentence)
    assert told.arithmetic(told.time_of(3), (1, 0)) == whole.partition(" = e^(1" if name == "softmax" else " = (1")[0]


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_the_axis_of_a_softmax_stays(name: str) -> None:
    told = Case(name, (Q,), {"dim": 1, "dtype": torch.float64}).animation()
    for t in (0.0, 0.5, 1.0):
        assert "The axis stays" in str(told.headline(t))
    assert any("disappears" in str(caption) for caption in told.transcript)  # of the sum, while that is made
