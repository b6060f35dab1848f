"""One line of code on the card: a button, what it does to the memory, and why it would be refused."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.widgets.bridge.code_lines import CodeLine
from explorer.widgets.look import theme
from explorer.widgets.look.breaking_label import BreakingLabel
from explorer.widgets.look.code_button import CodeButton


class CodeLineRow(QWidget):
    """`pressed` carries the key of the line; one that would be refused can be pressed too: the error is the lesson."""

    pressed = Signal(object)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"bridge_{key}_line")
        self.button = CodeButton(f"bridge_{key}", self)
        self.button.clicked.connect(lambda: self.pressed.emit(key))
        self.sentence = _words(f"bridge_{key}_sentence", "small")
        self.refusal = _words(f"bridge_{key}_refusal", "refusal")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.button, self.sentence, self.refusal):
            column.addWidget(widget)

    def show_line(self, line: CodeLine, refusal: tuple[str, str] = ("", "")) -> None:
        """Show `line`; `refusal` is our sentence and torch's own words, or empty."""
        sentence, detail = refusal
        self.button.show_code(line.code, "\n".join(x for x in (line.code, line.sentence, sentence, detail) if x))
        self.button.setAccessibleDescription("\n".join(x for x in (line.sentence, sentence) if x))
        self.sentence.setText(line.sentence)
        self.sentence.setVisible(bool(line.sentence) and not sentence)
        self.refusal.setText(f"⚠ {sentence}" if sentence else "")
        self.refusal.setToolTip(detail)
        self.refusal.setVisible(bool(sentence))


def _words(name: str, role: str) -> BreakingLabel:
    label = BreakingLabel()
    label.setObjectName(name)
    label.setIndent(2)
    theme.role(label, role)
    return label
