"""A call that is typed as code, on what stands on the shelf."""

from collections.abc import Iterable
from typing import Any

from explorer.errors import ExplorerError
from explorer.ops import OPERATIONS, Call
from explorer.workspace import read_program
from explorer.workspace.steps import Operate


def typed_call(text: str, tensors: Iterable[str], new: str) -> Call[Any] | None:
    """The call of an operation that `text` is, as `A.sum(dim=1)`, `B = A @ W` or `A.add_(1)`, on `tensors` by their
    names; None where it is none. Nothing is evaluated. `new` is a free name."""
    shelf = ["import torch", *(f"{name} = torch.zeros(())" for name in tensors)]
    for line in (f"{new} = ({text})", text):
        try:
            steps = read_program("\n".join((*shelf, line))).steps
        except ExplorerError:
            continue
        step = next(reversed(steps), None)  # a comment makes none
        if isinstance(step, Operate) and step.inputs and step.call.op in OPERATIONS.values():
            return step.call
    return None
