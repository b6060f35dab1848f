"""What the stage shows before a run: a draft rehearsed, or its operands where it cannot or should not be run yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from explorer.engine import Job, Outcome, Progress
from explorer.late import late
from explorer.session.draft import Draft
from explorer.session.measured import Measured
from explorer.session.staged import Rehearsal
from explorer.session.state import State
from explorer.session.viewpoint import Identities, Viewpoint

with late():
    from explorer.session import staging

if TYPE_CHECKING:
    from explorer.errors import OpError
    from explorer.session.staged import Staged
    from explorer.workspace import Workspace

Preview = tuple["Staged | None", "OpError | None"]
Run = Callable[[Callable[[Progress], Any], Callable[[Outcome[Any]], None]], Job[Any]]
"""Does the work on the engine's worker, and calls with what came out where the session lives."""

REHEARSED_CELLS = 2**16  # a draft on no more cells than this is run in a scratch, so that the stage can show it


class Rehearsals:
    """The newest is the only one: an older one that is still being computed is dropped."""

    def __init__(self, run: Run, measured: Measured) -> None:
        self._run, self._measured = run, measured
        self._job: Job[Any] | None = None
        self._ahead: tuple[Draft, Viewpoint, Preview] | None = None
        self.seen: Rehearsal | None = None

    def show(self, state: State, view: Viewpoint, land: Callable[[Staged | None, OpError | None], None]) -> None:
        """Set the stage for the draft of `state`: `land` is called with what is to be shown, and why torch refuses."""
        draft, ahead, self._ahead = state.draft, self._ahead, None
        assert draft is not None

        def landed(staged: Staged | None, refusal: OpError | None) -> None:
            if staged is not None:
                self.seen = Rehearsal(staged, view)
            land(staged, refusal)

        self._cancel()
        if ahead is not None and ahead[0] is draft and ahead[1] is view:
            landed(*ahead[2])
            return
        work = partial(self._rehearsed, state, view)
        self._job = self._run(work, lambda outcome: landed(*outcome.value))

    def show_item(self, state: State, view: Viewpoint, name: str, land: Callable[[Staged], None]) -> None:
        """Set the stage for one item, at rest: torch's operations do not want arrays."""
        self._cancel()

        def landed(outcome: Outcome[Staged]) -> None:
            land(outcome.value)

        work = partial(self.at_rest, state.workspace, state.identities, name, view)
        self._job = self._run(lambda _: work(), landed)

    def forget(self, draft: Draft | None) -> None:
        """What was seen of any other draft than this one goes, and with it the tensors that stood on the stage."""
        if self.seen is not None and self.seen.staged.draft is not draft:
            self.seen = None

    def look_ahead(self, state: State, view: Viewpoint) -> None:
        """On the worker: what the stage will show of a state, so that it is there in the same frame as all else."""
        self._ahead = None
        if state.draft is not None and state.staged is None:
            try:
                self._ahead = state.draft, view, self._rehearsed(state, view, lambda _: None)
            except Exception:  # noqa: BLE001 - the change itself stands; the preview comes upon the same and reports it
                return

    def at_rest(self, workspace: Workspace, known: Identities, name: str, view: Viewpoint) -> Staged:
        """One item as it is, on the stage; made on the worker."""
        return staging.at_rest(workspace[name], known, view, partial(self._measured.of, progress=lambda _: None))

    def _rehearsed(self, state: State, view: Viewpoint, progress: Callable[[float], None]) -> Preview:
        assert state.draft is not None
        measure = partial(self._measured.of, progress=progress)
        return staging.rehearsed(state.draft, state.workspace, state.identities, REHEARSED_CELLS, view, measure)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
