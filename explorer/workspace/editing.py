"""Changes of a program that has been run: redefine, replace, delete, freeze."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from explorer.errors import ExplorerError, OpError, ProgramError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace.code import LONGEST
from explorer.workspace.creation import Creation, fresh_copy
from explorer.workspace.layout import ArrayLayout
from explorer.workspace.replay import Plan, Record
from explorer.workspace.steps import Create, Operate, Step, refusal
from explorer.workspace.view import View
from explorer.workspace.writes import Change, Write

if TYPE_CHECKING:
    from explorer.workspace.workspace import Workspace


def plans_of(workspace: "Workspace") -> list[Plan]:
    """The program as it is."""
    return [Plan(record.step, index, record) for index, record in enumerate(workspace.records)]


# redefinition


def first_write(workspace: "Workspace", name: str) -> int | None:
    """The first step that writes to the memory of `name`, apart from those that belong to its creation."""
    storage = workspace[name].storage
    for index, record in enumerate(workspace.records):
        initial = isinstance(record.step, Write) and record.step.initial
        if record.step.writes and not initial and record.inputs[0].storage is storage:
            return index
    return None


def redefine(workspace: "Workspace", name: str, creation: Creation, freeze: bool) -> "Workspace":
    made = workspace.maker(name)
    step = workspace.records[made].step
    if not isinstance(step, Create):
        template = QT_TRANSLATE_NOOP("errors", "{name} is a result; only a created tensor can be defined anew.")
        raise ProgramError(Message("errors", template, {"name": name}), step=made, offer="freeze")
    written = first_write(workspace, name)
    if written is not None:
        if freeze:
            return _made_anew(workspace, name, creation)
        template = QT_TRANSLATE_NOOP("errors", "Step {number}, “{code}”, writes to {name}.")
        values: dict[str, object] = {"number": written + 1, "code": workspace.steps[written].source(), "name": name}
        raise ProgramError(Message("errors", template, values), step=written, offer="freeze")
    while True:
        plans = [p for p in plans_of(workspace) if not _belongs(p, name)]
        place = next(i for i, p in enumerate(plans) if p.index == workspace.maker(name))
        plans[place] = Plan(Create(name, creation, array=step.array), plans[place].index)
        try:
            return workspace.rebuilt(plans, workspace.names)
        except ProgramError as error:
            if not freeze or error.step is None or error.step <= plans[place].index:
                raise _own(error, plans[place].index) from None
            workspace = _frozen_step(workspace, error.step)


def _belongs(plan: Plan, name: str) -> bool:
    return isinstance(plan.step, Write) and plan.step.initial and plan.step.target == name


def _made_anew(workspace: "Workspace", name: str, creation: Creation) -> "Workspace":
    """`name` created at the end, everything that was made from it frozen."""
    array = workspace[name].kind == "array"
    shelf = workspace.names
    return delete(workspace, (name,), True).create(name, creation, array).reorder(shelf)


def replace_step(workspace: "Workspace", index: int, step: Operate) -> "Workspace":
    """`step` for the step at `index`; its results take the places of the old ones on the shelf."""
    old = [name for name in workspace.steps[index].outputs if name]
    new = [name for name in step.outputs if name]
    plans = plans_of(workspace)
    plans[index] = Plan(step, index)
    place = workspace.names.index(old[0]) if old else len(workspace.names)
    kept = [name for name in workspace.names[:place] if name not in old]
    rest = [name for name in workspace.names[place:] if name not in old]
    try:
        return workspace.rebuilt(plans, (*kept, *new, *rest))
    except ProgramError as error:
        raise _own(error, index) from None


def _own(error: ProgramError, index: int) -> ExplorerError:
    """The error of the changed step itself as the operation's own; any other as it is."""
    return error.__cause__ if error.step == index and isinstance(error.__cause__, OpError) else error


