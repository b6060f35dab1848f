"""Facts below one another: a word at the left, its value at the right; every value can be selected and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.widgets.look import looks, theme
from explorer.widgets.look.breaking_label import BreakingLabel
from explorer.widgets.shelf.inspection import FactRow


class FactList(QWidget):
    """Shows rows; those that stay keep their labels, and with them what the user has selected there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(1, 1)
        self._cells: dict[str, tuple[QLabel, BreakingLabel]] = {}

    def show_rows(self, rows: Sequence[FactRow]) -> None:
        """Show exactly these, in this order."""
        wanted = {row.key: row for row in rows}
        for key in [k for k in self._cells if k not in wanted]:
            for label in self._cells.pop(key):
                self._grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        for place, row in enumerate(wanted.values()):
            word, value = self._cells.get(row.key) or self._make(row.key)
            self._grid.addWidget(word, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)
            for label, text in ((word, row.word), (value, row.value)):
                if label.text() != text:
                    label.setText(text)
                label.show()
            value.setToolTip(row.tip or row.value)
            theme.role(value, "written" if row.written else "")
            value.setAccessibleName(f"{row.word}: {row.value}")

    def _make(self, key: str) -> tuple[QLabel, BreakingLabel]:
        word, value = QLabel(), BreakingLabel()
        theme.role(word, "small")
        value.setObjectName(f"inspector_{key}")
        value.setFont(looks.mono(self.font(), 1.0))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cells[key] = (word, value)
        return word, value
