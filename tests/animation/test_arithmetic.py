"""The arithmetic of one cell in writing."""

import pytest
import torch

from explorer.animation.compose import animate
from explorer.ops import CATALOG
from explorer.ops.parameters import At

from .cases import Case

A = torch.arange(12).reshape(3, 4)
B = torch.arange(8).reshape(4, 2) - 2
Z = torch.tensor([1 + 2j, 0.5 - 1j])
U8 = torch.zeros(1, dtype=torch.uint8)
POINT_1 = torch.tensor([0.1])


@pytest.mark.parametrize(("case", "focus", "sentence"), [
    (Case("sum", (A,), {"dim": 0}), (1, 1), "R[1] = A[0,1] + A[1,1] + A[2,1] = 1 + 5 + 9 = 15"),
    (Case("sum", (A,), {"dim": 0}), (0, 5), "R[1] = A[0,1] + A[1,1] + A[2,1] = 1 + 5 + 9 = 15"),
    (Case("amax", (A,), {"dim": 1}), (1, 0), "R[0] = max(A[0,0], A[0,1], A[0,2], A[0,3]) = max(0, 1, 2, 3) = 3"),
    (Case("mean", (A.float(),), {"dim": 0}), (1, 1), "R[1] = (A[0,1] + A[1,1] + A[2,1])÷3 = (1 + 5 + 9)÷3 = 5"),
    (Case("linalg.vector_norm", (torch.tensor([3.0, -4.0]),), {}), (1, 0), "R = √(A[0]² + A[1]²) = √(3² + (-4)²) = 5"),
    (Case("matmul", (A, B), {}), (2, 1),
     "R[0,1] = A[0,0]×B[0,1] + A[0,1]×B[1,1] + A[0,2]×B[2,1] + A[0,3]×B[3,1] = 0×(-1) + 1×1 + 2×3 + 3×5 = 22"),
    (Case("mul", (A, torch.tensor([1, -1, 2, 3])), {}), (2, 5), "R[1,1] = A[1,1]×B[1] = 5×(-1) = -5"),
    (Case("add", (A, 2), {"alpha": 3}), (2, 5), "R[1,1] = add(A[1,1], 2, alpha=3) = add(5, 2, alpha=3) = 11"),
    (Case("div", (A - 10, 2), {"rounding_mode": "floor"}), (2, 5),
     "R[1,1] = div(A[1,1], 2, rounding_mode='floor') = div(-5, 2, rounding_mode='floor') = -3"),
    (Case("clamp", (A, 7, None), {}), (2, 5), "R[1,1] = max(A[1,1], 7) = max(5, 7) = 7"),
    (Case("transpose", (A,), {"dim0": 0, "dim1": 1}), (1, 5), "R[1,2] = A[2,1] = 9"),
    (Case("cumsum", (A,), {"dim": 0}), (1, 5), "R[1,1] = A[0,1] + A[1,1] = 1 + 5 = 6"),
    (Case("abs", (torch.tensor([-3.0]),), {}), (1, 0), "R[0] = |A[0]| = |-3| = 3"),
    (Case("prod", (torch.tensor([3_000_000_000, 4_000_000_000, 5]),), {"dim": 0}), (1, 0),
     "A[0] × A[1] × A[2] = 3000000000 × 4000000000 × 5 = 60000000000000000000 → R = 4659767778871345152"),
    (Case("sum", (torch.full((4,), -(2**61)) + torch.arange(4),), {"dim": 0}), (1, 0),
     ("R = A[0] + A[1] + A[2] + A[3]"
      " = -23058…93952 + (-23058…93951) + (-23058…93950) + (-23058…93949) = -9223372036854775802")),
    (Case("add", (torch.tensor([1e8]), 1.0), {}), (2, 0), "R[0] = A[0]+1.0 = 1e8+1.0 ≈ 1e8"),
    (Case("pow", (torch.tensor([10, 2]), torch.tensor([-1, -1])), {}), (2, 0), "A[0]**B[0] = 10⁻¹ = 0.1 → R[0] = 0"),
    (Case("pow", (2, torch.tensor(-1)), {}), (2, 0), "2**B = 2⁻¹ = 0.5 → R = 0"),
    (Case("pow", (torch.tensor([0]), torch.tensor([-1])), {}), (2, 0), "R[0] = A[0]**B[0] = pow(0, -1) = 0"),
    (Case("pow", (torch.tensor([0.0]), torch.tensor([-1])), {}), (2, 0), "R[0] = A[0]**B[0] = pow(0, -1) = inf"),
    (Case("add", (U8 + 200, U8 + 100), {}), (2, 0), "A[0]+B[0] = 200+100 = 300 → R[0] = 44"),
    (Case("mul", (torch.tensor([6e4], dtype=torch.float16), 2), {}), (2, 0), "A[0]×2 = 60000×2 = 120000 → R[0] = inf"),
    (Case("sum", (torch.tensor([1e8, 1, -1e8]),), {"dim": 0}), (1, 0),
     "A[0] + A[1] + A[2] = 1e8 + 1 + (-1e8) = 1 → R = 0"),
    (Case("copy_", (torch.tensor([1]), torch.tensor([2.7])), {}), (2, 0), "B[0] = 2.7 → A[0] = 2"),
    (Case("cat", (torch.tensor([2**24 + 1]), torch.tensor([0.5])), {}), (2, 0), "A[0] = 16777217 → R[0] = 16777216"),
    (Case("exp", (Z,), {}), (1, 0), "R[0] = e^A[0] = e^(1+2j) ≈ -1.13120+2.471727j"),
    (Case("mul", (Z, Z[[1, 0]]), {}), (2, 0), "R[0] = A[0]×B[0] = (1+2j)×(0.5-1j) = 2.5+0j"),
    (Case("pow", (Z, 2), {}), (2, 0), "R[0] = A[0]² = (1+2j)² = -3+4j"),
    (Case("prod", (Z,), {"dim": 0}), (1, 0), "R = A[0] × A[1] = (1+2j) × (0.5-1j) = 2.5+0j"),
    (Case("dot", (Z, Z), {}), (2, 0), "R = A[0]×B[0] + A[1]×B[1] = (1+2j)×(1+2j) + (0.5-1j)×(0.5-1j) = -3.75+3j"),
    (Case("mean", (Z,), {"dim": 0}), (1, 0), "R = (A[0] + A[1])÷2 = ((1+2j) + (0.5-1j))÷2 = 0.75+0.5j"),
    (Case("linalg.vector_norm", (torch.tensor([3 + 4j, 12j]),), {}), (1, 0),
     "R = √(|A[0]|² + |A[1]|²) = √(|3+4j|² + |12j|²) = 13"),
    (Case("eq", (POINT_1, POINT_1.double() * 0 + 0.1), {}), (2, 0),
     "R[0] = A[0]==B[0] ≈ 0.100000001==0.1 = False"),
    (Case("sub", (POINT_1, POINT_1.double() * 0 + 0.1), {}), (2, 0),
     "R[0] = A[0]-B[0] = 0.10000000149011612-0.1 ≈ 1.490e-9"),
    (Case("to", (POINT_1,), {"dtype": torch.float8_e4m3fn}), (1, 0), "A[0] = 0.1 → R[0] ≈ 0.101562"),
    (Case("to", (POINT_1.half(),), {"dtype": torch.float32}), (1, 0), "R[0] = A[0] ≈ 0.099976"),
    (Case("remainder", (POINT_1.half() - 1, POINT_1.half()), {}), (2, 0),
     "R[0] = A[0]%B[0] = -0.89990234375%0.0999755859375 ≈ 0.09985"),
    (Case("addmm", (A[:1, :1], A[:1, :2], B[:2, :1]), {"beta": 2, "alpha": 3}), (3, 0),
     "R[0,0] = (B[0,0]×C[0,0] + B[0,1]×C[1,0])×3 + A[0,0]×2 = (0×(-2) + 1×0)×3 + 0×2 = 0"),
    (Case("sum", (torch.arange(62),), {"dim": 0}), (1, 0),
     "R = A[0] + A[1] + A[2] + … + A[60] + A[61] = 0 + 1 + 2 + … + 60 + 61 = 1891"),
])  # fmt: skip
def test_told_to_the_end(case: Case, focus: tuple[int, int], sentence: str) -> None:
    assert case.animation().arithmetic(1.0, focus) == sentence


