"""The strip drawn: slots with their values, the jumps of one step along each axis, and a lane for each item."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from explorer.session.storage_strip import Jump, SlotValues, StorageStrip
from explorer.widgets.look import looks, theme
from explorer.widgets.look.colormap import colour_map
from explorer.widgets.look.fonts import MONO, SANS, font

ARCS, NUMBER, CELL, BYTE, GAP, LANE = 26.0, 14.0, 26.0, 14.0, 4.0, 20.0
"""Heights of the rows in pixels, from above."""
NARROWEST, WIDEST, CHARACTER = 38.0, 54.0, 7.3
MOST_LANES = 4
INDENT = 5.0
WRITTEN = "\N{LOWER RIGHT PENCIL}"
_PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.DiagCrossPattern,
)


@dataclass(frozen=True)
class Places:
    """Where things stand: `left` is the left edge of the slots, `pitch` the width of one."""

    left: float
    pitch: float
    window: range

    def slot_box(self, slot: int) -> QRectF:
        """The cell of a slot."""
        return QRectF(self.left + (slot - self.window.start) * self.pitch, ARCS + NUMBER, self.pitch, CELL)

    def lane_top(self, row: int) -> float:
        """The upper edge of a lane."""
        return ARCS + NUMBER + CELL + BYTE + GAP + row * LANE

    def lane_box(self, row: int, slot: int) -> QRectF:
        """The place of a slot in a lane."""
        return QRectF(self.slot_box(slot).left(), self.lane_top(row), self.pitch, LANE)

    def slot_at(self, x: float) -> int | None:
        """The slot at a horizontal place, whatever the row."""
        slot = self.window.start + int((x - self.left) // self.pitch)
        return slot if x >= self.left and slot in self.window else None

    def row_at(self, y: float) -> int:
        """The lane at a height; below 0 above the lanes."""
        return int((y - self.lane_top(0)) // LANE)


@dataclass(frozen=True)
class Marks:
    """What stands out: the focused slot, the one under the pointer, and those just written to."""

    focus: int | None = None
    hover: int | None = None
    written: Collection[int] = ()


def height(lanes: int) -> float:
    """The height of the strip with so many lanes."""
    return ARCS + NUMBER + CELL + BYTE + GAP + min(max(lanes, 1), MOST_LANES) * LANE + 3


def label_width(names: Sequence[str]) -> float:
    """The room that the names of the lanes take at the left."""
    metrics = QFontMetricsF(font(MONO, 13, 700))
    return min(max((metrics.horizontalAdvance(n) for n in names), default=0.0) + INDENT + 14, 110.0)


def narrowest(slots: Any) -> float:
    """The width that a slot needs at least, so that the largest numbers around it can be read."""
    last = max(slots.count - 1, 0)
    return min(max(_width(str(last), 11) + 6, _width(f"+{slots.byte(last)}", 10) + 6, NARROWEST), 96.0)


def paint(
    painter: QPainter, places: Places, strip: StorageStrip, values: SlotValues, marks: Marks, colours: str, more: str
) -> None:
    """Draw all of it; `more` says which lanes found no room, `colours` is a key of COLOUR_MAPS."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for slot in places.window:
        _paint_slot(painter, places, slot, strip, values, colours)
    _paint_edges(painter, places, strip)
    rows = len(strip.lanes) if len(strip.lanes) <= MOST_LANES else MOST_LANES - 1
    for row in range(rows):
        _paint_lane(painter, places, strip, row)
    if rows < len(strip.lanes):
        look = theme.current()
        box = QRectF(INDENT, places.lane_top(rows), places.left + len(places.window) * places.pitch, LANE)
        _write(painter, box, more, SANS, 12, look.muted, Qt.AlignmentFlag.AlignLeft)
    if marks.focus is not None and marks.focus in places.window:
        jumps = strip.jumps(marks.focus)
        ranked = enumerate(sorted(jumps, key=lambda j: abs(j.to - j.slot)))
        named = [_paint_jump(painter, places, strip, jump, rank) for rank, jump in ranked]
        for label, text, ink in named:  # over all arcs
            painter.fillRect(label.adjusted(2, 0, -2, 0), theme.current().chrome)
            _write(painter, label, text, MONO, 11, ink, weight=700)
    _paint_marks(painter, places, marks)


