"""The line below the cells: the index of the current one, to go to another, its exact value, and what is to be said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from explorer.errors import ExplorerError
from explorer.widgets.speech import announce
from explorer.widgets.speech.sentences import error_text

WARNING = "⚠"


class CellLine(QWidget):
    """Shows them; `wanted` carries the text of an index that is typed. `rest` stands there while nothing else does."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rest = ""
        self.address = QLineEdit(self)
        self.address.setObjectName("cell_address")
        self.address.setAccessibleName(self.tr("index of the current cell; type another one to go there"))
        self.address.setToolTip(self.tr("Type an index and press Enter to go there (Ctrl+G)"))
        self.address.setMaximumWidth(170)
        self.address.returnPressed.connect(lambda: self.wanted.emit(self.address.text().strip()))
        self.value = QLabel(self)
        self.value.setObjectName("cell_value")
        self.value.setTextFormat(Qt.TextFormat.PlainText)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note = QLabel(self)
        self.note.setObjectName("grid_note")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.address)
        line.addWidget(self.value)
        line.addWidget(self.note, 1)

    def show_cell(self, name: str, cell: tuple[int, ...] | None, text: str) -> None:
        """The current cell of the tensor `name` and its exact `text`; an error of another one goes."""
        self.address.setText("" if cell is None else f"{name}[{', '.join(map(str, cell))}]" if cell else name)
        self.value.setText(f"= {text}" if text else "")
        if self.note.text().startswith(WARNING):
            self.say("")

    def seek(self) -> None:
        """Type an index to go to."""
        self.address.setFocus()
        self.address.selectAll()

    def say(self, text: str) -> None:
        """Say `text`, or with "" what stands there at rest."""
        self.note.setText(text or self.rest)
        self.note.setToolTip("")

    def show_error(self, error: ExplorerError) -> str:
        """Say why something was refused, aloud as well; gives the sentence."""
        sentence, detail = error_text(error)
        self.say(f"{WARNING} {sentence}")
        self.note.setToolTip(detail)
        announce.alert(self.note, sentence)
        return sentence
