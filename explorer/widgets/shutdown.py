"""The end of the program: in order if it can be, and in any case soon, whatever torch is doing."""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from PySide6.QtCore import QObject, Qt, Signal

WORK_S = 0.7
"""Seconds that what runs is given to end by itself, so that a file that is being written is whole."""
PROCESS_S = 1.4
"""Seconds from the wish to end until the process is left, in order or not."""

SIGNALS = tuple(int(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What asks a program to end; SIGINT is the first."""


def leave(code: int) -> None:
    """End the process now, with this exit code: a thread inside of torch cannot be stopped and is not waited for, and
    taking the interpreter and torch apart takes a good part of a second."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(code)


def leave_soon(code: int) -> None:
    """Leave the process after PROCESS_S, should it be there still."""
    timer = threading.Timer(PROCESS_S, leave, (code,))
    timer.daemon = True
    timer.start()


class _Home(QObject):
    """Brings a signal of the system to the thread of the window."""

    came = Signal()


@contextmanager
def ended_by_signals(numbers: Sequence[int], ask: Callable[[], None], hurry: Callable[[], None]) -> Iterator[list[int]]:
    """Those signals of the system (Ctrl+C in the terminal is SIGINT) call `ask` on the window's thread, and `hurry` at
    once on another one, as the window's may be busy. Gives the list of those that came.

    Python's own handlers wait until the interpreter runs again, which an idle window does not let it do; so a thread
    listens where the interpreter's C handler writes. Does nothing where the caller is not the main thread, or where an
    event loop of somebody else listens there; a signal that is ignored stays so.
    """
    came: list[int] = []
    numbers = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    if threading.current_thread() is not threading.main_thread():
        yield came
        return
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    others = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    if others != -1:
        signal.set_wakeup_fd(others)
        reading.close()
        writing.close()
        yield came
        return
    home = _Home()
    home.came.connect(ask, Qt.ConnectionType.QueuedConnection)

    def listen() -> None:
        while number := reading.recv(1):
            if number[0] in numbers:
                came.append(number[0])
                hurry()
                home.came.emit()

    listener = threading.Thread(target=listen, name="signals", daemon=True)
    listener.start()
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(-1)
        writing.close()  # which ends the listener
        listener.join()
        reading.close()
