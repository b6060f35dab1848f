"""What the message bar says: why something was refused, what torch warns about, what may be done next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from explorer.errors import ExplorerError, OpError, ProgramError, RoomError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.session.draft import Draft
from explorer.session.notice import Notice

if TYPE_CHECKING:
    from explorer.session.notice import Action
    from explorer.session.state import RunInfo, State
    from explorer.widgets.message.message_bar import MessageBar
    from explorer.widgets.session import Session

TRY_AGAIN = QT_TRANSLATE_NOOP("notes", "Try again")
KEEP_GRADIENTS = QT_TRANSLATE_NOOP("notes", "Keep gradients as values and go on")
FREEZE = QT_TRANSLATE_NOOP("notes", "Freeze {name} and go on")
REPLACED = QT_TRANSLATE_NOOP(
    "notes", "This run has replaced {name}. Keep {name}, beside Run, lets it stay: then a run makes another tensor."
)


class MessageController(QObject):
    """Speaks for the session, and forgets what is past. `bar` is for those who have more to say."""

    again = Signal()  # torch is to be got once more

    def __init__(self, session: Session, bar: MessageBar) -> None:
        super().__init__(bar)
        self._session, self.bar = session, bar
        self._made: str | None = None  # by the newest run
        self._replaced = False  # whether it has been said that a run replaces what the one before made
        self._refused: Any = None  # the draft that stands refused, whose message goes when it is mended
        session.changed.connect(self._changed)
        session.drafted.connect(self._drafted)
        session.ran.connect(self._ran)
        session.failed.connect(self.failed)
        session.blocked.connect(self._blocked)
        session.noted.connect(bar.show_note)
        session.remarked.connect(self._remark)

    def _changed(self, _: State) -> None:
        self.bar.clear()

    def _drafted(self, draft: Any) -> None:
        """Another draft: what is said of one that is gone goes too, and why this one is refused is said."""
        about, mended = self.bar.about, draft.error is None and self._refused is not None
        same = isinstance(about, Draft) and about.asks_as(draft)
        if self.bar.text and (mended or (isinstance(about, Draft) and not same)):
            self.bar.clear()
        if isinstance(draft.error, OpError) and not (same and self.bar.text):
            self.bar.show_refusal(draft.error, draft)  # and repairs are looked for
        elif draft.error is not None and not (same and self.bar.text):
            self.bar.show_error(draft.error, about=draft)
        self._refused = draft if draft.error is not None else None

    def _remark(self, message: Message) -> None:
        self.bar.show_notice(Notice("info", message, about=self._session.draft))

    def _ran(self, run: RunInfo) -> None:
        before, self._made = self._made, run.name
        draft = self._session.draft
        if before == run.name and draft is not None and draft.keepable and not self._replaced and not run.warnings:
            self._replaced = True
            self._remark(Message("notes", REPLACED, {"name": run.name}))
        if run.warnings:
            template = QT_TRANSLATE_NOOP("notes", "torch warns about this operation.")
            self.bar.show_warning(Message("notes", template), run.warnings[0], about=self._session.draft)

    def failed(self, error: ExplorerError, action: Action | None = None) -> None:
        """Something was refused."""
        if error is self._session.trouble:
            action = (Message("notes", TRY_AGAIN), lambda window: window.message.again.emit())
        about = self._session.draft if isinstance(error, OpError | ProgramError | RoomError) else None
        if isinstance(about, Draft) and isinstance(error, OpError) and action is None:
            self.bar.show_refusal(error, about)
        else:
            self.bar.show_error(error, action, about)

    def _blocked(self, error: ProgramError, go_on: Callable[[], None]) -> None:
        """A step stands against a change: offer to freeze its result, and then to do what was asked."""
        steps, action = self._session.workspace.steps, None
        step = steps[error.step] if error.step is not None and error.step < len(steps) else None
        name = next(iter(step.outputs), None) if step is not None else None
        if step is not None and step.graded:
            action = (Message("notes", KEEP_GRADIENTS), lambda _: go_on())
        elif name is not None:
            action = (Message("notes", FREEZE, {"name": name}), lambda _: go_on())
        self.failed(error, action)
