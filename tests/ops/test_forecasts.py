"""A forecast tells what a run gives, and refuses what a run refuses, without computing a value."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, note
from hypothesis import strategies as st

from explorer.errors import OpError
from explorer.ops import CATALOG, OPERATIONS, Forecast, Op
from tests.ops.cases import OPS, Case, accepted, cases, looked


def forecast(case: Case) -> tuple[Forecast, ...]:
    found = case.op.forecast(case.operands, case.arguments)
    return found if isinstance(found, tuple) else (found,)


def outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except OpError as refusal:
        return refusal


def new_bytes(case: Case, result: torch.Tensor) -> int:
    """Bytes of the memory that `result` stands in, 0 where an operand stands there too."""
    held = {x.untyped_storage()._cdata for x in case.tensors}
    return 0 if result.untyped_storage()._cdata in held else result.untyped_storage().nbytes()


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
@given(data=st.data())
@looked(26)
def test_a_forecast_tells_what_a_run_gives(op: Op, data: st.DataObject) -> None:
    case = data.draw(cases(op))
    foretold, results = outcome(lambda: forecast(case)), outcome(case.results)
    if isinstance(results, OpError):
        certain = not isinstance(foretold, OpError) and all(f.certain for f in foretold)
        assert not certain, f"refused, though foretold {foretold}: {results}"
        return
    assert not isinstance(foretold, OpError), f"it runs, though foretold: {foretold}"
    assert len(foretold) == len(results)
    for ahead, result in zip(foretold, results, strict=True):
        note(f"{ahead} {result}")
        assert ahead.dtype == result.dtype
        assert ahead.device == str(result.device)
        assert len(ahead.shape) == result.ndim
        assert all(n is None or n == m for n, m in zip(ahead.shape, result.shape, strict=True))
        assert ahead.nbytes is None or ahead.nbytes == new_bytes(case, result)


@pytest.mark.parametrize("op", [op for op in OPS if op.arity != 0], ids=lambda op: op.name)
@given(data=st.data())
@looked(10)
def test_what_runs_on_meta_is_foretold_alike_on_the_cpu(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op))
    far = Case(op, tuple(x.to("meta") for x in case.tensors), case.arguments)
    if case.arguments.get("device"):
        return
    if not far.runs():  # the inf norm of no lines, on meta only
        with pytest.raises(OpError):
            forecast(far)
        return
    for here, there in zip(forecast(case), forecast(far), strict=True):
        assert (here.shape, here.dtype) == (there.shape, there.dtype)
        assert there.device == "meta"


def test_nothing_is_computed_for_a_tensor_larger_than_memory() -> None:
    big = torch.zeros(1, dtype=torch.float64).expand(10**6, 10**6)
    assert forecast(Case(CATALOG["exp"], (big,), {})) == (Forecast((10**6, 10**6), torch.float64, 8 * 10**12),)
    assert forecast(Case(CATALOG["sum"], (big,), {"dim": 0})) == (Forecast((10**6,), torch.float64, 8 * 10**6),)
    assert forecast(Case(CATALOG["T"], (big,), {})) == (Forecast((10**6, 10**6), torch.float64, 0),)
    assert forecast(Case(CATALOG["cat"], (big, big), {})) == (Forecast((2 * 10**6, 10**6), torch.float64, 16 * 10**12),)
    assert forecast(Case(CATALOG["reshape"], (big,), {"shape": (-1,)}))[0].shape == (10**12,)


def test_division_by_zero_of_whole_numbers_is_left_to_the_data() -> None:
    op, whole, rounded = CATALOG["div"], torch.ones(2, dtype=torch.int64), {"rounding_mode": "floor"}
    assert not forecast(Case(op, (whole, whole), rounded))[0].certain
    assert forecast(Case(op, (whole, whole), {}))[0].certain
    assert forecast(Case(op, (whole, whole.double()), rounded))[0].certain
    with pytest.raises(OpError):
        op.run((whole, whole * 0), rounded)


def test_neither_forecast_nor_trace_warns() -> None:
    cube = torch.ones(2, 3, 4)
    assert forecast(Case(CATALOG["T"], (cube,), {}))[0].shape == (4, 3, 2)
    assert CATALOG["T"].trace((cube,), {}).shapes == ((4, 3, 2),)
    torch.set_warn_always(True)
    try:
        with pytest.warns(UserWarning, match="deprecated"):
            CATALOG["T"].run((cube,), {})
    finally:
        torch.set_warn_always(False)


def test_a_forecast_uses_up_no_random_numbers() -> None:
    before = torch.get_rng_state()
    for name in ("rand", "randn"):
        forecast(Case(CATALOG[name], (), {"size": (2, 3)}))
    assert torch.equal(before, torch.get_rng_state())


def test_a_large_fill_is_foretold_by_a_small_one() -> None:
    huge = (10**6, 10**6)
    assert forecast(Case(CATALOG["zeros"], (), {"size": huge}))[0].nbytes == 4 * 10**12
    assert forecast(Case(CATALOG["eye"], (), {"n": 10**6}))[0].shape == huge
    assert forecast(Case(CATALOG["arange"], (), {"end": 10**12, "dtype": torch.int64}))[0].shape == (10**12,)
    with pytest.raises(OpError):
        forecast(Case(CATALOG["rand"], (), {"size": huge, "dtype": torch.bool}))


def test_cells_far_apart_need_no_large_stand_in() -> None:
    column = torch.zeros(1, dtype=torch.int64).expand(10**6, 10**6)[::500_000, 0]
    far = torch.empty_strided((2,), (10**11,), dtype=torch.int64, device="meta")
    for x in (column, far):
        with pytest.raises(OpError):
            forecast(Case(CATALOG["mean"], (x,), {}))


@given(st.integers(0, 40), st.integers(-2, 45), st.sampled_from([op for op in OPS if hasattr(op, "parts")]))
def test_parts_are_counted_as_torch_makes_them(length: int, number: int, op: Op) -> None:
    arguments = {p.name: number for p in op.parameters if p.name != "dim"}
    made = outcome(lambda: op.run((torch.zeros(length),), arguments))
    if isinstance(made, OpError):
        return
    try:
        assert len(made) == op.parts(length, arguments) or length == 0
    except ZeroDivisionError:
        assert length == 0


@pytest.mark.parametrize(
    ("name", "arguments"), [("unbind", {}), ("split", {"split_size": 1}), ("chunk", {"chunks": 10**8})]
)
def test_more_parts_than_anyone_could_name_are_refused_before_they_are_made(
    name: str, arguments: dict[str, int]
) -> None:
    """A million views take half a minute and a gigabyte, and there are operands of 10^8 cells."""
    long = torch.zeros(1).expand(10**8)
    for asked in (OPERATIONS[name].forecast, OPERATIONS[name].run):
        with pytest.raises(OpError, match="gives 100000000 tensors, more than the 1024"):
            asked((long,), arguments)
