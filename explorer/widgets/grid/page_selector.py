"""Which page of a tensor is shown: a chip for each axis, with a spin box for every axis that is paged through."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from explorer.animation.axes import AxisId
from explorer.session.page import BAND, Page
from explorer.widgets.look import theme
from explorer.widgets.look.chip import AxisChip, ChipFace
from explorer.widgets.look.flow_layout import FlowLayout


class AxisControl(QWidget):
    """One axis: its chip, with a menu that makes it the rows or the columns, and its index where it is a page axis."""

    assigned = Signal(object)  # "rows" or "columns"
    moved = Signal(object)  # index

    def __init__(self, axis: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.chip = AxisChip(self)
        self.chip.setObjectName(f"grid_axis_{axis}")
        self.chip.setCheckable(False)
        self.chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.menu = QMenu(self.chip)
        self.as_rows = QAction(self.tr("Show as &rows"), self)
        self.as_columns = QAction(self.tr("Show as &columns"), self)
        for action, role in ((self.as_rows, "rows"), (self.as_columns, "columns")):
            action.setCheckable(True)
            action.triggered.connect(partial(self.assigned.emit, role))
            self.menu.addAction(action)
        self.chip.clicked.connect(lambda: self.menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft())))
        self.role = QLabel(self)
        self.index = QDoubleSpinBox(self)  # whole numbers up to 2^53; a QSpinBox ends at 2^31
        theme.roomy(self.index)
        self.index.setObjectName(f"grid_page_{axis}")
        self.index.setDecimals(0)
        self.index.setKeyboardTracking(False)
        self.index.valueChanged.connect(lambda value: self.moved.emit(int(value)))
        for widget in (self.chip, self.role, self.index):
            line.addWidget(widget)

    def show_page(self, page: Page, identity: AxisId) -> None:
        """Show the part of this axis in `page`."""
        axis, size = self._axis, page.shape[self._axis]
        rows, columns = axis == page.rows, axis == page.columns
        role = self.tr("rows") if rows else self.tr("columns") if columns else self.tr("page")
        spoken = self.tr("axis {axis}, size {size}, shown as {role}").format(axis=axis, size=size, role=role)
        tip = self.tr("Axis {axis} (or {negative}): {size}. Click to show it as rows or columns.").format(
            axis=axis, negative=axis - len(page.shape), size=size
        )
        self.chip.show_face(ChipFace(str(axis), str(size), identity.index, identity.letter), tip, spoken)
        self.as_rows.setChecked(rows)
        self.as_columns.setChecked(columns)
        banded = (rows or columns) and size > BAND
        self.index.setVisible(banded or not (rows or columns))
        self.role.setText(
            self.tr("{role}, {count} of them from").format(role=role, count=len(page.shown(axis))) if banded else role
        )
        self.role.setVisible(rows or columns)
        self.index.blockSignals(True)
        self.index.setPrefix(f"{identity.letter} = ")
        self.index.setRange(0, min(max(0, size - 1), 2**31 - 1))  # more than a spin box holds is gone to by its index
        self.index.setSingleStep(BAND if banded else 1)
        self.index.setValue(page.index[axis])
        digits = self.fontMetrics().horizontalAdvance(f"{identity.letter} = {max(size - 1, 0)}")
        self.index.setFixedWidth(digits + 48)  # room for its buttons and frame
        self.index.blockSignals(False)
        self.index.setAccessibleName(
            self.tr("first index of axis {axis}").format(axis=axis)
            if banded
            else self.tr("page along axis {axis}").format(axis=axis)
        )
        self.index.setEnabled(size > 0)


class PageSelector(QWidget):
    """The shape of a tensor as chips, and the page of it that is shown; asks for another with `page_wanted`."""

    page_wanted = Signal(object)  # Page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_selector")
        self.setAccessibleName(self.tr("Axes and page"))
        self._line = FlowLayout(self)
        self._controls: list[AxisControl] = []
        self._page = Page.first(())
        self._scalar = QLabel(self.tr("0-d: one number, no axes"), self)
        self._line.addWidget(self._scalar)

    @property
    def controls(self) -> tuple[AxisControl, ...]:
        return tuple(self._controls)

    def show_page(self, page: Page, identities: Sequence[AxisId]) -> None:
        """Show `page` of a tensor whose axes have these identities, one for each axis."""
        self._page = page
        while len(self._controls) > len(page.shape):
            last = self._controls.pop()
            self._line.removeWidget(last)
            last.hide()
            last.deleteLater()
        while len(self._controls) < len(page.shape):
            axis = len(self._controls)
            control = AxisControl(axis, self)
            control.assigned.connect(partial(self._assign, axis))
            control.moved.connect(partial(self._move, axis))
            self._controls.append(control)
            self._line.addWidget(control)
            control.show()
        self._scalar.setVisible(not page.shape)
        for control, identity in zip(self._controls, identities, strict=True):
            control.show_page(page, identity)
            control.updateGeometry()
        self._line.invalidate()
        self._line.activate()

    def _assign(self, axis: int, role: str) -> None:
        self.page_wanted.emit(self._page.assigned(axis, role))

    def _move(self, axis: int, index: int) -> None:
        self.page_wanted.emit(self._page.at(axis, index))
