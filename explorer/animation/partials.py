"""The running values of a squash, made by torch itself: slab by slab with the stage's two-operand function."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from explorer.animation import cell_numbers
from explorer.animation.formulas import formulas
from explorer.animation.frame import Floats
from explorer.animation.glyphs import half
from explorer.animation.plane_layout import PlaneLayout
from explorer.numbers.forms import Spelling
from explorer.ops import Act
from explorer.ops.words import PLUS

ELLIPSIS = "…"
FEW = 8  # slabs that are told one by one
MOST_SLABS, MOST_CELLS = 4096, 2**24  # beyond these torch adds each part up in one call


def takes(size: int) -> tuple[int, ...]:
    """How many slabs are in after each join: all one by one, or the first 3, the middle, and the last 2."""
    if size <= FEW:
        return tuple(range(1, size + 1))
    return (1, 2, 3, size - 2, size - 1, size)


def running(stage: Act, operand: Any, counts: Sequence[int]) -> list[Any] | None:
    """The strip after each of `counts` slabs, in the dtype of the stage's result; shaped like it. None where torch has
    the reduction for this dtype, but not the function of two."""
    axis, size = stage.axis, operand.shape[stage.axis] if operand.ndim else 1
    if axis is None or stage.join is None or not size:
        return []
    dtype = stage.run([operand.narrow(axis, 0, 1)]).dtype
    out = []
    if size > MOST_SLABS or operand.numel() > MOST_CELLS or operand.device.type == "meta":
        return [stage.run([operand.narrow(axis, 0, count)]) for count in counts]
    strip, taken = operand.narrow(axis, 0, 1).to(dtype), 1
    for count in counts:
        while taken < count:
            try:
                strip = stage.join(strip, operand.narrow(axis, taken, 1).to(dtype))
            except RuntimeError:
                return None
            taken += 1
        out.append(strip)
    return out


def spelling(values: Sequence[Any], layout: PlaneLayout, windows: Sequence[Any] = ()) -> Spelling | None:
    """How the drawn cells of several values of a stage are written, the strip as it goes and what it comes to, and
    those of `windows`."""
    return cell_numbers.spelling([*(cell_numbers.windowed(value, layout.kept) for value in values), *windows])


def drawn(value: Any, layout: PlaneLayout, common: Spelling | None = None) -> tuple[Floats, tuple[str, ...]]:
    """Numbers and texts of the drawn cells of a stage's value, which may have whole axes."""
    window = cell_numbers.windowed(value, layout.kept)
    return cell_numbers.floats(window), cell_numbers.texts(window, common)


def halves(
    stage: Act,
    operand: Any,
    layout: PlaneLayout,
    counts: Sequence[int],
    strips: Sequence[tuple[Floats, tuple[str, ...]]],
) -> list[tuple[str, ...]]:
    """What the strip's cells read in the middle of each join: `1+5`; `layout` is the operand's."""
    join, axis = stage.join.words if stage.join is not None else PLUS, stage.axis or 0
    out = [strips[0][1]] if strips else []
    squashed = layout.squashed(axis)
    common = spelling([operand], layout)
    for before, count, (_, texts), (_, then) in zip(counts, counts[1:], strips, strips[1:], strict=False):
        joining: Sequence[str] = (ELLIPSIS,) * len(texts)
        if count - before == 1:
            _, joining = drawn(operand.narrow(axis, count - 1, 1), squashed, common)
        out.append(formulas(partial(half, join), (texts, joining), then))
    return out[: len(strips)]
