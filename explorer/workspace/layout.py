"""How a tensor or an array lies in a storage: dtype, offset, shape and strides; no values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

from explorer.late import torch
from explorer.numbers.dtype_names import dtype_of

# A dtype of the same size whose copies cannot change a bit, whatever the bits mean.
_RAW = {1: "uint8", 2: "int16", 4: "int32", 8: "int64", 16: "complex128"}
_RAW_NUMPY = {1: np.uint8, 2: np.int16, 4: np.int32, 8: np.int64, 16: np.complex128}


def _span(offset: int, shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> tuple[int, int]:
    """The bytes [low, high) that cells lie in; all arguments in bytes."""
    if 0 in shape:
        return offset, offset
    reach = [(n - 1) * s for n, s in zip(shape, strides, strict=True)]
    return offset + sum(r for r in reach if r < 0), offset + sum(r for r in reach if r > 0) + itemsize


def _overlaps(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> bool:
    """Whether two cells may share a byte (False is certain)."""
    reach = 0
    for stride, n in sorted((abs(s), n) for s, n in zip(strides, shape, strict=True) if n > 1):
        if stride < reach + itemsize:
            return True
        reach += stride * (n - 1)
    return False


_numbers = count()


@dataclass(frozen=True)
class ByteWindow:
    """What `torch.from_numpy` makes: for torch a storage of its own, over the bytes [low, high) of another."""

    low: int
    high: int
    number: int = field(default_factory=lambda: next(_numbers))


class Memory:
    """A buffer, and the windows that torch takes for storages of their own."""

    def __init__(self, whole: torch.UntypedStorage) -> None:
        self.whole = whole
        self._windows: dict[ByteWindow, torch.UntypedStorage] = {}

    def seen(self, window: ByteWindow | None) -> torch.UntypedStorage:
        """The storage as torch knows it through `window`."""
        if window is None:
            return self.whole
        if window not in self._windows:
            part = bytes_of(self.whole).numpy()[window.low : window.high]
            self._windows[window] = torch.from_numpy(part).untyped_storage()
        return self._windows[window]


@dataclass(frozen=True)
class TensorLayout:
    """A tensor's place: `offset` and `strides` count elements; `conj` and `neg` are torch's lazy bits.

    `offset` counts from the beginning of the `window`, if there is one.
    """

    dtype: torch.dtype
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    conj: bool = False
    neg: bool = False
    window: ByteWindow | None = None

    @classmethod
    def of(cls, tensor: torch.Tensor, window: ByteWindow | None = None) -> TensorLayout:
        """Where `tensor` lies; `window` is that of the tensor it is a view of."""
        return cls(
            tensor.dtype,
            int(tensor.storage_offset()),
            tuple(tensor.shape),
            tuple(tensor.stride()),
            tensor.is_conj(),
            tensor.is_neg(),
            window,
        )

    @property
    def itemsize(self) -> int:
        return self.dtype.itemsize

    @property
    def raw(self) -> TensorLayout:
        """The same cells as plain bits."""
        return replace(self, dtype=dtype_of(_RAW[self.itemsize]), conj=False, neg=False)

    @property
    def span(self) -> tuple[int, int]:
        """The bytes [low, high) that the cells lie in."""
        size = self.itemsize
        begin = self.window.low if self.window else 0
        return _span(begin + self.offset * size, self.shape, tuple(s * size for s in self.strides), size)

    @property
    def overlaps(self) -> bool:
        return _overlaps(self.shape, tuple(s * self.itemsize for s in self.strides), self.itemsize)

    def over(self, memory: Memory) -> torch.Tensor:
        """The tensor itself, detached."""
        buffer = memory.seen(self.window)
        empty = torch.empty(0, dtype=self.dtype, device=buffer.device)
        tensor = empty.set_(buffer, self.offset, self.shape, self.strides)
        if self.conj:
            tensor = tensor.conj()
        return torch._neg_view(tensor) if self.neg else tensor


@dataclass(frozen=True)
class ArrayLayout:
    """An array's place: `offset` and `strides` count bytes; a stride may be negative."""

    dtype: np.dtype
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    @property
    def itemsize(self) -> int:
        return int(self.dtype.itemsize)

    @property
    def raw(self) -> ArrayLayout:
        return replace(self, dtype=np.dtype(_RAW_NUMPY[self.itemsize]))

    @property
    def span(self) -> tuple[int, int]:
        return _span(self.offset, self.shape, self.strides, self.itemsize)

    @property
    def overlaps(self) -> bool:
        return _overlaps(self.shape, self.strides, self.itemsize)

    def over(self, memory: Memory) -> np.ndarray:
        """The array itself."""
        whole = bytes_of(memory.whole).numpy()
        offset = 0 if 0 in self.shape else self.offset  # no cells may begin behind the end
        return np.ndarray(self.shape, self.dtype, buffer=whole, offset=offset, strides=self.strides)


Layout = TensorLayout | ArrayLayout


def bytes_of(buffer: torch.UntypedStorage) -> torch.Tensor:
    """All bytes of `buffer` as a uint8 tensor over the same memory."""
    return torch.empty(0, dtype=torch.uint8, device=buffer.device).set_(buffer, 0, (buffer.nbytes(),), (1,))
