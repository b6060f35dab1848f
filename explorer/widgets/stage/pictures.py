"""Pictures of what stands on the stage: on the clipboard, or saved as PNG or SVG."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.animation.frame import Frame
from explorer.errors import FileError
from explorer.messages import Phrase
from explorer.widgets.actions import Action
from explorer.widgets.stage import export
from explorer.widgets.stage.style import Style

FINE = 2.0  # times as fine as on the screen
COPY, SAVE = Phrase("Copy &picture", "复制图片(&P)"), Phrase("&Save picture…", "保存图片(&S)…")
WORDS = ("PNG", "SVG", "screenshot", "截图")
EMPTY = Phrase("There is nothing on the stage.", "展示区是空的。")


class Seen(NamedTuple):
    """What a picture is made of."""

    frame: Frame
    size: QSize
    style: Style
    description: str


class Pictures(QObject):
    """Makes them of what `seen` gives then, None for nothing."""

    saved = Signal(object)  # Path
    failed = Signal(object)  # ExplorerError

    def __init__(self, seen: Callable[[], Seen | None], view: QWidget) -> None:
        super().__init__(view)
        self._seen, self._view = seen, view

    def actions(self) -> tuple[Action, ...]:
        """Copying and saving."""

        def empty() -> Phrase:
            return EMPTY if self._seen() is None else Phrase()

        return (
            Action("action_copy_picture", COPY, self.copy, refusal=empty, words=WORDS),
            Action("action_save_picture", SAVE, self.save, ("Ctrl+S",), "camera", refusal=empty, words=WORDS),
        )

    def copy(self) -> None:
        """Put an image on the clipboard."""
        seen = self._seen()
        if seen is not None:
            QGuiApplication.clipboard().setImage(export.picture(seen.frame, seen.size, seen.style, FINE))

    def save(self) -> None:
        """Ask for a path and save there."""
        path = self.ask_path() if self._seen() is not None else None
        if path is not None:
            self.save_as(path)

    def save_as(self, path: Path) -> None:
        """Save as .png or .svg; `failed` tells what went wrong."""
        seen = self._seen()
        if seen is None:
            return
        try:
            export.save(seen.frame, path, seen.size, seen.style, FINE, seen.description)
        except FileError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(path)

    def ask_path(self) -> Path | None:
        """The path of a picture from the user, or None when they changed their mind."""
        name, kind = QFileDialog.getSaveFileName(
            self._view, self.tr("Save picture"), "stage.png", self.tr("PNG picture (*.png);;SVG drawing (*.svg)")
        )
        if not name:
            return None
        path = Path(name)
        if path.suffix.lower() not in (".png", ".svg"):
            path = path.with_name(path.name + (".svg" if "*.svg" in kind else ".png"))
        return path
