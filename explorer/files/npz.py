"""NumPy's .npz: a zip of .npy files. Names in it are labels only; nothing is ever unpacked to the disk."""

import zipfile
from collections import Counter
from pathlib import Path
from typing import BinaryIO

import torch

from explorer.errors import FileError
from explorer.files import npy
from explorer.files.entries import Dropped, Entry, Progress
from explorer.files.raw import Read
from explorer.files.refusals import BROKEN, damaged, refused, shown
from explorer.memory import in_bytes, memory_free
from explorer.messages import QT_TRANSLATE_NOOP

MEMBERS = 50_000
RATIO = 100
MODEST = 2**28
"""Bytes that may unpack from as little as they like."""

TOO_MANY = QT_TRANSLATE_NOOP("errors", "“{file}” holds {count} members, which is too many; save what matters of it.")
TWICE = QT_TRANSLATE_NOOP("errors", "“{file}” holds “{name}” twice; save it again under different names.")
LOCKED = QT_TRANSLATE_NOOP("errors", "“{name}” in “{file}” is encrypted or oddly packed; save it with numpy.savez.")
NO_ARRAY = QT_TRANSLATE_NOOP("errors", "“{name}” in “{file}” is no array; open the other members.")
NOTHING = QT_TRANSLATE_NOOP("errors", "“{file}” holds no tensors; choose another file.")
BOMB = QT_TRANSLATE_NOOP(
    "errors",
    "“{name}” in “{file}” would unpack from {packed} to {need}, as bombs do; if it is meant, save it with numpy.savez.",
)


class NpzFile:
    """An open .npz; `left_out` says why some members are no tensors."""

    def __init__(self, path: Path, stream: BinaryIO, progress: Progress) -> None:
        self._path = path
        self._archive = zipfile.ZipFile(stream)
        self._headers: dict[str, tuple[zipfile.ZipInfo, npy.Header]] = {}
        self.left_out: dict[str, FileError] = {}
        self.dropped: dict[Dropped, list[str]] = {}
        members = [info for info in self._archive.infolist() if not info.is_dir()]
        self._check(members)
        for i, info in enumerate(members):
            progress(i / len(members))
            name = info.filename.removesuffix(".npy")
            try:
                self._headers[name] = (info, self._header(name, info))
            except FileError as error:
                self.left_out[name] = error
            except (OSError, *BROKEN):
                self.left_out[name] = damaged(path)
        if not self._headers:
            raise next(iter(self.left_out.values()), refused(path, NOTHING))

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MEMBERS:
            raise refused(self._path, TOO_MANY, count=len(members))
        name, count = (
            Counter(i.filename.removesuffix(".npy") for i in members).most_common(1)[0] if members else ("", 0)
        )
        if count > 1:
            raise refused(self._path, TWICE, name=shown(name))

    def _header(self, name: str, info: zipfile.ZipInfo) -> npy.Header:
        if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused(self._path, LOCKED, name=shown(name))
        with self._archive.open(info) as member:
            head = member.read(npy.HEAD)
        if not head.startswith(b"\x93NUMPY"):
            raise refused(self._path, NO_ARRAY, name=shown(name))
        return npy.header(self._path, name, head, info.file_size)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The arrays that can be loaded."""
        return tuple(header.entry for _, header in self._headers.values())

    def read(self, name: str, progress: Progress) -> torch.Tensor:
        """One array, unpacked no further than its header said."""
        info, header = self._headers[name]
        need = header.entry.nbytes
        if need > max(info.compress_size, 1) * RATIO and need > min(MODEST, (memory_free() or MODEST) // 4):
            packed, whole = in_bytes(info.compress_size), in_bytes(need)
            raise refused(self._path, BOMB, name=shown(name), packed=packed, need=whole)
        with self._archive.open(info) as member:
            member.read(header.offset)
            readinto: Read = member.readinto  # type: ignore[attr-defined]
            made = npy.read(self._path, header, readinto, progress)
            if member.read(1):  # the end is also where the checksum is compared
                raise damaged(self._path)
        return made

    def close(self) -> None:
        """Let go of the directory; the stream is its opener's."""
        self._archive.close()
