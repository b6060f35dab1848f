"""The last step: the result comes away as a tensor of its own, and the operand stands there as it was."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import blend, part
from explorer.animation.frame import Chip
from explorer.animation.sheet import Sheet
from explorer.messages import Message


def separation(
    caption: Message,
    seconds: float,
    before: Callable[[Canvas], None],
    operands: Sequence[Sheet],
    active: Sheet,
    result: Sheet,
    others: Sequence[Sheet] = (),
    dropped: Sequence[int] = (),
    renumber: bool = True,
    there: bool = False,
) -> Beat:
    """`before` draws the marks that go; `active` becomes `result`; `operands` come back as they were, or are still
    `there`; `others` are further results; `dropped`: the axes of `active` that go; `renumber`: whether chips tell the
    old numbers."""
    x0, y0 = active.positions()
    x1, y1 = result.positions()
    ends = [other.positions() for other in others]
    left = [a for a in range(len(active.axes)) if a not in dropped]
    chips = tuple(
        Chip(now, n, axis, was=was if was != now and renumber else None)
        for now, (was, n, axis) in enumerate(zip(left, result.layout.shape, result.axes, strict=True))
    )
    old = tuple(
        Chip(a, n, axis, faded=a in dropped)
        for a, (n, axis) in enumerate(zip(active.layout.shape, active.axes, strict=True))
    )

    def draw(u: float, canvas: Canvas) -> None:
        moved = part(u, 0.1, 0.7)
        canvas.include(before, 1 - part(u, 0.0, 0.2))
        back = 1.0 if there else part(u, 0.55, 0.95)
        for sheet in operands:
            canvas.sheet(sheet, opacity=back)
            canvas.dress(sheet, back)
        canvas.becomes(operands, [result, *others], part(u, 0.7, 0.95))
        canvas.cells_at(result, blend(x0, x1, moved), blend(y0, y1, moved), above=moved < 1)
        dx, dy = blend(x0[:1], x1[:1], moved) - x1[:1], blend(y0[:1], y1[:1], moved) - y1[:1]
        pulled = tuple(blend(active.offsets[a], o, moved) for a, o in zip(left, result.offsets, strict=True))
        coming = replace(result, x=result.x + float(dx.sum()), y=result.y + float(dy.sum()), offsets=pulled)
        whole = dropped and u < 0.5 and len(old) == len(active.axes)
        canvas.dress(coming, part(u, 0.2, 0.45), chips=old if whole else chips)
        for other, (x2, y2) in zip(others, ends, strict=True):  # out of the same cells
            if u > 0.0:
                canvas.cells_at(other, blend(x0, x2, moved), blend(y0, y2, moved), above=moved < 1)
            canvas.dress(other, part(u, 0.4, 0.9), chips=chips)

    return Beat(caption, seconds, draw, 1.0)
