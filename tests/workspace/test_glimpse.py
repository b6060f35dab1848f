"""A glimpse says what the creation then gives."""

import pytest
import torch

from explorer.errors import OpError
from explorer.workspace.creation import Creation
from explorer.workspace.glimpse import FEW, glimpse

CREATIONS = [
    Creation("zeros", {"size": (3, 4)}),
    Creation("full", {"size": (2,), "fill_value": 1 + 2j}),
    Creation("arange", {"end": 12}, shape=(3, 4)),
    Creation("linspace", {"start": 0, "end": 1, "steps": 6}, torch.float64, shape=(2, 3)),
    Creation("eye", {"n": 3, "m": 2}),
    Creation("randint", {"low": 0, "high": 9, "size": (2, 2)}, seed=5),
    Creation.typed(torch.tensor([[1, 2]], dtype=torch.uint8)),
    Creation("ones", {"size": (0, 3)}),
    Creation("zeros", {"size": ()}),
]


@pytest.mark.parametrize("creation", CREATIONS, ids=lambda c: c.op)
def test_it_is_what_is_made(creation):
    seen, made = glimpse(creation), creation.make()
    assert seen.forecast.shape == tuple(made.shape)
    assert seen.forecast.dtype == made.dtype
    assert seen.forecast.nbytes == made.numel() * made.element_size()
    assert torch.equal(seen.values, made)
    again = eval(seen.source, {"torch": torch})
    assert torch.equal(again, made)
    assert again.dtype == made.dtype


def test_many_values_are_not_made():
    assert glimpse(Creation("zeros", {"size": (FEW + 1,)})).values is None
    seen = glimpse(Creation("zeros", {"size": (10**6, 10**6)}))
    assert seen.forecast.nbytes == 4 * 10**12
    assert seen.values is None


def test_meta_has_no_values_and_takes_no_memory():
    seen = glimpse(Creation("empty", {"size": (2, 3)}, torch.float32, "meta"))
    assert seen.values is None
    assert seen.forecast.nbytes == 0
    assert seen.forecast.device == "meta"


@pytest.mark.parametrize(
    "creation",
    [
        Creation("rand", {"size": (2,)}, torch.int32),
        Creation("arange", {"start": 0, "end": 1, "step": 0}),
        Creation("zeros", {"size": (10**12, 10**12)}),
    ],
    ids=lambda c: c.op,
)
def test_a_refusal_names_the_fill_and_keeps_torchs_words(creation):
    with pytest.raises(OpError) as caught:
        glimpse(creation)
    assert creation.op in str(caught.value.message)
    assert caught.value.detail
