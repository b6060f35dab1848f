from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from explorer.animation.frame import Look, Shown
from explorer.widgets.stage.table_twin import TableTwin
from explorer.widgets.stage.twin_model import MOST, TwinTensor

from .stage_frames import matrix

TWELVE = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
TEXT = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def twin(qtbot: QtBot) -> TableTwin:
    table = TableTwin()
    qtbot.addWidget(table)
    return table


def reader(asked: list[list[range]] | None = None):  # type: ignore[no-untyped-def]
    def read(ranges: Sequence[range]) -> list[str]:
        if asked is not None:
            asked.append(list(ranges))
        return [".".join(map(str, cell)) for cell in product(*ranges)]

    return read


def said(table: TableTwin, row: int, column: int) -> object:
    model = table.model()
    return model.data(model.index(row, column), TEXT)


def test_each_cell_says_index_and_value(twin: TableTwin) -> None:
    twin.show_frame(matrix(TWELVE))
    model = twin.model()
    assert (model.rowCount(), model.columnCount()) == (3, 4)
    assert said(twin, 0, 0) == "A[0, 0] = 0"
    assert said(twin, 2, 3) == "A[2, 3] = 11"
    assert model.headerData(1, Qt.Orientation.Vertical) == "A[1, :]"
    assert model.headerData(3, Qt.Orientation.Horizontal) == "3"
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_a_screen_reader_is_told_so(twin: TableTwin) -> None:
    twin.show_frame(matrix(TWELVE))
    table = QAccessible.queryAccessibleInterface(twin)
    assert table is not None
    names = {table.child(k).text(QAccessible.Text.Name) for k in range(table.childCount())}
    assert "A[1, 2] = 6" in names


def test_exact_texts_come_from_the_callback(twin: TableTwin) -> None:
    twin.set_value_text(lambda tensor, flat: f"exactly {tensor}/{flat}")
    twin.show_frame(matrix(TWELVE))
    assert said(twin, 1, 1) == "A[1, 1] = exactly 0/5"


def test_what_has_no_exact_text_is_told_as_it_is_seen(twin: TableTwin) -> None:
    twin.set_value_text(lambda tensor, flat: "")
    twin.show_frame(matrix(TWELVE))
    assert said(twin, 1, 2) == "A[1, 2] = 6"


def test_two_tensors_stand_one_below_the_other(twin: TableTwin) -> None:
    frame = matrix(TWELVE)
    second = replace(frame.cells[0], tensor=1, cell=np.arange(2), **{k: getattr(frame.cells[0], k)[:2] for k in "xy"})
    second = replace(second, values=second.values[:2], texts=("7", "8"))
    two = replace(frame, cells=(*frame.cells, second), tensors=(*frame.tensors, Shown("B", (2,))))
    twin.show_frame(two)
    assert twin.model().rowCount() == 4
    assert said(twin, 3, 1) == "B[1] = 8"
    assert said(twin, 3, 2) is None


def test_cells_without_a_value_say_their_index(twin: TableTwin) -> None:
    twin.show_frame(matrix(TWELVE, texts=False, look=Look.PENDING))
    assert said(twin, 0, 1) == "A[0, 1]"


def test_zero_d_and_zero_size(twin: TableTwin) -> None:
    twin.show_tensors([TwinTensor.whole("s", (), lambda ranges: ["3.5"])])
    assert said(twin, 0, 0) == "s = 3.5"
    twin.show_tensors([TwinTensor.whole("e", (0, 3), reader()), TwinTensor.whole("f", (3, 0), reader())])
    assert twin.model().rowCount() == 3


@pytest.mark.parametrize("shape", [(5,), (3, 4), (2, 70, 3), (2, 2, 3, 40)])
def test_windows_give_each_cell_its_own_text(twin: TableTwin, shape: tuple[int, ...]) -> None:
    twin.show_tensors([TwinTensor.whole("T", shape, reader())])
    model = twin.model()
    cells = list(np.ndindex(*shape))
    texts = [
        model.data(model.index(row, column)) for row in range(model.rowCount()) for column in range(model.columnCount())
    ]
    assert texts == [".".join(map(str, cell)) for cell in cells]


def test_only_windows_are_read(twin: TableTwin) -> None:
    asked: list[list[range]] = []
    twin.show_tensors([TwinTensor.whole("T", (10**6, 10**5), reader(asked))])
    assert not asked
    assert said(twin, 123_456, 65_432) == "T[123456, 65432] = 123456.65432"
    assert max(len(r) for window in asked for r in window) <= 64
    assert len(asked) == 1


def test_a_table_of_more_rows_than_qt_bears_is_cut_and_says_so(twin: TableTwin) -> None:
    twin.show_tensors([TwinTensor.whole("T", (2**40, 2), reader())])
    assert twin.model().rowCount() == MOST
    assert MOST * twin.verticalHeader().defaultSectionSize() < 2**31
    assert str(2**40 - MOST) in twin.accessibleDescription()


def test_it_goes_to_the_focused_cell_and_tells_of_its_own_moves(twin: TableTwin, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(twin.cell_focused):
        twin.show_frame(matrix(TWELVE, focus=((0, 5),)))
    assert (twin.currentIndex().row(), twin.currentIndex().column()) == (1, 1)
    with qtbot.waitSignal(twin.cell_focused) as caught:
        qtbot.keyClick(twin, Qt.Key.Key_Down)
    assert caught.args == [0, 9]
    with qtbot.waitSignal(twin.cell_activated) as caught:
        qtbot.keyClick(twin, Qt.Key.Key_Return)
    assert caught.args == [0, 9]


def test_the_next_moment_keeps_the_place(twin: TableTwin) -> None:
    twin.show_frame(matrix(TWELVE, focus=((0, 5),)))
    twin.show_frame(matrix([[v + 1 for v in row] for row in TWELVE]))
    assert twin.currentIndex().row() == 1
    assert said(twin, 1, 1) == "A[1, 1] = 6"
