"""The parameters of an operation: one editor each, in the order of the call."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.ops import Op
from explorer.ops.parameters import Axes, Axis, Choice, Device, DType, Flag, Key, Number, Parameter, Permutation
from explorer.widgets.draft.axis_editor import AxesEditor, PermutationEditor
from explorer.widgets.draft.key_editor import KeyEditor
from explorer.widgets.draft.parameter_editors import ParameterEditor, Surroundings, plain_editor


class ParameterForm(QObject):
    """Editors for an operation, as widgets to be set in a line by whoever owns it.

    `argument_changed` carries a name and a value (None: left out); `run_requested` comes from Enter in a field;
    `relaid` says that `widgets` is another list now; `problem_changed` that `problem` is another sentence. Rare
    parameters wait until `show_rare`, or until they are set.
    """

    argument_changed = Signal(object, object)
    run_requested = Signal()
    problem_changed = Signal()
    relaid = Signal()

    def __init__(self, op: Op, parent: QWidget) -> None:
        super().__init__(parent)
        self.op = op
        self.editors: dict[str, ParameterEditor] = {}
        self._rare: set[str] = set()
        self._rare_shown = False
        self._arguments: Mapping[str, Any] = {}
        for parameter in op.parameters:
            editor = _editor(parameter, parent)
            editor.changed.connect(lambda value, name=parameter.name: self.argument_changed.emit(name, value))
            editor.run_requested.connect(self.run_requested)
            editor.problem_changed.connect(self.problem_changed)
            editor.relaid.connect(self.relaid)
            self.editors[parameter.name] = editor
            if _is_rare(parameter, op):
                self._rare.add(parameter.name)

    @property
    def widgets(self) -> list[QWidget]:
        """What is to be shown, in order."""
        return [widget for name in self.editors for widget in self.widgets_of(name)]

    def widgets_of(self, name: str) -> list[QWidget]:
        """What is to be shown of one parameter; nothing of a rare one that waits."""
        return self.editors[name].widgets if self._shows(name) else []

    @property
    def problem(self) -> str:
        """The first thing typed that is no value, as a sentence; "" where all is well."""
        return next((e.problem for e in self.editors.values() if e.problem), "")

    @property
    def has_rare(self) -> bool:
        """Whether there is anything that can be shown or hidden."""
        return any(self._arguments.get(name) is None for name in self._rare)

    def show_rare(self, on: bool) -> None:
        """Show the rare parameters too, or only what is set."""
        self._rare_shown = on
        self._update()
        self.relaid.emit()

    def show_arguments(self, arguments: Mapping[str, Any], around: Surroundings) -> None:
        """Show these values; editors stay the same widgets and keep the focus."""
        self._arguments = arguments
        for name, editor in self.editors.items():
            editor.show_value(arguments.get(name), around)
        self._update()

    def focus(self) -> None:
        """Give the keyboard to the first parameter, or to the one that is wrong."""
        shown = [editor for name, editor in self.editors.items() if self._shows(name)]
        wrong = [editor for editor in shown if editor.problem]
        for editor in (wrong or shown)[:1]:
            editor.focus()

    def discard(self) -> None:
        """Remove the widgets; the form is not used again."""
        for editor in self.editors.values():
            editor.discard()
        self.deleteLater()

    def _shows(self, name: str) -> bool:
        return self._rare_shown or name not in self._rare or self._arguments.get(name) is not None

    def _update(self) -> None:
        for name in self._rare:
            for widget in self.editors[name].widgets:
                widget.setVisible(self._shows(name))


def _editor(parameter: Parameter, parent: QWidget) -> ParameterEditor:
    if isinstance(parameter, Axis | Axes):
        return AxesEditor(parameter, parent)
    if isinstance(parameter, Permutation):
        return PermutationEditor(parameter, parent)
    return KeyEditor(parameter, parent) if isinstance(parameter, Key) else plain_editor(parameter, parent)


def _is_rare(parameter: Parameter, op: Op) -> bool:
    """Seldom set, and in the way of those who learn what the operation does: sum's dtype, add's alpha."""
    if parameter.required or op.creates or op.converts:
        return False
    if isinstance(parameter, Flag):
        return bool(parameter.default)
    return parameter.default is None and isinstance(parameter, DType | Device | Number | Choice)
