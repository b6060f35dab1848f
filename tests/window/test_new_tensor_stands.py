"""A new tensor stands on the stage as itself; the draft waits until it is asked for."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt

from explorer.workspace import Definition


def stands(user: Any, name: str, shape: str) -> None:
    """`name` is on the stage, nothing is told of an operation, and it is what is selected."""
    window, staged = user.window, user.window.stage.staged
    assert window.stage.headline.text() == f"{name} has the shape {shape}."
    assert [t.name for t in staged.animation.frame(0.0).tensors] == [name]
    assert not staged.ran
    assert user.find("tensor_list").current_name == name
    assert user.session.state.inspected == name
    assert user.session.draft.operands[0] == name


def test_a_new_tensor_stands_there_as_itself(user: Any) -> None:
    user.session.create("N", Definition.typed(torch.tensor([[1.5, 2.5], [3.5, 4.5]])))
    user.settled()
    stands(user, "N", "(2, 2)")
    assert torch.equal(user.window.stage.staged.animation.results[0], torch.tensor([[1.5, 2.5], [3.5, 4.5]]))
    user.press(Qt.Key.Key_Space)  # and then the draft is run
    assert torch.equal(user.newest, torch.tensor([5.0, 7.0]))
    assert "disappears" in user.window.stage.headline.text()


@pytest.mark.parametrize("key", ["0", "1"])
def test_the_draft_of_a_new_tensor_is_told_when_it_is_chosen(user: Any, key: str) -> None:
    user.session.create("N", Definition.typed(torch.ones(2, 2)))
    user.settled()
    user.press(Qt.Key(ord(key)))
    assert user.window.stage.headline.text().startswith(f"dim={key}: ")


def test_a_file_stands_there_as_itself(user: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "acts.npy", np.ones((3, 2), dtype=np.float32))
    user.window.files.open([tmp_path / "acts.npy"])
    user.settled()
    stands(user, "acts", "(3, 2)")
    user.operation("mean")
    assert "acts has the shape" not in user.window.stage.headline.text()


def test_it_stands_there_seen_another_way_and_after_redo(user: Any) -> None:
    user.session.create("N", Definition.typed(torch.ones(2, 5)))
    user.settled()
    user.window.viewpoint.lay_axis("N", 0, rows=False)
    user.settled()
    stands(user, "N", "(2, 5)")
    layout = user.window.stage.frame()
    assert layout is not None
    user.session.undo()
    user.settled()
    assert user.window.stage.headline.text() != "N has the shape (2, 5)."
    user.session.redo()
    user.settled()
    stands(user, "N", "(2, 5)")


def test_what_comes_from_numpy_stands_there_as_itself(user: Any) -> None:
    user.window.bridge.card.ask("numpy")
    user.settled()
    user.window.bridge.card.ask("from_numpy")
    user.settled()
    name = user.session.workspace.names[-1]
    stands(user, name, "(3, 4)")
