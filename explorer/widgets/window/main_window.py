"""The window: it connects the panels with the session."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

from explorer.animation import arrange
from explorer.engine import devices
from explorer.ops import OPERATIONS, counterpart
from explorer.session.staged import Moment, Staged
from explorer.session.state import State
from explorer.widgets.faults.guard import guarded
from explorer.widgets.session import Session
from explorer.widgets.settings import Settings
from explorer.widgets.speech.sentences import say
from explorer.widgets.window.commands import Commands
from explorer.widgets.window.menus import Menus
from explorer.widgets.window.stage_keys import StageKeys
from explorer.widgets.window.window_geometry import place


class MainWindow(Commands):
    """One session's window. A change of language builds another one on the same session, which goes on at `left`."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        rebuild: Callable[[], None] | None = None,
        left: Moment | None = None,
    ) -> None:
        super().__init__(session, settings, rebuild)
        self._left = left
        self.setObjectName("main_window")
        self.setWindowTitle("Tensor Explorer")
        self.menus = Menus(self)
        panes = self.panes
        panes.menu_place.addWidget(self.menus)
        panes.show_history(self.menus.undo, self.menus.redo)
        self._connect()
        self._keys = StageKeys(self.stage.view, self.stage.player, session, self.run_or_play, self.show_keys)
        self._keys.add(self.stage.timeline.slider)
        self.stage.overview_made.connect(self._keys.add)
        operations = [op for op in OPERATIONS.values() if not op.creates]
        self.search.show_catalog(operations)
        # the in-place forms are a switch away from the others
        self.operations.show_catalog([op for op in operations if not op.writes or counterpart(op) is None])
        panes.order()
        self.stage.player.reduce_motion = settings.reduce_motion
        self.stage.player.speed = settings.speed
        self.colour(settings.colormap)
        place(self, settings.geometry)
        panes.restore(settings.panes)
        self.stage.picture.setFocus()
        if session.started:
            self._ready()
            session.refresh()
            if left is not None and left.notice is not None:
                session.soon(partial(self.message_bar.show_notice, left.notice))
        elif session.trouble is not None:
            self.telling.failed(session.trouble)
        else:
            self._show_start()

    def _connect(self) -> None:
        session = self.session
        session.ready.connect(self._begin)
        session.changed.connect(self._changed)
        session.drafted.connect(self._drafted)
        session.staged.connect(self._staged)
        session.busy_changed.connect(self._busy)
        self.search.operation_chosen.connect(self._choose_operation)
        self.operations.operation_chosen.connect(self._choose_operation)
        self.device.device_chosen.connect(self._choose_device)
        session.device_changed.connect(self.device.show_current)
        self.shelf.selected.connect(self._select)
        self.shelf.edit_requested.connect(self.edit)
        self.shelf.new_requested.connect(self.new_tensor)
        self.shelf.files_dropped.connect(self.opening.open)
        self.opening.moved.connect(self._show_opening)
        self.shelf.copy_requested.connect(self.bridging.copy_to)
        self.draft_bar.operands_changed.connect(session.set_operands)
        self.draft_bar.argument_changed.connect(session.set_argument)
        self.draft_bar.run_requested.connect(session.run)
        self.draft_bar.keep_requested.connect(session.keep)
        self.draft_bar.copy_declined.connect(session.decline_copies)
        self.draft_bar.form_requested.connect(session.set_form)
        self.stage.cells_selected.connect(session.select_cells)
        self.draft_bar.cancel_requested.connect(session.cancel)
        self.stage.play_requested.connect(self.run_or_play)
        self.stage.view.resized.connect(self._resized)
        self.stage.cell_edited.connect(self.edit)
        self.inspector.nonfinite_requested.connect(self.show_nonfinite)
        self.stage.step_reached.connect(self.transcript.reach)
        self.transcript.step_requested.connect(self._seek_step)
        self.table.cell_focused.connect(self.stage.focus)
        self.stage.timeline.leave_requested.connect(self.leave_projector)
        self.stage.view.colour_map_requested.connect(self.colour)
        self.stage.view.picture_saved.connect(self.exporting.tell_picture)
        self.stage.view.set_value_text(self._exact)
        self.table.set_value_text(self._exact)
        self.editing.grid_made.connect(self._add_grid)
        self.editing.opened.connect(lambda: self.stage.show_grid(True))
        self.editing.closed.connect(self._close_grid)
        self.bridging.answered.connect(lambda: self.inspector.reveal(self.bridging.card.answer))
        self.sharing.calmed.connect(self.shelving.show)
        self.inspecting.measured.connect(self.shelving.show)
        self.inspecting.measured.connect(self.lensing.see_stage)
        self.telling.again.connect(self._start_again)
        self.telling.panels_wanted.connect(self.leave_projector)
        self.panes.lens.strip.lane_chosen.connect(self._select)
        self.code.copy_requested.connect(self.exporting.copy_code)
        self.surprising.begun.connect(self._face_stage)
        self.bridging.card.left.connect(self._face_stage)
        self.message_bar.closed.connect(self.surprising.forget)
        self.code.step_requested.connect(self._reopen)

    # --- what the session says -------------------------------------------------------------------------------------

    def _show_start(self) -> None:
        self.stage.view.clear(self.tr("Getting torch ready …"))

    def _start_again(self) -> None:
        self._show_start()
        self.session.start_again()

    def _begin(self) -> None:
        """torch is there: where new tensors were made the last time, they are made again."""
        self._ready()
        kept, names = self.settings.device, [self.device.itemText(k) for k in range(self.device.count())]
        if kept in names and kept != self.session.device:
            self.session.set_device(kept)

    def _ready(self) -> None:
        found = devices()
        self.device.show_devices(found, self.session.device)
        self.draft_bar.show_devices([device.name for device in found])
        self.shelf.show_devices([device.name for device in found])

    def _changed(self, state: State) -> None:
        self.message_bar.clear()
        self.sharing.follow(state)
        self.lensing.follow(state)
        if state.draft is None:  # else `drafted` follows, with the draft's own tensor selected
            self.shelving.show()
            self.draft_bar.show_nothing()
        self.code.show_lines(self.session.listing.lines(state.workspace.steps))
        self.editing.refresh(state)
        if not state.workspace.items:
            self._show_opening()

    def _show_opening(self) -> None:
        """Which file is being opened: where there is nothing else on the stage, else below it."""
        session, message = self.session, self.opening.message
        if session.started and not session.workspace.items:
            self.stage.view.clear(say(message) if message is not None else None)
        elif message is not None and self.opening.slow:
            self.message_bar.show_note(message, about=self.opening)
        elif self.message_bar.about is self.opening:
            self.message_bar.clear()

    def _drafted(self, draft: Any) -> None:
        self._show_draft(draft)
        self.operations.show_current(draft.op.name)
        self.telling.follow(draft)
        self.shelving.show()
        self.lensing.tell_axis()

    def _staged(self, staged: Staged) -> None:
        restored = self.stage.staged is None  # a window built anew, in another language: the end, or where it was left
        play = staged.ran and not staged.again and not restored and staged is not self.stage.staged
        left, self._left = self._left, None
        at = left.t if left is not None and staged.stands_for(left.staged) else None
        play = play or (left is not None and at is not None and left.playing)
        if play and self.stage.editing:
            self.editing.close()
        self.stage.show_staged(staged, play, at)
        if left is not None and left.focus is not None and at is not None:
            self.stage.focus(*left.focus)
        if not play and staged.draft is not None and staged.draft == self.session.draft:  # else it is told next
            self._show_draft(staged.draft)
        if self.table.isVisible():
            self._show_table(staged)
        self.transcript.show_captions(staged.animation.transcript)
        self.lensing.see_stage()
        self.typing_guide.see_stage()

    def _show_draft(self, draft: Any) -> None:
        staged = self.stage.staged
        axes = staged.axes if staged is not None and staged.draft == draft else None
        self.draft_bar.show_draft(draft, self.session.workspace, self.session.identities, axes)

    def _resized(self, size: tuple[float, float]) -> None:
        """Arrange tensors anew for a stage that has become another; not for a note that takes a little of it."""
        before, after = arrange.room(*self.session.view.stage), arrange.room(*size)
        if any(abs(new - old) > 0.25 * old for new, old in zip(after, before, strict=True)):
            self.session.set_stage(size)

    def _busy(self, busy: bool) -> None:
        self.draft_bar.show_busy(busy)

    # --- what the panels ask for -----------------------------------------------------------------------------------

    def _choose_device(self, name: str) -> None:
        self.settings.device = name
        self.session.set_device(name)

    def _choose_operation(self, name: str) -> None:
        self.editing.close()
        self.session.choose_operation(name)
        self.stage.picture.setFocus()
        way = self.bridging.way_to_torch()
        if way is not None:
            note, code = way
            self.message_bar.show_note(note, (code, lambda: self.bridging.card.ask("from_numpy")))

    def _select(self, name: str) -> None:
        if self.stage.editing:
            self.edit(name)
        self.session.select(name)

    def _reopen(self, step: int) -> None:
        """A line of the program: what it created is opened in the grid, what it did is staged again."""
        self.session.soon(lambda: self._reopen_now(step))

    def _reopen_now(self, step: int) -> None:
        name = self.editing.made_by(step)
        if name is None:
            self.session.reopen(step)
        else:
            self.session.select(name)
            self.edit(name)

    def _add_grid(self, grid: Any) -> None:
        self.stage.add_grid(grid)
        self.lensing.watch(grid)
        self.panes.order()

    def _close_grid(self) -> None:
        if self.stage.editing:
            self.stage.show_grid(False)
            self.lensing.see_stage()
            self.stage.picture.setFocus()

    def _seek_step(self, step: int) -> None:
        if self.stage.staged is not None:
            self.stage.player.seek(self.stage.staged.animation.time_of(step))

    @property
    def moment(self) -> Moment | None:
        """Where it is in what is on its stage."""
        staged, player = self.stage.staged, self.stage.player
        if staged is None:
            return None
        return Moment(staged, player.t, player.playing, self.stage.focused, self.message_bar.notice)

    def _exact(self, tensor: int, flat: int) -> str:
        frame = self.stage.frame()
        return self.editing.exact(frame.tensors[tensor].name, flat) if frame is not None else ""

    # --- Qt --------------------------------------------------------------------------------------------------------

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panes.fit(self.width(), self.height())
        self._show_memory()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panes.projecting:
            self.leave_projector()  # what has a use of its own for Escape has taken it before
        else:
            super().keyPressEvent(event)

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.settings.panes = self.panes.remembered()
        self.settings.speed = self.stage.player.speed
        self.settings.write()
        self.stage.player.pause()
        super().closeEvent(event)
