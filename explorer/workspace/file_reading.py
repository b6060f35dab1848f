"""Where values were read from, so that code reads them there again instead of spelling them out."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class FileReading:
    """`source`, a Python expression, gives the values of a tensor anew from the file at `path` (absolute), for as long
    as that is in the state that `mark` tells."""

    path: str
    source: str
    mark: tuple[int, ...]

    @property
    def unchanged(self) -> bool:
        """Whether the file is there as it was. Asks the disk."""
        try:
            return mark_of(os.stat(self.path)) == self.mark  # noqa: PTH116 - a name that is no text stays
        except (OSError, ValueError):
            return False


def mark_of(told: os.stat_result) -> tuple[int, ...]:
    """What tells one state of a file from another."""
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns
