"""Changes of the state, one after another: each is carried out by the worker in its turn, lands on the undo stack, and
can be travelled back and forth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from explorer.engine import Outcome, Progress
from explorer.errors import ProgramError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.session.listing import CodeListing
from explorer.session.state import State
from explorer.widgets.faults.guard import guarded
from explorer.widgets.session.turns import Turns

CANCELLED = QT_TRANSLATE_NOOP("notes", "Cancelled; nothing has changed.")


@dataclass(frozen=True)
class Request:
    """A change that waits: `work` makes the new state from the present one, on the engine's worker.

    `frozen` does the same where a step stands against it that may be frozen into values.
    """

    text: str
    work: Callable[[State, Progress], State]
    then: Callable[[State, Outcome[State]], None] | None = None
    frozen: Callable[[State, Progress], State] | None = None


@dataclass(frozen=True)
class Teller:
    """Whom a history tells, and whom it asks: `state` for the present one, `look_ahead` (on the worker) to prepare what
    will be seen of one, `show` to show it; `failed`, `blocked` and `noted` to say what came of a request."""

    state: Callable[[], State]
    look_ahead: Callable[[State], None]
    show: Callable[[State], None]
    failed: Callable[[Exception], None]
    blocked: Callable[[ProgramError, Callable[[], None]], None]
    noted: Callable[[Message], None]


class StateChange(QUndoCommand):
    """From one state to another, and back."""

    def __init__(self, show: Callable[[State], None], before: State, after: State, text: str) -> None:
        super().__init__(text)
        self._show, self.before, self.after = show, before, after

    @guarded(None)
    def redo(self) -> None:
        self._show(self.after)

    @guarded(None)
    def undo(self) -> None:
        self._show(self.before)


class History:
    """The undo stack and the requests that wait for their turn."""

    def __init__(self, turns: Turns, listing: CodeListing, teller: Teller, parent: QObject) -> None:
        self.stack = QUndoStack(parent)
        self._turns, self._listing, self._teller = turns, listing, teller

    def ask(self, request: Request) -> None:
        """Carry out `request` when it is its turn."""
        self._turns.ask(lambda: self._carry_out(request))

    def travel(self, steps: int) -> None:
        """Undo or redo. The worker brings the memory there, so that nothing that it reads moves under it."""
        if self._turns.later(lambda: self.travel(steps)):
            return
        here = self.stack.index()
        if not 0 <= here + steps <= self.stack.count():
            return
        change = self.stack.command(min(here, here + steps))
        assert isinstance(change, StateChange)
        there = change.before if steps < 0 else change.after

        def work(progress: Progress) -> State:
            there.workspace.activate()
            self._teller.look_ahead(there)
            return there

        self._work(work, lambda _: self.stack.setIndex(here + steps), self._teller.failed)

    def _carry_out(self, request: Request) -> None:
        teller, before = self._teller, self._teller.state()

        def landed(outcome: Outcome[State]) -> None:
            after = outcome.value
            if after is before:
                pass
            elif after.workspace is before.workspace:
                teller.show(after)
            else:
                change = StateChange(teller.show, before.light(), after, request.text)
                self.stack.push(change)  # which shows it
                change.after = after.light()
            if request.then is not None:
                request.then(after, outcome)

        def failed(error: Exception) -> None:
            if isinstance(error, ProgramError) and error.offer == "freeze" and request.frozen is not None:
                going_on = replace(request, work=request.frozen, frozen=None)
                teller.blocked(error, lambda: self.ask(going_on))
            else:
                teller.failed(error)

        self._work(lambda progress: request.work(before, progress), landed, failed)

    def _work(
        self,
        work: Callable[[Progress], State],
        landed: Callable[[Outcome[Any]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """The job of this turn, which may move the memory; where it does not land, all is as it was."""
        before = self._teller.state().workspace

        def restoring(progress: Progress) -> State:
            try:
                found = work(progress)
                self._listing.lines(found.workspace.steps)  # written here
                progress(1.0)
            except BaseException:
                before.activate()
                raise
            return found

        def dropped() -> None:
            before.activate()  # a cancel may have come after the last look at it
            self._teller.noted(Message("notes", CANCELLED, {}))

        self._turns.work(restoring, landed, failed, dropped)
