"""An entry may be called anything: with another name all that is told and shown of it is the same but for that."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest

from explorer import ops
from explorer.ops import OPERATIONS, Op
from explorer.session import drafting
from explorer.workspace import Definition, Workspace
from tests.ops.test_odd_values import SOAK
from tests.recording.catalogue import told
from tests.recording.drafts import SHELF
from tests.recording.drafts import told as foretold

from .cases import Case, every

MARK, MOST = "zz_", 12
BEFORE = tuple(OPERATIONS.values())


def cases() -> list[Case]:
    """One run of each entry, with as many cells as are quickly looked at; all of them where there is time."""
    ordered = sorted(every(), key=size)
    return ordered if SOAK else list({case.op: case for case in ordered if size(case) <= MOST}.values())


def size(case: Case) -> int:
    return sum(getattr(x, "numel", int)() for x in case.operands)


def renamed(op: Op) -> Op:
    return replace(op, name=MARK + op.name, function=op.function or op.name)


def rename(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry has another name, and none the one that it had."""
    for mapping in (ops._catalog, ops._writes, ops._operations):
        entries = [renamed(op) for op in mapping.values()]
        for name in [*mapping]:
            monkeypatch.delitem(mapping, name)
        for op in entries:
            monkeypatch.setitem(mapping, op.name, op)


def plain(lines: list[str]) -> list[str]:
    return [line.replace(MARK, "") for line in lines]


@pytest.mark.parametrize("case", cases(), ids=str)
def test_what_is_shown_and_told_is_the_same(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = told(case)
    rename(monkeypatch)
    now = replace(case, op=MARK + case.op)
    assert case.op not in OPERATIONS
    assert plain(told(now)) == usual
    op = OPERATIONS[now.op]
    was = next(x for x in BEFORE if x.name == case.op)
    assert op.dependence(case.arguments) == was.dependence(case.arguments)
    assert op.results_of(case.arguments) == was.results_of(case.arguments)
    if not op.creates:
        one, other = (x.trace(case.operands, case.arguments) for x in (op, was))
        assert (one.shapes, one.axes) == (other.shapes, other.axes)
        for cell in list(cells(one.shapes[0]))[:12]:
            assert (one.sources(cell), one.controls(cell)) == (other.sources(cell), other.controls(cell))


def cells(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    return chain([()]) if not shape else ((k, *rest) for k in range(shape[0]) for rest in cells(shape[1:]))


def drafts(workspace: Workspace, names: tuple[str, ...] = ("A", "B", "G")) -> dict[str, list[str]]:
    """What drafts begin with, what is foretold of them, and how they are refused."""
    found = {}
    for op in OPERATIONS.values():
        for name in names if not op.creates else ():
            draft = drafting.begun(op, workspace, name, None, "cpu")
            found[f"{op.name} {name}".replace(MARK, "")] = [str(draft.operands), str(dict(draft.arguments))]
            found[f"{op.name} {name}".replace(MARK, "")] += plain(foretold(draft, workspace))
    return found


def test_drafts_begin_and_are_refused_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace()
    for name, values in SHELF.items():
        workspace = workspace.create(name, Definition.typed(values))
    usual = drafts(workspace)
    rename(monkeypatch)
    assert drafts(workspace) == usual
