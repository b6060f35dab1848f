"""A program and its values are saved as a set: whatever happens, one whole program is there; no file of others goes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from explorer.errors import FileError
from explorer.files import script
from explorer.workspace import Workspace

A, B = torch.arange(5000), torch.arange(5000) + 1


def save(path: Path, *tensors: torch.Tensor) -> None:
    workspace = Workspace()
    for tensor in tensors:
        workspace = workspace.load(workspace.fresh_name(""), tensor)
    script.save(script.script(workspace, f"{path.stem}_values"), path)


def run(path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    found: dict[str, Any] = {}
    monkeypatch.chdir(path.parent)
    exec(path.read_text("utf-8"), found)  # noqa: S102
    return found


def values(path: Path) -> list[str]:
    folder = path.parent / f"{path.stem}_values"
    return sorted(x.name for x in folder.iterdir() if x.name != "tensor-explorer.json") if folder.exists() else []


@pytest.mark.parametrize("how", ["killed", "28", "13"], ids=["killed", "the disk is full", "not permitted"])
def test_every_step_of_saving_leaves_the_old_program_or_the_new_one(tmp_path: Path, how: str) -> None:
    program = Path(__file__).with_name("program_steps.py")
    command = [sys.executable, str(program), str(tmp_path), how]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    said = subprocess.run(command, check=False, capture_output=True, text=True, env=here)
    assert not said.returncode, said.stderr
    assert all(int(steps) > 30 for steps in said.stdout.split())


def test_a_second_value_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.py"
    save(path, A, A)
    text, whole, seen = path.read_text(), torch.save, []

    def full(*given: Any) -> None:
        seen.append(1)
        if len(seen) == 2:
            raise RuntimeError("unexpected pos 64 vs 0")  # torch's words for a full disk
        whole(*given)

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(FileError, match="was not saved"):
        save(path, B, B)
    assert path.read_text() == text
    assert torch.equal(run(path, monkeypatch)["A"], A)
    assert values(path) == ["A.pt", "B.pt"]


def test_the_same_again_is_the_same_again(tmp_path: Path) -> None:
    path = tmp_path / "p.py"
    save(path, A, B)
    text = path.read_text()
    save(path, A, B)
    assert path.read_text() == text
    assert values(path) == ["A.pt", "B.pt"]


def test_values_go_with_the_last_program_that_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.py"
    save(path, A, B)
    save(path, B)
    assert torch.equal(run(path, monkeypatch)["A"], B)
    assert len(values(path)) == 1
    save(path, torch.ones(2))
    assert not (tmp_path / "p_values").exists()


def test_files_of_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, folder = tmp_path / "p.py", tmp_path / "p_values"
    folder.mkdir()
    (folder / "A.pt").write_bytes(b"mine")
    (folder / "A_2.pt").mkdir()
    (folder / "B.pt").symlink_to(tmp_path / "nowhere")
    save(path, A, B)
    assert values(path) == ["A.pt", "A_2.pt", "A_3.pt", "B.pt", "B_2.pt"]
    torch.save(torch.ones(1), folder / "A_3.pt")  # the user's own, by now
    save(path, B, A)
    assert torch.equal(run(path, monkeypatch)["A"], B)
    assert (folder / "A.pt").read_bytes() == b"mine"
    assert torch.load(folder / "A_3.pt").tolist() == [1]
    assert (folder / "B.pt").is_symlink()


def test_a_program_that_was_moved_away_keeps_its_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.py"
    save(path, A)
    path.rename(tmp_path / "before.py")
    save(path, B)
    assert torch.equal(run(tmp_path / "before.py", monkeypatch)["A"], A)
    assert torch.equal(run(path, monkeypatch)["A"], B)


def test_two_programs_whose_values_share_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "p.py", A)
    save(tmp_path / "p.pyw", B)
    save(tmp_path / "p.pyw", torch.ones(1))
    assert torch.equal(run(tmp_path / "p.py", monkeypatch)["A"], A)


@pytest.mark.parametrize("words", [b"", b"[1]", b'{"p.py": 3}', b'{"p.py": {"A.pt": 1}}', b"\xff"])
def test_a_list_that_is_broken_removes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: bytes) -> None:
    path = tmp_path / "p.py"
    save(path, A)
    (tmp_path / "p_values" / "tensor-explorer.json").write_bytes(words)
    save(path, B)
    assert torch.equal(run(path, monkeypatch)["A"], B)
    assert "A.pt" in values(path)


def test_a_folder_in_the_place_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "p.py").mkdir()
    with pytest.raises(FileError, match="is a folder"):
        save(tmp_path / "p.py", A)
    assert os.listdir(tmp_path) == ["p.py"]  # noqa: PTH208
