"""The draft as the session has it: the operation that is chosen, on which device, and how it is run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from explorer.engine import devices
from explorer.late import late
from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase
from explorer.ops import OPERATIONS, counterpart
from explorer.session.draft import Draft
from explorer.widgets.actions import Action
from explorer.widgets.draft.operation_words import call_form, heading_of, names_of, title_of, words_of

with late():
    from explorer.session import typed_call

if TYPE_CHECKING:
    from explorer.ops import Call, Op
    from explorer.session.staged import Staged
    from explorer.session.state import State
    from explorer.widgets.bridge.bridge_controller import BridgeController
    from explorer.widgets.draft.draft_bar import DraftBar
    from explorer.widgets.draft.operation_panel import OperationPanel
    from explorer.widgets.grid.grid_controller import GridController
    from explorer.widgets.message.message_controller import MessageController
    from explorer.widgets.session import Session
    from explorer.widgets.stage.stage_controller import StageController
    from explorer.widgets.stage.stage_panel import StagePanel

GRID = Phrase("The grid fills cells with this key; leave it first.", "网格用这个键填充单元格；请先离开网格。")
NOTHING = Phrase("No operation is chosen.", "尚未选择运算。")
UNKEPT = Phrase("There is no result that the next run would replace.", "没有会被下一次运行替换的结果。")
IDLE = Phrase("Nothing runs.", "没有正在运行的运算。")
WRITTEN = Phrase("Draft it as it is written", "按所写的起草")
RUN = Phrase("Run the draft, then play or pause", "运行草稿，然后播放或暂停")


RUN_TO_END = Phrase("Run to the e&nd", "运行到结尾(&D)")
AT_ONCE = Phrase("Run the draft, and go to its end at once", "运行草稿，并直接到结尾")
NOW_AXIS = QT_TRANSLATE_NOOP("notes", "Now axis {axis}")
MEND = QT_TRANSLATE_NOOP("notes", "Leave the projector view and mend it")


class DraftController(QObject):
    """Shows the draft in its bar and among the operations, and asks the session for what is wanted of it."""

    panels_wanted = Signal()  # all of them, for what cannot be mended on the stage alone

    def __init__(
        self,
        session: Session,
        bar: DraftBar,
        operations: OperationPanel,
        stage: StagePanel,
        grid: GridController,
        bridge: BridgeController,
        message: MessageController,
        staged: StageController,
    ) -> None:
        super().__init__(bar)
        self._session, self._bar, self._operations, self._messages = session, bar, operations, message.bar
        self._stage, self._grid, self._bridge, self._staging = stage, grid, bridge, staged
        session.ready.connect(self._show_devices)
        session.changed.connect(self._changed)
        session.drafted.connect(self._drafted)
        session.staged.connect(self._staged)
        session.busy_changed.connect(bar.show_busy)
        operations.operation_chosen.connect(self.choose)
        bar.operands_changed.connect(session.set_operands)
        bar.argument_changed.connect(session.set_argument)
        bar.run_requested.connect(session.run)
        bar.keep_requested.connect(session.keep)
        bar.copy_declined.connect(session.decline_copies)
        bar.form_requested.connect(session.set_form)
        bar.cancel_requested.connect(session.cancel)
        bar.choices_wanted.connect(self._foresee)
        stage.play_requested.connect(self.run_or_play)
        stage.ended.connect(self._played)
        # the in-place forms are a switch away from the others
        operations.show_catalog([op for op in _choosable() if not op.writes or counterpart(op) is None])
        if session.started:
            self._show_devices()

    # --- what the session says -------------------------------------------------------------------------------------

    def _show_devices(self) -> None:
        self._bar.show_devices([device.name for device in devices()])

    def _changed(self, state: State) -> None:
        if state.draft is None:  # else `drafted` follows
            self._bar.show_nothing()

    def _drafted(self, draft: Any) -> None:
        self._show(draft)
        self._operations.show_current(draft.op.name)

    def _staged(self, staged: Staged) -> None:
        if staged.draft is not None and staged.draft == self._session.draft:
            self._show(staged.draft)

    def _show(self, draft: Any) -> None:
        staged = self._stage.staged
        axes = staged.axes if staged is not None and staged.draft == draft else None
        self._bar.show_draft(draft, self._session.workspace, self._session.identities, axes)

    def _played(self, staged: Staged) -> None:
        """When a squash of one axis has been seen, offer the next axis."""
        draft, bar = self._session.draft, self._messages
        if draft is None or staged.draft is None or not draft.op.reduces:
            return
        dim, operand = draft.arguments.get("dim"), draft.operands[0]
        rank = len(self._session.workspace[operand].shape) if isinstance(operand, str) else 0
        if rank < 2 or not isinstance(dim, int):
            return
        other = (dim + 1) % rank
        template = QT_TRANSLATE_NOOP("notes", "Axis {axis} went. Which numbers come out along axis {other}?")

        note = Message("notes", template, {"axis": dim % rank, "other": other})
        action = (Message("notes", NOW_AXIS, {"axis": other}), lambda window: window.draft.see_axis(other))
        bar.show_note(note, action, draft)

    def see_axis(self, axis: int) -> None:
        """Run the draft along another axis."""
        self._session.set_argument("dim", axis)
        self._stage.take_keyboard()
        self._bar.run()

    # --- what is asked for -----------------------------------------------------------------------------------------

    def _foresee(self, operand: int) -> None:
        self._session.foresee(operand, partial(self._bar.show_choices, operand), self._bar)

    def choose(self, name: str) -> None:
        """Draft an operation, by its key; of an array, say how a tensor is made of it."""
        self._grid.close()
        self._session.choose_operation(name)
        self._stage.take_keyboard()
        way = self._bridge.way_to_torch()
        if way is not None:
            note, code = way
            action = (Message("notes", "{code}", {"code": code}), lambda window: window.bridge.card.ask("from_numpy"))
            self._messages.show_note(note, action)

    def run_or_play(self) -> None:
        """Space: run a draft that has not been run, else play or pause; what was typed wrong is to be mended first."""
        session, stage = self._session, self._stage
        waits = not session.started or session.busy or stage.rehearsing or stage.staged is None
        wrong = self._bar.problem and not stage.player.playing
        if wrong and not self._bar.isVisibleTo(self._bar.window()):
            self._tell_problem()
        elif waits or wrong:
            self._bar.run()
        else:
            stage.player.toggle()

    def _tell_problem(self) -> None:
        """Why nothing runs, where the draft line that would say it is out of sight."""
        template = QT_TRANSLATE_NOOP("notes", "Nothing runs while the draft line holds what is no value: {reason}")

        message = Message("notes", template, {"reason": self._bar.problem})
        action = (Message("notes", MEND), lambda window: window.draft.mend())
        self._messages.show_warning(message, action=action, about=self._session.draft)

    def mend(self) -> None:
        """All panels, and the keyboard where something is to be mended."""
        self.panels_wanted.emit()
        self._bar.run()

    # --- what can be done ------------------------------------------------------------------------------------------

    def actions(self) -> tuple[Action, ...]:
        """What is done with the draft."""
        session = self._session

        def unkept() -> Phrase:
            kept = session.idle and (session.draft is None or not session.draft.keepable)
            return UNKEPT if kept else Phrase()  # else it is about the result that comes

        run, keep = Phrase("&Run or play", "运行或播放(&R)"), Phrase("&Keep the result", "保留结果(&K)")
        cancel = Phrase("&Cancel what runs", "取消正在运行的运算(&C)")
        return (
            Action(
                "action_run",
                run,
                self.run_or_play,
                ("Ctrl+Return",),
                "play",
                RUN,
                {"stage": ("Space",)},
                refusal=lambda: GRID if self._grid.name is not None else Phrase(),
            ),
            Action(
                "action_run_to_end",
                RUN_TO_END,
                partial(self._staging.to_end, self.run_or_play),
                says=AT_ONCE,
                local={"stage": ("Shift+Space",)},
                refusal=lambda: GRID if self._grid.name is not None else Phrase(),
            ),
            Action("action_keep", keep, session.keep, ("Ctrl+Shift+K",), refusal=unkept),
            Action("action_cancel", cancel, session.cancel, refusal=lambda: Phrase() if session.busy else IDLE),
        )

    def finds(self) -> list[Action]:
        """Every operation."""
        return [operation(op, partial(self.choose, op.name)) for op in _choosable()]

    def written(self, text: str) -> Action | None:
        """The draft of just the call that is typed, where it is one of an operation on tensors of the shelf."""
        session = self._session
        if not session.started or not text.strip():
            return None
        workspace = session.workspace
        tensors = [item.name for item in workspace.items if not item.is_array]
        call = typed_call.typed_call(text.strip(), tensors, workspace.fresh_name())
        if call is None or call.op.creates:
            return None
        draft = partial(self._draft, call)
        return Action("draft_written", WRITTEN, draft, code=call.source(), family=heading_of(call.op))

    def _draft(self, call: Call[Any]) -> None:
        self._grid.close()
        self._session.soon(lambda: self._session.set_draft(Draft(call, device=self._session.device)))


def operation(op: Op, choose: Callable[[], object]) -> Action:
    """The choice of `op`, for the search."""
    name, code, family = f"operation_{op.name}", call_form(op), heading_of(op)
    return Action(name, title_of(op), choose, code=code, names=names_of(op), words=words_of(op), family=family)


def _choosable() -> list[Op]:
    return [op for op in OPERATIONS.values() if not op.creates]
