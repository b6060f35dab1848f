"""Values that change in their places: cell by cell, or with a strip that is stretched over them."""

from dataclasses import replace
from functools import partial

import numpy as np

from explorer.animation import captions
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.ease import blend, part
from explorer.animation.formulas import formulas
from explorer.animation.frame import Label, Look
from explorer.animation.glyphs import brief, written
from explorer.animation.sheet import Sheet
from explorer.ops.words import Words

SECONDS, STRETCH = 1.5, 2.2
FORMULA, TOLD = 0.2, 0.75  # of a change: until then the old values; until then how the new ones come about


def in_place(words: Words, old: Sheet, new: Sheet) -> Beat:
    """Every cell by itself: 3, then √3, then 1.732; name and numbers change together."""
    half = formulas(partial(written, words), (old.texts,), new.texts)

    def draw(u: float, canvas: Canvas) -> None:
        changing(canvas, old, new, half, u)

    return Beat(captions.change(words), SECONDS, draw, 1.0)


def changing(canvas: Canvas, old: Sheet, new: Sheet, half: tuple[str, ...], u: float) -> None:
    """Cells and heading at moment u of a change."""
    canvas.dress(old if u < FORMULA else new)
    if u < FORMULA:
        canvas.sheet(old)
    elif u < TOLD:
        canvas.formula(new, half)
    else:
        canvas.sheet(new)


def stretched(words: Words, old: Sheet, strip: Sheet, new: Sheet, name: str) -> Beat:
    """What was squashed is there again; the strip, still called by its `name`, stretches over it as ghosts, and each
    cell meets its copy."""
    repeat = np.broadcast_to(np.arange(strip.layout.count).reshape(strip.layout.drawn), old.layout.drawn).ravel()
    copies = tuple(strip.texts[i] for i in repeat.tolist())
    ghosts = replace(
        old, values=strip.values[repeat], texts=copies, scale=strip.scale, look=Look.GHOST, tensor=-1, cell=None
    )
    half = formulas(partial(brief, words), (old.texts, copies), new.texts)
    x1, y1 = old.positions()
    xs, ys = strip.positions()
    x0, y0 = xs[repeat], ys[repeat]
    away, met = 0.5, 0.55

    def draw(u: float, canvas: Canvas) -> None:
        if u >= met:
            changing(canvas, old, new, half, FORMULA + (u - met) / (1 - met) * (1 - FORMULA))
            return
        canvas.dress(strip, 1 - part(u, 0.0, 0.12))
        canvas.dress(old, part(u, 0.12, 0.25))
        canvas.sheet(old, opacity=part(u, 0.05, 0.25))
        canvas.sheet(strip)
        canvas.labels.append(tag(strip, old, name, canvas.unit, part(u, 0.12, 0.25)))
        moved = part(u, 0.25, away)
        if moved > 0.0:
            clear = np.hypot(x1 - x0, y1 - y0) * moved >= 1.0
            canvas.cells_at(
                ghosts, blend(x0, x1, moved), blend(y0, y1, moved), own=False, above=True,
                texts=tuple(t if c else "" for t, c in zip(copies, clear.tolist(), strict=True)),
            )  # fmt: skip

    told = captions.placed(words, name) if strip.layout.drawn == old.layout.drawn else captions.stretch(words)
    return Beat(told, STRETCH, draw, 1.0)


def tag(strip: Sheet, old: Sheet, name: str, unit: float, opacity: float) -> Label:
    """The name of a strip that has no heading: at its left where it lies below, below it where it stands beside."""
    if strip.y > old.y + 0.5:
        return Label(strip.x - 10.0 / unit, strip.y + strip.height / 2, name, align="right", opacity=opacity)
    return Label(strip.x + strip.width / 2, strip.y + strip.height + 16.0 / unit, name, opacity=opacity)
