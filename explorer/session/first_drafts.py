"""A first draft that runs, looked for among all that is on the shelf where the obvious one is refused."""

from collections.abc import Callable
from itertools import product
from typing import Any

from explorer.session import drafting
from explorer.session.draft import Draft

NAMES, TRIES = 10, 1500  # tensors that are tried, and drafts


def fitting(draft: Draft, workspace: Any, progress: Callable[[float], object] = lambda _: None) -> Draft | None:
    """The draft with other tensors in the places of its tensors, so that torch takes it: rather with its subject among
    them, each once, the newest first. None where there is none. Work for the worker."""
    subject = drafting.subject_of(draft, workspace)
    places = [k for k, x in enumerate(draft.operands[: draft.op.arity]) if isinstance(x, str)]
    if draft.error is None or drafting.empty(draft) or subject is None or len(places) < 2 or draft.op.writes:
        return None
    others = [item.name for item in reversed(workspace.items) if not item.is_array and item.name != subject]
    names = [subject, *others][: NAMES if len(places) < 3 else NAMES - len(places)]
    tries = sorted(product(names, repeat=len(places)), key=lambda x: (subject not in x, len(places) - len(set(x))))
    for count, chosen in enumerate(tries[:TRIES]):
        progress(count / len(tries))
        operands = list(draft.operands[: draft.op.arity])
        for place, name in zip(places, chosen, strict=True):
            operands[place] = name
        tried = drafting.refitted(drafting.with_operands(draft, operands), workspace)
        if drafting.takes(tried, workspace):
            return tried
    return None
