"""The bits of the focused cell with what they mean: a card, small for the inspector and large for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from explorer.widgets.dtypes.bits_strip import BitsStrip
from explorer.widgets.look import looks, theme
from explorer.widgets.look.breaking_label import BreakingLabel
from explorer.widgets.speech.sentences import say

if TYPE_CHECKING:
    from explorer.numbers.bits import NumberBits


@dataclass(frozen=True)
class Focused:
    """The focused cell: `cell` is "A[0, 1]", `value` its exact text; `numbers` are empty where there are no bits, and
    `reason` says why."""

    cell: str
    dtype: str = ""
    value: str = ""
    numbers: Sequence[NumberBits] = ()
    reason: str = ""


class BitsCard(QFrame):
    """Shows a Focused; `large` for a page of its own."""

    def __init__(self, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bits_card")
        self.setAccessibleName(self.tr("Bits of the focused cell"))
        self.cell = BreakingLabel()
        self.cell.setObjectName("bits_cell")
        self.cell.setFont(looks.mono(self.font(), 1.4 if large else 1.0, bold=True))
        self.strip = BitsStrip(1.5 if large else 1.0)
        self.meaning = BreakingLabel()
        self.meaning.setObjectName("bits_meaning")
        theme.role(self.meaning, "caption" if large else "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(12 if large else 4)
        for widget in (self.cell, self.strip, self.meaning):
            layout.addWidget(widget)

    def show_focused(self, focused: Focused | None) -> None:
        """Show the bits of a cell, or why there are none; None: nothing is focused."""
        if focused is None:
            focused = Focused("", reason=self.tr("Click a cell on the stage to see its bits."))
        text = f"{focused.cell} = {focused.value}" if focused.value else focused.cell
        self.cell.setText(f"{text} · {focused.dtype}" if focused.dtype else text)
        self.cell.setVisible(bool(text))
        self.strip.show_bits(focused.numbers)
        self.strip.setVisible(bool(focused.numbers))
        said = [say(number.meaning) for number in focused.numbers]
        self.meaning.setText("\n".join(said) or focused.reason)
