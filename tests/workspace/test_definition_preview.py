"""A glimpse says what the creation then gives."""

import pytest
import torch

from explorer.errors import OpError
from explorer.workspace.definition import Definition
from explorer.workspace.definition_preview import FEW, preview

CREATIONS = [
    Definition("zeros", {"size": (3, 4)}),
    Definition("full", {"size": (2,), "fill_value": 1 + 2j}),
    Definition("arange", {"end": 12}, shape=(3, 4)),
    Definition("linspace", {"start": 0, "end": 1, "steps": 6}, torch.float64, shape=(2, 3)),
    Definition("eye", {"n": 3, "m": 2}),
    Definition("randint", {"low": 0, "high": 9, "size": (2, 2)}, seed=5),
    Definition.typed(torch.tensor([[1, 2]], dtype=torch.uint8)),
    Definition("ones", {"size": (0, 3)}),
    Definition("zeros", {"size": ()}),
]


@pytest.mark.parametrize("creation", CREATIONS, ids=lambda c: c.op)
def test_it_is_what_is_made(creation):
    seen, made = preview(creation), creation.make()
    assert seen.forecast.shape == tuple(made.shape)
    assert seen.forecast.dtype == made.dtype
    assert seen.forecast.nbytes == made.numel() * made.element_size()
    assert torch.equal(seen.values, made)
    again = eval(seen.source, {"torch": torch})
    assert torch.equal(again, made)
    assert again.dtype == made.dtype


def test_many_values_are_not_made():
    assert preview(Definition("zeros", {"size": (FEW + 1,)})).values is None
    seen = preview(Definition("zeros", {"size": (10**6, 10**6)}))
    assert seen.forecast.nbytes == 4 * 10**12
    assert seen.values is None


def test_meta_has_no_values_and_takes_no_memory():
    seen = preview(Definition("empty", {"size": (2, 3)}, torch.float32, "meta"))
    assert seen.values is None
    assert seen.forecast.nbytes == 0
    assert seen.forecast.device == "meta"


@pytest.mark.parametrize(
    "creation",
    [
        Definition("rand", {"size": (2,)}, torch.int32),
        Definition("arange", {"start": 0, "end": 1, "step": 0}),
        Definition("zeros", {"size": (10**12, 10**12)}),
    ],
    ids=lambda c: c.op,
)
def test_a_refusal_names_the_fill_and_keeps_torchs_words(creation):
    with pytest.raises(OpError) as caught:
        preview(creation)
    assert creation.op in str(caught.value.message)
    assert caught.value.detail
