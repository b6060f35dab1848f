"""What is no plain tensor file: what can be shown of it is, what stays behind is named, and what it is, is said."""

import datetime
import io
import zipfile
from argparse import Namespace
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from explorer import files
from explorer.errors import FileError
from explorer.files.entries import Dropped


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        files.load(path)
    assert path.name in str(caught.value.message)
    return str(caught.value.message)


NO_FILES = {
    "a pointer of git-LFS": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2141\nsize 12345\n",
        "run git lfs pull",
    ),
    "a pointer of git-annex": (b"/annex/objects/SHA256E-s31390--f50d7ac4c6b9.pt\n", "run git annex get"),
    "a web page": (b"<!DOCTYPE html>\n<html><head><title>404</title></head></html>", "is a web page"),
    "a page without its type": (b"\n\n  <html lang='en'>", "is a web page"),
    "a page behind a mark": (b"\xef\xbb\xbf<!doctype html>", "is a web page"),
    "an answer of a store": (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "an answer in XML"),
    "an index of a model": (b'{\n  "metadata": {"total_size": 1}, "weight_map": {}}', "a JSON text"),
    "a table of Parquet": (b"PAR1\x15\x04\x15", "read it with pandas"),
    "a table of Arrow": (b"ARROW1\0\0\xff\xff", "read it with pandas"),
    "a file of MATLAB": (b"MATLAB 5.0 MAT-file, Platform: GLNXA64", "scipy.io.loadmat"),
    "a document": (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
    "a sound": (b"RIFF\x24\x08\0\0WAVEfmt ", "a sound or a film"),
    "a film": (b"\0\0\0\x18ftypmp42\0\0\0\0", "a sound or a film"),
    "an archive of Zstandard": (b"\x28\xb5\x2f\xfd\x04\0", "a packed archive"),
    "numbers in a text": (b"1, 2, 3\n4, 5, 6\n", "is text; copy the numbers"),
}


@pytest.mark.parametrize("ending", ["pt", "npy"])
@pytest.mark.parametrize("case", NO_FILES)
def test_what_it_is_instead_is_said(tmp_path: Path, case: str, ending: str) -> None:
    data, words = NO_FILES[case]
    path = tmp_path / f"model.{ending}"
    path.write_bytes(data)
    assert words in refusal(path)


@pytest.mark.parametrize("count", [2, 3])
def test_arrays_one_behind_the_other_are_all_there(tmp_path: Path, count: int) -> None:
    path = tmp_path / "x.npy"
    arrays = [np.arange(3 + k, dtype=("f4", "i8", ">f8")[k]) for k in range(count)]
    with path.open("wb") as stream:
        for array in arrays:
            np.save(stream, array)
    with files.opened(path) as file:
        assert [entry.name for entry in file.entries] == ["x", "x (2)", "x (3)"][:count]
        for entry, array in zip(file.entries, arrays, strict=True):
            assert file.read(entry.name).tolist() == array.tolist()
        told = [file.reading(entry.name) for entry in file.entries]
        assert told[0] is not None  # np.load gives the first
        assert told[1:] == [None] * (count - 1)


@pytest.mark.parametrize(
    ("behind", "words"),
    [
        (b"junk", "says that “x” takes 12 bytes and holds 16"),
        (b"\x93NUMPY", "damaged"),
        (b"\x93NUMPY\x01\x00\x08\x00nothing\n", "damaged"),
    ],
)
def test_what_stands_behind_an_array_and_is_none_is_refused(tmp_path: Path, behind: bytes, words: str) -> None:
    stream = io.BytesIO()
    np.save(stream, np.ones(3, dtype="f4"))
    path = tmp_path / "x.npy"
    path.write_bytes(stream.getvalue() + behind)
    assert words in refusal(path)


class Mine:
    """What only a program of the user's knows."""


FOREIGN: dict[str, Any] = {
    "a number of NumPy": np.float64(0.1),
    "an array of NumPy": np.ones(3),
    "numbers of NumPy in a list": [np.int64(1), np.float32(2)],
    "a path": Path("model") / "last.pt",
    "a moment": datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC),
    "the arguments of a program": Namespace(lr=0.1, layers=[1, 2]),
    "a count of words": Counter("abca"),
    "a decimal": Decimal("0.1"),
    "a fraction": Fraction(1, 3),
}


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("case", FOREIGN)
def test_one_foreign_value_keeps_no_tensor_back(tmp_path: Path, case: str, zipped: bool) -> None:
    path = tmp_path / "last.pt"
    weight = torch.arange(6.0).reshape(2, 3)
    held = {"a": weight, "lr": FOREIGN[case], "more": {"b": torch.ones(2)}}
    torch.save(held, path, _use_new_zipfile_serialization=zipped)
    with files.opened(path) as file:
        assert [entry.name for entry in file.entries] == ["a", "more.b"]
        assert file.read("a").tolist() == weight.tolist()
        assert file.read("more.b").tolist() == [1, 1]
        assert all(name.startswith("lr") for name in file.dropped[Dropped.OTHERS])


def test_what_may_run_a_program_is_refused_as_before(tmp_path: Path) -> None:
    path = tmp_path / "last.pt"
    torch.save({"a": torch.ones(2), "mine": Mine()}, path)
    assert "can run programs" in refusal(path)
    with zipfile.ZipFile(path) as archive:
        assert any(b"Mine" in archive.read(name) for name in archive.namelist())


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.parametrize("layout", [torch.strided, torch.jagged])
def test_of_a_nested_tensor_the_parts_are_shown(tmp_path: Path, layout: torch.layout) -> None:
    parts = [torch.arange(3.0), torch.arange(5.0)]
    path = tmp_path / "n.pt"
    torch.save({"t": torch.nested.nested_tensor(parts, layout=layout), "b": torch.ones(1)}, path)
    with files.opened(path) as file:
        assert [(entry.name, entry.shape) for entry in file.entries] == [("t.0", (3,)), ("t.1", (5,)), ("b", (1,))]
        assert [file.read(f"t.{k}").tolist() for k in range(2)] == [part.tolist() for part in parts]


def quantized() -> torch.Tensor:
    return torch.quantize_per_tensor(torch.ones(2, 3), 0.1, 10, torch.quint8)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("made", "words"),
    [
        (quantized, "is quantized: whole numbers with a scale; save its dequantize()"),
        (lambda: torch.eye(3).to_sparse(), "stored as sparse_coo, without its zeros; save its to_dense()"),
        (lambda: torch.eye(3).to_sparse_csr(), "stored as sparse_csr, without its zeros; save its to_dense()"),
        (lambda: torch.eye(4).to_sparse_bsr((2, 2)), "stored as sparse_bsr, without its zeros; save its to_dense()"),
    ],
)
def test_tensors_without_a_cell_for_each_value_say_what_they_are(tmp_path: Path, made: Any, words: str) -> None:
    path = tmp_path / "q.pt"
    torch.save(made(), path)
    assert words in refusal(path)
    torch.save({"odd": made(), "a": torch.ones(2)}, path)
    with files.opened(path) as file:
        assert [entry.name for entry in file.entries] == ["a"]
        assert words in str(file.left_out["odd"].message)
