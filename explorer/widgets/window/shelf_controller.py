"""The shelf as the session has it, and what is done with the tensors that stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.session import drafting

if TYPE_CHECKING:
    from explorer.widgets.session import Session
    from explorer.widgets.shelf.tensor_shelf import TensorShelf
    from explorer.widgets.window.grid_controller import GridController
    from explorer.widgets.window.tag_controller import TagController


class ShelfController(QObject):
    """Shows the shelf; duplicates and deletes."""

    def __init__(
        self, session: Session, shelf: TensorShelf, editing: GridController, sharing: TagController, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._shelf, self._editing, self._sharing = session, shelf, editing, sharing
        shelf.renamed.connect(session.rename)
        shelf.duplicated.connect(session.duplicate)
        shelf.deleted.connect(session.delete)
        shelf.reordered.connect(session.reorder)
        editing.opened.connect(self.show)
        editing.closed.connect(self.show)

    def show(self) -> None:
        """The shelf as things are."""
        session = self._session
        if not session.started:
            return
        self._shelf.show_workspace(
            session.workspace,
            session.identities,
            self.current,
            self._editing.thumbnail,
            {name: tag.text for name, tag in self._sharing.tags.items()},
            self._sharing.flashing,
        )

    @property
    def current(self) -> str | None:
        """What is selected: what is edited, or the array that is inspected, else the tensor that the draft is about."""
        if not self._session.started:
            return None
        state = self._session.state
        name, draft = state.inspected, state.draft
        inspected = state.workspace[name] if name is not None and name in state.workspace else None
        if self._editing.name is not None:
            return self._editing.name
        if draft is None or (inspected is not None and inspected.kind == "array"):
            return name
        return drafting.subject_of(draft)

    def duplicate_current(self) -> None:
        """Duplicate what is inspected."""
        if self._session.started and self._session.state.inspected:
            self._session.duplicate(self._session.state.inspected)

    def delete_current(self) -> None:
        """Delete what is inspected."""
        if self._session.started and self._session.state.inspected:
            self._session.delete(self._session.state.inspected)
