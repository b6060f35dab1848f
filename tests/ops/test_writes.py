"""Operations that write: in-place forms, fills and assignments by index, against plain torch; and reading by index."""

import copy
import math
from typing import Any

import hypothesis
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import OpError
from explorer.ops import CATALOG, OPERATIONS, WRITES, Op, counterpart
from explorer.ops.forecasts import Forecast
from explorer.ops.parameters import At
from tests.ops.cases import LAYOUTS, Case, cases, filled, looked, same, shapes, torch_may_warn

pytestmark = pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")  # once a process, or each time
FORMS = tuple(op for op in WRITES.values() if op.name != "__setitem__")
INDEXED = (OPERATIONS["__getitem__"], OPERATIONS["__setitem__"])
every_form = pytest.mark.parametrize("op", FORMS, ids=lambda op: op.name)
X = torch.arange(6.0)
DTYPES = (torch.float32, torch.int64, torch.bool, torch.float64, torch.uint8)


@st.composite
def keys(draw: st.DrawFn, shape: tuple[int, ...]) -> tuple[tuple[Any, ...], tuple[torch.Tensor, ...]]:
    """A key for a tensor of `shape`, mostly one that fits, with the tensors that it names."""
    parts: list[Any] = []
    chosen: list[torch.Tensor] = []
    axis = 0
    while axis < len(shape) and draw(st.integers(0, 4)):
        n = shape[axis]
        kind = draw(st.sampled_from(("int", "slice", "slice", "all", "list", "flags", "none", "mask", "index", "wide")))
        if kind == "none":
            parts.append(None)
            continue
        if kind == "int":
            parts.append(draw(st.integers(-n - 1, n)))
        elif kind == "all":
            parts.append(slice(None))
        elif kind == "slice":
            ends = st.one_of(st.none(), st.integers(-n - 1, n + 1))
            parts.append(slice(draw(ends), draw(ends), draw(st.sampled_from((None, 1, 2, 3)))))
        elif kind == "flags":
            parts.append(draw(st.lists(st.booleans(), min_size=n, max_size=n)))
        elif kind == "list":
            parts.append(draw(st.lists(st.integers(-n, max(n - 1, 0)), min_size=1, max_size=3)))
        else:
            wide = 2 if kind == "wide" and axis + 1 < len(shape) else 1
            if kind == "index":
                one = torch.tensor(draw(st.lists(st.integers(-n, max(n - 1, 0)), min_size=1, max_size=3)))
            else:
                one = filled(shape[axis : axis + wide], torch.bool, "contiguous", draw(st.integers(0, 99)))
            chosen.append(one)
            parts.append(At(len(chosen)))
            axis += one.ndim - 1 if one.dtype is torch.bool else 0
        axis += 1
    if draw(st.booleans()):
        parts.insert(draw(st.integers(0, len(parts))), Ellipsis)
    return tuple(parts), tuple(chosen)


@st.composite
def indexed(draw: st.DrawFn, op: Op) -> Case:
    """A read, or a write of a number, of a value that fits, or of one that does not."""
    shape = draw(shapes())
    key, chosen = draw(keys(shape))
    target = filled(shape, draw(st.sampled_from(DTYPES)), draw(st.sampled_from(LAYOUTS)), draw(st.integers(0, 99)))
    if not op.writes:
        return Case(op, (target, *chosen), {"key": key})
    key = tuple(At(part.operand + 1) if isinstance(part, At) else part for part in key)
    value: Any = draw(st.sampled_from((9, 0.5, True)))
    if draw(st.booleans()):
        value = filled(draw(shapes(most=2)), draw(st.sampled_from(DTYPES)), "contiguous", draw(st.integers(0, 99)))
    return Case(op, (target, value, *chosen), {"key": key})


def fresh(case: Case) -> Case:
    """The same call on tensors of the same looks in memory of their own (shared where they share)."""
    return Case(case.op, copy.deepcopy(case.operands), case.arguments)


def in_plain_torch(case: Case) -> torch.Tensor:
    """What the printed line does to the first operand, or gives."""
    variables = {"torch": torch, **case.variables}
    line = case.op.source(case.names, case.arguments)
    with torch_may_warn():
        if not case.op.writes:
            return eval(line, variables)
        exec(line, variables)  # noqa: S102 - plain Python is the yardstick
    return variables[case.names[0]]


