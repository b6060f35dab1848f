"""Properties of the animations of all operations: they end at torch's result, move smoothly and depend on t alone.

Each run is framed once, and all checks look at these frames. What is costly to see (every moment twice, and very small
steps in time) is looked at for one run of each operation and one of each kind of operands, or of all (make fuzz).
"""

import random
import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pytest
import torch

from explorer.animation import cell_numbers
from explorer.animation.animation import LONGEST
from explorer.animation.frame import TRUTH, Frame, Look
from explorer.animation.plane_layout import ravel
from explorer.ops import OPERATIONS, Family
from tests.ops.cases import DEEP

from .cases import Case, every

MOMENTS = [k / 16 for k in range(17)]
FEW = [k / 4 for k in range(5)]


def typical(cases: list[Case]) -> list[Case]:
    """The first one of each operation, and of each kind of operands and arguments that its family takes."""
    found: dict[object, Case] = {}
    for case in cases:
        op = OPERATIONS[case.op]
        found.setdefault(case.op, case)
        ranks = tuple(getattr(x, "ndim", None) for x in case.given)
        found.setdefault((op.family, op.writes, ranks, tuple(case.arguments)), case)
    return list(found.values())


CASES = every()
CLOSELY = {id(case) for case in (CASES if DEEP else typical(CASES))}


class Run:
    """A case, its animation, and its frames, each made once."""

    def __init__(self, case: Case) -> None:
        self.case, self.animation, self.results = case, case.animation(), case.results
        self.moments = MOMENTS if id(case) in CLOSELY else FEW

    @cached_property
    def frames(self) -> dict[float, Frame]:
        return {t: self.animation.frame(t) for t in self.moments}

    @property
    def last(self) -> Frame:
        return self.frames[1.0]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_animation_is(case: Case, subtests: pytest.Subtests) -> None:
    run = Run(case)
    for check in (*CHECKS, *(CLOSE_CHECKS if id(case) in CLOSELY else ())):
        with subtests.test(check.__name__):
            check(run)


def alike(own: Sequence[str], values: Sequence[float], texts: Sequence[str]) -> list[str]:
    """What has to stand in cells where `texts` do: their `own` texts, with the places that all of `texts` have where
    what stood there before the end needed more or had room for fewer."""
    places = {len(text.partition(".")[2]) for text in texts if re.fullmatch(r"-?\d+\.\d+", text)}
    if len(places) != 1:
        return list(own)
    fixed = [f"{value:.{min(places)}f}" for value in values]
    nothing = [text.strip("-0.") == "" and value != 0 for text, value in zip(fixed, values, strict=True)]
    written = ["≈0" if none else text for text, none in zip(fixed, nothing, strict=True)]
    return [one if np.isfinite(value) else text for one, value, text in zip(written, values, own, strict=True)]


def shown(frame: Frame, tensor: int) -> dict[int, tuple[float, str]]:
    """Values and texts of a tensor's cells, the uppermost ones."""
    out: dict[int, tuple[float, str]] = {}
    for group in frame.cells:
        if group.tensor == tensor and group.cell is not None:
            texts = group.texts or ("",) * len(group.x)
            opacity = np.broadcast_to(group.opacity, group.x.shape).tolist()
            for flat, value, text, seen in zip(group.cell.tolist(), group.values.tolist(), texts, opacity, strict=True):
                if seen > 0.5:
                    out[flat] = (value, text)
    return out


def the_last_frame_is_torchs_result(run: Run) -> None:
    animation, last = run.animation, run.last
    for number, (mine, result) in enumerate(zip(animation.results, run.results, strict=True)):
        torch.testing.assert_close(mine, result, rtol=0, atol=0, equal_nan=True)
        cells = shown(last, animation.operands + number)
        flats = ravel(animation.kept[animation.operands + number], tuple(result.shape)).tolist()
        assert sorted(cells) == flats
        values, texts = cell_numbers.floats(result).tolist(), cell_numbers.texts(result)
        assert str([cells[f][0] for f in flats]) == str([values[f] for f in flats])
        read = [cells[f][1] for f in flats]
        assert read == alike([texts[f] for f in flats], [values[f] for f in flats], read)


