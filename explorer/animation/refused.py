"""What stands against a call, marked on the picture of its operands: axes, a dtype, a cell; and their shapes as they
meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from explorer.animation.frame import Frame, Heading, Outline
from explorer.ops.provenance import ravel


@dataclass(frozen=True)
class Mark:
    """What is marked of tensor number `tensor` on the stage: axes of it, a cell, its dtype; else its name."""

    tensor: int
    axes: tuple[int, ...] = ()
    cell: tuple[int, ...] | None = None
    dtype: bool = False


def marked(frame: Frame, marks: Sequence[Mark]) -> Frame:
    """The frame with a box around all that is marked. Its headings stand in the order of its tensors."""
    headings = list(frame.headings)
    outlines = list(frame.outlines)
    for mark in marks:
        if mark.tensor < len(headings):
            headings[mark.tensor] = _boxed(headings[mark.tensor], mark)
        outlines += _around(frame, mark)
    return replace(frame, headings=tuple(headings), outlines=tuple(outlines))


def _boxed(heading: Heading, mark: Mark) -> Heading:
    if mark.dtype:
        return replace(heading, wrong=(*heading.wrong, "dtype"))
    if mark.axes:
        chips = tuple(replace(c, wrong=c.wrong or c.number in mark.axes) for c in heading.chips)
        return replace(heading, chips=chips)
    return heading if mark.cell is not None else replace(heading, wrong=(*heading.wrong, "name"))


def _around(frame: Frame, mark: Mark) -> list[Outline]:
    if mark.cell is None:
        return []
    flat = ravel(mark.cell, frame.tensors[mark.tensor].shape)
    found: list[Outline] = []
    for group in frame.cells:
        if group.tensor == mark.tensor and group.cell is not None:
            places = np.flatnonzero(group.cell == flat).tolist()
            corners = [(float(group.x[k]), float(group.y[k])) for k in places]
            found += [Outline(x, y, group.width, group.height, weight=2, wrong=True) for x, y in corners]
    return found


def meeting(named: Sequence[tuple[str, tuple[int, ...]]], marks: Sequence[Mark], product: str = "") -> str:
    """The shapes of tensors as they meet, the sizes that do not fit in brackets: one below the other from the right; of
    a product, whose sign is given, beside each other. "" where fewer than two tensors are concerned."""
    wrong = {(m.tensor, axis) for m in marks for axis in m.axes}
    if len({tensor for tensor, _ in wrong}) < 2:
        return ""
    sizes = [
        [f"[{n}]" if (k, axis) in wrong else f" {n} " for axis, n in enumerate(shape)]
        for k, (_, shape) in enumerate(named)
    ]
    if product:
        shapes = [", ".join(text.strip() for text in own) for own in sizes]
        return f" {product} ".join(f"{name} ({shape})" for (name, _), shape in zip(named, shapes, strict=True))
    width = max(len(text) for own in sizes for text in own)
    length = max(map(len, sizes))
    title = max(len(name) for name, _ in named)
    rows = []
    for (name, _), own in zip(named, sizes, strict=True):
        cells = [""] * (length - len(own)) + own
        rows.append(f"{name:<{title}}  " + " ".join(f"{text:>{width}}" for text in cells))
    return "\n".join(rows)
