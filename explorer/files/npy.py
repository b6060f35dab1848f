"""NumPy's .npy: one array. Its header is checked against the size of the file before anything is made of it."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, BinaryIO

import numpy as np

from explorer.errors import FileError
from explorer.files import raw as raws
from explorer.files.entries import Dropped, Entry, Progress
from explorer.files.file_format import FileFormat, UnknownFile
from explorer.files.raw import CANONICAL, FROM_NUMPY, Read, dtypes, fill, plain, swap, tensor
from explorer.files.refusals import check_room, damaged, refused
from explorer.late import torch
from explorer.memory import amount
from explorer.messages import QT_TRANSLATE_NOOP, Phrase, legible
from explorer.ops.calls import silent

MAGIC = b"\x93NUMPY"
HEAD = 2**14
"""Bytes that hold every header which NumPy itself reads (10,000 characters at most)."""
LONGEST = 10_000
RANK = 64
_SIZE = rb"(?:0|[1-9]\d{0,18})"
PLAIN = re.compile(
    rb"{'descr': '([<>|][biufc]\d{1,2})', 'fortran_order': (False|True), "
    rb"'shape': \((|" + _SIZE + rb",|" + _SIZE + rb"(?:, " + _SIZE + rb")+)\), } *\n"
)
"""A header as NumPy writes it for numbers; any other is left to NumPy's own parser, which takes ten times as long."""

OBJECTS = QT_TRANSLATE_NOOP(
    "errors",
    "“{name}” in “{file}” holds Python objects, which can run programs; save it as numbers, as with astype(float).",
)
NO_NUMBERS = QT_TRANSLATE_NOOP(
    "errors", "“{name}” in “{file}” has dtype {dtype}, which torch does not have; save it as numbers that torch has."
)
WRONG_SIZE = QT_TRANSLATE_NOOP(
    "errors", "“{file}” says that “{name}” takes {need} and holds {have} of it; get it again where it came from."
)
TOO_DEEP = QT_TRANSLATE_NOOP(
    "errors", "“{name}” in “{file}” has {rank} axes and at most 64 can be shown; save it with fewer."
)
ONE = QT_TRANSLATE_NOOP("errors", "A .npy file holds one tensor and these are {count}; save “{file}” as .npz or .pt.")
NO_SUCH_DTYPE = QT_TRANSLATE_NOOP(
    "errors", "NumPy has no {dtype}, which {name} is; convert it to float32, or save “{file}” as .pt."
)


@dataclass(frozen=True)
class Header:
    """What a .npy says of itself; the numbers begin at `offset` (bytes)."""

    entry: Entry
    dtype: np.dtype[np.generic]
    columns_first: bool
    offset: int


def header(path: Path, name: str, head: bytes, size: int, followed: bool = False) -> Header:
    """The header at the beginning of a .npy of `size` bytes; `followed`: others may come behind it. Raises FileError
    for what cannot be loaded."""
    shape, columns_first, dtype, offset = _parsed(path, head)
    if dtype.hasobject:
        raise refused(path, OBJECTS, name=legible(name))
    found = _torch_dtype(dtype)
    if found is None:
        raise refused(path, NO_NUMBERS, name=legible(name), dtype=str(dtype)[:60])
    if len(shape) > RANK:
        raise refused(path, TOO_DEEP, name=legible(name), rank=len(shape))
    if any(type(n) is not int or n < 0 for n in shape):
        raise damaged(path)
    nbytes, have = math.prod(shape) * dtype.itemsize, size - offset
    if nbytes > have or (nbytes < have and not followed) or any(n >= 2**63 for n in shape):
        raise refused(path, WRONG_SIZE, name=legible(name), need=amount(nbytes), have=amount(have))
    return Header(Entry(name, shape, found, nbytes), dtype, columns_first, offset)


@lru_cache(maxsize=64)
def _torch_dtype(dtype: np.dtype[np.generic]) -> torch.dtype | None:
    """torch's dtype of the same numbers, if it has one."""
    plain = dtype.kind in "biufc" and dtype.subdtype is None and dtype.name in FROM_NUMPY
    found = dtypes()[dtype.name] if plain else None
    return found if found is not None and found.itemsize == dtype.itemsize else None


def short(head: bytes) -> bool:
    """Whether the beginning of a .npy breaks off before its header ends."""
    length = head[8:10] if head[6:7] == b"\x01" else head[8:12]
    return head.startswith(MAGIC) and 8 + len(length) + int.from_bytes(length, "little") > len(head)


def _plain(head: bytes) -> tuple[tuple[int, ...], bool, np.dtype[np.generic], int] | None:
    """What a header as NumPy writes it says; None for any other."""
    end = 10 + int.from_bytes(head[8:10], "little")
    if not head.startswith(MAGIC + b"\x01\x00") or not 10 < end <= min(len(head), LONGEST):
        return None
    told = _told(head[10:end])
    return None if told is None else (*told, end)


@lru_cache(maxsize=256)
def _told(text: bytes) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]] | None:
    found = PLAIN.fullmatch(text)
    if found is None:
        return None
    try:
        dtype = np.dtype(found[1].decode("ascii"))
    except TypeError:
        return None
    return tuple(int(size) for size in found[3].split(b",") if size), found[2] == b"True", dtype


