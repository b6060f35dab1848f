"""What can be done: the catalogue of operations, one entry each, in menu order.

Importing it does not import torch: entries hold names, which are looked up when an operation runs.
"""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.ops import along, contraction, conversion, creation, elementwise, movement, reduction
from explorer.ops.schema import Family, Forecast, Form, Op, Stage

CATALOG: Mapping[str, Op] = MappingProxyType(
    {
        op.name: op
        for family in (reduction, contraction, elementwise, movement, along, conversion, creation)
        for op in family.ENTRIES
    }
)

__all__ = ["CATALOG", "Family", "Forecast", "Form", "Op", "Stage"]
