"""Who shares memory, and whom a change has written to."""

import pytest
import torch

from explorer.workspace import Definition, Workspace, edits
from explorer.workspace.sharing import rewritten, shared


@pytest.fixture
def shelf() -> Workspace:
    w = Workspace().create("A", Definition.typed(torch.arange(6).reshape(2, 3))).operate("T", ("A",), {}, ("B",))
    return w.to_array("A", "n").operate("sum", ("A",), {}, ("S",)).operate("clone", ("A",), {}, ("K",))


def test_views_and_arrays_share_and_copies_do_not(shelf: Workspace) -> None:
    assert list(shared(shelf).values()) == [("A", "B", "n")]
    assert shared(Workspace().load("A", torch.zeros(2))) == {}


@pytest.mark.parametrize("name", ["A", "B", "n"])
def test_a_write_through_one_is_a_write_to_all(shelf: Workspace, name: str) -> None:
    after = shelf.write(name, (0, 1), 9)
    assert rewritten(shelf, after) == {"A", "B", "n"}
    assert rewritten(after, shelf.activate()) == {"A", "B", "n"}  # as undo does


def test_what_writes_to_no_shared_memory_is_told_of_nobody(shelf: Workspace) -> None:
    assert not rewritten(shelf, shelf.write("K", (0, 0), 9))
    assert not rewritten(shelf, shelf.operate("T", ("K",), {}, ("L",)))
    assert not rewritten(shelf, shelf.rename("A", "Z"))
    assert not rewritten(shelf, edits.delete(shelf, "B"))
    assert not rewritten(shelf, shelf.reorder(tuple(reversed(shelf.names))))
    assert not rewritten(Workspace(), shelf)


def test_a_redefinition_reaches_those_that_shared_the_memory_that_it_replaces(shelf: Workspace) -> None:
    after = edits.edit(shelf, "A", {(0, 0): 9})
    assert after["A"].storage is not shelf["A"].storage
    assert rewritten(shelf, after) == {"A", "B", "n"}
