"""Writes, undo, redefinition, deletion, freezing: the cases that people meet."""

import gc
import warnings
import weakref

import numpy as np
import pytest
import torch

from explorer.errors import OpError, ProgramError
from explorer.files.script import script
from explorer.ops import CATALOG
from explorer.workspace import Definition, Workspace, edits
from explorer.workspace.cache import Cache

SAMPLE = Definition("arange", {"end": 12}, shape=(3, 4))
SMALLER = Definition("ones", {"size": (2, 3)})


@pytest.fixture
def sample() -> Workspace:
    return Workspace().create("A", SAMPLE)


def values(workspace: Workspace, name: str) -> object:
    return workspace[name].tensor().tolist()


def test_the_sample(sample: Workspace) -> None:
    workspace = sample.operate("sum", ("A",), {"dim": 0}, ("B",))
    assert values(workspace, "B") == [12, 15, 18, 21]
    assert script(workspace).text == "import torch\n\nA = torch.arange(12).reshape(3, 4)\nB = A.sum(dim=0)\n"
    assert (workspace["B"].step, workspace.readers("A")) == (1, (workspace.steps[1],))


def test_a_write_shows_in_every_view_and_undo_takes_it_back(sample: Workspace) -> None:
    before = sample.operate("T", ("A",), {}, ("T",)).operate("sum", ("A",), {"dim": 0}, ("B",))
    after = before.write("T", (0, slice(None)), 9)
    assert after["A"].tensor()[:, 0].tolist() == [9, 9, 9]
    assert after["A"].tensor().data_ptr() == after["T"].tensor().data_ptr()
    assert after["B"].stale == ("A",)
    assert before["B"].stale == ()
    before.activate()
    assert before["A"].tensor()[:, 0].tolist() == [0, 4, 8]
    after.activate()
    assert after["A"].tensor()[:, 0].tolist() == [9, 9, 9]


def test_only_what_was_read_makes_a_result_stale(sample: Workspace) -> None:
    workspace = sample.index("A", (slice(None), 0), "V").operate("sum", ("V",), {}, ("B",))
    assert workspace.write("A", (0, 1), 5)["B"].stale == ()
    assert workspace.write("A", (0, 0), 5)["B"].stale == ("V",)


def test_a_write_keeps_only_the_bytes_it_replaces() -> None:
    before = Workspace().create("A", Definition("zeros", {"size": (1000, 1000)}))
    after = before.write("A", (3, 4), 1.0)
    assert after["A"].storage.held() == 4_000_000 + 4
    branch = before.write("A", (5, 6), 2.0)
    assert [w["A"].tensor().sum().item() for w in (after, branch, before, after)] == [1.0, 2.0, 0.0, 1.0]


def test_a_refused_write_changes_nothing(sample: Workspace) -> None:
    workspace = sample.operate("expand", ("A",), {"size": (2, 3, 4)}, ("E",))
    for change in (
        lambda: workspace.in_place("add_", "E", (1,)),
        lambda: workspace.in_place("add_", "A", (0.5,)),
        lambda: workspace.in_place("resize_", "A", ((2, 2),)),
        lambda: workspace.in_place("as_strided_", "A", ((2,), (1,))),
        lambda: workspace.in_place("sum", "A"),
        lambda: workspace.write("A", [0, 99], 1),
        lambda: workspace.write("A", (slice(None, None, -1),), 1),
    ):
        with pytest.raises(OpError):
            change()
        assert values(workspace, "A") == torch.arange(12).reshape(3, 4).tolist()
    with pytest.raises(OpError) as refused:
        workspace.in_place("add_", "A", (0.5,))
    assert refused.value.detail == "result type Float can't be cast to the desired output type Long"
    assert "A (3, 4) int64" in str(refused.value.message)


def test_redefinition_ripples_and_leaves_the_old_program_alone(sample: Workspace) -> None:
    old = sample.create("C", Definition("zeros", {"size": (2,)})).operate("sum", ("A",), {}, ("S",))
    old = old.write("C", 0, "S").write("C", 1, 7.0).operate("mul", ("C", 2), {}, ("D",))
    new = edits.redefine(old, "A", SMALLER)
    assert (values(new, "S"), values(new, "C"), values(new, "D")) == (6.0, [6.0, 7.0], [12.0, 14.0])
    assert (values(old, "S"), values(old, "C"), values(old, "D")) == (66, [66.0, 7.0], [132.0, 14.0])


