"""Colour levels: fixed for a whole animation, so that a colour means one number from the first moment to the last."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from explorer.animation.frame import Floats, Frame, Scale

FAR = 4.0  # operands that span more than this many times the results' range leave these a scale of their own


def levels(groups: Iterable[Floats]) -> tuple[float, float] | None:
    """The least and the greatest finite value in all `groups`; None where there is none."""
    lo, hi = np.inf, -np.inf
    for values in groups:
        finite = values[np.isfinite(values)]
        if len(finite):
            lo, hi = min(lo, float(finite.min())), max(hi, float(finite.max()))
    return (lo, hi) if lo <= hi else None


def scales(
    operands: Iterable[Floats], made: Iterable[Floats], titles: tuple[str, str]
) -> tuple[tuple[Scale, ...], int]:
    """The scales, and the index of the one for what is `made` (partials, results); `titles` of operands and results.
    Operands keep the colours that they have by themselves: what is made shares their scale only if it lies within."""
    first, second = levels(operands), levels(made)
    if first is None or second is None:
        return (Scale(*(first or second or (0.0, 1.0))),), 0
    with np.errstate(over="ignore"):
        narrow = np.subtract(first[1], first[0]) > FAR * np.subtract(second[1], second[0]) > 0
    if first[0] <= second[0] and second[1] <= first[1] and not narrow:
        return (Scale(*first),), 0
    return (Scale(*first, titles[0]), Scale(*second, titles[1])), 1


def untold(scales: Sequence[Scale], before: Frame, operands: int) -> tuple[Scale, ...]:
    """The scales while the results are still to come: an end that none of the first `operands` tensors of the frame
    `before` reaches is not told."""
    groups = [g for g in before.cells if 0 <= g.tensor < operands]
    found = [levels(g.values for g in groups if g.scale == k) for k in range(len(scales))]
    return tuple(
        replace(scale, told=(own is not None and own[0] <= scale.lo, own is not None and own[1] >= scale.hi))
        for scale, own in zip(scales, found, strict=True)
    )
