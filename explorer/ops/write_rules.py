"""Why torch does not write, or does not find the cells that a key names: rules as in `reasons`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.entry import Arguments, CatalogEntry, Form
from explorer.ops.forecasts import forecast, taken
from explorer.ops.parameters import At, key_text
from explorer.ops.refusal_text import Cause, name_of, say
from explorer.ops.shape_rules import Rule


@dataclass(frozen=True)
class WrittenKey:
    """A key in writing, with the names of its operands."""

    key: tuple[Any, ...]
    names: tuple[str, ...]

    def named(self, names: Sequence[str | None]) -> WrittenKey:
        return replace(self, names=tuple(x or "" for x in names) if len(names) >= len(self.names) else self.names)

    def __str__(self) -> str:
        return key_text(self.key, self.names)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def _leaf(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    target = operands[0] if operands else None
    if not op.writes or not getattr(target, "requires_grad", False) or not getattr(target, "is_leaf", False):
        return None
    template = QT_TRANSLATE_NOOP(
        "errors",
        "{op} would overwrite {n0}, a leaf that requires gradients; make a new tensor of it instead, or switch its "
        "requires_grad off first.",
    )
    return say(op, operands, template, Cause("memory"))


def _shared_cells(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """Where a target of the same shape in memory of its own would do, its cells share memory."""
    if not op.writes or not isinstance(operands[0], torch.Tensor):
        return None
    target = operands[0]
    stretched = any(n > 1 and stride == 0 for n, stride in zip(target.shape, target.stride(), strict=True))
    if target.numel() > 4096:
        return None
    own = torch.empty(target.shape, device=target.device, dtype=target.dtype)  # not every dtype can be filled
    if not taken(op, [own, *operands[1:]], arguments):
        return None
    if stretched:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "Several cells of {n0} {s0} stand at one place in memory (a stride is 0), so none can be written by "
            "itself; take {n0}.clone() first.",
        )
    elif op.form is Form.ASSIGNMENT:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "What is read overlaps in memory with what is written to in {n0} {s0}; take a clone() of one of them "
            "first.",
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "What {op} reads overlaps in memory with what it writes to in {n0} {s0}; take a clone() of one of them "
            "first.",
        )
    return say(op, operands, template, Cause("memory"))


def _other_result(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """What the form that makes a new tensor would give does not fit into the target."""
    pure = op.pure
    if pure is None or not taken(pure, operands, arguments):
        return None
    (made, *_) = (found,) if not isinstance(found := forecast(pure, operands, arguments), tuple) else found
    target = operands[0]
    if made.shape != tuple(target.shape):
        template = QT_TRANSLATE_NOOP(
            "errors",
            "In place {n0} {s0} keeps its shape, and {op} would give {shape}; use {pure}, which makes a new tensor.",
        )
    elif not torch.can_cast(made.dtype, target.dtype):
        template = QT_TRANSLATE_NOOP(
            "errors",
            "In place {n0} keeps its dtype {d0}, and {op} would give {dtype}; convert {n0} first, or use {pure}, which "
            "makes a new tensor.",
        )
    else:
        return None
    grown = made.shape != tuple(target.shape)
    about = Cause("shape", axes=tuple(range(target.ndim))) if grown else Cause("dtype")
    shape, dtype = str(tuple(made.shape)), str(made.dtype).removeprefix("torch.")
    return say(op, operands, template, about, shape=shape, dtype=dtype, pure=pure.symbol or pure.name)


def _value(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """The key chooses cells, and the value is none for them."""
    if op.form is not Form.ASSIGNMENT or not hasattr(operands[0], "ndim"):
        return None
    selected, value = _selected(op, operands, arguments["key"]), operands[1]
    if selected is None or None in selected:
        return None
    shape = tuple(n or 0 for n in selected)
    if not hasattr(value, "shape"):
        template = QT_TRANSLATE_NOOP(
            "errors", "{n0} has dtype {d0}, which has no value {n1}; write another, or convert {n0} first."
        )
        return say(op, operands, template, Cause("values", 1), Cause("dtype"))
    try:
        torch.empty(shape, device="meta")[...] = torch.empty(value.shape, device="meta")
    except RuntimeError:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "[{key}] chooses {shape} of {n0}, and {n1} {s1} does not stretch to that; a length of 1 can, counted from "
            "the right.",
        )
        about = (Cause("shape", 1, tuple(range(value.ndim))), Cause("argument", argument="key"))
        return say(op, operands, template, *about, key=_written(arguments["key"], operands), shape=str(shape))
    return None


def _written(key: Sequence[Any], operands: Sequence[Any]) -> WrittenKey:
    return WrittenKey(tuple(key), tuple(name_of(k) for k in range(len(operands))))


def _chosen(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    if op.form not in (Form.INDEX, Form.ASSIGNMENT) or not hasattr(operands[0], "ndim"):
        return None
    key = arguments["key"]
    if op.form is Form.ASSIGNMENT and _selected(op, operands, key) is not None:
        return None  # it is not the key
    text = _written(key, operands)
    named = Cause("argument", argument="key")
    count = sum(_takes(part, operands) for part in key)
    if count > operands[0].ndim:
        template = QT_TRANSLATE_NOOP(
            "errors", "[{key}] names {count} axes, and {n0} {s0} has {rank}; name no more than it has."
        )
        every = Cause("shape", axes=tuple(range(operands[0].ndim)))
        return say(op, operands, template, named, every, key=text, count=count, rank=operands[0].ndim)
    for axis, part in _by_axis(key, operands[0].ndim):
        size = operands[0].shape[axis]
        beyond = [i for i in (part if isinstance(part, list) else [part]) if _is_index(i) and not -size <= i < size]
        if beyond and not size:
            template = QT_TRANSLATE_NOOP("errors", "Axis {axis} of {n0} {s0} has length 0: there is no index on it.")
            return say(op, operands, template, named, Cause("shape", axes=(axis,)), axis=axis)
        if beyond:
            template = QT_TRANSLATE_NOOP(
                "errors", "There is no index {part} on axis {axis} of {n0} {s0}; choose {low} to {high}."
            )
            at = Cause("shape", axes=(axis,))
            return say(op, operands, template, named, at, part=beyond[0], axis=axis, low=-size, high=size - 1)
    steps = [part.step for part in key if isinstance(part, slice) and part.step is not None]
    if 0 in steps:
        template = QT_TRANSLATE_NOOP("errors", "A step of 0 leads nowhere in {n0} {s0}; choose 1 or more.")
        return say(op, operands, template, named)
    if any(step < 0 for step in steps):
        template = QT_TRANSLATE_NOOP(
            "errors", "torch has no negative steps, unlike NumPy; use flip, which copies, for {n0} {s0}."
        )
        return say(op, operands, template, named)
    template = QT_TRANSLATE_NOOP("errors", "[{key}] does not fit {n0} {s0}; its masks and indices must fit its axes.")
    places = {part.operand for part in key if isinstance(part, At)}
    chosen = [Cause("shape", k, tuple(range(operands[k].ndim))) for k in sorted(places)]
    return say(op, operands, template, named, *chosen, *(Cause("dtype", k) for k in sorted(places)), key=text)


def _selected(op: CatalogEntry, operands: Sequence[Any], key: Sequence[Any]) -> tuple[int | None, ...] | None:
    """The shape of what a key chooses to be written to; None where it chooses nothing."""
    reading, there = replace(op, form=Form.INDEX, writes=False), (operands[0], 0, *operands[2:])
    if not taken(reading, there, {"key": key}):
        return None
    found = forecast(reading, there, {"key": key})
    return None if isinstance(found, tuple) else found.shape


def _is_index(part: Any) -> bool:
    return isinstance(part, int) and not isinstance(part, bool)


def _takes(part: Any, operands: Sequence[Any]) -> int:
    """How many axes a part of a key uses up."""
    if part is None or part is Ellipsis or isinstance(part, bool):
        return 0
    if isinstance(part, At):
        chosen = operands[part.operand]
        return chosen.ndim if chosen.dtype in (torch.bool, torch.uint8) else 1
    if not isinstance(part, list):
        return 1
    try:
        listed = torch.tensor(part)
    except (TypeError, ValueError, RuntimeError):  # uneven rows, or numbers beyond every dtype
        return 1
    return max(listed.ndim, 1) if listed.dtype is torch.bool else 1


def _by_axis(key: Sequence[Any], rank: int) -> list[tuple[int, Any]]:
    """The plain parts of a key with their axes, as far as no mask of several axes stands between."""
    found, axis = [], 0
    for k, part in enumerate(key):
        if part is Ellipsis:
            axis = max(rank - sum(p is not None and p is not Ellipsis for p in key[k + 1 :]), 0)
        elif part is not None:
            if axis < rank:
                found.append((axis, part))
            axis += 1
    return found


RULES: tuple[Rule, ...] = (_leaf, _value, _chosen, _other_result, _shared_cells)
