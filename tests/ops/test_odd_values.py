"""Whatever dtype, shape and number meet in an operation: a result or a refusal in a sentence; never a fault.

SOAK_CASES=1000000 tries so many random ones instead of the same few each time.
"""

import contextlib
import os
import random
import warnings
from typing import Any

import pytest
import torch

from explorer import unforeseen
from explorer.engine import dtypes
from explorer.errors import ExplorerError, OpError
from explorer.ops import OPERATIONS, Op
from explorer.ops.parameters import (
    Axes,
    Axis,
    Choice,
    Device,
    DType,
    Flag,
    Key,
    Number,
    Order,
    Parameter,
    Permutation,
    Seed,
    Size,
)
from tests.ops.cases import torch_may_warn

SOAK = int(os.environ.get("SOAK_CASES", "0"))
EACH = SOAK // len(OPERATIONS) if SOAK else 40
NUMBERS = (
    1 + 2j,
    complex("nan"),
    float("nan"),
    float("inf"),
    -float("inf"),
    2**70,
    -(2**70),
    2**63,
    2**64 - 1,
    10**400,
)
NUMBERS += (-1, 0, True, 0.5, -0.0, 1e300)
SHAPES = ((), (0,), (1,), (2,), (2, 2), (2, 3), (3, 2), (0, 3), (2, 0, 2), (1, 2, 1))
ARGUMENTS: dict[type[Parameter], tuple[Any, ...]] = {
    Axis: (None, 0, -1, 1, 5, -7),
    Axes: (None, 0, (0,), (0, 1), (-1, -1), ()),
    Flag: (None, True, False),
    DType: (None, None, None, *dtypes()),
    Device: (None, None, "meta", "cpu"),
    Size: (None, (2,), (2, 3), (-1,), (0,), (1, -1, -1), ()),
    Permutation: ((0,), (1, 0), (0, 1, 2), (0, 0)),
    Number: (None, *NUMBERS),
    Order: (None, 2, 1, 0, float("inf"), -1, 3.5),
    Seed: (0, 5, 2**63),
    Key: ((0,), (slice(None),), (None,), ([0, 1],), (5,), ([True, False],), ()),
}


def tensor(draw: random.Random) -> torch.Tensor:
    shape, dtype, device = draw.choice(SHAPES), draw.choice(dtypes()), draw.choice(("cpu", "cpu", "cpu", "meta"))
    made = torch.empty(shape, dtype=dtype, device=device)
    if device == "cpu" and dtype.itemsize and made.numel():
        raw = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64, 16: torch.complex128}[dtype.itemsize]
        made.view(raw).zero_()  # not every dtype can be filled, and memory as it is found is another each time
    if device == "cpu":
        with contextlib.suppress(RuntimeError, NotImplementedError):
            made = torch.randint(0, 4, shape, generator=torch.Generator().manual_seed(draw.randrange(99))).to(dtype)
    chance = draw.random()
    if chance < 0.1 and made.ndim:
        return made.transpose(0, -1)
    return made.expand(2, *made.shape) if chance < 0.2 else made


def argument(parameter: Parameter, draw: random.Random) -> Any:
    if isinstance(parameter, Choice):
        return draw.choice((None, *parameter.options))
    return draw.choice(next((few for kind, few in ARGUMENTS.items() if isinstance(parameter, kind)), (None,)))


def operands(op: Op, draw: random.Random) -> list[Any]:
    count = op.arity if op.arity is not None else len(op.operands) - 1 + draw.randint(1, 3)
    found = [
        None
        if own is not None and own.optional and draw.random() < 0.3
        else draw.choice(NUMBERS)
        if op.takes_number(k, count) and draw.random() < 0.4
        else tensor(draw)
        for k, own in enumerate(op.placed(count))
    ]
    return found if not found or any(torch.is_tensor(x) for x in found) else [tensor(draw), *found[1:]]


@pytest.mark.parametrize("op", OPERATIONS.values(), ids=list(OPERATIONS))
def test_nothing_but_a_refusal_is_raised(op: Op) -> None:
    draw = random.Random(None if SOAK else op.name)
    with torch_may_warn():
        for _ in range(EACH):
            given = operands(op, draw)
            arguments = {p.name: argument(p, draw) for p in op.parameters}
            arguments = {name: value for name, value in arguments.items() if value is not None}
            for act in (op.forecast, op.run):
                try:
                    act(given, arguments)
                except ExplorerError:
                    pass
                except Exception as fault:
                    raise AssertionError(f"{op.name} {given} {arguments}") from fault


def test_a_complex_power_of_what_has_none_is_refused() -> None:
    few = torch.ones(2, dtype=torch.complex32)
    with pytest.raises(OpError, match="not implemented for 'ComplexHalf'"):
        OPERATIONS["pow"].run((few, 1 + 2j), {})


def test_an_explanation_that_fails_leaves_the_plain_refusal(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(*_: Any) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("explorer.ops.reasons.RULES", (faulty,))
    monkeypatch.setattr(unforeseen, "raised", False)
    with pytest.raises(OpError, match="its reason stands below") as refusal, warnings.catch_warnings():
        OPERATIONS["matmul"].run((torch.ones(2), torch.ones(3)), {})
    assert "size" in refusal.value.detail
    assert "a fault of ours" in caplog.text
    monkeypatch.setattr(unforeseen, "raised", True)
    with pytest.raises(ZeroDivisionError):
        OPERATIONS["matmul"].run((torch.ones(2), torch.ones(3)), {})


@pytest.mark.parametrize(("name", "number"), [("lt", 2**63), ("mul", 2**64 - 1), ("fill_", 2**63)])
def test_a_number_beyond_every_whole_dtype_is_drawn(name: str, number: int) -> None:
    from explorer.animation.compose import animate

    op, given = OPERATIONS[name], (torch.ones(2, 3, dtype=torch.float64), number)
    told = animate(op.call(given), ("A", "n"), op.run(given, {}), ("B",))
    assert told.tensors
