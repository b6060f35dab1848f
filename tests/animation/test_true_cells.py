"""What stands in a cell before its value comes to that value: every formula on the picture, whatever the dtype."""

import random
import warnings
from typing import Any

import mpmath
import numpy as np
import pytest
import torch

from explorer.animation.animation import Animation
from explorer.errors import OpError
from explorer.numbers.dtype_names import NAMES, dtype_of
from explorer.numbers.forms import NEARLY_ZERO

from .cases import Case
from .sentence import Node, Reader, units, value
from .test_true_sentences import CASES, ROUNDS, varied
from .true_sentences import near, pieces, step_of

SOME = ("float32", "int64", "bool", "uint8", "complex64", "float16", "uint32", "float8_e4m3fn")
MOMENTS = (0.3, 0.45, 0.6, 0.7, 0.8)


def standing(animation: Animation, step: int, u: float) -> dict[tuple[float, float], str]:
    """The texts by place, the uppermost ones, on one line."""
    found: dict[tuple[float, float], str] = {}
    for group in animation._canvas(step, u).cells:
        opacity = np.broadcast_to(group.opacity, group.x.shape)
        for x, y, text, seen in zip(group.x.tolist(), group.y.tolist(), group.texts or (), opacity, strict=False):
            if seen > 0.6:
                found[round(x, 2), round(y, 2)] = text.replace("\n", "")
    return found


def marked(animation: Animation, step: int) -> set[tuple[float, float]]:
    """The places of cells that bear a sign of what their dtype could not hold."""
    found = set()
    for group in animation._canvas(step, 1.0).cells:
        flats, kinds = animation.marks.get(group.tensor, (np.array([]), np.array([])))
        lost = set(flats[kinds > 0].tolist())
        cells = group.cell.tolist() if group.cell is not None else []
        found |= {
            (round(x, 2), round(y, 2))
            for x, y, c in zip(group.x.tolist(), group.y.tolist(), cells, strict=False)
            if c in lost
        }
    return found


def holds(formula: str, result: str, dtypes: list[torch.dtype]) -> bool:
    """Whether a formula comes to a value as far as both are printed; whole numbers may wrap, others become inf."""
    tree = Reader(formula).read()
    if result == NEARLY_ZERO:  # nothing that a format with at least one place could show
        return bool(abs(value(tree, {})) < 0.06)
    found = Reader(result).read()
    said, printed = value(tree, {}), value(found, {})
    step = max(step_of(torch.empty(0, dtype=kind)) for kind in dtypes)
    long = 3 if step else 5  # a cell has room for so few digits that a fraction may be left out
    cut = any(units(leaf.text, long) for leaf in (*tree.leaves, *found.leaves) if leaf.kind == "number")
    if tree.kind == "pow()":  # of 0 to a power below 0
        return bool(printed == (mpmath.inf if step else 0))
    if isinstance(said, bool) or isinstance(printed, bool):
        return bool(said) == bool(printed)
    if any(x.kind in ("//", "%") for x in pieces(tree)) and cut:
        return True  # a cut digit may be a whole step
    if isinstance(said, mpmath.mpc) and tree.kind.startswith("e^") and any(abs(x) > 1 for x in units_of(tree, long)):
        said, printed = abs(said), abs(printed)  # a cut digit may be a whole turn
    off = spread_of(tree, said, long) + sum(map(abs, units(found.text, long)), mpmath.mpf(0))
    if near(said, printed, off + 8 * step * (abs(mpmath.mpmathify(said)) + largest(tree)) + mpmath.mpf("1e-40")):
        return True
    if not step and mpmath.isfinite(said):  # it may wrap
        ends = [2 ** (8 * kind.itemsize) for kind in dtypes if kind != torch.bool]
        return (cut and abs(said) >= min(ends) * 0.49) or any((int(said) - int(printed)) % end == 0 for end in ends)
    top = max(torch.finfo(kind).max for kind in dtypes if step_of(torch.empty(0, dtype=kind)))
    low = max(torch.finfo(kind).tiny for kind in dtypes if step_of(torch.empty(0, dtype=kind)))
    over = not mpmath.isfinite(printed) or abs(printed) >= top
    return bool(over and abs(mpmath.mpmathify(said)) >= top * 0.9) or bool(
        abs(mpmath.mpmathify(said)) < low and abs(printed) <= low
    )


