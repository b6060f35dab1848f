"""The file formats that there are. Another one is a module of its own and a line here."""

from pathlib import Path

from explorer.files.file_format import FileFormat
from explorer.files.npy import NPY
from explorer.files.npz import NPZ
from explorer.files.torch_file import TORCH

FORMATS: tuple[FileFormat, ...] = (NPY, NPZ, TORCH)
"""As a dialog names them, the usual one first. A file is held against them from the last to the first: an archive of
torch's may hold a .npy, too."""

READ = WRITTEN = tuple(ending for known in FORMATS for ending in known.endings)
"""The usual endings of what can be opened, where it is the first bytes that count; and those that `save` knows."""


def by_ending(path: Path) -> FileFormat | None:
    """The format that the ending of `path` says, whatever is in the file."""
    return next((known for known in FORMATS if path.suffix.lower() in known.endings), None)
