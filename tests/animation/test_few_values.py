"""Reductions of one value or of none, and joins with what has no cells, say what they do."""

import math
import warnings

import pytest
import torch

from explorer.animation.animation import Animation

from .cases import Case

ONE, NOTHING = torch.tensor(4.0), torch.zeros(0, 2)


def told(name: str, *operands: torch.Tensor, **arguments: object) -> Animation:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the variance of one value
        return Case(name, operands, arguments).animation()


@pytest.mark.parametrize(("name", "what"), [
    ("sum", "sum is 4"), ("prod", "product is 4"), ("mean", "mean is 4"), ("amax", "largest value is 4"),
    ("min", "smallest value is 4"), ("std", "standard deviation is nan"), ("var", "variance is nan"),
    ("linalg.vector_norm", "norm is 4"),
])  # fmt: skip
def test_what_a_single_value_comes_to_is_the_headline(name: str, what: str) -> None:
    animation = told(name, ONE)
    for t in (0.0, 1.0):
        assert str(animation.headline(t)) == f"A is a single value without axes: its {what}."
    assert not any("each value by itself" in str(caption) for caption in animation.transcript)
    value = animation.results[0].item()
    assert what.endswith("nan" if math.isnan(value) else f"{value:g}")


@pytest.mark.parametrize(("name", "what", "cell"), [
    ("sum", "sum of no values is 0", "R[0] = 0"),
    ("prod", "product of no values is 1", "R[0] = 1"),
    ("mean", "mean of no values is 0÷0 = nan", "R[0] = 0÷0 = nan"),
    ("var", "variance of no values is 0÷0 = nan", "R[0] = 0÷0 = nan"),
    ("std", "standard deviation of no values is √(0÷0) = nan", "R[0] = √(0÷0) = nan"),
    ("linalg.vector_norm", "norm of no values is √0 = 0", "R[0] = √0 = 0"),
])  # fmt: skip
def test_what_no_values_come_to_is_the_headline(name: str, what: str, cell: str) -> None:
    animation = told(name, NOTHING, dim=0)
    for t in (0.0, 1.0):
        assert str(animation.headline(t)) == f"dim=0: index i disappears. It has length 0: the {what}."
    assert animation.arithmetic(1.0, (1, 0)) == cell
    if name != "prod":
        whole = told(name, torch.zeros(2, 0, 3), dim=(0, 1)).headline(1.0)
        assert str(whole) == f"dim=(0, 1): indices i, j disappear. There are no values along them: the {what}."


def test_a_line_without_cells_is_not_run_along() -> None:
    for name in ("softmax", "log_softmax", "cumsum", "cumprod"):
        for dim in (0, 1):
            headline = str(told(name, torch.zeros(2, 0), dim=dim).headline(1.0))
            assert headline == f"dim={dim}: there is nothing to run along. R has the same shape."


WITHOUT = "which has one axis and no cells. R"


@pytest.mark.parametrize(("shapes", "dim", "headline"), [
    (((0,), (2, 2)), 0, f"dim=0: torch leaves out A, {WITHOUT} (2, 2) is made of B, along axis j."),
    (((2, 2), (0,)), 1, f"dim=1: torch leaves out B, {WITHOUT} (2, 2) is made of A, along axis j."),
    (((2, 2), (0,), (1, 2)), 0, f"dim=0: torch leaves out B, {WITHOUT} (3, 2) is made of A, C, along axis i."),
    (((0,), (1, 1, 2), (1, 1, 2)), -2,
     f"dim=-2: torch leaves out A, {WITHOUT} (1, 2, 2) is made of B, C, along axis s."),
    (((2, 2), (0, 2)), 0, "dim=0: A, B are joined along axis i, which stays as long as it was. R is (2, 2)."),
    (((0,), (2,), (3,)), 0, "dim=0: A, B, C are joined along axis j, which grows. R is (5,)."),
])  # fmt: skip
def test_what_has_no_cells_is_joined_as_torch_does_it(
    shapes: tuple[tuple[int, ...], ...], dim: int, headline: str
) -> None:
    animation = told("cat", *map(torch.ones, shapes), dim=dim)
    assert str(animation.headline(1.0)) == headline
    assert not any("new axis" in str(caption) for caption in animation.transcript)
    for name, shape in zip("ABC", shapes, strict=False):
        slides = f"{name}: the block slides to its place in R." in map(str, animation.transcript)
        assert slides == (0 not in shape)
    for t in (0.0, 0.3, 0.6, 1.0):
        ranks = {heading.name: len(heading.chips) for heading in animation.frame(t).headings}
        assert all(ranks[name] == len(shape) for name, shape in zip("ABC", shapes, strict=False))
        assert ranks.get("R", len(animation.tensors[-1].shape)) == len(animation.tensors[-1].shape)
