"""Who shares memory, made visible: one tag for each shared storage, and one mark, at once, for all that see a write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.late import late

with late():
    from explorer.workspace import sharing

if TYPE_CHECKING:
    from explorer.session.state import State
    from explorer.session.tags import Tag
    from explorer.widgets.session import Session
    from explorer.workspace import Workspace

FLASH = 1000  # milliseconds; a write meanwhile prolongs it, so that nothing ever blinks faster


class TagController(QObject):
    """Follows the states of the session. `tags` are by name; `flashing` names all whose memory was just written to."""

    calmed = Signal()
    """The marks have had their time."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._workspace: Workspace | None = None
        self.tags: Mapping[str, Tag] = {}
        self.flashing: frozenset[str] = frozenset()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLASH)
        self._timer.timeout.connect(self._calm)
        session.changed.connect(self._changed)

    def _changed(self, state: State) -> None:
        """Another state: who shares now, and who sees what has just been written, all at once."""
        before, self._workspace = self._workspace, state.workspace
        if before is state.workspace:
            return
        self.tags = self._session.tags.of(state.workspace)
        written = sharing.rewritten(before, state.workspace) if before is not None else frozenset()
        self.flashing = (self.flashing & frozenset(state.workspace.names)) | written
        if written:
            self.mark()

    def tag(self, name: str) -> str:
        """The tag of an item as text, "" where nobody else sees its memory."""
        return self.tags[name].text if name in self.tags else ""

    def mark(self) -> None:
        """Let what is marked stay so from now on."""
        self._timer.start()

    def _calm(self) -> None:
        self.flashing = frozenset()
        self.calmed.emit()
