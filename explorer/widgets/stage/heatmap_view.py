"""The stage: a frame drawn as large as it fits, and what the pointer and the keys ask of its cells."""

from collections.abc import Callable
from functools import partial
from operator import eq

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QToolTip, QWidget

from explorer.animation.frame import Frame
from explorer.messages import Phrase
from explorer.widgets.actions import Action, add_to
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme as themes
from explorer.widgets.look.amounts import shape_text
from explorer.widgets.look.colormap import COLOUR_MAPS
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.loss_signs import reasons, sign_at
from explorer.widgets.stage.marks import focus_ring
from explorer.widgets.stage.painter import fit_of, heading_at, paint
from explorer.widgets.stage.pictures import Pictures, Seen
from explorer.widgets.stage.places import Place, box_of, cell_at, find, neighbour
from explorer.widgets.stage.style import colour, style_of
from explorer.widgets.stage.texts import draw
from explorer.widgets.stage.zoom import Zoom

Key = Qt.Key
_ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
"""Only who came by keys needs the frame that says where the keyboard is; to others it is a heavy box."""
_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
WHOLE = Phrase("All of it is shown.", "已全部显示。")


class HeatmapView(QWidget):
    """Shows one frame after another. It holds no tensor: only the frame that it was given last.

    A cell is spoken of as (tensor, flat): an index into `Frame.tensors` and a flat index in that tensor.
    """

    cell_hovered = Signal(object, object)  # (tensor, flat) under the pointer; (-1, None) when it leaves the cells
    cell_focused = Signal(object, object)
    cell_activated = Signal(object, object)
    heading_clicked = Signal(str)  # the name of a tensor
    cells_selected = Signal(object, object, object)  # (tensor, flat, flat): the corners of a block of cells
    colour_map_requested = Signal(object)  # a key of COLOUR_MAPS; `set_colour_map` shows it
    resized = Signal(object)  # (width, height) in pixels at the usual size of words

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heatmap_view")
        self.setAccessibleName(self.tr("Heat map"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._frame: Frame | None = None
        self._nothing = ""
        self._hovered: Place | None = None
        self._pressed: QPointF | None = None
        self._panned = False
        self._block: tuple[Place, Place] | None = None  # the corners of what is being dragged over
        self._anchor: Place | None = None  # where a block that grows with Shift began
        self._ringed = False
        self._zoom = Zoom()
        self.pictures = Pictures(self._seen, self)
        self._band = 0
        self._exact: Callable[[int, int], str] | None = None
        self._style = style_of(themes.current())
        themes.switch().changed.connect(self._theme_changed)
        self.clear()

    # what is shown

    @property
    def frame(self) -> Frame | None:
        """The frame on the stage."""
        return self._frame

    def show_frame(self, frame: Frame) -> None:
        """Put `frame` on the stage. One with other bounds or tensors is shown whole again."""
        old = self._frame
        self._frame = frame
        if old is None or old.bounds != frame.bounds or old.tensors != frame.tensors:
            self._zoom = Zoom()
            self._describe()
        self.update()

    def clear(self, text: str | None = None) -> None:
        """Empty the stage; `text` says what could be done, in the user's language."""
        self._frame = None
        self._hovered = None
        self._zoom = Zoom()
        self._nothing = text if text is not None else self.tr("Nothing on the stage. Choose a tensor or an operation.")
        self._describe()
        self.update()

    def set_colour_map(self, key: str) -> None:
        """Colours by a key of COLOUR_MAPS."""
        self._style = style_of(themes.current(), key, self._style.zoom)
        self.update()

    def set_zoom(self, zoom: float) -> None:
        """Texts and marks `zoom` times as large (projector view)."""
        self._style = style_of(themes.current(), self._style.colour_map, zoom)
        self.update()

    def set_band(self, band: int) -> None:
        """Keep so many pixels free at the upper edge: words float there."""
        self._band = band
        self._tell_room()
        self.update()

    @property
    def room(self) -> QRectF:
        """Where the picture may stand, in pixels of this widget."""
        return QRectF(self.rect().adjusted(0, self._band, 0, 0))

    def _tell_room(self) -> None:
        zoom = self._style.zoom
        self.resized.emit((self.room.width() / zoom, self.room.height() / zoom))

    def set_value_text(self, exact: Callable[[int, int], str] | None) -> None:
        """Where tooltips get the exact text of a value from: called with (tensor, flat)."""
        self._exact = exact

    def describe(self, text: str) -> None:
        """What a screen reader says about the stage: the caption of the step, for example."""
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _describe(self) -> None:
        if self._frame is None:
            self.describe(self._nothing)
            return
        named = self.tr("{name}, shape {shape}")
        parts = [named.format(name=t.name, shape=shape_text(t.shape)) for t in self._frame.tensors]
        self.describe("; ".join(parts))

    def _theme_changed(self, theme: themes.Theme) -> None:
        self._style = style_of(theme, self._style.colour_map, self._style.zoom)
        self.update()

    # where things stand

    def place(self) -> Fit | None:
        """Where the cells stand now, in pixels of this widget; None without a frame."""
        if self._frame is None:
            return None
        return self._zoom.applied(fit_of(self._frame, self.room, self._style))

    def cell_box(self, tensor: int, flat: int) -> QRectF | None:
        """Where a cell stands, in pixels of this widget, or None."""
        where = self.place()
        return box_of(self._frame, where, (tensor, flat)) if self._frame is not None and where is not None else None

    def cell_at(self, point: QPointF) -> Place | None:
        """The cell under a pixel of this widget, or None."""
        where = self.place()
        return cell_at(self._frame, where, point) if self._frame is not None and where is not None else None

    def heading_at(self, point: QPointF) -> str:
        """The name of the tensor whose heading is under a pixel of this widget, or ""."""
        where = self.place()
        return heading_at(self._frame, where, self._style, point) if self._frame is not None and where else ""

    @property
    def focused_cell(self) -> Place | None:
        """The focused cell of the frame."""
        return self._frame.focus[0] if self._frame is not None and self._frame.focus else None

    def cell_text(self, tensor: int, flat: int) -> str:
        """`A[0, 1] = 5`, with the exact value where someone was named who knows it, and what was lost on its way."""
        if self._frame is None or not 0 <= tensor < len(self._frame.tensors):
            return ""
        shown = self._frame.tensors[tensor]
        index = ", ".join(str(int(i)) for i in np.unravel_index(flat, shown.shape)) if shown.shape else ""
        value = self._exact(tensor, flat) if self._exact is not None else self._drawn_text((tensor, flat))
        name = f"{shown.name}[{index}]" if index else shown.name
        text = f"{name} = {value}" if value else name
        lost = reasons([sign_at(self._frame, tensor, flat)])
        return f"{text}\n{lost}" if lost else text

    def _drawn_text(self, place: Place) -> str:
        found = find(self._frame, place) if self._frame is not None else None
        if found is None:
            return ""
        group, i = found
        return group.texts[i].replace("\n", "") if group.texts else ""

    # pictures

    def _seen(self) -> Seen | None:
        """What a picture would show."""
        if self._frame is None:
            return None
        return Seen(self._frame, self.room.size().toSize(), self._style, self.accessibleDescription())

    def actions_(self) -> tuple[Action, ...]:
        """What can be done with the picture."""

        def whole() -> Phrase:
            return Phrase() if self._zoom.near else WHOLE

        show_all = Phrase("Show &all", "显示全部(&A)")
        return (
            *self.pictures.actions(),
            Action("action_show_all", show_all, self.show_all, local={"picture": ("Ctrl+0",)}, refusal=whole),
        )

    def context_menu(self) -> QMenu:
        """The menu of the stage; the caller shows it."""
        menu = QMenu(self)
        menu.setObjectName("heatmap_menu")
        for action in self.actions_():
            add_to(menu, action, "picture")
        maps = menu.addMenu(self.tr("Colours"))
        for key, title in COLOUR_MAPS.items():
            choose = partial(self.colour_map_requested.emit, key)
            chosen = partial(eq, key, self._style.colour_map)
            add_to(maps, Action(f"colour_map_{key}", title, choose, checked=chosen, one_of="colours"))
        return menu

    def show_all(self) -> None:
        """Leave the closer look."""
        self._zoom = Zoom()
        self.update()

    # what Qt calls

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_room()

    @guarded(lambda self: QSize(740, 400))
    def sizeHint(self) -> QSize:
        return QSize(740, 400)

    @guarded(lambda self: QSize(260, 96))
    def minimumSizeHint(self) -> QSize:
        return QSize(260, 96)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self._frame is None:
            painter.fillRect(rect, colour(self._style.background))
            self._paint_nothing(painter, rect)
        else:
            painter.fillRect(rect, colour(self._style.background))
            paint(self._frame, painter, self.room, self._style, where=self.place() if self._zoom.near else None)
        if self._block is not None:
            self._paint_block(painter)
        if self.hasFocus() and self._ringed:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focus_ring(painter, rect.adjusted(1.5, 1.5, -1.5, -1.5), 0.8, 1.0)
        painter.end()

    def _paint_block(self, painter: QPainter) -> None:
        boxes = [self.cell_box(*place) for place in self._block or ()]
        if all(box is not None for box in boxes):
            whole = boxes[0].united(boxes[1])  # type: ignore[union-attr, arg-type]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focus_ring(painter, whole.adjusted(-2, -2, 2, 2), 1.4, self._style.zoom)

    def _paint_nothing(self, painter: QPainter, rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = 14 * self._style.zoom
        draw(painter, rect.center(), self._nothing, self._style.sans, size, colour(self._style.muted))

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._pressed is not None and event.buttons() and self._zoom.near:
            moved = point - self._pressed
            if self._panned or moved.manhattanLength() >= QApplication.startDragDistance():
                self._panned = True
                self._zoom = self._zoom.moved(moved)
                self._pressed = point
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.update()
            return
        place = self.cell_at(point)
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(self.cell_at(self._pressed), place)
        leads = place is None and bool(self.heading_at(point))
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        self._hover(place)

    def _drag(self, first: Place | None, last: Place | None) -> None:
        """From one cell to another of the same tensor."""
        if first is None or last is None or first[0] != last[0] or (first == last and self._block is None):
            return
        if self._block != (first, last):
            self._block = (first, last)
            self.update()

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, place: Place | None) -> None:
        if place != self._hovered:
            self._hovered = place
            self.cell_hovered.emit(*(place if place is not None else (-1, None)))

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._panned = event.position(), False

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, panned, block = self._pressed, self._panned, self._block
        self._pressed, self._panned, self._block = None, False, None
        self.unsetCursor()
        if block is not None:
            self.update()
            self._select(*block)
            return
        if pressed is None or panned or event.button() != Qt.MouseButton.LeftButton:
            return
        place = self.cell_at(event.position())
        if place is None and (name := self.heading_at(pressed)) and name == self.heading_at(event.position()):
            self.heading_clicked.emit(name)
        if place is None or place != self.cell_at(pressed):
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.focused_cell is not None:
            self._select(self._anchor or self.focused_cell, place)
            return
        self._anchor = None
        self.cell_focused.emit(*place)

    def _select(self, first: Place, last: Place) -> None:
        if first[0] == last[0]:
            self._anchor = first
            self.cell_focused.emit(*last)
            self.cells_selected.emit(first[0], first[1], last[1])

    @guarded()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.cell_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if place is not None:
            self.cell_activated.emit(*place)

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or self._frame is None:
            event.ignore()
            return
        self._zoom = self._zoom.stepped(event.angleDelta().y() / 120, event.position())
        self.update()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        growing = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        moving = keys in (Qt.KeyboardModifier.AltModifier, growing)
        if moving and event.key() in _ARROWS and self._frame is not None:
            here = self.focused_cell
            place = neighbour(self._frame, here, *_ARROWS[Qt.Key(event.key())])
            if place is not None and keys == growing and here is not None:
                self._select(self._anchor or here, place)
            elif place is not None:
                self._anchor = None
                self.cell_focused.emit(*place)
        elif keys == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_0 and self._zoom.near:
            self.show_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._frame is not None:
            self.cell_activated.emit(*(self.focused_cell or (0, None)))  # a tensor without cells has no focused one
        else:
            event.ignore()

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _BACK:
            self._ringed = event.reason() in _BY_KEYS
        self.update()

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @guarded()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _show_tip(self, point: QPoint, on_screen: QPoint) -> None:
        place = self.cell_at(QPointF(point))
        box = self.cell_box(*place) if place is not None else None
        if place is None or box is None:
            QToolTip.hideText()
            return
        QToolTip.showText(on_screen, self.cell_text(*place), self, box.toAlignedRect())
