"""Blocks of cells as text, in and out."""

import pytest
import torch

from explorer.errors import CellError
from explorer.numbers import literals, values
from explorer.session.page import Page
from explorer.widgets.grid import clipboard


def test_numbers_keep_their_digits_for_the_dtype_of_the_tensor():
    texts = placed((2,), "[0.1, 9007199254740993]", (0,))
    assert values.parse(texts[0,], torch.float64) == 0.1
    assert values.parse(texts[1,], torch.int64) == 9007199254740993


def test_onto_the_clipboard_and_back(qapp):
    clipboard.put([["1", "-0"], ["nan", "1e-45"]])
    assert clipboard.text() == "1\t-0\nnan\t1e-45"
    assert literals.parse(clipboard.text()).shape == (2, 2)


def placed(shape, text, corner, page=None):
    return clipboard.place(literals.parse(text), page or Page.first(shape), corner)


def test_where_a_block_goes():
    assert placed((3, 4), "1\t2\n3\t4", (1, 2)) == {(1, 2): "1", (1, 3): "2", (2, 2): "3", (2, 3): "4"}
    assert placed((4,), "1\t2", (1,)) == {(1,): "1", (2,): "2"}
    assert placed((2, 4), "[1, 2]", (1, 1)) == {(1, 1): "1", (1, 2): "2"}
    turned = Page.first((3, 4)).assigned(0, "columns")
    assert placed((3, 4), "1\t2\n3\t4", (0, 0), turned) == {(0, 0): "1", (1, 0): "2", (0, 1): "3", (1, 1): "4"}
    assert placed((2, 2, 2), "[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", (0, 0, 0))[(1, 0, 1)] == "6"
    column = Page.first((3,)).assigned(0, "rows")
    assert placed((3,), "1\n2", (1,), column) == {(1,): "1", (2,): "2"}


@pytest.mark.parametrize(
    ("shape", "text", "corner"),
    [((2, 2), "1\t2", (0, 1)), ((2, 2), "1\n2", (1, 0)), ((3,), "1\t2\n3\t4", (0,)), ((), "1\t2", ())],
)
def test_a_block_without_room_is_refused(shape, text, corner):
    with pytest.raises(CellError, match="does not fit"):
        placed(shape, text, corner)


def test_the_cell_of_a_wrong_value_is_named():
    with pytest.raises(CellError, match=r"\[0, 1\].*300"):
        clipboard.values_of({(0, 0): "1", (0, 1): "300"}, lambda text: values.parse(text, torch.uint8))
