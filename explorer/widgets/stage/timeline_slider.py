"""The slider of the timeline: a groove with a tick at each whole step, moved by mouse and keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme

_RANGE = 10_000
_SNAP = 5  # pixels: near a tick the whole step is meant
_MANY = 60  # ticks closer than this many to the width only blur


class TimelineSlider(QSlider):
    """Shows t among the marks of the whole steps; `sought` carries the t that was asked for, `stepped` -1 or 1."""

    sought = Signal(object)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._marks: tuple[float, ...] = (0.0, 1.0)
        self.setObjectName("timeline_slider")
        self.setRange(0, _RANGE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.actionTriggered.connect(self._asked)

    def set_marks(self, marks: tuple[float, ...]) -> None:
        """The times of the whole steps, from 0.0 to 1.0."""
        self._marks = marks
        self.update()

    def show_time(self, t: float) -> None:
        """Stand at `t`, without asking for anything."""
        self.setValue(round(t * _RANGE))

    def _asked(self, _: int) -> None:
        self.sought.emit(self.sliderPosition() / _RANGE)  # as a screen reader moves it

    @guarded(QSize(160, 34))
    def sizeHint(self) -> QSize:
        return QSize(320, 34)

    @guarded(QSize(80, 34))
    def minimumSizeHint(self) -> QSize:
        return QSize(80, 34)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_PageDown:
                self.stepped.emit(1)
            case Qt.Key.Key_Left | Qt.Key.Key_Down | Qt.Key.Key_PageUp:
                self.stepped.emit(-1)
            case Qt.Key.Key_Home:
                self.sought.emit(0.0)
            case Qt.Key.Key_End:
                self.sought.emit(1.0)
            case _:
                event.ignore()
                return
        event.accept()

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self.setSliderDown(True)
            self._seek_to(event.position().x())
            event.accept()
        else:
            event.ignore()

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._seek_to(event.position().x())
        event.accept()

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        event.accept()

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self.stepped.emit(1 if turned < 0 else -1)
        event.accept()

    def _seek_to(self, x: float) -> None:
        left, right = self._ends()
        t = min(max((x - left) / max(right - left, 1.0), 0.0), 1.0)
        nearest = min(self._marks, key=lambda mark: abs(mark - t))
        if abs(nearest - t) * (right - left) <= _SNAP and len(self._marks) <= _MANY:
            t = nearest
        self.sought.emit(t)

    def _ends(self) -> tuple[float, float]:
        return 13.0, self.width() - 13.0

    def _x(self, t: float) -> float:
        left, right = self._ends()
        return left + t * (right - left)

    @guarded()
    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme.current()
        ink = look.ink if self.isEnabled() else look.faint
        middle = self.height() / 2 + 3
        at = self._x(self.value() / _RANGE)
        left, right = self._ends()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if 2 < len(self._marks) <= _MANY and self.isEnabled():
            painter.setPen(QPen(look.muted, 2))
            for mark in self._marks:
                painter.drawLine(QPointF(self._x(mark), middle - 13), QPointF(self._x(mark), middle - 8))
        for colour, start, end in ((look.line, at, right), (ink, left, at)):
            painter.setPen(QPen(colour, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(start, middle), QPointF(end, middle))
        painter.setPen(QPen(ink, 3))
        painter.setBrush(look.panel)
        painter.drawEllipse(QRectF(at - 8, middle - 8, 16, 16))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, radius in ((look.focus_halo, 10.0), (look.focus, 11.5)):
                painter.setPen(QPen(colour, 1.6))
                painter.drawEllipse(QPointF(at, middle), radius, radius)
        painter.end()
