"""Files: opened, saved, and dropped; good, hostile and absent ones."""

from pathlib import Path
from random import Random

import numpy as np
import torch
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.window.random_user.hands import Hands, often
from tests.window.random_user.texts import field

ACTION, BUTTON, HELD = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SELDOM = 0.03  # a file for the child process, which takes a second to start


def write_files(folder: Path) -> None:
    """The files that the user has."""
    np.save(folder / "good.npy", np.arange(6.0).reshape(2, 3))
    np.save(folder / "fortran.npy", np.asfortranarray(np.ones((2, 3), ">f4")))
    np.save(folder / "<img src=x>&amp;.npy", np.zeros((1, 2), bool))
    np.save(folder / "objects.npy", np.array([{}, None], object), allow_pickle=True)
    np.savez(folder / "many.npz", **{f"<b>layer</b>.{i}.w{i}": np.full(i + 1, i) for i in range(40)})
    np.savez(folder / "few.npz", a=np.ones(3), b=np.zeros((0, 2)), text=np.array("csr"))
    torch.save({"<img src=x>": torch.ones(2, 2), "deep": {"b": torch.zeros(3)}, "epoch": 3}, folder / "net.pt")
    whole = (folder / "good.npy").read_bytes()
    (folder / "cut.npy").write_bytes(whole[:-9])
    (folder / "lies.npy").write_bytes(whole.replace(b"(2, 3)", b"(2,30)"))
    (folder / "empty.pt").write_bytes(b"")
    (folder / "noise.npz").write_bytes(Random(0).randbytes(300))
    (folder / "page.pt").write_text("<html>", "ascii")
    (folder / "folder.npy").mkdir()


class Files(Hands):
    folder: Path  # with what `write_files` wrote

    def path(self) -> Path:
        """One of the user's files, or of those that are not there."""
        if self.dice.random() < SELDOM:
            return self.folder / "net.pt"
        there = sorted(p for p in self.folder.iterdir() if p.suffix != ".pt" or p.stat().st_size < 100)
        return self.dice.choice((*there, self.folder / "absent.npy", Path("/"), Path("<b>"), self.folder / ("x" * 300)))

    def target(self) -> str:
        """Where to save; "" when the user changes their mind."""
        places = (
            "",
            "saved.npy",
            "saved.npz",
            "p.py",
            "p.png",
            "p.svg",
            "no ending",
            "absent/x.npy",
            "folder.npy",
            "<b>.npy",
        )
        place = self.dice.choice(places)
        return str(self.folder / place) if place else ""

    @often(2)
    def do_open_files(self) -> None:
        self.window.files.open([self.path() for _ in range(self.dice.randrange(1, 3))])

    @often(2)
    def do_save(self) -> None:
        target = self.target()
        if target:
            self.window.files.save(self.name(), Path(target))

    @often(3)
    def do_drop(self) -> None:
        """Files, a text, or nothing, over the shelf or anything else."""
        data = QMimeData()
        if self.dice.random() < 0.7:
            data.setUrls([QUrl.fromLocalFile(str(self.path())) for _ in range(self.dice.randrange(1, 3))])
        elif self.dice.random() < 0.7:
            data.setText(field(self.dice))
        else:
            data.setUrls([QUrl("https://example.invalid/x.npy"), QUrl("file://host/share/x.npy"), QUrl()])
        some = self.widgets(QWidget)
        target = self.window.shelf.list.viewport() if self.dice.random() < 0.7 or not some else self.dice.choice(some)
        at = self.point(target)
        for event in (
            QDragEnterEvent(at, ACTION, data, BUTTON, HELD),
            QDragMoveEvent(at, ACTION, data, BUTTON, HELD),
            QDropEvent(QPointF(at), ACTION, data, BUTTON, HELD),
        ):
            QApplication.sendEvent(target, event)

    @often(2)
    def do_drop_a_card(self) -> None:
        """Among the others of its lane, or on another lane."""
        shelf = self.window.shelf.list
        self.choose(shelf.names, lambda name: shelf.drop_at(name, self.dice.randrange(-20, shelf.height() + 20)))
