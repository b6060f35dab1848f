"""Hostile texts in every field of the window that wants numbers: a sentence, and no fault."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from explorer.widgets.draft.index_popup import IndexPopup

TEXTS = ["1_", "9" * 5000, "9" * 300, "²", "½", "1\u00a0234", "1e400", "[1", "x" * 20_000, "-", "1,,2", "\u200b1"]


def put(user, field: QLineEdit, text: str) -> None:
    """As a paste does it: at once."""
    field.setFocus()
    field.selectAll()
    field.insert(text)
    field.textEdited.emit(field.text())
    user.settled()


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ("reshape", "parameter_shape"),
        ("expand", "parameter_size"),
        ("__getitem__", "parameter_key"),
        ("view", "parameter_size"),
        ("clamp", "operand_1_number"),
    ],
)
def test_parameters(user, operation: str, name: str) -> None:
    user.operation(operation)
    field = user.find(name, QLineEdit)
    for text in TEXTS:
        put(user, field, text)
    put(user, field, "1")
    assert not user.window.panes.draft_bar.problem


def test_the_address_of_the_grid(user) -> None:
    user.window.grid.open("A")
    user.settled()
    for text in ["1_", "9" * 5000, "²", "1\u00a0234", "0, 0, 0"]:
        put(user, user.find("cell_address", QLineEdit), text)
        user.press(Qt.Key.Key_Return, widget=user.find("cell_address", QLineEdit))
        assert "is no index of shape" in user.window.grid.grid.line.note.text(), text
    put(user, user.find("cell_address", QLineEdit), "１, ２")
    user.press(Qt.Key.Key_Return, widget=user.find("cell_address", QLineEdit))
    assert user.window.grid.grid.current_cell() == (1, 2)


def test_the_shape_of_the_grid(user) -> None:
    user.window.grid.open("A")
    user.settled()
    user.click("grid_shape_button")
    for text in TEXTS:
        put(user, user.find("shape_strip_shape", QLineEdit), text)
        assert not user.find("shape_strip_apply").isEnabled(), text
    put(user, user.find("shape_strip_shape", QLineEdit), "４x３")
    user.click("shape_strip_apply")
    assert user.session.workspace["A"].shape == (4, 3)


def test_the_index_of_one_axis(qtbot) -> None:
    popup = IndexPopup(0, 10**12, {}, None)
    qtbot.addWidget(popup)
    got: list[object] = []
    popup.part_chosen.connect(got.append)
    popup.show_part(10**20)  # more than a spin box holds
    for kind, names in (("range", ("start", "stop", "step")), ("list", ("list",))):
        popup._kind.setCurrentIndex(popup._kind.findData(kind))
        popup._pick()
        for name in names:
            field = popup.findChild(QLineEdit, f"index_{name}")
            got.clear()
            for text in ["1_", "9" * 5000, "²", "1 2"]:
                field.setText(text)
                field.textEdited.emit(text)
                assert got == []
                assert "is no whole number" in popup._reason.text()
            field.setText("３")
            field.textEdited.emit("３")
            assert got
            assert not popup._reason.text()
