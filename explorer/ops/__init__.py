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
from explorer.ops.entry import Act, Family, Forecast, Form
from explorer.ops.op import Call, Op

_catalog: dict[str, Op] = {}
_writes: dict[str, Op] = {}
_operations: dict[str, Op] = {}

CATALOG: Mapping[str, Op] = MappingProxyType(_catalog)
"""What makes new tensors and changes none."""
WRITES: Mapping[str, Op] = MappingProxyType(_writes)
"""What changes its first operand."""
OPERATIONS: Mapping[str, Op] = MappingProxyType(_operations)
"""Everything that a draft may be of."""


PLAIN: Mapping[str, Op] = MappingProxyType({op.name: op for op in (*crossing.ENTRIES, *autograd.ENTRIES)})
"""What else a step of a program may be of: NumPy's own, the way there and back, and what autograd is told."""


def add(op: Op) -> None:
    """Put an entry into the catalogue, behind the others, and its form in place where it has one. An entry is all that
    an operation needs; a window that is built after shows it."""
    (_writes if op.writes else _catalog)[op.name] = _operations[op.name] = op
    if op.in_place:
        add(writes.in_place(op))


def remove(op: Op) -> None:
    """Take an entry out again."""
    for entry in (op, *([writes.in_place(op)] if op.in_place else [])):
        for mapping in (_catalog, _writes, _operations):
            mapping.pop(entry.name, None)


def counterpart(op: Op) -> Op | None:
    """The same in place for an entry that makes a new tensor, and the other way round; None where torch has none."""
    return OPERATIONS.get(op.name.removesuffix("_") if op.writes else f"{op.name}_")


for _family in (reduction, contraction, elementwise, movement, along, conversion, creation):
    _catalog.update((op.name, op) for op in _family.ENTRIES)
for _op in (indexing.WRITE, *writes.ENTRIES, *(writes.in_place(op) for op in CATALOG.values() if op.in_place)):
    _writes[_op.name] = _op
_operations.update({**_catalog, indexing.READ.name: indexing.READ, **_writes})

__all__ = [
    "CATALOG",
    "OPERATIONS",
    "PLAIN",
    "WRITES",
    "Act",
    "Call",
    "Family",
    "Forecast",
    "Form",
    "Op",
    "add",
    "counterpart",
    "remove",
]
