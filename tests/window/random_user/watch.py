"""What must not happen: faults that nobody caught, warnings of Qt, and memory that stays behind."""

import ctypes
import gc
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from traceback import format_exception
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from explorer.widgets.faults import crash

HARMLESS = (
    "This plugin does not support",  # the offscreen plugin cannot raise windows, hint their sizes or grab a keyboard
)
STATM = Path("/proc/self/statm")


class Watch:
    """A context in which every fault and every warning is written down, whichever way it comes."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._put_back: list[Callable[[], object]] = []

    def __enter__(self) -> "Watch":
        def hook(module: Any, name: str, tell: Callable[[Any], None]) -> None:
            before = getattr(module, name)
            setattr(module, name, tell)
            self._put_back.append(lambda: setattr(module, name, before))

        caught = crash.divert(self._raised)
        self._put_back.append(lambda: crash.divert(caught))
        hook(sys, "excepthook", lambda kind, error=None, trace=None: self._raised(error))
        hook(sys, "unraisablehook", lambda what: self._raised(what.exc_value))
        hook(threading, "excepthook", lambda what: self._raised(what.exc_value))
        handler = qInstallMessageHandler(self._said)
        self._put_back.append(lambda: qInstallMessageHandler(handler))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._put_back:
            self._put_back.pop()()

    def _raised(self, error: BaseException | None) -> None:
        self.found.append("".join(format_exception(error)))

    def _said(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        mild = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not mild and not text.startswith(HARMLESS):
            self.found.append(f"Qt ({context.category}): {text}")


def resident() -> int:
    """Bytes of memory that this process holds, after garbage has been collected and what is free given back; 0 where
    the system does not tell."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
        return int(STATM.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, TypeError):
        return 0
