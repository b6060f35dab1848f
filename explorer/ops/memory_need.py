"""The memory that a call of torch takes while it runs: asked before each run. Only shapes are looked at, on meta."""

from collections.abc import Sequence
from math import prod
from typing import Any

from explorer.memory import room_for
from explorer.ops.calls import of_tensors, quiet
from explorer.ops.entry import Arguments, CatalogEntry, Family
from explorer.ops.forecasts import asked_on_meta, held_by, memory_of
from explorer.ops.parameters import Device, DType

SMALL = 1024
"""Cells, and sizes, of which no operation makes much."""


def make_room(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> None:
    """Raises RoomError where what a run takes does not fit; nothing where torch will refuse it anyway."""
    if _small(operands, arguments):
        return
    need, device = needed(op, operands, arguments)
    room_for(need, device)


def needed(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> tuple[int, str]:
    """Bytes of the results, and of the copies that torch makes of operands on the way; and the device they are on."""
    device = _device(op, operands, arguments)
    if device == "meta":
        return 0, device
    try:
        with quiet():
            drawn, outcome = asked_on_meta(op, operands, arguments)
            results = of_tensors(outcome)
    except Exception:  # noqa: BLE001 - torch shall say why, or has its own way on this device
        return 0, device
    moved = op.converts and device != str(operands[0].device)
    need = sum(memory_of(x, held_by(drawn), moved) for x in results)
    return need + sum(_copied(op, x, results[0].dtype) for x in operands if hasattr(x, "untyped_storage")), device


def _copied(op: CatalogEntry, x: Any, dtype: Any) -> int:
    """Bytes of a copy of an operand that torch works on: cast first where the result may have another dtype, and with
    cells of its own where products and whole lines want them."""
    casts = op.family in (Family.REDUCTION, Family.ALONG) and any(isinstance(p, DType) for p in op.parameters)
    if casts and x.dtype != dtype:
        return int(x.numel() * dtype.itemsize)
    if op.family not in (Family.CONTRACTION, Family.ALONG):
        return 0
    axes = list(zip(x.shape, x.stride(), strict=True))
    if op.family is Family.CONTRACTION:
        axes = axes[-2:]  # one matrix may stand for a whole batch
    return int(x.numel() * x.element_size()) if any(n > 1 and stride == 0 for n, stride in axes) else 0


def _device(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> str:
    """Where the results will be."""
    given = next((arguments[p.name] for p in op.parameters if isinstance(p, Device) and arguments.get(p.name)), None)
    return str(given) if given is not None else next((str(x.device) for x in operands if hasattr(x, "device")), "cpu")


def _small(operands: Sequence[Any], arguments: Arguments) -> bool:
    """Whether so few cells and sizes come in that whatever comes out is small."""
    return sum(prod(getattr(x, "shape", ())) for x in operands) <= SMALL and _numbers(arguments.values()) <= SMALL


def _numbers(values: Any) -> float:
    """The product of all numbers among arguments, as if they were sizes."""
    total = 1.0
    for value in values:
        if isinstance(value, int | float):
            total *= max(min(abs(value), 2**63), 1)
        elif isinstance(value, tuple | list):
            total *= _numbers(value)
    return total
