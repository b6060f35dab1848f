"""What Python says of a tensor: `A.shape`, `A.dtype`, `A.device`, each to be copied as code."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from explorer.widgets.look import icons, looks, theme
from explorer.widgets.look.breaking_label import BreakingLabel

LONG = 9  # letters of code; of more, the attribute alone


class AttributeRows(QWidget):
    """Lines of code with what Python prints for them; a line's button copies both, as code and its comment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bridge_attributes")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, BreakingLabel, QToolButton]] = []
        self._lines: tuple[tuple[str, str], ...] = ()

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these (code, value) lines."""
        self._lines = tuple(lines)
        while len(self._rows) < len(lines):
            self._rows.append(self._row(len(self._rows)))
        for number, (code, value, copy) in enumerate(self._rows):
            there = number < len(lines)
            for widget in (code, value, copy):
                widget.setVisible(there)
            if there:
                self._show(code, value, copy, *lines[number])

    def _show(self, code: QLabel, value: QLabel, copy: QToolButton, text: str, printed: str) -> None:
        attribute = text.rpartition(".")[2]
        code.setText(text if len(text) <= LONG else f".{attribute}")
        code.setToolTip(text)
        value.setObjectName(f"bridge_{attribute}")
        value.setText(printed)
        value.setAccessibleName(f"{text} = {printed}")
        copy.setObjectName(f"bridge_copy_{attribute}")
        words = self.tr("Copy {code}").format(code=text)
        copy.setToolTip(words)
        copy.setAccessibleName(words)

    def _row(self, number: int) -> tuple[QLabel, BreakingLabel, QToolButton]:
        code, value, copy = QLabel(), BreakingLabel(), QToolButton()
        for label in (code, value):
            label.setFont(looks.mono(self.font(), 0.95))
        theme.role(code, "muted")
        copy.setIconSize(QSize(14, 14))
        copy.setFixedSize(24, 22)
        icons.dress(copy, "copy", "muted")
        copy.clicked.connect(partial(self._copy, number))
        for column, widget in enumerate((code, value, copy)):
            self._grid.addWidget(widget, number, column)
        return code, value, copy

    def _copy(self, number: int) -> None:
        code, printed = self._lines[number]
        QGuiApplication.clipboard().setText(f"{code}  # {printed}")