def test_it_is_told_as_far_as_the_squash_is() -> None:
    told = Case("sum", (A,), {"dim": 0}).animation()
    so_far = [told.arithmetic(told.time_of(k), (1, 1)) for k in range(5)]
    whole = "R[1] = A[0,1] + A[1,1] + A[2,1]"
    assert so_far == [whole, f"{whole} = 1 + …", f"{whole} = 1 + 5 + …"] + [f"{whole} = 1 + 5 + 9 = 15"] * 2


def test_it_speaks_of_the_cell_that_the_picture_works_on() -> None:
    for case in (Case("matmul", (A, B), {}), Case("mm", (A, B), {}), Case("einsum", (A, B), {"equation": "ij,jk->ik"})):
        told = case.animation(reading="rows")
        for k in range(1, len(told.steps)):
            for focus in ((2, 0), (2, 5), (0, 3), (1, 1)):
                start, end = told.time_of(k - 1), told.time_of(k)
                soon, late = (told.arithmetic(start + part * (end - start), focus) for part in (0.4, 0.9))
                if k < len(told.steps) - 1:
                    row, column = divmod(k - 1, 2)
                    assert str(soon).startswith(f"R[{row},{column}] = A[{row},0]×B[0,{column}]")
                    assert str(late).endswith(f" = {told.results[0][row, column]}")
                    assert not str(soon).endswith(f" = {told.results[0][row, column]}")
        assert told.arithmetic(1.0, (2, 0)) == told.arithmetic(1.0, (0, 3))
        assert str(told.arithmetic(1.0, (2, 5))).startswith("R[2,1] = ")
        assert told.arithmetic(0.0, (2, 5)) == "R[2,1] = A[2,0]×B[0,1] + A[2,1]×B[1,1] + A[2,2]×B[2,1] + A[2,3]×B[3,1]"


