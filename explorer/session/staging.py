"""Drafts rehearsed, run, and staged again. All of it is for the engine's worker; the window draws what comes out."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import replace
from math import prod
from typing import Any, cast

from explorer.animation.animation import Animation
from explorer.animation.arrange import on_stage
from explorer.animation.axes import AxisId
from explorer.animation.compose import animate, picture
from explorer.animation.gallery import gallery
from explorer.animation.identities import Ahead, foretold, identities, of_step
from explorer.animation.refused import Mark, meeting
from explorer.engine import synchronise
from explorer.errors import ExplorerError, OpError
from explorer.late import torch
from explorer.memory import room_for
from explorer.numbers.statistics import Statistics
from explorer.ops.conversion import TO
from explorer.ops.refusal_text import causes_of
from explorer.session import drafting
from explorer.session.draft import Draft
from explorer.session.staged import Large, Rehearsal, Staged
from explorer.session.state import RunInfo, State
from explorer.session.viewpoint import Identities, Known, Viewpoint
from explorer.unforeseen import survived
from explorer.workspace import Workspace, edits, names
from explorer.workspace.item import Item

Measure = Callable[[Item], Statistics | None]
SHOWN_CELLS = 4096
BESIDE_CELLS = 600  # of all operands that are shown beside each other, each with all of its cells
REMEMBERED_CELLS = 2**22


def at_rest(item: Item, known: Identities, view: Viewpoint, measure: Measure) -> Staged:
    """The stage with one tensor or array on it, which nothing happens to."""
    tensor = item.tensor()
    still = shown(item.name, tensor, Known(known), view, item.unknown)
    return Staged(still, large=_large(item, tensor, view.named(known), measure))


def _large(item: Item, tensor: Any, known: Identities, measure: Measure) -> Large | None:
    """The tensor to be shown whole, where it has more cells than the stage draws."""
    if tensor.numel() <= SHOWN_CELLS or tensor.device.type == "meta":
        return None
    found = measure(item)
    levels = found.levels if found is not None else None
    return Large(item.name, tensor, levels or (0.0, 1.0), known[item.name])


def rehearsed(
    draft: Draft, workspace: Workspace, known: Identities, cells: int, view: Viewpoint, measure: Measure
) -> tuple[Staged | None, OpError | None]:
    """The stage set for a draft: run in a scratch where it has no more than `cells` cells, else its first operand, or
    all of them where they are small.

    With a draft that torch refuses comes torch's own word from the real call; what it is about is marked.
    """
    staged, refusal = _rehearsed(draft, workspace, known, cells, view, measure)
    error = refusal or draft.error
    return (_marked(staged, draft, workspace, error) if staged is not None else None), refusal


def _marked(staged: Staged, draft: Draft, workspace: Workspace, error: ExplorerError | None) -> Staged:
    """The stage with marks on what a refusal is about, of the operands that stand on it."""
    tensors = [k for k, x in enumerate(draft.operands) if isinstance(x, str) and x in workspace]
    alone = len(staged.animation.tensors) < len(tensors)
    shown = {k: place for place, k in enumerate(tensors)}
    if alone:
        subject = drafting.subject_of(draft, workspace)
        shown = {k: 0 for k in tensors if draft.operands[k] == subject}
    marks = [
        Mark(shown[c.operand], c.axes, c.cell, c.fact == "dtype")
        for c in causes_of(error)
        if c.fact != "argument" and c.operand in shown
    ]
    shapes = [(str(draft.operands[k]), workspace[str(draft.operands[k])].shape) for k in tensors]
    op = draft.op
    met = "" if alone else meeting(shapes, marks, (op.symbol or "@") if op.contracts else "")
    return replace(staged, marks=tuple(marks), meeting=met)


def _rehearsed(
    draft: Draft, workspace: Workspace, known: Identities, cells: int, view: Viewpoint, measure: Measure
) -> tuple[Staged | None, OpError | None]:
    tensors = [x for x in draft.operands if isinstance(x, str) and x in workspace]
    still = standing(draft, workspace, known, view, measure)
    if still is None:
        return None, None
    shapes = [workspace[name].shape for name in tensors] + [_sizes(f.shape) for f in draft.forecasts]
    if any(prod(shape) > cells for shape in shapes):
        return still, None
    operands: list[Any] = [
        workspace[x].tensor() if isinstance(x, str) and x in workspace else x for x in draft.operands
    ]
    if drafting.missing(draft) is not None or any(workspace[name].unknown for name in tensors):
        return beside(still, tensors, workspace, known, view), None  # what nobody has written is not to be told
    copies = dict(draft.copies)
    try:
        moved = [
            copied(name, x, copies[name]) if isinstance(name, str) and name in copies else x
            for name, x in zip(draft.operands, operands, strict=True)
        ]
    except OpError as refusal:
        return beside(still, tensors, workspace, known, view), refusal
    try:
        written = apart(moved) if draft.op.writes else moved
        outcome = draft.op.run(written, draft.arguments)
    except OpError as refusal:
        return beside(still, tensors, workspace, known, view), refusal.named(drafting.names(draft))
    results = outcome if isinstance(outcome, tuple) else (outcome,)
    if len(results) > drafting.MOST_RESULTS:
        return beside(still, tensors, workspace, known, view), None
    outputs = outputs_of(draft, workspace, len(results))
    axes = ahead(draft, workspace, outputs, [x.ndim for x in results])
    seen = survived(lambda: animated(draft, moved, results, outputs, axes, view), None)
    if seen is None:  # it can be run, but not followed
        return beside(still, tensors, workspace, known, view), None
    return replace(still, animation=seen, known=axes), None


def standing(draft: Draft, workspace: Workspace, known: Identities, view: Viewpoint, measure: Measure) -> Staged | None:
    """The stage with the tensor that a draft is about, as it is, a gradient beside its leaf; None where the draft has
    none."""
    subject = drafting.subject_of(draft, workspace)
    if subject is None:
        return None
    tensor = workspace[subject].tensor()
    large = _large(workspace[subject], tensor, view.named(known), measure)
    seen = shown(subject, tensor, Known(known), view, workspace[subject].unknown)
    still = Staged(seen, draft=draft, large=large, axes=result_axes(draft, workspace, view))
    leaf = workspace.autograd.gradients.get(subject) if workspace.autograd is not None else None
    return still if leaf is None else beside(still, [leaf, subject], workspace, known, view)


def beside(still: Staged, names: list[str], workspace: Workspace, known: Identities, view: Viewpoint) -> Staged:
    """The stage with all of these at rest, where there are several and they have few cells."""
    named = [(name, workspace[name].tensor()) for name in names]
    if len(named) < 2 or sum(x.numel() for _, x in named) > BESIDE_CELLS:
        return still
    with on_stage(view.stage):
        unknown = [name for name in names if workspace[name].unknown]
        return replace(still, animation=gallery(named, view.named(known), view.plans, unknown))


def copied(name: str, tensor: torch.Tensor, device: str) -> Any:
    """The copy of an operand on another device. Raises OpError about `name`."""
    try:
        return TO.run((tensor,), {"device": device})
    except OpError as refusal:
        raise refusal.named((name,)) from refusal


def ahead(draft: Draft, workspace: Workspace, outputs: tuple[str, ...], ranks: list[int]) -> Known:
    """The identities of all axes once the draft has run, which will give `outputs` of so many axes."""
    step = _step(draft, workspace) if draft.keepable else None
    return Known(*foretold(workspace, Ahead(draft.call, outputs, ranks, step)))


def result_axes(draft: Draft, workspace: Workspace, view: Viewpoint) -> tuple[tuple[AxisId, ...], ...]:
    """The axes of each result that is forecast of the draft; none where nothing is."""
    if draft.forecast is None:
        return ()
    outputs = outputs_of(draft, workspace, len(draft.forecasts))
    known = view.named(ahead(draft, workspace, outputs, [len(f.shape) for f in draft.forecasts]).shelf)
    return tuple(known[name] for name in outputs)


def animated(
    draft: Draft, operands: list[Any], results: tuple[Any, ...], outputs: tuple[str, ...], known: Known, view: Viewpoint
) -> Animation:
    """The animation of an operation with these operands and results."""
    call, written = replace(draft.call, operands=tuple(operands)), drafting.names(draft)
    before, after = (view.named(known.shelf, {**known.shelf, **own}) for own in (known.before, known.after))
    with on_stage(view.stage):
        return animate(call, written, results, outputs, before, view.plans, view.reading, after)


def told_or_shown(
    draft: Draft, operands: list[Any], results: tuple[Any, ...], outputs: tuple[str, ...], known: Known, view: Viewpoint
) -> Animation:
    """The animation; of more cells than can be followed one by one, or where it has a fault, the first result at rest:
    what has run stands, whatever becomes of its picture."""
    told = survived(lambda: animated(draft, operands, results, outputs, known, view), None)
    return shown(outputs[0], results[0], known, view) if told is None else told


def shown(name: str, tensor: torch.Tensor, known: Known, view: Viewpoint, unknown: bool = False) -> Animation:
    """A tensor at rest; `unknown`: nobody has written what it holds."""
    axes = view.named(known.shelf, {**known.shelf, **known.after})
    with on_stage(view.stage):
        return picture(name, tensor, axes, view.plans.get(name), unknown)


def performed(draft: Draft, state: State, view: Viewpoint, seen: Rehearsal | None = None) -> State:
    """The state after the draft has run: copies first, then the operation, as steps of the program. What was `seen`
    of it before is shown again where it came to the same.

    Raises ExplorerError where torch refuses or memory is short.
    """
    if draft.forecast is None and draft.error is None:  # asked for before it was foretold
        draft = drafting.foretold(draft, state.workspace)
    if draft.op.divides and draft.error is not None:  # of how many names there is need, nobody knows
        raise draft.error
    workspace, places = state.workspace, {}
    for name, device in draft.copies:
        copy = names.fresh(workspace.names, f"{name}_{device.split(':')[0]}")
        workspace = workspace.operate(TO.name, (name,), {"device": device}, (copy,))
        places[name] = copy
    operands = tuple(places.get(x, x) if isinstance(x, str) else x for x in draft.operands)
    count = len(draft.forecasts) or len(draft.op.results_of(draft.arguments))
    outputs = outputs_of(draft, workspace, count)
    if draft.op.writes:
        return overwritten(draft, state, view)
    begun = time.perf_counter()
    replaced = _step(draft, workspace) if draft.keepable else None
    call = draft.op.call(operands, draft.arguments)
    if replaced is None:
        workspace = workspace.perform(call, outputs)
    else:
        workspace = edits.replace_step(workspace, replaced, call, outputs)
    synchronise()
    seconds = time.perf_counter() - begun
    known = identities(workspace)
    step = workspace.maker(outputs[0])
    landed = replace(draft.calling(operands=operands), copies=(), keepable=True, step=step)
    tensors = [workspace[x].tensor() if isinstance(x, str) else x for x in operands]
    results = tuple(workspace[name].tensor() for name in outputs)
    axes = Known(known)
    told = foreseen(draft, results, outputs, known, view, seen)
    if told is None and workspace[outputs[0]].unknown:
        told = shown(outputs[0], results[0], axes, view, unknown=True)
    elif told is None:
        told = told_or_shown(landed, tensors, results, outputs, axes, view)
    named = view.named(known)
    staged = Staged(told, ran=True, draft=landed, known=axes, axes=tuple(named[name] for name in outputs))
    run = RunInfo(outputs[0], seconds, sum(f.nbytes or 0 for f in draft.forecasts))
    return State(workspace, known, landed, drafting.subject_of(landed, workspace), staged, run)


def overwritten(draft: Draft, state: State, view: Viewpoint) -> State:
    """The state after a draft that writes into its first operand."""
    workspace, name = state.workspace, cast(str, draft.operands[0])
    before: list[Any] = [workspace[x].tensor() if isinstance(x, str) else x for x in draft.operands]
    storage = before[0].untyped_storage()._cdata
    unknown = workspace[name].unknown
    before = [
        remembered(x, unknown) if torch.is_tensor(x) and x.untyped_storage()._cdata == storage else x for x in before
    ]
    begun = time.perf_counter()
    try:
        workspace = workspace.perform(draft.op.call(draft.operands, draft.arguments))
    except OpError as refusal:
        if draft.error is None:
            raise
        raise OpError(draft.error.message, refusal.detail) from refusal  # the draft says more of why
    synchronise()
    seconds = time.perf_counter() - begun
    known = identities(workspace)
    landed = drafting.foretold(draft.released(), workspace)
    results = (workspace[name].tensor(),)
    axes = Known(known, of_step(workspace, -1)[0])
    if workspace[name].unknown:
        told = shown(name, results[0], axes, view, unknown=True)
    else:
        told = told_or_shown(landed, before, results, (name,), axes, view)
    staged = Staged(told, ran=True, draft=landed, known=axes, axes=result_axes(landed, workspace, view))
    return State(workspace, known, landed, name, staged, RunInfo(name, seconds, 0))


def remembered(tensor: torch.Tensor, unknown: bool) -> torch.Tensor:
    """What a tensor holds before it is written to; of very many or `unknown` cells only that they are there."""
    if unknown or tensor.numel() > REMEMBERED_CELLS:
        return torch.empty_strided(tensor.shape, tensor.stride(), dtype=tensor.dtype, device="meta")
    room_for(tensor.nbytes, tensor.device)
    return tensor.clone()


def apart(operands: list[Any]) -> list[Any]:
    """Copies to try a write on; they share memory among themselves as the operands do, where that is little."""
    held = {x.untyped_storage()._cdata: x.untyped_storage().nbytes() for x in operands if torch.is_tensor(x)}
    if sum(held.values()) <= REMEMBERED_CELLS:
        return copy.deepcopy(operands)
    return [x.clone() if torch.is_tensor(x) else x for x in operands]


def foreseen(
    draft: Draft,
    results: tuple[torch.Tensor, ...],
    outputs: tuple[str, ...],
    known: Identities,
    view: Viewpoint,
    seen: Rehearsal | None,
) -> Animation | None:
    """The animation of the rehearsal, if it is of this draft seen this way, its results were these, bit for bit, and
    it foretold the axes."""
    if seen is None or seen.view is not view or seen.staged.draft is not draft or draft.copies:
        return None
    told, axes = seen.staged.animation, seen.staged.known
    if axes is None or any(axes.shelf.get(name) != own for name, own in known.items()):
        return None
    names = tuple(t.name for t in told.tensors[len(told.tensors) - len(outputs) :])
    if names != outputs or len(told.results) != len(results) or not all(map(same_bits, told.results, results)):
        return None
    return told


def same_bits(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Whether two tensors look the same, down to the bits of their cells."""
    if (a.shape, a.dtype, a.device) != (b.shape, b.dtype, b.device) or a.device.type == "meta":
        return False
    # the new axis has stride 1, which that of a single cell may not have
    raw = [x.resolve_conj().resolve_neg().contiguous().reshape(-1)[:, None].view(torch.uint8) for x in (a, b)]
    return torch.equal(*raw)


