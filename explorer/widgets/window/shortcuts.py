"""The list of keys, as a dialog."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.widgets.look import theme
from explorer.widgets.speech.sentences import translate
from explorer.widgets.window.key_bindings import KEYS, KeyBinding

ARROWS = "←→↑↓"


class KeysHelp(QDialog):
    """All keys in two lists: those of the stage, and those that act anywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys_help")
        self.setWindowTitle(self.tr("Keys"))
        columns = QHBoxLayout()
        columns.setSpacing(36)
        columns.addLayout(self._column(self.tr("On the stage"), "stage"))
        columns.addLayout(self._column(self.tr("Anywhere"), "anywhere"))
        note = QLabel(self.tr("Single keys act while the stage has the focus, never while you type in a field."))
        theme.role(note, "muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(16)
        layout.addLayout(columns)
        layout.addWidget(note)
        layout.addWidget(buttons)

    def _column(self, title: str, where: str) -> QVBoxLayout:
        heading = QLabel(title)
        theme.role(heading, "heading")
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, entry in enumerate(k for k in KEYS if k.where == where):
            words = QLabel(translate("keys", entry.words))
            caps = _caps(entry)
            words.setAccessibleName(f"{words.text()}: {key_text(entry)}")
            grid.addLayout(caps, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, row, 1)
        column = QVBoxLayout()
        column.setSpacing(9)
        column.addWidget(heading)
        column.addLayout(grid)
        column.addStretch(1)
        return column


def key_text(entry: KeyBinding) -> str:
    """The keys of an entry as this system writes them: "Right, PgDown"."""
    if entry.also:
        return entry.also
    return ", ".join(s.toString(QKeySequence.SequenceFormat.NativeText) for s in entry.bound)


def _caps(entry: KeyBinding) -> QHBoxLayout:
    caps = QHBoxLayout()
    caps.setSpacing(4)
    held, _, arrow = entry.sequences[0].rpartition("+")
    arrows = len(entry.sequences) == len(ARROWS) and arrow == "Left"
    texts = [*held.split("+"), " ".join(ARROWS)] if arrows else key_text(entry).split(", ")
    for text in texts:
        cap = QLabel(text)
        theme.role(cap, "key")
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        caps.addWidget(cap)
    caps.addStretch(1)
    return caps
