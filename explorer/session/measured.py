"""Statistics of whole tensors, each computed once: the bytes of a version never change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from explorer.late import late

with late():
    from explorer.numbers import statistics

if TYPE_CHECKING:
    from explorer.numbers.statistics import Statistics
    from explorer.workspace.item import Item
    from explorer.workspace.layout import Layout
    from explorer.workspace.storage import Version


class Measured:
    """What has been measured, for as long as the version that was looked at lives."""

    def __init__(self) -> None:
        self._found: WeakKeyDictionary[Version, dict[Layout, Statistics | None]] = WeakKeyDictionary()

    def known(self, item: Item) -> Statistics | None:
        """The statistics of `item` where they have been computed; None where not, and on meta."""
        return self._found.get(item.view.version, {}).get(item.view.layout)

    def of(self, item: Item, progress: Callable[[float], None]) -> Statistics | None:
        """The statistics of `item`, a tensor; None on meta. May take long: on the worker. `progress` may end it."""
        found = self._found.setdefault(item.view.version, {})
        if item.view.layout not in found:
            found[item.view.layout] = statistics.of(item.tensor(), progress)
        return found[item.view.layout]
