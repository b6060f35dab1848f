"""Indices that choose nothing: of a dtype that torch does not take, or beyond the end of the axis; see `reasons`."""

from collections.abc import Sequence
from typing import Any

from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.entry import Arguments, CatalogEntry
from explorer.ops.forecasts import taken
from explorer.ops.parameters import Axis
from explorer.ops.refusal_text import Cause, Named, name_of, say
from explorer.ops.shape_rules import Rule


def _indices(op: CatalogEntry, operands: Sequence[Any]) -> tuple[int, Any] | None:
    """The place of the operand of indices, and that operand."""
    count = len(operands)
    found = [k for k, x in enumerate(operands) if op.chooser(k, count) == "index" and hasattr(x, "shape")]
    return (found[0], operands[found[0]]) if found else None


def _first(op: CatalogEntry, operands: Sequence[Any], place: int) -> list[Any]:
    """The operands with an index of 0 everywhere, which is in range of any axis that has cells."""
    index = operands[place]
    zeros = torch.zeros((), dtype=torch.int64, device=index.device).expand(tuple(index.shape))
    return [zeros if k == place else x for k, x in enumerate(operands)]


def _dtype(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    found = _indices(op, operands)
    if found is None or found[1].dtype == torch.int64 or not taken(op, _first(op, operands, found[0]), arguments):
        return None
    place, index = found
    if taken(op, [torch.zeros_like(x) if k == place else x for k, x in enumerate(operands)], arguments):
        return None  # another whole dtype that will do
    return say(
        op,
        operands,
        QT_TRANSLATE_NOOP("errors", "{op} takes indices of int64, and {index} {shape} is {dtype}; convert it first."),
        Cause("dtype", place),
        index=Named(place, name_of(place)),
        shape=str(tuple(index.shape)),
        dtype=str(index.dtype).removeprefix("torch."),
    )


def _range(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    found = _indices(op, operands)
    if found is None or found[1].dtype not in (torch.int32, torch.int64) or found[1].is_meta or not found[1].numel():
        return None
    (place, index), x = found, operands[op.subject]
    axis = next((arguments.get(p.name) for p in op.parameters if isinstance(p, Axis)), None)
    length = x.numel() if axis is None or not x.ndim else x.shape[axis]
    outside = (index < 0) | (index >= length)
    if not outside.any():
        return None
    at = [int(i) for i in torch.unravel_index(outside.to(torch.uint8).flatten().argmax(), index.shape)]
    if not length:
        template = QT_TRANSLATE_NOOP(
            "errors", "{op} finds no cell in {subject} {shape}; choose a tensor that has some."
        )
    elif axis is None:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "The index {value} in {index}{at} is out of range: {subject} {shape} has {length} cells, so 0 to {last} "
            "will do; change it there.",
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "The index {value} in {index}{at} is out of range: axis {axis} of {subject} {shape} has the length "
            "{length}, so 0 to {last} will do; change it there, or choose another axis.",
        )
    along = () if axis is None or not x.ndim else (axis % x.ndim,)
    return say(
        op,
        operands,
        template,
        Cause("values", place, cell=tuple(at)),
        Cause("shape", op.subject, along),
        *(Cause("argument", argument=p.name) for p in op.parameters if isinstance(p, Axis)),
        value=int(index[tuple(at)]),
        index=Named(place, name_of(place)),
        at=str(at) if at else "",
        axis=axis,
        subject=Named(op.subject, name_of(op.subject)),
        shape=str(tuple(x.shape)),
        length=length,
        last=length - 1,
    )


RULES: tuple[Rule, ...] = (_dtype, _range)
