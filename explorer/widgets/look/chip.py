"""The chip of an axis: its number and its size, in the colour and the line pattern of its identity."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.animation.axes import AxisId
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.axis_words import SIZED, axis_words
from explorer.widgets.look.colormap import ink_on

PAD, GAP = 7, 5
SIGN = 16
"""Room for the sign that adds an axis to the chosen ones, or takes it away."""


@dataclass(frozen=True)
class ChipFace:
    """What a chip shows: number and size in the words of `template`, or `number` alone where that is "". `axis` is the
    index of its identity, None for an axis that has none; `sign`: "+" or "−" where a press on it adds the axis to the
    chosen ones or takes it away."""

    number: str
    size: str
    axis: int | None = None
    letter: str = ""
    sign: str = ""
    template: str = SIZED

    @property
    def words(self) -> tuple[str, str, str]:
        """What stands before the size, the size, and what stands behind it."""
        return axis_words(self.template, self.number, self.size) if self.template else (self.number, "", "")


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
    """The size of the chip of `face` in pixels; `font` is the one of its size, its words are a little smaller."""
    sign = SIGN if face.sign else 0
    return QSize(2 * PAD + sum(_widths(face, font)) + sign, QFontMetrics(_size_font(font)).height() + 8)


def _widths(face: ChipFace, font: QFont) -> list[int]:
    words, size = QFontMetrics(_word_font(font)), QFontMetrics(_size_font(font))
    before, own, after = face.words
    return [words.horizontalAdvance(before), size.horizontalAdvance(own), words.horizontalAdvance(after)]


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
    word_ink, size_ink = colour, theme.current().ink
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(rect.adjusted(3.5, 3.5, -3.5, -3.5), 3.5, 3.5)
        word_ink = size_ink = ink_on(colour)
    place = QRectF(rect.left() + PAD, rect.top(), 0, rect.height())
    fonts, inks = (_word_font(font), _size_font(font), _word_font(font)), (word_ink, size_ink, word_ink)
    for text, width, own, ink in zip(face.words, _widths(face, font), fonts, inks, strict=True):
        place.setWidth(width)
        painter.setFont(own)
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
        place.translate(width, 0)
    if face.sign:
        _paint_sign(painter, sign_rect(rect), face.sign, word_ink)
    painter.restore()


def sign_rect(rect: QRectF) -> QRectF:
    """Where the sign of a chip stands in `rect`."""
    return QRectF(rect.right() - SIGN - 4, rect.top(), SIGN + 4, rect.height())


def _paint_sign(painter: QPainter, rect: QRectF, sign: str, ink: QColor) -> None:
    painter.setPen(QPen(ink, 1.0))
    painter.drawLine(QPointF(rect.left() + 1, rect.top() + 6), QPointF(rect.left() + 1, rect.bottom() - 6))
    painter.setPen(QPen(ink, 1.8))
    middle, reach = rect.center(), 3.5
    painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
    if sign == "+":
        painter.drawLine(middle - QPointF(0, reach), middle + QPointF(0, reach))


def _pen(face: ChipFace) -> tuple[QPen, QColor]:
    if face.axis is None:
        return QPen(theme.current().line, 1.2), theme.current().muted
    pen = looks.axis_pen(face.axis)
    return pen, pen.color()


def _word_font(font: QFont) -> QFont:
    return looks.sans(font, 0.92, bold=True)


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


class ShapeRow(ChipRow):
    """The shape of a tensor in one line as torch writes it, each size in the colour of its axis."""

    @guarded(False)
    def hasHeightForWidth(self) -> bool:
        return False

    @guarded(QSize(30, 24))
    def sizeHint(self) -> QSize:
        return QSize(shape_width(self._faces, self.font()), QFontMetrics(_size_font(self.font())).height() + 8)

    @guarded(QSize(30, 24))
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_shape(QPainter(self), QRectF(self.rect()), self._faces, self.font())


def _pieces(chips: Sequence[ChipFace]) -> list[tuple[str, ChipFace | None]]:
    """`(3, 4)` in pieces, those that are sizes with their faces."""
    out: list[tuple[str, ChipFace | None]] = [("(", None)]
    for k, face in enumerate(chips):
        out += [(", ", None)] * bool(k) + [(face.size, face)]
    return [*out, (",)" if len(chips) == 1 else ")", None)]


def shape_width(chips: Sequence[ChipFace], font: QFont) -> int:
    """The width of a shape in pixels."""
    plain, bold = QFontMetrics(looks.mono(font)), QFontMetrics(_size_font(font))
    return sum((plain if face is None else bold).horizontalAdvance(text) for text, face in _pieces(chips))


def paint_shape(painter: QPainter, rect: QRectF, chips: Sequence[ChipFace], font: QFont) -> None:
    """Draw a shape from the left of `rect`, as much as there is room for."""
    plain, bold = looks.mono(font), _size_font(font)
    place, more = QRectF(rect), QFontMetrics(plain).horizontalAdvance("…")
    whole = shape_width(chips, font) <= rect.width()
    for text, face in _pieces(chips):
        own = plain if face is None else bold
        width = QFontMetrics(own).horizontalAdvance(text)
        cut = not whole and place.left() + width + more > rect.right()
        painter.setFont(plain if cut else own)
        painter.setPen(theme.current().muted if face is None or cut else _pen(face)[1])
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, "…" if cut else text)
        if cut:
            return
        place.setLeft(place.left() + width)


def scalar_face() -> ChipFace:
    """What stands in the place of the chips where there are no axes."""
    return ChipFace("0-d", "", template="")


class AxisChip(QAbstractButton):
    """A chip that can be chosen: a click or Space, with the focus in a double outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = ChipFace("0", "")
        self.adds = False
        """Whether the last press was on the sign, or had Ctrl or Shift: one more, not another one."""
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

    def sign(self, sign: str) -> None:
        """Show another sign."""
        if sign != self._face.sign:
            self._face = replace(self._face, sign=sign)
            self.updateGeometry()
            self.update()

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
        paint_chip(painter, self._chip(), self._face, self.font(), self.isChecked())
        if self.hasFocus():
            looks.paint_focus(painter, rect, 8)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        signed = self._face.sign and sign_rect(self._chip()).contains(event.position())
        self.adds = bool(signed) or _adds(event.modifiers())
        super().mousePressEvent(event)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "-") and self._face.sign == event.text().replace("-", "−"):
            self.adds = True
            self.click()
            return
        self.adds = _adds(event.modifiers())
        super().keyPressEvent(event)

    def _chip(self) -> QRectF:
        return QRectF(self.rect()).adjusted(3, 3, -3, -3)


def _adds(modifiers: Qt.KeyboardModifier) -> bool:
    return bool(modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
