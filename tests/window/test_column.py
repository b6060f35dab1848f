"""The pages of the drawer: nothing in them is wider than the pane, and the wheel turns the column alone."""

import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QWidget,
)

from explorer.widgets.window.panes.drawer import PAGES
from explorer.workspace import Definition

LONG = "a_name_that_is_much_longer_than_the_pane_is_wide"


def column(user, page: str) -> QScrollArea:
    user.window.panes.drawer.open(page)
    QApplication.processEvents()
    return next(area for area in user.window.panes.drawer.findChildren(QScrollArea) if area.isVisible())


def of_cells(part: QWidget) -> bool:
    """Whether it is in a table, which is scrolled by itself."""
    return part.parent() is not None and isinstance(part.parent().parent(), QAbstractItemView)


def turn(widget: QWidget) -> None:
    """One notch of the wheel, down, over the middle of `widget`."""
    window = widget.window()
    at = QPointF(widget.mapTo(window, widget.rect().center()))
    QTest.wheelEvent(window.windowHandle(), at, QPoint(0, -120))


@pytest.mark.parametrize("size", [(1280, 800), (1100, 700)])
def test_nothing_in_the_column_is_wider_than_the_pane(user, size: tuple[int, int]) -> None:
    user.window.resize(*size)
    user.session.create("G", Definition("empty", {"size": (10**8,)}, torch.float8_e4m3fnuz, "meta"))
    user.session.create("H", Definition("empty", {"size": (10**15,)}, torch.float32, "meta"))
    user.session.create(LONG, Definition.typed(torch.full((2,), -1.2345678901234567e-300, dtype=torch.float64)))
    user.session.change("alias", lambda w: w.operate("reshape", (LONG,), {"shape": (2, 1)}, (f"{LONG}_too",)))
    user.settled()
    for name in ("G", "H", LONG, f"{LONG}_too"):
        user.session.select(name)
        user.settled()
        for title in PAGES:
            pane, page = column(user, title).viewport(), column(user, title).widget()
            assert page.width() <= pane.width(), (name, title)
            for part in (w for w in page.findChildren(QWidget) if w.isVisibleTo(page) and not of_cells(w)):
                right = part.mapTo(page, QPoint(part.width(), 0)).x()
                assert right <= pane.width(), (name, title, part.objectName())


def test_what_is_broken_into_lines_is_whole_where_it_is_read_and_copied(user) -> None:
    number = -1.2345678901234567e-300
    user.make("G", torch.full((2,), number, dtype=torch.float64))
    label = user.find("inspector_range", QLabel)
    user.qtbot.waitUntil(lambda: label.text() == f"{number} · {number}")
    assert label.heightForWidth(label.width()) > 2 * label.fontMetrics().height()
    label.setSelection(0, len(QLabel.text(label)))
    label.setFocus()
    user.qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"{number} · {number}"


def test_the_wheel_turns_the_column_and_no_list_in_it_without_the_keyboard(user) -> None:
    user.session.select("W")
    user.click("autograd_switch")
    user.operation("exp")
    user.run()
    user.session.select(user.session.workspace.names[-1])
    user.settled()
    kinds = QComboBox, QAbstractSpinBox
    user.window.resize(1280, 480)
    for title, wanted in (("gradients", "autograd_gradient"), ("bridge", "bridge_symbol")):
        area = column(user, title)
        page = area.widget()
        boxes = [w for kind in kinds for w in page.findChildren(kind) if w.isVisibleTo(page)]
        assert wanted in {w.objectName() for w in boxes}
        turn_over(boxes, area)


def turn_over(boxes: list[QComboBox], area: QScrollArea) -> None:
    for box in boxes:
        before, bar = box.currentText(), area.verticalScrollBar()
        bar.setValue(0)
        area.ensureWidgetVisible(box)
        place = bar.value()
        turn(box)
        assert (box.currentText(), box.hasFocus()) == (before, False)
        assert bar.value() > place or not bar.maximum()
        bar.setValue(place)
        box.setFocus()
        turn(box)
        assert box.currentText() != before
