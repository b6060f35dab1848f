"""What a key picks out of a tensor or an array: a view of its cells, or so many bytes of copies."""

from math import prod
from typing import Any

from explorer.late import torch
from explorer.memory import ASKED, room_for

Cells = Any  # a tensor or an array


def basic(key: Any) -> bool:
    """Whether `cells[key]` is a view: only numbers, slices, None and an ellipsis."""
    parts = key if isinstance(key, tuple) else (key,)
    return all(part is None or part is Ellipsis or isinstance(part, slice) or type(part) is int for part in parts)


def viewing(key: Any) -> tuple[Any, ...]:
    """A basic key of which NumPy makes a view too where it picks one cell, and no bare scalar."""
    parts = key if isinstance(key, tuple) else (key,)
    return parts if any(part is Ellipsis for part in parts) else (*parts, ...)


def room_to_pick(cells: Cells, key: Any) -> None:
    """Raises RoomError where what `cells[key]` copies does not fit; nothing where the key does not fit `cells`."""
    if not basic(key):
        room_for(copied(cells, key), getattr(cells, "device", "cpu"))


def copied(cells: Cells, key: Any) -> int:
    """Bytes that `cells[key]` takes, with those of the indices that masks are turned into."""
    parts = key if isinstance(key, tuple) else (key,)
    choosing = [part for part in parts if isinstance(part, list) or hasattr(part, "shape")]
    size, most = prod(cells.shape), sum(_count(part) for part in choosing)
    if max(size, 1) * max(most, 1) * (cells.itemsize + 8 * max(cells.ndim, 1)) < ASKED:
        return 0
    of_tensor, indices = isinstance(cells, torch.Tensor), 0
    drawn: list[Any] = []
    for part in parts:
        if not any(part is x for x in choosing):
            drawn.append(part)
            continue
        chosen = torch.as_tensor(part)
        if chosen.dtype == torch.bool or (of_tensor and chosen.dtype == torch.uint8):
            found = torch.empty(int(torch.count_nonzero(chosen)), dtype=torch.int64, device="meta")
            drawn += [found] * chosen.ndim
            indices += found.nbytes * chosen.ndim
        else:
            drawn.append(torch.empty(chosen.shape, dtype=torch.int64, device="meta"))
    try:
        picked = torch.empty(tuple(cells.shape), device="meta")[tuple(drawn)].numel()
    except Exception:  # noqa: BLE001 - what torch does not take NumPy may: steps backwards
        picked = size + most
    return int(picked * cells.itemsize + indices)


def _count(part: Any) -> int:
    return int(prod(part.shape)) if hasattr(part, "shape") else len(part)
