"""One table of actions: what it holds is in a menu or found by the search, and its keys are those that act."""

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

import explorer.widgets
from explorer.widgets.actions import bound, key_text, plain
from explorer.widgets.grid.grid_actions import GRID
from tests.window.openings import close_all

WIDGETS = Path(explorer.widgets.__file__).parent
BINDERS = {
    "actions.py": "the table itself",
    "draft/draft_keys.py": "the table's keys on the stage",
    "grid/grid_actions.py": "the table's keys in the grid",
    "creation/new_tensor.py": "Ctrl+Enter in the dialog, as Enter breaks lines there",
}


def table(user: Any) -> list[Any]:
    return list(user.window.commands.table.values())


def in_menus(user: Any) -> set[str]:
    return {action.objectName() for menu in user.window.menus.findChildren(QMenu) for action in menu.actions()}


def found(user: Any, text: str) -> tuple[str, ...]:
    search = user.window.search
    search.focus()
    typed = QInputMethodEvent()
    typed.setCommitString(text)  # as Chinese is typed; QTest's own keys know Latin letters alone
    QApplication.sendEvent(search, typed)
    return search.results


def choose(user: Any, text: str) -> None:
    assert found(user, text), text
    QTest.keyClick(user.window.search, Qt.Key.Key_Return)
    user.settled()


def test_every_action_is_in_a_menu_and_found_by_its_title(user: Any) -> None:
    actions = [action for action in table(user) if not action.by_key]
    assert {action.name for action in actions} <= in_menus(user)
    everything = set(found(user, ""))
    assert {action.name for action in actions} <= everything
    for action in actions:
        for title in (action.title, action.title.chinese):
            assert action.name in found(user, plain(title)), title


def test_each_key_means_one_thing_and_the_help_lists_exactly_those_that_act(user: Any) -> None:
    user.window.grid.open("A")
    user.settled()
    actions = table(user)
    for places in (("",), ("stage", "time", "picture", ""), ("shelf",), ("grid", "cells")):
        keys = [k for a in (*actions, *GRID) for place in places for k in (a.local.get(place, ()) if place else a.keys)]
        assert not [key for key, count in Counter(keys).items() if count > 1], places
    window = user.window
    act = {(s.toString(), "") for a in window.actions() for s in a.shortcuts()}
    act |= {(s.key().toString(), "stage") for s in window.stage.view.findChildren(QShortcut)}
    act |= {(s.toString(), "grid") for a in window.grid.grid.actions() for s in a.shortcuts()}
    said = {(s.toString(), "") for a in actions for s in bound(a.keys)}
    for action in actions:
        said |= {(s.toString(), "stage") for place in ("time", "stage") for s in bound(action.local.get(place, ()))}
    said |= {(s.toString(), "grid") for a in GRID for s in bound(a.local.get("grid", ()))}
    assert act == said
    window.grid.close()
    window.commands["action_keys"].trigger()
    (help_,) = window.findChildren(QDialog, "keys_help")
    read = Counter(label.accessibleName() for label in help_.findChildren(QLabel) if label.accessibleName())
    told = {a: plain(a.text) if a in GRID else a.told for a in (*actions, *GRID)}
    keys = [(a, a.also or key_text(keys)) for a in told for keys in (a.keys, *a.local.values()) if keys]
    expected = Counter(f"{told[action]}: {text}" for action, text in keys)
    assert read == expected
    close_all()


def test_keys_are_bound_nowhere_else() -> None:
    binders = set()
    for path in WIDGETS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if name in ("QShortcut", "setShortcut", "setShortcuts"):
                binders.add(path.relative_to(WIDGETS).as_posix())
    assert binders == set(BINDERS)


@pytest.mark.parametrize(
    ("key", "modifier"), [(Qt.Key.Key_F2, "no"), (Qt.Key.Key_D, "control"), (Qt.Key.Key_Up, "alt")]
)
def test_keys_of_the_shelf_act_on_the_card(user: Any, key: Qt.Key, modifier: str) -> None:
    held = {"no": Qt.KeyboardModifier.NoModifier, "control": Qt.KeyboardModifier.ControlModifier}
    shelf = user.window.shelf.list
    shelf.setFocus()
    user.session.select("W")
    user.settled()
    names = list(user.session.workspace.names)
    QTest.keyClick(shelf, key, held.get(modifier, Qt.KeyboardModifier.AltModifier))
    user.settled()
    if key == Qt.Key.Key_F2:
        assert shelf.state() == shelf.State.EditingState
        assert not user.window.panes.table.isVisible()
    else:
        assert list(user.session.workspace.names) == (names[::-1] if key == Qt.Key.Key_Up else [*names, "B"])


