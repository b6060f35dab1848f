"""Where cells lie is what torch and NumPy say; what is read there is what the cells hold."""

from itertools import product

import hypothesis.strategies as st
import numpy as np
import pytest
import torch
from hypothesis import given

from explorer.workspace import Workspace
from explorer.workspace.item import Item
from explorer.workspace.slots import Lane, Slots, read

DTYPES = (torch.float32, torch.int64, torch.uint8, torch.bool, torch.bfloat16, torch.complex64, torch.float8_e5m2)


def sliced(draw: st.DrawFn, shape: tuple[int, ...], backwards: bool) -> tuple[object, ...]:
    """A key of integers, slices and new axes."""
    key: list[object] = []
    for size in shape[: draw(st.integers(0, len(shape)))]:
        at = draw(st.integers(0, max(0, size - 1)))
        step = -1 if backwards else 2
        key.append(draw(st.sampled_from((at, slice(at, None), slice(None, None, step), slice(None)))))
        key += draw(st.sampled_from(([], [], [None])))
    return (*key, ...)


@st.composite
def tensors(draw: st.DrawFn) -> Workspace:
    """A tensor, a view of it and a view of that view, called A, B and C."""
    shape = draw(st.lists(st.integers(1, 4), max_size=3).map(tuple))
    cells = torch.arange(int(np.prod(shape))).reshape(shape).to(draw(st.sampled_from(DTYPES)))
    workspace = Workspace().load("A", cells)
    for name, source in (("B", "A"), ("C", "B")):
        x = workspace[source]
        kind = draw(st.sampled_from(("index", "T", "permute", "expand", "unsqueeze")))
        if kind == "index":
            workspace = workspace.index(source, sliced(draw, x.shape, False), name)
        elif kind == "permute":
            dims = tuple(draw(st.permutations(range(len(x.shape)))))
            workspace = workspace.operate("permute", (source,), {"dims": dims}, (name,))
        elif kind == "expand":
            size = (draw(st.integers(1, 3)), *x.shape)
            workspace = workspace.operate("expand", (source,), {"size": size}, (name,))
        elif kind == "unsqueeze" or len(x.shape) != 2:
            workspace = workspace.operate("unsqueeze", (source,), {"dim": 0}, (name,))
        else:
            workspace = workspace.operate("T", (source,), {}, (name,))
    return workspace


@st.composite
def arrays(draw: st.DrawFn) -> Workspace:
    """An array over a tensor's memory, a part of it (backwards, perhaps) and a tensor of that where torch takes it."""
    shape = draw(st.lists(st.integers(1, 4), max_size=3).map(tuple))
    workspace = Workspace().load("A", torch.arange(float(np.prod(shape))).reshape(shape)).to_array("A", "n")
    workspace = workspace.index("n", sliced(draw, shape, draw(st.booleans())), "m")
    if all(s >= 0 for s in workspace["m"].strides):
        workspace = workspace.from_array("m", "F")
    return workspace


def cells_of(item: Item) -> list[tuple[int, ...]]:
    return list(product(*map(range, item.shape)))


def plain(x: torch.Tensor) -> object:
    return x.to(torch.float32).item() if x.dtype.itemsize == 1 else x.item()


@given(tensors())
def test_a_cell_lies_where_torch_counts_it_and_holds_what_is_read_there(workspace: Workspace) -> None:
    for item in workspace.items:
        tensor, lane, slots = item.tensor(), Lane.of(item.view.layout), Slots.of(item)
        whole = read(item, range(slots.count))
        assert whole.address == tensor.untyped_storage().data_ptr()
        assert slots.count == tensor.untyped_storage().nbytes() // tensor.element_size()
        assert whole.values is not None
        for cell in cells_of(item):
            slot = tensor.storage_offset() + sum(i * s for i, s in zip(cell, tensor.stride(), strict=True))
            assert slots.at(lane.bytes(cell)) == range(slot, slot + 1)
            assert plain(whole.values[slot]) == plain(tensor[cell])
            assert whole.address + slots.byte(slot) == tensor[cell].data_ptr()


@given(st.one_of(tensors(), arrays()))
def test_the_cells_of_a_slot_are_all_that_lie_in_it(workspace: Workspace) -> None:
    for item in workspace.items:
        lane, slots = Lane.of(item.view.layout), Slots.of(item)
        lying: dict[int, list[tuple[int, ...]]] = {}
        for cell in cells_of(item):
            for slot in slots.at(lane.bytes(cell)):
                lying.setdefault(slot, []).append(cell)
        for slot in range(slots.count):
            region = lane.cells(slots.bytes(slot))
            assert sorted(cell for _, cell in region) == lying.get(slot, [])
            assert region.count == len(lying.get(slot, []))
        assert lane.covered == len(lying)


