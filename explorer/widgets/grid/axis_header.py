"""A header whose index numbers and bracket wear the identity of their axis: colour and line pattern."""

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.fonts import MONO, font

THICK = 4


class AxisHeader(QHeaderView):
    """Row or column numbers of a table; `show_axis` gives them their look."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._axis: int | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(24)

    def show_axis(self, axis: int | None) -> None:
        """Wear the look of the axis with this identity; None for a table direction without an axis."""
        self._axis = axis
        self.viewport().update()

    @guarded(QSize(40, 30))
    def sizeHint(self) -> QSize:
        """As the last section needs it, whose number is the longest; Qt would measure two hundred."""
        return self.sectionSizeFromContents(self.count() - 1) if self.count() else super().sizeHint()

    @guarded(QSize(40, 30))
    def sectionSizeFromContents(self, section: int) -> QSize:  # noqa: N802
        size = super().sectionSizeFromContents(section)
        return QSize(max(size.width() + 18, 40), max(size.height() + 8, 30))

    @guarded(None)
    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        look = theme.current()
        painter.fillRect(rect, look.background)
        if self._axis is None:
            return
        text = str(self.model().headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole))
        across = self.orientation() == Qt.Orientation.Horizontal
        place = rect.adjusted(0, 0, 0, -THICK) if across else rect.adjusted(0, 0, -THICK, 0)
        painter.setFont(font(MONO, 14, 700))
        painter.setPen(look.axis(self._axis))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        table = self.parent()
        current = table.currentIndex() if isinstance(table, QTableView) else QModelIndex()
        if current.isValid() and section == (current.column() if across else current.row()):
            width = painter.fontMetrics().horizontalAdvance(text)  # underlined: not told by colour alone
            painter.fillRect(place.center().x() - width // 2, place.center().y() + 9, width + 1, 2, look.ink)
        pen = looks.axis_pen(self._axis, THICK)
        if pen.dashPattern():  # the pattern runs on over the sections, as one line
            pen.setDashOffset(self.sectionPosition(section) / THICK % sum(pen.dashPattern()))
        painter.setPen(pen)
        if across:
            y = rect.bottom() - THICK // 2
            painter.drawLine(rect.left(), y, rect.right() + 1, y)
        else:
            x = rect.right() - THICK // 2
            painter.drawLine(x, rect.top(), x, rect.bottom() + 1)
