"""What the grid editor asks in place, above the cells: a new shape, a value to fill with, whether to convert."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.errors import CellError
from explorer.late import torch
from explorer.numbers import shape_text
from explorer.numbers.dtype_names import name_of
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme
from explorer.widgets.look.drop_down import DropDown
from explorer.widgets.speech.sentences import say
from explorer.workspace.resize import Resize


class EditStrip(QFrame):
    """A line of fields with one button that does it; Enter does it too, Esc takes the strip away."""

    dismissed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        theme.role(self, "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 6, 6)
        column.setSpacing(2)
        self.line = QHBoxLayout()
        self.line.setSpacing(8)
        column.addLayout(self.line)
        self.reason = QLabel(self)
        self.reason.setObjectName(f"{name}_reason")
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.apply_button = QPushButton(self)
        self.apply_button.setObjectName(f"{name}_apply")
        self.apply_button.clicked.connect(self.act)
        theme.role(self.apply_button, "primary")
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setObjectName(f"{name}_cancel")
        self.cancel_button.clicked.connect(self.dismiss)
        column.addWidget(self.reason)
        self.reason.hide()
        self.hide()

    def finish(self) -> None:
        """Put the buttons at the end of the line."""
        self.line.addStretch(1)
        self.line.addWidget(self.apply_button)
        self.line.addWidget(self.cancel_button)

    def tell(self, text: str) -> None:
        """Say what would happen, or why nothing does; "" takes no room."""
        self.reason.setText(text)
        self.reason.setVisible(bool(text))

    def act(self) -> None:
        """Ask for what the fields say, if they make sense."""

    def dismiss(self) -> None:
        """Take the strip away."""
        self.hide()
        self.dismissed.emit()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act()
        else:
            super().keyPressEvent(event)


class ShapeStrip(EditStrip):
    """Another shape for the same values: read in a row (reshape), or each kept at its index (resize)."""

    reshaped = Signal(object)
    resized = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("shape_strip", parent)
        self._old: tuple[int, ...] = ()
        self._parse: Callable[[str], object] = float
        self._typed: Callable[[str], object] = float
        label = QLabel(self.tr("New &shape"), self)
        self.field = QLineEdit(self)
        self.field.setObjectName("shape_strip_shape")
        self.field.setAccessibleName(self.tr("new shape"))
        self.field.setFixedWidth(86)
        label.setBuddy(self.field)
        self.how = DropDown(self)
        self.how.setObjectName("shape_strip_how")
        self.how.setAccessibleName(self.tr("what becomes of the values"))
        self.how.setMinimumWidth(120)  # so that the line never asks the panes beside the stage for room
        self.how.addItem(self.tr("reshape: same values, in a row"))
        self.how.addItem(self.tr("resize: each value keeps its index"))
        self.fill_label = QLabel(self.tr("new cells"), self)
        self.fill = QLineEdit("0", self)
        self.fill.setObjectName("shape_strip_fill")
        self.fill.setAccessibleName(self.tr("value of new cells"))
        self.fill.setFixedWidth(46)
        self.apply_button.setText(self.tr("&Apply"))
        for widget in (label, self.field, self.how, self.fill_label, self.fill):
            self.line.addWidget(widget)
        self.finish()
        self.field.textChanged.connect(self._judge)
        self.fill.textChanged.connect(self._judge)
        self.how.currentIndexChanged.connect(self._judge)

    def open(
        self,
        shape: tuple[int, ...],
        parse: Callable[[str], object],
        typed: Callable[[str], object],
        zero: str,
    ) -> None:
        """Ask for another shape than `shape`; `parse` gives values for new cells, `typed` the one that is asked for,
        `zero` is the first text for them."""
        self._old, self._parse, self._typed = shape, parse, typed
        self.fill.setText(zero)
        self.field.setText(shape_text.show(shape))
        self._judge()
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def _judge(self) -> tuple[int, ...] | None:
        """The shape if it can be had; says what would happen, or why not."""
        keeps = self.how.currentIndex() == 0
        self.fill.setVisible(not keeps)
        self.fill_label.setVisible(not keeps)
        old = prod(self._old)
        try:
            shape = shape_text.parse(self.field.text())
            if not keeps:
                self._parse(self.fill.text())
        except CellError as error:
            return self._say(say(error.message), None)
        new = prod(shape)
        if keeps and new != old:
            text = self.tr("{shape} has {new} elements, but there are {old}. Resize keeps what fits.")
            return self._say(text.format(shape=shape, new=new, old=old), None)
        if keeps:
            return self._say(self.tr("{old} → {shape}").format(old=self._old, shape=shape), shape)
        kept = prod(Resize(shape).kept(self._old)) if old else 0
        text = self.tr("{kept} of {old} values kept, {added} new")
        return self._say(text.format(kept=kept, old=old, added=new - kept), shape)

    def _say(self, text: str, shape: tuple[int, ...] | None) -> tuple[int, ...] | None:
        self.tell(text)
        self.apply_button.setEnabled(shape is not None and shape != self._old)
        return shape

    def act(self) -> None:
        shape = self._judge()
        if shape is None:
            self.field.setFocus()
            return
        if shape != self._old:
            if self.how.currentIndex() == 0:
                self.reshaped.emit(shape)
            else:
                self.resized.emit(Resize(shape, self._typed(self.fill.text())))  # type: ignore[arg-type]
        self.dismiss()


class FillStrip(EditStrip):
    """One value for all selected cells."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("fill_strip", parent)
        self._parse: Callable[[str], object] = float
        self.label = QLabel(self)
        self.field = QLineEdit(self)
        self.field.setObjectName("fill_strip_value")
        self.field.setAccessibleName(self.tr("value for the selected cells"))
        self.field.setMaximumWidth(160)
        self.label.setBuddy(self.field)
        self.apply_button.setText(self.tr("&Fill"))
        self.line.addWidget(self.label)
        self.line.addWidget(self.field)
        self.finish()
        self.field.textChanged.connect(lambda: self.tell(""))

    def open(self, count: int, parse: Callable[[str], object], text: str) -> None:
        """Ask for the value of `count` cells, which `parse` reads."""
        self._parse = parse
        self.label.setText(self.tr("&Value for {count} selected cells").format(count=count))
        self.field.setText(text)
        self.tell("")
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def act(self) -> None:
        try:
            value = self._parse(self.field.text())
        except CellError as error:
            self.tell(say(error.message))
            self.field.setFocus()
            self.field.selectAll()
            return
        self.chosen.emit(value)
        self.dismiss()


