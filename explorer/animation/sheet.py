"""A tensor as it lies on the stage: its layout, place, numbers and names. Acts make new sheets from old ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from explorer.animation.axes import AxisId
from explorer.animation.frame import Floats, Ints, Look
from explorer.animation.plane_layout import THIN, PlaneLayout


@dataclass(frozen=True, eq=False)
class Sheet:
    """`offsets` are those of the layout, unless an act has pulled it apart. `values`, `texts`: of the drawn cells in
    reading order. `tensor` and `cell` say whose cells they are (see `Cells`)."""

    layout: PlaneLayout
    axes: tuple[AxisId, ...]
    values: Floats
    texts: tuple[str, ...]
    x: float = 0.0
    y: float = 0.0
    offsets: tuple[Floats, ...] = ()
    look: Look = Look.VALUE
    scale: int = 0
    tensor: int = -1
    cell: Ints | None = None
    name: str = ""
    dtype: str = ""

    def __post_init__(self) -> None:
        if not self.offsets:
            object.__setattr__(self, "offsets", self.layout.offsets)

    def at(self, x: float, y: float) -> "Sheet":
        """The same sheet elsewhere."""
        return replace(self, x=x, y=y)

    def positions(self) -> tuple[Floats, Floats]:
        """Upper left corners of the drawn cells on the stage."""
        x, y = self.layout.positions(self.offsets)
        return x + self.x, y + self.y

    def inner(self, axis: int | None) -> list[int]:
        """The axes that lie inside of one index of `axis`; all axes for None. A page is inside of every page axis."""
        page = [a for a in (self.layout.columns, self.layout.rows) if a is not None]
        if axis in page:
            return [a for a in page if a != axis]
        order = [*page, *reversed(self.layout.pages)]
        return order if axis is None else order[: order.index(axis)]

    def extent(self, axes: Sequence[int] | None = None) -> tuple[float, float]:
        """Width and height of what `axes` (all by default) span on the stage."""
        size = [1.0, 1.0]
        for axis in self.inner(None) if axes is None else axes:
            k = int(self.layout.direction(axis)[1])
            offset = self.offsets[axis]
            if len(offset):
                size[k] += float(offset[-1])
            elif axis not in self.layout.pages:
                size[k] = THIN
        return size[0], size[1]

    def span(self, axis: int) -> float:
        """How far `axis` reaches, on one of the pages that lie along it."""
        return self.extent([*self.inner(axis), axis])[int(self.layout.direction(axis)[1])]

    def beginnings(self, axis: int) -> list[float]:
        """Where `axis` begins on each of those pages, from the first one on."""
        own = self.inner(axis)
        outer = [
            self.offsets[a].tolist()
            for a in self.layout.pages
            if a != axis and a not in own and self.layout.direction(a) == self.layout.direction(axis)
        ]
        return [sum(place) for place in product(*outer)]

    @property
    def width(self) -> float:
        """Of all cells together."""
        return self.extent()[0]

    @property
    def height(self) -> float:
        """Of all cells together."""
        return self.extent()[1]
