"""What the C library of Linux says of its own memory, to the byte.

What a process has in the system's eyes goes up and down by whole pages, of which a byte may be in use; this does not.
"""

import ctypes

NAMES = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"


class _Figures(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_size_t) for name in NAMES.split())


def in_use() -> int | None:
    """Bytes that were asked for and not freed, what Python keeps in pools of its own not among them; None where the
    library does not tell."""
    found = _figures()
    return int(found.uordblks + found.hblkhd) if found is not None else None


def kept() -> int | None:
    """Bytes that were freed and not given back to the system; None where the library does not tell."""
    found = _figures()
    return int(found.fordblks) if found is not None else None


def _figures() -> "_Figures | None":
    try:
        ask = ctypes.CDLL(None).mallinfo2
    except (AttributeError, OSError, TypeError):
        return None
    ask.restype = _Figures
    found = ask()
    assert isinstance(found, _Figures)
    return found
