"""A closer look at the stage: a factor and a shift on top of the fit that shows everything."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF

from explorer.widgets.stage.fit import Fit

_STEP, _MOST = 1.25, 40.0


@dataclass(frozen=True)
class Zoom:
    """`factor` 1 with no shift is the fit itself. The shift is in pixels."""

    factor: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @property
    def near(self) -> bool:
        """Whether anything differs from the fit."""
        return self != Zoom()

    def applied(self, place: Fit) -> Fit:
        """`place` seen through this zoom; the room of the colour bars stays."""
        if not self.near:
            return place
        cells = place.cells.translated(self.x, self.y)
        cells.setSize(cells.size() * self.factor)
        return replace(
            place,
            cell=place.cell * self.factor,
            dx=place.dx * self.factor + self.x,
            dy=place.dy * self.factor + self.y,
            cells=cells,
        )

    def stepped(self, steps: float, at: QPointF) -> "Zoom":
        """Nearer, or further for negative `steps`, around the pixel `at`; never further than the fit."""
        factor = min(_MOST, max(1.0, self.factor * _STEP**steps))
        if factor <= 1.001:
            return Zoom()
        ratio = factor / self.factor
        return Zoom(factor, at.x() - (at.x() - self.x) * ratio, at.y() - (at.y() - self.y) * ratio)

    def moved(self, by: QPointF) -> "Zoom":
        """Shifted by pixels."""
        return replace(self, x=self.x + by.x(), y=self.y + by.y())
