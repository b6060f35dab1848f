"""One picture of an animation as plain data: marks in cell units (1.0 is the side of a cell, y grows downwards).

A frame knows no colours, fonts or pixels; the painter gives them. It is made anew for every moment and never changed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import numpy.typing as npt

from explorer.animation.axes import AxisId
from explorer.messages import Message

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Look(StrEnum):
    """How a group of cells is painted."""

    VALUE = "value"  # by its value on a scale
    PALE = "pale"  # taken already: no colour, still readable
    PLAIN = "plain"  # no colour of the scale: a formula before its value, an index
    PAPER = "paper"  # in the making: colour comes when the number is final
    GHOST = "ghost"  # hatched: there in thought, without memory (a broadcast copy)
    UNKNOWN = "unknown"  # uninitialised memory: a question mark
    PENDING = "pending"  # no value yet, or none at all (meta): a dot


TRUTH = -1
"""The scale of masks beside numbers: from False to True, and without a bar."""


@dataclass(frozen=True, eq=False)
class Cells:
    """A group of cells painted alike.

    `x`, `y`: upper left corners, one per cell. `values`: float64 for the colour, may be nan or inf. `texts`: what
    stands in the cells, or () for none. `opacity`: one for all, or one per cell. `scale`: index into `Frame.scales`, or
    TRUTH. `width`, `height`: of every cell. `tensor`: index into `Frame.tensors`, -1 for a copy on its way that is no
    tensor's own; `cell`: flat indices in that tensor. `hues`: colour by destination, -1 for none. `above`: on the way,
    over everything that stands. `marks`: a `Loss` for each cell, 0 for none.
    """

    x: Floats
    y: Floats
    values: Floats
    texts: tuple[str, ...] = ()
    look: Look = Look.VALUE
    opacity: float | Floats = 1.0
    scale: int = 0
    width: float = 1.0
    height: float = 1.0
    tensor: int = -1
    cell: Ints | None = None
    hues: Ints | None = None
    above: bool = False
    marks: Ints | None = None


@dataclass(frozen=True)
class Bracket:
    """The line along one axis at the edge of the cells; `indices` are (x, y, text) of its numbers."""

    axis: AxisId
    x1: float
    y1: float
    x2: float
    y2: float
    side: Literal["left", "top"]
    opacity: float = 1.0
    indices: tuple[tuple[float, float, str], ...] = ()
    emphasis: bool = False


@dataclass(frozen=True)
class Outline:
    """A frame around cells: a page, a strip or a tray. `weight` 1 is thin, 2 heavy; `axis` None is neutral. `wrong`: it
    is about what is refused."""

    x: float
    y: float
    width: float
    height: float
    axis: AxisId | None = None
    weight: float = 1.0
    opacity: float = 1.0
    dash: bool = False
    wrong: bool = False


@dataclass(frozen=True)
class Arrow:
    """An arrow from (x1, y1) to (x2, y2), in the colour of `axis` or neutral."""

    x1: float
    y1: float
    x2: float
    y2: float
    axis: AxisId | None = None
    opacity: float = 1.0


@dataclass(frozen=True)
class Label:
    """A text, vertically centred on y. `title`: strong; `muted`: quiet; `symbol`: large (+, @); `index`: `i = 0`."""

    x: float
    y: float
    text: str | Message
    role: Literal["title", "muted", "symbol", "index"] = "muted"
    axis: AxisId | None = None
    align: Literal["left", "center", "right"] = "center"
    opacity: float = 1.0


@dataclass(frozen=True)
class Chip:
    """An axis in a heading: `axis 0: 3`. `was`: the number it had before a renumbering, shown as `1 → 0`. `wrong`: it
    is boxed, as what a refusal is about."""

    number: int
    size: int | str
    axis: AxisId
    faded: bool = False
    was: int | None = None
    wrong: bool = False


@dataclass(frozen=True)
class Heading:
    """The name, chips and dtype of a tensor, centred above its cells: (x, y) is the middle of the cells' upper edge.
    `wrong`: those of its words that are boxed."""

    x: float
    y: float
    name: str
    chips: tuple[Chip, ...] = ()
    dtype: str = ""
    opacity: float = 1.0
    wrong: tuple[Literal["name", "dtype"], ...] = ()


@dataclass(frozen=True)
class Scale:
    """The finite values at the ends of the colour map; `title` names the tensors that it is for. `told`: which of the
    two ends may be read: that of a result that is still to come is not."""

    lo: float
    hi: float
    title: str = ""
    told: tuple[bool, bool] = (True, True)


@dataclass(frozen=True)
class Shown:
    """A tensor that stands on the stage."""

    name: str
    shape: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Frame:
    """All marks of one moment. `bounds` (x0, y0, x1, y1) holds the cells of *every* moment of its animation, so that
    nothing zooms while it plays; brackets, numbers, chips and arrows stand outside of it. `focus`: (tensor, flat index)
    of the focused cell first, then of all cells related to it. `unit`: the side of a cell in pixels of marks that
    tensors were set apart for, 0 where no distance depends on it."""

    cells: tuple[Cells, ...] = ()
    brackets: tuple[Bracket, ...] = ()
    outlines: tuple[Outline, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    labels: tuple[Label, ...] = ()
    headings: tuple[Heading, ...] = ()
    bounds: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    scales: tuple[Scale, ...] = (Scale(0.0, 1.0),)
    tensors: tuple[Shown, ...] = ()
    focus: tuple[tuple[int, int], ...] = ()
    unit: float = 0.0

    def scale(self, number: int) -> Scale:
        """Scale number `number` of `scales`, or that of masks."""
        return Scale(0.0, 1.0) if number == TRUTH else self.scales[number]
