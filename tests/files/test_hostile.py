"""Broken and evil files: each is refused with one sentence that has its name, and nothing of it is run."""

import ast
import io
import os
import pickle
import struct
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer import files
from explorer.engine import Cancelled
from explorer.errors import FileError
from explorer.files import child, torch_file

ROOT = Path(__file__).parents[2]


def _look_and_load(path: Path) -> None:
    with files.opened(path) as file:
        file.read()


def refusal(path: Path) -> str:
    """The one sentence with which `path` is refused, by `contents` or by `load`."""
    with pytest.raises(FileError) as caught:
        _look_and_load(path)
    sentence = str(caught.value.message)
    assert path.name in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "weights_only" not in str(caught.value)
    assert caught.value.message.context == "errors"
    return sentence


def npy(header: str, data: bytes = b"", version: tuple[int, int] = (1, 0)) -> bytes:
    """A .npy with that header as it stands."""
    words = header.encode("latin1")
    length = struct.pack("<H" if version == (1, 0) else "<I", len(words))
    return b"\x93NUMPY" + bytes(version) + length + words + data


def described(descr: str, shape: str) -> str:
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n"


NPY = {
    "claims 10^12": (npy(described("'<f8'", f"({10**12},)")), "says that “x” takes"),
    "claims nothing, holds some": (npy(described("'<f8'", "(0,)"), b"12345678"), "says that “x” takes"),
    "cut short": (npy(described("'<f4'", "(3,)"), b"\0" * 11), "says that “x” takes"),
    "cut in the header": (npy(described("'<f4'", "(3,)"))[:40], "damaged"),
    "only its magic": (b"\x93NUMPY", "damaged"),
    "no such version": (b"\x93NUMPY\x09\x00" + b"\0" * 99, "damaged"),
    "brackets": (npy("(" * 9000), "damaged"),
    "minus": (npy("-" * 9000 + "1"), "damaged"),
    "header of 4 GB": (b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + b"{" * 99, "damaged"),
    "long header": (npy(described("'<f4'", "(0,)") + " " * 60_000, version=(2, 0)), "damaged"),
    "negative": (npy(described("'<f4'", "(-1, -1)"), b"\0" * 4), "damaged"),
    "true": (npy(described("'<f4'", "(True,)"), b"\0" * 4), "damaged"),
    "no size": (npy(described("'|V0'", f"({2**62},)")), "dtype"),
    "no letters": (npy(described("'|S0'", f"({10**18},)")), "dtype"),
    "objects": (npy(described("'|O'", "(1,)"), pickle.dumps([1])), "Python objects"),
    "words": (npy(described("'<U3'", "(1,)"), b"\0" * 12), "dtype"),
    "dates": (npy(described("'<M8[s]'", "(1,)"), b"\0" * 8), "dtype"),
    "long double": (npy(described("'<f16'", "(1,)"), b"\0" * 16), "dtype"),
    "fields": (npy(described("[('a', '<f4')]", "(1,)"), b"\0" * 4), "dtype"),
    "fields of objects": (npy(described("[('a', '|O')]", "(1,)"), b"\0" * 8), "Python objects"),
    "axes in the dtype": (npy(described("('<f4', (2,))", "(1,)"), b"\0" * 8), "d"),
    "65 axes": (npy(described("'<f4'", str((1,) * 65)), b"\0" * 4), "65 axes"),
    "endless and empty": (npy(described("'<f4'", f"(0, {2**80})")), "says that “x” takes"),
}


@pytest.mark.parametrize("case", NPY)
def test_npy(tmp_path: Path, case: str) -> None:
    data, words = NPY[case]
    (tmp_path / "x.npy").write_bytes(data)
    assert words in refusal(tmp_path / "x.npy")


def test_an_object_array_as_numpy_writes_it(tmp_path: Path) -> None:
    np.save(tmp_path / "o.npy", np.array([{}, 1], object), allow_pickle=True)
    assert "Python objects" in refusal(tmp_path / "o.npy")


