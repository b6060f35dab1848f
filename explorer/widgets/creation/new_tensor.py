"""The dialog that makes a new tensor: name, fill, shape, dtype, device, and what would come of it while one types."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.errors import CellError, ExplorerError
from explorer.late import torch
from explorer.memory import memory_free
from explorer.messages import Message
from explorer.numbers import dtype_names, literals
from explorer.numbers.cell_text import together
from explorer.widgets.background_read import Newest, Read, Step, read_here
from explorer.widgets.creation.fill_form import FillForm
from explorer.widgets.creation.fill_kind import FillKind
from explorer.widgets.creation.new_preview import NewPreview
from explorer.widgets.creation.shape_field import ShapeField
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import theme
from explorer.widgets.look.amounts import bytes_text
from explorer.widgets.look.drop_down import DropDown
from explorer.widgets.speech.sentences import say
from explorer.workspace import names
from explorer.workspace.code import Writer
from explorer.workspace.definition import chosen_by_numpy, numpy_dtype
from explorer.workspace.definition_preview import preview

if TYPE_CHECKING:
    from explorer.numbers.literals import Literal
    from explorer.workspace.definition import Definition
    from explorer.workspace.definition_preview import DefinitionPreview

Found = tuple["Definition", "DefinitionPreview", tuple[Message, ...]]
FIRST = "[[1, 2, 3], [4, 5, 6]]"


@dataclass(frozen=True, eq=False)
class NewTensor:
    """What the dialog asks for: a tensor called `name`, made by `creation`, or with `array` the NumPy array of it."""

    name: str
    creation: Definition
    array: bool = False


class NewTensorDialog(QDialog):
    """Asks for a new tensor; `created` carries a NewTensor. Opened with `ask`, it never blocks."""

    created = Signal(object)  # NewTensor

    def __init__(
        self,
        parent: QWidget | None = None,
        name: str = "A",
        taken: Collection[str] = (),
        devices: Sequence[str] = ("cpu", "meta"),
        device: str = "cpu",
        read: Read = read_here,
        memory: Mapping[str, int] | None = None,
    ) -> None:
        """`name` is the one suggested, `taken` those on the shelf; `devices` and `device` as torch spells them.

        `read` reads typed values and finds out what they give. `memory` is what each device has free, in bytes; the
        default asks the system.
        """
        super().__init__(parent)
        self.setObjectName("new_tensor")
        self.setWindowTitle(self.tr("New tensor"))
        self.setAccessibleName(self.windowTitle())
        self._taken, self._suggested = frozenset(taken), name
        self._values, self._looks = Newest(read), Newest(read)
        self._memory = _free() if memory is None else memory
        self._answered: Found | ExplorerError | None = None
        self._wanted = False
        self._kept: tuple[tuple[int, ...], str] | None = None  # shape and device, while a fill has its own
        self.name = QLineEdit(name, self)
        self.name.setObjectName("new_name")
        self.name.setMaximumWidth(160)
        self.form = FillForm(self)
        self.shape = ShapeField(self)
        self.dtype = DropDown(self)
        self.dtype.setObjectName("new_dtype")
        self.dtype.addItem(self.tr("as torch chooses"))
        self.dtype.addItems(list(dtype_names.COMMON))
        self.dtype.insertSeparator(self.dtype.count())
        self.dtype.addItems(list(dtype_names.OTHERS))
        self.device = DropDown(self)
        self.device.setObjectName("new_device")
        self.device.addItems(list(devices))
        self.device.setCurrentText(device)
        self.array = QCheckBox(self.tr("as a Num&Py array"), self)
        self.array.setObjectName("new_array")
        self.array.setToolTip(self.tr("An array of NumPy, on the CPU; torch.from_numpy makes a tensor over its memory"))
        self.preview = NewPreview(self)
        self.confirm = QCheckBox(self)
        self.confirm.setObjectName("new_confirm")
        self.confirm.hide()
        self.reason = QLabel(self)
        self.reason.setObjectName("new_reason")
        self.reason.setWordWrap(True)
        self.create_button = QPushButton(self.tr("&Create"), self)
        self.create_button.setObjectName("new_create")
        self.create_button.setDefault(True)
        theme.role(self.create_button, "primary")
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setObjectName("new_cancel")
        self.cancel_button.setAutoDefault(False)
        self._lay_out()
        self.form.text.setPlainText(FIRST)
        self.shape.show_shape((2, 3))  # also where another fill is chosen before that is read
        self.form.text.selectAll()
        self._connect()
        self._read_values()

    @classmethod
    def ask(
        cls, parent: QWidget | None, then: Callable[[NewTensor], None], fill: str = "tensor", **more: Any
    ) -> NewTensorDialog:
        """Open the dialog over `parent`, a fill chosen, and return at once; `then` is called with what was asked."""
        dialog = cls(parent, **more)
        dialog.form.choose(fill)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.created.connect(then)
        dialog.open()
        return dialog

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(_label(self.tr("&Name"), self.name), 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.name)
        top.addWidget(self.form.kinds, 1)
        fields = QFormLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(8)
        for text, widget in (
            (self.tr("&Shape"), self.shape),
            (self.tr("&dtype"), self.dtype),
            (self.tr("de&vice"), self.device),
        ):
            fields.addRow(_label(text, widget), widget)
        fields.addRow("", self.array)
        self._left = left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.form, 1000)
        left.addLayout(fields)
        left.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addLayout(left, 1)
        body.addWidget(self.preview, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.reason, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.create_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(body, 1)
        column.addLayout(buttons)
        self.resize(900, 460)
        self.form.text.setFocus()

    def _connect(self) -> None:
        self.form.typed.connect(self._read_values)
        self.form.chosen.connect(self._chosen)
        self.form.changed.connect(self._judge)
        self.shape.changed.connect(self._judge)
        self.name.textChanged.connect(self._judge)
        self.dtype.currentIndexChanged.connect(self._judge)
        self.device.currentIndexChanged.connect(self._judge)
        self.confirm.toggled.connect(self._weigh)
        self.array.toggled.connect(self._as_array)
        self.finished.connect(self._forget)
        self.create_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)

    # what the fields say

    def _read_values(self) -> None:
        """Read the typed values, a newer text before an older one, and judge them when they are there."""
        text = self.form.text.content

        def answer(found: Literal | ExplorerError) -> None:
            self.form.found = found
            self._follow()
            self._ask(self._wanted)

        self._judge()
        self._values.ask(lambda step: literals.parse(text, step), answer)

    def _follow(self) -> None:
        """The shape follows the typed values."""
        if self.form.kind.typed and not self.form.waiting:
            with contextlib.suppress(ExplorerError):
                self.shape.show_shape(self.form.literal().shape)

    def _chosen(self, kind: FillKind) -> None:
        own = not kind.shaped or kind.key == "meta"
        if own and self._kept is None:
            self._kept = self._shape(), self.device.currentText()
        elif not own and self._kept is not None:
            self._show(*self._kept)
            self._kept = None
        if kind.unset:
            self.array.setChecked(False)
        if kind.key == "meta":
            self._show(self._kept[0] if self._kept else self._shape(), "meta")
        self._left.setStretchFactor(self.form, 1000 if kind.typed else 0)
        self._claim()
        self.shape.setEnabled(kind.shaped)
        self.array.setEnabled(not kind.unset)
        self.device.setEnabled(kind.key != "meta" and not self.array.isChecked())
        if kind.typed:
            self._follow()
            self.form.text.setFocus()
        elif kind.told == "sides" and len(self._shape()) != 2:
            size = min(self._shape()[-1:] or (3,), (8,))[0]
            self._show((size, size), self.device.currentText())

    def _claim(self) -> None:
        """Never be lower than what wraps needs at this width: Qt itself reckons with one line of it."""
        layout = self.layout()
        assert layout is not None
        self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))

    def _as_array(self, array: bool) -> None:
        """An array lives on the CPU, and NumPy has its own ideas of dtypes and of names."""
        if array:
            self.device.setCurrentText("cpu")
        self.device.setEnabled(not array and self.form.kind.key != "meta")
        self.dtype.setItemText(0, self.tr("as NumPy chooses") if array else self.tr("as torch chooses"))
        if self.name.text() == self._suggested:
            self._suggested = names.fresh(self._taken, "n" if array else "")
            self.name.setText(self._suggested)
        self._judge()

    def _shape(self) -> tuple[int, ...]:
        try:
            return self.shape.shape()
        except CellError:
            return (2, 3)

    def _show(self, shape: tuple[int, ...], device: str) -> None:
        """Show another shape and device, quietly: the change of the fill that brings them is judged after."""
        self.shape.show_shape(shape)
        self.device.blockSignals(True)
        self.device.setCurrentText(device)
        self.device.blockSignals(False)

    def _wish(self) -> tuple[tuple[int, ...], torch.dtype | None]:
        """Shape and dtype that the fields say; raises ExplorerError, saying what is wrong."""
        names.check(self.name.text().strip(), self._taken)
        if self.form.kind.typed:
            self.form.literal()  # a mistake in the values comes before one in the shape that follows them
        shape = self.shape.shape() if self.form.kind.shaped else ()
        chosen = self.dtype.currentText() if self.dtype.currentIndex() > 0 else ""
        dtype = dtype_names.dtype_of(chosen) if chosen else None
        if self.array.isChecked():
            dtype = dtype or chosen_by_numpy(self.form.python_type())
            numpy_dtype(dtype)  # raises where NumPy has none
        return shape, dtype

    def _judge(self) -> None:
        """Ask what would come of it; an answer to an older question is dropped."""
        self._ask(wanted=False)

    def _ask(self, wanted: bool) -> None:
        """As `_judge`; `wanted` tells that it is to be made as soon as the answer is there."""
        self._looks.drop()
        self._wanted, self._answered = wanted, None
        self.confirm.setChecked(False)
        if self.form.waiting:
            self.preview.show_waiting(reading=True)
            self._weigh()
            return
        device = self.device.currentText()
        try:
            shape, dtype = self._wish()
            make = self.form.making(shape, dtype, device)
        except ExplorerError as error:
            self._take(error)
            return
        self.preview.show_waiting()
        self._weigh()

        def work(_: Step) -> Found:
            made, said = make()
            return made, preview(made), said

        self._looks.ask(work, self._take)

    def _forget(self) -> None:
        """Answers that come after the dialog has closed are for nobody."""
        self._looks.drop()
        self._values.drop()

    def _take(self, found: Found | ExplorerError) -> None:
        self._answered = found
        if isinstance(found, ExplorerError):
            self._wanted = False
            self.preview.show_error(found)
            self._weigh()
            return
        creation, shown, said = found
        if self.array.isChecked():
            shown = replace(shown, source=creation.array_source("values", Writer()))
        self.preview.show_glimpse(self.name.text().strip(), shown, say(together(said)))
        if not self.form.kind.shaped:
            self.shape.show_shape(tuple(n or 0 for n in shown.forecast.shape))
        self._weigh()
        if self._wanted:
            QTimer.singleShot(0, self, self.submit)

    def _weigh(self, _: bool = False) -> None:
        """Enable Create, or say why not: an error, or a size that needs a word."""
        found, text, able, asks = self._answered, "", False, False
        if isinstance(found, ExplorerError):
            text = self.tr("Mend what stands beside the ⚠ first.")
        elif found is None:
            text = self.tr("Looking …")
        else:
            forecast = found[1].forecast
            device, need = forecast.device, forecast.nbytes or 0
            free = self._memory.get(device)
            places = {"need": bytes_text(need), "free": bytes_text(free or 0), "device": device}
            if free is None or need <= free // 4:
                able = True
            elif need > free:
                text = self.tr("It needs {need}, but {device} has {free} free. Make it smaller, or choose shape only.")
            else:
                asks = True
                self.confirm.setText(self.tr("Yes, use {need}").format(**places))
                text = self.tr("It needs {need} of the {free} that {device} has free.")
                able = self.confirm.isChecked()
            text = text.format(**places)
        self.confirm.setVisible(asks)
        self.reason.setText(text)
        self.create_button.setEnabled(able)
        self.create_button.setToolTip(text)

    def submit(self) -> None:
        """Ask for the tensor and close; while the answer is on its way, as soon as it is there."""
        if self._answered is None:
            self._wanted = True
            return
        if self.create_button.isEnabled() and not isinstance(self._answered, ExplorerError):
            self.created.emit(NewTensor(self.name.text().strip(), self._answered[0], self.array.isChecked()))
            self.accept()

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field creates, also while the button waits for an answer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), QPushButton):
            self.submit()
        else:
            super().keyPressEvent(event)


def _label(text: str, field: QWidget) -> QLabel:
    """A label whose mnemonic leads to `field`, which takes its words for a name where it has none."""
    label = QLabel(text)
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(text.replace("&", ""))
    return label


def _free() -> Mapping[str, int]:
    """What the system has free, in bytes, where it says so."""
    free = memory_free()
    return {} if free is None else {"cpu": free}