class ConvertStrip(EditStrip):
    """Another dtype, and how many values would not be the same number in it."""

    converted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("convert_strip", parent)
        self.line.addWidget(self.reason, 1000)
        self.dtype: torch.dtype | None = None
        self._old = ""
        self.apply_button.setText(self.tr("&Convert"))
        self.finish()

    def open(self, old: object, new: torch.dtype) -> None:
        """Ask whether to convert from `old` to `new`; `show_losses` says what it costs."""
        self.dtype, self._old = new, name_of(old)
        text = self.tr("{old} → {new}: counting the values that would change …")
        self.tell(text.format(old=self._old, new=name_of(new)))
        self.show()

    def show_losses(self, dtype: object, count: int, total: int) -> None:
        """Say that `count` of `total` values would change in `dtype`; of no use once another one is asked about."""
        if dtype != self.dtype:
            return
        places = {"old": self._old, "new": name_of(dtype), "count": count, "total": total}
        text = (
            self.tr("{old} → {new}: {count} of {total} values would change. They are rounded, cut or wrapped.")
            if count
            else self.tr("{old} → {new}: all {total} values stay the same numbers.")
        )
        self.tell(text.format(**places))

    def act(self) -> None:
        dtype = self.dtype
        self.dismiss()
        if dtype is not None:
            self.converted.emit(dtype)

    def dismiss(self) -> None:
        self.dtype = None
        super().dismiss()
