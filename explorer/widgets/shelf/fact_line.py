"""Facts in one line: as many as there is room for, each of them whole."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.widgets.faults.guard import guarded
from explorer.widgets.look import looks

GAP = "   "
MORE = "…"
PAD = 22  # pixels of the field beside its text


class FactLine(QLineEdit):
    """A line that can be selected and copied, not edited; `…` stands for what does not go in."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setReadOnly(True)
        self.setFont(looks.mono(self.font(), 0.95))
        self.setStyleSheet("QLineEdit { border-color: palette(mid); padding: 2px 6px; }")
        self._facts: Sequence[str] = ()

    def show_facts(self, facts: Sequence[str]) -> None:
        """Show `facts`, the most important ones first."""
        self._facts = tuple(facts)
        self._fit()

    def _fit(self) -> None:
        metrics, room, count = QFontMetrics(self.font()), self.width() - PAD, len(self._facts)
        text = GAP.join(self._facts)
        while count > 1 and metrics.horizontalAdvance(text) > room:
            count -= 1
            text = GAP.join((*self._facts[:count], MORE))
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
