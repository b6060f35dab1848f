"""The program leaves the window: on the clipboard, or as a file with its long values beside it; so do pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.late import late
from explorer.messages import QT_TRANSLATE_NOOP, Message, shown, spelt

with late():
    from explorer.files import script

if TYPE_CHECKING:
    from explorer.widgets.session import Session

COPIED = QT_TRANSLATE_NOOP("notes", "The program is on the clipboard; it runs in plain Python with torch.")
COPIED_IN_PART = QT_TRANSLATE_NOOP(
    "notes", "The program is on the clipboard; it loads long values from files: save the program to have them."
)
SAVED = QT_TRANSLATE_NOOP("notes", "The program is saved as {path}.")
SAVED_SET = QT_TRANSLATE_NOOP(
    "notes", "The program is saved as {path}, its values in the folder {folder} beside it; run it from there."
)
PICTURE_SAVED = QT_TRANSLATE_NOOP("notes", "The picture is saved as “{file}”.")


class ExportController(QObject):
    """Writes the session's program on the worker, and says what became of it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent

    def copy_code(self) -> None:
        """The whole program on the clipboard."""
        if not self._session.started:
            return
        workspace = self._session.workspace

        def work(progress: object) -> Any:
            return script.script(workspace)

        self._session.ask(work, self._copied, self)

    def _copied(self, made: Any) -> None:
        QGuiApplication.clipboard().setText(made.text)
        self._session.noted.emit(Message("notes", COPIED_IN_PART if made.tensors else COPIED))

    def save_program(self) -> None:
        """The whole program as a file, long values beside it."""
        if not self._session.started:
            return
        dialog = QFileDialog(self._window, self.tr("Save the program"), "", "Python (*.py)")
        dialog.setObjectName("save_program")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("py")
        dialog.selectFile("program.py")
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _save(self, path: str) -> None:
        workspace, folder = self._session.workspace, f"{Path(path).stem}_values"

        def work(progress: object) -> bool:
            made = script.script(workspace, folder)
            script.save(made, path)
            return bool(made.tensors)

        def tell(beside: bool) -> None:
            values = {"path": spelt(path), "folder": spelt(folder)}
            self._session.noted.emit(Message("notes", SAVED_SET if beside else SAVED, values))

        self._session.ask(work, tell, self)

    def tell_picture(self, path: Path) -> None:
        """The stage has been saved as a picture."""
        self._session.noted.emit(Message("notes", PICTURE_SAVED, {"file": shown(path)}))
