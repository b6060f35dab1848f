"""Freezing: some names go or become typed values, and every other name keeps its values, at the end and on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress

import numpy as np

from explorer.errors import OpError
from explorer.late import torch
from explorer.memory import room_for
from explorer.workspace.definition import Definition, fresh_copy
from explorer.workspace.interpreter import cells_of
from explorer.workspace.layout import ArrayLayout
from explorer.workspace.record import Bindings, Record
from explorer.workspace.recording import leaves_of
from explorer.workspace.replay import Plan, kept, run_step
from explorer.workspace.scratch import Broken
from explorer.workspace.steps import Create, Operate, Step
from explorer.workspace.typed_key import written
from explorer.workspace.view import View, settle
from explorer.workspace.workspace import Workspace

_BLOCK = 2**22  # cells that are compared at once


def freeze(
    workspace: Workspace, gone: Collection[str] = (), frozen: Collection[str] = (), graded: bool = True
) -> Workspace:
    """The program without the names in `gone`, and with those in `frozen` as typed values.

    What was made from `gone` becomes typed values too. Each step runs on the values it ran on before; where its result
    still comes out otherwise (rounding, copies and refusals depend on strides) it is replaced by values. Steps about
    gradients stay as long as torch then runs the program, and `graded`; else the gradients are values, too.
    """
    again = _Again(frozenset(gone), frozenset(frozen))
    for record in workspace.records:
        again.then.apply(record)
        step = record.step
        if step.writes:
            again.write(record)
        elif step.graded and not leaves_of(step):
            again.require(record, graded)
        elif isinstance(step, Operate) and step.call.op.relayouts:
            again.lay_out(record, step)
        else:
            again.make(record, values=step.graded and not graded)
    try:
        return workspace.recorded(again.records, [name for name in workspace.names if name not in gone])
    except Broken:
        return freeze(workspace, gone, frozen, graded=False)


class _Again:
    """The program once more (`now`), step by step beside what it was (`then`)."""

    def __init__(self, gone: frozenset[str], frozen: frozenset[str]) -> None:
        self.gone = gone
        self.frozen = frozen
        self.then = Bindings()
        self.now = Bindings()
        self.records: list[Record] = []

    def require(self, record: Record, graded: bool) -> None:
        """A step that makes nothing, done again where it can be."""
        if graded and not self.gone.intersection(record.step.inputs):
            with suppress(OpError):
                self._add(self._run(record.step, record))

    def make(self, record: Record, values: bool = False) -> None:
        """The results of a step that makes some: by the same step where it gives the same, else as typed `values`."""
        step = record.step
        wanted = [name for name in step.outputs if name and name not in self.gone]
        values = values or bool(self.gone.intersection(step.inputs))
        left = [] if values else [name for name in wanted if name not in self.frozen]
        if left:
            left = self._made(only(record, left))
        for name in wanted:
            if name not in left:
                self._add(run_step(typed(name, self.then[name]), self.now))

    def write(self, record: Record) -> None:
        """A write, and then values for whatever it has left other than it was."""
        step = record.step
        over = [view.storage for view in record.outputs if view is not None]
        if step.inputs[0] not in self.gone:
            others = self.gone.intersection(step.inputs)
            try:
                done = self._run(pinned(record, others), None) if others else self._run(step, record)
            except OpError:
                pass
            else:
                self._add(done)
                over += [view.storage for view in done.outputs if view is not None]
        for name in tuple(self.now.names):  # in the order of their making: what is over others comes after them
            old, new = self.then[name], self.now[name]
            if (old.storage in over or new.storage in over) and not same(old, new):
                self._add(run_step(Operate(written(name, (...,), fresh_copy(old.tensor()))), self.now))

    def lay_out(self, record: Record, step: Operate) -> None:
        """A new layout, of everything that is by now what was one object with the target."""
        done: set[object] = set()
        for name, identity in list(self.now.names.items()):
            if self.then.names[name] is record.inputs[0].identity and identity not in done:
                self._add(self._run(step.renamed({step.target: name}), record))
                done.add(identity)

    def _made(self, record: Record) -> list[str]:
        """Run the step of `record`; the names among its results that are as they were."""
        try:
            done = self._run(record.step, record)
        except OpError:
            return []
        pairs = zip(done.step.outputs, done.outputs, strict=True)
        good = [name for name, view in pairs if name and view is not None and self._keeps(name, view)]
        if good:
            self._add(only(done, good))
        return good

    def _keeps(self, name: str, new: View) -> bool:
        """Whether `new` has the values of `name`, and has not become a view of what it was a copy of."""
        old = self.then[name]
        if any(self.now[n].storage is new.storage and self.then[n].storage is not old.storage for n in self.now.names):
            return False
        return same(old, new)

    def _run(self, step: Step, record: Record | None) -> Record:
        again = None if step.graded else record  # what it depends on may be another program by now
        return kept(Plan(step, 0, again), self.now) or run_step(step, self.now)

    def _add(self, record: Record) -> None:
        self.now.apply(record)
        self.records.append(record)


def only(record: Record, names: Collection[str]) -> Record:
    """The record with these of its results alone."""
    step = record.step.keeping(names)
    views = tuple(v if name in names else None for name, v in zip(record.step.outputs, record.outputs, strict=True))
    return Record(step, record.inputs, views)


def typed(name: str, view: View) -> Create:
    """The step that types the values of `view`."""
    return Create(
        name, Definition.typed(view.tensor(), view.storage.device), array=isinstance(view.layout, ArrayLayout)
    )


def pinned(record: Record, names: Collection[str]) -> Operate:
    """The write of `record` with values in the place of `names`, which it reads."""
    step = record.step
    assert isinstance(step, Operate)
    pairs = zip(step.inputs, record.inputs, strict=True)
    return step.pinned({name: _copied(view) for name, view in pairs if name in names})


def _copied(view: View) -> torch.Tensor | np.ndarray:
    if isinstance(view.layout, ArrayLayout):  # `n += m` of NumPy is another statement than one of a tensor
        room_for(cells_of(view))
        return view.array().copy()
    return fresh_copy(view.tensor(), "meta" if view.storage.device == "meta" else "cpu")


def same(one: View, other: View) -> bool:
    """Whether both show the same cells, bit by bit."""
    if one == other:
        return True
    if (one.layout.dtype, one.layout.shape) != (other.layout.dtype, other.layout.shape):
        return False
    if one.storage.device == "meta":
        return True
    if one.storage is other.storage and one.version is not other.version:  # which is never at both
        cells = fresh_copy(one.tensor(), one.storage.device)
    else:
        settle((one, other))
        cells = one.tensor()
    return all(torch.equal(*map(_bits, pair)) for pair in _blocks(cells, other.tensor()))


def _blocks(one: torch.Tensor, other: torch.Tensor) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Views of the same cells of both, of at most _BLOCK cells; of an axis along which both stand still, one line."""
    for axis, strides in enumerate(zip(one.stride(), other.stride(), strict=True)):
        if strides == (0, 0) and one.shape[axis]:
            one, other = one.narrow(axis, 0, 1), other.narrow(axis, 0, 1)
    if one.numel() <= _BLOCK:
        yield one, other
        return
    axis = max(range(one.dim()), key=lambda a: one.shape[a])
    for start in range(0, one.shape[axis], half := one.shape[axis] // 2 + 1):
        count = min(half, one.shape[axis] - start)
        yield from _blocks(one.narrow(axis, start, count), other.narrow(axis, start, count))


def _bits(cells: torch.Tensor) -> torch.Tensor:
    return fresh_copy(cells).reshape(-1).view(torch.uint8)
