"""A repair: a call near one that torch refused, which torch takes. Operands of it may be made first, by calls of their
own: `A.float().mean(dim=0)` is two steps of a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from explorer.ops import Call
from explorer.ops.conversion import SHORT, TO
from explorer.ops.parameters import literal
from explorer.workspace import names

if TYPE_CHECKING:
    from explorer.ops import Forecast
    from explorer.session.draft import Draft
    from explorer.workspace import Workspace

Nested = Any
"""What stands for an operand: a shelf name, a Python number, None, or a `Call` on such that makes it first."""


@dataclass(frozen=True)
class Repair:
    """`call` is what runs, over names, numbers and calls that come first; `forecasts` are of its results."""

    call: Call[Nested]
    forecasts: tuple[Forecast, ...]

    @property
    def simple(self) -> bool:
        """Whether nothing has to be made first."""
        return not any(isinstance(x, Call) for x in self.call.operands)

    @property
    def code(self) -> str:
        """How it is written, in one expression."""
        return written(self.call)


def written(call: Call[Nested]) -> str:
    """A call with what comes first written inside of it."""
    named = call.over(lambda x: written(x) if isinstance(x, Call) else x if isinstance(x, str) else literal(x))
    short = _short(call)
    return f"{named.operands[0]}.{short}()" if short else named.op.source(named.operands, named.arguments)


def _short(call: Call[Nested]) -> str:
    """torch's method for a conversion that has one of its own."""
    if call.op is not TO or set(call.arguments) != {"dtype"}:
        return ""
    return SHORT.get(str(call.arguments["dtype"]).removeprefix("torch."), "")


def unfolded(call: Call[Nested], make: Callable[[Call[Any]], str]) -> Call[Any]:
    """The call over names and numbers alone; `make` is told what comes first, in order, and names its result."""
    return call.over(lambda x: make(unfolded(x, make)) if isinstance(x, Call) else x)


def made(call: Call[Nested], workspace: Workspace) -> tuple[Call[Any], Workspace]:
    """The call over names, and the workspace in which all that comes first has been made. Raises ExplorerError."""
    found = workspace

    def make(first: Call[Any]) -> str:
        nonlocal found
        name = names.fresh(found.names, _hint(first))
        found = found.perform(first, (name,))
        return name

    return unfolded(call, make), found


def _hint(call: Call[Any]) -> str:
    """What the result of a call on one tensor is called after."""
    said = _short(call) or call.arguments.get("device") or call.op.short.strip("_")
    return f"{call.names[0]}_{str(said).partition(':')[0]}"


def drafted(repair: Repair, draft: Draft, workspace: Workspace) -> tuple[Draft, Workspace]:
    """The draft that a repair makes of the refused one, not foretold yet, and the workspace for it."""
    call, found = made(repair.call, workspace)
    begun = draft if found is workspace and call.op is draft.op else draft.released()
    count = len(call.op.operands) if call.op.arity is not None else 0
    operands = (*call.operands, *[None] * (count - len(call.operands)))
    kept = replace(begun, forecast=None, error=None, copies=(), declined=False)
    return kept.calling(op=call.op, operands=operands, arguments=call.arguments), found
