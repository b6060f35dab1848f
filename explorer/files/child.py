"""The process that reads one .pt file, seen from this side; and a spare one, so that opening a file does not wait for
torch to be imported once more."""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from io import FileIO
from pathlib import Path
from threading import Lock

from explorer.memory import memory_free

PROGRAM = Path(__file__).with_name("torch_child.py")
PATIENCE = 0.02  # seconds in which a cancel is seen
ROOM = 2**31
"""Bytes of memory that have to be free for one that only waits, of which torch takes about 150 MB."""
HUMBLE = 5  # how much a process that only waits gives way to others


class Child:
    """One process, which ends when this one does, however it ends. It has no files of its own and leaves none."""

    def __init__(self, humble: bool = False) -> None:
        """Start it; `humble`: at a low priority. Raises OSError."""
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(PATIENCE)
        inherited = hasattr(socket, "send_fds")  # else Windows, which hands a socket over otherwise
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(PROGRAM), str(theirs.fileno()) if inherited else "-"],
                stdin=subprocess.DEVNULL if inherited else subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),) if inherited else (),
            )
            if self._process.stdin is not None:
                with self._process.stdin as words:
                    words.write(theirs.share(self._process.pid))  # type: ignore[attr-defined, unused-ignore]
        if humble:
            with suppress(AttributeError, OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, HUMBLE)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, line: bytes, stream: FileIO | None = None) -> None:
        """Ask for something, about an open file. A child that has died is found when its answer ends."""
        with suppress(OSError):
            if stream is not None and hasattr(socket, "send_fds"):
                socket.send_fds(self._channel, [line + b"\n"], [stream.fileno()])
            else:
                self._channel.sendall(line + b"\n")

    def readinto(self, view: memoryview) -> int | None:
        """How many bytes of its answer have come; 0 once it has ended, None where nothing came for a moment."""
        try:
            return self._channel.recv_into(view)
        except TimeoutError:
            return None
        except ConnectionError:
            return 0

    def end(self) -> None:
        """Kill it; afterwards nothing of it is left."""
        self._channel.close()
        self._process.kill()
        self._process.wait()


class Spare:
    """At most one child that waits, with torch imported, for the next file; each serves one file only."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._wanted = False
        self._lock = Lock()

    @property
    def pid(self) -> int | None:
        """The process that waits, if one does."""
        child = self._child
        return child.pid if child is not None and child.alive else None

    def begin(self) -> None:
        """Have one wait from now on, until `end`."""
        self._wanted = True
        self.renew()

    def renew(self) -> None:
        """Start another where one is wanted and none waits."""
        with self._lock:
            if self._wanted and (self._child is None or not self._child.alive):
                self._drop()
                free = memory_free()
                if free is not None and free < ROOM:
                    return
                with suppress(OSError):  # then files open as they do without
                    self._child = Child(humble=True)

    def take(self) -> Child | None:
        """The one that waits; it is the caller's, to be ended by them."""
        with self._lock:
            if self._child is None or not self._child.alive:
                return None
            child, self._child = self._child, None
            return child

    def end(self) -> None:
        """No longer; the one that waits is killed."""
        with self._lock:
            self._wanted = False
            self._drop()

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


SPARE = Spare()
"""The spare of this process; nobody waits before it has begun."""