def test_more_than_there_is_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "big.npy", np.zeros(1000))
    torch.save(torch.zeros(1000, dtype=torch.float64), tmp_path / "big.pt")
    np.savez(tmp_path / "big.npz", a=np.zeros(1000))
    monkeypatch.setattr("explorer.memory.memory_free", lambda: 7_999)
    monkeypatch.setattr("explorer.memory.ASKED", 0)
    for ending in ("npy", "npz", "pt"):
        assert "takes 7.8 KiB and 7.8 KiB are free" in refusal(tmp_path / f"big.{ending}")


def test_a_file_that_shrinks_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.npy"
    np.save(path, np.zeros(10**5))
    with files.opened(path) as file:
        os.truncate(path, 5000)
        with pytest.raises(FileError, match="cut short"):
            file.read()


KINDS = {
    "empty.npy": (b"", "is empty"),
    "text.pth": (b"https://example.org/weights.pth\n", "is text"),
    "table.csv": ("1;2\n3;4 é\n".encode() * 200, "is text"),
    "book.h5": (b"\x89HDF\r\n\x1a\n" + b"\0" * 100, "HDF5"),
    "x.safetensors": (struct.pack("<Q", 2) + b"{}", "safetensors"),
    "x.png": (b"\x89PNG\r\n\x1a\n", "picture"),
    "x.pkl": (pickle.dumps({"a": 1}), "pickle"),
    "x.npz": (b"PK\x03\x04" + b"\0" * 50, "damaged"),
    "none.npz": (b"PK\x05\x06" + b"\0" * 18, "zip archive without tensors"),
    "x.pt": (bytes(range(255, 100, -1)), "whatever its name says"),
    "broken.npy": (b"this is no array\0\n", "whatever its name says"),
    "x.bin": (bytes(range(255, 100, -1)), "open a .npy"),
    "x.gz": (b"\x1f\x8b\x08", "packed"),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds(tmp_path: Path, name: str) -> None:
    data, words = KINDS[name]
    (tmp_path / name).write_bytes(data)
    assert words in refusal(tmp_path / name)


def test_places(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)
    assert "There is no file" in refusal(tmp_path / "none.npy")
    os.mkfifo(tmp_path / "pipe.npy")
    assert "no file with an end" in refusal(tmp_path / "pipe.npy")
    with pytest.raises(FileError, match="cannot be the name"):
        files.contents("a\0b.npy")
    (tmp_path / "file").write_bytes(b"x")
    assert "cannot be read" in refusal(tmp_path / "file" / "x.npy")
    (tmp_path / "loop.npy").symlink_to(tmp_path / "loop.npy")
    assert "cannot be read" in refusal(tmp_path / "loop.npy")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "x.npy", np.zeros(3))

    def forbidden(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)  # the tests may run as root, who may read everything
    assert "not permitted" in refusal(tmp_path / "x.npy")


