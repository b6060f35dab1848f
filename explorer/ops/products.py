"""The stages of a product along labels: the block of all products, the sums along labels that go, what is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from explorer.late import torch
from explorer.ops import elementwise, words
from explorer.ops.entry import Act, Family, shapes_of
from explorer.ops.provenance import Combined, Labelled, Provenance, joint_sizes
from explorer.ops.reduction import slabs, squashed
from explorer.ops.words import Words

Labels = tuple[int, ...]


def added(
    product: Labelled | None,
    factors: tuple[int, int],
    operands: Sequence[Any],
    addend: int | None,
    shape: tuple[int, ...],
) -> Combined:
    """The relation of a product of two operands to which another is added; either may be missing."""
    parts: list[tuple[Provenance, Sequence[int]]] = [(product, factors)] if product is not None else []
    if addend is not None:
        parts.append((elementwise.stretched(tuple(operands[addend].shape), shape), (addend,)))
    return Combined(shapes_of(operands), shape, parts)


def dropped(stages: tuple[Act, ...], inputs: tuple[int, ...]) -> tuple[Act, ...]:
    """The stages of a product, of other `inputs`, and the axis that was squashed dropped."""
    first, squash = stages
    (shape,), axis = squash.provenance.shapes, squash.axis
    assert axis is not None
    labels = tuple(range(len(shape)))
    left = tuple(a for a in labels if a != axis)
    relation = Labelled((shape,), (labels,), (tuple(shape[a] for a in left),), left)
    gone = Act(words.DROPPED, Family.MOVEMENT, relation, lambda i: i[0].squeeze(axis), (1,))
    return replace(first, inputs=inputs), squash, gone


def spelt_out(part: str, rank: int) -> Labels:
    """The labels of one operand of an equation, those of `...` as negative numbers."""
    before, dots, behind = part.partition("...")
    between = range(len(before) + len(behind) - rank, 0) if dots else ()
    return (*map(ord, before), *between, *map(ord, behind))


def multiplied(
    shapes: Sequence[tuple[int, ...]], labels: Sequence[Labels], block: Labels, dtype: torch.dtype
) -> list[Act]:
    """The product of operands with these labels as a block of all labels; of more than two one after another."""
    stages: list[Act] = []
    shape, own, source = shapes[0], labels[0], -1
    for k in range(1, len(shapes)):
        known = {*own, *labels[k]}
        target = tuple(x for x in block if x in known)
        joint = joint_sizes((shape, shapes[k]), (own, labels[k]))
        whole = tuple(joint[x] for x in target)
        relation = Labelled((shape, shapes[k]), (own, labels[k]), (whole,), target)
        stages.append(
            Act(words.TIMES, Family.ELEMENTWISE, relation, _product((own, labels[k]), target, dtype), (source, -1 - k))
        )
        shape, own, source = whole, target, len(stages) - 1
    return stages


def _product(labels: tuple[Labels, Labels], block: Labels, dtype: torch.dtype) -> Any:
    def multiply(inputs: Sequence[torch.Tensor]) -> torch.Tensor:
        a, b = (spread(x, own, block) for x, own in zip(inputs, labels, strict=True))
        return a.to(dtype) * b.to(dtype)

    return multiply


def added_up(shape: tuple[int, ...], labels: Labels, gone: Labels, source: int, dtype: torch.dtype) -> tuple[Act, ...]:
    """A sum of the value of stage number `source` along each label that goes, one after another, kept with length 1."""
    stages: list[Act] = []
    for label in gone:
        axis = labels.index(label)
        relation = squashed(shape, (axis,), True, 1)
        stages.append(Act(Words("sum"), Family.REDUCTION, relation, _sum(axis, dtype), (source,), words.ADD, axis))
        source, shape = source + 1, relation.shapes[0]
    return tuple(stages)


def _sum(axis: int, dtype: torch.dtype) -> Any:
    def add(inputs: Sequence[torch.Tensor]) -> torch.Tensor:
        (products,) = inputs
        eighth = products.is_floating_point() and products.element_size() == 1  # float8 multiplies but does not add
        return slabs(words.ADD, axis, [products.float() if eighth else products]).to(dtype)

    return add


def plus(inputs: Sequence[torch.Tensor]) -> torch.Tensor:
    """Two added; in a wider dtype where torch multiplies such numbers, but does not add them."""
    a, b = inputs
    try:
        return a + b
    except NotImplementedError:
        wide = (a.float(), b.float()) if a.is_floating_point() else (a.long(), b.long())
        return (wide[0] + wide[1]).to(a.dtype)


def once(x: torch.Tensor, own: Labels) -> tuple[torch.Tensor, Labels]:
    """The diagonal of axes with one label; each label is left once, in the order of the first."""
    labels = list(own)
    while len(set(labels)) < len(labels):
        first = next(a for a, label in enumerate(labels) if labels.count(label) > 1)
        second = labels.index(labels[first], first + 1)
        x = x.diagonal(dim1=first, dim2=second).movedim(-1, first)
        del labels[second]
    return x, tuple(labels)


def spread(x: torch.Tensor, own: Labels, block: Labels) -> torch.Tensor:
    """`x` with a length of 1 on each axis of the block that it lacks, its own axes in the block's order."""
    x, own = once(x, own)
    order = sorted(range(len(own)), key=lambda a: block.index(own[a]))
    x = x.permute(order)
    for place, label in enumerate(block):
        if label not in own:
            x = x.unsqueeze(place)
    return x
