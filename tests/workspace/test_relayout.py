"""Methods that change in place how a tensor lies in memory: A.t_(), A.unsqueeze_(0) ..."""

from dataclasses import replace

import pytest
import torch

from explorer.errors import OpError, ProgramError
from explorer.ops import CATALOG
from explorer.workspace import Definition, Workspace, edits
from explorer.workspace.layout import TensorLayout
from explorer.workspace.record import Record
from tests.workspace.plain import agree, execute, line_of

SAMPLE = Definition("arange", {"end": 12}, shape=(3, 4))


@pytest.fixture
def sample() -> Workspace:
    return Workspace().create("A", SAMPLE)


def checked(workspace: Workspace) -> Workspace:
    """The workspace, once its printed program gives in plain Python what it holds."""
    agree(workspace, execute(tuple(map(line_of, workspace.steps))))
    return workspace


def test_other_names_over_the_memory_keep_their_layout(sample: Workspace) -> None:
    before = sample.operate("T", ("A",), {}, ("T",)).to_array("A", "n").operate("sum", ("A",), {"dim": 0}, ("B",))
    after = checked(before.in_place("t_", "A"))
    assert {x.name: x.shape for x in after.items} == {"A": (4, 3), "T": (4, 3), "n": (3, 4), "B": (4,)}
    assert (after["A"].strides, after["A"].step, after["B"].stale) == ((1, 4), 0, ())
    assert after["A"].view.version is before["A"].view.version
    assert after["A"].storage.held() == before["A"].nbytes
    assert after.steps[-1].source() == "A.t_()"
    assert checked(before)["A"].shape == (3, 4)
    written = checked(after.write("A", (3, 0), -1))
    assert written["n"].array()[0, 3] == -1
    assert written["B"].stale == ("A",)


@pytest.mark.parametrize(
    ("method", "operands"),
    [("t_", ()), ("transpose_", (0, -1)), ("unsqueeze_", (1,)), ("squeeze_", ()), ("swapaxes_", (1, 0))],
)
def test_of_views_of_every_kind(sample: Workspace, method: str, operands: tuple[int, ...]) -> None:
    workspace = sample.to_array("A", "n").from_array("n", "W").index("W", (slice(1, 3), slice(None, None, 2)), "V")
    workspace = workspace.create("v", Definition("arange", {"end": 3})).operate(
        "expand", ("v",), {"size": (2, 3)}, ("E",)
    )
    workspace = workspace.create("C", Definition.typed(torch.tensor([[1 + 2j, 3j], [4.0, -1j]])))
    workspace = workspace.operate("to", ("C",), {"dtype": torch.complex64}, ("D",))
    for name in ("W", "V", "E", "C"):
        workspace = checked(workspace.in_place(method, name, operands))
    assert workspace["D"].shape == workspace["C"].shape  # C.to(its own dtype) is C


@pytest.mark.parametrize("lazy", [torch.Tensor.conj, lambda x: x.conj().imag])
def test_lazy_bits_stay(lazy) -> None:
    """As View.over makes them; the catalogue has no conj."""
    whole = torch.tensor([[1 + 2j, 3j], [4.0, -1j]])
    workspace = Workspace().create("A", Definition.typed(whole))
    view = workspace.view("A")
    record = Record(workspace.steps[0], (), (replace(view, layout=TensorLayout.of(lazy(view.tensor()))),))
    turned = Workspace((record,), ("A",)).in_place("t_", "A")["A"].tensor()
    expected = lazy(whole).t_()
    assert (turned.is_conj(), turned.is_neg()) == (expected.is_conj(), expected.is_neg())
    assert turned.stride() == expected.stride()
    assert turned.tolist() == expected.tolist()


