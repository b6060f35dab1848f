"""Where the cells of a tensor lie."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.animation.compose import picture
from explorer.animation.plane_layout import PlaneLayout, place, window, windows

shapes = st.lists(st.integers(0, 4), max_size=6).map(tuple)


@given(shapes)
def test_no_two_cells_overlap(shape: tuple[int, ...]) -> None:
    x, y = place(shape).positions()
    assert len(x) == int(np.prod(shape))
    spots = list(zip(x.tolist(), y.tolist(), strict=True))
    assert len(set(spots)) == len(spots)
    for k in range(min(len(spots), 40)):
        near = (np.abs(x - x[k]) < 0.999) & (np.abs(y - y[k]) < 0.999)
        assert near.sum() == 1


@given(shapes)
def test_all_cells_lie_in_the_extent(shape: tuple[int, ...]) -> None:
    layout = place(shape)
    x, y = layout.positions()
    width, height = layout.extent
    assert width > 0
    assert height > 0
    if len(x):
        assert x.min() == y.min() == 0
        assert x.max() + 1 == pytest.approx(width)
        assert y.max() + 1 == pytest.approx(height)


@given(st.lists(st.integers(0, 10**6), max_size=6), st.integers(1, 4096))
def test_windows_hold_no_more_cells_than_asked(sizes: list[int], most: int) -> None:
    kept = windows(sizes, most)
    assert np.prod([len(k) for k in kept]) <= most
    for indices, size in zip(kept, sizes, strict=True):
        assert len(indices) >= min(size, 1)
        assert list(indices) == sorted(set(indices.tolist()))
        assert all(0 <= i < size for i in indices.tolist())


def test_a_window_has_the_first_and_the_last_indices() -> None:
    assert window(10, 4).tolist() == [0, 1, 8, 9]
    assert window(3, 4).tolist() == [0, 1, 2]


def test_rows_columns_and_pages() -> None:
    x, y = (v.reshape(2, 3, 4) for v in place((2, 3, 4)).positions())
    assert np.diff(x, axis=2).min() == np.diff(x, axis=2).max() == 1
    assert np.diff(y, axis=1).min() == np.diff(y, axis=1).max() == 1
    assert np.diff(x, axis=0).min() > 4
    assert (np.diff(y, axis=0) == 0).all()


def test_a_user_may_choose_rows_and_columns() -> None:
    turned = place((2, 3, 4), rows=2, columns=0)
    assert (turned.rows, turned.columns, turned.pages) == (2, 0, (1,))
    assert turned.direction(2) == (0.0, 1.0)


def test_a_choice_for_a_tensor_of_more_axes_is_as_good_as_none() -> None:
    for shape, rows, columns, found in (((2, 3), 2, 3, (0, 1)), ((2, 3), 2, 0, (1, 0)), ((3,), 1, 0, (None, 0))):
        made = place(shape, rows=rows, columns=columns)
        assert (made.rows, made.columns) == found


def test_vectors_and_thin_matrices_differ_at_a_glance() -> None:
    frames = [picture("A", torch.zeros(shape)).frame(0.0) for shape in ((3,), (3, 1), (1, 3), ())]
    assert [sorted(b.side for b in f.brackets) for f in frames] == [["top"], ["left", "top"], ["left", "top"], []]
    assert [len(f.headings[0].chips) for f in frames] == [1, 2, 2, 0]
    ends = [(np.ptp(f.cells[0].x), np.ptp(f.cells[0].y)) for f in frames]
    assert ends == [(2, 0), (0, 2), (2, 0), (0, 0)]


@given(shapes.filter(lambda s: len(s) > 0), st.data())
def test_a_squashed_row_or_column_axis_leaves_the_others_where_they_were(
    shape: tuple[int, ...], data: st.DataObject
) -> None:
    axis = data.draw(st.integers(max(len(shape) - 2, 0), len(shape) - 1))
    layout = place(shape)
    kept = layout.squashed(axis)
    dropped = kept.without(axis)
    assert kept.count == dropped.count
    for mine, theirs in zip(kept.positions(), dropped.positions(), strict=True):
        assert mine.tolist() == theirs.tolist()
    left = [a for a in range(len(shape)) if a != axis]
    assert [layout.direction(a) for a in left] == [dropped.direction(k) for k in range(len(left))]


def test_pictures_say_what_they_hide() -> None:
    assert picture("A", torch.zeros(3, 4)).hidden is None
    large = picture("A", torch.zeros(1000, 1000))
    assert "1000000" in str(large.hidden)
    assert isinstance(place((2,)), PlaneLayout)


def test_pictures_of_memory_that_nobody_wrote() -> None:
    frame = picture("A", torch.zeros(2, 2), unknown=True).frame(0.5)
    assert [(heading.name, heading.dtype) for heading in frame.headings] == [("A", "float32")]
    assert frame.cells[0].texts == ("?",) * 4
    assert np.isnan(frame.cells[0].values).all()
