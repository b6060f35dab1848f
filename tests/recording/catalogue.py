"""Every operation: its code, its forecast, and what its animation says and shows at nine moments."""

import warnings

from explorer.animation.frame import Frame
from explorer.errors import OpError
from explorer.ops import OPERATIONS
from tests.animation.cases import Case, every

MOMENTS = [k / 8 for k in range(9)]


def recorded() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for case in every():
        name = str(case)
        assert name not in found
        found[name] = told(case)
    return found


def told(case: Case) -> list[str]:
    op = OPERATIONS[case.op]
    names = ["ABCDE"[k] if hasattr(x, "shape") else str(x) for k, x in enumerate(case.operands)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lines = [f"source: {op.source(names, case.arguments)}"]
        try:
            lines.append(f"forecast: {op.forecast(case.operands, case.arguments)}")
        except OpError as error:
            lines.append(f"forecast: {error.message} | {error.detail}")
        animation = case.animation()
    lines += [f"results: {[(tuple(x.shape), x.stride(), str(x.dtype), x.tolist()) for x in animation.results]}"]
    lines += [f"badge: {animation.badge}", f"hidden: {animation.hidden}", f"tensors: {animation.tensors}"]
    lines += [f"step: {step.caption} ({step.seconds:.3f} s, rule={step.rule})" for step in animation.steps]
    for t in MOMENTS:
        lines.append(f"{t}: headline: {animation.headline(t)}")
        frame = animation.frame(t)
        lines += [f"{t}: {line}" for line in seen(frame)]
        for tensor, about in enumerate(animation.tensors):
            count = 1
            for size in about.shape:
                count *= size
            for flat in sorted({0, count // 2, count - 1}) if count else ():
                lines.append(f"{t}: arithmetic of {about.name}[{flat}]: {animation.arithmetic(t, (tensor, flat))}")
                lines.append(f"{t}: related to {about.name}[{flat}]: {animation.related((tensor, flat))}")
    return lines


def seen(frame: Frame) -> list[str]:
    """What stands in the cells, in an order of its own: neither places nor groups count."""
    lines = []
    for group in frame.cells:
        texts = group.texts or ("",) * len(group.x)
        flats = group.cell.tolist() if group.cell is not None else [-1] * len(texts)
        marks = group.marks.tolist() if group.marks is not None else [0] * len(texts)
        for flat, value, text, mark in zip(flats, group.values.tolist(), texts, marks, strict=True):
            lines.append(f"{group.tensor}[{flat}] {group.look} {value:.6g} {text!r} mark={mark}")
    lines.sort()
    headings = [f"heading {h.name} {[(c.number, c.size, c.was) for c in h.chips]} {h.dtype}" for h in frame.headings]
    labels = sorted(f"label {x.role} {x.text}" for x in frame.labels)
    return ["; ".join(lines), *headings, *labels, f"scales {[(s.title, s.lo, s.hi) for s in frame.scales]}"]
