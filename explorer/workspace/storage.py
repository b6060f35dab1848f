"""Memory with a history: only the current version holds the buffer, every other one the bytes that a write replaced.

Versions form a tree whose pointers lead to the current one, each with the patch that turns its neighbour's bytes into
its own. Seeking another version swaps the patches along the way (undo and redo in time and memory of what was written).
Versions that nothing points to any more vanish by themselves. A storage whose first bytes can be computed again may be
dropped and is then replayed when it is asked for.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from math import prod
from typing import Any

from explorer.errors import RoomError
from explorer.late import torch
from explorer.memory import room_for
from explorer.ops.calls import silent
from explorer.ops.selection import basic, room_to_pick, viewing
from explorer.workspace.layout import Layout, Memory, TensorLayout

_BLOCK = 2**20  # cells that are exchanged at once, of 16 bytes at most
_numbers = count()  # age: what was made first is dropped first
_lock = threading.RLock()  # a seek moves bytes of several versions; two at once would tear them


class Patch:
    """The bytes of a region; `swap` exchanges them with those that stand in the buffer. Raises RoomError."""

    def __init__(self, buffer: Memory, layout: Layout, key: Any) -> None:
        if layout.overlaps:  # assignment to cells that share memory is undefined: keep everything below them
            low, high = layout.span
            layout, key = TensorLayout(torch.uint8, low, (high - low,), (1,)), ...
        self.layout = layout.raw
        self.viewed = basic(key)
        self.key = viewing(key) if self.viewed else key
        cells: Any = self.layout.over(buffer)
        if self.viewed:
            cells = cells[self.key]
            room_for(cells.nbytes, self._device(buffer))
            self.old = _copy(cells)
        else:
            room_to_pick(cells, key)
            self.old = _copy(cells[self.key])

    @property
    def nbytes(self) -> int:
        return int(self.old.nbytes)

    def swap(self, buffer: Memory) -> None:
        """Exchange; it takes no memory to speak of, except where a list or a mask chooses the cells."""
        cells: Any = self.layout.over(buffer)
        if self.viewed:
            for there, here in _blocks(cells[self.key], self.old):
                now = _copy(there)
                there[...] = here
                here[...] = now
        else:
            room_for(self.nbytes, self._device(buffer))
            now = _copy(cells[self.key])
            cells[self.key] = self.old
            self.old = now

    def put(self, buffer: Memory) -> None:
        """Write the bytes back, for good."""
        cells: Any = self.layout.over(buffer)
        cells[self.key] = self.old

    def _device(self, buffer: Memory) -> str:
        return str(buffer.whole.device)


def _copy(cells: Any) -> Any:
    return cells.clone() if isinstance(cells, torch.Tensor) else cells.copy()


def _blocks(one: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    """Views of the same cells of both, of at most _BLOCK cells."""
    if prod(one.shape) <= _BLOCK:
        yield one, other
        return
    axis = max(range(one.ndim), key=lambda a: one.shape[a])
    half = one.shape[axis] // 2
    for part in (slice(0, half), slice(half, None)):
        at = (*[slice(None)] * axis, part)
        yield from _blocks(one[at], other[at])


class Place:
    """Where a version stands: `patch` turns the bytes of `towards`, its neighbour, into its own.

    It knows neither version nor storage: what nobody needs shall go at once, and not wait for the garbage collector,
    which counts objects, not bytes.
    """

    def __init__(self) -> None:
        self.patch: Patch | None = None
        self.towards: Place | None = None


class Version:
    """What a storage held at one time. Identity is what counts: each write makes a new one.

    `unknown`: holds memory that nobody has written to.
    """

    def __init__(self, storage: Storage, place: Place, unknown: bool = False) -> None:
        self.storage = storage
        self.place = place
        self.unknown = unknown
        self.before: Version | None = None
        self.rewrite: Callable[[], Patch | None] | None = None
        storage.versions.add(self)

    @property
    def current(self) -> bool:
        """Whether its bytes are those in the buffer."""
        return self.place is self.storage.current and self.storage.buffer is not None

    def seek(self) -> None:
        """Make this the current version of its storage."""
        self.storage.seek(self)


class Storage:
    """A block of memory on one device, seen by tensors and arrays.

    `make` computes the first version's bytes again; None where they are values that replay cannot give.
    """

    def __init__(self, buffer: torch.UntypedStorage) -> None:
        self.number = next(_numbers)
        self.buffer: Memory | None = Memory(buffer)
        self.device = str(buffer.device)
        self.nbytes = buffer.nbytes()
        self.make: Callable[[], torch.UntypedStorage] | None = None
        self.versions: weakref.WeakSet[Version] = weakref.WeakSet()
        self.current = Place()

    def seek(self, version: Version) -> None:
        """Bring the bytes of `version` into the buffer."""
        if version.current:
            return
        with _lock:
            way = self._way(version)
            if way is None:
                self._replay(version)
                return
            for step in reversed(way):  # from the current place outwards
                patch, nearer = step.patch, step.towards
                assert nearer is self.current
                assert self.buffer is not None
                if patch is not None:
                    patch.swap(self.buffer)
                nearer.patch, nearer.towards = patch, step
                step.patch = step.towards = None
                self.current = step

    def write(
        self, before: Version, act: Callable[[], None], layout: Layout, key: Any, ready: Callable[[], None]
    ) -> Version:
        """Run `act`, which changes nothing outside `layout[key]`, on the bytes of `before`; the version after it.

        `ready` brings everything that `act` reads into place. If `act` raises, the bytes are as they were.
        """
        with _lock:
            after = Version(self, Place())
            after.before = before
            after.rewrite = lambda: self._change(act, layout, key, ready)
            self._step(before, after)
            return after

    def held(self) -> int:
        """Bytes in memory: the buffer and all patches."""
        places: set[Place] = set()
        for version in list(self.versions):
            at: Place | None = version.place
            while at is not None and at not in places:
                places.add(at)
                at = at.towards
        patches = sum(place.patch.nbytes for place in places if place.patch is not None)
        return patches + (self.nbytes if self.buffer is not None else 0)

    def drop(self) -> bool:
        """Let go of buffer and patches if replay can bring them back."""
        with _lock:
            if self.make is None or self.buffer is None:
                return False
            self.buffer = None
            self._scatter()
            return True

    def _way(self, version: Version) -> list[Place] | None:
        """The places from that of `version` to just before the current one, or None where the way is lost."""
        way: list[Place] = []
        at: Place | None = version.place
        while at is not None and at is not self.current:
            way.append(at)
            at = at.towards
        return way if at is not None and self.buffer is not None else None

    def _scatter(self) -> None:
        """Let go of all patches."""
        for version in list(self.versions):
            version.place = Place()

    def _step(self, before: Version, after: Version) -> None:
        """Write `after` over `before`."""
        assert after.rewrite is not None
        patch = after.rewrite()
        assert before.current
        before.place.patch, before.place.towards = patch, after.place
        self.current = after.place

    def _change(self, act: Callable[[], None], layout: Layout, key: Any, ready: Callable[[], None]) -> Patch | None:
        ready()
        assert self.buffer is not None
        patch = None if self.device == "meta" else self._patch(layout, key)
        try:
            act()
        except BaseException:
            if patch is not None:
                patch.put(self.buffer)
            raise
        return patch

    def _patch(self, layout: Layout, key: Any) -> Patch:
        assert self.buffer is not None
        try:
            return Patch(self.buffer, layout, key)
        except RoomError:
            raise
        except Exception:  # noqa: BLE001 - a key that does not fit: `act` shall say so in its own words
            return Patch(self.buffer, layout, ...)

    def _replay(self, version: Version) -> None:
        line = [version]
        while line[-1].before is not None:
            line.append(line[-1].before)
        line.reverse()
        if self.make is None:
            raise AssertionError("a version was lost whose values replay cannot give")
        self._scatter()
        self.buffer = None  # two of them need not fit
        with silent():  # what torch warns of was said when it was first done
            self.buffer = Memory(self.make())
            self.current = line[0].place
            for before, after in pairwise(line):
                self._step(before, after)
