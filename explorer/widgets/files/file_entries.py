"""The list of what is in a file that holds too much to be opened whole; the user chooses from it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from explorer.messages import spelt
from explorer.widgets.look.amounts import bytes_text, shape_text
from explorer.widgets.look.literal import in_title, printable


class FileEntries(QDialog):
    """Entries (`explorer.files.Entry`) of one file; `chosen` carries a tuple of their names, in the file's order."""

    chosen = Signal(object)

    def __init__(self, file: str, entries: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("file_entries")
        self.setWindowTitle(self.tr("Open tensors of {file}").format(file=in_title(file)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._names = [entry.name for entry in entries]
        words = QLabel(
            self.tr("“{file}” holds {count} tensors. Choose those to open.").format(file=file, count=len(entries))
        )
        words.setTextFormat(Qt.TextFormat.PlainText)
        self._search = QLineEdit()
        self._search.setObjectName("file_entries_search")
        self._search.setPlaceholderText(self.tr("Search names"))
        self._search.setAccessibleName(self.tr("Search names"))
        self._search.setClearButtonEnabled(True)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(QStringListModel([_line(entry) for entry in entries], self))
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._search.textChanged.connect(self._shown.setFilterFixedString)
        self._list = QListView()
        self._list.setObjectName("file_entries_list")
        self._list.setAccessibleName(self.tr("Tensors in the file"))
        self._list.setModel(self._shown)
        self._list.setUniformItemSizes(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.doubleClicked.connect(self.accept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        buttons.setObjectName("file_entries_buttons")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._open = buttons.button(QDialogButtonBox.StandardButton.Open)
        self._open.setEnabled(False)
        self._list.selectionModel().selectionChanged.connect(self._selected)
        self.accepted.connect(lambda: self.chosen.emit(self.names))
        layout = QVBoxLayout(self)
        for widget in (words, self._search, self._list, buttons):
            layout.addWidget(widget)
        self.resize(520, 420)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are selected."""
        rows = sorted(self._shown.mapToSource(index).row() for index in self._list.selectedIndexes())
        return tuple(self._names[row] for row in rows)

    def _selected(self) -> None:
        self._open.setEnabled(self._list.selectionModel().hasSelection())


def _line(entry: Any) -> str:
    amounts = f"{shape_text(entry.shape)}   {str(entry.dtype).removeprefix('torch.')}   {bytes_text(entry.nbytes)}"
    return f"{printable(spelt(entry.name))}   {amounts}"
