"""Sets the stage for one of the things that surprise people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.messages import Message, Phrase
from explorer.session.draft import Draft
from explorer.session.lessons.surprises import SURPRISES, Bench, Example, Surprise
from explorer.widgets.actions import Action
from explorer.widgets.speech.sentences import say

if TYPE_CHECKING:
    from explorer.session.state import RunInfo, State
    from explorer.widgets.grid.grid_controller import GridController
    from explorer.widgets.message.message_controller import MessageController
    from explorer.widgets.session import Session
    from explorer.widgets.shelf.tensor_shelf import TensorShelf
    from explorer.widgets.stage.stage_panel import StagePanel
    from explorer.workspace import Workspace

FAMILY = Phrase("Surprises", "出人意料")
WORDS = ("surprise", "pitfall", "gotcha", "陷阱")


BACK = Phrase("&Back to my tensors", "回到我的张量(&B)")
KEEP = Phrase("&Keep these tensors too", "把这些张量也留下(&K)")
OUTSIDE = Phrase("Nothing is being tried out.", "现在没有在试。")


class SurpriseController(QObject):
    """Makes the tensors in a scratch beside the user's own, drafts the operation, and says why it is so."""

    def __init__(
        self,
        session: Session,
        shelf: TensorShelf,
        message: MessageController,
        stage: StagePanel,
        grid: GridController,
    ) -> None:
        super().__init__(stage)
        self._session, self._stage, self._grid, self._bar = session, stage, grid, shelf.scratch
        shelf.scratch.left.connect(self._leave)
        shelf.scratch.kept.connect(self._keep)
        session.changed.connect(self._changed)
        self._told: tuple[Draft, Message] | None = None
        session.ran.connect(self._tell_again)
        message.bar.closed.connect(self._forget)

    def actions(self) -> list[Action]:
        """Each of them, and the ways back."""

        def outside() -> Phrase:
            return Phrase() if self._session.started and self._session.state.aside is not None else OUTSIDE

        own = [
            Action(f"surprise_{s.key}", s.title, partial(self.begin, s), one_of="surprises", words=WORDS, family=FAMILY)
            for s in SURPRISES
        ]
        return [
            *own,
            Action("action_leave_scratch", BACK, self._leave, refusal=outside),
            Action("action_keep_scratch", KEEP, self._keep, refusal=outside),
        ]

    def _leave(self) -> None:
        self._told = None
        self._grid.close()
        self._session.leave_scratch()
        self._stage.take_keyboard()

    def _keep(self) -> None:
        self._grid.close()
        self._session.keep_scratch()
        self._stage.take_keyboard()

    def _changed(self, state: State) -> None:
        self._bar.setVisible(state.aside is not None)

    def _forget(self) -> None:
        """What was said has been put away."""
        self._told = None

    def _tell_again(self, run: RunInfo) -> None:
        """What is said of an example stands while its draft has been run: one may be meant to go on from there. A
        warning of torch comes before it."""
        draft = self._session.draft
        if self._told is None or draft is None or run.warnings:
            return
        begun, said = self._told
        if (draft.op, draft.operands) == (begun.op, begun.operands):
            self._session.noted.emit(said)

    def begin(self, surprise: Surprise) -> None:
        """Make what `surprise` needs, in a scratch."""
        self._grid.close()
        session = self._session
        made: list[Example] = []

        def work(workspace: Workspace) -> Workspace:
            bench = Bench(workspace)
            made.append(surprise.make(bench))
            return bench.workspace

        def then(*_: object) -> None:
            example = made[-1]
            first = example.inspected or (example.call.names[0] if example.call is not None else "")
            session.select(first)
            said = Message("surprises", surprise.said, {"first": first})
            self._told = None
            if example.call is not None:
                draft = Draft(example.call, device=session.device)
                session.set_draft(draft)
                self._told = draft, said
            session.noted.emit(said)
            self._stage.take_keyboard()

        session.try_out(say(Message("surprises", surprise.title)), work, then)
