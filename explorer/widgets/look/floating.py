"""A frame that lies over what is below it: it takes the height that its words need, and nothing moves for them."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QFrame, QWidget

from explorer.widgets.faults.guard import guarded


class Floating(QFrame):
    """Fills the `room` that it is given; where it needs more height it reaches over what stands below that, or, with
    Qt.Edge.BottomEdge, above it. With `least` it is no higher than its words where these need less. Who places it
    raises it, once."""

    def __init__(self, edge: Qt.Edge = Qt.Edge.TopEdge, least: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge, self._least, self._room = edge, least, QRect()

    def float_in(self, room: QRect) -> None:
        """Lie in `room`, in pixels of the parent."""
        self._room = room
        self._lie()

    def _lie(self) -> None:
        place, width = QRect(self._room), self._room.width()
        if width <= 0:
            return
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        place.setHeight(height if self._least else max(height, place.height()))
        if self._edge is Qt.Edge.BottomEdge:
            place.moveBottom(self._room.bottom())
        self.setGeometry(place)

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._lie()
        return done
