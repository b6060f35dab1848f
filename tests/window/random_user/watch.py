"""What must not happen: faults that nobody caught, warnings of Qt, and memory that stays behind."""

import ctypes
import gc
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exception
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from explorer.widgets.faults import crash
from tests.bytes_in_use import in_use

HARMLESS = (
    "This plugin does not support",  # the offscreen plugin cannot raise windows, hint their sizes or grab a keyboard
)
STATM = Path("/proc/self/statm")
BLOCK = 96  # bytes of a block in Python's own pools: what all of them have on average


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


@dataclass(frozen=True)
class Held:
    """Bytes of memory: `in_use` were asked for and not let go; `resident` is what this process has in the system's
    eyes, which goes up and down with the pages of which a part is in use. 0 where the system does not tell."""

    in_use: int
    resident: int

    def __sub__(self, other: "Held") -> "Held":
        return Held(self.in_use - other.in_use, self.resident - other.resident)

    def __lt__(self, other: "Held") -> bool:
        return self.in_use < other.in_use and self.resident < other.resident

    def __str__(self) -> str:
        return f"{self.in_use / 2**20:.1f} MiB in use, {self.resident / 2**20:.1f} MiB resident"


def held() -> Held:
    """What this process holds after garbage has been collected and what is free given back."""
    gc.collect()
    used = in_use()
    if used is None:
        return Held(0, 0)
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(STATM.read_text("ascii").split()[1])
    return Held(used + sys.getallocatedblocks() * BLOCK, pages * os.sysconf("SC_PAGE_SIZE"))
