"""The player in the window: for every run, by mouse and keys, and through a change of language."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

Key = Qt.Key


def slide(user: Any, share: float) -> None:
    """Click the slider at this share of its width."""
    slider = user.find("timeline_slider")
    user.click("timeline_slider", QPoint(round(slider.width() * share), slider.height() // 2))


@pytest.mark.parametrize("key", ["sqrt", "clamp"])
def test_an_operation_of_one_step_is_scrubbed_and_stepped_too(user: Any, key: str) -> None:
    user.operation(key)
    if key == "clamp":
        user.type("parameter_min", "2")
    user.run()
    player = user.window.stage.player
    assert player.playing
    assert player.count == 1
    slide(user, 0.5)
    assert 0.4 < player.t < 0.6
    assert not player.playing
    user.click("to_end")
    assert player.t == 1.0
    user.click("to_start")
    assert player.t == 0.0