def test_what_several_cells_are_made_of_is_told_once_they_stand() -> None:
    big = torch.arange(12).reshape(4, 3), torch.arange(12).reshape(3, 4)
    told = Case("matmul", big, {}).animation(reading="rows")
    (many,) = (k for k, beat in enumerate(told.beats) if beat.made and beat.cell is None)
    before, after = told.time_of(many) - 1e-3, told.time_of(many)
    assert " = " not in str(told.arithmetic(before - (after - told.time_of(many - 1)) / 2, (2, 7))).partition(" = ")[2]
    assert str(told.arithmetic(after, (2, 7))).endswith(f" = {told.results[0][1, 3]}")


def test_a_running_sum_has_its_value_as_soon_as_the_line_is_there() -> None:
    told = Case("cumsum", (A,), {"dim": 0}).animation()
    whole = "R[1,1] = A[0,1] + A[1,1]"
    so_far = [told.arithmetic(told.time_of(k), (1, 5)) for k in range(4)]
    assert so_far == [whole, f"{whole} = 1 + …", f"{whole} = 1 + 5 = 6", f"{whole} = 1 + 5 = 6"]


def test_a_value_is_told_when_it_stands() -> None:
    for case in (Case("sum", (A,), {}), Case("mean", (A.float(),), {"dim": 0}), Case("std", (A.float(),), {"dim": 1})):
        told = case.animation()
        whole = str(told.arithmetic(1.0, (1, 0)))
        value = whole.rpartition(" = " if " = " in whole[-12:] else " ≈ ")[2]
        for k in range(len(told.steps) - 2):
            assert not str(told.arithmetic(told.time_of(k), (1, 0))).endswith(f" {value}")
        assert told.arithmetic(told.time_of(len(told.steps) - 2), (1, 0)) == whole


@pytest.mark.parametrize(("name", "ending"), [
    ("mean", "÷3 = (1 + 5 + …)÷3"),
    ("linalg.vector_norm", " = √(1² + 5² + …)"),
    ("amax", " = max(1, 5, …)"),
])  # fmt: skip
def test_what_is_done_after_the_squash_is_told_of_all_of_it(name: str, ending: str) -> None:
    told = Case(name, (A.float(),), {"dim": 0}).animation()
    so_far = [told.arithmetic(told.time_of(k), (1, 1)) for k in range(10)]
    assert any(sentence.endswith(ending) for sentence in so_far)


def test_a_long_sum_of_a_large_tensor_is_told_at_once() -> None:
    big = torch.ones(3000, 3000)
    told = animate(CATALOG["sum"].call((big,), {}), ("A",), big.sum(), ("R",))
    assert told.arithmetic(1.0, (1, 0)).endswith("= 1 + 1 + 1 + … + 1 + 1 = 9000000")


def test_without_focus_nothing_is_told() -> None:
    assert Case("sum", (A,), {"dim": 0}).animation().arithmetic(1.0, None) == ""


def test_a_cell_that_a_write_leaves_alone_is_no_assignment() -> None:
    told = Case("__setitem__", (A, 0, A > 5), {"key": (At(2),)}).animation()
    for t in (0.0, 1.0):
        assert str(told.arithmetic(t, (0, 1))) == "A[0,1] is not written: it stays 1."
        assert told.arithmetic(t, (0, 7)) == "A[1,3] = 0"
