"""The code of a tensor from a file reads that very file, and gives an equal tensor."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from explorer import files
from explorer.files import script, shelf_load
from explorer.workspace import Workspace, edits


def opened(path: Path) -> Workspace:
    return shelf_load.shelve(Workspace(), path).workspace


def executed(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    exec(text, found)  # noqa: S102
    return found


def check(workspace: Workspace) -> list[str]:
    """The lines of the copied code, once it has given the same tensors."""
    made = script.script(workspace)
    assert not made.tensors
    found = executed(made.text)
    for item in workspace.items:
        mine, theirs = item.tensor(), found[item.name]
        assert type(theirs) is torch.Tensor
        assert (theirs.dtype, theirs.shape, theirs.stride()) == (mine.dtype, mine.shape, mine.stride())
        assert not theirs.requires_grad
        if theirs.numel() and not theirs.is_meta:
            bits = [x.contiguous().reshape(-1)[:, None].view(torch.uint8) for x in (mine, theirs)]
            assert torch.equal(*bits)
    return [line for line in made.text.splitlines() if " = " in line]


NUMPY: dict[str, Callable[[], Any]] = {
    "plain": lambda: np.arange(6.0).reshape(2, 3),
    "big-endian": lambda: np.arange(6, dtype=">i4").reshape(2, 3),
    "big-endian complex, column-major": lambda: np.asfortranarray((np.arange(6) * 1j).astype(">c8").reshape(2, 3)),
    "column-major": lambda: np.asfortranarray(np.arange(6, dtype="f2").reshape(2, 3)),
    "column-major with axes of one": lambda: np.asfortranarray(np.arange(6).reshape(1, 2, 1, 3)),
    "bool": lambda: np.array([True, False]),
    "scalar": lambda: np.array(2.5),
    "empty": lambda: np.zeros((3, 0), "f4"),
    "nan": lambda: np.array([np.nan, -0.0, np.inf]),
    "uint64": lambda: np.array([2**64 - 1], "u8"),
    "long": lambda: np.arange(5000),
    "long, column-major, one column": lambda: np.asfortranarray(np.ones((5000, 1), ">f4")),
}


@pytest.mark.parametrize("case", NUMPY)
def test_arrays(tmp_path: Path, case: str) -> None:
    values = NUMPY[case]()
    np.save(tmp_path / "acts.npy", values)
    (line,) = check(opened(tmp_path / "acts.npy"))
    if values.size:
        assert f"np.load({str(tmp_path / 'acts.npy')!r})" in line
    np.savez(tmp_path / "x.npz", **{"a.b": values, "it's\n": values})
    for line in check(opened(tmp_path / "x.npz")) if values.size else ():
        assert f"np.load({str(tmp_path / 'x.npz')!r})[" in line


def test_a_bool_that_was_none(tmp_path: Path) -> None:
    np.save(tmp_path / "b.npy", np.array([0, 2, 1], "u1").view(bool))
    (line,) = check(opened(tmp_path / "b.npy"))
    assert "torch.tensor([False, True, True])" in line


def test_members_whose_names_differ_by_an_ending(tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", **{"a": np.ones(2), "a.npy": np.zeros(3)})
    check(opened(tmp_path / "x.npz"))


WHOLE = torch.arange(24.0).reshape(4, 6)
TORCH: dict[str, Callable[[], Any]] = {
    "nested": lambda: {"model": {"layer.0": [torch.ones(2), {3: torch.zeros(2, 3), "3": torch.ones(1)}]}},
    "alone": lambda: torch.arange(3),
    "keys": lambda: {"it's": torch.ones(1), "a\n\0b": torch.ones(2), "\udcff": torch.ones(3), None: torch.ones(4)},
    "odd keys": lambda: {True: torch.ones(1), 2.5: torch.ones(2), (1, 2): torch.ones(3), float("inf"): torch.ones(4)},
    "views": lambda: {"t": WHOLE.T, "part": WHOLE[:, 1:3], "many": torch.ones(1).expand(3, 4), "one": WHOLE[:1].T},
    "gradients": lambda: {"w": torch.ones(2, requires_grad=True), "p": torch.nn.Parameter(torch.ones(2))},
    "marks": lambda: {"c": torch.tensor([1 + 2j]).conj(), "n": torch.tensor([1 + 2j]).conj().imag},
    "kinds": lambda: {str(x): torch.ones(2).to(x) for x in (torch.bfloat16, torch.float8_e5m2, torch.bool)},
    "long": lambda: {"w": torch.arange(5000), "t": torch.ones(70, 90).T},
    "empty": lambda: [torch.zeros(0, 3), torch.tensor(1.5)],
    "meta": lambda: {"m": torch.empty(2, 3, device="meta"), "a": torch.ones(1)},
}


def test_files_of_torch(tmp_path: Path) -> None:
    path = tmp_path / "m.pt"
    torch.save({case: make() for case, make in TORCH.items()}, path)  # one file: each takes a process
    with files.opened(path) as file:
        names = [entry.name for entry in file.entries]
    workspace = shelf_load.shelve(Workspace(), path, names).workspace
    lines = dict(zip(names, check(workspace), strict=True))
    begin = f" = torch.load({str(path)!r}, weights_only=True)"
    assert f"{begin}['nested']['model']['layer.0'][1][3]" in lines["nested.model.layer.0.1.3"]
    short = ("odd keys.", "empty.", "meta.")
    assert all(begin in line for name, line in lines.items() if not name.startswith(short))
    torch.save(torch.arange(3), path)
    (line,) = check(opened(path))
    assert f"{begin}  #" in line


def test_a_file_that_has_changed_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "acts.npy"
    np.save(path, np.array([1.5, 2.5]))
    workspace = opened(path)
    told = path.stat()
    np.save(path, np.array([7.5, 8.5]))
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    text = script.script(workspace).text
    assert executed(text)["acts"].tolist() == [1.5, 2.5]
    assert text.endswith("# acts.npy: acts, as it was before the file changed\n")
    path.unlink()
    assert executed(script.script(workspace).text)["acts"].tolist() == [1.5, 2.5]


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "acts.npy"
    np.save(path, np.ones(2))
    with files.opened(path) as file:
        file.read()
        os.utime(path)
        assert file.reading("acts") is None


def test_what_is_edited_is_no_longer_what_the_file_holds(tmp_path: Path) -> None:
    np.save(tmp_path / "acts.npy", np.array([1.5, 2.5]))
    workspace = edits.edit(opened(tmp_path / "acts.npy"), "acts", {(0,): 9.0})
    assert executed(script.script(workspace).text)["acts"].tolist() == [9.0, 2.5]


@pytest.mark.filterwarnings("ignore:.*unclosed file")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # torch takes no such name: `open` does
@pytest.mark.parametrize("name", [b"\xff\xfe", "张量 it's".encode()])
def test_names_that_are_hard_to_write(tmp_path: Path, name: bytes) -> None:
    for ending, save in ((b".npy", np.save), (b".pt", lambda file, x: torch.save(torch.from_numpy(x), file))):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name + ending))
        with path.open("wb") as file:
            save(file, np.ones(3))
        workspace = opened(path)
        (line,) = check(workspace)
        assert "load(" in line
        line.encode()  # it can be copied, printed and saved


def test_a_saved_program_needs_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "acts.npy"
    np.save(path, np.arange(5000))
    workspace = opened(path)
    (tmp_path / "out").mkdir()
    script.save(script.script(workspace, "p_values"), tmp_path / "out" / "p.py")
    path.unlink()
    monkeypatch.chdir(tmp_path / "out")
    text = Path("p.py").read_text("utf-8")
    assert text.endswith(f"acts = torch.load('p_values/acts.pt')  # {path}: acts\n")
    assert executed(text)["acts"].tolist() == list(range(5000))
