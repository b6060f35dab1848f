"""Paths as the system knows them, whatever its encoding and wherever they come from."""

import os
from contextlib import suppress
from pathlib import Path

from explorer.messages import spelt

LOST = "\N{REPLACEMENT CHARACTER}"


def located(path: str | bytes | os.PathLike[str]) -> Path:
    """`path` as it can be opened.

    A character that the system's encoding lacks (ASCII, say) stands for its UTF-8 bytes, as files are named and as Qt
    reads them. In a name that is no UTF-8 Qt shows �; where no file has just that name, the one that Qt would show
    so is meant.
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
