"""The one object that changes: the workspace, its history, the draft, and what stands on the stage.

Widgets are given values by its signals and ask it for changes by its methods. Changes wait their turn: one is carried
out by the engine, lands on the undo stack, and then the next begins, so that each sees the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from threading import Thread
from traceback import format_exception_only
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.engine import Engine, Job, Outcome, Progress
from explorer.errors import ExplorerError, OpError, RoomError
from explorer.late import fetch_all, fetch_torch, keep_torch_off, late
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import OPERATIONS, counterpart
from explorer.ops.elementwise import EXP
from explorer.ops.forecasts import prepare
from explorer.ops.indexing import READ
from explorer.session import drafting
from explorer.session.draft import Draft, Operand
from explorer.session.listing import CodeListing
from explorer.session.measured import Measured
from explorer.session.rehearsals import Rehearsals
from explorer.session.state import State
from explorer.session.tags import Tags
from explorer.session.viewpoint import Identities, Viewpoint
from explorer.widgets.faults import crash
from explorer.widgets.session.history import History, Request, Teller
from explorer.widgets.session.turns import Turns
from explorer.widgets.tasks import Tasks, alive

with late():
    from explorer.session import next_state, reopening, samples, staging
    from explorer.workspace import edits

if TYPE_CHECKING:
    from explorer.session.staged import Staged
    from explorer.workspace import Definition, Workspace


ANSWER_MS = 500  # after a cancel, until what still runs is spoken of


class Session(QObject):
    """State, requests and history of one window's work."""

    ready = Signal()  # torch is there and the first workspace stands
    warmed = Signal()  # and so is what it imports late; from another thread than the window's
    changed = Signal(object)  # State, after every change, undo and redo
    drafted = Signal(object)  # Draft
    staged = Signal(object)  # Staged
    inspected = Signal(object)  # name or None
    ran = Signal(object)  # RunInfo
    failed = Signal(object)  # ExplorerError
    blocked = Signal(object, object)  # ProgramError that offers to freeze, and the call that freezes and goes on
    noted = Signal(object)  # Message
    remarked = Signal(object)  # Message about the draft, which goes with it
    busy_changed = Signal(bool)
    device_changed = Signal(object)  # device name

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        keep_torch_off()
        self.tasks = Tasks(engine, self)
        self.measured = Measured()
        self.listing = CodeListing()
        self.tags = Tags()
        self.turns = Turns(self.tasks, self)
        self.turns.busy_changed.connect(self.busy_changed)
        teller = Teller(
            lambda: self.state, self._look_ahead, self._show, self._fail, self.blocked.emit, self.noted.emit
        )
        self._history = History(self.turns, self.listing, teller, self)
        self.undo_stack = self._history.stack
        self._rehearsals = Rehearsals(partial(self.tasks.run, failed=crash.report), self.measured)
        self.device = "cpu"
        self.view = Viewpoint()
        self.started = False
        self.trouble: ExplorerError | None = None  # why it could not start
        self._given: Mapping[str, Any] = {}
        self._bare = False
        self._state: State | None = None
        self._warming: Thread | None = None
        self._foretold = False  # once: at its first forecast torch imports a lot, which is for the worker
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
    def draft(self) -> Draft | None:
        return self._state.draft if self._state else None

    @property
    def identities(self) -> Identities:
        """The identities of the axes of all tensors, with the user's names for them."""
        return self.view.named(self.state.identities)

    @property
    def busy(self) -> bool:
        """Whether a change is under way or waits."""
        return self.turns.busy

    @property
    def idle(self) -> bool:
        """Whether nothing at all is being computed, statistics and previews included."""
        return self.tasks.under_way == 0

    # --- beginning and end -----------------------------------------------------------------------------------------

    def start(self, given: Mapping[str, Any] | None = None, bare: bool = False) -> None:
        """Import torch on the worker, then shelve copies of `given`, or the sample; requests meanwhile wait.

        `bare`: without the sample, for files that are opened next.

        What cannot be shelved is refused with a sentence. Where torch itself cannot be had `trouble` says why; the
        start may then be tried again.
        """
        self._given = given = dict(given or {})
        self._bare = bare = bare or bool(given)
        self.trouble = None

        def work(progress: Progress) -> tuple[State, list[ExplorerError]]:
            fetch_torch()
            return samples.first_state(given, bare)

        def landed(outcome: Outcome[tuple[State, list[ExplorerError]]]) -> None:
            state, refusals = outcome.value
            self.started = True
            self.turns.open()
            self._show(state)
            self.ready.emit()
            if not bare:
                self.set_draft(replace(drafting.FIRST_SIGHT, device=self.device))
            elif state.inspected is not None:
                self.select(state.inspected)
            if refusals:
                self.failed.emit(refusals[0])
            # no daemon: one that is inside of torch when the interpreter ends takes the process with it
            self._warming = Thread(target=self._warm_up, name="warm-up")
            self._warming.start()

        def failed(error: Exception) -> None:
            template = QT_TRANSLATE_NOOP("errors", "torch could not be made ready, so nothing can be computed.")
            self.trouble = ExplorerError(Message("errors", template), "".join(format_exception_only(error)).strip())
            self.failed.emit(self.trouble)
            if not isinstance(error, (ImportError, OSError)):  # else torch is not well installed: no fault of ours
                crash.report(error)

        self.turns.work(work, landed, failed, lambda: None)

    def start_again(self) -> None:
        """Try once more what failed."""
        self.start(self._given, self._bare)

    def close(self, seconds: float | None = None) -> bool:
        """Wait for the worker to end, for at most so many seconds; nothing lands any more. Whether it has ended."""
        self._answer.stop()
        self.turns.cancel()
        ended = self.tasks.engine.close(seconds)
        if ended and self._warming is not None:
            self._warming.join(seconds)
            ended = not self._warming.is_alive()
        return ended

    # --- the draft -------------------------------------------------------------------------------------------------

    def choose_operation(self, name: str) -> None:
        """Begin a draft of the catalogue's `name` on the current tensor."""
        if self._later(lambda: self.choose_operation(name)):
            return
        current = self._current()
        self.set_draft(drafting.begun(OPERATIONS[name], self.workspace, current, self.draft, self.device))

    def select(self, name: str) -> None:
        """Make `name` the current tensor: it is inspected, and becomes the draft's first operand."""
        if self._later(lambda: self.select(name)) or name not in self.workspace:
            return
        draft, rested = self.draft, self._array is not None
        self._set(inspected=name, run=None)
        self.inspected.emit(name)
        if self.workspace[name].is_array:
            self._show_array(name)
            return
        if draft is None:
            self.choose_operation(drafting.FIRST_SIGHT.op.name)
            return
        place = next((i for i, x in enumerate(draft.operands) if isinstance(x, str)), 0)
        if draft.operands[place : place + 1] != (name,) or draft.keepable or rested:
            self.set_draft(drafting.about(draft, name, self.workspace))

    # What the controls of a draft ask for may come to another one, by the time of its turn, and then means nothing.

    def set_operands(self, operands: Sequence[Operand]) -> None:
        """Other operands for the draft."""
        if self._later(lambda: self.set_operands(operands)):
            return
        if self.draft is not None and self.draft.op.arity in (None, len(operands)):
            self.set_draft(drafting.refitted(drafting.with_operands(self.draft, operands), self.workspace))

    def set_argument(self, name: str, value: object) -> None:
        """One argument of the draft; None leaves it out."""
        if self._later(lambda: self.set_argument(name, value)):
            return
        if self.draft is not None and any(p.name == name for p in self.draft.op.parameters):
            arguments = {k: v for k, v in self.draft.arguments.items() if k != name}
            if value is not None:
                arguments[name] = value
            draft = self.draft.calling(arguments=arguments)
            if name == "key" and isinstance(value, tuple):  # what it names are operands
                draft = drafting.with_key(draft, value)
            if name in ("dim", "keepdim"):
                draft = drafting.with_axes(draft, self.workspace, drops=name == "dim")
            self.set_draft(draft)

    def set_form(self, name: str) -> None:
        """The same draft in place, or as a new tensor."""
        if self._later(lambda: self.set_form(name)):
            return
        if self.draft is not None and counterpart(self.draft.op) is OPERATIONS[name]:
            self.set_draft(self.draft.released().calling(op=OPERATIONS[name]))

    def select_cells(self, name: str, key: Sequence[Any]) -> None:
        """Draft `name[key]`: reading, or writing where that is the draft already."""
        if self._later(lambda: self.select_cells(name, key)) or name not in self.workspace:
            return
        draft = self.draft
        if draft is None or "key" not in draft.arguments or draft.operands[0] != name:
            draft = drafting.begun(READ, self.workspace, name, draft, self.device)
        self.set_draft(drafting.with_key(draft, key))

    def decline_copies(self, declined: bool) -> None:
        """Run where the operands are, or not at all: torch then says what it thinks of two devices."""
        if self._later(lambda: self.decline_copies(declined)):
            return
        if self.draft is not None:
            self.set_draft(replace(self.draft, declined=declined))

    def set_device(self, name: str) -> None:
        """Where new tensors are made and drafts run."""
        self.device = name
        self.device_changed.emit(name)
        self.soon(lambda: self.set_draft(replace(self.draft, device=name, declined=False)) if self.draft else None)

    def keep(self) -> None:
        """The newest result stays; the next run makes another."""
        if self._later(self.keep):
            return
        if self.draft is not None:
            self.set_draft(self.draft.released())

    def set_draft(self, draft: Draft) -> None:
        """Show `draft`, foretold, and what it would look like on the stage."""
        draft, workspace = drafting.present(draft, self.workspace), self.workspace
        if self._foretold and not drafting.takes_long(draft, workspace):
            self._show_draft(drafting.foretold(draft, workspace))
            return
        waiting = replace(draft, forecast=None, error=None, copies=())
        self._set(draft=waiting, staged=None)
        self.drafted.emit(waiting)

        def tell(told: Draft) -> None:
            self._foretold = True
            if self.draft is waiting:
                self._show_draft(told)

        self.ask(lambda _: drafting.foretold(waiting, workspace), tell)

    def _show_draft(self, draft: Draft) -> None:
        self._set(draft=draft, staged=None)
        self.drafted.emit(draft)
        self._show_preview(draft)

    def run(self) -> None:
        """Run the draft: copies first, then the operation; its result gets a name and plays."""
        if self._later(self.run):
            return
        draft = self.draft
        if draft is None:
            return
        asked = isinstance(draft.error, RoomError)  # other programs may have left some memory since
        if draft.error is not None and not draft.error.detail and not asked:  # an operand is missing
            self.failed.emit(draft.error)
            return
        view, seen = self.view, self._rehearsals.seen

        def work(state: State, progress: Progress) -> State:
            return staging.performed(draft, state, view, seen)

        self._history.ask(Request(drafting.title(draft), work, self._after_run))

    def reopen(self, step: int) -> None:
        """Stage a step of the program again: replayed from its start, and replaced in place when it is changed."""
        if self._later(lambda: self.reopen(step)) or step >= len(self.workspace.steps):
            return
        view, device = self.view, self.device

        def work(state: State, progress: Progress) -> State:
            return reopening.reopened(step, state, view, device)

        self._history.ask(Request("", work))  # in its turn, as it moves the memory to what the step saw

    def set_view(self, view: Viewpoint) -> None:
        """See the same another way: other axes on rows and columns, another reading, names for axes."""
        if self._later(lambda: self.set_view(view)):
            return
        self.view = view
        if self._state is None or not self.workspace.items:
            return
        self.changed.emit(self.state)
        if self.draft is not None:
            self.drafted.emit(self.draft)
        self._restage()

    def set_stage(self, size: tuple[float, float]) -> None:
        """Arrange tensors for a stage of this width and height in pixels."""
        if self.started and self._later(lambda: self.set_stage(size)):
            return
        self.view = replace(self.view, stage=size)
        if self._state is not None:
            self._restage()

    def _restage(self) -> None:
        """Put the same on the stage as the view has it now."""
        state, staged, view = self.state, self.state.staged, self.view
        if self._array is not None and (staged is None or staged.draft is None):
            self._show_array(self._array)
            return
        if self.draft is None:
            return
        if staged is None:
            self._show_preview(self.draft)
            return

        def work(progress: Progress) -> Any:
            return staging.restaged(staged, state.workspace, state.identities, view)

        def tell(again: Staged) -> None:
            if self.state.staged is staged and self.view is view:  # of several in a row the last one counts
                self._set(staged=again)
                self.staged.emit(again)

        self.ask(work, tell)

    # --- changes of the workspace ----------------------------------------------------------------------------------

    def change(
        self,
        text: str,
        work: Callable[[Workspace], Workspace],
        inspect: str | None = None,
        frozen: Callable[[Workspace], Workspace] | None = None,
        then: Callable[[State, Outcome[State]], None] | None = None,
    ) -> None:
        """Ask for `work` on the workspace; it lands on the undo stack under `text`, and `inspect` is shown.

        Where a step that could be frozen stands against it, the user is offered `frozen` instead. `then` is called
        with the new state in the same turn.
        """

        def made(work: Callable[[Workspace], Workspace]) -> Callable[[State, Progress], State]:
            def change(state: State, progress: Progress) -> State:
                return self._changed_to(state, work(state.workspace), inspect)

            return change

        self._history.ask(Request(text, made(work), then, made(frozen) if frozen is not None else None))

    def load(
        self, text: str, work: Callable[[Workspace, Progress], Workspace], then: Callable[[], None] = lambda: None
    ) -> None:
        """As `change`, for work that a cancel can stop. Where it gives back the workspace that it was given, nothing
        changes. `then` is called after it in the same turn."""

        def loaded(state: State, progress: Progress) -> State:
            workspace = work(state.workspace, progress)
            return state if workspace is state.workspace else self._changed_to(state, workspace, None)

        self._history.ask(Request(text, loaded, lambda *_: then()))

    def _changed_to(self, state: State, workspace: Workspace, inspect: str | None) -> State:
        def at_rest(workspace: Workspace, known: Identities, name: str) -> Staged:
            return self._rehearsals.at_rest(workspace, known, name, self.view)

        made = next_state.followed(state, workspace, inspect, self.device, at_rest)
        self._look_ahead(made)
        return made

    def create(self, name: str, creation: Definition, array: bool = False) -> None:
        """A new tensor on the shelf, or with `array` a NumPy array."""
        self.change(self.tr("New {name}").format(name=name), lambda w: w.create(name, creation, array), name)

    def duplicate(self, name: str) -> None:
        """A tensor with the same values, in memory of its own."""
        text = self.tr("Duplicate {name}").format(name=name)
        self.change(text, lambda w: w.duplicate(name))

    def delete(self, name: str) -> None:
        """Take a tensor off the shelf; refused where others need it, unless those are frozen."""
        text = self.tr("Delete {name}").format(name=name)
        self.change(text, lambda w: edits.delete(w, name), frozen=lambda w: edits.delete(w, name, freeze=True))

    def rename(self, old: str, new: str) -> None:
        """Another name, throughout the program."""

        def work(state: State, progress: Progress) -> State:
            return next_state.renamed(state, old, new, self.device)

        text = self.tr("Rename {old} to {new}").format(old=old, new=new)
        self._history.ask(Request(text, work))

    def reorder(self, names: Sequence[str]) -> None:
        """Another order on the shelf; what has come meanwhile stands last."""

        def reordered(workspace: Workspace) -> Workspace:
            here = [name for name in names if name in workspace]
            return workspace.reorder([*here, *(name for name in workspace.names if name not in here)])

        self.change(self.tr("Reorder the shelf"), reordered)

    def freeze(self, name: str) -> None:
        """Turn a result into typed values, so that it no longer depends on what it was made from."""
        self.change(self.tr("Freeze {name}").format(name=name), lambda w: edits.freeze(w, name))

    def ask(
        self, work: Callable[[Progress], Any], tell: Callable[[Any], None], asker: QObject | None = None
    ) -> Job[Any]:
        """Compute something on the worker that changes nothing; `tell` is called with it.

        Not where the `asker`, or anything that `tell` speaks to, was deleted meanwhile with its window.
        """

        def landed(outcome: Outcome[Any]) -> None:
            if alive(tell) and alive(asker):
                tell(outcome.value)

        return self.tasks.run(work, landed, self._fail)

    def measure(self, name: str, tell: Callable[[Any], None], asker: QObject | None = None) -> None:
        """Exact statistics of a tensor, computed by the worker; `tell` is called with them when they are there."""
        item = self.workspace[name]
        known = self.measured.known(item)
        if known is not None:
            tell(known)
        else:
            self.ask(lambda progress: self.measured.of(item, progress), tell, asker)

    def refresh(self) -> None:
        """Tell everything again, when what is under way has landed: for a window that has just been built."""
        self.soon(lambda: self._show(self.state))

    def undo(self) -> None:
        """Take the newest change back, when those that wait have landed."""
        self._history.travel(-1)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._history.travel(+1)

    def cancel(self) -> None:
        """Drop what waits and what runs; a single call of torch runs to its end first, its result is not kept."""
        if self.started:  # the start itself goes on
            self.turns.cancel()
            self._answer.start()

    def _say_that_it_runs_on(self) -> None:
        if self.turns.cancelled:
            template = QT_TRANSLATE_NOOP(
                "notes",
                "Cancelled: nothing will change. torch does not stop inside of one call, so what you do next waits "
                "until that ends; closing the window ends it at once.",
            )
            self.noted.emit(Message("notes", template))

    # --- how changes land ------------------------------------------------------------------------------------------

    def soon(self, call: Callable[[], None]) -> None:
        """Make `call` now, or when what is under way has landed; before torch is there, when it is."""
        self.turns.soon(call)

    def _later(self, call: Callable[[], None]) -> bool:
        return self.turns.later(call)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, ExplorerError):
            self.failed.emit(error)
        else:
            crash.report(error)

    def _show(self, state: State) -> None:
        """Tell everything; the worker has brought the memory there."""
        if state.draft is not None and state.draft.device != self.device:  # the selector was turned since
            draft = drafting.foretold(replace(state.draft, device=self.device), state.workspace)
            state = replace(state, draft=draft)
        self._state = state
        self._rehearsals.forget(state.draft)
        if state.staged is not None:  # the stage first: there the eye is
            self.staged.emit(state.staged)
        self.changed.emit(state)
        self.inspected.emit(state.inspected)
        if state.draft is not None:
            self.drafted.emit(state.draft)
        if state.staged is not None:
            return
        if self._array is not None:
            self._show_array(self._array)
        elif state.draft is not None:
            self._show_preview(state.draft)

    def _set(self, **changes: Any) -> None:
        self._state = replace(self.state, **changes)

    def _after_run(self, state: State, outcome: Outcome[State]) -> None:
        if state.run is not None:
            run = replace(state.run, warnings=outcome.warnings)
            self._set(run=run)
            self.ran.emit(run)

    @property
    def _array(self) -> str | None:
        """The name of what is inspected, where that is a NumPy array."""
        state = self._state
        name = state.inspected if state is not None else None
        if state is None or name is None or name not in state.workspace:
            return None
        return name if state.workspace[name].kind == "array" else None

    def _current(self) -> str | None:
        draft = self.draft
        chosen = drafting.subject_of(draft) if draft else None
        return chosen or self.state.inspected

    def _warm_up(self) -> None:
        try:
            _warm_up()
        finally:
            self.warmed.emit()

    # --- the stage before a run ------------------------------------------------------------------------------------

    def _show_preview(self, draft: Draft) -> None:
        def land(staged: Staged | None, refusal: OpError | None) -> None:
            if self.draft is draft:
                if staged is not None:
                    self.staged.emit(staged)
                if refusal is not None:
                    self._set(draft=replace(draft, error=refusal))
                    self.drafted.emit(self.draft)

        self._rehearsals.show(self.state, self.view, land)

    def _look_ahead(self, state: State) -> None:
        self._rehearsals.look_ahead(state, self.view)

    def _show_array(self, name: str) -> None:
        state = self.state

        def land(staged: Staged) -> None:
            if self.state.inspected == name and self.state.workspace is state.workspace:
                self._set(staged=staged)
                self.staged.emit(staged)

        self._rehearsals.show_item(state, self.view, name, land)


def _warm_up() -> None:
    """What the window would else wait for at the first `exp` and the first of what is imported late, but for what is
    Qt's; on a thread of its own, so that runs go on."""
    prepare(EXP)
    fetch_all()
