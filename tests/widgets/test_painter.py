from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.animation.axes import AxisId
from explorer.animation.frame import Bracket, Cells, Chip, Frame, Heading, Label, Look, Outline, Scale, Shown
from explorer.widgets.look.colormap import colour_map
from explorer.widgets.stage import colour_bar, headings
from explorer.widgets.stage import painter as stage_painter
from explorer.widgets.stage.colour_bar import number
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.headings import _arrange, _rows, heading_width, placed_headings
from explorer.widgets.stage.marks import merged
from explorer.widgets.stage.painter import fit_of, paint
from explorer.widgets.stage.places import box_of, cell_at, neighbour
from explorer.widgets.stage.spacing import BRACKET, clearance, label_boxes, number_band, raised
from explorer.widgets.stage.style import DARK, LIGHT, Style

from .stage_frames import everything, matrix

pytestmark = pytest.mark.usefixtures("qapp")

TWELVE = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]


def shot(frame: Frame, width: int = 740, height: int = 400, style: Style = LIGHT, ratio: float = 1) -> QImage:
    image = QImage(int(width * ratio), int(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    try:
        paint(frame, painter, QRectF(0, 0, width, height), style)
    finally:
        painter.end()
    return image


def at(image: QImage, fit: Fit, x: float, y: float) -> QColor:
    point = fit.point(x, y) * image.devicePixelRatio()
    return image.pixelColor(int(point.x()), int(point.y()))


def pixels(image: QImage) -> np.ndarray:
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()


@pytest.mark.parametrize("ratio", [1, 1.25, 2])
@pytest.mark.parametrize("style", [LIGHT, DARK])
def test_cells_wear_the_colours_of_their_values(style: Style, ratio: float) -> None:
    frame = matrix(TWELVE)
    image, fit = shot(frame, style=style, ratio=ratio), fit_of(frame, QRectF(0, 0, 740, 400))
    cmap = colour_map()
    for i in range(3):
        for j in range(4):
            entry = int(cmap.entries(np.array([TWELVE[i][j]]), 0, 11)[0])
            assert at(image, fit, j + 0.5, i + 0.12) == cmap.fills[entry]
    assert at(image, fit, -1.2, 1.0) == QColor(style.background)


def test_pale_cells_have_no_colour() -> None:
    frame = matrix(TWELVE, look=Look.PALE)
    image, fit = shot(frame), fit_of(frame, QRectF(0, 0, 740, 400))
    assert {at(image, fit, j + 0.5, i + 0.12).name() for i in range(3) for j in range(4)} == {LIGHT.pale.lower()}


def test_numbers_appear_as_soon_as_they_fit_and_not_before() -> None:
    frame = matrix(TWELVE)
    bare = replace(frame, cells=(replace(frame.cells[0], texts=()),))
    assert (pixels(shot(frame)) != pixels(shot(bare))).any()
    assert (pixels(shot(frame, 150, 110)) == pixels(shot(bare, 150, 110))).all()


def test_a_text_too_wide_for_its_cell_is_left_out() -> None:
    frame = matrix([[1.0, 2.0]])
    long = replace(frame, cells=(replace(frame.cells[0], texts=("1", "1234567890123456789012345")),))
    image = shot(long)
    fit = fit_of(long, QRectF(0, 0, 740, 400))
    second = fit.box(1, 0, 1, 1).toRect().adjusted(4, 4, -4, -4)
    assert len(np.unique(pixels(image.copy(second)))) == 1


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("texts", [True, False])
def test_what_is_no_number_is_told_by_more_than_colour(odd: float, texts: bool) -> None:
    frame = matrix([[odd, 1.0], [0.0, 0.5]], texts=texts)
    image = shot(frame)
    box = fit_of(frame, QRectF(0, 0, 740, 400)).box(0, 0, 1, 1).toRect().adjusted(6, 6, -6, -6)
    assert len(np.unique(pixels(image.copy(box)))) > 2


def test_a_hatched_cell_is_told_in_a_large_picture_too() -> None:
    values = np.zeros((64, 64))
    values[3, 5], values[4, 5] = np.nan, np.inf
    frame = matrix(values.tolist(), texts=False)
    image, fit = shot(frame, 1400, 900), fit_of(frame, QRectF(0, 0, 1400, 900))
    for row in (3, 4):
        box = fit.box(5, row, 1, 1).toRect().adjusted(1, 1, -2, -2)
        assert len(np.unique(pixels(image.copy(box)))) > 1, row


def test_clipped_cells_carry_a_sign() -> None:
    frame = matrix([[0.0, 5.0, 99.0, -99.0]], texts=False, scale=Scale(0.0, 10.0))
    image, fit = shot(frame), fit_of(frame, QRectF(0, 0, 740, 400))
    kinds = [len(np.unique(pixels(image.copy(fit.box(j, 0, 1, 1).toRect().adjusted(4, 4, -4, -4))))) for j in range(4)]
    assert kinds[0] == kinds[1] == 1
    assert kinds[2] > 1
    assert kinds[3] > 1


def test_many_cells_show_each_cell_where_it_is() -> None:
    rng = np.random.default_rng(0)
    values = rng.random((64, 64))
    frame = matrix(values.tolist(), texts=False, scale=Scale(0.0, 1.0))
    cmap = colour_map()
    entries = cmap.entries(values, 0, 1)
    for width, height, ratio in ((740, 400, 1.0), (1400, 900, 2.0), (1000, 700, 1.25)):
        image, fit = shot(frame, width, height, ratio=ratio), fit_of(frame, QRectF(0, 0, width, height))
        for i, j in rng.integers(0, 64, (60, 2)).tolist():
            assert at(image, fit, j + 0.4, i + 0.4) == cmap.fills[int(entries[i, j])], (i, j, ratio)


def test_many_cells_fade_and_leave_the_page_without_harm() -> None:
    frame = matrix(np.zeros((64, 64)).tolist(), texts=False, scale=Scale(0.0, 1.0))
    group = frame.cells[0]
    faded = replace(frame, cells=(replace(group, opacity=np.zeros(4096)),))
    fit = fit_of(frame, QRectF(0, 0, 740, 400))
    assert at(shot(faded), fit, 10.4, 10.4) == QColor(LIGHT.background)
    away = replace(frame, cells=(replace(group, x=group.x + 1000.0),))
    assert at(shot(away), fit, 10.4, 10.4) == QColor(LIGHT.background)
    half = replace(frame, cells=(replace(group, opacity=0.5),))
    mixed = at(shot(half), fit, 10.4, 10.4)
    assert 68 < mixed.red() < 250


def test_the_focused_cell_has_a_black_and_white_outline() -> None:
    frame = matrix(TWELVE, focus=((0, 5), (0, 6)))
    image = shot(frame)
    box = box_of(frame, fit_of(frame, QRectF(0, 0, 740, 400)), (0, 5))
    assert box is not None
    found = {QColor.fromRgba(int(v)).name() for v in np.unique(pixels(image.copy(box.toAlignedRect())))}
    assert {"#000000", "#ffffff"} <= found
    other = shot(replace(frame, focus=()))
    assert (pixels(image) != pixels(other)).any()


def test_axes_are_told_by_pattern_as_well_as_colour() -> None:
    dashes = {LIGHT.axis(k).dash for k in range(6)}
    assert len(dashes) == 6
    pairs = [(LIGHT.axis(k).colour, LIGHT.axis(k).dash) for k in range(18)]
    assert len(set(pairs)) == 18


def test_colour_by_destination_replaces_the_value_colours() -> None:
    frame = matrix(TWELVE)
    hued = replace(frame, cells=(replace(frame.cells[0], hues=np.array([0, 1, 2, -1] * 3)),))
    image, fit = shot(hued), fit_of(frame, QRectF(0, 0, 740, 400))
    first = [at(image, fit, j + 0.5, 0.12).name() for j in range(4)]
    second = [at(image, fit, j + 0.5, 1.12).name() for j in range(4)]
    assert first[:3] == second[:3]
    assert len(set(first)) == 4
    assert first[3] != second[3]  # -1 keeps the colour of the value


@pytest.mark.parametrize("look", list(Look))
def test_every_look_wears_the_hue_of_its_destination(look: Look) -> None:
    frame = matrix([[0.0, 1.0]], look=look, texts=False)
    hued = replace(frame, cells=(replace(frame.cells[0], hues=np.array([3, 8])),))
    fit = fit_of(frame, QRectF(0, 0, 740, 400))
    colours = [at(shot(f), fit, j + 0.5, 0.88) for f in (frame, hued) for j in (0, 1)]
    assert colours[2] not in colours[:2]
    assert colours[3] not in colours[:3]


def test_headings_of_neighbours_do_not_meet() -> None:
    chips = (Chip(0, 3, AxisId(0)), Chip(1, 4, AxisId(1)))
    headings = [Heading(x, y, name, chips, "int64") for x, y, name in ((2, 0.0, "A"), (4, -0.3, "B"), (6, 0.0, "C"))]
    fit = fit_of(Frame(bounds=(0, 0, 8, 4)), QRectF(0, 0, 740, 400))
    (row,) = _rows(fit, headings)
    lefts, scale, dtype = _arrange(fit, row, LIGHT)
    ends = [left + heading_width(h, LIGHT, scale, dtype) for left, h in zip(lefts, row, strict=True)]
    assert [h.name for h in row] == ["A", "B", "C"]
    assert all(end <= left for end, left in zip(ends, lefts[1:], strict=False))
    assert lefts[0] >= 0
    assert ends[-1] <= 740


@pytest.mark.parametrize("width", [460, 520, 640])
def test_a_long_heading_beside_the_colour_bars_stops_before_them(width: int) -> None:
    chips = (Chip(0, "3 → 1", AxisId(0)), Chip(1, 4, AxisId(1)))
    heading = Heading(2.0, 2.0, "sum(e^(A-amax), dim=0, keepdim=True)", chips, "float32")
    frame = replace(matrix(TWELVE), headings=(heading,))
    fit = fit_of(frame, QRectF(0, 0, width, 300))
    bars = QRectF(fit.bars.left() - 1, 0, fit.rect.right() - fit.bars.left() + 1, 300).toAlignedRect()
    without = replace(frame, headings=())
    assert (pixels(shot(frame, width, 300).copy(bars)) == pixels(shot(without, width, 300).copy(bars))).all()
    assert shot(frame, width, 300) != shot(without, width, 300)


def test_a_tensor_without_cells_shows_its_axes_and_no_colour_bar() -> None:
    frame = replace(
        matrix([[0.0] * 3]),
        cells=(),
        tensors=(Shown("E", (0, 3)),),
        brackets=(Bracket(AxisId(1), 0, 0, 3, 0, "top"),),
        bounds=(0, 0, 1, 1),
    )
    fit = fit_of(frame, QRectF(0, 0, 740, 400))
    assert fit.bars.isEmpty()
    assert fit.cells.width() == 3 * fit.cell
    shot(frame)


@pytest.mark.parametrize("size", [(740, 400), (400, 300), (1400, 900), (60, 40), (1, 1)])
@pytest.mark.parametrize("style", [LIGHT, DARK])
def test_every_mark_in_every_size(size: tuple[int, int], style: Style) -> None:
    image = shot(everything(), *size, style=style)
    assert image.size().width() == size[0]


def test_an_empty_frame_and_an_empty_group() -> None:
    shot(Frame())
    none = np.empty(0)
    shot(Frame((Cells(none, none, none),), bounds=(0, 0, 0, 0)))


def test_the_painter_is_left_as_it_was_found_even_by_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*args: object) -> None:
        raise RuntimeError("a fault")

    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setOpacity(0.25)
    monkeypatch.setattr(stage_painter, "paint_bracket", fault)
    with pytest.raises(RuntimeError, match="a fault"):
        paint(matrix(TWELVE), painter, QRectF(0, 0, 100, 100))
    assert painter.opacity() == 0.25
    painter.end()


def test_the_fit_holds_the_bounds_and_does_not_depend_on_the_moment() -> None:
    frame = matrix(TWELVE)
    rect = QRectF(0, 0, 740, 400)
    fit = fit_of(frame, rect)
    assert rect.contains(fit.cells)
    later = replace(frame, brackets=(), headings=(), arrows=())
    assert fit_of(later, rect) == fit


def test_cells_are_found_under_pixels() -> None:
    frame = matrix(TWELVE)
    fit = fit_of(frame, QRectF(0, 0, 740, 400))
    assert cell_at(frame, fit, fit.point(2.5, 1.5)) == (0, 6)
    assert cell_at(frame, fit, fit.point(4.5, 1.5)) is None
    assert cell_at(frame, fit, QPointF(0, 0)) is None
    hidden = replace(frame, cells=(replace(frame.cells[0], opacity=0.0),))
    assert cell_at(hidden, fit, fit.point(2.5, 1.5)) is None


def test_neighbours_are_those_that_the_eye_sees() -> None:
    frame = matrix(TWELVE)
    assert neighbour(frame, None, 1, 0) == (0, 0)
    assert neighbour(frame, (0, 5), 1, 0) == (0, 6)
    assert neighbour(frame, (0, 5), 0, 1) == (0, 9)
    assert neighbour(frame, (0, 5), -1, 0) == (0, 4)
    assert neighbour(frame, (0, 4), -1, 0) == (0, 4)
    assert neighbour(frame, (0, 99), 0, 1) == (0, 0)
    assert neighbour(Frame(), None, 1, 0) is None


def test_rings_around_small_neighbours_become_one() -> None:
    boxes = [QRectF(10, 5 * k, 5, 5) for k in range(4)] + [QRectF(15, 0, 5, 5), QRectF(40, 40, 5, 5)]
    rings = merged([(k + 1, box, 1.0) for k, box in enumerate(boxes)])
    assert sorted((r[1].left(), r[1].top(), r[1].width(), r[1].height()) for r in rings) == [
        (10, 0, 5, 20),
        (15, 0, 5, 5),
        (40, 40, 5, 5),
    ]


def test_page_labels_stand_clear_of_index_numbers_and_headings_of_both() -> None:
    frame = matrix(TWELVE)
    label = Label(2, -0.4, "i = 0", "index", AxisId(2))
    paged = replace(frame, labels=(label,), outlines=(Outline(-0.2, -0.2, 4.4, 3.4, AxisId(2)),))
    fit = fit_of(paged, QRectF(0, 0, 300, 200))
    bands = [number_band(fit, b, clearance(fit, b, paged.outlines), LIGHT) for b in paged.brackets]
    (box,) = label_boxes(fit, paged, LIGHT)
    assert not any(box.intersects(band) for band in bands)
    assert clearance(fit, paged.brackets[0], paged.outlines) > 0
    assert raised(box.center().y(), box.left(), box.width(), 10, [box], -100) <= box.top() - 10


@pytest.mark.parametrize("size", [(740, 400), (300, 200), (150, 130)])
def test_the_letters_of_axes_stand_clear_of_a_dashed_frame(size: tuple[int, int]) -> None:
    frame = matrix(TWELVE)
    fit = fit_of(frame, QRectF(0, 0, *size))
    pad = 5.0 / fit.cell
    dashed = Outline(-pad, -pad, 4 + 2 * pad, 3 + 2 * pad, None, 2.0, 1.0, dash=True)
    outer = 5.0 + 4.0 * max(fit.mark, 0.85) + 0.5  # the line is 4 pixels wide, and half a pixel out
    for bracket in frame.brackets:
        away = clearance(fit, bracket, [dashed])
        assert BRACKET * fit.mark + away - 0.45 * 13 * fit.mark > outer
        assert clearance(fit, bracket, [replace(dashed, opacity=0.25)]) == pytest.approx(away / 2)
        assert clearance(fit, bracket, []) == 0
        around = replace(dashed, x=dashed.x - 0.4, y=dashed.y - 0.4, width=dashed.width + 1, height=dashed.height + 1)
        assert clearance(fit, bracket, [around, dashed]) > away  # the frame around that frame, too
        assert clearance(fit, bracket, [replace(around, x=around.x - 3, y=around.y - 3), dashed]) == away


@pytest.mark.parametrize("pitch", [0.5, 0.75, 0.8, 0.85, 0.9, 1.2, 2.0])
def test_names_of_pages_that_would_meet_are_left_out_evenly(pitch: float) -> None:
    texts = [f"d = {k}" for k in (0, 1, 2, 3, 260, 261, 262, 263)]
    labels = tuple(Label(1 + k * pitch, -1.0, text, "index", AxisId(3)) for k, text in enumerate(texts))
    frame = replace(matrix(np.zeros((2, 16)).tolist(), texts=False), labels=labels, brackets=())
    boxes = label_boxes(fit_of(frame, QRectF(0, 0, 1000, 400)), frame, LIGHT)
    kept = [k for k, box in enumerate(boxes) if not box.isEmpty()]
    assert kept == list(range(0, len(texts), kept[1] if len(kept) > 1 else 8))
    shown = [boxes[k] for k in kept]
    assert all(a.right() < b.left() for a, b in pairwise(shown))
    assert pitch < 2 or len(kept) == 8


@pytest.mark.parametrize(
    ("value", "text"), [(-0.048071, "-0.0481"), (1e7, "1e7"), (11, "11"), (-3.3564, "-3.356"), (-1.23456e-12, "-1e-12")]
)
def test_numbers_of_a_scale_are_short(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("cell", [3.5, 4.5, 5.0, 5.5, 6.5, 7.5])
def test_gaps_stand_between_all_cells_or_between_none(cell: float) -> None:
    """Gaps between some cells only, where rounding made room, would look like a pattern in the data."""
    frame = matrix(np.zeros((40, 40)).tolist(), texts=False, scale=Scale(0.0, 1.0))
    bare = replace(frame, brackets=(), headings=())
    whole = fit_of(bare, QRectF(0, 0, 740, 400))
    place = replace(whole, cell=cell)
    image = QImage(740, 400, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(bare, painter, QRectF(0, 0, 740, 400), where=place)
    painter.end()
    row = pixels(image)[int(place.y(0.4))]
    inside = row[int(place.x(1)) : int(place.x(39))]
    gaps = np.count_nonzero(inside == QColor(LIGHT.background).rgba())
    assert gaps in ((0,) if cell < 6 else (37, 38, 39))


def test_pale_cells_too_small_for_numbers_keep_a_tint() -> None:
    frame = matrix(TWELVE, look=Look.PALE, texts=False)
    image, fit = shot(frame, 150, 110), fit_of(frame, QRectF(0, 0, 150, 110))
    assert len({at(image, fit, j + 0.5, i + 0.5).name() for i in range(3) for j in range(4)}) > 6


def test_a_heading_never_covers_the_cells_of_another_tensor() -> None:
    """Where there is no room between two tensors below each other, the lower one's heading stands at its left."""
    upper, lower = matrix(TWELVE), matrix([[1.0, 2.0, 3.0, 4.0]], name="B")
    moved = replace(lower.cells[0], y=lower.cells[0].y + 4.5, tensor=1)
    heading = replace(lower.headings[0], y=lower.headings[0].y + 4.5)
    both = replace(upper, cells=(*upper.cells, moved), bounds=(0.0, 0.0, 4.0, 5.5))
    rect = (740, 200)
    fit = fit_of(both, QRectF(0, 0, *rect))
    own = fit.box(0, 0, 4, 3).toRect()
    without = shot(replace(both, headings=upper.headings), *rect)
    named = shot(replace(both, headings=(*upper.headings, heading)), *rect)
    assert (pixels(without.copy(own)) == pixels(named.copy(own))).all()
    assert (pixels(without) != pixels(named)).any()


def test_a_heading_without_room_above_or_at_its_left_stands_below_its_cells() -> None:
    left, upper = matrix(TWELVE), matrix([[1.0, 2.0, 3.0, 4.0]], name="B")

    def moved(y: float) -> tuple[Cells, Heading]:
        cells, (heading, *_) = upper.cells[0], upper.headings
        return replace(cells, x=cells.x + 5, y=cells.y + y), replace(heading, x=heading.x + 5, y=heading.y + y)

    (first, above), (second, below) = moved(0.0), moved(2.0)
    cells = (*left.cells, first, second)
    fit = fit_of(replace(left, cells=cells, bounds=(0.0, 0.0, 9.0, 3.0)), QRectF(0, 0, 600, 240))
    placed = placed_headings(fit, (*left.headings, above, below), LIGHT, (), cells)
    boxes = {h.y: box for h, box, *_ in placed if h.name == "B"}
    for box in boxes.values():
        assert abs(box.center().x() - fit.x(7.0)) < fit.cell
        for group in cells:
            spots = zip(group.x, group.y, strict=True)
            assert not any(fit.box(float(x), float(y), 1, 1).intersects(box) for x, y in spots)
    assert boxes[2.0].top() > fit.y(3.0)


def test_cells_on_their_way_are_painted_over_what_stands() -> None:
    place = (np.zeros(1), np.zeros(1))
    low, high = Cells(*place, np.zeros(1)), Cells(*place, np.ones(1), above=True)
    pictures = [shot(Frame(cells)) for cells in ((high, low), (low, high), (low,))]
    assert pictures[0] == pictures[1]
    assert pictures[0] != pictures[2]


@pytest.mark.parametrize("height", [80, 120, 240, 400, 900])
@pytest.mark.parametrize("title", ["", "A, B"])
def test_numbers_of_a_colour_bar_stand_level_with_their_ticks(
    height: int, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: dict[str, float] = {}

    def note(painter: QPainter, place: QPointF, text: str, *rest: object) -> float:
        drawn[text] = place.y()
        return 0.0

    monkeypatch.setattr(colour_bar, "draw", note)
    frame = matrix(TWELVE, scale=Scale(-3.0, 11.0, title))
    fit = fit_of(frame, QRectF(0, 0, 740, height))
    shot(frame, 740, height)
    top, long = colour_bar.span(fit)
    assert [drawn[text] for text in ("11", "4", "-3")] == pytest.approx([top, top + long / 2, top + long], abs=1.0)
    assert all(6 * fit.mark <= y <= height - 6 * fit.mark for y in drawn.values())


def test_a_heading_tells_its_axes_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def note(painter: QPainter, place: QPointF, text: str, *rest: object) -> float:
        drawn.append(text)
        return 0.0

    monkeypatch.setattr(headings, "draw", note)
    chips = (Chip(0, "3 → 1", AxisId(0)), Chip(0, 4, AxisId(1), was=1))
    shot(replace(matrix(TWELVE), headings=(Heading(2.0, 0.0, "A", chips, ""),)))
    assert "".join(drawn) == "Aaxis 0: 3 → 1axis 1 → 0: 4"
