from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pyqtgraph as pg
import pytest
import torch
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.animation.axes import AxisId
from explorer.numbers.forms import Spelling
from explorer.widgets.look.colormap import colour_map
from explorer.widgets.stage import overview_marks
from explorer.widgets.stage.overview import Overview
from explorer.widgets.stage.overview_window import image, window

Ranges = tuple[range, ...]


class Function:
    """A tensor that exists only as a rule: row + column / 1000 at every cell. Keeps what it was asked for."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape
        self.asked: list[Ranges] = []

    def __call__(self, ranges: Ranges) -> np.ndarray:
        assert len(ranges) == len(self.shape)
        assert all(r.stop <= n for r, n in zip(ranges, self.shape, strict=True))
        self.asked.append(ranges)
        parts = np.meshgrid(*(np.array(r, dtype=np.float64) for r in ranges), indexing="ij")
        return np.asarray(parts[-2] + parts[-1] / 1000 if len(parts) > 1 else parts[-1])


@pytest.fixture
def overview(qtbot: QtBot) -> Iterator[Overview]:
    made = Overview()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hide()


def test_a_window_is_no_larger_than_the_pixels() -> None:
    found = window((10**9, 10**9), (-5, 1e9 + 5), (-5, 1e9 + 5), (800, 600))
    assert len(found.rows) <= 600
    assert len(found.columns) <= 800
    assert found.rows.start == 0
    near = window((10**9, 10**9), (1000.5, 1020.5), (7.2, 9.9), (800, 600))
    assert (near.rows, near.columns) == (range(7, 11), range(1001, 1021))
    assert near.whole
    outside = window((10, 10), (20, 30), (-9, -5), (100, 100))
    assert not len(outside.columns)


def test_steps_stay_put_while_panning() -> None:
    first = window((10**6, 10**6), (0, 1e5), (0, 1e5), (800, 600))
    second = window((10**6, 10**6), (777, 1e5 + 777), (0, 1e5), (800, 600))
    assert first.columns.step == second.columns.step
    assert second.columns.start % second.columns.step == 0


def test_infinities_do_not_swallow_the_colours() -> None:
    rgba = image(np.array([[0.0, 10.0], [np.inf, np.nan]]), (0.0, 10.0), colour_map())
    assert rgba.shape == (2, 2, 4)
    assert (rgba[0, 0, :3] == colour_map().rgb[0]).all()
    assert (rgba[0, 1, :3] == colour_map().rgb[255]).all()
    assert rgba[1, 1, 3] == 0
    assert rgba[1, 0, 3] == 255


def test_it_never_holds_more_than_the_view(overview: Overview) -> None:
    source = Function((100_000, 200_000))
    overview.show_tensor("A", source.shape, source, (0.0, 100_200.0))
    assert source.asked
    assert max(len(r) for ranges in source.asked for r in ranges) <= 800
    assert "one row in 2" in overview.note()


def test_the_colours_are_those_of_the_cells(overview: Overview) -> None:
    source = Function((50, 60))
    overview.show_tensor("A", source.shape, source, (0.0, 50.0))
    picture = overview.grab().toImage()
    scene = overview._box.mapViewToScene(QPointF(30, 40))
    point = overview._plot.mapTo(overview, overview._plot.mapFromScene(scene)) * picture.devicePixelRatio()
    entry = int(colour_map().entries(np.array([40.03]), 0.0, 50.0)[0])
    assert picture.pixelColor(point) == colour_map().fills[entry]
    assert overview.note() == ""


def test_zooming_reads_anew_and_shows_numbers(overview: Overview) -> None:
    source = Function((5000, 5000))
    asked: list[Ranges] = []

    def texts(ranges: Ranges) -> list[str]:
        asked.append(ranges)
        return ["7"] * (len(ranges[0]) * len(ranges[1]))

    overview.show_tensor("A", source.shape, source, (0.0, 5000.0), texts=texts)
    assert not asked
    before = len(source.asked)
    overview.show_cells((100, 110), (200, 212))
    assert len(source.asked) > before
    assert asked
    shown = overview.shown
    assert shown is not None
    assert shown.whole
    assert 100 in shown.rows
    assert 200 in shown.columns
    assert "of 5000" in overview.note()
    numbered = overview.grab().toImage()
    overview._marks.hide()
    assert overview.grab().toImage() != numbered


@pytest.mark.parametrize("scale", [1.0, 1e6])
def test_all_cells_in_view_show_numbers_in_one_format_or_only_what_is_no_number_has_a_sign(
    overview: Overview, scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(overview_marks, "draw", lambda painter, place, text, *rest: drawn.append(text))
    source = Function((5000, 5000))

    def texts(ranges: Ranges) -> tuple[str, ...]:
        made = torch.arange(len(ranges[0]) * len(ranges[1]), dtype=torch.float32) * scale + 0.125
        return Spelling([made]).texts(made)

    overview.show_tensor("A", source.shape, source, (0.0, 5000.0), texts=texts)
    overview.show_cells((100, 110), (200, 212))
    drawn.clear()
    overview.grab()
    shown = overview.shown
    assert shown is not None
    assert len(drawn) % (len(shown.rows) * len(shown.columns)) == 0
    assert drawn
    assert len({len(text.partition(".")[2].partition("e")[0]) for text in drawn}) == 1


def test_pages_are_named_and_change(overview: Overview) -> None:
    source = Function((3, 100, 120))
    overview.show_tensor("A", source.shape, source, (0.0, 100.0), axes=(AxisId(0), AxisId(1), AxisId(2)))
    assert source.asked[-1][0] == range(1)
    assert "i = 0" in overview.note()
    assert "3 pages" in overview.note()
    overview.set_page((2,))
    assert source.asked[-1][0] == range(2, 3)
    with pytest.raises(ValueError, match="leading"):
        overview.show_tensor("A", source.shape, source, (0.0, 1.0), page=(1, 1))


def test_keys_turn_pages(overview: Overview, qtbot: QtBot) -> None:
    source = Function((2, 3, 100, 120))
    overview.show_tensor("A", source.shape, source, (0.0, 100.0))
    seen = []
    for key in (Qt.Key.Key_PageUp, *[Qt.Key.Key_PageDown] * 6, Qt.Key.Key_PageUp):
        qtbot.keyClick(overview, key)
        seen.append(tuple(r.start for r in source.asked[-1][:2]))
    assert seen == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (1, 2), (1, 1)]


def test_a_tensor_that_is_shown_again_stays_as_it_is_in_view(overview: Overview) -> None:
    source = Function((3, 5000, 4000))
    overview.show_tensor("A", source.shape, source, (0.0, 5000.0))
    overview.set_page((2,))
    overview.show_cells((100, 110), (200, 212))
    seen = source.asked[-1]
    overview.show_tensor("A", source.shape, source, (0.0, 1.0))
    assert source.asked[-1] == seen
    overview.show_tensor("B", source.shape, source, (0.0, 1.0))
    assert source.asked[-1] != seen
    assert source.asked[-1][0] == range(1)


@pytest.mark.parametrize("shape", [(), (10_000,), (0, 5), (1, 1)])
def test_odd_shapes(overview: Overview, shape: tuple[int, ...]) -> None:
    def read(ranges: Ranges) -> np.ndarray:
        return np.zeros([len(r) for r in ranges])

    overview.show_tensor("A", shape, read, (0.0, 0.0))
    assert overview.grab()
    overview.clear()
    assert overview.grab()


def test_what_is_not_finite_is_counted(overview: Overview) -> None:
    def read(ranges: Ranges) -> np.ndarray:
        values = np.zeros([len(r) for r in ranges])
        values[0, :3] = np.nan, np.inf, -np.inf
        return values

    overview.show_tensor("A", (70, 70), read, (0.0, 1.0))
    assert "3 of the drawn cells" in overview.note()
    assert overview.grab()


def test_keys_pan_zoom_and_return(overview: Overview, qtbot: QtBot) -> None:
    source = Function((1000, 1000))
    overview.show_tensor("A", source.shape, source, (0.0, 1000.0))
    whole = overview._box.viewRange()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus):
        qtbot.keyClick(overview, key)
    near = overview._box.viewRange()
    assert near[0][1] - near[0][0] < whole[0][1] - whole[0][0]
    qtbot.keyClick(overview, Qt.Key.Key_Right)
    assert overview._box.viewRange()[0][0] > near[0][0]
    qtbot.keyClick(overview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert np.allclose(overview._box.viewRange(), whole)


def test_a_double_click_tells_the_index(overview: Overview, qtbot: QtBot) -> None:
    source = Function((2, 50, 60))
    overview.show_tensor("A", source.shape, source, (0.0, 50.0), page=(1,))
    scene = overview._box.mapViewToScene(QPointF(30, 40))
    viewport = overview._plot.viewport()
    place = QPointF(overview._plot.mapFromScene(scene))
    with qtbot.waitSignal(overview.cell_activated) as caught:
        QApplication.sendEvent(
            viewport,
            QMouseEvent(
                QEvent.Type.MouseButtonDblClick,
                place,
                QPointF(viewport.mapToGlobal(place)),
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            ),
        )
    assert caught.args == [(1, 40, 30)]
    assert overview.index_at(-1, 0) is None


def test_the_numbers_of_a_narrow_picture_do_not_touch(overview: Overview) -> None:
    overview.show_tensor("L", (10000, 10000), Function((10000, 10000)), (0.0, 10.0))
    for size in ((620, 260), (300, 600), (1100, 900)):
        overview.resize(*size)
        overview.grab()  # pyqtgraph gives an axis the width of its texts when it draws them
        QApplication.processEvents()
        for side in ("top", "left"):
            axis = overview.findChild(pg.PlotWidget).getPlotItem().getAxis(side)
            picture = QPixmap(10, 10)
            with QPainter(picture) as painter:
                _, _, texts = axis.generateDrawSpecs(painter)
            boxes = [rect for rect, _, _ in texts]
            assert len(boxes) >= 2, (size, side, axis.range, axis.size(), texts)
            assert not any(a.intersects(b) for a, b in combinations(boxes, 2)), (size, side)