def test_two_names_of_one_object(sample: Workspace) -> None:
    """A.to(A.dtype) and A.contiguous() are A itself, and A.reshape(3, 4) is not."""
    workspace = sample.operate("to", ("A",), {"dtype": torch.int64}, ("B",)).operate("contiguous", ("B",), {}, ("C",))
    workspace = workspace.operate("reshape", ("A",), {"shape": (3, 4)}, ("D",)).duplicate("A", "E")
    turned = checked(workspace.in_place("unsqueeze_", "B", (0,)))
    assert [x.shape for x in turned.items] == [(1, 3, 4), (1, 3, 4), (1, 3, 4), (3, 4), (3, 4)]
    for name in "ABC":
        frozen = checked(edits.freeze(turned, name))
        assert [x.shape for x in frozen.items] == [x.shape for x in turned.items]
        left = checked(edits.delete(turned, name, freeze=True))
        assert [x.shape for x in left.items] == [x.shape for x in turned.items if x.name != name]
    with pytest.raises(ProgramError) as refused:
        edits.delete(workspace.in_place("t_", "C"), "C")  # A and B are turned by it too
    assert (refused.value.step, refused.value.offer) == (5, "freeze")
    assert checked(edits.delete(workspace.in_place("t_", "D"), "D")).names == ("A", "B", "C", "E")


def test_what_it_refuses(sample: Workspace) -> None:
    workspace = sample.to_array("A", "n").operate("reshape", ("A",), {"shape": (2, 2, 3)}, ("B",))
    with pytest.raises(OpError) as refused:
        workspace.in_place("t_", "B")
    assert refused.value.detail == "t_() expects a tensor with <= 2 dimensions, but self is 3D"
    assert str(refused.value.message) == "“B.t_()” is refused for B (2, 2, 3) int64."
    with pytest.raises(OpError):
        workspace.in_place("t_", "n")
    checked(workspace)


def test_a_program_with_it_is_changed(sample: Workspace) -> None:
    workspace = sample.operate("sum", ("A",), {"dim": 0}, ("B",)).in_place("unsqueeze_", "B", (0,))
    workspace = workspace.operate("exp", ("B",), {}, ("C",))
    smaller = Definition("ones", {"size": (2, 3)})
    assert checked(edits.redefine(workspace, "A", smaller))["C"].shape == (1, 3)
    assert checked(edits.replace_step(workspace, 1, CATALOG["sum"].call(("A",), {}), ("B",)))["C"].shape == (1,)
    assert checked(workspace.rename("B", "X")).steps[2].source() == "X.unsqueeze_(0)"
    frozen = checked(edits.freeze(workspace, "B"))
    assert (frozen["B"].shape, frozen.steps[2].source()) == ((1, 4), "B.unsqueeze_(0)")
    edited = checked(edits.edit(workspace, "B", {(0, 3): 0}))
    assert edited.steps[-1].source() == "B[0, 3] = 0"


def test_a_tensor_whose_shape_was_changed_is_not_redefined(sample: Workspace) -> None:
    """Its create step has the shape that it had: new values for the shape that it has would be turned again."""
    workspace = sample.in_place("t_", "A").operate("sum", ("A",), {"dim": 0}, ("B",))
    with pytest.raises(ProgramError) as refused:
        edits.redefine(workspace, "A", SAMPLE)
    assert str(refused.value.message) == "Step 2, “A.t_()”, changes the shape of A."
    assert (refused.value.step, refused.value.offer) == (1, "freeze")
    again = checked(edits.redefine(workspace, "A", Definition("ones", {"size": (4, 3)}), freeze=True))
    assert (again["A"].shape, again["B"].tensor().tolist()) == ((4, 3), [6, 22, 38])
    assert checked(edits.edit(workspace, "A", {(3, 0): 9}))["A"].tensor()[3].tolist() == [9, 7, 11]
    viewed = sample.operate("T", ("A",), {}, ("T",)).in_place("t_", "T")
    assert checked(edits.redefine(viewed, "A", Definition("ones", {"size": (2, 5)})))["T"].shape == (2, 5)


def test_a_step_that_no_longer_fits_is_frozen(sample: Workspace) -> None:
    workspace = sample.operate("T", ("A",), {}, ("B",)).in_place("t_", "B")
    solid = Definition("zeros", {"size": (2, 2, 2)})
    with pytest.raises(ProgramError):
        edits.redefine(workspace, "A", solid)
    frozen = checked(edits.redefine(workspace, "A", solid, freeze=True))
    assert frozen["B"].tensor().tolist() == torch.arange(12).reshape(3, 4).tolist()


def test_on_meta() -> None:
    workspace = Workspace().create("A", Definition("zeros", {"size": (2, 3)}, device="meta")).in_place("t_", "A")
    assert (workspace["A"].shape, workspace["A"].strides, workspace["A"].device) == ((3, 2), (1, 3), "meta")
