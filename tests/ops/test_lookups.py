"""What looks up by an index: which index counts for which cell, and why torch refuses some."""

import pytest
import torch

from explorer.errors import OpError
from explorer.ops import CATALOG

A = torch.arange(12.0).reshape(3, 4)


def refusal(name: str, *operands: torch.Tensor, **arguments: object) -> str:
    with pytest.raises(OpError) as error:
        CATALOG[name].run(operands, arguments)
    return str(error.value.named(("A", "I")).message)


def test_each_cell_names_the_index_that_says_where_it_comes_from() -> None:
    index = torch.tensor([[2, 0], [1, 1]])
    relation = CATALOG["gather"].trace((A, index), {"dim": 0})
    assert relation.sources((1, 0)) == [(0, (1, 0))]
    assert relation.controls((1, 0)) == [(1, (1, 0))]
    relation = CATALOG["index_select"].trace((A, torch.tensor([3, 0, 3])), {"dim": -1})
    assert relation.sources((2, 1)) == [(0, (2, 0))]
    assert relation.controls((2, 1)) == [(1, (1,))]
    relation = CATALOG["take_along_dim"].trace((A, torch.tensor([11, 5])), {})
    assert relation.sources((1,)) == [(0, (1, 1))]
    assert relation.controls((1,)) == [(1, (1,))]
    assert relation.axes == ((((1, 0),),),)  # through all cells, along no axis of A


def test_a_mask_in_front_counts_for_the_cells_that_it_is_stretched_over() -> None:
    relation = CATALOG["where"].trace((A[:, :1] > 3, A, 0), {})
    assert relation.sources((0, 2)) == [(2, ())]
    assert relation.sources((2, 2)) == [(1, (2, 2))]
    assert relation.controls((2, 2)) == [(0, (2, 0))]


def test_a_refused_index_is_named() -> None:
    assert "The index 3 in I[1, 0] is out of range: axis 0 of A (3, 4)" in refusal(
        "gather", A, torch.tensor([[0, 0], [3, 0]]), dim=0
    )
    assert "The index -1 in I[0] is out of range: axis 1 of A" in refusal("index_select", A, torch.tensor([-1]), dim=1)
    assert "12 cells" in refusal("take_along_dim", A, torch.tensor([12]))
    assert "indices of int64, and I (1,) is float32" in refusal("index_select", A, torch.tensor([1.0]), dim=1)
    assert "do not line up" in refusal("where", torch.ones(2, dtype=torch.bool), A, A)


def test_whether_an_index_is_in_range_only_the_run_tells() -> None:
    foretold = CATALOG["index_select"].forecast((torch.ones(1), torch.tensor([1])), {"dim": 0})
    assert not isinstance(foretold, tuple)
    assert (foretold.shape, foretold.certain) == ((1,), False)
