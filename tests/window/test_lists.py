"""Every list that drops down shows its entries whole, whatever box it hangs from."""

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget


def dropped(user, within: QWidget) -> list[str]:
    """Drop down every visible list of `within`, look whether all of it is seen, and give their names."""
    found = [box for box in within.findChildren(QComboBox) if box.isVisibleTo(within)]
    for box in found:
        box.showPopup()
        QApplication.processEvents()
        view = box.view()
        hints = [view.sizeHintForIndex(box.model().index(k, 0)) for k in range(box.count())]
        assert hints
        assert view.viewport().height() >= sum(hint.height() for hint in hints), box.objectName()
        assert view.viewport().width() >= max(hint.width() for hint in hints), box.objectName()
        box.hidePopup()
    return [box.objectName() for box in found]


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("add", {"operand_0", "operand_1"}),
        ("to", {"operand_0", "parameter_dtype", "parameter_device"}),
        ("linalg.vector_norm", {"operand_0", "parameter_ord"}),
    ],
)
def test_the_lists_of_the_draft(user, key: str, names: set[str]) -> None:
    user.operation(key)
    assert set(dropped(user, user.window.draft_bar)) == names


def test_the_lists_of_the_popup_of_an_index(user) -> None:
    user.operation("__getitem__")
    user.click("index_axis_0")
    assert dropped(user, user.find("index_popup")) == ["index_kind"]


def test_the_lists_of_the_drawer(user) -> None:
    user.click("drawer_bridge")
    assert dropped(user, user.window.panes.drawer) == ["bridge_symbol"]
    user.click("drawer_about")
    assert dropped(user, user.window.panes.drawer) == ["device_selector"]
