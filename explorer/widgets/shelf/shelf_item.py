"""A card of the shelf: picture, name, shape, dtype and device of one tensor, and how it is painted."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.chip import ChipFace, chip_size, paint_chip, place_chips, scalar_face
from explorer.widgets.look.model_index import Index
from explorer.widgets.look.thumbnail import paint_thumbnail

CARD = Qt.ItemDataRole.UserRole
PICTURE, PAD, GAP = 36, 10, 8
KNOWN = 4096  # cards whose places are kept


@dataclass(frozen=True)
class Card:
    """What a card shows: `caption` is "int64 · cpu", `badges` short words, `stale` why it is out of date, or ""."""

    name: str
    chips: tuple[ChipFace, ...]
    caption: str
    badges: tuple[str, ...] = ()
    stale: str = ""
    picture: QImage | None = None
    tip: str = ""

    @property
    def spoken(self) -> str:
        """The card for a screen reader."""
        shape = ", ".join(f.size for f in self.chips)
        return "; ".join(part for part in (self.name, f"({shape})", self.caption, *self.badges, self.stale) if part)


@dataclass(frozen=True)
class _Places:
    """Where the parts of a card stand, in pixels from its top left corner."""

    name: QRect
    chips: tuple[QRect, ...]
    caption: QRect
    height: int


class CardDelegate(QStyledItemDelegate):
    """Paints cards, and edits the name of one in place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known: dict[tuple[str, tuple[ChipFace, ...], int, str], _Places] = {}

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = index.data(CARD)
        places = self._places(card, option)
        look, font = theme.current(), option.font
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = QRectF(option.rect).adjusted(1, 1, -1, -GAP + 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(look.ink, 2) if selected else QPen(look.line if hover else look.hairline, 1))
        painter.setBrush(look.field if selected else look.panel)
        painter.drawRoundedRect(rect, 8, 8)
        if option.state & QStyle.StateFlag.State_HasFocus:
            looks.paint_focus(painter, rect.adjusted(2, 2, -2, -2), 6)
        corner = option.rect.topLeft()
        paint_thumbnail(painter, QRectF(corner.x() + PAD, corner.y() + PAD + 2, PICTURE, PICTURE), card.picture)
        name_font = looks.mono(font, 1.2, bold=True)
        name = places.name.translated(corner)
        painter.setFont(name_font)
        painter.setPen(look.ink)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, elided(card.name, name_font, name.width()))
        for face, place in zip(card.chips or (scalar_face(),), places.chips, strict=True):
            paint_chip(painter, QRectF(place.translated(corner)), face, font)
        self._paint_caption(painter, places.caption.translated(corner), card, option)
        painter.restore()

    def _paint_caption(self, painter: QPainter, rect: QRect, card: Card, option: QStyleOptionViewItem) -> None:
        look, font = theme.current(), looks.sans(option.font, 0.92)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        words = [*card.badges, *(["\N{ANTICLOCKWISE OPEN CIRCLE ARROW}"] if card.stale else [])]
        room = rect.width() - metrics.horizontalAdvance(card.caption)  # dtype and device come first
        while words and sum(metrics.horizontalAdvance(w) + 15 for w in words) > room:
            words.pop(0)
        right = rect.right()
        for word in reversed(words):
            box = QRect(0, 0, metrics.horizontalAdvance(word) + 10, metrics.height() + 2)
            box.moveTopRight(rect.topRight())
            box.moveRight(right)
            warn = word is words[-1] and bool(card.stale)
            painter.setPen(look.warning if warn else look.line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box), 4, 4)
            painter.setPen(look.warning if warn else look.muted)
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
        return QSize(120, self._places(card, option, width).height + GAP)

    def _places(self, card: Card, option: QStyleOptionViewItem, width: int = 0) -> _Places:
        """Where the parts stand; reckoned once for a card, as Qt asks for all of them again and again."""
        key = (card.name, card.chips, width or option.rect.width(), option.font.key())
        if key not in self._known:
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[key] = self._placed(card, option, key[2])
        return self._known[key]

    def _placed(self, card: Card, option: QStyleOptionViewItem, width: int) -> _Places:
        """The chips stand beside the name where they fit there, below it where they do not."""
        left = PAD + PICTURE + PAD
        right = width - PAD
        name_font = looks.mono(option.font, 1.2, bold=True)
        chips = card.chips or (scalar_face(),)
        line = chip_size(chips[0], option.font).height()
        places = place_chips(chips, option.font, 1 << 20)
        needs = QFontMetrics(name_font).horizontalAdvance(card.name) + GAP
        top = PAD - 2
        if left + needs + places[-1].right() <= right:
            name = QRect(left, top, needs, line)
            chip_places = tuple(p.translated(left + needs, top) for p in places)
            below = top + line
        else:
            name = QRect(left, top, right - left, line)
            chip_places = tuple(
                p.translated(left, top + line + 2) for p in place_chips(chips, option.font, right - left)
            )
            below = chip_places[-1].bottom() + 1
        text = QFontMetrics(looks.sans(option.font, 0.92)).height() + 2
        caption = QRect(left, below + 4, right - left, text)
        return _Places(name, chip_places, caption, max(caption.bottom() + PAD - 2, PICTURE + 2 * PAD))

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
        name = self._places(card, option).name.translated(option.rect.topLeft())
        editor.setGeometry(
            name.left() - 4, name.top() - 2, option.rect.right() - name.left() - PAD + 4, name.height() + 4
        )

    @guarded()
    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text().strip())


def elided(text: str, font: Any, width: int) -> str:
    """`text` with its middle left out where it is wider than `width`."""
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, width)
