"""Why torch refused, as one sentence with shapes and dtypes and what to do next.

Only asked once torch has refused: nothing here decides, it looks for the likeliest reason and says so in the user's
words. torch's own message always stands below.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from explorer.errors import OpError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.parameters import Axes, Axis
from explorer.ops.schema import Arguments, Family, Op

Rule = Callable[[Op, Sequence[Any], Arguments], Message | None]


class Refusal(OpError):
    """An OpError whose sentence may name any operand, however many there are."""

    def named(self, names: tuple[str, ...]) -> "Refusal":
        values = dict(super().named(names).message.values)
        for key, value in values.items():
            if isinstance(value, Message) and value.template in values:
                values[key] = replace(value, template=str(values[value.template]))
        return Refusal(replace(self.message, values=values), self.detail)


def refused(op: Op, operands: Sequence[Any], arguments: Arguments, reason: Exception) -> OpError:
    """The error to raise where torch raised `reason`, with torch's words verbatim."""
    return Refusal(diagnose(op, operands, arguments), str(reason))


def diagnose(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message:
    """The sentence; places `{n0}`, `{n1}` hold the operands' names (see `OpError.named`)."""
    for rule in (_devices, _axis, _no_values, _rank, _inner, _stretched, _joined, _whole, _mixed, _emptied, _resized):
        found = rule(op, operands, arguments)
        if found is not None:
            return found
    return _say(op, operands, QT_TRANSLATE_NOOP("errors", "torch refuses {op} for {all}; its reason stands below."))


def _say(op: Op, operands: Sequence[Any], template: str, **values: object) -> Message:
    known: dict[str, object] = {"op": op.name, "all": ", ".join(_described(x) for x in operands) or "-"}
    for k, x in enumerate(operands):
        known[f"n{k}"] = _default_name(k)
        known[f"s{k}"] = str(tuple(getattr(x, "shape", ())))
        known[f"d{k}"] = _dtype(x)
    return Message("errors", template, {**known, **values})


def _default_name(k: int) -> str:
    return "ABCDEFGH"[k] if k < 8 else f"#{k + 1}"


def _dtype(x: Any) -> str:
    dtype = getattr(x, "dtype", None)
    return str(dtype).removeprefix("torch.") if dtype is not None else type(x).__name__


def _described(x: Any) -> str:
    return f"{tuple(x.shape)} {_dtype(x)}" if hasattr(x, "shape") else repr(x)


def _tensors(operands: Sequence[Any]) -> list[tuple[int, Any]]:
    return [(k, x) for k, x in enumerate(operands) if hasattr(x, "shape")]


def _devices(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    tensors = _tensors(operands)
    for k, x in tensors[1:]:
        if x.device != tensors[0][1].device and k == 1:
            return _say(
                op,
                operands,
                QT_TRANSLATE_NOOP(
                    "errors",
                    "{n0} lives on {where0} and {n1} on {where1}; copy one of them to the other's device first.",
                ),
                where0=str(operands[0].device),
                where1=str(x.device),
            )
    return None


def _no_values(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    target = arguments.get("device")
    if op.family is Family.CONVERSION and target and str(operands[0].device) == "meta" and str(target) != "meta":
        return _say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors", "{n0} {s0} lives on meta and has no values to copy to {where}; create it anew there."
            ),
            where=str(target),
        )
    return None


def _axis(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    tensors = _tensors(operands)
    if not tensors:
        return None
    rank = tensors[0][1].ndim
    for parameter in op.parameters:
        if not isinstance(parameter, Axis | Axes):
            continue
        value = arguments.get(parameter.name)
        axes = value if isinstance(value, tuple | list) else () if value is None else (value,)
        bound = max(rank + getattr(parameter, "extra", 0), 1)
        for axis in axes:
            if not -bound <= axis < bound:
                return _say(
                    op,
                    operands,
                    QT_TRANSLATE_NOOP(
                        "errors", "{name}={axis} is out of range: {n0} {s0} has {rank} axes, so choose {low} to {high}."
                    ),
                    name=parameter.name,
                    axis=axis,
                    rank=rank,
                    low=-bound,
                    high=bound - 1,
                )
        if len({a % bound for a in axes}) < len(axes):
            return _say(
                op,
                operands,
                QT_TRANSLATE_NOOP("errors", "{name}={axis} names an axis of {n0} {s0} twice; name each axis once."),
                name=parameter.name,
                axis=value,
            )
    return None


def _rank(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    wanted = {"mm": 2, "dot": 1}.get(op.name)
    for k, x in _tensors(operands):
        if wanted is not None and x.ndim != wanted and k < 2:
            template = (
                QT_TRANSLATE_NOOP(
                    "errors", "dot wants 1-d tensors, and {n0} is {s0}, {n1} is {s1}; use matmul for matrices."
                )
                if op.name == "dot"
                else QT_TRANSLATE_NOOP(
                    "errors", "mm wants 2-d tensors, and {n0} is {s0}, {n1} is {s1}; use matmul for others."
                )
            )
            return _say(op, operands, template)
        if op.family is Family.CONTRACTION and x.ndim == 0:
            return _say(
                op,
                operands,
                QT_TRANSLATE_NOOP(
                    "errors",
                    "{op} wants tensors with axes, and {n0} is {s0}, {n1} is {s1}; use * to multiply by a 0-d tensor.",
                ),
            )
    if op.name == "mT" and operands[0].ndim < 2:
        return _say(
            op, operands, QT_TRANSLATE_NOOP("errors", "mT wants at least 2 axes, and {n0} is {s0}; unsqueeze it first.")
        )
    return None


def _inner(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if op.family is not Family.CONTRACTION or len(operands) != 2:
        return None
    a, b = operands
    left, right = a.shape[-1], b.shape[-2] if b.ndim > 1 else b.shape[-1]
    if left == right:
        return None
    return _say(
        op,
        operands,
        QT_TRANSLATE_NOOP(
            "errors",
            "{op} multiplies along the last axis of {n0} {s0} and the {which} of {n1} {s1}, and {left} is not {right};"
            " transpose or reshape one of them.",
        ),
        left=left,
        right=right,
        which=Message(
            "errors",
            QT_TRANSLATE_NOOP("errors", "second-last axis") if b.ndim > 1 else QT_TRANSLATE_NOOP("errors", "only axis"),
        ),
    )


def _stretched(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if op.family is not Family.ELEMENTWISE or len(_tensors(operands)) < 2:
        return None
    a, b = (x for _, x in _tensors(operands)[:2])
    for back in range(1, min(a.ndim, b.ndim) + 1):
        left, right = a.shape[-back], b.shape[-back]
        if left != right and 1 not in (left, right):
            return _say(
                op,
                operands,
                QT_TRANSLATE_NOOP(
                    "errors",
                    "{n0} {s0} and {n1} {s1} do not line up: at axis {axis}, counted from the right, {left} meets"
                    " {right}, and only a length of 1 can stretch; reshape or unsqueeze one of them.",
                ),
                axis=-back,
                left=left,
                right=right,
            )
    return None


def _joined(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if op.arity is not None or op.family is not Family.MOVEMENT:
        return None
    dim = arguments.get("dim") or 0
    first = operands[0] if operands else None
    if first is None:
        return _say(op, operands, QT_TRANSLATE_NOOP("errors", "{op} needs at least one tensor; add one."))
    for k, x in _tensors(operands)[1:]:
        if k > 7:
            break
        other = _say(op, operands, "").values
        values = {"other": other[f"n{k}"], "shape": other[f"s{k}"]}
        if op.name == "stack" and x.shape != first.shape:
            return _say(
                op,
                operands,
                QT_TRANSLATE_NOOP(
                    "errors", "stack wants equal shapes, and {n0} is {s0} but {other} is {shape}; use cat or reshape."
                ),
                **values,
            )
        if op.name == "cat" and (
            x.ndim != first.ndim
            or any(
                p != q for a, (p, q) in enumerate(zip(x.shape, first.shape, strict=True)) if a != dim % max(x.ndim, 1)
            )
        ):
            return _say(
                op,
                operands,
                QT_TRANSLATE_NOOP(
                    "errors",
                    "cat along dim={dim} wants every other axis equal, and {n0} is {s0} but {other} is {shape};"
                    " choose another axis or reshape.",
                ),
                dim=dim,
                **values,
            )
    if first.ndim == 0:
        return _say(op, operands, QT_TRANSLATE_NOOP("errors", "{op} joins along an axis, and {n0} is {s0}; use stack."))
    return None


def _whole(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if op.name not in ("mean", "linalg.vector_norm", "softmax", "log_softmax") or not operands:
        return None
    dtype = getattr(operands[0], "dtype", None)
    if dtype is None or dtype.is_floating_point or dtype.is_complex or arguments.get("dtype") is not None:
        return None
    return _say(
        op,
        operands,
        QT_TRANSLATE_NOOP(
            "errors",
            "{op} needs fractions, and {n0} {s0} is {d0}; convert it to float32 first, or choose dtype=float32.",
        ),
    )


def _mixed(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    tensors = _tensors(operands)
    if op.family is Family.CONTRACTION and len({x.dtype for _, x in tensors}) > 1:
        return _say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors", "{op} wants one dtype, and {n0} {s0} is {d0} but {n1} {s1} is {d1}; convert one of them."
            ),
        )
    return None


def _emptied(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if op.family is Family.REDUCTION and operands and 0 in operands[0].shape:
        return _say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors", "{op} of no cells has no value, and {n0} {s0} is empty; choose an axis that is not."
            ),
        )
    return None


def _resized(op: Op, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    shape = arguments.get("shape")
    if op.name == "reshape" and shape is not None:
        return _say(
            op,
            operands,
            QT_TRANSLATE_NOOP(
                "errors", "{n0} {s0} has {count} cells, which do not fill {shape}; sizes must multiply to {count}."
            ),
            count=operands[0].numel(),
            shape=str(tuple(shape)),
        )
    return None
