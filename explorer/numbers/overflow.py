"""Where an operation left the range of its dtype: whole numbers that wrapped, finite ones that became inf or 0.

torch's result is compared with the same done in Python's whole numbers, which have no end, or by torch in float64. It
looks at every cell one by one, so it is for the few that are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from explorer.errors import OpError
from explorer.late import torch
from explorer.ops import Op
from explorer.ops.calls import quiet
from explorer.ops.loss import Loss


def marks(op: Op, operands: Sequence[Any], arguments: Mapping[str, Any], result: torch.Tensor) -> torch.Tensor | None:
    """A Loss for each cell of `result`, which came of `operands` (tensors, numbers); as uint8. Of operations cell by
    cell those that broadcast will do, of others it takes all that went in.

    None where nothing can be told exactly, or nothing happens: results that are bool or complex among them.
    """
    if result.is_complex() or result.dtype == torch.bool or any(_complex(x) for x in operands):
        return None
    if result.is_floating_point():
        return _of_floats(op, operands, arguments, result)
    if op.exact is None or any(_fractional(x) for x in (*operands, *arguments.values())):
        return None
    given = {key: value for key, value in arguments.items() if value is not None and key != "dtype"}
    exact = partial(op.exact, **given)
    endless = (np.frompyfunc(exact, len(operands), 1) if op.cellwise else exact)(*(_objects(x) for x in operands))
    found = np.frompyfunc(_loss, 2, 1)(endless, _objects(result))
    lost = np.broadcast_to(np.asarray(found, dtype=np.uint8), tuple(result.shape))
    return torch.from_numpy(lost.copy())


def _loss(exact: Any, result: int) -> int:
    """What became of a number that has no end."""
    if exact == result:
        return int(Loss.KEPT)
    return int(Loss.TRUNCATED if isinstance(exact, Fraction) else Loss.WRAPPED)


def _of_floats(
    op: Op, operands: Sequence[Any], arguments: Mapping[str, Any], result: torch.Tensor
) -> torch.Tensor | None:
    wide = [x.to(torch.float64) if isinstance(x, torch.Tensor) else x for x in operands]
    found = result.to(torch.float64)
    infinite = found.isinf()
    alone = op.cellwise
    if alone:
        for x in wide:
            infinite = infinite & torch.as_tensor(x, dtype=torch.float64).isfinite()
        infinite = infinite & _without_poles(op, wide)
    if result.dtype == torch.float64:  # no wider dtype to ask
        return infinite.to(torch.uint8) * int(Loss.INFINITE) if alone else None
    try:
        with quiet():
            exact = op.run(wide, {key: value for key, value in arguments.items() if key != "dtype"})
    except OpError:
        return None
    assert isinstance(exact, torch.Tensor)
    exact = exact.to(torch.float64)
    under = (found == 0) & (exact != 0) & (exact.abs() < torch.finfo(result.dtype).smallest_normal)
    over = infinite if alone else infinite & exact.isfinite()
    return over.to(torch.uint8) * int(Loss.INFINITE) + under.to(torch.uint8) * int(Loss.UNDERFLOWED)


def _without_poles(op: Op, operands: Sequence[Any]) -> torch.Tensor:
    """Where inf from finite numbers is too large a number, and no division by 0; nowhere where that is not known."""
    if not op.poles:
        return torch.tensor(op.poles is not None)
    return torch.stack([torch.as_tensor(operands[k], dtype=torch.float64) != 0 for k in op.poles]).all(dim=0)


def _objects(x: Any) -> Any:
    """Cells as Python numbers; a number itself."""
    if not isinstance(x, torch.Tensor):
        return x
    cells = np.empty(x.numel(), dtype=object)
    cells[:] = [int(value) for value in x.reshape(-1).tolist()]
    return cells.reshape(tuple(x.shape))


def _complex(x: Any) -> bool:
    return x.is_complex() if isinstance(x, torch.Tensor) else isinstance(x, complex)


def _fractional(x: Any) -> bool:
    return x.is_floating_point() if isinstance(x, torch.Tensor) else isinstance(x, float)
