"""How a tensor or an array lies in a storage: dtype, offset, shape and strides; no values."""

from dataclasses import dataclass, replace

import numpy as np
import torch

# A dtype of the same size whose copies cannot change a bit, whatever the bits mean.
_RAW = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64, 16: torch.complex128}
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


@dataclass(frozen=True)
class TensorLayout:
    """A tensor's place: `offset` and `strides` count elements; `conj` and `neg` are torch's lazy bits."""

    dtype: torch.dtype
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    conj: bool = False
    neg: bool = False

    @classmethod
    def of(cls, tensor: torch.Tensor) -> "TensorLayout":
        return cls(
            tensor.dtype,
            int(tensor.storage_offset()),
            tuple(tensor.shape),
            tuple(tensor.stride()),
            tensor.is_conj(),
            tensor.is_neg(),
        )

    @property
    def itemsize(self) -> int:
        return self.dtype.itemsize

    @property
    def raw(self) -> "TensorLayout":
        """The same cells as plain bits."""
        return replace(self, dtype=_RAW[self.itemsize], conj=False, neg=False)

    @property
    def span(self) -> tuple[int, int]:
        """The bytes [low, high) that the cells lie in."""
        size = self.itemsize
        return _span(self.offset * size, self.shape, tuple(s * size for s in self.strides), size)

    @property
    def overlaps(self) -> bool:
        return _overlaps(self.shape, tuple(s * self.itemsize for s in self.strides), self.itemsize)

    def over(self, buffer: torch.UntypedStorage) -> torch.Tensor:
        """The tensor itself, detached."""
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
    def raw(self) -> "ArrayLayout":
        return replace(self, dtype=np.dtype(_RAW_NUMPY[self.itemsize]))

    @property
    def span(self) -> tuple[int, int]:
        return _span(self.offset, self.shape, self.strides, self.itemsize)

    @property
    def overlaps(self) -> bool:
        return _overlaps(self.shape, self.strides, self.itemsize)

    def over(self, buffer: torch.UntypedStorage) -> np.ndarray:
        """The array itself."""
        whole = bytes_of(buffer).numpy()
        return np.ndarray(self.shape, self.dtype, buffer=whole, offset=self.offset, strides=self.strides)


Layout = TensorLayout | ArrayLayout


def bytes_of(buffer: torch.UntypedStorage) -> torch.Tensor:
    """All bytes of `buffer` as a uint8 tensor over the same memory."""
    return torch.empty(0, dtype=torch.uint8, device=buffer.device).set_(buffer, 0, (buffer.nbytes(),), (1,))
