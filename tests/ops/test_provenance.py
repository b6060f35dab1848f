"""Who feeds whom, checked against autograd, against perturbation, and against itself."""

import math

import pytest
import torch
from hypothesis import assume, given, note
from hypothesis import strategies as st

from explorer.ops import Family, Op
from explorer.ops import positions as relation_of_movements
from explorer.ops.movement import Placing
from explorer.ops.provenance import Combined, Provenance
from tests.ops.cases import OPS, WITH_OPERANDS, Case, accepted, cases, cells_of, looked, small

Pair = tuple[int, tuple[int, ...], int, tuple[int, ...]]  # result, output cell, operand, input cell

every_op = pytest.mark.parametrize("op", WITH_OPERANDS, ids=lambda op: op.name)


def listed(relation: Provenance) -> set[Pair]:
    return {
        (r, out, k, cell)
        for r, shape in enumerate(relation.shapes)
        for out in cells_of(shape)
        for k, cell in relation.sources(out, r)
    }


def slopes(case: Case) -> set[Pair]:
    """The non-zero pattern of the Jacobian."""
    chosen = case.op.choosers(len(case.operands))  # a mask has no slope
    operands = [x if k in chosen else x.detach().clone().requires_grad_() for k, x in enumerate(case.operands)]
    numbers = [k for k in range(len(operands)) if k not in chosen]
    leaves = [operands[k] for k in numbers]
    found = set()
    for r, result in enumerate(case.results(operands)):
        if not result.requires_grad or type(result.grad_fn).__name__ == "NotImplemented":  # torch knows no slope
            continue
        for out in cells_of(tuple(result.shape)):
            if not result[out].isfinite():  # outside of the domain, as the deviation of one value
                continue
            try:
                gradients = torch.autograd.grad(result[out], leaves, retain_graph=True, allow_unused=True)
            except (
                RuntimeError
            ) as refusal:  # of clamp with larger bounds and scatter of more than is put torch has none
                if not any(words in str(refusal) for words in ("match the broadcast shape", "an invalid gradient")):
                    raise
                continue
            for k, gradient in zip(numbers, gradients, strict=True):
                if gradient is not None:
                    found |= {(r, out, k, tuple(cell)) for cell in (gradient != 0).nonzero().tolist()}
    return found


def changed(case: Case, k: int, cell: tuple[int, ...], value: float) -> list[torch.Tensor]:
    operands = [x.clone() for x in case.operands]
    operands[k][cell] = value
    return operands


def effects(case: Case, k: int, cell: tuple[int, ...], value: float) -> set[Pair]:
    """The output cells that are other when one input cell is `value`."""
    before, after = case.results(), case.results(changed(case, k, cell, value))
    found = set()
    for r, (a, b) in enumerate(zip(before, after, strict=True)):
        other = (a != b) & ~(a.isnan() & b.isnan())
        found |= {(r, tuple(out), k, cell) for out in other.nonzero().tolist()}
    return found


def floats_of(case: Case, pairs: set[Pair]) -> set[Pair]:
    results = case.results()
    floating = {r for r, x in enumerate(results) if x.dtype.is_floating_point}
    # outside of the domain, as the deviation of one value, nothing is of account
    return {pair for pair in pairs if pair[0] in floating and bool(results[pair[0]][pair[1]].isfinite())}


@every_op
@given(data=st.data())
@looked(9)
def test_sources_are_the_slopes(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, size=small, most=3))
    relation = case.op.trace(case.operands, case.arguments)
    assert relation.operands == tuple(tuple(x.shape) for x in case.operands)
    assert relation.shapes == tuple(tuple(x.shape) for x in case.results())
    steep, sources = slopes(case), listed(relation)
    for pair in steep - sources:  # scattered twice on one cell torch gives all a slope, and the last one counts
        assert isinstance(op, Placing)
        assert pair not in effects(case, pair[2], pair[3], math.nan), pair
    if case.op.dependence(case.arguments) == "smooth":
        for pair in floats_of(case, sources) - steep:
            # flat and yet a source: softmax of one cell is 1, but nan there makes nan
            assert pair in effects(case, pair[2], pair[3], math.nan), pair


