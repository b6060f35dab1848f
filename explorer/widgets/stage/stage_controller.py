"""The stage as the session has it, with its table and its transcript beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.animation import arrange
from explorer.errors import ExplorerError
from explorer.late import late
from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase, shown
from explorer.ops.provenance import point, unravel
from explorer.session.staged import Moment
from explorer.widgets.actions import Action
from explorer.widgets.look.sentence import copy_selected

with late():
    from explorer.numbers import values
    from explorer.workspace import source

if TYPE_CHECKING:
    from explorer.session.staged import Staged
    from explorer.widgets.message.message_controller import MessageController
    from explorer.widgets.session import Session
    from explorer.widgets.settings import Settings
    from explorer.widgets.stage.stage_panel import StagePanel
    from explorer.widgets.stage.table_twin import TableTwin
    from explorer.widgets.stage.transcript import Transcript

PICTURE_SAVED = QT_TRANSLATE_NOOP("notes", "The picture is saved as “{file}”.")
STILL = Phrase("Nothing on the stage moves.", "展示区中没有动画。")
AT_ONCE = Phrase("Results at &once", "直接显示结果(&O)")
SOURCES = ("provenance", "来源")
COPY = Phrase("Copy the text that is selected with the mouse", "复制用鼠标选中的文字")
ARROWS = ("Left", "Right", "Up", "Down")
MOVE = Phrase("Move the focused cell", "移动焦点单元格")
SELECT = Phrase("Select a block of cells, to be read or written to", "选择一块单元格，以便读取或写入")
BY_KEY = (  # which the picture itself takes
    Action("focus", MOVE, local={"picture": tuple(f"Alt+{arrow}" for arrow in ARROWS)}, by_key=True),
    Action("select", SELECT, local={"picture": tuple(f"Shift+Alt+{arrow}" for arrow in ARROWS)}, by_key=True),
    Action("edit", Phrase("Edit the focused cell", "编辑焦点单元格"), local={"picture": ("Return",)}, by_key=True),
)


class StageController(QObject):
    """Shows what is staged; `left` is the moment at which another window had it, where this one goes on."""

    def __init__(
        self,
        session: Session,
        panel: StagePanel,
        table: TableTwin,
        transcript: Transcript,
        message: MessageController,
        settings: Settings,
        left: Moment | None,
    ) -> None:
        super().__init__(panel)
        self._settings = settings
        self._at_end = False  # whether the run that was asked for is not to be played
        self._session, self._panel, self._table, self._transcript = session, panel, table, transcript
        self._bar, self._left = message.bar, left
        session.staged.connect(self._staged)
        session.failed.connect(self._failed)
        message.again.connect(self._start_again)
        panel.cells_selected.connect(session.select_cells)
        panel.view.resized.connect(self._resized)
        panel.view.pictures.saved.connect(self._picture_saved)
        panel.view.pictures.failed.connect(session.failed)
        panel.step_reached.connect(transcript.reach)
        transcript.step_requested.connect(self._seek_step)
        table.cell_focused.connect(panel.focus)
        panel.reached.connect(self._reached)
        panel.view.set_value_text(self._exact)
        table.set_value_text(self._exact)

    def show_start(self) -> None:
        """Before torch is there."""
        self._panel.view.clear(self.tr("Getting torch ready …"))

    def _start_again(self) -> None:
        self.show_start()
        self._session.start_again()

    def _failed(self, error: ExplorerError) -> None:
        if error is self._session.trouble:
            self._panel.view.clear(self.tr("torch is not ready."))

    def _staged(self, staged: Staged) -> None:
        panel = self._panel
        restored = panel.staged is None  # a window built anew, in another language: the end, or where it was left
        play = staged.ran and not staged.again and not restored and staged is not panel.staged
        left, self._left = self._left, None
        at = left.t if left is not None and staged.stands_for(left.staged) else None
        play = play or (left is not None and at is not None and left.playing)
        if play and panel.editing:
            panel.grid_unwanted.emit()
        awaited = left.awaited if left is not None and at is not None else self._awaited(staged) if play else ()
        panel.show_staged(staged, play, at, awaited)
        if play and left is None and (self._at_end or self._settings.at_once):
            panel.player.to_end()
        self._at_end = self._at_end and not staged.ran
        if left is not None and left.focus is not None and at is not None:
            panel.focus(*left.focus)
        if self._table.isVisible():
            self._show_table(staged)
        self._transcript.show_captions(staged.animation.transcript)

    def _awaited(self, staged: Staged) -> set[str]:
        """What the run that is staged has made, or written to, where that is the newest that happened."""
        state, animation = self._session.state, staged.animation
        if state.run is None or staged.draft is None:
            return set()
        made = {x.name for x in animation.tensors[len(animation.tensors) - len(animation.results) :]}
        if staged.draft.op.writes:
            made |= {name for x in made if x in state.workspace for name in state.workspace.sharing(x)}
        return made

    def _reached(self) -> None:
        if self._table.isVisible() and self._panel.staged is not None:
            self._show_table(self._panel.staged)

    def to_end(self, run_or_play: Callable[[], None]) -> None:
        """What plays is at its end at once; what is only drafted is run for that."""
        if self._panel.player.playing or not (self._session.busy or self._panel.rehearsing):
            self._panel.player.to_end()
        else:
            self._at_end = True
            run_or_play()

    def _set_at_once(self, on: bool) -> None:
        self._settings.at_once = on

    def _resized(self, size: tuple[float, float]) -> None:
        """Arrange tensors anew for a stage that has become another; not for a note that takes a little of it."""
        before, after = arrange.room(*self._session.view.stage), arrange.room(*size)
        if any(abs(new - old) > 0.25 * old for new, old in zip(after, before, strict=True)):
            self._session.set_stage(size)

    def _picture_saved(self, path: Path) -> None:
        self._session.noted.emit(Message("notes", PICTURE_SAVED, {"file": shown(path)}))

    def _seek_step(self, step: int) -> None:
        if self._panel.staged is not None:
            self._panel.player.seek(self._panel.staged.animation.time_of(step))

    def _exact(self, tensor: int, flat: int) -> str:
        """The exact text of one cell of a tensor on the shelf; "" for others, and while a change is under way."""
        frame, workspace = self._panel.frame(), self._session.workspace
        name = frame.tensors[tensor].name if frame is not None else ""
        if name not in workspace or name in self._panel.awaited or self._session.moving:
            return ""
        item = workspace[name]
        if item.device == "meta" or item.unknown:
            return ""
        cell = source.source_of(item).read(point(unravel(flat, tuple(item.shape))))
        return "" if cell is None else values.show(cell.reshape(()).item(), item.dtype)

    @property
    def moment(self) -> Moment | None:
        """Where the window is in what it has on its stage."""
        staged, player = self._panel.staged, self._panel.player
        if staged is None:
            return None
        panel = self._panel
        return Moment(staged, player.t, player.playing, panel.focused, self._bar.notice, panel.awaited)

    # --- beside the picture ----------------------------------------------------------------------------------------

    def see_table(self) -> None:
        """The table has come into sight: it shows what is on the stage."""
        if self._table.isVisible() and self._panel.staged is not None:
            self._show_table(self._panel.staged)

    def _show_table(self, staged: Staged) -> None:
        panel, table = self._panel, self._table
        table.show_frame(staged.animation.frame(1.0 if staged.ran and not panel.awaited else 0.0))
        if panel.focused is not None and panel.sought:
            table.show_focus(*panel.focused)
        else:
            table.show_start()

    # --- what can be done ------------------------------------------------------------------------------------------

    def actions(self) -> tuple[Action, ...]:
        """Of the picture and of time."""
        panel, window = self._panel, self._panel.window()
        copy, save, show_all = panel.view.actions_()
        hues = Phrase("Colour by &destination", "按去向着色(&D)")
        return (
            *(copy, save, replace(show_all, call=panel.show_all, refusal=None)),
            Action("action_hues", hues, panel.set_hues, ("Ctrl+B",), checked=lambda: panel.hues, words=SOURCES),
            *self._of_time(),
            Action("action_at_once", AT_ONCE, self._set_at_once, checked=lambda: self._settings.at_once),
            *BY_KEY,
            Action("copy", COPY, lambda _: copy_selected(window), local={"stage": ("Ctrl+C",)}, by_key=True),
        )

    def _of_time(self) -> tuple[Action, ...]:
        player = self._panel.player

        def still() -> Phrase:
            return Phrase() if player.count else STILL

        def timed(name: str, title: Phrase, call: Callable[[], object], icon: str, *keys: str) -> Action:
            return Action(f"action_{name}", title, call, icon=icon, local={"time": keys}, refusal=still)

        return (
            timed("next", Phrase("&Next step", "下一步(&N)"), partial(player.step, 1), "forward", "Right", "PgDown"),
            timed("previous", Phrase("&Previous step", "上一步(&P)"), partial(player.step, -1), "back", "Left", "PgUp"),
            timed("start", Phrase("To the &start", "到开头(&S)"), player.to_start, "start", "Home"),
            timed("end", Phrase("To the &end", "到结尾(&E)"), player.to_end, "end", "End"),
        )
