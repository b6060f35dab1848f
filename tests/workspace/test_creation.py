"""Created tensors: their code, their bits, their seeds."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from explorer.engine import dtypes
from explorer.errors import OpError, ProgramError
from explorer.files.script import save, script
from explorer.workspace import Definition, Workspace, edits
from tests.workspace.plain import looks

DTYPES = (
    torch.float64,
    torch.float32,
    torch.float16,
    torch.bfloat16,
    torch.complex64,
    torch.complex128,
    torch.uint8,
    torch.int8,
    torch.int16,
    torch.int32,
    torch.int64,
    torch.bool,
)

ALL_DTYPES = dtypes()


def rerun(workspace: Workspace) -> dict[str, torch.Tensor]:
    names: dict[str, torch.Tensor] = {}
    exec(script(workspace).text, names)  # type: ignore[arg-type]  # noqa: S102
    return names


@pytest.mark.parametrize(
    ("creation", "code"),
    [
        (Definition("arange", {"end": 12}, shape=(3, 4)), "torch.arange(12).reshape(3, 4)"),
        (
            Definition.typed(torch.tensor([[1, 2], [3, 4]], dtype=torch.int32)),
            "torch.tensor([[1, 2], [3, 4]], dtype=torch.int32)",
        ),
        (Definition.typed(torch.tensor([0.1, -0.0, float("nan")])), 'torch.tensor([0.1, -0.0, float("nan")])'),
        (Definition.typed(torch.tensor(5)), "torch.tensor(5)"),
        (Definition.typed(torch.empty(0, 3)), "torch.tensor([]).reshape((0, 3))"),
        (Definition.typed(torch.tensor([2**53 + 1])), "torch.tensor([9007199254740993])"),
        (Definition.typed(torch.empty(2, 3, device="meta")), "torch.empty((2, 3), dtype=torch.float32, device='meta')"),
    ],
)
def test_code(creation: Definition, code: str) -> None:
    assert Workspace().create("A", creation).steps[0].source() == f"A = {code}"


@pytest.mark.parametrize("dtype", DTYPES)
def test_typed_values_keep_every_bit(dtype: torch.dtype) -> None:
    numbers = torch.randint(0, 256, (3, 5, 16), generator=torch.Generator().manual_seed(1), dtype=torch.uint8)
    values = (
        numbers[..., : dtype.itemsize].contiguous().view(dtype)[..., 0] if dtype != torch.bool else numbers[..., 0] > 9
    )
    workspace = Workspace().create("A", Definition.typed(values))
    assert looks(workspace["A"].tensor()) == looks(values)
    assert looks(rerun(workspace)["A"]) == looks(values)


@pytest.mark.parametrize("value", [float("inf"), -0.0, 5e-324, 1.7976931348623157e308, 0.1, 1 / 3])
def test_single_values_keep_every_bit(value: float) -> None:
    values = torch.tensor([value, -value], dtype=torch.float64)
    assert looks(rerun(Workspace().create("A", Definition.typed(values)))["A"]) == looks(values)


def test_complex_signs_of_zero() -> None:
    values = torch.complex(torch.tensor([-0.0, 0.0, 1.0]), torch.tensor([-0.0, -0.0, float("nan")]))
    assert looks(rerun(Workspace().create("A", Definition.typed(values)))["A"]) == looks(values)


@pytest.mark.parametrize("op", ["rand", "randn", "randint"])
def test_random_fills_come_from_their_seed(op: str) -> None:
    arguments = {"size": (2, 3)} | ({"low": 0, "high": 100} if op == "randint" else {})
    one, other = (Workspace().create("A", Definition(op, arguments, seed=7)) for _ in range(2))
    assert one["A"].tensor().equal(other["A"].tensor())
    assert not one["A"].tensor().equal(edits.redefine(one, "A", Definition(op, arguments, seed=8))["A"].tensor())
    assert "generator=torch.Generator().manual_seed(7)" in one.steps[0].source()
    assert rerun(one)["A"].equal(one["A"].tensor())


def test_typed_values_are_copied() -> None:
    values = torch.zeros(3)
    workspace = Workspace().create("A", Definition.typed(values))
    values[0] = 9
    workspace["A"].tensor()[1] = 5  # not through the program
    assert Definition.typed(values).values is not values
    assert workspace["A"].tensor().tolist()[0] == 0


def test_long_values_are_saved_beside_the_script(tmp_path) -> None:
    values = torch.randn(70, 60, generator=torch.Generator().manual_seed(0))
    workspace = Workspace().create("A", Definition.typed(values)).write("A", (0, 0), 5.0)
    workspace = workspace.write("A", ..., values * 2).operate("sum", ("A",), {}, ("B",))
    made = script(workspace, str(tmp_path / "data"))
    assert len(made.text) < 400
    assert sorted(made.tensors) == [str(tmp_path / "data" / f"{n}.pt") for n in ("A", "A_values_1")]
    save(made, tmp_path / "program.py")
    names: dict[str, object] = {}
    exec((tmp_path / "program.py").read_text(), names)  # noqa: S102
    for name in workspace.names:
        assert looks(names[name]) == looks(workspace[name].tensor())  # type: ignore[arg-type]
    assert not list(tmp_path.rglob(".*"))


def test_values_from_a_file_keep_their_label_and_memory() -> None:
    values = torch.randn(100, 100)
    place = values.data_ptr()
    workspace = Workspace().load("weight", values, "model.0.weight", "model.pt")
    assert workspace["weight"].tensor().data_ptr() == place
    assert workspace["weight"].label == "model.0.weight"
    assert workspace.rename("weight", "W")["W"].label == "model.0.weight"
    assert "model.pt" in workspace.steps[0].source()


def test_shape_only() -> None:
    workspace = Workspace().create("A", Definition("zeros", {"size": (3, 4)}, device="meta"))
    workspace = workspace.operate("sum", ("A",), {"dim": 0}, ("B",)).write("A", 0, 1).in_place("abs_", "A")
    assert (workspace["B"].shape, workspace["B"].device) == ((4,), "meta")
    assert workspace.operate("T", ("A",), {}, ("T",)).sharing("A") == ("T",)
    assert rerun(workspace)["B"].device.type == "meta"


def test_uninitialised_memory_is_unknown_until_it_is_written() -> None:
    workspace = Workspace().create("A", Definition("empty", {"size": (2, 4)}, torch.int32))
    workspace = workspace.operate("abs", ("A",), {}, ("B",)).operate("T", ("A",), {}, ("T",))
    assert all(x.unknown for x in workspace.items)
    zero = workspace.in_place("zero_", "A")
    assert [x.name for x in zero.items if x.unknown] == ["B"]
    assert workspace.in_place("abs_", "A")["A"].unknown
    assert workspace.write("A", 0, 1)["A"].unknown
    assert not workspace.write("A", ..., 1)["T"].unknown
    assert workspace["A"].unknown


@pytest.mark.parametrize("name", ["", "1a", "class", "torch", "np", "a b", "_", "__debug__", "Ａ", "ﬁt"])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(ProgramError):
        Workspace().create(name, Definition("zeros", {"size": (2,)}))


def test_fresh_names() -> None:
    workspace = Workspace()
    for expected in ("A", "B", "C"):
        assert workspace.fresh_name() == expected
        workspace = workspace.create(expected, Definition("zeros", {"size": (2,)}))
    assert workspace.fresh_name("model.layers.0.weight") == "weight"
    assert workspace.fresh_name("0") == "t0"
    assert workspace.fresh_name("class") == "class_"
    assert workspace.fresh_name("A") == workspace.fresh_name("Ａ") == "A1"
    assert workspace.fresh_name("权重") == "权重"


def test_a_creation_that_torch_refuses() -> None:
    with pytest.raises(OpError) as refused:
        Workspace().create("A", Definition("arange", {"end": 12}, shape=(5, 5)))
    assert "invalid for input of size 12" in refused.value.detail


ODD = (
    -3,
    300,
    0,
    1,
    True,
    False,
    0.5,
    -0.0,
    1e300,
    float("inf"),
    float("nan"),
    1 + 2j,
    2**31,
    2**63,
    2**64 - 1,
    -(2**63),
)
FILLS = (
    *(Definition("full", {"size": size, "fill_value": value}) for value in ODD for size in ((3,), (), (2, 0))),
    Definition("zeros", {"size": (3,)}),
    Definition("ones", {"size": (2, 2)}),
    Definition("empty", {"size": (0,)}),
    Definition("eye", {"n": 3}),
    Definition("eye", {"n": 2, "m": 3}),
    Definition("eye", {"n": 3, "m": None}),
    Definition("arange", {"end": 5}),
    Definition("arange", {"start": 5, "end": -5, "step": -2}),
    Definition("arange", {"start": -1.5, "end": 2, "step": 0.5}),
    Definition("arange", {"start": 2**62, "end": 2**62 + 3}),
    Definition("arange", {"end": 12}, shape=(3, 4)),
    Definition("linspace", {"start": -3, "end": 300, "steps": 4}),
    Definition("rand", {"size": (3,)}, seed=3),
    Definition("randn", {"size": (3,)}, seed=3),
    Definition("randint", {"low": -3, "high": 300, "size": (3,)}, seed=3),
    Definition.typed(torch.tensor([0, 1, 200], dtype=torch.uint8)),
    Definition.typed(torch.tensor([0.5, -0.0, float("nan"), float("inf")], dtype=torch.float64)),
    Definition.typed(torch.tensor([1 + 2j, complex("nan")])),
    Definition.typed(torch.tensor([2**64 - 1], dtype=torch.uint64)),
)


@pytest.mark.filterwarnings("ignore::UserWarning")  # of torch, as often as it has been told to warn
@pytest.mark.parametrize("dtype", [None, *ALL_DTYPES], ids=str)
def test_the_code_of_an_array_makes_the_same_array(dtype: torch.dtype | None) -> None:
    """As NumPy 2 runs it, without a warning; a fill that torch refuses has no code."""
    for fill in FILLS:
        creation = replace(fill, dtype=dtype)
        try:
            workspace = Workspace().create("n", creation, array=True)
        except OpError:
            continue
        made = workspace["n"].array()
        again = rerun(workspace)["n"]
        assert isinstance(again, np.ndarray), creation
        assert (again.dtype, again.shape, again.tobytes()) == (made.dtype, made.shape, made.tobytes()), creation
        assert workspace["n"].tensor().dtype == workspace["n"].dtype