def test_what_does_not_depend_is_not_computed_again(sample: Workspace) -> None:
    old = sample.create("C", Definition("ones", {"size": (2,)})).operate("exp", ("C",), {}, ("D",))
    new = edits.redefine(old, "A", SMALLER)
    assert new["D"].storage is old["D"].storage


def test_a_redefinition_that_breaks_a_step_is_refused_as_a_whole(sample: Workspace) -> None:
    workspace = sample.operate("sum", ("A",), {"dim": 0}, ("B",)).operate("reshape", ("B",), {"shape": (2, 2)}, ("C",))
    with pytest.raises(ProgramError) as refused:
        edits.redefine(workspace, "A", SMALLER)
    assert (refused.value.step, refused.value.offer) == (2, "freeze")
    assert refused.value.detail == "shape '[2, 2]' is invalid for input of size 3"
    frozen = edits.redefine(workspace, "A", SMALLER, freeze=True)
    assert (values(frozen, "B"), values(frozen, "C")) == ([2, 2, 2], [[12, 15], [18, 21]])
    assert values(workspace, "B") == [12, 15, 18, 21]


def test_a_tensor_that_was_written_to_is_not_redefined(sample: Workspace) -> None:
    workspace = sample.write("A", (0, 0), 5)
    with pytest.raises(ProgramError) as refused:
        edits.redefine(workspace, "A", SMALLER)
    assert refused.value.step == 1
    assert values(edits.redefine(workspace, "A", SMALLER, freeze=True), "A") == [[1, 1, 1], [1, 1, 1]]


def test_an_edit_is_a_redefinition_where_it_can_be(sample: Workspace) -> None:
    workspace = edits.edit(sample.operate("sum", ("A",), {}, ("B",)), "A", {(0, 0): 100})
    assert (len(workspace.steps), values(workspace, "B")) == (2, 166)
    written = edits.edit(workspace.write("A", (0, 1), 0), "A", {(0, 0): 0, (2, 3): -1})
    assert (len(written.steps), values(written, "B")) == (4, 166)
    assert written.steps[-1].source() == "A[[0, 2], [0, 3]] = torch.tensor([0, -1])"
    assert written["A"].tensor()[2, 3].item() == -1


def test_an_edit_of_a_large_tensor_copies_nothing_and_ripples() -> None:
    old = Workspace().create("A", Definition("zeros", {"size": (100, 100)})).operate("sum", ("A",), {}, ("B",))
    new = edits.edit(old, "A", {(3, 4): 5.0})
    assert new["A"].storage is old["A"].storage
    assert [s.source() for s in new.steps] == ["A = torch.zeros((100, 100))", "A[3, 4] = 5.0", "B = A.sum()"]
    assert (values(new, "B"), values(old, "B")) == (5.0, 0.0)
    again = edits.edit(new, "A", {(3, 5): 1.0})
    assert (values(again, "B"), [x.stale for x in again.items]) == (6.0, [(), ()])
    assert [s.source() for s in edits.redefine(again, "A", SMALLER).steps] == ["A = torch.ones((2, 3))", "B = A.sum()"]


def test_an_edit_that_the_dtype_refuses() -> None:
    workspace = Workspace().create("A", Definition("zeros", {"size": (2,)}, torch.uint8))
    for start in (workspace, workspace.write("A", 0, 1)):
        for cells in ({(0,): 300}, {(0,): 300, (1,): 1}, {(5,): 1}):
            with pytest.raises(OpError):
                edits.edit(start, "A", cells)
    assert values(workspace, "A") == [0, 0]


def test_deleting_what_others_need(sample: Workspace) -> None:
    workspace = sample.operate("T", ("A",), {}, ("T",)).write("T", (0, 0), 5).operate("sum", ("A",), {}, ("B",))
    with pytest.raises(ProgramError) as refused:
        edits.delete(workspace, "A")
    assert (refused.value.step, refused.value.offer) == (1, "freeze")
    with pytest.raises(ProgramError) as refused:
        edits.delete(workspace, "T")  # the write through T is seen in A
    assert refused.value.step == 2
    assert edits.delete(workspace, "B").names == ("A", "T")
    assert edits.delete(workspace, "A", "B", "T").steps == ()
    for name in "AT":
        left = edits.delete(workspace, name, freeze=True)
        assert all(values(left, n) == values(workspace, n) for n in left.names)


def test_freezing_keeps_all_values(sample: Workspace) -> None:
    workspace = sample.operate("T", ("A",), {}, ("T",)).write("A", (0, 1), 5).in_place("add_", "T", (1,))
    frozen = edits.freeze(workspace, "T")
    assert frozen.sharing("T") == ()
    assert all(values(frozen, n) == values(workspace, n) for n in workspace.names)


