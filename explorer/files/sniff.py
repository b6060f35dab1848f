"""What kind of file it is by its first bytes; its ending is never trusted."""

import zipfile
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from explorer.errors import FileError
from explorer.files.refusals import refused
from explorer.messages import QT_TRANSLATE_NOOP

HEAD = 512
NPY = b"\x93NUMPY"
TORCH = b"l\xfc\x9cF\xf9 j\xa8P\x19"  # torch's magic number, as every pickle spells it
SUFFIXES = (".npy", ".npz", ".pt", ".pth")
ZIPS = (b"PK\x03\x04", b"PK\x05\x06")


class FileKind(StrEnum):
    """The kinds that can be opened."""

    NPY = "npy"
    NPZ = "npz"
    TORCH_ZIP = "torch zip"
    TORCH_LEGACY = "torch legacy"


# What people try to open besides: first bytes, where they stand, and the sentence.
PICTURE = QT_TRANSLATE_NOOP("errors", "“{file}” is a picture; save its array with numpy.save and open that .npy file.")
HDF5 = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is an HDF5 file, which cannot be opened yet; save the array in it as .npy with h5py and NumPy."
)
PICKLE = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is a Python pickle, which can run programs; have its tensors saved with torch.save or numpy.save.",
)
PACKED = QT_TRANSLATE_NOOP("errors", "“{file}” is a packed archive; unpack it and open the file inside.")
GGUF = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is a GGUF model, which cannot be opened; open the model's .pt file instead."
)
KNOWN: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89HDF\r\n\x1a\n", HDF5),
    (0, b"\x89PNG", PICTURE),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"GIF8", PICTURE),
    (0, b"II*\x00", PICTURE),
    (0, b"MM\x00*", PICTURE),
    (0, b"GGUF", GGUF),
    (0, b"\x1f\x8b", PACKED),
    (0, b"BZh", PACKED),
    (0, b"\xfd7zXZ", PACKED),
    (0, b"7z\xbc\xaf", PACKED),
    (257, b"ustar", PACKED),
)
EMPTY = QT_TRANSLATE_NOOP("errors", "“{file}” is empty; choose another file.")
TEXT = QT_TRANSLATE_NOOP("errors", "“{file}” is text; copy the numbers in it and paste them into New tensor (Ctrl+N).")
SAFETENSORS = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is a safetensors file, which cannot be opened yet; load it in Python and save it with torch.save.",
)
UNKNOWN = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is no tensor file that is known here; open a .npy, .npz, .pt or .pth file."
)
MISNAMED = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is no tensor file, whatever its name says; save the tensor anew with numpy.save or torch.save."
)
SCRIPT = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is a TorchScript program and not only tensors; save its state_dict() with torch.save and open that.",
)
EXPORTED = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is an exported torch program and not only tensors; save its state_dict with torch.save and open that.",
)
OTHER_ZIP = QT_TRANSLATE_NOOP("errors", "“{file}” is a zip archive without tensors; unpack it, or choose another file.")


def kind(path: Path, stream: BinaryIO) -> tuple[FileKind, zipfile.ZipFile | None]:
    """The kind of an open file, and its directory where it is an archive: with many members it takes a while to read.

    Raises FileError that says what it is instead; zipfile's errors where it is broken.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        raise refused(path, EMPTY)
    if head.startswith(NPY):
        return FileKind.NPY, None
    if head.startswith(ZIPS):
        archive = zipfile.ZipFile(stream)
        return _zip(path, archive.namelist()), archive
    if TORCH in head[:40]:
        return FileKind.TORCH_LEGACY, None
    raise _refusal(path, head)


def _zip(path: Path, names: list[str]) -> FileKind:
    parts = [name.partition("/")[2] for name in names]
    if "archive_format" in parts or any(name.endswith(".pt2") for name in names):
        raise refused(path, EXPORTED)
    if "constants.pkl" in parts or any(part.startswith("code/") for part in parts):
        raise refused(path, SCRIPT)
    if "data.pkl" in parts:
        return FileKind.TORCH_ZIP
    if any(name.endswith(".npy") for name in names):
        return FileKind.NPZ
    raise refused(path, OTHER_ZIP)


def _refusal(path: Path, head: bytes) -> FileError:
    for place, magic, template in KNOWN:
        if head[place:].startswith(magic):
            return refused(path, template)
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 10**8:
        return refused(path, SAFETENSORS)
    if head[:1] == b"\x80" and head[1:2] in b"\x02\x03\x04\x05":
        return refused(path, PICKLE)
    if _is_text(head):
        return refused(path, TEXT)
    return refused(path, MISNAMED if path.suffix.lower() in SUFFIXES else UNKNOWN)


def _is_text(head: bytes) -> bool:
    try:
        text = head[: HEAD - 4].decode("utf-8") if len(head) == HEAD else head.decode("utf-8")
    except UnicodeDecodeError as error:
        text = head[: error.start].decode("utf-8") if error.start > HEAD - 8 else "\0"
    return all(c.isprintable() or c in "\r\n\t\f" for c in text.removeprefix("﻿"))
