"""Every in-place method of torch through the workspace: as in plain Python, or refused."""

import pytest
import torch

from explorer.errors import OpError
from explorer.ops.methods import in_place, method
from explorer.workspace import Definition, Workspace
from explorer.workspace.steps import Operate
from tests.workspace.plain import Refused, agree, execute, line_of, looks
from tests.workspace.strategies import FILLS, ONE, TWO, WHOLE

SOURCES = {
    "F": torch.tensor([[0.5, -1.25, 2.0, 3.5], [0.25, 0.75, -0.5, 1.5], [1.0, -3.0, 0.125, 5.0]]),
    "G": torch.tensor([[0.25, 1.5, -2.0, 0.5], [2.0, 0.75, 1.25, -0.25], [3.0, 4.0, 0.5, 1.0]]),
    "P": torch.tensor([[0.25, 0.5, 0.125, 0.75]] * 3),
    "D": torch.tensor([[0.5, -1.5], [2.5, 3.0]], dtype=torch.float64),
    "I": torch.tensor([[7, -3, 2, 9], [1, 0, -8, 4], [5, 6, -1, 3]]),
    "J": torch.tensor([[2, 3, 1, 1], [4, 1, 2, 5], [1, 2, 3, 1]]),
    "U": torch.tensor([200, 7, 0], dtype=torch.uint8),
    "C": torch.tensor([1 + 2j, -0.5j, 3.0]),
    "M": torch.tensor([[True, False, True, False], [False, True, False, False], [True, True, False, True]]),
    "B": torch.tensor([True, False, True, True]),
    "K": torch.tensor([0, 2]),
    "R": torch.tensor([[0, 1, 2, 0], [1, 1, 0, 2]]),
    "Q": torch.arange(8.0).reshape(2, 4),
    "S": torch.tensor(2.5),
    "N": torch.tensor(3),
    "V": torch.arange(4.0),
    "W": torch.tensor([1.0, -1.0, 2.0]),
    "X": torch.arange(9.0).reshape(3, 3) / 4,
    "Y": torch.arange(18.0).reshape(2, 3, 3) / 8,
    "Z": torch.arange(24.0).reshape(2, 3, 4) / 8,
    "O": torch.ones(1, 3, 1),
}
# They need a function, or would change what a tensor is: its memory, its kind, what autograd knows of it.
NO_STEPS = frozenset(
    "apply_ map_ map2_ as_strided_ detach_ requires_grad_ resize_ resize_as_ resize_as_sparse_ set_ share_memory_ "  # noqa: SIM905
    "sparse_resize_ sparse_resize_and_clear_".split()
)
# target, method, operands, arguments: the other forms, and those that are made for something
OTHER = (
    ("D", "float_power_", ("D",), {}),
    ("F", "addbmm_", ("Z", "Z"), {}),
    ("X", "addbmm_", ("Y", "Y"), {"beta": 0.5, "alpha": 2}),
    ("F", "addcdiv_", ("F", "G"), {"value": 0.5}),
    ("F", "addcmul_", ("F", "V"), {"value": -2}),
    ("F", "addmm_", ("X", "F"), {"beta": 2}),
    ("W", "addmv_", ("F", "V"), {"alpha": 3}),
    ("F", "addr_", ("W", "V"), {}),
    ("Y", "baddbmm_", ("Y", "Y"), {"beta": 0}),
    ("I", "bitwise_not_", (), {}),
    ("M", "bitwise_not_", (), {}),
    ("C", "conj_physical_", (), {}),
    ("F", "clamp_", (0, 1), {}),
    ("F", "clamp_", (), {"max": 0.75}),
    ("F", "clamp_", ("V", None), {}),
    ("F", "clamp_", (None, "V"), {}),
    ("F", "clip_", (None, 1.5), {}),
    ("F", "clip_", ("P", "G"), {}),
    ("F", "clamp_min_", (0,), {}),
    ("F", "clamp_min_", ("V",), {}),
    ("F", "clamp_max_", ("G",), {}),
    ("F", "cumsum_", (1,), {}),
    ("F", "cumprod_", (), {"dim": 0}),
    ("F", "div_", ("G",), {"rounding_mode": "trunc"}),
    ("I", "div_", (2,), {"rounding_mode": "floor"}),
    ("I", "div_", (2,), {}),
    ("I", "add_", (0.5,), {}),
    ("F", "fill_diagonal_", (9.0,), {"wrap": True}),
    ("F", "index_add_", (0, "K", "Q"), {"alpha": 2}),
    ("F", "index_copy_", (0, "K", "Q"), {}),
    ("F", "index_fill_", (1, "K", -1.0), {}),
    ("F", "index_fill_", (1, "K", "S"), {}),
    ("F", "index_put_", (("K",), "Q"), {"accumulate": True}),
    ("F", "index_put_", (("K", "K"), "S"), {}),
    ("F", "index_put_", ((None, "K"), 0.0), {}),
    ("F", "index_put_", (("M",), torch.tensor(7.0)), {}),
    ("F", "index_reduce_", (0, "K", "Q"), {"reduce": "amax"}),
    ("F", "index_reduce_", (0, "K", "Q"), {"reduce": "mean", "include_self": False}),
    ("F", "lerp_", ("G", 0.25), {}),
    ("F", "lerp_", ("G", "P"), {}),
    ("F", "masked_fill_", ("M", -1.0), {}),
    ("F", "masked_fill_", ("B", "S"), {}),
    ("F", "masked_scatter_", ("M", "G"), {}),
    ("F", "mvlgamma_", (1,), {}),
    ("F", "nan_to_num_", (), {"nan": 1.0, "posinf": 9.0}),
    ("F", "polygamma_", (1,), {}),
    ("F", "pow_", (3,), {}),
    ("I", "pow_", ("J",), {}),
    ("F", "put_", ("K", "V"), {}),
    ("F", "put_", (torch.tensor([0, 1, 2, 3]), "V"), {"accumulate": True}),
    ("F", "renorm_", (2, 0, 1.0), {}),
    ("F", "round_", (), {"decimals": 1}),
    ("F", "scatter_", (0, "R", "Q"), {}),
    ("F", "scatter_", (0, "R", 7.5), {}),
    ("F", "scatter_", (0, "R", 2.0), {"reduce": "multiply"}),
    ("F", "scatter_add_", (0, "R", "Q"), {}),
    ("F", "scatter_reduce_", (0, "R", "Q"), {"reduce": "prod", "include_self": False}),
    ("F", "squeeze_", (), {}),
    ("O", "squeeze_", (), {}),
    ("O", "squeeze_", (2,), {}),
    ("O", "squeeze_", ((0, 2),), {}),
    ("O", "squeeze_", (), {"dim": 1}),
    ("Z", "swapaxes_", (0, 2), {}),
    ("Z", "swapdims_", (0, 2), {}),
    ("Z", "transpose_", (0, -1), {}),
    ("F", "transpose_", (), {"dim0": 0, "dim1": 1}),
    ("F", "transpose_", (0, 5), {}),
    ("F", "tril_", (), {"diagonal": -1}),
    ("F", "triu_", (1,), {}),
    ("Z", "t_", (), {}),
    ("F", "unsqueeze_", (-1,), {}),
    ("F", "unsqueeze_", (5,), {}),
    ("U", "add_", (100,), {}),
    ("F", "bernoulli_", ("P",), {}),
)


