"""A number's bits in boxes, its fields framed in different ways and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.speech.sentences import translate

if TYPE_CHECKING:
    from explorer.numbers.bits import Group, NumberBits

WIDE, HIGH, NAMED = 15.0, 21.0, 16.0
"""Of a box, and of the line of names above it, in pixels."""
GAP, LINE = 5.0, 5.0
TITLES: Mapping[str, str] = {
    "sign": QT_TRANSLATE_NOOP("bits", "sign"),
    "exponent": QT_TRANSLATE_NOOP("bits", "exponent"),
    "mantissa": QT_TRANSLATE_NOOP("bits", "mantissa"),
    "value": QT_TRANSLATE_NOOP("bits", "value"),
    "raw": QT_TRANSLATE_NOOP("bits", "raw"),
}


@dataclass(frozen=True)
class BitRun:
    """Bits of one field that stand in one line: where, which, and its name where it begins."""

    place: QRectF
    group: Group
    bits: str
    begins: bool


def laid(numbers: Sequence[NumberBits], width: float, scale: float = 1.0) -> list[BitRun]:
    """Runs of boxes in lines of at most `width` pixels, all `scale` times as large; each number begins a line."""
    wide, high, named, gap, space = (n * scale for n in (WIDE, HIGH, NAMED, GAP, LINE))
    runs: list[BitRun] = []
    y = 0.0
    for number in numbers:
        for line in _lines(number, width, wide, gap):
            y += named if any(begins for *_, begins in line) else 0.0
            runs += [
                BitRun(QRectF(x, y, len(bits) * wide, high), group, bits, begins) for x, group, bits, begins in line
            ]
            y += high + space
    return runs


def _lines(number: NumberBits, width: float, wide: float, gap: float) -> list[list[tuple[float, Group, str, bool]]]:
    """The bits of a number line by line: where a run begins, of which field, its bits, and whether the field begins."""
    lines: list[list[tuple[float, Group, str, bool]]] = [[]]
    x = 0.0
    for group in number.groups:
        left = group.bits
        while left:
            room = int((width - x) / wide)
            if room < 1 and lines[-1]:
                lines.append([])
                x = 0.0
                continue
            here = left[: max(room, 1)]
            lines[-1].append((x, group, here, left == group.bits))
            x += len(here) * wide + (gap if here == left else 0.0)
            left = left[len(here) :]
    return lines


class BitsStrip(QWidget):
    """Shows the bits of one value, one number below the other. Fields differ by their frame and by their name: the sign
    is filled, the exponent hatched, the rest plain."""

    def __init__(self, scale: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bits_strip")
        self._scale = scale
        self._numbers: tuple[NumberBits, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.switch().changed.connect(self.update)

    @property
    def numbers(self) -> tuple[NumberBits, ...]:
        """What is shown."""
        return self._numbers

    def show_bits(self, numbers: Sequence[NumberBits]) -> None:
        """Show these; none empties the strip."""
        self._numbers = tuple(numbers)
        fields = [f"{title_of(group)} {group.bits}" for number in numbers for group in number.groups]
        self.setAccessibleName(self.tr("Bits: {fields}").format(fields=", ".join(fields)))
        self.updateGeometry()
        self.update()

    @guarded(True)
    def hasHeightForWidth(self) -> bool:
        return True

    @guarded(42)
    def heightForWidth(self, width: int) -> int:
        runs = laid(self._numbers, width - 2.0, self._scale)
        return int(runs[-1].place.bottom()) + 3 if runs else 0

    @guarded(QSize(240, 42))
    def sizeHint(self) -> QSize:
        longest = max((len(n.bits) for n in self._numbers), default=0)
        width = int((min(longest, 32) * WIDE + 2 * GAP) * self._scale) + 4
        return QSize(width, self.heightForWidth(width))

    @guarded(QSize(130, 42))
    def minimumSizeHint(self) -> QSize:
        return QSize(int(8 * WIDE * self._scale) + 4, 0)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(1, 1)
        for run in laid(self._numbers, self.width() - 2.0, self._scale):
            _paint(painter, run, self, self._scale)
        painter.end()


def title_of(group: Group) -> str:
    """The name of a field in the user's language."""
    return translate("bits", TITLES[group.part])


def _paint(painter: QPainter, run: BitRun, widget: QWidget, scale: float) -> None:
    look, box, wide = theme.current(), run.place, WIDE * scale
    ink = look.ink
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.panel)
    if run.group.part == "sign":
        painter.setBrush(look.accent)
        ink = look.accent_ink
    painter.drawRect(box)
    if run.group.part == "exponent":
        hatch = QColor(look.line)
        hatch.setAlphaF(0.45)
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.hairline, 1))
    for k in range(1, len(run.bits)):
        x = box.left() + k * wide
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    painter.setPen(QPen(look.ink, 1.6))
    painter.drawRect(box)
    painter.setFont(looks.mono(widget.font(), scale, bold=True))
    for k, bit in enumerate(run.bits):
        place = QRectF(box.left() + k * wide, box.top(), wide, box.height())
        if run.group.part == "exponent":  # the digit stands clear of its hatch
            painter.fillRect(place.adjusted(3.5, 4, -3.5, -4), look.panel)
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, bit)
    if run.begins:
        _name(painter, run, widget, scale)


def _name(painter: QPainter, run: BitRun, widget: QWidget, scale: float) -> None:
    """The field's name above its first run, as far as there is room; a sign is named by one."""
    font = looks.sans(widget.font(), 0.85 * scale)
    painter.setFont(font)
    painter.setPen(theme.current().muted)
    title = "±" if run.group.part == "sign" else title_of(run.group)
    title = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, run.place.width())
    place = QRectF(run.place.left(), run.place.top() - NAMED * scale, run.place.width(), NAMED * scale)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
