"""What the controls of a draft ask for: the draft as it is then, or None where that means nothing to it. By the time of
its turn a request may come to another draft than it was meant for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from explorer.ops import OPERATIONS, counterpart
from explorer.ops.indexing import READ
from explorer.session import drafting
from explorer.session.draft import Draft, Operand

if TYPE_CHECKING:
    from explorer.workspace import Workspace


def with_operands(draft: Draft, workspace: Workspace, operands: Sequence[Operand]) -> Draft | None:
    """Other operands; arguments that no longer fit start anew."""
    if draft.op.arity not in (None, len(operands)):
        return None
    return drafting.refitted(drafting.with_operands(draft, operands), workspace)


def with_argument(draft: Draft, workspace: Workspace, name: str, value: object) -> Draft | None:
    """Another value for one argument; None leaves it out. What a key names are operands."""
    if all(p.name != name for p in draft.op.parameters):
        return None
    arguments = {k: v for k, v in draft.arguments.items() if k != name}
    if value is not None:
        arguments[name] = value
    made = draft.calling(arguments=arguments)
    if name == "key" and isinstance(value, tuple):
        made = drafting.with_key(made, value)
    return drafting.with_axes(made, workspace, drops=name == "dim") if name in ("dim", "keepdim") else made


def in_form(draft: Draft, _: Workspace, name: str) -> Draft | None:
    """The same in place, or as a new tensor: `name` is that of the entry."""
    op = OPERATIONS[name]
    return draft.released().calling(op=op) if counterpart(draft.op) is op else None


def on_tensor(draft: Draft, workspace: Workspace, name: str) -> Draft | None:
    """About another tensor; None where it is about that already, and no step came from it."""
    same = drafting.subject_of(draft) == name and not draft.keepable
    return None if same else drafting.about(draft, name, workspace)


def on_cells(draft: Draft | None, workspace: Workspace, name: str, key: Sequence[Any], device: str) -> Draft:
    """About `name[key]`: reading, or writing where that is the draft already."""
    if draft is None or "key" not in draft.arguments or draft.operands[0] != name:
        draft = drafting.begun(READ, workspace, name, draft, device)
    return drafting.with_key(draft, key)
