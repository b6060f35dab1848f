"""Labels of einsum, what is added to a product, and indices that say where cells are put."""

import pytest
import torch

from explorer.errors import OpError
from explorer.ops import CATALOG

A, Q = torch.arange(12.0).reshape(3, 4), torch.arange(9.0).reshape(3, 3)


def sources(equation: str, *operands: torch.Tensor) -> list[tuple[int, tuple[int, ...]]]:
    relation = CATALOG["einsum"].trace(operands, {"equation": equation})
    return relation.sources((0,) * len(relation.shapes[0]))


def test_a_label_that_stands_twice_walks_the_diagonal() -> None:
    assert sources("ii->", Q) == [(0, (0, 0)), (0, (1, 1)), (0, (2, 2))]
    assert sources("ii->i", Q) == [(0, (0, 0))]
    relation = CATALOG["einsum"].trace((Q,), {"equation": "ii->"})
    assert relation.targets(0, (1, 1)) == [(0, ())]
    assert relation.targets(0, (0, 1)) == []
    assert relation.region(()).count == 3


def test_terms_run_over_the_labels_of_all_operands_together() -> None:
    found = sources("ij,jk,ik->i", Q, Q, Q)
    assert len(found) == 3 * 9
    assert found[:6] == [(0, (0, 0)), (1, (0, 0)), (2, (0, 0)), (0, (0, 0)), (1, (0, 1)), (2, (0, 1))]


def test_what_only_one_operand_has_names_the_cells_of_the_other_again() -> None:
    assert sources("ij,k->i", A[:, :1], torch.ones(2)) == [(0, (0, 0)), (1, (0,)), (0, (0, 0)), (1, (1,))]


@pytest.mark.parametrize(("equation", "operands", "said"), [
    ("ij,jk->ik", (A, Q), "j is 4 long in A (3, 4) and 3 in B (3, 3)"),
    ("ij,jk", (A,), "is for so many operands: 2, and there are 1"),
    ("i", (A,), "has 1 letters (i) for A (3, 4); name each of its 2 axes by one"),
    ("ij->k", (A,), "the result has k, which no operand has"),
    ("ij->ii", (A,), "the result names i twice"),
    ("i1", (A,), "1 is none"),
])  # fmt: skip
def test_an_equation_that_does_not_fit_is_told_why(
    equation: str, operands: tuple[torch.Tensor, ...], said: str
) -> None:
    with pytest.raises(OpError) as error:
        CATALOG["einsum"].forecast(operands, {"equation": equation})
    assert said in str(error.value.message)


def test_calls_are_written_as_torch_has_them() -> None:
    def line(name: str, names: tuple[str | None, ...], **arguments: object) -> str:
        return CATALOG[name].source(names, arguments)

    assert line("einsum", ("A", "B"), equation="ij,jk->ik") == "torch.einsum('ij,jk->ik', A, B)"
    assert line("index_put", ("A", "I", "J", "V"), accumulate=True) == "A.index_put((I, J), V, accumulate=True)"
    assert line("index_put", ("A", "I", "V")) == "A.index_put((I,), V)"
    assert line("scatter", ("A", "I", "9"), dim=0) == "A.scatter(0, I, 9)"
    assert line("meshgrid", ("A", "B"), indexing="xy") == "torch.meshgrid(A, B, indexing='xy')"
    assert line("clamp", ("A", None, "6")) == "A.clamp(max=6)"
    assert line("nn.functional.linear", ("A", "W", None)) == "torch.nn.functional.linear(A, W)"
    norm = line("nn.functional.layer_norm", ("A", None, "b"), normalized_shape=(4,))
    assert norm == "torch.nn.functional.layer_norm(A, (4,), bias=b)"


def test_what_is_put_twice_on_a_cell_is_added_where_that_is_asked_for() -> None:
    index, values = torch.tensor([1, 1]), torch.tensor([10.0, 20.0])
    put = CATALOG["index_put"]
    assert put.trace((A[0], index, values), {}).sources((1,)) == [(2, (1,))]
    assert put.trace((A[0], index, values), {"accumulate": True}).sources((1,)) == [(0, (1,)), (2, (0,)), (2, (1,))]


def test_what_is_taken_0_times_is_no_source() -> None:
    operands = (torch.ones(2), A, torch.ones(4, 2))
    kinds = [{k for k, _ in CATALOG["addmm"].trace(operands, more).sources((0, 0))} for more in ({}, {"beta": 0})]
    assert kinds == [{0, 1, 2}, {1, 2}]
