"""The stage with all that belongs to it: headline, picture, the arithmetic of the focused cell, timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from explorer.animation.frame import Frame
from explorer.animation.scales import untold
from explorer.late import late, torch
from explorer.messages import Message
from explorer.ops.key_parts import block
from explorer.ops.provenance import ravel, unravel
from explorer.widgets.faults.guard import guarded
from explorer.widgets.look.amounts import shape_text
from explorer.widgets.speech.sentences import say
from explorer.widgets.stage import caption, title_band
from explorer.widgets.stage.caption import Caption
from explorer.widgets.stage.heatmap_view import HeatmapView
from explorer.widgets.stage.loss_signs import counted, legend, reasons
from explorer.widgets.stage.player import Player
from explorer.widgets.stage.timeline import Timeline
from explorer.widgets.stage.title_band import TitleBand

with late():
    from explorer.animation import refused
    from explorer.numbers import forms
    from explorer.widgets.stage import overview
    from explorer.workspace import source

if TYPE_CHECKING:
    from explorer.session.staged import Large, Staged
    from explorer.widgets.stage.overview import Overview

Focus = tuple[int, int]
LARGE_ZOOM = 1.75  # of texts and marks of the picture, for a projector


class StagePanel(QWidget):
    """Draws what is staged at the time that the player chose; the picture gives way to the grid while one is edited."""

    play_requested = Signal()  # there is nothing to play yet: run the draft
    cell_edited = Signal(object, object)  # shelf name, flat index
    cells_selected = Signal(object, object)  # shelf name, key of a block of its cells
    overview_made = Signal(object)  # Overview, once
    step_reached = Signal(object)  # the step's number, once each time it is reached
    ended = Signal(object)  # Staged, when a run has played to its end
    focus_moved = Signal(object, object)  # tensor, flat index: a cell was gone to
    grid_unwanted = Signal()  # something is to play where the grid stands
    reached = Signal()  # the results of a run, which were not to be seen before: see `awaited`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage_panel")
        self.player = Player(self)
        self.view = HeatmapView()
        self.timeline = Timeline(self.player)
        self.title, self.caption = TitleBand(), Caption()
        self.headline, self.badge = self.title.headline, self.title.badge
        self.hidden, self.lost = self.title.hidden_note, self.title.lost
        self.step, self.arithmetic = self.caption.step, self.caption.arithmetic
        self._grid: QWidget | None = None  # made when something is first edited
        self._pictures = QWidget()
        self._stack = QStackedLayout(self._pictures)
        self._overview: Overview | None = None  # made when first needed: pyqtgraph takes its time to import
        self._colours = ""
        self._stack.addWidget(self.view)
        self.title.setParent(self._pictures)
        self._caption_place = QWidget()
        self.caption.setParent(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pictures, 1)
        layout.addWidget(self._caption_place)
        layout.addWidget(self.timeline)
        self._staged: Staged | None = None
        self._focus: Focus | None = None
        self.sought = False  # whether the user went to the cell that has the focus
        self._lit: tuple[Focus, ...] = ()
        self._hues = self._large = False
        self._band = title_band.BAND
        self._told = -1
        self._seen: WeakSet[Staged] = WeakSet()  # played to their ends
        self.awaited: frozenset[str] = frozenset()
        """The names of what is on the shelf and was made by the run that plays for the first time, until that comes to
        its end: nothing may tell of their values."""
        self.player.moved.connect(self._draw)
        self.player.ended.connect(self._ended)
        self.timeline.play_requested.connect(self.play_requested)
        self.view.cell_focused.connect(self.focus)
        self.view.cell_activated.connect(self._activated)
        self.view.cells_selected.connect(self._selected)
        self.set_large(False)
        self.caption.raise_()

    # --- what is shown ---------------------------------------------------------------------------------------------

    @property
    def staged(self) -> Staged | None:
        return self._staged

    def show_staged(
        self, staged: Staged, play: bool, at: float | None = None, awaited: Collection[str] = frozenset()
    ) -> None:
        """Put an animation on the stage: played from its start, or at rest there; `at` is another moment to be at.
        `awaited`: what nobody is to see before it is reached, if it has not been."""
        before = self._staged
        if staged.again and before is not None and before in self._seen:
            self._seen.add(staged)
        awaited = self.awaited if staged.again and before is not None else frozenset(awaited)
        self._await(awaited if staged not in self._seen else frozenset())
        self._staged, self._lit = staged, ()
        self._told = -1
        if before is None or not _stays(self._focus, before, staged):
            self._focus, self.sought = _first_focus(staged), False
        going_on = staged.again and self.player.playing
        now = self.player.t if staged.again else 1.0 if staged.ran and not play else 0.0
        now = now if at is None else at
        # the overview says itself what it leaves out
        hidden = None if staged.large is not None and not staged.ran else staged.animation.hidden
        self.title.say(self.hidden, say(hidden) if hidden else "")
        self._show_call(staged)
        self._show_lost(staged)
        if not self.editing:
            self._show_picture()
        self.player.set_animation(staged.animation, now)
        if play or going_on:
            self.player.play()
            self.view.repaint()  # it moves before the other panels are told

    def _show_picture(self) -> None:
        """The stage itself, or the overview; whichever comes has the keyboard if the other had it."""
        focused = any(w is not None and w.hasFocus() for w in (self.view, self._overview))
        large = self._whole
        if large is None:
            if self._overview is not None:
                self._overview.clear()
            self._stack.setCurrentWidget(self.view)
        else:
            self._show_whole(large)
        if focused:
            self.picture.setFocus()

    def _show_whole(self, large: Large) -> None:
        whole = source.TensorSource(large.tensor)

        def texts(ranges: tuple[range, ...]) -> Sequence[str]:
            window = read(ranges)
            return forms.Spelling([window]).texts(window)

        def read(ranges: tuple[range, ...]) -> torch.Tensor:
            window = whole.read(ranges)
            assert window is not None  # a tensor without values is never large
            return window

        seen = self.overview
        seen.show_tensor(
            large.name, whole.shape, lambda r: source.floats(read(r)), large.levels, texts=texts, axes=large.axes
        )
        self._stack.setCurrentWidget(seen)

    @property
    def front(self) -> QWidget:
        """What stands on the stage now: the picture, the overview of a large tensor, or the grid."""
        return self._stack.currentWidget() or self.view

    @property
    def overview(self) -> Overview:
        """The picture of a whole large tensor."""
        if self._overview is None:
            self._overview = overview.Overview()
            self._overview.cell_activated.connect(self._overview_activated)
            self._stack.addWidget(self._overview)
            self._keep_band(self._overview)
            if self._colours:
                self._overview.set_colour_map(self._colours)
            self.overview_made.emit(self._overview)
        return self._overview

    @property
    def picture(self) -> QWidget:
        """What is seen of the stage, also while the grid is in its place: the animation, or the overview."""
        return self.view if self._whole is None or self._overview is None else self._overview

    def take_keyboard(self) -> None:
        """The keyboard is for the picture, where the keys of the stage act."""
        self.picture.setFocus()

    @property
    def _whole(self) -> Large | None:
        """The tensor that is shown whole: it is too large for the stage, and has not been run on yet."""
        return self._staged.large if self._staged is not None and not self._staged.ran else None

    def show_all(self) -> None:
        """Leave the closer look at the picture."""
        if self._whole is not None and self._overview is not None:
            self._overview.show_all()
        else:
            self.view.show_all()

    def set_colour_map(self, key: str) -> None:
        """The colours of cells, on the stage and in the overview."""
        self._colours = key
        self.view.set_colour_map(key)
        if self._overview is not None:
            self._overview.set_colour_map(key)

    @property
    def rehearsing(self) -> bool:
        """Whether what is staged has not been run yet."""
        return self._staged is not None and self._staged.draft is not None and not self._staged.ran

    def add_grid(self, grid: QWidget) -> None:
        """The grid editor, to be shown in the place of the picture."""
        self._grid = grid
        self._claim(False)
        self._stack.addWidget(grid)
        self._keep_band(grid)

    def show_grid(self, shown: bool) -> None:
        """The grid editor in place of the picture, or the picture again."""
        self._claim(shown)
        self._await(frozenset())
        if shown and self._grid is not None:
            self._stack.setCurrentWidget(self._grid)
        else:
            self._show_picture()
        for part in (self.timeline, self.title, self.caption, self._caption_place):
            part.setVisible(not shown)
        if shown:
            self.player.pause()

    def _claim(self, edits: bool) -> None:
        """The height that the grid needs is claimed only while it is shown."""
        kind = QSizePolicy.Policy
        if self._grid is not None:
            self._grid.setSizePolicy(kind.Preferred, kind.Preferred if edits else kind.Ignored)

    @property
    def editing(self) -> bool:
        return self._grid is not None and self._stack.currentWidget() is self._grid

    def set_hues(self, hues: bool) -> None:
        """Colour by destination, or by value."""
        self._hues = hues
        self._draw(self.player.t)

    @property
    def hues(self) -> bool:
        """Whether cells are coloured by destination."""
        return self._hues

    def set_large(self, large: bool) -> None:
        """For a projector: the call, larger words, numbers and buttons."""
        self._large = large
        for part in (self.title, self.caption, self.timeline):
            part.set_large(large)
        self._band = title_band.LARGE if large else title_band.BAND
        self._caption_place.setFixedHeight(caption.LARGE if large else caption.HEIGHT)
        self.view.set_zoom(LARGE_ZOOM if large else 1.0)
        for picture in (self.view, self._overview, self._grid):
            self._keep_band(picture)
        self._draw(self.player.t)
        self._float()

    def _keep_band(self, picture: QWidget | None) -> None:
        """Words float over the upper edge of whatever stands on the stage."""
        if picture is self.view:
            self.view.set_band(self._band)
        elif picture is not None:
            picture.setContentsMargins(0, self._band, 0, 0)
        self.title.raise_()

    def _float(self) -> None:
        """Title and caption at their places over the picture."""
        self.title.float_in(QRect(0, 0, self._pictures.width(), self._band))
        self.caption.float_in(self._caption_place.geometry())

    def frame(self) -> Frame | None:
        """The frame of now."""
        if self._staged is None:
            return None
        frame = self._staged.animation.frame(self.player.t, self._focus, self._hues)
        if self._staged.marks:
            frame = refused.marked(frame, self._staged.marks)
        if self._secret:
            before = self._staged.animation.frame(0.0)
            frame = replace(frame, scales=untold(frame.scales, before, self._staged.animation.operands))
        return replace(frame, focus=tuple(dict.fromkeys((*frame.focus, *self._lit)))) if self._lit else frame

    @property
    def _secret(self) -> bool:
        """Whether the results of what is staged are still to come."""
        staged = self._staged
        if staged is None or not staged.animation.operands:  # at rest nothing comes
            return False
        return bool(self.awaited) or (not staged.ran and staged not in self._seen)

    def _await(self, names: frozenset[str]) -> None:
        before, self.awaited = self.awaited, names
        if before - names:
            self.reached.emit()

    # --- how it follows time ---------------------------------------------------------------------------------------

    def _draw(self, t: object) -> None:
        if self._staged is not None and self.player.t >= 1.0 and self._staged.draft is not None:
            self._seen.add(self._staged)
            self._await(frozenset())
        frame = self.frame()
        if frame is None or self._staged is None:
            return
        self.view.show_frame(frame)
        animation = self._staged.animation
        badge = animation.badge if self._staged.ran and not self.awaited else None
        self.title.say(self.badge, say(badge) if badge else "")
        now = animation.step_at(float(t))  # type: ignore[arg-type]
        step = animation.steps[now]
        self.headline.setText(say(animation.headline(self.player.t)))
        self.step.setText(say(step.caption) if now else "")
        if self.rehearsing and not self.player.t:
            stands = self._staged.draft is not None and self._staged.draft.error is not None
            alone = self.tr("Press Space to see it happen.")  # a projector shows no button
            told = alone if self._large else self.tr("Press Space, or Run, to see it happen.")
            self.step.setText("" if stands or self._staged.marks else told)
        self.timeline.setEnabled(self._staged.draft is not None)  # also for one step; only a tensor at rest has no time
        arithmetic = animation.arithmetic(self.player.t, self._focus) if self._focus else ""
        words = say(arithmetic) if isinstance(arithmetic, Message) else arithmetic
        self.arithmetic.setText(self._staged.meeting or words)
        if now != self._told:
            self._told = now
            self.step_reached.emit(now)

    def _show_call(self, staged: Staged) -> None:
        """What is done, as code, and the shapes: of the operands, and of what comes of them."""
        draft, tensors = staged.draft, staged.animation.frame(0.0).tensors
        if draft is None or any(operand is None for operand in draft.operands):
            self.title.call.setText(tensors[0].name if tensors else "")
            self.title.shapes.setText(shape_text(tensors[0].shape) if tensors else "")
            return
        shapes = {tensor.name: shape_text(tensor.shape) for tensor in tensors}
        before = ", ".join(shapes[name] for name in draft.operands if isinstance(name, str) and name in shapes)
        after = ", ".join(shape_text(forecast.shape) for forecast in draft.forecasts)
        self.title.call.setText(draft.call.source())
        self.title.shapes.setText(f"{before} → {after}" if before and after else before or after)

    def _show_lost(self, staged: Staged) -> None:
        """The legend of the signs in the cells; those of a conversion stand in the operand and the result alike."""
        marks = staged.animation.marks
        found = counted(marks[max(marks)][1].tolist()) if marks else {}
        text = legend(found)
        if text and staged.animation.hidden is not None:
            text = self.tr("Of the drawn cells: {signs}").format(signs=text)
        self.title.say(self.lost, text)
        self.lost.setToolTip(reasons(found))
        self.lost.setAccessibleDescription(self.lost.toolTip())

    def _ended(self) -> None:
        if self._staged is not None and self._staged.ran:
            self.ended.emit(self._staged)

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._float()

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._float()
        return done

    @property
    def focused(self) -> Focus | None:
        """Tensor and cell that have the focus."""
        return self._focus

    def focus(self, tensor: object, flat: object) -> None:
        """Focus a cell: it and all that it comes from or feeds are marked, and its arithmetic is told."""
        self._focus = None if tensor is None or flat is None else (int(tensor), int(flat))  # type: ignore[call-overload]
        self._lit, self.sought = (), True
        self._draw(self.player.t)
        self.focus_moved.emit(tensor, flat)

    def light(self, cells: tuple[Focus, ...]) -> None:
        """Mark these cells too, until the focus goes elsewhere: what lies in the same memory."""
        if cells != self._lit:
            self._lit = cells
            self._draw(self.player.t)

    def _activated(self, tensor: object, flat: object) -> None:
        if self._staged is None or not isinstance(tensor, int):
            return
        shown = self._staged.animation.frame(self.player.t).tensors
        if 0 <= tensor < len(shown):
            self.cell_edited.emit(shown[tensor].name, flat)

    def _selected(self, tensor: object, first: object, last: object) -> None:
        frame = self.frame()
        if frame is None or not isinstance(tensor, int) or not isinstance(first, int) or not isinstance(last, int):
            return
        shown = frame.tensors[tensor]
        self.cells_selected.emit(
            shown.name, block(unravel(first, shown.shape), unravel(last, shown.shape), shown.shape)
        )

    def _overview_activated(self, cell: object) -> None:
        large = self._whole
        if large is not None:
            flat = ravel(cell, tuple(large.tensor.shape)) if isinstance(cell, tuple) else None
            self.cell_edited.emit(large.name, flat)


def _stays(focus: Focus | None, before: Staged, staged: Staged) -> bool:
    """Whether the tensor that has the focus (all of them where none has) still has its shape."""
    was, now = ([t.shape for t in x.animation.frame(0.0).tensors] for x in (before, staged))
    return was == now if focus is None else was[focus[0] : focus[0] + 1] == now[focus[0] : focus[0] + 1] != []


def _first_focus(staged: Staged) -> Focus | None:
    """Column 1 of the first tensor: in column 0 a sample's 0 + 4 = 4 would hide the addition."""
    tensors = staged.animation.frame(0.0).tensors
    if not tensors or 0 in tensors[0].shape:
        return None
    shape = tensors[0].shape
    return (0, 1 if shape and shape[-1] > 1 else 0)