@given(arrays())
def test_an_array_lies_where_numpy_says(workspace: Workspace) -> None:
    for name in ("n", "m"):
        item = workspace[name]
        array, lane, slots = item.array(), Lane.of(item.view.layout), Slots.of(item)
        found = read(item, range(slots.count))
        assert found.values is not None
        for cell in cells_of(item):
            begin = lane.bytes(cell).start
            assert found.address + begin == array[(*cell, ...)].__array_interface__["data"][0]
            (slot,) = slots.at(lane.bytes(cell))
            assert found.values[slot].item() == array[cell]


def test_a_tensor_over_part_of_an_array_is_found_in_the_whole_memory() -> None:
    workspace = Workspace().load("A", torch.arange(12)).to_array("A", "n").index("n", (slice(4, None),), "m")
    item = workspace.from_array("m", "F")["F"]
    assert item.offset == 0  # as torch counts, from where its own storage begins
    assert Slots.of(item).at(Lane.of(item.view.layout).bytes((0,))) == range(4, 5)
    assert read(item, range(4, 6)).address + 32 == item.tensor().untyped_storage().data_ptr()


def test_no_cells_cover_nothing() -> None:
    item = Workspace().load("A", torch.zeros(0, 3))["A"]
    lane, slots = Lane.of(item.view.layout), Slots.of(item)
    assert (slots.count, lane.covered) == (0, 0)
    assert lane.cells(range(8)).count == 0
    assert read(item, range(0)).values is not None


def test_on_meta_there_are_slots_and_no_values() -> None:
    workspace = Workspace().load("A", torch.arange(12).reshape(3, 4)).operate("to", ("A",), {"device": "meta"}, ("M",))
    item = workspace.operate("T", ("M",), {}, ("N",))["N"]
    assert Slots.of(item).count == 12
    assert list(Lane.of(item.view.layout).cells(Slots.of(item).bytes(4))) == [(0, (0, 1))]
    found = read(item, range(3, 5))
    assert (found.address, found.values) == (0, None)


def test_elements_of_another_width_meet_where_their_bytes_do() -> None:
    lane = Lane((4,), (2,), 0, 2)  # 2-byte elements seen in slots of 4 bytes
    slots = Slots(4, 8)
    assert list(lane.cells(slots.bytes(1))) == [(0, (2,)), (0, (3,))]
    wide = Lane((2,), (8,), 0, 8)
    assert slots.at(wide.bytes((0,))) == range(2)
    assert list(wide.cells(Slots(4, 16).bytes(3))) == [(0, (1,))]


def test_cells_that_overlap_in_part_are_all_found() -> None:
    lane = Lane((3, 2), (8, 8), 0, 8)  # windows that slide by one
    assert lane.covered is None
    assert sorted(cell for _, cell in lane.cells(range(16, 24))) == [(1, 1), (2, 0)]


@pytest.mark.parametrize("name", ["T", "stretched"])
def test_one_slot_of_many_is_found_without_listing_them(name: str) -> None:
    workspace = Workspace().load("A", torch.zeros(1, dtype=torch.uint8).expand(10_000, 10_000).contiguous())
    workspace = workspace.operate("T", ("A",), {}, ("T",))
    workspace = workspace.operate("expand", ("T",), {"size": (10**9, 10_000, 10_000)}, ("stretched",))
    item = workspace[name]
    lane, slots = Lane.of(item.view.layout), Slots.of(item)
    for slot in (0, 12_345_678, 99_999_999):
        region = lane.cells(slots.bytes(slot))
        assert region.count == (1 if name == "T" else 10**9)
        (block,) = region.blocks
        assert block.ranges[-1] == range(slot // 10_000, slot // 10_000 + 1)
        assert slots.at(lane.bytes(tuple(r[0] for r in block.ranges))) == range(slot, slot + 1)


@pytest.mark.parametrize(
    ("slot", "room", "seen"),
    [(0, 5, range(5)), (50, 5, range(48, 53)), (99, 5, range(95, 100)), (3, 200, range(100))],
)
def test_a_window_stands_around_the_focus(slot: int, room: int, seen: range) -> None:
    assert Slots(4, 400).around(slot, room) == seen
