"""Indices that choose nothing: of a dtype that torch does not take, or beyond the end of the axis; see `reasons`."""

from __future__ import annotations

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


def _mask(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """What is to choose and is no mask."""
    for place, x in enumerate(operands):
        if op.chooser(place, len(operands)) != "mask" or not hasattr(x, "shape") or x.dtype == torch.bool:
            continue
        mask = torch.zeros((), dtype=torch.bool, device=x.device).expand(tuple(x.shape))
        if taken(op, [mask if k == place else y for k, y in enumerate(operands)], arguments):
            template = QT_TRANSLATE_NOOP(
                "errors",
                "{op} chooses by a mask of True and False, and {mask} {shape} is {dtype}; make one by comparing, as "
                "{mask} > 0 does, or convert it to bool.",
            )
            values = {"shape": str(tuple(x.shape)), "dtype": str(x.dtype).removeprefix("torch.")}
            return say(op, operands, template, Cause("dtype", place), mask=Named(place, name_of(place)), **values)
    return None


def _sizes(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """An index that is longer than what it chooses from, on another axis than that along which it does."""
    found = _indices(op, operands)
    dim = next((arguments.get(p.name) for p in op.parameters if isinstance(p, Axis)), None)
    if found is None or dim is None:
        return None
    (place, index), x = found, operands[op.subject]
    if index.ndim != x.ndim or taken(op, operands, arguments):
        return None
    dim = dim % max(x.ndim, 1)
    for k, y in enumerate(operands):
        if k == place or not hasattr(y, "shape") or y.ndim != index.ndim:
            continue
        beyond = [a for a, n in enumerate(index.shape) if n > y.shape[a] and (a != dim or k != op.subject)]
        if not beyond:
            continue
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{index} {shape} is {length} long on axis {axis}, and {other} {shape1} is {most} there; {op} takes no "
            "index that is longer.",
        )
        about = (Cause("shape", place, (beyond[0],)), Cause("shape", k, (beyond[0],)))
        return say(
            op,
            operands,
            template,
            *about,
            index=Named(place, name_of(place)),
            shape=str(tuple(index.shape)),
            length=index.shape[beyond[0]],
            axis=beyond[0],
            other=Named(k, name_of(k)),
            shape1=str(tuple(y.shape)),
            most=y.shape[beyond[0]],
        )
    return None


def _put(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """Values that do not stretch over what the indices, one for each axis, choose."""
    places = [k for k in range(len(operands)) if op.chooser(k, len(operands)) == "index"]
    if not _listed(op) or not places or len(operands) != places[-1] + 2:
        return None
    if not all(hasattr(operands[k], "shape") for k in (*places, len(operands) - 1)):
        return None
    x, value, last = operands[op.subject], operands[-1], len(operands) - 1
    every = [Cause("shape", k, tuple(range(operands[k].ndim))) for k in places]
    try:
        shared = torch.broadcast_shapes(*(operands[k].shape for k in places))  # type: ignore[no-untyped-call]
    except RuntimeError:
        template = QT_TRANSLATE_NOOP(
            "errors", "The indices have the shapes {shapes}, which do not stretch to one; a length of 1 can."
        )
        return say(op, operands, template, *every, shapes=", ".join(str(tuple(operands[k].shape)) for k in places))
    chosen = (*shared, *x.shape[len(places) :])
    try:
        torch.empty(chosen, device="meta")[...] = torch.empty(tuple(value.shape), device="meta")
    except RuntimeError:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "The indices choose {chosen} of {n0} {s0}, and {value} {shape} does not stretch to that; a length of 1 "
            "can, counted from the right.",
        )
        about = Cause("shape", last, tuple(range(value.ndim)))
        told = {"chosen": str(tuple(chosen)), "value": Named(last, name_of(last)), "shape": str(tuple(value.shape))}
        return say(op, operands, template, about, *every, **told)
    return None


def _listed(op: CatalogEntry) -> bool:
    """Whether there is an index for each of the first axes."""
    return any(x.many == "tuple" and x.chooses == "index" for x in op.operands)


def _range(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    places = [k for k, x in enumerate(operands) if op.chooser(k, len(operands)) == "index" and hasattr(x, "shape")]
    for number, place in enumerate(places):
        index, x = operands[place], operands[op.subject]
        if index.dtype not in (torch.int32, torch.int64) or index.is_meta or not index.numel():
            continue
        axis = next((arguments.get(p.name) for p in op.parameters if isinstance(p, Axis)), None)
        axis = number if _listed(op) and number < x.ndim else axis
        length = x.numel() if axis is None or not x.ndim else x.shape[axis]
        outside = (index < (-length if _listed(op) else 0)) | (index >= length)
        if outside.any():
            return _outside(op, operands, place, outside, axis, length)
    return None


def _outside(
    op: CatalogEntry, operands: Sequence[Any], place: int, outside: torch.Tensor, axis: int | None, length: int
) -> Message:
    index, x = operands[place], operands[op.subject]
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


RULES: tuple[Rule, ...] = (_dtype, _mask, _range, _sizes, _put)
