"""What is offered where torch refuses a draft: it runs, it is what the code says, and it is mostly what was meant."""

import os
import random
from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import Any

import hypothesis
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import OpError
from explorer.ops import OPERATIONS, Op
from explorer.ops.calls import silent
from explorer.session import drafting, staging
from explorer.session.draft import Draft
from explorer.session.repairs import Repair, drafted, repairs
from explorer.workspace import Definition, Workspace
from tests.drafts import drafted as draft_of
from tests.ops.cases import RARE, WITH_OPERANDS, accepted, cases, sizes, some_sizes, torch_may_warn
from tests.session.breaking import Broken, any_refusal, drafts, refused

CASES = int(os.environ.get("SOAK_REPAIRS", "2"))  # valid calls of each entry; `make soak` has more
OF_ONE = 2  # mistakes in one call
EASY = ("another device", "left out")  # which are possible with nearly every call, and hide the others


def results(repair: Repair, broken: Draft, workspace: Workspace) -> tuple[torch.Tensor, ...]:
    """What a repair gives once it is carried out: steps of the program, and a draft that torch takes."""
    draft, made = drafted(repair, broken, workspace)
    draft = drafting.foretold(draft, made)
    assert draft.error is None, (repair.code, draft.error)
    assert draft.forecasts == repair.forecasts or draft.copies
    moved = dict(draft.copies)
    operands = [made[x].tensor().to(moved.get(x, made[x].device)) if isinstance(x, str) else x for x in draft.operands]
    with silent(), torch_may_warn():
        outcome = draft.op.run(staging.apart(operands) if draft.op.writes else operands, draft.arguments)
    return outcome if isinstance(outcome, tuple) else (outcome,)


def evaluated(repair: Repair, workspace: Workspace) -> Any:
    """The code of a repair, as Python runs it."""
    names = {item.name: item.tensor().clone() for item in workspace.items}
    with torch_may_warn():
        return eval(repair.code, {"torch": torch, **names})


