"""What every entry of the catalogue says of itself."""

import pytest
import torch

from explorer.ops import CATALOG, Family, Form, Op
from explorer.ops.calls import OPERATORS
from explorer.ops.parameters import Axis, Choice, Device, DType
from tests.ops.cases import OPS

every_op = pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)


@every_op
def test_an_entry_is_whole(op: Op) -> None:
    assert CATALOG[op.name] is op
    assert op.title
    assert op.title[0].isupper()
    assert op.family in Family
    assert op.depends in ("smooth", "choosing", "step")
    assert op.results
    assert (op.arity == 0) == (op.family is Family.CREATION)
    assert (op.form is Form.OPERATOR) == bool(op.symbol)
    assert not op.symbol or op.symbol in OPERATORS
    assert not op.numbers or (op.arity or 0) >= 2
    assert not op.writes
    assert all(synonym.strip() == synonym and synonym for synonym in op.synonyms)


@every_op
def test_an_entry_names_something_of_torch(op: Op) -> None:
    place: object = torch.Tensor if op.form in (Form.METHOD, Form.PROPERTY) else torch
    for part in (op.function or op.name).split("."):
        place = getattr(place, part)
    assert callable(place) or op.form is Form.PROPERTY


@every_op
def test_parameters_are_found_by_name(op: Op) -> None:
    names = [p.name for p in op.parameters]
    assert len(set(names)) == len(names)
    for kind in op.parameters:
        assert op.parameter(kind.name) is kind
        assert not isinstance(kind, Choice) or kind.options
        assert not isinstance(kind, Axis) or kind.extra in (0, 1)
        assert not isinstance(kind, DType | Device) or not kind.positional
    with pytest.raises(KeyError, match="no_such_parameter"):
        op.parameter("no_such_parameter")


def test_titles_are_told_apart() -> None:
    titles = [op.title for op in OPS]
    assert len(set(titles)) == len(titles)


def test_results_follow_the_arguments() -> None:
    assert CATALOG["max"].results_of({}) == ("out",)
    assert CATALOG["max"].results_of({"dim": 0}) == ("values", "indices")
    values, indices = CATALOG["max"].run((torch.tensor([[1, 5], [7, 2]]),), {"dim": -1})
    assert (values.tolist(), indices.tolist()) == ([5, 7], [1, 0])
    assert type(CATALOG["max"].run((torch.ones(2, 2),), {"dim": 0})) is tuple


def test_the_fixed_names_are_there() -> None:
    names = "add sub mul div matmul mm dot sum mean prod max min amax amin linalg.vector_norm"
    assert set(CATALOG) >= {*names.split(), *["T", "mT", "transpose", "permute", "reshape", "cat", "stack"]}
