"""An operation that is made of acts plays through those that there are, and its words come from them, each true."""

from dataclasses import replace
from typing import Any

import pytest
import torch

from explorer.animation import captions
from explorer.animation.animation import Animation
from explorer.animation.compose import animate
from explorer.ops import CATALOG

from .cases import Case
from .composed import NORM, Norm

A = torch.tensor([[0.0, 1.0, 2.0, 5.0], [4.0, -2.0, 6.0, 8.0], [1.0, 1.0, 3.0, 3.0]])
W, B = torch.tensor([1.0, 2.0, -1.0, 0.5]), torch.tensor([0.0, 10.0, 0.0, -1.0])


def told(op: Norm = NORM, count: int = 3) -> Animation:
    operands = (A, W, B)[:count]
    arguments = {"normalized_shape": (4,)}
    result = op.run(operands, arguments)
    return animate(op.call(operands, arguments), "AWB"[:count], result, ("R",))


PASSING = "On the way to layer_normal, index j closes: 4 values become one, their sum. The axis comes back."
CLOSED = "All columns are in. Axis 1 closes from 4 to 1."
DIVIDED = "Each value is divided by 4, the count of what was added."
MET = "{}: cells of the same place meet, one pair for each cell of {}."


@pytest.mark.parametrize(("count", "acts"), [
    (1, [PASSING, CLOSED, DIVIDED, "The strip stretches over all slabs, and is subtracted in each place.",
         "Each value is squared.", PASSING, CLOSED, DIVIDED, "1e-05 is added to each value.",
         "Each value becomes its square root.", "The strip stretches over all slabs, and divides in each place.",
         "R is a new tensor of shape (3, 4); A is as it was."]),
    (3, ["The cells of A are copied aside, to be worked on.", PASSING, CLOSED, DIVIDED, MET.format("sub", "A-mean"),
         "Each value is squared.", PASSING, CLOSED, DIVIDED, "1e-05 is added to each value.",
         "Each value becomes its square root.", MET.format("div", "(A-mean)÷(√(mean+1e-05))"),
         MET.format("mul", "((A-mean)÷(√(mean+1e-05)))×W"), MET.format("add", "R"),
         "R is a new tensor of shape (3, 4)."]),
])  # fmt: skip
def test_its_words_are_those_of_its_acts(count: int, acts: list[str]) -> None:
    captions = [str(step.caption) for step in told(count=count).beats]
    assert [c for c in captions if " joins: " not in c and "is taken" not in c] == acts


def test_its_arithmetic_claims_no_sum() -> None:
    for count, start in ((1, "R[0,1] = layer_normal(A[0,0], A[0,1], A[0,2], A[0,3])[1] ≈ "), (3, "R[0,1] = ")):
        animation = told(count=count)
        sentence = str(animation.arithmetic(1.0, (count, 1)))
        value = animation.results[0][0, 1]
        assert sentence.startswith(start)
        assert float(sentence.removeprefix(start)) == pytest.approx(float(value), rel=1e-5)


def test_a_function_of_a_line_is_written_with_all_that_it_depends_on() -> None:
    call = CATALOG["std"].call((A,), {"dim": 0, "unbiased": False})
    animation = animate(call, ("A",), call.run(), ("R",))
    sentence = str(animation.arithmetic(1.0, (1, 0)))
    assert sentence.startswith("R[0] = std(A[0,0], A[1,0], A[2,0], unbiased=False) = std(0, 4, 1, unbiased=False) ≈ ")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_it_ends_in_the_result_and_keeps_its_operands(count: int) -> None:
    animation = told(count=count)
    assert str(animation.steps[-1].caption).startswith("R is a new tensor")
    for t in (0.0, 0.3, 0.7, 0.93, 1.0):
        frame = animation.frame(t)
        own = [g for g in frame.cells if g.cell is not None]
        seen = {k: sorted(f for g in own if g.tensor == k for f in g.cell.tolist()) for k in range(1, count)}
        assert seen == {tensor: [0, 1, 2, 3] for tensor in range(1, count)}
    last = {f: v for g in animation.frame(1.0).cells if g.tensor == count and g.cell is not None
            for f, v in zip(g.cell.tolist(), g.values.tolist(), strict=True)}  # fmt: skip
    assert [last[k] for k in range(12)] == animation.results[0].flatten().tolist()
    for t in [k / 40 for k in range(41)]:  # nothing lies on anything else at rest
        boxes = [(g.tensor, x, y) for g in animation.frame(t).cells if g.tensor in range(1, count)
                 for x, y in zip(g.x.tolist(), g.y.tolist(), strict=True)]  # fmt: skip
        assert len(set(boxes)) == len(boxes)


def test_a_step_that_torch_refuses_is_said() -> None:
    (step,) = told(replace(NORM, broken=True)).steps
    assert str(step.caption) == (
        "R has the shape (3, 4). How it comes about is not shown: torch refuses the step sqrt here."
    )


