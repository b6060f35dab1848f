"""At most three buttons, each with a call that torch would take instead of a refused one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from explorer.widgets.actions import key_text
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks, theme
from explorer.widgets.look.amounts import shape_text
from explorer.widgets.look.literal import literal

if TYPE_CHECKING:
    from explorer.session.repairs import Repair

MOST = 3
PAD = 20  # pixels of a button beside its text


def repair_key(place: int) -> str:
    """The key that takes the repair in that place, as Qt's portable text."""
    return f"Alt+{place + 1}"


class RepairButton(QPushButton):
    """A call and the shape that it gives, with its key; while it has the focus or the mouse it wants to be seen."""

    wanted = Signal(bool)

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"repair_{place + 1}")
        self.setAutoDefault(False)
        font = looks.mono(self.font())
        font.setPixelSize(11)
        self.setFont(font)
        theme.role(self, "repair")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard on the stage, where its keys are
        self._key = key_text((repair_key(place),))
        self.setMouseTracking(True)
        self._pointed = False
        self._code = self._rest = ""

    def show_repair(self, repair: Repair) -> None:
        """What it stands for from now on."""
        shapes = ", ".join(shape_text(f.shape) for f in repair.forecasts)
        self._code, self._rest = repair.code, f" \N{RIGHTWARDS ARROW} {shapes}  {self._key}"
        dtype = str(repair.forecasts[0].dtype).removeprefix("torch.")
        spoken = self.tr("{key}: {code} gives {shape} {dtype}")
        self.setAccessibleName(spoken.format(key=self._key, code=repair.code, shape=shapes, dtype=dtype))
        self.setMaximumWidth(self._width(self._code) + self._width(self._rest) + PAD)
        self._fit()

    def _fit(self) -> None:
        """The code is shortened where it is narrow, never the shape and the key."""
        room = max(self.width() - PAD - self._width(self._rest), 40)
        code = QFontMetrics(self.font()).elidedText(self._code, Qt.TextElideMode.ElideMiddle, room)
        self.setText(literal(code + self._rest))
        self.setToolTip(self._code if code != self._code else "")

    def _width(self, text: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(text)

    @guarded(QSize(60, 26))
    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A pointer that only rests where the button has come wants nothing."""
        super().mouseMoveEvent(event)
        if not self._pointed:
            self._pointed = True
            self.wanted.emit(True)

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._pointed:
            self._pointed = False
            self.wanted.emit(self.hasFocus())

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.wanted.emit(True)

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.wanted.emit(self._pointed)


class RepairRow(QWidget):
    """Hidden while there is nothing to offer. `chosen` carries the Repair; `previewed` the one to be seen, or None."""

    changed = Signal()  # there are others to choose from, or none
    chosen = Signal(object)
    previewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("repairs")
        self.offered: tuple[Repair, ...] = ()
        self.buttons = [RepairButton(place, self) for place in range(MOST)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, place=place: self.choose(place))
            button.wanted.connect(lambda on, place=place: self._want(place, on))
            layout.addWidget(button, 1000)  # alike, up to what each needs
        layout.addStretch(1)
        self.show_repairs(())

    def show_repairs(self, repairs: Sequence[Repair]) -> None:
        """Offer these instead of those before."""
        self.offered = tuple(repairs[:MOST])
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(self.offered))
            if place < len(self.offered):
                button.show_repair(self.offered[place])
        self.setVisible(bool(self.offered))
        self.changed.emit()

    def choose(self, place: int) -> None:
        """As if the button in that place were pressed; nothing where there is none."""
        if place < len(self.offered):
            self.chosen.emit(self.offered[place])

    @property
    def spoken(self) -> str:
        """What a screen reader says of them."""
        return ". ".join(b.accessibleName() for b, _ in zip(self.buttons, self.offered, strict=False))

    def _want(self, place: int, on: bool) -> None:
        if place < len(self.offered):
            self.previewed.emit(self.offered[place] if on else None)
