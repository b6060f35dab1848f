"""Run by test_script_set in a process of its own: saves one program over another, and is killed or fails at every step.

Argument: a folder, and "killed" or the number of an error. Prints how many steps there were.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from explorer.errors import FileError
from explorer.files import script
from explorer.workspace import Workspace

STEPS = ("open", "replace", "fsync", "chmod", "unlink", "mkdir", "rmdir", "close")


def program(number: int) -> dict[str, torch.Tensor]:
    """The tensors of the first and the second program."""
    return {name: torch.arange(5000) + 10 * number + i for i, name in enumerate("AB")}


def made(number: int) -> script.Script:
    workspace = Workspace()
    for name, values in program(number).items():
        workspace = workspace.load(name, values)
    return script.script(workspace, "p_values")


def runs(path: Path) -> int | None:
    """Which program stands there; AssertionError where it is a mixture, or does not run."""
    if not path.exists():
        return None
    found: dict[str, Any] = {}
    os.chdir(path.parent)
    exec(path.read_text("utf-8"), found)  # noqa: S102
    which = [n for n in (1, 2) if all(torch.equal(found[name], x) for name, x in program(n).items())]
    assert len(which) == 1, path
    return which[0]


def trip(at: int, end: Callable[[], None]) -> Callable[[], int]:
    """Have the step of that number end so; how many there have been."""
    seen = 0

    def tripping(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == at:
                end()
            return step(*given, **named)

        return call

    for name in STEPS:
        setattr(os, name, tripping(name, getattr(os, name)))
    return lambda: seen


def one(folder: Path, old: bool, at: int, how: str) -> bool:
    """Save the second program, where the first stands or none does; whether step `at` was reached. Forks."""
    path = folder / "p.py"
    folder.mkdir()
    if old:
        script.save(made(1), path)
        (folder / "p_values" / "mine.pt").write_bytes(b"mine")
    new = made(2)
    child = os.fork()
    if not child:
        leave = os._exit

        def fail() -> None:
            raise OSError(int(how), "as the test wants it")

        count = trip(at, (lambda: leave(9)) if how == "killed" else fail)
        try:
            script.save(new, path)
        except FileError:
            leave(3)
        except BaseException:
            leave(4)
        leave(0 if count() >= at else 5)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in ((9, 5) if how == "killed" else (0, 3, 5)), (at, code)
    there = runs(path)
    assert there in ((1, 2) if old else (None, 2)), (at, there)
    if code == 3:
        assert there != 2, at
    if code == 0:
        assert there == 2, at
    if how != "killed":
        left = {
            x.name
            for x in folder.rglob("*")
            if x.is_file()
            and not x.name.endswith("tensor-explorer.json")
            and not x.name.startswith(".tensor-explorer-")
        }
        values = {"A.pt", "B.pt"} if there == 1 or not old else {"A_2.pt", "B_2.pt"}
        wanted = {*values, "p.py", *({"mine.pt"} if old else ())} if there else set()
        assert wanted <= left, (at, left)
        assert len(left - wanted) <= 1, (at, left)  # the file that could not be removed is removed later
    script.save(new, path)  # the next one puts all in order
    assert runs(path) == 2
    names = [x.name for x in (folder / "p_values").iterdir()]
    assert not [x for x in names if x.startswith(".tensor-explorer-")], (at, names)
    if old:
        assert len(names) == 4, (at, names)  # two values, the user's file, the list
        assert (folder / "p_values" / "mine.pt").read_bytes() == b"mine"
    return code != 5


def main() -> None:
    place, how = Path(sys.argv[1]), sys.argv[2]
    os.fsync = lambda number: None  # a step like the others; what a process wrote outlives it without
    steps = []
    for old in (True, False):
        at = 1
        while one(place / f"{old}{at}", old, at, how):
            at += 1
        steps.append(at - 1)
    print(*steps)


if __name__ == "__main__":
    main()
