"""A control for each kind of parameter but axes: a switch, exact fields, lists."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from explorer.animation.axes import AxisId
from explorer.errors import CellError
from explorer.numbers import shape_text
from explorer.numbers.dtype_names import NAMES, dtype_of, name_of
from explorer.numbers.parameter_values import read_number, read_values, same, write_number
from explorer.ops.parameters import Choice, Device, DType, Equation, Flag, Number, Order, Parameter, Seed, Size, Values
from explorer.widgets.draft.typed_field import TypedField
from explorer.widgets.look import looks, theme
from explorer.widgets.look.drop_down import DropDown
from explorer.widgets.speech.sentences import say

# Fields that stand in a line of code are narrower than those of a dialog.
COMPACT = """
QComboBox { padding: 2px 0px 2px 7px; }
QComboBox:focus { padding: 1px 0px 1px 6px; }
QComboBox::drop-down { width: 20px; }
QLineEdit { padding: 2px 7px; }
QLineEdit:focus { padding: 1px 6px; }
"""


@dataclass(frozen=True)
class Surroundings:
    """What an editor knows of the draft: the shape and axes of its first operand, the devices, all operands, and the
    tensors that can choose cells (masks, indices) with their dtypes and ranks."""

    shape: tuple[int, ...] = ()
    identities: Sequence[AxisId | None] = ()
    devices: tuple[str, ...] = ("cpu", "meta")
    operands: tuple[Any, ...] = ()
    choosers: Mapping[str, tuple[str, int]] = dataclasses.field(default_factory=dict)


class ParameterEditor(QObject):
    """The controls of one parameter, to be set in a line; `changed` carries its value, None for left out.

    `problem` is why what stands there is no value, in the user's language, or ""; it stays until it is mended or
    withdrawn, or another value is chosen elsewhere. `run_requested` comes with Enter where nothing new was typed.
    """

    changed = Signal(object)
    run_requested = Signal()
    problem_changed = Signal()
    relaid = Signal()

    def __init__(self, parameter: Parameter, parent: QWidget) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self.problem = ""
        self.label = QLabel(f"{parameter.name}=", parent)
        self.label.setFont(looks.mono(parent.font(), 1.2))
        self.widgets: list[QWidget] = [self.label]

    def discard(self) -> None:
        """Remove the widgets, which have nothing more to say; the editor is not used again."""
        self.blockSignals(True)
        for widget in {self.label, *self.widgets}:
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def show_value(self, value: Any, around: Surroundings) -> None:
        """Show `value`; what the user is typing stays as long as it means the same."""
        raise NotImplementedError

    def focus(self) -> None:
        """Give the keyboard to the first control."""
        self.widgets[-1].setFocus()

    def _complain(self, problem: str, field: QWidget) -> None:
        if problem != self.problem:
            self.problem = problem
            field.setProperty("invalid", bool(problem))
            field.style().unpolish(field)
            field.style().polish(field)
            self.problem_changed.emit()

    def _name(self, widget: QWidget, spoken: str) -> None:
        widget.setObjectName(f"parameter_{self.parameter.name}")
        widget.setAccessibleName(spoken)


class FlagEditor(ParameterEditor):
    """Yes or no, as a switch beside the name."""

    def __init__(self, parameter: Parameter, parent: QWidget) -> None:
        super().__init__(parameter, parent)
        self.label.hide()
        self._switch = QCheckBox(parameter.name, parent)
        self._name(self._switch, parameter.name)
        theme.role(self._switch, "switch")
        self._switch.toggled.connect(self._toggle)
        self.widgets = [self._switch]

    def _toggle(self, on: bool) -> None:
        self.changed.emit(None if on == bool(self.parameter.default) else on)

    def show_value(self, value: Any, around: Surroundings) -> None:
        self._switch.blockSignals(True)
        self._switch.setChecked(bool(self.parameter.default if value is None else value))
        self._switch.blockSignals(False)


class FieldEditor(ParameterEditor):
    """A field for what is typed: a number, sizes, values. An empty field leaves the argument out."""

    def __init__(
        self, parameter: Parameter, parent: QWidget, read: Callable[[str], Any], write: Callable[[Any], str], hint: str
    ) -> None:
        super().__init__(parameter, parent)
        self._read, self._write = read, write
        self._field = TypedField(parent)
        self._known: Any = None
        self._field.setFont(looks.mono(parent.font(), 1.05))
        self._field.setStyleSheet(COMPACT)
        self._field.setPlaceholderText(hint)
        self._name(self._field, parameter.name)
        self._field.textEdited.connect(self._edit)
        self._field.run_requested.connect(self.run_requested)
        self._field.withdrawn.connect(self._withdraw)
        self._fit()
        self.widgets.append(self._field)

    def _fit(self) -> None:
        metrics = QFontMetrics(self._field.font())
        text = max(self._field.text(), self._field.placeholderText(), "0000", key=len)
        self._field.setFixedWidth(min(metrics.horizontalAdvance(text) + 34, 260))

    def _value(self) -> Any:
        text = self._field.text()
        return self._read(text) if text.strip() else None

    def _edit(self) -> None:
        self._fit()
        try:
            value = self._value()
        except CellError as error:
            self._complain(say(error.message), self._field)
            return
        self._complain("", self._field)
        self._known = value
        self.changed.emit(value)

    def _withdraw(self) -> None:
        if self.problem:
            self._put(self._known)

    def _put(self, value: Any) -> None:
        self._field.setText(self._write(value))
        self._complain("", self._field)
        self._fit()

    def show_value(self, value: Any, around: Surroundings) -> None:
        try:
            stays = same(self._value(), value)
        except CellError:
            stays = self._field.hasFocus() or same(self._known, value)
        self._known = value
        if not stays:
            self._put(value)
        self._fit()


class ListEditor(ParameterEditor):
    """A drop-down list; `typed` also takes what is not in it."""

    def __init__(
        self, parameter: Parameter, parent: QWidget, options: Sequence[tuple[str, Any]], typed: bool = False
    ) -> None:
        super().__init__(parameter, parent)
        self._list = DropDown(parent)
        self._list.setFont(looks.mono(parent.font(), 1.05))
        self._list.setEditable(typed)
        self._list.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._list.setStyleSheet(COMPACT)
        self._name(self._list, parameter.name)
        self._options: list[tuple[str, Any]] = []
        self._offer(options)
        self._list.activated.connect(self._pick)
        self._known: Any = None
        self._field: TypedField | None = None
        if typed:
            self._field = field = TypedField()
            self._list.setLineEdit(field)
            self._list.setFixedWidth(84)
            field.textEdited.connect(self._edit)
            field.run_requested.connect(self.run_requested)
            field.withdrawn.connect(self._withdraw)
        self.widgets.append(self._list)

    def _offer(self, options: Sequence[tuple[str, Any]]) -> None:
        wanted = [*([] if self.parameter.required or self._list.isEditable() else [("\N{EN DASH}", None)]), *options]
        if wanted != self._options:
            self._options = wanted
            self._list.clear()
            self._list.addItems([text for text, _ in wanted])

    def _pick(self, index: int) -> None:
        self._complain("", self._list)
        value = self._options[index][1]
        self._known = value() if callable(value) else value
        self.changed.emit(self._known)

    def _edit(self, text: str) -> None:
        try:
            value = read_number(text) if text.strip() else None
        except CellError as error:
            self._complain(say(error.message), self._list)
            return
        self._complain("", self._list)
        self._known = value
        self.changed.emit(value)

    def _withdraw(self) -> None:
        if self.problem:
            self._put(self.parameter.default if self._known is None else self._known)

    def _put(self, value: Any) -> None:
        assert self._field is not None
        self._field.setText(write_number(value))
        self._complain("", self._list)

    def show_value(self, value: Any, around: Surroundings) -> None:
        if isinstance(self.parameter, Device):
            self._offer([(name, name) for name in around.devices])
        if self._field is not None:
            self._show_typed(self._field, value)
            return
        text = "\N{EN DASH}" if value is None else name_of(value)
        index = self._list.findText(text)
        if index < 0:
            self._offer([*self._options[not self.parameter.required :], (text, value)])
            index = self._list.findText(text)
        self._list.setCurrentIndex(index)
        self._list.setFixedWidth(QFontMetrics(self._list.font()).horizontalAdvance(text) + 42)

    def _show_typed(self, field: TypedField, value: Any) -> None:
        shown = self.parameter.default if value is None else value
        try:
            stays = same(read_number(field.text()), shown)
        except CellError:
            stays = field.hasFocus() or same(self._known, value)
        self._known = value
        if not stays:
            self._put(shown)


def _size_text(value: Any) -> str:
    return "" if value is None else shape_text.show(value)


def _plain_text(value: Any) -> str:
    return "" if value is None else str(value)


def plain_editor(parameter: Parameter, parent: QWidget) -> ParameterEditor:
    """The editor for every kind that does not speak of axes."""
    match parameter:
        case Flag():
            return FlagEditor(parameter, parent)
        case Order():
            presets = [(write_number(p), p) for p in parameter.presets]
            return ListEditor(parameter, parent, presets, typed=True)
        case Choice():
            return ListEditor(parameter, parent, [(o, o) for o in parameter.options])
        case DType():
            return ListEditor(parameter, parent, [(name, partial(dtype_of, name)) for name in NAMES])
        case Device():
            return ListEditor(parameter, parent, [])
        case Size():
            hint = "2, -1" if parameter.inferred else "2, 3"
            return FieldEditor(parameter, parent, partial(shape_text.parse, inferred=True), _size_text, hint)
        case Seed():
            return FieldEditor(parameter, parent, lambda text: read_number(text, integer=True), write_number, "")
        case Number():
            integer = parameter.integer
            return FieldEditor(parameter, parent, lambda text: read_number(text, integer), write_number, "")
        case Equation():
            return FieldEditor(parameter, parent, str.strip, _plain_text, "ij,jk->ik")
        case Values():
            return FieldEditor(parameter, parent, read_values, write_number, "[[1, 2], [3, 4]]")
        case _:
            return FieldEditor(parameter, parent, read_values, write_number, "")