def test_a_name_that_would_break_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nimport os\x1b[31m.npy"
    path.write_bytes(b"")
    with pytest.raises(FileError) as caught:
        files.contents(path)
    assert str(caught.value) == "“a�import os�[31m.npy” is empty; choose another file."


# --- .npz --------------------------------------------------------------------------------------------------------


def packed(path: Path, members: list[tuple[str, bytes]], how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def array(values: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, values, allow_pickle=True)
    return stream.getvalue()


def test_a_file_without_a_tensor_is_refused(tmp_path: Path) -> None:
    torch.save({"lr": 0.1, "name": "x"}, tmp_path / "x.pt")
    assert refusal(tmp_path / "x.pt") == "“x.pt” holds no tensors; choose another file."


def test_what_is_no_tensor_is_left_out(tmp_path: Path) -> None:
    members = [("a.npy", array(np.ones(2))), ("o.npy", array(np.array([{}]))), ("s.npy", array(np.array("csc")))]
    path = packed(tmp_path / "x.npz", [*members, ("note.txt", b"hello"), ("cut.npy", array(np.ones(9))[:-1])])
    with files.opened(path) as file:
        assert [entry.name for entry in file.entries] == ["a"]
        assert list(file.left_out) == ["o", "s", "note.txt", "cut"]
        with pytest.raises(FileError, match="Python objects"):
            file.read("o")
    assert files.load(path).tolist() == [1, 1]
    packed(tmp_path / "o.npz", members[1:2])
    assert "Python objects" in refusal(tmp_path / "o.npz")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice(tmp_path: Path) -> None:
    one = ("a.npy", array(np.ones(2)))
    assert "holds “a” twice" in refusal(packed(tmp_path / "x.npz", [one, one]))
    assert "holds “a” twice" in refusal(packed(tmp_path / "y.npz", [one, ("a", b"")]))


def test_names_are_labels_only(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.npz", [("../../evil.npy", array(np.ones(2)))])
    assert files.load(path, "../../evil").tolist() == [1, 1]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.npz"]


def test_a_zip_bomb(tmp_path: Path) -> None:
    path, size = tmp_path / "bomb.npz", 2**29
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("a.npy", "w") as f:
        f.write(npy(described("'|u1'", f"({size},)")))
        for _ in range(size // 2**20):
            f.write(bytes(2**20))
    tracemalloc.start()
    try:
        assert [entry.nbytes for entry in files.contents(path)] == [size]
        assert "as bombs do" in refusal(path)
        assert tracemalloc.get_traced_memory()[1] < 2**22
    finally:
        tracemalloc.stop()


def test_a_small_array_may_be_packed_well(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "z.npz", a=np.zeros(10**6))
    assert files.load(tmp_path / "z.npz").shape == (10**6,)


def test_a_member_that_unpacks_to_other_than_it_says(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.npz", [("a.npy", array(np.arange(999)))], zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    assert "damaged" in refusal(path)


# --- .pt ---------------------------------------------------------------------------------------------------------


class Evil:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return (os.mkdir, (str(self.path),))


@pytest.mark.parametrize("new", [True, False], ids=["zip", "legacy"])
def test_a_program_is_named_and_not_run(tmp_path: Path, new: bool) -> None:
    trace = tmp_path / "run"
    torch.save({"a": torch.ones(2), "b": Evil(trace)}, tmp_path / "x.pt", _use_new_zipfile_serialization=new)
    assert "carries Python objects (posix.mkdir)" in refusal(tmp_path / "x.pt")
    assert not trace.exists()


def test_a_whole_model(tmp_path: Path) -> None:
    torch.save(torch.nn.Linear(2, 2), tmp_path / "model.pt")
    assert "state_dict()" in refusal(tmp_path / "model.pt")


def test_a_plain_pickle_in_torchs_clothes(tmp_path: Path) -> None:
    trace = tmp_path / "run"
    magic = pickle.dumps(0x1950A86A20F9469CFC6C, 2)
    (tmp_path / "x.pt").write_bytes(magic + pickle.dumps(Evil(trace)))
    refusal(tmp_path / "x.pt")
    assert not trace.exists()


def test_torchscript_and_exported_programs(tmp_path: Path) -> None:
    script = [("m/data.pkl", b""), ("m/constants.pkl", b""), ("m/code/x.py", b"")]
    assert "TorchScript" in refusal(packed(tmp_path / "m.jit", script))
    assert "exported torch program" in refusal(packed(tmp_path / "m.pt2", [("m/archive_format", b"pt2")]))


def test_what_cannot_be_shown_is_left_out(tmp_path: Path) -> None:
    torch.save(
        {"s": torch.eye(2).to_sparse(), "a": torch.ones(1), "e": torch.ones(1).expand(10**6, 10**6)}, tmp_path / "x.pt"
    )
    with files.opened(tmp_path / "x.pt") as file:
        assert [(e.name, e.nbytes) for e in file.entries] == [("a", 4), ("e", 4 * 10**12)]
        with pytest.raises(FileError, match="stored as sparse_coo"):
            file.read("s")
        with pytest.raises(FileError, match=r"takes 3.6 TiB"):
            file.read("e")
        assert file.read("a").tolist() == [1]


def test_billion_laughs(tmp_path: Path) -> None:
    laugh: Any = [torch.ones(1)]
    for _ in range(60):
        laugh = [laugh] * 10
    torch.save(laugh, tmp_path / "x.pt")
    assert len(files.contents(tmp_path / "x.pt")) == 1


@pytest.mark.parametrize("new", [True, False], ids=["zip", "legacy"])
def test_cut_short(tmp_path: Path, new: bool) -> None:
    path = tmp_path / "x.pt"
    torch.save({"a": torch.ones(999)}, path, _use_new_zipfile_serialization=new)
    os.truncate(path, path.stat().st_size // 2)
    assert "damaged" in refusal(path)


def test_a_packed_bomb(tmp_path: Path) -> None:
    members = [("x/data.pkl", b""), ("x/data/0", bytes(2**27))]
    assert "as zip bombs do" in refusal(packed(tmp_path / "x.pt", members, zipfile.ZIP_DEFLATED))


@pytest.mark.parametrize("new", [True, False], ids=["zip", "legacy"])
def test_a_newer_pickle(tmp_path: Path, new: bool) -> None:
    torch.save(torch.ones(1), tmp_path / "x.pt", _use_new_zipfile_serialization=new, pickle_protocol=4)
    assert "newer form of pickle" in refusal(tmp_path / "x.pt")


@pytest.fixture
def real_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each started as the program starts it."""
    monkeypatch.setattr(child, "subprocess", subprocess)


@pytest.mark.usefixtures("real_children")
def test_too_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch_file, "SECONDS", 0.0)
    torch.save(torch.ones(1), tmp_path / "x.pt")
    assert "took longer than" in refusal(tmp_path / "x.pt")


@pytest.mark.usefixtures("real_children")
def test_a_cancel_ends_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    whole = child.subprocess.Popen

    def remembered(*args: Any, **kwargs: Any) -> Any:
        started.append(whole(*args, **kwargs))
        return started[-1]

    def cancelled(fraction: float) -> None:
        raise Cancelled

    monkeypatch.setattr(child.subprocess, "Popen", remembered)
    torch.save(torch.ones(1), tmp_path / "x.pt")
    with pytest.raises(Cancelled):
        files.load(tmp_path / "x.pt", progress=cancelled)
    (process,) = started
    assert process.returncode is not None
    assert not Path(process.args[-1]).exists()


@pytest.mark.usefixtures("real_children")
def test_a_crash_of_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.save(torch.ones(1), tmp_path / "x.pt")
    monkeypatch.setattr(child.sys, "executable", "/bin/false")
    assert "damaged" in refusal(tmp_path / "x.pt")


def test_only_the_child_unpickles() -> None:
    """No other module calls torch.load or pickle, and this one only with weights_only=True."""
    calls = []
    for path in (ROOT / "explorer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("torch.load", "np.load", "numpy.load"):
                calls.append((path.name, {k.arg: ast.unparse(k.value) for k in node.keywords}.get("weights_only")))
            if isinstance(node, ast.Import):
                assert not {a.name for a in node.names} & {"pickle", "cloudpickle", "dill", "joblib"}, path
    assert calls == [("torch_child.py", "True")]


# --- anything ----------------------------------------------------------------------------------------------------

SEEDS = [array(np.arange(6.0).reshape(2, 3)), array(np.asfortranarray(np.ones((2, 2), "i2")))]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=6),
    st.integers(0, 200),
)
def test_mutated_npy(
    tmp_path_factory: pytest.TempPathFactory, seed: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(seed)
    for place, value in changes:
        data[place % len(data)] = value
    path = tmp_path_factory.getbasetemp() / "mutated.npy"
    path.write_bytes(bytes(data[: len(data) - cut // 4 * (cut % 4 == 0)]))
    try:
        (entry,) = files.contents(path)
        loaded = files.load(path)
    except FileError:
        return
    assert (loaded.shape, loaded.dtype, loaded.nbytes) == (entry.shape, entry.dtype, entry.nbytes)
    assert entry.nbytes <= len(data)


@given(st.binary(max_size=600))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.npz"
    path.write_bytes(data)
    with pytest.raises(FileError):
        files.contents(path)
