"""The way out: tensors into a file whose ending chooses the format."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import numpy as np

from explorer.errors import FileError, RoomError
from explorer.files import atomic
from explorer.files.paths import located
from explorer.files.raw import FROM_NUMPY, dtypes
from explorer.files.refusals import BROKEN, refused
from explorer.late import torch
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP, legible

WRITTEN = (".npy", ".npz", ".pt", ".pth")
"""The endings that `save` knows."""

ENDING = QT_TRANSLATE_NOOP("errors", "“{file}” needs an ending that says its format: .npy, .npz, .pt or .pth.")
NOTHING = QT_TRANSLATE_NOOP("errors", "There is no tensor to save as “{file}”; choose one.")
ONE = QT_TRANSLATE_NOOP("errors", "A .npy file holds one tensor and these are {count}; save “{file}” as .npz or .pt.")
NO_VALUES = QT_TRANSLATE_NOOP(
    "errors", "{name} is on meta and has no values for “{file}”; make it on a device that holds values."
)
NOT_PLAIN = QT_TRANSLATE_NOOP("errors", "{name} is stored as {kind}; make it a plain tensor to save it as “{file}”.")
NO_SUCH_DTYPE = QT_TRANSLATE_NOOP(
    "errors", "NumPy has no {dtype}, which {name} is; convert it to float32, or save “{file}” as .pt."
)
NO_NAME = QT_TRANSLATE_NOOP("errors", "A tensor in “{file}” cannot be called “{name}”; rename it.")
FAILED = QT_TRANSLATE_NOOP("errors", "“{file}” was not saved; look for room on the disk and in memory, and try again.")


def save(path: str | os.PathLike[str], tensors: Mapping[str, torch.Tensor]) -> None:
    """Write `tensors` under their names, replacing what is at `path` only when all is on the disk. Raises FileError.

    .npy takes one tensor, without its name; .npz and .pt take any number, .pt as a dict for `torch.load`. Each keeps
    its values, shape and dtype; memory that it only looks at a part of is not written.
    """
    place = located(path)
    ending = place.suffix.lower()
    if ending not in WRITTEN:
        raise refused(place, ENDING)
    if not tensors:
        raise refused(place, NOTHING)
    if ending == ".npy" and len(tensors) > 1:
        raise refused(place, ONE, count=len(tensors))
    for name, tensor in tensors.items():
        _check(place, ending, name, tensor)
    try:
        atomic.write(place, lambda file: _FILLS[ending](file, tensors))
    except RoomError as error:
        raise FileError(error.message) from error
    except (MemoryError, *BROKEN) as error:
        raise refused(place, FAILED) from error


def _check(place: Path, ending: str, name: str, tensor: torch.Tensor) -> None:
    kind = str(tensor.dtype).removeprefix("torch.")
    if tensor.is_meta:
        raise refused(place, NO_VALUES, name=legible(name))
    if tensor.layout != torch.strided or kind not in dtypes():
        odd = kind if tensor.layout == torch.strided else str(tensor.layout).removeprefix("torch.")
        raise refused(place, NOT_PLAIN, name=legible(name), kind=odd)
    if ending in (".npy", ".npz") and kind not in FROM_NUMPY:
        raise refused(place, NO_SUCH_DTYPE, name=legible(name), dtype=kind)
    if ending == ".npz" and (not name or not name.isprintable()):
        raise refused(place, NO_NAME, name=legible(name))


def _npy(file: BinaryIO, tensors: Mapping[str, torch.Tensor]) -> None:
    (tensor,) = tensors.values()
    np.lib.format.write_array(file, _array(tensor), allow_pickle=False)


def _npz(file: BinaryIO, tensors: Mapping[str, torch.Tensor]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, tensor in tensors.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, _array(tensor), allow_pickle=False)


def _torch(file: BinaryIO, tensors: Mapping[str, torch.Tensor]) -> None:
    seen: set[int] = set()
    torch.save({name: _apart(_plain(tensor), seen) for name, tensor in tensors.items()}, file)


def _apart(tensor: torch.Tensor, seen: set[int]) -> torch.Tensor:
    """The tensor, over memory of its own alone and no more of it than its cells: of others torch would save the rest,
    too, or one memory for several."""
    memory = tensor.untyped_storage()
    if memory.nbytes() == tensor.nbytes and memory._cdata not in seen:
        seen.add(memory._cdata)
        return tensor
    room_for(tensor.nbytes)
    return tensor.clone()


def _plain(tensor: torch.Tensor) -> torch.Tensor:
    if not tensor.is_cpu or tensor.is_conj() or tensor.is_neg():
        room_for(tensor.nbytes)
    return tensor.detach().cpu().resolve_conj().resolve_neg()


def _array(tensor: torch.Tensor) -> np.ndarray:
    made: np.ndarray = _plain(tensor).numpy()
    return made


_FILLS = {".npy": _npy, ".npz": _npz, ".pt": _torch, ".pth": _torch}
