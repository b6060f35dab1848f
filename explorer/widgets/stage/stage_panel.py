"""The stage with all that belongs to it: headline, picture, the arithmetic of the focused cell, timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from explorer.animation.frame import Frame
from explorer.animation.scales import untold
from explorer.late import late, torch
from explorer.messages import Message
from explorer.ops.key_parts import block
from explorer.ops.provenance import ravel, unravel
from explorer.widgets.look import theme
from explorer.widgets.look.sentence import Sentence
from explorer.widgets.speech.sentences import say
from explorer.widgets.stage.heatmap_view import HeatmapView
from explorer.widgets.stage.loss_signs import counted, legend, reasons
from explorer.widgets.stage.player import Player
from explorer.widgets.stage.timeline import Timeline

with late():
    from explorer.animation import refused
    from explorer.numbers import forms
    from explorer.widgets.stage import overview
    from explorer.workspace import source

if TYPE_CHECKING:
    from explorer.session.staged import Large, Staged
    from explorer.widgets.stage.overview import Overview

Focus = tuple[int, int]
BAND = 44  # pixels of the headline's place, in which messages lie


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
        self.headline = _sentence("headline", "caption")
        self.step = _sentence("step_caption", "strong")
        self.arithmetic = _sentence("arithmetic")
        self.arithmetic.setFont(theme.mono_font(14))
        self.badge = _sentence("truth_badge", "warning")
        self.hidden = _sentence("hidden_note", "muted")
        self.lost = _sentence("loss_legend")
        self.explanation = self._card()
        self._grid: QWidget | None = None  # made when something is first edited
        self._pictures = QWidget()
        self._stack = QStackedLayout(self._pictures)
        self._overview: Overview | None = None  # made when first needed: pyqtgraph takes its time to import
        self._colours = ""
        self._stack.addWidget(self.view)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._band = QWidget()
        self._band.setMinimumHeight(BAND)
        band = QVBoxLayout(self._band)
        band.setContentsMargins(0, 0, 0, 0)
        band.addWidget(self.headline)
        band.addStretch(1)
        layout.addWidget(self._band)
        layout.addWidget(self._pictures, 1)
        layout.addWidget(self.explanation)
        layout.addWidget(self.timeline)
        self._staged: Staged | None = None
        self._focus: Focus | None = None
        self.sought = False  # whether the user went to the cell that has the focus
        self._lit: tuple[Focus, ...] = ()
        self._hues = False
        self._told = -1
        self._large = False
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

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("explanation")
        theme.role(card, "card")
        self._card_layout = layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(3)
        card.hide()
        for label in (self.step, self.arithmetic, self.badge, self.lost, self.hidden):
            layout.addWidget(label)
        return card

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
        whole = staged.large is not None and not staged.ran  # the overview says itself what it leaves out
        self._set(self.hidden, None if whole else staged.animation.hidden)
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

    def show_grid(self, shown: bool) -> None:
        """The grid editor in place of the picture, or the picture again."""
        self._claim(shown)
        self._await(frozenset())
        if shown and self._grid is not None:
            self._stack.setCurrentWidget(self._grid)
        else:
            self._show_picture()
        self.timeline.setVisible(not shown)
        self._band.setVisible(not shown)
        self._show_card()
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
        """For a projector: larger words and buttons."""
        self._large = large
        theme.role(self.headline, "projector" if large else "caption")
        theme.role(self.step, "projector_step" if large else "strong")
        self.arithmetic.setFont(theme.mono_font(24 if large else 14))
        self.timeline.set_large(large)
        self._draw(self.player.t)

    def set_low(self, low: bool) -> None:
        """For a low window: less room around words and buttons."""
        theme.role(self.headline, "strong" if low else "caption")
        self._band.setMinimumHeight(0 if low else BAND)
        self._card_layout.setContentsMargins(16, 3 if low else 8, 16, 3 if low else 8)
        self._card_layout.setSpacing(2 if low else 3)
        self._layout.setSpacing(5 if low else 8)
        self.timeline.set_low(low)

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
        self._set(self.badge, self._staged.animation.badge if self._staged.ran and not self.awaited else None)
        animation = self._staged.animation
        now = animation.step_at(float(t))  # type: ignore[arg-type]
        step = animation.steps[now]
        self.headline.setText(say(animation.headline(self.player.t)))
        self.step.setText(say(step.caption) if now else "")
        if self.rehearsing and not self.player.t:
            stands = self._staged.draft is not None and self._staged.draft.error is not None
            large = self.tr("Press Space to see it happen.")  # there is no Run in sight
            hint = large if self._large else self.tr("Press Space, or Run, to see it happen.")
            self.step.setText("" if stands or self._staged.marks else hint)
        self.timeline.setEnabled(self._staged.draft is not None)  # also for one step; only a tensor at rest has no time
        told = animation.arithmetic(self.player.t, self._focus) if self._focus else ""
        self.arithmetic.setText(self._staged.meeting or (say(told) if isinstance(told, Message) else told))
        self._show_card()
        if now != self._told:
            self._told = now
            self.step_reached.emit(now)

    def _show_card(self) -> None:
        """Only lines that say something, and the card only with one of them; what a step may say keeps its room."""
        lines = (self.step, self.arithmetic, self.badge, self.lost, self.hidden)
        draft = self._staged.draft if self._staged is not None else None
        told = draft is not None and draft.error is None
        for line in lines:
            line.setVisible(bool(line.text()) or (told and line in (self.step, self.arithmetic)))
        self.explanation.setVisible(any(line.text() for line in lines) and not self.editing)

    def _show_lost(self, staged: Staged) -> None:
        """The legend of the signs in the cells; those of a conversion stand in the operand and the result alike."""
        marks = staged.animation.marks
        found = counted(marks[max(marks)][1].tolist()) if marks else {}
        text = legend(found)
        if text and staged.animation.hidden is not None:
            text = self.tr("Of the drawn cells: {signs}").format(signs=text)
        self.lost.setText(text)
        self.lost.setToolTip(reasons(found))
        self.lost.setAccessibleDescription(self.lost.toolTip())

    def _set(self, label: QLabel, message: Message | None) -> None:
        label.setText(say(message) if message else "")

    def _ended(self) -> None:
        if self._staged is not None and self._staged.ran:
            self.ended.emit(self._staged)

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


def _sentence(name: str, role: str = "") -> Sentence:
    label = Sentence()
    label.setObjectName(name)
    if role:
        theme.role(label, role)
    return label


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
