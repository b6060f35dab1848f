"""Files in and out of the window: dialogs, files that are dropped or named on the command line, and saving."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from explorer.errors import FileError
from explorer.late import late, torch
from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase, legible, shown
from explorer.widgets.actions import Action
from explorer.widgets.shelf.shelf_controller import NOTHING
from explorer.widgets.speech.sentences import say, translate

with late():
    from explorer import files
    from explorer.files import formats, shelf_load
    from explorer.widgets.files import file_entries

if TYPE_CHECKING:
    from explorer.engine import Progress
    from explorer.files.shelf_load import Shelved
    from explorer.session.state import State
    from explorer.widgets.message.message_controller import MessageController
    from explorer.widgets.session import Session
    from explorer.widgets.shelf.tensor_shelf import TensorShelf
    from explorer.widgets.stage.stage_panel import StagePanel
    from explorer.workspace import Item, Workspace


SAVE = Phrase("Save &tensor as…", "张量另存为(&T)…")
LOADS = ("load", "torch.load", "np.load", "npy", "npz", "pt", "pth")
SAVES = ("save", "torch.save", "np.save")
TICK = 200
"""Milliseconds between two looks at how far the reading is."""


class FileController(QObject):
    """Turns files into changes of the session, and what is inspected into a file. All reading is the worker's."""

    def __init__(
        self, session: Session, shelf: TensorShelf, stage: StagePanel, message: MessageController, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._stage, self._bar, self._window = session, stage, message.bar, window
        self._now: tuple[Path, int, int, Progress | None] | None = None  # the file, its number, of how many
        self._refused: Message | None = None
        self._told: tuple[Message | None, bool] = (None, False)
        self.slow = False  # what is being opened takes long enough to be spoken of
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._tick)
        session.busy_changed.connect(self._busy)
        session.changed.connect(self._changed)
        shelf.files_dropped.connect(self.open)

    @property
    def message(self) -> Message | None:
        """Which file is being opened and how far that is; or which one could not be; None where neither is so."""
        if self._now is None:
            return self._refused
        path, number, count, progress = self._now
        done = round(100 * progress.fraction) if progress is not None else 0
        values: dict[str, object] = {"file": shown(path), "number": number, "count": count, "percent": done}
        if count > 1 and done:
            template = QT_TRANSLATE_NOOP("notes", "Opening “{file}” ({number} of {count}, {percent} %) …")
        elif count > 1:
            template = QT_TRANSLATE_NOOP("notes", "Opening “{file}” ({number} of {count}) …")
        elif done:
            template = QT_TRANSLATE_NOOP("notes", "Opening “{file}” ({percent} %) …")
        else:
            template = QT_TRANSLATE_NOOP("notes", "Opening “{file}” …")
        return Message("notes", template, values)

    def _tick(self) -> None:
        self.slow = self._now is not None
        self._tell()

    def _tell(self) -> None:
        if (self.message, self.slow) != self._told:
            self._told = (self.message, self.slow)
            self._show()

    def _changed(self, state: State) -> None:
        if not state.workspace.items:
            self._show()

    def _show(self) -> None:
        """Which file is being opened: where there is nothing else on the stage, else below it."""
        session, message = self._session, self.message
        if session.started and not session.workspace.items:
            self._stage.view.clear(say(message) if message is not None else None)
        elif message is not None and self.slow:
            self._bar.show_note(message, about=self)
        elif self._bar.about is self:
            self._bar.clear()

    def _busy(self, busy: bool) -> None:
        if not busy:
            self._clock.stop()
            self._end()

    def _end(self) -> None:
        self._now, self.slow = None, False
        self._tell()

    def actions(self) -> tuple[Action, ...]:
        """Opening and saving."""

        def none() -> Phrase:
            return Phrase() if self._session.started and self._session.state.inspected else NOTHING

        says = Phrase("Open tensor files", "打开张量文件")
        return (
            Action("action_open", Phrase("&Open…", "打开(&O)…"), self.ask, ("Ctrl+O",), says=says, names=LOADS),
            Action("action_save_tensor", SAVE, self.ask_where, ("Ctrl+Shift+S",), refusal=none, names=SAVES),
        )

    def ask(self) -> None:
        """Ask which files to open."""
        dialog = QFileDialog(self._window, self.tr("Open tensors"))
        dialog.setObjectName("open_files")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        every = [ending for endings in _formats().values() for ending in endings]
        dialog.setNameFilters([_filter(self.tr("Tensor files"), every), self.tr("All files") + " (*)"])
        dialog.filesSelected.connect(lambda chosen: self.open([Path(path) for path in chosen]))
        dialog.open()

    def open(self, paths: Sequence[Path], chosen: Sequence[str] | None = None) -> None:
        """Shelve the tensors of these files in one change; `chosen` are names of tensors, None all that is modest."""
        session = self._session
        if not paths:
            return
        done: list[tuple[Path, Shelved]] = []
        refusals: list[FileError] = []

        def work(workspace: Workspace, progress: Progress) -> Workspace:
            for number, path in enumerate(paths, 1):
                self._now = (path, number, len(paths), progress)
                progress(0.0)
                try:
                    found = shelf_load.shelve(workspace, path, chosen, progress)
                except FileError as error:
                    refusals.append(error)
                else:
                    done.append((path, found))
                    workspace = found.workspace
            return workspace

        self._refused = None
        self._now = self._now or (paths[0], 1, len(paths), None)
        self._clock.start()
        self._tell()
        text = self.tr("Open {files}").format(files=", ".join(shown(path) for path in paths[:3]))
        session.load(text, work, lambda: self._landed(paths, done, refusals))

    def _landed(
        self, paths: Sequence[Path], done: Sequence[tuple[Path, Shelved]], refusals: Sequence[FileError]
    ) -> None:
        if refusals:
            self._refused = _not_opened([path for path in paths if path not in dict(done)])
        if isValid(self):
            self._end()
        if refusals:
            self._session.failed.emit(_together(refusals))
        else:
            self._note([(path, found) for path, found in done if found.left_out or found.dropped])
        for path, found in done:
            if found.choices and isValid(self):
                self._choose(path, found)

    def _note(self, done: Sequence[tuple[Path, Shelved]]) -> None:
        if done:
            path, found = done[0]
            template = QT_TRANSLATE_NOOP("notes", "Not all of “{file}” came over: {what}.")
            self._session.noted.emit(Message("notes", template, {"file": shown(path), "what": "; ".join(_left(found))}))

    def _choose(self, path: Path, found: Shelved) -> None:
        dialog = file_entries.FileEntries(shown(path), found.choices, self._window)
        dialog.chosen.connect(lambda names: self.open([path], names))
        dialog.open()

    def ask_where(self) -> None:
        """Ask where to save what is inspected."""
        name = self._session.state.inspected if self._session.started else None
        if name is None:
            return
        dialog = QFileDialog(self._window, self.tr("Save {name}").format(name=name))
        dialog.setObjectName("save_tensor")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        usual = {_filter(title, endings): endings[0] for title, endings in _formats().items()}
        first = next(iter(usual.values()))
        dialog.setNameFilters(list(usual))
        dialog.setDefaultSuffix(first)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(usual.get(kind, first)))
        dialog.selectFile(f"{name}{first}")
        dialog.fileSelected.connect(lambda path: self.save(name, Path(path)))
        dialog.open()

    def save(self, name: str, path: Path) -> None:
        """Write the tensor `name` into `path`, whose ending says how."""
        self._session.soon(lambda: self._save(name, path))

    def _save(self, name: str, path: Path) -> None:
        session = self._session
        if name not in session.workspace:
            return
        item = session.workspace[name]

        def tell(_: object) -> None:
            template = QT_TRANSLATE_NOOP("notes", "{name} is saved as “{file}”.")
            session.noted.emit(Message("notes", template, {"name": name, "file": shown(path)}))

        session.ask(lambda progress: _written(item, path), tell, session)


