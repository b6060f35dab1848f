"""The way out: tensors into a file whose ending chooses the format."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from explorer.errors import FileError, RoomError
from explorer.files import atomic
from explorer.files.formats import by_ending
from explorer.files.paths import located
from explorer.files.raw import dtypes
from explorer.files.refusals import BROKEN, refused
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, legible

ENDING = QT_TRANSLATE_NOOP("errors", "“{file}” needs an ending that says its format: .npy, .npz, .pt or .pth.")
NOTHING = QT_TRANSLATE_NOOP("errors", "There is no tensor to save as “{file}”; choose one.")
NO_VALUES = QT_TRANSLATE_NOOP(
    "errors", "{name} is on meta and has no values for “{file}”; make it on a device that holds values."
)
NOT_PLAIN = QT_TRANSLATE_NOOP("errors", "{name} is stored as {kind}; make it a plain tensor to save it as “{file}”.")
FAILED = QT_TRANSLATE_NOOP("errors", "“{file}” was not saved; look for room on the disk and in memory, and try again.")


def save(path: str | os.PathLike[str], tensors: Mapping[str, torch.Tensor]) -> None:
    """Write `tensors` under their names, replacing what is at `path` only when all is on the disk. Raises FileError.

    .npy takes one tensor, without its name; .npz and .pt take any number, .pt as a dict for `torch.load`. Each keeps
    its values, shape and dtype; memory that it only looks at a part of is not written.
    """
    place = located(path)
    chosen = by_ending(place)
    if chosen is None:
        raise refused(place, ENDING)
    if not tensors:
        raise refused(place, NOTHING)
    for name, tensor in tensors.items():
        _check(place, name, tensor)
    chosen.check(place, tensors)
    try:
        atomic.write(place, lambda file: chosen.write(file, tensors))
    except RoomError as error:
        raise FileError(error.message) from error
    except (MemoryError, *BROKEN) as error:
        raise refused(place, FAILED) from error


def _check(place: Path, name: str, tensor: torch.Tensor) -> None:
    kind = str(tensor.dtype).removeprefix("torch.")
    if tensor.is_meta:
        raise refused(place, NO_VALUES, name=legible(name))
    if tensor.layout != torch.strided or kind not in dtypes():
        odd = kind if tensor.layout == torch.strided else str(tensor.layout).removeprefix("torch.")
        raise refused(place, NOT_PLAIN, name=legible(name), kind=odd)
