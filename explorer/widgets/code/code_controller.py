"""The program as the session has it: shown, copied, saved with its long values beside it, and gone back to."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from explorer.late import late
from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase, spelt
from explorer.widgets.actions import Action

with late():
    from explorer.files import script

if TYPE_CHECKING:
    from explorer.session.state import State
    from explorer.widgets.code.code_view import CodeView
    from explorer.widgets.grid.grid_controller import GridController
    from explorer.widgets.session import Session

COPIED = QT_TRANSLATE_NOOP("notes", "The program is on the clipboard; it runs in plain Python with torch.")
COPIED_IN_PART = QT_TRANSLATE_NOOP(
    "notes", "The program is on the clipboard; it loads long values from files: save the program to have them."
)
SAVED = QT_TRANSLATE_NOOP("notes", "The program is saved as {path}.")
SAVED_SET = QT_TRANSLATE_NOOP(
    "notes", "The program is saved as {path}, its values in the folder {folder} beside it; run it from there."
)


class CodeController(QObject):
    """Shows the session's program; writes it on the worker, and says what became of it."""

    def __init__(self, session: Session, code: CodeView, grid: GridController) -> None:
        super().__init__(code)
        self._session, self._code, self._grid = session, code, grid
        session.changed.connect(self._changed)
        code.copy_requested.connect(self.copy_code)
        code.step_requested.connect(self._reopen)

    def _changed(self, state: State) -> None:
        self._code.show_lines(self._session.listing.lines(state.workspace.steps))

    def _reopen(self, step: int) -> None:
        """A line of the program: what it created is opened in the grid, what it did is staged again."""
        self._session.soon(partial(self._reopen_now, step))

    def _reopen_now(self, step: int) -> None:
        name = self._grid.made_by(step)
        if name is None:
            self._session.reopen(step)
        else:
            self._session.select(name)
            self._grid.open(name)

    def actions(self) -> tuple[Action, ...]:
        """Copying and saving."""
        copy, save = Phrase("Copy &code", "复制代码(&C)"), Phrase("Save p&rogram…", "保存程序(&R)…")
        words = ("export", "script", "Python", "导出")
        return (
            Action("action_copy_code", copy, self.copy_code, icon="copy", words=words),
            Action("action_save_program", save, self.save_program, words=words),
        )

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
        dialog = QFileDialog(self._code.window(), self.tr("Save the program"), "", "Python (*.py)")
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
