"""What a file format is: how a file of it is known, what reads it, and how it is written."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Protocol

from explorer.errors import FileError
from explorer.files.entries import Dropped, Entry, Progress
from explorer.late import torch
from explorer.messages import Phrase
from explorer.workspace.file_reading import mark_of

HEAD = 512
ZIPS = (b"PK\x03\x04", b"PK\x05\x06")


class UnknownFile:
    """An open file whose format is not known yet: its first bytes, and its directory where it is a zip."""

    def __init__(self, path: Path, stream: FileIO) -> None:
        self.path, self.stream = path, stream
        self.mark = mark_of(os.fstat(stream.fileno()))
        stream.seek(0)
        self.head = stream.read(HEAD)

    @cached_property
    def archive(self) -> zipfile.ZipFile | None:
        """Its directory; with many members it takes a while to read. Raises zipfile's errors where it is broken."""
        return zipfile.ZipFile(self.stream) if self.head.startswith(ZIPS) else None

    @property
    def members(self) -> list[str]:
        """The names in its directory; none where it is no zip."""
        return [] if self.archive is None else self.archive.namelist()


class Reader(Protocol):
    """An open file: the tensors that can be loaded, why others in it cannot, what is lost, and the loading of one."""

    left_out: dict[str, FileError]
    dropped: dict[Dropped, list[str]]

    @property
    def entries(self) -> tuple[Entry, ...]: ...

    def read(self, name: str, progress: Progress) -> torch.Tensor: ...

    def source(self, name: str, path: str) -> str | None: ...

    def close(self) -> None: ...


def _all(place: Path, tensors: Mapping[str, torch.Tensor]) -> None:
    """Every tensor can be held."""


@dataclass(frozen=True)
class FileFormat:
    """A format of tensor files."""

    title: Phrase
    """What a file of it is called in a dialog."""
    endings: tuple[str, ...]
    """In small letters, with the dot; the usual one first."""
    knows: Callable[[UnknownFile], bool]
    """Whether a file is of it. Raises FileError where it is and cannot be opened all the same."""
    open: Callable[[UnknownFile, Progress], Reader]
    """What reads a file of it. Raises FileError, or what `refusals.reading` makes one of."""
    write: Callable[[BinaryIO, Mapping[str, torch.Tensor]], None]
    """Write tensors with values, plain but for their device and torch's conj and neg bits: see `raw.plain`."""
    check: Callable[[Path, Mapping[str, torch.Tensor]], None] = _all
    """Raises FileError for tensors that it cannot hold."""
