"""Changes of a program that has been run: redefine, replace, delete, freeze."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from explorer.errors import ExplorerError, OpError, ProgramError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import Call
from explorer.workspace import freezing, names
from explorer.workspace.code import LONGEST
from explorer.workspace.definition import Definition, fresh_copy
from explorer.workspace.interpreter import refusal
from explorer.workspace.item import Item
from explorer.workspace.recording import leaves_of
from explorer.workspace.replay import Plan
from explorer.workspace.steps import Create, Operate
from explorer.workspace.typed_key import written
from explorer.workspace.workspace import Workspace


def plans_of(workspace: Workspace) -> list[Plan]:
    """The program as it is."""
    return [Plan(record.step, index, record) for index, record in enumerate(workspace.records)]


# redefinition


def first_change(workspace: Workspace, name: str) -> int | None:
    """The first step that changes the memory or the layout of `name`, apart from those that belong to its creation."""
    view = workspace.view(name)
    for index, record in enumerate(workspace.records):
        initial = isinstance(record.step, Operate) and record.step.initial
        if not initial and record.changes(view):
            return index
    return None


def last_change(workspace: Workspace, name: str) -> int | None:
    """The last step that changed the memory or the layout of `name`, since that was made."""
    view, made = workspace.view(name), workspace[name].step
    later = range(len(workspace.records) - 1, made, -1)
    return next((index for index in later if workspace.records[index].changes(view)), None)


def check_redefinable(workspace: Workspace, name: str) -> None:
    """Raises at once what `redefine` would raise whatever the new values are: where `name` is a result, or is
    written to."""
    workspace.known(name)
    made = workspace.maker(name)
    if not isinstance(workspace.records[made].step, Create):
        template = QT_TRANSLATE_NOOP("errors", "{name} is a result; only a created tensor can be defined anew.")
        raise ProgramError(Message("errors", template, {"name": name}), step=made, offer="freeze")
    changed = first_change(workspace, name)
    if changed is not None:
        step = workspace.steps[changed]
        template = QT_TRANSLATE_NOOP("errors", "Step {number}, “{code}”, writes to {name}.")
        if not step.writes:
            template = QT_TRANSLATE_NOOP("errors", "Step {number}, “{code}”, changes the shape of {name}.")
        values: dict[str, object] = {"number": changed + 1, "code": step.source(), "name": name}
        raise ProgramError(Message("errors", template, values), step=changed, offer="freeze")


def redefine(workspace: Workspace, name: str, creation: Definition, freeze: bool = False) -> Workspace:
    """Other values, shape or dtype in the step that created `name`; what depends on it runs again.

    Refused (ProgramError, offering "freeze") where a later step writes to it or a step fails on the new values; with
    `freeze` what stands against it is turned into values.
    """
    workspace.known(name)
    step = workspace.records[workspace.maker(name)].step
    if freeze and isinstance(step, Create) and first_change(workspace, name) is not None:
        return _made_anew(workspace, name, creation)
    check_redefinable(workspace, name)
    assert isinstance(step, Create)
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
    return isinstance(plan.step, Operate) and plan.step.initial and plan.step.target == name


def _made_anew(workspace: Workspace, name: str, creation: Definition) -> Workspace:
    """`name` created at the end, everything that was made from it frozen."""
    array = workspace[name].kind == "array"
    shelf = workspace.names
    return delete(workspace, name, freeze=True).create(name, creation, array).reorder(shelf)


def replace_step(workspace: Workspace, index: int, call: Call[Any], outputs: Sequence[str | None]) -> Workspace:
    """`outputs = call` in the place of the step at `index`; what depends on it runs again. The results take the
    places of the old ones on the shelf."""
    step = workspace.step(call, outputs, at=index)
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


def defines(workspace: Workspace, name: str) -> bool:
    """Whether an edit of cells of `name` belongs to its creation, and is no write."""
    workspace.known(name)
    item = workspace[name]
    created = isinstance(workspace.records[item.step].step, Create)
    return created and first_change(workspace, name) is None and not item.unknown


def edit(workspace: Workspace, name: str, cells: Mapping[tuple[int, ...], Any], freeze: bool = False) -> Workspace:
    """Other values in some cells: a redefinition where that is possible, else a write at the end.

    Refused and, with `freeze`, made possible like `redefine`.
    """
    workspace.known(name)
    if not cells:
        return workspace
    item, free = workspace[name], defines(workspace, name)
    if free and item.numel <= LONGEST and item.device != "meta":
        values = fresh_copy(item.tensor())
        _put(values, cells, name)
        return redefine(workspace, name, Definition.typed(values, item.device), freeze)
    return _written(workspace, _cell_write(workspace, name, cells, free), freeze)


def edit_block(
    workspace: Workspace, name: str, ranges: Sequence[range], values: torch.Tensor, freeze: bool = False
) -> Workspace:
    """As `edit`, for a block of cells: one range for each axis, and a tensor of that shape, which is copied."""
    workspace.known(name)
    values = fresh_copy(values)
    item, free = workspace[name], defines(workspace, name)
    key = tuple(slice(part.start, part.stop) for part in ranges)
    if free and item.numel <= LONGEST and item.device != "meta":
        whole = fresh_copy(item.tensor())
        whole[key] = values
        return redefine(workspace, name, Definition.typed(whole, item.device), freeze)
    return _written(workspace, Operate(written(name, key, values), initial=free), freeze)


def _written(workspace: Workspace, step: Operate, freeze: bool) -> Workspace:
    """The program with `step`: behind the creation of its target where it belongs to that, else at the end."""
    name = step.target
    if not step.initial:
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


def _cell_write(workspace: Workspace, name: str, cells: Mapping[tuple[int, ...], Any], initial: bool) -> Operate:
    if len(cells) == 1:
        ((cell, value),) = cells.items()
        return Operate(written(name, tuple(cell), value), initial=initial)
    values = torch.empty(len(cells), dtype=workspace[name].dtype)
    _put(values, {(number,): value for number, value in enumerate(cells.values())}, name)
    return Operate(written(name, tuple(list(axis) for axis in zip(*cells, strict=True)), values), initial=initial)


# deletion


def joined(workspace: Workspace, other: Workspace) -> Workspace:
    """All that another workspace holds behind what this one does; names that are taken here become free ones."""
    for name in other.names:
        if name in workspace:
            other = other.rename(name, names.fresh([*workspace.names, *other.names], name))
    shelf, labels = (*workspace.names, *other.names), {**workspace.labels, **other.labels}
    return workspace.recorded((*workspace.records, *other.records), shelf, labels)


def delete(workspace: Workspace, *gone: str, freeze: bool = False) -> Workspace:
    """Without the steps that made `gone`. ProgramError where others need them, unless those are frozen."""
    for name in gone:
        workspace.known(name)
    plans: list[Plan] = []
    for index, record in enumerate(workspace.records):
        step = record.step
        needed = [name for name in step.inputs if name in gone]
        left = [name for name in step.outputs if name and name not in gone]
        if not left and not _lasts(workspace, index, gone):
            continue
        if needed and freeze:
            return freezing.freeze(workspace, gone)
        if needed:
            raise _needed(workspace, needed[0], index)
        cut = freezing.only(record, left)
        plans.append(Plan(cut.step, index, cut))
    return workspace.rebuilt(plans, [name for name in workspace.names if name not in gone])


def _lasts(workspace: Workspace, index: int, gone: Collection[str]) -> bool:
    """Whether a step that leaves no result behind is needed all the same."""
    record = workspace.records[index]
    if leaves_of(record.step):  # gradients add up
        return any(map(leaves_of, workspace.steps[index + 1 :]))
    if record.step.graded:
        return record.step.inputs[0] not in gone
    return any(record.changes(x.view) for x in _others(workspace, index, gone))


def _needed(workspace: Workspace, name: str, index: int) -> ProgramError:
    template = QT_TRANSLATE_NOOP("errors", "Step {number}, “{code}”, needs {name}. Freeze its result to keep it.")
    values: dict[str, object] = {"number": index + 1, "code": workspace.steps[index].source(), "name": name}
    return ProgramError(Message("errors", template, values), step=index, offer="freeze")


def _others(workspace: Workspace, index: int, gone: Collection[str]) -> list[Item]:
    """What stays and was there when step `index` ran."""
    return [x for x in workspace.items if x.name not in gone and x.step < index]


# freezing


def freeze(workspace: Workspace, name: str) -> Workspace:
    """`name` as typed values, cut off from what it was made from; all values stay."""
    workspace.known(name)
    return freezing.freeze(workspace, frozen=[name])


def _frozen_step(workspace: Workspace, index: int) -> Workspace:
    """The program with step `index` independent of what it reads."""
    record = workspace.records[index]
    if record.step.graded:
        return freezing.freeze(workspace, graded=False)
    if not record.step.writes:
        return freezing.freeze(workspace, frozen=[name for name in record.step.outputs if name])
    target, *rest = record.step.inputs
    others = set(rest) - {target}
    if not others:  # the write itself no longer fits: keep what it writes to
        return freezing.freeze(workspace, frozen=[target])
    plans = plans_of(workspace)
    plans[index] = Plan(freezing.pinned(record, others), index)
    return workspace.rebuilt(plans, workspace.names)
