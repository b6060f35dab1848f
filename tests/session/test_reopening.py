"""Steps as the drafts that they came from, over everything that a draft may be of."""

import pytest
import torch

from explorer.ops import OPERATIONS, Family
from explorer.session import drafting
from explorer.session.reopening import draft_of
from explorer.workspace import Definition, Workspace, edits

FOUND = [op for op in OPERATIONS.values() if op.family is not Family.CREATION]


def shelf() -> Workspace:
    values = torch.arange(1.0, 10.0).reshape(3, 3)
    made = Workspace().create("A", Definition.typed(values)).create("B", Definition.typed(values.T.contiguous()))
    made = made.create("C", Definition.typed(values.expand(2, 3, 3).contiguous()))
    made = made.create("i", Definition.typed(values[0].long() - 1)).create("I", Definition.typed(values.long() % 3))
    return made.create("v", Definition.typed(values[0])).create("m", Definition.typed(values > 4))


@pytest.mark.parametrize("op", FOUND, ids=lambda op: op.name)
def test_every_step_is_the_draft_that_made_it(op) -> None:
    workspace = shelf()
    current = {1: "v", 3: "C"}.get(getattr(op, "rank", 0), "A")
    draft = drafting.foretold(drafting.begun(op, workspace, current, None, "cpu"), workspace)
    assert draft.error is None, draft.error
    outputs = ("X", "Y", "Z")[: len(draft.forecasts)]
    made = workspace.perform(draft.op.call(draft.operands, draft.arguments), () if op.writes else outputs)
    again = draft_of(made.steps[-1])
    assert again is not None
    assert (again.op.name, again.operands) == (draft.op.name, draft.operands)
    assert drafting.title(again) == drafting.title(draft)


def test_what_no_draft_can_be_of_is_none() -> None:
    workspace = shelf()
    for made in (
        workspace,
        workspace.augment("A", "+=", 1),
        workspace.to_array("A", "n"),
        workspace.in_place("bernoulli_", "A"),
        workspace.in_place("hypot_", "A", ("B",)),
        edits.delete(workspace, "m").write("A", (torch.ones(3, 3).bool(),), 1),
    ):
        assert draft_of(made.steps[-1]) is None
