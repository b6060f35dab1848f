"""What an act needs to know: the operation, its tensors with their windows and names, and where they will stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Any

from explorer.animation import cell_numbers
from explorer.animation.axes import AxisId
from explorer.animation.frame import TRUTH, Ints, Look, Shown
from explorer.animation.plane_layout import PlaneLayout, place, windows
from explorer.animation.sheet import Sheet
from explorer.late import torch
from explorer.numbers.forms import Spelling
from explorer.ops import Act, Call, Op
from explorer.ops.provenance import Provenance, unravel

Plan = tuple[int | None, int | None]  # the axes that a user has put on rows and on columns


@dataclass(frozen=True, eq=False)
class Run:
    """One run of a call, on tensors and Python numbers."""

    call: Call[Any]
    names: tuple[str, ...]
    results: tuple[Any, ...]
    result_names: tuple[str, ...]

    @property
    def op(self) -> Op:
        """The entry that was called."""
        return self.call.op

    @property
    def operands(self) -> tuple[Any, ...]:
        """What it was called on."""
        return self.call.operands

    @property
    def arguments(self) -> Mapping[str, Any]:
        """And how."""
        return self.call.arguments


@dataclass(frozen=True, eq=False)
class Play(Run):
    """A run as it is drawn; `axes` and `kept` go with operands, then results."""

    axes: tuple[tuple[AxisId, ...], ...]
    kept: tuple[tuple[Ints, ...], ...]
    provenance: Provenance
    stages: tuple[Act, ...]
    plans: Mapping[str, Plan] = field(default_factory=dict)
    reading: str | None = None
    block: tuple[Ints, ...] = ()  # the drawn indices of a contraction's product block
    between: tuple[tuple[Ints, ...], ...] = ()  # those of the value of each stage, where they are told one by one

    @property
    def shown(self) -> tuple[Shown, ...]:
        """All tensors of the play, operands first."""
        both = (*zip(self.names, self.operands, strict=True), *zip(self.result_names, self.results, strict=True))
        return tuple(Shown(name, tuple(getattr(x, "shape", ()))) for name, x in both)

    def tensor(self, k: int) -> Any:
        """Operand or result number k as a tensor."""
        found = (*self.operands, *self.results)[k]
        return as_tensor(found)

    def cell(self, sheet: Sheet, k: int) -> Any:
        """The 0-d tensor of cell number k of a sheet of one of the tensors."""
        tensor = self.tensor(sheet.tensor).detach()
        return tensor[unravel(int(sheet.cell[k]), tuple(tensor.shape))] if sheet.cell is not None else tensor

    @cached_property
    def views(self) -> bool:
        """Whether a result shares its memory with an operand."""
        own = {x.untyped_storage()._cdata for x in self.operands if isinstance(x, torch.Tensor)}
        return any(x.untyped_storage()._cdata in own for x in self.results)

    @cached_property
    def masks(self) -> tuple[bool, ...]:
        """Which tensors are masks among others: on the scale of those True and False would look alike."""
        found = [self.tensor(k).dtype == torch.bool for k in range(len(self.operands) + len(self.results))]
        return tuple(found if not all(found) else [False] * len(found))

    @cached_property
    def spellings(self) -> Mapping[torch.dtype, Spelling]:
        """Where cells only move, or are written over, those of one dtype are written alike: a number does not change
        on its way."""
        if not (self.op.moves or self.op.writes):
            return {}
        tensors = [self.tensor(k) for k in range(len(self.operands) + len(self.results))]
        windows = [cell_numbers.windowed(x, kept) for x, kept in zip(tensors, self.kept, strict=True)]
        found = {x.dtype: cell_numbers.spelling([w for w in windows if w.dtype == x.dtype]) for x in windows}
        return {dtype: common for dtype, common in found.items() if common is not None}

    def layout(self, k: int, unit: float, room: tuple[float, float] = (0.0, 0.0), turned: bool = False) -> PlaneLayout:
        """The usual layout of tensor k where cells are `unit` pixels; pages have `room` more between them. `turned`:
        page axes that would go across go down, and the other way round."""
        shown = self.shown[k]
        rows, columns = self.plans.get(shown.name, (None, None))
        ndim = len(shown.shape)
        if any(a is not None and not 0 <= a < ndim for a in (rows, columns)):
            rows = columns = None
        usual = place(shown.shape, self.kept[k], rows, columns, gaps=gaps(unit, room))
        if not turned:
            return usual
        plan = {a: "across" if a in usual.down else "down" for a in usual.pages}
        return place(shown.shape, self.kept[k], rows, columns, plan, gaps(unit, room))

    def sheet(self, k: int, layout: PlaneLayout, scale: int = 0) -> Sheet:
        """Tensor k with its own values, for a layout of its shape."""
        tensor = self.tensor(k)
        window = cell_numbers.windowed(tensor, layout.kept)
        look = Look.PENDING if window.device.type == "meta" else Look.VALUE
        number = k < len(self.operands) and not hasattr(self.operands[k], "shape")
        dtype = "" if number else str(tensor.dtype).removeprefix("torch.")
        scale = TRUTH if self.masks[k] else scale
        texts = cell_numbers.texts(window, self.spellings.get(tensor.dtype))
        return Sheet(
            layout, self.axes[k], cell_numbers.floats(window), texts, look=look, scale=scale,
            tensor=k, cell=layout.flat, name=self.shown[k].name, dtype=dtype,
        )  # fmt: skip


def as_tensor(x: Any) -> Any:
    """A tensor as it is, a Python number as a 0-d tensor."""
    if isinstance(x, torch.Tensor):
        return x
    large = isinstance(x, int) and not -(2**63) <= x < 2**63  # of which torch makes no whole number by itself
    return torch.tensor(x, dtype=torch.float64 if large else None)


def gaps(unit: float, room: tuple[float, float] = (0.0, 0.0)) -> tuple[float, float]:
    """Room between pages across and down, for their frames."""
    between = max(0.6, 26.0 / unit)
    return between + room[0], between + room[1]


Link = tuple[tuple[int, int], tuple[int, int]]


def match(
    shapes: Sequence[tuple[int, ...]],
    axes: Sequence[tuple[AxisId, ...] | None],
    links: Sequence[Link],
    most: int,
    paged: Sequence[int] = (),
) -> tuple[tuple[Ints, ...], ...]:
    """The indices to draw of each tensor: axes of one length show the same ones where they have one identity, or where
    the operation links them (tensor, axis). `most`: cells of the largest tensor. `paged`: axes of the last tensor that
    lay pages out although they are not its first."""
    groups: dict[tuple[int, int], tuple[int, int]] = {
        (k, a): (k, a) for k, shape in enumerate(shapes) for a in range(len(shape))
    }

    def root(x: tuple[int, int]) -> tuple[int, int]:
        while groups[x] != x:
            x = groups[x]
        return x

    pairs = list(links)
    seen: dict[tuple[int, int], tuple[int, int]] = {}
    for k, own in enumerate(axes):
        for a, axis in enumerate(own or ()):
            pairs.append(((k, a), seen.setdefault((axis.index, shapes[k][a]), (k, a))))
    for one, other in pairs:
        if shapes[one[0]][one[1]] == shapes[other[0]][other[1]]:
            groups[root(one)] = root(other)
    chosen: dict[tuple[int, int], Ints] = {}
    for k in sorted(range(len(shapes)), key=lambda k: -prod(max(n, 1) for n in shapes[k])):  # the largest one decides
        pages = tuple(p for p in paged if k >= len(axes) - 1 and axes[k] is None)
        order = [*pages, *(a for a in range(len(shapes[k])) if a not in pages)]
        limits = dict(zip(order, windows([shapes[k][a] for a in order], most), strict=True))
        mine = [chosen.get(root((k, a)), limits[a]) for a in range(len(shapes[k]))]
        if prod(len(m) for m in mine) > most:
            mine = [min(m, limits[a], key=len) for a, m in enumerate(mine)]
        chosen.update({root((k, a)): m for a, m in enumerate(mine)})
    return tuple(tuple(chosen[root((k, a))] for a in range(len(shape))) for k, shape in enumerate(shapes))
