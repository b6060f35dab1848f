"""Promotion foretold is torch's own, for every pair of dtypes and the three kinds of operand, in both orders."""

from itertools import product
from typing import Any

import pytest
import torch

from explorer.engine import dtypes
from explorer.errors import OpError
from explorer.numbers.dtype_names import name_of
from explorer.numbers.promotion import (
    PYTHON,
    NumberKind,
    Promotion,
    Rank,
    Rule,
    Term,
    decided,
    foretold,
    promoted,
    taken_for,
)
from explorer.ops import CATALOG
from explorer.ops.calls import quiet

pytestmark = pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")  # once a process, or each time
NUMBERS = [Term(kind, Rank.NUMBER) for kind in PYTHON]
TENSORS = [Term(dtype, rank) for dtype in dtypes() for rank in (Rank.TENSOR, Rank.SCALAR)]
EVERY = [*TENSORS, *NUMBERS]
SOME = [x for x in EVERY if x.type in (torch.bool, torch.uint8, torch.int32, torch.float16, torch.float64, int, float)]


def operand(term: Term) -> Any:
    """A real one, with a value, on the CPU."""
    if term.rank is Rank.NUMBER:
        return term.type(1)
    return torch.zeros((3,) if term.rank is Rank.TENSOR else (), dtype=term.type)


@pytest.mark.parametrize("one", EVERY, ids=lambda t: f"{t.type}-{t.rank.name}")
def test_it_is_what_result_type_says_and_what_add_gives(one: Term) -> None:
    for other in EVERY:
        for a, b in ((one, other), (other, one)):
            found = promoted(a, b)
            x, y = operand(a), operand(b)
            with quiet():
                try:
                    told = torch.result_type(x, y)
                except Exception:
                    told = None
                try:
                    made = torch.add(x, y).dtype
                except Exception:
                    made = None
            assert found.dtype == told
            if made is not None:
                assert found.dtype == made
            if told is None:
                assert made is None
                assert found.refusal
            else:
                consistent(found)


def consistent(found: Promotion) -> None:
    """The rule that is named would lead to this dtype."""
    one, other = found.terms
    dtype = found.dtype
    assert dtype is not None
    assert Term(dtype).number is max(one.number, other.number)
    assert str(found.sentence("+"))
    if found.rule is Rule.KIND:
        assert found.winner is not None
        winner, loser = found.terms[found.winner], found.terms[1 - found.winner]
        assert winner.number > loser.number
        if winner.rank >= loser.rank and winner.rank is not Rank.NUMBER and winner.number is not NumberKind.COMPLEX:
            assert dtype == winner.type
        return
    assert one.number is other.number
    if found.rule is Rule.RANK:
        assert found.winner is not None
        winner, loser = found.terms[found.winner], found.terms[1 - found.winner]
        assert winner.rank > loser.rank
        assert dtype == winner.type
    elif found.rule is Rule.WIDTH:
        assert one.rank is other.rank
        assert dtype == torch.promote_types(one.type, other.type)
    else:
        assert found.rule is Rule.SAME
        assert dtype in (one.type, other.type, torch.get_default_dtype()) or Rank.NUMBER in (one.rank, other.rank)


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div"])
@pytest.mark.parametrize(("one", "other"), list(product(SOME, SOME)))
def test_an_operation_is_foretold_as_it_runs(name: str, one: Term, other: Term) -> None:
    found = foretold(CATALOG[name], one, other)
    try:
        made = CATALOG[name].run([operand(one), operand(other)], {})
    except OpError:
        assert found.dtype is None
        assert found.refusal
        return
    assert isinstance(made, torch.Tensor)
    assert found.dtype == made.dtype


F32, F64, I32 = torch.float32, torch.float64, torch.int32


