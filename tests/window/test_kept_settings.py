"""Whatever stands in the settings, the window starts and paints, with the default for what is no value."""

import random
import struct
from collections.abc import Callable

import pytest
from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QGuiApplication

from explorer.widgets.settings import Settings
from tests.window.conftest import User

NAMES = ("language", "theme", "device", "colormap", "speed", "reduce_motion", "drawer", "used", "geometry", "panes")
HOSTILE: tuple[object, ...] = (
    *("", "x", "cuda:99", "magma-of-a-later-version", "nan", "inf", "-1", "1e999", "9" * 5000, "\x00", "true;false"),
    *(["viridis", "cividis"], [], None, 7, -1, 2.5, float("nan"), True, {"a": 1}),
    *(QByteArray(b"\x00\xff garbage"), QByteArray(b"viridis"), QByteArray(b"\xff" * 66), QByteArray(b"\x00" * 35)),
)


def kept() -> QSettings:
    return QSettings("tensor-explorer", "tensor-explorer")


def read(settings: Settings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in NAMES}


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:24])
def test_a_hostile_value_in_every_setting(start: Callable[..., User], value: object) -> None:
    default = read(Settings())
    for name in NAMES:
        kept().setValue(name, value)
    found = read(Settings())
    for name in ("language", "theme", "colormap", "speed"):
        assert found[name] == default[name]
    user = start()
    user.window.grab()
    assert user.session.device == "cpu"
    assert user.window.size() == user.window.size().expandedTo(user.window.minimumSizeHint())
    assert user.window.stage.player.speed == 1.0


def hostile(state: bytes, dice: random.Random) -> QByteArray:
    made = bytearray(state)
    for _ in range(dice.choice((1, 2, 8))):
        place = dice.randrange(8, len(made) - 3)
        made[place : place + 4] = struct.pack(">i", dice.choice((0, -1, 2**31 - 1, -(2**31), 10**6, -500, 70_000)))
    return QByteArray(bytes(made))


@pytest.mark.parametrize("seed", range(4))
def test_a_place_that_nobody_would_find(start: Callable[..., User], seed: int) -> None:
    user = start()
    window, panes = user.window, user.window.panes
    whole, widths = bytes(window.saveGeometry().data()), bytes(panes.remembered().data())
    dice = random.Random(seed)
    from explorer.widgets.window.window_geometry import LEAST, place

    for _ in range(60):
        place(window, hostile(whole, dice))
        panes.restore(hostile(widths, dice))
        assert not window.windowState() & Qt.WindowState.WindowFullScreen
        seen = [s.availableGeometry().intersected(window.normalGeometry()) for s in QGuiApplication.screens()]
        assert any(min(part.width(), part.height()) >= LEAST for part in seen)
        assert panes.splitter.orientation() == Qt.Orientation.Horizontal
        assert panes.splitter.sizes()[1] > 0
    window.grab()


def test_widths_are_kept(start: Callable[..., User]) -> None:
    first = start()
    first.window.panes.splitter.setSizes([300, 600, 380])
    settings = Settings()
    settings.panes = first.window.panes.remembered()
    second = start()
    assert second.window.panes.remembered() == settings.panes
