"""By the keyboard alone: keys before torch is there, on the stage, in fields, from pane to pane."""

from collections.abc import Callable, Sequence

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from explorer.widgets.app import App, dressed
from explorer.widgets.settings import Settings

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def code(user) -> list[str]:
    return [step.source() for step in user.session.workspace.steps]


def here(user) -> str:
    return user.window.focusWidget().objectName()


def hit(user, *keys: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys where the keyboard is now."""
    for key in keys:
        QTest.keyClick(user.window.focusWidget(), key, modifier)
    user.settled()


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ((Key.Key_Space, Key.Key_Space), "B = A.sum(dim=0)"),
        ((Key.Key_1, Key.Key_K, Key.Key_Space), "B = A.sum(dim=1, keepdim=True)"),
        ((Key.Key_Minus, Key.Key_1, Key.Key_Space), "B = A.sum(dim=-1)"),
    ],
)
def test_keys_pressed_before_torch_is_there_are_not_lost(qtbot, keys: Sequence[Key], line: str) -> None:
    settings = Settings()
    dressed(settings, "en", "light")
    app = App(settings)
    app.window.show()
    app.window.activateWindow()
    with qtbot.waitActive(app.window):
        pass
    app.session.start()
    for key in keys:
        qtbot.keyClick(app.window.stage.view, key)
    qtbot.waitUntil(lambda: app.session.started and not app.session.busy and app.session.idle, timeout=60_000)
    assert [step.source() for step in app.session.workspace.steps][2:] == [line]
    app.end()
    app.deleteLater()


def test_a_minus_is_forgotten_with_the_next_key_that_is_no_digit(user) -> None:
    hit(user, Key.Key_Minus, Key.Key_K, Key.Key_1)
    assert user.session.draft.arguments == {"dim": 1, "keepdim": True}
    hit(user, Key.Key_Minus, Key.Key_2)
    assert user.session.draft.arguments["dim"] == -2


def test_plus_then_a_digit_adds_an_axis_and_takes_it_away_again(user) -> None:
    user.make("C", torch.zeros(2, 3, 4))
    user.operation("sum")
    hit(user, Key.Key_2, Key.Key_Plus, Key.Key_0)
    assert user.session.draft.arguments["dim"] == (0, 2)
    hit(user, Key.Key_Plus, Key.Key_Minus, Key.Key_1)
    assert user.session.draft.arguments["dim"] == 0
    hit(user, Key.Key_Plus, Key.Key_K, Key.Key_K, Key.Key_1)
    assert user.session.draft.arguments["dim"] == 1
    hit(user, Key.Key_Plus, Key.Key_1)
    assert user.session.draft.arguments.get("dim") is None


@pytest.mark.parametrize(
    ("op", "keys", "words"),
    [
        ("abs", (Key.Key_0,), "abs takes no axis."),
        ("abs", (Key.Key_K,), "This operation has no keepdim."),
        ("softmax", (Key.Key_Plus, Key.Key_1), "softmax takes one axis: press its digit alone."),
        ("sum", (Key.Key_Plus, Key.Key_9), "There is no axis 9 here: choose one from 0 to 1, or from -2 to -1."),
    ],
)
def test_a_key_for_what_is_not_there_says_so(user, op: str, keys: Sequence[Key], words: str) -> None:
    user.operation(op)
    before = user.session.draft
    hit(user, *keys)
    assert user.session.draft is before
    assert user.window.message_bar.text == words


def test_single_keys_do_nothing_in_a_field_or_on_a_button(user) -> None:
    before = user.session.draft
    hit(user, Key.Key_K, modifier=CONTROL)
    assert here(user) == "operation_search"
    QTest.keyClicks(user.window.focusWidget(), "1k-2?")
    user.settled()
    assert user.session.draft == before
    assert user.find("operation_search", QLineEdit).text() == "1k-2?"
    hit(user, Key.Key_Escape)
    user.find("operation_run").setFocus()
    hit(user, Key.Key_1, Key.Key_K)
    assert user.session.draft == before
    assert not user.window.findChildren(QDialog)


def test_an_operation_is_found_chosen_and_run_without_the_mouse(user) -> None:
    hit(user, Key.Key_K, modifier=CONTROL)
    QTest.keyClicks(user.window.focusWidget(), "mean")
    hit(user, Key.Key_Down, Key.Key_Up, Key.Key_Return)
    assert user.session.draft.op.name == "mean"
    assert here(user) == "heatmap_view"


def test_f6_goes_round_all_panes_and_back_to_what_stands_on_the_stage(user) -> None:
    seen = []
    for _ in range(12):
        hit(user, Key.Key_F6)
        seen.append(here(user))
        if seen[-1] == "heatmap_view":
            break
    edge, top = ["drawer_about", "code_fold"], ["menu_button", "operand_0", "operation_search"]
    assert seen == [*edge, *top, "tensor_list", "basic_sum", "heatmap_view"]
    user.window.grid.open("A")
    user.settled()
    assert here(user) == "grid_table"
    for _ in range(len(seen)):
        hit(user, Key.Key_F6)
    assert here(user) == "grid_table"


def test_tab_goes_through_the_panes_in_the_order_of_the_window(user) -> None:
    user.window.panes.drawer.open("about")
    user.find("operation_search").setFocus()
    seen = []
    while not seen or seen[-1] != "operation_search":
        hit(user, Key.Key_Tab)
        seen.append(here(user))
    wanted = ["tensor_list", "new_tensor", "basic_sum", "family_reduction", "heatmap_view", "play_button"]
    wanted += ["inspector_copy", "device_selector", "drawer_about", "drawer_statistics", "code_fold", "code_copy"]
    wanted += ["menu_button", "operand_0", "parameter_dim_axis_0", "operation_run", "operation_search"]
    assert [name for name in seen if name in wanted] == wanted


def test_a_click_on_run_leaves_the_keys_with_the_stage(user) -> None:
    user.click("operation_run")
    player = user.window.stage.player
    player.pause()
    player.seek(0.0)
    player.reduce_motion = True
    hit(user, Key.Key_PageDown)
    first = player.t
    hit(user, Key.Key_Right, Key.Key_PageUp)
    assert 0.0 < first == player.t
    hit(user, Key.Key_Right, Key.Key_Left, Key.Key_Left)
    assert player.t == 0.0


def test_a_large_tensor_has_the_keys_of_the_draft(user) -> None:
    user.make("L", torch.arange(10_000.0).reshape(100, 100))
    user.window.stage.front.setFocus()
    assert user.window.stage.front.objectName() == "overview"
    hit(user, Key.Key_1, Key.Key_K, Key.Key_Space)
    assert code(user)[-1] == "B = L.sum(dim=1, keepdim=True)"
    assert here(user) == "heatmap_view"
    user.session.select("L")
    user.settled()
    user.window.stage.front.setFocus()
    hit(user, Key.Key_Return)
    assert user.window.stage.editing


def test_enter_edits_the_focused_cell_and_escape_goes_back(user) -> None:
    hit(user, Key.Key_Right, Key.Key_Down, modifier=ALT)
    hit(user, Key.Key_Return)
    assert here(user) == "cell_editor"
    QTest.keyClicks(user.window.focusWidget(), "-7")
    hit(user, Key.Key_Return)
    assert user.session.workspace["A"].tensor()[1, 2] == -7
    hit(user, Key.Key_Escape)
    assert here(user) == "heatmap_view"


def test_control_return_fills_in_the_grid_and_runs_elsewhere(user, start: Callable[..., object]) -> None:
    user.window.grid.open("A")
    user.settled()
    hit(user, Key.Key_Return, modifier=CONTROL)
    assert here(user) == "fill_strip_value"
    assert len(code(user)) == 2
    hit(user, Key.Key_Escape)
    hit(user, Key.Key_Escape)
    hit(user, Key.Key_Return, modifier=CONTROL)
    assert code(user)[-1] == "B = A.sum(dim=0)"


def test_f11_shows_the_stage_alone_and_f2_the_table(user) -> None:
    hit(user, Key.Key_F11)
    assert not user.window.panes.top.isVisible()
    assert here(user) == "heatmap_view"
    hit(user, Key.Key_Space)
    assert code(user)[-1] == "B = A.sum(dim=0)"
    hit(user, Key.Key_F11)
    assert user.window.panes.top.isVisible()
    hit(user, Key.Key_F2)
    assert here(user) == "table_twin"
    hit(user, Key.Key_F2)
    assert not user.window.panes.table.isVisible()


def test_a_click_on_words_of_the_stage_leaves_it_its_keys_and_they_can_be_copied(user) -> None:
    headline = user.find("headline", QLabel)
    for name in ("headline", "step_caption", "arithmetic", "explanation"):
        user.window.stage.picture.setFocus()
        QTest.mouseClick(user.find(name), Qt.MouseButton.LeftButton)
        assert here(user) == "heatmap_view", name
    hit(user, Key.Key_Space)
    assert len(code(user)) == 3
    user.window.stage.player.to_end()
    words = headline.text()
    ends = QPoint(1, headline.height() // 2), QPoint(headline.width() - 2, headline.height() // 2)
    QTest.mousePress(headline, Qt.MouseButton.LeftButton, pos=ends[0])
    QTest.mouseMove(headline, ends[1])
    QTest.mouseRelease(headline, Qt.MouseButton.LeftButton, pos=ends[1])
    assert headline.selectedText() == words
    hit(user, Key.Key_C, modifier=CONTROL)
    assert QGuiApplication.clipboard().text() == words
    QTest.mouseClick(user.find("step_caption"), Qt.MouseButton.LeftButton)
    assert not headline.hasSelectedText()
    assert here(user) == "heatmap_view"
