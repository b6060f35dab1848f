"""What a killed program leaves of a file that it was writing, and who removes it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from explorer import files
from explorer.files import atomic, scratch_file

WRITER = """
import sys
from explorer.files import atomic

def slowly(file):
    file.write(b"half")
    file.flush()
    print("written", flush=True)
    sys.stdin.readline()

atomic.write(sys.argv[1], slowly)
print("done", flush=True)
"""


@pytest.fixture
def writing() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """A function that has another program begin to write a file; it goes on at a line of its standard input."""
    running = []

    def begin(target: Path) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        running.append(program)
        assert program.stdout is not None
        assert program.stdout.readline() == "written\n"
        return program

    yield begin
    for program in running:
        program.kill()
        program.communicate()


def left(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{scratch_file.PREFIX}*"))


def notes() -> list[Path]:
    return left(scratch_file._notes())


@pytest.mark.skipif(sys.platform == "win32", reason="has no locks of this kind")
def test_the_next_file_there_takes_it_away(tmp_path: Path, writing: Callable[[Path], subprocess.Popen[str]]) -> None:
    program = writing(tmp_path / "a.npy")
    program.kill()
    program.wait()
    assert len(left(tmp_path)) == 1
    files.save(tmp_path / "b.npy", {"b": torch.ones(2)})
    assert [path.name for path in tmp_path.iterdir()] == ["b.npy"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no locks of this kind")
def test_the_next_start_takes_it_away(tmp_path: Path, writing: Callable[[Path], subprocess.Popen[str]]) -> None:
    folder = tmp_path / os.fsdecode(b"\xff\xfe")
    folder.mkdir()
    program = writing(folder / "a.npy")
    program.kill()
    program.wait()
    assert len(left(folder)) == len(notes()) == 1
    scratch_file.tidy()
    assert left(folder) == notes() == []


def test_what_another_program_is_writing_stays(
    tmp_path: Path, writing: Callable[[Path], subprocess.Popen[str]]
) -> None:
    program = writing(tmp_path / "a.npy")
    files.save(tmp_path / "b.npy", {"b": torch.ones(2)})
    scratch_file.tidy()
    assert len(left(tmp_path)) == len(notes()) == 1
    said, _ = program.communicate("go on\n")
    assert said == "done\n"
    assert (tmp_path / "a.npy").read_bytes() == b"half"
    assert left(tmp_path) == notes() == []


def test_links_and_folders_of_such_a_name_stay(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / f"{scratch_file.PREFIX}link").symlink_to(tmp_path / "mine")
    (tmp_path / f"{scratch_file.PREFIX}folder").mkdir()
    os.mkfifo(tmp_path / f"{scratch_file.PREFIX}pipe")
    files.save(tmp_path / "b.npy", {"b": torch.ones(2)})
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert len(left(tmp_path)) == 3


def test_one_that_is_taken_away_before_it_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold, taken = scratch_file._hold, []

    def late(handle: int) -> bool:
        if not taken:
            taken.extend(left(tmp_path))
            taken[0].unlink()
        return hold(handle)

    monkeypatch.setattr(scratch_file, "_hold", late)
    monkeypatch.setattr(scratch_file, "_note", lambda folder: None)
    atomic.write(tmp_path / "a", lambda file: file.write(b"whole"))
    assert len(taken) == 1
    assert (tmp_path / "a").read_bytes() == b"whole"
    assert left(tmp_path) == []


def test_saving_needs_no_memory_of_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "state").write_bytes(b"no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    files.save(tmp_path / "b.npy", {"b": torch.ones(2)})
    scratch_file.tidy()
    assert files.load(tmp_path / "b.npy").tolist() == [1, 1]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not tell what is open")
def test_no_handle_stays_open(tmp_path: Path) -> None:
    def save_and_fail() -> int:
        files.save(tmp_path / "b.npy", {"b": torch.ones(2)})
        with pytest.raises(ZeroDivisionError):
            atomic.write(tmp_path / "b.npy", lambda file: 1 / 0)
        return len(list(Path("/proc/self/fd").iterdir()))

    before = save_and_fail()
    assert save_and_fail() == before
    assert left(tmp_path) == notes() == []