def test_what_cannot_be_done_is_grey_with_its_reason_and_the_search_says_it(user: Any) -> None:
    commands = user.window.commands
    assert not commands["action_undo"].isEnabled()
    assert commands["action_undo"].toolTip() == "There is nothing to take back."
    assert not commands["action_from_numpy"].isEnabled()
    steps = user.session.workspace.steps
    choose(user, "from_numpy")
    assert user.window.message_bar.text == "A tensor is selected; this is for NumPy arrays."
    assert user.session.workspace.steps == steps
    user.make("B", torch.ones(2))
    assert commands["action_undo"].isEnabled()
    assert commands["action_undo"].text() == "&Undo New B"


FINDS = {
    "dark": "theme_dark",
    "深色": "theme_dark",
    "ss": "theme_dark",
    "中文": "language_zh_CN",
    "viridis": "colours_viridis",
    "meta": "device_meta",
    "undo": "action_undo",
    "撤销": "action_undo",
    "cx": "action_undo",
    ".numpy()": "action_numpy",
    "A.item()": "action_item",
    "tolist": "action_tolist",
    "torch.from_numpy(n)": "action_from_numpy",
    "A += 1": "action_augment",
    "torch.zeros(2, 3)": "new_tensor_zeros",
    "zeros_like": "new_tensor_zeros",
    "全零": "new_tensor_zeros",
    "torch.tensor([1, 2])": "new_tensor_tensor",
    "loss.backward()": "action_backward",
    "x.requires_grad_()": "action_requires_grad",
    "bfloat16": "dtype_bfloat16",
    "200 + 100": "surprise_wrap",
    "200 + 100 is 44": "surprise_wrap",
    "keepdim": "action_keepdim",
    "A.shape": "action_inspector",
    "torch.load('a.pt')": "action_open",
    "projector": "action_projector",
    "投影": "action_projector",
    "A.T": "operation_T",
    "a @ b": "operation_matmul",
    "A[M]": "operation___getitem__",
}


def test_the_search_finds_everything(user: Any) -> None:
    for text, name in FINDS.items():
        assert name in found(user, text)[:3], (text, found(user, text)[:6])


def test_what_is_found_is_done(user: Any) -> None:
    user.window.stage.view.setFocus()
    choose(user, "diverging")
    assert user.window.stage.view.hasFocus()
    assert user.window.settings.colormap == "diverging"
    assert user.window.commands["colours_diverging"].isChecked()
    choose(user, "meta")
    assert user.session.device == "meta"
    choose(user, "torch.ones(2, 3)")
    (dialog,) = user.window.findChildren(QDialog, "new_tensor")
    assert dialog.form.kind.key == "ones"
    assert dialog.shape.shape() == (2, 3)
    close_all()
    choose(user, "A.tolist()")
    assert "tolist()" in user.window.message_bar.text
    choose(user, "sqrt")
    assert user.session.draft.op.name == "sqrt"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A.sum(dim=1, keepdim=True)", "A.sum(dim=1, keepdim=True)"),
        ("B = A @ W", "A @ W"),
        ("A.add_(1)", "A.add_(1)"),
        ("A[0, 1:]", "A[0, 1:]"),
        ("torch.cat([A, A], dim=0)", "torch.cat([A, A], dim=0)"),
    ],
)
def test_a_call_that_is_typed_is_drafted_as_it_is_written_and_not_run(user: Any, text: str, source: str) -> None:
    steps = user.session.workspace.steps
    assert found(user, text)[0] == "draft_written"
    QTest.keyClick(user.window.search, Qt.Key.Key_Return)
    user.settled()
    assert user.session.draft.call.source() == source
    assert user.session.workspace.steps == steps
    assert user.window.stage.view.hasFocus()


@pytest.mark.parametrize("text", ["X.sum(0)", "A.sum(", "A.item()", "__import__('os')", "A.sum(0); A.T", "A.nothing()"])
def test_what_is_no_call_of_an_operation_is_no_draft(user: Any, text: str) -> None:
    before = user.session.draft
    assert "draft_written" not in found(user, text)
    assert user.session.draft is before
