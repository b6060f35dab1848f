"""Values for which whole numbers have no result, and numbers that a dtype does not hold: rules as in `reasons`.

Each asks torch first whether 1 in the place of all values would do: only then are the values the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.late import torch
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.entry import Arguments, CatalogEntry, Form
from explorer.ops.forecasts import taken
from explorer.ops.refusal_text import Cause, say
from explorer.ops.shape_rules import Rule


def _divisor(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """Whole numbers have no inf, which a division by 0 would be."""
    if op.refuses != "divisor" or not _valued(op, operands, arguments):
        return None
    dtype, divisor = _common(operands), operands[1]
    place = _zero(divisor, dtype) if dtype is not None and _whole(dtype) else None
    if place is None:
        return None
    if hasattr(divisor, "shape") or divisor == 0:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} of whole numbers has no result where the divisor is 0, as {n1}{place} is; choose another, or convert "
            "to float32, where it is inf or nan.",
        )
    else:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} of whole numbers has no result where the divisor is 0, as {n1} is in {dtype}; choose another, or "
            "convert to a larger dtype.",
        )
    about = (Cause("values", 1, cell=place), Cause("dtype", 0), Cause("dtype", 1))
    at = str(list(place)) if place else ""
    return say(op, operands, template, *about, place=at, dtype=str(dtype).removeprefix("torch."))


def _exponent(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """Whole numbers have no fractions, which a power below 0 would be."""
    if op.refuses != "exponent" or hasattr(operands[1], "shape") or not _valued(op, operands, arguments):
        return None
    dtype = _common(operands)
    if type(operands[1]) is complex or operands[1] >= 0 or dtype is None or not _whole(dtype):
        return None
    return say(
        op,
        operands,
        QT_TRANSLATE_NOOP(
            "errors",
            "{op} of whole numbers takes no exponent below 0, such as {n1}; convert {n0} to float32 first.",
        ),
        Cause("dtype", 0),
        Cause("values", 1),
    )


def _outside(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """A whole number that the dtype of the tensor beside it does not hold."""
    numbers = [x for x in operands if type(x) is int]
    if op.form is Form.ASSIGNMENT or len(numbers) != 1 or not _valued(op, operands, arguments):
        return None
    (number,) = numbers
    dtype = _common(operands)
    if dtype is None or not _whole(dtype) or dtype is torch.bool:
        return None
    try:
        low, high = torch.iinfo(dtype).min, torch.iinfo(dtype).max
    except TypeError:  # int4 and others of less than a byte
        return None
    if low <= number <= high:
        return None
    template = QT_TRANSLATE_NOOP(
        "errors", "{number} has no place in {dtype}, which holds {low} to {high}; choose another, or convert first."
    )
    dtype_name = str(dtype).removeprefix("torch.")
    at = next(k for k, x in enumerate(operands) if type(x) is int)
    about = (Cause("values", at), Cause("dtype", 1 - at))
    return say(op, operands, template, *about, number=number, dtype=dtype_name, low=low, high=high)


def _valued(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> bool:
    """Whether torch would take these two with 1 in the place of every value."""
    if len(operands) != 2:
        return False
    try:
        found = [_one(x) for x in operands]
    except NotImplementedError:  # a dtype that holds no 1
        return False
    if op.writes and hasattr(found[0], "shape"):
        found[0] = found[0].clone()
    return taken(op, found, arguments)


def _one(x: Any) -> Any:
    if not hasattr(x, "shape"):
        return type(x)(1)
    return torch.ones((), device=x.device).to(x.dtype).expand(tuple(x.shape))


def _common(operands: Sequence[Any]) -> torch.dtype | None:
    """What both are promoted to; None where torch does not promote them."""
    try:
        # of a number only its kind counts, and torch takes it by its value here
        return torch.result_type(*(x if hasattr(x, "shape") else type(x)(1) for x in operands))
    except RuntimeError:
        return None


def _whole(dtype: torch.dtype) -> bool:
    return not (dtype.is_floating_point or dtype.is_complex)


def _zero(x: Any, dtype: torch.dtype) -> tuple[int, ...] | None:
    """The first cell that is 0 in that dtype; None where none is."""
    if not hasattr(x, "shape") and abs(x) >= 2**63:  # of which torch makes no tensor
        return None
    values = torch.as_tensor(x)
    room_for(values.numel() * (dtype.itemsize + 2), values.device)
    values = values.to(dtype)
    at = (values == 0).to(torch.uint8).flatten()
    if values.device.type == "meta" or not at.numel() or not at.any():
        return None
    place = torch.unravel_index(at.argmax(), values.shape)
    return tuple(int(n) for n in place)


RULES: tuple[Rule, ...] = (_divisor, _exponent, _outside)
