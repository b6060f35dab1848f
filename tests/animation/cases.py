"""Runs of every operation of the catalogue, small enough to look at every moment of their animations."""

import copy
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import torch

from explorer.animation.animation import Animation
from explorer.animation.compose import animate
from explorer.ops import OPERATIONS, Family
from explorer.ops import Call as Called
from explorer.ops.contraction import Einsum
from explorer.ops.movement import Placing
from explorer.ops.parameters import At
from tests.ops.cases import Case as Call
from tests.ops.cases import ranks_of_indices


@dataclass(frozen=True)
class Case:
    """One run."""

    op: str
    operands: tuple[Any, ...]
    arguments: Mapping[str, Any]

    @property
    def given(self) -> tuple[Any, ...]:
        """The operands that are not left out."""
        return tuple(x for x in self.operands if x is not None)

    @property
    def results(self) -> tuple[torch.Tensor, ...]:
        op = OPERATIONS[self.op]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the variance of one value
            out = op.run(copy.deepcopy(self.operands) if op.writes else self.operands, self.arguments)
        return out if isinstance(out, tuple) else (out,)

    def animation(self, **more: Any) -> Animation:
        results = self.results
        names = tuple("ABCDE"[k] if isinstance(x, torch.Tensor) else str(x) for k, x in enumerate(self.operands))
        made = names[:1] if OPERATIONS[self.op].writes else tuple("RSTUVWXYZ"[: len(results)])
        return animate(Called(OPERATIONS[self.op], self.operands, self.arguments), names, results, made, **more)

    def __str__(self) -> str:
        shapes = ",".join("-" if x is None else str(tuple(getattr(x, "shape", "n"))) for x in self.operands)
        return f"{self.op}-{shapes}-{dict(self.arguments)}"


