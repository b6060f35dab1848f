"""Tags of storages: one for all that share, stable while the storage lives."""

import gc

import torch

from explorer.session.tags import Tags
from explorer.workspace import Definition, Workspace, edits


def shelf(*names: str) -> Workspace:
    """Each of `names` with a view of it, called like it and v."""
    workspace = Workspace()
    for name in names:
        workspace = workspace.create(name, Definition.typed(torch.arange(6).reshape(2, 3)))
        workspace = workspace.operate("T", (name,), {}, (f"{name}v",))
    return workspace


def test_who_shares_has_the_same_tag_and_nobody_else_has_one() -> None:
    workspace = shelf("A", "B").operate("clone", ("A",), {}, ("K",))
    tags = Tags().of(workspace)
    assert tags["A"] == tags["Av"] != tags["B"] == tags["Bv"]
    assert "K" not in tags
    assert [tags[n].text for n in ("A", "B")] == ["● M1", "■ M2"]


def test_a_tag_stays_while_its_storage_lives() -> None:
    tags = Tags()
    both = shelf("A", "B")
    assert tags.of(both)["B"].number == 2
    one = edits.delete(both, "Av")
    assert tags.of(one)["B"].number == 2
    assert "A" not in tags.of(one)
    assert tags.of(one.write("B", (0, 0), 7))["Bv"].number == 2
    assert tags.of(both.activate())["A"].number == 1


def test_a_redefinition_keeps_the_tag() -> None:
    tags = Tags()
    before = shelf("A", "B")
    tags.of(before)
    after = edits.edit(before, "B", {(0, 0): 9})
    assert {n: t.number for n, t in tags.of(after).items()} == {"A": 1, "Av": 1, "B": 2, "Bv": 2}
    assert tags.of(before.activate())["B"].number == 2


def test_a_number_is_free_again_when_its_storage_is_gone() -> None:
    tags = Tags()
    assert tags.of(shelf("A"))["A"].number == 1
    gc.collect()
    tags.of(Workspace())
    assert tags.of(shelf("C"))["C"].number == 1


def test_past_the_shapes_numbers_tell_them_apart() -> None:
    names = [f"A{k}" for k in range(8)]
    tags = Tags().of(shelf(*names))
    assert len({tags[n].text for n in names}) == 8
