"""The chip of an axis: its number and its size, in the colour and the line pattern of its identity."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.animation.axes import AxisId
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.colormap import ink_on

PAD, GAP = 7, 5


@dataclass(frozen=True)
class ChipFace:
    """What a chip shows: `number | size`; `axis` is the index of its identity, None for an axis that has none."""

    number: str
    size: str
    axis: int | None = None
    letter: str = ""
    faded: bool = False


def faces(shape: Sequence[int | None], identities: Sequence[AxisId | None] = ()) -> tuple[ChipFace, ...]:
    """A face for each axis of `shape`; a size that only a run tells is written "?"."""
    known = [*identities, *[None] * len(shape)]
    return tuple(
        ChipFace(str(k), "?" if size is None else str(size), known[k].index, known[k].letter)  # type: ignore[union-attr]
        if known[k] is not None
        else ChipFace(str(k), "?" if size is None else str(size))
        for k, size in enumerate(shape)
    )


def chip_size(face: ChipFace, font: QFont) -> QSize:
    """The size of the chip of `face` in pixels; `font` is the one of its size, its number is a little smaller."""
    small, large = QFontMetrics(_number_font(font)), QFontMetrics(_size_font(font))
    width = 4 * PAD + 1 + small.horizontalAdvance(face.number) + large.horizontalAdvance(face.size)
    return QSize(width - (2 * PAD if not face.size else 0), large.height() + 8)


def place_chips(chips: Sequence[ChipFace], font: QFont, width: int) -> list[QRect]:
    """Where the chips stand in lines of at most `width` pixels, the first at (0, 0)."""
    places: list[QRect] = []
    x = y = 0
    for face in chips:
        size = chip_size(face, font)
        if x and x + size.width() > width:
            x, y = 0, y + size.height() + GAP
        places.append(QRect(x, y, size.width(), size.height()))
        x += size.width() + GAP
    return places


def paint_chip(painter: QPainter, rect: QRectF, face: ChipFace, font: QFont, chosen: bool = False) -> None:
    """Draw the chip of `face` into `rect`; one that is `chosen` is filled, its line pattern stays around it."""
    pen, colour = _pen(face)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(theme.current().panel)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
    number_ink, size_ink = colour, theme.current().ink
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(rect.adjusted(3.5, 3.5, -3.5, -3.5), 3.5, 3.5)
        number_ink = size_ink = ink_on(colour)
    number = QFontMetrics(_number_font(font)).horizontalAdvance(face.number)
    left = QRectF(rect.left() + PAD, rect.top(), number, rect.height())
    right = QRectF(left.right() + 2 * PAD, rect.top(), rect.right() - PAD - left.right() - 2 * PAD, rect.height())
    painter.setFont(_number_font(font))
    painter.setPen(number_ink)
    if not face.size:
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, face.number)
        painter.restore()
        return
    painter.drawText(left, Qt.AlignmentFlag.AlignCenter, face.number)
    painter.setPen(QPen(number_ink, 1))
    x = round(left.right() + PAD) + 0.5
    painter.drawLine(
        QRectF(x, rect.top() + 6, 0, rect.height() - 12).topLeft(), QRectF(x, rect.bottom() - 6, 0, 0).topLeft()
    )
    painter.setFont(_size_font(font))
    painter.setPen(size_ink)
    painter.drawText(right, Qt.AlignmentFlag.AlignCenter, face.size)
    painter.restore()


def _pen(face: ChipFace) -> tuple[QPen, QColor]:
    if face.axis is None:
        return QPen(theme.current().line, 1.2), theme.current().muted
    pen = looks.axis_pen(face.axis)
    if face.faded:
        pen.setDashPattern([1.0, 1.5])
    return pen, pen.color()


def _number_font(font: QFont) -> QFont:
    return looks.mono(font, 0.92, bold=True)


def _size_font(font: QFont) -> QFont:
    return looks.mono(font, 1.0, bold=True)


class ChipRow(QWidget):
    """The shape of a tensor as chips, to be looked at; it wraps where it must. A rank of 0 is written out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces: tuple[ChipFace, ...] = ()
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chips(self, chips: Sequence[ChipFace]) -> None:
        """Show these chips; none at all stands for rank 0."""
        self._faces = tuple(chips)
        self.setAccessibleName(self.tr("shape ({sizes})").format(sizes=", ".join(f.size for f in self._faces)))
        self.updateGeometry()
        self.update()

    @guarded(True)
    def hasHeightForWidth(self) -> bool:
        return True

    @guarded(24)
    def heightForWidth(self, width: int) -> int:
        places = place_chips(self._faces, self.font(), width)
        return places[-1].bottom() + 1 if places else self.sizeHint().height()

    @guarded(QSize(60, 24))
    def sizeHint(self) -> QSize:
        places = place_chips(self._shown(), self.font(), 1 << 20)
        return QSize(places[-1].right() + 1, places[-1].bottom() + 1)

    @guarded(QSize(60, 24))
    def minimumSizeHint(self) -> QSize:
        sizes = [chip_size(face, self.font()) for face in self._shown()]
        return QSize(max(s.width() for s in sizes), max(s.height() for s in sizes))

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for face, place in zip(self._shown(), place_chips(self._shown(), self.font(), self.width()), strict=True):
            paint_chip(painter, QRectF(place), face, self.font())

    def _shown(self) -> tuple[ChipFace, ...]:
        return self._faces or (scalar_face(),)


def scalar_face() -> ChipFace:
    """What stands in the place of the chips where there are no axes."""
    return ChipFace("0-d", "")


class AxisChip(QAbstractButton):
    """A chip that can be chosen: a click or Space, with the focus in a double outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = ChipFace("0", "")
        self.adds = False
        """Whether the last press had Ctrl or Shift: one more, not another one."""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def face(self) -> ChipFace:
        """What the chip shows."""
        return self._face

    def show_face(self, face: ChipFace, tip: str, spoken: str) -> None:
        """Show `face`; `tip` on hover, `spoken` to a screen reader."""
        if face != self._face:
            self._face = face
            self.updateGeometry()
            self.update()
        self.setToolTip(tip)
        self.setAccessibleName(spoken)

    @guarded(QSize(50, 24))
    def sizeHint(self) -> QSize:
        return chip_size(self._face, self.font()) + QSize(6, 6)

    @guarded(QSize(50, 24))
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().hover)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 8, 8)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        paint_chip(painter, rect.adjusted(3, 3, -3, -3), self._face, self.font(), self.isChecked())
        if self.hasFocus():
            looks.paint_focus(painter, rect, 8)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.adds = _adds(event.modifiers())
        super().mousePressEvent(event)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.adds = _adds(event.modifiers())
        super().keyPressEvent(event)


def _adds(modifiers: Qt.KeyboardModifier) -> bool:
    return bool(modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
