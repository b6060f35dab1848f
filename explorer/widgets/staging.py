"""Drafts rehearsed, run, and staged again. All of it is for the engine's worker; the window draws what comes out."""

import time
from collections.abc import Callable
from dataclasses import replace
from math import prod
from typing import Any

import torch

from explorer.animation.animation import Animation
from explorer.animation.arrange import on_stage
from explorer.animation.axes import identities
from explorer.animation.compose import animate, picture
from explorer.engine import check_memory, synchronise
from explorer.errors import OpError
from explorer.ops import CATALOG
from explorer.widgets.draft import drafting
from explorer.widgets.draft.draft import Draft
from explorer.widgets.stage.staged import Large, Staged
from explorer.widgets.stage.view import Identities, View
from explorer.widgets.state import RunInfo, State
from explorer.workspace import Workspace, names
from explorer.workspace.item import Item
from explorer.workspace.statistics import Statistics

Measure = Callable[[Item], Statistics | None]
SHOWN_CELLS = 4096


def at_rest(item: Item, known: Identities, view: View, measure: Measure) -> Staged:
    """The stage with one tensor or array on it, which nothing happens to."""
    tensor, known = item.tensor(), view.named(known)
    with on_stage(view.stage):
        shown = picture(item.name, tensor, known, view.plans.get(item.name), item.unknown)
    return Staged(shown, large=_large(item, tensor, known, measure))


def _large(item: Item, tensor: Any, known: Identities, measure: Measure) -> Large | None:
    """The tensor to be shown whole, where it has more cells than the stage draws."""
    if tensor.numel() <= SHOWN_CELLS or tensor.device.type == "meta":
        return None
    found = measure(item)
    levels = found.levels if found is not None else None
    return Large(item.name, tensor, levels or (0.0, 1.0), known[item.name])


def rehearsed(
    draft: Draft, workspace: Workspace, known: Identities, cells: int, view: View, measure: Measure
) -> tuple[Staged | None, OpError | None]:
    """The stage set for a draft: run in a scratch where it has no more than `cells` cells, else its first operand.

    With a draft that torch refuses comes torch's own word from the real call.
    """
    tensors = [x for x in draft.operands if isinstance(x, str) and x in workspace]
    if not tensors:
        return None, None
    first = workspace[tensors[0]].tensor()
    known = view.named(known)
    large = _large(workspace[tensors[0]], first, known, measure)
    with on_stage(view.stage):
        shown = picture(tensors[0], first, known, view.plans.get(tensors[0]))
    still = Staged(shown, draft=draft, large=large)
    shapes = [workspace[name].shape for name in tensors] + [_sizes(f.shape) for f in draft.forecasts]
    if any(prod(shape) > cells for shape in shapes):
        return still, None
    operands = [workspace[x].tensor() if isinstance(x, str) and x in workspace else x for x in draft.operands]
    if any(x is None for x in operands):
        return still, None
    copies = dict(draft.copies)
    try:
        moved = [
            CATALOG["to"].run((x,), {"device": copies[name]}) if isinstance(name, str) and name in copies else x
            for name, x in zip(draft.operands, operands, strict=True)
        ]
        outcome = CATALOG[draft.op].run(moved, draft.arguments)
    except OpError as refusal:
        return still, refusal.named(drafting.names(draft)) if draft.error is not None else None
    results = outcome if isinstance(outcome, tuple) else (outcome,)
    outputs = _outputs(draft, workspace, len(results))
    return Staged(animated(draft, moved, results, outputs, known, view), draft=draft, large=large), None


def animated(
    draft: Draft, operands: list[Any], results: tuple[Any, ...], outputs: tuple[str, ...], known: Identities, view: View
) -> Animation:
    """The animation of an operation with these operands and results."""
    op, written = CATALOG[draft.op], drafting.names(draft)
    with on_stage(view.stage):
        return animate(op, written, operands, draft.arguments, results, outputs, known, view.plans, view.reading)


