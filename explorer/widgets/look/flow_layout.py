"""A layout that sets widgets in lines like words, and begins a new line where the width ends."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSpacerItem, QWidget, QWidgetItem

from explorer.widgets.faults.guard import guarded


class FlowLayout(QLayout):
    """Lines of widgets, each widget centred on its line; a widget may be bound to the one after it.

    `gap` is the space between neighbours, `line_gap` between lines, both in pixels.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 6, line_gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._sizes: dict[QLayoutItem, tuple[QSize, QSize]] = {}
        self._nothing = QSpacerItem(0, 0)  # Qt takes no None for an item
        self._bound: set[QWidget] = set()
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def bind(self, widget: QWidget) -> None:
        """Let no line end directly after `widget`."""
        self._bound.add(widget)

    def set_widgets(self, widgets: Iterable[QWidget]) -> None:
        """Show exactly these widgets in this order; those that stay keep their state and focus."""
        while self.takeAt(0):
            pass
        self._bound.clear()
        for widget in widgets:
            self.addWidget(widget)
        self.invalidate()

    @guarded()
    def addWidget(self, widget: QWidget) -> None:  # noqa: N802 - a layout's
        """Show `widget` behind the others. Its item is Python's: one that Qt made would outlive the layout."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    @guarded()
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @guarded(0)
    def count(self) -> int:
        return len(self._items)

    @guarded()
    def invalidate(self) -> None:
        self._sizes.clear()
        super().invalidate()

    @guarded(lambda layout: layout._nothing)
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @guarded()
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @guarded(Qt.Orientation(0))
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @guarded(True)
    def hasHeightForWidth(self) -> bool:
        return True

    @guarded(0)
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @guarded()
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        spare = rect.height() - self._arrange(rect, move=False)
        self._arrange(rect.translated(0, max(spare, 0) // 2), move=True)

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = [self._size(item)[0] for item in self._items if not item.isEmpty()]
        width = sum(s.width() for s in shown) + self._gap * max(len(shown) - 1, 0)
        return self._with_margins(QSize(width, max((s.height() for s in shown), default=0)))

    @guarded(QSize())
    def minimumSize(self) -> QSize:  # noqa: N802
        shown = [self._size(item)[1] for item in self._items if not item.isEmpty()]
        return self._with_margins(
            QSize(max((s.width() for s in shown), default=0), max((s.height() for s in shown), default=0))
        )

    def _size(self, item: QLayoutItem) -> tuple[QSize, QSize]:
        """The hint and the least size of an item, asked once until something changes: asking measures fonts."""
        if item not in self._sizes:
            self._sizes[item] = (item.sizeHint(), item.minimumSize())
        return self._sizes[item]

    def _with_margins(self, size: QSize) -> QSize:
        m = self.contentsMargins()
        return size + QSize(m.left() + m.right(), m.top() + m.bottom())

    def _arrange(self, rect: QRect, move: bool) -> int:
        """Set the items into `rect` (only if `move`) and give the height that they take."""
        m = self.contentsMargins()
        inner = rect.adjusted(m.left(), m.top(), -m.right(), -m.bottom())
        y = inner.y()
        lines = self._lines(inner.width())
        for number, line in enumerate(lines):
            height = max(size.height() for _, size in line)
            if move:
                self._place(line, inner.x(), y, height)
            y += height + (self._line_gap if number < len(lines) - 1 else 0)
        return y - rect.y() + m.bottom()

    def _place(self, line: list[tuple[QLayoutItem, QSize]], x: int, y: int, height: int) -> None:
        widget = self.parentWidget()
        mirrored = widget is not None and widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for item, size in line:
            place = QRect(QPoint(x, y + (height - size.height()) // 2), size)
            if mirrored:
                place.moveLeft(self.geometry().left() + self.geometry().right() - place.right())
            item.setGeometry(place)
            x += size.width() + self._gap

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for unit in self._units(width):
            needs = sum(size.width() for _, size in unit) + self._gap * (len(unit) - 1)
            if lines and x + needs <= width:
                lines[-1].extend(unit)
            else:
                lines.append(list(unit))
                x = 0
            x += needs + self._gap
        return lines

    def _units(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Items that stay together: each bound one with its follower."""
        units: list[list[tuple[QLayoutItem, QSize]]] = []
        open_unit = False
        for item in self._items:
            if item.isEmpty():
                continue
            hint, least = self._size(item)
            size = hint.expandedTo(least)
            size.setWidth(max(min(size.width(), width), least.width()))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            units[-1].append((item, size)) if open_unit else units.append([(item, size)])
            open_unit = item.widget() in self._bound
        return units
