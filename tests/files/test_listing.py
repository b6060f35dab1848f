"""What an archive of many arrays holds is told once: not again for each that is loaded of it."""

import io
import os
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer import files
from explorer.errors import FileError
from explorer.files import file_format, npy, npz, shelf_load
from explorer.workspace import Workspace


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.npz"
    np.savez(path, **{f"w{i}": np.full((i % 3, 2), i) for i in range(200)})
    return path


def test_loading_one_of_many_lists_none_of_the_others(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(shelf_load.shelve(Workspace(), many).choices) == 200
    read: list[str] = []
    header = npz._header
    monkeypatch.setattr(npz, "_header", lambda path, name, *rest: (read.append(name), header(path, name, *rest))[1])
    monkeypatch.setattr(file_format.zipfile, "ZipFile", None)  # the directory is not read again either
    found = shelf_load.shelve(Workspace(), many, ("w7", "w8"))
    assert [item.tensor().tolist() for item in found.workspace.items] == [[[7, 7]], [[8, 8], [8, 8]]]
    assert read == ["w7", "w8"]


def test_another_file_of_the_same_name_is_listed_anew(many: Path) -> None:
    assert len(files.contents(many)) == 200
    np.savez(many, a=np.ones(2))
    assert [entry.name for entry in files.contents(many)] == ["a"]
    with many.open("r+b") as file:  # the same size and, as far as it is told, the same age
        data, told = file.read(), many.stat()
        file.seek(0)
        file.write(data.replace(b"(2,)", b"(9,)"))
    os.utime(many, ns=(told.st_atime_ns, told.st_mtime_ns))
    with pytest.raises(FileError, match="says that “a” takes"):
        files.contents(many)


def test_a_file_that_becomes_another_while_it_is_open(many: Path) -> None:
    with files.opened(many) as file:
        data = many.read_bytes()
        with many.open("r+b") as other:
            other.write(data.replace(b"'<i8'", b"'<f8'"))
        with pytest.raises(FileError, match="damaged"):
            file.read("w7")


def test_long_names_and_headers_are_read_whole(tmp_path: Path) -> None:
    path, name = tmp_path / "x.npz", "n" * 5000
    for save in (np.savez, np.savez_compressed):
        save(path, **{name: np.ones((1,) * 64), "ß": np.zeros(3)})
        assert files.load(path, name).shape == (1,) * 64
        assert files.load(path, "ß").shape == (3,)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_members_may_not_lie_in_one_another(tmp_path: Path, save: object) -> None:
    path = tmp_path / "x.npz"
    save(path, a=np.arange(99), b=np.arange(5))  # type: ignore[operator]
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    packed = int.from_bytes(data[entry + 20 : entry + 24], "little")
    data[entry + 20 : entry + 24] = (packed + 50).to_bytes(4, "little")
    path.write_bytes(data)
    assert [entry.name for entry in files.contents(path)] == ["b"]


PARTS = ["{'descr': ", "'<f4'", "'>i8'", "'|b1'", "'=f4'", "'<f3'", ", 'fortran_order': ", "True", "False", "0"]
PARTS += [", 'shape': ", "(", ")", "3,", "3, 4", "03,", "-1,", ", 0", "), }", "}", " ", "\n", "# "]
WHOLE = st.tuples(st.sampled_from(["<f4", ">c8", "|b1", "<f3"]), st.booleans(), st.lists(st.integers(0, 10**19)))


@given(st.one_of(st.lists(st.sampled_from(PARTS)).map("".join), WHOLE.map(lambda x: _header(*x))))
def test_the_quick_way_reads_what_numpy_reads(text: str) -> None:
    head = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()
    quick = npy._plain(head)
    if quick is not None:
        stream = io.BytesIO(head)
        np.lib.format.read_magic(stream)
        assert np.lib.format.read_array_header_1_0(stream) == quick[:3]
        assert stream.tell() == quick[3]


def _header(descr: str, columns_first: bool, shape: list[int]) -> str:
    told = {"descr": descr, "fortran_order": columns_first, "shape": tuple(shape)}
    return "{" + "".join(f"{key!r}: {value!r}, " for key, value in told.items()) + "}   \n"


def test_what_numpy_writes_takes_the_quick_way() -> None:
    for values in (np.ones((2, 3), ">f4"), np.asfortranarray(np.ones((2, 3))), np.array(True), np.zeros((0, 5), "c8")):
        stream = io.BytesIO()
        np.save(stream, values)
        told = npy._plain(stream.getvalue())
        assert told is not None
        assert told[0] == values.shape
        assert torch.zeros(told[0]).shape == values.shape
