"""The squash: which axis goes, what the strip says, and what is told about it."""

import re

import numpy as np
import pytest
import torch

from explorer.animation.animation import Animation
from explorer.animation.arrange import on_stage
from explorer.animation.compose import animate
from explorer.animation.frame import Cells, Chip, Frame, Look
from explorer.ops import CATALOG

from .cases import Case, numbers

A = torch.arange(12).reshape(3, 4)


def sums(operand: torch.Tensor, op: str = "sum", **arguments: object) -> Animation:
    return Case(op, (operand,), arguments).animation()


def strip(frame: Frame) -> Cells:
    """The cells of the result (they are the strip's before they are the result's)."""
    (found,) = [c for c in frame.cells if c.tensor == 1]
    return found


def captions(animation: Animation) -> list[str]:
    return [str(c) for c in animation.transcript]


def after(animation: Animation, step: int) -> Frame:
    """The frame at which a step is done."""
    return animation.frame(animation.time_of(step))


@pytest.mark.parametrize(("dim", "states"), [
    (0, [["0", "1", "2", "3"], ["4", "6", "8", "10"], ["12", "15", "18", "21"]]),
    (1, [["0", "4", "8"], ["1", "9", "17"], ["3", "15", "27"], ["6", "22", "38"]]),
    (-1, [["0", "4", "8"], ["1", "9", "17"], ["3", "15", "27"], ["6", "22", "38"]]),
])  # fmt: skip
def test_the_strip_takes_one_slab_after_another(dim: int, states: list[list[str]]) -> None:
    told = sums(A, dim=dim)
    assert [list(strip(after(told, 1 + k)).texts) for k in range(len(states))] == states


def test_in_the_middle_of_a_join_the_addition_can_be_read() -> None:
    told = sums(A, dim=0)
    start, end = told.time_of(1), told.time_of(2)
    assert strip(told.frame(start + 0.6 * (end - start))).texts == ("0+4", "1+5", "2+6", "3+7")
    told = sums(A, "prod", dim=0)
    assert strip(told.frame(start + 0.6 * (end - start))).texts == ("0×4", "1×5", "2×6", "3×7")


@pytest.mark.parametrize(("dim", "axis"), [(0, "y"), (1, "x")])
def test_the_strip_stands_after_what_is_taken_and_pushes_away_what_waits(dim: int, axis: str) -> None:
    told = sums(A, dim=dim)
    frame = after(told, 2)  # two slabs are in
    place = {}
    for look in (Look.PALE, Look.VALUE):
        found = [getattr(c, axis) for c in frame.cells if c.tensor == 0 and c.look is look]
        place[look] = np.unique(np.concatenate(found))
    here = np.unique(getattr(strip(frame), axis))
    assert len(here) == 1
    assert len(place[Look.PALE]) == 2
    assert place[Look.PALE].max() + 1 < here[0] < here[0] + 1 < place[Look.VALUE].min()


def test_what_is_taken_stays_in_its_place() -> None:
    told = sums(A, dim=0)
    first, last = told.frame(0.0), after(told, 3)
    before = {
        f: (x, y) for c in first.cells for f, x, y in zip(c.cell.tolist(), c.x.tolist(), c.y.tolist(), strict=True)
    }
    for c in last.cells:
        if c.tensor == 0 and c.cell is not None:
            assert c.look is Look.PALE
            for f, x, y in zip(c.cell.tolist(), c.x.tolist(), c.y.tolist(), strict=True):
                assert before[f] == pytest.approx((x, y))


def test_a_page_axis_fills_a_tray_of_a_pages_shape() -> None:
    told = sums(numbers(2, 3, 4, dtype=torch.int64), dim=0)
    frame = after(told, 2)
    tray = strip(frame)
    pages = np.concatenate([c.x for c in frame.cells if c.tensor == 0])
    assert tray.x.min() > pages.max() + 1
    assert (np.ptp(tray.x), np.ptp(tray.y)) == (3.0, 2.0)


