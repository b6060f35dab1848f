"""The program as a Python script, and the tensors that are too long to be spelt out in it."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch

from explorer.errors import FileError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.workspace import Workspace
from explorer.workspace.code import Writer
from explorer.workspace.steps import Create


@dataclass(frozen=True)
class Script:
    """`text` runs in plain Python once `tensors` lie where it loads them from (path relative to it -> values)."""

    text: str
    tensors: Mapping[str, torch.Tensor]


def script(workspace: Workspace, folder: str = "") -> Script:
    """The whole program; long values are loaded from files in `folder`. Running it gives equal tensors."""
    write = Writer(folder)
    lines = []
    for record in workspace.records:
        step, view = record.step, record.outputs[0]
        if isinstance(step, Create) and step.creation.kept and view is not None:
            write.keep(step.name, view.tensor().clone())
        lines.append(step.statement(write))
    workspace.activate()
    imports = "import torch\n"
    if any("np." in line for line in lines):
        imports = "import numpy as np\n" + imports
    return Script(imports + "\n" + "\n".join([*lines, ""]), dict(write.tensors))


def save(made: Script, path: str | os.PathLike[str]) -> None:
    """Write the script and its tensors beside it, each file whole or not at all. Raises FileError."""
    place = Path(path)
    try:
        for name, tensor in made.tensors.items():
            target = place.parent / name
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, tensor)
        _replace(place, made.text)
    except OSError as error:
        template = QT_TRANSLATE_NOOP("errors", "{path} cannot be written.")
        raise FileError(Message("errors", template, {"path": str(place)}), str(error)) from error


def _replace(target: Path, content: str | torch.Tensor) -> None:
    number, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            if isinstance(content, str):
                file.write(content.encode())
            else:
                torch.save(content, file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
