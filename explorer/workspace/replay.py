"""A program that has been run: each step with what it read and what it gave, and the running of a changed one.

A step whose inputs are what they were keeps its record: nothing is computed. One whose inputs differ runs again, its
results on fresh storages; a write into a storage that was not rebuilt starts a new branch of that storage's versions.
So the old program stays as it was, whatever becomes of the new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from explorer.errors import OpError, ProgramError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace import interpreter
from explorer.workspace.layout import Layout
from explorer.workspace.steps import Create, Step
from explorer.workspace.storage import Storage, Version
from explorer.workspace.view import View


@dataclass(frozen=True, eq=False)
class Record:
    """A step, the views it read (in the order of its `inputs`) and those it bound (in the order of its `outputs`)."""

    step: Step
    inputs: tuple[View, ...]
    outputs: tuple[View | None, ...]

    def changes(self, view: View) -> bool:
        """Whether it changes the values of `view`, or its layout."""
        if self.step.makes or self.step.graded:
            return False
        changed = self.inputs[0]
        return changed.storage is view.storage if self.step.writes else changed.identity is view.identity


@dataclass(frozen=True)
class Plan:
    """A step to run; `index` is its place before the change, `record` what it was there, if that may be kept."""

    step: Step
    index: int
    record: Record | None = None


@dataclass
class State:
    """What the names stand for at one place of a program: objects by identity, each somewhere in a storage."""

    names: dict[str, object] = field(default_factory=dict)
    places: dict[object, tuple[Storage, Layout]] = field(default_factory=dict)
    versions: dict[Storage, Version] = field(default_factory=dict)
    past: list[Record] = field(default_factory=list)

    def __getitem__(self, name: str) -> View:
        identity = self.names[name]
        storage, layout = self.places[identity]
        return View(self.versions[storage], layout, identity)

    def apply(self, record: Record) -> None:
        self.past.append(record)
        for name, view in zip(record.step.outputs, record.outputs, strict=True):
            if name is not None and view is not None:
                self.names[name] = view.identity
                self.places[view.identity] = (view.storage, view.layout)
                self.versions[view.storage] = view.version


def state_of(records: Iterable[Record]) -> State:
    """What the names stand for after `records`."""
    state = State()
    for record in records:
        state.apply(record)
    return state


def run_step(step: Step, state: State) -> Record:
    """Run one step. Raises OpError; then nothing has changed."""
    inputs = tuple(state[name] for name in step.inputs)
    step = interpreter.fitted(step, inputs)
    outputs = interpreter.run(step, state.past, inputs)
    return Record(step.slim() if isinstance(step, Create) else step, inputs, outputs)


def run(plans: Iterable[Plan]) -> tuple[Record, ...]:
    """Run a changed program.

    Raises ProgramError with the index (before the change) of the step that fails, offering to freeze it.
    """
    state = State()
    untouched = True  # nothing before has run again or gone
    for number, plan in enumerate(plans):
        untouched = untouched and plan.index == number
        record = kept(plan, state) if untouched or not plan.step.graded else None
        if record is None:
            record, untouched = _run_again(plan.step, state, plan.index), False
        state.apply(record)
    return tuple(state.past)


def kept(plan: Plan, state: State) -> Record | None:
    """The record of a plan as it was, if its step reads what it read."""
    if plan.record is None:
        return None
    if any(name not in state.names for name in plan.step.inputs):
        return None
    if tuple(state[name] for name in plan.step.inputs) != plan.record.inputs:
        return None
    return Record(plan.step, plan.record.inputs, plan.record.outputs)


def _run_again(step: Step, state: State, index: int) -> Record:
    missing = next((name for name in step.inputs if name not in state.names), None)
    if missing is not None:
        template = QT_TRANSLATE_NOOP("errors", "Step {number}, “{code}”, needs {name}. Freeze it to keep its values.")
        values: dict[str, object] = {"number": index + 1, "code": step.source(), "name": missing}
        raise ProgramError(Message("errors", template, values), step=index, offer="freeze")
    try:
        return run_step(step, state)
    except OpError as error:
        template = QT_TRANSLATE_NOOP(
            "errors", "Step {number}, “{code}”, would fail: {reason} Freeze it to keep its values."
        )
        values = {"number": index + 1, "code": step.source(), "reason": error.message}
        raise ProgramError(Message("errors", template, values), error.detail, index, "freeze") from error
