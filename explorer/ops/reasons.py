"""The reasons that torch may have had, likeliest first: each rule gives its sentence, or None where it is not it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from explorer.errors import OpError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import equation_rules, index_rules, rank_rules, value_rules, write_rules
from explorer.ops.entry import Arguments, CatalogEntry, axes_of
from explorer.ops.forecasts import taken
from explorer.ops.parameters import Axes, Axis, DType, Permutation, Size
from explorer.ops.refusal_text import Cause, Named, OperandError, name_of, say
from explorer.ops.shape_rules import SHAPES, Rule, tensors
from explorer.ops.view_rules import unviewable
from explorer.unforeseen import survived


def _no_tensor(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if op.arity == 0 or tensors(operands):
        return None
    return say(op, operands, QT_TRANSLATE_NOOP("errors", "{op} needs at least one tensor; add one."))


def _devices(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    (first, a), *others = tensors(operands) or [(0, None)]
    for k, x in others:
        if x.device != a.device:
            return say(
                op,
                operands,
                QT_TRANSLATE_NOOP(
                    "errors",
                    "{one} lives on {where0} and {other} on {where1}; copy one of them to the other's device first.",
                ),
                Cause("device", first),
                Cause("device", k),
                one=Named(first, name_of(first)),
                other=Named(k, name_of(k)),
                where0=str(a.device),
                where1=str(x.device),
            )
    return None


def _no_values(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    target = arguments.get("device")
    if op.converts and target and str(operands[0].device) == "meta" and str(target) != "meta":
        return say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors", "{n0} {s0} lives on meta and has no values to copy to {where}; create it anew there."
            ),
            Cause("device"),
            Cause("argument", argument="device"),
            where=str(target),
        )
    return None


def _axis(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    found = tensors(operands)
    if not found:
        return None
    place, first = found[0]
    rank = first.ndim
    every = Cause("shape", place, tuple(range(rank)))
    for parameter in op.parameters:
        if not isinstance(parameter, Axis | Axes | Permutation):
            continue
        value = arguments.get(parameter.name)
        axes = value if isinstance(value, tuple | list) else () if value is None else (value,)
        bound = max(rank + getattr(parameter, "extra", 0), 1)
        for axis in axes:
            if not -bound <= axis < bound:
                return say(
                    op,
                    operands,
                    QT_TRANSLATE_NOOP(
                        "errors", "{name}={axis} is out of range: {n0} {s0} is {rank}-d, so choose {low} to {high}."
                    ),
                    Cause("argument", argument=parameter.name),
                    every,
                    name=parameter.name,
                    axis=axis,
                    rank=rank,
                    low=-bound,
                    high=bound - 1,
                )
        if len({a % bound for a in axes}) < len(axes):
            return say(
                op,
                operands,
                QT_TRANSLATE_NOOP("errors", "{name}={axis} names an axis of {n0} {s0} twice; name each axis once."),
                Cause("argument", argument=parameter.name),
                Cause(
                    "shape", place, tuple({a % bound for a in axes if [b % bound for b in axes].count(a % bound) > 1})
                ),
                name=parameter.name,
                axis=str(value),
            )
        if isinstance(parameter, Permutation) and len(axes) != rank:
            return say(
                op,
                operands,
                QT_TRANSLATE_NOOP(
                    "errors", "{name}={axis} names {count} axes, and {n0} {s0} is {rank}-d; name each axis once."
                ),
                Cause("argument", argument=parameter.name),
                every,
                name=parameter.name,
                axis=str(value),
                count=len(axes),
                rank=rank,
            )
    return None


def _resized(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    size = next((p for p in op.parameters if isinstance(p, Size)), None)
    wanted = arguments.get(size.name) if size is not None else None
    if size is not None and size.trailing and wanted is not None:
        x = operands[0]
        template = QT_TRANSLATE_NOOP(
            "errors", "{name}={shape} is not how {n0} {s0} ends; name the sizes of its last axes, such as {last}."
        )
        ending = Cause("shape", axes=tuple(range(max(x.ndim - len(wanted), 0), x.ndim)))
        told = {"name": size.name, "shape": str(tuple(wanted)), "last": str(tuple(x.shape[-1:]))}
        return say(op, operands, template, Cause("argument", argument=size.name), ending, **told)
    if size is None or not op.moves or wanted is None:
        return None
    if size.stretches:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{n0} {s0} does not stretch to {shape}: counted from the right, only a length of 1 can, and -1 keeps one.",
        )
    elif any(n < -1 for n in wanted) or list(wanted).count(-1) > 1:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{shape} is no shape for {n0} {s0}: sizes are 0 or more, and one may be -1 to be worked out.",
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "errors", "{n0} {s0} has {count} cells, which do not fill {shape}; sizes must multiply to {count}."
        )
    x = operands[0]
    about = (Cause("argument", argument=size.name), Cause("shape", axes=tuple(range(x.ndim))))
    return say(op, operands, template, *about, count=x.numel(), shape=str(tuple(wanted)))


def _emptied(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if not op.reduces or not hasattr(operands[0], "shape"):
        return None
    shape = tuple(operands[0].shape)
    empty = tuple(axis for axis in axes_of(shape, arguments) if shape[axis] == 0)
    if empty:
        return say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors", "{op} of no cells has no value, and {n0} {s0} is empty there; choose an axis that is not."
            ),
            Cause("argument", argument="dim"),
            Cause("shape", axes=empty),
        )
    return None


def _kept(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if not arguments.get("keepdim") or arguments.get("dim") is not None:
        return None
    if not taken(op, operands, {k: v for k, v in arguments.items() if k != "keepdim"}):
        return None
    return say(
        op,
        operands,
        QT_TRANSLATE_NOOP(
            "errors", "{op} takes keepdim only together with dim; choose the axes, or switch keepdim off."
        ),
        Cause("argument", argument="keepdim"),
        Cause("argument", argument="dim"),
    )


def _dtype_given(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    name = next((p.name for p in op.parameters if isinstance(p, DType)), "")
    if arguments.get(name) is None or not taken(op, operands, {k: v for k, v in arguments.items() if k != name}):
        return None
    return say(
        op,
        operands,
        QT_TRANSLATE_NOOP("errors", "{op} cannot give {wanted} here; choose another dtype or leave it out."),
        Cause("argument", argument=name),
        Cause("dtype", (tensors(operands) or [(0, None)])[0][0]),
        wanted=str(arguments[name]).removeprefix("torch."),
    )


def _dtypes(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """Where the same shapes of float32 would do, the dtype is the reason."""
    found = [x for _, x in tensors(operands)]
    if not found or not taken(op, _of_dtype(operands, torch.float32), arguments):
        return None
    fractions = any(x.dtype.is_floating_point or x.dtype.is_complex for x in found)
    if fractions or taken(op, _of_dtype(operands, torch.int64), arguments):
        template = QT_TRANSLATE_NOOP("errors", "{op} does not work for {all}; convert to another dtype first.")
    elif any(isinstance(p, DType) and arguments.get(p.name) is None for p in op.parameters):
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} needs fractions, and {n0} {s0} is {d0}; convert it to float32 first, or choose dtype=float32.",
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "errors", "{op} needs fractions, and {n0} {s0} is {d0}; convert it to float32 first."
        )
    about = [Cause("dtype", k) for k, _ in tensors(operands)]
    about += [Cause("argument", argument=p.name) for p in op.parameters if isinstance(p, DType)]
    return say(op, operands, template, *about)


def _of_dtype(operands: Sequence[Any], dtype: Any) -> list[Any]:
    return [
        torch.ones((), dtype=dtype, device=x.device).expand(tuple(x.shape)) if hasattr(x, "shape") else x
        for x in operands
    ]


UNEXPLAINED = (
    QT_TRANSLATE_NOOP("errors", "torch refuses this {op}; its reason stands below."),
    QT_TRANSLATE_NOOP("errors", "torch refuses {op} for {all}; its reason stands below."),
)
"""What is said where no rule knows: torch's own words must stand beside it."""