def restaged(staged: Staged, workspace: Workspace, known: Identities, view: Viewpoint) -> Staged:
    """What has been run, seen another way."""
    draft, seen = staged.draft, staged.animation
    if draft is None or seen.story is None:
        return staged
    told = iter(seen.story.tensors[: seen.operands])  # as they were before it ran
    tensors = [None if x is None else next(told) for x in draft.operands]
    outputs = tuple(t.name for t in seen.tensors[-len(seen.results) :])
    axes = replace(staged.known, shelf=known) if staged.known is not None else Known(known)
    again = animated(draft, tensors, seen.results, outputs, axes, view)
    return replace(staged, animation=again, again=True, known=axes, axes=result_axes(draft, workspace, view))


def outputs_of(draft: Draft, workspace: Workspace, count: int) -> tuple[str, ...]:
    """Names for results: the target's where it is written to, those of the newest step where it is replaced, fresh ones
    else."""
    if draft.op.writes:
        return (cast(str, draft.operands[0]),)
    own = workspace.steps[_step(draft, workspace)].outputs[:count] if draft.keepable else ()
    found: list[str] = []
    for name in (*own, *[None] * (count - len(own))):
        found.append(name or names.fresh([*workspace.names, *found]))
    return tuple(found)


def _step(draft: Draft, workspace: Workspace) -> int:
    """The step whose result the draft replaces."""
    return len(workspace.steps) - 1 if draft.step is None else draft.step


def _sizes(shape: tuple[int | None, ...]) -> tuple[int, ...]:
    return tuple(n or 0 for n in shape)