def chips(frame: Frame, name: str) -> tuple[Chip, ...]:
    return next(h.chips for h in frame.headings if h.name == name)


def test_the_axis_closes_and_the_fork_renumbers() -> None:
    told = sums(A, dim=0)
    i, j = (c.axis for c in chips(told.frame(0.0), "A"))
    closed = after(told, len(told.steps) - 2)
    assert chips(closed, "R") == (Chip(0, 1, i), Chip(1, 4, j))
    assert chips(told.frame(1.0), "R") == (Chip(0, 4, j, was=1),)
    assert chips(told.frame(1.0), "A") == (Chip(0, 3, i), Chip(1, 4, j))
    kept = sums(A, dim=0, keepdim=True)
    assert chips(kept.frame(1.0), "R") == (Chip(0, 1, i), Chip(1, 4, j))


@pytest.mark.parametrize(("operand", "dim"), [(A, 0), (A, 1), (numbers(2, 3, 4), 0), (numbers(2, 3, 4), 1)])
def test_slabs_fold_onto_the_strip_without_lying_on_each_other(operand: torch.Tensor, dim: int) -> None:
    told = sums(operand, dim=dim)
    step = len(told.steps) - 2
    start, end = told.time_of(step - 1), told.time_of(step)
    for k in range(12):
        frame = told.frame(start + (k + 0.5) / 12 * (end - start))
        boxes = [(x, y, c.width, c.height) for c in frame.cells for x, y in zip(c.x, c.y, strict=True)]
        for n, (x, y, w, h) in enumerate(boxes):
            for x2, y2, w2, h2 in boxes[:n]:
                assert min(x + w, x2 + w2) - max(x, x2) < 1e-6 or min(y + h, y2 + h2) - max(y, y2) < 1e-6
    assert {c.tensor for c in after(told, step).cells} == {1}


def test_a_heading_stands_above_the_strip_that_it_names() -> None:
    told = sums(A, dim=0)
    closed = after(told, len(told.steps) - 2)
    (heading,) = closed.headings
    assert heading.name == "R"
    assert heading.y == pytest.approx(strip(closed).y.min())
    (left,) = [b for b in closed.brackets if b.side == "left"]
    assert (left.y1, left.y2) == pytest.approx((heading.y, heading.y + 1))
    assert [text for _, _, text in left.indices] == ["0"]


def test_each_sum_ends_under_its_column_or_beside_its_row() -> None:
    for dim, own, other in ((0, "x", "y"), (1, "y", "x")):
        last = sums(A, dim=dim).frame(1.0)
        (operand,) = [c for c in last.cells if c.tensor == 0]
        assert operand.look is Look.VALUE
        assert sorted(set(getattr(operand, own).tolist())) == pytest.approx(getattr(strip(last), own).tolist())
        assert getattr(strip(last), other).min() > getattr(operand, other).max() + 1


def test_a_strip_is_named_after_what_it_holds() -> None:
    told = sums(A.float(), "mean", dim=1)
    closed, divided = after(told, 5), after(told, 6)
    assert [h.name for h in closed.headings] == ["sum(A, dim=1, keepdim=True)"]
    assert [h.name for h in divided.headings] == ["R"]
    start, end = told.time_of(5), told.time_of(6)
    halfway = told.frame(start + 0.5 * (end - start))
    assert strip(halfway).texts == ("6÷4", "22÷4", "38÷4")
    assert strip(halfway).look is Look.PLAIN


def test_an_axis_keeps_its_direction() -> None:
    frame = sums(A, dim=1).frame(1.0)
    assert np.ptp(strip(frame).x) == 0.0
    assert np.ptp(strip(frame).y) == 2.0


