"""Paths as the system knows them, whatever its encoding and wherever they come from."""

import os
from contextlib import suppress
from pathlib import Path

from explorer.messages import spelt

LOST = "\N{REPLACEMENT CHARACTER}"


def located(path: str | bytes | os.PathLike[str]) -> Path:
    """`path` as it can be opened.

    Under an encoding that lacks a character of it (ASCII, say), text stands for its UTF-8 bytes: so files were named,
    and so Qt reads them. In a name that is no UTF-8 Qt shows � for what it cannot read: where there is no such file, it
    is the only one that would be shown so.
    """
    text = os.fsdecode(path)
    with suppress(UnicodeEncodeError):
        try:
            os.fsencode(text)
        except UnicodeEncodeError:
            text = os.fsdecode(text.encode("utf-8", "surrogateescape"))
    found = Path(text)
    if LOST in found.name:
        with suppress(OSError, ValueError):
            if not os.path.lexists(text):
                alike = [name for name in os.listdir(found.parent) if spelt(name) == found.name]  # noqa: PTH208
                return found.with_name(alike[0]) if len(alike) == 1 else found
    return found
