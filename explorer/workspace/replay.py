"""A program that has been run: each step with what it read and what it gave, and the running of a changed one.

A step whose inputs are what they were keeps its record: nothing is computed. One whose inputs differ runs again, its
results on fresh storages; a write into a storage that was not rebuilt starts a new branch of that storage's versions.
So the old program stays as it was, whatever becomes of the new one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from explorer.errors import OpError, ProgramError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace import interpreter
from explorer.workspace.record import Bindings, Record
from explorer.workspace.recorded_refusals import explained
from explorer.workspace.scratch import Broken
from explorer.workspace.steps import Create, Step


@dataclass(frozen=True)
class Plan:
    """A step to run; `index` is its place before the change, `record` what it was there, if that may be kept."""

    step: Step
    index: int
    record: Record | None = None


def run_step(step: Step, bindings: Bindings) -> Record:
    """Run one step. Raises OpError; then nothing has changed."""
    inputs = tuple(bindings[name] for name in step.inputs)
    step = interpreter.fitted(step, inputs)
    outputs = interpreter.run(step, bindings.past, inputs)
    return Record(step.slim() if isinstance(step, Create) else step, inputs, outputs)


def run(plans: Iterable[Plan]) -> tuple[Record, ...]:
    """Run a changed program.

    Raises ProgramError with the index (before the change) of the step that fails, offering to freeze it.
    """
    bindings = Bindings()
    untouched = True  # nothing before has run again or gone
    for number, plan in enumerate(plans):
        untouched = untouched and plan.index == number
        record = kept(plan, bindings) if untouched or not plan.step.graded else None
        if record is None:
            record, untouched = _run_again(plan.step, bindings, plan.index), False
        bindings.apply(record)
    return tuple(bindings.past)


def kept(plan: Plan, bindings: Bindings) -> Record | None:
    """The record of a plan as it was, if its step reads what it read."""
    if plan.record is None:
        return None
    if any(name not in bindings.names for name in plan.step.inputs):
        return None
    if tuple(bindings[name] for name in plan.step.inputs) != plan.record.inputs:
        return None
    return Record(plan.step, plan.record.inputs, plan.record.outputs)


def _run_again(step: Step, bindings: Bindings, index: int) -> Record:
    missing = next((name for name in step.inputs if name not in bindings.names), None)
    if missing is not None:
        template = QT_TRANSLATE_NOOP("errors", "Step {number}, “{code}”, needs {name}. Freeze it to keep its values.")
        values: dict[str, object] = {"number": index + 1, "code": step.source(), "name": missing}
        raise ProgramError(Message("errors", template, values), step=index, offer="freeze")
    try:
        return run_step(step, bindings)
    except OpError as error:
        template = QT_TRANSLATE_NOOP(
            "errors", "Step {number}, “{code}”, would fail: {reason} Freeze it to keep its values."
        )
        values = {"number": index + 1, "code": step.source(), "reason": error.message}
        raise ProgramError(Message("errors", template, values), error.detail, index, "freeze") from error


def unrecorded(plans: Sequence[Plan], records: Sequence[Record], broken: Broken) -> ProgramError:
    """Why a changed program does not run while autograd records; without its gradients it would."""
    number, code = plans[broken.index].index + 1, broken.step.source()
    template = QT_TRANSLATE_NOOP(
        "errors",
        "Step {number}, “{code}”, would be refused while autograd records: {reason} Freeze to keep the gradients as "
        "values.",
    )
    reason = explained(records[: broken.index], broken.step, broken.cause)
    last = max(plan.index for plan in plans if plan.step.graded)
    values: dict[str, object] = {"number": number, "code": code, "reason": reason.message}
    return ProgramError(Message("errors", template, values), reason.detail, last, "freeze")
