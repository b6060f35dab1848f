"""What does not fit into memory is refused with figures before it is taken, and nothing is changed by the asking."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer import memory
from explorer.errors import FileError, RoomError
from explorer.ops import CATALOG, Op
from explorer.ops.memory_need import needed
from explorer.ops.selection import copied
from explorer.workspace import Definition, Workspace, edits, freezing, typed_key
from explorer.workspace.resize import Delete, Insert, Resize
from explorer.workspace.source import ArraySource, TensorSource
from tests.ops.cases import OPS, accepted, looked

CHILD = Path(__file__).with_name("short_of_memory.py")
PATHS = (
    "fill_",
    "A[...] = 1",
    "A[mask] = 1",
    "A += 1",
    "freeze an expanded view",
    "freeze a far larger one",
    "delete its base and freeze",
    "duplicate",
    "contiguous",
    "to another dtype",
    "outer product",
    "product of an expanded view",
    "copy of an array",
    "NumPy operation",
    "A[mask]",
    "A[list]",
    "create",
    "load what has to be copied",
    "open a .npy",
    "open a .pt",
    "save an expanded view",
    "a larger grid",
    "code of what was written over",
    "autograd",
)


@pytest.mark.skipif(sys.platform != "linux", reason="this system does not limit what a process takes")
def test_a_process_short_of_memory_refuses(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """One that has 40 MiB left, and a tensor of 64."""
    done = subprocess.run(
        [sys.executable, str(CHILD), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told) == {*PATHS, "undo and redo"}
    for path in PATHS:
        with subtests.test(path):
            kind, words, unchanged = told[path]
            assert kind in ("RoomError", "FileError"), words
            assert "iB" in words
            assert "free" in words
            assert unchanged
    with subtests.test("undo and redo of a large write take no room"):
        assert told["undo and redo"] == ["", "", True]


# every change of a workspace

FREE = ("rename", "reorder", "joined", "require_grad", "clear_grad", "to_array", "activate", "before")
"""They allocate nothing."""
CHANGES: dict[str, Callable[[Workspace], Any]] = {
    "create": lambda w: w.create("Z", Definition("zeros", {"size": (3,)})),
    "load": lambda w: w.load("Z", torch.ones(5000)[::2]),
    "perform": lambda w: w.perform(CATALOG["exp"].call(("A",)), ("Z",)),
    "operate": lambda w: w.operate("exp", ("A",), {}, ("Z",)),
    "index": lambda w: w.index("A", ([0, 1],), "Z"),
    "duplicate": lambda w: w.duplicate("A"),
    "write": lambda w: w.write("A", (0,), 7),
    "in_place": lambda w: w.in_place("fill_", "A", (7,)),
    "augment": lambda w: w.augment("A", "+=", 1),
    "from_array": lambda w: w.from_array("n", "Z", copy=True),
    "array_operate": lambda w: w.array_operate("+", "n", 1, "Z"),
    "backward": lambda w: w.backward("s"),
    "replace_step": lambda w: edits.replace_step(w, w.maker("B"), CATALOG["abs"].call(("A",)), ("B",)),
    "replace_step by an index": lambda w: edits.replace_step(w, w.maker("I"), typed_key.read("A", ([1],)), ("I",)),
    "redefine": lambda w: edits.redefine(w, "C", Definition("ones", {"size": (4,)})),
    "edit": lambda w: edits.edit(w, "C", {(0,): 5}),
    "edit_block": lambda w: edits.edit_block(w, "C", [range(2)], torch.ones(2)),
    "delete": lambda w: edits.delete(w, "A", freeze=True),
    "freeze": lambda w: edits.freeze(w, "B"),
    "append": lambda w: w.append(w.duplicate("A").steps[-1]),
    "rebuilt": lambda w: freezing.freeze(w, frozen=["B"]),
    "recorded": lambda w: freezing.freeze(w, gone=["A"]),
}


def filled() -> Workspace:
    """A workspace with a tensor of each kind, all of them larger than what is asked for."""
    work = Workspace().create("A", Definition.typed(torch.arange(20.0).reshape(4, 5)))
    work = work.operate("exp", ("A",), {}, ("B",)).index("A", ([0, 2],), "I")
    work = work.create("C", Definition("ones", {"size": (3,)})).create(
        "n", Definition("ones", {"size": (3,)}), array=True
    )
    work = work.create("g", Definition("ones", {"size": (3,)})).require_grad("g")
    return work.operate("sum", ("g",), {}, ("s",))


def cells(work: Workspace) -> dict[str, Any]:
    return {item.name: item.tensor().tolist() for item in work.items}


def changes_of_a_workspace() -> set[str]:
    there = {
        **vars(Workspace),
        **{k: x for k, x in vars(edits).items() if getattr(x, "__module__", "") == edits.__name__},
    }
    made = {name: x for name, x in there.items() if not name.startswith("_") and callable(x)}
    return {name for name, x in made.items() if x.__annotations__.get("return") in ("Workspace", Workspace)}


def test_each_change_is_tried() -> None:
    assert changes_of_a_workspace() == {*(name.partition(" ")[0] for name in CHANGES), *FREE}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_does_not_fit_leaves_all_as_it_was(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = filled()
    before, records = cells(work), work.records
    trial = filled()
    monkeypatch.setattr(memory, "ASKED", 1)
    monkeypatch.setattr("explorer.ops.memory_need.SMALL", 0)
    monkeypatch.setattr(memory, "memory_free", lambda: 3)
    with pytest.raises(RoomError, match="3 bytes are free"):
        CHANGES[name](work)
    assert work.records == records
    monkeypatch.undo()
    assert cells(work) == before
    assert cells(CHANGES[name](work)) == cells(CHANGES[name](trial))  # and it can be done once there is room


# what a path asks for


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
@given(data=st.data())
@looked(6)
def test_a_run_asks_for_no_less_than_its_results_take(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted(op))
    held = {x.untyped_storage()._cdata for x in case.tensors}
    made = {x.untyped_storage()._cdata: x.untyped_storage().nbytes() for x in case.results()}
    asked, device = needed(case.op, case.operands, case.arguments)
    if device != "meta" and not case.op.writes:
        assert asked >= sum(nbytes for memory, nbytes in made.items() if memory not in held)


@pytest.mark.parametrize(
    ("shape", "key"),
    [
        ((30, 40), ([1, 2, 3],)),
        ((30, 40), (slice(None), [1, 2, 3])),
        ((30, 40), (torch.arange(1200).reshape(30, 40) % 3 == 0,)),
        ((30, 40), (torch.tensor([[1, 2], [3, 4]]), None, slice(3, 9))),
        ((30, 40), ([True, False] * 15, 3)),
        ((7,), (torch.zeros(10**3, dtype=torch.int64),)),
    ],
)
def test_what_a_key_copies_is_foretold(shape: tuple[int, ...], key: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.ops.selection.ASKED", 1)
    tensor = torch.arange(prod(shape)).reshape(shape)
    for found in (tensor, tensor.numpy()[::-1]):
        taken = found[tuple(x.numpy() if isinstance(found, np.ndarray) and torch.is_tensor(x) else x for x in key)]
        masks = sum(8 * np.ndim(x) * int(torch.as_tensor(x).sum()) for x in key if _is_mask(x))
        assert copied(found, key) == taken.nbytes + masks


def _is_mask(part: Any) -> bool:
    return isinstance(part, list | torch.Tensor) and torch.as_tensor(part).dtype == torch.bool


def test_windows_and_forms_ask_before_they_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    tensor = torch.ones(10, 10)
    monkeypatch.setattr(memory, "ASKED", 1)
    monkeypatch.setattr(memory, "memory_free", lambda: 100)
    for call in (
        lambda: TensorSource(tensor).read((range(10), range(10))),
        lambda: ArraySource(tensor.numpy()).read((range(10), range(10))),
        lambda: Resize((20, 20)).apply(tensor),
        lambda: Insert(0, 3).apply(tensor),
        lambda: Delete(0, 3).apply(tensor),
    ):
        with pytest.raises(RoomError, match="100 bytes are free"):
            call()
    window = TensorSource(tensor).read((range(3), range(3)))
    assert window is not None
    assert window.tolist() == [[1.0] * 3] * 3


def test_a_window_of_lines_far_apart_takes_no_more_than_its_cells() -> None:
    """Of 10^12 cells that stand at one place in memory; line after line would be copied whole."""
    tensor = torch.ones(1).expand(10**6, 10**6)
    lines = list(range(0, 10**6, 10**4))
    window = TensorSource(tensor).read((lines, lines))
    assert window is not None
    assert window.shape == (100, 100)


# what is free

GROUP = {"memory.max": "3000", "memory.current": "2000", "memory.stat": "anon 1\ninactive_file 500\n"}


def test_the_limit_of_a_control_group_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in GROUP.items():
        (tmp_path / name).write_text(text, "ascii")
    monkeypatch.setattr(memory, "_groups", lambda: ((tmp_path, "memory.max", "memory.current", "inactive_file"),))
    assert memory.memory_free() == 1500
    (tmp_path / "memory.max").write_text("max\n", "ascii")
    free = memory.memory_free()
    assert free is None or free > 1500


def test_a_file_says_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer import files

    np.save(tmp_path / "big.npy", np.zeros(1000))
    monkeypatch.setattr(memory, "ASKED", 1)
    monkeypatch.setattr(memory, "memory_free", lambda: 1000)
    with pytest.raises(FileError, match=r"“big” in “big.npy” takes 7.8 KiB and 1000 bytes are free"):
        files.load(tmp_path / "big.npy")


@pytest.mark.parametrize("kind", [MemoryError, torch.OutOfMemoryError])
def test_an_allocator_that_refuses_all_the_same_ends_in_a_sentence(kind: type[Exception]) -> None:
    from explorer.engine import Engine

    def work(progress: object) -> None:
        raise kind("of its own")

    engine = Engine()
    try:
        with pytest.raises(RoomError, match="not enough memory") as refusal:
            engine.submit(work).wait(60)
        assert refusal.value.detail == "of its own"
    finally:
        engine.close()


def test_whatever_fails_where_hardly_any_is_left_fails_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """torch's allocator of the CPU has no error of its own kind."""
    assert not memory.short_of(RuntimeError("DefaultCPUAllocator"))
    monkeypatch.setattr(memory, "memory_free", lambda: 1000)
    assert memory.short_of(RuntimeError("whatever it says"))


