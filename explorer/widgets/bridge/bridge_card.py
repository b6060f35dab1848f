"""The card of the inspector that leads from torch to NumPy and Python, and back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from explorer.widgets.bridge.answer import Answer
from explorer.widgets.bridge.attribute_rows import AttributeRows
from explorer.widgets.bridge.code_line_row import CodeLineRow
from explorer.widgets.bridge.code_lines import SYMBOLS, Asked, CardItem, CodeLine, code_lines
from explorer.widgets.look import looks, theme
from explorer.widgets.look.code_button import CodeButton
from explorer.widgets.look.drop_down import DropDown

KEYS = ("numpy", "from_numpy", "tensor", "augment", "operate", "index", "write")
PLAIN = ("item", "tolist")


class BridgeCard(QWidget):
    """Shows what can be done with an item, and asks for it: `asked` carries an Asked. It does nothing itself.
    `left`: the button that had the keyboard goes."""

    asked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bridge_card")
        self.setAccessibleName(self.tr("NumPy and Python"))
        self._shown: CardItem | None = None
        self.attributes = AttributeRows(self)
        self.lines = {key: CodeLineRow(key, self) for key in KEYS}
        self.plain = {key: CodeButton(f"bridge_{key}", self) for key in PLAIN}
        self.value = self._field("bridge_value", self.tr("value"), "1")
        self.value.setMaximumWidth(90)
        self.index = self._field("bridge_index", self.tr("index"), "::-1")
        self.symbol = DropDown()
        self.symbol.setObjectName("bridge_symbol")
        self.symbol.setAccessibleName(self.tr("sign"))
        self.symbol.addItems(list(SYMBOLS))
        self.symbol.setFont(looks.mono(self.font()))
        self.symbol.currentIndexChanged.connect(self._rewrite)
        self.answer = Answer(self)
        for line in self.lines.values():
            line.pressed.connect(self.ask)
        for key, button in self.plain.items():
            button.clicked.connect(partial(self.ask, key))
        self._lay_out()
        self.show_item(None)

    def _field(self, name: str, words: str, text: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.setToolTip(words)
        field.setFont(looks.mono(self.font()))
        field.textChanged.connect(self._rewrite)
        return field

    def _lay_out(self) -> None:
        values = QHBoxLayout()
        values.setSpacing(6)
        values.addWidget(_small(self.tr("sign and value")), 1)
        values.addWidget(self.symbol)
        values.addWidget(self.value)
        self._indices = QWidget()
        indices = QHBoxLayout(self._indices)
        indices.setContentsMargins(0, 0, 0, 0)
        indices.setSpacing(6)
        indices.addWidget(_small(self.tr("index")), 1)
        indices.addWidget(self.index)
        plain = QHBoxLayout()
        plain.setSpacing(6)
        for button in self.plain.values():
            plain.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.attributes)
        for key in ("numpy", "from_numpy", "tensor"):
            column.addWidget(self.lines[key])
        column.addLayout(values)
        column.addWidget(self.lines["augment"])
        column.addWidget(self.lines["operate"])
        column.addWidget(self._indices)
        column.addWidget(self.lines["index"])
        column.addWidget(self.lines["write"])
        column.addLayout(plain)
        column.addWidget(self.answer)

    def show_item(self, shown: CardItem | None) -> None:
        """Show what can be done with an item; None hides the card."""
        before, self._shown = self._shown, shown
        if shown is None or before is None or before.item != shown.item:
            self.answer.hide()  # it was said of other values
        self.setVisible(shown is not None)
        if shown is not None:
            self.attributes.show_lines(shown.attributes)
            self._indices.setVisible(shown.item.kind == "array")
            self._rewrite()

    @property
    def kind(self) -> str:
        """What is shown: "tensor", "array", or ""."""
        return self._shown.item.kind if self._shown is not None else ""

    @property
    def code_lines(self) -> tuple[CodeLine, ...]:
        """What can be done now, with what stands in the fields; nothing without an item."""
        return code_lines(self._shown, self._asked("")) if self._shown is not None else ()

    def ask(self, key: str) -> None:
        """Ask for the line called `key`, with what stands in the fields."""
        if any(line.key == key for line in self.code_lines):
            self.asked.emit(self._asked(key))

    def _asked(self, key: str) -> Asked:
        return Asked(key, self.symbol.currentText(), self.value.text().strip(), self.index.text().strip())

    def _rewrite(self) -> None:
        """The code on the buttons follows the fields."""
        found = {line.key: line for line in self.code_lines}
        refusals = self._shown.refusals if self._shown is not None else {}
        if any(key not in found and line.isAncestorOf(self.window().focusWidget()) for key, line in self.lines.items()):
            self.left.emit()  # else the next button would have the key that is pressed again
        for key, line in self.lines.items():
            line.setVisible(key in found)
            if key in found:
                line.show_line(found[key], refusals.get(key, ("", "")))
        for key, button in self.plain.items():
            if key in found:
                told = refusals.get(key, ("", ""))  # not on the card: most tensors have more than one element
                button.show_code(found[key].code, "\n".join(x for x in (found[key].code, *told) if x))


def _small(text: str) -> QLabel:
    label = QLabel(text)
    theme.role(label, "small")
    return label
