"""From a file onto the shelf."""

from pathlib import Path

import pytest
import torch

from explorer import files
from explorer.errors import FileError
from explorer.files import shelf_load
from explorer.workspace import Workspace


def test_own_names_become_labels_and_names(tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    files.save(
        path, {"layers.0.weight": torch.ones(2, 3), "layers.1.weight": torch.zeros(3), "a b-0": torch.arange(5000)}
    )
    found = shelf_load.shelve(Workspace(), path)
    assert found.names == ("weight", "weight1", "t0")
    assert [item.label for item in found.workspace.items] == ["layers.0.weight", "layers.1.weight", "a b-0"]
    assert found.workspace.steps[0].source().endswith("# net.npz: layers.0.weight")
    assert found.workspace["t0"].tensor().tolist() == list(range(5000))


def test_many_or_large_ones_are_to_be_chosen_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, before = tmp_path / "many.npz", Workspace()
    files.save(path, {f"w{i}": torch.full((2,), i) for i in range(33)})
    found = shelf_load.shelve(before, path)
    assert found.workspace is before
    assert len(found.choices) == 33
    assert shelf_load.shelve(before, path, ("w5", "w7")).names == ("w5", "w7")
    files.save(path, {"big": torch.zeros(250, dtype=torch.uint8), "small": torch.zeros(1)})
    for free, asked in ((2000, False), (1000, True), (None, False)):
        monkeypatch.setattr(shelf_load, "memory_free", lambda free=free: free)
        assert bool(shelf_load.shelve(before, path).choices) is asked


def test_all_or_none(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    files.save(path, {"a": torch.ones(2)})
    with pytest.raises(FileError, match="no “b”"):
        shelf_load.shelve(Workspace(), path, ("a", "b"))
