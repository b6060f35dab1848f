"""What stands between the parentheses of a call, matched against a signature: tokens read back."""

from collections.abc import Mapping, Sequence
from typing import Any

from explorer.ops.op import Call, Op
from explorer.ops.parameters import (
    Axes,
    Axis,
    Choice,
    Device,
    DType,
    Flag,
    Number,
    Operand,
    Order,
    Parameter,
    Permutation,
    Size,
)


class Name(str):
    """What stands for a tensor or an array; any other str is a word."""

    __slots__ = ()


_KINDS: Mapping[type[Parameter], tuple[type, ...]] = {
    Axis: (int,),
    Axes: (int, tuple, list),
    Flag: (bool,),
    Number: (int, float, complex),
    Order: (int, float),
    Choice: (str,),
    Device: (str,),
    Permutation: (tuple, list),
    Size: (int, tuple, list),
}


def matched(op: Op, placed: Sequence[Any], named: Mapping[str, Any], exact: bool = True) -> Call[Any] | None:
    """The call of `op` that is written with these by place and by name; None where its signature has no room for them.

    `exact`: only what is written by place stands so; else in torch's own order also what is written by name.
    """
    waiting, keywords = list(placed), dict(named)
    operands: list[Any] = []
    arguments: dict[str, Any] = {}
    for number, part in enumerate(op.signature):
        behind = sum(x.positional and _needed(x) and x.name not in keywords for x in op.signature[number + 1 :])
        if part.name in keywords:
            value = keywords.pop(part.name)
        elif isinstance(part, Operand) and part.many == "star":
            value, waiting = waiting[: len(waiting) - behind], waiting[len(waiting) - behind :]
        elif not _needed(part) and len(waiting) <= behind:  # torch.arange(end)
            value = None
        elif spreads(part) and waiting and isinstance(waiting[0], int):
            value, waiting = tuple(waiting), []
        elif waiting and (part.positional or (not exact and not isinstance(part, DType | Device))):
            value = waiting.pop(0)
        else:
            value = None
        if not _fits(op, part, len(operands), value):
            return None
        if not isinstance(part, Operand):
            arguments[part.name] = value
        elif part.many:
            operands.extend(value)
        else:
            operands.append(value)
    return None if waiting or keywords else op.call(operands, arguments)


def _needed(part: Parameter) -> bool:
    return not part.optional and not part.many if isinstance(part, Operand) else part.required


def spreads(part: Parameter) -> bool:
    """Whether its value is written as numbers one behind the other."""
    return isinstance(part, Permutation) or (isinstance(part, Size) and part.positional and part.inferred)


def _fits(op: Op, part: Parameter, place: int, value: Any) -> bool:
    if isinstance(part, Operand):
        if part.many == "star" and part.number:
            return all(stands(x, True) or x is None or isinstance(x, tuple) for x in value)
        if part.many:
            return isinstance(value, tuple | list) and all(stands(x, part.number) for x in value)
        return part.optional if value is None else stands(value, part.number and not (place == 0 and op.writes))
    if value is None:
        return not (part.required and part.positional)
    if type(part) is DType:
        return type(value).__module__ == "torch"
    kinds = _KINDS.get(type(part), (object,))
    if isinstance(value, bool) and int in kinds and complex not in kinds:
        return False
    return isinstance(value, kinds) and not isinstance(value, Name)


def stands(value: Any, number: bool) -> bool:
    """Whether it can be an operand: a name, values in writing or in a file, or where that is taken a Python number."""
    held = hasattr(value, "shape") or hasattr(value, "source")
    return isinstance(value, Name) or held or (number and isinstance(value, int | float | complex))
