"""What a new tensor is filled with: one short form for each kind of fill, read into a `Definition`."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from math import prod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.errors import CellError, ExplorerError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.numbers import literals, values
from explorer.numbers.cell_text import shown
from explorer.widgets.creation.fill_kind import KINDS, Field
from explorer.widgets.creation.values_edit import ValuesEdit
from explorer.widgets.look import looks, theme
from explorer.widgets.look.amounts import count_text
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.speech.sentences import translate
from explorer.workspace.definition import Definition

if TYPE_CHECKING:
    from explorer.numbers.literals import Literal

Shape = tuple[int, ...]
Made = tuple[Definition, tuple[Message, ...]]
SEEDS = 2**31 - 1
LEAST = 72  # pixels of typed values


class FillForm(QWidget):
    """Buttons for the kinds of fill, and the fields of the one that is chosen."""

    changed = Signal()
    chosen = Signal(object)  # FillKind
    typed = Signal()  # the text of the values

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = KINDS[0]
        self.found: Literal | ExplorerError | None = None  # what the text of the values was read as; None until then
        self._group = QButtonGroup(self)
        self.kinds = QWidget(self)  # for the dialog to place
        line = FlowLayout(self.kinds)
        for kind in KINDS:
            button = QPushButton(translate("", kind.word), self.kinds)
            button.setObjectName(f"new_fill_{kind.key}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setToolTip(translate("", kind.says))
            theme.role(button, "op")
            button.clicked.connect(partial(self.choose, kind.key))
            self._group.addButton(button)
            line.addWidget(button)
        self.says = QLabel(self)
        self.says.setObjectName("new_fill_says")
        self.says.setWordWrap(True)
        theme.role(self.says, "muted")
        self.text = ValuesEdit(self)
        self.text.setObjectName("new_values")
        self.text.setAccessibleName(self.tr("values"))
        self.text.setPlaceholderText(
            self.tr("[[1, 2], [3, 4]]\ntensor([[1., 2.]])\nor cells from a spreadsheet, or CSV")
        )
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(LEAST)
        # Qt takes the height that a form would like for the least that it needs, and squeezes its neighbours for it
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.text.setFont(looks.mono(self.font()))
        self.text.textChanged.connect(self._retyped)
        self.paste = QPushButton(self.tr("&Paste"), self)
        self.paste.setObjectName("new_paste")
        self.paste.setAutoDefault(False)
        self.paste.setToolTip(self.tr("Take the text on the clipboard"))
        self.paste.clicked.connect(lambda: self.text.show_content(QGuiApplication.clipboard().text()))
        self._fields: dict[str, QLineEdit] = {}
        self._lines: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.says)
        column.addWidget(self.text, 1)
        column.addWidget(self.paste, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        for kind in KINDS:
            for field in kind.fields:
                if field.name not in self._lines:
                    row.addWidget(self._field(field.name))
        row.addWidget(self._seed())
        row.addStretch(1)
        column.addLayout(row)
        self.choose("tensor")

    def _field(self, name: str) -> QWidget:
        """A label in torch's word and a line for a number; shared by the kinds that have it."""
        box = QWidget(self)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        label = QLabel(name, box)
        label.setFont(looks.mono(self.font()))
        edit = QLineEdit(box)
        edit.setObjectName(f"new_{name}")
        edit.setAccessibleName(name)
        edit.setMaximumWidth(96)
        edit.textChanged.connect(self.changed)
        label.setBuddy(edit)
        line.addWidget(label)
        line.addWidget(edit)
        self._fields[name], self._lines[name] = edit, box
        return box

    def _seed(self) -> QWidget:
        box = QWidget(self)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        label = QLabel(self.tr("s&eed"), box)
        self.seed = QSpinBox(box)
        theme.roomy(self.seed)
        self.seed.setObjectName("new_seed")
        self.seed.setAccessibleName(self.tr("seed"))
        self.seed.setToolTip(self.tr("The same seed gives the same numbers again"))
        self.seed.setRange(0, SEEDS)
        self.seed.setMaximumWidth(110)
        self.seed.valueChanged.connect(self.changed)
        label.setBuddy(self.seed)
        self.reroll = QPushButton(self.tr("&Roll again"), box)
        self.reroll.setObjectName("new_reroll")
        self.reroll.setAutoDefault(False)
        self.reroll.clicked.connect(lambda: self.seed.setValue(random.randrange(10_000)))
        for widget in (label, self.seed, self.reroll):
            line.addWidget(widget)
        self._lines["seed"] = box
        return box

    def choose(self, key: str) -> None:
        """Fill in another way: the key of one of KINDS."""
        self.kind = next(kind for kind in KINDS if kind.key == key)
        for button, kind in zip(self._group.buttons(), KINDS, strict=True):
            button.setChecked(kind is self.kind)
        self._describe()
        self.text.setVisible(self.kind.typed)
        self.paste.setVisible(self.kind.typed)
        wanted = {field.name: field for field in self.kind.fields}
        for name, box in self._lines.items():
            box.setVisible(name in wanted or (name == "seed" and self.kind.seeded))
        for name, field in wanted.items():
            self._fields[name].blockSignals(True)
            self._fields[name].setText(field.text)
            self._fields[name].blockSignals(False)
        self.chosen.emit(self.kind)
        self.changed.emit()

    def _retyped(self) -> None:
        self._describe()
        self.found = None
        self.typed.emit()

    def _describe(self) -> None:
        """What the kind of fill does; or how much of a long text is seen."""
        text = translate("", self.kind.says)
        if self.kind.typed and self.text.held:
            text = self.tr("The first of {count} characters; Delete clears all.")
            text = text.format(count=count_text(len(self.text.content)))
        self.says.setText(text)

    # reading

    @property
    def waiting(self) -> bool:
        """Whether the text of the values is still to be read."""
        return self.kind.typed and self.found is None

    def literal(self) -> Literal:
        """The typed values, once they are read; raises CellError where they are none."""
        if isinstance(self.found, ExplorerError):
            raise self.found
        assert self.found is not None
        return self.found

    def python_type(self) -> type:
        """The Python type of the values that the form says. Raises CellError."""
        if self.kind.typed:
            return type(torch.zeros((), dtype=self.literal().dtype).item())
        if self.kind.told == "end" or any(field.integer for field in self.kind.fields):
            return int
        numbers: list[Any] = [self._number(field, None) for field in self.kind.fields]
        first, *rest = [number for number in numbers if number is not None] or [0.0]
        return type(sum(rest, first)) if rest and not self.kind.shaped else type(first)

    def making(self, shape: Shape, dtype: torch.dtype | None, device: str) -> Callable[[], Made]:
        """What the worker does to have what the form says, and what is to be said of it; as `creation`."""
        if self.kind.typed:
            return partial(typed, self.literal(), shape, dtype, device)
        made, said = self.creation(shape, dtype, device), self.notes(dtype)
        return lambda: (made, said)

    def creation(self, shape: Shape, dtype: torch.dtype | None, device: str) -> Definition:
        """What a form but that of typed values says, of `shape` where the shape is the user's to say.

        `dtype` None leaves it to torch. Raises CellError, saying what is wrong.
        """
        op, told, count = self.kind.makes or self.kind.key, self.kind.told, prod(shape)
        given: Mapping[str, Any] = {field.name: self._number(field, dtype) for field in self.kind.fields}
        given = {name: value for name, value in given.items() if value is not None}
        seed = self.seed.value() if self.kind.seeded else None
        if "low" in given and given["low"] >= given["high"]:
            template = QT_TRANSLATE_NOOP("errors", "low ({low}) must be smaller than high ({high}).")
            raise CellError(Message("errors", template, given))
        if told == "size":
            where = "meta" if self.kind.key == "meta" else device
            return Definition(op, {**given, "size": shape}, dtype, where, seed)
        if told == "sides":
            if len(shape) != 2:
                template = QT_TRANSLATE_NOOP(
                    "errors", "eye has two axes, rows and columns, but shape {shape} has {rank}."
                )
                raise CellError(Message("errors", template, {"shape": shape, "rank": len(shape)}))
            return Definition(op, {"n": shape[0], "m": shape[1]}, dtype, device)
        folded = shape if len(shape) != 1 else None
        if told:
            return Definition(op, {**given, told: count}, dtype, device, shape=folded)
        return Definition(op, given, dtype, device)

    def notes(self, dtype: torch.dtype | None) -> tuple[Message, ...]:
        """What `dtype` makes of the number that fills, where that is another one."""
        texts = [self._fields[field.name].text() for field in self.kind.fields if field.name == "fill_value"]
        return tuple(note for text in texts if dtype is not None for note in literals.of_number(text, dtype))

    def _number(self, field: Field, dtype: torch.dtype | None) -> object:
        """The number in a field, as it is in `dtype` where that is the fill's; None for an optional one left empty."""
        text = self._fields[field.name].text().strip()
        if not text and field.optional:
            return None
        if field.name == "fill_value" and dtype is not None:
            return values.parse(text, dtype)
        number = values.read(text)
        if number is None or (field.integer and (isinstance(number, bool) or not isinstance(number, int))):
            template = (
                QT_TRANSLATE_NOOP("errors", "“{text}” is no whole number for {field}.")
                if field.integer
                else QT_TRANSLATE_NOOP("errors", "“{text}” is no number for {field}.")
            )
            raise CellError(Message("errors", template, {"text": shown(text), "field": field.name}))
        return number


def typed(literal: Literal, shape: Shape, dtype: torch.dtype | None, device: str) -> Made:
    """The creation of typed values, of `shape` and `dtype` (None: their own), and what is to be said of them.

    For the worker: it may take a second. Raises CellError.
    """
    if prod(shape) != literal.count:
        template = QT_TRANSLATE_NOOP("errors", "{count} values do not fill shape {shape}, which has {cells} cells.")
        values = {"count": literal.count, "shape": shape, "cells": prod(shape)}
        raise CellError(Message("errors", template, values))
    notes = literal.said + literal.rounding(dtype)
    return Definition.typed(literal.tensor(dtype).reshape(shape), device), notes
