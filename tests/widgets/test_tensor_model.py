"""The table model reads windows only, shows every bit, and asks for edits without making them."""

import math

import pytest
import torch

from explorer.session.page import BAND, Page
from explorer.widgets.grid.tensor_model import Knowledge, TensorModel
from explorer.workspace.source import TensorSource


class Counted(TensorSource):
    """Counts the cells that were read."""

    def __init__(self, tensor):
        super().__init__(tensor)
        self.cells = 0

    def read(self, ranges):
        self.cells += math.prod(len(r) for r in ranges)
        return super().read(ranges)


def shown(tensor, page=None, **more):
    model = TensorModel()
    source = Counted(tensor)
    model.show_source("A", source, page or Page.first(tuple(tensor.shape)), **more)
    return model, source


@pytest.mark.parametrize("shape", [(), (1,), (5,), (0,), (3, 4), (0, 4), (3, 0), (2, 3, 4), (1, 2, 1, 2, 3, 2)])
@pytest.mark.parametrize("dtype", [torch.float32, torch.int64, torch.bool, torch.complex64, torch.float8_e5m2])
def test_is_a_sound_model(qtmodeltester, shape, dtype):
    model, _ = shown(torch.ones(shape, dtype=torch.float32).to(dtype), levels=(0.0, 1.0))
    qtmodeltester.check(model)


@pytest.mark.parametrize("rank", range(7))
def test_every_cell_of_every_page_is_where_it_belongs(qtbot, rank):
    tensor = torch.arange(math.prod(range(1, rank + 1))).reshape(tuple(range(1, rank + 1)))
    page, seen = Page.first(tuple(tensor.shape)), {}
    for _ in range(page.count):
        model, _ = shown(tensor, page)
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                seen[page.cell(row, column)] = model.value(row, column)
        page = page.turned(1)
    assert len(seen) == tensor.numel()
    assert all(tensor[cell].item() == value for cell, value in seen.items())


def test_any_axis_can_be_rows_or_columns(qtbot):
    tensor = torch.arange(24).reshape(2, 3, 4)
    page = Page.first((2, 3, 4)).assigned(0, "columns")
    assert (page.rows, page.columns, page.leading) == (1, 0, (2,))
    model, _ = shown(tensor, page.at(2, 3))
    assert [[model.value(r, c) for c in range(2)] for r in range(3)] == tensor[:, :, 3].T.tolist()
    page = page.assigned(1, "columns")  # in use: rows and columns change places
    assert (page.rows, page.columns) == (0, 1)


def test_exact_texts(qtbot):
    tensor = torch.tensor([0.1, -0.0, 1e-45, math.nan, math.inf, 16777216.0])
    model, _ = shown(tensor)
    assert [model.exact(0, c) for c in range(6)] == ["0.1", "-0", "1e-45", "nan", "inf", "16777216"]
    model, _ = shown(torch.tensor([2**63 - 1, 2**53 + 1]))
    assert [model.exact(0, c) for c in range(2)] == ["9223372036854775807", "9007199254740993"]


def test_unchanged_text_is_no_edit(qtbot):
    model, _ = shown(torch.tensor([[0.1, math.nan], [-0.0, 1e-45]]))
    edits = []
    model.edited.connect(edits.append)
    for row in range(2):
        for column in range(2):
            index = model.index(row, column)
            assert model.setData(index, index.data(2))
    assert edits == []


def test_an_edit_is_asked_for_and_not_made(qtbot):
    model, _ = shown(torch.arange(6, dtype=torch.uint8).reshape(2, 3))
    edits, refusals = [], []
    model.edited.connect(edits.append)
    model.refused.connect(refusals.append)
    assert model.setData(model.index(1, 2), "0x10")
    assert not model.setData(model.index(1, 2), "300")
    assert edits == [{(1, 2): 16}]
    assert "300" in str(refusals[0])
    assert "uint8" in str(refusals[0])
    assert model.value(1, 2) == 5


def test_a_huge_tensor_is_read_in_windows(qtbot):
    model, source = shown(torch.zeros(1).expand(10**8), levels=(0.0, 1.0))
    assert (model.rowCount(), model.columnCount()) == (1, BAND)
    model.index(0, 0).data()
    model.index(0, BAND - 1).data()
    assert source.cells <= 2 * 64
    model, source = shown(torch.zeros(1, 1).expand(10**5, 10**5))
    model.index(BAND - 1, BAND - 1).data()
    assert source.cells == 64 * 64
    page = Page.first((10**5, 10**5)).to((10**5 - 1, 3))
    assert page.cell(*page.place((10**5 - 1, 3))) == (10**5 - 1, 3)


def test_the_cache_is_bounded(qtbot):
    model, _ = shown(torch.zeros(1).expand(64 * 200))
    for column in range(0, 64 * 200, 64):
        model.value(0, column)
    assert len(model._blocks) <= 64


def test_states(qtbot):
    model, source = shown(torch.zeros(2, 2), state=Knowledge.UNKNOWN)
    assert model.index(0, 0).data() == "?"
    assert model.index(0, 0).data(2) == ""
    assert source.cells == 0
    model, _ = shown(torch.zeros(2, 2, device="meta"), state=Knowledge.SHAPE_ONLY)
    assert model.index(0, 0).data() == "·"
    assert not model.setData(model.index(0, 0), "1")


def test_colours_nan_and_ink(qtbot):
    from PySide6.QtCore import Qt

    model, _ = shown(torch.tensor([0.0, 1.0, math.nan, math.inf, -math.inf]), levels=(0.0, 1.0))
    fills = [model.index(0, c).data(Qt.ItemDataRole.BackgroundRole).name() for c in range(5)]
    assert fills[0] == model.colours.fills[0].name() == fills[4]
    assert fills[1] == model.colours.fills[255].name() == fills[3]
    assert fills[2] not in (fills[0], fills[1])
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole).name() == "#ffffff"
    assert model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole).name() == "#000000"


def test_is_spoken(qtbot):
    from PySide6.QtCore import Qt

    model, _ = shown(torch.arange(6).reshape(2, 3))
    assert model.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "A[1, 2] = 5"
    model, _ = shown(torch.tensor(2.5))
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "A = 2.5"


def test_a_source_that_fails_is_told_once_and_the_cells_say_so(qtbot):
    from explorer.errors import FileError
    from explorer.messages import Message

    class Gone(TensorSource):
        def read(self, ranges):
            raise FileError(Message("errors", "gone"))

    model = TensorModel()
    model.show_source("A", Gone(torch.zeros(2, 2)), Page.first((2, 2)))
    with qtbot.waitSignal(model.refused) as caught:
        assert model.index(0, 0).data() == "!"
        assert model.index(1, 1).data() == "!"
    assert isinstance(caught.args[0], FileError)
