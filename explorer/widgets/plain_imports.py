"""How a process that is ours alone imports what comes after Qt."""

import builtins


def import_plainly() -> None:
    """Import as Python does from now on. PySide looks through the source of each module that comes after it, for a
    switch (`from __feature__ import ...`) that nothing here uses: with torch 0.3 s, and 90 MiB of text that stays."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
