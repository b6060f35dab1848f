"""A widget that lies over its neighbours instead of taking room from them."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from explorer.widgets.faults.guard import guarded

_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)


class Floating(QObject):
    """Keeps `widget` in `host` below its `anchor` there, as wide as what `host` holds and as high as it wants; at the
    lower edge instead where it shall `lie` or the anchor is hidden."""

    def __init__(self, widget: QWidget, host: QWidget, anchor: QWidget, gap: int) -> None:
        super().__init__(widget)
        self._widget, self._host, self._anchor, self._gap = widget, host, anchor, gap
        self._low = False
        widget.setParent(host)
        for watched in (widget, anchor, host):
            watched.installEventFilter(self)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self._widget.isVisibleTo(self._host):
            self.place()
        return False

    def lie(self, low: bool) -> None:
        """At the lower edge from now on, or not."""
        self._low = low
        self.place()

    def place(self) -> None:
        """Put it where it belongs now."""
        outer, own = self._host.layout(), self._widget.layout()
        assert outer is not None
        assert own is not None
        own.activate()
        room = self._host.contentsRect().marginsRemoved(outer.contentsMargins())
        wanted = own.totalHeightForWidth(room.width()) if own.hasHeightForWidth() else own.totalSizeHint().height()
        height = min(wanted, room.height())
        below = not self._low and self._anchor.isVisibleTo(self._host)
        top = self._anchor.geometry().bottom() + 1 + self._gap if below else room.bottom() + 1 - height
        self._widget.setGeometry(room.x(), top, room.width(), height)
        self._widget.raise_()
