"""The axes on the stage are those of the shelf: rehearsed, after the run, and where a step is seen again."""

import warnings
from typing import Any

import pytest
import torch

from explorer.animation.animation import Animation
from explorer.animation.identities import identities
from explorer.ops import OPERATIONS, Family
from explorer.session import drafting
from explorer.session.reopening import reopened
from explorer.session.staging import performed, rehearsed
from explorer.session.state import State
from explorer.session.viewpoint import Viewpoint
from explorer.workspace import Definition, Workspace
from tests.drafts import drafted

from .cases import Case, every

MOST = 5  # runs of one operation


def some() -> list[Case]:
    """Runs of every operation that has operands."""
    by_op: dict[str, list[Case]] = {}
    for case in every():
        if OPERATIONS[case.op].family is not Family.CREATION:
            by_op.setdefault(case.op, []).append(case)
    return [case for cases in by_op.values() for case in cases[:: len(cases) // (MOST + 1) + 1]]


def begun(case: Case) -> State:
    """A shelf with others on it and the operands of the case, whose axes are all apart, and its draft."""
    workspace = (
        Workspace().create("P", Definition.typed(torch.zeros(2, 3))).create("Q", Definition.typed(torch.zeros(3)))
    )
    operands: list[Any] = []
    for k, x in enumerate(case.operands):
        if isinstance(x, torch.Tensor):
            workspace = workspace.create("ABCDE"[k], Definition.typed(x))
        operands.append("ABCDE"[k] if isinstance(x, torch.Tensor) else x)
    draft = drafting.foretold(drafted(case.op, tuple(operands), case.arguments), workspace)
    return State(workspace, identities(workspace), draft, "A")


def last(told: Animation) -> list[Any]:
    """The axes of the results in the headings of the last frame."""
    names = [x.name for x in told.tensors[told.operands :]]
    shown = {h.name.split()[0]: tuple(c.axis for c in h.chips) for h in told.frame(1.0).headings}
    return [shown[name] for name in names]


@pytest.mark.parametrize("case", some(), ids=str)
def test_the_last_frame_has_the_axes_of_the_shelf(case: Case) -> None:
    before, view = begun(case), Viewpoint()
    assert before.draft is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the variance of one value
        staged, _ = rehearsed(before.draft, before.workspace, before.identities, 4096, view, lambda _: None)
        after = performed(before.draft, before, view)
    step = after.workspace.steps[-1]
    known = [identities(after.workspace)[name] for name in step.outputs]
    assert staged is not None
    assert staged.known is not None, "it was not rehearsed"
    assert list(staged.axes) == known
    assert last(staged.animation) == known
    assert after.staged is not None
    assert last(after.staged.animation) == known
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        again = reopened(len(after.workspace.steps) - 1, after, view, "cpu")
    assert again.staged is not None
    assert last(again.staged.animation) == known
    others = {name: after.identities[name] for name in "PQ"}
    assert others == {name: before.identities[name] for name in "PQ"}, "a run recolours what it does not align"


def test_a_write_seen_again_foretells_the_target_as_it_is_now() -> None:
    workspace = Workspace().create("A", Definition.typed(torch.zeros(3, 4))).write("A", (0, 1), 9)
    then = identities(workspace)["A"]
    workspace = workspace.in_place("transpose_", "A", (0, 1))
    again = reopened(1, State(workspace, identities(workspace)), Viewpoint(), "cpu")
    assert again.staged is not None
    assert last(again.staged.animation) == [then]
    assert again.staged.axes == (identities(workspace)["A"],)
