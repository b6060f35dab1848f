"""The draft line: the call that Run would make, written like code, with controls where values stand."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from explorer.animation.axes import AxisId
from explorer.ops import Form, Op, counterpart
from explorer.ops.calls import BRACKETS
from explorer.ops.parameters import Operand
from explorer.session.draft import Draft
from explorer.session.drafting import subject_of
from explorer.widgets.draft.draft_result import DraftResult, ResultAxes
from explorer.widgets.draft.operand_slots import OperandSlots
from explorer.widgets.draft.operation_words import title_of
from explorer.widgets.draft.parameter_editors import Surroundings
from explorer.widgets.draft.parameter_form import ParameterForm
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.look.literal import literal
from explorer.widgets.speech.sentences import translate

CANCEL_AFTER_MS = 400
KEEP = 54  # pixels of the button that keeps a result
HEIGHT, SEARCH, GAP = 40, 62, 8  # pixels: of one line; at its end, for the search; before Run


class DraftBar(QFrame):
    """Shows a Draft; asks for other operands and arguments, for a run, for keeping the result.

    `operands_changed` carries the tuple of names and numbers, `argument_changed` a name and a value (None: left out),
    `copy_declined` a bool, `form_requested` the key of the same operation in place, or as a new tensor. While a typed
    text is no value, `run` puts the keyboard there instead of asking for a run.
    """

    operands_changed = Signal(object)
    argument_changed = Signal(object, object)
    run_requested = Signal()
    cancel_requested = Signal()
    keep_requested = Signal()
    copy_declined = Signal(object)
    form_requested = Signal(object)
    choices_wanted = Signal(object)
    """The number of an operand whose list is about to be shown: what would fit there?"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draft_bar")
        self.setAccessibleName(self.tr("Draft of an operation"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._front = QWidget(self)  # never shown; it holds the place of the controls in the order of Tab
        self._front.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._front.hide()
        self.field = QFrame(self)  # the line, and free at its right end, so that a search can begin there
        self.field.setObjectName("draft_field")
        self.field.setMinimumHeight(HEIGHT)
        self._line = QWidget(self.field)
        self._line.setObjectName("draft_line")
        self._flow = FlowLayout(self._line, gap=3, line_gap=4)
        self._texts = [QLabel(self._line) for _ in range(3)]
        self._brackets = [QLabel(self._line) for _ in range(2)]  # around operands of any number
        for label in (*self._texts, *self._brackets):
            label.setFont(self._written())
        self._nothing = QLabel(self.tr("Choose an operation"), self._line)  # a label of its own: a font that is
        self._nothing.setFont(looks.sans(self.font(), 1.1))  # changed once it is shown goes with the next theme
        self._commas: list[QLabel] = []
        self._rare = QToolButton(self._line)
        self._rare.setObjectName("rare_parameters")
        self._rare.setText("…")
        self._rare.setFixedWidth(20)
        self._rare.setCheckable(True)
        self._rare.setToolTip(self.tr("More parameters"))
        self._rare.setAccessibleName(self.tr("More parameters"))
        self._rare.toggled.connect(self._show_rare)
        self._in_place = QCheckBox(self.tr("in place"), self._line)
        self._in_place.setObjectName("in_place")
        self._in_place.setToolTip(self.tr("Overwrite the first operand in its own memory instead of making a tensor"))
        theme.role(self._in_place, "switch")
        self._in_place.clicked.connect(self._change_form)
        self._in_place.hide()
        self._draft: Draft | None = None
        self._op: Op | None = None
        self._slots: OperandSlots | None = None
        self._form: ParameterForm | None = None
        self._result: DraftResult | None = None
        self._axes: ResultAxes | None = None
        self._devices: tuple[str, ...] = ("cpu", "meta")
        self._picture: Callable[[str], QImage | None] = lambda name: None
        self._busy = False
        self._replaced = ""  # the names of what a run would replace
        self._patience = QTimer(self, singleShot=True, interval=CANCEL_AFTER_MS)
        self._patience.timeout.connect(self._offer_cancel)
        self._make_buttons()
        self.show_nothing()

    def _written(self) -> QFont:
        """The font of what Python would read."""
        return looks.mono(self.font(), 1.15, bold=True)

    def _make_buttons(self) -> None:
        self._keep = QPushButton(self.tr("Keep"), self.field)
        self._keep.setObjectName("operation_keep")
        theme.role(self._keep, "tight")
        self._keep.setFixedWidth(KEEP)
        held = self._keep.sizePolicy()
        held.setRetainSizeWhenHidden(True)  # so that the line is not broken anew when it comes
        self._keep.setSizePolicy(held)
        self._keep.clicked.connect(self._press_keep)
        self._run = QPushButton(self)
        self._run.setObjectName("operation_run")
        theme.role(self._run, "primary")
        self._run.clicked.connect(self._press_run)
        self._label_run()
        for button in (self._keep, self._run):  # a click leaves the keyboard on the stage, where its keys are
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_narrow(False)
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(8, 2, SEARCH, 2)
        inside.setSpacing(4)
        inside.addWidget(self._line, 1)
        inside.addWidget(self._keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.field, 1)
        row.addWidget(self._run, 0, Qt.AlignmentFlag.AlignTop)

    @guarded(HEIGHT)
    def heightForWidth(self, width: int) -> int:
        """The height that it needs at this width: that of one line as long as the call and the resulting dtype fit."""
        if self._result is not None:
            margins = self.field.layout().contentsMargins()  # type: ignore[union-attr]
            taken = self.beside_field + margins.left() + margins.right() + 2
            taken += KEEP + 4  # its room is kept also while it is hidden
            self._result.fit(width - taken - self._flow.sizeHint().width())
        return max(super().heightForWidth(width), HEIGHT)

    @property
    def beside_field(self) -> int:
        """Pixels at the right of the line: Run and what keeps it apart."""
        return self._run.width() + GAP

    def set_narrow(self, narrow: bool) -> None:
        """Run takes less room in a narrow window."""
        self._run.setFixedSize(88 if narrow else 128, HEIGHT)

    def set_pictures(self, picture: Callable[[str], QImage | None]) -> None:
        """Where the small picture of a tensor comes from, by its name."""
        self._picture = picture

    def show_choices(self, operand: int, choices: Mapping[str, Draft]) -> None:
        """What the draft would come to with each of these tensors as that operand."""
        if self._slots is not None and operand < len(self._slots.slots):
            self._slots.slots[operand].show_choices(choices)

    def _opening(self, operand: int) -> None:
        if self._slots is not None:
            self._slots.slots[operand].show_pictures(self._picture)
            self.choices_wanted.emit(operand)

    def show_devices(self, devices: Sequence[str]) -> None:
        """The devices that a parameter may name."""
        self._devices = tuple(devices)

    def show_nothing(self) -> None:
        """No operation is chosen."""
        self._draft = self._op = None
        self._discard()
        for label in self._texts:
            label.setText("")
        self._keep.hide()
        self._replaced = ""
        self._run.setEnabled(False)
        self._lay()

    def show_draft(
        self,
        draft: Draft,
        workspace: Any,
        identities: Mapping[str, Sequence[AxisId]],
        result_axes: ResultAxes | None = None,
    ) -> None:
        """Show `draft` with operands from `workspace` (`Workspace`); controls of the same operation stay as they are.

        `identities` are the axes of each item by name; `result_axes` those of each result, where they are known.
        """
        fresh = self._op is None or self._op is not draft.op
        if fresh:
            self._build(draft.op)
        self._draft, self._axes = draft, result_axes
        assert self._slots is not None and self._form is not None  # noqa: PT018 - for the type checker
        items = tuple(workspace.items)
        self._slots.show_operands(draft.operands, items)
        first = subject_of(draft, workspace)
        shape = tuple(workspace[first].shape) if first is not None else ()
        axes = identities.get(first, ()) if first is not None else ()
        around = Surroundings(shape, axes, self._devices, draft.operands, choosers(items))
        self._form.show_arguments(draft.arguments, around)
        self._rare.setVisible(self._form.has_rare)
        self._write_call()
        self._show_kept(draft, workspace)
        self._run.setEnabled(True)
        self._show_result()
        self._lay()

    def _show_kept(self, draft: Draft, workspace: Any) -> None:
        """What the next run would replace, and the button that keeps it."""
        step = draft.step if draft.keepable else None
        names = ", ".join(workspace.steps[step].makes) if step is not None else ""
        self._replaced = names
        self._keep.setVisible(draft.keepable)
        text = self.tr("Keep {names}").format(names=literal(names))
        fits = self._keep.fontMetrics().horizontalAdvance(text) <= KEEP - 12
        self._keep.setText(text if names and fits else self.tr("Keep"))
        told = self.tr("{names} stays as it is, and the next run makes another tensor. Else {names} is replaced.")
        self._keep.setToolTip(told.format(names=names))
        self._keep.setAccessibleName(self.tr("Keep {names}").format(names=names))
        self._keep.setAccessibleDescription(self._keep.toolTip())
        if not self._run.property("cancels"):
            self._label_run()

    def show_busy(self, busy: bool) -> None:
        """A run is under way: after a moment Run becomes Cancel. It stays enabled, so that the focus stays."""
        self._busy = busy
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self._label_run()

    @property
    def first_control(self) -> QWidget:
        """The first operand, or Run."""
        return self._slots.slots[0].list if self._slots and self._slots.slots else self._run

    def _build(self, op: Op) -> None:
        self._discard()
        self._op = op
        self.setAccessibleDescription(translate("", title_of(op)))
        self._slots = OperandSlots(op, self._line)
        self._in_place.setChecked(op.writes)
        self._in_place.setVisible(counterpart(op) is not None)
        self._form = ParameterForm(op, self._line)
        self._result = DraftResult(op.results, self._line)
        self._slots.operands_changed.connect(self.operands_changed)
        self._slots.run_requested.connect(self.run)
        self._slots.problem_changed.connect(self._problem_changed)
        self._slots.relaid.connect(self._lay)
        self._slots.opening.connect(self._opening)
        self._form.argument_changed.connect(self.argument_changed)
        self._form.run_requested.connect(self.run)
        self._form.problem_changed.connect(self._problem_changed)
        self._form.relaid.connect(self._lay)
        self._result.relaid.connect(self._lay)
        self._result.copy_declined.connect(self.copy_declined)
        self._rare.blockSignals(True)
        self._rare.setChecked(False)
        self._rare.blockSignals(False)

    def _discard(self) -> None:
        for part in (self._slots, self._form, self._result):
            if part is not None:
                part.discard()
        self._slots = self._form = self._result = None
        self._rare.hide()
        self._in_place.hide()

    @property
    def problem(self) -> str:
        """Why what was typed is no value, or ""."""
        return (self._slots.problem if self._slots else "") or (self._form.problem if self._form else "")

    def _problem_changed(self) -> None:
        self._show_result()
        self._lay()

    def _show_result(self) -> None:
        if self._result and self._draft and self._op:
            names = self._op.results_of(self._draft.arguments)
            self._result.show_draft(self._draft, self.problem, self._axes, names)

    def _show_rare(self, on: bool) -> None:
        if self._form:
            self._form.show_rare(on)
            self._write_call()
            self._lay()

    def _operator(self) -> bool:
        """Whether the call is written with its sign; with arguments torch wants the function."""
        assert self._op is not None and self._form is not None  # noqa: PT018 - for the type checker
        return self._op.form is Form.OPERATOR and not self._form.widgets

    def _write_call(self) -> None:
        """The texts before, between and after the operands."""
        assert self._op
        name = self._op.called
        before, between, after = "", "", ")"
        if self._op.form is Form.PROPERTY:
            between, after = f".{name}", ""
        elif self._op.form in (Form.INDEX, Form.ASSIGNMENT):
            between, after = "[", "]" if self._op.form is Form.INDEX else "] ="
        elif self._operator():
            between, after = self._op.symbol, ""
        elif self._op.form is Form.METHOD:
            between = f".{name}("
        else:
            before = f"torch.{name}("
        for label, text in zip(self._texts, (before, between, after), strict=True):
            label.setText(text)
        many = next((x for x in self._op.operands if x.many), None)
        opening, closing = BRACKETS.get(many.many, ("", "")) if many is not None else ("", "")
        behind = self._op.signature[self._op.signature.index(many) + 1 :] if many is not None else ()
        if behind and not isinstance(behind[0], Operand):  # which have commas of their own
            closing += ","
        if many is self._op.signature[0]:
            self._texts[0].setText(before + opening)
            opening = ""
        for label, text in zip(self._brackets, (opening, closing), strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    def _lay(self) -> None:
        """Set everything that is there in the order of the call."""
        before, between, after = self._texts
        if not (self._op and self._slots and self._form and self._result):
            self._flow.set_widgets([self._nothing])
            self._nothing.show()
            for label in self._brackets:
                label.hide()
            self._show_texts()
            return
        self._nothing.hide()
        parts = self._parts()
        widgets: list[QWidget] = [before]
        if self._op.form not in (Form.FUNCTION, Form.OPERATOR) or self._operator():
            widgets += [*(parts.pop(0)[1] if self._slots.slots else []), between]
        last = parts.pop()[1] if self._op.form is Form.ASSIGNMENT and len(self._slots.slots) > 1 else []
        commas = iter(self._set_commas(sum(operand for operand, _ in parts[1:])))
        for place, (comma, own) in enumerate(parts):
            widgets += [*([next(commas)] if comma and place else []), *own]
        widgets += [self._rare, after, *last, self._in_place, *self._result.widgets]
        self._flow.set_widgets(widgets)
        labels = [editor.label for editor in self._form.editors.values()]
        for widget in (before, *labels, *self._form.widgets[-1:], self._rare, *self._result.bound):
            self._flow.bind(widget)
        self._show_texts()
        self._line.updateGeometry()
        self._tab_order(widgets)

    def _parts(self) -> list[tuple[bool, list[QWidget]]]:
        """What is shown of the signature, in its order: whether a comma stands before it, and its widgets."""
        assert self._op and self._slots and self._form  # noqa: PT018 - for the type checker
        slots = [slot.widgets for slot in self._slots.slots]
        found: list[tuple[bool, list[QWidget]]] = []
        for part in self._op.signature:
            if not isinstance(part, Operand):
                found += [(False, own)] if (own := self._form.widgets_of(part.name)) else []
                continue
            behind = len(self._op.operands) - 1 - self._op.operands.index(part)
            count = len(slots) - behind if part.many else 1
            if part.many:
                found.append((True, [self._brackets[0]]))
            found += [(k > 0 or not part.many, own) for k, own in enumerate(slots[:count])]
            slots = slots[count:]
            if part.many:
                found.append((False, [self._slots.fewer, self._slots.more, self._brackets[1]]))
        return found

    def _show_texts(self) -> None:
        for label in self._texts:
            label.setVisible(bool(label.text()))

    def _tab_order(self, widgets: Sequence[QWidget]) -> None:
        """In the order of the call, then Keep and Run; all of it where the front stands in the window's chain."""
        chain = [w for w in widgets if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
        for one, other in pairwise((self._front, *chain, self._keep, self._run)):
            QWidget.setTabOrder(one, other)

    def _set_commas(self, count: int) -> list[QLabel]:
        """So many commas."""
        while len(self._commas) < count:
            comma = QLabel(",", self._line)
            comma.setFont(self._written())
            self._commas.append(comma)
        for place, comma in enumerate(self._commas):
            comma.setVisible(place < count)
        return self._commas[:count]

    def _change_form(self) -> None:
        other = counterpart(self._op) if self._op is not None else None
        if other is not None:
            self.form_requested.emit(other.name)

    def _press_keep(self) -> None:
        self.keep_requested.emit()

    def _press_run(self) -> None:
        if self._busy:
            if self._run.property("cancels"):
                self.cancel_requested.emit()
        else:
            self.run()

    def run(self) -> None:
        """Ask for a run; where what was typed is no value, lead the keyboard there instead."""
        if self.problem:
            self._focus_problem()
        else:
            self.run_requested.emit()

    def _focus_problem(self) -> None:
        wrong = [slot.field for slot in self._slots.slots if slot.problem] if self._slots else []
        if wrong:
            wrong[0].setFocus()
        elif self._form:
            self._form.focus()

    def _offer_cancel(self) -> None:
        self._run.setProperty("cancels", True)
        self._run.setEnabled(True)  # also where there is nothing yet that could be run, and a file is being opened
        self._run.setText("\N{BLACK SQUARE}  " + self.tr("Cancel"))
        self._run.setToolTip(self.tr("Stop this run; nothing is changed"))

    def _label_run(self) -> None:
        self._run.setProperty("cancels", False)
        self._run.setEnabled(self._op is not None)
        self._run.setText("\N{BLACK RIGHT-POINTING TRIANGLE}  " + self.tr("Run"))
        told = self.tr("Run the operation and play it (Space on the stage)")
        if self._replaced:
            told += "\n" + self.tr("It replaces {names}, which was made here before.").format(names=self._replaced)
        self._run.setToolTip(told)


def choosers(items: Sequence[Any]) -> dict[str, tuple[str, int]]:
    """The tensors on the shelf that can stand in an index: masks and whole numbers, with dtype and rank."""
    found = {}
    for item in items:
        if not item.is_array and not item.dtype.is_floating_point and not item.dtype.is_complex:
            found[item.name] = (str(item.dtype).removeprefix("torch."), len(item.shape))
    return found