def test_the_catalogue_has_what_copies_first() -> None:
    """A sum of small whole numbers casts all of them first; a product wants cells of their own."""
    small = torch.ones((), dtype=torch.int8).expand(10**6, 10**3)
    assert needed(CATALOG["sum"], (small,), {})[0] >= 8 * 10**9
    stretched = torch.ones(1).expand(10**5, 10**5)
    assert needed(CATALOG["matmul"], (stretched, torch.ones(10**5, 1)), {})[0] >= 4 * 10**10


@pytest.mark.parametrize("symbol", ["+", "/", ">", "**", "%"])
def test_what_numpy_makes_is_foretold(symbol: str) -> None:
    from explorer.ops.calls import OPERATORS
    from explorer.ops.crossing import needed as _needed

    kinds = (np.uint8, np.int32, np.float32, np.complex64, bool)
    sides = [np.ones((3, 1), kind) for kind in kinds]
    for left in sides:
        for right in (2, 0.5, *(np.ones(4, kind) for kind in kinds)):
            try:
                made = OPERATORS[symbol](left, right)
            except TypeError:
                continue
            assert _needed(symbol, left, right) == made.nbytes


FREED = """
from concurrent.futures import ThreadPoolExecutor
from explorer.memory import give_back
from tests.bytes_in_use import kept

def work():
    blocks = []
    for size in (8, 8, 20, 1, 8, 20, 8, 1) * 2:  # MiB; each is freed while the next ones are there
        blocks = [*blocks[-2:], bytearray(size * 2**20)]

told = give_back()
with ThreadPoolExecutor(1) as pool:
    pool.submit(work).result()
    print(told, kept())
"""


def test_what_was_freed_goes_back_to_the_system() -> None:
    ended = subprocess.run([sys.executable, "-c", FREED], check=True, capture_output=True, text=True)
    told, kept = ended.stdout.split()
    if kept == "None" or told == "False":
        pytest.skip("the C library cannot be told, or does not tell")
    assert int(kept) < 2**24