@every_op
@given(data=st.data())
@looked(8)
def test_each_source_counts_for_some_values(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, size=st.sampled_from((2, 1, 3)), most=2))
    kind = case.op.dependence(case.arguments)
    if kind == "smooth":
        return  # the slopes have said so
    left = floats_of(case, listed(case.op.trace(case.operands, case.arguments)))
    chance = torch.Generator().manual_seed(1)
    chosen = case.op.choosers(len(case.operands))
    for _ in range(400):
        if not left:
            return
        operands = tuple(
            x if k in chosen else (torch.rand(x.shape, generator=chance, dtype=x.dtype) - 0.5) * 8
            for k, x in enumerate(case.operands)
        )
        again = Case(case.op, operands, case.arguments)
        if kind == "choosing":
            left -= slopes(again)
        else:
            for pair in list(left):
                left -= effects(again, pair[2], pair[3], 0.0)
    for pair in list(left):  # flat and yet a source: what is always clamped is a bound, but nan stays nan
        left -= effects(case, pair[2], pair[3], math.nan)
    assert not left, "listed, but of no account"


@every_op
@given(data=st.data())
@looked(9)
def test_what_is_not_listed_does_not_count(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, data.draw(st.sampled_from((torch.int64, torch.float64))), size=small, most=3))
    relation = case.op.trace(case.operands, case.arguments)
    allowed = listed(relation)
    for r, shape in enumerate(relation.shapes):
        for out in cells_of(shape):
            allowed |= {(r, out, k, cell) for k, cell in relation.controls(out, r)}
    count = len(case.operands)
    for k, x in enumerate(case.operands):
        for cell in cells_of(tuple(x.shape))[:12]:
            length = min((n for n in case.operands[case.op.subject].shape if n), default=1)
            for value in (
                range(length) if case.op.chooser(k, count) == "index" else (7, -5)
            ):  # no 0: nothing is divided by it
                assert effects(case, k, cell, value) <= allowed


@every_op
@given(data=st.data())
@looked(9)
def test_targets_are_the_inverse_of_sources(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, size=small))
    relation = case.op.trace(case.operands, case.arguments)
    forth, back = listed(relation), set()
    for k, shape in enumerate(relation.operands):
        for cell in cells_of(shape):
            targets = relation.targets(k, cell)
            region = relation.region_of(k, cell)
            assert region.count == len(targets) == len(set(targets))
            back |= {(r, out, k, cell) for r, out in targets}
    assert forth == back


@every_op
@given(data=st.data())
@looked(9)
def test_a_region_is_what_it_lists(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, size=small))
    relation = case.op.trace(case.operands, case.arguments)
    for r, shape in enumerate(relation.shapes):
        for out in cells_of(shape)[:20]:
            region, sources = relation.region(out, r), relation.sources(out, r)
            assert region.count == len(sources)
            for k, cell in sources:
                assert all(0 <= i < n for i, n in zip(cell, relation.operands[k], strict=True))
                assert any(block.operand == k and cell in block for block in region.blocks)
            for block in region.blocks:
                assert block.count == len(list(block))
                assert (-1,) * len(block.ranges) not in block or not block.ranges


@every_op
@given(data=st.data())
@looked(14)
def test_an_axis_that_continues_walks_along_it(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, size=small))
    relation = case.op.trace(case.operands, case.arguments)
    note(f"{relation.axes}")
    for r, shape in enumerate(relation.shapes):
        assert len(relation.axes[r]) == len(shape)
        for axis, continued in enumerate(relation.axes[r]):
            assert all(0 <= a < len(relation.operands[k]) for k, a in continued)
            moved = walks(relation, r, axis)
            for k in range(len(relation.operands)):
                own = {a for j, a in continued if j == k}
                if own and k in moved:
                    assert moved[k] <= own, (axis, k)
                elif len(moved.get(k, ())) == 1:
                    raise AssertionError(f"axis {axis} walks along {moved[k]} of operand {k}, and does not say so")


