"""What Python answers: the value of `A.item()` or the lists of `A.tolist()`, to be read and copied."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from explorer.widgets.look import icons, looks, theme
from explorer.widgets.look.breaking_label import BreakingLabel

SHOWN = 2000  # characters; a copy has them all
LINES = 5
MARGIN = 36  # pixels around the text


class Answer(QWidget):
    """Hidden until there is one; it goes when another item is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bridge_answer")
        self._text = ""
        self.code = BreakingLabel()
        self.code.setObjectName("bridge_answer_code")
        self.code.setFont(looks.mono(self.font(), 0.95))
        theme.role(self.code, "muted")
        copy = QToolButton()
        copy.setObjectName("bridge_answer_copy")
        copy.setToolTip(self.tr("Copy the value"))
        copy.setAccessibleName(self.tr("Copy the value"))
        icons.dress(copy, "copy", "muted")
        copy.clicked.connect(self.copy)
        self.field = QPlainTextEdit()
        self.field.setObjectName("bridge_answer_text")
        self.field.setReadOnly(True)
        self.field.setTabChangesFocus(True)
        self.field.setFont(looks.mono(self.font(), 0.95))
        self.note = QLabel()
        self.note.setObjectName("bridge_answer_note")
        self.note.setWordWrap(True)
        theme.role(self.note, "small")
        head = QHBoxLayout()
        head.addWidget(self.code, 1)
        head.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self.note)
        self.hide()

    def show_answer(self, code: str, kind: str, text: str, note: str = "") -> None:
        """Show `text`, which `code` gave, a Python `kind`; `note` says what is left out."""
        self._text = text
        self.code.setText(f"{code} · {kind}")
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
        self.field.setPlainText(shown)
        self.field.setAccessibleName(f"{code}: {shown}")
        metrics, card = self.field.fontMetrics(), self.parentWidget()
        room = max(card.width() - MARGIN if card is not None else 0, 120)
        lines = min(metrics.horizontalAdvance(shown) // room + 2, LINES)  # words do not fill their lines
        self.field.setFixedHeight(metrics.lineSpacing() * lines + MARGIN // 2)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.show()

    def copy(self) -> None:
        """All of it on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
