"""What a run will give, found without running it.

The meta device tells shape, dtype and new memory. What it misses (a dtype that the device cannot do) the same operation
tells on a miniature: every size clipped to 2, zero strides kept, on the operands' own device. Where either refuses and
there are few cells, ones in the place of the values have the last word, as meta refuses some calls that a device takes.
Only torch is asked; no rule of its own stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from types import MappingProxyType
from typing import Any

from explorer.late import torch
from explorer.ops.calls import invoke, of_tensors, quiet, together
from explorer.ops.entry import Arguments, CatalogEntry, Forecast
from explorer.ops.parameters import At, Device, DType, Key, Number, Permutation, Size

FEW = 4096  # cells that cost less to try than to think about
LISTED = 2**20  # cells of a mask of which torch may make a list


def forecast(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Forecast | tuple[Forecast, ...]:
    """The forecast of one result, or of each of several.

    Raises what torch raises.
    """
    with quiet():
        together(operands)
        drawn, outcome, own = _asked(op, operands, arguments)
    held, device = held_by(drawn), str(own[0].device)
    moved = op.converts and device != str(operands[0].device)
    certain = op.certain(operands, arguments)
    found = tuple(
        Forecast(tuple(x.shape), y.dtype, memory_of(x, held, moved), certain, device)
        for x, y in zip(of_tensors(outcome), own, strict=True)
    )
    return found if isinstance(outcome, tuple) else found[0]


def held_by(drawn: Sequence[Any]) -> set[int]:
    """The memory of stand-in operands."""
    return {x.untyped_storage()._cdata for x in drawn if hasattr(x, "untyped_storage")}


def memory_of(result: torch.Tensor, held: set[int], moved: bool) -> int:
    """New memory of a result of stand-ins, in bytes: 0 for a view of what is `held`, unless it is `moved` elsewhere."""
    if moved:
        return int(result.numel() * result.element_size())
    storage = result.untyped_storage()
    return 0 if storage._cdata in held else int(storage.nbytes())


def asked_on_meta(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> tuple[list[Any], Any]:
    """Stand-in operands and what torch makes of them, on meta alone. Raises what torch raises."""
    drawn = [x if _looked_at(op, k, operands) else on_meta(x) for k, x in enumerate(operands)]
    drawn, counted = _counted(op, drawn, _on_meta_too(op, arguments))
    return drawn, invoke(op, drawn, counted)


def _asked(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> tuple[list[Any], Any, tuple[Any, ...]]:
    """Stand-in operands, what torch makes of them, and results that have the device and the dtype of the real ones."""
    try:
        drawn, outcome = asked_on_meta(op, operands, arguments)
        cells = sum(x.numel() for x in of_tensors(outcome))
        return drawn, outcome, _rehearsed(op, operands, arguments, cells) or _there(operands, outcome)
    except Exception:
        if (_cells(operands) if operands else _wanted(op, arguments)) > FEW:
            raise
        drawn = standings(op, operands)
        outcome = invoke(op, drawn, arguments)
        return drawn, outcome, of_tensors(outcome)


def _there(operands: Sequence[Any], outcome: Any) -> tuple[Any, ...]:
    """Results on the device of the operands, without cells."""
    device = next(x.device for x in operands if hasattr(x, "device"))
    return tuple(torch.empty(0, dtype=x.dtype, device=device) for x in of_tensors(outcome))


def taken(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> bool:
    """Whether torch would take these."""
    try:
        with quiet():
            _asked(op, operands, arguments)
    except Exception:  # noqa: BLE001 - whatever torch raises
        return False
    return True


def taken_of_ones(
    op: CatalogEntry, operands: Sequence[Any], arguments: Arguments, ranks: Mapping[int, int] = MappingProxyType({})
) -> bool:
    """Whether torch would take operands with all axes of length 1, as many as they have but for those of other
    `ranks`."""
    values = fillings(op, len(operands))
    ones = [_one(x, ranks.get(k, x.ndim), values[k]) if hasattr(x, "shape") else x for k, x in enumerate(operands)]
    return taken(op, ones, arguments)


def _one(x: Any, rank: int, value: int) -> torch.Tensor:
    """A single cell of the same dtype, with so many axes."""
    try:
        return torch.full((1,) * rank, float(value), device=x.device).to(x.dtype)
    except NotImplementedError:  # a dtype that nothing is converted to
        return torch.empty((1,) * rank, dtype=x.dtype, device=x.device)


def _rehearsed(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments, cells: int) -> tuple[Any, ...]:
    """Results as small as may be, made on the operands' own device; raises where torch refuses it, none where that
    cannot be tried. Meta and a device differ, if seldom, in dtype: in products of no cells."""
    sized = op.divides or any(x.many and x.chooses for x in op.operands)
    sized = sized or any(
        isinstance(p, Size | Permutation | Key) and arguments.get(p.name) is not None for p in op.parameters
    )
    if op.creates:
        with torch.random.fork_rng(devices=[]):  # a forecast must not use up random numbers
            outcome = invoke(op, (), arguments if cells <= FEW else _smaller(op, arguments))
    elif not sized and not (op.writes and _cells(operands) <= FEW):
        outcome = invoke(op, list(map(miniature, operands, fillings(op, len(operands)))), arguments)
    elif _cells(operands) + cells <= FEW:  # sizes or cells among the arguments: only the whole will do
        outcome = invoke(op, standings(op, operands), arguments)
    else:
        return ()
    return of_tensors(outcome)


def _smaller(op: CatalogEntry, arguments: Arguments) -> Arguments:
    """A small fill of the same kind: sizes clipped to 2, or the numbers that make the size."""
    kinds = {p.name: p for p in op.parameters}
    clipped = Size if any(isinstance(kinds.get(name), Size) for name in arguments) else Number
    changed = dict(arguments)
    for name, value in arguments.items():
        if value is not None and isinstance(kinds.get(name), clipped):
            changed[name] = tuple(min(n, 2) for n in value) if clipped is Size else min(value, 2)
    return changed


def _wanted(op: CatalogEntry, arguments: Arguments) -> int:
    """The cells of a fill, whatever its dtype."""
    named = {p.name for p in op.parameters if isinstance(p, DType)}
    plain = {k: v for k, v in arguments.items() if k not in named}
    return sum(x.numel() for x in of_tensors(invoke(op, (), _on_meta_too(op, plain))))


def _cells(operands: Sequence[Any]) -> int:
    return sum(prod(x.shape) for x in operands if hasattr(x, "shape"))


def on_meta(x: Any) -> Any:
    """`x` with the same shape, strides and dtype and no values; a Python number is itself."""
    if not isinstance(x, torch.Tensor):
        return x
    # empty_strided keeps zero strides and overlaps as they are
    return _marked(torch.empty_strided(tuple(x.shape), x.stride(), dtype=x.dtype, device="meta"), x)


def fillings(op: CatalogEntry, count: int) -> list[int]:
    """The values of `count` stand-ins: the first of an axis for an index, as that is in range of any; else 1."""
    return [0 if op.chooser(place, count) == "index" else 1 for place in range(count)]


def standing(x: Any, value: int = 1) -> Any:
    """`x` with that for values, on its own device, everything else the same."""
    if not isinstance(x, torch.Tensor):
        return x
    reach = 1 + sum((n - 1) * s for n, s in zip(x.shape, x.stride(), strict=True)) if x.numel() else 0
    if reach > 16 * FEW:  # a few cells far apart in a large storage
        return _marked(torch.full(tuple(x.shape), float(value), device=x.device).to(x.dtype), x)
    line = torch.full((reach,), float(value), device=x.device).to(x.dtype)
    return _marked(line.as_strided(tuple(x.shape), x.stride()), x)


def takes_long(op: CatalogEntry, operands: Sequence[Any]) -> bool:
    """Whether a forecast looks at very many cells, which is no work for a window's thread."""
    return any(_looked_at(op, k, operands) and prod(getattr(x, "shape", ())) > LISTED for k, x in enumerate(operands))


