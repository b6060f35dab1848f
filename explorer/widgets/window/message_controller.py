"""What the message bar says: why something was refused, what torch warns about, what may be done next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.errors import ExplorerError, OpError, ProgramError, RoomError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.session.draft import Draft
from explorer.widgets.message_bar import Action
from explorer.widgets.window.repair_controller import RepairController

if TYPE_CHECKING:
    from explorer.session.staged import Staged
    from explorer.session.state import RunInfo
    from explorer.widgets.session import Session
    from explorer.widgets.window.grid_controller import GridController
    from explorer.widgets.window.panes import Panes


class MessageController(QObject):
    """Speaks for the session, and forgets what is past."""

    again = Signal()  # torch is to be got once more
    panels_wanted = Signal()  # all panels, for what cannot be mended on the stage alone

    def __init__(self, session: Session, panes: Panes, editing: GridController, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._panes, self._editing, self._bar = session, panes, editing, panes.message_bar
        self._refused: Any = None  # the draft that stands refused, whose message goes when it is mended
        session.ran.connect(self._ran)
        session.failed.connect(self.failed)
        session.blocked.connect(self._blocked)
        session.noted.connect(self._bar.show_note)
        session.remarked.connect(self._remark)
        panes.stage.ended.connect(self._played)
        panes.stage.view.failed.connect(self.failed)
        self.repairing = RepairController(session, panes.message_bar, panes.stage, parent)
        editing.opened.connect(lambda: self._float(True))
        editing.closed.connect(lambda: self._float(False))

    def _float(self, low: bool) -> None:
        """Messages lie at the lower edge while a grid is edited, whose controls stand above."""
        self._panes.floating.low = low
        self._panes.floating.place()

    def follow(self, draft: Any) -> None:
        """Another draft: what is said of one that is gone goes too, and why this one is refused is said."""
        about = self._bar.about
        same = isinstance(about, Draft) and about.asks_as(draft)
        mended = draft.error is None and self._refused is not None
        if self._bar.text and (mended or (isinstance(about, Draft) and not same)):
            self._bar.clear()
        if draft.error is not None and not (same and self._bar.text):
            self._bar.show_refusal(draft.error, draft)
        self._refused = draft if draft.error is not None else None
        self.repairing.follow(draft)

    def _remark(self, message: Message) -> None:
        self._bar.show_note(message, about=self._session.draft)

    def _ran(self, run: RunInfo) -> None:
        if run.warnings:
            template = QT_TRANSLATE_NOOP("notes", "torch warns about this operation.")
            self._bar.show_warning(Message("notes", template), run.warnings[0], about=self._session.draft)

    def failed(self, error: ExplorerError, action: Action | None = None) -> None:
        """Something was refused; also beside the cell that it was asked for."""
        stage = self._panes.stage
        if error is self._session.trouble:
            stage.view.clear(self.tr("torch is not ready."))
            action = (self.tr("Try again"), self.again.emit)
        if stage.editing:
            self._editing.grid.show_error(error)
        about = self._session.draft if isinstance(error, OpError | ProgramError | RoomError) else None
        if isinstance(about, Draft) and isinstance(error, OpError) and action is None:
            self._bar.show_refusal(error, about)
            self.repairing.follow(about, error)
        else:
            self._bar.show_error(error, action, about)

    def _blocked(self, error: ProgramError, go_on: Callable[[], None]) -> None:
        """A step stands against a change: offer to freeze its result, and then to do what was asked."""
        steps, action = self._session.workspace.steps, None
        step = steps[error.step] if error.step is not None and error.step < len(steps) else None
        name = next(iter(step.outputs), None) if step is not None else None
        if step is not None and step.graded:
            action = (self.tr("Keep gradients as values and go on"), go_on)
        elif name is not None:
            action = (self.tr("Freeze {name} and go on").format(name=name), go_on)
        self.failed(error, action)

    def _played(self, staged: Staged) -> None:
        """When a squash of one axis has been seen, offer the next axis."""
        draft = self._session.draft
        if draft is None or staged.draft is None or not draft.op.reduces:
            return
        dim, operand = draft.arguments.get("dim"), draft.operands[0]
        rank = len(self._session.workspace[operand].shape) if isinstance(operand, str) else 0
        if rank < 2 or not isinstance(dim, int):
            return
        other = (dim + 1) % rank
        template = QT_TRANSLATE_NOOP("notes", "Axis {axis} went. Which numbers come out along axis {other}?")

        def again() -> None:
            self._bar.clear()
            self._session.set_argument("dim", other)
            self._panes.stage.picture.setFocus()
            self._panes.draft_bar.run()

        text = self.tr("Now axis {axis}").format(axis=other)
        note = Message("notes", template, {"axis": dim % rank, "other": other})
        self._bar.show_note(note, (text, again), draft)

    def problem(self) -> None:
        """Why nothing runs, where the draft line that would say it is out of sight."""
        template = QT_TRANSLATE_NOOP("notes", "Nothing runs while the draft line holds what is no value: {reason}")

        def mend() -> None:
            self.panels_wanted.emit()
            self._panes.draft_bar.run()

        message = Message("notes", template, {"reason": self._panes.draft_bar.problem})
        action = (self.tr("Leave the projector view and mend it"), mend)
        self._bar.show_warning(message, action=action, about=self._session.draft)
