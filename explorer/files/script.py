"""The program as a Python script, and the tensors that are too long to be spelt out in it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch

from explorer.files import atomic
from explorer.files.refusals import unwritable
from explorer.memory import room_for
from explorer.workspace import Workspace
from explorer.workspace.code import Writer
from explorer.workspace.steps import Create
from explorer.workspace.view import View


@dataclass(frozen=True)
class Script:
    """`text` runs in plain Python once `tensors` lie where it loads them from (path relative to it -> values)."""

    text: str
    tensors: Mapping[str, torch.Tensor]


def script(workspace: Workspace, folder: str = "") -> Script:
    """The whole program; long values are loaded from files in `folder`. Running it gives equal tensors.

    Its tensors show the memory of the workspace, for as long as nothing moves that. Raises RoomError.
    """
    write = Writer(folder)
    lines = []
    for record in workspace.records:
        step, view = record.step, next(iter(record.outputs), None)
        if isinstance(step, Create) and step.creation.kept and view is not None:
            write.keep(step.name, _kept(view, workspace.view(step.name)))
        lines.append(step.statement(write))
    workspace.activate()
    imports = "import torch\n"
    if any("np." in line for line in lines):
        imports = "import numpy as np\n" + imports
    return Script(imports + "\n" + "\n".join([*lines, ""]), dict(write.tensors))


def _kept(made: View, now: View) -> torch.Tensor:
    """The values that a step made: a copy where they have been written over since."""
    tensor = made.tensor()
    if made.version is now.version:
        return tensor
    room_for(tensor.nbytes, tensor.device)
    return tensor.clone()


def save(made: Script, path: str | os.PathLike[str]) -> None:
    """Write the script and its tensors beside it, each file whole or not at all. Raises FileError."""
    place = Path(path)
    for name, tensor in made.tensors.items():
        target = place.parent / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(target, error) from error
        atomic.write(target, partial(torch.save, tensor))
    atomic.write(place, lambda file: file.write(made.text.encode()))