@pytest.mark.parametrize(("op", "noun"), [("mean", "mean"), ("var", "variance"), ("linalg.vector_norm", "norm")])
def test_the_headline_names_what_is_wanted_and_the_joins_what_is_so_far(op: str, noun: str) -> None:
    told = captions(sums(A.float(), op, dim=0))
    assert any(c.endswith(f"3 rows become 1; each column keeps its own {noun}.") for c in told)
    assert any(c.endswith("joins: the strip holds the sum so far.") for c in told)
    assert not any("keeps its own sum" in c for c in told)
    assert any("the sum of no values is 0" in c for c in captions(sums(torch.zeros(0, 4), op, dim=0)))


def test_the_captions_name_the_axis_that_goes() -> None:
    assert captions(sums(A, dim=0))[0] == "dim=0: index i disappears. 3 rows become 1; each column keeps its own sum."
    assert captions(sums(A, dim=-1))[0] == "dim=-1: index j disappears. 4 columns become 1; each row keeps its own sum."
    pages = captions(sums(numbers(2, 3, 4), dim=0))[0]
    assert pages == "dim=0: index i disappears. 2 pages become 1; each place on the page keeps its own sum."


def test_many_slabs_are_told_shortly() -> None:
    told = sums(torch.arange(62 * 3).reshape(62, 3), dim=0)
    assert "+ 57 rows" in captions(told)[4]
    assert len(told.steps) == 1 + 6 + 1 + 1
    assert list(strip(after(told, 4)).texts) == [
        str(v) for v in (torch.arange(62 * 3).reshape(62, 3)[:60].sum(0)).tolist()
    ]


def test_several_axes_go_one_after_another() -> None:
    told = sums(A)
    words = captions(told)
    assert words[0].startswith("dim=0: index i disappears")
    assert any(w.startswith("dim=1: index j disappears") for w in words)
    assert strip(told.frame(1.0)).texts == ("66",)


def test_mean_divides_at_the_end_and_norms_change_values_first() -> None:
    assert any("divided by 3" in w for w in captions(sums(A.float(), "mean", dim=0)))
    words = captions(sums(torch.tensor([3.0, -4.0]), "linalg.vector_norm"))
    assert words[0] == "Each value is squared."
    assert words[-2] == "Each value becomes its square root."


def test_a_heading_never_names_other_values() -> None:
    told = sums(torch.tensor([3.0, -4.0]), "linalg.vector_norm")
    assert [h.name for h in told.frame(0.0).headings] == ["A"]
    assert [h.name for h in after(told, 0).headings] == ["A²"]
    squares = [t for c in told.frame(0.6 * told.time_of(0)).cells for t in c.texts]
    assert squares == ["3²", "(-4)²"]


@pytest.mark.parametrize(("op", "arguments"), [
    ("sum", {}), ("amax", {}), ("prod", {"dim": 1}), ("max", {}), ("mean", {}), ("mean", {"dim": (0, -1)}),
    ("mean", {"dim": -1}), ("linalg.vector_norm", {"ord": 2}), ("linalg.vector_norm", {"ord": -float("inf")}),
    ("var", {}), ("softmax", {"dim": -1}), ("log_softmax", {"dim": 0}), ("prod", {}),
])  # fmt: skip
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 2)])
def test_the_call_above_a_strip_gives_just_what_is_shown(
    op: str, arguments: dict[str, object], shape: tuple[int, ...]
) -> None:
    """Headings are Python, but for signs of mathematics; torch evaluates them to the shape and numbers below them."""
    operand = numbers(*shape)
    told = sums(operand, op, **arguments)
    known: dict[str, object] = {"A": operand}
    seen = 0
    for step in range(len(told.steps)):
        frame = after(told, step)
        if len(frame.cells) != 1 or frame.headings[0].name in ("A", "R"):
            continue
        (heading,), (group,) = frame.headings, frame.cells
        call = heading.name.replace("e^", "torch.exp").replace("ln sum", "torch.log(sum)").replace("÷", "/")
        call = re.sub(r"\|A\|", "A.abs()", call).replace("²", "**2")
        call = re.sub(r"\b(sum|mean|prod|amax|amin)\(", r"torch.\1(", call)
        value = eval(call, {"torch": torch}, known)
        assert tuple(c.size for c in heading.chips) == tuple(value.shape), heading.name
        assert group.values.tolist() == pytest.approx(value.flatten().tolist(), rel=1e-5), heading.name
        name = re.match(r"(sum|mean|prod|amax|amin)\(", heading.name)
        known.update({name[1]: value} if name else {})
        seen += 1
    assert seen or arguments == {"dim": 1}  # where one squash gives the result


