"""A key part by part: which axis of the operand each part takes, and the key with another part for one axis."""

from collections.abc import Mapping, Sequence
from typing import Any

Key = tuple[Any, ...]
WHOLE = slice(None)


def spread_out(key: Sequence[Any], rank: int, masks: Mapping[str, int]) -> list[Any]:
    """The key with `...` written out and every axis named; `masks` gives the rank of the masks that it names."""
    taken = sum(width(part, masks) for part in key)
    missing = max(rank - taken, 0)
    out: list[Any] = []
    open_ = True
    for part in key:
        if part is Ellipsis:
            out += [WHOLE] * (missing if open_ else 0)
            open_ = False
        else:
            out.append(part)
    return [*out, *[WHOLE] * (missing if open_ else 0)]


def width(part: Any, masks: Mapping[str, int]) -> int:
    """How many axes of the operand a part takes."""
    if part is None or part is Ellipsis or isinstance(part, bool):
        return 0
    return masks.get(part, 1) if isinstance(part, str) else 1


def part_of(key: Sequence[Any], axis: int, rank: int, masks: Mapping[str, int]) -> Any:
    """What the key says of an axis; WHOLE for one that it does not narrow."""
    at = 0
    for part in spread_out(key, rank, masks):
        wide = width(part, masks)
        if wide and at <= axis < at + wide:
            return part
        at += wide
    return WHOLE


def with_part(key: Sequence[Any], axis: int, part: Any, rank: int, masks: Mapping[str, int]) -> Key:
    """The key with `part` for an axis; a mask of several axes that stood there goes whole."""
    out: list[Any] = []
    at = 0
    for old in spread_out(key, rank, masks):
        wide = width(old, masks)
        if wide and at <= axis < at + wide:
            out += [part if at + k == axis else WHOLE for k in range(wide)]
        else:
            out.append(old)
        at += wide
    return tuple(out)


def with_axis(key: Sequence[Any], axis: int, rank: int, masks: Mapping[str, int]) -> Key:
    """The key with a new axis of length 1 before an axis of the operand."""
    out: list[Any] = []
    at = 0
    for part in spread_out(key, rank, masks):
        if at == axis and width(part, masks):
            out.append(None)
            axis = -1
        at += width(part, masks)
        out.append(part)
    return tuple(out)


def block(first: Sequence[int], last: Sequence[int], shape: Sequence[int]) -> Key:
    """The key of all cells between two corners: a number where they agree, `:` where the whole axis is meant."""
    parts: list[Any] = []
    for a, b, n in zip(first, last, shape, strict=True):
        low, high = min(a, b), max(a, b)
        parts.append(low if low == high else WHOLE if (low, high) == (0, n - 1) else slice(low, high + 1))
    return tuple(parts)
