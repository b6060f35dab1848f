"""What is given to the window from Python: all that can be shown is, and the rest says what it is."""

from typing import Any

import pytest
import torch

from explorer.session.samples import shelved
from explorer.workspace import Workspace


def shown(**given: Any) -> tuple[dict[str, list[Any]], list[str]]:
    workspace, refusals = shelved(Workspace(), given)
    return {item.name: item.tensor().tolist() for item in workspace.items}, [str(r.message) for r in refusals]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ([torch.ones(2), torch.ones(3)], {"A_0": [1, 1], "A_1": [1, 1, 1]}),
        ([torch.ones(2), torch.ones(2)], {"A_0": [1, 1], "A_1": [1, 1]}),
        ((torch.ones(1, 2),), {"A_0": [[1, 1]]}),
        ({"model.0.weight": torch.ones(2), "bias": torch.zeros(1)}, {"weight": [1, 1], "bias": [0]}),
        ([{"w": torch.ones(1)}, {"w": torch.zeros(1)}], {"w": [1], "w1": [0]}),
        ({"layers": [torch.ones(1), torch.ones(2)]}, {"layers_0": [1], "layers_1": [1, 1]}),
        ([1, 2.5], {"A": [1, 2.5]}),
        ([torch.tensor(1), torch.tensor(2)], {"A": [1, 2]}),
    ],
)
def test_tensors_in_lists_and_dicts_stand_there_one_by_one(given: Any, names: dict[str, list[Any]]) -> None:
    assert shown(A=given) == (names, [])


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
def test_a_nested_tensor_stands_there_by_its_parts() -> None:
    nested = torch.nested.nested_tensor([torch.ones(1), torch.ones(2)])
    assert shown(A=nested, B=torch.ones(1)) == ({"A_0": [1], "A_1": [1, 1], "B": [1]}, [])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda: torch.quantize_per_tensor(torch.ones(2), 0.1, 10, torch.quint8), "quantized"),
        (
            lambda: torch.quantize_per_channel(torch.ones(2, 2), torch.ones(2), torch.zeros(2), 0, torch.qint8),
            "dequantize",
        ),
        (lambda: torch.eye(2).to_sparse(), "sparse_coo"),
        (lambda: torch.eye(2).to_sparse_csr(), "to_dense()"),
        (lambda: torch.eye(2).to_mkldnn(), "_mkldnn"),
    ],
)
def test_what_has_no_cell_for_each_value_says_what_it_is(given: Any, words: str) -> None:
    there, refusals = shown(A=given(), B=torch.ones(1))
    assert there == {"B": [1]}
    (said,) = refusals
    assert said.startswith("A cannot be shown")
    assert words in said


@pytest.mark.parametrize("given", [object(), "text", [torch.ones(2), "text"], {"a": None}])
def test_what_is_no_tensor_is_refused_alone(given: Any) -> None:
    there, refusals = shown(A=given, B=torch.ones(1))
    assert there["B"] == [1]
    assert len(refusals) == 1
    assert "INTERNAL" not in refusals[0]
    assert "issue" not in refusals[0]
