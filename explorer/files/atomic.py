"""Writing a file whole or not at all: a reader sees the old one or the new one, and a crash leaves the old."""

import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from explorer.files.refusals import refused, unwritable
from explorer.messages import QT_TRANSLATE_NOOP

FOLDER = QT_TRANSLATE_NOOP("errors", "“{file}” is a folder or a device; choose another name.")


def write(target: str | os.PathLike[str], fill: Callable[[BinaryIO], object]) -> None:
    """Have `fill` write a file beside `target`, then put it in its place. Raises FileError and what `fill` raises."""
    shown = Path(target)
    scratch: str | None = None
    try:
        place = Path(os.path.realpath(target))  # a link goes on pointing to the file
        mode = _mode(place)
        if mode is not None and not stat.S_ISREG(mode):
            raise refused(shown, FOLDER)
        handle, scratch = tempfile.mkstemp(prefix=".tensor-explorer-", dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(scratch, 0o644 if mode is None else stat.S_IMODE(mode))  # noqa: PTH101 - mkstemp's is for its owner only
        os.replace(scratch, place)  # noqa: PTH105
        scratch = None
        _sync(place.parent)
    except OSError as error:
        raise unwritable(shown, error) from error
    except ValueError as error:
        if scratch is None:  # no name of a file
            raise unwritable(shown, OSError(str(error))) from error
        raise
    finally:
        if scratch is not None:
            with suppress(OSError):
                os.unlink(scratch)  # noqa: PTH108


def _mode(place: Path) -> int | None:
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        return None


def _sync(folder: Path) -> None:
    """The new name on the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
