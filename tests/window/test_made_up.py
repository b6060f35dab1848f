"""Two operations that are in no catalogue are made up while the program runs: an entry each is all that they need."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from explorer import ops
from explorer.files.script import script
from explorer.messages import Phrase
from explorer.ops import OPERATIONS
from explorer.ops.elementwise import Elementwise
from explorer.ops.entry import Form
from explorer.ops.parameters import INPUT, Axes, Flag, Operand
from explorer.ops.reduction import Reduction
from explorer.ops.words import Join, Words


def diagonal_of(x: torch.Tensor, dim: Any = None, keepdim: bool = False) -> torch.Tensor:
    """The diagonal of a box whose sides are the values."""
    return x.square().sum(dim=dim, keepdim=keepdim).sqrt()


def longer(strip: torch.Tensor, side: torch.Tensor) -> torch.Tensor:
    """The diagonal with one side more."""
    return (strip * strip + side * side).sqrt()


HYPOT = Elementwise(
    "hypot",
    Phrase("Hypotenuse of two legs", "直角三角形的斜边"),
    (INPUT, Operand("other")),
    Form.FUNCTION,
    synonyms=("pythagoras", "勾股"),
    words=Words(template="√({0}²+{1}²)"),
)
BOX = Reduction(
    "box",
    Phrase("Diagonal of a box", "长方体的对角线"),
    (INPUT, Axes("dim", named=True), Flag("keepdim")),
    Form.FUNCTION,
    function=diagonal_of,
    synonyms=("space diagonal", "体对角线"),
    join=Join(Words("longer", "∠", noun=Phrase("diagonal", "对角线")), "box", two=longer, whole=diagonal_of),
)


@pytest.fixture(autouse=True)
def entries() -> Iterator[None]:
    for op in (HYPOT, BOX):
        ops.add(op)
    yield
    for op in (HYPOT, BOX):
        ops.remove(op)
    assert not {"hypot", "box"} & set(OPERATIONS)


def searched(user: Any, text: str) -> None:
    """Type into the search field, and take the first that is found."""
    user.window.search.focus()
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(user.window.search, event)
    assert user.window.search.results
    user.press(Qt.Key.Key_Return, widget=user.window.search)


def captions(user: Any) -> list[str]:
    stage = user.window.stage
    return [str(step.caption) for step in stage.staged.animation.steps]


def run_again(user: Any) -> dict[str, Any]:
    """What the copied code makes."""
    there: dict[str, Any] = {}
    exec(script(user.session.workspace).text, there)  # noqa: S102 - the point of it
    return there


@pytest.mark.parametrize("words", ["hypot", "pythagoras", "勾股", "Hypotenuse of"])
def test_a_function_of_torch_that_no_entry_named(user: Any, words: str) -> None:
    searched(user, words)
    assert user.session.draft.op.name == "hypot"
    before = user.session.workspace.names
    user.choose("operand_1", "A")
    user.run()
    a = user.session.workspace["A"].tensor()
    assert torch.equal(user.newest, torch.hypot(a, a))
    told = captions(user)
    assert "hypot: cells of the same place meet, one pair for each cell of B." in told
    half = user.window.stage.staged.animation.frame(0.55)
    assert any("√(" in text for group in half.cells for text in group.texts)
    assert (
        user.window.stage.staged.animation.arithmetic(1.0, (2, 1))
        == "B[0,1] = √(A[0,1]²+A[0,1]²) = √(1²+1²) ≈ 1.414214"
    )
    assert "\nB = torch.hypot(A, A)\n" in script(user.session.workspace).text
    assert torch.equal(run_again(user)["B"], user.newest)
    user.session.undo()
    user.settled()
    assert user.session.workspace.names == before


def test_a_function_of_python_with_a_join_of_its_own(user: Any) -> None:
    searched(user, "space diagonal")
    assert user.session.draft.op.name == "box"
    assert dict(user.session.draft.arguments) == {"dim": 0}
    user.press(Qt.Key.Key_1)
    user.press(Qt.Key.Key_K)
    assert dict(user.session.draft.arguments) == {"dim": 1, "keepdim": True}
    before = user.session.workspace.names
    user.run()
    assert torch.equal(user.newest, diagonal_of(user.session.workspace["A"].tensor(), 1, True))
    told = captions(user)
    assert told[0] == "dim=1: index j disappears. 4 columns become 1; each row keeps its own diagonal."
    assert "Column 2 joins: the strip holds the diagonal so far." in told
    animation = user.window.stage.staged.animation
    seen = {text for k in range(60) for group in animation.frame(k / 59).cells for text in group.texts}
    assert "0.000∠1" in seen
    assert animation.badge is None
    sentence = animation.arithmetic(1.0, (1, 0))
    assert sentence == "B[0,0] = A[0,0] ∠ A[0,1] ∠ A[0,2] ∠ A[0,3] = 0 ∠ 1 ∠ 2 ∠ 3 ≈ 3.741657"
    text = script(user.session.workspace).text
    assert f"from {__name__} import diagonal_of" in text
    assert "B = diagonal_of(A, dim=1, keepdim=True)" in text
    assert torch.equal(run_again(user)["B"], user.newest)
    user.session.undo()
    user.settled()
    assert user.session.workspace.names == before


def test_in_chinese_they_say_so(start: Callable[..., Any]) -> None:
    user = start(language="zh_CN")
    assert "长方体的对角线" in user.find("operation_box").toolTip()
    assert "直角三角形的斜边" in user.find("operation_hypot").toolTip()
    searched(user, "体对角线")
    assert user.window.draft_bar.accessibleDescription() == "长方体的对角线"
    user.run()
    user.window.stage.player.to_end()
    user.settled()
    assert "对角线" in user.find("headline").text()