def frames_are_sound(run: Run) -> None:
    for frame in run.frames.values():
        x0, y0, x1, y1 = frame.bounds
        assert np.isfinite(frame.bounds).all()
        assert sum(len(c.x) for c in frame.cells) <= 4096
        for group in frame.cells:
            assert np.isfinite(group.x).all()
            assert np.isfinite(group.y).all()
            assert len(group.x) == len(group.y) == len(group.values)
            assert group.texts == () or len(group.texts) == len(group.x)
            assert group.cell is None or len(group.cell) == len(group.x)
            assert group.scale == TRUTH or 0 <= group.scale < len(frame.scales)
            assert ((group.x >= x0 - 0.7) & (group.x + group.width <= x1 + 0.7)).all()
            assert ((group.y >= y0 - 0.7) & (group.y + group.height <= y1 + 0.7)).all()
            assert (np.asarray(group.opacity) <= 1.0).all()
            assert (np.asarray(group.opacity) >= 0.0).all()


def a_tensor_has_one_scale_and_a_mask_its_own(run: Run) -> None:
    case, animation, last = run.case, run.animation, run.last
    found = {k: {c.scale for c in last.cells if c.tensor == k and len(c.x)} for k in range(len(animation.tensors))}
    assert all(len(scales) <= 1 for scales in found.values())
    masks = [getattr(x, "dtype", None) == torch.bool for x in (*case.given, *animation.results)]
    for k, mask in enumerate(masks):
        if found[k] and not all(masks):
            assert (found[k] == {TRUTH}) == mask
    written = case.operands and animation.tensors[0].name == animation.tensors[animation.operands].name
    if written and found[0]:
        assert found[0] == found[animation.operands]


def a_scale_that_bears_the_name_of_a_result_is_just_its_own(run: Run) -> None:
    animation, last = run.animation, run.last
    for scale in last.scales:
        if scale.title == animation.tensors[animation.operands].name:
            values = cell_numbers.floats(run.results[0])
            values = values[np.isfinite(values)]  # a power may be nan
            assert (scale.lo, scale.hi) == (values.min(), values.max())
    assert len(last.scales) == len(run.frames[0.5].scales)
    for frame in run.frames.values():
        for group in frame.cells:
            if group.scale != TRUTH and group.look is Look.VALUE:
                finite = group.values[np.isfinite(group.values)]
                scale = frame.scales[group.scale]
                assert ((finite >= scale.lo) & (finite <= scale.hi)).all()


def what_moves_keeps_its_colour(run: Run) -> None:
    if OPERATIONS[run.case.op].family is Family.MOVEMENT:
        assert len(run.animation.scales) == 1


def time_is_an_argument(run: Run) -> None:
    again = run.case.animation()
    moments = MOMENTS[:]
    first = {t: told_apart(frame) for t, frame in run.frames.items()}
    random.Random(0).shuffle(moments)
    for t in moments:
        assert told_apart(again.frame(t)) == first[t]


def told_apart(frame: Frame) -> list[object]:
    """Everything in a frame, so that it can be compared."""
    cells = [
        (c.x.tolist(), c.y.tolist(), str(c.values.tolist()), c.texts, c.look, np.asarray(c.opacity).tolist(), c.scale)
        for c in frame.cells
    ]
    return [cells, frame.brackets, frame.outlines, frame.arrows, [repr(x) for x in frame.labels], frame.headings]


