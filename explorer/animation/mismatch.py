"""Where values made step by step end elsewhere than torch's own result, it is said."""

from typing import Any

from explorer.animation import captions
from explorer.animation.spoken import apart, spoken
from explorer.messages import Message


def badge(partial: Any, whole: Any, function: str) -> Message | None:
    """What the steps end at and what torch gives, for the first cell where they differ; nan equals nan. None where all
    are equal, on meta, and where there are no cells."""
    if whole.device.type == "meta":
        return None
    partial = partial.to(whole.dtype)
    differ = ((partial != whole) & ((partial == partial) | (whole == whole))).reshape(-1)
    if not differ.any():
        return None
    first = int(differ.nonzero()[0])
    cells = [x.reshape(-1)[first] for x in (partial, whole)]
    a, b = apart(cells, [spoken(cell, width=12) for cell in cells], None)
    fractions = whole.is_floating_point() or whole.is_complex()  # whole numbers are not rounded
    template = captions.BADGE if fractions else captions.BADGE_WHOLE
    return Message("captions", template, {"partial": a.text, "whole": b.text, "function": function})
