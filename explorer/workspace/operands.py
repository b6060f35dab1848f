"""What a step works on: names, numbers and values, and tuples of these."""

from collections.abc import Mapping
from typing import Any

import torch

Operand = str | int | float | complex | bool | torch.Tensor | None  # a str is a name; None is left out


def named(*operands: Any) -> tuple[str, ...]:
    """The names among the operands, in order, as often as they occur; those inside tuples too."""
    found: list[str] = []
    for operand in operands:
        if isinstance(operand, str):
            found.append(operand)
        elif isinstance(operand, tuple):
            found += named(*operand)
    return tuple(found)


def replaced(operand: Any, found: Mapping[str, Any]) -> Any:
    """The operand with what `found` has in the place of its names; a name that it has not stays."""
    if isinstance(operand, str):
        return found.get(operand, operand)
    if isinstance(operand, tuple):
        return tuple(replaced(part, found) for part in operand)
    return operand
