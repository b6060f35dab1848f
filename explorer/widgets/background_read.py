"""What takes long to read is read elsewhere: the window's thread asks, and goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from explorer.errors import ExplorerError

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from explorer.engine import Progress
    from explorer.widgets.session import Session

Step = Callable[[], None]
"""Called by the work now and then; it raises where nobody waits for the answer any more."""
Work = Callable[[Step], Any]
Answer = Callable[[Any], None]
"""Called on the window's thread, at once or later, with what the work gave, or with its ExplorerError."""
Read = Callable[[Work, Answer], Callable[[], None]]
"""Does the work and gives a call that withdraws the question, after which no answer comes."""


def read_here(work: Work, answer: Answer) -> Callable[[], None]:
    """Do it at once, on this thread; the window does it on its worker instead."""
    answer(attempted(work, lambda: None))
    return lambda: None


def attempted(work: Work, step: Step) -> Any:
    """What `work` gives, or its ExplorerError."""
    try:
        return work(step)
    except ExplorerError as error:
        return error


def reader(session: Session, asker: QObject) -> Read:
    """What takes long to read is read by the session's worker, for as long as the `asker` is there."""

    def read(work: Work, answer: Answer) -> Callable[[], None]:
        def attempt(progress: Progress) -> Any:
            return attempted(work, lambda: progress(progress.fraction))

        return session.ask(attempt, answer, asker).cancel

    return read


class Newest:
    """One question at a time: a newer one takes the place of the one before, whose answer is for nobody then."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._asked: object | None = None
        self._withdraw: Callable[[], None] = lambda: None

    def ask(self, work: Work, answer: Answer) -> None:
        """Read it, and call `answer`, at once or later."""
        self.drop()
        asked = self._asked = object()

        def tell(found: Any) -> None:
            if self._asked is asked:
                self._asked = None
                answer(found)

        withdraw = self._read(work, tell)
        if self._asked is asked:
            self._withdraw = withdraw

    def drop(self) -> bool:
        """The answer is no longer wanted; whether one was."""
        waited, self._asked = self._asked is not None, None
        self._withdraw()
        self._withdraw = lambda: None
        return waited
