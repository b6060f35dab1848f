"""A workspace as the panels see it: names, shapes, dtypes and devices, without torch's work behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch

from explorer.animation.axes import AxisId
from explorer.numbers.dtype_names import name_of


@dataclass(frozen=True)
class Memory:
    """What panels read of a storage."""

    nbytes: int = 96


@dataclass(frozen=True)
class Item:
    """What panels read of an item of the workspace."""

    name: str
    shape: tuple[int, ...]
    dtype: torch.dtype = torch.int64
    device: str = "cpu"
    kind: str = "tensor"
    label: str = ""
    stale: tuple[str, ...] = ()
    unknown: bool = False
    np_dtype: Any = None
    offset: int = 0
    nbytes: int = 0
    strides: tuple[int, ...] = ()
    storage: Memory = field(default_factory=Memory)

    @property
    def is_array(self) -> bool:
        return self.kind == "array"

    @property
    def dtype_name(self) -> str:
        return name_of(self.np_dtype or self.dtype)


class Shelf:
    """Items by name, in order."""

    def __init__(self, *items: Item) -> None:
        self.items = items

    def __getitem__(self, name: str) -> Item:
        return next(item for item in self.items if item.name == name)

    def __contains__(self, name: object) -> bool:
        return any(item.name == name for item in self.items)


ROW, COLUMN, INNER, PAGE = (AxisId(k) for k in range(4))

SHELF = Shelf(
    Item("A", (3, 4)),
    Item("W", (4, 2), torch.float32),
    Item("C", (2, 3, 4), torch.float32, "cuda:0"),
)
IDENTITIES: Mapping[str, tuple[AxisId, ...]] = {
    "A": (ROW, COLUMN),
    "W": (COLUMN, INNER),
    "C": (PAGE, ROW, COLUMN),
}
