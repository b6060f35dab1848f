"""The process that waits for the next .pt file: taken, replaced, and gone with the program however that ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from explorer import files
from explorer.engine import Cancelled
from explorer.errors import FileError
from explorer.files import child
from explorer.files.child import SPARE

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux tells them")


@pytest.fixture(autouse=True)
def real_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each started as the program starts it."""
    monkeypatch.setattr(child, "subprocess", subprocess)


@pytest.fixture
def spare() -> Iterator[None]:
    SPARE.begin()
    yield
    SPARE.end()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    torch.save({"a": torch.arange(3)}, tmp_path / "x.pt")
    return tmp_path / "x.pt"


def processes() -> set[int]:
    """The children of this process, those that nobody has waited for included."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        found.update(map(int, (task / "children").read_text().split()))
    return found


def until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not there():
        assert time.monotonic() < end
        time.sleep(0.005)


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.usefixtures("spare")
def test_the_one_that_waits_reads_the_file_and_another_takes_its_place(saved: Path) -> None:
    first = SPARE.pid
    assert first is not None
    with files.opened(saved) as file:
        assert first in processes()
        assert SPARE.pid is None  # it serves this file and no other
        assert file.read("a").tolist() == [0, 1, 2]
    assert first not in processes()
    assert SPARE.pid not in (None, first)


@pytest.mark.usefixtures("spare")
def test_a_spare_that_has_died_is_not_missed(saved: Path) -> None:
    assert SPARE.pid is not None
    os.kill(SPARE.pid, signal.SIGKILL)
    assert files.load(saved).tolist() == [0, 1, 2]
    assert SPARE.pid is not None


def test_many_files_leave_no_process_and_no_file(
    saved: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, place = processes(), tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(place))
    (saved.parent / "quick.py").write_text("import sys; sys.exit()")
    monkeypatch.setattr(child, "PROGRAM", saved.parent / "quick.py")  # twenty times torch would take half a minute
    SPARE.begin()
    try:
        for _ in range(20):
            with pytest.raises(FileError, match="damaged"):
                files.load(saved)
        assert len(processes() - before) <= 1
    finally:
        SPARE.end()
    assert processes() <= before
    assert not list(place.iterdir())


@pytest.mark.usefixtures("spare")
def test_a_cancel_ends_a_spare_too(saved: Path) -> None:
    taken = SPARE.pid

    def stop(fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled), files.opened(saved, stop):
        pass
    assert taken not in processes()


def test_nobody_waits_unless_asked_to(saved: Path) -> None:
    before = processes()
    assert files.load(saved).tolist() == [0, 1, 2]
    assert processes() <= before


KILLED = """
import sys, time
from explorer.files.child import SPARE
SPARE.begin()
print(SPARE.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("ready", [False, True], ids=["while it imports torch", "once it waits"])
def test_it_ends_with_a_program_that_is_killed(ready: bool) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        if ready:
            until(lambda: len(list(Path(f"/proc/{pid}/task").iterdir())) > 1)
        program.kill()
    until(lambda: gone(pid))
