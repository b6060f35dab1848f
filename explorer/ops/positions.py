"""Where a movement takes each cell from, found by asking torch.

A view says it by offset and strides; any other movement is asked where it puts the numbers 1..n.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, product
from math import prod
from typing import Any

from explorer.errors import OpError
from explorer.late import torch
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.calls import invoke, quiet
from explorer.ops.elementwise import together
from explorer.ops.entry import Arguments, CatalogEntry, Form, shapes_of
from explorer.ops.parameters import Axis
from explorer.ops.provenance import Axes as Continued
from explorer.ops.provenance import Block, Cell, Provenance, Region, Shape, point, ravel, unravel

FOLLOWED_CELLS, LINES = 2**16, 8  # where there are more cells, axes are followed through fewer lines first
NUMBERED_CELLS = 2**24  # 128 MiB of positions; a larger movement that is no view is shown by its window


def positions(op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> Provenance:
    """The relation of a movement; OpError where it is no view and has more than NUMBERED_CELLS cells, or cannot be
    asked with numbers."""
    shapes = shapes_of(operands)
    if len(shapes) == 1 and not op.writes:
        seen = _on_meta(op, shapes[0], contiguous(shapes[0]), arguments)
        if seen is not None and _apart(seen):
            return Viewed(shapes[0], seen, _axes_by_strides(op, shapes[0], seen, arguments))
    return Numbered(op, operands, arguments)


def _axes_by_strides(op: CatalogEntry, shape: Shape, seen: torch.Tensor, arguments: Arguments) -> Continued:
    # strides as if every axis were one longer, so that no two are equal and a stepped one can be told
    apart = tuple(2 * stride for stride in contiguous(tuple(n + 1 for n in shape)))
    marked = _on_meta(op, shape, apart, arguments)
    if marked is None:  # a reshape copies such a tensor: equal steps of equal length continue an axis
        return tuple(_spanned(shape, n, s) for n, s in zip(seen.shape, seen.stride(), strict=True))
    return tuple(_stepped(shape, apart, n, stride) for n, stride in zip(marked.shape, marked.stride(), strict=True))


class Viewed(Provenance):
    """A view of one operand: cell -> offset + cell · strides, in the numbering of a contiguous operand."""

    def __init__(self, shape: Shape, view: torch.Tensor, axes: Continued) -> None:
        self.operands = (shape,)
        self.shapes = (tuple(view.shape),)
        self.offset = int(view.storage_offset())
        self.strides = tuple(view.stride())
        self.axes = (axes,)

    def region(self, cell: Cell, result: int = 0) -> Region:
        flat = self.offset + sum(i * s for i, s in zip(cell, self.strides, strict=True))
        return Region((Block(0, point(unravel(flat, self.operands[0]))),))

    def region_of(self, operand: int, cell: Cell) -> Region:
        (shape,) = self.shapes
        left = ravel(cell, self.operands[0]) - self.offset
        ranges = [range(n) for n in shape]  # a stretched axis (stride 0) shows the cell all along
        for axis in sorted(range(len(shape)), key=lambda a: -self.strides[a]):
            stride, size = self.strides[axis], shape[axis]
            if stride and size:
                i = min(left // stride, size - 1)
                if i < 0:
                    return Region()
                left -= i * stride
                ranges[axis] = range(i, i + 1)
        return Region((Block(0, tuple(ranges)),)) if left == 0 and 0 not in shape else Region()


class Numbered(Provenance):
    """Any movement, by what it does to position numbers: operand cells are 1..n, 0 is a cell filled in.

    Operands that only choose (masks, indices) are passed as they are.
    """

    def __init__(self, op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> None:
        self.operands = shapes_of(operands)
        self._target = operands[0].stride() if op.writes else None
        self._plain = [k for k, x in enumerate(operands) if not hasattr(x, "shape")]
        self._chosen = {k: _on_cpu(operands[k]) for k in op.choosers(len(operands))}
        self.starts = tuple(accumulate(map(prod, self.operands), initial=1))
        if self.starts[-1] - 1 > NUMBERED_CELLS:
            raise _too_many(self.starts[-1] - 1)
        try:
            self.numbers = self._numbered(op, self.operands, arguments, self._target)
        except Exception as refusal:  # torch is less strict where there are no cells
            raise _untold(op, refusal) from refusal
        self.shapes = tuple(tuple(n.shape) for n in self.numbers)
        self._op, self._arguments = op, arguments

    @cached_property
    def axes(self) -> tuple[Continued, ...]:  # type: ignore[override]
        for grown in self._sizes():
            try:
                numbers = self._numbered(self._op, grown, self._arguments)
            except Exception:  # noqa: BLE001 - whatever torch raises
                continue
            if [n.ndim for n in numbers] != [len(shape) for shape in self.shapes]:
                continue
            return tuple(tuple(_followed(n, axis, grown) for axis in range(n.ndim)) for n in numbers)
        raise AssertionError("the operands as they are were numbered before")

    def _numbered(
        self, op: CatalogEntry, shapes: Sequence[Shape], arguments: Arguments, target: Sequence[int] | None = None
    ) -> tuple[torch.Tensor, ...]:
        return _numbers(op, shapes, arguments, self._chosen, self._plain, target)

    def _sizes(self) -> list[tuple[Shape, ...]]:
        """Sizes to follow axes through: one longer, so that each axis has a step to be seen; torch may refuse those, or
        drop an axis of length 1 only, then as they are. Of many cells a few lines tell the same, where torch does not
        insist on the sizes."""
        longer = tuple(tuple(n + 1 for n in s) for s in self.operands)
        fewer = tuple(tuple(min(n, LINES) for n in s) for s in longer)
        axes = [p for p in self._op.parameters if isinstance(p, Axis) and p.default is None]
        if any(self._arguments.get(p.name) is None for p in axes):
            return [self.operands]  # cells are counted through all axes, so that sizes matter
        return [*([fewer] if self.starts[-1] - 1 > FOLLOWED_CELLS else []), longer, self.operands]

    def region(self, cell: Cell, result: int = 0) -> Region:
        number = int(self.numbers[result][cell])
        return Region((self._block(number),)) if number else Region()

    def controls(self, cell: Cell, result: int = 0) -> list[tuple[int, Cell]]:
        if self._op.form in (Form.INDEX, Form.ASSIGNMENT) or not self._chosen:
            return []
        masks = list(self._chosen)  # they are stretched over the result
        stretched = together((self.shapes[result], *(self.operands[k] for k in masks))).sources(cell)
        return [(masks[k - 1], source) for k, source in stretched if k]

    def _block(self, number: int) -> Block:
        k = max(k for k, start in enumerate(self.starts[:-1]) if start <= number and 0 not in self.operands[k])
        return Block(k, point(unravel(number - self.starts[k], self.operands[k])))

    def region_of(self, operand: int, cell: Cell) -> Region:
        number = self.starts[operand] + ravel(cell, self.operands[operand])
        return Region(
            tuple(
                Block(r, point(tuple(found)))
                for r, numbers in enumerate(self.numbers)
                for found in (numbers == number).nonzero().tolist()
            )
        )


class LookedUp(Numbered):
    """A movement in which an operand of indices says of each cell where along an axis it comes from."""

    def __init__(self, op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> None:
        super().__init__(op, operands, arguments)
        self._index = next(k for k in range(len(operands)) if op.chooser(k, len(operands)) == "index")
        self._axis = next((arguments.get(p.name) for p in op.parameters if isinstance(p, Axis)), None)

    @cached_property
    def lookups(self) -> torch.Tensor:
        """For each cell of the result the number of the index that says where it comes from, in reading order.

        Told by indices that are all different, into an operand in which each place along the axis has its number.
        """
        shape, index = self.operands[self._op.subject], self.operands[self._index]
        numbers = torch.arange(prod(index))
        line = numbers
        if self._axis is not None and shape:
            there = range(len(shape))[self._axis]
            line = numbers.reshape([-1 if a == there else 1 for a in range(len(shape))])
            line = line.expand([len(numbers) if a == there else n for a, n in enumerate(shape)])
        asked = {self._op.subject: line, self._index: numbers.reshape(index)}
        with quiet():
            found: torch.Tensor = invoke(self._op, [asked[k] for k in range(len(asked))], self._arguments)
        return found.reshape(self.shapes[0])

    @cached_property
    def axes(self) -> tuple[Continued, ...]:  # type: ignore[override]
        (own,) = super().axes
        index = self.operands[self._index]
        beside = [_followed(self.lookups + 1, axis, (index,)) for axis in range(len(self.shapes[0]))]
        return (tuple(a + tuple((self._index, b) for _, b in found) for a, found in zip(own, beside, strict=True)),)

    def controls(self, cell: Cell, result: int = 0) -> list[tuple[int, Cell]]:
        return [(self._index, unravel(int(self.lookups[cell]), self.operands[self._index]))]


class Placed(Numbered):
    """Cells that are put where indices say, among those of the first operand, whose shape and axes stay."""

    def __init__(self, op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> None:
        super().__init__(op, operands, arguments)
        self._axis = next((arguments.get(p.name) for p in op.parameters if isinstance(p, Axis)), None)

    @cached_property
    def axes(self) -> tuple[Continued, ...]:  # type: ignore[override]
        (numbers,) = self.numbers
        found = [_followed(numbers, axis, self.operands) for axis in range(numbers.ndim)]
        return (tuple(((0, axis), *(pair for pair in own if pair[0])) for axis, own in enumerate(found)),)

    def controls(self, cell: Cell, result: int = 0) -> list[tuple[int, Cell]]:
        """Every index that might name this cell: those of its line along the axis, or all."""
        found: list[tuple[int, Cell]] = []
        for k in self._chosen:
            shape = self.operands[k]
            ranges = [range(n) for n in shape]
            if self._axis is not None and shape:
                there = self._axis % len(shape)
                ranges = [r if a == there else r[i : i + 1] for a, (r, i) in enumerate(zip(ranges, cell, strict=True))]
            found += ((k, source) for source in product(*ranges))
        return found


class Gathered(Placed):
    """The same where what is put is added to what is there: the cell itself, then all that indices put on it."""

    def __init__(self, op: CatalogEntry, operands: Sequence[Any], arguments: Arguments) -> None:
        super().__init__(op, operands, arguments)
        (shape,) = self.shapes
        self._value = len(self.operands) - 1
        named = torch.arange(prod(shape)).reshape(shape)[tuple(self._chosen.values())]
        own = torch.arange(prod(self.operands[self._value])).reshape(self.operands[self._value]).expand(named.shape)
        self._put = torch.stack((named.reshape(-1), own.reshape(-1)))

    def region(self, cell: Cell, result: int = 0) -> Region:
        named, own = self._put
        put = own[named == ravel(cell, self.shapes[0])].tolist()
        blocks = (Block(self._value, point(unravel(k, self.operands[self._value]))) for k in put)
        return Region((Block(0, point(cell)), *blocks), apart=1 + len(put))

    def region_of(self, operand: int, cell: Cell) -> Region:
        if operand == 0:
            return Region((Block(0, point(cell)),))
        if operand != self._value:
            return Region()
        named, own = self._put
        fed = named[own == ravel(cell, self.operands[operand])].unique().tolist()
        return Region(tuple(Block(0, point(unravel(k, self.shapes[0]))) for k in fed))


def _on_cpu(chooser: Any) -> Any:
    """What chooses, beside the numbers; of one without values that it chooses nothing."""
    return torch.zeros(chooser.shape, dtype=chooser.dtype) if chooser.is_meta else chooser.cpu()


def _too_many(cells: int) -> OpError:
    return OpError(
        Message(
            "errors",
            QT_TRANSLATE_NOOP(
                "errors", "{cells} cells are too many to follow one by one (at most {most}); look at a part of them."
            ),
            {"cells": cells, "most": NUMBERED_CELLS},
        )
    )


def _untold(op: CatalogEntry, refusal: Exception) -> OpError:
    template = QT_TRANSLATE_NOOP("errors", "torch does not take numbers of positions for {op}, so it is not followed.")
    return OpError(Message("errors", template, {"op": op.name}), str(refusal))


def contiguous(shape: Shape) -> tuple[int, ...]:
    """Strides of reading order, as torch gives them."""
    return tuple(prod(max(n, 1) for n in shape[a + 1 :]) for a in range(len(shape)))


def _on_meta(op: CatalogEntry, shape: Shape, strides: tuple[int, ...], arguments: Arguments) -> torch.Tensor | None:
    """The view that `op` gives of a tensor without values; None where it gives a copy, or nothing there."""
    x = torch.empty_strided(shape, strides, device="meta")
    try:
        with quiet():
            seen = invoke(op, [x], arguments)
    except Exception:  # noqa: BLE001 - `view` refuses where `reshape` copies; a mask has no values to be looked at
        return None
    same = isinstance(seen, torch.Tensor) and seen.untyped_storage()._cdata == x.untyped_storage()._cdata
    return seen if same else None


def _apart(view: torch.Tensor) -> bool:
    """Whether the cells of a view stand apart, so that each is found again by its steps; a stretched axis aside."""
    reach = 0
    for stride, size in sorted((s, n) for s, n in zip(view.stride(), view.shape, strict=True) if s and n > 1):
        if stride <= reach:
            return False
        reach += stride * (size - 1)
    return True


def _numbers(
    op: CatalogEntry,
    shapes: Sequence[Shape],
    arguments: Arguments,
    chosen: Mapping[int, Any],
    plain: Sequence[int],
    target: Sequence[int] | None = None,
) -> tuple[torch.Tensor, ...]:
    """What torch makes of the numbers of cells; `plain`: the operands that are Python numbers, which stay such."""
    start = 1
    operands: list[Any] = []
    for k, shape in enumerate(shapes):
        numbers = start if k in plain else torch.arange(start, start + prod(shape)).reshape(shape)
        operands.append(chosen.get(k, numbers))
        start += prod(shape)
    if target is not None:
        operands[0] = _laid_out(operands[0], target)
    with quiet():
        outcome = invoke(op, operands, arguments)
    return (outcome,) if isinstance(outcome, torch.Tensor) else tuple(outcome)


def _laid_out(numbers: torch.Tensor, strides: Sequence[int]) -> torch.Tensor:
    """The numbers in memory of these strides: cells that stand at one place have the number of the first of them."""

    if not any(n > 1 and stride == 0 for n, stride in zip(numbers.shape, strides, strict=True)):
        return numbers
    first = [slice(0, 1) if stride == 0 else slice(None) for stride in strides]
    return numbers[tuple(first)].expand(numbers.shape)


def _stepped(shape: Shape, strides: tuple[int, ...], size: int, stride: int) -> tuple[tuple[int, int], ...]:
    """The axis along which an axis of this size and step walks; none for one that is stretched, new, or a diagonal."""
    for axis, step in enumerate(strides):
        inside = size > 1 and stride % step == 0 and stride // step * (size - 1) < shape[axis]
        if stride == step or (inside and step <= stride):
            return ((0, axis),)
    return ()


def _spanned(shape: Shape, size: int, stride: int) -> tuple[tuple[int, int], ...]:
    """The run of neighbouring axes that an axis of this size and step walks whole; none where it mixes or cuts."""
    steps = contiguous(shape)
    for last in range(len(shape)):
        for first in range(last + 1):
            if steps[last] == stride and prod(shape[first : last + 1]) == size and shape[first] != 1 != shape[last]:
                return tuple((0, a) for a in range(first, last + 1) if shape[a] != 1)
    return ()


def _followed(numbers: torch.Tensor, axis: int, shapes: Sequence[Shape]) -> tuple[tuple[int, int], ...]:
    """The operand axes along which the sources walk when the result's `axis` is walked."""
    found, start = [], 1
    steps = max(numbers.shape[axis] - 1, 0)
    here, there = (numbers.narrow(axis, min(first, steps), steps) for first in (0, 1))
    for k, shape in enumerate(shapes):
        end = start + prod(shape)
        if not shape:
            start = end
            continue
        both = (here >= start) & (here < end) & (there >= start) & (there < end)
        if both.any():
            a, b = (torch.stack(torch.unravel_index(x[both] - start, shape)) for x in (here, there))
            moved = (a != b).any(dim=1).nonzero().flatten().tolist()
            if len(moved) == 1:
                found.append((k, moved[0]))
        start = end
    return tuple(found)
