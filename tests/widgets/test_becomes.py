"""The sign between operand and result, and how tensors stand in low stages: nothing meets, nothing is cut off."""

import pytest
from PySide6.QtCore import QRectF

from explorer.animation.animation import Animation
from explorer.animation.arrange import on_stage
from explorer.animation.frame import Frame, Label
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.headings import CHIP_HEIGHT, RAISE, _arrange, _rows, heading_width
from explorer.widgets.stage.painter import fit_of
from explorer.widgets.stage.spacing import clearance, label_box, number_band
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
    found = []
    for row in _rows(fit, list(frame.headings)):
        lefts, scale, dtype = _arrange(fit, row, LIGHT)
        for heading, left in zip(row, lefts, strict=True):
            middle, half = fit.y(heading.y) - RAISE * fit.mark, CHIP_HEIGHT * scale / 2
            found.append(QRectF(left, middle - half, heading_width(heading, LIGHT, scale, dtype), 2 * half))
    return found


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


def test_the_sign_comes_with_the_operand_and_not_before() -> None:
    told, _ = played(CASES[0], SIZES[0])
    start = told.time_of(len(told.steps) - 2)
    shown = [[s.opacity for s in signs(told.frame(start + k / 20 * (1.0 - start)))] for k in range(21)]
    assert shown[:10] == [[]] * 10
    assert shown[-1] == [1.0]
    assert [x for x in shown if x] == sorted(x for x in shown if x)