def test_a_step_replaced_in_place(sample: Workspace) -> None:
    workspace = sample.operate("sum", ("A",), {"dim": 0}, ("B",)).operate("exp", ("B",), {}, ("C",))
    other = edits.replace_step(workspace, 1, CATALOG["max"].call(("A",), {"dim": 1}), ("B", "where"))
    assert other.names == ("A", "B", "where", "C")
    assert values(other, "B") == [3, 7, 11]
    assert other["C"].shape == (3,)
    with pytest.raises(ProgramError):
        edits.replace_step(workspace, 1, CATALOG["sum"].call(("A",), {}), ("C",))


def test_the_shelf(sample: Workspace) -> None:
    workspace = sample.duplicate("A", "B").rename("A", "X").reorder(("B", "X"))
    assert [x.name for x in workspace.items] == ["B", "X"]
    assert [s.source() for s in workspace.steps] == ["X = torch.arange(12).reshape(3, 4)", "B = X.clone()"]
    with pytest.raises(ProgramError):
        workspace.rename("B", "X")
    with pytest.raises(ProgramError):
        edits.delete(workspace, "nothing")


def test_numpy_shares_memory() -> None:
    workspace = Workspace().create("A", Definition("ones", {"size": (5,)})).to_array("A", "n")
    added = workspace.augment("n", "+=", 1).array_operate("+", "n", 1, "m").from_array("n", "B")
    assert (values(added, "A"), added["m"].array().tolist()) == ([2.0] * 5, [3.0] * 5)
    assert added.sharing("A") == ("n", "B")
    turned = added.index("n", (slice(None, None, -1),), "r")
    assert turned["r"].strides == (-4,)
    with pytest.raises(OpError) as refused:
        turned.from_array("r", "C")
    assert "negative" in refused.value.detail
    with pytest.raises(OpError):
        turned.from_array("r", "C", copy=True)  # torch.tensor does not take it either
    assert turned.duplicate("r", "c").from_array("c", "C").sharing("C") == ("c",)
    with pytest.raises(OpError):
        turned.operate("sum", ("r",), {}, ("S",))


def test_numpy_refuses_what_torch_has_alone() -> None:
    workspace = Workspace().create("A", Definition("ones", {"size": (2,)}, torch.bfloat16))
    with pytest.raises(OpError) as refused:
        workspace.to_array("A", "n")
    assert "BFloat16" in refused.value.detail


def test_what_is_not_shown_is_dropped_above_the_budget_and_comes_back(sample: Workspace) -> None:
    small = Workspace(cache=Cache(0)).create("A", Definition("rand", {"size": (4, 4)}, seed=3))
    large = small.operate("matmul", ("A", "A"), {}, ("B",)).write("B", 0, 1.0)
    large = large.operate("exp", ("B",), {}, ("C",))
    expected = {n: values(large, n) for n in large.names}
    storages = [large[n].storage for n in "BC"]
    small.activate()
    assert [s.held() for s in storages] == [0, 0]
    large.activate()
    assert {n: values(large, n) for n in large.names} == expected
    middle = Workspace(cache=large.cache).create("Z", Definition("zeros", {"size": (2,)}))
    middle.activate()
    assert large["C"].tensor().tolist() == expected["C"]


def test_freezing_what_has_no_values() -> None:
    workspace = Workspace().create("A", Definition("zeros", {"size": (2,)}, device="meta"))
    workspace = workspace.operate("neg", ("A",), {}, ("B",)).write("B", ..., "A")
    frozen = edits.delete(workspace, "A", freeze=True)
    assert (frozen.names, frozen["B"].device, frozen["B"].shape) == (("B",), "meta", (2,))


def test_freezing_what_is_long() -> None:
    workspace = Workspace().create("A", Definition("rand", {"size": (80, 80)})).operate("exp", ("A",), {}, ("B",))
    frozen = edits.redefine(edits.freeze(workspace, "B"), "A", SMALLER)
    assert frozen["B"].tensor().equal(workspace["B"].tensor())
    assert frozen.steps[1].source() == "B = torch.load('B.pt')"
    assert frozen.rename("B", "C")["C"].tensor().equal(workspace["B"].tensor())


def test_what_replay_cannot_give_is_kept() -> None:
    empty = Workspace(cache=Cache(0))
    pasted = torch.arange(5000.0)
    workspace = empty.create("A", Definition.typed(pasted)).write("A", 0, 9.0)
    empty.activate()
    assert workspace["A"].storage.held() >= pasted.nbytes
    assert workspace["A"].tensor()[0].item() == 9.0


