"""Axes are chosen among the operand's own, as chips; nobody types the number of an axis."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from explorer.ops.parameters import Axes, Axis, Parameter
from explorer.widgets.draft.parameter_editors import ParameterEditor, Surroundings
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.axis_words import NEW
from explorer.widgets.look.chip import AxisChip, ChipFace, faces


class AxesEditor(ParameterEditor):
    """A chip for each axis, and "all" where none need be named.

    A press chooses that axis alone; on the small + of another one, or with Ctrl or Shift, it is added or taken away.
    The value is an int, a tuple of them in the order of the operand, or None for all.
    """

    def __init__(self, parameter: Parameter, parent: QWidget) -> None:
        super().__init__(parameter, parent)
        self._chips: list[AxisChip] = []
        self._chosen: tuple[int, ...] = ()
        self._rank = 0
        self._all = self._word(
            "all", self.tr("all"), self.tr("All axes: {name} is left out").format(name=parameter.name)
        )
        self._all.clicked.connect(lambda: self._choose(()))
        self._all.setVisible(not parameter.required and parameter.default is None)

    @property
    def _extra(self) -> int:
        return self.parameter.extra if isinstance(self.parameter, Axis) else 0

    @property
    def _many(self) -> bool:
        return isinstance(self.parameter, Axes)

    def _word(self, key: str, text: str, tip: str) -> AxisChip:
        chip = AxisChip(self.label.parentWidget())
        chip.setObjectName(f"parameter_{self.parameter.name}_{key}")
        chip.show_face(ChipFace(text, "", template=""), tip, f"{self.parameter.name}: {text}")
        return chip

    def show_value(self, value: Any, around: Surroundings) -> None:
        rank = len(around.shape) + self._extra
        written = () if value is None else tuple(value) if isinstance(value, tuple) else (value,)
        span = max(rank, 1)
        if value is None and self.parameter.default is not None:
            written = (self.parameter.default,)
        chosen = {a % span: a for a in written if -span <= a < span}
        shown = self._faces(around, rank)
        fresh = len(shown) != len(self._chips)
        self._fit_chips(len(shown))
        for k, (chip, face) in enumerate(zip(self._chips, shown, strict=True)):
            number = str(chosen[k]) if k in chosen else face.number
            face = replace(face, number=number, sign=self._sign(k, tuple(chosen)))
            chip.show_face(face, self._tip(k, span, face), self._spoken(face))
            chip.setAccessibleDescription(self._hint(face))
            chip.setChecked(k in chosen)
        self._chosen, self._rank = tuple(sorted(chosen)), rank
        self._all.setChecked(value is None and not written)
        self.widgets = [self.label, *self._chips, self._all]
        if fresh:
            self.relaid.emit()

    def _faces(self, around: Surroundings, rank: int) -> tuple[ChipFace, ...]:
        if self._extra:
            return tuple(ChipFace(str(k), "", template=NEW) for k in range(rank))
        if not rank and self.parameter.required:
            return (ChipFace("0", "", template=""),)
        return faces(around.shape, around.identities)

    def _fit_chips(self, count: int) -> None:
        while len(self._chips) > count:
            chip = self._chips.pop()
            chip.hide()
            chip.deleteLater()
        while len(self._chips) < count:
            self._chips.append(self._make(len(self._chips)))

    def _make(self, axis: int) -> AxisChip:
        chip = AxisChip(self.label.parentWidget())
        chip.setObjectName(f"parameter_{self.parameter.name}_axis_{axis}")
        chip.clicked.connect(lambda: self._press(axis))
        chip.show()
        return chip

    def _press(self, axis: int) -> None:
        if not (self._many and self._chips[axis].adds):
            self._choose((axis,))
        elif axis in self._chosen:
            self._choose(tuple(a for a in self._chosen if a != axis))
        else:
            self._choose(tuple(sorted((*self._chosen, axis))))

    def _choose(self, axes: tuple[int, ...]) -> None:
        """Show the choice at once, then ask for it; no axis at all means all of them."""
        self._chosen = axes
        for k, chip in enumerate(self._chips):
            chip.setChecked(k in axes)
            chip.sign(self._sign(k, axes))
        self._all.setChecked(not axes)
        value = None if not axes else axes[0] if len(axes) == 1 else axes
        self.changed.emit(value)

    def focus(self) -> None:
        chosen = [chip for chip in self._chips if chip.isChecked()]
        (chosen or self._chips or [self._all])[0].setFocus()

    def _sign(self, axis: int, chosen: Sequence[int]) -> str:
        """The sign of an axis: it is added to the chosen ones, taken away from them, or neither."""
        if not self._many or len(self._chips) < 2:
            return ""
        if axis in chosen:
            return "−" if len(chosen) > 1 else ""
        return "+" if chosen else ""

    def _hint(self, face: ChipFace) -> str:
        """What a screen reader adds to a chip that has a sign."""
        if face.sign == "+":
            return self.tr("Space chooses this axis alone, + adds it to the chosen ones")
        return self.tr("Space chooses this axis alone, - takes it away") if face.sign == "−" else ""

    def _tip(self, k: int, span: int, face: ChipFace) -> str:
        if self._extra:
            text = self.tr("A new axis at place {number}; from the end: {negative}")
        elif face.sign == "+":
            text = self.tr("Axis {number} of length {size}; from the end: {negative}. + adds it to the chosen ones.")
        else:
            text = self.tr("Axis {number} of length {size}; from the end: {negative}")
        return text.format(number=k, size=face.size, negative=k - span)

    def _spoken(self, face: ChipFace) -> str:
        text = self.tr("{name}: axis {number}, length {size}")
        return text.format(name=self.parameter.name, number=face.number, size=face.size)


class _OrderChip(AxisChip):
    """A chip that can be dragged along its row, or moved with Alt+Left and Alt+Right."""

    dragged = Signal(object)
    moved = Signal(int)

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.dragged.emit(self.mapToParent(event.position().toPoint()))
            return
        super().mouseMoveEvent(event)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            self.moved.emit(steps[key])
            return
        super().keyPressEvent(event)


class PermutationEditor(ParameterEditor):
    """The axes in the order of the result: drag one, press two to swap them, or move one by Alt+Left and Alt+Right."""

    def __init__(self, parameter: Parameter, parent: QWidget) -> None:
        super().__init__(parameter, parent)
        self._chips: list[_OrderChip] = []
        self._order: tuple[int, ...] = ()
        self._held = 0
        self._around = Surroundings()

    def show_value(self, value: Any, around: Surroundings) -> None:
        rank = len(around.shape)
        given = tuple(a % max(rank, 1) for a in value) if isinstance(value, tuple) else ()
        self._order = given if sorted(given) == list(range(rank)) else tuple(range(rank))
        self._around = around
        fresh = len(self._chips) != rank
        while len(self._chips) > rank:
            chip = self._chips.pop()
            chip.hide()
            chip.deleteLater()
        while len(self._chips) < rank:
            self._chips.append(self._make(len(self._chips)))
        self._paint()
        self.widgets = [self.label, *self._chips]
        if fresh:
            self.relaid.emit()

    def _make(self, place: int) -> _OrderChip:
        chip = _OrderChip(self.label.parentWidget())
        chip.setObjectName(f"parameter_{self.parameter.name}_place_{place}")
        chip.clicked.connect(lambda: self._press(place))
        chip.moved.connect(lambda step: self._move(place, place + step))
        chip.pressed.connect(lambda: self._hold(place))
        chip.dragged.connect(self._drag)
        chip.show()
        return chip

    def _paint(self) -> None:
        known = faces(self._around.shape, self._around.identities)
        tip = self.tr("Drag along the row, press two to swap them, or move with Alt+Left and Alt+Right")
        for place, (chip, axis) in enumerate(zip(self._chips, self._order, strict=True)):
            spoken = self.tr("place {place}: axis {number}, length {size}")
            chip.show_face(known[axis], tip, spoken.format(place=place, number=axis, size=known[axis].size))

    def _press(self, place: int) -> None:
        held = [k for k, chip in enumerate(self._chips) if chip.isChecked() and k != place]
        if held:
            order = list(self._order)
            order[place], order[held[0]] = order[held[0]], order[place]
            self._put(tuple(order))

    def _move(self, old: int, new: int) -> None:
        if 0 <= new < len(self._order) and new != old:
            order = list(self._order)
            order.insert(new, order.pop(old))
            self._chips[new].setFocus()
            self._put(tuple(order))

    def _hold(self, place: int) -> None:
        self._held = place

    def _drag(self, point: QPoint) -> None:
        """Qt sends the moves of a drag to the chip where it began; the axis itself is further on by now."""
        for place, chip in enumerate(self._chips):
            if place != self._held and chip.geometry().contains(point):
                old, self._held = self._held, place
                self._move(old, place)
                return

    def _put(self, order: tuple[int, ...]) -> None:
        self._order = order
        for chip in self._chips:
            chip.setChecked(False)
        self._paint()
        self.changed.emit(order)
