"""Whether a result was made from values that have been written over since."""

from collections.abc import Sequence
from typing import Any

from explorer.late import torch
from explorer.ops.parameters import At
from explorer.workspace.layout import Memory, bytes_of
from explorer.workspace.record import Bindings, Record
from explorer.workspace.steps import Operate
from explorer.workspace.view import View

_LARGE = 1 << 20  # bytes of a storage above which regions are compared by their ends only
_MARK: dict[int, complex] = {1: 255, 16: 1 + 1j}  # no byte of a marked cell's parts is left out


def stale(records: Sequence[Record], now: Bindings, name: str, made: int) -> tuple[str, ...]:
    """The names that step `made` read for `name` and that were written to after, up to `now`; a view shows them as they
    are."""
    record = records[made]
    mine = now[name].storage
    found = []
    for read, view in zip(record.step.inputs, record.inputs, strict=True):
        if view.storage is mine or now.versions[view.storage] is view.version:
            continue
        if _touched(records[made + 1 :], view):
            found.append(read)
    return tuple(dict.fromkeys(found))


def _touched(records: Sequence[Record], view: View) -> bool:
    """Whether any of `records` writes to the cells of `view`."""
    first, last = view.layout.span
    writes = []
    for record in records:
        if isinstance(record.step, Operate) and record.step.writes and record.inputs[0].storage is view.storage:
            low, high = record.inputs[0].layout.span
            if first < high and low < last:
                writes.append((record.step.call.cells, record.inputs[0].layout))
    if not writes or view.storage.nbytes > _LARGE or view.storage.device == "meta":
        return bool(writes)
    marks = Memory(torch.zeros(view.storage.nbytes, dtype=torch.uint8).untyped_storage())
    for key, layout in writes:
        if layout.overlaps:  # torch refuses to write to cells that share memory, except through masks and indices
            low, high = layout.span
            bytes_of(marks.whole)[low:high] = 255
            continue
        selects = any(isinstance(part, At) for part in key)  # by values that may have changed
        cells: Any = layout.raw.over(marks)
        cells[(...,) if selects else key] = _MARK.get(layout.itemsize, -1)
    return bool((view.layout.raw.over(marks) != 0).any())
