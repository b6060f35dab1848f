"""Every operation has a button, under its family, and a form in which it is called."""

import pytest
from PySide6.QtCore import QEvent, QPointF, QRegularExpression, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from explorer.ops import CATALOG, OPERATIONS
from explorer.widgets.draft.operation_panel import OperationPanel
from explorer.widgets.draft.operation_words import call_form, heading_of


def test_every_operation_has_a_call_form_and_a_family_title() -> None:
    assert call_form(CATALOG["sum"]).startswith("A.sum(dim, keepdim")
    assert call_form(CATALOG["matmul"]) == "A @ B"
    assert call_form(CATALOG["cat"]) == "torch.cat([A, B], dim)"
    assert call_form(CATALOG["T"]) == "A.T"
    assert call_form(CATALOG["gather"]) == "A.gather(dim, B)"
    assert all(call_form(op) and heading_of(op).chinese for op in CATALOG.values())


@pytest.fixture
def panel(qtbot: QtBot) -> OperationPanel:
    found = OperationPanel()
    qtbot.addWidget(found)
    found.show_catalog(CATALOG.values())
    found.resize(216, 900)
    found.show()
    return found


def button(panel: OperationPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name.replace(".", "_"))
    assert isinstance(found, QPushButton), name
    return found


def point(panel: OperationPanel, inside: bool) -> None:
    """The pointer comes over the panel, or goes elsewhere."""
    middle = QPointF(panel.rect().center())
    QApplication.sendEvent(panel, QEnterEvent(middle, middle, middle) if inside else QEvent(QEvent.Type.Leave))
    QApplication.processEvents()


def shown(panel: OperationPanel) -> list[str]:
    """What stands in its families now, folds aside."""
    buttons = panel.findChildren(QPushButton, QRegularExpression("^operation_"))
    return [b.objectName() for b in buttons if b.isVisible()]


def test_every_operation_has_a_button_in_its_family(panel: OperationPanel, qtbot: QtBot) -> None:
    heard: list[object] = []
    panel.operation_chosen.connect(heard.append)
    for name in CATALOG:
        found = button(panel, f"operation_{name}")
        if not found.isVisible():
            qtbot.mouseClick(panel.family_of(found), Qt.MouseButton.LeftButton)
        assert found.isVisible(), name
        assert found.toolTip()
        assert found.geometry().right() < panel.viewport().width(), name
        found.click()
    assert heard == list(CATALOG)


def test_a_dozen_is_in_view_and_a_click_unfolds_one_family(panel: OperationPanel, qtbot: QtBot) -> None:
    panel.show_catalog(OPERATIONS.values())
    offered = sorted((op for op in OPERATIONS.values() if op.offered), key=lambda op: op.offered)
    basics = [b for b in panel.findChildren(QPushButton, QRegularExpression("^basic_")) if b.isVisible()]
    assert [b.objectName() for b in basics] == [f"basic_{op.name}" for op in offered]
    assert len(basics) == 12
    assert all(b.fontMetrics().horizontalAdvance(b.text()) < b.width() for b in basics)
    assert len({b.height() for b in basics}) == 1
    assert shown(panel) == []
    reductions, moves = button(panel, "family_reduction"), button(panel, "family_movement")
    qtbot.mouseClick(reductions, Qt.MouseButton.LeftButton)
    assert "operation_sum" in shown(panel)
    qtbot.mouseClick(moves, Qt.MouseButton.LeftButton)
    assert "operation_sum" not in shown(panel)
    assert "operation_flip" in shown(panel)
    qtbot.mouseClick(moves, Qt.MouseButton.LeftButton)
    assert shown(panel) == []


def test_what_was_used_last_stands_above_the_basics(panel: OperationPanel) -> None:
    def last() -> dict[str, QPushButton]:
        found = panel.findChildren(QPushButton, QRegularExpression("^last_"))
        return {b.objectName(): b for b in found if not b.isHidden()}

    point(panel, True)
    for name in ("cumsum", "sum", "flip", "std", "cumsum", "var"):
        panel.show_current(name)
    assert panel.used == ("var", "std", "flip")  # cumsum stood there already, and went when a fourth came
    before = button(panel, "basic_sum").pos()
    assert not last()  # nothing moves under the pointer
    point(panel, False)
    assert list(last()) == ["last_var", "last_std", "last_flip"]
    assert max(b.y() for b in last().values()) < button(panel, "basic_sum").y()
    assert button(panel, "basic_sum").pos() != before


def test_the_current_operation_is_marked_and_a_press_alone_marks_nothing(panel: OperationPanel) -> None:
    point(panel, False)
    panel.show_current("linalg.vector_norm")

    def marked() -> set[str]:
        QApplication.processEvents()
        return {b.objectName() for b in panel.findChildren(QPushButton) if b.isChecked() and not b.isHidden()}

    assert marked() == {"operation_linalg_vector_norm", "last_linalg_vector_norm"}
    button(panel, "operation_mean").click()
    assert marked() == {"operation_linalg_vector_norm", "last_linalg_vector_norm"}
    panel.show_current("mean")
    assert marked() == {"operation_mean", "basic_mean"}
    panel.show_current(None)
    assert marked() == set()
