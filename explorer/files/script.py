"""The program as a Python script, and the tensors that are too long to be spelt out in it.

What is copied reads a tensor out of a file from that very file, by its absolute path, as long as the file is as it was;
else its values are written, and the comment says so. What is saved stands for itself: it may be moved to another place
or machine together with the folder of its values, and only a comment says which files they came from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from explorer.files import atomic, value_files
from explorer.files.paths import located
from explorer.files.refusals import BROKEN, refused
from explorer.files.saving import FAILED
from explorer.late import torch
from explorer.memory import room_for
from explorer.messages import spelt
from explorer.workspace import Workspace
from explorer.workspace.code import Writer
from explorer.workspace.file_reading import FileReading
from explorer.workspace.steps import Create, Operate
from explorer.workspace.view import View

MARK = "\0"  # around the path of a value; no source has it, as literals spell it out


@dataclass(frozen=True)
class Script:
    """`text` runs in plain Python once `tensors` lie where it loads them from (path relative to it -> values).

    `template` is the text with each of these paths between two marks; `folder` is the one that they begin with.
    """

    template: str
    tensors: Mapping[str, torch.Tensor]
    folder: str = ""

    @property
    def text(self) -> str:
        return self.over({})

    def over(self, places: Mapping[str, str]) -> str:
        """The text where tensors lie at other `places`."""
        return re.sub(f"{MARK}(.*?){MARK}", lambda found: repr(places.get(found[1], found[1])), self.template)


class _Writer(Writer):
    """Without a folder what was read from files is read there again; with one it is saved there."""

    def quoted(self, path: str) -> str:
        return f"{MARK}{path}{MARK}"

    def read(self, reading: FileReading) -> str | None:
        return reading.source if not self.folder and reading.unchanged else None

    def origin(self, reading: FileReading, told: str) -> str:
        if self.folder:
            return f"{spelt(reading.path)}: {told.partition(': ')[2]}"
        return told if reading.unchanged else f"{told}, as it was before the file changed"


def script(workspace: Workspace, folder: str = "") -> Script:
    """The whole program; long values are loaded from files in `folder`. Running it gives equal tensors.

    Its tensors show the memory of the workspace, for as long as nothing moves that. Raises RoomError.
    """
    write = _Writer(folder)
    lines = []
    for record in workspace.records:
        step, view = record.step, next(iter(record.outputs), None)
        if isinstance(step, Create) and step.creation.kept and view is not None:
            reading = step.creation.reading
            if reading is None or write.read(reading) is None:
                write.keep(step.name, _kept(view, workspace.view(step.name)))
        lines.append(step.statement(write))
    workspace.activate()
    own = {record.step.call.op.imported for record in workspace.records if isinstance(record.step, Operate)}
    imports = "".join(f"{line}\n" for line in ("import torch", *sorted(own)) if line)
    if any("np." in line for line in lines):
        imports = "import numpy as np\n" + imports
    return Script(imports + "\n" + "\n".join([*lines, ""]), dict(write.tensors), write.folder)


def _kept(made: View, now: View) -> torch.Tensor:
    """The values that a step made: a copy where they have been written over since."""
    tensor = made.tensor()
    if made.version is now.version:
        return tensor
    room_for(tensor.nbytes, tensor.device)
    return tensor.clone()


def save(made: Script, path: str | os.PathLike[str]) -> None:
    """Write the script and its tensors beside it, all of it or nothing. Raises FileError.

    The script that is there runs on, with its own values, until the new one takes its place in one moment: values get
    names that are free, and those of the old script go only afterwards. No file of anybody else is touched.
    """
    place = located(path)
    fills = {name: partial(torch.save, tensor) for name, tensor in made.tensors.items()}
    try:
        with value_files.beside(place, made.folder, fills) as places:
            atomic.write(place, lambda file: file.write(made.over(places).encode()))
    except (MemoryError, *BROKEN) as error:
        raise refused(place, FAILED) from error
