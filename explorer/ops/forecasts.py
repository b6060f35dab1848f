"""What a run will give, found without running it.

The meta device tells shape, dtype and new memory. What it misses (a dtype that the device cannot do) the same operation
tells on a miniature: every size clipped to 2, zero strides kept, on the operands' own device. Only torch is asked; no
rule of its own stands here.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from explorer.errors import OpError
from explorer.ops.calls import invoke
from explorer.ops.parameters import Device, Permutation, Seed, Size
from explorer.ops.schema import Arguments, Family, Forecast, Op

if TYPE_CHECKING:
    import torch


def forecast(op: Op, operands: Sequence[Any], arguments: Arguments) -> Forecast | tuple[Forecast, ...]:
    """The forecast of one result, or of each of several. Raises OpError where torch refuses, with torch's words for the
    stand-in operands (the real call may word it otherwise)."""
    import torch

    try:
        drawn = [on_meta(x) for x in operands]
        outcome = invoke(op, drawn, _on_meta_too(op, arguments))
        device = _rehearse(op, operands, arguments)
    except Exception as refusal:
        from explorer.ops.diagnosis import diagnose

        raise OpError(diagnose(op, operands, arguments), str(refusal)) from refusal
    held = {x.untyped_storage()._cdata for x in drawn if isinstance(x, torch.Tensor)}
    certain = op.certain(operands, arguments)
    if isinstance(outcome, torch.Tensor):
        return _of(op, outcome, held, certain, device, operands)
    return tuple(_of(op, x, held, certain, device, operands) for x in outcome)


def _of(op: Op, x: "torch.Tensor", held: set[int], certain: bool, device: str, operands: Sequence[Any]) -> Forecast:
    moved = op.family is Family.CONVERSION and device != str(operands[0].device)
    shared = x.untyped_storage()._cdata in held and not moved
    return Forecast(tuple(x.shape), x.dtype, 0 if shared else x.numel() * x.element_size(), certain, device)


def on_meta(x: Any) -> Any:
    """`x` with the same shape, strides and dtype and no values; a Python number is itself."""
    import torch

    if not isinstance(x, torch.Tensor):
        return x
    # as_strided over an unsized storage keeps zero strides and overlaps as they are
    return torch.empty_strided(tuple(x.shape), x.stride(), dtype=x.dtype, device="meta")


def miniature(x: Any) -> Any:
    """`x` with every size clipped to 2, stretched axes (stride 0) kept stretched, on its own device."""
    import torch

    if not isinstance(x, torch.Tensor):
        return x
    sizes = [min(size, 2) for size in x.shape]
    stored = [1 if stride == 0 and size > 1 else size for size, stride in zip(sizes, x.stride(), strict=True)]
    return torch.ones(stored, device=x.device).to(x.dtype).expand(sizes)


def _on_meta_too(op: Op, arguments: Arguments) -> Arguments:
    """The arguments with the meta device for a device, and no generator, which meta does not need."""
    kinds = {p.name: p for p in op.parameters}
    changed = {k: v for k, v in arguments.items() if not isinstance(kinds.get(k), Seed)}
    if op.family is Family.CREATION:
        changed["device"] = "meta"
    elif any(isinstance(kinds.get(k), Device) and v is not None for k, v in arguments.items()):
        changed = {k: v for k, v in changed.items() if not isinstance(kinds.get(k), Device)}
    return changed


def _rehearse(op: Op, operands: Sequence[Any], arguments: Arguments) -> str:
    """Run the miniature where sizes are not among the arguments; the device of its result."""
    import torch

    if op.family is Family.CREATION:
        return str(torch.empty(0, device=arguments.get("device") or "cpu", dtype=arguments.get("dtype")).device)
    tensors = [x for x in operands if isinstance(x, torch.Tensor)]
    if any(isinstance(p, Size | Permutation) and arguments.get(p.name) is not None for p in op.parameters):
        return str(tensors[0].device)
    small = [miniature(x) for x in operands]
    outcome = invoke(op, small, arguments)
    first = outcome if isinstance(outcome, torch.Tensor) else outcome[0]
    return str(first.device)
