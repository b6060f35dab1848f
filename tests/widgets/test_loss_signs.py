"""Cells that lost something carry a sign, at every size; the legend and the table tell it in words."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from explorer.animation.frame import Frame, Look
from explorer.ops.loss import Loss
from explorer.widgets.look.fonts import SANS
from explorer.widgets.stage.heatmap_view import HeatmapView
from explorer.widgets.stage.loss_signs import SIGNS, counted, legend, reasons, sign_at
from explorer.widgets.stage.painter import fit_of, paint
from explorer.widgets.stage.style import DARK, LIGHT, Style
from explorer.widgets.stage.texts import width_of
from explorer.widgets.stage.twin_model import of_frame
from tests.widgets.stage_frames import matrix

pytestmark = pytest.mark.usefixtures("qapp")


def marked(frame: Frame, *kinds: Loss) -> Frame:
    marks = np.resize(np.array(kinds, dtype=np.int64), len(frame.cells[0].x))
    return replace(frame, cells=(replace(frame.cells[0], marks=marks),))


def shot(frame: Frame, width: int = 740, height: int = 400, style: Style = LIGHT) -> np.ndarray:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(frame, painter, QRectF(0, 0, width, height), style)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(height, width).copy()


def cell(picture: np.ndarray, frame: Frame, column: int, row: int) -> np.ndarray:
    box = fit_of(frame, QRectF(0, 0, picture.shape[1], picture.shape[0])).box(column, row, 1, 1).toRect()
    return picture[box.top() : box.bottom(), box.left() : box.right()]


@pytest.mark.parametrize("look", [Look.VALUE, Look.PALE, Look.PLAIN, Look.GHOST])
@pytest.mark.parametrize("style", [LIGHT, DARK])
def test_a_marked_cell_differs_and_its_neighbour_does_not(look: Look, style: Style) -> None:
    frame = matrix([[1.0, 2.0]], look=look)
    plain, with_sign = shot(frame, style=style), shot(marked(frame, Loss.WRAPPED, Loss.KEPT), style=style)
    assert (cell(plain, frame, 0, 0) != cell(with_sign, frame, 0, 0)).any()
    assert (cell(plain, frame, 1, 0) == cell(with_sign, frame, 1, 0)).all()


def test_every_kind_has_a_sign_of_its_own() -> None:
    frame = matrix([[1.0, 1.0]])
    drawn = {shot(marked(frame, loss, Loss.KEPT)).tobytes() for loss in SIGNS}
    assert len(drawn) == len(SIGNS) == len(Loss) - 1
    assert all(width_of(sign, SANS) > 0 for sign in SIGNS.values())


@pytest.mark.parametrize("size", [8, 20, 40])
def test_small_cells_carry_a_filled_corner(size: int) -> None:
    frame = matrix(np.zeros((size, size)).tolist(), texts=False)
    wrapped = marked(frame, Loss.WRAPPED, *[Loss.KEPT] * (size + 1))
    plain, with_sign = shot(frame), shot(wrapped)
    assert (cell(plain, frame, 0, 0) != cell(with_sign, frame, 0, 0)).any()
    assert (cell(plain, frame, 1, 0) == cell(with_sign, frame, 1, 0)).all()


def test_cells_that_are_not_seen_have_no_sign() -> None:
    frame = matrix([[1.0, 2.0]])
    gone = replace(frame, cells=(replace(frame.cells[0], opacity=np.zeros(2)),))
    assert (shot(gone) == shot(marked(gone, Loss.NAN))).all()


def test_the_legend_counts_worse_ones_first() -> None:
    found = counted([0, 7, 1, 7, 0])
    assert list(found.items()) == [(Loss.WRAPPED, 2), (Loss.ROUNDED, 1)]
    assert legend(found) == "↻\N{NO-BREAK SPACE}2 wrapped · ≈\N{NO-BREAK SPACE}1 rounded"
    assert legend({}) == reasons([Loss.KEPT]) == ""
    assert reasons([Loss.WRAPPED]).startswith("↻ Wrapped:")


def test_hover_and_table_tell_it(qtbot: QtBot) -> None:
    view = HeatmapView()
    qtbot.addWidget(view)
    frame = marked(matrix([[44.0, 2.0]]), Loss.WRAPPED, Loss.KEPT)
    view.show_frame(frame)
    assert (sign_at(frame, 0, 0), sign_at(frame, 0, 1), sign_at(frame, 1, 0)) == (Loss.WRAPPED, 0, 0)
    assert view.cell_text(0, 0).startswith("A[0, 0] = 44\n↻ Wrapped")
    assert view.cell_text(0, 1) == "A[0, 1] = 2"
    (table,) = of_frame(frame)
    assert [table.read([range(1), range(k, k + 1)]) for k in (0, 1)] == [["44 ↻"], ["2"]]
