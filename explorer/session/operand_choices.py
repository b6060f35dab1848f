"""What a draft would come to with each tensor of the shelf in the place of one of its operands."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from explorer.session import drafting
from explorer.session.draft import Draft


def operand_choices(
    draft: Draft, place: int, workspace: Any, progress: Callable[[float], object] = lambda _: None
) -> Mapping[str, Draft]:
    """By name the draft as choosing that tensor for operand `place` would make it, foretold. Work for the worker."""
    names = [item.name for item in workspace.items if not item.is_array]
    found = {}
    for count, name in enumerate(names, 1):
        operands = list(draft.operands[: draft.op.arity])
        operands[place] = name
        chosen = drafting.refitted(drafting.with_operands(draft, operands), workspace)
        found[name] = drafting.foretold(replace(chosen, declined=draft.declined), workspace)
        progress(count / len(names))
    return found