def test_while_an_axis_closes_the_heading_is_of_what_it_closes_to() -> None:
    told = sums(A.float(), "mean", dim=0)
    start, end = told.time_of(3), told.time_of(4)
    for k in range(1, 20):
        assert [h.name for h in told.frame(start + k / 20 * (end - start)).headings] == ["sum(A, dim=0, keepdim=True)"]


def test_a_strip_that_stretches_keeps_its_name() -> None:
    told = sums(A.float(), "softmax", dim=0)
    tags = {x.text for k in range(200) for x in told.frame(k / 199).labels}
    assert {"amax", "sum"} <= tags


def test_where_steps_end_elsewhere_than_torch_it_is_said() -> None:
    told = sums(torch.full((1000,), 0.1))
    assert told.badge is not None
    assert "99.99905" in str(told.badge)
    assert "100.00001" in str(told.badge)
    assert sums(A, dim=0).badge is None


def test_float16_ones_stall_step_by_step() -> None:
    told = sums(torch.ones(4096, dtype=torch.float16))
    assert told.badge is not None
    assert "2048" in str(told.badge)
    assert told.results[0].item() == 4096


def test_the_operand_is_large_and_the_result_complete() -> None:
    big = torch.arange(300 * 400).reshape(300, 400)
    told = sums(big, dim=0)
    assert told.hidden is not None
    assert "120000" in str(told.hidden)
    assert torch.equal(told.results[0], big.sum(0))
    assert max(sum(len(c.x) for c in told.frame(k / 50).cells) for k in range(51)) <= 4096
    shown = strip(told.frame(1.0))
    assert shown.cell is not None
    assert shown.values.tolist() == big.sum(0)[shown.cell].tolist()


@pytest.mark.parametrize("shape", [(0, 4), (3, 0), (0,), (2, 0, 3)])
def test_no_values_give_torchs_value(shape: tuple[int, ...]) -> None:
    for dim in range(len(shape)):
        for op in ("sum", "prod"):
            told = sums(torch.zeros(shape), op, dim=dim)
            for k in range(21):
                assert np.isfinite(told.frame(k / 20).bounds).all()
            if told.results[0].numel():
                assert set(strip(told.frame(1.0)).texts) == {"0" if op == "sum" else "1"}


def test_meta_plays_with_dots() -> None:
    told = sums(torch.empty(3, 4, device="meta"), dim=0)
    for t in (0.0, 0.3, 0.6, 1.0):
        for group in told.frame(t).cells:
            assert group.look is Look.PENDING
    assert set(strip(told.frame(1.0)).texts) == {"·"}
    assert told.arithmetic(1.0, (1, 0)) == "R[0] = A[0,0] + A[1,0] + A[2,0] = ·"


def test_max_shows_values_and_indices() -> None:
    told = animate(CATALOG["max"].call((A,), {"dim": 0}), ("A",), tuple(A.max(0)), ("V", "I"))
    last = told.frame(1.0)
    assert [c.texts for c in last.cells if c.tensor == 1] == [("8", "9", "10", "11")]
    assert [(c.texts, c.look) for c in last.cells if c.tensor == 2] == [(("2", "2", "2", "2"), Look.PLAIN)]
    assert [h.name for h in last.headings] == ["A", "V values", "I indices"]
    assert strip(after(told, 2)).texts == ("4₁", "5₁", "6₁", "7₁")
    assert [(s.lo, s.hi) for s in told.scales] == [(0.0, 11.0)]