@pytest.mark.parametrize(
    ("one", "other", "dtype", "rule", "words"),
    [
        (Term(I32), Term(F64, Rank.SCALAR), F64, Rule.KIND, "float beats int"),
        (Term(F32), Term(F64, Rank.SCALAR), F32, Rule.RANK, "a tensor with axes beats a 0-d float64"),
        (Term(F32), Term(F64), F64, Rule.WIDTH, "the wider one holds the other"),
        (Term(torch.float16), Term(torch.bfloat16), F32, Rule.WIDTH, "neither holds the other, and float32 holds both"),
        (Term(torch.uint8), Term(torch.int8), torch.int16, Rule.WIDTH, "int16 holds both"),
        (Term(torch.bool), Term(int, Rank.NUMBER), torch.int64, Rule.KIND, "a Python int comes as int64"),
        (Term(torch.int8), Term(int, Rank.NUMBER), torch.int8, Rule.RANK, "a tensor with axes beats a Python int"),
        (Term(I32), Term(float, Rank.NUMBER), F32, Rule.KIND, "a Python float comes as float32"),
        (Term(torch.float16), Term(complex, Rank.NUMBER), torch.complex32, Rule.KIND, "float16, of higher rank, sets"),
        (Term(F64), Term(torch.complex64), torch.complex128, Rule.KIND, "in the width that holds both"),
        (Term(I32, Rank.SCALAR), Term(torch.int64), torch.int64, Rule.RANK, "axes beats a 0-d int32"),
    ],
)
def test_the_rows_that_surprise(one: Term, other: Term, dtype: torch.dtype, rule: Rule, words: str) -> None:
    for pair in ((one, other), (other, one)):
        found = promoted(*pair)
        assert (found.dtype, found.rule) == (dtype, rule)
        assert words in str(found.sentence("+"))
        assert f"→ {name_of(dtype)}" in str(found.sentence("+"))


def test_a_tensor_of_one_cell_with_axes_is_no_scalar() -> None:
    assert Term.of(torch.ones(1)).rank is Rank.TENSOR
    assert Term.of(torch.ones(())).rank is Rank.SCALAR
    assert Term.of(2.5) == Term(float, Rank.NUMBER)


def test_an_operation_may_ask_for_a_dtype_of_its_own() -> None:
    ints = Term(I32), Term(I32)
    found = foretold(CATALOG["div"], *ints)
    assert (found.dtype, found.rule) == (F32, Rule.OPERATION)
    assert str(found.sentence("+")).endswith("the operation itself asks for float32")
    assert decided(Term(I32), Term(torch.int64), I32, in_place=True).rule is Rule.OPERATION


def test_a_refusal_has_torchs_words() -> None:
    found = promoted(Term(torch.float8_e5m2), Term(F32))
    assert found.dtype is None
    assert "Float8" in found.refusal
    assert str(found.sentence("+")) == "float8_e5m2 + float32: torch has no dtype for the two"


WHOLE = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)


@pytest.mark.parametrize("dtype", WHOLE, ids=name_of)
@pytest.mark.parametrize("number", [0, 1, 127, 128, 255, 256, 300, 2**15, 2**31, -1, -129, -(2**31) - 1, 2**63 - 1])
@pytest.mark.parametrize("name", ["lt", "ge", "eq", "add"])
def test_a_number_is_taken_for_what_torch_takes_it_for(dtype: torch.dtype, number: int, name: str) -> None:
    op, values = CATALOG[name], torch.arange(5, dtype=dtype)
    result = op.forecast([values, number], {})
    told = taken_for([values, number], result.dtype)
    assert told == taken_for([values, torch.tensor(number)], result.dtype)
    read = told.values["read"] if told is not None else number
    assert (told is None) == (torch.iinfo(dtype).min <= number <= torch.iinfo(dtype).max)
    assert torch.equal(op.run([values, number], {}), op.run([values, torch.full((5,), read, dtype=dtype)], {}))


def test_where_the_operation_is_not_reckoned_in_the_dtype_the_number_is_itself() -> None:
    values = torch.arange(3, dtype=torch.uint8)
    assert taken_for([values, 300], torch.float32) is None
    assert taken_for([values, 10**30], torch.bool) is None
    assert taken_for([values.half(), 10**5], torch.float16) is None
