"""Scratch files: what is being written, beside where it will stand. Each is locked for as long as its writer lives, so
that one which a killed program has left behind is known for what it is, and removed: when something is written into the
same folder again, and by `tidy` at the next start."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import BinaryIO, Self

if sys.platform != "win32":
    import fcntl

PREFIX = ".tensor-explorer-"
NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
THERE = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class ScratchFile:
    """A new file in `folder`, open for writing; gone at the end unless it has been put in its place. Raises OSError."""

    def __init__(self, folder: str | os.PathLike[str], noted: bool = True) -> None:
        """`noted`: it is remembered for `tidy`."""
        self._note: ScratchFile | None = None
        while True:
            self.path = os.path.join(folder, f"{PREFIX}{token_hex(8)}")  # noqa: PTH118 - a name that is no text stays
            if noted and self._note is None:
                self._note = _note(os.path.dirname(os.path.abspath(self.path)))  # noqa: PTH100, PTH120
            try:
                handle = os.open(self.path, NEW, 0o600)
            except BaseException:
                self._forget()
                raise
            self._lock = os.dup(handle)  # the lock stays until both are closed, and the file is in its place
            _hold(handle)
            if os.fstat(handle).st_nlink:  # else another program took it for left behind, before it was locked
                break
            os.close(handle)
            os.close(self._lock)
        self.file: BinaryIO = os.fdopen(handle, "wb")

    def finish(self, mode: int) -> None:
        """Everything is on the disk, and nothing more is written. `mode` are its permissions."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        if sys.platform == "win32":
            os.close(self._lock)  # what is open cannot be moved there
            self._lock = -1
        os.chmod(self.path, mode)  # noqa: PTH101 - a name that is no text stays

    def put(self, place: str | os.PathLike[str]) -> None:
        """Put the finished file in its place, in the place of what is there."""
        os.replace(self.path, place)  # noqa: PTH105
        self.path = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            with suppress(OSError):  # a disk that is full says so once more
                self.file.close()
            if self.path:
                with suppress(OSError):
                    os.unlink(self.path)  # noqa: PTH108
        finally:
            if self._lock >= 0:
                with suppress(OSError):
                    os.close(self._lock)
            self._forget()

    def _forget(self) -> None:
        if self._note is not None:
            self._note.__exit__(None, None, None)
            self._note = None


def sweep(folder: str | os.PathLike[str]) -> None:
    """Remove what killed programs have left in `folder`; what a running one writes there is left alone."""
    with suppress(OSError):
        with os.scandir(folder) as found:
            paths = [x.path for x in found if x.name.startswith(PREFIX) and x.is_file(follow_symlinks=False)]
        for path in paths:
            _remove(path)


def tidy() -> None:
    """Remove what killed programs have left, wherever they were writing. Looks into no folder where none was."""
    place = _notes()
    with suppress(OSError):
        with os.scandir(place) as found:
            paths = [x.path for x in found if x.name.startswith(PREFIX) and x.is_file(follow_symlinks=False)]
        for path in paths:
            _remove(path, told=True)


def _remove(path: str, told: bool = False) -> None:
    """Remove a scratch file that nobody holds; first, where it is `told` in it, what is left in the folder of which it
    tells."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(path, THERE)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or not _hold(handle):
                return
            if told:
                sweep(os.fsdecode(os.read(handle, 2**16)) or os.devnull)
            if os.stat(path, follow_symlinks=False).st_ino == found.st_ino:  # noqa: PTH116
                os.unlink(path)  # noqa: PTH108
        finally:
            os.close(handle)


def _hold(handle: int) -> bool:
    """Lock an open file until its end, or the end of this program; whether that could be done."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody else has it; or there are no locks on this disk, and nothing is ever swept there
        return False
    return True


def _note(folder: str) -> ScratchFile | None:
    """Remember that something is being written in `folder`; None where nothing can be remembered."""
    place = _notes()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        note = ScratchFile(place, noted=False)
        note.file.write(os.fsencode(folder))
        note.file.flush()
    except (OSError, RuntimeError):
        return None
    return note


def _notes() -> Path:
    """The folder where it is remembered what is being written."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")  # noqa: PTH111
    else:
        base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111
    return Path(base, "tensor-explorer", "writing")
