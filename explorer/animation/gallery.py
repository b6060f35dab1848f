"""Several tensors at rest beside each other: what an operation would read that cannot be told."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np

from explorer.animation import arrange, captions, cell_numbers
from explorer.animation import play as plays
from explorer.animation.animation import Animation
from explorer.animation.axes import AxisId
from explorer.animation.beat import Beat
from explorer.animation.canvas import Canvas
from explorer.animation.frame import TRUTH, Look, Shown
from explorer.animation.plane_layout import place, windows
from explorer.animation.scales import scales
from explorer.animation.sheet import Sheet
from explorer.late import torch
from explorer.messages import Message


def gallery(
    named: Sequence[tuple[str, Any]],
    identities: Mapping[str, tuple[AxisId, ...]],
    layouts: Mapping[str, plays.Plan],
    unknown: Sequence[str] = (),
) -> Animation:
    """Tensors with their names, few cells in all, as an animation of one step; one that is read twice stands there
    twice. `unknown`: those that nobody has written yet."""
    shapes = [tuple(x.shape) for _, x in named]
    kept = [windows(shape) for shape in shapes]
    plans = [layouts.get(name, (None, None)) for name, _ in named]
    unit, found = 48.0, arrange.arrange([(1.0, 1.0)])
    for _ in range(3):
        laid = [
            place(shape, k, *plan, gaps=plays.gaps(unit)) for shape, k, plan in zip(shapes, kept, plans, strict=True)
        ]
        found = arrange.arrange([x.extent for x in laid], arrange.BETWEEN, [arrange.paged(x) for x in laid])
        unit = found.unit
    masks = [x.dtype == torch.bool for _, x in named]
    sheets = []
    for k, (name, tensor) in enumerate(named):
        window = cell_numbers.windowed(tensor, kept[k])
        hidden = name in unknown
        look = Look.PENDING if window.device.type == "meta" else Look.UNKNOWN if hidden else Look.VALUE
        floats = np.full(window.numel(), np.nan) if hidden else cell_numbers.floats(window)
        texts = ("?",) * window.numel() if hidden else cell_numbers.texts(window)
        scale = TRUTH if masks[k] and not all(masks) else 0
        sheets.append(
            Sheet(
                laid[k], identities[name], floats, texts, *found.places[k], look=look, scale=scale, tensor=k,
                cell=laid[k].flat, name=name, dtype=str(tensor.dtype).removeprefix("torch."),
            )
        )  # fmt: skip

    def draw(u: float, canvas: Canvas) -> None:
        for sheet in sheets:
            canvas.sheet(sheet)
            canvas.dress(sheet)

    listed = ", ".join(f"{name} {captions.shape_text(tuple(x.shape))}" for name, x in named)
    missing = next((s for s in sheets if s.layout.count < prod(s.layout.shape)), None)
    values = (
        {"name": missing.name, "drawn": missing.layout.count, "whole": prod(missing.layout.shape)} if missing else {}
    )
    levels, _ = scales([s.values for s in sheets if s.scale != TRUTH], [], ("", ""))
    return Animation(
        (Beat(Message("captions", captions.BESIDE, {"names": listed}), 1.0, draw, 1.0),), levels,
        tuple(Shown(name, tuple(x.shape)) for name, x in named), unit, tuple(kept),
        results=tuple(x for _, x in named), operands=0,
        hidden=Message("captions", captions.HIDDEN, values) if missing else None,
    )  # fmt: skip
