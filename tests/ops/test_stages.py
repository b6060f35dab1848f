"""What is drawn, stage after stage, ends in torch's result and tells the same relation as the whole."""

from typing import Any

import pytest
import torch
from hypothesis import given, note
from hypothesis import strategies as st

from explorer.ops import CATALOG, Act, Family, Op
from explorer.ops.along import LayerNorm
from tests.ops.cases import OPS, Case, accepted, cases, cells_of, looked, small, torch_may_warn

every_op = pytest.mark.parametrize("op", [op for op in OPS if op.arity != 0], ids=lambda op: op.name)


def played(case: Case) -> list[tuple[Act, list[torch.Tensor], torch.Tensor]]:
    """Each stage with its operands and its value."""
    done: list[tuple[Act, list[torch.Tensor], torch.Tensor]] = []
    for stage in case.op.stages(case.operands, case.arguments):
        inputs = [case.operands[-1 - i] if i < 0 else done[i][2] for i in stage.inputs]
        outcome: Any = stage.apply(inputs)
        done.append((stage, inputs, outcome if isinstance(outcome, torch.Tensor) else outcome[0]))
    return done


def close(a: torch.Tensor, b: torch.Tensor, near: float = 1e-14) -> None:
    torch.testing.assert_close(a, b, rtol=1e-12, atol=near, equal_nan=True)


@every_op
@given(data=st.data())
@looked(14)
def test_the_last_stage_is_the_result(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op))
    stages = played(case)
    assert stages, "nothing to draw"
    result, last = case.results()[0], stages[-1][2]
    note(f"{[s.function for s, _, _ in stages]} {last} {result}")
    assert last.numel() == result.numel()
    assert [n for n in last.shape if n != 1] == [n for n in result.shape if n != 1]
    if case.arguments.get("keepdim"):
        assert last.shape == result.shape
    near = 1e-11 if isinstance(op, LayerNorm) else 1e-14  # of equal cells a rounding is divided by the root of eps
    close(last.reshape(result.shape).to(result.dtype), result, near)


@every_op
@given(data=st.data())
@looked(9)
def test_each_stage_says_its_shapes_and_kind(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op))
    for at, (stage, inputs, value) in enumerate(played(case)):
        assert stage.function
        assert all(-len(case.operands) <= i < at for i in stage.inputs)
        assert stage.provenance.operands == tuple(tuple(x.shape) for x in inputs)
        assert stage.provenance.shapes[0] == tuple(value.shape)
        if stage.family is Family.REDUCTION and inputs[0].ndim:
            assert stage.axis is not None
            assert value.shape[stage.axis] == 1
            assert value.ndim == inputs[0].ndim
        if stage.axis is not None:
            assert 0 <= stage.axis < inputs[0].ndim
            assert stage.partial
    far = Case(case.op, tuple(x.to("meta") for x in case.operands), case.arguments)
    if not case.arguments.get("device"):
        assert [x.shape for _, _, x in played(far)] == [x.shape for _, _, x in played(case)]


@every_op
@given(data=st.data())
@looked(9)
def test_stages_one_after_another_are_the_whole_relation(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, size=small, most=3))
    whole, stages = case.op.trace(case.operands, case.arguments), case.op.stages(case.operands, case.arguments)

    def origin(at: int, cell: tuple[int, ...]) -> set[tuple[int, tuple[int, ...]]]:
        if at < 0:
            return {(-1 - at, cell)}
        found = set()
        for k, source in stages[at].provenance.sources(cell):
            found |= origin(stages[at].inputs[k], source)
        return found

    last = stages[-1].provenance.shapes[0]
    for here, there in list(zip(cells_of(whole.shapes[0]), cells_of(last), strict=True))[:12]:
        assert set(whole.sources(here)) == origin(len(stages) - 1, there)


