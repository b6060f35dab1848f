"""The entries of an operand's menu: a small picture, name, shape and dtype, and what the call would give with it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.model_index import Index
from explorer.widgets.look.thumbnail import paint_thumbnail

ENTRY = Qt.ItemDataRole.UserRole + 1
WIDTH, PAD, PICTURE = 430, 8, 34  # pixels
FAINT = 0.45  # how much is seen of the picture of a tensor that does not fit


@dataclass(frozen=True)
class OperandEntry:
    """A tensor that may stand there. `verdict`: what the call would give with it, or, where it does not `fit`, why it
    is refused; "" while that is not known."""

    name: str
    facts: str
    picture: QImage | None = None
    verdict: str = ""
    fits: bool = True


class OperandDelegate(QStyledItemDelegate):
    """Paints entries; all are equally high, so that nothing moves under the pointer when a verdict comes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index | QPersistentModelIndex) -> None:
        entry: OperandEntry | None = index.data(ENTRY)
        if entry is None:
            super().paint(painter, option, index)
            return
        look, rect = theme.current(), option.rect.adjusted(PAD, 5, -PAD, -5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = look.ink if entry.fits else look.muted
        painter.save()
        painter.fillRect(option.rect, look.hover if selected else look.panel)
        if selected:  # seen without the shade, too
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), look.ink)
        painter.setOpacity(1.0 if entry.fits else FAINT)
        paint_thumbnail(painter, QRectF(rect.left(), rect.top(), PICTURE, PICTURE), entry.picture)
        painter.setOpacity(1.0)
        name, facts, small = self._fonts(option)
        left = rect.left() + PICTURE + PAD
        line = QRect(left, rect.top(), rect.right() - left, QFontMetrics(name).height())
        room = max(line.width() - QFontMetrics(facts).horizontalAdvance(entry.facts) - 2 * PAD, line.width() // 3)
        text = QFontMetrics(name).elidedText(entry.name, Qt.TextElideMode.ElideMiddle, room)
        painter.setPen(ink)
        painter.setFont(name)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(facts)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.facts)
        painter.setFont(small)
        painter.setPen(look.muted)
        below = QRect(left, line.bottom() + 2, line.width(), 2 * QFontMetrics(small).lineSpacing())
        painter.drawText(below, Qt.TextFlag.TextWordWrap, _fitted(entry.verdict, small, below))
        painter.restore()

    @guarded(QSize(WIDTH, 60))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index | QPersistentModelIndex) -> QSize:
        if index.data(ENTRY) is None:
            return super().sizeHint(option, index) + QSize(2 * PAD, 8)
        name, _, small = self._fonts(option)
        words = QFontMetrics(name).height() + 2 + 2 * QFontMetrics(small).lineSpacing()
        return QSize(WIDTH, max(words, PICTURE) + 10)

    def _fonts(self, option: QStyleOptionViewItem) -> tuple[QFont, QFont, QFont]:
        """Of the name, the facts and the verdict."""
        base = option.font
        return looks.mono(base, 1.0, bold=True), looks.mono(base, 0.85), looks.sans(QApplication.font(), 0.9)


def _fitted(text: str, font: QFont, box: QRect) -> str:
    """As much of a text as goes into the box, line by line; the tooltip has all of it."""
    metrics, shown = QFontMetrics(font), text
    while shown and metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, shown).height() > box.height():
        text = text[:-1]
        shown = f"{text.rstrip()}…"
    return shown
