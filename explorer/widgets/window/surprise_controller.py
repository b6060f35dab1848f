"""Sets the stage for one of the things that surprise people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.messages import Message
from explorer.session.draft import Draft
from explorer.session.lessons.surprises import Bench, Example, Surprise
from explorer.widgets.speech.sentences import say

if TYPE_CHECKING:
    from explorer.widgets.session import Session
    from explorer.workspace import Workspace


class SurpriseController(QObject):
    """Makes the tensors as one change that can be undone, drafts the operation, and says why it is so."""

    begun = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._told: tuple[Draft, Message] | None = None
        session.ran.connect(self._tell_again)

    def forget(self) -> None:
        """What was said has been put away."""
        self._told = None

    def _tell_again(self, _: object) -> None:
        """What is said of an example stands while its draft has been run: one may be meant to go on from there."""
        draft = self._session.draft
        if self._told is None or draft is None:
            return
        begun, said = self._told
        if (draft.op, draft.operands) == (begun.op, begun.operands):
            self._session.noted.emit(said)

    def begin(self, surprise: Surprise) -> None:
        """Make what `surprise` needs, beside all that is there."""
        session = self._session
        made: list[Example] = []

        def work(workspace: Workspace) -> Workspace:
            bench = Bench(workspace)
            made.append(surprise.make(bench))
            return bench.workspace

        def then(*_: object) -> None:
            example = made[-1]
            first = example.inspected or (example.call.names[0] if example.call is not None else "")
            session.select(first)
            said = Message("surprises", surprise.said, {"first": first})
            self._told = None
            if example.call is not None:
                draft = Draft(example.call, device=session.device)
                session.set_draft(draft)
                self._told = draft, said
            session.noted.emit(said)
            self.begun.emit()

        session.soon(lambda: session.change(say(Message("surprises", surprise.title)), work, then=then))