@every_op
@given(data=st.data())
@looked(9)
def test_joining_slab_by_slab_gives_the_stage(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op))
    for stage, (x, *_), value in played(case):
        if stage.partial is None or stage.axis is None or x.shape[stage.axis] == 0:
            continue
        slabs = [slab.to(value.dtype) for slab in x.unbind(stage.axis)]
        join, partials = getattr(torch, stage.partial), [slabs[0]]
        for slab in slabs[1:]:
            partials.append(join(partials[-1], slab))
        if stage.family is Family.REDUCTION:
            close(partials[-1], value.squeeze(stage.axis))
        else:
            close(torch.stack(partials, dim=stage.axis), value)


@every_op
@given(data=st.data())
@looked(14)
def test_stages_play_for_every_dtype_that_runs(op: Op, data: st.DataObject) -> None:
    case = data.draw(cases(op))
    if not case.runs() or any(not isinstance(x, torch.Tensor) or x.device.type == "meta" for x in case.operands):
        return  # meta makes some sense of whatever dtypes it is given
    with torch_may_warn():
        last = played(case)[-1][2]
    result = case.results()[0]
    note(f"{last} {result}")
    assert (last.numel(), last.dtype, last.device) == (result.numel(), result.dtype, result.device)


def functions(name: str, *operands: torch.Tensor, **arguments: Any) -> list[tuple[str, int | None, str | None]]:
    return [(s.function, s.axis, s.partial) for s in CATALOG[name].stages(operands, arguments)]


def test_stages_tell_what_happens() -> None:
    a = torch.ones(3, 4)
    assert functions("sum", a, dim=0) == [("sum", 0, "add")]
    assert functions("sum", a) == [("sum", 0, "add"), ("sum", 1, "add")]
    assert functions("sum", torch.ones(())) == [("sum", None, "add")]
    assert functions("mean", a, dim=-1) == [("sum", 1, "add"), ("div 4", None, None)]
    assert functions("amax", a, dim=0) == [("amax", 0, "maximum")]
    assert [f for f, _, _ in functions("linalg.vector_norm", a, dim=0)] == ["square", "sum", "sqrt"]
    assert [f for f, _, _ in functions("linalg.vector_norm", a, dim=0, ord=1)] == ["abs", "sum"]
    assert [f for f, _, _ in functions("linalg.vector_norm", a, dim=0, ord=float("inf"))] == ["abs", "max"]
    assert [f for f, _, _ in functions("softmax", a, dim=1)] == ["max", "sub", "exp", "sum", "div"]
    assert functions("matmul", a, torch.ones(4, 2)) == [("mul", None, None), ("sum", 1, "add")]
    assert functions("cumsum", a, dim=0) == [("cumsum", 0, "add")]
    assert [f for f, _, _ in functions("sum", a.int(), dim=0, dtype=torch.float32)] == ["to", "sum"]


def test_half_precision_sums_stall_slab_by_slab() -> None:
    ones = torch.ones(4096, dtype=torch.float16)
    (stage,) = CATALOG["sum"].stages((ones,), {"dim": 0})
    running = ones[0]
    for one in ones[1:]:
        running = getattr(torch, stage.partial or "")(running, one)
    assert running.item() == 2048
    assert stage.apply([ones]).item() == 4096


def test_the_product_block_stands_as_rows_shared_columns() -> None:
    for left, right, block, axis in (
        ((3, 4), (4, 2), (3, 4, 2), 1),
        ((4,), (4,), (4,), 0),
        ((3, 4), (4,), (3, 4), 1),
        ((4,), (4, 2), (4, 2), 0),
        ((5, 3, 4), (4, 2), (5, 3, 4, 2), 2),
        ((5, 1, 3, 4), (6, 4, 2), (5, 6, 3, 4, 2), 3),
        ((4,), (6, 4, 2), (6, 4, 2), 1),
    ):
        a, b = (torch.rand(shape, dtype=torch.float64) for shape in (left, right))
        multiply, squash = CATALOG["matmul"].stages((a, b), {})
        product = multiply.apply([a, b])
        assert (tuple(product.shape), squash.axis) == (block, axis)
        assert multiply.provenance.shapes == (block,)
        close(squash.apply([product]).squeeze(axis), a @ b)
