"""What surprises people is tried out in a scratch of its own: the user's tensors wait, and are come back to."""

from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt

from explorer.session.lessons.surprises import SURPRISES
from explorer.workspace import Definition
from tests.window.test_surprises import begin


def seen(user: Any) -> list[str]:
    return list(user.find("tensor_list").names)


def mine(user: Any) -> tuple[Any, ...]:
    workspace = user.session.workspace
    return (workspace.names, workspace.steps, *(workspace[name].tensor().clone() for name in workspace.names))


def same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one[:2] == other[:2] and all(torch.equal(a, b) for a, b in zip(one[2:], other[2:], strict=True))


def test_the_tensors_of_a_surprise_stand_alone(user: Any) -> None:
    before = mine(user)
    begin(user, "keepdim")
    assert "W" not in seen(user)
    assert user.find("scratch_bar").isVisible()
    user.run()
    user.click("scratch_leave")
    assert same(mine(user), before)
    assert seen(user) == ["A", "W"]
    assert not user.window.shelf.scratch.isVisible()
    assert user.session.draft.operands == ("A",)
    user.session.undo()  # and into the scratch again
    user.settled()
    assert user.find("scratch_bar").isVisible()
    user.session.redo()
    user.settled()
    assert same(mine(user), before)


@pytest.mark.parametrize("key", [s.key for s in SURPRISES])
def test_each_is_left_and_kept_with_one_click(user: Any, key: str) -> None:
    before = mine(user)
    begin(user, key)
    made = {name: user.session.workspace[name].shape for name in user.session.workspace.names}
    user.click("scratch_leave")
    assert same(mine(user), before)
    begin(user, key)
    user.click("scratch_keep")
    workspace = user.session.workspace
    assert not user.window.shelf.scratch.isVisible()
    assert workspace.names[:2] == ("A", "W")
    assert [workspace[name].shape for name in workspace.names[2:]] == list(made.values())
    assert torch.equal(workspace["A"].tensor(), before[2])
    user.session.undo()
    user.session.undo()
    user.settled()
    assert same(mine(user), before)


def test_what_is_kept_is_computed_with_and_undone(user: Any) -> None:
    begin(user, "keepdim")
    user.run()
    made = user.newest.clone()
    user.click("scratch_keep")
    assert torch.equal(user.newest, made)
    name = user.session.workspace.names[-1]
    user.session.select(name)
    user.operation("exp")
    user.run()
    assert torch.equal(user.newest, made.exp())
    source = user.session.listing.lines(user.session.workspace.steps)
    there: dict[str, Any] = {}
    exec("import torch\n" + "\n".join(source), there)  # noqa: S102 - one program, that runs
    assert torch.equal(there[name], made)


def test_another_surprise_takes_the_place_of_the_first(user: Any) -> None:
    before = mine(user)
    begin(user, "keepdim")
    first = seen(user)
    begin(user, "wrap")
    assert not set(first) & set(seen(user)) or first != seen(user)
    user.click("scratch_leave")
    assert same(mine(user), before)


def test_writes_in_the_scratch_touch_nothing_of_the_users(user: Any) -> None:
    before = mine(user)
    begin(user, "in_place")
    user.session.create("A9", Definition.typed(torch.ones(2)))
    user.settled()
    user.session.choose_operation("zero_")
    user.settled()
    user.press(Qt.Key.Key_Space)
    user.click("scratch_leave")
    assert same(mine(user), before)


def test_another_language_stays_in_the_scratch(user: Any) -> None:
    begin(user, "keepdim")
    old, names = user.window, seen(user)
    old.appearance.speak("zh_CN")
    user.qtbot.waitUntil(lambda: user.window is not old)
    user.settled()
    assert user.find("scratch_bar").isVisible()
    assert seen(user) == names
    user.click("scratch_leave")
    assert seen(user) == ["A", "W"]