ITS_OWN = QT_TRANSLATE_NOOP(
    "errors", "torch fails at {op} for {all}, by a fault of its own; convert or reshape what it works on first."
)
"""What is said where torch finds itself at fault, as its words are for its makers."""

RULES: tuple[Rule, ...] = (
    _no_tensor,
    _devices,
    _axis,
    _no_values,
    *index_rules.RULES,
    *equation_rules.RULES,
    *value_rules.RULES,
    *write_rules.RULES,
    *SHAPES,
    unviewable,
    *rank_rules.RULES,
    _emptied,
    _kept,
    _dtype_given,
    _dtypes,
    _resized,
)


def refused(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments, reason: Exception) -> OpError:
    """The error to raise where torch raised `reason`, with torch's words verbatim."""
    told = diagnose(op, operands, arguments)
    if told.template in UNEXPLAINED and "INTERNAL ASSERT" in str(reason):  # which is no reason that helps anybody
        told = say(op, operands, ITS_OWN)
    return OperandError(told, str(reason))


def diagnose(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message:
    """The sentence; places `{n0}`, `{n1}` hold the operands' names (see `OpError.named`)."""
    for rule in RULES:
        found = survived(partial(rule, op, operands, arguments), None)
        if found is not None:
            return found
    if not operands:
        return say(op, operands, UNEXPLAINED[0])
    return say(op, operands, UNEXPLAINED[1])
