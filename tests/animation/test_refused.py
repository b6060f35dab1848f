"""What a refusal is about is boxed on the picture, and shapes stand as they meet."""

from typing import Any

import pytest
import torch

from explorer.animation.identities import identities
from explorer.animation.refused import Mark, marked, meeting
from explorer.session import drafting, staging
from explorer.session.staged import Staged
from explorer.session.viewpoint import Viewpoint
from explorer.workspace import Definition, Workspace
from tests.drafts import drafted


def workspace() -> Workspace:
    found = Workspace()
    for name, tensor in {
        "A": torch.arange(12).reshape(3, 4),
        "F": torch.arange(12.0).reshape(3, 4),
        "W": torch.ones(4, 2),
        "D": torch.ones(2, 3, 4),
        "Z": torch.tensor([[1, 2, 3, 4], [5, 0, 6, 7], [1, 1, 1, 1]]),
        "I": torch.tensor([0, 9]),
    }.items():
        found = found.create(name, Definition.typed(tensor))
    return found


def staged(op: str, operands: tuple[Any, ...], arguments: Any = None) -> Staged:
    there = workspace()
    draft = drafting.foretold(drafted(op, operands, arguments), there)
    found, refusal = staging.rehearsed(draft, there, identities(there), 2**16, Viewpoint(), lambda _: None)
    assert found is not None
    assert refusal is not None
    return found


@pytest.mark.parametrize(
    ("op", "operands", "arguments", "marks", "met"),
    [
        ("mean", ("A",), {}, [Mark(0, dtype=True)], ""),
        ("matmul", ("F", "F"), {}, [Mark(0, (1,)), Mark(1, (0,))], "F (3, [4]) @ F ([3], 4)"),
        ("mul", ("F", "W"), {}, [Mark(0, (1,)), Mark(1, (1,))], "F   3  [4]\nW   4  [2]"),
        ("add", ("D", "W"), {}, [Mark(0, (2,)), Mark(1, (1,))], "D   2   3  [4]\nW       4  [2]"),
        ("cat", ("F", "W"), {"dim": 0}, [Mark(0, (0, 1)), Mark(1, (0, 1))], "F  [3] [4]\nW  [4] [2]"),
        ("sum", ("F",), {"dim": 2}, [Mark(0, (0, 1))], ""),
        ("floor_divide", ("A", "Z"), {}, [Mark(1, cell=(1, 1)), Mark(0, dtype=True), Mark(1, dtype=True)], ""),
        ("index_select", ("F", "I"), {"dim": 1}, [Mark(1, cell=(1,)), Mark(0, (1,))], ""),
        ("add_", ("A", 0.5), {}, [Mark(0, dtype=True)], ""),
    ],
)
def test_what_stands_against_a_draft_is_marked(
    op: str, operands: tuple[Any, ...], arguments: Any, marks: list[Mark], met: str
) -> None:
    found = staged(op, operands, arguments)
    assert list(found.marks) == marks
    assert found.meeting == met


def test_marks_are_boxes_on_chips_dtypes_and_cells() -> None:
    found = staged("mul", ("F", "W"))
    frame = marked(found.animation.frame(0.0), found.marks)
    assert [[chip.wrong for chip in heading.chips] for heading in frame.headings] == [[False, True], [False, True]]
    found = staged("floor_divide", ("A", "Z"))
    plain = found.animation.frame(0.0)
    frame = marked(plain, found.marks)
    assert [heading.wrong for heading in frame.headings] == [("dtype",), ("dtype",)]
    (box,) = frame.outlines[len(plain.outlines) :]
    zero = next(c for c in frame.cells if c.tensor == 1)
    assert (box.x, box.y) == (zero.x[5], zero.y[5])
    assert box.wrong


def test_a_draft_that_runs_has_no_marks() -> None:
    there = workspace()
    draft = drafting.foretold(drafted("matmul", ("F", "W")), there)
    found, refusal = staging.rehearsed(draft, there, identities(there), 2**16, Viewpoint(), lambda _: None)
    assert refusal is None
    assert found is not None
    assert (found.marks, found.meeting) == ((), "")


def test_where_one_shape_alone_is_wrong_nothing_meets() -> None:
    assert meeting([("A", (3, 4)), ("B", (3,))], [Mark(0, (0, 1))]) == ""
