"""The log file: what went wrong, kept on this machine and sent nowhere."""

import faulthandler
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QStandardPaths

NAME = "tensor-explorer.log"
LOGGER = logging.getLogger("explorer")
_open: list[logging.Handler | TextIO] = []


def folder() -> Path:
    """The folder of this program's own data; it may not exist yet."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) if place else Path.home() / ".tensor-explorer"


def path() -> Path:
    """Where the log is written."""
    return folder() / NAME


def open_log() -> Path | None:
    """Start writing warnings and errors to `path()`; None where nothing can be written there (then stderr has to do).

    A crash of the interpreter itself (a fault in a native library) leaves its stack in a file beside it.
    """
    close_log()
    try:
        folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path(), maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True, errors="backslashreplace"
        )
        if not faulthandler.is_enabled():  # else somebody wants it elsewhere
            fatal = (folder() / "fatal.log").open("a", encoding="utf-8")
            faulthandler.enable(fatal)
            _open.append(fatal)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)
    _open.append(handler)
    return path()


def close_log() -> None:
    """Stop writing."""
    for thing in _open:
        if isinstance(thing, logging.Handler):
            LOGGER.removeHandler(thing)
        else:
            faulthandler.disable()
        thing.close()
    _open.clear()
