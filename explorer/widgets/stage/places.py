"""Which cell stands where: under the pointer, and next to another one."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from explorer.animation.frame import Cells, Frame
from explorer.widgets.stage.fit import Fit

Place = tuple[int, int]
"""(index into Frame.tensors, flat index in that tensor)"""


def cell_at(frame: Frame, where: Fit, point: QPointF) -> Place | None:
    """The uppermost visible cell of a tensor under a pixel, or None."""
    ux, uy = where.units(point)
    for group in reversed(frame.cells):
        if group.tensor < 0 or group.cell is None or not len(group.x):
            continue
        inside = (group.x <= ux) & (ux < group.x + group.width) & (group.y <= uy) & (uy < group.y + group.height)
        hits = np.flatnonzero(inside & (np.asarray(group.opacity) > 0.01))
        if len(hits):
            return group.tensor, int(group.cell[hits[-1]])
    return None


def find(frame: Frame, place: Place) -> tuple[Cells, int] | None:
    """The uppermost group that shows a cell, and the cell's position in the group."""
    for group in reversed(frame.cells):
        if group.tensor == place[0] and group.cell is not None:
            hits = np.flatnonzero(group.cell == place[1])
            if len(hits):
                return group, int(hits[-1])
    return None


def box_of(frame: Frame, where: Fit, place: Place) -> QRectF | None:
    """Where a cell stands in pixels, or None where it is not on the stage."""
    found = find(frame, place)
    if found is None:
        return None
    group, i = found
    return where.box(float(group.x[i]), float(group.y[i]), group.width, group.height)


def neighbour(frame: Frame, place: Place | None, dx: int, dy: int) -> Place | None:
    """The next cell to the right (dx=1), left, below (dy=1) or above, as the eye sees it; the same one at the edge.

    It goes on into the next page or the next tensor where they stand in line. From None it starts at the first cell.
    """
    xs, ys, places = _centres(frame)
    if not places:
        return None
    found = find(frame, place) if place is not None else None
    if found is None:
        return places[0]
    group, i = found
    x, y = float(group.x[i]) + group.width / 2, float(group.y[i]) + group.height / 2
    ahead = (xs - x) * dx + (ys - y) * dy
    aside = np.abs((xs - x) * dy) + np.abs((ys - y) * dx)
    wanted = (ahead > 0.05) & (aside <= 0.75)
    if not wanted.any():
        return place
    return places[int(np.argmin(np.where(wanted, ahead + 2 * aside, np.inf)))]


def _centres(frame: Frame) -> tuple[np.ndarray, np.ndarray, list[Place]]:
    xs: list[np.ndarray] = [np.empty(0)]
    ys: list[np.ndarray] = [np.empty(0)]
    places: list[Place] = []
    for group in sorted((g for g in frame.cells if g.tensor >= 0 and g.cell is not None), key=lambda g: g.tensor):
        visible = np.flatnonzero(np.broadcast_to(np.asarray(group.opacity) > 0.01, group.x.shape))
        xs.append(group.x[visible] + group.width / 2)
        ys.append(group.y[visible] + group.height / 2)
        if group.cell is not None:
            places += [(group.tensor, int(f)) for f in group.cell[visible]]
    return np.concatenate(xs), np.concatenate(ys), places