@pytest.mark.parametrize("op", [op for op in WITH_OPERANDS if op.family is Family.MOVEMENT], ids=lambda op: op.name)
@given(data=st.data())
@looked(14)
def test_a_few_lines_tell_of_axes_what_all_cells_do(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, size=small))
    whole = case.op.trace(case.operands, case.arguments)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relation_of_movements, "FOLLOWED_CELLS", 0)
        patch.setattr(relation_of_movements, "LINES", 3)
        assert case.op.trace(case.operands, case.arguments).axes == whole.axes


def walks(relation: Provenance, r: int, axis: int) -> dict[int, set[int]]:
    """The axes of each operand along which the sources move when a step is made along the result's `axis`."""
    moved: dict[int, set[int]] = {}
    shape = relation.shapes[r]
    for here in cells_of(shape):
        there = (*here[:axis], here[axis] + 1, *here[axis + 1 :])
        if there[axis] >= shape[axis]:
            continue
        for k, own in enumerate(relation.operands):
            a, b = ({cell for j, cell in relation.sources(at, r) if j == k} for at in (here, there))
            if a and b and a != b:
                for i in range(len(own)):
                    if {c[i] for c in a} != {c[i] for c in b}:
                        moved.setdefault(k, set()).add(i)
    return moved


def replayed(case: Case, relation: Provenance, out: tuple[int, ...], r: int) -> torch.Tensor:
    """One output cell by the arithmetic of the family on its sources alone."""
    op, sources = case.op, relation.sources(out, r)
    if isinstance(relation, Combined) or (op.family is Family.ALONG and "dim" not in case.arguments):
        return strangers(case, sources)[r][out]
    values = [case.operands[k][cell] for k, cell in sources]
    if op.family is Family.MOVEMENT:
        return sum(values, torch.tensor(0.0)) if case.arguments.get("accumulate") else (*values, torch.tensor(0.0))[0]
    if op.family in (Family.ELEMENTWISE, Family.CONVERSION):
        return Case(op, tuple(values), case.arguments).results()[r]
    if op.family is Family.CONTRACTION:
        count = len(case.operands)
        terms = [values[k : k + count] for k in range(0, len(values), count)]
        return sum((math.prod(term, start=torch.tensor(1.0).double()) for term in terms), torch.tensor(0.0).double())
    line = torch.stack(values) if values else torch.zeros(0, dtype=torch.float64)
    if op.family is Family.REDUCTION:
        left = {k: v for k, v in case.arguments.items() if k not in ("dim", "keepdim")}
        return Case(op, (line,), left).results()[0]
    axis = case.arguments["dim"]
    results = Case(op, (line,), {**case.arguments, "dim": 0}).results()
    return results[r][out[axis] if out else 0]


def strangers(case: Case, sources: list[tuple[int, tuple[int, ...]]]) -> tuple[torch.Tensor, ...]:
    """The results where every cell but the sources has another value."""
    chance = torch.Generator().manual_seed(3)
    operands = []
    for k, x in enumerate(case.operands):
        other = torch.rand(x.shape, generator=chance, dtype=torch.float64).to(x.dtype)
        for operand, cell in sources:
            if operand == k:
                other[cell] = x[cell]
        operands.append(other)
    return case.results(operands)


@every_op
@given(data=st.data())
@looked(9)
def test_replaying_the_sources_gives_the_result(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op, size=small, most=3))
    relation = case.op.trace(case.operands, case.arguments)
    result = case.results()[0]
    for out in cells_of(tuple(result.shape)):
        torch.testing.assert_close(
            replayed(case, relation, out, 0).double(), result[out].double(), rtol=1e-12, atol=1e-14, equal_nan=True
        )


@pytest.mark.parametrize("op", [op for op in OPS if op.arity == 0], ids=lambda op: op.name)
@given(data=st.data())
@looked(10)
def test_a_fill_has_no_sources(op: Op, data: st.DataObject) -> None:
    case = data.draw(cases(op))
    assume(case.runs())
    relation = op.trace((), case.arguments)
    assert relation.operands == ()
    assert relation.shapes == tuple(tuple(x.shape) for x in case.results())
    assert not listed(relation)
