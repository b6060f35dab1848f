"""The state that follows when the workspace has become another; made on the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from explorer.animation.identities import identities
from explorer.session import drafting
from explorer.session.state import State
from explorer.workspace import Workspace, edits


def followed(state: State, workspace: Workspace, inspect: str | None, device: str) -> State:
    """The draft goes on where its tensors are, or begins anew; `inspect` is shown, or what was, or its neighbour.
    A new tensor stands on the stage as itself, and its draft waits."""
    shown = inspect if inspect in workspace else state.inspected
    if shown not in workspace:
        gone = state.workspace.names.index(shown) if shown in state.workspace.names else 0
        shown = workspace.names[min(gone, len(workspace.names) - 1)] if workspace.names else None
    tensor = shown is not None and not workspace[shown].is_array
    new = tensor and shown not in state.workspace  # a new tensor is what the next operation is meant for
    draft = drafting.surviving(state.draft, workspace) if not new else None
    if draft is not None and tensor and shown is not None and shown == inspect != drafting.subject_of(draft, workspace):
        draft = drafting.about(draft, shown, workspace)
    if draft is None and shown is not None and tensor:
        op = drafting.disarmed((state.draft or drafting.FIRST_SIGHT).op)
        draft = drafting.begun(op, workspace, shown, state.draft, device)
    if draft is not None:
        draft = drafting.foretold(replace(draft, device=device), workspace)
    waits = new and draft is not None
    return selected(State(workspace, identities(workspace), draft, shown, waits=waits))


def selected(state: State) -> State:
    """The state with one selection: an array that is inspected, else the tensor that the draft is about."""
    name, workspace = state.inspected, state.workspace
    if state.draft is None or (name is not None and name in workspace and workspace[name].is_array):
        return state
    subject = drafting.subject_of(state.draft, workspace)
    return state if subject in (name, None) else replace(state, inspected=subject)


def in_scratch(state: State, work: Callable[[Workspace], Workspace], device: str) -> State:
    """The state with what `work` makes of nothing in the place of the user's tensors, which wait."""
    scratch = work(Workspace())
    first = next((item.name for item in scratch.items if not item.is_array), None)
    made = followed(State(Workspace(), {}), scratch, first, device)
    return replace(made, aside=state.aside or state.light())


def kept(state: State, device: str) -> State:
    """The state after a scratch, all of which is kept behind the user's tensors."""
    assert state.aside is not None
    before, name = state.aside, state.inspected
    place = state.workspace.names.index(name) if name in state.workspace else None
    workspace = edits.joined(before.workspace, state.workspace)
    shown = None if place is None else workspace.names[len(before.workspace.names) + place]
    return followed(before, workspace, shown, device)


def renamed(state: State, old: str, new: str, device: str) -> State:
    """Another name, throughout the program and in the draft."""
    workspace, draft = state.workspace.rename(old, new), state.draft
    if draft is not None:
        operands = tuple(new if x == old else x for x in draft.operands)
        draft = drafting.foretold(replace(draft.calling(operands=operands), device=device), workspace)
    return State(workspace, identities(workspace), draft, new if state.inspected == old else state.inspected)