def _parsed(path: Path, head: bytes) -> tuple[tuple[int, ...], bool, np.dtype[np.generic], int]:
    plain = _plain(head)
    if plain is not None:
        return plain
    stream = io.BytesIO(head)
    try:
        with silent():  # that Python 2 wrote it
            version = np.lib.format.read_magic(stream)
            # Version 3 differs from 2 in the names of fields only, and no array with fields is a tensor.
            first = version == (1, 0)
            parse = np.lib.format.read_array_header_1_0 if first else np.lib.format.read_array_header_2_0
            shape, columns_first, dtype = parse(stream)
    except Exception as error:  # NumPy raises whatever its tokenizer and its dtypes raise
        raise damaged(path) from error
    return shape, bool(columns_first), dtype, stream.tell()


def read(path: Path, head: Header, readinto: Read, progress: Progress, odd: set[str]) -> torch.Tensor:
    """The numbers, from a stream that stands where they begin. Column-major arrays keep their strides. Where a bool was
    none and is one now, its name is put into `odd`."""
    check_room(path, head.entry.name, head.entry.nbytes)
    raw = fill(head.entry.nbytes, readinto, progress)
    if not head.dtype.isnative:
        swap(raw, head.dtype.itemsize // (2 if head.dtype.kind == "c" else 1))
    if raws.odd(raw, head.entry.dtype):
        odd.add(head.entry.name)
    order = list(range(len(head.entry.shape)))
    return tensor(raw, head.entry.dtype, head.entry.shape, order[::-1] if head.columns_first else order)


def source(loaded: str, head: Header) -> str | None:
    """The expression of the tensor, in row-major order, where that of the array is `loaded`; None for one without
    cells, which is as short without its file."""
    if not head.entry.nbytes:
        return None
    if not head.dtype.isnative:
        loaded += f".astype(np.{head.dtype.name})"
    return f"torch.from_numpy({loaded}){CANONICAL if head.columns_first and len(head.entry.shape) > 1 else ''}"


class NpyFile:
    """An open .npy; its tensor is called as the file is. Others that were saved behind it are numbered."""

    def __init__(self, file: UnknownFile, progress: Progress) -> None:
        self._path, self._stream = file.path, file.stream
        size = self._stream.seek(0, io.SEEK_END)
        self._headers: dict[str, tuple[int, Header]] = {}
        self._list(size, progress)
        self.entries = tuple(found.entry for _, found in self._headers.values())
        self.left_out: dict[str, FileError] = {}
        self.dropped: dict[Dropped, list[str]] = {}
        self._odd: set[str] = set()

    def _list(self, size: int, progress: Progress) -> None:
        """Each array with the place where it begins. What does not begin as an array behind the last one is no more
        than was said of it: the file is refused."""
        place, stem = 0, self._path.stem
        while place < size or not place:
            self._stream.seek(place)
            head = self._stream.read(HEAD)
            name = f"{stem} ({len(self._headers) + 1})" if place else stem
            found = header(self._path, name, head, size - place, followed=True)
            end = place + found.offset + found.entry.nbytes
            self._stream.seek(end)
            if end < size and (len(self._headers) > LONGEST or self._stream.read(len(MAGIC)) != MAGIC):
                header(self._path, name, head, size - place)
            self._headers[name] = place, found
            place = end
            progress(0.0)

    def read(self, name: str, progress: Progress) -> torch.Tensor:
        """The tensor. Raises FileError or what `reading` makes one of."""
        place, found = self._headers[name]
        self._stream.seek(place + found.offset)
        return read(self._path, found, self._stream.readinto, progress, self._odd)

    def source(self, name: str, path: str) -> str | None:
        """How Python reads the tensor that has been read, from the file at `path`; None where it reads another."""
        place, found = self._headers[name]
        return None if name in self._odd or place else source(f"np.load({path!r})", found)

    def close(self) -> None:
        """Nothing is held besides the stream."""


def check_dtypes(place: Path, tensors: Mapping[str, torch.Tensor]) -> None:
    """Raises FileError where NumPy has no such dtype."""
    for name, given in tensors.items():
        kind = str(given.dtype).removeprefix("torch.")
        if kind not in FROM_NUMPY:
            raise refused(place, NO_SUCH_DTYPE, name=legible(name), dtype=kind)


def write(file: IO[bytes], made: torch.Tensor) -> None:
    """Write one .npy."""
    np.lib.format.write_array(file, plain(made).numpy(), allow_pickle=False)


def _check(place: Path, tensors: Mapping[str, torch.Tensor]) -> None:
    if len(tensors) > 1:
        raise refused(place, ONE, count=len(tensors))
    check_dtypes(place, tensors)


def _write(file: BinaryIO, tensors: Mapping[str, torch.Tensor]) -> None:
    write(file, *tensors.values())


NPY = FileFormat(
    Phrase("NumPy array", "NumPy 数组"),
    (".npy",),
    knows=lambda file: file.head.startswith(MAGIC),
    open=NpyFile,
    write=_write,
    check=_check,
)