def check(case: Case) -> None:
    """Line, run and forecast agree: in what comes out, or in that nothing does, and then nothing has changed."""
    mine, plain, before = fresh(case), fresh(case), fresh(case)
    foretold: Forecast | OpError
    try:
        foretold = case.op.forecast(mine.operands, mine.arguments)  # type: ignore[assignment]
    except OpError as refusal:
        foretold = refusal
    for a, b in zip(mine.tensors, before.tensors, strict=True):
        assert same(a, b)  # a forecast writes nothing
    try:
        (result,) = mine.results()
    except OpError:
        assert isinstance(foretold, OpError) or not foretold.certain
        resized = case.op.writes and all(x.is_meta for x in case.tensors)  # what meta does where others refuse
        if len({x.is_meta for x in case.tensors}) < 2 and not resized:
            with pytest.raises(Exception):  # noqa: B017 - whatever torch raises
                in_plain_torch(plain)
        return
    assert isinstance(foretold, Forecast), foretold
    assert (foretold.shape, foretold.dtype) == (tuple(result.shape), result.dtype)
    assert same(result, in_plain_torch(plain))
    if case.op.writes:
        assert result is mine.operands[0]
        assert foretold.nbytes == 0
    else:
        shares = result.untyped_storage()._cdata == mine.operands[0].untyped_storage()._cdata
        assert (foretold.nbytes == 0) == (shares or result.numel() == 0)


@every_form
@given(data=st.data())
@looked(25)
def test_a_form_does_what_its_line_does(op: Op, data: st.DataObject) -> None:
    case = data.draw(cases(op))
    hypothesis.assume(isinstance(case.operands[0], torch.Tensor))
    check(case)


@pytest.mark.parametrize("op", INDEXED, ids=lambda op: op.name)
@given(data=st.data())
@looked(250)
def test_an_index_does_what_its_line_does(op: Op, data: st.DataObject) -> None:
    check(data.draw(indexed(op)))


@pytest.mark.parametrize("op", INDEXED, ids=lambda op: op.name)
@given(data=st.data())
@looked(120)
def test_provenance_of_an_index_tells_where_cells_come_from(op: Op, data: st.DataObject) -> None:
    case = data.draw(indexed(op))
    chosen = op.choosers(len(case.operands))
    case = Case(op, tuple(x.float() if k < 2 and isinstance(x, torch.Tensor) and k not in chosen else x
                          for k, x in enumerate(case.operands)), case.arguments)  # fmt: skip
    hypothesis.assume(fresh(case).runs())
    relation = op.trace(case.operands, case.arguments)
    mine = fresh(case)
    (result,) = mine.results()
    assert relation.shapes == (tuple(result.shape),)
    for cell in [tuple(c) for c in torch.ones(result.shape).nonzero().tolist()]:
        ((k, source),) = relation.sources(cell)
        value = case.operands[k]
        expected = torch.as_tensor(value)[source] if isinstance(value, torch.Tensor) else torch.tensor(value)
        assert torch.allclose(result[cell].double(), expected.double(), equal_nan=True)
        assert (0, cell) in relation.targets(k, source)


def test_an_in_place_form_is_there_where_torch_has_one() -> None:
    for op in CATALOG.values():
        name = op.function or op.name
        there = "." not in name and hasattr(torch.Tensor, f"{name}_") and op.operands and not op.operands[0].many
        assert op.in_place == bool(there), op.name
        assert (counterpart(op) is not None) == op.in_place
    for op in WRITES.values():
        assert op.writes
        pure = counterpart(op)
        assert pure is None or counterpart(pure) is op


def test_a_large_mask_and_far_cells_are_foretold_without_the_tensor() -> None:
    large = torch.zeros(1, 1).expand(50_000, 50_000)
    found = OPERATIONS["__getitem__"].forecast((large,), {"key": (slice(2, 9), 5)})
    assert isinstance(found, Forecast)
    assert found.shape == (7,)


@pytest.mark.parametrize("dtype", [torch.bool, torch.uint8])
def test_a_large_mask_is_counted_not_listed(monkeypatch: pytest.MonkeyPatch, dtype: torch.dtype) -> None:
    from explorer.ops import forecasts

    monkeypatch.setattr(forecasts, "LISTED", 5)
    x, mask = torch.arange(24).reshape(2, 3, 4), torch.tensor([[True, False, True], [False, False, True]]).to(dtype)
    key: tuple[Any, ...]
    for key in ((At(1),), (At(1), slice(1, 3)), (None, At(1), 0), (At(1), ...)):
        with torch_may_warn():
            made = OPERATIONS["__getitem__"].run((x, mask), {"key": key})
            found = OPERATIONS["__getitem__"].forecast((x, mask), {"key": key})
        assert isinstance(made, torch.Tensor)
        assert isinstance(found, Forecast)
        assert (found.shape, found.nbytes) == (tuple(made.shape), made.nbytes)
    for values, fits in ((torch.ones(3, 4), True), (torch.ones(2, 4), False), (torch.ones(3, 1), True)):
        try:
            with torch_may_warn():
                OPERATIONS["__setitem__"].forecast((x.float(), values, mask), {"key": (At(2),)})
        except OpError:
            assert not fits
        else:
            assert fits
    with pytest.raises(OpError) as refusal, torch_may_warn():
        OPERATIONS["__getitem__"].forecast((x, mask.T), {"key": (At(1),)})
    assert "shape of the mask" in refusal.value.detail


