"""Frames made by hand, as small as a test needs them."""

from collections.abc import Sequence

import numpy as np

from explorer.animation.axes import AxisId
from explorer.animation.frame import (
    Arrow,
    Bracket,
    Cells,
    Chip,
    Frame,
    Heading,
    Label,
    Look,
    Outline,
    Scale,
    Shown,
)

ROWS, COLUMNS = AxisId(0), AxisId(1)


def matrix(
    values: Sequence[Sequence[float]],
    texts: bool = True,
    look: Look = Look.VALUE,
    name: str = "A",
    scale: Scale | None = None,
    focus: tuple[tuple[int, int], ...] = (),
) -> Frame:
    """A still matrix with everything around it."""
    array = np.array(values, dtype=np.float64)
    rows, columns = array.shape
    y, x = np.mgrid[0:rows, 0:columns]
    flat = array.ravel()
    cells = Cells(
        x.ravel().astype(float),
        y.ravel().astype(float),
        flat,
        tuple(f"{v:g}" for v in flat) if texts else (),
        look,
        tensor=0,
        cell=np.arange(flat.size),
    )
    finite = flat[np.isfinite(flat)]
    return Frame(
        (cells,),
        (
            Bracket(ROWS, 0, 0, 0, rows, "left", indices=tuple((0, i + 0.5, str(i)) for i in range(rows))),
            Bracket(COLUMNS, 0, 0, columns, 0, "top", indices=tuple((j + 0.5, 0, str(j)) for j in range(columns))),
        ),
        headings=(Heading(columns / 2, 0, name, (Chip(0, rows, ROWS), Chip(1, columns, COLUMNS)), "int64"),),
        bounds=(0, 0, columns, rows),
        scales=(scale or Scale(float(finite.min()), float(finite.max())),),
        tensors=(Shown(name, (rows, columns)),),
        focus=focus,
    )


def everything() -> Frame:
    """A frame with every kind of mark and every look."""
    x = np.arange(4.0)
    groups = tuple(
        Cells(x, np.full(4, float(k)), np.array([0.5, np.nan, np.inf, 99.0]), texts, look, opacity=opacity)
        for k, (look, texts, opacity) in enumerate(
            [
                (Look.VALUE, ("0.5", "nan", "inf", "99"), 1.0),
                (Look.PALE, ("0.5", "nan", "inf", "99"), 0.5),
                (Look.GHOST, ("0.5", "nan", "inf", "99"), np.linspace(0, 1, 4)),
                (Look.UNKNOWN, (), 1.0),
                (Look.PENDING, (), 1.0),
                (Look.VALUE, (), np.linspace(0, 1, 4)),
            ]
        )
    )
    return Frame(
        groups,
        (Bracket(ROWS, 0, 0, 0, 6, "left", emphasis=True), Bracket(COLUMNS, 0, 0, 0, 0, "top", opacity=0.5)),
        (Outline(0, 0, 4, 1, ROWS, 2), Outline(0, 1, 4, 1, None, dash=True), Outline(0, 2, 4, 1, COLUMNS)),
        (Arrow(4.3, 0, 4.3, 6, ROWS), Arrow(0, 6.2, 4, 6.2), Arrow(1, 1, 1, 1)),
        (Label(2, 3, "+", "symbol"), Label(0, 0, "i = 0", "index", ROWS), Label(1, 1, "a title", "title")),
        (
            Heading(1, 0, "A", (Chip(0, 3, ROWS, faded=True), Chip(0, 4, COLUMNS, was=1)), "float32"),
            Heading(3, 0, "B", (Chip(0, "?", ROWS),), "float32"),
        ),
        (0, 0, 4, 6),
        (Scale(0, 1, "A"), Scale(-1e300, 1e300, "a scale of its own")),
        (Shown("A", (3, 4)),),
    )