def _formats() -> dict[str, tuple[str, ...]]:
    """What each file format is called, and its endings."""
    return {translate("", known.title): known.endings for known in formats.FORMATS}


def _filter(title: str, endings: Sequence[str]) -> str:
    """Files with these endings, as Qt's dialogs understand it."""
    return f"{title} ({' '.join(f'*{ending}' for ending in endings)})"


def _not_opened(paths: Sequence[Path]) -> Message:
    """What stands where a picture would: why it is so is said below."""
    names = ", ".join(f"“{shown(path)}”" for path in paths[:3]) + (", …" if len(paths) > 3 else "")
    template = QT_TRANSLATE_NOOP("notes", "Not opened: {files}. Open another file, or make a tensor.")
    return Message("notes", template, {"files": names})


def _left(found: Shelved) -> list[str]:
    """What was left behind in a file, kind by kind."""
    words = {
        "gradients": translate("FileController", "requires_grad of {names}"),
        "sharing": translate("FileController", "the memory shared by {names}"),
        "strides": translate("FileController", "the strides of {names}"),
        "others": translate("FileController", "{names}, no tensors"),
    }
    kinds = [(words[kind], names) for kind, names in found.dropped.items()]
    if found.left_out:
        kinds.append((translate("FileController", "{names}, which cannot be shown"), list(found.left_out)))
    return [
        text.format(names=", ".join([*map(legible, names[:5]), *(["…"] if len(names) > 5 else [])]))
        for text, names in kinds
    ]


def _written(item: Item, path: Path) -> None:
    files.save(path, {item.name: _tensor(item)})


def _tensor(item: Item) -> Any:
    if not item.is_array:
        return item.tensor()
    return torch.from_numpy(np.ascontiguousarray(item.array()).reshape(item.shape))


def _together(refusals: Sequence[FileError]) -> FileError:
    """One error for several files: the sentences of the others stand below the first."""
    first, *others = refusals
    return FileError(first.message, "\n".join([first.detail, *(say(error.message) for error in others)]).strip())
