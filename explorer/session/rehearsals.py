"""What the stage shows where no run has just put it there: a draft rehearsed, what has run seen another way, or an item
at rest."""

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
from explorer.session.viewpoint import Viewpoint

with late():
    from explorer.session import staging

if TYPE_CHECKING:
    from explorer.errors import OpError
    from explorer.session.staged import Staged

Preview = tuple["Staged | None", "OpError | None"]
Run = Callable[[Callable[[Progress], Any], Callable[[Outcome[Any]], None]], Job[Any]]
"""Does the work on the engine's worker, and calls with what came out where the session lives."""

REHEARSED_CELLS = 2**16  # a draft on no more cells than this is run in a scratch, so that the stage can show it


class Rehearsals:
    """The newest is the only one: an older one that is still being computed is dropped."""

    def __init__(self, run: Run, measured: Measured) -> None:
        self._run, self._measured = run, measured
        self._job: Job[Any] | None = None
        self._ahead: tuple[State, Viewpoint, Preview] | None = None
        self.seen: Rehearsal | None = None

    def show(self, state: State, view: Viewpoint, item: str | None, land: Callable[[Preview], None]) -> None:
        """Set the stage for `state`: with the `item` at rest, else with what is on it seen as in `view`, else for its
        draft. `land` is called with what is to be shown, and why torch refuses."""
        ahead, self._ahead = self._ahead, None
        self.drop()

        def landed(preview: Preview) -> None:
            if preview[0] is not None and item is None and state.staged is None:
                self.seen = Rehearsal(preview[0], view)
            land(preview)

        def told(outcome: Outcome[Preview]) -> None:
            if self._job is job:
                landed(outcome.value)

        if ahead is not None and ahead[0] is state and ahead[1] is view:
            landed(ahead[2])
        else:
            job = self._job = self._run(partial(self._made, state, view, item), told)

    def drop(self) -> None:
        """What is still being computed is not wanted any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def forget(self, draft: Draft | None) -> None:
        """What was seen of any other draft than this one goes, and with it the tensors that stood on the stage."""
        self.drop()
        if self.seen is not None and self.seen.staged.draft is not draft:
            self.seen = None

    def look_ahead(self, state: State, view: Viewpoint) -> None:
        """On the worker: what the stage will show of a state, so that it is there in the same frame as all else."""
        self._ahead = None
        if state.staged is None and (state.draft is not None or state.array is not None):
            try:
                self._ahead = state, view, self._made(state, view, state.array, lambda _: None)
            except Exception:  # noqa: BLE001 - the change itself stands; the preview comes upon the same and reports it
                return

    def _made(self, state: State, view: Viewpoint, item: str | None, progress: Callable[[float], None]) -> Preview:
        measure = partial(self._measured.of, progress=progress)
        if item is not None:
            return staging.at_rest(state.workspace[item], state.identities, view, measure), None
        if state.staged is not None:
            return staging.restaged(state.staged, state.workspace, state.identities, view), None
        assert state.draft is not None
        if state.waits:
            return staging.standing(state.draft, state.workspace, state.identities, view, measure), None
        return staging.rehearsed(state.draft, state.workspace, state.identities, REHEARSED_CELLS, view, measure)
