"""What each family shows that no other does."""

import numpy as np
import pytest
import torch

from explorer.animation.arrange import on_stage
from explorer.animation.compose import animate
from explorer.animation.frame import Look
from explorer.ops import CATALOG

from .cases import Case, numbers, products

A = torch.arange(12).reshape(3, 4)
B = torch.arange(8).reshape(4, 2) - 2


def words(case: Case) -> str:
    return "\n".join(str(c) for c in case.animation().transcript)


def test_stretching_makes_ghosts_that_have_no_memory() -> None:
    told = Case("mul", (A, torch.tensor([1, -1, 2, 3])), {}).animation()
    ghosts = [c for c in told.frame(told.time_of(1)).cells if c.look is Look.GHOST]
    assert sum(len(c.x) for c in ghosts) == 8
    assert all(c.cell is None for c in ghosts)
    same = Case("mul", (A, A), {}).animation()
    assert not any(c.look is Look.GHOST for k in range(20) for c in same.frame(k / 19).cells)


def test_cells_that_meet_can_be_read() -> None:
    told = Case("add", (A, A), {}).animation()
    seen = {t for k in range(100) for c in told.frame(k / 99).cells if c.tensor == 2 for t in c.texts}
    assert {"5+5", "10"} <= seen


@pytest.mark.parametrize(
    ("name", "arguments", "together"),
    [
        ("max", {"dim": 1}, True),
        ("split", {"split_size": 2, "dim": 1}, False),
        ("split", {"split_size": 3, "dim": 1}, False),
        ("unbind", {}, False),
    ],
)
def test_results_go_together_where_they_come_from_the_same_cells(
    name: str, arguments: dict[str, object], together: bool
) -> None:
    told = Case(name, (A,), arguments).animation()
    assert any(tensor > 1 for tensor, _ in told.related((1, 0))) == together


def test_a_product_block_comes_before_the_squash() -> None:
    told = Case("matmul", (A, B), {}).animation()
    block = [c for c in told.frame(told.time_of(1)).cells if len(c.x) == 24]
    assert len(block) == 1
    expected = (A[:, :, None] * B[None, :, :]).flatten().tolist()
    assert block[0].values.tolist() == expected
    assert "(3, 4, 2)" in words(Case("matmul", (A, B), {}))


def test_no_number_is_read_through_a_cell_on_its_way() -> None:
    told = Case("matmul", (A, B), {}).animation()
    for k in range(60):
        for c in told.frame(k / 59).cells:
            if c.above:
                read = [(x, y) for x, y, t in zip(c.x.tolist(), c.y.tolist(), c.texts, strict=True) if t]
                assert all(abs(x - a) > 0.7 or abs(y - b) > 0.7 for n, (x, y) in enumerate(read) for a, b in read[:n])


def test_the_plain_reading_goes_cell_by_cell() -> None:
    told = Case("matmul", (A, B), {}).animation(reading="rows")
    assert len(told.steps) == 1 + 6
    for k in range(6):
        shown = [c for c in told.frame(told.time_of(1 + k)).cells if c.tensor == 2]
        assert sum(len(c.x) for c in shown) == k + 1


def test_a_transpose_goes_row_by_row_and_never_onto_one_line() -> None:
    told = Case("transpose", (A,), {"dim0": 0, "dim1": 1}).animation()
    for k in range(1, 40):
        moving = [c for c in told.frame(k / 40).cells if c.tensor == -1]
        spots = {(round(x, 2), round(y, 2)) for c in moving for x, y in zip(c.x, c.y, strict=True)}
        assert len(spots) == sum(len(c.x) for c in moving)


def test_cat_slides_blocks_and_stack_gives_each_an_axis_first() -> None:
    pair = (numbers(2, 3), numbers(2, 3) + 10)
    assert "new axis" not in words(Case("cat", pair, {"dim": 0}))
    assert "First each tensor gets the new axis k, of length 1" in words(Case("stack", pair, {"dim": 0}))
    told = Case("stack", pair, {"dim": 1}).animation()
    sizes = [[c.size for c in h.chips] for h in told.frame(told.time_of(1)).headings if h.name in "AB"]
    assert sizes == [[2, 1, 3], [2, 1, 3]]


def test_a_running_sum_leaves_its_partials_behind() -> None:
    told = Case("cumsum", (A,), {"dim": 0}).animation()
    for k in range(3):
        left = [c for c in told.frame(told.time_of(1 + k)).cells if c.tensor == 1]
        texts = [t for c in left for t in c.texts]
        assert texts == [str(v) for v in A.cumsum(0)[: k + 1].flatten().tolist()]


