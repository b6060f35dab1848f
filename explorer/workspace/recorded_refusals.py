"""Why torch refuses what it would do without autograd: our sentence, with its own words below."""

from collections.abc import Mapping, Sequence

from explorer.errors import OpError
from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.autograd import BACKWARD, REQUIRE
from explorer.ops.calls import silent
from explorer.ops.crossing import NUMPY
from explorer.ops.refusal_text import Cause, Reason
from explorer.unforeseen import survived
from explorer.workspace.autograd_facts import Fact
from explorer.workspace.record import Record
from explorer.workspace.recording import autograd_of, graded
from explorer.workspace.scratch import Broken, Scratch
from explorer.workspace.steps import Operate, Step

_Reason = tuple[str, dict[str, object]]


def explained(past: Sequence[Record], step: Step, error: Exception) -> OpError:
    """Our sentence for a step that torch refuses after `past` when autograd records, with torch's words below it."""
    plain = QT_TRANSLATE_NOOP("errors", "“{code}” is refused while autograd records the program.")
    nothing: _Reason = plain, {}
    template, values = survived(lambda: _looked_into(past, step), nothing)
    about = (Cause("memory"),) if step.writes else ()
    return OpError(Reason("errors", template, {"code": step.source(), **values}, about), str(error))


def _looked_into(past: Sequence[Record], step: Step) -> _Reason:
    try:
        known = autograd_of(past)
    except Broken:
        known = None
    facts = known.facts if known is not None else {}
    return _reason(step, facts, [record.step for record in past])


def as_recorded(past: Sequence[Record], step: Step, error: OpError) -> OpError:
    """The error of a step that torch refuses for detached tensors, as it is when autograd records: it looks first."""
    if not error.detail or not graded(past) or not isinstance(step, Operate):
        return error
    return survived(lambda: _as_recorded(past, step, error), error)


def _as_recorded(past: Sequence[Record], step: Operate, error: OpError) -> OpError:
    scratch = Scratch()
    try:
        scratch.play(past)
        with silent():
            step.perform(scratch.names)
    except Broken:
        return error
    except Exception as recorded:  # noqa: BLE001 - whatever torch says
        return error if str(recorded) == error.detail else explained(past, step, recorded)
    return error


def _reason(step: Step, facts: Mapping[str, Fact], steps: Sequence[Step]) -> tuple[str, dict[str, object]]:
    name = step.inputs[0] if step.inputs else ""
    fact = facts.get(name, Fact(False, True, 0))
    values: dict[str, object] = {"name": name}
    op = step.call.op if isinstance(step, Operate) else None
    if isinstance(step, Operate) and op is BACKWARD:
        return _no_backward(step, fact, steps)
    if op is REQUIRE:
        template = QT_TRANSLATE_NOOP(
            "errors", "“{code}” is refused: {name} is a result of what requires gradients; switch it off at its leaves."
        )
    elif op is NUMPY:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} requires gradients, and a NumPy array over its memory could be changed behind autograd's back; "
            "switch requires_grad off first.",
        )
    elif step.writes and fact.requires_grad and fact.leaf:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "“{code}” would overwrite {name}, a leaf that requires gradients; make a new tensor of it instead, or "
            "switch its requires_grad off first.",
        )
    elif step.writes:
        template = QT_TRANSLATE_NOOP(
            "errors", "“{code}” cannot overwrite {name} while autograd records it; make a new tensor of it instead."
        )
    else:
        template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused while autograd records the program.")
    return template, values


def _no_backward(step: Operate, fact: Fact, steps: Sequence[Step]) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {"name": step.target}
    gradient, ones = step.call.bound["gradient"], step.call.arguments.get("of_ones")
    if not fact.recorded:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} was not made from a tensor that requires gradients; switch requires_grad on for one, then make "
            "{name} from it again.",
        )
    elif gradient is None and not ones and not fact.single:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} has more than one element, so backward needs a gradient of its shape: take ones, or make a scalar "
            "of it first, as with sum().",
        )
    elif fact.lost:
        lost = fact.lost[0]
        values |= {
            "saved": ", ".join(lost.names) or "?",
            "saver": steps[lost.step].source(),
            "version": lost.version,
            "now": lost.now,
        }
        template = QT_TRANSLATE_NOOP(
            "errors",
            "Backward from {name} needs {saved} as “{saver}” saved it, at version {version}; it has been overwritten "
            "since and is at version {now}. Undo the write, or make a new tensor instead of writing.",
        )
    elif fact.moved:
        values["leaf"] = fact.moved[0]
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{name} was made from {leaf} when that was a leaf; {leaf} has since been overwritten with a result. Undo "
            "that write, or make a new tensor instead of writing.",
        )
    elif fact.spent:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "A backward has used up what was saved for {name}; run {name} again from its leaves, or keep the graph in "
            "the first backward (retain_graph=True).",
        )
    elif gradient is not None:
        template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused: its gradient does not fit {name}.")
    else:
        template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused; the reason of torch stands below.")
    return template, values
