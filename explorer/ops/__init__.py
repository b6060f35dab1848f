"""What can be done: the catalogue of operations, one entry each, in menu order.

Importing it does not import torch: entries hold names, which are looked up when an operation runs.
"""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.ops import (
    along,
    autograd,
    contraction,
    conversion,
    creation,
    crossing,
    elementwise,
    indexing,
    movement,
    reduction,
    writes,
)
from explorer.ops.call import Call
from explorer.ops.schema import Family, Forecast, Form, Op, Stage

CATALOG: Mapping[str, Op] = MappingProxyType(
    {
        op.name: op
        for family in (reduction, contraction, elementwise, movement, along, conversion, creation)
        for op in family.ENTRIES
    }
)
"""What makes new tensors and changes none."""

WRITES: Mapping[str, Op] = MappingProxyType(
    {
        op.name: op
        for op in (
            indexing.WRITE,
            *writes.ENTRIES,
            *(writes.in_place(op) for op in CATALOG.values() if op.in_place),
        )
    }
)
"""What changes its first operand."""

OPERATIONS: Mapping[str, Op] = MappingProxyType({**CATALOG, indexing.READ.name: indexing.READ, **WRITES})
"""Everything that a draft may be of."""


PLAIN: Mapping[str, Op] = MappingProxyType({op.name: op for op in (*crossing.ENTRIES, *autograd.ENTRIES)})
"""What else a step of a program may be of: NumPy's own, the way there and back, and what autograd is told."""


def counterpart(op: Op) -> Op | None:
    """The same in place for an entry that makes a new tensor, and the other way round; None where torch has none."""
    return OPERATIONS.get(op.name.removesuffix("_") if op.writes else f"{op.name}_")


__all__ = [
    "CATALOG",
    "OPERATIONS",
    "PLAIN",
    "WRITES",
    "Call",
    "Family",
    "Forecast",
    "Form",
    "Op",
    "Stage",
    "counterpart",
]