def test_softmax_is_its_stages() -> None:
    told = words(Case("softmax", (numbers(2, 3),), {"dim": 1}))
    order = ["largest value", "subtracted", "e to the power", "own sum", "divides"]
    places = [told.index(word) for word in order]
    assert places == sorted(places)


def test_what_softmax_makes_of_powers_has_its_own_scale() -> None:
    told = Case("softmax", (A.float(),), {"dim": 1}).animation()
    (result,) = [c for c in told.frame(1.0).cells if c.tensor == 1]
    scale = told.scales[result.scale]
    assert 0 < scale.lo < scale.hi < 2
    names = {h.name for k in range(60) for h in told.frame(k / 59).headings}
    powers = "e^(A-amax)"
    assert names == {"A", "amax(A, dim=1, keepdim=True)", "A-amax", powers, f"sum({powers}, dim=1, keepdim=True)", "R"}


def test_in_a_running_sum_the_one_before_joins() -> None:
    told = Case("cumsum", (A,), {"dim": 0}).animation()
    start, end = told.time_of(1), told.time_of(2)
    told_apart = told.frame(start + 0.6 * (end - start))
    assert [c.texts for c in told_apart.cells if c.look is Look.PLAIN] == [("0+4", "1+5", "2+6", "3+7")]
    assert told_apart.arrows


def test_a_stretched_axis_is_that_of_the_other_operand() -> None:
    told = Case("mul", (A, torch.tensor([[1], [-1], [2]])), {}).animation()
    a, b = (h.chips for h in told.frame(0.0).headings)
    assert [c.axis for c in a] == [c.axis for c in b]
    spread = [br for br in told.frame(told.time_of(1)).brackets if br.side == "top"]
    assert [[text for _, _, text in br.indices] for br in spread] == [["0", "1", "2", "3"]] * 2


def test_axes_that_change_places_tell_their_old_numbers() -> None:
    told = Case("permute", (numbers(2, 3, 4),), {"dims": (2, 0, 1)}).animation()
    (chips,) = [h.chips for h in told.frame(1.0).headings if h.name == "R"]
    assert [(c.was, c.number) for c in chips] == [(2, 0), (0, 1), (1, 2)]


def test_axes_that_are_dropped_in_place_are_none_of_the_result() -> None:
    for shape, left in (((1, 1), 0), ((2, 1), 1), ((2, 1, 3), 2)):
        last = Case("squeeze_", (numbers(*shape),), {}).animation().frame(1.0)
        assert [len(h.chips) for h in last.headings if h.chips or not left][-1:] == [left]


def test_a_mask_of_more_axes_stretches_what_is_filled() -> None:
    told = Case("masked_fill", (torch.tensor([1, 2, 3]), torch.tensor([[True, False, False]] * 2), 7), {}).animation()
    (operand,) = (h.chips for h in told.frame(0.0).headings if h.name == "A")
    (result,) = (h.chips for h in told.frame(1.0).headings if h.name == "R")
    assert [c.axis for c in operand] == [c.axis for c in result[1:]]


def test_a_mask_spelt_out_in_a_key_is_followed() -> None:
    told = Case("__getitem__", (A,), {"key": ([True, False, True],)}).animation()
    assert told.frame(1.0).tensors[-1].shape == (2, 4)


def test_joined_blocks_tell_how_the_axis_grows() -> None:
    told = Case("cat", (A, A), {"dim": 1}).animation()
    sizes = {c.size for k in range(60) for h in told.frame(k / 59).headings if h.name == "R" for c in h.chips}
    assert {"4+4 → 8", 8} <= sizes
    assert told.frame(0.2).arrows


def test_the_arrow_to_the_result_lies_on_no_cell() -> None:
    squares = torch.arange(4).reshape(2, 2)
    for size in ((740.0, 400.0), (1100.0, 600.0), (700.0, 250.0), (300.0, 600.0)):
        for count in (1, 2, 3, 5):
            for dim in (0, 1):
                with on_stage(size):
                    told = Case("cat", (squares,) * count, {"dim": dim}).animation()
                frame = told.frame(1.0)
                signs = [label for label in frame.labels if label.role == "symbol"]
                for cells in frame.cells:
                    assert not any(
                        x <= s.x <= x + 1 and y <= s.y <= y + 1
                        for s in signs
                        for x, y in zip(cells.x.tolist(), cells.y.tolist(), strict=True)
                    )


def test_the_focus_stays_in_its_place_when_that_is_written_to() -> None:
    for name, others, arguments in (
        ("zero_", (), {}),
        ("add_", (1,), {}),
        ("copy_", (torch.ones(4),), {}),
        ("__setitem__", (9,), {"key": (1,)}),
        ("masked_fill_", (A > 4, 0), {}),
    ):
        told = Case(name, (A.clone(), *others), arguments).animation()
        for flat in (1, 6):
            for k in range(11):
                frame = told.frame(k / 10, (0, flat))
                tensor, place = frame.focus[0]
                assert place == flat
                assert any(c.tensor == tensor and c.cell is not None and flat in c.cell for c in frame.cells), name


