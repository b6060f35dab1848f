"""Signs for cells that their dtype could not hold: a badge in the corner, one sign for each kind, and their legend."""

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from explorer.animation.frame import Cells, Frame
from explorer.ops.loss import REASONS, WORDS, Loss
from explorer.widgets.speech.sentences import translate
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.paints import Paint
from explorer.widgets.stage.style import Style
from explorer.widgets.stage.texts import draw

SIGNS: Mapping[Loss, str] = {
    Loss.ROUNDED: "≈",
    Loss.TRUNCATED: "⌊",
    Loss.UNDERFLOWED: "↓",
    Loss.TRUTH: "T",
    Loss.IMAGINARY: "i",
    Loss.UNSIGNED: "−",
    Loss.WRAPPED: "↻",
    Loss.SATURATED: "⊤",
    Loss.INFINITE: "∞",
    Loss.NAN: "≠",
    Loss.UNDEFINED: "!",
}
BADGE = 20.0
"""Below this side of a cell in pixels the corner is only filled."""
LEAST = 5.0
"""Below this side there is no corner to fill."""


def paint_lost(painter: QPainter, fit: Fit, group: Cells, paint: Paint, style: Style) -> None:
    """A sign in the upper left corner of every marked cell, in the cell's own ink."""
    side = min(group.width, group.height) * fit.cell
    if group.marks is None or side < LEAST:
        return
    opacities = np.broadcast_to(np.asarray(group.opacity, dtype=np.float64), group.x.shape)
    size = max(9.0, min(17.0 * fit.mark, side * 0.32))
    for i in np.flatnonzero((group.marks > 0) & (opacities > 0.01)).tolist():
        painter.setOpacity(float(opacities[i]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.inks[i])
        box = fit.box(float(group.x[i]), float(group.y[i]), group.width, group.height).adjusted(1, 1, -1, -1)
        if side < BADGE:
            reach = box.width() * 0.42
            corner = box.topLeft()
            painter.drawPolygon(QPolygonF([corner, corner + QPointF(reach, 0), corner + QPointF(0, reach)]))
            continue
        badge = QRectF(box.left() + 1, box.top() + 1, size, size)
        painter.drawRoundedRect(badge, size * 0.28, size * 0.28)
        draw(painter, badge.center(), SIGNS[Loss(group.marks[i])], style.sans, size * 0.8, paint.fills[i], 700)
    painter.setOpacity(1.0)


def sign_at(frame: Frame, tensor: int, flat: int) -> Loss:
    """What the cell of a tensor is marked with."""
    for group in frame.cells:
        if group.tensor == tensor and group.marks is not None and group.cell is not None:
            found = np.flatnonzero(group.cell == flat)
            if len(found):
                return Loss(group.marks[found[0]])
    return Loss.KEPT


def counted(kinds: Iterable[int]) -> dict[Loss, int]:
    """How many of each kind, worse ones first, without those that were kept."""
    found = Counter(kinds)
    return {loss: found[loss] for loss in reversed(Loss) if loss and found[loss]}


def legend(counts: Mapping[Loss, int]) -> str:
    """Signs, counts and words, one after another: "↻ 2 wrapped · ⌊ 1 cut to a whole number"."""
    return " · ".join(
        f"{SIGNS[loss]}\N{NO-BREAK SPACE}{translate('losses', WORDS[loss]).format(count=count)}"
        for loss, count in counts.items()
    )


def reasons(kinds: Iterable[Loss]) -> str:
    """What happened to such cells, a sentence and a line for each kind."""
    return "\n".join(f"{SIGNS[loss]} {translate('losses', REASONS[loss])}" for loss in kinds if loss)