def edit(workspace: "Workspace", name: str, cells: Mapping[tuple[int, ...], Any], freeze: bool) -> "Workspace":
    if not cells:
        return workspace
    item = workspace[name]
    made = workspace.records[item.step].step
    free = isinstance(made, Create) and first_write(workspace, name) is None and not item.unknown
    if free and item.numel <= LONGEST and item.device != "meta":
        assert isinstance(made, Create)
        values = fresh_copy(item.tensor())
        _put(values, cells, name)
        return redefine(workspace, name, Creation.typed(values, item.device), freeze)
    step = _cell_write(workspace, name, cells, free)
    if not free:
        return workspace.append(step)
    while True:
        plans = plans_of(workspace)
        place = 1 + max(p.index for p in plans if p.index == workspace.maker(name) or _belongs(p, name))
        try:
            return workspace.rebuilt([*plans[:place], Plan(step, place - 1), *plans[place:]], workspace.names)
        except ProgramError as error:
            if not freeze or error.step is None or error.step < place:
                raise
            workspace = _frozen_step(workspace, error.step)


def _put(values: torch.Tensor, cells: Mapping[tuple[int, ...], Any], name: str) -> None:
    for cell, value in cells.items():
        try:
            values[cell] = value
        except Exception as error:
            template = QT_TRANSLATE_NOOP("errors", "{name} cannot hold {value} at {cell}.")
            raise refusal(template, error, name=name, value=value, cell=cell) from error


def _cell_write(workspace: "Workspace", name: str, cells: Mapping[tuple[int, ...], Any], initial: bool) -> Write:
    if len(cells) == 1:
        ((cell, value),) = cells.items()
        return Write(name, tuple(cell), value, initial)
    values = torch.empty(len(cells), dtype=workspace[name].dtype)
    _put(values, {(number,): value for number, value in enumerate(cells.values())}, name)
    return Write(name, tuple(list(axis) for axis in zip(*cells, strict=True)), values, initial)


# deletion


def delete(workspace: "Workspace", gone: Collection[str], freeze: bool) -> "Workspace":
    plans: list[Plan] = []
    for index, record in enumerate(workspace.records):
        kept = _without(record.step, gone)
        if kept is None:
            continue
        needed = [name for name in record.step.inputs if name in gone]
        if not needed:
            plans.append(Plan(kept, index, _cut(record, kept)))
            continue
        if isinstance(record.step, Change) and record.step.target in gone:
            over = _others_over(workspace, record, index, gone)
            if not over:
                continue
        if not freeze:
            raise _needed(workspace, needed[0], index)
        plans += _frozen(record, index, gone, workspace)
    shelf = tuple(name for name in workspace.names if name not in gone)
    made = workspace.rebuilt(plans, shelf)
    return _repaired(workspace, made) if freeze else made


def _needed(workspace: "Workspace", name: str, index: int) -> ProgramError:
    template = QT_TRANSLATE_NOOP("errors", "Step {number}, “{code}”, needs {name}. Freeze its result to keep it.")
    values: dict[str, object] = {"number": index + 1, "code": workspace.steps[index].source(), "name": name}
    return ProgramError(Message("errors", template, values), step=index, offer="freeze")


def _without(step: Step, gone: Collection[str]) -> Step | None:
    """The step without the results in `gone`; None if nothing is left of it."""
    if step.writes or not any(name in gone for name in step.outputs):
        return step
    if isinstance(step, Operate) and any(name and name not in gone for name in step.outputs):
        return step.keeping({name for name in step.outputs if name and name not in gone})
    return None


def _cut(record: Record, step: Step) -> Record:
    """The record of the same step with fewer results kept."""
    views = tuple(v if name else None for name, v in zip(step.outputs, record.outputs, strict=True))
    return Record(step, record.inputs, views)


def _others_over(workspace: "Workspace", record: Record, index: int, gone: Collection[str]) -> list[str]:
    """The names over the storage that a step writes to which stay and were there when it ran."""
    storage = record.inputs[0].storage
    return [x.name for x in workspace.items if x.storage is storage and x.name not in gone and x.step < index]


# freezing


