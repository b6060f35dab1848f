"""More cells than can be followed one by one: what is asked for is done all the same, and shown at rest."""

import torch

from explorer.workspace import Creation

SIDE = 4200  # more than 2**24 cells


def test_a_large_join_and_a_large_mask_are_computed(user) -> None:
    user.session.create("L", Creation("ones", {"size": (SIDE, SIDE)}, torch.uint8))
    user.settled()
    user.session.create("M", Creation("zeros", {"size": (SIDE, SIDE)}, torch.bool))
    user.settled()
    user.session.select("L")
    user.settled()
    user.operation("cat")
    user.choose("operand_1", "L")
    user.run()
    assert user.newest.shape == (2 * SIDE, SIDE)
    assert user.window.stage.staged.animation.hidden is not None
    user.session.select("L")
    user.settled()
    user.operation("__getitem__")
    user.type("parameter_key", "M")
    user.run()
    assert user.newest.shape == (0,)
    user.session.select("L")
    user.settled()
    user.operation("__setitem__")
    user.type("parameter_key", "0")
    user.run()
    target = user.session.workspace["L"].tensor()
    assert target[0].sum() == 0
    assert target[1:].sum() == (SIDE - 1) * SIDE
    assert not user.window.message_bar.text
