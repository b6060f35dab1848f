"""Marks in frames: which drawn cells a dtype could not hold, before and after, at every moment."""

from typing import Any

import numpy as np
import pytest
import torch

from explorer.animation import animate
from explorer.animation.animation import Animation
from explorer.numbers import losses
from explorer.ops import OPERATIONS
from explorer.ops.loss import Loss
from explorer.ops.parameters import At


def run(name: str, *operands: Any, **arguments: Any) -> Animation:
    op = OPERATIONS[name]
    names = [f"{x}" if not isinstance(x, torch.Tensor) else "ABC"[k] for k, x in enumerate(operands)]
    written = [operands[0].clone(), *operands[1:]] if op.writes else operands
    return animate(op.call(operands, arguments), names, op.run(written, arguments), ("Z",))


def marked(animation: Animation, t: float) -> dict[int, dict[int, Loss]]:
    """The marks of the cells that stand at t, by tensor and flat index."""
    found: dict[int, dict[int, Loss]] = {}
    for group in animation.frame(t).cells:
        if group.tensor >= 0 and group.marks is not None and group.cell is not None:
            own = found.setdefault(group.tensor, {})
            own.update({f: Loss(k) for f, k in zip(group.cell.tolist(), group.marks.tolist(), strict=True) if k})
    return found


def test_a_conversion_is_marked_before_and_after() -> None:
    animation = run("to", torch.tensor([[300.0, -1.0], [1.5, 7.0]]), dtype=torch.uint8)
    told = {0: Loss.UNDEFINED, 1: Loss.UNDEFINED, 2: Loss.TRUNCATED}
    assert marked(animation, 0.0) == {0: told}
    assert marked(animation, 1.0) == {0: told, 1: told}


def test_arithmetic_is_marked_where_it_wrapped() -> None:
    byte = torch.tensor([[200, 1], [255, 100]], dtype=torch.uint8)
    animation = run("add", byte, 100)
    assert marked(animation, 0.0) == {}
    assert marked(animation, 1.0) == {2: {0: Loss.WRAPPED, 2: Loss.WRAPPED}}
    stretched = run("add", byte, torch.tensor([[100], [0]], dtype=torch.uint8))
    assert marked(stretched, 1.0) == {2: {0: Loss.WRAPPED}}


def test_in_place_it_is_marked_alike() -> None:
    byte = torch.tensor([[200, 1], [255, 100]], dtype=torch.uint8)
    assert marked(run("add_", byte, 100), 1.0)[2] == {0: Loss.WRAPPED, 2: Loss.WRAPPED}
    assert marked(run("copy_", byte, torch.tensor([300, 7])), 1.0)[2] == {0: Loss.WRAPPED, 2: Loss.WRAPPED}
    assert marked(run("copy_", byte, torch.tensor([[1.5], [2.0]])), 1.0)[2] == {0: Loss.TRUNCATED, 1: Loss.TRUNCATED}
    op, same = OPERATIONS["add_"], byte.clone()
    gone = animate(op.call([same, 100]), ["A", "100"], op.run([same, 100], {}), ("A",))
    assert gone.marks == {}  # what was there before is not known any more


def test_what_is_filled_in_is_marked_where_the_dtype_could_not_hold_it() -> None:
    whole = torch.tensor([[1, 2, 3], [4, 5, 6]], dtype=torch.uint8)
    assert marked(run("__setitem__", whole, 2.7, key=(0, slice(1, None))), 1.0)[2] == {
        1: Loss.TRUNCATED,
        2: Loss.TRUNCATED,
    }
    mask = torch.tensor([[True, False, False], [False, False, True]])
    written = run("__setitem__", whole, 2.5, mask, key=(At(2),))
    assert marked(written, 1.0)[len(written.tensors) - 1] == dict.fromkeys((0, 5), Loss.TRUNCATED)
    assert marked(run("__setitem__", whole, torch.tensor([[300, 1, 2]]), key=(1,)), 1.0)[2] == {3: Loss.WRAPPED}
    assert marked(run("fill_", whole, 1.5), 1.0)[2] == dict.fromkeys(range(6), Loss.TRUNCATED)
    row = torch.tensor([True, False, True])
    assert marked(run("masked_fill_", whole, row, 0.5), 1.0)[3] == dict.fromkeys((0, 2, 3, 5), Loss.TRUNCATED)
    floats = torch.zeros(2, 3)
    assert marked(run("__setitem__", floats, 0.1, key=(0,)), 1.0) == {}  # so is every number that is typed
    wide = torch.tensor([1e39, 1.0, 0.1], dtype=torch.float64)
    assert marked(run("__setitem__", floats, wide, key=(0,)), 1.0)[2] == {0: Loss.INFINITE, 2: Loss.ROUNDED}
    assert marked(run("masked_fill", floats, row, 1.5), 1.0) == {}


def test_where_many_cells_meet_the_result_is_marked() -> None:
    many = torch.tensor([[2**62, 1], [2**62, 2]])
    assert marked(run("sum", many, dim=0), 1.0) == {1: {0: Loss.WRAPPED}}
    assert marked(run("cumsum", many, dim=0), 1.0) == {1: {2: Loss.WRAPPED}}
    half = torch.full((2, 2), 300.0, dtype=torch.float16)
    assert marked(run("matmul", half, half), 1.0)[2] == dict.fromkeys(range(4), Loss.INFINITE)
    assert marked(run("softmax", torch.tensor([0.0, -2.0], dtype=torch.float16), dim=0), 1.0) == {}
    assert marked(run("softmax", torch.tensor([0.0, -200.0]), dim=0), 1.0)[1] == {1: Loss.UNDERFLOWED}


def test_cells_that_are_drawn_of_many_have_their_own_marks() -> None:
    big = torch.arange(-5000, 5000).reshape(50, 200)
    animation = run("to", big, dtype=torch.int8)
    told = losses.marks(big, torch.int8).reshape(-1)
    flats, kinds = animation.marks[1]
    assert 0 < len(flats) < big.numel()
    assert np.array_equal(kinds, told[torch.from_numpy(flats)].numpy())


@pytest.mark.parametrize(
    "animation",
    [
        lambda: run("to", torch.tensor([1.0, 2.0]), dtype=torch.int8),
        lambda: run("to", torch.tensor([1.5, 2.0], device="meta"), dtype=torch.int8),
        lambda: run("to", torch.tensor([1.5, 2.0]), device="meta"),
        lambda: run("clone", torch.tensor([1.5, 2.0])),
        lambda: run("add", torch.tensor([1.5, 2.0]), torch.tensor([1.5])),
        lambda: run("to", torch.zeros(0, 3), dtype=torch.int8),
    ],
)
def test_where_nothing_is_lost_nothing_is_marked(animation: Any) -> None:
    made = animation()
    assert made.marks == {}
    assert all(group.marks is None for t in (0.0, 0.5, 1.0) for group in made.frame(t).cells)
