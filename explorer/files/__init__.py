"""Tensors in and out of files. Knows no window; every failure is `explorer.errors.FileError`.

contents(path) -> list of Entry(name, shape, dtype, nbytes), no numbers read
load(path, name=None) -> torch.Tensor, whole
save(path, {"A": tensor}), whole or not at all; the ending chooses the format
"""

from explorer.files.child import SPARE
from explorer.files.entries import Entry
from explorer.files.formats import READ, WRITTEN
from explorer.files.loading import Opened, contents, load, opened
from explorer.files.saving import save
from explorer.files.scratch_file import tidy


def stand_by() -> None:
    """Remove what killed programs have left, and get ready for files that will be opened: have a process wait for a
    .pt. Takes a few milliseconds."""
    tidy()
    SPARE.begin()


def stand_down() -> None:
    """End what `stand_by` began."""
    SPARE.end()


__all__ = ["READ", "WRITTEN", "Entry", "Opened", "contents", "load", "opened", "save", "stand_by", "stand_down"]