def calls():
    yield from ((target, f"{name}_", (), {}) for name in ONE.split() for target in ("F", "I", "C"))
    pairs = (("F", "G"), ("F", 2), ("I", "J"), ("I", 2), ("F", "S"), ("I", "S"), ("F", "N"), ("C", 2), ("U", "U"))
    yield from ((target, f"{name}_", (other,), {}) for name in TWO.split() for target, other in pairs)
    yield from (
        (target, f"{name}_", (other,), {}) for name in WHOLE.split() for target, other in (("I", "J"), ("M", "M"))
    )
    yield from ((target, name, operands, {}) for name, operands in FILLS for target in ("F", "D", "I", "U"))
    yield from OTHER


@pytest.fixture(scope="module")
def start() -> Workspace:
    workspace = Workspace()
    for name, values in SOURCES.items():
        workspace = workspace.create(name, Definition.typed(values))
    for name in "FIO":
        workspace = workspace.index(name, (..., slice(0, 2)), f"{name}_part")
    return workspace


@pytest.mark.filterwarnings("ignore")
def test_every_method_is_plain_torch(start: Workspace) -> None:
    """The same values, layouts and sharing as its printed line gives in plain Python, or torch's own words."""
    lines = tuple(map(line_of, start.steps))
    before = {item.name: looks(item.tensor()) for item in start.items}
    done, refused = set(), 0
    for target, name, operands, arguments in calls():
        seed = 5 if method(name).seeded else None
        said = {**arguments, "seed": seed}
        line = line_of(Operate(in_place(name, (target, *operands), said if seed else arguments)))
        names, wrong = _executed((*lines, line))
        if wrong:
            with pytest.raises(OpError) as error:
                start.in_place(name, target, operands, arguments, seed)
            assert error.value.detail == wrong, line.text
            refused += 1
        else:
            agree(start.in_place(name, target, operands, arguments, seed), names)
            done.add(name)
        assert looks(start[target].tensor()) == before[target], line.text
    assert done == {x for x in dir(torch.Tensor) if x.endswith("_") and x[0] != "_"} - NO_STEPS
    assert refused > 50


def _executed(lines):
    """What plain Python has after `lines`, or the words in which it refuses one."""
    try:
        return execute(lines), ""
    except Refused as refused:
        return {}, str(refused)


@pytest.mark.parametrize("name", sorted(NO_STEPS | {"abs", "_coalesced_", "__iadd__", "nothing_"}))
def test_what_is_no_step_is_refused(start: Workspace, name: str) -> None:
    with pytest.raises(OpError) as refused:
        start.in_place(name, "F")
    assert str(refused.value.message) == f"{name} is no in-place operation on the values of F."
