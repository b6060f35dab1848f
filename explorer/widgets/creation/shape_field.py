"""A shape as a line of text, and beside it a spin box for each axis with buttons for one axis more or less."""

import contextlib

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QToolButton, QVBoxLayout, QWidget

from explorer.errors import CellError
from explorer.numbers import shape_text
from explorer.widgets.look import icons, theme

MOST = 8
LARGEST = 2**31 - 1


class ShapeField(QWidget):
    """Text and spin boxes that say the same; `changed` comes with every change by the user."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setObjectName("new_shape")
        self.line.setAccessibleName(self.tr("shape"))
        self.line.setPlaceholderText(self.tr("3, 4    ( ) for a single number"))
        self.line.textEdited.connect(self._typed)
        self.fewer = self._button("new_axis_fewer", "minus", self.tr("One axis fewer"))
        self.more = self._button("new_axis_more", "plus", self.tr("One axis more, in front"))
        self.fewer.clicked.connect(lambda: self._set(self._sizes()[1:]))
        self.more.clicked.connect(lambda: self._set((2, *self._sizes())))
        self._spins: list[QSpinBox] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addWidget(self.fewer)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addLayout(self._row)
        self.setFocusProxy(self.line)
        self.show_shape(())

    def shape(self) -> tuple[int, ...]:
        """The shape; raises CellError where the text is none."""
        return shape_text.parse(self.line.text())

    def show_shape(self, shape: tuple[int, ...]) -> None:
        """Show `shape`, quietly."""
        self.line.setText(shape_text.show(shape))
        self._spin(shape)

    def _button(self, name: str, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setToolTip(text)
        button.setAccessibleName(text)
        icons.dress(button, icon)
        return button

    def _sizes(self) -> tuple[int, ...]:
        return tuple(spin.value() for spin in self._spins)

    def _typed(self) -> None:
        with contextlib.suppress(CellError):
            self._spin(self.shape())
        self.changed.emit()

    def _set(self, shape: tuple[int, ...]) -> None:
        self.show_shape(shape)
        self.changed.emit()

    def _spin(self, shape: tuple[int, ...]) -> None:
        """A spin box for each axis; none where there are too many of them or one is too large."""
        shown = shape if len(shape) <= MOST and all(size <= LARGEST for size in shape) else ()
        while len(self._spins) > len(shown):
            last = self._spins.pop()
            self._row.removeWidget(last)
            last.hide()
            last.deleteLater()
        while len(self._spins) < len(shown):
            spin = QSpinBox(self)
            theme.roomy(spin)
            axis = len(self._spins)
            spin.setObjectName(f"new_size_{axis}")
            spin.setAccessibleName(self.tr("size of axis {axis}").format(axis=axis))
            spin.setToolTip(spin.accessibleName())
            spin.setRange(0, LARGEST)
            spin.setMaximumWidth(74)
            spin.valueChanged.connect(self._spun)
            self._spins.append(spin)
            self._row.insertWidget(axis, spin)
            spin.setVisible(self.isVisible() or self.isVisibleTo(self.window()))
        for spin, size in zip(self._spins, shown, strict=True):
            spin.blockSignals(True)
            spin.setValue(size)
            spin.blockSignals(False)
        self.fewer.setEnabled(bool(shown))
        self.more.setEnabled(len(shape) < MOST and len(shown) == len(shape))

    def _spun(self) -> None:
        self.line.setText(shape_text.show(self._sizes()))
        self.changed.emit()
