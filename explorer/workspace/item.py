"""What stands on the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from explorer.late import torch
from explorer.numbers.dtype_names import name_of
from explorer.workspace.layout import ArrayLayout
from explorer.workspace.storage import Storage
from explorer.workspace.view import View


@dataclass(frozen=True)
class Item:
    """A named tensor or array.

    `label`: its own name in the file it came from, else its name. `step`: index of the step that made it.
    `stale`: names of what it was made from that have been written to since. `unknown`: it shows memory nobody wrote to.
    """

    name: str
    label: str
    view: View
    step: int
    stale: tuple[str, ...] = ()

    @property
    def is_array(self) -> bool:
        """Whether it is an array of NumPy; else it is a tensor."""
        return isinstance(self.view.layout, ArrayLayout)

    @property
    def kind(self) -> Literal["tensor", "array"]:
        return "array" if self.is_array else "tensor"

    @property
    def shape(self) -> tuple[int, ...]:
        return self.view.layout.shape

    @property
    def dtype(self) -> torch.dtype:
        """The torch.dtype; of an array the one of the same values."""
        layout = self.view.layout
        if isinstance(layout, ArrayLayout):
            return torch.from_numpy(np.empty(0, layout.dtype)).dtype
        return layout.dtype

    @property
    def np_dtype(self) -> np.dtype | None:
        """The NumPy dtype of an array; None for a tensor."""
        layout = self.view.layout
        return layout.dtype if isinstance(layout, ArrayLayout) else None

    @property
    def dtype_name(self) -> str:
        """ "float32"; of an array as NumPy calls it."""
        return name_of(self.np_dtype if self.kind == "array" else self.dtype)

    @property
    def device(self) -> str:
        return self.view.storage.device

    @property
    def storage(self) -> Storage:
        return self.view.storage

    @property
    def offset(self) -> int:
        """In elements, as torch counts it; of an array in bytes."""
        return self.view.layout.offset

    @property
    def strides(self) -> tuple[int, ...]:
        """In elements; of an array in bytes, possibly negative."""
        return self.view.layout.strides

    @property
    def numel(self) -> int:
        return int(np.prod(self.shape, dtype=object))

    @property
    def nbytes(self) -> int:
        """Bytes of its cells, counted once each."""
        return self.numel * self.view.layout.itemsize

    @property
    def unknown(self) -> bool:
        return self.view.unknown

    def tensor(self) -> torch.Tensor:
        """The detached tensor over the storage, which is brought to this item's version first.

        Of an array: the tensor over the same cells, or a copy where strides are negative.
        """
        return self.view.tensor()

    def array(self) -> np.ndarray:
        """The NumPy array over the storage. Raises what torch raises for a tensor that has none."""
        return self.view.array()
