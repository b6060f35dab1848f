"""Whether a result was made from values that have been written over since."""

from typing import TYPE_CHECKING, Any

import torch

from explorer.workspace.layout import Memory
from explorer.workspace.replay import Record
from explorer.workspace.view import View
from explorer.workspace.writes import Change

if TYPE_CHECKING:
    from explorer.workspace.workspace import Workspace

_LARGE = 1 << 20  # bytes of a storage above which regions are compared by their ends only


def stale(workspace: "Workspace", name: str, made: int) -> tuple[str, ...]:
    """The names that step `made` read for `name` and that were written to after; a view shows them as they are."""
    record = workspace.records[made]
    mine = workspace._state[name].storage
    found = []
    for read, view in zip(record.step.inputs, record.inputs, strict=True):
        if view.storage is mine or workspace._state.versions[view.storage] is view.version:
            continue
        if any(_touched(later, view) for later in workspace.records[made + 1 :]):
            found.append(read)
    return tuple(dict.fromkeys(found))


def _touched(record: Record, view: View) -> bool:
    step = record.step
    if not isinstance(step, Change) or record.inputs[0].storage is not view.storage:
        return False
    target = record.inputs[0].layout
    (low, high), (first, last) = target.span, view.layout.span
    if high <= first or last <= low:
        return False
    if view.storage.nbytes > _LARGE or view.storage.device == "meta":
        return True
    marks = Memory(torch.zeros(view.storage.nbytes, dtype=torch.uint8).untyped_storage())
    key: Any = step.key
    if any(isinstance(part, str | torch.Tensor) for part in key):
        key = (...,)
    target.raw.over(marks)[key] = -1 if target.itemsize > 1 else 255
    return bool((view.layout.raw.over(marks) != 0).any())
