"""Windows of cells: how a grid or a heat map sees a tensor of any size without holding it."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from explorer.late import torch
from explorer.memory import room_for

if TYPE_CHECKING:
    from explorer.workspace.item import Item

# One axis of a window: a range (also backwards), or indices in any order.
Range = range | Sequence[int] | npt.NDArray[np.integer]


class Source(Protocol):
    """What has a shape and a dtype and gives windows of its cells."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    @property
    def dtype(self) -> torch.dtype: ...

    def read(self, ranges: Sequence[Range]) -> torch.Tensor | None:
        """The cells at `ranges`, one for each axis, as a contiguous tensor of the CPU of its own.

        Its shape is the lengths of the ranges. None where cells have no values (meta). Raises IndexError for a
        position that is not there (negative ones included) or when there is not one range for each axis.
        """
        ...


class TensorSource:
    """The windows of a tensor in memory: any rank, dtype, strides and device."""

    def __init__(self, tensor: torch.Tensor) -> None:
        self._tensor = tensor.detach()

    @property
    def shape(self) -> tuple[int, ...]:
        """The size of each axis."""
        return tuple(self._tensor.shape)

    @property
    def dtype(self) -> torch.dtype:
        """The dtype of the tensor, and of every window."""
        return self._tensor.dtype

    def read(self, ranges: Sequence[Range]) -> torch.Tensor | None:
        """See `Source.read`."""
        if len(ranges) != self._tensor.dim():
            raise IndexError(f"{len(ranges)} ranges for {self._tensor.dim()} axes")
        window = self._tensor
        picked: list[tuple[int, torch.Tensor]] = []
        # Views first, so that index arrays copy what is shown and no more.
        for axis, chosen in enumerate(ranges):
            size = window.shape[axis]
            _check(chosen, axis, size)
            if isinstance(chosen, range) and (chosen.step > 0 or len(chosen) <= 1):
                first = chosen.start if len(chosen) else 0
                step = chosen.step if len(chosen) > 1 else 1
                last = first + (len(chosen) - 1) * step if len(chosen) else -1
                window = window[(slice(None),) * axis + (slice(first, last + 1, step),)]
            else:
                picked.append((axis, torch.tensor(np.asarray(chosen, dtype=np.int64))))
        if window.is_meta:
            return None
        room_for(prod(map(len, ranges)) * window.element_size())
        own = _picked(window, picked).resolve_conj().resolve_neg().to("cpu", copy=True)
        return own.contiguous()


def _picked(window: torch.Tensor, picked: Sequence[tuple[int, torch.Tensor]]) -> torch.Tensor:
    """The lines with these numbers on each of these axes: all at once, as one after another would copy whole lines."""
    if not picked:
        return window
    axes = [axis for axis, _ in picked]
    order = [*axes, *(axis for axis in range(window.dim()) if axis not in axes)]
    grid = torch.meshgrid(*(indices.to(window.device) for _, indices in picked), indexing="ij")
    return window.permute(order)[grid].permute([order.index(axis) for axis in range(window.dim())])


class ArraySource:
    """The windows of a NumPy array in memory, with strides of any sign; only what is read is copied."""

    def __init__(self, array: npt.NDArray[Any]) -> None:
        self._array = array

    @property
    def shape(self) -> tuple[int, ...]:
        """The size of each axis."""
        return tuple(self._array.shape)

    @property
    def dtype(self) -> torch.dtype:
        """The torch.dtype of the same values."""
        return torch.from_numpy(np.empty(0, self._array.dtype)).dtype

    def read(self, ranges: Sequence[Range]) -> torch.Tensor | None:
        """See `Source.read`."""
        if len(ranges) != self._array.ndim:
            raise IndexError(f"{len(ranges)} ranges for {self._array.ndim} axes")
        for axis, chosen in enumerate(ranges):
            _check(chosen, axis, self._array.shape[axis])
        room_for(prod(map(len, ranges)) * self._array.itemsize)
        window = self._array[np.ix_(*(np.asarray(chosen, dtype=np.int64) for chosen in ranges))]
        return torch.from_numpy(np.array(window, order="C"))


def source_of(item: Item) -> TensorSource | ArraySource:
    """The windows of an item of the workspace."""
    return ArraySource(item.array()) if item.kind == "array" else TensorSource(item.tensor())


def outline(source: Source) -> TensorSource:
    """The shape and the dtype of a source, without its memory."""
    return TensorSource(torch.empty(source.shape, dtype=source.dtype, device="meta"))


def _check(chosen: Range, axis: int, size: int) -> None:
    if not len(chosen):
        return
    if isinstance(chosen, range):
        lowest, highest = sorted((chosen[0], chosen[-1]))
    else:
        lowest, highest = int(np.min(chosen)), int(np.max(chosen))
    if lowest < 0 or highest >= size:
        raise IndexError(f"indices {lowest} to {highest} of axis {axis}, which has size {size}")


def floats(window: torch.Tensor) -> npt.NDArray[np.float64]:
    """The cells of `window` (on the CPU, any dtype) as float64 of the same shape, for colours.

    bool gives 0 and 1, complex its magnitude; whole numbers beyond 2^53 are rounded.
    """
    window = window.detach().resolve_conj().resolve_neg()
    if window.dtype.is_complex:
        window = window.to(torch.complex128).abs()
    result: npt.NDArray[np.float64] = window.to(torch.float64).numpy()
    return result
