"""What the workspace says of autograd, against plain torch that runs the printed program."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock

import hypothesis.strategies as st
import pytest
import torch
from hypothesis import HealthCheck, given, settings

from explorer.errors import OpError, ProgramError
from explorer.files.script import script
from explorer.ops import CATALOG
from explorer.ops.autograd import ONES
from explorer.workspace import Definition, Workspace, edits
from explorer.workspace.autograd_facts import spoken
from explorer.workspace.recording import autograd_of
from explorer.workspace.steps import Step

VALUES = torch.tensor([1.0, -2.0, 3.0])


def plain(workspace: Workspace) -> dict[str, torch.Tensor]:
    """The tensors after the printed program has run in plain Python."""
    names: dict[str, object] = {}
    exec(script(workspace).text, names)  # noqa: S102 - plain Python is the yardstick
    return {name: x for name, x in names.items() if isinstance(x, torch.Tensor)}


def agrees(workspace: Workspace) -> dict[str, torch.Tensor]:
    """Plain Python gives what stands on the shelf."""
    found = plain(workspace)
    for item in workspace.items:
        if item.kind == "tensor":
            mine, true = item.tensor(), found[item.name].detach()
            assert (mine.dtype, mine.shape, mine.stride()) == (true.dtype, true.shape, true.stride())
            assert torch.equal(mine.nan_to_num(), true.nan_to_num())
    return found


def start(values: torch.Tensor = VALUES) -> Workspace:
    return Workspace().create("A", Definition.typed(values)).require_grad("A")


def chain() -> Workspace:
    """A, B = A.exp(), C = B.sum()."""
    return start().operate("exp", ("A",), {}, ("B",)).operate("sum", ("B",), {}, ("C",))


def refused(call: Callable[[], object], kind: type[OpError] = OpError) -> OpError:
    with pytest.raises(kind) as caught:
        call()
    return caught.value


# what is recorded


def test_a_program_without_gradients_costs_nothing():
    workspace = Workspace().create("A", Definition.typed(VALUES)).operate("exp", ("A",), {}, ("B",))
    assert workspace.autograd is None
    assert chain().autograd is not None


def test_a_chain_is_known_from_its_leaf_to_its_end():
    facts = chain().autograd.facts
    assert (facts["A"].requires_grad, facts["A"].leaf, facts["A"].grad_fn) == (True, True, "")
    assert (facts["B"].requires_grad, facts["B"].leaf, facts["B"].grad_fn) == (True, False, "ExpBackward0")
    links = [(link.sources, link.word, link.name) for link in facts["C"].chain]
    assert links == [(("A",), "exp", "B"), (("B",), "sum", "C")]
    assert facts["C"].leaves == ("A",)


def test_a_chain_may_meet_and_part():
    workspace = start().create("W", Definition.typed(VALUES)).require_grad("W")
    workspace = workspace.operate("mul", ("A", "W"), {}, ("B",)).operate("add", ("A", "B"), {}, ("C",))
    fact = workspace.autograd.facts["C"]
    assert [(set(x.sources), x.word, x.name) for x in fact.chain] == [
        ({"A", "W"}, "mul", "B"),
        ({"A", "B"}, "add", "C"),
    ]
    assert fact.leaves == ("A", "W")


def test_whole_numbers_cannot_require_gradients():
    workspace = Workspace().create("I", Definition.typed(torch.tensor([1, 2])))
    error = refused(lambda: workspace.require_grad("I"))
    assert "int64" in str(error.message)
    with pytest.raises(RuntimeError) as true:
        torch.tensor([1, 2]).requires_grad_()
    assert error.detail == str(true.value)
    assert workspace.autograd is None


def test_complex_numbers_can():
    workspace = start(torch.tensor([1 + 2j]))
    assert workspace.autograd.facts["A"].requires_grad


def test_arrays_are_tensors_first():
    workspace = Workspace().create("n", Definition.typed(VALUES), array=True)
    assert "NumPy" in str(refused(lambda: workspace.require_grad("n")).message)


def test_it_can_be_switched_off_again():
    workspace = start().require_grad("A", False)
    assert not workspace.autograd.facts["A"].requires_grad
    assert "A.requires_grad_(False)" in script(workspace).text
    agrees(workspace.in_place("add_", "A", (1,)))


def test_not_for_a_result():
    error = refused(lambda: chain().require_grad("B", False))
    assert "leaf variables" in error.detail


def test_versions_are_torchs_own_counts():
    workspace = start().operate("exp", ("A",), {}, ("B",)).index("B", (0,), "V")
    assert workspace.autograd.facts["B"].version == 0
    workspace = workspace.in_place("mul_", "V", (2,))
    facts, true = workspace.autograd.facts, agrees(workspace)
    assert facts["B"].version == facts["V"].version == true["B"]._version == 1


# in place


def test_a_leaf_is_not_overwritten():
    workspace = start()
    for change, statement in (
        (lambda: workspace.in_place("add_", "A", (1,)), "A.add_(1)"),
        (lambda: workspace.write("A", (0,), 9.0), "A[0] = 9.0"),
        (lambda: workspace.augment("A", "+=", 1), "A += 1"),
    ):
        error = refused(change)
        names = {"A": VALUES.clone().requires_grad_()}
        with pytest.raises(RuntimeError) as true:
            exec(statement, names)  # noqa: S102 - plain Python is the yardstick
        assert error.detail == str(true.value)
        assert "leaf" in str(error.message)
    assert torch.equal(workspace["A"].tensor(), VALUES)
    assert len(workspace.steps) == 2


def test_no_array_over_what_requires_gradients():
    workspace = chain()
    for name in ("A", "B"):
        error = refused(lambda name=name: workspace.to_array(name, "n"))
        assert "numpy()" in error.detail
    assert "n" not in workspace


def test_overwriting_what_exp_saved_is_foretold_and_then_refused():
    workspace = chain()
    assert workspace.autograd.lost("B") == ()
    spoilt = workspace.in_place("add_", "B", (1,))
    (lost,) = spoilt.autograd.lost("B")
    assert (spoilt.steps[lost.step].source(), lost.version, lost.now) == ("B = A.exp()", 0, 1)
    assert str(spoken(lost, spoilt.steps)).startswith("“B = A.exp()” saved it for backward at version 0")
    assert not spoilt.autograd.facts["C"].ready
    assert spoilt.autograd.facts["A"].lost == ()
    error = refused(lambda: spoilt.backward("C"))
    names = plain(spoilt)
    with pytest.raises(RuntimeError) as true:
        names["C"].backward()
    assert error.detail == str(true.value)
    assert "is at version 1; expected version 0" in error.detail
    assert "B = A.exp()" in str(error.message)
    assert spoilt.names == ("A", "B", "C")
    assert torch.equal(spoilt["B"].tensor(), VALUES.exp() + 1)


def test_overwriting_what_nobody_saved_does_no_harm():
    workspace = start().operate("add", ("A", 1), {}, ("B",)).operate("sum", ("B",), {}, ("C",))
    workspace = workspace.in_place("mul_", "B", (2,))
    assert workspace.autograd.lost("B") == ()
    assert workspace.autograd.facts["C"].ready
    done = workspace.backward("C")
    assert torch.equal(done["A_grad"].tensor(), torch.ones(3))


def test_through_a_view_and_through_the_other_factor():
    workspace = start().create("W", Definition.typed(VALUES)).operate("mul", ("A", "W"), {}, ("B",))
    workspace = workspace.operate("sum", ("B",), {}, ("C",)).index("W", (slice(0, 1),), "V")
    spoilt = workspace.in_place("zero_", "V")
    assert [saved.names for saved in spoilt.autograd.lost("W")] == [("W",)]
    assert not spoilt.autograd.facts["C"].ready
    refused(lambda: spoilt.backward("C"))


def test_zeros_do_not_make_up_for_it():
    workspace = start().operate("exp", ("A",), {}, ("B",)).in_place("zero_", "B")
    assert workspace.autograd.lost("B")
    assert "expected version 0" in refused(lambda: workspace.backward("B", ONES)).detail


def test_a_view_that_was_there_before_says_more_than_it_can():
    workspace = Workspace().create("A", Definition.typed(VALUES)).operate("unsqueeze", ("A",), {"dim": 0}, ("B",))
    workspace = workspace.require_grad("A")
    fact = workspace.autograd.facts["B"]
    assert (fact.requires_grad, fact.ready) == (True, False)
    assert "does not have a grad_fn" in refused(lambda: workspace.backward("B", ONES)).detail


# backward


@pytest.mark.parametrize(("op", "arguments"), [("split", {"split_size": 2}), ("unbind", {"dim": 0})])
def test_one_of_several_views_is_of_no_more_use_once_its_memory_is_written_to(op: str, arguments: dict[str, int]):
    workspace = Workspace().create("A", Definition.typed(VALUES)).require_grad("A")
    workspace = workspace.operate("mul", ["A", 1], {}, ["B"])
    workspace = workspace.operate(op, ["B"], arguments, ["C", *"DE"[: {"split": 1, "unbind": 2}[op]]])
    workspace = workspace.in_place("mul_", "B", [2])
    agrees(workspace)
    fact = workspace.autograd.facts["C"]
    assert fact.requires_grad
    assert not fact.ready
    assert "multiple views" in fact.refused
    with pytest.raises(OpError) as refused:
        workspace.operate("mul", ["C", 3], {}, ["F"])
    assert "multiple views" in refused.value.detail
    with pytest.raises(OpError):
        workspace.backward("C", ONES)


def test_gradients_stand_beside_their_sources():
    workspace = chain().backward("C")
    assert workspace.names == ("A", "A_grad", "B", "C")
    assert workspace.autograd.gradients == {"A_grad": "A"}
    assert torch.equal(workspace["A_grad"].tensor(), VALUES.exp())
    assert workspace.steps[-1].source() == "C.backward(); A_grad = A.grad.clone()"
    agrees(workspace)


def test_a_write_through_a_view_is_used_up_too():
    workspace = Workspace().create("W", Definition.typed(VALUES)).create("A", Definition.typed(torch.tensor(2.0)))
    workspace = workspace.require_grad("A").write("W", (0,), "A").backward("W", ONES)
    assert workspace.autograd.facts["W"].spent
    assert "a second time" in refused(lambda: workspace.backward("W", ONES)).detail


def test_a_large_program_is_looked_at_without_its_values():
    workspace = Workspace().create("A", Definition("ones", {"size": (2_000_000,)})).require_grad("A")
    workspace = workspace.operate("exp", ("A",), {}, ("B",)).operate("sum", ("B",), {}, ("C",))
    spoilt = workspace.in_place("add_", "B", (1,))
    assert spoilt.autograd.lost("B")
    assert "expected version 0" in refused(lambda: spoilt.backward("C")).detail
    assert "leaf" in refused(lambda: workspace.in_place("add_", "A", (1,))).detail
    assert "numpy()" in refused(lambda: workspace.to_array("B", "n")).detail
    assert workspace.backward("C")["A_grad"].tensor()[0] == torch.ones(1).exp()


def test_several_leaves():
    workspace = start().create("W", Definition.typed(VALUES * 2)).require_grad("W")
    workspace = workspace.operate("dot", ("A", "W"), {}, ("C",)).backward("C")
    assert workspace.names == ("A", "A_grad", "W", "W_grad", "C")
    assert torch.equal(workspace["A_grad"].tensor(), VALUES * 2)
    assert torch.equal(workspace["W_grad"].tensor(), VALUES)
    agrees(workspace)


def test_a_second_backward_finds_the_graph_used_up():
    workspace = chain().backward("C")
    assert workspace.autograd.facts["C"].spent
    error = refused(lambda: workspace.backward("C"))
    assert "a second time" in error.detail
    assert "retain_graph" in str(error.message)


def test_gradients_add_up():
    workspace = chain().backward("C", retained=True).backward("C")
    assert workspace.names == ("A", "A_grad", "A_grad1", "B", "C")
    assert torch.equal(workspace["A_grad1"].tensor(), 2 * VALUES.exp())
    assert torch.equal(workspace["A_grad"].tensor(), VALUES.exp())
    assert workspace.autograd.facts["A"].graded == 2
    agrees(workspace)


def test_a_cleared_gradient_begins_a_new_sum():
    workspace = chain().backward("C", retained=True).clear_grad("A").backward("C")
    assert workspace.steps[-2].source() == "A.grad = None"
    assert torch.equal(workspace["A_grad1"].tensor(), VALUES.exp())
    assert workspace.autograd.facts["A"].graded == 1
    agrees(workspace)
    frozen = edits.freeze(workspace, "B")
    assert torch.equal(frozen["A_grad1"].tensor(), VALUES.exp())
    agrees(workspace.rename("A", "X"))
    assert workspace.clear_grad("A").autograd.facts["A"].graded == 0


def test_more_than_one_element_needs_a_gradient():
    workspace = chain()
    error = refused(lambda: workspace.backward("B"))
    assert error.detail == "grad can be implicitly created only for scalar outputs"
    assert torch.equal(workspace.backward("B", ONES)["A_grad"].tensor(), VALUES.exp())
    workspace = workspace.create("G", Definition.typed(torch.tensor([1.0, 0.0, -1.0]))).backward("B", "G")
    assert torch.equal(workspace["A_grad"].tensor(), VALUES.exp() * torch.tensor([1.0, 0.0, -1.0]))
    assert "B.backward(G)" in script(workspace).text
    agrees(workspace)


def test_a_gradient_of_another_shape_is_refused():
    workspace = chain().create("G", Definition.typed(torch.ones(2)))
    assert "shape" in refused(lambda: workspace.backward("B", "G")).detail.lower()


def test_a_leaf_that_became_a_result():
    workspace = start().operate("exp", ("A",), {}, ("B",)).require_grad("A", False).augment("A", "*=", "B")
    assert workspace.autograd.facts["B"].moved == ("A",)
    assert "graph interior" in refused(lambda: workspace.backward("B", ONES)).detail


def test_a_leaf_that_was_switched_off_gets_none():
    workspace = start().create("W", Definition.typed(VALUES)).require_grad("W").operate("mul", ("A", "W"), {}, ("B",))
    workspace = workspace.require_grad("W", False)
    assert workspace.autograd.facts["B"].leaves == ("A",)
    agrees(workspace.backward("B", ONES))


def test_a_number_that_was_saved_is_used_up_too():
    workspace = start().operate("mul", ("A", 2), {}, ("B",)).backward("B", ONES)
    assert workspace.autograd.facts["B"].spent
    assert "a second time" in refused(lambda: workspace.backward("B", ONES)).detail


def test_nothing_to_go_back_to():
    workspace = start().create("W", Definition.typed(VALUES)).operate("sum", ("W",), {}, ("C",))
    error = refused(lambda: workspace.backward("C"))
    assert "does not require grad" in error.detail


def test_a_leaf_may_be_its_own_end():
    workspace = start(torch.tensor(2.0)).backward("A")
    assert workspace["A_grad"].tensor() == 1
    agrees(workspace)


# changes of the program


def test_a_redefinition_ripples_into_the_gradients():
    workspace = edits.redefine(chain().backward("C"), "A", Definition.typed(torch.tensor([[0.0, 1.0]])))
    assert torch.equal(workspace["A_grad"].tensor(), torch.tensor([[0.0, 1.0]]).exp())
    agrees(workspace)


def test_a_redefinition_that_cannot_require_gradients_is_refused_as_a_whole():
    workspace = chain().backward("C")
    whole = Definition.typed(torch.tensor([1, 2]))
    error = refused(lambda: edits.redefine(workspace, "A", whole), ProgramError)
    assert error.offer == "freeze"
    frozen = edits.redefine(workspace, "A", whole, freeze=True)
    assert torch.equal(frozen["A_grad"].tensor(), VALUES.exp())
    agrees(frozen)


def test_another_operation_in_its_place_is_checked_by_autograd():
    workspace = start().operate("add", ("A", 1), {}, ("B",)).in_place("mul_", "B", (2,))
    error = refused(
        lambda: edits.replace_step(workspace, 2, CATALOG["reshape"].call(("A",), {"shape": (3, 1)}), ("B",)),
        ProgramError,
    )
    assert "leaf" in error.detail
    assert workspace.names == ("A", "B")
    agrees(workspace)


def test_a_step_that_is_not_in_the_chain_may_still_spoil_it():
    """The write reads W, which the chain does not; backward comes after both."""
    workspace = start().create("W", Definition.typed(VALUES)).operate("add", ("A", 1), {}, ("B",))
    workspace = workspace.operate("sum", ("B",), {}, ("C",)).in_place("mul_", "B", ("W",)).backward("C")
    agrees(edits.redefine(workspace, "W", Definition.typed(VALUES * 3)))


def test_renaming_undo_and_the_shelf():
    before = chain()
    after = before.backward("C").rename("A", "W").rename("A_grad", "dW")
    assert after.autograd.gradients == {"dW": "W"}
    agrees(after)
    assert torch.equal(before.activate()["B"].tensor(), VALUES.exp())
    assert not before.autograd.facts["C"].spent
    agrees(before)


def test_a_gradient_can_be_deleted():
    workspace = edits.delete(chain().backward("C"), "A_grad")
    assert workspace.names == ("A", "B", "C")
    assert not workspace.autograd.facts["C"].spent
    twice = edits.delete(chain().backward("C", retained=True).backward("C"), "A_grad")
    assert torch.equal(twice["A_grad1"].tensor(), 2 * VALUES.exp())
    agrees(twice)


def test_what_a_gradient_needs_cannot_be_deleted_but_frozen():
    workspace = chain().backward("C")
    refused(lambda: edits.delete(workspace, "C"), ProgramError)
    for name in ("A", "B", "C"):
        agrees(edits.delete(workspace, name, freeze=True))
        frozen = edits.freeze(workspace, name)
        assert torch.equal(frozen["A_grad"].tensor(), VALUES.exp())
        agrees(frozen)


def test_long_values_and_memory_that_nobody_wrote():
    values = torch.arange(5000.0)
    workspace = Workspace().load("A", values.clone()).require_grad("A")
    workspace = workspace.operate("mul", ("A", "A"), {}, ("B",)).operate("sum", ("B",), {}, ("C",)).backward("C")
    assert torch.equal(workspace["A_grad"].tensor(), 2 * values)
    blank = Workspace().create("A", Definition("empty", {"size": (3,)})).require_grad("A")
    blank = blank.operate("mul", ("A", "A"), {}, ("B",)).operate("sum", ("B",), {}, ("C",)).backward("C")
    assert blank["A_grad"].unknown
    assert torch.equal(blank["A_grad"].tensor().nan_to_num(), (2 * blank["A"].tensor()).nan_to_num())


# whatever is done


SHAPES = ((3,), (2, 3), ())
UNARY = ("exp", "abs", "neg", "sqrt", "clone", "sum", "mean", "contiguous")
IN_PLACE = ("add_", "mul_", "exp_", "zero_", "abs_", "neg_", "t_", "copy_")


Draw = Callable[[st.SearchStrategy], object]


def grow(draw: Draw, workspace: Workspace) -> Workspace:
    """One more step, which may be refused."""
    tensors = [item.name for item in workspace.items if item.kind == "tensor"]
    name = draw(st.sampled_from(tensors))
    other = draw(st.sampled_from(tensors))
    new = workspace.fresh_name()
    match draw(
        st.sampled_from(("unary", "binary", "view", "in_place", "write", "augment", "require", "clear", "backward"))
    ):
        case "unary":
            return workspace.operate(draw(st.sampled_from(UNARY)), (name,), {}, (new,))
        case "binary":
            op = draw(st.sampled_from(("add", "mul", "div", "matmul")))
            return workspace.operate(op, (name, other), {}, (new,))
        case "view":
            how = draw(st.sampled_from(("row", "softmax", "amax", "unsqueeze", "expand")))
            if how == "row":
                return workspace.index(name, (draw(st.sampled_from((0, slice(0, 1), [0], ...))),), new)
            if how == "expand":
                return workspace.operate("expand", (name,), {"size": (2, *workspace[name].shape)}, (new,))
            return workspace.operate(how, (name,), {"dim": 0}, (new,))
        case "in_place":
            method = draw(st.sampled_from(IN_PLACE))
            given = (draw(st.sampled_from((2, other))),) if method in ("add_", "mul_") else ()
            return workspace.in_place(method, name, (other,) if method == "copy_" else given)
        case "write":
            return workspace.write(
                name, (draw(st.sampled_from((0, slice(0, 1), ...))),), draw(st.sampled_from((5.0, other)))
            )
        case "augment":
            return workspace.augment(name, "*=", other)
        case "require":
            return workspace.require_grad(name, draw(st.integers(0, 4)) > 0)
        case "clear":
            return workspace.clear_grad(name)
        case _:
            return workspace.backward(name, draw(st.sampled_from((None, ONES))), draw(st.booleans()))


class Choices:
    """What hypothesis draws, to be drawn the same way once more."""

    def __init__(self, draw: Draw) -> None:
        self.draw, self.made = draw, []

    def again(self) -> Draw:
        kept = iter(list(self.made))

        def choose(strategy: st.SearchStrategy) -> object:
            for value in kept:
                return value
            self.made.append(self.draw(strategy))
            return self.made[-1]

        return choose


@dataclass
class Tried:
    """A step in the place of the workspace that it would make."""

    step: Step

    def reorder(self, shelf: object) -> "Tried":
        return self


def stepped(workspace: Workspace, change: Callable[[Workspace], Workspace]) -> Workspace:
    """The workspace after `change`, or as it was where plain torch refuses the same line in the same words."""
    with mock.patch.object(Workspace, "_append", lambda self, step: Tried(step)):
        line = change(workspace).step.source()
    wrong, names = "", plain(workspace)
    try:
        exec(line, {**names, "torch": torch})  # noqa: S102 - plain Python is the yardstick
    except (RuntimeError, IndexError, TypeError, ValueError, AttributeError) as error:
        wrong = str(error)
    if not wrong:
        return change(workspace)
    assert refused(lambda: change(workspace)).detail == wrong
    return workspace


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_everything_said_before_backward_is_what_torch_then_does(data):
    workspace = start(torch.rand(data.draw(st.sampled_from(SHAPES)), generator=torch.Generator().manual_seed(1)) + 1)
    workspace = workspace.create("W", Definition.typed(torch.tensor([1.0, 2.0, 3.0])))
    for _ in range(data.draw(st.integers(1, 14))):
        if len(workspace.names) < 9:
            choices = Choices(data.draw)
            workspace = stepped(workspace, lambda w, choices=choices: grow(choices.again(), w))
    found, facts = agrees(workspace), workspace.autograd.facts
    for name, tensor in found.items():
        fact = facts[name]
        true = (tensor.requires_grad, tensor.is_leaf, tensor._version, tensor.numel() == 1)
        assert (fact.requires_grad, fact.leaf, fact.version, fact.single) == true
        assert fact.grad_fn == (tensor.grad_fn.name() if tensor.grad_fn is not None else "")
        assert set(fact.leaves) <= set(workspace.names)
    assert autograd_of(workspace.records, light=True) == workspace.autograd
    for name, tensor in found.items():
        wrong = ""
        try:
            tensor.backward(torch.ones_like(tensor), retain_graph=True)
        except RuntimeError as error:
            wrong = str(error)
        if "single memory location" not in wrong:  # a backward through cells that share memory: nothing that was saved
            assert facts[name].ready == (not wrong), (script(workspace).text, name, wrong)
        if wrong:
            with pytest.raises(RuntimeError) as true:  # in a fresh run: which node comes first depends on who asked
                plain(workspace)[name].backward(torch.ones_like(tensor))
            assert refused(lambda name=name: workspace.backward(name, ONES)).detail == str(true.value)
    for saved in workspace.autograd.saved:
        if saved.overwritten:
            assert saved.names
            assert any(not facts[name].ready for name in facts if facts[name].requires_grad)


def test_what_autograd_was_asked_with_is_let_go() -> None:
    """The graph is torch's, which Python's collector does not look through."""
    from explorer.workspace.recording import _Watch

    gc.collect()
    before = sum(type(thing) is _Watch for thing in gc.get_objects())
    work = Workspace().create("A", Definition.typed(torch.ones(3))).require_grad("A")
    work = (
        work.operate("exp", ("A",), {}, ("B",))
        .operate("mul", ("B", "A"), {}, ("C",))
        .operate("sum", ("C",), {}, ("s",))
    )
    assert work.backward("s").autograd is not None
    del work
    gc.collect()
    assert sum(type(thing) is _Watch for thing in gc.get_objects()) <= before
