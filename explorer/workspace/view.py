"""A tensor or an array as a value: a layout over one version of a storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from explorer.late import torch
from explorer.memory import room_for
from explorer.workspace.layout import ArrayLayout, Layout, Memory, TensorLayout
from explorer.workspace.storage import Storage, Version


@dataclass(frozen=True)
class View:
    """What a name stands for at one place of a program.

    `identity`: two names with the same one are one Python object (`A.to(A.dtype) is A`): a new layout of one is that of
    both.
    """

    version: Version
    layout: Layout
    identity: object = field(default_factory=object, repr=False)

    @property
    def storage(self) -> Storage:
        return self.version.storage

    @property
    def unknown(self) -> bool:
        """Whether it shows memory that nobody has written to."""
        return self.version.unknown

    def object(self) -> torch.Tensor | np.ndarray:
        """The tensor or array over the storage, which is first brought to this version.

        It is a window on memory: it shows other values after the storage went to another version.
        """
        self.version.seek()
        assert self.storage.buffer is not None
        return self.layout.over(self.storage.buffer)

    def tensor(self) -> torch.Tensor:
        """The detached tensor; of an array, the tensor over the same cells (a copy where strides are negative)."""
        found = self.object()
        if isinstance(found, np.ndarray):
            backwards = any(s < 0 for s in found.strides)
            if backwards:
                room_for(found.size * found.itemsize)
            return torch.from_numpy(found.copy() if backwards else found)
        return found

    def array(self) -> np.ndarray:
        """The NumPy array. Raises what torch raises where there is none (bfloat16, other devices)."""
        found = self.object()
        return found if isinstance(found, np.ndarray) else found.numpy()


def settle(views: Sequence[View]) -> None:
    """Bring all storages to the versions of `views`, which belong to one place of a program."""
    while not all(view.version.current for view in views):
        for view in views:  # replaying one may move another
            view.version.seek()


def adopt(tensor: torch.Tensor, unknown: bool = False) -> View:
    """A view of a storage that takes over the memory of `tensor`."""
    tensor = tensor.detach()
    storage = Storage(tensor.untyped_storage())
    return View(Version(storage, storage.current, unknown), TensorLayout.of(tensor))


def adopt_array(array: np.ndarray) -> View:
    """A view of a storage with the cells of `array`, laid out as they are there."""
    array = np.asarray(array)
    low = sum(min((n - 1) * s, 0) for n, s in zip(array.shape, array.strides, strict=True)) if array.size else 0
    strides = tuple(int(s) for s in array.strides)
    layout = ArrayLayout(array.dtype, -low, tuple(array.shape), strides)
    high = layout.span[1]
    if array.flags.c_contiguous and array.size:
        buffer = torch.from_numpy(array.reshape(-1).view(np.uint8)).untyped_storage()
    else:
        room_for(high)
        buffer = torch.empty(max(high, 0), dtype=torch.uint8).untyped_storage()
        layout.over(Memory(buffer))[...] = array
    storage = Storage(buffer)
    return View(Version(storage, storage.current), layout)
