"""From a file onto the shelf: all its tensors where that is reasonable, else those that the user chooses."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from explorer.errors import FileError
from explorer.files.entries import Dropped, Entry, Progress, unwatched
from explorer.files.loading import opened
from explorer.files.paths import located
from explorer.files.refusals import reading
from explorer.memory import memory_free
from explorer.messages import spelt
from explorer.workspace import Workspace

MANY = 32
"""Tensors of one file that are opened without asking."""


@dataclass(frozen=True)
class Shelved:
    """The workspace with the tensors `names` more; or unchanged with `choices`, of which the user has to choose."""

    workspace: Workspace
    names: tuple[str, ...] = ()
    choices: tuple[Entry, ...] = ()
    left_out: Mapping[str, FileError] = field(default_factory=dict)
    dropped: Mapping[Dropped, Sequence[str]] = field(default_factory=dict)


def shelve(
    workspace: Workspace,
    path: str | os.PathLike[str],
    chosen: Sequence[str] | None = None,
    progress: Progress = unwatched,
) -> Shelved:
    """Load the tensors `chosen` of a file (None: all, if they are few and small), or none. Raises FileError.

    A tensor's own name becomes its label; its name on the shelf is made from it.
    """
    place = located(path)
    with opened(place, lambda _: progress(0.0)) as file:
        if chosen is None and not modest(file.entries):
            return Shelved(workspace, choices=file.entries, left_out=file.left_out)
        wanted = [entry.name for entry in file.entries] if chosen is None else chosen
        sizes = {entry.name: entry.nbytes for entry in file.entries}
        whole, done, values = max(sum(sizes.get(name, 0) for name in wanted), 1), 0, []
        for name in wanted:
            values.append(file.read(name, _part(progress, done / whole, sizes.get(name, 0) / whole)))
            done += sizes.get(name, 0)
        readings = [file.reading(name) for name in wanted]
        left_out = dict(file.left_out) if chosen is None else {}
        dropped = {kind: _among(names, kind, chosen) for kind, names in file.dropped.items()}
    names = []
    with reading(place):  # values are taken over, or copied where their memory cannot be
        for label, value, how in zip(wanted, values, readings, strict=True):
            names.append(workspace.fresh_name(label))
            workspace = workspace.load(names[-1], value, spelt(label), spelt(place.name), how)
    return Shelved(workspace, tuple(names), left_out=left_out, dropped={k: x for k, x in dropped.items() if x})


def _part(progress: Progress, before: float, share: float) -> Progress:
    """The progress of one of several, as that of all."""
    return lambda fraction: progress(before + share * fraction)


def _among(names: Sequence[str], kind: Dropped, chosen: Sequence[str] | None) -> Sequence[str]:
    """Those of `names` that something is lost of where only some tensors are taken."""
    if chosen is None:
        return names
    found = [] if kind is Dropped.OTHERS else [name for name in names if name in chosen]
    return [] if kind is Dropped.SHARING and len(found) < 2 else found


def modest(entries: Sequence[Entry]) -> bool:
    """Whether these are few, none takes a quarter of the free memory, and all together no half of it."""
    free = memory_free()
    if len(entries) > MANY or free is None:
        return len(entries) <= MANY
    return all(entry.nbytes < free / 4 for entry in entries) and sum(entry.nbytes for entry in entries) < free / 2
