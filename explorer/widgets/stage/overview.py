"""A still view of a tensor too large for the stage: asks for the cells in view, and says what it leaves out."""

from collections.abc import Callable, Sequence
from math import prod

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.animation.axes import AxisId
from explorer.animation.frame import Scale
from explorer.ops.provenance import ravel, unravel
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme as themes
from explorer.widgets.look.colormap import colour_map
from explorer.widgets.stage.colour_bar import ColourBar
from explorer.widgets.stage.overview_marks import NUMBERS, IndexAxis, OverviewMarks
from explorer.widgets.stage.overview_window import Floats, PageWindow, image, window
from explorer.widgets.stage.style import style_of

Read = Callable[[tuple[range, ...]], Floats]
"""Gives the window at these ranges, one for each axis, as float64 of their lengths."""
Texts = Callable[[tuple[range, ...]], Sequence[str]]


TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
SLENDER = 16
"""Where one axis is so many times longer than the other, cells need not be square."""


class Overview(QWidget):
    """The last two axes of a tensor as a picture to zoom and to pan; leading axes stay at one index each.

    Zooming and panning read anew. Where cells are NUMBERS pixels and more, they show their numbers.
    """

    cell_hovered = Signal(object)
    """The index of the cell under the pointer, a tuple of int, or None."""
    cell_activated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overview")
        self.setAccessibleName(self.tr("Overview"))
        self._name = ""
        self._shape: tuple[int, ...] = ()
        self._page: tuple[int, ...] = ()
        self._read: Read | None = None
        self._texts: Texts | None = None
        self._levels = (0.0, 1.0)
        self._axes: tuple[AxisId, ...] = ()
        self._shown: PageWindow | None = None
        self._style = style_of(themes.current())
        self._plot = pg.PlotWidget(axisItems={"top": IndexAxis("top"), "left": IndexAxis("left")})
        self._plot.setObjectName("overview_plot")
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        item = self._plot.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.showAxes((True, True, False, False), showValues=(True, True, False, False))
        box = item.getViewBox()
        box.invertY(True)
        box.setAspectLocked(True)
        box.setDefaultPadding(0.02)
        self._box = box
        self._image = pg.ImageItem(axisOrder="row-major")
        self._marks = OverviewMarks()
        self._marks.setZValue(2)
        item.addItem(self._image)
        box.addItem(self._marks, ignoreBounds=True)
        self._note = QLabel()
        self._note.setObjectName("overview_note")
        self._note.setWordWrap(True)
        themes.role(self._note, "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        picture = QHBoxLayout()
        picture.setSpacing(0)
        picture.addWidget(self._plot, 1)
        self._bar = ColourBar(self._style)
        picture.addWidget(self._bar)
        layout.addLayout(picture, 1)
        layout.addWidget(self._note)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        box.sigRangeChanged.connect(lambda *_: self._later.start())
        self._plot.scene().sigMouseMoved.connect(self._moved)
        self._plot.viewport().installEventFilter(self)
        themes.switch().changed.connect(self._theme_changed)
        self._dress()

    # what is shown

    def show_tensor(
        self,
        name: str,
        shape: Sequence[int],
        read: Read,
        levels: tuple[float, float],
        page: Sequence[int] | None = None,
        texts: Texts | None = None,
        axes: Sequence[AxisId] = (),
    ) -> None:
        """Show a tensor whole. `levels`: exact finite minimum and maximum of all of it; `page`: the leading indices.

        One of the name and shape that are shown stays at the page, and the part of it, that is in view.
        `texts` gives the numbers of a window, in row-major order and in one format; without it none is shown.
        """
        leading = max(0, len(shape) - 2)
        if page is not None and len(page) != leading:
            raise ValueError(f"{len(page)} leading indices for the shape {tuple(shape)}")
        same = self._read is not None and (name, tuple(shape)) == (self._name, self._shape)
        self._name, self._shape, self._read, self._texts = name, tuple(shape), read, texts
        if page is not None or not same:
            self._page = tuple(page) if page is not None else (0,) * leading
        self._levels, self._axes = levels, tuple(axes)
        self.setAccessibleName(self.tr("Overview of {name}").format(name=name))
        self._dress()
        if same:
            self.refresh()
        else:
            self.show_all()

    def set_page(self, page: Sequence[int]) -> None:
        """Other indices of the leading axes; what is in view stays in view."""
        if len(page) == len(self._page):
            self._page = tuple(page)
            self.refresh()

    def turn(self, pages: int) -> None:
        """So many pages on or back, the last leading axis first; stays at the first and the last."""
        leading = self._shape[: len(self._page)]
        if self._page and 0 not in leading:
            number = min(max(ravel(self._page, leading) + pages, 0), prod(leading) - 1)
            self.set_page(unravel(number, leading))

    def set_colour_map(self, key: str) -> None:
        """Colours by a key of COLOUR_MAPS."""
        self._style = style_of(themes.current(), key, self._style.zoom)
        self._dress()
        self.refresh()

    def clear(self) -> None:
        """Let the tensor go."""
        self._read = self._texts = None
        self._shape = self._page = ()
        self._shown = None
        self._image.clear()
        self._marks.set_cells(None, np.empty((0, 0)), (), self._levels)
        self._note.clear()

    @property
    def matrix(self) -> tuple[int, int]:
        """Rows and columns of what is shown; a 1-d tensor is one row."""
        rows = self._shape[-2] if len(self._shape) > 1 else 1
        return rows, self._shape[-1] if self._shape else 1

    @property
    def shown(self) -> PageWindow | None:
        """The cells that the picture is made of."""
        return self._shown

    def note(self) -> str:
        """What is shown and what is hidden."""
        return self._note.text()

    def show_all(self) -> None:
        """The whole page."""
        rows, columns = self.matrix
        locked = 1 / SLENDER <= rows / max(columns, 1) <= SLENDER  # a slender one would be a hair with square cells
        self._box.setAspectLocked(locked)
        span = 4 * max(rows, columns) + 1  # a page beside which there is much room must still be seen whole
        wide, high = (span, span) if locked else (columns, rows)
        self._box.setLimits(
            xMin=-0.5 * wide - 1,
            xMax=columns + 0.5 * wide,
            yMin=-0.5 * high - 1,
            yMax=rows + 0.5 * high,
            minXRange=min(4, columns),
        )
        self._box.setRange(QRectF(-0.5, -0.5, max(columns, 1), max(rows, 1)))
        self.refresh()

    def show_cells(self, rows: tuple[float, float], columns: tuple[float, float]) -> None:
        """Zoom to these rows and columns."""
        self._box.setRange(xRange=columns, yRange=rows, padding=0)
        self.refresh()

    def refresh(self) -> None:
        """Read what is in view and draw it."""
        self._later.stop()
        if self._read is None or 0 in self._shape:
            return
        (x0, x1), (y0, y1) = self._box.viewRange()
        geometry = self._box.screenGeometry() if self.isVisible() else self._plot.rect()
        ratio = self.devicePixelRatioF()
        pixels = (max(geometry.width(), 1) * ratio, max(geometry.height(), 1) * ratio)
        found = window(self.matrix, (x0, x1), (y0, y1), pixels)
        self._shown = found
        if not len(found.rows) or not len(found.columns):
            return
        ranges = self._ranges(found)
        values = np.asarray(self._read(ranges), dtype=np.float64).reshape(len(found.rows), len(found.columns))
        self._image.setImage(image(values, self._levels, colour_map(self._style.colour_map)), levels=None)
        place = QTransform()
        place.translate(*found.rect[:2])
        place.scale(found.columns.step, found.rows.step)
        self._image.setTransform(place)
        close = found.whole and geometry.width() / max(x1 - x0, 1e-9) >= NUMBERS
        texts = self._texts(ranges) if close and self._texts is not None else ()
        self._marks.set_cells(found if found.whole else None, values, texts, self._levels)
        self._tell(found, values, (x0, x1), (y0, y1))

    def _ranges(self, found: PageWindow) -> tuple[range, ...]:
        page = tuple(range(i, i + 1) for i in self._page)
        return (*page, *((found.rows, found.columns)[-len(self._shape) :] if self._shape else ()))

    def _tell(self, found: PageWindow, values: Floats, x: tuple[float, float], y: tuple[float, float]) -> None:
        rows, columns = self.matrix
        parts = []
        if self._page:
            letters = [a.letter for a in self._axes[: len(self._page)]] or [f"axis {k}" for k in range(len(self._page))]
            page = ", ".join(f"{a} = {i}" for a, i in zip(letters, self._page, strict=True))
            pages = prod(self._shape[:-2])
            sentence = self.tr("{page}: one of {pages} pages is shown; PageUp and PageDown turn them.")
            parts.append(sentence.format(page=page, pages=pages))
        top, left = max(0, int(y[0] + 0.5)), max(0, int(x[0] + 0.5))
        bottom, right = min(rows, int(np.ceil(y[1] + 0.5))), min(columns, int(np.ceil(x[1] + 0.5)))
        if (top, left, bottom, right) != (0, 0, rows, columns):
            sentence = self.tr("In view: rows {top} to {bottom} of {rows}, columns {left} to {right} of {columns}.")
            parts.append(
                sentence.format(top=top, bottom=bottom - 1, rows=rows, left=left, right=right - 1, columns=columns)
            )
        if not found.whole:
            sentence = self.tr("Drawn is one row in {row_step} and one column in {column_step}; the others are hidden.")
            parts.append(sentence.format(row_step=found.rows.step, column_step=found.columns.step))
        odd = int(np.count_nonzero(~np.isfinite(values)))
        if odd:
            parts.append(self.tr("{count} of the drawn cells are NaN or infinite.").format(count=odd))
        self._note.setText(" ".join(parts))
        self.setAccessibleDescription(self._note.text())

    # what the user does

    def index_at(self, x: float, y: float) -> tuple[int, ...] | None:
        """The index of the cell at (x, y), in cells, or None outside."""
        rows, columns = self.matrix
        row, column = int(np.floor(y + 0.5)), int(np.floor(x + 0.5))
        if not (0 <= row < rows and 0 <= column < columns) or self._read is None:
            return None
        return (*self._page, *((row, column)[-len(self._shape) :] if self._shape else ()))

    def _moved(self, place: object) -> None:
        point = self._box.mapSceneToView(place)
        self.cell_hovered.emit(self.index_at(point.x(), point.y()))

    @guarded(False)
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            point = self._box.mapSceneToView(self._plot.mapToScene(event.position().toPoint()))
            index = self.index_at(point.x(), point.y())
            if index is not None:
                self.cell_activated.emit(index)
            return True
        return False

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        (x0, x1), (y0, y1) = self._box.viewRange()
        wide, high = (x1 - x0) * 0.2, (y1 - y0) * 0.2
        moves = {
            Qt.Key.Key_Left: (-wide, 0.0),
            Qt.Key.Key_Right: (wide, 0.0),
            Qt.Key.Key_Up: (0.0, -high),
            Qt.Key.Key_Down: (0.0, high),
        }
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in moves and not control and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._box.translateBy(x=moves[Qt.Key(key)][0], y=moves[Qt.Key(key)][1])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = 1.5 if key == Qt.Key.Key_Minus else 1 / 1.5
            self._box.scaleBy((factor, factor))
        elif key == Qt.Key.Key_0 and control:
            self.show_all()
        elif key in TURNS and self._page:
            self.turn(TURNS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.cell_activated.emit(None)
        else:
            event.ignore()

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    @guarded()
    def hideEvent(self, event: QEvent) -> None:
        self._later.stop()

    def _theme_changed(self, theme: themes.Theme) -> None:
        self._style = style_of(theme, self._style.colour_map, self._style.zoom)
        self._dress()
        self.refresh()

    def _dress(self) -> None:
        self._plot.setBackground(self._style.background)
        self._marks.set_style(self._style)
        self._bar.show_scale(Scale(*self._levels), self._style)
        item = self._plot.getPlotItem()
        for side, axis in (("top", -1), ("left", -2)):
            known = len(self._axes) >= -axis and len(self._shape) >= -axis
            ink = self._style.axis(self._axes[axis].index).colour if known else self._style.muted
            bar = item.getAxis(side)
            bar.size_of_axis = self.matrix[axis]
            bar.setPen(ink)
            bar.setTextPen(ink)
            bar.setLabel(self._axes[axis].letter if known else None)
