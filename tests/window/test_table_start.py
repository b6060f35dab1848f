"""The table of the stage opens at its first cell."""

from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from explorer.workspace import Definition


@pytest.mark.parametrize("shape", [(6, 9), (40, 30), (12,), (2, 3, 14), ()])
@pytest.mark.parametrize("narrow", [False, True])
def test_the_table_opens_at_its_first_cell(user: Any, shape: tuple[int, ...], narrow: bool) -> None:
    if narrow:
        user.window.resize(1024, 640)
    user.session.create("N", Definition.typed(torch.rand(shape) * -100))
    user.settled()
    user.qtbot.keyClick(user.window, Qt.Key.Key_F2)
    table = user.find("table_twin")
    assert table.hasFocus()
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 0)
    assert (table.horizontalScrollBar().value(), table.verticalScrollBar().value()) == (0, 0)
    user.operation("abs") if not narrow else user.session.choose_operation("abs")
    user.settled()
    assert (table.horizontalScrollBar().value(), table.verticalScrollBar().value()) == (0, 0)


def test_the_table_opens_at_the_cell_that_was_gone_to(user: Any) -> None:
    user.session.create("N", Definition.typed(torch.rand(6, 9) * -100))
    user.settled()
    view = user.window.stage.view
    for _ in range(4):
        user.qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    user.window.findChild(QAction, "action_table").trigger()
    table = user.find("table_twin")
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 5)
    user.qtbot.keyClick(table, Qt.Key.Key_Down)
    assert user.window.stage.focused == (0, 14)
