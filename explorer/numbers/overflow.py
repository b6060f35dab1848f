"""Where an operation left the range of its dtype: whole numbers that wrapped, finite ones that became inf or 0.

torch's result is compared with the same done in Python's whole numbers, which have no end, or by torch in float64. It
looks at every cell one by one, so it is for the few that are drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from explorer.errors import OpError
from explorer.ops import Family, Op
from explorer.ops.calls import quiet
from explorer.ops.loss import Loss


def _power(base: int, exponent: int) -> int:
    """As torch has it in whole numbers: what is below 1 is 0. No dtype holds 2 to the power of 64."""
    if exponent < 0:
        return base ** (exponent % 2) if abs(base) == 1 else 0
    return int(base ** (exponent if exponent < 64 else 64 + exponent % 2))


_ENDLESS: Mapping[str, Callable[..., Any]] = {
    "add": lambda a, b, alpha=1: a + alpha * b,
    "sub": lambda a, b, alpha=1: a - alpha * b,
    "mul": lambda a, b: a * b,
    "floor_divide": lambda a, b: a // b,
    "remainder": lambda a, b: a % b,
    "pow": np.frompyfunc(_power, 2, 1),
    "neg": lambda a: -a,
    "abs": abs,
    "sum": lambda a, dim=None, keepdim=False: np.sum(a, axis=_axes(a, dim), keepdims=keepdim),
    "prod": lambda a, dim=None, keepdim=False: np.prod(a, axis=_axes(a, dim), keepdims=keepdim),
    "cumsum": lambda a, dim: np.cumsum(a, axis=dim) if a.ndim else a,
    "cumprod": lambda a, dim: np.cumprod(a, axis=dim) if a.ndim else a,
    "matmul": np.matmul,
    "mm": np.matmul,
    "dot": np.matmul,
}
_WITHOUT_POLES = frozenset({"add", "sub", "mul", "exp"})
"""inf from finite numbers is always too large a number there, and never a division by 0."""


def marks(op: Op, operands: Sequence[Any], arguments: Mapping[str, Any], result: torch.Tensor) -> torch.Tensor | None:
    """A Loss for each cell of `result`, which came of `operands` (tensors, numbers); as uint8. Of operations cell by
    cell those that broadcast will do, of others it takes all that went in.

    None where nothing can be told exactly, or nothing happens: results that are bool or complex among them.
    """
    name = op.name.removesuffix("_")
    if result.is_complex() or result.dtype == torch.bool or any(_complex(x) for x in operands):
        return None
    if result.is_floating_point():
        return _of_floats(name, op, operands, arguments, result)
    if name not in _ENDLESS or any(_fractional(x) for x in (*operands, *arguments.values())):
        return None
    given = {key: value for key, value in arguments.items() if value is not None and key != "dtype"}
    endless = _ENDLESS[name](*(_objects(x) for x in operands), **given)
    wrapped = np.broadcast_to(np.asarray(endless != _objects(result), dtype=bool), tuple(result.shape))
    return torch.from_numpy(wrapped.astype(np.uint8)) * int(Loss.WRAPPED)


def _of_floats(
    name: str, op: Op, operands: Sequence[Any], arguments: Mapping[str, Any], result: torch.Tensor
) -> torch.Tensor | None:
    wide = [x.to(torch.float64) if isinstance(x, torch.Tensor) else x for x in operands]
    found = result.to(torch.float64)
    infinite = found.isinf()
    alone = op.family is Family.ELEMENTWISE
    if alone:
        for x in wide:
            infinite = infinite & torch.as_tensor(x, dtype=torch.float64).isfinite()
        infinite = infinite if name in _WITHOUT_POLES else infinite & _divided(name, wide)
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


def _divided(name: str, operands: Sequence[Any]) -> torch.Tensor:
    """Where a quotient's divisor, or what is raised to a power, is not 0."""
    divisor = operands[0] if name == "pow" else operands[1] if name in ("div", "floor_divide") else 0.0
    return torch.as_tensor(divisor, dtype=torch.float64) != 0


def _axes(a: Any, dim: Any) -> Any:
    """`dim` as NumPy has it: no axis named, or none there, means all."""
    return dim if a.ndim and dim != () else None


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
