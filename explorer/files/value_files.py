"""The files of values beside a script, replaced as a set together with it.

New values get names that are free; the script, which names them, is replaced in one moment; what only the old script
named is removed last. Whatever happens between, one whole program is there. Which files are ours stands in a list
beside them before they get their names, each with what tells it from any other file of that name: no other is ever
removed.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from filecmp import cmp
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from explorer.errors import FileError
from explorer.files import atomic
from explorer.files.refusals import unwritable
from explorer.files.scratch_file import ScratchFile, sweep

LIST = "tensor-explorer.json"

Fill = Callable[[BinaryIO], object]
Ours = dict[str, list[int]]
"""Files that a program has written into a folder, by name, and what each was known by."""


@contextmanager
def beside(script: Path, folder: str, fills: Mapping[str, Fill]) -> Iterator[dict[str, str]]:
    """Write files of `folder` beside `script` by `fills` (path relative to the script -> what writes it), and give
    where they are: the same paths, or free ones. What is done inside has to put the script in its place.

    Raises FileError, and what `fills` and the inside raise; then the files that were there are there, and no others.
    """
    target = os.path.realpath(script)
    place = Path(target).parent / folder
    before, made_folder = _state(target), not place.exists()
    fresh: list[Path] = []
    try:
        with ExitStack() as held:
            try:
                names = _write(place, script.name, fills, held, fresh) if fills else {}
            except OSError as error:
                raise unwritable(script, error) from error
            yield {path: str(PurePosixPath(folder, name)) for path, name in names.items()}
    except BaseException:
        if _state(target) == before:  # else the new script is there, and needs them
            _remove(fresh, place if made_folder else None)
        raise
    _tidy(place, script.name, set(names.values()), before is not None)


def _write(place: Path, script: str, fills: Mapping[str, Fill], held: ExitStack, fresh: list[Path]) -> dict[str, str]:
    """Write all, and only then give each its name, which is returned; those that are new are put into `fresh`."""
    place.mkdir(parents=True, exist_ok=True)
    sweep(place)
    made: dict[str, ScratchFile] = {}
    for path, fill in fills.items():
        made[path] = held.enter_context(ScratchFile(place))
        fill(made[path].file)
        made[path].finish(atomic.READABLE)
    ours = _listed(place)
    own = ours.get(script, {})
    names: dict[str, str] = {}
    for path, scratch in made.items():
        names[path] = _name(place, PurePosixPath(path), scratch, own, set(names.values()))
    new = {name: _mark(made[path].path) for path, name in names.items() if not os.path.lexists(place / name)}
    _list(place, {**ours, script: {**own, **new}})
    for path, name in names.items():
        if name in new:
            fresh.append(place / name)
            made[path].put(place / name)
    atomic.sync(place)
    return names


def _name(place: Path, path: PurePosixPath, scratch: ScratchFile, own: Ours, taken: set[str]) -> str:
    """The first name like that of `path` that is free, or that a file of ours has which holds the same."""
    for name in chain([path.name], (f"{path.stem}_{n}{path.suffix}" for n in count(2))):
        if name in taken:
            continue
        there = place / name
        if not os.path.lexists(there) or (_is_ours(there, own) and cmp(there, scratch.path, shallow=False)):
            return name
    raise AssertionError


def _tidy(place: Path, script: str, kept: set[str], replaces: bool) -> None:
    """Remove what the script that was replaced had and this one has not. Where none was replaced, it may have been
    moved away, and goes on loading what it had."""
    with suppress(OSError, FileError):
        ours = _listed(place)
        own = ours.pop(script, {})
        stale = [place / name for name in own if name not in kept and replaces and _is_ours(place / name, own)]
        _remove(stale)
        there = {path.name for path in stale if os.path.lexists(path)}  # another time, perhaps
        left = {name: mark for name, mark in own.items() if name in kept | there}
        if own != left:
            _list(place, {**ours, script: left} if left else ours)


def _remove(files: list[Path], folder: Path | None = None) -> None:
    """Remove files, and the folder if nothing but the list is in it."""
    for file in files:
        with suppress(OSError):
            file.unlink()
    if folder is not None:
        with suppress(OSError):
            if [file.name for file in folder.iterdir()] == [LIST]:
                (folder / LIST).unlink()
            folder.rmdir()


def _listed(place: Path) -> dict[str, Ours]:
    """Who has written what in a folder: by the name of the script."""
    try:
        found = json.loads((place / LIST).read_bytes())
        return {script: {str(name): list(mark) for name, mark in own.items()} for script, own in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):  # none, or not as we write it
        return {}


def _list(place: Path, ours: Mapping[str, Ours]) -> None:
    if any(ours.values()):
        atomic.write(place / LIST, lambda file: file.write(json.dumps(ours).encode()))
    else:
        _remove([place / LIST])
        with suppress(OSError):
            place.rmdir()  # only where nothing else is in it


def _mark(file: str | Path) -> list[int]:
    """What tells a file from any other that has its name later: it stays as the file gets that name."""
    told = os.lstat(file)
    return [told.st_ino, told.st_size, told.st_mtime_ns]


def _state(file: str) -> list[int] | None:
    """As `_mark`; None where there is none."""
    with suppress(OSError):
        return _mark(file)
    return None


def _is_ours(file: Path, own: Ours) -> bool:
    mark = _state(str(file))
    return mark is not None and own.get(file.name) == mark
