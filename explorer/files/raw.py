"""Raw bytes that become a tensor: read in pieces, put in this machine's order, given shape and dtype. And back."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

import numpy as np

from explorer.files.entries import Progress, unwatched
from explorer.late import torch
from explorer.memory import room_for

PIECE = 2**24

NAMES = "bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 float16 float32 float64 complex64 complex128"
TORCH_ONLY = "bfloat16 complex32 float8_e4m3fn float8_e5m2 float8_e4m3fnuz float8_e5m2fnuz float8_e8m0fnu"

FROM_NUMPY = tuple(NAMES.split())
"""The names of torch's dtypes that NumPy has, too."""

CANONICAL = ".clone(memory_format=torch.contiguous_format)"
"""What lays a tensor out as a new one, also along axes of size 1."""

Read = Callable[[memoryview], int | None]


@cache
def dtypes() -> Mapping[str, torch.dtype]:
    """All dtypes whose elements are whole bytes of numbers, by name."""
    names = (*FROM_NUMPY, *TORCH_ONLY.split())
    return MappingProxyType({name: getattr(torch, name) for name in names if hasattr(torch, name)})


def fill(nbytes: int, readinto: Read, progress: Progress = unwatched) -> torch.Tensor:
    """(nbytes,) uint8, all of it read. Raises EOFError when there is less, MemoryError when there is no room."""
    try:
        made = torch.empty(nbytes, dtype=torch.uint8)
    except RuntimeError as error:
        raise MemoryError from error
    view, done = made.numpy().data, 0
    while done < nbytes:
        progress(done / nbytes)
        count = readinto(view[done : done + PIECE])
        if not count:
            raise EOFError
        done += count
    return made


def swap(raw: torch.Tensor, unit: int) -> None:
    """Turn around the bytes of each `unit` in place: big-endian to little-endian and back."""
    if unit > 1:
        raw.numpy().view(np.dtype(f"u{unit}")).byteswap(inplace=True)


def odd(raw: torch.Tensor, dtype: torch.dtype) -> bool:
    """Whether `raw` holds what is no bool where it should; `tensor` then gives other bytes than it is given."""
    return dtype == torch.bool and raw.numel() > 0 and int(raw.max()) > 1


def tensor(raw: torch.Tensor, dtype: torch.dtype, shape: Sequence[int], order: Sequence[int]) -> torch.Tensor:
    """The bytes `raw` as `dtype` and `shape`, in place. `order`: its axes from the slowest to the fastest."""
    if dtype == torch.bool:
        raw = raw.ne_(0)  # any other byte in a bool is undefined behaviour
    if math.prod(shape) == 0:
        return torch.empty(tuple(shape), dtype=dtype)
    laid = raw.view(dtype).reshape([shape[axis] for axis in order])
    return laid.permute([list(order).index(axis) for axis in range(len(shape))])


def plain(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor as its values alone, on the CPU. Raises RoomError."""
    if not tensor.is_cpu or tensor.is_conj() or tensor.is_neg():
        room_for(tensor.nbytes)
    return tensor.detach().cpu().resolve_conj().resolve_neg()
