"""The device on which tensors are made and drafts run, now and the next time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.engine import devices
from explorer.messages import Phrase
from explorer.widgets.actions import Action

if TYPE_CHECKING:
    from explorer.widgets.draft.device_selector import DeviceSelector
    from explorer.widgets.session import Session
    from explorer.widgets.settings import Settings

SETTINGS = Phrase("Device", "设备")
TITLE = Phrase("Make tensors and run operations on {device}", "在 {device} 上新建张量、运行运算")


class DeviceController(QObject):
    """Shows the devices that torch has, and keeps the chosen one."""

    def __init__(self, session: Session, selector: DeviceSelector, settings: Settings) -> None:
        super().__init__(selector)
        self._session, self._selector, self._settings = session, selector, settings
        session.ready.connect(self._begin)
        session.device_changed.connect(selector.show_current)
        selector.device_chosen.connect(self.choose)
        if session.started:
            selector.show_devices(devices(), session.device)

    def _begin(self) -> None:
        """torch is there: where new tensors were made the last time, they are made again."""
        found, kept = devices(), self._settings.device
        self._selector.show_devices(found, self._session.device)
        if kept in [device.name for device in found] and kept != self._session.device:
            self._session.set_device(kept)

    def choose(self, name: str) -> None:
        """Use this device from now on."""
        self._settings.device = name
        self._session.set_device(name)

    def _is(self, name: str) -> bool:
        return self._session.device == name

    def finds(self) -> list[Action]:
        """A choice for each."""
        if not self._session.started:
            return []
        names = [device.name for device in devices()]
        return [
            Action(
                f"device_{name}",
                TITLE.of(device=name),
                partial(self.choose, name),
                checked=partial(self._is, name),
                one_of="device",
                names=(name,),
                words=("device", "GPU", "set_default_device", "设备"),
                family=SETTINGS,
            )
            for name in names
        ]
