"""The tags of storages: a shape and a short name that say on every card which memory it sees."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from explorer.late import late

with late():
    from explorer.workspace import sharing

if TYPE_CHECKING:
    from explorer.workspace.storage import Storage
    from explorer.workspace.workspace import Workspace

SHAPES = "●■▲◆★▼"


@dataclass(frozen=True)
class Tag:
    """The tag of one storage, by its number from 1 on."""

    number: int

    @property
    def text(self) -> str:
        """ "● M1": told by its shape from afar, by its name when it is spoken of."""
        return f"{SHAPES[(self.number - 1) % len(SHAPES)]} M{self.number}"


class Tags:
    """A tag for every storage that more than one item sees, the same one for as long as the storage lives."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Storage, Tag] = WeakKeyDictionary()
        self._last: dict[str, Tag] = {}

    def of(self, workspace: Workspace) -> dict[str, Tag]:
        """The tags of the items that share their storage, by name."""
        found: dict[str, Tag] = {}
        groups = sharing.shared(workspace)
        shown = {self._known[storage] for storage in groups if storage in self._known}
        for storage, names in groups.items():
            if storage not in self._known:
                self._known[storage] = self._inherited(names, shown) or self._free()
                shown.add(self._known[storage])
            found.update(dict.fromkeys(names, self._known[storage]))
        self._last = found
        return found

    def _inherited(self, names: tuple[str, ...], shown: set[Tag]) -> Tag | None:
        """The tag that most recently was theirs: their steps ran again, on memory that stands for the old one."""
        return next((self._last[n] for n in names if n in self._last and self._last[n] not in shown), None)

    def _free(self) -> Tag:
        taken = set(self._known.values())
        return next(tag for tag in map(Tag, count(1)) if tag not in taken)
