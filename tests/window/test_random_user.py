"""A user who does anything at any time: no fault, no warning, the code is true, undo finds its way back, and no memory
stays behind.

`make soak` has 40 users do 5,000 things each, every user in a process of its own. A fault names its user: SOAK_SEED=7
SOAK_ACTIONS=5000 brings that one alone again, as far as what is not waited for comes in the same order.
"""

import os
import runpy
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from explorer.files.script import save, script
from tests.window.random_user.user import RandomUser
from tests.window.random_user.watch import Held, Watch, held
from tests.workspace.plain import shown

SEEDS = [int(os.environ["SOAK_SEED"])] if "SOAK_SEED" in os.environ else range(2)
ACTIONS = int(os.environ.get("SOAK_ACTIONS", "1000"))  # of each user
CHAPTER = 200  # actions, after which the program is judged and begun anew
SETTLING = 400  # actions after which everything has been seen once: fonts, dialogs, other words
# Bytes that may be held more than then. What is resident says it less exactly: pages of which a part is in use.
MORE = Held(20 * 2**20, 60 * 2**20)
FREE = 2**28  # bytes: a machine in which nothing large has room


@pytest.fixture
def someone(user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: Any) -> Iterator[RandomUser]:
    """A random user, whose files lie in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    found = RandomUser(user, request.param, tmp_path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (found.target(), ""))
    for module in [m for name, m in sys.modules.items() if name.startswith("explorer.")]:
        if hasattr(module, "memory_free"):
            monkeypatch.setattr(module, "memory_free", lambda: FREE)
    yield found
    found.close()


@pytest.mark.slow
@pytest.mark.parametrize("someone", SEEDS, indirect=True, ids=str)
def test_whatever_is_done(someone: RandomUser, request: pytest.FixtureRequest) -> None:
    seed, then = request.node.callspec.params["someone"], None
    with Watch() as watch:
        try:
            while someone.done < ACTIONS:
                for _ in range(min(CHAPTER, ACTIONS - someone.done)):
                    someone.act()
                    assert not watch.found, "\n".join(watch.found)
                someone.rest()
                check_code(someone.session.workspace, someone.folder)
                if someone.done == ACTIONS:
                    check_history(someone.user)
                if someone.done == SETTLING:
                    someone.see_the_rest()
                begin_anew(someone)
                assert not watch.found, "\n".join(watch.found)
                if someone.done >= SETTLING:
                    then = then or held()
                    more = held() - then
                    assert more < MORE, f"more is held: {more}"
        except Exception as error:
            tail = "\n".join(someone.trail)
            error.add_note(f"SOAK_SEED={seed} SOAK_ACTIONS={ACTIONS}; the last of what was done:\n{tail}")
            raise


def check_history(user: Any) -> None:
    """All that was done can be undone, and done again."""
    session = user.session
    end, steps = state_of(session.workspace), session.history.at
    travel(user, -steps)
    assert session.workspace.names == ("A", "W")
    travel(user, steps)
    assert state_of(session.workspace) == end


def begin_anew(someone: RandomUser) -> None:
    """Go back to the beginning.

    The history of a session keeps every value there was, so memory can be compared only where the histories are alike:
    all is undone, and one thing is done instead. This drops what could be done again; the history is then one step
    long, whatever had been done before. The window has its size again, and the clipboard holds no picture.
    """
    session = someone.session
    session.travel(-session.history.at)  # at once
    someone.user.settled()
    assert session.workspace.names == ("A", "W")
    session.duplicate("A")
    someone.rest()
    assert len(session.history.changes) == 1
    travel(someone.user, -1)
    someone.let_go()
    someone.user.settled()
    someone.user.app._garbage.look_everywhere()
    someone.user.app._garbage.collect()


def travel(user: Any, steps: int) -> None:
    """Undo (negative) or redo so many changes; nothing is waited for before the end."""
    for _ in range(abs(steps)):
        (user.session.undo if steps < 0 else user.session.redo)()
    user.settled()


def check_code(workspace: Any, folder: Path) -> None:
    """The program that is copied or saved gives what is on the shelf."""
    save(script(workspace, "values"), folder / "program.py")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of some things that a user may do
        names = runpy.run_path(str(folder / "program.py"))
    for item in workspace.items:
        if not item.unknown and item.device != "meta":
            assert shown(names[item.name]) == shown(thing(item)), item.name


def thing(item: Any) -> Any:
    return item.array() if item.kind == "array" else item.tensor()


def state_of(workspace: Any) -> dict[str, object]:
    """What every name stands for, bit by bit."""
    empty = {x.name for x in workspace.items if x.unknown or x.device == "meta"}
    return {x.name: (x.dtype, x.shape, x.name in empty or shown(thing(x))) for x in workspace.items}