def test_a_join_that_torch_refuses_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise RuntimeError("not implemented for 'Float'")

    monkeypatch.setattr(torch, "add", refused)
    animation = animate(CATALOG["sum"].call((A,), {"dim": 0}), ("A",), A.sum(0), ("R",))
    captions = [str(step.caption) for step in animation.steps]
    assert "torch refuses add of two values of float32: all 3 are taken at once. Axis 0 closes to 1." in captions


@pytest.mark.parametrize(("op", "operands"), [("nn.functional.linear", (A, W)), ("addmm", (A[:, :3], A, A.T))])
def test_no_axis_is_said_to_come_back_that_is_gone(op: str, operands: tuple[torch.Tensor, ...]) -> None:
    call = CATALOG[op].call(operands)
    animation = animate(call, "ABC"[: len(operands)], call.run(), ("R",))
    assert not any("comes back" in str(step.caption) for step in animation.steps)


@pytest.mark.parametrize("equation", ["ij->ji", "ij->ij", "ij"])
def test_a_view_is_not_called_a_new_tensor(equation: str) -> None:
    call = CATALOG["einsum"].call((A,), {"equation": equation})
    animation = animate(call, ("A",), call.run(), ("R",))
    assert call.run().untyped_storage().data_ptr() == A.untyped_storage().data_ptr()
    assert not any("new tensor" in str(step.caption) for step in animation.steps)


MATRIX, ROW = torch.ones(3, 4), torch.ones(4)


@pytest.mark.parametrize(("op", "operands", "arguments", "headline"), [
    ("nn.functional.linear", (MATRIX, torch.ones(2, 4), torch.ones(2)), {},
     "linear: all products of A, B, then the sum along index j, then x+C for each x. R has the shape (3, 2)."),
    ("addmm", (torch.ones(2), MATRIX, torch.ones(4, 2)), {"beta": 2, "alpha": 0.5},
     ("addmm: all products of B, C, then the sum along index k, then x×0.5 for each x, then x+A×2 for each x. "
      "R has the shape (3, 2).")),
    ("einsum", (MATRIX, torch.ones(2, 4)), {"equation": "ij,kj->ik"},
     "einsum: all products of A, B, then the sum along index j. R has the shape (3, 2)."),
    ("einsum", (torch.ones(3, 3),), {"equation": "ii->"},
     "einsum: the diagonal of A, then the sum along index k. R has the shape ()."),
    ("einsum", (MATRIX,), {"equation": "ij->ji"}, "einsum: the axes in another order. R has the shape (4, 3)."),
    ("einsum", (MATRIX,), {"equation": "ij->j"}, "einsum: the sum along index i. R has the shape (4,)."),
    ("einsum", (MATRIX,), {"equation": "ij->ij"}, "einsum: A as it is. R has the shape (3, 4)."),
    ("nn.functional.layer_norm", (MATRIX, ROW, None), {"normalized_shape": (4,)},
     "layer_norm: each line is moved to mean 0 and scaled to variance 1, then x×B for each x. R has the shape (3, 4)."),
    ("nn.functional.layer_norm", (MATRIX, None, None), {"normalized_shape": (4,)},
     "layer_norm: each line is moved to mean 0 and scaled to variance 1. R has the shape (3, 4)."),
    ("clamp", (MATRIX, 0, 6), {}, "Each value of A is kept between 0 and 6. R has the shape (3, 4)."),
    ("clamp", (MATRIX, ROW, ROW), {}, "Each value of A is kept between B and C. R has the shape (3, 4)."),
    ("clamp", (MATRIX, None, 2), {}, "Each value of A above 2 becomes 2. R has the shape (3, 4)."),
    ("clamp", (MATRIX, ROW, None), {}, "Each value of A below B becomes B. R has the shape (3, 4)."),
])  # fmt: skip
def test_the_headline_says_what_the_acts_do(
    op: str, operands: tuple[Any, ...], arguments: dict[str, Any], headline: str
) -> None:
    animation = Case(op, operands, arguments).animation()
    assert [str(animation.headline(t)) for t in (0.0, 1.0)] == [headline] * 2


def test_nothing_is_said_to_come_that_is_there() -> None:
    assert not [text for text in vars(captions).values() if isinstance(text, str) and " will be " in text]


def test_whole_numbers_are_not_said_to_be_rounded() -> None:
    whole = torch.arange(12).reshape(3, 4)
    badge = Case("addmm", (whole[:, :2], whole, whole.T[:, :2]), {"beta": 2, "alpha": 0.5}).animation().badge
    assert str(badge) == "Step by step 7, torch's addmm 0."
    assert "rounds" in str(Case("sum", (torch.tensor([[0.1] * 3, [0.2] * 3, [0.3] * 3]),), {}).animation().badge)
