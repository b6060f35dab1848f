"""Tensors in and out of files. Knows no window; every failure is `explorer.errors.FileError`.

contents(path) -> list of Entry(name, shape, dtype, nbytes), no numbers read
load(path, name=None) -> torch.Tensor, whole
save(path, {"A": tensor}), whole or not at all; the ending chooses the format
"""

from explorer.files.entries import Entry
from explorer.files.loading import READ, Opened, contents, load, opened
from explorer.files.saving import WRITTEN, save

__all__ = ["READ", "WRITTEN", "Entry", "Opened", "contents", "load", "opened", "save"]
