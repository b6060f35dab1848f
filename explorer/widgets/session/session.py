"""The one object that changes: the workspace, its history, the draft, and what stands on the stage.

Widgets are given values by its signals and ask it for changes by its methods. Changes wait their turn: one is carried
out by the engine, lands in the history, and then the next begins, so that each sees the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from explorer.engine import Engine, Outcome, Progress
from explorer.errors import ExplorerError, RoomError
from explorer.late import fetch_torch, keep_torch_off, late
from explorer.ops import OPERATIONS
from explorer.session import draft_edits, drafting
from explorer.session.draft import Draft, Operand
from explorer.session.rehearsals import Rehearsals
from explorer.session.start import WarmUp, refusal
from explorer.session.state import State
from explorer.session.tags import Tags
from explorer.session.viewpoint import Identities, Viewpoint
from explorer.widgets.faults import crash
from explorer.widgets.session.changes import Changes
from explorer.widgets.session.tasks import in_turn

with late():
    from explorer.session import first_drafts, next_state, operand_choices, reopening, samples, staging
    from explorer.workspace import edits

if TYPE_CHECKING:
    from explorer.session.rehearsals import Preview
    from explorer.workspace import Definition, Workspace


class Session(Changes):
    """One window's work: what it is told by, and what it may ask for."""

    ready = Signal()  # torch is there and the first workspace stands
    warmed = Signal()  # and so is what it imports late; from another thread than the window's
    changed = Signal(object)  # State, after every change, undo and redo
    drafted = Signal(object)  # Draft
    staged = Signal(object)  # Staged
    inspected = Signal(object)  # name or None
    ran = Signal(object)  # RunInfo
    remarked = Signal(object)  # Message about the draft, which goes with it
    device_changed = Signal(object)  # device name

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(engine, parent)
        keep_torch_off()
        self.tags = Tags()
        self.view = Viewpoint()
        self.device = "cpu"
        self.trouble: ExplorerError | None = None  # why it could not start
        self._rehearsals = Rehearsals(lambda work, landed: self.tasks.run(work, landed, self._fail), self.measured)
        self._warming: WarmUp | None = None
        self._foretold = False  # once: at its first forecast torch imports a lot, which is for the worker

    # --- what is ---------------------------------------------------------------------------------------------------

    @property
    def draft(self) -> Draft | None:
        return self._state.draft if self._state else None

    @property
    def identities(self) -> Identities:
        """The identities of the axes of all tensors, with the user's names for them."""
        return self.view.named(self.state.identities)

    # --- beginning and end -----------------------------------------------------------------------------------------

    def start(self, given: Mapping[str, Any] | None = None, bare: bool = False) -> None:
        """Import torch on the worker, then shelve copies of `given`, or the sample; requests meanwhile wait.

        `bare`: without the sample, for files that are opened next.

        What cannot be shelved is refused with a sentence. Where torch itself cannot be had `trouble` says why; the
        start may then be tried again.
        """
        self._given = dict(given or {})
        self._bare = bare or bool(given)
        self.start_again()

    def start_again(self) -> None:
        """Try once more what failed."""
        self.trouble, given, bare = None, self._given, self._bare

        def work(progress: Progress) -> tuple[State, list[ExplorerError]]:
            fetch_torch()
            return samples.first_state(given, bare)

        self.tasks.work(work, self._begin, self._not_begun)

    def _begin(self, outcome: Outcome[tuple[State, list[ExplorerError]]]) -> None:
        state, refusals = outcome.value
        self.tasks.open()
        self._show(state)
        self.ready.emit()
        if not self._bare:
            self.set_draft(replace(drafting.FIRST_SIGHT, device=self.device))
        elif state.inspected is not None:
            self.select(state.inspected)
        if refusals:
            self.failed.emit(refusals[0])
        self._warming = WarmUp(self.warmed.emit)
        self._warming.start()

    def _not_begun(self, error: Exception) -> None:
        self.trouble = refusal(error)
        self.failed.emit(self.trouble)
        if not isinstance(error, (ImportError, OSError)):  # else torch is not well installed: no fault of ours
            crash.report(error)

    def close(self, seconds: float | None = None) -> bool:
        """Wait for the worker to end, for at most so many seconds; nothing lands any more. Whether it has ended."""
        self._answer.stop()
        self.tasks.cancel()
        ended = self.tasks.engine.close(seconds)
        if ended and self._warming is not None:
            self._warming.join(seconds)
            ended = not self._warming.is_alive()
        return ended

    # --- the draft -------------------------------------------------------------------------------------------------

    @in_turn
    def choose_operation(self, name: str) -> None:
        """Begin a draft of the catalogue's `name` on the current tensor."""
        current = (drafting.subject_of(self.draft) if self.draft else None) or self.state.inspected
        self.set_draft(drafting.begun(OPERATIONS[name], self.workspace, current, self.draft, self.device))
        begun, workspace = self.draft, self.workspace
        if begun is None or begun.error is None:
            return

        def tell(found: Draft | None) -> None:
            if found is not None and self.draft is not None and self.draft.asks_as(begun):
                self.set_draft(found)

        self.ask(lambda progress: first_drafts.fitting(begun, workspace, progress), tell, self)

    @in_turn
    def inspect(self, name: str) -> None:
        """Tell of `name` what there is to know; the draft stays."""
        if name in self.workspace:
            self._set(inspected=name)
            self.inspected.emit(name)

    @in_turn
    def select(self, name: str) -> None:
        """Make `name` the current tensor: it is inspected, and becomes the draft's first operand."""
        if name not in self.workspace:
            return
        draft, rested = self.draft, self.state.array is not None
        self._set(inspected=name)
        self.inspected.emit(name)
        if self.workspace[name].is_array:
            self._stage(name)
        elif draft is None:
            self.choose_operation(drafting.FIRST_SIGHT.op.name)
        elif rested:
            self.set_draft(drafting.about(draft, name, self.workspace))
        else:
            self._redraft(draft_edits.on_tensor, name)

    @in_turn
    def select_cells(self, name: str, key: Sequence[Any]) -> None:
        """Draft `name[key]`: reading, or writing where that is the draft already."""
        if name in self.workspace:
            self.set_draft(draft_edits.on_cells(self.draft, self.workspace, name, key, self.device))

    def foresee(self, operand: int, tell: Callable[[Mapping[str, Draft]], None], asker: QObject) -> None:
        """Find, beside all else, what the draft would come to with each tensor as that operand; `tell` is called with
        the drafts by name, if it is still the same."""
        draft, workspace = self.draft, self._state.workspace if self._state is not None else None
        if draft is None or workspace is None:
            return

        def told(choices: Mapping[str, Draft]) -> None:
            if self.draft is not None and self.draft.asks_as(draft):
                tell(choices)

        self.ask(lambda progress: operand_choices.operand_choices(draft, operand, workspace, progress), told, asker)

    def set_operands(self, operands: Sequence[Operand]) -> None:
        """Other operands for the draft."""
        self._redraft(draft_edits.with_operands, operands)

    def set_argument(self, name: str, value: object) -> None:
        """One argument of the draft; None leaves it out."""
        self._redraft(draft_edits.with_argument, name, value)

    def set_form(self, name: str) -> None:
        """The same draft in place, or as a new tensor."""
        self._redraft(draft_edits.in_form, name)

    def decline_copies(self, declined: bool) -> None:
        """Run where the operands are, or not at all: torch then says what it thinks of two devices."""
        self._redraft(lambda draft, _: replace(draft, declined=declined))

    def set_device(self, name: str) -> None:
        """Where new tensors are made and drafts run."""
        self.device = name
        self.device_changed.emit(name)
        self._redraft(lambda draft, _: replace(draft, device=name, declined=False))

    def keep(self) -> None:
        """The newest result stays; the next run makes another."""
        self._redraft(lambda draft, _: draft.released())

    @in_turn
    def _redraft(self, edit: Callable[..., Draft | None], *given: object) -> None:
        """What `edit` makes of the draft that there is by then."""
        draft = edit(self.draft, self.workspace, *given) if self.draft is not None else None
        if draft is not None:
            self.set_draft(draft)

    def set_draft(self, draft: Draft) -> None:
        """Show `draft`, foretold, and what it would look like on the stage."""
        draft, workspace = drafting.present(draft, self.workspace), self.workspace
        if self._foretold and not drafting.takes_long(draft, workspace):
            self._show_draft(drafting.foretold(draft, workspace))
            return
        waiting = replace(draft, forecast=None, error=None, copies=())
        self._adopt(waiting)
        self._rehearsals.forget(waiting)

        def tell(told: Draft) -> None:
            self._foretold = True
            if self.draft is waiting:
                self._show_draft(told)

        self.ask(lambda _: drafting.foretold(waiting, workspace), tell, self)

    def _show_draft(self, draft: Draft) -> None:
        self._adopt(draft)
        self._stage()

    def _adopt(self, draft: Draft) -> None:
        """Another draft, and with it what is selected."""
        before = self.state.inspected
        self._state = next_state.selected(replace(self.state, draft=draft, staged=None, waits=False))
        if self._state.inspected != before:
            self.inspected.emit(self._state.inspected)
        self.drafted.emit(draft)

    @in_turn
    def run(self) -> None:
        """Run the draft: copies first, then the operation; its result gets a name and plays."""
        draft, view, seen = self.draft, self.view, self._rehearsals.seen
        if draft is None:
            return
        asked = isinstance(draft.error, RoomError)  # other programs may have left some memory since
        if draft.error is not None and not draft.error.detail and not asked:  # an operand is missing
            self.failed.emit(draft.error)
            return

        def landed(outcome: Outcome[State]) -> None:
            if outcome.value.run is not None:
                run = replace(outcome.value.run, warnings=outcome.warnings)
                self._set(run=run)
                self.ran.emit(run)

        self._change(drafting.title(draft), lambda state, _: staging.performed(draft, state, view, seen), landed)

    @in_turn
    def reopen(self, step: int) -> None:
        """Stage a step of the program again: replayed from its start, and replaced in place when it is changed."""
        if step < len(self.workspace.steps):
            view, device = self.view, self.device
            self._change("", lambda state, _: reopening.reopened(step, state, view, device))

    # --- the stage before and after a run --------------------------------------------------------------------------

    @in_turn
    def set_view(self, view: Viewpoint) -> None:
        """See the same another way: other axes on rows and columns, another reading, names for axes."""
        self.view = view
        if not self.workspace.items:
            return
        self.changed.emit(self.state)
        if self.draft is not None:
            self.drafted.emit(self.draft)
        self._restage()

    def set_stage(self, size: tuple[float, float]) -> None:
        """Arrange tensors for a stage of this width and height in pixels."""
        if self.started:
            self.soon(partial(self._arrange, size))
        else:
            self.view = replace(self.view, stage=size)

    def _arrange(self, size: tuple[float, float]) -> None:
        self.view = replace(self.view, stage=size)
        self._restage()

    def _restage(self) -> None:
        """Put the same on the stage as the view has it now."""
        staged = self.state.staged
        item = self.state.array if staged is None or staged.draft is None else None
        if item is not None or self.draft is not None:
            self._stage(item)

    def _stage(self, item: str | None = None) -> None:
        """Have the stage set: with an item at rest, or with what the state has there, else with its draft."""
        self._rehearsals.show(self.state, self.view, item, self._land)

    def _land(self, preview: Preview) -> None:
        staged, refused = preview
        if staged is not None:
            if staged.ran or staged.draft is None:
                self._set(staged=staged)
            self.staged.emit(staged)
        if refused is not None and self.draft is not None:
            self._set(draft=replace(self.draft, error=refused))
            self.drafted.emit(self.draft)

    # --- changes of the workspace ----------------------------------------------------------------------------------

    def create(self, name: str, creation: Definition, array: bool = False) -> None:
        """A new tensor on the shelf, or with `array` a NumPy array."""
        self.change(self.tr("New {name}").format(name=name), lambda w: w.create(name, creation, array), name)

    def duplicate(self, name: str) -> None:
        """A tensor with the same values, in memory of its own."""
        self.change(self.tr("Duplicate {name}").format(name=name), lambda w: w.duplicate(name))

    def delete(self, name: str) -> None:
        """Take a tensor off the shelf; refused where others need it, unless those are frozen."""
        text = self.tr("Delete {name}").format(name=name)
        self.change(text, lambda w: edits.delete(w, name), frozen=lambda w: edits.delete(w, name, freeze=True))

    def rename(self, old: str, new: str) -> None:
        """Another name, throughout the program."""
        text = self.tr("Rename {old} to {new}").format(old=old, new=new)
        self._change(text, lambda state, _: next_state.renamed(state, old, new, self.device))

    def reorder(self, names: Sequence[str]) -> None:
        """Another order on the shelf; what has come meanwhile stands last."""

        def reordered(workspace: Workspace) -> Workspace:
            here = [name for name in names if name in workspace]
            return workspace.reorder([*here, *(name for name in workspace.names if name not in here)])

        self.change(self.tr("Reorder the shelf"), reordered)

    # --- a scratch beside the user's tensors -----------------------------------------------------------------------

    def try_out(self, text: str, work: Callable[[Workspace], Workspace], then: Callable[[], None]) -> None:
        """A scratch that `work` makes of an empty workspace, in the place of all that is there, which waits. `then` is
        called after it in the same turn."""

        self._change(text, lambda state, _: next_state.in_scratch(state, work, self.device), lambda _: then())

    def leave_scratch(self) -> None:
        """Back to the user's own tensors, as they were."""

        def made(state: State, _: Progress) -> State:
            if state.aside is None:
                return state
            state.aside.workspace.activate()
            self._look_ahead(state.aside)
            return state.aside

        self._change(self.tr("Back to my tensors"), made, leaves=True)

    def keep_scratch(self) -> None:
        """Back to the user's own tensors, with those of the scratch behind them."""

        def made(state: State, _: Progress) -> State:
            return state if state.aside is None else next_state.kept(state, self.device)

        self._change(self.tr("Keep what was tried out"), made, leaves=True)

    # --- what is told ----------------------------------------------------------------------------------------------

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
        if state.staged is None:
            self._restage()

    def _followed(self, state: State, workspace: Workspace, inspect: str | None) -> State:
        made = next_state.followed(state, workspace, inspect, self.device)
        self._look_ahead(made)
        return made

    def _look_ahead(self, state: State) -> None:
        self._rehearsals.look_ahead(state, self.view)
