"""The first example at rest after its run: operand, sign and result stand clear of one another in every window."""

from typing import Any

import pytest

from explorer.widgets.stage.headings import placed_headings
from explorer.widgets.stage.spacing import clearance, label_box, number_band
from tests.drafts import drafted

SIZES = [(1093, 545), (1093, 640), (1280, 720), (1280, 745), (1280, 775), (1280, 800), (1440, 900), (1600, 1000)]


def told(user: Any) -> None:
    user.session.set_draft(drafted("sum", ("A",), {"dim": 0}))
    user.settled()
    user.session.run()
    user.settled()
    user.window.stage.player.to_end()
    user.settled()


def clear(user: Any) -> None:
    view, frame = user.window.stage.view, user.window.stage.frame()
    place, style = view.place(), view._style
    (sign,) = (label for label in frame.labels if label.role == "symbol")
    heads = [box for _, box, _, _ in placed_headings(place, frame.headings, style)]
    bands = [number_band(place, b, clearance(place, b, frame.outlines), style) for b in frame.brackets]
    cells = [place.box(x, y, 1, 1) for c in frame.cells for x, y in zip(c.x.tolist(), c.y.tolist(), strict=True)]
    mark = label_box(place, sign, style)
    assert len(heads) == 2
    assert not [box for box in (*cells, *bands, *heads) if box.intersects(mark)]
    assert not [(a, b) for a in heads for b in (*cells, *bands) if a.intersects(b)]
    assert not heads[0].intersects(heads[1])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("memory", [False, True])
def test_the_first_example_is_clear(user: Any, size: tuple[int, int], memory: bool) -> None:
    user.window.resize(*size)
    user.window.arrangement.show_page("memory", memory)
    user.settled()
    told(user)
    clear(user)


@pytest.mark.parametrize("size", [(1093, 545), (1280, 800), (1600, 1000)])
def test_on_a_projector_too(user: Any, size: tuple[int, int]) -> None:
    user.window.commands["action_projector"].trigger()
    user.window.showNormal()
    user.window.resize(*size)
    user.settled()
    told(user)
    clear(user)
