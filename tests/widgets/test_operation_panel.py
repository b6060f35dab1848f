"""Every operation has a button, under its family, and a form in which it is called."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from explorer.ops import CATALOG
from explorer.widgets.draft.operation_panel import OperationPanel
from explorer.widgets.draft.operation_words import call_form, heading_of


def test_every_operation_has_a_call_form_and_a_family_title() -> None:
    assert call_form(CATALOG["sum"]).startswith("A.sum(dim, keepdim")
    assert call_form(CATALOG["matmul"]) == "A @ B"
    assert call_form(CATALOG["cat"]) == "torch.cat([A, B], dim)"
    assert call_form(CATALOG["T"]) == "A.T"
    assert call_form(CATALOG["gather"]) == "A.gather(dim, B)"
    assert all(call_form(op) and heading_of(op).chinese for op in CATALOG.values())


def test_every_operation_has_a_button(qtbot: QtBot) -> None:
    panel = OperationPanel()
    qtbot.addWidget(panel)
    panel.show_catalog(CATALOG.values())
    panel.resize(236, 900)
    panel.show()
    heard: list[object] = []
    panel.operation_chosen.connect(heard.append)
    for name in CATALOG:
        button = panel.findChild(QPushButton, f"operation_{name.replace('.', '_')}")
        assert isinstance(button, QPushButton), name
        assert button.toolTip()
        assert button.geometry().right() < panel.viewport().width(), name
        button.click()
    assert heard == list(CATALOG)


def test_the_current_operation_is_marked_and_a_press_alone_marks_nothing(qtbot: QtBot) -> None:
    panel = OperationPanel()
    qtbot.addWidget(panel)
    panel.show_catalog(CATALOG.values())
    panel.show_current("linalg.vector_norm")

    def marked() -> list[str]:
        return [b.objectName() for b in panel.findChildren(QPushButton) if b.isChecked()]

    assert marked() == ["operation_linalg_vector_norm"]
    mean = panel.findChild(QPushButton, "operation_mean")
    assert isinstance(mean, QPushButton)
    mean.click()
    assert marked() == ["operation_linalg_vector_norm"]
    panel.show_current(None)
    assert marked() == []
