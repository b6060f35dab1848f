"""The card of the inspector about gradients: one quiet row until a tensor requires them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from explorer.ops import autograd
from explorer.widgets.autograd.findings import FindingRow, Findings
from explorer.widgets.look import looks, theme
from explorer.widgets.look.amounts import shape_text
from explorer.widgets.look.breaking_label import BreakingLabel
from explorer.widgets.look.code_button import CodeButton
from explorer.widgets.look.drop_down import DropDown

ONES, NOTHING = 0, 1  # places in the list of gradients; names follow


class AutogradCard(QWidget):
    """Shows what torch records of a tensor, and asks for more.

    `switched` carries whether gradients are to be required; `backward_requested` the gradient to begin with (ONES of
    the workspace, a name, or None) and whether the graph is to be kept; `clear_requested` asks for no gradient. What
    would be refused can be asked for too: the error is the lesson.
    """

    switched = Signal(bool)
    backward_requested = Signal(object, bool)
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("autograd_card")
        self.setAccessibleName(self.tr("Gradients"))
        self._found: Findings | None = None
        self.switch = QCheckBox("requires_grad")
        self.switch.setObjectName("autograd_switch")
        self.switch.setFont(looks.mono(self.font()))
        self.switch.setToolTip(self.tr("Let autograd record what is made of this tensor, so that gradients can be had"))
        self.switch.clicked.connect(self._press)
        self.warning = BreakingLabel()
        self.warning.setObjectName("autograd_warning")
        self.warning.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.role(self.warning, "error")
        self.note = BreakingLabel()
        self.note.setObjectName("autograd_note")
        theme.role(self.note, "small")
        self.need = BreakingLabel()
        self.need.setObjectName("autograd_need")
        theme.role(self.need, "small")
        self.gradient = DropDown()
        self.gradient.setObjectName("autograd_gradient")
        self.gradient.setAccessibleName(self.tr("Gradient to begin with"))
        self.gradient.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.gradient.setMinimumContentsLength(8)
        self.gradient.currentIndexChanged.connect(self._rewrite)
        self.retain = QCheckBox("retain_graph=True")
        self.retain.setObjectName("autograd_retain")
        self.retain.setFont(looks.mono(self.font()))
        self.retain.setToolTip(self.tr("Keep what was saved, so that another backward can follow"))
        self.retain.toggled.connect(self._rewrite)
        self.button = CodeButton("autograd_backward", self)
        self.button.clicked.connect(self.ask)
        self.clear = CodeButton("autograd_clear", self)
        self.clear.clicked.connect(self.clear_requested)
        self._lay_out()
        self.show_findings(None)

    def _lay_out(self) -> None:
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._cells: list[tuple[QLabel, BreakingLabel]] = []
        self._backward = QWidget()
        backward = QVBoxLayout(self._backward)
        backward.setContentsMargins(0, 0, 0, 0)
        backward.setSpacing(5)
        for widget in (self.need, self.gradient, self.retain, self.button):
            backward.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(7)
        for part in (self.switch, self._rows, self.warning, self.note, self.clear, self._backward):
            column.addWidget(part)

    def show_findings(self, found: Findings | None) -> None:
        """Show what is known of a tensor; None hides the card."""
        before, self._found = self._found, found
        self.setVisible(found is not None)
        if found is None:
            return
        self.switch.setChecked(found.on)
        self._show_rows(found.rows)
        self.warning.setText(f"⚠ {found.warning}" if found.warning else "")
        self.warning.setVisible(bool(found.warning))
        self.note.setText(found.note)
        self.note.setVisible(bool(found.note))
        code = f"{found.name}.grad = None"
        self.clear.show_code(code, self.tr("{code}: the next backward begins a new sum").format(code=code))
        self.clear.setVisible(found.clears)
        self._backward.setVisible(found.backward)
        several = found.fact is not None and not found.fact.single
        self.need.setVisible(several)
        self.gradient.setVisible(several)
        text = self.tr("{name} has shape {shape}: backward begins with a gradient of that shape.")
        self.need.setText(text.format(name=found.name, shape=shape_text(found.shape)))
        if before is None or (before.name, before.gradients) != (found.name, found.gradients):
            self._fill(found)
        self._rewrite()

    def _fill(self, found: Findings) -> None:
        """The gradients that may be chosen: ones at first."""
        self.gradient.blockSignals(True)
        self.gradient.clear()
        self.gradient.addItems([f"torch.ones_like({found.name})", self.tr("none"), *found.gradients])
        self.gradient.setCurrentIndex(ONES)
        self.gradient.blockSignals(False)
        self.retain.setChecked(False)

    def _show_rows(self, rows: tuple[FindingRow, ...]) -> None:
        while len(self._cells) < len(rows):
            word, value = QLabel(), BreakingLabel()
            theme.role(word, "muted")
            value.setFont(looks.mono(self.font()))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            place = len(self._cells)
            self._grid.addWidget(word, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)
            self._cells.append((word, value))
        for number, (word, value) in enumerate(self._cells):
            shown = number < len(rows)
            word.setVisible(shown)
            value.setVisible(shown)
            if shown:
                row = rows[number]
                word.setText(row.word)
                value.setText(row.value)
                value.setToolTip(row.tip)
                value.setObjectName(f"autograd_{row.key}")
                value.setAccessibleName(f"{row.word}: {row.value}")
        self._rows.setVisible(bool(rows))

    @property
    def chosen(self) -> str | None:
        """The gradient to begin with: ONES of the workspace, a name, or None."""
        if self._found is None or self._found.fact is None or self._found.fact.single:
            return None
        place = self.gradient.currentIndex()
        return autograd.ONES if place == ONES else None if place == NOTHING else self.gradient.currentText()

    def ask(self) -> None:
        """Ask for a backward from what is shown."""
        if self._found is not None:
            self.backward_requested.emit(self.chosen, self.retain.isChecked())

    def _press(self, on: bool) -> None:
        """It is a request: the switch moves when torch has done it."""
        self.switch.setChecked(not on)
        self.switched.emit(on)

    def _rewrite(self) -> None:
        """The code on the button follows the choices."""
        if self._found is None or not self._found.backward:
            return
        code = autograd.backward(self._found.name, self.chosen, self.retain.isChecked()).source()
        self.button.show_code(
            code, self.tr("{code}: gradients for all leaves, beside them on the shelf").format(code=code)
        )