def _looked_at(op: CatalogEntry, k: int, operands: Sequence[Any]) -> bool:
    """Whether the values of operand number k decide of shapes: what a key names, and masks among indices."""
    own = op.placed(len(operands))[k]
    if own is None:
        return op.keyed
    return bool(own.many and own.chooses) and getattr(operands[k], "dtype", None) == _bool()


def _bool() -> torch.dtype:
    return torch.bool


def _counted(op: CatalogEntry, operands: list[Any], arguments: Arguments) -> tuple[list[Any], Arguments]:
    """The same with indices in the place of a large mask, as many as it chooses cells and without values: torch would
    list every cell. Raises what torch raises where such a mask does not fit."""
    choosing = [part for part in arguments.get("key", ()) if isinstance(part, At | list)]
    if len(choosing) != 1 or not isinstance(choosing[0], At):  # where several meet, their values have the last word
        return operands, arguments
    mask, key = operands[choosing[0].operand], arguments["key"]
    if mask.dtype not in (torch.bool, torch.uint8) or mask.is_meta or mask.numel() <= LISTED:
        return operands, arguments
    nothing = torch.zeros((), dtype=mask.dtype).expand(mask.shape)
    operands[0][tuple(nothing if part is choosing[0] else part for part in key)]  # whether it fits
    indices = torch.empty(int(torch.count_nonzero(mask)), dtype=torch.int64, device="meta")
    operands = [indices if k == choosing[0].operand else x for k, x in enumerate(operands)]
    spread = [[part] * mask.ndim if part is choosing[0] else [part] for part in key]
    return operands, {**arguments, "key": tuple(part for parts in spread for part in parts)}


