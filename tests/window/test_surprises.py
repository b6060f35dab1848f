"""What surprises people, from the menu: each stands ready in two clicks, explained, and does what is said of it."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from explorer.animation.frame import Look
from explorer.errors import OpError
from explorer.session.lessons.surprises import SURPRISES
from explorer.widgets.speech.sentences import say

KEYS = [surprise.key for surprise in SURPRISES]
REFUSED = {"mean", "products", "view", "in_place", "devices", "shapes"}


def begin(user, key: str) -> Any:
    """Choose one from the menu; the two clicks are on the menu and on its entry."""
    actions = {a.objectName(): a for a in user.window.menus.actions()[-2].menu().actions()}
    actions[f"surprise_{key}"].trigger()
    user.settled()
    return user.session.workspace


@pytest.fixture(params=["en", "zh_CN"])
def anyone(request: pytest.FixtureRequest, start: Callable[..., Any]) -> Any:
    return start(language=request.param)


def test_each_is_explained_and_its_draft_is_what_torch_does(anyone) -> None:
    for key in KEYS:
        begin(anyone, key)
        window, draft = anyone.window, anyone.session.draft
        assert window.message_bar.text, key
        assert "{" not in window.message_bar.text
        assert (draft.error is not None) == (key in REFUSED), (key, draft)
        steps = len(anyone.session.workspace.steps)
        if key in REFUSED:
            anyone.run()
            assert anyone.session.workspace.steps[steps:] == ()
            assert draft.error.detail
            assert window.message_bar.text.startswith(say(draft.error.message)), key
        anyone.session.undo()
        anyone.settled()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("rows", [12, 15, 18, 21]),
        ("keepdim", [[0.25, 0.3], [0.5, 0.8]]),
        ("square", [[0.0, -1.0, -2.0], [1.0, 0.0, -1.0], [2.0, 1.0, 0.0]]),
        ("division", [2, -3, 3]),
        ("norm", 10.0),
        ("variance", 1.0),
        ("wrap", [44, 200]),
        ("promotion", [1.5, 2.5, 3.5]),
        ("order", 0.0),
    ],
)
def test_the_numbers_are_as_said(user, key: str, expected: object) -> None:
    begin(user, key)
    user.run()
    torch.testing.assert_close(user.newest, torch.tensor(expected, dtype=user.newest.dtype))


def test_what_is_said_stays_when_the_draft_has_run_until_it_is_put_away(user) -> None:
    begin(user, "autograd")
    said = user.window.message_bar.text
    user.run()
    assert user.window.message_bar.text == said
    user.session.select("s")
    user.settled()
    assert user.window.message_bar.text == said
    begin(user, "wrap")
    user.click("message_close")
    user.run()
    assert user.window.message_bar.text == ""
    begin(user, "transpose")
    user.run()
    assert "deprecated" in user.window.message_bar.text


def test_the_uninitialised_tensor_shows_question_marks(user) -> None:
    workspace = begin(user, "constructor")
    name = user.session.state.inspected
    assert workspace[name].unknown
    assert workspace[name].shape == (3,)
    assert name in user.window.message_bar.text
    for op in ("neg", "zero_"):  # whatever is drafted, memory that nobody wrote shows no numbers
        user.operation(op)
        first = user.window.stage.view.frame.cells[0]
        assert first.look is Look.UNKNOWN
        assert set(first.texts) == {"?"}
    user.run()
    assert user.session.workspace[name].tensor().tolist() == [0.0] * 3


def test_the_tensor_that_cannot_be_copied_is_named(user) -> None:
    workspace = begin(user, "devices")
    lost = next(x.name for x in workspace.items if x.device == "meta")
    assert user.find("draft_error").accessibleName().split()[:3] == [lost, "(3,", "4)"]


def test_the_write_that_backward_will_not_forgive_is_told_before(user) -> None:
    begin(user, "autograd")
    user.run()
    workspace = user.session.workspace
    name = workspace.steps[-1].outputs[0]
    assert workspace.autograd.lost(name)
    with pytest.raises(OpError) as refusal:
        workspace.backward(next(n for n in workspace.names if n.startswith("s")))
    assert "is at version 1; expected version 0" in refusal.value.detail


def test_names_that_are_taken_stay_what_they_are(user) -> None:
    before = user.session.workspace["A"].tensor().clone()
    begin(user, "last")
    user.click("scratch_keep")
    assert torch.equal(user.session.workspace["A"].tensor(), before)
    assert user.session.draft.operands != ("A",)


def test_a_low_window_stays_as_low(anyone) -> None:
    """Draft, note, caption and legend of the fullest ones find room in 1366 x 768 at 125 %."""
    for height in (600, 545):  # what makes a window low needs room of its own
        anyone.window.resize(1093, height)
        anyone.settled()
    for key in ("rows", "last", "stack", "wrap", "promotion"):
        begin(anyone, key)
        assert anyone.window.height() == 545, key
        anyone.run()
        assert anyone.window.height() == 545, key
        anyone.session.undo()
        anyone.settled()