def freeze(workspace: "Workspace", name: str) -> "Workspace":
    return _repaired(workspace, _frozen_results(workspace, workspace.maker(name), {name}))


def _frozen_results(workspace: "Workspace", index: int, frozen: Collection[str]) -> "Workspace":
    plans = plans_of(workspace)
    record = workspace.records[index]
    steps: list[Plan] = []
    left = _without(record.step, frozen)
    if left is not None:
        steps.append(Plan(left, index, _cut(record, left)))
    for name, view in zip(record.step.outputs, record.outputs, strict=True):
        if name in frozen and view is not None:
            assert name is not None
            steps.append(Plan(_values(name, view), index))
    plans[index : index + 1] = steps
    return workspace.rebuilt(plans, workspace.names)


def _values(name: str, view: View) -> Create:
    """The step that types the values of `view`."""
    return Create(name, Creation.typed(view.tensor(), view.storage.device), array=isinstance(view.layout, ArrayLayout))


def _frozen_step(workspace: "Workspace", index: int) -> "Workspace":
    """The program with step `index` independent of what it reads."""
    record = workspace.records[index]
    if not isinstance(record.step, Change):
        return _frozen_results(workspace, index, {name for name in record.step.outputs if name})
    others = set(record.step.inputs) - {record.step.target}
    if not others:  # the write itself no longer fits: keep what it writes to
        made = workspace.maker(record.step.target)
        return _frozen_results(workspace, made, {record.step.target})
    plans = plans_of(workspace)
    plans[index] = Plan(_pinned(record, others), index)
    return workspace.rebuilt(plans, workspace.names)


def _pinned(record: Record, names: Collection[str]) -> Change:
    step = record.step
    assert isinstance(step, Change)
    values = {
        name: fresh_copy(view.tensor()) for name, view in zip(step.inputs, record.inputs, strict=True) if name in names
    }
    return step.pinned(values)


def _frozen(record: Record, index: int, gone: Collection[str], workspace: "Workspace") -> list[Plan]:
    """The steps that keep what `record` gave, without what is gone."""
    step = record.step
    if isinstance(step, Change):
        if step.target not in gone:
            return [Plan(_pinned(record, gone), index)]
        after = record.outputs[0]
        assert after is not None
        over = _others_over(workspace, record, index, gone)
        name = max(over, key=lambda n: workspace[n].nbytes)
        values = fresh_copy(View(after.version, workspace[name].view.layout).tensor())
        return [Plan(Write(name, (...,), values), index)]
    kept = [(n, v) for n, v in zip(step.outputs, record.outputs, strict=True) if n and n not in gone and v is not None]
    return [Plan(_values(name, view), index) for name, view in kept]


def _repaired(before: "Workspace", after: "Workspace") -> "Workspace":
    """`after` with a write for each name that has lost its values."""
    while (joined := _joined(before, after)) is not None:
        after = _frozen_results(after, after.maker(joined), {joined})
    for name in after.names:
        old, new = before.view(name), after.view(name)
        if old == new or old.storage.device == "meta":
            continue
        values = fresh_copy(old.tensor())
        if not _same(values, new.tensor()):
            after = after.append(Write(name, (...,), values))
    return after


def _joined(before: "Workspace", after: "Workspace") -> str | None:
    """The first result that was a copy and has become a view.

    `contiguous` and `reshape` go by strides, and typed values have others than what they stand for.
    """
    shelf = sorted(after.names, key=after.maker)
    for number, name in enumerate(shelf):
        over = [n for n in shelf[:number] if after.view(n).storage is after.view(name).storage]
        if any(before.view(n).storage is not before.view(name).storage for n in over):
            return name
    return None


def _same(a: torch.Tensor, b: torch.Tensor) -> bool:
    one, other = (_bits(x) for x in (a, b))
    return bool(np.array_equal(one, other))


def _bits(tensor: torch.Tensor) -> np.ndarray:
    flat = fresh_copy(tensor).reshape(-1)
    return flat.view(torch.uint8).numpy() if flat.numel() else np.empty(0, np.uint8)
