import numpy as np
import pytest
from PySide6.QtGui import QColor

from explorer.widgets.look.colormap import COLOUR_MAPS, colour_map, contrast, hues, ink_on


@pytest.mark.parametrize("key", COLOUR_MAPS)
def test_every_colour_has_a_readable_ink(key: str) -> None:
    cmap = colour_map(key)
    assert len(cmap.fills) == len(cmap.inks) == 256
    assert min(contrast(f, i) for f, i in zip(cmap.fills, cmap.inks, strict=True)) >= 4.5
    for fill, ink in zip(cmap.fills, cmap.inks, strict=True):
        other = QColor("#FFFFFF") if ink == QColor("#000000") else QColor("#000000")
        assert contrast(fill, ink) >= contrast(fill, other)


@pytest.mark.parametrize("key", COLOUR_MAPS)
def test_colours_are_those_of_pyqtgraph(key: str) -> None:
    import pyqtgraph as pg

    source = {"diverging": "CET-D1A"}.get(key, key)
    theirs = pg.colormap.get(source).getLookupTable(0.0, 1.0, 256, alpha=False)
    assert np.abs(colour_map(key).rgb.astype(int) - theirs).max() <= 1


def test_hues_are_readable_too() -> None:
    assert len({c.name() for c in hues()}) == len(hues())
    assert min(contrast(c, ink_on(c)) for c in hues()) >= 4.5


def test_entries_span_the_scale_and_clip() -> None:
    values = np.array([0.0, 5.0, 10.0, 11.0, -1.0, np.inf, -np.inf, np.nan])
    assert colour_map().entries(values, 0, 10).tolist() == [0, 128, 255, 255, 0, 255, 0, -1]


def test_infinite_levels_do_not_make_one_colour() -> None:
    assert colour_map().levels(0, np.inf) == (0.0, 0.0)
    assert colour_map().levels(np.nan, 3) == (0.0, 3.0)


def test_the_largest_floats_do_not_overflow() -> None:
    top = np.finfo(np.float64).max
    assert colour_map().entries(np.array([-top, 0.0, top]), -top, top).tolist() == [0, 128, 255]


def test_equal_levels_give_the_middle() -> None:
    assert colour_map().entries(np.array([3.0, np.nan]), 3, 3).tolist() == [128, -1]


def test_diverging_is_centred_on_zero() -> None:
    cmap = colour_map("diverging")
    assert cmap.levels(-1, 4) == (-4.0, 4.0)
    low, zero, high = cmap.entries(np.array([-4.0, 0.0, 4.0]), -1, 4).tolist()
    assert (low, zero, high) == (0, 128, 255)
    assert colour_map("diverging").entries(np.array([0.0]), 0, 0).tolist() == [128]


def test_an_unknown_map_is_refused() -> None:
    with pytest.raises(KeyError):
        colour_map("jet")
