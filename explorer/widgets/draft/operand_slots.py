"""The operands of a draft: a list of the shelf's names for each, or a typed number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from explorer.errors import CellError
from explorer.numbers.parameter_values import read_number, same, write_number
from explorer.ops import Op
from explorer.ops.parameters import Operand as Part
from explorer.session.draft import Draft, Operand
from explorer.widgets.draft.operand_entries import ENTRY, OperandDelegate, OperandEntry
from explorer.widgets.draft.parameter_editors import COMPACT
from explorer.widgets.draft.typed_field import TypedField
from explorer.widgets.look import looks
from explorer.widgets.look.amounts import shape_text
from explorer.widgets.look.drop_down import DropDown
from explorer.widgets.speech.sentences import say


class OperandSlot(QObject):
    """One operand: a list of names and, where numbers may stand, a field for one. `changed` says that `value` did.

    What was typed and is no number stays until it is mended or withdrawn; `run_requested` comes with Enter where
    nothing new was typed.
    """

    changed = Signal()
    run_requested = Signal()
    problem_changed = Signal()
    opening = Signal(object)
    """Its number: the list is about to be shown."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.problem, self._number = "", number
        self._value: Operand = None
        self._entries: list[tuple[str, str | None, str]] = []
        self._shown: dict[str, OperandEntry] = {}
        self.label = QLabel(parent)
        self.label.setFont(looks.mono(parent.font(), 1.2))
        self.list = DropDown(parent)
        self.list.setObjectName(f"operand_{number}")
        self.list.setFont(looks.mono(parent.font(), 1.2, bold=True))
        self.list.setStyleSheet(COMPACT)
        self.list.setItemDelegate(OperandDelegate(self.list))
        self.list.activated.connect(self._pick)
        self.list.opening.connect(lambda: self.opening.emit(number))
        self.field = TypedField(parent)
        self.field.setObjectName(f"operand_{number}_number")
        self.field.setFont(looks.mono(parent.font(), 1.1))
        self.field.setStyleSheet(COMPACT)
        self.field.setFixedWidth(92)
        self.field.textEdited.connect(self._type)
        self.field.run_requested.connect(self.run_requested)
        self.field.withdrawn.connect(self._withdraw)
        self.field.hide()
        self.widgets: list[QWidget] = [self.label, self.list, self.field]

    def discard(self) -> None:
        """Remove the widgets, which have nothing more to say; the slot is not used again."""
        self.blockSignals(True)
        for widget in self.widgets:
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    @property
    def value(self) -> Operand:
        """A name, a number, or None where nothing is chosen."""
        return self._value

    def show(self, value: Operand, items: Sequence[Any], own: Part, numbers: bool) -> None:
        """Offer `items` (of the shelf) and show `value` for the operand `own`; `numbers`: one may stand there."""
        self.label.setText("" if own.positional else f"{own.name}=")
        self.label.setVisible(not own.positional)
        number = self._number + 1
        listed, typed = self.tr("Operand {number}"), self.tr("Number for operand {number}")
        self.list.setAccessibleName(listed.format(number=number) if own.positional else own.name)
        self.field.setAccessibleName(typed.format(number=number) if own.positional else own.name)
        entries: list[tuple[str, str | None, str]]
        entries = [(item.name, item.name, _tip(item)) for item in items if item.kind != "array"]
        if numbers:
            entries.append((self.tr("number…"), "", self.tr("A Python number instead of a tensor")))
        if own.optional:
            left = self.tr("{name} is left out of the call").format(name=own.name)
            entries.insert(0, ("\N{EN DASH}", None, left))
        if entries != self._entries:
            self._entries = entries
            self.list.clear()
            for place, (text, name, tip) in enumerate(entries):
                self.list.addItem(text, name)
                self.list.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        self._shown = {item.name: OperandEntry(item.name, _facts(item)) for item in items if item.kind != "array"}
        self._show_entries()
        known, self._value = self._value, value
        is_number = value is not None and not isinstance(value, str)
        names = [name for _, name, _ in entries]
        wanted = "" if is_number else value
        self.list.setCurrentIndex(names.index(wanted) if wanted in names else -1)
        self.list.setToolTip(str(self.list.currentData(Qt.ItemDataRole.ToolTipRole) or ""))
        self.list.setFixedWidth(self._width())
        self.field.setVisible(is_number)
        if not is_number:
            self._complain("")
        elif not self.field.hasFocus() and not self._stays(known):
            self._write()

    def show_pictures(self, picture: Callable[[str], QImage | None]) -> None:
        """A small picture for each tensor of the list."""
        self._shown = {name: replace(entry, picture=picture(name)) for name, entry in self._shown.items()}
        self._show_entries()

    def show_choices(self, choices: Mapping[str, Draft]) -> None:
        """What the call would come to, by the tensor that is chosen here."""
        for name in choices.keys() & self._shown.keys():
            draft = choices[name]
            shown = replace(self._shown[name], verdict=self._verdict(draft), fits=draft.error is None)
            self._shown[name] = shown
        self._show_entries()

    def _verdict(self, draft: Draft) -> str:
        """Why it is refused, or what it gives."""
        if draft.error is not None:
            return say(draft.error.message)
        given = draft.forecasts[:2]
        made = ", ".join(f"{shape_text(f.shape)} {str(f.dtype).removeprefix('torch.')}" for f in given)
        return f"\N{RIGHTWARDS ARROW} {made}{', …' if len(draft.forecasts) > len(given) else ''}"

    def _show_entries(self) -> None:
        for place, (_, name, tip) in enumerate(self._entries):
            entry = self._shown.get(name) if name else None
            if entry is None or entry == self.list.itemData(place, ENTRY):
                continue
            said = tip if not entry.verdict else f"{tip}\n{entry.verdict}"
            spoken = self.tr("does not fit: {facts}. {reason}") if not entry.fits else "{facts} {reason}"
            self.list.setItemData(place, entry, ENTRY)
            self.list.setItemData(place, said, Qt.ItemDataRole.ToolTipRole)
            text = spoken.format(facts=tip, reason=entry.verdict).strip()
            self.list.setItemData(place, text, Qt.ItemDataRole.AccessibleTextRole)

    def _stays(self, known: Operand) -> bool:
        """Whether what was typed says the value already, or is still to be mended."""
        try:
            return same(read_number(self.field.text()), self._value)
        except CellError:
            return bool(self.problem) and same(known, self._value)

    def _write(self) -> None:
        self.field.setText(write_number(self._value))
        self._complain("")

    def _withdraw(self) -> None:
        if self.problem:
            self._write()

    def _width(self) -> int:
        text = max(self.list.currentText(), "A", key=len)
        return min(QFontMetrics(self.list.font()).horizontalAdvance(text) + 42, 260)

    def _pick(self, place: int) -> None:
        name = self._entries[place][1]
        if name != "":
            self._complain("")
            self._value = name
            self.field.hide()
        else:
            if self._value is None or isinstance(self._value, str):
                self._value = 2
                self.field.setText("2")
            self.field.show()
            self.field.setFocus()
            self.field.selectAll()
        self.list.setFixedWidth(self._width())
        self.changed.emit()

    def _type(self, text: str) -> None:
        try:
            self._value = read_number(text)
        except CellError as error:
            self._complain(say(error.message))
            return
        self._complain("")
        self.changed.emit()

    def _complain(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self.field.setProperty("invalid", bool(problem))
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
            self.problem_changed.emit()


class OperandSlots(QObject):
    """All operands of a draft; `operands_changed` carries the tuple. A list of operands has + and - beside it."""

    operands_changed = Signal(object)
    run_requested = Signal()
    problem_changed = Signal()
    relaid = Signal()
    opening = Signal(object)
    """The number of the operand whose list is about to be shown."""

    def __init__(self, op: Op, parent: QWidget) -> None:
        super().__init__(parent)
        self._op, self._arity, self._parent = op, op.arity, parent
        self._names: tuple[str, ...] = ()
        self.slots: list[OperandSlot] = []
        self.more = self._step("operand_add", "+", self.tr("One operand more"))
        self.more.clicked.connect(self._add)
        self.fewer = self._step("operand_remove", "\N{MINUS SIGN}", self.tr("One operand less"))
        self.fewer.clicked.connect(self._remove)
        for button in (self.more, self.fewer):
            button.setVisible(op.arity is None)

    @property
    def problem(self) -> str:
        """Why a typed number is none, or ""."""
        return next((slot.problem for slot in self.slots if slot.problem), "")

    def show_operands(self, operands: Sequence[Operand], items: Sequence[Any]) -> None:
        """Show these operands, each to be taken from `items`."""
        self._names = tuple(item.name for item in items if item.kind != "array")
        count = len(operands) if self._arity is None else self._arity
        least = len(self._op.operands)
        fresh = count != len(self.slots)
        while len(self.slots) > count:
            self.slots.pop().discard()
        while len(self.slots) < count:
            self.slots.append(self._make(len(self.slots)))
        shown = zip(self.slots, [*operands, *[None] * count], self._op.placed(count), strict=False)
        for number, (slot, value, own) in enumerate(shown):
            assert own is not None
            slot.show(value, items, own, self._op.takes_number(number, count))
        self.fewer.setEnabled(count > least)
        if fresh:
            self.relaid.emit()

    def discard(self) -> None:
        """Remove the widgets; the slots are not used again."""
        for slot in self.slots:
            slot.discard()
        for button in (self.more, self.fewer):
            button.hide()
            button.deleteLater()
        self.deleteLater()

    def _make(self, number: int) -> OperandSlot:
        slot = OperandSlot(number, self._parent)
        slot.changed.connect(self._emit)
        slot.run_requested.connect(self.run_requested)
        slot.problem_changed.connect(self.problem_changed)
        slot.opening.connect(self.opening)
        slot.list.show()
        return slot

    def _step(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self._parent)
        button.setObjectName(name)
        button.setText(text)
        button.setFixedWidth(26)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _values(self) -> tuple[Operand, ...]:
        return tuple(slot.value for slot in self.slots)

    def _emit(self) -> None:
        self.operands_changed.emit(self._values())

    def _add(self) -> None:
        """The next name of the shelf after the last operand, so that + alone gives A, B, C."""
        before, behind = self._divided()
        last = self._names.index(str(before[-1])) if before and before[-1] in self._names else -1
        name = self._names[(last + 1) % len(self._names)] if self._names else None
        self.operands_changed.emit((*before, name, *behind))

    def _remove(self) -> None:
        before, behind = self._divided()
        self.operands_changed.emit((*before[:-1], *behind))

    def _divided(self) -> tuple[tuple[Operand, ...], tuple[Operand, ...]]:
        """The operands up to the last of those that may be of any number, and those behind."""
        values = self._values()
        many = next(k for k, x in enumerate(self._op.operands) if x.many)
        place = len(values) - (len(self._op.operands) - 1 - many)
        return values[:place], values[place:]


def _facts(item: Any) -> str:
    return f"{shape_text(item.shape)} {item.dtype_name}"


def _tip(item: Any) -> str:
    return f"{item.name}  {_facts(item)} · {item.device}"
