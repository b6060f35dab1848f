"""torch's .pt and .pth, read by a child process: loading one may run whatever its maker put into it, or crash."""

from __future__ import annotations

import json
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from io import FileIO
from math import prod
from typing import Any, BinaryIO

from explorer.errors import FileError
from explorer.files.child import SPARE, Child
from explorer.files.entries import Dropped, Entry, Progress
from explorer.files.file_format import FileFormat, UnknownFile
from explorer.files.raw import CANONICAL, dtypes, fill, odd, plain, tensor
from explorer.files.refusals import check_room, damaged, no_room, refused
from explorer.late import torch
from explorer.memory import in_bytes, memory_free, room_for
from explorer.messages import QT_TRANSLATE_NOOP, Phrase, legible

MAGIC = b"l\xfc\x9cF\xf9 j\xa8P\x19"  # of the old format, as every pickle spells the number
SECONDS = 60.0
"""What the child may be silent for."""
RANK = 64
PACKED = 2**26
"""Bytes of packed members that are believed; torch itself packs none."""
LISTING = 2**28
"""Bytes of a listing that are believed."""

PROGRAM = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” carries Python objects ({programs}), which can run programs; save only tensors, as in a state_dict().",
)
PROTOCOL = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is written in a newer form of pickle than is safe to read; save it with torch.save as it is set.",
)
SLOW = QT_TRANSLATE_NOOP("errors", "“{file}” took longer than {seconds} seconds to read; open a smaller one.")
NOTHING = QT_TRANSLATE_NOOP("errors", "“{file}” holds no tensors; choose another file.")
BOMB = QT_TRANSLATE_NOOP(
    "errors", "“{file}” would unpack to {need}, as zip bombs do; if it is meant, save it again with torch.save."
)
ODD = QT_TRANSLATE_NOOP(
    "errors", "“{name}” in “{file}” is stored as {kind}, which cannot be shown; save it as a plain tensor first."
)
QUANTIZED = QT_TRANSLATE_NOOP(
    "errors", "“{name}” in “{file}” is quantized: whole numbers with a scale; save its dequantize() to see its values."
)
SPARSE = QT_TRANSLATE_NOOP(
    "errors", "“{name}” in “{file}” is stored as {kind}, without its zeros; save its to_dense() to see all cells."
)
DEEP = QT_TRANSLATE_NOOP(
    "errors", "“{name}” in “{file}” has {rank} axes and at most 64 can be shown; save it with fewer."
)
SCRIPT = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is a TorchScript program and not only tensors; save its state_dict() with torch.save and open that.",
)
EXPORTED = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is an exported torch program and not only tensors; save its state_dict with torch.save and open that.",
)


