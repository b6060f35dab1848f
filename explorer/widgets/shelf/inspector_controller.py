"""The inspector as the session has it: what is known at once, and what the worker measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from explorer.late import late

with late():
    from explorer.workspace import edits

if TYPE_CHECKING:
    from explorer.widgets.session import Session
    from explorer.widgets.shelf.inspector import Inspector
    from explorer.widgets.shelf.shelf_controller import ShelfController
    from explorer.widgets.shelf.tag_controller import TagController
    from explorer.widgets.stage.stage_panel import StagePanel


class InspectorController(QObject):
    """Shows what is inspected."""

    measured = Signal()  # its colours are those of the whole tensor now

    def __init__(
        self,
        session: Session,
        inspector: Inspector,
        stage: StagePanel,
        sharing: TagController,
        shelf: ShelfController,
    ) -> None:
        super().__init__(inspector)
        self._stage = stage
        self._session, self._inspector, self._sharing = session, inspector, sharing
        self.measured.connect(shelf.show)
        session.inspected.connect(self._inspect)
        sharing.calmed.connect(self._show_again)
        stage.reached.connect(self._show_again)

    def _inspect(self, name: str | None) -> None:
        state = self._session.state
        item = state.workspace[name] if name is not None and name in state.workspace else None
        self._show(item, None)
        if item is not None:
            self._session.measure(item.name, lambda statistics: self._measured(item, statistics), self)

    def _measured(self, item: Any, statistics: Any) -> None:
        state = self._session.state
        if state.inspected == item.name and state.workspace[item.name].view == item.view:
            self._show(item, statistics)
            self.measured.emit()

    def _show_again(self) -> None:
        """What was written has been marked for long enough, or may be seen from now on."""
        state = self._session.state
        if state.inspected is not None and state.inspected in state.workspace:
            item = state.workspace[state.inspected]
            self._show(item, self._session.measured.known(item))

    def _show(self, item: Any, statistics: Any) -> None:
        state, sharing = self._session.state, self._sharing
        if item is None:
            self._inspector.show_item(None)
            return
        if item.name in self._stage.awaited:
            statistics = None
        run = state.run if state.run and state.run.name == item.name else None
        steps, changed = state.workspace.steps, edits.last_change(state.workspace, item.name)
        made_by = self._session.listing.line(steps[item.step])
        written_by = self._session.listing.line(steps[changed]) if changed is not None else ""
        tag, written = sharing.tag(item.name), item.name in sharing.flashing
        shared = state.workspace.sharing(item.name)
        self._inspector.show_item(item, statistics, run, shared, made_by, tag, written, written_by)
        self._inspector.show_chips(self._session.identities.get(item.name, ()))
