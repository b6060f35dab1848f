"""Drafts of tests, with their entry by its name."""

from typing import Any

from explorer.ops import OPERATIONS, Call
from explorer.session.draft import Draft


def drafted(op: str, operands: tuple[Any, ...] = (), arguments: Any = None, *rest: Any, **told: Any) -> Draft:
    """A draft of the entry called `op`, with what is told of it."""
    return Draft(Call(OPERATIONS[op], operands, arguments or {}), *rest, **told)
