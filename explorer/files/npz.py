"""NumPy's .npz: a zip of .npy files. Names in it are labels only; nothing is ever unpacked to the disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import FileIO
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from explorer.errors import FileError
from explorer.files import npy
from explorer.files.entries import Dropped, Entry, Progress
from explorer.files.file_format import FileFormat, UnknownFile
from explorer.files.raw import Read
from explorer.files.refusals import BROKEN, damaged, refused
from explorer.late import torch
from explorer.memory import in_bytes, memory_free
from explorer.messages import QT_TRANSLATE_NOOP, Phrase, legible

MEMBERS = 50_000
RATIO = 100
MODEST = 2**28
"""Bytes that may unpack from as little as they like."""
LOCAL = 30
"""Bytes of what stands before each member, without its name and its extra field."""
UTF_8 = 0x800
NEAR = 512
"""Bytes that are read at once where a member begins: all that is before the numbers, nearly always."""

TOO_MANY = QT_TRANSLATE_NOOP("errors", "“{file}” holds {count} members, which is too many; save what matters of it.")
TWICE = QT_TRANSLATE_NOOP("errors", "“{file}” holds “{name}” twice; save it again under different names.")
LOCKED = QT_TRANSLATE_NOOP("errors", "“{name}” in “{file}” is encrypted or oddly packed; save it with numpy.savez.")
NO_ARRAY = QT_TRANSLATE_NOOP("errors", "“{name}” in “{file}” is no array; open the other members.")
NOTHING = QT_TRANSLATE_NOOP("errors", "“{file}” holds no tensors; choose another file.")
BOMB = QT_TRANSLATE_NOOP(
    "errors",
    "“{name}” in “{file}” would unpack from {packed} to {need}, as bombs do; if it is meant, save it with numpy.savez.",
)
NO_NAME = QT_TRANSLATE_NOOP("errors", "A tensor in “{file}” cannot be called “{name}”; rename it.")


@dataclass(frozen=True)
class Member:
    """An array of the archive: its entry in the directory, its header, and where its (packed) bytes begin and end."""

    info: zipfile.ZipInfo
    header: npy.Header
    begin: int
    end: int


@dataclass(frozen=True)
class ArchiveListing:
    """What an archive holds, in its order: the arrays, and why other members are none."""

    members: Mapping[str, Member]
    left_out: Mapping[str, FileError]


_kept: dict[object, ArchiveListing] = {}
"""The archive that was listed last and what is in it: of many arrays a user first sees the list, then loads some."""


class NpzFile:
    """An open .npz; `left_out` says why some members are no tensors."""

    def __init__(self, file: UnknownFile, progress: Progress) -> None:
        self._path, self._stream, mark = file.path, file.stream, (file.path, file.mark)
        found = _kept.get(mark) or _listed(file, progress)
        _kept.clear()
        _kept[mark] = found
        self._members = found.members
        self._odd: set[str] = set()
        self.left_out: dict[str, FileError] = dict(found.left_out)
        self.dropped: dict[Dropped, list[str]] = {}
        if not self._members:
            raise next(iter(self.left_out.values()), refused(file.path, NOTHING))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The arrays that can be loaded."""
        return tuple(member.header.entry for member in self._members.values())

    def read(self, name: str, progress: Progress) -> torch.Tensor:
        """One array, unpacked no further than its header said."""
        member = self._members[name]
        info, header = member.info, member.header
        need = header.entry.nbytes
        if need > max(info.compress_size, 1) * RATIO and need > min(MODEST, (memory_free() or MODEST) // 4):
            packed, whole = in_bytes(info.compress_size), in_bytes(need)
            raise refused(self._path, BOMB, name=legible(name), packed=packed, need=whole)
        if _header(self._path, name, self._stream, info, member.end) != (header, member.begin):
            raise damaged(self._path)  # it is another file by now
        self._stream.seek(member.begin)
        with zipfile.ZipExtFile(self._stream, "r", info) as content:
            content.read(header.offset)
            readinto: Read = content.readinto
            made = npy.read(self._path, header, readinto, progress, self._odd)
            if content.read(1):  # the end is also where the checksum is compared
                raise damaged(self._path)
        return made

    def source(self, name: str, path: str) -> str | None:
        """How Python reads an array that has been read, from the file at `path`; None where it reads another."""
        member = self._members[name]
        full = any(other is not member and other.info.filename == name for other in self._members.values())
        key = member.info.filename if full else name
        return None if name in self._odd else npy.source(f"np.load({path!r})[{key!r}]", member.header)

    def close(self) -> None:
        """Nothing is held besides the stream, which is its opener's."""


def _listed(file: UnknownFile, progress: Progress) -> ArchiveListing:
    """Every member of the archive: one reading where each begins."""
    path, archive = file.path, file.archive
    assert archive is not None
    infos = [info for info in archive.infolist() if not info.is_dir()]
    names = [info.filename.removesuffix(".npy") for info in infos]
    _check(path, names)
    members: dict[str, Member] = {}
    left_out: dict[str, FileError] = {}
    places = sorted({info.header_offset for info in archive.infolist()} | {archive.start_dir})
    following = dict(pairwise(places))
    for i, (name, info) in enumerate(zip(names, infos, strict=True)):
        if not i % 64:
            progress(i / len(infos))
        try:
            end = following.get(info.header_offset, 0)
            header, begin = _header(path, name, file.stream, info, end)
            members[name] = Member(info, header, begin, end)
        except FileError as error:
            left_out[name] = error.with_traceback(None)  # whose frames hold the stream
        except (OSError, *BROKEN):
            left_out[name] = damaged(path)
    return ArchiveListing(members, left_out)


def _check(path: Path, names: list[str]) -> None:
    if len(names) > MEMBERS:
        raise refused(path, TOO_MANY, count=len(names))
    name, count = Counter(names).most_common(1)[0] if names else ("", 0)
    if count > 1:
        raise refused(path, TWICE, name=legible(name))


def _header(path: Path, name: str, stream: FileIO, info: zipfile.ZipInfo, end: int) -> tuple[npy.Header, int]:
    """What a member says of itself, and where its bytes begin; they may go no further than `end`, where another has
    its place. Raises FileError, or what is among BROKEN."""
    if info.flag_bits & 0x61 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refused(path, LOCKED, name=legible(name))
    stream.seek(info.header_offset)
    near = stream.read(NEAR)
    if near[:4] != b"PK\x03\x04":
        raise damaged(path)
    flags, how, words, extra = struct.unpack("<HH16xHH", near[6:LOCAL])
    begin = info.header_offset + LOCAL + words + extra
    if LOCAL + words > len(near):
        near += stream.read(words)
    own = near[LOCAL : LOCAL + words]
    spelt = own.decode("utf-8" if flags & UTF_8 or own.isascii() else "cp437")
    if flags & 1 or how != info.compress_type or spelt != info.orig_filename or begin + info.compress_size > end:
        raise damaged(path)
    head = _unpacked(info, near[begin - info.header_offset :][: info.compress_size])
    if len(head) < 12 or npy.short(head):
        stream.seek(begin)
        head = _unpacked(info, stream.read(min(info.compress_size, npy.HEAD)))
    if not head.startswith(npy.MAGIC):
        raise refused(path, NO_ARRAY, name=legible(name))
    return npy.header(path, name, head, info.file_size), begin


def _unpacked(info: zipfile.ZipInfo, packed: bytes) -> bytes:
    """The beginning of a member, from the beginning of its bytes."""
    if info.compress_type == zipfile.ZIP_STORED:
        return packed
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, npy.HEAD)


def _holds(place: Path, tensors: Mapping[str, torch.Tensor]) -> None:
    npy.check_dtypes(place, tensors)
    for name in tensors:
        if not name or not name.isprintable():
            raise refused(place, NO_NAME, name=legible(name))


def _write(file: BinaryIO, tensors: Mapping[str, torch.Tensor]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, tensor in tensors.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                npy.write(member, tensor)


NPZ = FileFormat(
    Phrase("NumPy archive", "NumPy 归档"),
    (".npz",),
    knows=lambda file: any(name.endswith(".npy") for name in file.members),
    open=NpzFile,
    write=_write,
    check=_holds,
)
