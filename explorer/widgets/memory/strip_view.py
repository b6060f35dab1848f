"""The strip of a storage: what the pointer and the keys ask of its slots."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.session.storage_strip import SlotValues, StorageStrip, cell_text
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme
from explorer.widgets.memory import strip_painter
from explorer.widgets.memory.strip_painter import CHARACTER, MOST_LANES, NARROWEST, WIDEST, Marks, Places

Key = Qt.Key
TOLD = 4  # cells of one item that are named before "and so on"


class StripView(QWidget):
    """Shows a window of slots around the focus. It holds no storage: only the values that it was given last."""

    slot_focused = Signal(object)
    """A slot, when the user has gone to it."""
    slot_hovered = Signal(object)
    """The slot under the pointer; None when it leaves."""
    lane_chosen = Signal(object)
    """The name of an item whose lane was clicked."""
    window_moved = Signal(object)
    """A range of slots whose values are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("storage_strip")
        self.setAccessibleName(self.tr("Storage, slot by slot"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._strip: StorageStrip | None = None
        self._values = SlotValues(range(0))
        self._window = range(0)
        self._marks = Marks()
        self._colours = "viridis"
        self._scrolled = 0
        theme.switch().changed.connect(self._theme_changed)

    # what is shown

    @property
    def strip(self) -> StorageStrip | None:
        return self._strip

    @property
    def window_of_slots(self) -> range:
        """The slots in view."""
        return self._window

    @property
    def values(self) -> SlotValues:
        """What was read of them."""
        return self._values

    @property
    def focused_slot(self) -> int | None:
        return self._marks.focus

    @property
    def written(self) -> Collection[int]:
        """The slots that are marked as just written to."""
        return self._marks.written

    def show_strip(self, strip: StorageStrip | None, focus: int | None = None) -> None:
        """Show a storage; the values of its slots come after, by `show_values`. The same one stays where it was."""
        tall, same = self._rows() != _rows_of(strip), _alike(self._strip, strip)
        first = self._window.start if same else None
        self._strip = strip
        self._marks = Marks(self._within(focus), self._marks.hover if same else None)
        if not same:
            self._window, self._values = range(0), SlotValues(range(0))
        self._place_window(first, tell=False)
        if tall:
            self.updateGeometry()
        self._describe()
        self.update()
        if strip is not None:
            self.window_moved.emit(self._window)

    def show_values(self, values: SlotValues, written: Collection[int] = ()) -> None:
        """What stands in the window's slots; those `written` are marked until `calm`."""
        self._values = values
        self._marks = Marks(self._marks.focus, self._marks.hover, frozenset(written))
        self._describe()
        self.update()

    def calm(self) -> None:
        """Take the marks of what was written away."""
        if self._marks.written:
            self._marks = Marks(self._marks.focus, self._marks.hover)
            self.update()

    def focus_slot(self, slot: int | None) -> None:
        """Light a slot, without a signal that the user did."""
        slot = self._within(slot)
        if slot == self._marks.focus:
            return
        self._marks = Marks(slot, self._marks.hover, self._marks.written)
        if slot is not None and slot not in self._window:
            self._place_window()
        self._describe()
        self.update()

    def set_colour_map(self, key: str) -> None:
        """Colours by a key of COLOUR_MAPS."""
        self._colours = key
        self.update()

    def _theme_changed(self, _: object) -> None:
        self.update()

    def _within(self, slot: int | None) -> int | None:
        return slot if slot is not None and self._strip is not None and 0 <= slot < self._strip.slots.count else None

    def _rows(self) -> int:
        return _rows_of(self._strip)

    # where things stand

    def places(self) -> Places:
        """Where the slots stand, in pixels of this widget."""
        left = self._left()
        count = max(len(self._window), 1)
        least = self._narrowest()
        return Places(left, min(max((self._room() - left) / count, least), max(WIDEST, least)), self._window)

    @property
    def fits(self) -> int:
        """How many characters have room in a slot."""
        return max(int((self.places().pitch - 4) // CHARACTER), 1)

    def _narrowest(self) -> float:
        return strip_painter.narrowest(self._strip.slots) if self._strip is not None else NARROWEST

    def _left(self) -> float:
        names = [face.name for face in self._strip.lanes] if self._strip is not None else []
        return strip_painter.label_width(names)

    def _room(self) -> float:
        return self.width() - 8.0

    def _place_window(self, first: int | None = None, tell: bool = True) -> None:
        """As many slots as have room: from `first` on, or around the focus where it is out of sight."""
        if self._strip is None:
            self._window = range(0)
            return
        slots, room = self._strip.slots, max(int((self._room() - self._left()) // self._narrowest()), 1)
        focus = self._marks.focus or 0
        wanted = slots.around(focus, room)
        if first is None and len(self._window) and focus in self._window:
            first = self._window.start
        if first is not None:
            first = min(max(first, 0), max(slots.count - room, 0))
            wanted = range(first, min(first + room, slots.count))
        if wanted != self._window:
            self._window = wanted
            self.update()
            if tell:
                self.window_moved.emit(wanted)

    # words

    def slot_text(self, slot: int) -> str:
        """A slot in words: its place, what stands there, and the cells that lie in it."""
        if self._strip is None:
            return ""
        value = self._values.text(slot)
        said = self.tr("slot {slot}, byte {byte}, holds {value}") if value else self.tr("slot {slot}, byte {byte}")
        told = [said.format(slot=slot, byte=self._strip.slots.byte(slot), value=value)]
        for row, face in enumerate(self._strip.lanes):
            cells = self._strip.cells(row, slot, TOLD + 1)
            if cells:
                named = ", ".join(cell_text(face.name, cell) for cell in cells[:TOLD])
                told.append(named if len(cells) <= TOLD else f"{named} …")
        return "\n".join(told)

    def _describe(self) -> None:
        focus = self._marks.focus
        text = self.slot_text(focus).replace("\n", "; ") if focus is not None else ""
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # what the user does

    def _go(self, slot: int) -> None:
        if self._strip is None or not self._strip.slots.count:
            return
        slot = min(max(slot, 0), self._strip.slots.count - 1)
        self.focus_slot(slot)
        self.slot_focused.emit(slot)

    def _hover(self, slot: int | None) -> None:
        if slot != self._marks.hover:
            self._marks = Marks(self._marks.focus, slot, self._marks.written)
            self.update()
            self.slot_hovered.emit(slot)

    # what Qt calls

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus, page = self._marks.focus or 0, max(len(self._window) - 1, 1)
        count = self._strip.slots.count if self._strip is not None else 0
        moves: dict[int, int] = {
            Key.Key_Left: focus - 1 if self._marks.focus is not None else 0,
            Key.Key_Right: focus + 1 if self._marks.focus is not None else 0,
            Key.Key_PageUp: focus - page,
            Key.Key_PageDown: focus + page,
            Key.Key_Home: 0,
            Key.Key_End: count - 1,
        }
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.key() not in moves:
            event.ignore()
            return
        self._go(moves[event.key()])

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._strip is None:
            return
        slot, row = self._at(event.position())
        if slot is not None:
            self._go(slot)
        elif 0 <= row < self._rows() and row < len(self._strip.lanes):
            self.lane_chosen.emit(self._strip.lanes[row].name)

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position())[0])

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _at(self, point: QPointF) -> tuple[int | None, int]:
        """The slot and the lane at a pixel; the slot is None over the names, the lane below 0 over the strip."""
        places = self.places()
        return places.slot_at(point.x()), places.row_at(point.y())

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scrolled += event.angleDelta().y() + event.angleDelta().x()
        notches, self._scrolled = int(self._scrolled / 120), self._scrolled - 120 * int(self._scrolled / 120)
        if notches and self._strip is not None and len(self._window) < self._strip.slots.count:
            self._place_window(self._window.start - 3 * notches)
        event.accept()

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _show_tip(self, point: QPoint, on_screen: QPoint) -> None:
        slot = self._at(QPointF(point))[0]
        if slot is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(on_screen, self.slot_text(slot), self)

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_window()

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._strip is not None:
            hidden = ", ".join(face.name for face in self._strip.lanes[MOST_LANES - 1 :])
            more = self.tr("and more: {names}").format(names=hidden)
            strip_painter.paint(painter, self.places(), self._strip, self._values, self._marks, self._colours, more)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.current().line)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        painter.end()

    @guarded(QSize(400, 104))
    def sizeHint(self) -> QSize:
        return QSize(400, round(strip_painter.height(self._rows())))

    @guarded(QSize(160, 104))
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())


def _alike(one: StorageStrip | None, other: StorageStrip | None) -> bool:
    """Whether both are of one item over a storage of one size."""
    if one is None or other is None or one.slots != other.slots:
        return False
    return bool(one.lanes[0].name == other.lanes[0].name)


def _rows_of(strip: StorageStrip | None) -> int:
    return min(len(strip.lanes), MOST_LANES) if strip is not None else 1
