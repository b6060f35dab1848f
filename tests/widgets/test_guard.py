"""The guard survives what would otherwise end the process."""

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.faults.guard import guarded


class Faulty(QWidget):
    """Raises in each of its overrides."""

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawLine(0, 0, 5, 5)
        self.helper(painter)

    def helper(self, painter: QPainter) -> None:
        image = QImage(4, 4, QImage.Format.Format_RGB32)
        other = QPainter(image)
        other.drawPoint(1, 1)
        raise ValueError("paint")

    @guarded(QSize(70, 30))
    def sizeHint(self) -> QSize:
        raise ValueError("size")

    @guarded(lambda self: self.minimumSize() + QSize(1, 1))
    def minimumSizeHint(self) -> QSize:
        raise ValueError("minimum")

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            raise SystemExit(3)
        return super().event(event)


def test_an_open_painter_is_ended(qtbot: QtBot, faults: list[BaseException]) -> None:
    widget = Faulty()
    qtbot.addWidget(widget)
    image = widget.grab().toImage()
    assert not image.isNull()
    assert {str(f) for f in faults} >= {"paint"}
    faults.clear()


def test_the_default_is_returned(qtbot: QtBot, faults: list[BaseException]) -> None:
    widget = Faulty()
    qtbot.addWidget(widget)
    assert widget.sizeHint() == QSize(70, 30)
    assert widget.minimumSizeHint() == QSize(1, 1)
    assert widget.event(QEvent(QEvent.Type.User)) is False
    assert [type(f) for f in faults] == [ValueError, ValueError, SystemExit]
    faults.clear()


def test_a_painter_that_qt_lent_goes_back_open(qtbot: QtBot, faults: list[BaseException]) -> None:
    class Delegate(QStyledItemDelegate):
        @guarded()
        def paint(
            self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
        ) -> None:
            painter.setOpacity(0.25)
            raise ValueError("cell")

    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    Delegate().paint(painter, QStyleOptionViewItem(), QModelIndex())
    assert painter.isActive()
    assert painter.opacity() == pytest.approx(1.0)
    painter.end()
    assert [str(f) for f in faults] == ["cell"]
    faults.clear()


def test_the_guard_is_marked_and_keeps_the_name() -> None:
    assert Faulty.paintEvent.__name__ == "paintEvent"
    assert Faulty.paintEvent.__dict__["guarded"] is True
