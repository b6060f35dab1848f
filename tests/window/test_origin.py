"""The introduction that the program grew out of, row by row, through the real window: value, shape and dtype."""

import math

import pytest
import torch

A = torch.arange(12.0).reshape(3, 4)
B = torch.arange(12.0).reshape(4, 3)
T = torch.arange(4).reshape(2, 2)


def check(user, expected: torch.Tensor) -> None:
    """The newest result is `expected`: value, shape and dtype."""
    assert user.newest.dtype == expected.dtype
    assert user.newest.shape == expected.shape
    assert torch.equal(user.newest, expected)


def test_first_sight_needs_one_key(user) -> None:
    """Space alone runs and plays the squash of the sample along axis 0."""
    from PySide6.QtCore import Qt

    assert user.window.stage.view.hasFocus()
    user.press(Qt.Key.Key_Space)
    check(user, torch.tensor([12.0, 15.0, 18.0, 21.0]))
    assert user.window.stage.player.playing
    user.window.stage.player.pause()


@pytest.mark.parametrize(
    ("dim", "expected"), [(0, [12.0, 15.0, 18.0, 21.0]), (1, [6.0, 22.0, 38.0])], ids=["rows go", "columns go"]
)
def test_sum_along_an_axis(user, dim: int, expected: list[float]) -> None:
    user.operation("sum")
    user.click(f"parameter_dim_axis_{dim}") if user.session.draft.arguments.get("dim") != dim else None
    user.run()
    check(user, torch.tensor(expected))


def test_sum_over_both_axes(user) -> None:
    user.operation("sum")
    user.click("parameter_dim_all")
    user.run()
    check(user, torch.tensor(66.0))


def test_sum_of_a_vector(user) -> None:
    user.make("x", torch.arange(4, dtype=torch.float32))
    user.operation("sum")
    user.run()
    check(user, torch.tensor(6.0))


@pytest.mark.parametrize("dim", [None, 0])
def test_mean(user, dim: int | None) -> None:
    user.make("F", A.float())
    user.operation("mean")
    user.click("parameter_dim_all") if dim is None else None
    user.run()
    check(user, torch.tensor(5.5) if dim is None else torch.tensor([4.0, 5.0, 6.0, 7.0]))
    expected = A.float().sum() / A.numel() if dim is None else A.float().sum(0) / A.shape[0]
    check(user, expected)


@pytest.mark.parametrize("op", ["mm", "matmul"])
def test_matrix_product(user, op: str) -> None:
    user.make("B", B)
    user.session.select("A")
    user.settled()
    user.operation(op)
    user.choose("operand_1", "B")
    user.run()
    check(user, torch.tensor([[42.0, 48.0, 54.0], [114.0, 136.0, 158.0], [186.0, 224.0, 262.0]]))


def test_dot(user) -> None:
    user.make("x", torch.arange(12))
    user.operation("dot")
    user.choose("operand_1", "x")
    user.run()
    check(user, torch.tensor(506))


def test_hadamard(user) -> None:
    user.make("x", torch.arange(12))
    user.operation("mul")
    user.choose("operand_1", "x")
    user.run()
    check(user, torch.tensor([0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121]))


def test_transpose(user) -> None:
    user.operation("T")
    user.run()
    check(user, A.T)
    assert user.newest.stride() == (1, 4)


def test_euclidean_norm(user) -> None:
    user.make("u", torch.tensor([3.0, -4.0]))
    user.operation("linalg.vector_norm")
    user.run()
    check(user, torch.tensor(5.0))


def test_sum_of_absolute_values(user) -> None:
    user.make("u", torch.tensor([3.0, -4.0]))
    user.operation("abs")
    user.run()
    user.session.select(user.session.workspace.steps[-1].outputs[0])
    user.settled()
    user.operation("sum")
    user.run()
    check(user, torch.tensor(7.0))


def test_l1_norm(user) -> None:
    user.make("u", torch.tensor([3.0, -4.0]))
    user.operation("linalg.vector_norm")
    user.session.set_argument("ord", 1)
    user.settled()
    user.run()
    check(user, torch.tensor(7.0))
    user.session.set_argument("ord", math.inf)
    user.settled()
    user.run()
    check(user, torch.tensor(4.0))


@pytest.mark.parametrize("dim", [0, 1])
def test_cat_of_three(user, dim: int) -> None:
    user.make("S", T)
    user.operation("cat")
    user.session.set_operands(("S", "S", "S"))
    user.settled()
    user.click(f"parameter_dim_axis_{dim}") if user.session.draft.arguments.get("dim") != dim else None
    user.run()
    check(user, torch.cat([T, T, T], dim=dim))