def largest(tree: Node) -> Any:
    sizes = [abs(mpmath.mpmathify(value(leaf, {}))) for leaf in tree.leaves if leaf.kind == "number"]
    return max([x for x in sizes if mpmath.isfinite(x)], default=mpmath.mpf(0))


def units_of(tree: Node, long: int) -> list[Any]:
    """The halves of the last places of all numbers of a formula that may be cut."""
    return [half for leaf in tree.leaves if leaf.kind == "number" for half in units(leaf.text, long)]


def spread_of(tree: Node, middle: Any, long: int) -> Any:
    """How far a formula may be off as its numbers may be cut."""
    off = mpmath.mpf(0)
    for k, leaf in enumerate(tree.leaves):
        for half in units(leaf.text, long) if leaf.kind == "number" else []:
            moved = [mpmath.mpmathify(value(tree, {}, {k: d})) for d in (half, -half)]
            off += max([abs(x - middle) for x in moved if mpmath.isfinite(x)], default=0)
    return off * mpmath.mpf("1.02")


def lies(animation: Animation, dtypes: list[torch.dtype]) -> list[str]:
    """What is false among the formulas in cells."""
    wrong = []
    for step, beat in enumerate(animation.beats):
        ended, lost = standing(animation, step, 1.0), marked(animation, step)
        formulas: dict[tuple[float, float], str] = {}
        for u in MOMENTS:
            formulas |= {at: text for at, text in standing(animation, step, u).items() if plain(text) and at in ended}
        for at, text in formulas.items():
            if "…" in text or at in lost or ended[at] == text or not ended[at]:
                continue
            try:
                true = holds(text, "".join(c for c in ended[at] if c not in "₀₁₂₃₄₅₆₇₈₉"), dtypes)
            except Exception as fault:
                wrong.append(f"{type(fault).__name__} {fault}: {text} | {ended[at]} in {beat.caption}")
                continue
            if not true:
                wrong.append(f"{text} | {ended[at]} in {beat.caption}")
    return wrong


def plain(text: str) -> bool:
    """Whether it is a formula, and no number."""
    try:
        return text not in ("", NEARLY_ZERO) and bool(Reader(text).read().parts)
    except ValueError:
        return True


@pytest.mark.parametrize("name", NAMES if ROUNDS else SOME)
def test_every_formula_in_a_cell_is_true(name: str) -> None:
    wrong: list[str] = []
    chance = random.Random(f"cells {name}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for cases in CASES.values():
            if not ROUNDS and chance.random() > 0.3:
                continue
            for case in cases if ROUNDS else [chance.choice(cases)]:
                told = varied(case, dtype_of(name), chance)
                try:
                    animation = told.animation()
                except OpError:
                    continue
                kinds = [x.dtype for x in (*told.given, *animation.results) if isinstance(x, torch.Tensor)]
                wrong += [f"{told.op}: {lie}" for lie in lies(animation, kinds)]
    assert not wrong, "\n".join(["", *wrong[:40], f"{len(wrong)} in all"])


T = torch.tensor


@pytest.mark.parametrize(("name", "operands", "formula"), [
    ("eq", (T([0.1]), T([0.1], dtype=torch.float64)), "0.100000001==0.1"),
    ("lt", (T([2**62 + 1]), T([2**62])), "4611686018427387905<4611686018427387904"),
    ("sub", (T([0.1]), T([0.1], dtype=torch.float64)), "0.100000001-0.1"),
    ("ge", (T([0.1], dtype=torch.float16), T([0.1])), "0.099976>=0.1"),
    ("ne", (T([1e16 + 2], dtype=torch.float64), T([10**16])), "10000000000000002!=10000000000000000"),
    ("eq_", (T([0.1], dtype=torch.float64), T([0.1])), "0.1==0.100000001"),
    ("eq", (T([0.1]), T([0.1])), "0.1==0.1"),
    ("pow", (T([-1]), T([2**31 - 1])), "(-1)²¹⁴⁷⁴⁸³⁶⁴⁷"),
    ("pow", (T([0]), T([-1])), "pow(0, -1)"),
    ("mul", (T([1 + 2j]), T([3 - 1j])), "(1+2j)×(3-1j)"),
    ("pow", (T([1 + 2j]), T([2j])), "(1+2j)**(0+2j)"),
])  # fmt: skip
def test_a_formula_tells_numbers_apart_that_differ(name: str, operands: Any, formula: str) -> None:
    animation = Case(name, operands, {}).animation()
    assert formula in standing(animation, len(animation.beats) - 1, 0.4).values()
