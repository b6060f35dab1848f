"""The line of Python that an operation prints does what the operation did."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import OpError
from explorer.ops import CATALOG, Op
from explorer.ops.calls import name_of_number
from tests.ops.cases import OPS, UNKNOWN_VALUES, Case, cases, looked, same, torch_may_warn


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
@given(data=st.data())
@looked(18)
def test_the_source_gives_the_result(op: Op, data: st.DataObject) -> None:
    case = data.draw(cases(op))
    line = case.op.source(case.names, case.arguments)
    try:
        results = case.results()
    except OpError:
        if len({x.is_meta for x in case.tensors}) == 2:
            return  # refused by us too where torch answers with memory as it is found
        with torch_may_warn(), pytest.raises(Exception):  # noqa: B017 - whatever torch raises
            _check_tensor(_evaluated(line, case))
        return
    with torch_may_warn():
        again = _evaluated(line, case)
    again = tuple(again) if isinstance(again, tuple) else (again,)
    foretold = op.forecast(case.operands, case.arguments) if op.divides else op.results_of(case.arguments)
    assert isinstance(foretold, tuple)
    assert len(again) == len(results) == len(foretold), line
    for a, b in zip(results, again, strict=True):
        if op.name in UNKNOWN_VALUES:
            a, b = a.to("meta"), b.to("meta")
        assert same(a, b), f"{line}\n{a}\n{b}"


def _evaluated(line: str, case: Case) -> object:
    return eval(line, {"torch": torch}, case.variables)


def _check_tensor(value: object) -> None:
    if not isinstance(value, torch.Tensor):
        raise TypeError("two numbers give a number")


def test_sources_read_as_people_write_them() -> None:
    def line(name: str, names: tuple[str, ...], **arguments: object) -> str:
        return CATALOG[name].source(names, arguments)

    assert line("sum", ("A",)) == "A.sum()"
    assert line("sum", ("A",), dim=0) == "A.sum(dim=0)"
    assert line("sum", ("A",), dim=(0, 1), keepdim=True) == "A.sum(dim=(0, 1), keepdim=True)"
    assert line("sum", ("A",), dim=None, keepdim=False) == "A.sum()"
    assert line("matmul", ("A", "B")) == "A @ B"
    assert line("cat", ("A", "B", "A"), dim=1) == "torch.cat([A, B, A], dim=1)"
    assert line("T", ("A",)) == "A.T"
    assert line("reshape", ("A",), shape=(2, -1)) == "A.reshape(2, -1)"
    assert line("to", ("A",), dtype=torch.float32) == "A.to(dtype=torch.float32)"
    assert line("to", ("A",), device="cuda:0") == "A.to(device='cuda:0')"
    assert line("full", (), size=(2,), fill_value=math.inf) == 'torch.full((2,), float("inf"))'
    assert line("mul", ("A", name_of_number(-2))) == "A * (-2)"
    assert line("div", ("A", "B"), rounding_mode="floor") == "torch.div(A, B, rounding_mode='floor')"
    assert line("zeros", (), size=(2, 4), dtype=torch.int32) == "torch.zeros((2, 4), dtype=torch.int32)"


def test_what_is_given_stays_though_python_calls_it_false() -> None:
    assert not CATALOG["full"].run((), {"size": (2,), "fill_value": False}).any()
    assert CATALOG["tensor"].run((), {"data": False}).dtype is torch.bool
    assert CATALOG["tensor"].run((), {"data": 0}).dtype is torch.int64


def test_two_numbers_are_no_tensors() -> None:
    for call in (CATALOG["add"].run, CATALOG["add"].forecast):
        with pytest.raises(OpError):
            call((1, 2), {})


def test_an_unknown_argument_is_refused() -> None:
    with pytest.raises(OpError, match="axis"):
        CATALOG["sum"].run((torch.ones(2),), {"axis": 0})


def test_what_torch_takes_anyway_is_not_written() -> None:
    names = ["A"]
    assert CATALOG["flatten"].source(names, {"start_dim": 0, "end_dim": -1}) == "A.flatten()"
    assert CATALOG["flatten"].source(names, {"start_dim": 1, "end_dim": -1}) == "A.flatten(start_dim=1)"
    assert CATALOG["tril"].source(names, {"diagonal": 0}) == "A.tril()"
    assert CATALOG["diagonal"].source(names, {"offset": -1, "dim1": 0, "dim2": 1}) == "A.diagonal(offset=-1)"
    assert CATALOG["roll"].source(names, {"shifts": 1, "dims": 0}) == "A.roll(1, dims=0)"


def test_no_parts_are_no_result() -> None:
    with pytest.raises(OpError):
        CATALOG["unbind"].run((torch.zeros(0, 3),), {})
    with pytest.raises(OpError):
        CATALOG["unbind"].forecast((torch.zeros(0, 3),), {})