class TorchFile:
    """The child that has the file open, and what it told of it."""

    def __init__(self, file: UnknownFile, progress: Progress) -> None:
        self._path, stream = file.path, file.stream
        self._places: dict[str, tuple[int, Mapping[str, Any]]] = {}
        self._entries: dict[str, Entry] = {}
        self._odd: set[str] = set()
        self.left_out: dict[str, FileError] = {}
        self.dropped: dict[Dropped, list[str]] = {}
        request = {"path": str(self._path.absolute()), "mapped": _mappable(file), "memory": memory_free()}
        spare = SPARE.take()
        self._child = spare or Child()
        try:
            try:
                listing = self._listing(request, stream, progress)
            except EOFError:
                if spare is None:
                    raise
                spare.end()  # it may have died while it waited, and not of this file
                self._child = Child()
                listing = self._listing(request, stream, progress)
            if "refused" in listing:
                raise self._refusal(listing)
            self._on_cpu = set(listing["places"]) <= {"cpu"}
            for place, told in enumerate(listing["entries"]):
                self._list(place, told)
            self.dropped = _dropped({name: self._places[name][1] for name in self._entries}, listing["others"])
            if not self._entries:
                raise next(iter(self.left_out.values()), refused(self._path, NOTHING))
        except BaseException:
            self.close()
            raise

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The tensors that can be loaded, wherever in dicts and lists they stand: "model.layers.0.weight"."""
        return tuple(self._entries.values())

    def read(self, name: str, progress: Progress) -> torch.Tensor:
        """One tensor, with the order of axes in memory that it had."""
        entry, (place, told) = self._entries[name], self._places[name]
        if told["meta"]:
            return torch.empty(entry.shape, dtype=entry.dtype, device="meta")
        check_room(self._path, name, entry.nbytes)
        self._child.send(str(place).encode())
        if self._answer(progress) != entry.nbytes:
            raise damaged(self._path)
        raw = self._bytes(entry.nbytes, progress)
        if odd(raw, entry.dtype):
            self._odd.add(name)
        return tensor(raw, entry.dtype, entry.shape, told["order"])

    def source(self, name: str, path: str) -> str | None:
        """How Python reads a tensor that has been read, from the file at `path`; None where it reads another, or is as
        short without."""
        entry, told = self._entries[name], self._places[name][1]
        if not entry.nbytes or told["keys"] is None or name in self._odd:
            return None
        place = repr(path) if path.isascii() or _encodes(path) else f"open({path!r}, 'rb')"
        elsewhere = "" if self._on_cpu else ", map_location='cpu'"
        keys = "".join(f"[{key!r}]" for key in told["keys"])
        return f"torch.load({place}{elsewhere}, weights_only=True){keys}{_plainly(entry, told)}"

    def close(self) -> None:
        """End the child, and let another one get ready in place of a spare one that was taken."""
        self._child.end()
        SPARE.renew()

    def _listing(self, request: Mapping[str, Any], stream: FileIO, progress: Progress) -> Any:
        """What the child says of the file. Raises EOFError where it ends instead."""
        self._child.send(json.dumps(request).encode(), stream)
        length = self._answer(progress)
        if length > LISTING:
            raise damaged(self._path)
        return json.loads(self._bytes(length, progress).numpy().tobytes())

    def _answer(self, progress: Progress) -> int:
        """The length of the next answer, in bytes."""
        return int.from_bytes(self._bytes(8, progress).numpy().tobytes(), "big")

    def _bytes(self, count: int, progress: Progress) -> torch.Tensor:
        """(count,) uint8 that the child sends. A cancel comes out of `progress`."""
        end = time.monotonic() + SECONDS

        def readinto(view: memoryview) -> int:
            nonlocal end
            while (got := self._child.readinto(view)) is None:
                if time.monotonic() > end:
                    raise refused(self._path, SLOW, seconds=round(SECONDS))
                progress(0.0)
            end = time.monotonic() + SECONDS
            return got

        return fill(count, readinto, progress)

    def _list(self, place: int, told: Mapping[str, Any]) -> None:
        name, shape = told["name"] or self._path.stem, tuple(told["shape"])
        name = next(n for n in (name, *(f"{name} ({i})" for i in range(2, place + 3))) if n not in self._places)
        dtype = dtypes().get(told["dtype"])
        self._places[name] = (place, told)
        if told["layout"] or dtype is None:
            kind = told["layout"] or told["dtype"]
            template = QUANTIZED if kind == "quantized" else SPARSE if kind.startswith("sparse") else ODD
            self.left_out[name] = refused(self._path, template, name=legible(name), kind=kind)
        elif len(shape) > RANK:
            self.left_out[name] = refused(self._path, DEEP, name=legible(name), rank=len(shape))
        else:
            nbytes = 0 if told["meta"] else prod(shape) * dtype.itemsize
            self._entries[name] = Entry(name, shape, dtype, nbytes)

    def _refusal(self, listing: Mapping[str, Any]) -> FileError:
        if listing["refused"] == "program":
            names = [legible(name) for name in listing["programs"]]
            return refused(self._path, PROGRAM, programs=", ".join(names[:3]) + (", …" if len(names) > 3 else ""))
        if listing["refused"] == "protocol":
            return refused(self._path, PROTOCOL)
        if listing["refused"] == "memory":
            size = self._path.stat().st_size
            return no_room(self._path, self._path.name, size, memory_free() or 0)
        return damaged(self._path)


def _dropped(told: Mapping[str, Mapping[str, Any]], others: list[str]) -> dict[Dropped, list[str]]:
    """What the file holds beside the values of tensors, by the names that it belongs to."""
    memories = Counter(x["memory"] for x in told.values() if x["memory"])
    found = {
        Dropped.GRADIENTS: [name for name, x in told.items() if x["requires_grad"]],
        Dropped.SHARING: [name for name, x in told.items() if memories[x["memory"]] > 1],
        Dropped.STRIDES: [name for name, x in told.items() if x["gaps"]],
        Dropped.OTHERS: [legible(name) for name in others],
    }
    return {kind: names for kind, names in found.items() if names}


def _encodes(path: str) -> bool:
    """Whether torch takes the path as it is: it knows text alone."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plainly(entry: Entry, told: Mapping[str, Any]) -> str:
    """What makes of a tensor as torch loads it a plain one in row-major order."""
    calls = [".detach()"] if told["requires_grad"] or told["subclass"] else []
    calls += [f".resolve_{mark}()" for mark in ("conj", "neg") if told[mark]]
    if told["strides"] != list(torch.empty(entry.shape, device="meta").stride()):
        calls.append(CANONICAL)
    return "".join(calls)


def _mappable(file: UnknownFile) -> bool:
    """Whether the child may map the file, which reads nothing of it that is not asked for: a zip that packs nothing."""
    if file.archive is None:
        return False
    packed = [info.file_size for info in file.archive.infolist() if info.compress_type != zipfile.ZIP_STORED]
    if sum(packed) > PACKED:
        raise refused(file.path, BOMB, need=in_bytes(sum(packed)))
    return not packed


def _known(file: UnknownFile) -> bool:
    """Raises FileError for torch's programs."""
    if file.archive is None:
        return MAGIC in file.head[:40]
    parts = [name.partition("/")[2] for name in file.members]
    if "archive_format" in parts or any(name.endswith(".pt2") for name in file.members):
        raise refused(file.path, EXPORTED)
    if "constants.pkl" in parts or any(part.startswith("code/") for part in parts):
        raise refused(file.path, SCRIPT)
    return "data.pkl" in parts


def _write(file: BinaryIO, tensors: Mapping[str, torch.Tensor]) -> None:
    seen: set[int] = set()
    torch.save({name: _apart(plain(tensor), seen) for name, tensor in tensors.items()}, file)


def _apart(tensor: torch.Tensor, seen: set[int]) -> torch.Tensor:
    """The tensor, over memory of its own alone and no more of it than its cells: of others torch would save the rest,
    too, or one memory for several."""
    memory = tensor.untyped_storage()
    if memory.nbytes() == tensor.nbytes and memory._cdata not in seen:
        seen.add(memory._cdata)
        return tensor
    room_for(tensor.nbytes)
    return tensor.clone()


TORCH = FileFormat(Phrase("torch file", "torch 文件"), (".pt", ".pth"), knows=_known, open=TorchFile, write=_write)
