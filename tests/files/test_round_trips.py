"""What is saved is what is loaded: values to the bit, dtypes, shapes, names, strides."""

from pathlib import Path

import numpy as np
import pytest
import torch

from explorer import files
from explorer.errors import FileError
from explorer.files.raw import FROM_NUMPY, dtypes

SHAPES = [(), (0,), (3,), (2, 0, 3), (3, 4), (2, 1, 3, 2)]


def example(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    """Random bits of a dtype; of bool, both values."""
    dtype = dtypes()[name]
    count = torch.Size(shape).numel()
    generator = torch.Generator().manual_seed(len(name) + count)
    if dtype == torch.bool:
        return torch.randint(0, 2, shape, generator=generator).bool()
    raw = torch.randint(0, 256, (count * dtype.itemsize,), dtype=torch.uint8, generator=generator)
    return raw.view(dtype).reshape(shape) if count else torch.empty(shape, dtype=dtype)


def same(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Equal shape, dtype, and bits."""
    bits = [x.contiguous().reshape(-1).view(torch.uint8) for x in (a, b)]
    return a.shape == b.shape and a.dtype == b.dtype and torch.equal(*bits)


@pytest.mark.parametrize("ending", [".npy", ".npz"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("name", FROM_NUMPY)
def test_numpy_formats(tmp_path: Path, ending: str, name: str, shape: tuple[int, ...]) -> None:
    tensor, path = example(name, shape), tmp_path / f"x{ending}"
    files.save(path, {"A": tensor})
    assert files.contents(path) == [
        files.Entry("x" if ending == ".npy" else "A", shape, tensor.dtype, tensor.numel() * tensor.dtype.itemsize)
    ]
    assert same(files.load(path), tensor)
    found = np.load(path)
    array = found if ending == ".npy" else found["A"]
    if ending == ".npz":
        found.close()
    assert array.tobytes() == tensor.numpy().tobytes()


@pytest.mark.filterwarnings("ignore:ComplexHalf")
def test_torch_format(tmp_path: Path) -> None:
    """All dtypes and shapes in one file: a child process starts for each file."""
    tensors = {f"{name}_{i}": example(name, shape) for name in dtypes() for i, shape in enumerate(SHAPES)}
    path = tmp_path / "x.pt"
    files.save(path, tensors)
    with files.opened(path) as file:
        assert [entry.name for entry in file.entries] == list(tensors)
        for entry in file.entries:
            loaded = file.read(entry.name)
            assert same(loaded, tensors[entry.name]), entry
            assert entry == files.Entry(entry.name, loaded.shape, loaded.dtype, loaded.nbytes)
    loaded = torch.load(path, weights_only=True)
    assert all(same(loaded[name], tensor) for name, tensor in tensors.items())


@pytest.mark.parametrize("ending", [".npy", ".npz", ".pth"])
def test_strides_are_kept_and_what_is_not_seen_is_not_saved(tmp_path: Path, ending: str) -> None:
    big = torch.arange(40_000.0).reshape(200, 200)  # the rows of it that are seen lie together
    view, path = big[:3].t(), tmp_path / f"x{ending}"
    files.save(path, {"A": view})
    assert path.stat().st_size < 6_000
    loaded = files.load(path)
    assert torch.equal(loaded, view)
    assert loaded.stride() == (1, 200)


def test_conjugate_and_expanded_views(tmp_path: Path) -> None:
    z = torch.tensor([1 + 2j, 3 - 4j]).conj()
    for ending in (".npy", ".npz", ".pt"):
        files.save(tmp_path / f"z{ending}", {"z": z})
        assert torch.equal(files.load(tmp_path / f"z{ending}"), z.resolve_conj())
        files.save(tmp_path / f"e{ending}", {"e": torch.ones(1).expand(2, 3)})
        assert torch.equal(files.load(tmp_path / f"e{ending}"), torch.ones(2, 3))
        files.save(tmp_path / f"s{ending}", {"s": torch.arange(6.0).reshape(2, 3)[1:, 1]})
        assert files.load(tmp_path / f"s{ending}").tolist() == [4.0]


@pytest.mark.parametrize("dtype", [">f8", ">i2", ">u4", ">c8", ">c16", ">f2"])
def test_big_endian(tmp_path: Path, dtype: str) -> None:
    array = np.arange(-3, 9).reshape(3, 4).astype(dtype)
    np.save(tmp_path / "b.npy", array)
    loaded = files.load(tmp_path / "b.npy")
    assert np.array_equal(loaded.numpy(), array)
    assert loaded.numpy().dtype == array.dtype.newbyteorder("=")


def test_nested_checkpoints(tmp_path: Path) -> None:
    weight = torch.nn.Parameter(torch.ones(2, 3))
    nested = {"step": 3, "model": {"layers": [{"w": weight}, {"w": weight}]}, 0: (torch.zeros(1), "word", None)}
    torch.save(nested, tmp_path / "a.pt")
    names = [entry.name for entry in files.contents(tmp_path / "a.pt")]
    assert names == ["model.layers.0.w", "model.layers.1.w", "0.0"]
    loaded = files.load(tmp_path / "a.pt", "model.layers.1.w")
    assert torch.equal(loaded, weight)
    assert not loaded.requires_grad
    assert type(loaded) is torch.Tensor


@pytest.mark.parametrize("new", [True, False], ids=["zip", "legacy"])
def test_a_single_tensor_in_either_format_of_torch(tmp_path: Path, new: bool) -> None:
    path = tmp_path / "digits.pth"
    torch.save(torch.arange(3), path, _use_new_zipfile_serialization=new)
    assert files.contents(path) == [files.Entry("digits", (3,), torch.int64, 24)]
    assert files.load(path).tolist() == [0, 1, 2]


def test_what_is_kept_of_meta_is_its_shape(tmp_path: Path) -> None:
    torch.save({"m": torch.empty(5, 10**9, device="meta")}, tmp_path / "m.pt")
    assert files.contents(tmp_path / "m.pt") == [files.Entry("m", (5, 10**9), torch.float32, 0)]
    loaded = files.load(tmp_path / "m.pt")
    assert (loaded.shape, loaded.device.type) == ((5, 10**9), "meta")


def test_the_ending_is_not_trusted(tmp_path: Path) -> None:
    files.save(tmp_path / "a.npy", {"A": torch.arange(4)})
    (tmp_path / "a.npy").rename(tmp_path / "a.pt")
    assert files.load(tmp_path / "a.pt").tolist() == [0, 1, 2, 3]


def test_names(tmp_path: Path) -> None:
    path = tmp_path / "two.npz"
    files.save(path, {"A": torch.ones(2), "层.0/重": torch.zeros(3)})
    assert [entry.name for entry in files.contents(path)] == ["A", "层.0/重"]
    assert files.load(path, "层.0/重").shape == (3,)
    with pytest.raises(FileError, match=r"holds 2 tensors; say which one: A"):
        files.load(path)
    with pytest.raises(FileError, match=r"no “B” in “two.npz”"):
        files.load(path, "B")


def test_bytes_of_a_bool_other_than_0_and_1_are_true(tmp_path: Path) -> None:
    np.save(tmp_path / "b.npy", np.array([0, 1, 2, 255], np.uint8).view(bool))
    loaded = files.load(tmp_path / "b.npy")
    assert loaded.view(torch.uint8).tolist() == [0, 1, 1, 1]