def performed(draft: Draft, state: State, view: View) -> State:
    """The state after the draft has run: copies first, then the operation, as steps of the program.

    Raises ExplorerError where torch refuses or memory is short.
    """
    for forecast in draft.forecasts:
        check_memory(forecast.nbytes or 0, forecast.device)
    workspace, places = state.workspace, {}
    for name, device in draft.copies:
        copy = names.fresh(workspace.names, f"{name}_{device.split(':')[0]}")
        workspace = workspace.operate("to", (name,), {"device": device}, (copy,))
        places[name] = copy
    operands = tuple(places.get(x, x) if isinstance(x, str) else x for x in draft.operands if x is not None)
    count = len(CATALOG[draft.op].results_of(draft.arguments))
    outputs = _outputs(draft, workspace, count)
    begun = time.perf_counter()
    if draft.keepable:
        workspace = workspace.replace(_step(draft, workspace), draft.op, operands, draft.arguments, outputs)
    else:
        workspace = workspace.operate(draft.op, operands, draft.arguments, outputs)
    synchronise()
    seconds = time.perf_counter() - begun
    known = identities(workspace)
    step = workspace.maker(outputs[0])
    landed = replace(draft, operands=operands, copies=(), keepable=True, step=step)
    tensors = [workspace[x].tensor() if isinstance(x, str) else x for x in operands]
    results = tuple(workspace[name].tensor() for name in outputs)
    staged = Staged(animated(landed, tensors, results, outputs, view.named(known), view), ran=True, draft=landed)
    run = RunInfo(outputs[0], seconds, sum(f.nbytes or 0 for f in draft.forecasts))
    return State(workspace, known, landed, outputs[0], staged, run)


def restaged(staged: Staged, workspace: Workspace, known: Identities, view: View) -> Staged:
    """What has been run, seen another way."""
    draft, shown = staged.draft, staged.animation
    if draft is None:
        return staged
    tensors = [workspace[x].tensor() if isinstance(x, str) else x for x in draft.operands]
    outputs = tuple(t.name for t in shown.tensors[-len(shown.results) :])
    again = animated(draft, tensors, shown.results, outputs, view.named(known), view)
    return replace(staged, animation=again, again=True)


def reopened(step: int, workspace: Workspace, known: Identities, view: View, device: str) -> Staged | None:
    """An operation of the program as it was run, to be replayed and changed; None for a step that is no operation."""
    from explorer.workspace.steps import Operate

    made = workspace.steps[step]
    if not isinstance(made, Operate) or any(isinstance(x, torch.Tensor) for x in made.operands):
        return None
    outputs = tuple(name for name in made.outputs if name is not None)
    operands: tuple[Any, ...] = tuple(made.operands)
    away = any(isinstance(x, str) and workspace[x].device != device for x in operands)
    draft = Draft(made.op, operands, dict(made.arguments), device=device, declined=away, keepable=True, step=step)
    draft = drafting.foretold(draft, workspace)
    results = tuple(workspace[name].tensor() for name in outputs)
    tensors = [workspace[x].tensor() if isinstance(x, str) else x for x in operands]
    return Staged(animated(draft, tensors, results, outputs, view.named(known), view), ran=True, draft=draft)


def _outputs(draft: Draft, workspace: Workspace, count: int) -> tuple[str, ...]:
    """Names for results: those of the newest step where it is replaced, fresh ones else."""
    own = workspace.steps[_step(draft, workspace)].outputs[:count] if draft.keepable else ()
    found = [name for name in own if name is not None]
    while len(found) < count:
        found.append(names.fresh([*workspace.names, *found]))
    return tuple(found)


def _step(draft: Draft, workspace: Workspace) -> int:
    """The step whose result the draft replaces."""
    return len(workspace.steps) - 1 if draft.step is None else draft.step


def _sizes(shape: tuple[int | None, ...]) -> tuple[int, ...]:
    return tuple(n or 0 for n in shape)
