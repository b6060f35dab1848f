"""Between torch, NumPy and Python: what is refused is asked of them, and what a write reaches is exact."""

from typing import Any

import numpy as np
import pytest
import torch

from explorer.errors import CellError, OpError
from explorer.files.script import script
from explorer.workspace import Definition, Workspace, interchange, typed_key
from explorer.workspace.definition import chosen_by_numpy, numpy_dtype
from explorer.workspace.source import source_of


def shelf(values: torch.Tensor) -> Workspace:
    return Workspace().load("A", values)


def key(text: str) -> Any:
    """The key that Python itself makes of `text`."""

    class Taken:
        def __getitem__(self, found: Any) -> Any:
            return found

    found = eval(f"taken[{text}]", {"taken": Taken()})
    return found if isinstance(found, tuple) else (found,)


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tensor", "word"),
    [
        (torch.ones(2, dtype=torch.bfloat16), "dtype"),
        (torch.ones(2, dtype=torch.float8_e5m2), "dtype"),
        (torch.empty(2, device="meta"), "meta"),
    ],
    ids=["bfloat16", "float8", "meta"],
)
def test_what_numpy_cannot_see(tensor: torch.Tensor, word: str) -> None:
    error = interchange.refused(shelf(tensor)["A"])
    assert error is not None
    assert word in str(error.message)
    with pytest.raises((TypeError, RuntimeError)) as own:
        tensor.numpy()
    assert error.detail == str(own.value)


@pytest.mark.parametrize(("op", "word"), [("conj", "conjugated"), ("neg", "negated")])
def test_marks_that_are_not_in_memory(op: str, word: str) -> None:
    from dataclasses import replace

    from explorer.workspace.item import Item
    from explorer.workspace.view import View

    item = shelf(torch.ones(2, dtype=torch.complex64))["A"]
    marked = Item("A", "A", View(item.view.version, replace(item.view.layout, **{op: True})), 0)  # type: ignore[arg-type]
    error = interchange.refused(marked)
    assert error is not None
    assert word in str(error.message)
    assert "bit set" in error.detail


def test_what_runs_backwards_is_no_tensor_and_every_other_array_is() -> None:
    workspace = shelf(torch.arange(12).reshape(3, 4)).to_array("A", "n")
    for number, text in enumerate(("::-1", ":, ::-1", "::2, 1:", "..., None, :", "0:0", "1", ":, 0, ...")):
        name = f"k{number}"
        workspace = workspace.index("n", typed_key.parse(text), name)
        array = np.arange(12).reshape(3, 4)[key(text)]
        for copy in (False, True):
            refused = interchange.refused(workspace[name], copy)
            try:
                (torch.tensor if copy else torch.from_numpy)(array)
                words = None
            except ValueError as error:
                words = str(error)
            assert (refused.detail if refused is not None else None) == words


def test_autograd_is_asked() -> None:
    error = interchange.refused_by_autograd("A")
    assert error is not None
    with pytest.raises(RuntimeError) as own:
        torch.ones(2, requires_grad=True).numpy()
    assert error.detail == str(own.value)


@pytest.mark.parametrize("values", [[[7]], 7, [[[2.5]]], [True], [1 + 2j]])
def test_item_is_pythons_own_value(values: Any) -> None:
    workspace = shelf(torch.tensor(values)).to_array("A", "n")
    for name in ("A", "n"):
        found = interchange.item_of(workspace[name])
        assert (found, type(found)) == (torch.tensor(values).item(), type(torch.tensor(values).item()))


def test_item_of_more_or_of_nothing_is_refused() -> None:
    for tensor in (torch.ones(2), torch.ones(0), torch.empty((), device="meta")):
        error = interchange.refused_item(shelf(tensor)["A"])
        assert error is not None
        assert error.detail
    assert interchange.refused_item(shelf(torch.ones(1, 1))["A"]) is None


# --- lists and attributes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tensor", [torch.arange(6).reshape(2, 3), torch.tensor(2.5), torch.zeros(0, 3)])
def test_lists_are_pythons(tensor: torch.Tensor) -> None:
    for name in ("A", "n"):
        found = interchange.list_of(shelf(tensor).to_array("A", "n")[name])
        assert (eval(found.text), found.whole) == (tensor.tolist(), True)


def test_a_long_list_has_its_ends() -> None:
    found = interchange.list_of(shelf(torch.arange(200_000).reshape(4, 50_000))["A"])
    assert not found.whole
    rows = eval(found.text)
    assert [row[0] for row in rows] == [0, 50_000, 100_000, 150_000]
    assert all(row[3] is Ellipsis and len(row) == 7 for row in rows)
    assert rows[3][-1] == 199_999


def test_a_list_of_nothing_known_is_refused() -> None:
    with pytest.raises(OpError, match="meta"):
        interchange.list_of(shelf(torch.empty(2, device="meta"))["A"])


def test_attributes_are_what_python_says() -> None:
    workspace = shelf(torch.ones(2, 3)).to_array("A", "n")
    there = {"A": torch.ones(2, 3), "n": np.ones((2, 3), np.float32)}
    for name in ("A", "n"):
        for code, printed in interchange.attributes(workspace[name]):
            assert printed in (repr(eval(code, there)), str(eval(code, there)))


# --- what a write reaches ------------------------------------------------------------------------------------------