def test_levels_are_fixed_and_far_partials_have_their_own() -> None:
    assert [(s.lo, s.hi) for s in sums(A, dim=0).scales] == [(0.0, 11.0), (12.0, 21.0)]
    assert len(sums(torch.ones(3, 4) * torch.arange(4), dim=None).scales) == 1 + 1
    told = sums(A, dim=0)
    assert {told.frame(k / 9).scales for k in range(10)} == {told.scales}
    squares = sums(torch.arange(1.0, 9).reshape(2, 4), "linalg.vector_norm", dim=0)
    assert [(s.title, s.hi) for s in squares.frame(0.5).scales] == [("A", 8.0), ("A², sum", 80.0)]
    assert [s.title for s in squares.frame(1.0).scales] == ["A", squares.tensors[1].name]


def test_a_scalar_has_nothing_to_squash() -> None:
    told = sums(torch.tensor(5.0))
    assert strip(told.frame(1.0)).texts == ("5",)


def test_a_user_may_turn_axes() -> None:
    told = animate(CATALOG["sum"].call((A,), {"dim": 0}), ("A",), A.sum(0), ("R",), layouts={"A": (1, 0)})
    first = told.frame(0.0).cells[0]
    assert (np.ptp(first.x), np.ptp(first.y)) == (2.0, 3.0)


def test_the_headline_is_the_rule_of_the_axis_that_is_told() -> None:
    told = sums(A)  # both axes, one after another
    whole, first, second, end = (told.headline(t).text() for t in (0.0, 0.2, 0.6, 1.0))
    assert whole == end
    assert whole.startswith("dim=all: indices i, j disappear, one after another. 12 values become 1: their sum.")
    assert "dim=0" in first
    assert "dim=1" in second
    cube = torch.arange(24.0).reshape(2, 3, 4)
    mean = animate(CATALOG["mean"].call((cube,), {"dim": (0, -1)}), ("C",), cube.mean((0, -1)), ("R",))
    assert mean.headline(0.0).text() == (
        "dim=(0, -1): indices i, k disappear, one after another. Each mean is of 8 values."
    )
    assert all("mean" not in rule for t in (0.1, 0.5, 0.8) if "dim=" in (rule := mean.headline(t).text()))


def test_tensors_are_arranged_for_the_stage_that_there_is() -> None:
    def end(width: float, height: float) -> tuple[float, float, float, float]:
        with on_stage((width, height)):
            return sums(A, dim=0).bounds

    wide, high = end(1100.0, 260.0), end(500.0, 700.0)
    assert (wide[2] - wide[0]) / (wide[3] - wide[1]) > (high[2] - high[0]) / (high[3] - high[1])


@pytest.mark.parametrize("dtype", [torch.uint16, torch.uint32, torch.uint64])
@pytest.mark.parametrize("shape", [(), (3,), (1,), (2, 3), (2, 3, 2)])
def test_wide_unsigned_numbers_are_told_as_bytes_are(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    for name in ("sum", "prod", "cumsum"):
        for dim in range(max(len(shape), 1)) if name != "sum" else (None, *range(len(shape))):
            told = [
                Case(name, (torch.arange(1, 13)[: torch.Size(shape).numel()].reshape(shape).to(kind),),
                     {} if dim is None else {"dim": dim}).animation()
                for kind in (torch.uint8, dtype)
            ]  # fmt: skip
            one, other = ([str(caption) for caption in animation.transcript] for animation in told)
            assert one == other
            assert len(one) > 1 or not shape or name == "cumsum"
            for k in range(len(one)):
                frames = [animation.frame(animation.time_of(k)) for animation in told]
                assert [c.texts for c in frames[0].cells] == [c.texts for c in frames[1].cells]
