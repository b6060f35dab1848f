"""What stands over the shelf while something is tried out beside the user's own tensors."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.widgets.look import theme


class ScratchBar(QFrame):
    """Says that the user's tensors wait. `left`: back to them; `kept`: back, with these behind them."""

    left = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scratch_bar")
        theme.role(self, "card")
        words = QLabel(self.tr("Your tensors wait"))  # in one line, as the shelf gives no room for more
        words.setObjectName("scratch_words")
        theme.role(words, "strong")
        told = self.tr("This is tried out apart: your tensors wait, and nothing here touches them.")
        self.setToolTip(told)
        self.setAccessibleName(told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        layout.addWidget(words)
        for name, text, asked in (
            ("scratch_leave", self.tr("Back to my tensors"), self.left),
            ("scratch_keep", self.tr("Keep these too"), self.kept),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            theme.role(button, "slim")
            button.clicked.connect(lambda _=False, asked=asked: asked.emit())
            layout.addWidget(button)
        self.hide()
