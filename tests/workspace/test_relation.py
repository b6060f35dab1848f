"""What an item is to its memory is told from where its cells lie: views, stretches, copies can be told apart."""

import pytest
import torch

from explorer.workspace import Workspace
from explorer.workspace.relation import Relation, relation_of


@pytest.fixture(scope="module")
def shelf() -> Workspace:
    w = Workspace().load("A", torch.arange(12).reshape(3, 4))
    w = w.operate("T", ("A",), {}, ("T",))
    w = w.operate("reshape", ("A",), {"shape": (2, 6)}, ("V",))
    w = w.operate("reshape", ("T",), {"shape": (12,)}, ("R",))
    w = w.operate("contiguous", ("A",), {}, ("S",))
    w = w.operate("contiguous", ("T",), {}, ("D",))
    w = w.operate("clone", ("A",), {}, ("K",))
    w = w.index("A", (slice(None), 1), "col").index("A", (1,), "row").index("A", (slice(None), slice(0, 2)), "part")
    w = w.index("A", (2, 3), "one").operate("expand", ("col",), {"size": (2, 3)}, ("X",))
    w = w.to_array("A", "n").index("n", (slice(None, None, -1),), "r")
    w = w.from_array("n", "F").from_array("n", "G", copy=True)
    return w.operate("sum", ("A",), {}, ("s",)).operate("cat", ("A", "K", "A"), {"dim": 0}, ("J",))


@pytest.mark.parametrize(
    ("name", "kind", "order"),
    [
        ("A", Relation.OWN, "The whole storage, in reading order."),
        ("T", Relation.VIEW, "The whole storage, but not in reading order."),
        ("V", Relation.VIEW, "The whole storage, in reading order."),
        ("R", Relation.COPY, "The whole storage, in reading order."),
        ("S", Relation.SAME, "The whole storage, in reading order."),
        ("D", Relation.COPY, "The whole storage, in reading order."),
        ("K", Relation.COPY, "The whole storage, in reading order."),
        ("col", Relation.VIEW, "1 slot in every 4, from slot 1 on."),
        ("row", Relation.VIEW, "Slots 4 to 7 of 12, in reading order."),
        ("part", Relation.VIEW, "6 of 12 slots, with gaps, from slot 0 on."),
        ("one", Relation.VIEW, "Slot 11 alone, of 12."),
        ("X", Relation.VIEW, "Stride 0 along axis 0: 2 cells read each slot."),
        ("n", Relation.VIEW, "The whole storage, in reading order."),
        ("r", Relation.VIEW, "Reversed along axis 0: its steps lead back."),
        ("F", Relation.VIEW, "The whole storage, in reading order."),
        ("G", Relation.COPY, "The whole storage, in reading order."),
        ("s", Relation.NEW, "The whole storage, in reading order."),
        ("J", Relation.COPY, "The whole storage, in reading order."),
    ],
)
def test_every_one_is_told(shelf: Workspace, name: str, kind: Relation, order: str) -> None:
    found = relation_of(shelf, name)
    assert (found.kind, str(found.order)) == (kind, order)
    shares = found.kind in (Relation.SAME, Relation.VIEW)
    assert shares == any(shelf[name].storage is shelf[x].storage for x in shelf.steps[shelf[name].step].inputs)


def test_sources_are_named_once_each(shelf: Workspace) -> None:
    assert str(relation_of(shelf, "J").relation) == "A copy of A, K, in memory of its own."
    assert str(relation_of(shelf.rename("A", "Z"), "T").relation) == "A view into the memory of Z: nothing was copied."


def test_no_cells() -> None:
    assert str(relation_of(Workspace().load("A", torch.zeros(0, 2)), "A").order) == "It has no cells, and so no slots."


def test_the_columns_of_a_block_are_a_run_in_another_order() -> None:
    w = Workspace().load("A", torch.zeros(4, 2, 3)).index("A", (1,), "B").operate("T", ("B",), {}, ("C",))
    assert str(relation_of(w, "C").order) == "Slots 6 to 11 of 24, but not in reading order."
