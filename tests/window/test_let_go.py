"""What is neither in the program nor in its history takes no memory any more, whatever the window shows or showed."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest
import torch


def look(user: Any) -> None:
    """The memory and the table stay beside the stage."""


def hide(user: Any) -> None:
    user.window.arrangement.show_page("memory", False)


def project(user: Any) -> None:
    user.window.commands["action_projector"].trigger()


def edit(user: Any) -> None:
    user.window.grid.open("L", 0)


def speak(user: Any) -> None:
    old = weakref.ref(user.window)
    user.window.appearance.speak("zh_CN")
    user.qtbot.waitUntil(lambda: old() is None)


@pytest.mark.parametrize("shape", [(7, 11), (301, 401)], ids=["cells", "overview"])
@pytest.mark.parametrize("then", [look, hide, project, edit, speak])
def test_what_is_gone_is_let_go(user: Any, then: Callable[[Any], None], shape: tuple[int, ...]) -> None:
    session = user.session
    user.window.arrangement.show_page("table", True)
    user.make("L", torch.ones(shape))
    user.operation("sum")
    user.run()
    session.select("L")
    user.settled()
    user.window.arrangement.show_page("memory", True)
    storage, size = weakref.ref(session.workspace["L"].storage), session.workspace["L"].tensor().nbytes
    then(user)
    user.settled()
    session.travel(-session.history.at)
    user.settled()
    session.duplicate("A")  # what could be done again is dropped
    user.settled()
    gc.collect()
    assert storage() is None
    assert not [x for x in gc.get_objects() if type(x) is torch.Tensor and not x.is_meta and x.nbytes == size]
