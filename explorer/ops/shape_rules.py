"""Shapes that do not go together: the rules of contraction, broadcasting and joining, each with its sentence."""

from collections.abc import Callable, Sequence
from typing import Any

from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.entry import Arguments, CatalogEntry
from explorer.ops.forecasts import taken_of_ones
from explorer.ops.parameters import Axis
from explorer.ops.refusal_text import Cause, Named, dtype_of, name_of, say

Rule = Callable[[CatalogEntry, Sequence[Any], Arguments], Message | None]


def tensors(operands: Sequence[Any]) -> list[tuple[int, Any]]:
    """The operands that are tensors, with their places."""
    return [(k, x) for k, x in enumerate(operands) if hasattr(x, "shape")]


def _every(operands: Sequence[Any]) -> list[Cause]:
    """The shapes of all tensors."""
    return [Cause("shape", k, tuple(range(x.ndim))) for k, x in tensors(operands)]


def _paired(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> bool:
    """Whether it is a product of two tensors whose axes are paired by their places."""
    return op.contracts and op.arity == 2 and len(tensors(operands)) == 2


def _rank(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    ranks = [x.ndim for _, x in tensors(operands)]
    if ranks and ranks[0] < op.least:
        template = QT_TRANSLATE_NOOP(
            "errors", "{op} wants at least {least} axes, and {n0} is {s0}; unsqueeze it first."
        )
        return say(op, operands, template, _every(operands)[0], least=op.least)
    if not _paired(op, operands, arguments):
        return None
    wanted = op.rank
    if wanted and ranks != [wanted, wanted]:
        return say(op, operands, op.unranked, *_every(operands), rank=wanted)
    if wanted and operands[0].shape[:-2] != operands[1].shape[:-2]:
        return say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors",
                "{op} wants as many matrices of each, and {n0} is {s0}, {n1} is {s1}; matmul stretches a length of 1.",
            ),
            *(Cause("shape", k, tuple(range(x.ndim - 2))) for k, x in tensors(operands)),
        )
    if 0 in ranks:
        return say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors",
                "{op} wants tensors with axes, and {n0} is {s0}, {n1} is {s1}; use * to multiply by a 0-d tensor.",
            ),
            *_every(operands),
        )
    return None


def _inner(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """Two axes that are multiplied along together and have other lengths."""
    of_floats = [torch.ones((), device=x.device).expand(tuple(x.shape)) if hasattr(x, "shape") else x for x in operands]
    if not op.contracts or op.arity is None or not taken_of_ones(op, of_floats, arguments):
        return None
    pairs = op.paired_axes([getattr(x, "ndim", 0) for x in operands], arguments)
    different = (p for p in pairs if operands[p[0][0]].shape[p[0][1]] != operands[p[1][0]].shape[p[1][1]])
    found = next(different, None)
    if found is None:
        return None
    (one, first), (other, second) = found
    a, b = operands[one], operands[other]
    left, right = a.shape[first], b.shape[second]
    # whole sentences, as glued ones cannot be translated
    if (one, other, first, second) == (0, 1, a.ndim - 1, b.ndim - 2):
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} multiplies along the last axis of {n0} {s0} and the second-last of {n1} {s1}, and {left} is not"
            " {right}; transpose or reshape one of them.",
        )
    elif (one, other) == (0, 1) and b.ndim == 1:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} multiplies along the last axis of {n0} {s0} and the only one of {n1} {s1}, and {left} is not"
            " {right}; transpose or reshape one of them.",
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} multiplies along axis {first} of {one} {shape0} and axis {second} of {other} {shape1}, and {left} is"
            " not {right}; transpose or reshape one of them.",
        )
    about = (Cause("shape", one, (first,)), Cause("shape", other, (second,)))
    shapes = {"shape0": str(tuple(a.shape)), "shape1": str(tuple(b.shape))}
    named = {"one": Named(one, name_of(one)), "other": Named(other, name_of(other)), "first": first, "second": second}
    return say(op, operands, template, *about, left=left, right=right, **shapes, **named)


