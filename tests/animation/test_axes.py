"""The identities of axes through operations, and the indices that are drawn of them."""

from typing import Any

import pytest
import torch

from explorer.animation.axes import AxisId
from explorer.animation.compose import animate
from explorer.animation.identities import identities, of_step
from explorer.ops import CATALOG
from explorer.workspace.definition import Definition
from explorer.workspace.workspace import Workspace


def program(*steps: tuple[str, tuple[Any, ...], dict[str, Any], str], **shapes: tuple[int, ...]) -> dict[str, str]:
    """The letters of everything in a program of creations and operations."""
    workspace = Workspace()
    for name, shape in shapes.items():
        workspace = workspace.create(name, Definition("zeros", {"size": shape}))
    for op, operands, arguments, out in steps:
        workspace = workspace.operate(op, operands, arguments, (out,))
    return {name: " ".join(a.letter for a in axes) for name, axes in identities(workspace).items()}


def test_letters_go_on_past_the_alphabet() -> None:
    assert [AxisId(k).letter for k in (0, 1, 14, 15, 23, 24)] == ["i", "j", "z", "a", "i1", "j1"]
    assert AxisId(3, "batch").letter == "batch"


def test_no_letter_reads_as_a_number() -> None:
    letters = [AxisId(k).letter for k in range(200)]
    assert len(set(letters)) == 200
    assert not {letter[0] for letter in letters} & set("lIoO")


def test_tensors_share_an_axis_only_where_an_operation_aligned_them() -> None:
    assert program(A=(3, 4), W=(4, 2)) == {"A": "i j", "W": "k m"}
    assert program(("matmul", ("A", "W"), {}, "B"), A=(3, 4), W=(4, 2)) == {"A": "i j", "W": "j m", "B": "i m"}
    assert program(("add", ("A", "b"), {}, "C"), A=(3, 4), b=(4,)) == {"A": "i j", "b": "j", "C": "i j"}


@pytest.mark.parametrize(("op", "arguments", "letters"), [
    ("sum", {"dim": 0}, "j"),
    ("sum", {"dim": 0, "keepdim": True}, "i j"),
    ("T", {}, "j i"),
    ("flatten", {}, "i.j"),
    ("unsqueeze", {"dim": 1}, "i k j"),
    ("softmax", {"dim": 1}, "i j"),
])  # fmt: skip
def test_an_axis_keeps_its_identity(op: str, arguments: dict[str, Any], letters: str) -> None:
    assert program((op, ("A",), arguments, "B"), A=(3, 4))["B"] == letters


def test_a_reshape_that_mixes_axes_starts_new_ones() -> None:
    assert program(("reshape", ("A",), {"shape": (6, 2)}, "B"), A=(3, 4))["B"] == "k m"


def test_no_tensor_has_an_axis_twice() -> None:
    letters = program(("matmul", ("A", "A"), {}, "B"), ("add", ("A", "B"), {}, "C"), A=(3, 3))
    for name in "ABC":
        assert len(set(letters[name].split())) == 2


def test_the_number_of_a_step_says_nothing_about_later_ones() -> None:
    before = program(("sum", ("A",), {"dim": 0}, "B"), A=(3, 4))
    after = program(("sum", ("A",), {"dim": 0}, "B"), ("mean", ("A",), {"dim": 1}, "C"), A=(3, 4))
    assert before == {name: after[name] for name in before}


def test_what_is_aligned_keeps_the_numbers_of_all_others() -> None:
    workspace = Workspace()
    for name, shape in {"A": (3, 4), "W": (4, 2), "P": (5, 6)}.items():
        workspace = workspace.create(name, Definition("zeros", {"size": shape}))
    before = identities(workspace)
    after = identities(workspace.operate("matmul", ("A", "W"), {}, ("B",)))
    assert after["A"] == before["A"]
    assert after["P"] == before["P"]
    assert after["W"] == (before["A"][1], before["W"][1])
    assert after["B"] == (before["A"][0], before["W"][1])


def test_an_operation_in_place_aligns_as_its_other_form_does() -> None:
    workspace = Workspace()
    for name, shape in {"A": (3, 4), "b": (4,)}.items():
        workspace = workspace.create(name, Definition("zeros", {"size": shape}))
    for made in (workspace.operate("add", ("A", "b"), {}, ("C",)), workspace.in_place("add_", "A", ("b",))):
        assert identities(made)["b"] == identities(made)["A"][1:]


def test_a_step_has_the_axes_that_it_saw() -> None:
    workspace = Workspace().create("A", Definition("zeros", {"size": (3, 4)})).write("A", (0, 1), 9)
    turned = workspace.in_place("transpose_", "A", (0, 1))
    then = identities(workspace)["A"]
    assert of_step(turned, 1) == ({"A": then}, (then,))
    assert of_step(turned, 2) == ({"A": then}, (then[::-1],))
    assert identities(turned)["A"] == then[::-1]


def test_aligned_axes_show_the_same_indices() -> None:
    a, b = torch.rand(300, 200), torch.rand(200, 100)
    told = animate(CATALOG["matmul"].call((a, b)), ("A", "B"), a @ b, ("R",))
    assert told.kept[0][1].tolist() == told.kept[1][0].tolist()
    assert told.kept[0][0].tolist() == told.kept[2][0].tolist()
    assert told.kept[1][1].tolist() == told.kept[2][1].tolist()


def test_every_chip_has_the_identity_of_its_axis() -> None:
    given = {"A": (AxisId(4), AxisId(7)), "R": (AxisId(7),)}
    a = torch.rand(3, 4)
    told = animate(CATALOG["sum"].call((a,), {"dim": 0}), ("A",), a.sum(0), ("R",), identities=given)
    last = {h.name: [c.axis for c in h.chips] for h in told.frame(1.0).headings}
    assert last == {"A": [AxisId(4), AxisId(7)], "R": [AxisId(7)]}


def test_two_names_of_one_tensor_have_the_same_axes() -> None:
    workspace = Workspace().create("A", Definition("zeros", {"size": (2, 3)}))
    workspace = workspace.operate("contiguous", ("A",), {}, ("B",)).in_place("unsqueeze_", "A", (0,))
    found = identities(workspace)
    assert len(found["A"]) == 3
    assert found["A"] == found["B"]
    turned = identities(workspace.in_place("transpose_", "B", (1, 2)))
    assert turned["A"] == turned["B"] == (found["A"][0], found["A"][2], found["A"][1])
