"""Each slot that is connected in the real window raises once: it is reported, nothing is lost, the work goes on."""

import inspect
import sys
from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QToolButton

from explorer.widgets.faults import crash
from tests.window.truth import assert_true, rewind

Slot = Callable[..., Any]
# The way home of the worker's news: what it calls is made to fail one by one in test_failing_jobs.py.
CARRIER = "Tasks._deliver"


class Slots:
    """Stands before each slot of ours that is connected to a signal; those that are `armed` raise, once each."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.connect = SignalInstance.connect
        self.known: dict[str, Slot] = {}
        self.called: dict[str, None] = {}
        self.armed: set[str] = set()
        self.raised: list[str] = []

    def connecting(self) -> Callable[..., Any]:
        def connect(signal: SignalInstance, slot: Any, *rest: Any) -> Any:
            return self.connect(signal, self.before(slot), *rest)

        return connect

    def before(self, slot: Any) -> Any:
        """The slot, watched: a method in its class, so that it stays bound to its object, else the function."""
        function = getattr(slot, "__func__", slot)
        if not inspect.isfunction(function) or not function.__module__.startswith("explorer."):
            return slot
        if inspect.ismethod(slot):
            if not hasattr(function, "watched"):
                owner = next(cls for cls in type(slot.__self__).__mro__ if function in vars(cls).values())
                self.patch.setattr(owner, function.__name__, self.watched(function, function.__qualname__))
            bound = getattr(slot.__self__, function.__name__)
            self.known[bound.__qualname__] = bound
            return bound
        place = f"{function.__module__.rpartition('.')[2]}:{function.__code__.co_firstlineno}"
        return self.watched(function, f"{function.__qualname__} ({place})")

    def watched(self, function: Any, label: str) -> Any:
        """A function that takes as many arguments, as Qt looks at their number."""
        code, given = function.__code__, function.__defaults__ or ()
        names = [f"a{i}" for i in range(code.co_argcount)]
        many = ["*many"] if code.co_flags & inspect.CO_VARARGS else []
        first = len(names) - len(given)
        taken = [f"{n}=_given[{i - first}]" if i >= first else n for i, n in enumerate(names)]
        there: dict[str, Any] = {"_reach": self.reach, "_label": label, "_function": function, "_given": given}
        exec(  # noqa: S102 - a function of the same shape
            f"def slot({', '.join([*taken, *many])}):\n"
            f"    _reach(_label)\n"
            f"    return _function({', '.join([*names, *many])})\n",
            there,
        )
        made = there["slot"]
        made.__name__, made.__qualname__ = function.__name__, function.__qualname__
        made.__module__, made.watched = function.__module__, True
        self.known[label] = made
        return made

    def reach(self, label: str) -> None:
        self.called[label] = None
        if label in self.armed:
            self.armed.remove(label)
            self.raised.append(label)
            raise ZeroDivisionError(label)


class Caller(QObject):
    """Calls a slot as Qt does: by a signal."""

    fired = Signal()


def fire(slot: Slot) -> None:
    """Let Qt call a slot that raises before it looks at what it is given."""
    wanted = [
        p
        for p in inspect.signature(slot).parameters.values()
        if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD
    ]
    caller = Caller()
    caller.fired.connect(lambda: slot(*[None] * len(wanted)))
    caller.fired.emit()


@pytest.fixture
def slots(monkeypatch: pytest.MonkeyPatch) -> Slots:
    found = Slots(monkeypatch)
    monkeypatch.setattr(SignalInstance, "connect", found.connecting())
    monkeypatch.setattr(sys, "excepthook", lambda _, error, __: crash.report(error))
    return found


def acts(user: Any) -> dict[str, Callable[[], object]]:  # noqa: C901 - a list
    """What a user does, each by mouse, key or menu; each can be done at any time."""
    window, session = user.window, user.session
    stage, view = window.stage, window.stage.view

    def click(name: str) -> None:
        for button in window.findChildren(QAbstractButton, name):
            if button.isVisible() and button.isEnabled():
                button.click()
                return

    def menu(name: str) -> None:
        window.findChild(QAction, name).trigger()

    def twice(name: str) -> None:
        menu(name)
        user.settled()
        menu(name)

    def keys(*pressed: Qt.Key) -> None:
        window.activateWindow()
        view.setFocus()
        for key in pressed:
            user.qtbot.keyClick(view, key)

    def every_button() -> None:
        for button in window.findChildren(QAbstractButton):
            if not shiboken6.isValid(button) or not button.isVisible() or not button.isEnabled():
                continue
            if not (isinstance(button, QToolButton) and button.menu()) and button.objectName() != "operation_run":
                button.click()
                user.settled()

    def search() -> None:
        window.search.focus()
        user.qtbot.keyClicks(window.search, "sum")
        user.qtbot.keyClick(window.search, Qt.Key.Key_Return)

    def shut(name: str) -> None:
        for dialog in user.app.window.findChildren(object, name):
            dialog.close()

    return {
        "focus": keys,
        "choose": lambda: click("operation_sum"),
        "search": search,
        "run": lambda: click("operation_run"),
        "keys": lambda: keys(Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_1, Qt.Key.Key_K, Qt.Key.Key_K, Qt.Key.Key_0),
        "run by key": lambda: keys(Qt.Key.Key_Space),
        "play": lambda: (click("play_button"), click("play_button")),
        "steps": lambda: (click("step_forward"), click("step_back"), click("to_end"), click("to_start")),
        "seek": lambda: (stage.player.seek(0.5), stage.player.to_end()),
        "keep": lambda: click("operation_keep"),
        "undo": lambda: menu("action_undo"),
        "redo": lambda: menu("action_redo"),
        "another": lambda: window.shelf.selected.emit("W"),
        "back": lambda: window.shelf.selected.emit("A"),
        "rename": lambda: window.shelf.renamed.emit("W", "V"),
        "name back": lambda: window.shelf.renamed.emit("V", "W"),
        "duplicate": lambda: menu("action_duplicate"),
        "delete": lambda: menu("action_delete"),
        "order": lambda: window.shelf.reordered.emit(tuple(reversed(session.workspace.names))),
        "edit": lambda: window.shelf.edit_requested.emit("A"),
        "type": lambda: window.grid.grid.edited.emit({(0, 0): 5}),
        "leave": window.grid.grid.closed.emit,
        "new": lambda: menu("action_new"),
        "not new": lambda: shut("new_tensor"),
        "buttons": every_button,
        "buttons of the grid": lambda: (window.grid.open("A"), every_button(), window.grid.close()),
        "no new": lambda: shut("new_tensor"),
        "table": lambda: twice("action_table"),
        "transcript": lambda: twice("action_transcript"),
        "projector": lambda: twice("action_projector"),
        "hues": lambda: twice("action_hues"),
        "motion": lambda: twice("action_reduce_motion"),
        "colours": lambda: (menu("colours_cividis"), menu("colours_viridis")),
        "theme": lambda: (menu("theme_dark"), menu("theme_light")),
        "panes": lambda: menu("action_next_pane"),
        "code": lambda: (click("code_copy"), menu("action_copy_code")),
        "reopen": lambda: window.panes.code.step_requested.emit(len(session.workspace.steps) - 1),
        "device": lambda: (
            window.panes.device.device_chosen.emit("meta"),
            window.panes.device.device_chosen.emit("cpu"),
        ),
        "argument": lambda: (
            window.draft_bar.argument_changed.emit("dim", 1),
            window.draft_bar.argument_changed.emit("dim", 0),
        ),
        "refusal": lambda: (click("operation_mean"), click("operation_run")),
        "message": lambda: (click("message_copy"), click("message_close")),
        "cell": lambda: (
            view.cell_focused.emit(0, 1),
            view.cell_activated.emit(0, 1),
            window.grid.grid.closed.emit(),
        ),
        "help": lambda: menu("action_keys"),
        "no help": lambda: shut("keys_help"),
    }


@pytest.mark.slow
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_each_slot_of_the_window_fails_once(
    slots: Slots, start: Callable[[], Any], faults: list[BaseException]
) -> None:
    user = start()
    reached: dict[str, set[str]] = {}  # by each act

    def do(name: str, act: Callable[[], object]) -> None:
        slots.called.clear()
        try:
            act()
        except ZeroDivisionError as fault:  # what the test calls itself, Qt would call
            crash.report(fault)
        user.settled()
        user.window.stage.player.pause()
        reached.setdefault(name, set()).update(slots.called)

    todo = acts(user)
    for name, act in todo.items():
        do(name, act)
    assert_true(user.session)
    assert not faults
    slots.armed = set().union(*reached.values()) - {CARRIER}
    assert len(slots.armed) > 60, sorted(set(slots.known) - slots.armed)
    left, called = None, slots.armed | {CARRIER}
    while slots.armed and slots.armed != left:  # one that fails may keep others from being called, till it works again
        left = set(slots.armed)
        for name, act in todo.items():
            if reached[name].isdisjoint(slots.armed):
                continue
            do(name, act)
            assert sorted(str(fault) for fault in faults) == sorted(slots.raised)
            assert_true(user.session)
            faults.clear()
            slots.raised.clear()
    assert len(slots.armed) < 10, slots.armed  # some take a state that is not come by again
    # and those that no act comes to: a state of their own each, so they are called as Qt would call them
    for label in sorted((set(slots.known) - called | slots.armed) - {CARRIER}):
        slots.armed = {label}
        fire(slots.known[label])
        user.settled()
        assert [str(fault) for fault in faults] == slots.raised == [label]
        assert_true(user.session)
        faults.clear()
        slots.raised.clear()
    slots.armed = set()
    rewind(user)
    user.window.grid.close()
    for name, act in todo.items():
        do(name, act)
    assert not faults
    assert_true(user.session)
