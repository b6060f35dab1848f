"""Values that change in their places: cell by cell, or with a strip that is stretched over them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from explorer.animation import captions
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import blend, mix, part
from explorer.animation.frame import Look
from explorer.animation.glyphs import written
from explorer.animation.sheet import Sheet

SECONDS = 1.2


def in_place(
    function: str,
    old: Sheet,
    new: Sheet,
    before: Callable[[Canvas], None],
    behind: Sequence[tuple[Sheet, float]] = (),
) -> Beat:
    """Every cell by itself: 3, then √3, then 1.732. `before` draws the marks around, `behind` stands there pale."""
    half = tuple(written(function, t) for t in old.texts)

    def draw(u: float, canvas: Canvas) -> None:
        for other, opacity in behind:
            canvas.sheet(other, opacity=opacity, look=Look.PALE)
        changing(canvas, old, new, half, u)
        before(canvas)

    return Beat(captions.change(function), SECONDS, draw, 1.0)


def changing(canvas: Canvas, old: Sheet, new: Sheet, half: tuple[str, ...], u: float) -> None:
    """The cells at moment u of a change."""
    texts = old.texts if u < 0.25 else half if u < 0.7 else new.texts
    if old.scale == new.scale:
        canvas.sheet(new if u >= 0.25 else old, values=blend(old.values, new.values, part(u, 0.3, 0.9)), texts=texts)
        return
    canvas.sheet(old if u < 0.5 else new, texts=texts)  # two scales have no colours in between


def stretched(
    function: str, old: Sheet, strip: Sheet, new: Sheet, before: Callable[[Canvas], None], squashed: Sheet
) -> Beat:
    """The strip stretches over all slabs as ghosts; each cell meets its copy, and the value changes."""
    repeat = np.broadcast_to(np.arange(strip.layout.count).reshape(strip.layout.drawn), old.layout.drawn).ravel()
    copies = tuple(strip.texts[i] for i in repeat.tolist())
    ghosts = replace(
        old, values=strip.values[repeat], texts=copies, scale=strip.scale, look=Look.GHOST, tensor=-1, cell=None
    )
    half = tuple(written(function, a, b) for a, b in zip(old.texts, copies, strict=True))
    x1, y1 = old.positions()
    xs, ys = strip.positions()
    x0, y0 = xs[repeat], ys[repeat]

    def draw(u: float, canvas: Canvas) -> None:
        canvas.include(before, 1 - part(u, 0.0, 0.3))
        canvas.dress(old if u < 0.85 else new, part(u, 0.2, 0.5))
        canvas.sheet(old, opacity=mix(0.32, 1.0, part(u, 0.0, 0.35)), look=Look.PALE if u < 0.35 else None)
        moved = part(u, 0.1, 0.5)
        if u < 0.55:
            canvas.sheet(strip, opacity=1 - part(u, 0.35, 0.55))
            canvas.cells_at(ghosts, blend(x0, x1, moved), blend(y0, y1, moved), opacity=0.75, own=False)
        else:
            changing(canvas, old, new, half, 0.3 + (u - 0.55) / 0.45 * 0.7)

    return Beat(captions.stretch(function), 1.8, draw, 1.0)