def _paint_slot(
    painter: QPainter, places: Places, slot: int, strip: StorageStrip, values: SlotValues, colours: str
) -> None:
    look, box = theme.current(), places.slot_box(slot)
    number = QRectF(box.left(), ARCS, box.width(), NUMBER)
    _write(painter, number, str(slot), MONO, 11, look.muted)
    below = QRectF(box.left(), box.bottom(), box.width(), BYTE)
    _write(painter, below, f"+{strip.slots.byte(slot)}", MONO, 10, look.muted)
    fill, ink = look.field, look.muted
    text = values.text(slot)
    if text and slot - values.window.start < len(values.numbers):
        cmap = colour_map(colours)
        place = slot - values.window.start
        entry = int(cmap.entries(values.numbers[place : place + 1], *values.levels)[0])
        if entry >= 0:
            fill, ink = cmap.fills[entry], cmap.inks[entry]
    inner = box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(look.line, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(inner, 3, 3)
    if text and fill is look.field:
        ink = look.ink
    _write(painter, inner, text or "·", MONO, 12, ink, weight=700)


def _paint_edges(painter: QPainter, places: Places, strip: StorageStrip) -> None:
    """Where the storage goes on beyond what is shown, the strip is torn off."""
    look, window = theme.current(), places.window
    if not len(window):
        return
    for there, slot, right in (
        (window.start > 0, window.start, False),
        (window.stop < strip.slots.count, window.stop - 1, True),
    ):
        if there:
            box = places.slot_box(slot)
            x = box.right() + 4 if right else box.left() - 4
            painter.setPen(QPen(look.line, 2, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))


def _paint_lane(painter: QPainter, places: Places, strip: StorageStrip, row: int) -> None:
    look, face = theme.current(), strip.lanes[row]
    middle = places.lane_top(row) + LANE / 2
    label = QRectF(INDENT, places.lane_top(row), places.left - INDENT - 8, LANE)
    _write(painter, label, face.name, MONO, 13, look.ink, Qt.AlignmentFlag.AlignLeft, 700 if row == 0 else 400)
    if not len(places.window):
        return
    painter.setPen(QPen(look.hairline, 1))
    last = places.lane_box(row, places.window[-1]).right()
    painter.drawLine(QPointF(places.left, middle), QPointF(last, middle))
    for slot in places.window:
        count = strip.count(row, slot)
        if count:
            text = f"×{count}" if count > 1 else ",".join(map(str, strip.cells(row, slot, 1)[0]))
            _paint_cover(painter, places.lane_box(row, slot), text, row)


def _paint_cover(painter: QPainter, box: QRectF, text: str, row: int) -> None:
    """The mark of a cell in its lane: its index over a bar in the pattern of the lane."""
    look = theme.current()
    inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setPen(QPen(look.line, 1))
    painter.setBrush(look.panel)
    painter.drawRoundedRect(inner, 3, 3)
    bar = QRectF(inner.left() + 1, inner.bottom() - 4.5, inner.width() - 2, 4)
    painter.fillRect(bar, QBrush(look.ink, _PATTERNS[row % len(_PATTERNS)]))
    if _width(text, 11) <= inner.width() - 2:
        _write(painter, inner.adjusted(0, 0, 0, -4), text, MONO, 11, look.ink)


def _paint_jump(
    painter: QPainter, places: Places, strip: StorageStrip, jump: Jump, rank: int
) -> tuple[QRectF, str, QColor]:
    """An arc in the look of its axis, from the focused slot to where one step along that axis leads; the place, the
    text and the ink of its label."""
    axes = strip.lanes[0].axes
    pen = looks.axis_pen(axes[jump.axis].index, 2) if jump.axis < len(axes) else QPen(theme.current().muted, 2)
    letter = axes[jump.axis].letter if jump.axis < len(axes) else str(jump.axis)
    step = jump.to - jump.slot
    start = places.slot_box(jump.slot).center().x()
    end = min(
        max(places.slot_box(jump.to).center().x(), places.left - 6), places.slot_box(places.window[-1]).right() + 6
    )
    foot, top = ARCS - 1, max(ARCS - 11 - 7 * rank, 4.0)
    path = QPainterPath(QPointF(start, foot))
    if step == 0:
        start, end = start - 7, start + 7
        path = QPainterPath(QPointF(start, foot))
    path.cubicTo(QPointF(start, top - 4), QPointF(end, top - 4), QPointF(end, foot))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.setPen(QPen(pen.color(), 2))
    painter.drawPolyline(QPolygonF([QPointF(end - 4, foot - 6), QPointF(end, foot), QPointF(end + 4, foot - 6)]))
    text = f"{letter} {step:+d}".replace("-", "\N{MINUS SIGN}")
    wide = _width(text, 11) + 8
    left = end + 5 if step > 0 else min(start, end) - 5 - wide  # beside the tip, where no arc of its own runs
    label = QRectF(left, foot - 14, wide, 13)
    last = places.slot_box(places.window[-1]).right()
    label.moveLeft(max(min(label.left(), last - wide), 0.0))
    return label, text, pen.color()


def _paint_marks(painter: QPainter, places: Places, marks: Marks) -> None:
    look = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if marks.hover is not None and marks.hover in places.window:
        painter.setPen(QPen(look.ink, 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(places.slot_box(marks.hover).adjusted(1, 1, -1, -1), 3, 3)
    for slot in marks.written:
        if slot in places.window:
            box = places.slot_box(slot)
            painter.setPen(QPen(look.ink, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
            pencil = QRectF(box.right() - 14, box.top() - 7, 14, 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.accent)
            painter.drawEllipse(pencil)
            _write(painter, pencil, WRITTEN, SANS, 11, look.accent_ink)
    if marks.focus is not None and marks.focus in places.window:
        looks.paint_focus(painter, places.slot_box(marks.focus), 4)


@lru_cache(maxsize=4096)
def _width(text: str, pixels: int) -> float:
    return QFontMetricsF(font(MONO, pixels)).horizontalAdvance(text)


def _write(
    painter: QPainter,
    box: QRectF,
    text: str,
    families: tuple[str, ...],
    pixels: int,
    ink: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    weight: int = 400,
) -> None:
    face = font(families, pixels, weight)
    painter.setFont(face)
    painter.setPen(ink)
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, shown)
