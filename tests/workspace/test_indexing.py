"""Reading and writing by every form of index, as plain torch and NumPy do it."""

import hypothesis.strategies as st
import numpy as np
import pytest
import torch
from hypothesis import given, settings

from explorer.errors import OpError
from explorer.ops.key_parts import with_axis
from explorer.ops.op import named
from explorer.workspace import Definition, Workspace
from tests.workspace.plain import Line, Refused, agree, execute, line_of
from tests.workspace.strategies import keys, spelt

NAMED = {
    "M": torch.tensor([[True, False, True, False], [False, True, False, False], [True, True, False, True]]),
    "R": torch.tensor([True, False, True]),
    "K": torch.tensor([2, 0, -1]),
    "G": torch.tensor([[0], [2]]),
    "U": torch.tensor([1, 0, 1], dtype=torch.uint8),
    "N": torch.tensor(1),
}
# what stands between the brackets, in Python; the names are those above
FORMS = (
    *("()", "...", "0", "-1", "2, -4", "3", "0, 4", "1:", ":-1", "::2", "5:1", "-9:9:3", "1:2, ::3", ":, 1", "::-1"),
    *("None", "None, 0", "..., None", "0, ..., None", "..., 1", "1, ...", "..., 1:3", "0, 1, 2", "..., ..."),
    *("True", "False", "0, True", "True, False", "None, True, ..., 0"),
    *("[0, 2]", "[0, -1, 0]", "[]", "[3]", "[0, 1], [1, 3]", "[[0], [2]], [1, 3]", "[[0, 1], [2, 0]]", ":, [3, 0]"),
    *("[0, 2], 1", "1, [0, 3]", "[0, 2], ::2", "[0, 1], [0, 1, 2]", "[0, 2], None, [1, 1]", "[2], ..., [0]"),
    *("[True, False, True]", "[True, False]", ":, [True, False, False, True]", "[True, False, True], [0, 3]"),
    *(
        "M",
        "R",
        "R, 1",
        ":, R",
        "R, [0, 1]",
        "K",
        "K, K",
        "K, None, K",
        "G",
        "G, K",
        "..., K",
        "U",
        "N",
        "N, N",
        "1:, N",
    ),
)


@given(data=st.data())
def test_a_new_axis_stands_before_the_one_that_asked(data: st.DataObject) -> None:
    """As torch would put one beside what the parts before it leave, whatever else the key says."""
    whole = torch.arange(60).reshape(3, 4, 5)
    axis = data.draw(st.integers(0, 2))
    parts = [data.draw(st.sampled_from((0, -1, slice(None), slice(1, None), slice(0, 3, 2)))) for _ in whole.shape]
    fresh = [data.draw(st.integers(0, 1)) for _ in whole.shape]
    key = [x for part, more in zip(parts, fresh, strict=True) for x in (*[None] * more, part)]
    before = sum(fresh[: axis + 1]) + sum(isinstance(part, slice) for part in parts[:axis])
    expected = whole[tuple(key)].unsqueeze(before)
    while key and key[-1] == slice(None) and data.draw(st.booleans()):
        key.pop()  # what the key leaves out is whole
    assert torch.equal(whole[with_axis(key, axis, 3, {})], expected)


@pytest.mark.parametrize(("axis", "expected"), [(0, (None, "M", slice(None))), (2, ("M", None, slice(None)))])
def test_a_new_axis_stands_beside_a_mask_of_several(axis: int, expected: tuple[object, ...]) -> None:
    assert with_axis(("M",), axis, 3, {"M": 2}) == expected


@pytest.fixture(scope="module")
def start() -> Workspace:
    workspace = Workspace().create("A", Definition("arange", {"end": 12}, shape=(3, 4))).to_array("A", "n")
    for name, values in NAMED.items():
        workspace = workspace.create(name, Definition.typed(values))
    workspace = workspace.create("L", Definition.typed(torch.tensor([2, 0])), array=True)
    return workspace.operate("T", ("A",), {}, ("T",)).index("n", (slice(None, None, -1), slice(None, None, -2)), "r")


def compared(start: Workspace, line: Line, change) -> None:
    """Both sides do it, or refuse it in the same words."""
    lines = tuple(map(line_of, start.steps))
    try:
        names = execute((*lines, line))
    except Refused as refused:
        with pytest.raises(OpError) as error:
            change(start)
        assert error.value.detail == str(refused), line.text  # noqa: PT017 - of the workspace, not of plain Python
        agree(start.activate(), execute(lines))
    else:
        made = change(start)
        agree(made, names)
        agree(made, execute((*lines, line_of(made.steps[-1]))))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["A", "T", "n", "r"])
@pytest.mark.parametrize("text", FORMS)
def test_every_form(start: Workspace, name: str, text: str) -> None:
    key = eval(f"np.s_[{text}]", {"np": np, "L": "L"} | {x: x for x in NAMED})
    key = key if isinstance(key, tuple) else (key,)
    reads = named(key)
    scalar = start[name].kind == "array" and _scalar(start, name, text)
    read = f"{name}[{text}, ...]" if scalar and key else f"{name}[{'...' if scalar else text}]"
    compared(start, Line.of(f"B = {read}", "B", name, *reads), lambda w: w.index(name, key, "B"))
    for value in (-7, 0.5, "N", "K"):
        line = Line.of(f"{name}[{text}] = {value}", *named(name, key, value), target=True)
        compared(start, line, lambda w, value=value: w.write(name, key, value))


def _scalar(start: Workspace, name: str, text: str) -> bool:
    names = execute(tuple(map(line_of, start.steps)))
    try:
        return isinstance(eval(f"{name}[{text}]", names), np.generic)
    except Exception:
        return False


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=300)
@given(st.lists(st.integers(0, 3), max_size=4).map(tuple), st.booleans(), st.data())
def test_any_form(shape: tuple[int, ...], array: bool, data: st.DataObject) -> None:
    values = torch.arange(int(np.prod(shape))).reshape(shape)
    start = Workspace().create("A", Definition.typed(values), array)
    key, text = data.draw(keys(shape, array))
    if array and _scalar(start, "A", text):
        text = f"{text}, ..." if key else "..."
    compared(start, Line.of(f"B = A[{text}]", "B", "A"), lambda w: w.index("A", key, "B"))
    line = Line.of(f"A[{text}] = {spelt(True)}", "A", target=True)
    compared(start, line, lambda w: w.write("A", key, True))


def test_keys_of_numpy_and_torch_are_copied() -> None:
    """What was handed over may change afterwards; the program does not."""
    mask, rows = torch.tensor([True, False, True]), np.array([0, 2])
    start = Workspace().create("A", Definition("arange", {"end": 6}, shape=(3, 2))).to_array("A", "n")
    made = start.index("A", mask, "B").index("A", rows, "C").index("n", mask, "m").index("n", (rows, np.int64(1)), "k")
    mask[:], rows[:] = False, 1
    assert [s.source() for s in made.steps[2:]] == [
        "B = A[torch.tensor([True, False, True])]",
        "C = A[torch.tensor([0, 2])]",
        "m = n[[True, False, True]]",
        "k = n[[0, 2], 1]",
    ]
    agree(made, execute(tuple(map(line_of, made.steps))))


def test_an_array_of_no_cells_may_begin_behind_the_end() -> None:
    workspace = Workspace().create("A", Definition("ones", {"size": (2, 3)}))
    workspace = workspace.index("A", (slice(2, 2), slice(1, None)), "B").to_array("B", "n")
    assert workspace["B"].offset > 6
    assert workspace["n"].array().shape == (0, 2)
    assert workspace.sharing("n") == ("A", "B")
