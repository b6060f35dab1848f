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

    def show(self, state: State, view: Viewpoint, item: str | None, land: Callable[[Preview], None]) -> None:
        """Set the stage for `state`: with the `item` at rest, else with what is on it seen as in `view`, else for its
        draft. `land` is called with what is to be shown, and why torch refuses."""
        ahead, self._ahead = self._ahead, None
        self.drop()
        if item is not None or state.staged is not None:
            work = partial(self._again, state, view, item)
        elif ahead is not None and ahead[0] is state.draft and ahead[1] is view:
            self._land(ahead[2], view, land)
            return
        else:
            work = partial(self._rehearsed, state, view)

        def landed(outcome: Outcome[Preview]) -> None:
            if self._job is job:
                self._land(outcome.value, view, land)

        job = self._job = self._run(work, landed)

    def _land(self, preview: Preview, view: Viewpoint, land: Callable[[Preview], None]) -> None:
        staged = preview[0]
        if staged is not None and not staged.ran and staged.draft is not None:
            self.seen = Rehearsal(staged, view)
        land(preview)

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
        if state.draft is not None and state.staged is None:
            try:
                self._ahead = state.draft, view, self._rehearsed(state, view, lambda _: None)
            except Exception:  # noqa: BLE001 - the change itself stands; the preview comes upon the same and reports it
                return

    def at_rest(self, workspace: Workspace, known: Identities, name: str, view: Viewpoint) -> Staged:
        """One item as it is, on the stage; made on the worker."""
        return staging.at_rest(workspace[name], known, view, partial(self._measured.of, progress=lambda _: None))

    def _again(self, state: State, view: Viewpoint, item: str | None, _: object) -> Preview:
        if item is not None:
            return self.at_rest(state.workspace, state.identities, item, view), None
        assert state.staged is not None
        return staging.restaged(state.staged, state.workspace, state.identities, view), None

    def _rehearsed(self, state: State, view: Viewpoint, progress: Callable[[float], None]) -> Preview:
        assert state.draft is not None
        measure = partial(self._measured.of, progress=progress)
        return staging.rehearsed(state.draft, state.workspace, state.identities, REHEARSED_CELLS, view, measure)
