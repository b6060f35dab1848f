"""Sentences about files: each with the file's name, and with what to do next."""

import errno
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType

from explorer.errors import FileError, RoomError
from explorer.memory import in_bytes, room_for
from explorer.messages import QT_TRANSLATE_NOOP, Message

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,  # also what torch and zipfile raise for what they do not understand
)

REASONS = MappingProxyType(
    {
        errno.EACCES: QT_TRANSLATE_NOOP("errors", "this is not permitted; ask for the right, or choose another folder"),
        errno.EPERM: QT_TRANSLATE_NOOP("errors", "this is not permitted; ask for the right, or choose another folder"),
        errno.ENOENT: QT_TRANSLATE_NOOP("errors", "there is no such place; choose one that is there"),
        errno.ENOTDIR: QT_TRANSLATE_NOOP("errors", "there is no such place; choose one that is there"),
        errno.EISDIR: QT_TRANSLATE_NOOP("errors", "it is a folder; choose a file"),
        errno.ENOSPC: QT_TRANSLATE_NOOP("errors", "the disk is full; free some room, or choose another disk"),
        errno.EDQUOT: QT_TRANSLATE_NOOP("errors", "the disk is full; free some room, or choose another disk"),
        errno.EROFS: QT_TRANSLATE_NOOP("errors", "the disk can only be read; choose another folder"),
        errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("errors", "the name is too long; choose a shorter one"),
    }
)
OTHERWISE = QT_TRANSLATE_NOOP("errors", "the system refuses; try again, or choose another place")


def refused(path: str | os.PathLike[str], template: str, **values: object) -> FileError:
    """A FileError whose sentence has the name of the file at `{file}`."""
    return FileError(Message("errors", template, {"file": shown(path), **values}))


def shown(path: str | os.PathLike[str]) -> str:
    """The name of a file or an entry as it can be shown: on one line, without control characters, not endless."""
    whole = os.fspath(path)
    name = "".join(c if c.isprintable() else "�" for c in os.path.basename(whole) or whole)  # noqa: PTH119
    return name if len(name) <= 80 else f"{name[:50]}…{name[-29:]}"


def reason(error: OSError) -> Message:
    """Why the system refuses, and what to do next."""
    return Message("errors", REASONS.get(error.errno or 0, OTHERWISE))


def unreadable(path: str | os.PathLike[str], error: OSError) -> FileError:
    """The system does not let us read."""
    if error.errno == errno.ENOENT:
        return refused(path, QT_TRANSLATE_NOOP("errors", "There is no file “{file}”; choose one that is there."))
    template = QT_TRANSLATE_NOOP("errors", "“{file}” cannot be read: {reason}.")
    return FileError(Message("errors", template, {"file": shown(path), "reason": reason(error)}), str(error))


def unwritable(path: str | os.PathLike[str], error: OSError) -> FileError:
    """The system does not let us write; what was there before is unharmed."""
    template = QT_TRANSLATE_NOOP("errors", "“{file}” was not saved: {reason}.")
    return FileError(Message("errors", template, {"file": shown(path), "reason": reason(error)}), str(error))


def damaged(path: str | os.PathLike[str]) -> FileError:
    """The file is not what it begins as."""
    template = QT_TRANSLATE_NOOP("errors", "“{file}” is damaged or was cut short; get it again where it came from.")
    return refused(path, template)


def no_room(path: str | os.PathLike[str], name: str, need: int, free: int) -> FileError:
    """A tensor is too large for the memory that is free."""
    template = QT_TRANSLATE_NOOP(
        "errors", "“{name}” in “{file}” takes {need} and {free} are free; close other programs, or open a smaller one."
    )
    return refused(path, template, name=shown(name), need=in_bytes(need), free=in_bytes(free))


def check_room(path: str | os.PathLike[str], name: str, need: int) -> None:
    """Raises FileError where `need` bytes do not fit into the free memory."""
    room_for(need, refusal=partial(no_room, path, name))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever goes wrong inside comes out as a FileError about `path`; a cancel comes out as it is."""
    try:
        yield
    except FileError:
        raise
    except RoomError as error:
        raise FileError(error.message) from error
    except OSError as error:
        raise unreadable(path, error) from error
    except MemoryError as error:
        template = QT_TRANSLATE_NOOP("errors", "There is not enough memory for “{file}”; close other programs.")
        raise refused(path, template) from error
    except BROKEN as error:
        raise damaged(path) from error
