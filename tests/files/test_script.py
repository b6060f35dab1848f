"""A program that is saved stays one program, whatever the files that its tensors came from are called."""

import ast
from pathlib import Path

import pytest
import torch

from explorer.errors import FileError
from explorer.files import script
from explorer.workspace import Workspace


def test_a_label_cannot_end_its_comment() -> None:
    made = Workspace().load("w", torch.ones(2), "w\nimport os", "evil\r\u2028.pt")
    (line,) = [s for s in script.script(made).text.splitlines() if s.startswith("w =")]
    assert line.endswith("# evil��.pt: w�import os")
    assert len(ast.parse(script.script(made).text).body) == 2


def test_long_values_lie_beside_the_program(tmp_path: Path) -> None:
    values = torch.arange(5000)
    made = Workspace().load("w", values, "w", "w.npy")
    script.save(script.script(made, "program_values"), tmp_path / "program.py")
    assert torch.equal(torch.load(tmp_path / "program_values" / "w.pt"), values)
    assert (tmp_path / "program.py").read_text("utf-8").startswith("import torch\n")


def test_where_the_values_have_no_room(tmp_path: Path) -> None:
    made = Workspace().load("w", torch.arange(5000))
    (tmp_path / "program_values").write_bytes(b"a file")
    with pytest.raises(FileError, match="was not saved"):
        script.save(script.script(made, "program_values"), tmp_path / "program.py")
    assert not (tmp_path / "program.py").exists()
