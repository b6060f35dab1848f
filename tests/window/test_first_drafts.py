"""A first draft runs wherever the shelf has tensors that fit."""

from typing import Any

import pytest
import torch

from explorer.workspace import Definition


@pytest.mark.parametrize(
    ("op", "shelf", "operands"),
    [
        ("addmm", {"b": (2,)}, ("b", "A", "W")),
        ("addmm", {"b": (3, 1)}, ("b", "A", "W")),
        ("meshgrid", {"x": (2,), "y": (3,)}, ("y", "x")),
        ("dot", {"x": (3,), "y": (3,)}, ("y", "x")),
        ("bmm", {"P": (2, 3, 4), "Q": (2, 4, 5)}, ("P", "Q")),
        ("matmul", {"P": (5, 7), "V": (2, 9)}, ("A", "W")),
    ],
)
def test_a_first_draft_runs_where_the_shelf_has_what_fits(user: Any, op: str, shelf: dict, operands: tuple) -> None:
    for name, shape in shelf.items():
        user.session.create(name, Definition.typed(torch.ones(shape)))
        user.settled()
    user.session.select("A")
    user.settled()
    user.operation(op)
    user.settled()
    draft = user.session.draft
    assert draft.error is None
    assert draft.operands == operands
    user.run()
    assert user.session.workspace.steps[-1].call.op.name == op


def test_where_nothing_fits_it_stays_about_what_is_selected(user: Any) -> None:
    user.operation("dot")
    user.settled()
    assert user.session.draft.operands[0] == "A"
    assert user.session.draft.error is not None
