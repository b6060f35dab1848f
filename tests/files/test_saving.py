"""Saving: refusals, and the old file that is there until the new one is whole."""

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from explorer import files
from explorer.errors import FileError
from explorer.files import formats

OLD = torch.arange(3)


@pytest.fixture(params=[".npy", ".npz", ".pt"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that is already there."""
    path = tmp_path / f"a{request.param}"
    files.save(path, {"a": OLD})
    return path


def intact(path: Path) -> bool:
    return [p.name for p in path.parent.iterdir()] == [path.name] and torch.equal(files.load(path), OLD)


def test_a_failure_at_the_last_moment_keeps_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: object, goal: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FileError, match="disk is full"):
        files.save(old, {"a": torch.zeros(5)})
    assert intact(old)


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), RuntimeError("torch's"), MemoryError()])
def test_a_failure_halfway_keeps_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def half(file: Any, tensors: object) -> None:
        file.write(b"half")
        raise trouble

    spoilt = [replace(known, write=half) for known in formats.FORMATS]
    monkeypatch.setattr(formats, "FORMATS", spoilt)
    with pytest.raises(FileError, match="was not saved") as caught:
        files.save(old, {"a": torch.zeros(5)})
    assert "torch's" not in str(caught.value)
    assert intact(old)


def test_a_crash_halfway_keeps_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Crash(BaseException):
        pass

    def crash(number: int) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", crash)
        with pytest.raises(Crash):
            files.save(old, {"a": torch.zeros(5)})
    assert intact(old)


def test_the_file_is_on_the_disk_before_it_takes_the_place(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda number: (order.append("fsync"), sync(number))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (order.append("replace"), replace(a, b))[1])
    files.save(old, {"a": torch.zeros(5)})
    assert order == ["fsync", "replace", "fsync"]


def test_saving_onto_a_file_that_is_open(old: Path) -> None:
    with files.opened(old) as file:
        files.save(old, {"a": torch.zeros(5)})
        (entry,) = file.entries
        assert file.read().tolist() == OLD.tolist()
        assert entry.shape == (3,)
    assert files.load(old).tolist() == [0] * 5


def test_links_and_permissions_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.npy", tmp_path / "link.npy"
    files.save(real, {"a": OLD})
    assert stat.S_IMODE(real.stat().st_mode) == 0o644
    real.chmod(0o600)
    link.symlink_to(real)
    files.save(link, {"a": torch.zeros(5)})
    assert link.is_symlink()
    assert files.load(real).shape == (5,)
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


def test_places(tmp_path: Path) -> None:
    one = {"a": OLD}
    with pytest.raises(FileError, match="no such place"):
        files.save(tmp_path / "none" / "a.npy", one)
    (tmp_path / "dir.npy").mkdir()
    with pytest.raises(FileError, match="is a folder or a device"):
        files.save(tmp_path / "dir.npy", one)
    os.mkfifo(tmp_path / "pipe.npy")
    with pytest.raises(FileError, match="is a folder or a device"):
        files.save(tmp_path / "pipe.npy", one)
    with pytest.raises(FileError, match="name is too long"):
        files.save(tmp_path / f"{'a' * 300}.npy", one)
    with pytest.raises(FileError, match="was not saved"):
        files.save(tmp_path / "a\0.npy", one)
    assert {p.name for p in tmp_path.iterdir()} == {"dir.npy", "pipe.npy"}
    long = tmp_path / f"{'张' * 83}é.npy"  # 255 bytes
    files.save(long, one)
    assert torch.equal(files.load(long), OLD)


REFUSED = [
    ("a.txt", {"A": OLD}, r"“a.txt” needs an ending"),
    ("a", {"A": OLD}, r"needs an ending"),
    ("a.npy", {}, r"no tensor to save"),
    ("a.npy", {"A": OLD, "B": OLD}, r"these are 2"),
    ("a.npy", {"A": torch.zeros(2, dtype=torch.bfloat16)}, r"NumPy has no bfloat16, which A is; convert it to float32"),
    ("a.npz", {"A": torch.zeros(2).to(torch.float8_e5m2)}, r"NumPy has no float8_e5m2"),
    ("a.npz", {"": OLD}, r"cannot be called"),
    ("a.npz", {"a\nb": OLD}, r"cannot be called"),
    ("a.pt", {"A": torch.empty(2, device="meta")}, r"A is on meta"),
    ("a.npy", {"A": torch.empty(2, device="meta")}, r"A is on meta"),
    ("a.pt", {"A": torch.eye(2).to_sparse()}, r"stored as sparse_coo"),
]


@pytest.mark.parametrize(("name", "tensors", "words"), REFUSED, ids=[words for _, _, words in REFUSED])
def test_refusals(tmp_path: Path, name: str, tensors: dict[str, torch.Tensor], words: str) -> None:
    with pytest.raises(FileError, match=words) as caught:
        files.save(tmp_path / name, tensors)
    assert caught.value.message.context == "errors"
    assert not list(tmp_path.iterdir())