def test_results_are_detached_and_exact(sample: Workspace) -> None:
    workspace = sample.operate("to", ("A",), {"dtype": torch.float64}, ("F",)).operate("exp", ("F",), {}, ("E",))
    assert not workspace["E"].tensor().requires_grad
    assert np.array_equal(workspace["E"].array(), torch.arange(12.0, dtype=torch.float64).reshape(3, 4).exp().numpy())


def test_a_changed_step_that_torch_refuses_says_so_itself(sample: Workspace) -> None:
    workspace = sample.operate("sum", ("A",), {"dim": 0}, ("B",)).operate("exp", ("B",), {}, ("C",))
    with pytest.raises(OpError) as refused:
        edits.replace_step(workspace, 1, CATALOG["sum"].call(("A",), {"dim": 2}), ("B",))
    assert "[-2, 1]" in refused.value.detail
    with pytest.raises(OpError):
        edits.redefine(workspace, "A", Definition("arange", {"end": 12}, shape=(5, 5)), freeze=True)


def test_an_array_is_not_defined_anew_in_what_numpy_has_not() -> None:
    workspace = Workspace().create("n", SAMPLE, array=True)
    with pytest.raises(OpError) as refused:
        edits.redefine(workspace, "n", Definition("zeros", {"size": (2,)}, torch.bfloat16))
    assert "BFloat16" in refused.value.detail
    with pytest.raises(OpError):
        workspace.create("m", Definition("zeros", {"size": (2,)}, torch.bfloat16), array=True)


def test_a_copy_stays_a_copy_when_its_operand_is_frozen(sample: Workspace) -> None:
    workspace = sample.operate("T", ("A",), {}, ("T",)).operate("contiguous", ("T",), {}, ("C",))
    workspace = workspace.index("C", 0, "V").write("C", (0, 0), 5).write("T", (0, 0), 7)
    for left in (edits.freeze(workspace, "T"), edits.delete(workspace, "A", freeze=True)):
        assert left.sharing("C") == ("V",)
        assert all(values(left, n) == values(workspace, n) for n in left.names)


def test_what_is_read_on_the_way_keeps_its_values_too(sample: Workspace) -> None:
    """Two views of what goes become two tensors; what was written into both stands in both before it is read."""
    workspace = sample.index("A", ..., "B").index("A", ..., "C").duplicate("A", "D")
    workspace = workspace.write("A", (), 0).write("D", "C", 7)  # C is all rows 0 by now; before, there was no row 3
    left = edits.delete(workspace, "A", freeze=True)
    assert {n: values(left, n) for n in left.names} == {n: values(workspace, n) for n in left.names}


def test_a_frozen_write_goes_where_cells_do_not_overlap(sample: Workspace) -> None:
    workspace = sample.index("A", ..., "B").operate("expand", ("B",), {"size": (2, 3, 4)}, ("C",)).write("A", [0], 0)
    left = edits.delete(workspace, "A", freeze=True)
    assert [step.source().split(" = ")[0] for step in left.steps] == ["B", "C", "B[...]"]
    assert values(left, "C") == values(workspace, "C")


@pytest.mark.filterwarnings("ignore:.* on expanded tensors is deprecated")
def test_staleness_through_cells_that_overlap(sample: Workspace) -> None:
    workspace = sample.operate("add", ("A", "A"), {}, ("B",)).operate("expand", ("A",), {"size": (2, 3, 4)}, ("C",))
    assert workspace.write("C", torch.ones(2, 3, 4, dtype=torch.bool), 0)["B"].stale == ("A",)


def test_memory_that_nobody_needs_goes_at_once() -> None:
    gc.collect()
    gc.disable()  # it counts objects, not bytes
    try:
        sample = Workspace().create("A", SAMPLE).operate("exp", ("A",), {}, ("B",))
        left = sample.write("B", 0, 9).write("B", ..., "A").index("B", 0, "C").write("C", 0, 7)
        left = edits.redefine(left, "A", Definition("ones", {"size": (3, 4)}))
        gone = weakref.ref(left["B"].storage)
        sample.activate()
        del left
        assert gone() is None
        assert values(sample, "A") == torch.arange(12).reshape(3, 4).tolist()
    finally:
        gc.enable()


def test_undo_of_a_write_whose_index_it_changes() -> None:
    before = Workspace().create("A", Definition.typed(torch.tensor([2, 5, 3, 7, 1]))).index("A", slice(0, 5, 2), "B")
    after = before.write("A", "B", 0)
    plain = before["A"].tensor().clone()
    plain[plain[::2]] = 0
    assert values(after, "A") == plain.tolist()
    assert values(before, "A") == [2, 5, 3, 7, 1]
    assert values(after, "A") == plain.tolist()


