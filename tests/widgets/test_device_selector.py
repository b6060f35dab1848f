"""The selector lists what torch has, what each device takes, and tells which one was taken."""

import pytest
import torch
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.engine import DeviceInfo, devices
from explorer.widgets.draft.device_selector import DETAIL, DeviceSelector

ALL = (torch.float32, torch.float64, torch.int64)
FOUND = (
    DeviceInfo("cpu", "", 8 << 30, ALL),
    DeviceInfo("cuda:0", "NVIDIA A100", 40 << 30, ALL),
    DeviceInfo("mps", "Apple GPU", None, ALL[::2]),
    DeviceInfo("meta", "", None, ALL),
)


@pytest.fixture
def selector(qtbot: QtBot) -> DeviceSelector:
    widget = DeviceSelector()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_devices_with_memory_and_dtypes(selector: DeviceSelector) -> None:
    selector.show_devices(FOUND, "cpu")
    assert [selector.itemText(k) for k in range(selector.count())] == ["cpu", "cuda:0", "mps", "meta"]
    details = [selector.itemData(k, DETAIL) for k in range(selector.count())]
    assert details[1] == "NVIDIA A100 · 40 GiB · takes every dtype"
    assert details[2] == "Apple GPU · not float64"
    assert "float64" in selector.itemData(0, Qt.ItemDataRole.ToolTipRole)
    assert "but not float64" in selector.itemData(2, Qt.ItemDataRole.ToolTipRole)


def test_showing_is_no_choice(selector: DeviceSelector) -> None:
    heard: list[object] = []
    selector.device_chosen.connect(heard.append)
    selector.show_devices(FOUND, "mps")
    selector.show_current("meta")
    assert heard == []
    assert selector.currentText() == "meta"


def test_a_choice_by_keyboard(selector: DeviceSelector, qtbot: QtBot) -> None:
    selector.show_devices(FOUND, "cpu")
    heard: list[object] = []
    selector.device_chosen.connect(heard.append)
    qtbot.keyClick(selector, Qt.Key.Key_Down)
    assert heard == ["cuda:0"]


def test_before_torch_is_there_it_shows_the_cpu(selector: DeviceSelector) -> None:
    assert selector.currentText() == "cpu"


def test_what_this_torch_has_is_listed(selector: DeviceSelector) -> None:
    selector.show_devices(devices(), "cpu")
    names = [selector.itemText(k) for k in range(selector.count())]
    assert names[0] == "cpu"
    assert names[-1] == "meta"
    assert not selector.grab().toImage().isNull()
