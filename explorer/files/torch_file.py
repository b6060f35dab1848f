"""torch's .pt and .pth, read by a child process: loading one may run whatever its maker put into it, or crash."""

import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import torch

from explorer.errors import FileError
from explorer.files.entries import Dropped, Entry, Progress
from explorer.files.raw import DTYPES, Read, fill, tensor
from explorer.files.refusals import check_room, damaged, no_room, reading, refused, shown
from explorer.memory import in_bytes, memory_free
from explorer.messages import QT_TRANSLATE_NOOP

SECONDS = 60.0
"""What the child may take for one answer."""
RANK = 64
PACKED = 2**26
"""Bytes of packed members that are believed; torch itself packs none."""
LISTING = "listing.json"

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
DEEP = QT_TRANSLATE_NOOP(
    "errors", "“{name}” in “{file}” has {rank} axes and at most 64 can be shown; save it with fewer."
)


class TorchFile:
    """The child that has the file open, and what it told of it."""

    def __init__(self, path: Path, stream: BinaryIO, progress: Progress) -> None:
        self._path = path
        self._folder = tempfile.TemporaryDirectory(prefix="tensor-explorer-", ignore_cleanup_errors=True)
        self._places: dict[str, tuple[int, Mapping[str, Any]]] = {}
        self._entries: dict[str, Entry] = {}
        self.left_out: dict[str, FileError] = {}
        self.dropped: dict[Dropped, list[str]] = {}
        self._child: subprocess.Popen[bytes] | None = None
        try:
            self._child = self._start(_mappable(path, stream))
            listing = json.loads(self._answer(LISTING, progress).read_bytes())
            if "refused" in listing:
                raise self._refusal(listing)
            for place, told in enumerate(listing["entries"]):
                self._list(place, told)
            self.dropped = _dropped({name: self._places[name][1] for name in self._entries}, listing["others"])
            if not self._entries:
                raise next(iter(self.left_out.values()), refused(path, NOTHING))
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
        assert self._child is not None
        assert self._child.stdin is not None
        with suppress(OSError):  # a child that has died is found below
            self._child.stdin.write(f"{place}\n".encode())
            self._child.stdin.flush()
        answer = self._answer(f"{place}.raw", progress)
        with answer.open("rb", buffering=0) as file:
            readinto: Read = file.readinto
            raw = fill(entry.nbytes, readinto, progress)
        answer.unlink()
        return tensor(raw, entry.dtype, entry.shape, told["order"])

    def close(self) -> None:
        """End the child and remove its folder."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            if self._child.stdin is not None:
                with suppress(OSError):
                    self._child.stdin.close()
            self._child = None
        self._folder.cleanup()

    def _start(self, mapped: bool) -> subprocess.Popen[bytes]:
        request = json.dumps({"path": str(self._path.absolute()), "mapped": mapped, "memory": memory_free()})
        program = Path(__file__).with_name("torch_child.py")
        return subprocess.Popen(
            [sys.executable, "-P", str(program), request],
            cwd=self._folder.name,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _answer(self, name: str, progress: Progress) -> Path:
        """The file of that name once it is there. A cancel comes out of `progress`."""
        assert self._child is not None
        answer, end = Path(self._folder.name, name), time.monotonic() + SECONDS
        while not answer.exists():
            if self._child.poll() is not None and not answer.exists():
                raise damaged(self._path)
            if time.monotonic() > end:
                raise refused(self._path, SLOW, seconds=round(SECONDS))
            progress(0.0)
            time.sleep(0.01)
        return answer

    def _list(self, place: int, told: Mapping[str, Any]) -> None:
        name, shape = told["name"] or self._path.stem, tuple(told["shape"])
        name = next(n for n in (name, *(f"{name} ({i})" for i in range(2, place + 3))) if n not in self._places)
        dtype = DTYPES.get(told["dtype"])
        self._places[name] = (place, told)
        if told["layout"] or dtype is None:
            kind = told["layout"] or told["dtype"]
            self.left_out[name] = refused(self._path, ODD, name=shown(name), kind=kind)
        elif len(shape) > RANK:
            self.left_out[name] = refused(self._path, DEEP, name=shown(name), rank=len(shape))
        else:
            nbytes = 0 if told["meta"] else prod(shape) * dtype.itemsize
            self._entries[name] = Entry(name, shape, dtype, nbytes)

    def _refusal(self, listing: Mapping[str, Any]) -> FileError:
        if listing["refused"] == "program":
            names = [shown(name) for name in listing["programs"]]
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
        Dropped.OTHERS: [shown(name) for name in others],
    }
    return {kind: names for kind, names in found.items() if names}


def _mappable(path: Path, stream: BinaryIO) -> bool:
    """Whether the child may map the file, which reads nothing of it that is not asked for: a zip that packs nothing."""
    stream.seek(0)
    if stream.read(2) != b"PK":
        return False
    with reading(path), zipfile.ZipFile(stream) as archive:
        packed = [info.file_size for info in archive.infolist() if info.compress_type != zipfile.ZIP_STORED]
    if sum(packed) > PACKED:
        raise refused(path, BOMB, need=in_bytes(sum(packed)))
    return not packed