def _stretched(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    paired = _paired(op, operands, arguments)
    found = [(k, x.shape[:-2] if paired else x.shape) for k, x in tensors(operands)]
    masked = any(op.chooser(k, len(operands)) == "mask" for k in range(len(operands)))
    if not (op.stretches or masked) or (op.contracts and not paired) or len(found) < 2:
        return None
    longest = max(len(shape) for _, shape in found)
    for back in range(1, longest + 1):
        lengths = [(k, shape[-back]) for k, shape in found if len(shape) >= back and shape[-back] != 1]
        other = next(((k, n) for k, n in lengths[1:] if n != lengths[0][1]), None)
        if other is None:
            continue
        (first, left), (second, right) = lengths[0], other
        return say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors",
                "{one} {shape0} and {other} {shape1} do not line up: at axis {axis}, counted from the right, {left}"
                " meets {right}, and only a length of 1 can stretch; reshape or unsqueeze one of them.",
            ),
            *(Cause("shape", k, (len(operands[k].shape) - back - (2 if paired else 0),)) for k in (first, second)),
            one=Named(first, name_of(first)),
            other=Named(second, name_of(second)),
            shape0=str(tuple(operands[first].shape)),
            shape1=str(tuple(operands[second].shape)),
            axis=-back - (2 if paired else 0),
            left=left,
            right=right,
        )
    return None


def _joined(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if not op.joins:
        return None
    (place, first), *others = tensors(operands)
    dim = arguments.get("dim") or 0
    for k, x in others:
        if any(isinstance(p, Axis) and p.extra for p in op.parameters):
            unequal = x.shape != first.shape
            template = QT_TRANSLATE_NOOP(
                "errors", "{op} wants equal shapes, and {n0} is {s0} but {other} is {shape}; use cat or reshape."
            )
        else:
            axis = dim % max(x.ndim, 1)
            unequal = x.ndim != first.ndim or any(
                p != q for a, (p, q) in enumerate(zip(x.shape, first.shape, strict=True)) if a != axis
            )
            template = QT_TRANSLATE_NOOP(
                "errors",
                "{op} along dim={dim} wants every other axis equal, and {n0} is {s0} but {other} is {shape};"
                " choose another axis or reshape.",
            )
        if unequal:
            shape = str(tuple(x.shape))
            return say(
                op, operands, template, *_unequal(place, first, k, x), dim=dim, other=Named(k, name_of(k)), shape=shape
            )
    if first.ndim == 0:
        template = QT_TRANSLATE_NOOP("errors", "{op} joins along an axis, and {n0} is {s0}; use stack.")
        return say(op, operands, template, *_every(operands))
    return None


def _unequal(place: int, first: Any, other: int, x: Any) -> tuple[Cause, Cause]:
    """The axes in which the two differ; all of them where one has more."""
    same = first.ndim == x.ndim
    own, others = (
        tuple(a for a, n in enumerate(one.shape) if not same or n != two.shape[a])
        for one, two in ((first, x), (x, first))
    )
    return Cause("shape", place, own), Cause("shape", other, others)


def _mixed(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    choosing = op.choosers(len(operands))
    found = [(k, x) for k, x in tensors(operands) if k not in choosing]
    if not found or not op.uniform:
        return None
    first, a = found[0]
    other = next(((k, x) for k, x in found if x.dtype != a.dtype), None)
    if other is None:
        return None
    return say(
        op,
        operands,
        QT_TRANSLATE_NOOP(
            "errors",
            "{op} wants one dtype, and {one} {shape0} is {dtype0} but {other} {shape1} is {dtype1}; convert one of"
            " them.",
        ),
        Cause("dtype", first),
        Cause("dtype", other[0]),
        one=Named(first, name_of(first)),
        shape0=str(tuple(a.shape)),
        dtype0=dtype_of(a),
        other=Named(other[0], name_of(other[0])),
        shape1=str(tuple(other[1].shape)),
        dtype1=dtype_of(other[1]),
    )


SHAPES: tuple[Rule, ...] = (_rank, _inner, _stretched, _joined, _mixed)