def numbers(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    """Different values, one of them negative."""
    count = 1
    for n in shape:
        count *= n
    return (torch.arange(count).reshape(shape) * 0.5 - 1).to(dtype)


def of_family(name: str) -> Iterator[Case]:
    """Runs of one operation with operands of ranks 0 to 4."""
    op = OPERATIONS[name]
    shapes: tuple[tuple[int, ...], ...] = ((), (3,), (3, 4), (2, 3, 4), (2, 2, 3, 2))
    if op.family is Family.REDUCTION:
        for shape in shapes:
            for dim in (None, *range(-1, len(shape))):
                yield Case(name, (numbers(*shape),), {"dim": dim} if dim is not None else {})
                if dim is not None and shape:
                    yield Case(name, (numbers(*shape),), {"dim": dim, "keepdim": True})
    elif op.family is Family.ALONG and op.arity != 1:
        a, b = numbers(3, 4), numbers(2, 3, 4)
        yield Case(name, (a, numbers(4), numbers(4) + 1), {"normalized_shape": (4,)})
        yield Case(name, (a, None, None), {"normalized_shape": (4,)})
        yield Case(name, (b, None, numbers(3, 4)), {"normalized_shape": (3, 4), "eps": 0.5})
        yield Case(name, (numbers(3), numbers(3), None), {"normalized_shape": (3,)})
    elif op.family is Family.ALONG:
        for shape in shapes:
            for dim in range(max(len(shape), 1)):
                yield Case(name, (numbers(*shape),), {"dim": dim})
    elif op.family is Family.CONTRACTION:
        yield from products(name)
    elif op.family in (Family.ELEMENTWISE, Family.CONVERSION):
        yield from cell_by_cell(name)
    elif op.family is Family.MOVEMENT:
        yield from movements(name)
    else:
        yield from creations(name)


def products(name: str) -> Iterator[Case]:
    """Vectors, matrices and batches of them, as far as the operation takes them; with what is added."""
    op = OPERATIONS[name]
    if isinstance(op, Einsum):
        yield from equations()
        return
    if len(op.operands) == 3:
        yield from affine(name)
        return
    for a, b in (
        ((3, 4), (4, 2)),
        ((4,), (4,)),
        ((3, 4), (4,)),
        ((4,), (4, 2)),
        ((2, 3, 4), (4, 2)),
        ((2, 3, 4), (2, 4, 2)),
        ((3,), (2,)),
    ):
        operands = (numbers(*a), numbers(*b))
        if Call(OPERATIONS[name], operands, {}).runs():
            yield Case(name, operands, {})


def equations() -> Iterator[Case]:
    """Products as matmul has them, others, of three, with diagonals, with labels that only one has."""
    a, square = numbers(3, 4), numbers(3, 3)
    for equation, *operands in (
        ("ij,jk->ik", a, numbers(4, 2)), ("ij,kj->ik", a, numbers(2, 4)), ("i,i->", numbers(4), numbers(4)),
        ("i,j->ij", numbers(3), numbers(4)), ("ij,ij->i", a, a), ("bij,bjk->bik", numbers(2, 3, 2), numbers(2, 2, 3)),
        ("ii->", square), ("ii->i", square), ("ij->ji", a), ("ij->j", a), ("ijk->ki", numbers(2, 3, 4)), ("ij->", a),
        ("ij,jk,ik->i", square, numbers(3, 2), numbers(3, 2)), ("ij,k->i", a, numbers(2)), ("ij,j", a, numbers(4)),
        ("...j,j", numbers(2, 3, 4), numbers(4)), ("ii,i->i", square, numbers(3)), ("ij->ij", a), ("i", numbers(3)),
        ("ij,jk->ik", numbers(3, 1), numbers(4, 2)), ("i,i->", numbers(1), numbers(3)),  # stretched
    ):  # fmt: skip
        yield Case("einsum", tuple(operands), {"equation": equation})


def affine(name: str) -> Iterator[Case]:
    """A product, and what is added to it."""
    op = OPERATIONS[name]
    if op.factors == (1, 2):
        whole = numbers(3, 2)
        for more in ({}, {"beta": 2, "alpha": 0.5}, {"beta": 0}):
            yield Case(name, (whole, numbers(3, 4), numbers(4, 2)), more)
        if not op.writes:
            yield Case(name, (numbers(2), numbers(3, 4), numbers(4, 2)), {"alpha": 0})
        return
    for shape in ((3, 4), (4,), (2, 3, 4)):
        yield Case(name, (numbers(*shape), numbers(2, 4), numbers(2) + 10), {})
    yield Case(name, (numbers(3, 4), numbers(2, 4), None), {})
    yield Case(name, (numbers(3, 4), numbers(4), None), {})


def cell_by_cell(name: str) -> Iterator[Case]:
    """Unary and binary ones; the latter with stretching and with numbers."""
    given = ARGUMENTS.get(name.removesuffix("_"), {})
    if name == "to":
        yield Case(name, (numbers(3, 4),), {"dtype": torch.int32})
        yield Case(name, (numbers(3),), {"dtype": torch.bool})
    elif any(x.optional for x in OPERATIONS[name].operands):
        yield Case(name, (numbers(3, 4), 0, 2), {})
        yield Case(name, (numbers(2, 3, 4), None, 2), {})
        yield Case(name, (numbers(3, 4), numbers(4), None), {})
        yield Case(name, (numbers(3, 4), numbers(3, 1), numbers(4) + 1), {})
    elif OPERATIONS[name].arity == 1:
        for shape in ((), (3,), (2, 3, 4)):
            yield Case(name, (numbers(*shape),), given)
    elif OPERATIONS[name].writes:
        for a, b in (((3, 4), (3, 4)), ((3, 4), (4,)), ((2, 3, 4), (3, 1)), ((3, 1), ()), ((0, 4), (4,))):
            yield Case(name, (numbers(*a), numbers(*b) + 3), {})
        yield Case(name, (numbers(3, 4), 2), {})
    else:
        for a, b in (
            ((3, 4), (3, 4)),
            ((3, 4), (4,)),
            ((3, 1), (1, 4)),
            ((2, 3, 4), (3, 1)),
            ((), (3,)),
            ((4,), (3, 4)),
        ):
            yield Case(name, (numbers(*a), numbers(*b) + 3), {})
        if OPERATIONS[name].numbers:
            yield Case(name, (numbers(3, 4), 2), {})


ARGUMENTS: dict[str, Mapping[str, Any]] = {
    "transpose": {"dim0": 0, "dim1": 1}, "permute": {"dims": (2, 0, 1)}, "reshape": {"shape": (4, -1)},
    "flip": {"dims": (0, 1)}, "roll": {"shifts": 1}, "split": {"split_size": 2}, "chunk": {"chunks": 2},
    "tril": {"diagonal": -1}, "triu": {"diagonal": 1},
    "unsqueeze": {"dim": 1}, "expand": {"size": (3, 3, 4)}, "view": {"size": (4, -1)},
}  # fmt: skip


MORE: dict[str, tuple[Mapping[str, Any], ...]] = {
    "split": ({"dim": 1}, {"split_size": 2, "dim": -1}), "chunk": ({"chunks": 3, "dim": 2},), "unbind": ({"dim": 2},),
    "flatten": ({"start_dim": 1}, {"end_dim": 1}), "flip": ({"dims": -1},), "roll": ({"dims": 1}, {"dims": -1}),
    "diagonal": ({"offset": 1, "dim1": 1, "dim2": 2}, {"offset": 9}),
}  # fmt: skip


def movements(name: str) -> Iterator[Case]:
    """Views, copies and joins."""
    arguments = ARGUMENTS.get(name.removesuffix("_"), {})
    if OPERATIONS[name].divides and OPERATIONS[name].arity is None:
        for indexing in ("ij", "xy"):
            yield Case(name, (numbers(3), numbers(4) + 10), {"indexing": indexing})
        yield Case(name, (numbers(2), numbers(), numbers(3)), {"indexing": "ij"})
        return
    if OPERATIONS[name].joins:
        for dim in (0, 1, -1):
            yield Case(name, (numbers(2, 3), numbers(2, 3) + 10, numbers(2, 3) - 10), {"dim": dim})
        yield Case(name, tuple(numbers(2) + k for k in range(5)), {})
        return
    op = OPERATIONS[name]
    if op.keyed or any(x.chooses for x in op.operands) or (op.writes and op.arity != 1):
        yield from chosen(name)
        return
    shapes = {"permute": ((2, 3, 4),), "expand": ((3, 1, 4), (1, 4)), "T": ((3, 4),), "squeeze": ((3, 1, 4), (1,))}
    for shape in shapes.get(name, ((3, 4), (2, 3, 4))):
        yield Case(name, (numbers(*shape),), arguments)
    for more in MORE.get(name, ()):
        yield Case(name, (numbers(2, 3, 4),), {**arguments, **more})


def chosen(name: str) -> Iterator[Case]:
    """What reads or writes some cells: by an index, by a mask, with a value that is stretched."""
    a = numbers(3, 4)
    op = OPERATIONS[name]
    if isinstance(op, Placing):
        yield from placed(name)
        return
    if any(x.chooses == "index" for x in op.operands):
        yield from looked_up(name)
        return
    if op.subject:
        yield Case(name, (a > 1, a, a + 10), {})
        yield Case(name, (numbers(3, 1) > -0.7, numbers(2, 3, 4), numbers(4) - 9), {})
        yield Case(name, (a > 1, a, 0), {})
        yield Case(name, (a > 1, 7, -1.5), {})
        yield Case(name, (numbers(3) > 0, numbers(3) > 1, torch.tensor(True)), {})
        return
    if name.startswith("masked_fill"):
        yield Case(name, (a, a > 1, 0), {})
        yield Case(name, (numbers(2, 3, 4), numbers(3, 1) > 0, torch.tensor(9.0)), {})
    elif name == "__getitem__":
        for key in (
            (1,),
            (slice(None), slice(None, None, 2)),
            (None, Ellipsis, [0, 3]),
            (0, 0),
            (),
            ([True, False, True],),
        ):
            yield Case(name, (a,), {"key": key})
        yield Case(name, (a, a > 1), {"key": (At(1),)})
        yield Case(name, (numbers(2, 3, 4), torch.tensor([2, 0])), {"key": (slice(None), At(1))})
    elif name == "__setitem__":
        yield Case(name, (a, 9), {"key": (0, 1)})
        yield Case(name, (a, numbers(4) + 5), {"key": (slice(1, None),)})
        yield Case(name, (a, numbers(3, 1) + 5), {"key": (slice(None), [1, 3])})
        yield Case(name, (a, 0, a > 1), {"key": (At(2),)})
        yield Case(name, (a, 0), {"key": ([True, False, True],)})
    else:
        for shape in ((3, 4), (), (0, 2), (2, 3, 4)):
            yield Case(name, (numbers(*shape), numbers() if name == "copy_" else 7), {})
        yield Case(name, (a, numbers(4) if name == "copy_" else torch.tensor(7.0)), {})


def placed(name: str) -> Iterator[Case]:
    """Cells that are put where indices say, some twice on one; a number; some added to what is there."""
    if not any(x.many for x in OPERATIONS[name].operands):
        for dim, index in ((0, [[0, 1, 2, 0]]), (1, [[3, 1], [0, 0], [2, 1]]), (-1, [[], []])):
            where = torch.tensor(index, dtype=torch.int64)
            yield Case(name, (numbers(3, 4), where, numbers(3, 4) + 20), {"dim": dim})
            yield Case(name, (numbers(3, 4), where, 9), {"dim": dim})
        return
    rows, columns = torch.tensor([2, 0, 2]), torch.tensor([1, 1, 3])
    for more in ({}, {"accumulate": True}):
        yield Case(name, (numbers(3, 4), rows, numbers(3, 4) + 20), more)
        yield Case(name, (numbers(3, 4), rows, columns, numbers(3) + 20), more)
        yield Case(name, (numbers(2, 3, 4), rows % 2, torch.tensor([[1], [2]]), torch.tensor(7.0)), more)
    yield Case(name, (numbers(3, 4), numbers(3, 4) > 1, torch.tensor(7.0)), {})


def looked_up(name: str) -> Iterator[Case]:
    """Indices of as many axes as the operation takes, in the order of its signature, some of them twice."""
    op = OPERATIONS[name]
    for shape in ((3,), (3, 4), (2, 3, 4)):
        for dim in range(len(shape)):
            ranks = [rank for rank in ranks_of_indices(op, len(shape)) if rank]
            sizes = tuple(2 if a == dim else n for a, n in enumerate(shape)) if len(shape) in ranks else (4,)
            index = torch.arange(7, 7 + prod(sizes)).reshape(sizes) * 3 % 5 % shape[dim]
            yield Case(name, (numbers(*shape), index), {"dim": dim})
    yield Case(name, (numbers(3, 4), torch.zeros((0, 4)[: ranks_of_indices(op, 2)[0]], dtype=torch.int64)), {"dim": 0})
    if not op.parameter("dim").required:
        yield Case(name, (numbers(3, 4), torch.tensor([5, 0, 11])), {})


def creations(name: str) -> Iterator[Case]:
    """One fill of each kind."""
    given: dict[str, Mapping[str, Any]] = {
        "tensor": {"data": [[1, 2], [3, 4]]},
        "full": {"size": (2, 3), "fill_value": 7},
        "arange": {"end": 5},
        "linspace": {"start": 0, "end": 1, "steps": 5},
        "eye": {"n": 3},
        "rand": {"size": (2, 3), "seed": 1},
        "randn": {"size": (2, 2, 3), "seed": 1},
        "randint": {"high": 9, "size": (2, 3), "seed": 1},
    }
    yield Case(name, (), given.get(name, {"size": (2, 3)}))


def every() -> list[Case]:
    """All of them."""
    return [case for name in OPERATIONS if name != "empty" for case in of_family(name)]
