"""The caption below the picture: one sentence of what happens now, and the arithmetic of the focused cell."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.widgets.look import theme
from explorer.widgets.look.floating import Floating
from explorer.widgets.look.sentence import sentence

HEIGHT, LARGE = 64, 76  # pixels


class Caption(Floating):
    """Grows upwards, over the picture, where its words need more than two lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Edge.BottomEdge, parent=parent)
        self.setObjectName("explanation")
        self.step = sentence("step_caption", "sentence")
        self.arithmetic = sentence("arithmetic", "arithmetic")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._column.addWidget(self.step)
        self._column.addWidget(self.arithmetic)
        self._column.addStretch(1)
        self.set_large(False)

    def set_large(self, large: bool) -> None:
        """For a projector."""
        theme.role(self.step, "projector_step" if large else "sentence")
        theme.role(self.arithmetic, "projector_arithmetic" if large else "arithmetic")
        self._column.setContentsMargins(*((32, 6, 32, 6) if large else (16, 6, 16, 4)))
