"""Where values made step by step end elsewhere than torch's own result, it is said."""

from typing import Any

from explorer.animation import captions, numbers
from explorer.messages import Message


def same(a: Any, b: Any) -> bool:
    """Equal bit for bit, as far as values tell; nan equals nan."""
    import torch

    if a.device.type == "meta":
        return True
    if a.dtype != b.dtype:
        return False
    equal = (a == b) | ((a != a) & (b != b))
    return bool(torch.all(equal))


def badge(partial: Any, whole: Any, function: str) -> Message:
    """What the steps end at and what torch gives, for the first cell where they differ."""
    equal = (partial == whole) | ((partial != partial) & (whole != whole))
    first = int((~equal).reshape(-1).nonzero()[0])
    a, b = (numbers.texts(x.reshape(-1)[first], 12)[0] for x in (partial, whole))
    return Message("captions", captions.BADGE, {"partial": a, "whole": b, "function": function})
