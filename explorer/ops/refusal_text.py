"""Why torch refused, as one sentence with shapes and dtypes and what to do next.

Only asked once torch has refused: nothing here decides, it looks for the likeliest reason (`reasons`) and says so in
the user's words. torch's own message always stands below.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from explorer.errors import ExplorerError, OpError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.entry import CatalogEntry


@dataclass(frozen=True)
class Cause:
    """What of a call stands against it: a fact of operand number `operand`, with the `axes` (counted from the front) or
    the `cell` that it is about; or the argument of that name."""

    fact: Literal["shape", "dtype", "device", "memory", "values", "argument"]
    operand: int = 0
    axes: tuple[int, ...] = ()
    cell: tuple[int, ...] | None = None
    argument: str = ""


@dataclass(frozen=True)
class Reason(Message):
    """The sentence of a refusal, and what of the call it is about."""

    causes: tuple[Cause, ...] = ()


def causes_of(error: ExplorerError | None) -> tuple[Cause, ...]:
    """What of the call an error is about; () where that is not known."""
    return getattr(error.message, "causes", ()) if error is not None else ()


class OperandError(OpError):
    """An OpError whose sentence may name any operand, however many there are."""

    def named(self, names: Sequence[str | None]) -> "OperandError":
        values = dict(super().named(names).message.values)
        for key, value in values.items():
            if hasattr(value, "named"):
                values[key] = value.named(names)
        return OperandError(replace(self.message, values=values), self.detail)


@dataclass(frozen=True)
class Named:
    """The name of an operand that the template cannot number, such as the first of many that does not fit."""

    operand: int
    name: str

    def named(self, names: Sequence[str | None]) -> "Named":
        return replace(self, name=names[self.operand] or self.name) if self.operand < len(names) else self

    def __str__(self) -> str:
        return self.name

    def __format__(self, spec: str) -> str:
        return format(self.name, spec)


def say(op: CatalogEntry, operands: Sequence[Any], template: str, *causes: Cause, **values: object) -> Reason:
    """A sentence that may speak of operand k as `{nk}`, of its shape as `{sk}`, of its dtype as `{dk}`; and what of the
    call it is about."""
    known: dict[str, object] = {"op": op.name, "all": ", ".join(_described(x) for x in operands if x is not None)}
    for k, x in enumerate(operands):
        known[f"n{k}"] = name_of(k)
        known[f"s{k}"] = str(tuple(getattr(x, "shape", ())))
        known[f"d{k}"] = dtype_of(x)
    return Reason("errors", template, {**known, **values}, causes)


def too_many(op: CatalogEntry, count: int, most: int) -> OpError:
    """The refusal of a call that gives so many tensors."""
    template = QT_TRANSLATE_NOOP(
        "errors", "{op} gives {count} tensors, more than the {most} that there is room for; make fewer, larger parts."
    )
    return OpError(Message("errors", template, {"op": op.name, "count": count, "most": most}))


def name_of(k: int) -> str:
    """How operand k is called as long as nobody says its name."""
    return "ABCDEFGH"[k] if k < 8 else f"#{k + 1}"


def dtype_of(x: Any) -> str:
    """The dtype of a tensor, the type of a Python number."""
    dtype = getattr(x, "dtype", None)
    return str(dtype).removeprefix("torch.") if dtype is not None else type(x).__name__


def _described(x: Any) -> str:
    return f"{tuple(x.shape)} {dtype_of(x)}" if hasattr(x, "shape") else repr(x)
