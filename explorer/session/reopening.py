"""A step of the program on the stage again, as it was run. All of it is for the engine's worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from explorer.animation.identities import of_step
from explorer.errors import ExplorerError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import OPERATIONS
from explorer.session import drafting
from explorer.session.draft import Draft
from explorer.session.staged import Staged
from explorer.session.staging import (
    REMEMBERED_CELLS,
    apart,
    outputs_of,
    remembered,
    result_axes,
    shown,
    told_or_shown,
)
from explorer.session.state import State
from explorer.session.viewpoint import Known, Viewpoint
from explorer.workspace import Step
from explorer.workspace.steps import Operate
from explorer.workspace.view import View

QUOTED = 60  # characters of a line of code in a sentence


def reopened(step: int, state: State, view: Viewpoint, device: str) -> State:
    """The state with a step of the program on the stage as it was run, to be replayed, and changed or done again.

    What makes a tensor is changed in its place, unless an operand has another layout by now: then, as what writes,
    the draft is of the operands as they are, and Run does it anew. Raises ExplorerError for a step that is none of a
    draft's.
    """
    workspace = state.workspace
    record = workspace.records[step]
    draft, seen = draft_of(record.step), dict(zip(record.step.inputs, record.inputs, strict=True))
    if draft is None or any(isinstance(x, str) and workspace[x].is_array for x in draft.operands):
        template = QT_TRANSLATE_NOOP(
            "errors", "“{code}” cannot be replayed; only an operation on tensors of the shelf can."
        )
        code = record.step.source()
        raise ExplorerError(Message("errors", template, {"code": code if len(code) <= QUOTED else f"{code[:QUOTED]}…"}))
    op = draft.op
    moved = {name for name, x in seen.items() if x.layout != workspace.view(name).layout}
    draft = replace(draft, device=device)
    if not op.writes and not moved:
        draft = replace(draft, keepable=True, step=step)
    draft = replace(draft, declined=any(isinstance(x, str) and workspace[x].device != device for x in draft.operands))
    draft = drafting.foretold(draft, workspace)
    views = [x for x in record.outputs if x is not None]
    then = _as_then([*seen.values(), *views])
    workspace.activate()
    tensors = [then[seen[x]] if isinstance(x, str) else x for x in draft.operands]
    results = tuple(then[x] for x in views)
    if len(results) < len(record.outputs):  # one has been deleted
        again = iter(op.run(tensors, draft.arguments))
        results = tuple(other if x is None else then[x] for x, other in zip(record.outputs, again, strict=True))
    outputs = outputs_of(replace(draft, keepable=True, step=step), workspace, len(results))
    inputs, made = of_step(workspace, step)
    known = Known(state.identities, inputs, dict(zip(outputs, made, strict=True)))
    if any(x.unknown for x in views):
        told = shown(outputs[0], results[0], known, view, unknown=True)
    else:
        told = told_or_shown(draft, tensors, results, outputs, known, view)
    otherwise = {
        name: x
        for name, x in (*seen.items(), *zip(outputs, record.outputs, strict=True))
        if x is not None and name in workspace and x.layout != workspace.view(name).layout
    }
    axes = result_axes(draft, workspace, view)
    staged = Staged(told, ran=True, draft=draft, known=known, axes=axes, then=otherwise)
    subject = drafting.subject_of(draft, workspace)
    return replace(state, draft=draft, inspected=subject, staged=staged, run=None, waits=False)


def draft_of(step: Step) -> Draft | None:
    """The draft of a step; None where it is none of a draft's, or holds typed cells, which a draft cannot."""
    if not isinstance(step, Operate) or step.call.op.name not in OPERATIONS:
        return None
    call = step.call
    typed = not all(map(_chosen, (call.operands, *call.arguments.values())))
    other = OPERATIONS[call.op.name] is not call.op
    left = (None,) * ((call.op.arity or 0) - len(call.operands))  # what is left out at the end
    return None if typed or other else Draft(replace(call, operands=(*call.operands, *left)))


def _chosen(value: Any) -> bool:
    """Whether controls could have given this: there a tensor stands by its name alone."""
    if isinstance(value, tuple | list):
        return all(map(_chosen, value))
    return not hasattr(value, "untyped_storage")


def _as_then(views: Sequence[View]) -> dict[View, torch.Tensor]:
    """The tensors that a step saw; what has been overwritten since as it was, and what shared memory shares it."""
    present = {x: x.version.current for x in views}
    found = {x: x.tensor() for x in views if present[x]}
    gone = [x for x in views if not present[x]]
    for version in dict.fromkeys(x.version for x in gone):
        own = [x for x in gone if x.version is version]
        tensors = [x.tensor() for x in own]  # brings the memory to that version
        if version.unknown or any(t.numel() > REMEMBERED_CELLS for t in tensors):
            found |= {x: remembered(t, x.unknown) for x, t in zip(own, tensors, strict=True)}
        else:
            found |= dict(zip(own, apart(tensors), strict=True))
    return found
