"""Programs read from their text: into the steps that write it, and refused with line and column where that is none."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer import files
from explorer.errors import ExplorerError
from explorer.files.script import save, script
from explorer.ops import OPERATIONS, Op, counterpart
from explorer.ops.calls import name_of_number
from explorer.workspace import Definition, Workspace, read_program
from tests.ops.cases import accepted, looked
from tests.workspace.plain import looks
from tests.workspace.read_back import alike, read_back

CALLED = [op for op in OPERATIONS.values() if op.operands and not op.keyed]  # keys: see the random programs


@pytest.mark.parametrize("op", CALLED, ids=lambda op: op.name)
@looked(6)
@given(data=st.data())
def test_every_entry_is_read_as_it_is_written(op: Op, data: st.DataObject) -> None:
    case = data.draw(accepted((counterpart(op) if op.writes else None) or op))
    names = [f"x{k}" if isinstance(x, torch.Tensor) else x for k, x in enumerate(case.operands)]
    made = "".join(f"{name} = torch.ones((1,))\n" for name in names if isinstance(name, str))
    call = op.call(names, case.arguments)
    outputs = [f"y{k}" for k in range(len(op.results_of(case.arguments)))]
    alike(read_program(f"{made}{call.statement(outputs, written)}").steps[-1].call, call)


def written(operand: object) -> str:
    return operand if isinstance(operand, str) else name_of_number(operand)


@pytest.fixture(scope="module")
def sample() -> Workspace:
    """A program with a step of every kind."""
    w = Workspace().create("A", Definition.typed(torch.tensor([[1.5, -2.0, float("nan")], [0.0, -0.0, 7.25]])))
    w = w.create("R", Definition("rand", {"size": (6,)}, seed=3, shape=(2, 3)))
    w = w.create("n", Definition("arange", {"start": 0, "end": 6, "step": 1}, torch.int64, shape=(2, 3)), array=True)
    w = w.create("m", Definition("full", {"size": (2, 3), "fill_value": 2.5}, torch.float32), array=True)
    w = w.create("c", Definition.typed(torch.tensor([1 + 2j, complex(0.0, float("inf"))])))
    w = w.create("e", Definition.typed(torch.zeros(0, 3, dtype=torch.int16)))
    w = w.create("M", Definition("zeros", {"size": (2, 3)}, device="meta"))
    w = w.operate("max", ("A",), {"dim": 1}, (None, "I")).operate("gt", ("A", 0), {}, ("B",))
    w = w.index("A", ("B",), "P").index("A", (0, slice(None, None, 2)), "V").index("A", (..., [0, -1]), "L")
    w = w.write("A", ("B",), -1.5).write("A", (torch.tensor([False, True]),), torch.tensor([1.0, 2.0, 3.0]))
    w = w.operate("mul", (-2, "A"), {}, ("D",)).operate("add", ("A", "D"), {"alpha": 2}, ("E",))
    w = w.in_place("add_", "A", ("D",)).in_place("uniform_", "E", (0.0, 2.0), seed=5).in_place("t_", "D")
    w = w.in_place("addcmul_", "A", ("R", "E"), {"value": 0.5}).in_place(
        "index_add_", "A", (0, torch.tensor([1, 0]), "R")
    )
    w = w.augment("A", "*=", -1).augment("n", "+=", 1).array_operate("*", "n", 2, "k").array_operate("-", 1, "n", "j")
    w = w.to_array("A", "a").index("a", (slice(None, None, -1),), "b").index("a", (0, 1), "s").duplicate("a", "d")
    w = (
        w.from_array("n", "N")
        .from_array("n", "O", copy=True)
        .duplicate("N", "Q")
        .operate("split", ("A",), {"split_size": 1}, ("S", "T"))
    )
    w = w.create("x", Definition("ones", {"size": (3,)})).require_grad("x").operate("exp", ("x",), {}, ("y",))
    w = w.backward("y", "=", retained=True).clear_grad("x").operate("sum", ("y",), {}, ("z",)).backward("z")
    return w.require_grad("x", False)


@pytest.fixture(scope="module")
def lines(sample: Workspace) -> list[str]:
    return script(sample).text.splitlines()


def test_a_step_of_every_kind_is_read_back(sample: Workspace) -> None:
    read_back(sample)


def test_what_is_read_runs_as_the_explorer_ran_it(sample: Workspace) -> None:
    found = read_program(script(sample).text).run()
    assert set(found) == set(sample.names)
    for item in sample.items:
        thing = found[item.name]
        assert isinstance(thing, np.ndarray) == (item.kind == "array"), item.name
        if item.device == "cpu":
            assert looks(thing.detach() if isinstance(thing, torch.Tensor) else thing) == looks(item.view.object()), (
                item.name
            )


def test_values_beside_a_program_are_read_by_whoever_may(tmp_path: Path) -> None:
    workspace = Workspace().load("W", torch.arange(5000.0)).operate("sum", ("W",), {}, ("B",))
    workspace = workspace.create("Z", Definition("zeros", {"size": (2, 5000)})).write("Z", (1,), torch.arange(5000.0))
    save(script(workspace, "p_values"), tmp_path / "p.py")
    program = read_program((tmp_path / "p.py").read_text())
    with pytest.raises(ExplorerError, match=r"Line 3, .*p_values/W\.pt"):
        program.run()
    found = program.run(lambda reading: files.load(tmp_path / reading.path))
    assert found["B"].item() == 12497500
    assert found["Z"].sum(1).tolist() == [0, 12497500]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("A = torch.zeros((2,))\nB = A.summ()", 2, 5),
        ("A = B.sum()", 1, 5),
        ("A = torch.zeros((2,))\nA = A.sum()", 2, 1),
        ("A = torch.zeros((2,))\n\nB = A.sum(dim='x')", 3, 5),
        ("A = torch.zeros((2,))\nA.sum()", 2, 1),
        ("A = torch.zeros((2,))\nB = A.sum(A)", 2, 5),
        ("A = (1", 1, 5),
        ("A = torch.zeros((2,))\nfor x in A: pass", 2, 1),
        ("A = __import__('os').system('true')", 1, 5),
        ("A = eval('1')", 1, 5),
        ("A = torch.tensor([open('x')])", 1, 19),
        ("A = torch.zeros((2,)); B = A[lambda: 0]", 1, 30),
        ("torch = 1", 1, 1),
        ("A = torch.tensor([[1, 2], [3]])", 1, 5),
        ("A = torch.tensor([1]).reshape(1.0)", 1, 5),
        ("A = torch.zeros((2,))\nA.requires_grad = True", 2, 1),
        ("import os", 1, 1),
    ],
)
def test_what_is_no_step_is_refused_where_it_stands(text: str, line: int, column: int) -> None:
    with pytest.raises(ExplorerError) as refused:
        read_program(text)
    assert refused.value.message.values["line"] == line
    assert refused.value.message.values["column"] == column, refused.value.detail
    assert refused.value.detail


def test_very_deep_and_very_long_texts_are_refused() -> None:
    with pytest.raises(ExplorerError):
        read_program("A = " + "(" * 100_000)
    with pytest.raises(ExplorerError):
        read_program("A = torch.tensor(" + "[" * 150 + "]" * 150 + ")")
    with pytest.raises(ExplorerError):
        read_program("#" * (2**24 + 1))


PIECES = (
    *("(", ")", "[", "]", ",", ".", "-", "0", "None", "True", "torch", "np", "A", "n", "x", ":", "=", "'x'", "dim="),
    *("float('nan')", ".numpy()", ".reshape(3)", ".to('cpu')", ".grad", "_", "@", "lambda: 0", "1e400", "10**9", "é"),
    *("#", "...", "torch.tensor([1])", "torch.float32", "device='meta'", "generator=3", "f'{A}'", "b'x'", "a:=1", ";"),
    *("np.load('x')", "torch.load('x')['k']", "\n", "__import__('os')", "torch.zeros((2,)).data", "**A", "*"),
)


@looked(150)
@given(data=st.data())
def test_a_line_with_a_slip_is_read_or_refused(data: st.DataObject, lines: list[str]) -> None:
    """And what is read is written so that it is read again."""
    number = data.draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    start = data.draw(st.integers(0, len(line)))
    rest = line[start + data.draw(st.integers(0, 5)) :]
    slipped = line[:start] + data.draw(st.sampled_from(("", *PIECES))) + rest
    with suppress(ExplorerError):
        program = read_program("\n".join([*lines[:number], slipped, *lines[number + 1 :]]))
        written = program.source()
        assert read_program(written).source() == written
