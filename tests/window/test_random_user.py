"""A user who does anything at any time, mostly without waiting: no fault, the code is true, undo finds its way back."""

import os
import random
import warnings

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from explorer.files.script import script
from explorer.ops import OPERATIONS
from explorer.widgets.window.surprises import SURPRISES
from explorer.workspace import Creation
from tests.workspace.plain import shown

USERS = int(os.environ.get("SOAK_USERS", "4"))
ACTIONS = int(os.environ.get("SOAK_ACTIONS", "150"))  # of each user
MOST = 12  # names on the shelf, before the user takes some off
DTYPES = (torch.int64, torch.float32, torch.bool, torch.uint8, torch.float16, torch.complex64)
KEYS = ("0", "-1, ...", "::2", "[0, 0]", ":, None", "...", "9", "m", "0, 0, 0", "1:", "True", "x +")
KEYBOARD = (
    *(Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_K, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_F2, Qt.Key.Key_F3),
)


class RandomUser:
    """Does what `actions` lists, drawn by `seed`."""

    def __init__(self, user, seed: int) -> None:
        self.user, self.dice, self.done = user, random.Random(seed), []

    @property
    def session(self):
        return self.user.session

    @property
    def window(self):
        return self.user.window

    @property
    def actions(self):
        return [getattr(self, name) for name in dir(self) if name.startswith("do_")]

    def name(self) -> str:
        return self.dice.choice(self.session.workspace.names or ("A",))

    def act(self) -> None:
        if len(self.session.workspace.names) > MOST:
            self.session.delete(self.name())
        action = self.dice.choice(self.actions)
        self.done.append(action.__name__)
        action()
        if self.dice.random() < 0.4:
            self.user.settled()
        else:
            QTest.qWait(0)

    # what a user does

    def do_choose(self) -> None:
        self.session.choose_operation(self.dice.choice([n for n, op in OPERATIONS.items() if op.family != "creation"]))

    def do_run(self) -> None:
        self.session.run()

    def do_select(self) -> None:
        self.session.select(self.name())

    def do_travel(self) -> None:
        self.dice.choice((self.session.undo, self.session.undo, self.session.redo))()

    def do_reopen(self) -> None:
        self.session.reopen(self.dice.randrange(12))

    def do_create(self) -> None:
        shape = self.dice.choice(((), (3,), (2, 3), (3, 3), (2, 2, 3), (1, 2, 1, 2), (0, 2)))
        values = torch.randint(-3, 4, shape, generator=torch.Generator().manual_seed(self.dice.randrange(99)))
        name, dtype = self.session.workspace.fresh_name(), self.dice.choice(DTYPES)
        if name not in self.session.workspace:
            self.session.create(name, Creation.typed(values.to(dtype)), array=self.dice.random() < 0.2)

    def do_change(self) -> None:
        name, new = self.name(), self.dice.choice("mnpqr")
        change = self.dice.choice(
            (
                lambda w: w.to_array(name, new),
                lambda w: w.from_array(name, new),
                lambda w: w.augment(name, "+=", 1),
                lambda w: w.require_grad(name),
                lambda w: w.backward(name),
                lambda w: w.edit(name, {(0,) * (len(w[name].shape) if name in w else 0): 1}),
            )
        )
        self.session.change("a change", change)

    def do_shelve(self) -> None:
        name = self.name()
        self.dice.choice((self.session.delete, self.session.freeze, self.session.duplicate))(name)

    def do_rename(self) -> None:
        self.session.rename(self.name(), self.dice.choice(("m", "n", "x", "class")))

    def do_click(self) -> None:
        """Any control of the draft or of the timeline."""
        panes = (self.window.draft_bar, self.window.stage)
        found = [b for pane in panes for b in pane.findChildren(QAbstractButton) if self.usable(b)]
        if found:
            QTest.mouseClick(self.dice.choice(found), Qt.MouseButton.LeftButton)

    def do_pick(self) -> None:
        found = [c for c in self.window.draft_bar.findChildren(QComboBox) if self.usable(c) and c.count()]
        if found:
            combo = self.dice.choice(found)
            combo.setCurrentIndex(self.dice.randrange(combo.count()))
            combo.activated.emit(combo.currentIndex())

    def do_type(self) -> None:
        found = [f for f in self.window.draft_bar.findChildren(QLineEdit) if self.usable(f)]
        if found:
            field = self.dice.choice(found)
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, self.dice.choice(KEYS))
            QTest.keyClick(field, Qt.Key.Key_Return)

    def do_press(self) -> None:
        QTest.keyClick(self.window.stage.view, self.dice.choice(KEYBOARD))

    def do_edit(self) -> None:
        self.window.edit(self.name(), 0)
        focus = self.window.focusWidget()
        if focus is not None:
            QTest.keyClicks(focus, "7")
            QTest.keyClick(focus, Qt.Key.Key_Return)
            QTest.keyClick(focus, Qt.Key.Key_Escape)

    def do_seek(self) -> None:
        self.window.stage.player.seek(self.dice.random())

    def do_see_otherwise(self) -> None:
        self.dice.choice(
            (
                lambda: self.window.speak(self.dice.choice(("en", "zh_CN"))) if self.dice.random() < 0.2 else None,
                lambda: self.window.wear(self.dice.choice(("light", "dark"))),
                lambda: self.window.resize(self.dice.choice((1093, 1280)), self.dice.choice((545, 800))),
                lambda: self.window.show_memory(self.dice.random() < 0.5),
                lambda: self.window.surprise(self.dice.choice(SURPRISES)),
                lambda: self.session.set_device(self.dice.choice(("cpu", "cpu", "meta"))),
            )
        )()

    @staticmethod
    def usable(widget: QWidget) -> bool:
        opens_a_menu = (
            getattr(widget, "menu", None) is not None and widget.menu() is not None
        )  # which waits for a choice
        return widget.isVisible() and widget.isEnabled() and not opens_a_menu


def thing(item):
    return item.array() if item.kind == "array" else item.tensor()


def told(workspace) -> dict[str, object]:
    """What every name stands for, bit by bit."""
    empty = {x.name for x in workspace.items if x.unknown or x.device == "meta"}
    return {x.name: (x.dtype, x.shape, x.name in empty or shown(thing(x))) for x in workspace.items}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(USERS))
def test_whatever_is_done(user, seed: int) -> None:
    someone = RandomUser(user, seed)
    for _ in range(ACTIONS):
        someone.act()
    user.settled()
    session = user.session
    made = script(session.workspace)
    if not made.tensors:
        names: dict[str, object] = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch warns of some things that a user may do
            exec(made.text, names)  # noqa: S102 - that the code which is copied is true is what is tested
        for item in session.workspace.items:
            if not item.unknown and item.device != "meta":
                assert shown(names[item.name]) == shown(thing(item)), item.name
    end, steps = told(session.workspace), session.undo_stack.index()
    while session.undo_stack.canUndo():
        session.undo()
        user.settled()
    assert session.workspace.names == ("A", "W")
    while session.undo_stack.index() < steps:
        session.redo()
        user.settled()
    assert told(session.workspace) == end
