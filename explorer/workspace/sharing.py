"""Who sees whose memory, and what a change has written there."""

from explorer.workspace.storage import Storage
from explorer.workspace.workspace import Workspace


def shared(workspace: Workspace) -> dict[Storage, tuple[str, ...]]:
    """The storages that more than one item of the shelf sees, each with the names of all of them."""
    seen: dict[Storage, list[str]] = {}
    for item in workspace.items:
        seen.setdefault(item.storage, []).append(item.name)
    return {storage: tuple(names) for storage, names in seen.items() if len(names) > 1}


def rewritten(before: Workspace, after: Workspace) -> frozenset[str]:
    """The names over shared memory whose values `after` has from another version than `before`.

    A write gives its storage a new version; where a redefinition ran their steps again on fresh storages, those are
    meant that shared one before, too.
    """
    found: set[str] = set()
    for names in shared(after).values():
        moved = [n for n in names if n in before and before[n].view.version is not after[n].view.version]
        kept = any(before[n].storage is after[n].storage for n in moved)
        together = len({id(before[n].storage) for n in moved}) < len(moved)
        if kept or together:
            found.update(names)
    return frozenset(found)
