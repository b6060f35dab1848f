"""What dtypes do in the draft, at the end of its line: how its operands meet, or what its conversion loses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from explorer.widgets.look import theme
from explorer.widgets.look.sentence import Sentence


class DraftNotes(QWidget):
    """Hidden while there is nothing to say. `promotion_requested`: the user wants to know more of how they meet."""

    promotion_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draft_notes")
        self.promotion = QPushButton(self)
        self.promotion.setObjectName("promotion_note")
        self.promotion.setToolTip(self.tr("See the rules of promotion, with these operands"))
        theme.role(self.promotion, "link")
        self.promotion.clicked.connect(self.promotion_requested)
        self.losses = Sentence(self)
        self.losses.setObjectName("loss_note")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.promotion)
        layout.addWidget(self.losses, 1)
        self.show_promotion("")
        self.show_losses("")

    def show_promotion(self, text: str) -> None:
        """How the operands meet; "" for nothing to say."""
        self.promotion.setText(text)
        self.promotion.setVisible(bool(text))
        self._fit()

    def show_losses(self, text: str, tip: str = "") -> None:
        """What the conversion loses; "" for nothing to say."""
        self.losses.setText(text)
        self.losses.setToolTip(tip)
        self.losses.setAccessibleDescription(tip)
        self.losses.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        self.setVisible(bool(self.promotion.text() or self.losses.text()))
