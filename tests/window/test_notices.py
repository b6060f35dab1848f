"""What the message bar says goes with what it speaks of."""

from pathlib import Path
from typing import Any

import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

AXIS_WENT = "Axis 0 went. Which numbers come out along axis 1?"


def said(user: Any) -> str:
    bar = user.window.message_bar
    return bar.text if bar.isVisible() else ""


def played(user: Any) -> None:
    user.run()
    user.window.stage.player.to_end()
    user.settled()


def test_a_refusal_goes_with_its_draft(user: Any) -> None:
    user.make("F", torch.ones(4, 2))
    user.make("Q", torch.ones(2, 4))
    user.session.select("A")
    user.settled()
    user.whole_numbers()
    user.operation("matmul")
    user.choose("operand_0", "A")
    user.choose("operand_1", "F")
    user.run()
    assert "matmul" in said(user)
    assert "F (4, 2)" in said(user)
    user.choose("operand_1", "Q")
    assert user.session.draft.error is not None
    assert "Q (2, 4)" in said(user)
    assert "F (4, 2)" not in said(user)
    user.choose("operand_1", "W")
    user.click("repair_1")
    assert user.session.draft.error is None
    assert said(user) == ""


def test_the_offer_of_the_next_axis_goes_with_its_draft(user: Any) -> None:
    user.operation("sum")
    played(user)
    assert AXIS_WENT in said(user)
    user.operation("stack")
    assert said(user) == ""


def test_what_is_not_about_the_draft_stays(user: Any, tmp_path: Path) -> None:
    user.window.files.save("A", tmp_path / "A.pt")
    user.settled()
    user.press(Qt.Key.Key_1)
    assert user.session.draft.arguments["dim"] == 1
    assert "A.pt" in said(user)


def test_a_saved_picture_is_confirmed(user: Any, tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "stage.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    user.window.files.save("A", tmp_path / "A.pt")
    user.settled()
    assert "A.pt" in said(user)
    user.window.stage.view.pictures.save()
    assert path.exists()
    assert said(user) == "The picture is saved as “stage.png”."
