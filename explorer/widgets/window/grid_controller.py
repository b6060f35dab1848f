"""Editing by hand: the grid and the New dialog, bound to the session; and small reads for thumbnails and tooltips."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from explorer.engine import Progress, devices
from explorer.errors import ExplorerError
from explorer.late import late
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.conversion import TO
from explorer.ops.movement import RESHAPE
from explorer.ops.provenance import point, ravel, unravel
from explorer.widgets.background_read import Answer, Work, attempted
from explorer.widgets.look.colormap import colour_map
from explorer.widgets.look.thumbnail import thumbnail

with late():
    from explorer.numbers import nonfinite, values
    from explorer.widgets.creation import new_tensor
    from explorer.widgets.grid import grid_editor, tensor_model
    from explorer.workspace import definition, definition_preview, edits, resize, source, steps

if TYPE_CHECKING:
    from explorer.session.state import State
    from explorer.widgets.grid.grid_editor import GridEditor
    from explorer.widgets.session import Session
    from explorer.workspace import Item, Workspace
    from explorer.workspace.view import View

THUMBNAIL = 12  # cells along an axis
Change = Callable[["Workspace"], "Workspace"]


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

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.name: str | None = None  # what is being edited
        self._colours = "viridis"
        self._pictures: dict[str, tuple[View, object, QImage | None]] = {}
        self._grid: GridEditor | None = None
        self._said: Message | None = None  # a note on the change that is asked for next, in this turn of the loop
        session.busy_changed.connect(self._settle)

    @property
    def grid(self) -> GridEditor:
        """The grid, made when it is first needed: the window is painted sooner without it."""
        if self._grid is None:
            self._grid = self._made()
            self.grid_made.emit(self._grid)
        return self._grid

    def _made(self) -> grid_editor.GridEditor:
        grid = grid_editor.GridEditor(read=self._read)
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

    def open(self, name: str, flat: int | None = None) -> None:
        """Show `name` in the grid; at the cell `flat`, ready to be typed over."""
        self._session.soon(lambda: self._open(name, flat))

    def _open(self, name: str, flat: int | None, typing: bool = True) -> None:
        if name not in self._session.workspace:
            return
        self.name = name
        self.refresh(self._session.state)
        self.opened.emit()
        item = self._session.workspace[name]
        if flat is not None and int(flat) < item.numel:  # it may have another shape by now
            (self.grid.edit_cell if typing else self.grid.focus_cell)(unravel(int(flat), tuple(item.shape)))
        else:
            self.grid.setFocus()

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
            self.closed.emit()
            self.grid.let_go()

    def refresh(self, state: State) -> None:
        """Show the tensor being edited as it is now; leave the grid where it is gone. Its memory is not kept here."""
        for gone in self._pictures.keys() - set(state.workspace.names):
            del self._pictures[gone]
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
        """The colour map of cells and thumbnails."""
        self._colours = key
        if self._grid is not None:
            self._grid.show_colours(colour_map(key))

    def new_tensor(self, window: QWidget) -> None:
        """Ask for a new tensor in a dialog that does not block."""
        session, workspace = self._session, self._session.workspace
        found = [device.name for device in devices()]
        new_tensor.NewTensorDialog.ask(
            window,
            lambda made: session.create(made.name, made.creation, made.array),
            workspace.fresh_name(),
            workspace.names,
            found,
            session.device,
            self._look,
            self._read,
        )

    def _read(self, work: Work, answer: Answer) -> Callable[[], None]:
        """What takes long to read is read by the worker."""

        def attempt(progress: Progress) -> Any:
            return attempted(work, lambda: progress(progress.fraction))

        return self._session.ask(attempt, answer, self).cancel

    def _look(self, creation: Any, answer: Callable[[Any], None]) -> None:
        """What a creation would be, found by the worker."""

        def work(progress: object) -> Any:
            try:
                return definition_preview.preview(creation)
            except ExplorerError as error:
                return error

        self._session.ask(work, answer, self)

    def thumbnail(self, name: str) -> QImage | None:
        """A small picture of the first cells of a tensor, in the colours that the whole of it has.

        While a change is under way, which may move the memory, the last one that was made.
        """
        item = self._session.workspace[name]
        known = self._session.measured.known(item)
        view, look, picture = self._pictures.get(name, (None, None, None))
        if (view, look) != (item.view, (self._colours, known)) and not self._session.moving:
            picture = self._picture(item, known.levels if known is not None else None)
            self._pictures[name] = item.view, (self._colours, known), picture
        return picture

    def _picture(self, item: Item, levels: tuple[float, float] | None) -> QImage | None:
        if item.device != "cpu" or item.unknown or 0 in item.shape:
            return None
        read = source.source_of(item).read
        leading = max(len(item.shape) - 2, 0)
        ranges = tuple(range(min(n, THUMBNAIL) if a >= leading else 1) for a, n in enumerate(item.shape))
        window = read(ranges)
        if window is None:
            return None
        cells = source.floats(window)
        if levels is None:  # not measured yet
            finite = cells[abs(cells) < float("inf")]
            levels = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        return thumbnail(cells, *levels, self._colours)

    def exact(self, name: str, flat: int) -> str:
        """The exact text of one cell of a tensor on the shelf; "" for others, and while a change is under way."""
        if name not in self._session.workspace or self._session.moving:
            return ""
        item = self._session.workspace[name]
        if item.device == "meta" or item.unknown:
            return ""
        cell = source.source_of(item).read(point(unravel(flat, tuple(item.shape))))
        return "" if cell is None else values.show(cell.reshape(()).item(), item.dtype)

    # --- requests of the grid --------------------------------------------------------------------------------------

    def _note(self, note: Message) -> None:
        """Say something, and once more when the change that it is about has landed and took all messages away."""
        self._session.noted.emit(note)
        self._said = note
        QTimer.singleShot(0, self, self._forget)

    def _forget(self) -> None:
        self._said = None

    def _change(self, text: str, work: Change, frozen: Change | None = None) -> None:
        """A change of what is edited."""
        note = self._said

        def then(*_: object) -> None:
            if note is not None:
                self._session.noted.emit(note)

        self._session.change(text, work, self.name, frozen, then)

    def _edited(self, cells: Any) -> None:
        name = self.name
        if name is not None:
            text = self.tr("Edit {name}").format(name=name)
            self._change(text, lambda w: edits.edit(w, name, cells), lambda w: edits.edit(w, name, cells, freeze=True))

    def _filled(self, ranges: Any, value: Any) -> None:
        name = self.name
        if name is not None:
            key = tuple(slice(r.start, r.stop) for r in ranges)
            text = self.tr("Fill cells of {name}").format(name=name)
            self._change(text, lambda w: w.write(name, key, value))

    def _pasted(self, ranges: Any, values: Any) -> None:
        name = self.name
        if name is not None:
            text = self.tr("Paste into {name}").format(name=name)
            self._change(
                text,
                lambda w: edits.edit_block(w, name, ranges, values),
                lambda w: edits.edit_block(w, name, ranges, values, freeze=True),
            )

    def _reform(self, text: str, apply: Callable[[Any], Any]) -> None:
        """Redefine the tensor by other values, made on the worker from those that it has."""
        name = self.name
        if name is None:
            return

        def redefined(workspace: Any, freeze: bool = False) -> Any:
            if not freeze:
                edits.check_redefinable(workspace, name)  # before the values are made, which may take long
            creation = definition.Definition.typed(apply(workspace[name].tensor()))
            if freeze and not isinstance(workspace.steps[workspace[name].step], steps.Create):
                workspace = edits.freeze(workspace, name)
            return edits.redefine(workspace, name, creation, freeze)

        self._change(text.format(name=name), redefined, lambda w: redefined(w, freeze=True))

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
