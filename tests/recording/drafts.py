"""Drafts of every operation on a shelf of many kinds of tensors: what is foretold of each, or why it is refused."""

import torch

from explorer.messages import Message
from explorer.ops import OPERATIONS
from explorer.session import drafting
from explorer.workspace import Definition, Workspace

SHELF = {
    "A": torch.arange(12).reshape(3, 4),
    "B": torch.linspace(-1, 1, 8).reshape(4, 2),
    "C": torch.arange(24.0).reshape(2, 3, 4),
    "D": torch.tensor([True, False, True]),
    "E": torch.tensor(2, dtype=torch.uint8),
    "F": torch.zeros(0, 4, dtype=torch.float16),
    "G": torch.tensor([1 + 2j, 0.5 - 1j]),
    "H": torch.tensor([[3], [0], [-1]], dtype=torch.int8),
}
ARGUMENTS = ({}, {"dim": 5}, {"dim": -1, "keepdim": True}, {"dim": (0, 0)}, {"shape": (7,)}, {"size": (2, 3)})


def recorded() -> dict[str, list[str]]:
    workspace = Workspace()
    for name, values in SHELF.items():
        workspace = workspace.create(name, Definition.typed(values))
    found: dict[str, list[str]] = {}
    for op in OPERATIONS.values():
        if op.family == "creation":
            continue
        for number, name in enumerate(SHELF):
            for more in ARGUMENTS:
                if more and not any(p.name in more for p in op.parameters):
                    continue
                draft = drafting.begun(op, workspace, name, None, "cpu")
                if number % 2 and len(draft.operands) > 1 and 1 not in op.choosers(len(draft.operands)):
                    other = list(SHELF)[(number + 3) % len(SHELF)]
                    draft = drafting.with_operands(draft, (name, other, *draft.operands[2:]))
                for key, value in more.items():
                    if any(p.name == key for p in op.parameters):
                        draft = draft.calling(arguments={**draft.arguments, key: value})
                found[f"{op.name} {draft.operands} {dict(draft.arguments)}"] = told(draft, workspace)
    return found


def told(draft: drafting.Draft, workspace: Workspace) -> list[str]:
    draft = drafting.foretold(draft, workspace)
    if draft.error is None:
        return [f"forecast: {draft.forecast}", f"copies: {draft.copies}"]
    message, detail = draft.error.message, draft.error.detail
    return [f"refused: {message if isinstance(message, Message) else str(message)}", f"torch: {detail}"]
