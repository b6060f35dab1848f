"""torch's in-place methods as entries: those of the catalogue, and all others, which no draft is of, as torch has
registered them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from explorer.late import torch
from explorer.ops import WRITES
from explorer.ops.crossing import Untold
from explorer.ops.entry import Arguments
from explorer.ops.op import Call, Op
from explorer.ops.parameters import INPUT, Operand, Parameter, Seed
from explorer.ops.signature import Name, matched

# Not steps: they would give the target other memory or leave its bounds, or change what autograd and names know of it.
_OTHER = frozenset(
    "as_strided_ detach_ rename_ requires_grad_ resize_ resize_as_ resize_as_sparse_ set_ sparse_resize_ "  # noqa: SIM905
    "sparse_resize_and_clear_".split()
)


@dataclass(frozen=True)
class Method(Untold):
    """`A.addcmul_(B, C, value=2)`: what is written by place is an operand, what is written by name an argument."""


@cache
def method(name: str) -> Method | None:
    """The entry of an in-place method on the values or the layout of a tensor; None where it is none."""
    if not name.endswith("_") or name.startswith("_") or name.endswith("__") or name in _OTHER:
        return None
    packet = getattr(torch.ops.aten, name, None) if hasattr(torch.Tensor, name) else None
    if packet is None:
        return None
    overloads = [getattr(packet, overload) for overload in packet.overloads()]
    words = dict.fromkeys(x.name for overload in overloads for x in overload._schema.arguments[1:])
    seeded = "generator" in words
    parts: list[Parameter] = [Parameter(word) for word in words if word != "generator"]
    return Method(
        name,
        signature=(INPUT, Operand("others", many="star", number=True), *parts, *([Seed("seed")] if seeded else [])),
        writes=True,
        relayouts=any(torch.Tag.inplace_view in overload.tags for overload in overloads),
        refills=seeded,
    )


@cache
def _catalogued() -> Mapping[str, Op]:
    return {op.called: op for op in WRITES.values()}


def in_place(name: str, operands: Sequence[Any], arguments: Arguments) -> Call[Any] | None:
    """The call of an in-place method: `operands` stand by place, and a str is a name. Of the catalogue where that
    writes it so. None where the method is none that a step can be."""
    found = method(name)
    if found is None:
        return None
    known = _catalogued().get(name)
    placed = [Name(x) if isinstance(x, str) else x for x in operands]
    call = matched(known, placed, arguments) if known is not None else None
    if call is None:
        call = found.call(tuple(operands), {**({"seed": 0} if found.seeded else {}), **arguments})
    return call
