"""Why a tensor cannot be seen in another shape without a copy: axes that would become one do not lie in one run."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import prod
from operator import mul
from typing import Any

from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.entry import Arguments, CatalogEntry
from explorer.ops.forecasts import on_meta
from explorer.ops.parameters import Size
from explorer.ops.refusal_text import Cause, say


def unviewable(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Message | None:
    """The rule of `view`, for `reasons`."""
    if op.name != "view":
        return None
    wanted = next((arguments.get(p.name) for p in op.parameters if isinstance(p, Size)), None)
    torn = seam(operands[0], wanted) if wanted is not None else None
    if torn is None:
        return None
    outer, inner = torn
    x = operands[0]
    return say(
        op,
        operands,
        QT_TRANSLATE_NOOP(
            "errors",
            "{op} copies nothing, so axes {outer} and {inner} of {n0} {s0} could only become one if a step along axis"
            " {outer} were {size} × {stride} = {needed} slots, and it is {found}; use reshape, which copies.",
        ),
        Cause("memory", axes=torn),
        outer=outer,
        inner=inner,
        size=x.shape[inner],
        stride=x.stride(inner),
        needed=x.shape[inner] * x.stride(inner),
        found=x.stride(outer),
    )


def seam(x: Any, wanted: Sequence[int]) -> tuple[int, int] | None:
    """Two axes of `x`, next to each other but for axes of length 1, that `x.view(wanted)` would have to make one and
    that torch refuses to; None where it is not that."""
    axes = [a for a, n in enumerate(x.shape) if n != 1]
    sizes = [x.shape[a] for a in axes]
    rest = prod(n for n in wanted if n != -1)
    count = prod(sizes)
    if list(wanted).count(-1) > 1 or any(n < -1 for n in wanted) or not count:
        return None
    if -1 in wanted and rest:
        wanted = [count // rest if n == -1 else n for n in wanted]
    if prod(wanted) != count:
        return None
    ends = set(accumulate(reversed(wanted), mul, initial=1))  # a border between axes of the wanted shape is kept
    bare = on_meta(x).squeeze()
    for k, (outer, inner) in enumerate(pairwise(axes)):
        if prod(sizes[k + 1 :]) in ends:
            continue
        try:
            bare.view(*sizes[:k], sizes[k] * sizes[k + 1], *sizes[k + 2 :])
        except Exception:  # noqa: BLE001 - whatever torch raises: these two are the reason
            return outer, inner
    return None
