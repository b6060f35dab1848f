"""Why `view` refuses: two axes that torch cannot make one; found for every refusal, and only for refusals."""

from math import prod

import hypothesis.strategies as st
import pytest
import torch
from hypothesis import given

from explorer.errors import OpError
from explorer.ops import CATALOG
from explorer.ops.view_rules import seam


@st.composite
def views(draw: st.DrawFn) -> tuple[torch.Tensor, tuple[int, ...]]:
    """A tensor with any strides, and another shape of as many cells."""
    shape = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    x = torch.arange(2 * prod(shape)).reshape([2 * shape[0], *shape[1:]])
    x = x[:: draw(st.sampled_from((1, 2)))][: shape[0]]
    x = x.permute(draw(st.permutations(range(len(shape)))))
    if draw(st.booleans()):
        axis = draw(st.integers(0, x.dim()))
        x = x.unsqueeze(axis)
        x = x.expand([draw(st.sampled_from((1, 3))) if a == axis else n for a, n in enumerate(x.shape)])
    wanted, left = [], x.numel()
    while left > 1:
        n = draw(st.sampled_from([n for n in range(2, left + 1) if left % n == 0]))
        wanted.append(n)
        left //= n
    return x, tuple(wanted)


@given(views())
def test_there_is_a_seam_where_torch_refuses_and_nowhere_else(case: tuple[torch.Tensor, tuple[int, ...]]) -> None:
    x, wanted = case
    try:
        x.view(wanted)
    except RuntimeError:
        torn = seam(x, wanted)
        assert torn is not None
        outer, inner = torn
        assert x.stride(outer) != x.shape[inner] * x.stride(inner)
        assert all(n == 1 for n in x.shape[outer + 1 : inner])
    else:
        assert seam(x, wanted) is None


def test_the_sentence_names_axes_and_strides_and_torch_stands_below() -> None:
    x = torch.arange(12).reshape(3, 4).T
    with pytest.raises(OpError) as refused:
        CATALOG["view"].run((x,), {"size": (12,)})
    sentence = str(refused.value.named(("B",)).message)
    assert sentence == (
        "view copies nothing, so axes 0 and 1 of B (4, 3) could only become one if a step along axis 0 were"
        " 3 × 4 = 12 slots, and it is 1; use reshape, which copies."
    )
    with pytest.raises(RuntimeError) as real:
        x.view(12)
    assert refused.value.detail == str(real.value)


@pytest.mark.parametrize("wanted", [(5,), (-1, -1), (-2, 6), (12, 0)])
def test_a_size_that_does_not_fill_is_another_reason(wanted: tuple[int, ...]) -> None:
    x = torch.arange(12).reshape(3, 4).T
    assert seam(x, wanted) is None
    with pytest.raises(OpError) as refused:
        CATALOG["view"].run((x,), {"size": wanted})
    assert "copies nothing" not in str(refused.value.message)


def test_one_size_may_be_worked_out() -> None:
    x = torch.arange(12).reshape(3, 4).T
    assert seam(x, (-1,)) == (0, 1)
    assert seam(x, (4, -1)) is None


def test_axes_of_length_one_are_passed_over() -> None:
    x = torch.arange(24).reshape(3, 1, 8)[:, :, ::2]
    assert seam(x, (12,)) is None
    assert x.view(12).tolist() == x.flatten().tolist()
    y = torch.arange(24).reshape(3, 1, 8)[:, :, :4]
    assert seam(y, (12,)) == (0, 2)
