"""What stands between the brackets of `A[...]`: typed as in Python, or chosen axis by axis behind chips."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from explorer.errors import CellError
from explorer.late import late
from explorer.ops.indexing import with_names
from explorer.ops.key_parts import WHOLE, Key, part_of, with_axis, with_part
from explorer.ops.parameters import Parameter, key_text
from explorer.widgets.draft.index_popup import IndexPopup
from explorer.widgets.draft.parameter_editors import COMPACT, ParameterEditor, Surroundings
from explorer.widgets.draft.typed_field import TypedField
from explorer.widgets.look import looks
from explorer.widgets.look.axis_words import TAKEN
from explorer.widgets.look.chip import AxisChip, faces
from explorer.widgets.speech.sentences import say

with late():
    from explorer.workspace import typed_key


class KeyEditor(ParameterEditor):
    """A field with the whole key, and a chip for each axis; `changed` carries a tuple in which a str is a name."""

    def __init__(self, parameter: Parameter, parent: QWidget) -> None:
        super().__init__(parameter, parent)
        self.label.hide()
        self._parent = parent
        self._field = TypedField(parent)
        self._field.setFont(looks.mono(parent.font(), 1.2))
        self._field.setStyleSheet(COMPACT)
        self._field.setPlaceholderText(":")
        self._name(self._field, self.tr("Index: numbers, start:stop:step, lists, masks, None or ..."))
        self._field.setToolTip(self._field.accessibleName())
        self._field.textEdited.connect(self._edit)
        self._field.run_requested.connect(self.run_requested)
        self._field.withdrawn.connect(self._withdraw)
        self._chips: list[AxisChip] = []
        self._around = Surroundings()
        self._key: Key = ()
        self._popup: IndexPopup | None = None
        self.widgets = [self._field]

    @property
    def _masks(self) -> Mapping[str, int]:
        return {name: rank for name, (dtype, rank) in self._around.choosers.items() if dtype == "bool"}

    def discard(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
        super().discard()

    def show_value(self, value: Any, around: Surroundings) -> None:
        self._around = around
        known, self._key = self._key, with_names(value or (), around.operands)
        try:
            stays = self._parsed() == self._key
        except CellError:
            stays = self._field.hasFocus() or known == self._key
        if not stays:
            self._write()
        self._fit()
        self._show_chips()
        if self._popup is not None and self._popup.isVisible():
            self._popup.show_part(part_of(self._key, self._popup.axis, len(around.shape), self._masks))

    def _write(self) -> None:
        self._field.setText(key_text([_quoted(part) for part in self._key]))
        self._complain("", self._field)
        self._fit()

    def _withdraw(self) -> None:
        if self.problem:
            self._write()

    def focus(self) -> None:
        self._field.setFocus()

    def _fit(self) -> None:
        text = max(self._field.text(), "0, 0", key=len)
        self._field.setFixedWidth(min(QFontMetrics(self._field.font()).horizontalAdvance(text) + 26, 300))

    def _show_chips(self) -> None:
        shown = faces(self._around.shape, self._around.identities)
        fresh = len(shown) != len(self._chips)
        while len(self._chips) > len(shown):
            chip = self._chips.pop()
            chip.hide()
            chip.deleteLater()
        while len(self._chips) < len(shown):
            chip = AxisChip(self._parent)
            chip.setObjectName(f"index_axis_{len(self._chips)}")
            chip.clicked.connect(partial(self._open, len(self._chips)))
            chip.show()
            self._chips.append(chip)
        for axis, (chip, face) in enumerate(zip(self._chips, shown, strict=True)):
            part = part_of(self._key, axis, len(shown), self._masks)
            text = key_text([_quoted(part)])
            tip = self.tr("Axis {number} of length {size}: {part}. Press to choose.")
            tip = tip.format(number=axis, size=face.size, part=text)
            whole = _same(part, WHOLE)
            chip.show_face(face if whole else replace(face, size=text, template=TAKEN), tip, tip)
            chip.setChecked(not whole)
        self.widgets = [self._field, *self._chips]
        if fresh:
            self.relaid.emit()

    def _open(self, axis: int) -> None:
        chip = self._chips[axis]
        part = part_of(self._key, axis, len(self._around.shape), self._masks)
        chip.setChecked(not _same(part, WHOLE))  # the key says it, not the press
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = IndexPopup(axis, self._around.shape[axis], self._around.choosers, self._parent)
        self._popup.part_chosen.connect(partial(self._choose, axis))
        self._popup.axis_added.connect(partial(self._add_axis, axis))
        self._popup.show_part(part)
        self._popup.adjustSize()
        self._popup.move(chip.mapToGlobal(QPoint(0, chip.height() + 4)))
        self._popup.show()
        self._popup.focus()

    def _choose(self, axis: int, part: Any) -> None:
        self.changed.emit(with_part(self._key, axis, part, len(self._around.shape), self._masks))

    def _add_axis(self, axis: int) -> None:
        """A new axis of length 1 before this one."""
        self.changed.emit(with_axis(self._key, axis, len(self._around.shape), self._masks))

    def _parsed(self) -> Key:
        text = self._field.text().strip()
        return typed_key.parse(text, self._around.choosers) if text else ()

    def _edit(self) -> None:
        self._fit()
        try:
            key = self._parsed()
        except CellError as error:
            self._complain(say(error.message), self._field)
            return
        self._complain("", self._field)
        self.changed.emit(key)


def _quoted(part: Any) -> Any:
    """A name as it is written: without quotes."""
    return _Name(part) if isinstance(part, str) else part


class _Name:
    """Written as it is."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other
