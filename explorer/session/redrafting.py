"""A step of the program as the draft that it came from: `drafting.carried_out` the other way round."""

from collections.abc import Callable, Mapping
from typing import Any

from explorer.ops import WRITES
from explorer.ops.calls import from_places
from explorer.ops.indexing import READ, WRITE
from explorer.session.draft import Draft
from explorer.session.drafting import with_key


def draft_of(step: Any) -> Draft | None:
    """The draft of a `Step`; None where it is none of a draft's, or holds typed cells, which a draft cannot."""
    from explorer.workspace.in_place import InPlace, Relayout
    from explorer.workspace.indexing import Index
    from explorer.workspace.steps import Operate
    from explorer.workspace.writes import Write

    forms: Mapping[type, Callable[[Any], Draft | None]] = {
        Operate: lambda s: Draft(s.op, s.operands, dict(s.arguments)),
        Index: lambda s: with_key(Draft(READ.name, (s.target,)), s.key),
        Write: lambda s: with_key(Draft(WRITE.name, (s.target, s.value)), s.cells),
        InPlace: _method,
        Relayout: _method,
    }
    form = forms.get(type(step))
    draft = form(step) if form is not None else None
    return draft if draft is not None and _chosen((draft.operands, *draft.arguments.values())) else None


def _method(step: Any) -> Draft | None:
    """`A.add_(B, alpha=2)`, where that is an entry."""
    op = next((op for op in WRITES.values() if op.called == step.method), None)
    if op is None:
        return None
    try:
        return Draft(op.name, *from_places(op, (step.target, *step.operands), step.arguments))
    except TypeError:  # no draft writes it like this
        return None


def _chosen(value: Any) -> bool:
    """Whether controls could have given this: there a tensor stands by its name alone."""
    if isinstance(value, tuple | list):
        return all(map(_chosen, value))
    return not hasattr(value, "untyped_storage")
