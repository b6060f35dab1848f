"""Operations on nothing: what is foretold of axes of no length is what torch gives, and it can be followed.

SOAK_CASES=1000000 tries so many random ones instead of the same few each time.
"""

import os
import random
from typing import Any

import pytest
import torch

from explorer.animation.compose import animate
from explorer.errors import OpError
from explorer.ops import CATALOG, Call, Family, Forecast, Op
from explorer.ops.parameters import Axes, Axis, DType, Flag
from tests.ops.cases import COMPLEX, FLOATS, RARE, WHOLE, torch_may_warn

SOAK = int(os.environ.get("SOAK_CASES", "0"))
DTYPES = (torch.bool, *WHOLE, *FLOATS, *COMPLEX, *RARE)
SHAPES = ((0,), (0, 0), (2, 0), (0, 2), (2, 0, 2), (0, 2, 2), (2, 2, 0), (1, 0, 1))
OTHERS = (*SHAPES, (), (1,), (2,), (2, 2), (1, 1), (1, 2, 1), (2, 1, 2))
OPS = [op for op in CATALOG.values() if op.family in (Family.CONTRACTION, Family.REDUCTION, Family.ALONG)]
EACH = SOAK // len(OPS) if SOAK else 60


def outcome(call: Any) -> Any:
    try:
        made = call()
    except OpError:
        return None
    return made if isinstance(made, tuple) else (made,)


def argument(parameter: Any, draw: random.Random) -> Any:
    if isinstance(parameter, Axis | Axes):
        return draw.choice((None, 0, -1, 1))
    if isinstance(parameter, DType):
        return draw.choice((None, None, torch.float32, torch.int64))
    return draw.choice((None, True)) if isinstance(parameter, Flag) else None


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
def test_what_is_foretold_of_no_cells_is_what_comes(op: Op) -> None:
    draw = random.Random(None if SOAK else op.name)
    for _ in range(EACH * (10 if op.family is Family.CONTRACTION and not SOAK else 1)):
        shapes = [draw.choice(SHAPES), *(draw.choice(OTHERS) for _ in range((op.arity or 1) - 1))]
        draw.shuffle(shapes)
        with torch_may_warn():
            operands = [torch.zeros(shape, dtype=torch.uint8).to(draw.choice(DTYPES)) for shape in shapes]
        arguments = {p.name: argument(p, draw) for p in op.parameters}
        arguments = {name: value for name, value in arguments.items() if value is not None}
        check(op, operands, arguments)


def check(op: Op, operands: list[torch.Tensor], arguments: dict[str, Any]) -> None:
    case = f"{op.name} {[(x.dtype, tuple(x.shape)) for x in operands]} {arguments}"
    with torch_may_warn():
        foretold: tuple[Forecast, ...] | None = outcome(lambda: op.forecast(operands, arguments))
        results = outcome(lambda: op.run(operands, arguments))
        if results is None or foretold is None:
            assert foretold is None or not all(f.certain for f in foretold), case
            assert results is None, case
            return
        if all(f.certain for f in foretold):
            assert [(f.shape, f.dtype) for f in foretold] == [(tuple(x.shape), x.dtype) for x in results], case
        names = [f"r{k}" for k in range(len(results))]
        try:
            animate(Call(op, tuple(operands), arguments), ["A", "B"][: len(operands)], results, names)
        except OpError:
            pass  # which is said, and shown at rest
        except Exception as fault:
            raise AssertionError(case) from fault


def test_a_product_of_no_cells_in_two_dtypes() -> None:
    """torch takes it, and gives the dtype of the second on a CPU and of the first on meta."""
    check(
        CATALOG["matmul"], [torch.zeros(2, 0, 2, dtype=torch.complex64), torch.zeros(1, 2, 1, dtype=torch.float16)], {}
    )