def test_a_conversion_tells_both_dtypes() -> None:
    told = words(Case("to", (numbers(3, 4),), {"dtype": torch.int32}))
    assert "float32" in told
    assert "int32" in told


@pytest.mark.parametrize("case", [c for op in CATALOG.values() if op.contracts for c in products(op.name)], ids=str)
def test_every_product_can_be_read_cell_by_cell(case: Case) -> None:
    told = case.animation(reading="rows")
    for k in range(60):
        told.frame(k / 60)
    last = told.frame(1.0)
    shown = {f: v for g in last.cells if g.tensor == len(told.tensors) - 1 and g.cell is not None
             for f, v in zip(g.cell.tolist(), g.values.tolist(), strict=True)}  # fmt: skip
    assert [shown[k] for k in sorted(shown)] == [float(x) for x in told.results[0].flatten().tolist()]


def test_a_fill_appears_in_reading_order() -> None:
    told = Case("ones", (), {"size": (2, 3)}).animation()
    frame = told.frame(0.55)
    opacity = np.asarray(frame.cells[0].opacity)
    assert opacity.tolist() == sorted(opacity.tolist(), reverse=True)
    assert 0 < opacity.sum() < 6


def test_nan_and_inf_stay_what_they_are() -> None:
    told = Case("amax", (torch.tensor([[1.0, float("nan")], [float("inf"), 2.0]]),), {"dim": 0}).animation()
    (result,) = [c for c in told.frame(1.0).cells if c.tensor == 1]
    assert result.texts == ("inf", "nan")
    assert all(np.isfinite([s.lo, s.hi]).all() for s in told.scales)


def test_where_torch_refuses_a_stage_the_result_is_shown() -> None:
    empty = torch.zeros(0, 3, device="meta")
    told = animate(CATALOG["max"].call((empty,), {}), ("A",), torch.zeros((), device="meta"), ("R",))
    assert len(told.steps) == 1
    assert [c.texts for c in told.frame(1.0).cells if c.tensor == 1] == [("·",)]


def test_operands_of_a_product_keep_their_sign_also_below_each_other() -> None:
    for size in ((740.0, 400.0), (1100.0, 300.0), (400.0, 700.0)):
        with on_stage(size):
            told = Case("matmul", (A, B), {}).animation()
        for t in (0.0, 1.0):
            assert "@" in {label.text for label in told.frame(t).labels if label.opacity == 1.0}


def test_what_only_moves_or_is_written_over_has_one_scale() -> None:
    read = Case("__getitem__", (A,), {"key": (1, slice(None, None, 2))}).animation()
    written = Case("__setitem__", (A, 1000), {"key": (0, 1)}).animation()
    assert [(s.lo, s.hi) for s in read.scales] == [(0.0, 11.0)]
    assert [(s.lo, s.hi) for s in written.scales] == [(0.0, 1000.0)]


def test_true_and_false_are_the_ends_of_a_scale_of_their_own_beside_numbers() -> None:
    for case in (
        Case("masked_fill", (A, A > 5, 50), {}),
        Case("gt", (A, 5), {}),
        Case("sum", (A > 5,), {"dim": 0}),
        Case("to", (A,), {"dtype": torch.bool}),
    ):
        told = case.animation()
        everything = [*case.operands, *case.results]
        for k, x in enumerate(everything):
            frame = told.frame(0.0 if k < len(case.operands) else 1.0)
            for group in (c for c in frame.cells if c.tensor == k):
                scale = frame.scale(group.scale)
                if getattr(x, "dtype", None) == torch.bool:
                    assert (scale.lo, scale.hi) == (0.0, 1.0)
                else:
                    assert scale in told.scales
    assert {c.scale for c in Case("T", (A > 5,), {}).animation().frame(1.0).cells} == {0}


@pytest.mark.parametrize(("dim", "count"), [(0, 1), (1, 1), (2, 3)])
def test_the_arrow_of_a_new_axis_runs_inside_of_what_it_lies_in(dim: int, count: int) -> None:
    with on_stage((1400.0, 800.0)):
        told = Case("stack", (numbers(3, 4), numbers(3, 4)), {"dim": dim}).animation()
    frame = told.frame(told.time_of(0))
    arrows = frame.arrows
    pages = [o for o in frame.outlines if o.weight == 1.0]
    if dim == 2:  # columns of three pages
        assert len(arrows) == len(pages) == count
        assert all(p.x < a.x1 < a.x2 < p.x + p.width for a, p in zip(arrows, pages, strict=True))
    else:
        assert len(arrows) == count
