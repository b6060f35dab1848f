"""A file format is one entry: what is listed is opened, loaded, written and refused like the others."""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import pytest
import torch

from explorer import files
from explorer.errors import FileError
from explorer.files import formats
from explorer.files.entries import Dropped, Entry, Progress
from explorer.files.file_format import FileFormat, UnknownFile
from explorer.files.raw import plain
from explorer.files.refusals import refused
from explorer.messages import Phrase


class Lines:
    """A made-up format: `MADE-UP`, and a line for each tensor, its name and its numbers."""

    def __init__(self, file: UnknownFile, progress: Progress) -> None:
        file.stream.seek(0)
        lines = [line.split() for line in file.stream.readall().decode().splitlines()[1:]]
        self._found = {name: torch.tensor([float(number) for number in numbers]) for name, *numbers in lines}
        self.left_out: dict[str, FileError] = {}
        self.dropped: dict[Dropped, list[str]] = {}
        self.closed = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(name, tuple(x.shape), x.dtype, x.nbytes) for name, x in self._found.items())

    def read(self, name: str, progress: Progress) -> torch.Tensor:
        progress(0.5)
        return self._found[name]

    def source(self, name: str, path: str) -> str | None:
        return f"read_lines({path!r})[{name!r}]"

    def close(self) -> None:
        self.closed = True


def check(place: Path, tensors: Mapping[str, torch.Tensor]) -> None:
    for name, tensor in tensors.items():
        if tensor.ndim != 1:
            raise refused(place, "“{name}” is no line, and “{file}” holds lines.", name=name)


def write(file: BinaryIO, tensors: Mapping[str, torch.Tensor]) -> None:
    file.write(b"MADE-UP\n")
    for name, tensor in tensors.items():
        file.write(" ".join([name, *map(str, plain(tensor).tolist())]).encode() + b"\n")


LINES = FileFormat(
    Phrase("Lines of numbers", "一行行数字"),
    (".lines", ".lns"),
    knows=lambda file: file.head.startswith(b"MADE-UP"),
    open=Lines,
    write=write,
    check=check,
)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, LINES))


A, B = torch.tensor([1.0, 2.5]), torch.tensor([-3.0])


@pytest.mark.usefixtures("lines")
def test_a_made_up_format_is_one_entry(tmp_path: Path) -> None:
    path = tmp_path / "x.LNS"
    files.save(path, {"a": A, "b": B})
    assert path.read_bytes() == b"MADE-UP\na 1.0 2.5\nb -3.0\n"
    path = path.rename(tmp_path / "x.npy")  # it is the first bytes that count
    assert files.contents(path) == [Entry("a", (2,), torch.float32, 8), Entry("b", (1,), torch.float32, 4)]
    seen: list[float] = []
    assert torch.equal(files.load(path, "a", seen.append), A)
    assert seen == [0.5]
    with pytest.raises(FileError, match="holds 2 tensors; say which one: a, b"):
        files.load(path)
    with files.opened(path) as file:
        assert torch.equal(file.read("b"), B)
        reading = file.reading("b")
        assert reading is not None
        assert reading.source == f"read_lines({str(path)!r})['b']"
        reader = file._reader
        assert isinstance(reader, Lines)
        assert not reader.closed
    assert reader.closed


@pytest.mark.usefixtures("lines")
def test_what_a_made_up_format_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"“m” is no line, and “x\.lines” holds lines"):
        files.save(tmp_path / "x.lines", {"m": torch.ones(2, 2)})
    with pytest.raises(FileError, match="m is on meta"):
        files.save(tmp_path / "x.lines", {"m": torch.empty(2, device="meta")})
    (tmp_path / "x.lns").write_bytes(bytes(range(255, 100, -1)))
    with pytest.raises(FileError, match="whatever its name says"):
        files.load(tmp_path / "x.lns")
    assert [path.name for path in tmp_path.iterdir()] == ["x.lns"]


def test_a_format_that_is_not_listed_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="needs an ending"):
        files.save(tmp_path / "x.lines", {"a": A})
    (tmp_path / "x.lines").write_bytes(b"MADE-UP\na 1.0\n")
    with pytest.raises(FileError, match="is text"):
        files.load(tmp_path / "x.lines")


def test_the_endings_are_those_of_the_formats() -> None:
    assert files.READ == files.WRITTEN == (".npy", ".npz", ".pt", ".pth")
    assert len(set(files.READ)) == len(files.READ)
    for ending in files.READ:
        known = formats.by_ending(Path(f"x{ending.upper()}"))
        assert known is not None
        assert ending in known.endings
    assert formats.by_ending(Path("x.txt")) is None
