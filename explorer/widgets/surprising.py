"""Sets the stage for one of the things that surprise people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.messages import Message
from explorer.widgets.draft.draft import Draft
from explorer.widgets.speech.words import say
from explorer.widgets.surprises import Bench, Example, Surprise

if TYPE_CHECKING:
    from explorer.widgets.session import Session
    from explorer.workspace import Workspace


class Surprising(QObject):
    """Makes the tensors as one change that can be undone, drafts the operation, and says why it is so."""

    begun = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

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
            first = example.inspected or next(x for x in example.operands if isinstance(x, str))
            session.select(first)
            if example.op:
                session.set_draft(Draft(example.op, example.operands, dict(example.arguments), device=session.device))
            session.noted.emit(Message("surprises", surprise.said, {"first": first}))
            self.begun.emit()

        session.soon(lambda: session.change(say(Message("surprises", surprise.title)), work, then=then))
