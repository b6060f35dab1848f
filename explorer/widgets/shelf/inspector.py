"""The inspector: everything there is to know of one tensor or array; every value can be selected and copied."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from explorer.animation.axes import AxisId
from explorer.widgets.look import icons, looks, theme
from explorer.widgets.look.amounts import shape_text
from explorer.widgets.look.breaking_label import BreakingLabel
from explorer.widgets.look.chip import ChipRow, faces
from explorer.widgets.look.flow_layout import FlowLayout
from explorer.widgets.shelf.fact_list import FactList
from explorer.widgets.shelf.inspection import FactRow, rows

OF_MEMORY = ("strides", "offset", "contiguous", "shares")
OF_VALUES = ("range", "mean", "nan_inf", "values", "item")


class Inspector(QFrame):
    """Shows an item of the workspace: itself what it is, `memory` how it lies there, `statistics` what its values are;
    these are for pages of their own.

    `nonfinite_requested`: the user wants to see its next NaN or infinity. `wanted`: all of it is to be seen.
    `subject_changed`: name, shape and dtype.
    """

    nonfinite_requested = Signal()
    wanted = Signal()
    subject_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self._item: Any = None
        self._identities: Sequence[AxisId] = ()
        self._rows: list[FactRow] = []
        self._facts, self.memory = FactList(), FactList()
        self.statistics = self._make_statistics()
        self._lay_out()
        self.show_item(None)

    def _lay_out(self) -> None:
        self._copy = QToolButton()
        self._copy.setObjectName("inspector_copy")
        self._copy.setToolTip(self.tr("Copy all of this as text"))
        self._copy.setAccessibleName(self.tr("Copy all of this as text"))
        icons.dress(self._copy, "copy", "muted")
        self._copy.clicked.connect(self.copy)
        self._name = BreakingLabel()
        self._name.setObjectName("inspector_name")
        self._chips = ChipRow()
        self._chips.setObjectName("inspector_shape")
        title = FlowLayout(gap=10, line_gap=6)
        for widget in (self._name, self._chips, self._copy):
            title.addWidget(widget)
        self._made_word = QLabel()
        theme.role(self._made_word, "small")
        self._made_by = _code_field("inspector_made_by", self.font())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(title)
        layout.addWidget(self._facts)
        layout.addWidget(self._made_word)
        layout.addWidget(self._made_by)

    def _make_statistics(self) -> QWidget:
        page = QWidget()
        self._values = FactList()
        self._nonfinite = QPushButton(self.tr("To the next NaN or inf"))
        self._nonfinite.setObjectName("inspector_nonfinite")
        theme.role(self._nonfinite, "link")
        self._nonfinite.clicked.connect(self.nonfinite_requested)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._values)
        layout.addWidget(self._nonfinite, 0, Qt.AlignmentFlag.AlignRight)
        return page

    def show_chips(self, identities: Sequence[AxisId]) -> None:
        """The identities of the axes of the item that is shown."""
        self._identities = tuple(identities)
        shape = self._item.shape if self._item is not None else ()
        self._chips.show_chips(faces(shape, self._identities))
        self._chips.setVisible(self._item is not None)

    def show_item(
        self,
        item: Any,
        statistics: Any = None,
        run: Any = None,
        sharing: Sequence[str] = (),
        made_by: str = "",
        tag: str = "",
        written: bool = False,
        written_by: str = "",
    ) -> None:
        """Show `item` (`Item` or None) with its `Statistics` (None while they are counted) and what a run took.

        `run` has .seconds and .nbytes; `sharing` are the names over the same storage, `made_by` the step in code,
        `tag` that of a shared storage; `written` marks one that was just written to, `written_by` is the last step
        that did so, in code.
        """
        other = item is None or self._item is None or item.name != self._item.name
        self._item = item
        if other or (item is not None and len(self._identities) != len(item.shape)):
            self._identities = ()
        self.show_chips(self._identities)
        self._name.setText(item.name if item is not None else self.tr("Nothing selected"))
        self._name.setFont(looks.mono(self.font(), 1.35, bold=True) if item is not None else self.font())
        self._copy.setVisible(item is not None)
        self._nonfinite.setVisible(statistics is not None and bool(statistics.nan or statistics.inf))
        facts = (statistics, run, tuple(sharing), made_by, tag, written, written_by)
        self._rows = rows(item, *facts) if item is not None else []
        self._show_made_by(next((row for row in self._rows if row.key == "made_by"), None))
        self.memory.show_rows([row for row in self._rows if row.key in OF_MEMORY])
        self._values.show_rows([row for row in self._rows if row.key in OF_VALUES])
        elsewhere = (*OF_MEMORY, *OF_VALUES, "shape", "made_by")
        self._facts.show_rows([row for row in self._rows if row.key not in elsewhere])
        subject = f"{item.name} {shape_text(item.shape)} {item.dtype_name}" if item is not None else ""
        self.subject_changed.emit(subject)

    def text(self) -> str:
        """All that is shown, a line each."""
        if self._item is None:
            return ""
        return "\n".join([self._item.name, *(f"{row.word}: {row.value}" for row in self._rows)])

    def copy(self) -> None:
        """Put all that is shown on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def _show_made_by(self, row: FactRow | None) -> None:
        """Code is long and has few places to break it: it stands in a field of its own, to be scrolled."""
        self._made_word.setVisible(row is not None)
        self._made_by.setVisible(row is not None)
        if row is not None:
            self._made_word.setText(row.word)
            self._made_by.setText(row.value)
            self._made_by.setCursorPosition(0)
            self._made_by.setToolTip("\n".join(code for code in (row.tip, row.value) if code))
            self._made_by.setAccessibleName(f"{row.word}: {row.value}")


def _code_field(name: str, base: QFont) -> QLineEdit:
    """A line that can be scrolled, selected and copied, not edited."""
    field = QLineEdit()
    field.setObjectName(name)
    field.setReadOnly(True)
    field.setFont(looks.mono(base, 0.95))
    field.setStyleSheet("QLineEdit { border-color: palette(mid); padding: 2px 6px; }")
    return field