def alike(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Whether two have equal values, whatever their dtypes."""
    if a.shape != b.shape or "meta" in (a.device.type, b.device.type):
        return a.shape == b.shape
    wide = (x.to(torch.complex128) for x in (a, b))
    return torch.allclose(*wide, rtol=1e-3, atol=1e-3, equal_nan=True)


def check(broken: Broken) -> bool:
    """Whether what was meant is among the repairs; all of them run, and give what their code gives."""
    found = repairs(broken.draft, broken.workspace)
    assert len(found) <= 3
    assert len({repair.code for repair in found}) == len(found)
    meant = False
    for repair in found:
        given = results(repair, broken.draft, broken.workspace)
        assert [(tuple(x.shape), x.dtype) for x in given] == [(f.shape, f.dtype) for f in repair.forecasts], broken
        if not broken.draft.op.keyed and not any(x.device.type == "meta" for x in given):
            said = evaluated(repair, broken.workspace)
            assert all(map(alike, said if isinstance(said, tuple | list) else (said,), given)), (broken, repair.code)
        meant = meant or (len(given) == len(broken.right) and all(map(alike, given, broken.right)))
    return meant


def test_what_was_meant_is_nearly_always_among_three_repairs() -> None:
    tally: dict[str, list[bool]] = defaultdict(list)

    def examine(op: Op) -> None:
        @hypothesis.settings(
            max_examples=CASES,
            database=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @given(data=st.data(), seed=st.integers(0, 2**32))
        def look(data: st.DataObject, seed: int) -> None:
            with torch_may_warn():
                case = data.draw(accepted(op, torch.float32, sizes if seed % 4 == 0 else some_sizes, 3))
                wrong = (
                    x for x in drafts(case, random.Random(f"{op.name}{seed}")) if seed % 4 == 1 or x.kind not in EASY
                )
                for broken in islice(wrong, OF_ONE):
                    tally[broken.kind].append(check(broken))

        look()

    for op in WITH_OPERANDS:
        examine(op)
    found = [meant for kind in tally.values() for meant in kind]
    print({kind: f"{sum(kept)} of {len(kept)}" for kind, kept in tally.items()}, sum(found) / len(found))
    assert len(found) >= 100
    assert len(tally) > 10
    assert sum(found) >= 0.9 * len(found)


def test_what_is_offered_for_any_refusal_runs() -> None:
    offered: list[bool] = []

    def examine(op: Op) -> None:
        @hypothesis.settings(
            max_examples=CASES + 1,
            database=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @given(data=st.data())
        def look(data: st.DataObject) -> None:
            case = data.draw(cases(op))
            rare = any(x.dtype in RARE for x in case.tensors)
            broken = None if rare else any_refusal(case)
            if broken is not None:
                check(broken)
                offered.append(bool(repairs(broken.draft, broken.workspace)))

        look()

    for op in WITH_OPERANDS:
        examine(op)
    print(f"{sum(offered)} of {len(offered)}")
    assert len(offered) >= 30
    assert sum(offered) >= 0.8 * len(offered)


def shelf(**tensors: torch.Tensor) -> Workspace:
    found = Workspace()
    for name, tensor in tensors.items():
        found = found.create(name, Definition.typed(tensor))
    return found


A, F = torch.arange(12).reshape(3, 4), torch.arange(12.0).reshape(3, 4)
W, B = torch.ones(4, 2), torch.ones(3)
INDEX, MASK = torch.tensor([0, 5, 1, 0]), torch.tensor([True, False, True])


@pytest.mark.parametrize(
    ("op", "operands", "arguments", "codes"),
    [
        ("mean", ("A",), {"dim": 0}, ("A.float().mean(dim=0)", "A.double().mean(dim=0)")),  # a dtype
        ("softmax", ("A",), {"dim": 1}, ("A.float().softmax(dim=1)",)),
        ("matmul", ("A", "W"), {}, ("A.float() @ W",)),
        ("matmul", ("W", "F"), {}, ("F @ W",)),  # shapes
        ("matmul", ("F", "F"), {}, ("F.T @ F", "F @ F.T")),
        ("mul", ("F", "W"), {}, ("F @ W",)),
        ("mul", ("F", "B"), {}, ("F * B.unsqueeze(dim=1)",)),
        ("cat", ("F", "W"), {"dim": 0}, ("torch.cat([F, W.T], dim=0)",)),
        ("dot", ("F", "W"), {}, ("F @ W",)),
        ("reshape", ("A",), {"shape": (5, 3)}, ("A.reshape(4, 3)",)),
        ("expand", ("B",), {"size": (3, 4)}, ("B.unsqueeze(dim=1).expand(3, 4)",)),
        (
            "einsum",
            ("F", "F"),
            {"equation": "ij,jk->ik"},
            ("torch.einsum('ji,jk->ik', F, F)", "torch.einsum('ij,jk->ik', F, W)"),
        ),
        ("masked_fill", ("F", "MASK", 0), {}, ("F.masked_fill(MASK.unsqueeze(dim=1), 0)",)),
        ("sum", ("A",), {"dim": 2}, ("A.sum(dim=1)", "A.sum(dim=0)")),  # an axis
        ("sum", ("A",), {"dim": (1, 2)}, ("A.sum(dim=(0, 1))",)),
        ("prod", ("F",), {"keepdim": True}, ("F.prod()", "F.prod(dim=0, keepdim=True)")),
        ("permute", ("A",), {"dims": (1, 2)}, ("A.permute(0, 1)",)),
        ("__getitem__", ("A",), {"key": (3,)}, ("A[2]",)),
        ("__getitem__", ("A",), {"key": (slice(None, None, -1),)}, ("A.flip(0)",)),
        ("gather", ("B", "INDEX"), {"dim": 0}, ("B.gather(0, INDEX.clamp(min=0, max=2))",)),
        ("add_", ("A", 0.5), {}, ("A + 0.5",)),  # in place
        ("add_", ("B", "F"), {}, ("B.unsqueeze(dim=1) + F",)),
        ("pow", ("A", -1), {}, ("A.float() ** (-1)",)),  # values
        ("floor_divide", ("A", 0), {}, ("A.float() // 0", "A // 1")),
        ("to", ("A",), {}, ("A.float()",)),  # what is missing
        ("masked_fill", ("F", None, 0), {}, ("F.masked_fill(F > 0, 0)",)),
    ],
)
def test_what_is_offered(op: str, operands: Any, arguments: Any, codes: tuple[str, ...]) -> None:
    workspace = shelf(A=A, F=F, W=W, B=B, INDEX=INDEX, MASK=MASK)
    told = refused(draft_of(op, operands, arguments), workspace)
    assert told is not None
    offered = [repair.code for repair in repairs(told, workspace)]
    assert [code for code in codes if code not in offered] == [], offered


def test_views_that_cannot_be_are_copied() -> None:
    workspace = shelf(F=F).operate("T", ("F",), {}, ("V",))
    told = refused(draft_of("view", ("V",), {"size": (12,)}), workspace)
    assert told is not None
    assert [r.code for r in repairs(told, workspace)][:2] == ["V.reshape(12)", "V.contiguous().view(12)"]


def test_stretched_memory_is_not_written_to() -> None:
    workspace = shelf(B=B).operate("expand", ("B",), {"size": (4, 3)}, ("V",))
    told = refused(draft_of("add_", ("V", 1)), workspace)
    assert told is not None
    assert [r.code for r in repairs(told, workspace)][:2] == ["V + 1", "V.contiguous().add_(1)"]


def test_leaves_and_their_views_are_not_written_to() -> None:
    workspace = shelf(B=B).require_grad("B").index("B", (0,), "V")
    for name in ("B", "V"):
        draft = drafting.foretold(draft_of("add_", (name, 1)), workspace)
        if draft.error is None:  # only the recorded program shows that it is refused
            with pytest.raises(OpError) as refusal:
                workspace.perform(draft.call)
            draft = replace(draft, error=refusal.value)
        offered = repairs(draft, workspace)
        assert [r.code for r in offered][:2] == [f"{name} + 1", f"{name}.clone().add_(1)"]
        for repair in offered:
            made, there = drafted(repair, draft, workspace)
            there.perform(made.call, () if made.op.writes else ("N",))


def test_what_has_no_values_meets_its_like() -> None:
    workspace = shelf(F=F).create("m", Definition("zeros", {"size": (3, 4)}, device="meta"))
    told = refused(draft_of("add", ("m", "F")), workspace)
    assert told is not None
    first = repairs(told, workspace)[0]
    assert first.code == "m + F.to(device='meta')"
    assert results(first, told, workspace)[0].device.type == "meta"


def test_a_repair_is_carried_out_as_steps() -> None:
    workspace = shelf(A=A)
    told = refused(draft_of("mean", ("A",), {"dim": 0}), workspace)
    assert told is not None
    draft, made = drafted(repairs(told, workspace)[0], told, workspace)
    assert made.names == ("A", "A_float")
    assert made.steps[-1].source() == "A_float = A.to(dtype=torch.float32)"
    assert drafting.title(draft) == "A_float.mean(dim=0)"


def test_large_operands_are_not_computed() -> None:
    workspace = Workspace().create("L", Definition("zeros", {"size": (2**14, 2**10)}, torch.int64))
    told = refused(draft_of("mean", ("L",), {"dim": 0}), workspace)
    assert told is not None
    found = repairs(told, workspace)
    assert [r.code for r in found][:2] == ["L.float().mean(dim=0)", "L.double().mean(dim=0)"]
    assert found[0].forecasts[0].shape == (2**10,)


@pytest.mark.parametrize("op", ["index_put", "where", "gather", "matmul", "div", "scatter"])
def test_nothing_is_asked_of_torch_where_operands_are_missing(op: str) -> None:
    workspace = shelf(A=A, F=F, INDEX=INDEX, MASK=MASK)
    entry = OPERATIONS[op]
    operands = tuple("F" if k == entry.subject else None for k in range(len(entry.operands)))
    told = refused(draft_of(op, operands, {p.name: p.default for p in entry.parameters}), workspace)
    assert told is not None
    for repair in repairs(told, workspace):
        results(repair, told, workspace)