def test_what_only_meta_takes_is_not_followed() -> None:
    shape_only = torch.ones(2, device="meta")
    made = OPERATIONS["masked_fill_"].run((shape_only, shape_only, 0), {})
    assert isinstance(made, torch.Tensor)
    with pytest.raises(OpError) as refusal:
        OPERATIONS["masked_fill_"].trace((shape_only, shape_only, 0), {})
    assert "boolean masks" in refusal.value.detail


@pytest.mark.parametrize(
    ("name", "operands", "arguments", "words"),
    [
        ("__getitem__", (torch.ones(3, 4),), {"key": (7,)}, "There is no index 7 on axis 0 of A (3, 4)"),
        ("__getitem__", (torch.ones(3),), {"key": (1, 2)}, "names 2 axes, and A (3,) has 1"),
        ("__getitem__", (torch.ones(3),), {"key": (slice(None, None, -1),)}, "no negative steps"),
        ("__getitem__", (torch.ones(3),), {"key": ([[1], [2, 3]],)}, "[[[1], [2, 3]]] does not fit A (3,)"),
        ("__getitem__", (torch.ones(3),), {"key": ([2**63],)}, "no index 9223372036854775808 on axis 0 of A (3,)"),
        ("__getitem__", (torch.ones(3, 4),), {"key": (slice(None), [0, -5])}, "There is no index -5 on axis 1"),
        ("__getitem__", (torch.ones(3, 0),), {"key": (0, 0)}, "Axis 1 of A (3, 0) has length 0"),
        ("__getitem__", (torch.ones(3),), {"key": (slice(None, None, 0),)}, "A step of 0 leads nowhere in A (3,)"),
        ("__getitem__", (torch.ones(3),), {"key": ([True, False],)}, "[[True, False]] does not fit A (3,)"),
        ("__setitem__", (torch.ones(3, 4), torch.ones(3)), {"key": (1,)}, "chooses (4,) of A, and B (3,) does not"),
        ("__setitem__", (X, X[:-1]), {"key": (slice(1, None),)}, "What is read overlaps in memory"),
        ("__setitem__", (torch.ones(3, dtype=torch.uint8), 300), {"key": (0,)}, "uint8, which has no value B"),
        ("__setitem__", (torch.ones(3, dtype=torch.int64), math.nan), {"key": (0,)}, "int64, which has no value B"),
        ("add_", (torch.ones(3), torch.ones(2, 3)), {}, "In place A (3,) keeps its shape"),
        ("add_", (torch.ones(3, dtype=torch.int32), 0.5), {}, "In place A keeps its dtype int32"),
        ("div_", (torch.ones(3, dtype=torch.int32), 2), {}, "convert A first, or use /"),
        ("add_", (torch.ones(1).expand(3), 1), {}, "take A.clone() first"),
        ("fill_", (torch.empty(0, dtype=torch.uint1), 1), {}, "fill_ does not work for (0,) uint1"),
    ],
)
def test_refusals_say_why(name: str, operands: tuple[Any, ...], arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(OpError) as refusal:
        OPERATIONS[name].forecast(operands, arguments)
    assert words in str(refusal.value.named(("A", "B")).message)
    assert refusal.value.detail


def test_what_is_written_to_is_not_resized_on_meta_either() -> None:
    """As torch does there, by a fault, for comparisons."""
    target, other = torch.ones(2, device="meta"), torch.ones(3, 2, device="meta")
    for name in ("gt_", "add_"):
        with pytest.raises(OpError, match=name):
            OPERATIONS[name].run((target, other), {})
        with pytest.raises(OpError):
            OPERATIONS[name].forecast((target, other), {})


def test_an_entry_says_what_torch_does_in_place() -> None:
    """Whether it changes values, or only how they lie in memory."""
    for op in WRITES.values():
        packet = getattr(torch.ops.aten, op.called, None)
        if packet is not None:
            tags = [getattr(packet, overload).tags for overload in packet.overloads()]
            assert op.relayouts == any(torch.Tag.inplace_view in found for found in tags), op.name
