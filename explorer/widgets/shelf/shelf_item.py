"""A card of the shelf: picture, name, shape, dtype and device of one tensor, and how it is painted."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.chip import ChipFace, paint_shape, shape_width
from explorer.widgets.look.model_index import Index
from explorer.widgets.look.thumbnail import paint_thumbnail

CARD = Qt.ItemDataRole.UserRole
PICTURE, PAD, GAP, HEAD = 36, 10, 8, 24
ARRAY = "\N{SQUARE WITH ORTHOGONAL CROSSHATCH FILL} NumPy"  # a name: it is not translated
WRITTEN = "\N{LOWER RIGHT PENCIL}"
KNOWN = 4096  # cards whose places are kept


@dataclass(frozen=True)
class Card:
    """What a card shows: `caption` is "int64 · cpu", `badges` short words, `stale` why it is out of date, or "".

    `heading` and `amount` stand above the first card of a lane: the device, and how much is on it. `array`: NumPy's.
    `tag`: that of its storage, if others see it too. `written`: that its memory has just been written to, or "".
    `alarm`: what is wrong with it, in few words, or "".
    """

    name: str
    chips: tuple[ChipFace, ...]
    caption: str
    badges: tuple[str, ...] = ()
    stale: str = ""
    picture: QImage | None = None
    tip: str = ""
    device: str = "cpu"
    heading: str = ""
    amount: str = ""
    array: bool = False
    tag: str = ""
    written: str = ""
    alarm: str = ""

    @property
    def measure(self) -> tuple[object, ...]:
        """What the height of the card depends on."""
        return self.name, self.chips, self.caption, self.badges, self.stale, self.heading, self.tag, self.alarm

    @property
    def spoken(self) -> str:
        """The card for a screen reader."""
        shape = ", ".join(f.size for f in self.chips)
        lane = f"{self.heading}: {self.amount}" if self.heading else ""
        notes = (self.tag, self.stale, self.written, self.alarm)
        parts = (lane, self.name, f"({shape})", self.caption, *self.badges, *notes)
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class _Places:
    """Where the parts of a card stand, in pixels from its top left corner."""

    name: QRect
    shape: QRect
    caption: QRect
    height: int
    tag: QRect
    alarm: QRect


class CardDelegate(QStyledItemDelegate):
    """Paints cards, and edits the name of one in place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known: dict[tuple[str, tuple[ChipFace, ...], int, str, tuple[str, ...]], _Places] = {}

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = index.data(CARD)
        places = self._places(card, option)
        look, font, whole = theme.current(), option.font, _body(card, option)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect, radius = QRectF(whole).adjusted(1, 1, -1, -GAP + 1), 1.5 if card.array else 8
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if card.heading:
            _paint_heading(painter, card, option)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(look.ink, 2) if selected else QPen(look.line if hover else look.hairline, 1))
        painter.setBrush(look.field if selected else look.panel)
        painter.drawRoundedRect(rect, radius, radius)
        if card.array:  # square, with a second line at its side: NumPy's
            painter.drawLine(rect.topLeft() + QPointF(4, 1), rect.bottomLeft() + QPointF(4, -1))
        if option.state & QStyle.StateFlag.State_HasFocus:
            looks.paint_focus(painter, rect.adjusted(2, 2, -2, -2), 6)
        if card.written:
            _paint_written(painter, rect, radius)
        corner = whole.topLeft()
        paint_thumbnail(painter, QRectF(corner.x() + PAD, corner.y() + PAD + 2, PICTURE, PICTURE), card.picture)
        name_font = looks.mono(font, 1.2, bold=True)
        name = places.name.translated(corner)
        painter.setFont(name_font)
        painter.setPen(look.ink)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, elided(card.name, name_font, name.width()))
        if card.tag:
            _paint_tag(painter, places.tag.translated(corner), card.tag, font)
        paint_shape(painter, QRectF(places.shape.translated(corner)), card.chips, font)
        self._paint_caption(painter, places.caption.translated(corner), card, option)
        if card.alarm:
            _paint_alarm(painter, places.alarm.translated(corner), card.alarm, font)
        painter.restore()

    def _paint_caption(self, painter: QPainter, rect: QRect, card: Card, option: QStyleOptionViewItem) -> None:
        look, font = theme.current(), looks.sans(option.font, 0.92)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        words = [*card.badges, *(["\N{ANTICLOCKWISE OPEN CIRCLE ARROW}"] if card.stale else [])]
        room = rect.width() - metrics.horizontalAdvance(card.caption)  # dtype and device come first
        kept = int(card.array)  # what is NumPy's says so in any case
        while len(words) > kept and sum(metrics.horizontalAdvance(w) + 15 for w in words) > room:
            words.pop(kept)
        right = rect.right()
        for word in reversed(words):
            box = QRect(0, 0, metrics.horizontalAdvance(word) + 10, metrics.height() + 2)
            box.moveTopRight(rect.topRight())
            box.moveRight(right)
            warn = word is words[-1] and bool(card.stale)
            filled = word == ARRAY
            painter.setPen(look.warning if warn else look.line)
            painter.setBrush(look.hover if filled else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box), 1 if filled else 4, 1 if filled else 4)
            painter.setPen(look.warning if warn else look.ink if filled else look.muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
            right = box.left() - 5
        painter.setPen(look.muted)
        text = metrics.elidedText(card.caption, Qt.TextElideMode.ElideRight, right - rect.left())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)

    @guarded(QSize(200, 64))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        card: Card = index.data(CARD)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 200
        return QSize(120, self._places(card, option, width).height + GAP + (HEAD if card.heading else 0))

    def _places(self, card: Card, option: QStyleOptionViewItem, width: int = 0) -> _Places:
        """Where the parts stand; reckoned once for a card, as Qt asks for all of them again and again."""
        words = (card.tag, card.caption, *card.badges, card.stale) if card.tag else ()
        words += (card.alarm,)
        key = (card.name, card.chips, width or option.rect.width(), option.font.key(), words)
        if key not in self._known:
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[key] = self._placed(card, option, key[2])
        return self._known[key]

    def _placed(self, card: Card, option: QStyleOptionViewItem, width: int) -> _Places:
        """The shape stands beside the name where it fits there, below it where it does not."""
        left = PAD + PICTURE + PAD
        right = width - PAD
        name_font = looks.mono(option.font, 1.2, bold=True)
        line, wide = QFontMetrics(option.font).height() + 8, shape_width(card.chips, option.font)
        needs = QFontMetrics(name_font).horizontalAdvance(card.name) + GAP
        top = PAD - 2
        small = QFontMetrics(looks.sans(option.font, 0.92))
        tag = QSize(small.horizontalAdvance(card.tag) + 14, small.height() + 2) if card.tag else QSize(0, 0)
        words = (*card.badges, "\N{ANTICLOCKWISE OPEN CIRCLE ARROW}") if card.stale else card.badges
        taken = small.horizontalAdvance(card.caption) + sum(small.horizontalAdvance(word) + 15 for word in words)
        low = taken + tag.width() + GAP <= right - left  # the tag has room behind the caption, else beside the name
        beside = 0 if low else tag.width() + GAP
        if left + needs + wide + beside <= right:
            name, shape = QRect(left, top, needs, line), QRect(left + needs, top, wide, line)
        else:
            name = QRect(left, top, right - left - beside, line)
            shape = name.translated(0, line - 4)
            shape.setRight(right)
        below = shape.bottom() + 1
        text = QFontMetrics(looks.sans(option.font, 0.92)).height() + 2
        caption = QRect(left, below + 4, right - left, text)
        row = caption if low else QRect(left, top, right - left, line)
        place = QRect(QPoint(row.right() + 1 - tag.width(), row.center().y() - tag.height() // 2 + 1), tag)
        if low and card.tag:
            caption.setRight(place.left() - 6)
        last = max(row.bottom() if low else 0, caption.bottom())
        alarm = QRect(PAD, max(last, PAD + 2 + PICTURE) + 4, right - PAD, text) if card.alarm else QRect()
        last = alarm.bottom() if card.alarm else last
        return _Places(name, shape, caption, max(last + PAD - 2, PICTURE + 2 * PAD), place, alarm)

    @guarded(None)
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget | None:  # type: ignore[override]
        editor = QLineEdit(parent)
        editor.setObjectName("rename_field")
        editor.setAccessibleName(self.tr("New name"))
        editor.setFont(looks.mono(option.font, 1.1, bold=True))
        return editor

    @guarded()
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = index.data(CARD)
        name = self._places(card, option).name.translated(_body(card, option).topLeft())
        editor.setGeometry(
            name.left() - 4, name.top() - 2, option.rect.right() - name.left() - PAD + 4, name.height() + 4
        )

    @guarded()
    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text().strip())


def _body(card: Card, option: QStyleOptionViewItem) -> QRect:
    """The card itself, below the heading of its lane."""
    return option.rect.adjusted(0, HEAD if card.heading else 0, 0, 0)


def _paint_tag(painter: QPainter, box: QRect, tag: str, base: QFont) -> None:
    """The tag of a shared storage: as a luggage tag, round."""
    look = theme.current()
    painter.setFont(looks.sans(base, 0.92))
    painter.setPen(look.line)
    painter.setBrush(look.panel)
    painter.drawRoundedRect(QRectF(box), box.height() / 2, box.height() / 2)
    painter.setPen(look.ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)


def _paint_alarm(painter: QPainter, box: QRect, words: str, base: QFont) -> None:
    """What is wrong, in a box of its own colour; the sign says it without the colour."""
    look, font = theme.current(), looks.sans(base, 0.92)
    text = elided(f"\N{WARNING SIGN} {words}", font, box.width() - 10)
    shown = QRect(box.topLeft(), QSize(QFontMetrics(font).horizontalAdvance(text) + 10, box.height()))
    painter.setFont(font)
    painter.setPen(look.error)
    painter.setBrush(look.error_panel)
    painter.drawRoundedRect(QRectF(shown), 4, 4)
    painter.drawText(shown, Qt.AlignmentFlag.AlignCenter, text)


def _paint_written(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The mark of memory that has just been written to: a double outline and a pencil."""
    look = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.ink, 2))
    painter.drawRoundedRect(rect, radius, radius)
    painter.drawRoundedRect(rect.adjusted(4, 4, -4, -4), radius / 2, radius / 2)
    disc = QRectF(rect.right() - 19, rect.top() - 1, 20, 20)
    painter.setBrush(look.accent)
    painter.setPen(QPen(look.panel, 1.5))
    painter.drawEllipse(disc)
    painter.setPen(look.accent_ink)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, WRITTEN)


def _paint_heading(painter: QPainter, card: Card, option: QStyleOptionViewItem) -> None:
    look = theme.current()
    rect = option.rect.adjusted(6, 2, -4, 0)
    rect.setHeight(HEAD - 4)
    bold, small = looks.mono(option.font, 1.0, bold=True), looks.sans(option.font, 0.92)
    painter.setFont(bold)
    painter.setPen(look.ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, card.heading)
    left = rect.left() + QFontMetrics(bold).horizontalAdvance(card.heading) + 10
    painter.setFont(small)
    painter.setPen(look.muted)
    amount = elided(card.amount, small, rect.right() - left)
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, amount)
    right = rect.right() - QFontMetrics(small).horizontalAdvance(amount) - 8
    painter.setPen(QPen(look.line, 1))
    if right > left:
        painter.drawLine(left, rect.center().y() + 1, right, rect.center().y() + 1)


def elided(text: str, font: Any, width: int) -> str:
    """`text` with its middle left out where it is wider than `width`."""
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, width)
