"""The way in: what a file holds, and its tensors, whatever its ending says. Every failure is a FileError."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

from explorer.errors import FileError
from explorer.files.entries import Dropped, Entry, Progress, unwatched
from explorer.files.file_format import Reader, UnknownFile
from explorer.files.paths import located
from explorer.files.refusals import reading, refused
from explorer.files.sniff import recognised
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, legible
from explorer.workspace.file_reading import FileReading, mark_of

FOLDER = QT_TRANSLATE_NOOP("errors", "“{file}” is a folder; choose a file in it.")
NO_FILE = QT_TRANSLATE_NOOP("errors", "“{file}” is no file with an end, but a device or a pipe; choose a file.")
NO_PATH = QT_TRANSLATE_NOOP("errors", "“{file}” cannot be the name of a file; choose one that is there.")
WHICH = QT_TRANSLATE_NOOP("errors", "“{file}” holds {count} tensors; say which one: {names}.")
NO_SUCH = QT_TRANSLATE_NOOP("errors", "There is no “{name}” in “{file}”; it holds {names}.")


class Opened:
    """A file while it is open."""

    def __init__(self, file: UnknownFile, reader: Reader) -> None:
        self._file, self._path, self._reader = file, file.path, reader

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its tensors, in its order."""
        return self._reader.entries

    @property
    def left_out(self) -> Mapping[str, FileError]:
        """Why what else is in it cannot be loaded, by name."""
        return self._reader.left_out

    @property
    def dropped(self) -> Mapping[Dropped, Sequence[str]]:
        """What does not come over with the values, by the names that it belongs to."""
        return self._reader.dropped

    def read(self, name: str | None = None, progress: Progress = unwatched) -> torch.Tensor:
        """The tensor of that name, whole; without a name the only one."""
        with reading(self._path):
            return self._reader.read(self._name(name), progress)

    def reading(self, name: str) -> FileReading | None:
        """How plain Python reads the tensor called `name`, which has been read, from the same file; None where it
        cannot be told, or the file has changed meanwhile."""
        if mark_of(os.fstat(self._file.stream.fileno())) != self._file.mark:
            return None
        path = os.path.abspath(self._path)  # noqa: PTH100 - links are the user's own words
        source = self._reader.source(name, path)
        return None if source is None else FileReading(path, source, self._file.mark)

    def _name(self, name: str | None) -> str:
        names = [entry.name for entry in self.entries]
        listed = ", ".join(legible(n) for n in names[:8]) + (", …" if len(names) > 8 else "")
        if name is None:
            if len(names) > 1:
                raise refused(self._path, WHICH, count=len(names), names=listed)
            return names[0]
        if name in self.left_out:
            raise self.left_out[name]
        if name not in names:
            raise refused(self._path, NO_SUCH, name=legible(name), names=listed)
        return name


@contextmanager
def opened(path: str | os.PathLike[str], progress: Progress = unwatched) -> Iterator[Opened]:
    """The file at `path` for as long as it is needed. Raises FileError; what `progress` raises comes out as it is."""
    place = located(path)
    with reading(place):
        try:
            mode = place.stat().st_mode
        except ValueError as error:  # a NUL in it, say
            raise refused(place, NO_PATH) from error
        if stat.S_ISDIR(mode):
            raise refused(place, FOLDER)
        if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
            raise refused(place, NO_FILE)
        stream = place.open("rb", buffering=0)
    with stream:
        with reading(place):
            file = UnknownFile(place, stream)
            reader = recognised(file).open(file, progress)
        with closing(reader):
            yield Opened(file, reader)


def contents(path: str | os.PathLike[str]) -> list[Entry]:
    """What `path` holds, told without reading the numbers. Raises FileError."""
    with opened(path) as file:
        return list(file.entries)


def load(path: str | os.PathLike[str], name: str | None = None, progress: Progress = unwatched) -> torch.Tensor:
    """The tensor called `name` in `path`, whole; `name` may be left out where there is only one. Raises FileError.

    It lives on the CPU; what was saved from meta stays there. A .npy is called as its file is, without the ending.
    """
    with opened(path, progress) as file:
        return file.read(name, progress)