def standings(op: CatalogEntry, operands: Sequence[Any]) -> list[Any]:
    """Operands with ones for values, and indices of 0; what is looked at as it is, and what a writing one shares stays
    shared."""
    ones = fillings(op, len(operands))
    if not op.writes or not isinstance(operands[0], torch.Tensor) or operands[0].is_meta:
        return [x if _looked_at(op, k, operands) else standing(x, ones[k]) for k, x in enumerate(operands)]
    target = operands[0]
    memory = target.untyped_storage()
    together = [x for x in operands if isinstance(x, torch.Tensor) and x.untyped_storage()._cdata == memory._cdata]
    if len(together) == 1 or memory.nbytes() > 16 * FEW * target.element_size():
        return [x if _looked_at(op, k, operands) else standing(x, ones[k]) for k, x in enumerate(operands)]
    copied = memory.clone()  # type: ignore[no-untyped-call]
    own = [any(x is y for y in together) for x in operands]
    return [
        _marked(torch.empty(0, dtype=x.dtype, device=x.device).set_(copied, x.storage_offset(), x.shape, x.stride()), x)
        if same
        else x
        if _looked_at(op, k, operands)
        else standing(x, ones[k])
        for k, (x, same) in enumerate(zip(operands, own, strict=True))
    ]


def miniature(x: Any, value: int = 1) -> Any:
    """`x` with every size clipped to 2 and that for values, stretched axes (stride 0) kept stretched, on its own
    device."""
    if not isinstance(x, torch.Tensor):
        return x
    sizes = [min(size, 2) for size in x.shape]
    stored = [1 if stride == 0 and size > 1 else size for size, stride in zip(sizes, x.stride(), strict=True)]
    return _marked(torch.full(stored, float(value), device=x.device).to(x.dtype).expand(sizes), x)


def _marked(stand_in: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """`stand_in` with the conjugate and negative bits of `x`, which decide whether a copy is made; a leaf that requires
    gradients where `x` is one, as torch does not let it be overwritten."""
    if x.is_conj():
        stand_in = stand_in.conj()
    if x.is_neg():
        stand_in = torch._neg_view(stand_in)
    return stand_in.detach().requires_grad_() if x.requires_grad and x.is_leaf else stand_in


def _on_meta_too(op: CatalogEntry, arguments: Arguments) -> Arguments:
    """The arguments with the meta device for a device; a generator stays, as meta does not look at it."""
    kinds = {p.name: p for p in op.parameters}
    changed = {k: v for k, v in arguments.items() if not isinstance(kinds.get(k), Device)}
    if op.creates:
        changed["device"] = "meta"
    return changed


def prepare(op: CatalogEntry) -> None:
    """Let torch import what it imports at its first forecasts: for `sum` symbolic shapes, for `exp` its compiler.

    Each takes a second or so, once in a process, and is meant for another thread than the window's.
    """
    forecast(op, (torch.ones(1),), {})
