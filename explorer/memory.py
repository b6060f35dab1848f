"""How much memory is free, and the one guard that every path asks before it takes much of it. Knows no torch.

What does not fit is refused with figures before a byte is taken: a system that has none left ends processes, with all
that is in them.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from explorer.errors import RoomError
from explorer.messages import QT_TRANSLATE_NOOP, Message

if sys.platform != "win32":  # which has none
    import resource

ASKED = 2**24
"""Bytes below which nobody asks: looking takes some tens of microseconds."""

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Options of the C library: from how many free bytes on the end of a heap is given back; from how many bytes on a block
has a mapping of its own, which is given back whenever it is freed."""
KEPT = ((M_TRIM_THRESHOLD, 2**23), (M_MMAP_THRESHOLD, 2**21))

UNITS = ("KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


def refused(need: int, free: int) -> RoomError:
    """The refusal of `need` bytes where `free` are free."""
    template = QT_TRANSLATE_NOOP(
        "errors",
        "This would take {need} of memory and {free} are free; choose a smaller shape or dtype, or close other "
        "programs.",
    )
    return RoomError(Message("errors", template, {"need": in_bytes(need), "free": in_bytes(free)}))


def room_for(nbytes: int, device: object = "cpu", refusal: Callable[[int, int], Exception] = refused) -> None:
    """Asked before `nbytes` are taken on a device: raises `refusal(nbytes, free)`, by default a RoomError, where they
    do not fit. A device that does not tell refuses for itself."""
    if nbytes < ASKED:
        return
    free = free_on(str(device))
    if free is not None and nbytes > free:
        raise refusal(nbytes, free)


def short_of(error: BaseException) -> bool:
    """Whether what was raised all the same has to do with memory: it says so by its kind, or hardly any is left."""
    kinds: tuple[type[BaseException], ...] = (MemoryError,)
    torch = sys.modules.get("torch")
    if torch is not None:
        kinds = (MemoryError, torch.OutOfMemoryError)
    if isinstance(error, kinds) or isinstance(error.__cause__, kinds):
        return True
    free = memory_free()
    return free is not None and free < ASKED


def free_on(device: str) -> int | None:
    """Bytes that can be had now on a device of torch; None where it does not tell, and on meta, which takes none."""
    if device == "cpu":
        return memory_free()
    torch = sys.modules.get("torch")
    if torch is None or not device.startswith("cuda"):
        return None
    free, _ = torch.cuda.mem_get_info(device)
    own = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)  # which torch keeps to give it again
    return int(free + own)


def memory_total() -> int | None:
    """Bytes of the machine's memory; None where the system does not tell."""
    return _pages("SC_PHYS_PAGES")


def memory_free() -> int | None:
    """Bytes that this process can have now without swapping, about: the machine's, or what a limit of the process or of
    its control group leaves, whichever is less. None where the system does not tell."""
    found = [x for x in (_of_machine(), _of_limits(), *map(_of_group, _groups())) if x is not None]
    return max(min(found), 0) if found else None


def _of_machine() -> int | None:
    try:
        fields = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text("ascii").splitlines())
        return int(fields["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return _pages("SC_AVPHYS_PAGES")


def _of_limits() -> int | None:
    """What the limits of the process (ulimit -v, ulimit -d) leave."""
    if sys.platform == "win32":
        return None
    kinds = {0: resource.RLIMIT_AS, 5: resource.RLIMIT_DATA}  # by the place in statm of what is taken of it
    limits = {field: resource.getrlimit(kind)[0] for field, kind in kinds.items()}
    limits = {field: limit for field, limit in limits.items() if limit != resource.RLIM_INFINITY}
    if not limits:
        return None
    try:
        taken = [int(x) * resource.getpagesize() for x in Path("/proc/self/statm").read_text("ascii").split()]
    except (OSError, ValueError):
        return None
    return min(limit - taken[field] for field, limit in limits.items())


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[Path, str, str, str], ...]:
    """The control groups of this process that can have a limit: the folder, its files of the limit and of what is
    taken, and the field of memory.stat that says what of it can be given back."""
    found = []
    try:
        lines = Path("/proc/self/cgroup").read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return ()
    for line in lines:
        _, kinds, place = line.split(":", 2)
        if kinds == "":
            top, names = Path("/sys/fs/cgroup"), ("memory.max", "memory.current", "inactive_file")
        elif "memory" in kinds.split(","):
            top = Path("/sys/fs/cgroup/memory")
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
        else:
            continue
        own = top / place.lstrip("/")
        above = [folder for folder in (own, *own.parents) if folder.is_relative_to(top)]
        found += [(folder, *names) for folder in above if (folder / names[0]).is_file()]
    return tuple(found)


def _of_group(group: tuple[Path, str, str, str]) -> int | None:
    folder, limit, taken, field = group
    try:
        text = (folder / limit).read_text("ascii").strip()
        total = memory_total()
        if text == "max" or (total is not None and int(text) >= total):
            return None
        fields = dict(line.split(" ", 1) for line in (folder / "memory.stat").read_text("ascii").splitlines())
        return int(text) - int((folder / taken).read_text("ascii")) + int(fields.get(field, 0))
    except (OSError, ValueError):
        return None


def _pages(name: str) -> int | None:
    try:
        return os.sysconf(name) * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


def give_back() -> bool:
    """From now on what is freed goes back to the system; whether the C library can be told so (that of Linux can).

    Left alone, it takes every large block that is freed for a reason to keep more the next time, up to 64 MiB for each
    thread.
    """
    try:
        tell = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return all(tell(option, nbytes) == 1 for option, nbytes in KEPT)


def amount(count: int) -> Message:
    """A number of bytes for a place in a sentence, which is said in the language of the sentence."""
    if count >= 1024:
        return Message("amounts", in_bytes(count))
    if count == 1:
        return Message("amounts", QT_TRANSLATE_NOOP("amounts", "1 byte"))
    return Message("amounts", QT_TRANSLATE_NOOP("amounts", "{count} bytes"), {"count": count})


def in_bytes(count: int) -> str:
    """A number of bytes for people: "32 bytes", "1.5 KiB", "20 GiB"."""
    if count < 1024:
        return f"{count} bytes"
    power = 1
    while count / 1024**power >= 1023.95 and power < len(UNITS):  # which would be rounded to 1024
        power += 1
    return f"{count / 1024**power:.1f} {UNITS[power - 1]}".replace(".0 ", " ")
