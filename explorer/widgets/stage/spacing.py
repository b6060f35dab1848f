"""Room for words: brackets stand clear of frames, page labels clear of index numbers, headings clear of both.

Marks come with places in cells, and have sizes in pixels; where cells are small they would meet.
"""

from collections.abc import Sequence
from itertools import count, pairwise

from PySide6.QtCore import QPointF, QRectF

from explorer.animation.frame import Bracket, Frame, Label, Outline
from explorer.messages import Message
from explorer.widgets.speech.sentences import say
from explorer.widgets.stage.fit import Fit
from explorer.widgets.stage.style import Style
from explorer.widgets.stage.texts import width_of

BRACKET, NUMBER, NUMBER_END = 12.0, 26.0, 21.0
"""How far outside the cells' edge, in pixels, stand the line of a bracket, the middle of the numbers above it, and the
right end of the numbers beside it."""
NUMBER_SIZE = 13.0
LETTER = 7.0
"""How much further out than beside a page's frame a bracket stands beside a dashed one: its letter is at the corner."""


def clearance(fit: Fit, bracket: Bracket, outlines: Sequence[Outline]) -> float:
    """How much further out than usual a bracket stands, in pixels, to be clear of a frame, and of the frames around
    that one; as far as they are seen."""
    top = bracket.side == "top"
    edge, middle = bracket.x1, (bracket.y1 + bracket.y2) / 2
    if top:
        edge, middle = bracket.y1, (bracket.x1 + bracket.x2) / 2
    away, outermost = 0.0, edge
    for o in sorted(outlines, key=lambda o: -o.y if top else -o.x):
        near, start, length = (o.y, o.x, o.width) if top else (o.x, o.y, o.height)
        far = 0.5 + (8.0 / fit.cell if o.dash else 0.0)
        if near <= edge and outermost - near < far and start <= middle <= start + length and o.opacity > 0.01:
            usual = (10.0 - BRACKET + (LETTER if o.dash else 0.0)) * fit.mark
            seen = min(1.0, 2.0 * o.opacity)
            away, outermost = max(away, seen * ((edge - near) * fit.cell + usual)), near
    return away


def number_band(fit: Fit, bracket: Bracket, away: float, style: Style) -> QRectF:
    """The room of a bracket's index numbers in pixels; empty where it has none."""
    if not bracket.indices or bracket.opacity <= 0.01:
        return QRectF()
    m = fit.mark
    longest = max((text for _, _, text in bracket.indices), key=len)
    width = width_of(longest, style.mono, 700) * NUMBER_SIZE * m
    half = NUMBER_SIZE * m * 0.45
    first, last = (fit.point(x, y) for x, y, _ in (bracket.indices[0], bracket.indices[-1]))
    edge = fit.point(bracket.x1, bracket.y1)
    if bracket.side == "top":
        y = edge.y() - NUMBER * m - away
        return QRectF(QPointF(first.x() - width / 2, y - half), QPointF(last.x() + width / 2, y + half))
    x = edge.x() - NUMBER_END * m - away
    return QRectF(QPointF(x - width, first.y() - half), QPointF(x, last.y() + half))


def occupied(fit: Fit, bracket: Bracket, away: float, style: Style) -> QRectF:
    """The room of a bracket in pixels, with its index numbers and its letter; empty without numbers."""
    band = number_band(fit, bracket, away, style)
    if band.isEmpty():
        return band
    m = fit.mark
    a, b = fit.point(bracket.x1, bracket.y1), fit.point(bracket.x2, bracket.y2)
    line = away + (BRACKET - 4.0) * m
    if bracket.side == "top":
        return band.united(QRectF(QPointF(a.x(), a.y() - line - 1), QPointF(b.x() + 16 * m, a.y() - line)))
    return band.united(QRectF(QPointF(a.x() - line - 1, a.y()), QPointF(a.x() - line, b.y() + 18 * m)))


def label_font(fit: Fit, label: Label, style: Style) -> tuple[tuple[str, ...], float, int]:
    """Families, size in pixels and weight of a label."""
    m = fit.mark
    if label.role == "symbol":
        most = 18.0 if label.text == "↓" else 34.0  # there is less room between two below each other
        return style.sans, max(14.0 * m, min(most * m, 0.6 * fit.cell)), 400
    if label.role == "title":
        return style.sans, 15 * m, 600
    if label.role == "index":
        return style.mono, 13 * m, 700
    return style.sans, 13 * m, 400


def label_text(label: Label) -> str:
    """The words of a label in the user's language."""
    return say(label.text) if isinstance(label.text, Message) else label.text


def label_box(fit: Fit, label: Label, style: Style) -> QRectF:
    """The room of a label's words where the frame puts it, in pixels."""
    families, size, weight = label_font(fit, label, style)
    width = width_of(label_text(label), families, weight) * size
    place = fit.point(label.x, label.y)
    left = place.x() - (width if label.align == "right" else width / 2 if label.align == "center" else 0.0)
    return QRectF(left, place.y() - size * 0.45, width, size * 0.9)


