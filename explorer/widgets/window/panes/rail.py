"""The rail at the left: the cards of all tensors, and the operations."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from explorer.widgets.draft.operation_panel import OperationPanel
from explorer.widgets.look import theme
from explorer.widgets.shelf.tensor_shelf import TensorShelf

WIDTH = 216


class Rail(QFrame):
    """`shelf` above, `operations` below; the shelf takes what its cards need, and the operations are scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("left_pane")
        theme.role(self, "chrome")
        self.setMinimumWidth(WIDTH)
        self.shelf, self.operations = TensorShelf(), OperationPanel()
        line = theme.role(QFrame(), "separator")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self.shelf)
        layout.addWidget(line)
        layout.addWidget(self.operations, 1)
