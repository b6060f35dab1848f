"""Processes that begin with their imports done: each is forked from one that has imported what it needs and has done
nothing else. Importing torch and the window anew takes three seconds each time."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
POSSIBLE = hasattr(os, "pidfd_open") and hasattr(socket, "send_fds")
SERVE = """
import json, os, signal, socket, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # which may be ignored where the tests run in the background
channel = socket.socket(fileno=int(sys.argv[1]))
exec(sys.argv[2])
while True:
    asked, handles, _, _ = socket.recv_fds(channel, 2**20, 9)
    if not asked:
        os._exit(0)
    asked = json.loads(asked)
    if "wait" in asked:
        answer = os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1])
    else:
        answer = os.fork()
        if not answer:
            break
    for handle in handles:
        os.close(handle)
    channel.sendall(json.dumps(answer).encode())
channel.close()
sys.argv[:] = asked["argv"]
for handle, place in zip(handles, asked["places"]):
    if place:
        os.dup2(handle, place)
        os.close(handle)
    else:
        sys.argv.append(str(handle))
os.environ.clear()
os.environ.update(asked["env"])
exec(asked["code"], {"__name__": "__main__"})
"""


class Nursery:
    """A process that has run `imports`, and forks others; it begins when the first is asked for."""

    def __init__(self, imports: str) -> None:
        self._imports, self._lock = imports, threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def begin(
        self, code: str, argv: Iterable[str], handles: Mapping[int, int | None], env: Mapping[str, str] = os.environ
    ) -> "Forked":
        """A process that runs `code`. Each open file comes to the number that it stands by, or where that is None its
        own is one more of the arguments."""
        asked = {"code": code, "argv": list(argv), "places": list(handles.values()), "env": dict(env)}
        return Forked(self, self._ask(asked, handles))

    def ended(self, pid: int) -> int:
        """The exit code of one of them; waits for its end."""
        return self._ask({"wait": pid}, ())

    def end(self) -> None:
        if self._process is not None and self._channel is not None:
            self._channel.close()
            self._process.kill()
            self._process.wait()

    def _ask(self, words: dict[str, Any], handles: Iterable[int]) -> int:
        with self._lock:
            channel = self._channel or self._begun()
            socket.send_fds(channel, [json.dumps(words).encode()], list(handles))
            return int(json.loads(channel.recv(99)))

    def _begun(self) -> socket.socket:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", SERVE, str(theirs.fileno()), self._imports],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )
        return self._channel


class Forked:
    """A `subprocess.Popen` whose parent is another process."""

    stdin = None

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery, self.pid, self.returncode = nursery, pid, None
        self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        return self._code(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._code(timeout)
        if code is None:
            raise TimeoutError(f"process {self.pid} has not ended")
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _code(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._handle], [], [], timeout)[0]:
            self.returncode = self._nursery.ended(self.pid)
            os.close(self._handle)
        return self.returncode


class Readers:
    """Stands for the module `subprocess` in `explorer.files.child`: what reads files of torch is forked."""

    DEVNULL, PIPE = subprocess.DEVNULL, subprocess.PIPE

    def __init__(self, program: Path) -> None:
        self.program = program
        self.nursery = Nursery(
            "import contextlib, pickletools, select, signal, threading, zipfile, pathlib, math, typing; import torch"
        )

    def Popen(self, command: list[str], *, pass_fds: tuple[int, ...], **given: Any) -> Any:
        if not POSSIBLE or str(self.program) not in command:
            return subprocess.Popen(command, pass_fds=pass_fds, **given)
        return self.nursery.begin(self.program.read_text("utf-8"), [str(self.program)], dict.fromkeys(pass_fds))
