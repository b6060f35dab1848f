"""Writing a file whole or not at all: a reader sees the old one or the new one, and a crash leaves the old."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from explorer.files.paths import located
from explorer.files.refusals import refused, unwritable
from explorer.files.scratch_file import ScratchFile, sweep
from explorer.messages import QT_TRANSLATE_NOOP

FOLDER = QT_TRANSLATE_NOOP("errors", "“{file}” is a folder or a device; choose another name.")
READABLE = 0o644


def write(target: str | os.PathLike[str], fill: Callable[[BinaryIO], object]) -> None:
    """Have `fill` write a file beside `target`, then put it in its place. Raises FileError and what `fill` raises."""
    shown = located(target)
    try:
        place = Path(os.path.realpath(shown))  # a link goes on pointing to the file
        mode = _mode(place)
    except OSError as error:
        raise unwritable(shown, error) from error
    except ValueError as error:  # no name of a file
        raise unwritable(shown, OSError(str(error))) from error
    if mode is not None and not stat.S_ISREG(mode):
        raise refused(shown, FOLDER)
    try:
        sweep(place.parent)
        with ScratchFile(place.parent) as made:
            fill(made.file)
            made.finish(READABLE if mode is None else stat.S_IMODE(mode))
            made.put(place)
        sync(place.parent)
    except OSError as error:
        raise unwritable(shown, error) from error


def _mode(place: Path) -> int | None:
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        return None


def sync(folder: Path) -> None:
    """New names in `folder` on the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
