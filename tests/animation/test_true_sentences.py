"""Every sentence of arithmetic of the whole catalogue is true as it is printed, whatever the dtype."""

import copy
import os
import random
import warnings
from typing import Any

import pytest
import torch

from explorer.animation.arithmetic import Arithmetic
from explorer.animation.compose import arithmetic_of
from explorer.animation.play import Run
from explorer.errors import OpError
from explorer.messages import Message
from explorer.numbers.dtype_names import NAMES, dtype_of
from explorer.ops import OPERATIONS, Call
from explorer.ops.provenance import unravel

from .cases import Case, every
from .true_sentences import Truth

ROUNDS = int(os.environ.get("SOAK_SENTENCES", "0"))  # of all cases; 0: of one case of each operation
FRACTIONS = (0.0, 1.0, -1.0, 0.5, 1 / 3, -2 / 3, 0.1, 0.2, 0.3, 7.0, -3.25, 12345.678, 1e-5, -100.0, 2.5, 1e8, 400.0)
WHOLE = (0, 1, -1, 2, 3, 7, -5, 10, 99, 100, 127, 200, 255, 12345, -128, 2**31 - 1, 3_000_000_000, -(2**61), 2**63 - 1)
CASES: dict[str, list[Case]] = {}
for case in every():
    CASES.setdefault(case.op, []).append(case)


def filled(shape: tuple[int, ...], dtype: torch.dtype, chance: random.Random) -> torch.Tensor:
    """Numbers that round, wrap, meet themselves, or need many digits."""
    count = max(torch.Size(shape).numel(), 1)
    if dtype == torch.bool:
        cells: list[Any] = [chance.random() < 0.5 for _ in range(count)]
    elif dtype.is_complex:
        cells = [complex(chance.choice(FRACTIONS), chance.choice(FRACTIONS)) for _ in range(count)]
        return torch.tensor(cells, dtype=torch.complex128)[: torch.Size(shape).numel()].reshape(shape).to(dtype)
    elif dtype.is_floating_point:
        cells = [chance.choice(FRACTIONS) for _ in range(count)]
        return torch.tensor(cells, dtype=torch.float64)[: torch.Size(shape).numel()].reshape(shape).to(dtype)
    else:
        info = torch.iinfo(dtype)
        fit = [x for x in WHOLE if info.min <= x <= info.max]
        small = [x for x in fit if abs(x) < 11]
        cells = [chance.choice(fit if chance.random() < 0.4 else small) for _ in range(count)]
    return torch.tensor(cells, dtype=dtype)[: torch.Size(shape).numel()].reshape(shape)


def varied(case: Case, dtype: torch.dtype, chance: random.Random) -> Case:
    """The same call on other numbers: of one dtype, or now and then of another one in the second place."""
    other = dtype_of(chance.choice(NAMES)) if chance.random() < 0.2 else dtype
    kinds = [dtype, other]
    operands = tuple(
        filled(tuple(x.shape), kinds[min(k, 1)], chance) if isinstance(x, torch.Tensor) and x.is_floating_point() else x
        for k, x in enumerate(case.operands)
    )
    return Case(case.op, operands, case.arguments)


def story_of(case: Case) -> tuple[Arithmetic, tuple[torch.Tensor, ...]] | None:
    """The arithmetic of a run; None where torch refuses it."""
    op = OPERATIONS[case.op]
    try:
        results = case.results
        call = Call(op, case.operands, case.arguments).narrowed()
        names = tuple("ABCDE"[k] if isinstance(x, torch.Tensor) else str(x) for k, x in enumerate(case.given))
        made = names[:1] if op.writes else tuple("RSTUVWXYZ"[: len(results)])
        run = Run(call, names, results, made)
        return arithmetic_of(run, call.trace(), call.stages()), results
    except OpError:
        return None


def lies(case: Case, chance: random.Random) -> list[str]:
    """What is false in the sentences about some cells of the results."""
    found = story_of(case)
    if found is None:
        return []
    story, results = found
    wrong = []
    for number, result in enumerate(results[:2]):
        for flat in sorted(chance.sample(range(result.numel()), min(result.numel(), 3))):
            for share in (1.0, 0.4):
                sentence = story.told((story.operands + number, flat), share)
                if isinstance(sentence, Message):
                    continue
                truth = Truth(story, unravel(flat, tuple(result.shape)), number)
                try:
                    wrong += [f"{part}   in   {sentence}" for part in truth.of(sentence)]
                except Exception as fault:  # what cannot be read is no true sentence
                    wrong.append(f"{type(fault).__name__} {fault}   in   {sentence}")
    return wrong


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_true(name: str) -> None:
    dtype, wrong = dtype_of(name), []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for round_ in range(max(ROUNDS, 1)):
            chance = random.Random(f"{name} {round_}")
            for cases in CASES.values():
                for case in cases if ROUNDS else [chance.choice(cases)]:
                    told = varied(case, dtype, chance)
                    wrong += [f"{told.op}: {lie}" for lie in lies(copy.copy(told), chance)]
    assert not wrong, "\n".join(["", *wrong[:40], f"{len(wrong)} in all"])


A, B = torch.tensor([1.0, 2.0, 0.1]), torch.tensor([4.0, 5.0, 0.7])


@pytest.mark.parametrize(("name", "sentence", "true"), [
    ("add", "R[0] = A[0]+B[0] = 1+4 = 5", True),
    ("add", "R[0] = A[0]+B[0] = 1+4 = 6", False),
    ("add", "R[0] = A[0]+B[0] = 1+3 = 5", False),
    ("add", "R[0] = A[0]+B[1] = 1+5 = 6", False),
    ("add", "R[0] = A[0]-B[0] = 1-4 = -3", False),
    ("add", "R[0] = A[0]+B[0] = 1+4.0001 ≈ 5", False),
    ("add", "A[0]+B[0] = 1+4 = 5 → R[0] = 5", False),
    ("add", "R[0] = A[0]+B[0] = 1+4 ≈ 5.01", False),
    ("sum", "R = A[0] + A[1] + A[2] = 1 + 2 + 0.1 = 3.1", True),
    ("sum", "R = A[0] + A[1] + A[2] = 1 + 2 + 0.1 ≈ 3.1", True),
    ("sum", "R = A[0] + A[1] + A[2] = 1 + 2 + 0.1 = 3.10001", False),
    ("sum", "R = A[0] + A[1] = 1 + 2 = 3", False),
    ("div", "R[0] = A[0]÷B[0] = 1÷4 = 0.25", True),
    ("div", "R[0] = A[0]÷B[0] = 1÷4 = 0.2", False),
    ("div", "R[0] = A[0]÷B[0] = 1÷4 ≈ 0.3", True),
    ("div", "R[0] = A[0]÷B[0] = 1÷4 ≈ 0.21", False),
])  # fmt: skip
def test_the_reader_finds_what_is_false(name: str, sentence: str, true: bool) -> None:
    found = story_of(Case(name, (A,) if name == "sum" else (A, B), {"dim": 0} if name == "sum" else {}))
    assert found is not None
    assert (not Truth(found[0], () if name == "sum" else (0,)).of(sentence)) == true
