"""What is imported late: torch, and what the first painting does not need.

`from explorer.late import torch` gives torch as an object that is there at once, and brings torch in when something of
it is asked for. In the same way

    with late():
        from explorer.workspace import edits

names modules of ours (nothing else: no class, no function) that are imported at the first `edits.something`.
"""

import builtins
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from threading import Lock, get_ident
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any


class Late:
    """A module that is imported when something of it is first asked for; ImportError then where it is not there."""

    _found: ModuleType | None = None

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found or self.fetch(), name)

    def __dir__(self) -> list[str]:
        return dir(self._found or self.fetch())

    def fetch(self) -> ModuleType:
        """Import it now; waits where another thread is in the midst of it."""
        self._found = import_module(self._name)
        return self._found


class _Torch(Late):
    """torch, which takes a second or two to import: the window's thread must not be the one that does it."""

    _window: int | None = None
    _under_way = False

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._found or self.fetch(), name)
        if isinstance(value, type) or not callable(value):  # dtypes and classes, which loops ask for
            setattr(self, name, value)
        return value

    def fetch(self) -> ModuleType:
        """Import it; RuntimeError on the window's thread before another one has done so."""
        if get_ident() == self._window and (self._under_way or self._name not in sys.modules):
            raise RuntimeError("torch was asked for by the window's thread before it was there")
        self._under_way = True
        try:
            return super().fetch()
        finally:
            self._under_way = False


QT = "explorer.widgets."
"""Modules that make classes and objects of Qt's. Where another thread does so while the window's makes widgets, about
one process in a hundred dies (PySide6 6.11)."""

_torch = _Torch("torch")
_late: dict[str, Late] = {}
_naming = Lock()  # one block of names at a time


def _named(name: str) -> Late:
    """The one late module of that name."""
    return _late.setdefault(name, Late(name))


@contextmanager
def late() -> Iterator[None]:
    """Within it `from package import module` imports nothing yet."""

    def name_late(name: str, *rest: Any, **more: Any) -> Any:
        if get_ident() != thread:
            return imported(name, *rest, **more)
        parts: Sequence[str] = rest[2]
        return SimpleNamespace(**{part: _named(f"{name}.{part}") for part in parts})

    with _naming:
        thread, imported = get_ident(), builtins.__import__
        builtins.__import__ = name_late
        try:
            yield
        finally:
            builtins.__import__ = imported


def keep_torch_off() -> None:
    """From now on this thread, the window's, must not import torch."""
    _torch._window = get_ident()


def fetch_torch() -> None:
    """Import torch on this thread; ImportError and OSError where it is not well installed."""
    _torch.fetch()


def fetch_all() -> None:
    """Import whatever has been named within `late()`, so that nobody waits for it later; on any other thread than the
    window's without what is Qt's."""
    while fetch_one():
        pass


def fetch_one() -> bool:
    """Import the next of what `fetch_all` would; whether there was any."""
    apart = _torch._window not in (None, get_ident())
    waiting = (name for name in _late if name not in sys.modules and not (apart and name.startswith(QT)))
    name = next(waiting, None)
    if name is not None:
        import_module(name)
    return name is not None


if TYPE_CHECKING:
    import torch
else:
    torch = _torch

__all__ = ["fetch_all", "fetch_one", "fetch_torch", "keep_torch_off", "late", "torch"]
