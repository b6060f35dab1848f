"""Where values made step by step end elsewhere than torch's own result, it is said."""

from typing import Any

from explorer.animation import captions, cell_numbers
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
    a, b = (cell_numbers.texts(x.reshape(-1)[first], 12)[0] for x in (partial, whole))
    return Message("captions", captions.BADGE, {"partial": a, "whole": b, "function": function})
