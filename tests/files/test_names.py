"""Files whose names are no text for this Python, and names of others in messages."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from explorer import files
from explorer.errors import FileError
from explorer.files import shelf_load
from explorer.messages import legible, shown, spelt
from explorer.workspace import Workspace

SAVE: dict[str, Callable[[Any], None]] = {
    ".npy": lambda file: np.save(file, np.ones(2)),
    ".npz": lambda file: np.savez(file, a=np.ones(2)),
    ".pt": lambda file: torch.save({"a": torch.ones(2)}, file),
}


@pytest.mark.skipif(os.name == "nt", reason="has no such names")
@pytest.mark.parametrize("ending", SAVE)
def test_a_name_that_is_no_utf_8(tmp_path: Path, ending: str) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe" + ending.encode()))
    with path.open("wb") as file:
        SAVE[ending](file)
    assert files.load(path).tolist() == files.load(os.fsencode(path)).tolist() == [1, 1]
    files.save(path, {"a": torch.zeros(3)})
    assert files.load(path).tolist() == [0, 0, 0]
    assert [os.fsencode(x.name) for x in tmp_path.iterdir()] == [b"\xff\xfe" + ending.encode()]
    path.write_bytes(b"")
    with pytest.raises(FileError) as caught:
        files.load(path)
    assert str(caught.value) == f"“��{ending}” is empty; choose another file."


ASCII = """
import os, sys
import numpy as np, torch
from explorer import files
folder = os.fsencode(sys.argv[1]).decode()
for name, given in (("\\u5f20.npy", str), ("\\u5f20.pt", str), ("\\u5f20.npz", lambda x: os.fsdecode(x.encode()))):
    files.save(given(f"{folder}/{name}"), {"a": torch.ones(2)})
    assert files.load(given(f"{folder}/{name}")).tolist() == [1, 1]
    assert f"{folder}/{name}".encode() in [x.path for x in os.scandir(folder.encode())]
try:
    files.load(os.fsdecode(f"{folder}/\\u65e0.pt".encode()))
except files.loading.FileError as error:
    assert "\\u201c\\u65e0.pt\\u201d" in str(error), ascii(str(error))
print(sys.getfilesystemencoding())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have one encoding for names")
def test_a_system_whose_encoding_is_ascii(tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-c", ASCII, os.fsencode(folder)]
    said = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, **bare})
    assert not said.returncode, said.stderr
    assert said.stdout.strip() == "ascii"


def test_what_a_dialog_shows_of_a_name_that_it_cannot_read(tmp_path: Path) -> None:
    for name in (b"\xff", b"\xfea", b"\xffa"):
        with Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name + b".npy")).open("wb") as file:
            np.save(file, np.array([len(name)]))
    assert files.load(tmp_path / "\N{REPLACEMENT CHARACTER}.npy").tolist() == [1]
    with pytest.raises(FileError, match="no file"):  # it may be one or the other
        files.load(tmp_path / "\N{REPLACEMENT CHARACTER}a.npy")
    np.save(tmp_path / "\N{REPLACEMENT CHARACTER}a.npy", np.array([7]))
    assert files.load(tmp_path / "\N{REPLACEMENT CHARACTER}a.npy").tolist() == [7]


@pytest.mark.parametrize("name", ["\udcff\udcfe", "\ud800", "a\0b\nc", "<b>x</b>", "\u202eevil", "x" * 500, "", "a/b"])
def test_names_are_shown_as_one_line_of_text(name: str) -> None:
    for text in (legible(name), shown(name), spelt(name)):
        text.encode()
    assert legible(name).isprintable()
    assert len(legible(name)) <= 80
    assert legible("a/b") == "a/b"
    assert shown("a/b") == "b"


def test_keys_of_a_file(tmp_path: Path) -> None:
    keys = ["\udcff", "\ud800", "a\0\nb", "<img src='x'>", "\u202e", ""]
    torch.save({key: torch.full((1,), i) for i, key in enumerate(keys)}, tmp_path / "x.pt")
    found = shelf_load.shelve(Workspace(), tmp_path / "x.pt")
    assert [item.tensor().item() for item in found.workspace.items] == list(range(len(keys)))
    for item, step in zip(found.workspace.items, found.workspace.steps, strict=True):
        item.label.encode()
        step.source().encode()
        assert "\n" not in step.source()
    with files.opened(tmp_path / "x.pt") as file:
        for key in ("\udcfe", "b\nc"):
            with pytest.raises(FileError) as caught:
                file.read(key)
            str(caught.value).encode()
            assert str(caught.value).isprintable()
