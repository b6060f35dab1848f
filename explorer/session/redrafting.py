"""A step of the program as the draft that it came from."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from explorer.ops import OPERATIONS
from explorer.session.draft import Draft
from explorer.workspace.steps import Operate

if TYPE_CHECKING:
    from explorer.workspace import Step


def draft_of(step: "Step") -> Draft | None:
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