def test_undo_and_redo_take_no_memory() -> None:
    before = Workspace().create("A", Definition("zeros", {"size": (1024, 1024)}))
    cell = edits.edit(before, "A", {(1, 2): 9.0})
    whole = cell.in_place("fill_", "A", (3.0,))
    held = whole["A"].storage.held()
    assert held == 2 * before["A"].nbytes + before["A"].view.layout.itemsize
    for _ in range(20):
        assert values(before.activate(), "A")[1][2] == 0.0
        assert values(cell.activate(), "A")[1][2] == 9.0
        assert values(whole.activate(), "A")[1][2] == 3.0
        assert whole["A"].storage.held() == held


def test_many_typed_values_are_defined_anew() -> None:
    old = Workspace(cache=Cache(0)).create("A", Definition.typed(torch.arange(5000.0)))
    old = edits.edit(old.operate("neg", ("A",), {}, ("B",)), "A", {(3,): -1.0})
    new = edits.edit(edits.redefine(old, "A", Definition.typed(torch.ones(70, 80))), "A", {(0, 0): 5.0})
    assert (new["B"].shape, values(new, "B")[0][:2]) == ((70, 80), [-5.0, -1.0])
    assert values(old.activate(), "B")[2:5] == [-2.0, 1.0, -4.0]  # again from what was kept
    assert values(new.activate(), "A")[0][:2] == [5.0, 1.0]
    made = script(new)
    assert made.text.splitlines()[2:] == ["A = torch.load('A.pt')", "A[0, 0] = 5.0", "B = A.neg()"]
    assert made.tensors["A.pt"].equal(torch.ones(70, 80))


def test_what_was_dropped_is_read_from_the_shelf() -> None:
    old = Workspace(cache=Cache(0)).create("A", Definition("rand", {"size": (80, 80)}, seed=1))
    old = old.operate("exp", ("A",), {}, ("B",)).write("B", 0, 1.0).operate("T", ("B",), {}, ("C",))
    expected = {name: old[name].tensor().clone() for name in old.names}
    new = edits.redefine(old, "A", SMALLER)
    assert (old["A"].storage.held(), old["B"].storage.held()) == (0, 0)
    assert all(old[name].tensor().equal(expected[name]) for name in ("C", "A", "B"))
    new.activate()
    assert (old["A"].storage.held(), old["B"].storage.held()) == (0, 0)


@pytest.mark.parametrize("symbol", ["/=", "+="])
def test_what_is_frozen_into_a_write_of_numpy_stays_an_array(symbol: str) -> None:
    workspace = Workspace()
    for name in ("B", "C"):
        workspace = workspace.create(name, Definition("ones", {"size": ()}, torch.float32), array=True)
    workspace = workspace.augment("C", symbol, "B")
    redefined = edits.redefine(workspace, "B", Definition("ones", {"size": (1,)}, torch.float32), freeze=True)
    assert redefined.steps[-1].source() == f"C {symbol} torch.tensor(1.0).numpy()"
    assert redefined["B"].shape == (1,)
    assert redefined["C"].array() == workspace["C"].array()


def test_a_block_is_edited_as_its_cells_one_by_one(sample: Workspace) -> None:
    values = torch.tensor([[10, 20], [30, 40]])
    ranges = (range(1, 3), range(2, 4))
    cells = {(1, 2): 10, (1, 3): 20, (2, 2): 30, (2, 3): 40}
    larger = sample.create("L", Definition.typed(torch.zeros(80, 80, dtype=torch.int64)))  # spelt out by no code
    written = sample.write("A", (0, 1), 0)
    for workspace, name in ((sample, "A"), (larger, "L"), (written, "A")):
        one, other = edits.edit_block(workspace, name, ranges, values), edits.edit(workspace, name, cells)
        assert torch.equal(one[name].tensor(), other[name].tensor())
        assert len(one.steps) == len(other.steps)


def test_what_is_replayed_warns_nobody_again() -> None:
    work = Workspace().create("C", Definition.typed(torch.tensor([1 + 2j, 3 - 1j])))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        work = work.operate("to", ("C",), {"dtype": torch.float32}, ("R",))
    torch.set_warn_always(True)
    try:
        work["R"].storage.drop()
        assert work["R"].tensor().tolist() == [1, 3]
    finally:
        torch.set_warn_always(False)
