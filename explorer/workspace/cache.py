"""The memory that results outside the present program may take."""

import os
import weakref
from collections.abc import Collection

from explorer.workspace.storage import Storage

_FALLBACK = 8 * 2**30


def quarter() -> int:
    """A quarter of the machine's memory, in bytes."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4
    except (AttributeError, OSError, ValueError):
        return _FALLBACK // 4


class Cache:
    """The storages of all programs of one session; those not in use are dropped, oldest first, above `budget` bytes."""

    def __init__(self, budget: int | None = None) -> None:
        self.budget = quarter() if budget is None else budget
        self._storages: weakref.WeakSet[Storage] = weakref.WeakSet()

    def trim(self, present: Collection[Storage]) -> None:
        """Make room; `present` are the storages of the program that is shown."""
        for storage in present:
            self._storages.add(storage)
        needed = set(present)
        unused = sorted((s for s in self._storages if s not in needed), key=lambda s: s.number)
        held = {storage: storage.held() for storage in unused}
        total = sum(held.values())
        for storage in unused:
            if total <= self.budget:
                return
            if storage.drop():
                total -= held[storage]
