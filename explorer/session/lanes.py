"""The lanes of the shelf: its items by the device that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.workspace import Item


@dataclass(frozen=True)
class DeviceLane:
    """The items on one device, in the order of the shelf."""

    device: str
    items: tuple[Item, ...]

    @property
    def nbytes(self) -> int:
        """Bytes of the memory behind them; what several items share is counted once."""
        return sum({id(item.storage): item.storage.nbytes for item in self.items}.values())


def lanes(items: Iterable[Item]) -> tuple[DeviceLane, ...]:
    """One lane for each device: the CPU first, meta last."""
    names = sorted({str(item.device) for item in items}, key=lambda name: (name == "meta", name != "cpu", name))
    return tuple(DeviceLane(name, tuple(item for item in items if str(item.device) == name)) for name in names)
