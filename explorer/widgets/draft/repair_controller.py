"""Offers repairs of a draft that torch refuses, shows them on the stage, and writes them into the program."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.errors import ExplorerError, OpError
from explorer.late import late
from explorer.messages import Phrase
from explorer.session.draft import Draft
from explorer.session.drafting import subject_of
from explorer.widgets.actions import Action
from explorer.widgets.message.repair_row import MOST, repair_key

with late():
    from explorer.session import repairs
    from explorer.session.repairs import preview

if TYPE_CHECKING:
    from explorer.session.repairs import Repair
    from explorer.session.staged import Staged
    from explorer.widgets.message.message_bar import MessageBar
    from explorer.widgets.session import Session
    from explorer.widgets.stage.stage_panel import StagePanel
    from explorer.workspace import Workspace

REPAIR = Phrase("Take repair &{number} of a refused draft", "采用第 &{number} 种修正")
NO_REPAIR = Phrase("There is no such repair to take.", "没有这样的修正。")


class RepairController(QObject):
    """Looks for repairs of the newest refusal alone; what was looked for before is dropped."""

    def __init__(self, session: Session, bar: MessageBar, stage: StagePanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._bar, self._stage = session, bar, stage
        self._refused: tuple[Draft, Workspace] | None = None
        self._found: tuple[Repair, ...] | None = None  # None while they are looked for
        self._job: Any = None
        self._before: Staged | None = None  # what stood on the stage before a repair was seen there
        self._seen: Repair | None = None
        bar.repairs.chosen.connect(self._take)
        bar.repairs.previewed.connect(self._preview)
        session.drafted.connect(self._follow)
        session.failed.connect(self._failed)

    def actions(self) -> tuple[Action, ...]:
        """Each repair that is offered, by its key."""
        return tuple(
            Action(
                f"action_repair_{place + 1}",
                REPAIR.of(number=place + 1),
                partial(self._bar.repairs.choose, place),
                (repair_key(place),),
                refusal=partial(self._reason, place),
            )
            for place in range(MOST)
        )

    def _reason(self, place: int) -> Phrase:
        return Phrase() if place < len(self._bar.repairs.offered) else NO_REPAIR

    def _failed(self, error: ExplorerError) -> None:
        draft = self._session.draft
        if draft is not None and isinstance(error, OpError):
            self._follow(replace(draft, error=error))

    def _follow(self, draft: Draft) -> None:
        """Look for repairs of a draft that is refused."""
        if not isinstance(draft.error, OpError):
            self._forget()
            return
        workspace = self._session.workspace
        known = self._refused
        if known is None or not known[0].asks_as(draft) or known[1] is not workspace:
            self._forget()
            self._refused = draft, workspace
            self._look(draft, workspace)
        elif self._found is not None:
            self._offer()

    def _look(self, draft: Draft, workspace: Workspace) -> None:
        def work(progress: Any) -> tuple[Repair, ...]:
            return repairs.repairs(draft, workspace, progress.cancelled.is_set)

        def tell(found: tuple[Repair, ...]) -> None:
            if self._refused == (draft, workspace):
                self._found = found
                self._offer()

        self._job = self._session.ask(work, tell, self)

    def _offer(self) -> None:
        """Below what is said of the refusal, if that is still said."""
        about = self._bar.about
        if self._refused is not None and isinstance(about, Draft) and about.asks_as(self._refused[0]):
            self._bar.show_repairs(self._found or ())

    def _forget(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._refused = self._found = self._before = self._seen = None

    def _take(self, repair: Repair) -> None:
        """Write it: what comes first as steps, then the draft on their results."""
        if self._refused is None:
            return
        session, (draft, workspace) = self._session, self._refused
        self._before = None  # it goes on from what is seen
        made: list[Draft] = []

        def work(now: Workspace) -> Workspace:
            told, found = repairs.drafted(repair, draft, now)
            made.append(told)
            return found

        def take() -> None:
            if session.workspace is not workspace:
                return
            if repair.simple:
                work(workspace)
                session.set_draft(made[-1])
            else:
                session.change(repair.code, work, then=lambda *_: self._write(made[-1]))

        session.soon(take)
        self._stage.picture.setFocus()

    def _write(self, draft: Draft) -> None:
        subject = subject_of(draft)
        if subject is not None:
            self._session.select(subject)
        self._session.set_draft(draft)

    def _preview(self, repair: Repair | None) -> None:
        """Show what it would give on the stage, or what stood there before."""
        self._seen = repair
        if repair is None:
            before, self._before = self._before, None
            if before is not None and not self._session.busy:
                self._stage.show_staged(before, False)
            return
        session = self._session
        if self._refused is None or session.busy or self._stage.staged is None or self._stage.editing:
            return
        draft, workspace = self._refused
        before = self._before or self._stage.staged

        def work(progress: Any) -> Staged | None:
            measure = partial(session.measured.of, progress=progress)
            return preview.previewed(repair, draft, workspace, session.view, measure)

        def tell(staged: Staged | None) -> None:
            if staged is not None and self._seen is repair and session.workspace is workspace:
                self._before = before
                self._stage.show_staged(staged, False)

        session.ask(work, tell, self)
