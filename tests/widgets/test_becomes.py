"""The sign between operand and result, and how tensors stand in low stages: nothing meets, nothing is cut off."""

from dataclasses import replace

import pytest
import torch
from PySide6.QtCore import QRectF

from explorer.animation.animation import Animation
from explorer.animation.arrange import on_stage
from explorer.animation.frame import Frame, Label
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.headings import placed_headings
from explorer.widgets.stage.painter import fit_of
from explorer.widgets.stage.spacing import clearance, label_box, label_boxes, number_band
from explorer.widgets.stage.style import LIGHT
from tests.animation.cases import Case, numbers

pytestmark = pytest.mark.usefixtures("qapp")

MATRIX, CUBE, FOUR = numbers(3, 4), numbers(2, 3, 4), numbers(2, 3, 4, 5)
CASES = [
    Case("sum", (MATRIX,), {"dim": 0}), Case("sum", (MATRIX,), {"dim": 1}), Case("amax", (MATRIX,), {}),
    Case("sum", (CUBE,), {"dim": 0}), Case("mean", (CUBE,), {"dim": 1}), Case("sum", (FOUR,), {"dim": 1}),
    Case("softmax", (MATRIX,), {"dim": 0}), Case("std", (MATRIX,), {"dim": 0}), Case("cumsum", (MATRIX,), {"dim": 1}),
    Case("transpose", (MATRIX,), {"dim0": 0, "dim1": 1}), Case("exp", (MATRIX,), {}),
]  # fmt: skip
SIZES = [(824.0, 208.0), (1010.0, 480.0), (700.0, 480.0), (520.0, 620.0)]  # two in windows that there are


def played(case: Case, size: tuple[float, float]) -> tuple[Animation, Fit]:
    with on_stage(size):
        told = case.animation()
    return told, fit_of(told.frame(1.0), QRectF(0, 0, *size))


def signs(frame: Frame) -> list[Label]:
    return [x for x in frame.labels if x.text in ("→", "↓")]


def cells(frame: Frame, fit: Fit) -> list[QRectF]:
    return [
        fit.box(x, y, c.width, c.height) for c in frame.cells for x, y in zip(c.x.tolist(), c.y.tolist(), strict=True)
    ]