def test_a_write_reaches_exactly_those_who_have_its_cells() -> None:
    workspace = shelf(torch.arange(24).reshape(4, 6)).to_array("A", "n")
    for name, text in (("even", ":, ::2"), ("odd", ":, 1::2"), ("up", "::-1"), ("row", "1")):
        workspace = workspace.index("n", typed_key.parse(text), name)
    reached = {
        ("even", "..."): {"A", "n", "up", "row"},
        ("odd", "0"): {"A", "n", "up"},
        ("row", "0"): {"A", "n", "up", "even"},
        ("n", "1, 1"): {"A", "odd", "up", "row"},
        ("n", "[0, 2]"): {"A", "even", "odd", "up", "row"},  # lists are not looked at: whoever may be reached
        ("A", "0, 0"): {"n", "even", "up"},
    }
    for (name, text), names in reached.items():
        assert set(interchange.reached(workspace, name, typed_key.parse(text))) == names, (name, text)


# --- keys ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["0", "-1", "1:3", "::-1", "1:3, ...", "None, 0", "[0, 2]", "[[0, 1], [1, 0]]", ":, True", "[True, False]"]
)
def test_keys_are_what_python_makes_of_them(text: str) -> None:
    assert typed_key.parse(text) == key(text)


def test_a_name_of_the_shelf_may_stand_in_a_key() -> None:
    assert typed_key.parse("mask, 0", ["mask"]) == ("mask", 0)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "1:'a'",
            "1.5",
            "'a'",
            "1] + _[2",
            "0); import os",
            "f(1)",
            "[1, 'a']",
            "1:2:3:4",
            "lambda: 0",
            "{}",
        ),
        *("{[]: 1}", "{[1]}", "[" * 300, "(" * 300, "-" * 5000 + "1", "9" * 5000, "\0"),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_index_is_refused(text: str) -> None:
    with pytest.raises(CellError) as refused:
        typed_key.parse(text)
    assert refused.value.detail
    assert len(str(refused.value.message)) < 300


@pytest.mark.parametrize(("text", "value"), [("3", 3), (" -2.5 ", -2.5), ("True", True), ("m", "m")])
def test_values_are_numbers_or_names(text: str, value: Any) -> None:
    found = interchange.number(text, ["m"])
    assert (found, type(found)) == (value, type(value))


def test_what_is_neither_number_nor_name_is_refused() -> None:
    with pytest.raises(CellError, match="k"):
        interchange.number("k", ["m"])


# --- windows of arrays, and NumPy's own fills ----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["...", "::-1", "::-2, 1::2", "1", "0:0"])
def test_windows_of_an_array_are_its_cells(text: str) -> None:
    workspace = shelf(torch.arange(12).reshape(3, 4)).to_array("A", "n").index("n", typed_key.parse(text), "k")
    item = workspace["k"]
    source = source_of(item)
    assert source.shape == item.shape
    assert source.dtype == torch.int64
    ranges = [range(n) for n in item.shape]
    found = source.read(ranges)
    assert found is not None
    assert found.tolist() == item.array().tolist()
    backwards = source.read([range(n - 1, -1, -1) for n in item.shape])
    assert backwards is not None
    assert backwards.tolist() == item.array()[tuple(slice(None, None, -1) for _ in item.shape)].tolist()
    if item.numel:
        with pytest.raises(IndexError):
            source.read([range(n, n + 1) for n in item.shape])


FILLS = [
    ("ones", {"size": (5,)}, torch.float64, "np.ones(5)"),
    ("zeros", {"size": (2, 3)}, torch.float32, "np.zeros((2, 3), dtype=np.float32)"),
    ("full", {"size": (), "fill_value": True}, torch.bool, "np.full((), True)"),
    ("full", {"size": (2,), "fill_value": 7}, torch.int64, "np.full(2, 7)"),
    ("full", {"size": (2,), "fill_value": 2j}, torch.complex64, "np.full(2, complex(0.0, 2.0), dtype=np.complex64)"),
    ("eye", {"n": 2, "m": 3}, torch.int32, "np.eye(2, 3, dtype=np.int32)"),
    ("arange", {"start": 1, "end": 9, "step": 2}, torch.int64, "np.arange(1, 9, 2)"),
    ("arange", {"start": 0.0, "end": 1.0, "step": 0.1}, torch.float64, None),
    ("rand", {"size": (2,)}, torch.float64, None),
]


@pytest.mark.parametrize(("op", "arguments", "dtype", "written"), FILLS, ids=str)
def test_an_array_is_written_as_numpys_own_fill(op: str, arguments: Any, dtype: torch.dtype, written: Any) -> None:
    workspace = Workspace().create("n", Definition(op, arguments, dtype), array=True)
    text = script(workspace).text
    assert written is None or f"n = {written}\n" in text
    there: dict[str, Any] = {}
    exec(text, there)  # noqa: S102 - the point of it
    array = workspace["n"].array()
    assert isinstance(there["n"], np.ndarray)
    assert there["n"].dtype == array.dtype
    assert np.array_equal(there["n"], array)


def test_numpy_is_asked_for_its_dtypes() -> None:
    assert [chosen_by_numpy(t) for t in (float, bool, complex)] == [torch.float64, torch.bool, torch.complex128]
    assert numpy_dtype(torch.int16) == np.dtype("int16")
    with pytest.raises(OpError, match="bfloat16"):
        numpy_dtype(torch.bfloat16)
