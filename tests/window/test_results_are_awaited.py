"""While a run plays for the first time, nothing tells its result before it is reached."""

from typing import Any

import pytest
import torch
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from explorer.widgets.shelf.inspector import Inspector
from explorer.workspace import Definition


def all_texts(user: Any) -> str:
    """Everything that the window says: texts, tooltips, accessible texts, and cells of tables."""
    said: list[str] = []
    for widget in user.window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        for ask in ("text", "toPlainText", "toolTip", "accessibleName", "accessibleDescription"):
            found = getattr(widget, ask, None)
            said.append(str(found()) if callable(found) else "")
        model = getattr(widget, "model", None)
        if callable(model) and model() is not None:
            table = model()
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                for row in range(table.rowCount(QModelIndex())):
                    columns = range(table.columnCount() if isinstance(table, QAbstractTableModel) else 1)
                    said += [str(table.index(row, k, QModelIndex()).data(role)) for k in columns]
    return "\n".join(said)


def began(user: Any) -> None:
    """The run plays, and stands still right after its begin."""
    user.window.stage.view.setFocus()
    user.press(Qt.Key.Key_Space)
    user.window.stage.player.pause()
    user.window.stage.player.seek(0.05)
    user.settled()


def card(user: Any, name: str) -> Any:
    return next(c for c in user.find("tensor_list").cards.cards if c.name == name)


def test_the_bar_tells_no_end_that_is_of_the_result(user: Any) -> None:
    def told() -> list[tuple[bool, bool]]:
        return [scale.told for scale in user.window.stage.frame().scales]

    assert [(x.lo, x.hi) for x in user.window.stage.frame().scales] == [(0.0, 11.0), (12.0, 21.0)]
    assert told() == [(True, True), (False, False)]  # of A, and of what it will be
    user.press(Qt.Key.Key_Space)
    user.window.stage.player.seek(0.5)
    assert told() == [(True, True), (False, False)]
    user.press(Qt.Key.Key_End)
    assert told() == [(True, True), (True, True)]
    user.press(Qt.Key.Key_Home)  # it has been seen
    assert told() == [(True, True), (True, True)]


def test_a_scale_of_the_result_alone_is_not_told(user: Any) -> None:
    user.operation("matmul")
    first, second = user.window.stage.frame().scales
    assert (first.told, second.told) == ((True, True), (False, False))


def test_the_shelf_shows_no_picture_of_it_before(user: Any) -> None:
    began(user)
    name = user.session.workspace.names[-1]
    assert card(user, name).picture is None
    assert card(user, "A").picture is not None
    user.press(Qt.Key.Key_End)
    assert card(user, name).picture is not None


@pytest.mark.parametrize("op", ["add_", "abs_", "zero_"])
def test_what_is_overwritten_is_not_told_before(user: Any, op: str) -> None:
    user.session.choose_operation("T")
    user.session.run()  # A_T sees the same memory
    user.settled()
    user.press(Qt.Key.Key_End)
    sees = user.session.workspace.names[-1]
    user.window.arrangement.show_page("memory", True)
    user.session.choose_operation(op)
    user.session.set_operands(("A", 1000) if op == "add_" else ("A",))
    user.settled()
    began(user)
    assert card(user, "A").picture is None
    assert card(user, sees).picture is None
    rows = {row.key: row.value for row in user.find("inspector", Inspector)._rows}
    assert rows["range"] == "…"
    assert not any(user.window.panes.lens.strip.values.texts)
    user.press(Qt.Key.Key_End)
    assert card(user, "A").picture is not None
    rows = {row.key: row.value for row in user.find("inspector", Inspector)._rows}
    assert rows["range"] != "…"
    if user.window.panes.lens.isVisible():
        assert any(user.window.panes.lens.strip.values.texts)


def test_no_text_tells_it_before(user: Any) -> None:
    user.make("N", torch.tensor([[20011.0, 3.0], [20023.0, 5.0]]))
    user.press(Qt.Key.Key_0)
    user.window.arrangement.show_page("table", True)
    began(user)
    user.window.stage.focus(1, 0)
    user.settled()
    name = user.session.workspace.names[-1]
    assert torch.equal(user.newest, torch.tensor([40034.0, 8.0]))
    assert "40034" not in all_texts(user)
    assert "40034" not in user.window.stage.view.cell_text(1, 0)
    user.press(Qt.Key.Key_End)
    user.window.stage.focus(1, 0)
    user.settled()
    assert "40034" in all_texts(user)
    assert "40034" in user.window.stage.view.cell_text(1, 0)
    assert name in user.session.workspace


def test_shift_space_is_at_the_end_at_once(user: Any) -> None:
    user.qtbot.keyClick(user.window.stage.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    user.settled()
    player = user.window.stage.player
    assert (player.t, player.playing) == (1.0, False)
    assert torch.equal(user.newest, torch.tensor([12.0, 15.0, 18.0, 21.0]))
    assert card(user, user.session.workspace.names[-1]).picture is not None
    user.press(Qt.Key.Key_Space)  # the next one plays, from its start
    assert player.playing
    user.qtbot.keyClick(user.window.stage.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert (player.t, player.playing) == (1.0, False)
    user.press(Qt.Key.Key_1)
    user.press(Qt.Key.Key_Space)
    assert player.playing


def test_a_setting_makes_that_the_rule(user: Any) -> None:
    user.window.findChild(QAction, "action_at_once").trigger()
    player = user.window.stage.player
    for key in (Qt.Key.Key_0, Qt.Key.Key_1):
        user.press(key)
        user.press(Qt.Key.Key_Space)
        assert (player.t, player.playing) == (1.0, False)
    assert user.window.settings.at_once
    user.press(Qt.Key.Key_Space)
    assert player.playing  # it can be played all the same
    user.window.findChild(QAction, "action_at_once").trigger()
    user.press(Qt.Key.Key_0)
    user.press(Qt.Key.Key_Space)
    assert player.playing


def test_choosing_its_card_shows_it(user: Any) -> None:
    began(user)
    name = user.session.workspace.names[-1]
    user.session.select(name)
    user.settled()
    assert card(user, name).picture is not None
    rows = {row.key: row.value for row in user.find("inspector", Inspector)._rows}
    assert rows["range"] == "12 · 21"


def test_a_step_that_is_replayed_has_been_seen(user: Any) -> None:
    user.press(Qt.Key.Key_Space)
    user.press(Qt.Key.Key_End)
    name = user.session.workspace.names[-1]
    user.session.reopen(2)
    user.settled()
    assert user.window.stage.player.playing
    assert card(user, name).picture is not None


def test_at_rest_the_bar_tells_both_ends(user: Any) -> None:
    user.session.create("N", Definition.typed(torch.tensor([1.0, 2.0])))
    user.settled()
    assert user.window.stage.frame().scales[0].told == (True, True)