def headings(frame: Frame, fit: Fit) -> list[QRectF]:
    words = [b for b, x in zip(label_boxes(fit, frame, LIGHT), frame.labels, strict=True) if x.role == "index"]
    bands = [number_band(fit, b, clearance(fit, b, frame.outlines), LIGHT) for b in frame.brackets]
    return [box for _, box, _, _ in placed_headings(fit, frame.headings, LIGHT, words, (), bands)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_sign_stands_between_operand_and_result(case: Case, size: tuple[float, float]) -> None:
    told, fit = played(case, size)
    last = told.frame(1.0)
    (sign,) = signs(last)
    assert sign.opacity == 1.0
    before, after = (next(c for c in last.cells if c.tensor == k) for k in (0, 1))
    if sign.text == "→":
        assert before.x.max() + 1 < sign.x < after.x.min()
    else:
        assert before.y.max() + 1 < sign.y < after.y.min()
    box = label_box(fit, sign, LIGHT)
    bands = [number_band(fit, b, clearance(fit, b, last.outlines), LIGHT) for b in last.brackets]
    others = [*cells(last, fit), *headings(last, fit), *bands]
    assert not [other for other in others if other.intersects(box)]


FIRST = Case("sum", (torch.arange(12).reshape(3, 4),), {"dim": 0})
ROWS = [FIRST, Case("masked_fill", (MATRIX, MATRIX > 0, 0), {}), Case("stack", (MATRIX[:2], MATRIX[:2]), {"dim": 0}),
        Case("linalg.vector_norm", (MATRIX,), {"dim": 0})]  # fmt: skip
STAGES = [(740.0, 400.0), (700.0, 440.0), (620.0, 430.0), (760.0, 520.0), (1000.0, 560.0)]


def letters(frame: Frame, fit: Fit) -> list[QRectF]:
    """Where the letters of axes that go down stand: below their brackets."""
    ends = [(fit.point(b.x2, b.y2), clearance(fit, b, frame.outlines)) for b in frame.brackets if b.side == "left"]
    return [
        QRectF(p.x() - away - 17 * fit.mark, p.y() + 6 * fit.mark, 10 * fit.mark, 10 * fit.mark) for p, away in ends
    ]


@pytest.mark.parametrize("lost", [0.0, 30.0, 60.0])
@pytest.mark.parametrize("size", STAGES)
@pytest.mark.parametrize("case", ROWS, ids=str)
def test_results_stand_clear_also_where_a_note_takes_some_of_the_stage(
    case: Case, size: tuple[float, float], lost: float
) -> None:
    told, _ = played(case, size)
    last = told.frame(1.0)
    fit = fit_of(last, QRectF(0, 0, size[0], size[1] - lost))
    sign = next(iter(signs(last)))
    box = label_box(fit, sign, LIGHT)
    above = headings(last, fit)
    bands = [number_band(fit, b, clearance(fit, b, last.outlines), LIGHT) for b in last.brackets]
    standing = [*cells(last, fit), *bands, *letters(last, fit)]
    assert not [other for other in [*standing, *above] if other.intersects(box)]
    assert not [(a, b) for a in above for b in standing if a.intersects(b)]


@pytest.mark.parametrize("lost", [0.0, 40.0, 70.0])
@pytest.mark.parametrize("size", STAGES)
@pytest.mark.parametrize("dim", [0, 1])
def test_names_of_values_and_indices_lie_on_no_cells(dim: int, size: tuple[float, float], lost: float) -> None:
    told, _ = played(Case("max", (numbers(4, 2),), {"dim": dim}), size)
    last = told.frame(1.0)
    fit = fit_of(last, QRectF(0, 0, size[0], size[1] - lost))
    boxes = headings(last, fit)
    for box in boxes:
        assert not [c for c in cells(last, fit) if c.intersects(box.adjusted(0, 2, 0, -2))]


def test_a_note_does_not_make_words_small() -> None:
    told, whole = played(FIRST, (740.0, 430.0))
    less = fit_of(told.frame(1.0), QRectF(0, 0, 740, 380))
    assert 0.8 < less.mark < whole.mark == 1.0
    assert less.cell / less.mark == pytest.approx(whole.cell / whole.mark, rel=0.03)


def test_the_sign_comes_with_the_operand_and_not_before() -> None:
    told, _ = played(CASES[0], SIZES[0])
    start = told.time_of(len(told.steps) - 2)
    shown = [[s.opacity for s in signs(told.frame(start + k / 20 * (1.0 - start)))] for k in range(21)]
    assert shown[:10] == [[]] * 10
    assert shown[-1] == [1.0]
    assert [x for x in shown if x] == sorted(x for x in shown if x)


LOW = [(824.0, 208.0), (824.0, 240.0), (640.0, 200.0)]
DEEP = [*CASES, Case("sum", (FOUR,), {"dim": 0}), Case("sum", (FOUR,), {"dim": 3}),
        Case("permute", (CUBE,), {"dims": (2, 0, 1)}), Case("sum", (numbers(2, 2, 2, 3, 3),), {"dim": 0})]  # fmt: skip


@pytest.mark.parametrize("size", LOW)
@pytest.mark.parametrize("case", DEEP, ids=str)
def test_in_a_low_stage_nothing_meets_and_nothing_is_cut_off(case: Case, size: tuple[float, float]) -> None:
    told, fit = played(case, size)
    for k in range(21):
        frame = told.frame(k / 20)
        boxes = [b for b, x in zip(label_boxes(fit, frame, LIGHT), frame.labels, strict=True) if x.role == "index"]
        boxes = [b for b in boxes if not b.isEmpty()]
        above = headings(frame, fit)
        bands = [number_band(fit, b, clearance(fit, b, frame.outlines), LIGHT) for b in frame.brackets]
        still = [b for c in frame.cells if not c.above for b in cells(replace(frame, cells=(c,)), fit)]
        if k in (0, 20):  # on the way headings fade into each other
            assert not [(a, b) for a in above for b in [*boxes, *bands, *still] if a.intersects(b)]
        assert not [(a, b) for n, a in enumerate(boxes) for b in boxes[:n] if a.intersects(b.adjusted(1, 1, -1, -1))]
        assert all(fit.rect.contains(b) for b in [*above, *still])
        for arrow in frame.arrows:
            assert fit.rect.contains(
                QRectF(fit.point(arrow.x1, arrow.y1), fit.point(arrow.x2, arrow.y2)).adjusted(-6, -6, 6, 6)
            )


def test_a_low_stage_has_room_for_cells_that_can_be_told_apart() -> None:
    for dim in (1, 3):
        _, fit = played(Case("sum", (FOUR,), {"dim": dim}), LOW[0])
        assert fit.cell >= 10.0
    _, fit = played(CASES[0], LOW[0])
    assert fit.cell >= 27.0


@pytest.mark.parametrize("size", [*LOW, (1010.0, 480.0), (740.0, 400.0)])
@pytest.mark.parametrize("case", DEEP, ids=str)
def test_cells_are_as_large_as_they_were_arranged_for(case: Case, size: tuple[float, float]) -> None:
    """Distances are given in pixels; with other cells than expected they would be others."""
    told, fit = played(case, size)
    assert told.unit * fit.mark == pytest.approx(fit.cell, rel=0.3)


def test_headings_that_are_nearly_level_are_level() -> None:
    told, fit = played(Case("sum", (FOUR,), {"dim": 1}), LOW[0])
    a, b = headings(told.frame(1.0), fit)
    assert a.center().y() == pytest.approx(b.center().y())
    assert a.right() + 12 < b.left()
