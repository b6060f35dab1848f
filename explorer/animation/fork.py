"""The last step: the result comes away as a tensor of its own, and the operand stands there as it was."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import blend, mix, part
from explorer.animation.frame import Chip, Look
from explorer.animation.sheet import Sheet
from explorer.messages import Message

REST = 0.9  # of an operand beside its result


def fork(
    caption: Message,
    seconds: float,
    before: Callable[[Canvas], None],
    operands: Sequence[tuple[Sheet, Sheet, float]],
    active: Sheet,
    result: Sheet,
    others: Sequence[Sheet] = (),
    dropped: Sequence[int] = (),
    renumber: bool = True,
) -> Beat:
    """`before` draws the marks that go; `operands` are (from, to, opacity so far); `active` becomes `result`; `others`
    are further results; `dropped`: the axes of `active` that go; `renumber`: whether chips tell the old numbers."""
    x0, y0 = active.positions()
    x1, y1 = result.positions()
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
        moved = part(u, 0.15, 0.85)
        canvas.include(before, 1 - part(u, 0.0, 0.25))
        for start, end, opacity in operands:
            sheet = replace(
                end,
                x=mix(start.x, end.x, moved),
                y=mix(start.y, end.y, moved),
                offsets=tuple(blend(a, b, moved) for a, b in zip(start.offsets, end.offsets, strict=True)),
                texts=start.texts if moved < 0.4 else end.texts,
                values=start.values if moved < 0.4 else end.values,
            )
            canvas.sheet(
                sheet,
                opacity=mix(opacity, REST if opacity < 1 else 1.0, moved),
                look=Look.PALE if opacity < 1 else None,
            )
            canvas.dress(sheet, part(u, 0.35, 0.95) if start is not end else 1.0)
        canvas.cells_at(result, blend(x0, x1, moved), blend(y0, y1, moved))
        dx, dy = blend(x0[:1], x1[:1], moved) - x1[:1], blend(y0[:1], y1[:1], moved) - y1[:1]
        pulled = tuple(blend(active.offsets[a], o, moved) for a, o in zip(left, result.offsets, strict=True))
        coming = replace(result, x=result.x + float(dx.sum()), y=result.y + float(dy.sum()), offsets=pulled)
        shown = part(u, 0.3, 0.75)
        canvas.dress(coming, shown, chips=old if dropped and u < 0.55 and len(old) == len(active.axes) else chips)
        for other in others:
            canvas.sheet(other, opacity=part(u, 0.4, 0.9))
            canvas.dress(other, part(u, 0.4, 0.9), chips=chips)

    return Beat(caption, seconds, draw, 1.0)
