"""The relation is told at once whatever the size: nothing here has values, let alone room for them."""

from typing import Any

import pytest
import torch

from explorer.errors import OpError
from explorer.ops import CATALOG, positions
from explorer.ops.positions import NUMBERED_CELLS, Numbered
from explorer.ops.provenance import Block

N = 10**5
SQUARE = (N, N)
CELL = (70_000, 12)


def meta(*shape: int) -> torch.Tensor:
    return torch.empty(shape, device="meta", dtype=torch.float64)


@pytest.mark.parametrize(
    ("name", "arguments", "out", "source"),
    [
        ("T", {}, CELL, (12, 70_000)),
        ("mT", {}, CELL, (12, 70_000)),
        ("transpose", {"dim0": 0, "dim1": -1}, CELL, (12, 70_000)),
        ("permute", {"dims": (1, 0)}, CELL, (12, 70_000)),
        ("reshape", {"shape": (N // 2, 2 * N)}, (35_000, 12), CELL),
        ("reshape", {"shape": (-1,)}, (70_000 * N + 12,), CELL),
        ("flatten", {}, (70_000 * N + 12,), CELL),
        ("unsqueeze", {"dim": 1}, (70_000, 0, 12), CELL),
        ("squeeze", {}, CELL, CELL),
        ("exp", {}, CELL, CELL),
        ("clone", {}, CELL, CELL),
        ("to", {"dtype": torch.float32}, CELL, CELL),
    ],
)
def test_one_cell_to_one_cell(name: str, arguments: dict[str, Any], out: tuple[int, ...], source: Any) -> None:
    relation = CATALOG[name].trace((meta(*SQUARE),), arguments)
    assert relation.sources(out) == [(0, source)]
    assert relation.targets(0, source) == [(0, out)]
    assert relation.region(out).count == relation.region_of(0, source).count == 1


def test_a_whole_axis() -> None:
    relation = CATALOG["sum"].trace((meta(*SQUARE),), {"dim": 0})
    assert relation.region((12,)).blocks == (Block(0, (range(N), range(12, 13))),)
    assert relation.region((12,)).count == N
    assert relation.targets(0, CELL) == [(0, (12,))]
    whole = CATALOG["linalg.vector_norm"].trace((meta(*SQUARE),), {})
    assert whole.region(()).count == N * N
    both = CATALOG["max"].trace((meta(*SQUARE),), {"dim": 1, "keepdim": True})
    assert both.region((5, 0), 1).blocks == (Block(0, (range(5, 6), range(N))),)
    assert both.targets(0, CELL) == [(0, (70_000, 0)), (1, (70_000, 0))]


def test_stretched_operands() -> None:
    relation = CATALOG["mul"].trace((meta(N, 1), meta(N)), {})
    assert relation.sources(CELL) == [(0, (70_000, 0)), (1, (12,))]
    assert relation.region_of(0, (3, 0)).count == N
    wide = CATALOG["expand"].trace((meta(N, 1),), {"size": SQUARE})
    assert wide.sources(CELL) == [(0, (70_000, 0))]
    assert wide.region_of(0, (3, 0)).blocks == (Block(0, (range(3, 4), range(N))),)


def test_products() -> None:
    relation = CATALOG["matmul"].trace((meta(*SQUARE), meta(*SQUARE)), {})
    region = relation.region(CELL)
    assert region.count == 2 * N
    first = iter(region)
    assert [next(first) for _ in range(4)] == [(0, (70_000, 0)), (1, (0, 12)), (0, (70_000, 1)), (1, (1, 12))]
    assert relation.region_of(1, CELL).blocks == (Block(0, (range(N), range(12, 13))),)
    multiply, squash = CATALOG["matmul"].stages((meta(*SQUARE), meta(*SQUARE)), {})
    assert multiply.provenance.shapes == ((N, N, N),)
    assert squash.provenance.shapes == ((N, 1, N),)


def test_lines() -> None:
    running = CATALOG["cumsum"].trace((meta(*SQUARE),), {"dim": 1})
    assert running.region(CELL).count == 13
    assert running.region_of(0, CELL).count == N - 12
    assert CATALOG["softmax"].trace((meta(*SQUARE),), {"dim": 1}).region(CELL).count == N


def test_what_must_be_numbered_says_so_when_it_is_too_much() -> None:
    with pytest.raises(OpError, match="too many to follow one by one"):
        CATALOG["cat"].trace((meta(*SQUARE), meta(*SQUARE)), {})
    most = NUMBERED_CELLS // 2
    relation = CATALOG["cat"].trace((meta(1, most), meta(1, most)), {})
    assert isinstance(relation, Numbered)
    assert relation.sources((1, most - 1)) == [(1, (0, most - 1))]
    assert relation.targets(1, (0, 5)) == [(0, (1, 5))]


@pytest.mark.parametrize("name", ["cat", "stack"])
def test_axes_of_many_cells_are_followed_through_a_few(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    looked_at = []
    real = positions._followed
    monkeypatch.setattr(positions, "_followed", lambda n, *more: looked_at.append(n.numel()) or real(n, *more))
    relation = CATALOG[name].trace((meta(500_000, 4), meta(500_000, 4)), {"dim": 0})
    assert relation.axes[0][-2:] == (((0, 0), (1, 0)), ((0, 1), (1, 1)))
    assert max(looked_at) < 2**10