def label_boxes(fit: Fit, frame: Frame, style: Style) -> list[QRectF]:
    """Where the labels stand: page labels move up or to the left, away from index numbers and brackets, and stay on the
    page; empty for those that are left out, as they would meet."""
    bands = [(b.side, occupied(fit, b, clearance(fit, b, frame.outlines), style)) for b in frame.brackets]
    boxes = []
    for label in frame.labels:
        box = label_box(fit, label, style)
        if label.role == "index":
            _draw_near(box, label, fit, frame.outlines)
            for side, band in bands:
                if not box.intersects(band):
                    continue
                if side == "top" and label.align == "center":
                    box.moveBottom(band.top() - 3 * fit.mark)
                elif side == "left" and label.align == "right":
                    box.moveRight(band.left() - 9 * fit.mark)
            box.moveLeft(max(box.left(), fit.rect.left() + 2))
        boxes.append(box)
    for line in _align(frame.labels, boxes, 3 * fit.mark):
        _thin_out(line)
    return boxes


def _thin_out(line: Sequence[QRectF]) -> None:
    """Leave names of pages out, every other one or more, until none meets the next. Where pages are on their way to
    each other only the names that meet one before them go."""
    gaps = [abs(b.center().x() - a.center().x()) + abs(b.center().y() - a.center().y()) for a, b in pairwise(line)]
    even = bool(gaps) and max(gaps) < 2 * min(gaps)
    step = next(k for k in count(1) if not even or not any(_meet(a, b) for a, b in pairwise(line[::k])))
    last = QRectF()
    for k, box in enumerate(line):
        if k % step or _meet(last, box):
            box.setRect(0, 0, 0, 0)
        else:
            last = QRectF(box)


def _meet(box: QRectF, other: QRectF) -> bool:
    """Whether two names are closer than words are to each other."""
    return box.adjusted(-2, 0, 4, 0).intersects(other)


def _align(labels: Sequence[Label], boxes: Sequence[QRectF], gap: float) -> list[list[QRectF]]:
    """Names of pages that the frame puts on one line stay on one line, as far out as the furthest of them. The
    lines."""
    lines: dict[tuple[str, int, float], list[QRectF]] = {}
    for label, box in zip(labels, boxes, strict=True):
        if label.role == "index" and label.axis is not None and label.align in ("center", "right"):
            place = label.y if label.align == "center" else label.x
            lines.setdefault((label.align, label.axis.index, round(place, 2)), []).append(box)
    for (align, _, _), line in lines.items():
        for box in line:
            if align == "center":
                box.moveBottom(min(b.bottom() for b in line))
            else:
                box.moveRight(min(b.right() for b in line))
    _stack([line for (align, _, _), line in sorted(lines.items(), key=lambda x: -x[0][2]) if align == "center"], gap)
    return list(lines.values())


def _stack(lines: Sequence[Sequence[QRectF]], gap: float) -> None:
    """Names of outer pages stand above those of inner ones; `lines` come from the inside out."""
    for k, line in enumerate(lines):
        for inner in lines[:k]:
            if min(b.left() for b in line) < max(b.right() for b in inner) and (
                max(b.right() for b in line) > min(b.left() for b in inner)
            ):
                for box in line:
                    box.moveBottom(min(box.bottom(), inner[0].top() - gap))


def _draw_near(box: QRectF, label: Label, fit: Fit, outlines: Sequence[Outline]) -> None:
    """Move the name of a page to the page's frame: its place is in cells, which may be large."""
    gap, far = 7 * fit.mark, 90 * fit.mark / fit.cell
    seen = [o for o in outlines if o.opacity > 0.01]
    if label.align == "center":
        edges = [o.y for o in seen if o.x <= label.x <= o.x + o.width and label.y <= o.y <= label.y + max(4.0, far)]
        if edges:
            box.moveBottom(max(box.bottom(), fit.y(min(edges)) - gap))
    elif label.align == "right":
        edges = [o.x for o in seen if o.y <= label.y <= o.y + o.height and label.x <= o.x <= label.x + max(3.0, far)]
        if edges:
            box.moveRight(max(box.right(), fit.x(min(edges)) - gap))


def raised(middle: float, left: float, width: float, half: float, boxes: Sequence[QRectF], top: float) -> float:
    """The height of a heading's middle, raised over the `boxes` that it would meet; `top` is the page's edge."""
    for box in sorted((b for b in boxes if not b.isEmpty()), key=lambda b: -b.top()):
        if (
            box.left() < left + width
            and box.right() > left
            and box.top() < middle + half
            and box.bottom() > middle - half
        ):
            middle = box.top() - half - 2
    return max(middle, top + half)
