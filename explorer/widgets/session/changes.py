"""A state that changes, one change at a time, and the questions that are asked of it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from explorer.engine import Engine, Job, Outcome, Progress
from explorer.errors import ExplorerError, ProgramError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.session.history import History
from explorer.session.listing import CodeListing
from explorer.session.measured import Measured
from explorer.session.state import State
from explorer.widgets.faults import crash
from explorer.widgets.session.tasks import Tasks, in_turn

if TYPE_CHECKING:
    from explorer.workspace import Item, Workspace

Follow = Callable[[State, Progress], State]

ANSWER_MS = 500  # after a cancel, until what still runs is spoken of
CANCELLED = QT_TRANSLATE_NOOP("notes", "Cancelled; nothing has changed.")
RUNS_ON = QT_TRANSLATE_NOOP(
    "notes",
    "Cancelled: nothing will change. torch does not stop inside of one call, so what you do next waits "
    "until that ends; closing the window ends it at once.",
)


class Changes(QObject):
    """The present state, the changes that led to it, and those that wait for their turn."""

    history_changed = Signal()  # and the new state has been shown
    failed = Signal(object)  # ExplorerError
    blocked = Signal(object, object)  # ProgramError that offers to freeze, and the call that freezes and goes on
    noted = Signal(object)  # Message
    busy_changed = Signal(bool)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = Tasks(engine, self)
        self.tasks.busy_changed.connect(self.busy_changed)
        self.history = History()
        self.listing = CodeListing()
        self.measured = Measured()
        self._state: State | None = None
        self._answer = QTimer(self, singleShot=True, interval=ANSWER_MS)
        self._answer.timeout.connect(self._say_that_it_runs_on)

    # --- what is ---------------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The present state; RuntimeError before `ready`."""
        if self._state is None:
            raise RuntimeError("the session has not started")
        return self._state

    @property
    def workspace(self) -> Workspace:
        return self.state.workspace

    @property
    def started(self) -> bool:
        """Whether there is a state."""
        return self._state is not None

    @property
    def busy(self) -> bool:
        """Whether a change is under way or waits."""
        return self.tasks.busy

    @property
    def moving(self) -> bool:
        """Whether a change is under way, which may be moving the memory: nobody else reads it then."""
        return self.tasks.moving

    @property
    def idle(self) -> bool:
        """Whether nothing at all is being computed, statistics and previews included."""
        return self.tasks.under_way == 0

    def _set(self, **changes: Any) -> None:
        self._state = replace(self.state, **changes)

    def _show(self, state: State) -> None:
        """Make `state` the present one and tell of it; the worker has brought the memory there."""
        raise NotImplementedError

    def _look_ahead(self, state: State) -> None:
        """Prepare what will be seen of `state`, on the worker."""
        raise NotImplementedError

    def _followed(self, state: State, workspace: Workspace, inspect: str | None) -> State:
        """The state after `state`, with another workspace, of which `inspect` is shown; made on the worker."""
        raise NotImplementedError

    # --- changes ---------------------------------------------------------------------------------------------------

    def change(
        self,
        text: str,
        work: Callable[[Workspace], Workspace],
        inspect: str | None = None,
        frozen: Callable[[Workspace], Workspace] | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Ask for `work` on the workspace; it lands in the history under `text`, and `inspect` is shown.

        Where a step that could be frozen stands against it, the user is offered `frozen` instead. `then` is called
        after it in the same turn.
        """

        def made(work: Callable[[Workspace], Workspace]) -> Follow:
            return lambda state, _: self._followed(state, work(state.workspace), inspect)

        self._change(text, made(work), lambda _: then(), made(frozen) if frozen is not None else None)

    def load(
        self, text: str, work: Callable[[Workspace, Progress], Workspace], then: Callable[[], None] = lambda: None
    ) -> None:
        """As `change`, for work that a cancel can stop; the first that comes of it is shown. Where it gives back the
        workspace that it was given, nothing changes."""

        def loaded(state: State, progress: Progress) -> State:
            workspace = work(state.workspace, progress)
            if workspace is state.workspace:
                return state
            first = next((name for name in workspace.names if name not in state.workspace), None)
            return self._followed(state, workspace, first)

        self._change(text, loaded, lambda _: then())

    @in_turn
    def _change(
        self,
        text: str,
        work: Follow,
        then: Callable[[Outcome[State]], None] = lambda _: None,
        frozen: Follow | None = None,
        leaves: bool = False,
    ) -> None:
        """The state that `work` makes on the worker follows; `frozen` does the same where a step stands against it that
        may be frozen into values. `then` is called with what came out. A scratch goes on, but for what `leaves` it."""
        before = self.state

        def made(progress: Progress) -> State:
            after = work(before, progress)
            goes_on = before.aside is not None and after.aside is None and not leaves
            return replace(after, aside=before.aside) if goes_on else after

        def landed(outcome: Outcome[State]) -> None:
            if outcome.value.workspace is not before.workspace:
                self.history.push(text, before, outcome.value)
            if outcome.value is not before:
                self._show(outcome.value)
                self.history_changed.emit()
            then(outcome)

        def failed(error: Exception) -> None:
            if isinstance(error, ProgramError) and error.offer == "freeze" and frozen is not None:
                self.blocked.emit(error, partial(self._change, text, frozen, then))
            else:
                self._fail(error)

        self._work(made, landed, failed)

    @in_turn
    def travel(self, steps: int) -> None:
        """Undo so many changes where negative, else redo. The worker brings the memory there, so that nothing that it
        reads moves under it."""
        there = self.history.state(steps)
        if there is None:
            return

        def work(progress: Progress) -> State:
            there.workspace.activate()
            self._look_ahead(there)
            return there

        def landed(outcome: Outcome[State]) -> None:
            self.history.at += steps
            self._show(there)
            self.history_changed.emit()

        self._work(work, landed, self._fail)

    def undo(self) -> None:
        """Take the newest change back, when those that wait have landed."""
        self.travel(-1)

    def redo(self) -> None:
        """Do again what was taken back."""
        self.travel(+1)

    def _work(
        self,
        work: Callable[[Progress], State],
        landed: Callable[[Outcome[State]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """The job of this turn, which may move the memory; where it does not land, all is as it was."""
        before = self.workspace

        def restoring(progress: Progress) -> State:
            try:
                found = work(progress)
                self.listing.lines(found.workspace.steps)  # written here
                progress(1.0)
            except BaseException:
                before.activate()
                raise
            return found

        def dropped() -> None:
            before.activate()  # a cancel may have come after the last look at it
            self.noted.emit(Message("notes", CANCELLED, {}))

        self.tasks.work(restoring, landed, failed, dropped)

    def cancel(self) -> None:
        """Drop what waits and what runs; a single call of torch runs to its end first, its result is not kept."""
        if self.started:  # the start itself goes on
            self.tasks.cancel()
            self._answer.start()

    def _say_that_it_runs_on(self) -> None:
        if self.tasks.cancelled:
            self.noted.emit(Message("notes", RUNS_ON))

    def soon(self, call: Callable[[], None]) -> None:
        """Make `call` now, or when what is under way has landed; before torch is there, when it is."""
        self.tasks.soon(call)

    def refresh(self) -> None:
        """Tell everything again, when what is under way has landed: for a window that has just been built."""
        self.soon(lambda: self._show(self.state))

    def _fail(self, error: Exception) -> None:
        if isinstance(error, ExplorerError):
            self.failed.emit(error)
        else:
            crash.report(error)

    # --- questions -------------------------------------------------------------------------------------------------

    def ask(self, work: Callable[[Progress], Any], tell: Callable[[Any], None], asker: QObject) -> Job[Any]:
        """Compute something on the worker that changes nothing; `tell` is called with it.

        Not where the `asker` was deleted meanwhile, with its window: what was meant for that is for nobody.
        """

        def landed(outcome: Outcome[Any]) -> None:
            if isValid(asker):
                tell(outcome.value)

        return self.tasks.run(work, landed, self._fail)

    def read(
        self, item: Item, work: Callable[[Progress], Any], tell: Callable[[Any], None], asker: QObject
    ) -> Job[Any]:
        """As `ask`, for work on what `item` holds: nothing is told where another change has overwritten that."""

        def attempt(progress: Progress) -> tuple[Any, ...]:
            return (work(progress),) if item.view.version.current else ()

        return self.ask(attempt, lambda found: tell(*found) if found else None, asker)

    def measure(self, name: str, tell: Callable[[Any], None], asker: QObject) -> None:
        """Exact statistics of a tensor, computed by the worker; `tell` is called with them when they are there."""
        item = self.workspace[name]
        known = self.measured.known(item)
        if known is not None:
            tell(known)
        else:
            self.read(item, partial(self.measured.of, item), tell, asker)