def nothing_jumps(run: Run) -> None:
    animation = run.animation
    soon = 1e-3 * min(1.0, LONGEST / sum(beat.seconds for beat in animation.beats))  # a long story is told faster
    for t in [k / 40 for k in range(40)] + [animation.time_of(k) for k in range(len(animation.steps) - 1)]:
        before, after = places(animation.frame(t)), places(animation.frame(min(t + soon, 1.0)))
        for cell in before.keys() & after.keys():
            nearest = min(np.hypot(a - c, b - d) for a, b in before[cell] for c, d in after[cell])
            assert nearest < 0.5, (t, cell)


def places(frame: Frame) -> dict[tuple[int, int], list[tuple[float, float]]]:
    """Where the cells of the tensors stand."""
    out: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for group in frame.cells:
        if group.cell is not None:
            opacity = np.broadcast_to(group.opacity, group.x.shape).tolist()
            for flat, x, y, seen in zip(group.cell.tolist(), group.x.tolist(), group.y.tolist(), opacity, strict=True):
                if seen > 0.05:
                    out.setdefault((group.tensor, flat), []).append((x, y))
    return out


def it_starts_at_rest(run: Run) -> None:
    case, animation = run.case, run.animation
    first = run.frames[0.0]
    assert not any(c.above for c in first.cells)
    assert not first.arrows
    seen = {k for k in range(animation.operands) if shown(first, k)}
    assert seen == {k for k, x in enumerate(case.given) if 0 not in getattr(x, "shape", ())}


def steps_and_captions(run: Run) -> None:
    animation = run.animation
    assert len(animation.transcript) == len(animation.steps) > 0
    assert 0 < animation.duration <= 10.001
    ends = [animation.time_of(k) for k in range(len(animation.steps))]
    assert ends == sorted(set(ends))
    assert ends[-1] == 1.0
    for k, end in enumerate(ends):
        assert animation.step_at(end) == k
    for caption in animation.transcript:
        assert str(caption)
        assert "{" not in str(caption)


def focus_and_arithmetic(run: Run) -> None:
    animation = run.animation
    for tensor, about in enumerate(animation.tensors):
        if 0 in about.shape:
            continue
        frame = animation.frame(1.0, focus=(tensor, 0))
        gone = not any(c.tensor == tensor and c.cell is not None and 0 in c.cell for c in frame.cells)
        over = gone and tensor < animation.operands and about == animation.tensors[animation.operands]
        assert frame.focus[0] == (animation.operands if over else tensor, 0)
        sentence = animation.arithmetic(1.0, (tensor, 0))
        assert sentence == "" or any(sign in str(sentence) for sign in (" = ", " ≈ ", " stays "))


def hues_pair_a_result_cell_with_its_sources(run: Run) -> None:
    animation = run.animation
    assert animation.provenance is not None
    hue: dict[tuple[int, int], int] = {}
    for group in animation.frame(1.0, hues=True).cells:
        if group.hues is not None and group.cell is not None:
            hue |= {(group.tensor, f): h for f, h in zip(group.cell.tolist(), group.hues.tolist(), strict=True)}
    if len(run.results) > 1:
        return
    result = animation.tensors[animation.operands]
    for flat in range(int(np.prod(result.shape))):
        for place in animation.related((animation.operands, flat))[1:]:
            if hue.get(place, -1) >= 0:
                assert hue[place] == hue[animation.operands, flat]


def only_results_and_operands_have_cells(run: Run) -> None:
    animation = run.animation
    for frame in run.frames.values():
        for group in frame.cells:
            assert group.tensor < len(animation.tensors)
            if group.look is Look.GHOST:
                assert group.tensor == -1


CHECKS = (
    the_last_frame_is_torchs_result,
    frames_are_sound,
    a_tensor_has_one_scale_and_a_mask_its_own,
    a_scale_that_bears_the_name_of_a_result_is_just_its_own,
    what_moves_keeps_its_colour,
    it_starts_at_rest,
    steps_and_captions,
    focus_and_arithmetic,
    hues_pair_a_result_cell_with_its_sources,
    only_results_and_operands_have_cells,
)
CLOSE_CHECKS = (time_is_an_argument, nothing_jumps)
