"""Editing by hand: the grid in the place of the stage, bound to the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.errors import ExplorerError
from explorer.late import late
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.conversion import TO
from explorer.ops.movement import RESHAPE
from explorer.ops.provenance import ravel, unravel
from explorer.widgets.background_read import reader
from explorer.widgets.look.colormap import colour_map

with late():
    from explorer.numbers import nonfinite
    from explorer.widgets.grid import grid_editor, tensor_model
    from explorer.workspace import definition, edits, resize, source, steps

if TYPE_CHECKING:
    from explorer.session.state import State
    from explorer.widgets.grid.grid_editor import GridEditor
    from explorer.widgets.session import Session
    from explorer.widgets.stage.stage_panel import StagePanel
    from explorer.workspace import Workspace


DEFINES = QT_TRANSLATE_NOOP("notes", "What you type defines {name} anew; what came of it is made again.")
WRITES = QT_TRANSLATE_NOOP("notes", "What you type is written into the memory of {name}.")
WRITES_FOR_ALL = QT_TRANSLATE_NOOP("notes", "What you type is written into the memory of {name}, shared with {names}.")


def _effect(workspace: Workspace, name: str) -> Message:
    """What it means to type into a cell: another program, or a write."""
    names = workspace.sharing(name)
    template = DEFINES if edits.defines(workspace, name) else WRITES_FOR_ALL if names else WRITES
    return Message("notes", template, {"name": name, "names": ", ".join(names)})


class GridController(QObject):
    """Opens tensors in the grid and turns its requests into changes of the session."""

    opened = Signal()
    closed = Signal()
    grid_made = Signal(object)  # GridEditor, once

    def __init__(self, session: Session, stage: StagePanel) -> None:
        super().__init__(stage)
        self._session, self._stage = session, stage
        self.name: str | None = None  # what is being edited
        self._colours = "viridis"
        self._grid: GridEditor | None = None
        self._said: Message | None = None  # a note on the change that is asked for next, in this turn of the loop
        session.busy_changed.connect(self._settle)
        session.changed.connect(self._refresh)
        session.failed.connect(self._show_error)
        session.blocked.connect(self._show_error)
        stage.cell_edited.connect(self.open)
        stage.grid_unwanted.connect(self.close)
        session.inspected.connect(self._follow)

    @property
    def grid(self) -> GridEditor:
        """The grid, made when it is first needed: the window is painted sooner without it."""
        if self._grid is None:
            self._grid = self._made()
            self._stage.add_grid(self._grid)
            self.grid_made.emit(self._grid)
        return self._grid

    def _made(self) -> grid_editor.GridEditor:
        grid = grid_editor.GridEditor(read=reader(self._session, self))
        grid.show_colours(colour_map(self._colours))
        grid.edited.connect(self._edited)
        grid.filled.connect(self._filled)
        grid.pasted.connect(self._pasted)
        grid.noted.connect(self._note)
        grid.reshaped.connect(self._reshaped)
        grid.resized.connect(self._resized)
        grid.converted.connect(self._converted)
        grid.losses_wanted.connect(self._losses)
        grid.closed.connect(self.close)
        return grid

    @property
    def shown(self) -> bool:
        """Whether the grid stands in the place of the stage."""
        return self._stage.editing

    def open(self, name: str, flat: int | None = None) -> None:
        """Show `name` in the grid; at the cell `flat`, ready to be typed over."""
        self._session.soon(lambda: self._open(name, flat))

    def _open(self, name: str, flat: int | None, typing: bool = True) -> None:
        if name not in self._session.workspace:
            return
        if name != self._session.state.inspected:
            self._session.select(name)
        self.name = name
        self._refresh(self._session.state)
        self._stage.show_grid(True)
        self.opened.emit()
        item = self._session.workspace[name]
        if flat is not None and int(flat) < item.numel:  # it may have another shape by now
            (self.grid.edit_cell if typing else self.grid.focus_cell)(unravel(int(flat), tuple(item.shape)))
        else:
            self.grid.setFocus()

    def show_at(self, name: str, flat: int | None) -> None:
        """Show `name` in the grid, at a cell that is not typed into."""
        self._session.soon(lambda: self._open(name, flat, typing=False))

    def _follow(self, name: str | None) -> None:
        """Another tensor is selected: an open grid shows that one."""
        if self.name is not None and name is not None and name != self.name:
            self.name = name
            self._refresh(self._session.state)
            self.opened.emit()

    def open_nonfinite(self, name: str) -> None:
        """Show `name` in the grid at its next NaN or infinity, behind the current cell of a grid that it stands in."""
        self._session.soon(lambda: self._open_nonfinite(name))

    def _open_nonfinite(self, name: str) -> None:
        if name not in self._session.workspace:
            return
        item = self._session.workspace[name]
        current = self.grid.current_cell() if self.name == name else None
        after = ravel(current, tuple(item.shape)) if current is not None else -1

        def work(progress: Any) -> int | None:
            return nonfinite.following(item.tensor(), after, progress)

        def tell(flat: int | None) -> None:
            if flat is None:
                template = QT_TRANSLATE_NOOP("notes", "{name} has no NaN and no inf.")
                self._session.noted.emit(Message("notes", template, {"name": name}))
            else:
                self._session.soon(lambda: self._open(name, flat, typing=False))

        self._session.read(item, work, tell, self)

    def made_by(self, step: int) -> str | None:
        """What a step of the program created, its cells to be opened here; None for others, and where it is gone."""
        workspace = self._session.workspace
        made = workspace.steps[step] if step < len(workspace.steps) else None
        if not isinstance(made, steps.Create) or made.name not in workspace:
            return None
        return made.name if workspace[made.name].step == step else None

    def close(self) -> None:
        """Leave the grid."""
        if self.name is not None:
            self.name = None
            if self._stage.editing:
                self._stage.show_grid(False)
                self._stage.take_keyboard()
            self.closed.emit()
            self.grid.let_go()

    def _show_error(self, error: ExplorerError, _: object = None) -> None:
        """Something was refused: beside the cell that it was asked for."""
        if self._stage.editing:
            self.grid.show_error(error)

    def _refresh(self, state: State) -> None:
        """Show the tensor being edited as it is now; leave the grid where it is gone. Its memory is not kept here."""
        if self.name is None:
            return
        if self.name not in state.workspace:
            self.close()
            return
        name = self.name
        item = state.workspace[name]
        cells, degree = source.source_of(item), tensor_model.Knowledge
        known = degree.SHAPE_ONLY if item.device == "meta" else degree.UNKNOWN if item.unknown else degree.KNOWN
        identities, effect = self._session.identities.get(name, ()), _effect(state.workspace, name)
        measured = self._session.measured.known(item)
        self.grid.show_source(name, cells, measured.levels if measured else None, identities, known, effect)
        if measured is not None:
            return

        def levelled(statistics: Any) -> None:
            if self.name == name and statistics is not None and statistics.levels is not None:
                self.grid.show_source(name, cells, statistics.levels, identities, known, effect)

        self._session.measure(name, levelled, self)

    def _settle(self, busy: bool) -> None:
        """A change that was refused has left all as it was, but the grid may have read it on the way."""
        if not busy and self.name is not None:
            self.grid.model.reread()

    def set_colours(self, key: str) -> None:
        """The colour map of cells."""
        self._colours = key
        if self._grid is not None:
            self._grid.show_colours(colour_map(key))

    # --- requests of the grid --------------------------------------------------------------------------------------

    def _note(self, note: Message) -> None:
        """Say something, and once more when the change that it is about has landed and took all messages away."""
        self._session.noted.emit(note)
        self._said = note
        QTimer.singleShot(0, self, self._forget)

    def _forget(self) -> None:
        self._said = None

    def _change(self, text: str, work: Callable[..., Workspace], freezes: bool = True) -> None:
        """Ask for `work(workspace, name)` on what is edited; where it `freezes`, with `freeze=True` too."""
        name, note = self.name, self._said
        if name is None:
            return

        def then(*_: object) -> None:
            if note is not None:
                self._session.noted.emit(note)

        frozen = (lambda w: work(w, name, freeze=True)) if freezes else None
        self._session.change(text.format(name=name), lambda w: work(w, name), name, frozen, then)

    def _edited(self, cells: Any) -> None:
        self._change(self.tr("Edit {name}"), lambda w, name, **how: edits.edit(w, name, cells, **how))

    def _filled(self, ranges: Any, value: Any) -> None:
        key = tuple(slice(r.start, r.stop) for r in ranges)
        self._change(self.tr("Fill cells of {name}"), lambda w, name: w.write(name, key, value), freezes=False)

    def _pasted(self, ranges: Any, values: Any) -> None:
        self._change(
            self.tr("Paste into {name}"), lambda w, name, **how: edits.edit_block(w, name, ranges, values, **how)
        )

    def _reform(self, text: str, apply: Callable[[Any], Any]) -> None:
        """Redefine the tensor by other values, made on the worker from those that it has."""

        def redefined(workspace: Workspace, name: str, freeze: bool = False) -> Workspace:
            if not freeze:
                edits.check_redefinable(workspace, name)  # before the values are made, which may take long
            creation = definition.Definition.typed(apply(workspace[name].tensor()))
            if freeze and not isinstance(workspace.steps[workspace[name].step], steps.Create):
                workspace = edits.freeze(workspace, name)
            return edits.redefine(workspace, name, creation, freeze)

        self._change(text, redefined)

    def _reshaped(self, shape: Any) -> None:
        self._reform(self.tr("Reshape {name}"), lambda tensor: RESHAPE.run((tensor,), {"shape": shape}))

    def _resized(self, change: Any) -> None:
        self._reform(self.tr("Resize {name}"), change.apply)

    def _converted(self, dtype: Any) -> None:
        self._reform(self.tr("Convert {name}"), lambda tensor: TO.run((tensor,), {"dtype": dtype}))

    def _losses(self, dtype: Any) -> None:
        self._session.soon(lambda: self._count_losses(dtype))

    def _count_losses(self, dtype: Any) -> None:
        if self.name is None or self.name not in self._session.workspace:
            return
        item = self._session.workspace[self.name]
        self._session.read(
            item,
            lambda progress: resize.losses(item.tensor(), dtype),
            lambda count: self.grid.show_losses(dtype, count),
            self,
        )
