"""The storage lens bound to session and stage: it reads the slots in view, and cells and slots light up together."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from explorer.late import late
from explorer.ops.provenance import ravel, unravel
from explorer.session.storage_strip import LaneFace, SlotValues, StorageStrip
from explorer.widgets.memory.storage_lens import StorageLens

with late():
    from explorer.numbers import forms
    from explorer.workspace import relation, slots, source

if TYPE_CHECKING:
    from explorer.animation.frame import Scale
    from explorer.session.state import State
    from explorer.widgets.grid.grid_controller import GridController
    from explorer.widgets.grid.grid_editor import GridEditor
    from explorer.widgets.session import Session
    from explorer.widgets.shelf.inspector_controller import InspectorController
    from explorer.widgets.shelf.shelf_controller import ShelfController
    from explorer.widgets.shelf.tag_controller import TagController
    from explorer.widgets.stage.stage_panel import StagePanel
    from explorer.workspace import Item, Workspace
    from explorer.workspace.slots import SlotReading

LIT = 256  # cells of one slot that are looked for on the stage


class MemoryController(QObject):
    """Shows the storage of the inspected item, or of the one that the focus is in: on the stage, or in the grid while
    that stands there."""

    def __init__(
        self,
        session: Session,
        stage: StagePanel,
        lens: StorageLens,
        shelf: ShelfController,
        inspector: InspectorController,
        grid: GridController,
        sharing: TagController,
    ) -> None:
        super().__init__(lens)
        self._session, self._stage, self._lens, self._sharing = session, stage, lens, sharing
        self._workspace: Workspace | None = None
        self._name: str | None = None
        self._read: tuple[Item, SlotReading] | None = None
        self._grid: GridEditor | None = None
        session.staged.connect(self.see_stage)
        session.changed.connect(self._follow)
        session.inspected.connect(self.inspect)
        session.drafted.connect(self._tell_axis)
        inspector.measured.connect(self.see_stage)
        grid.grid_made.connect(self._watch)
        grid.closed.connect(self.see_stage)
        stage.reached.connect(self.see_stage)
        lens.strip.lane_chosen.connect(shelf.select)
        sharing.calmed.connect(lens.strip.calm)
        lens.strip.window_moved.connect(self._look)
        lens.strip.slot_focused.connect(self._focus_cells)
        lens.strip.slot_hovered.connect(self._hover_cells)
        stage.focus_moved.connect(self._focus_slot)
        stage.overview_made.connect(lambda overview: overview.cell_hovered.connect(self._see_cell))

    # --- which storage ---------------------------------------------------------------------------------------------

    def _follow(self, state: State) -> None:
        """Another state: what was written shows, where it was shown before."""
        self._workspace = state.workspace
        if self._name is not None and self._name in state.workspace:
            self._show(self._name, self._lens.strip.focused_slot)

    @property
    def _hidden(self) -> bool:
        return not self._lens.isVisibleTo(self._lens.window())

    def inspect(self, name: str | None) -> None:
        """Show the storage of another item."""
        if self._workspace is None or name is None or name not in self._workspace:
            self._name = None
            self._forget()
        elif name != self._name:
            self._show(name, self._slot_of_focus(name))

    @property
    def _item(self) -> Item | None:
        if self._workspace is None or self._name is None or self._name not in self._workspace:
            return None
        return self._workspace[self._name]

    def _show(self, name: str, focus: int | None) -> None:
        workspace, self._name = self._session.workspace, name
        if self._hidden:  # `look_again` comes when it is shown
            self._forget()
            return
        item, known = workspace[name], self._session.identities
        names = (name, *workspace.sharing(name))
        lanes = tuple(LaneFace(n, slots.Lane.of(workspace[n].view.layout), known.get(n, ())) for n in names)
        strip = StorageStrip(slots.Slots.of(item), lanes)
        if focus is None and strip.slots.count:
            begin = lanes[0].lane.bytes((0,) * len(item.shape))
            focus = strip.slots.at(begin).start if 0 not in item.shape else 0
        self._lens.show_item(
            item, strip, relation.relation_of(workspace, name), self._sharing.tag(name), focus, self._axis()
        )

    def _forget(self) -> None:
        """Show nothing, and hold nothing: what was shown may have been deleted since."""
        self._read = None
        self._lens.show_nothing()

    def _axis(self) -> int:
        """The axis that the draft is about."""
        dim = self._session.draft.arguments.get("dim") if self._session.draft is not None else None
        item = self._item
        rank = len(item.shape) if item is not None else 0
        return dim % rank if isinstance(dim, int) and -rank <= dim < rank else 0

    def _tell_axis(self, _: object) -> None:
        """Follow the draft's axis."""
        self._lens.tell_axis(self._axis())

    def see_stage(self, *_: object) -> None:
        """Something else stands on the stage: its colours are the lens's, and its focused cell has a slot."""
        if self._name is None or self._item is None or self._hidden:
            return
        slot = self._slot_of_focus(self._name)
        if slot is not None:
            self._lens.focus_slot(slot)
        if self._read is not None and self._read[0] == self._item:
            self._lens.strip.show_values(self._values(self._read[1]), self._lens.strip.written)

    def look_again(self) -> None:
        """The lens may have been hidden until now, or smaller: show what it has not seen."""
        if self._name is None or self._item is None or self._hidden:
            return
        window = self._lens.strip.window_of_slots
        if self._lens.item != self._item:
            self._show(self._name, self._slot_of_focus(self._name))
        elif self._lens.strip.values.window != window:
            self._look(window)

    # --- what stands there -----------------------------------------------------------------------------------------

    def _look(self, window: range) -> None:
        """Read the slots in view: at once where nothing can be moving the memory, else on the worker."""
        item = self._item
        if item is None or self._hidden or item != self._lens.item:  # `look_again` comes: these slots are another's
            return
        if item.device in ("cpu", "meta") and item.view.version.current and not self._session.moving:
            self._tell(item, slots.read(item, window))
            return

        def tell(found: SlotReading) -> None:
            now = self._item
            if now is not None and now.view == item.view and found.window == self._lens.strip.window_of_slots:
                self._tell(item, found)

        self._session.read(item, lambda _: slots.read(item, window), tell, self)

    def _tell(self, item: Item, found: SlotReading) -> None:
        written = self._changed(item, found)
        self._read = item, found
        self._lens.show_address(found.address)
        self._lens.strip.show_values(self._values(found), written)
        if written:
            self._sharing.mark()

    def _changed(self, item: Item, found: SlotReading) -> frozenset[int]:
        """The slots whose bytes are not what was last read there, and those marked before; none of other memory."""
        if self._read is None:
            return frozenset()
        seen, old = self._read
        same = seen.storage is item.storage or seen.name == item.name
        if not same or seen.dtype != item.dtype or slots.Slots.of(seen) != slots.Slots.of(item):
            return frozenset()
        return frozenset(self._lens.strip.written) | slots.differing(old, found)

    def _values(self, found: SlotReading) -> SlotValues:
        item = self._item
        if item is None or found.values is None or item.name in self._stage.awaited:
            return SlotValues(found.window)
        if item.unknown:
            return SlotValues(found.window, ("?",) * len(found.window))
        room = self._lens.strip.fits
        texts = forms.Spelling([found.values]).within(found.values, room) or ("…",) * len(found.window)
        return SlotValues(
            found.window, texts, source.floats(found.values), self._levels(item, source.floats(found.values))
        )

    def _levels(self, item: Item, cells: Any) -> tuple[float, float]:
        """The ends of the colours: of the stage, where the item or another over its storage stands there; else of the
        largest measured item over that storage; else of the cells in view."""
        assert self._workspace is not None
        sharing = [item, *(self._workspace[n] for n in self._workspace.sharing(item.name))]
        staged, names = self._stage.staged, [x.name for x in sharing]
        last = staged.animation.frame(1.0) if staged is not None else None
        scales: dict[str, Scale] = {}
        for frame in (last, self._stage.view.frame):  # a result may be still to come
            for group in frame.cells if frame is not None else ():
                if frame is not None and 0 <= group.tensor < len(frame.tensors):
                    scales[frame.tensors[group.tensor].name] = frame.scale(group.scale)
        on_stage = next((scales[n] for n in names if n in scales), None)
        if on_stage is not None:
            return on_stage.lo, on_stage.hi
        measured = [(x.numel, self._session.measured.known(x)) for x in sharing]
        known = [(count, found.levels) for count, found in measured if found is not None and found.levels is not None]
        if known:
            low, high = max(known)[1]
            return low, high
        finite = cells[abs(cells) < float("inf")]
        return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)

    # --- cells and slots light up together -------------------------------------------------------------------------

    def _watch(self, grid: GridEditor) -> None:
        """The current cell of the grid has a slot too."""
        self._grid = grid
        grid.cell_focused.connect(self._focus_slot)

    def _focus_slot(self, *_: object) -> None:
        """A cell on the stage or in the grid has the focus: its slot lights up, in the storage that it lies in."""
        found, mine = next(iter(self._focused()), None), self._item
        if self._hidden or found is None or mine is None:
            return
        item, flat = found
        if item.storage is not mine.storage:
            self._show(item.name, _slot(item, flat, item))
        else:
            self._lens.focus_slot(_slot(item, flat, mine))
        if not self._stage.editing:
            self._light(self._lens.strip.focused_slot)

    def _see_cell(self, cell: object) -> None:
        """A cell under the pointer in the overview of a large tensor: the part of the storage around its slot."""
        staged, mine = self._stage.staged, self._item
        if self._hidden or staged is None or staged.large is None or mine is None or not isinstance(cell, tuple):
            return
        name, workspace = staged.large.name, self._workspace
        item = workspace[name] if workspace is not None and name in workspace else None
        if item is not None and item.storage is mine.storage and len(cell) == len(item.shape):
            self._lens.focus_slot(_slot(item, ravel(cell, tuple(item.shape)), mine))

    def _slot_of_focus(self, name: str) -> int | None:
        """The slot of the focused cell in the storage of `name`, or of the first cell there that belongs to it; those
        of `name` itself come first."""
        if self._workspace is None:
            return None
        mine = self._workspace[name]
        found = [(item, flat) for item, flat in self._focused() if item.storage is mine.storage]
        item, flat = next((x for x in found if x[0].name == name), next(iter(found), (None, 0)))
        return None if item is None else _slot(item, flat, mine)

    def _focused(self) -> list[tuple[Item, int]]:
        """The focused cell, and then those that it comes from or feeds, as far as they are on the shelf."""
        frame, workspace, grid = self._stage.view.frame, self._workspace, self._grid
        if workspace is not None and grid is not None and self._stage.editing:
            cell, name = grid.current_cell(), grid.model.name
            if cell is None or name not in workspace or len(cell) != len(workspace[name].shape):
                return []
            item, inside = workspace[name], all(map(int.__lt__, cell, workspace[name].shape))
            return [(item, ravel(cell, tuple(item.shape)))] if inside else []
        placed = [(self._on_stage(tensor), flat) for tensor, flat in (frame.focus if frame is not None else ())]
        return [(item, flat) for item, flat in placed if item is not None]

    def _on_stage(self, tensor: object) -> Item | None:
        """The shelf's item that stands on the stage as tensor number `tensor`, as it lies in memory there."""
        frame = self._stage.view.frame
        if frame is None or not isinstance(tensor, int) or not 0 <= tensor < len(frame.tensors):
            return None
        shown, staged = frame.tensors[tensor], self._stage.staged
        if self._workspace is None or shown.name not in self._workspace:
            return None
        alike = [k for k, other in enumerate(frame.tensors) if other.name == shown.name]
        if staged is not None and staged.turns(shown.name) and tensor != (alike[-1] if staged.ran else alike[0]):
            return None  # the same as it lay before, or as it will lie
        item = self._workspace[shown.name]
        if staged is not None and shown.name in staged.then:
            item = replace(item, view=staged.then[shown.name])
        return item if tuple(item.shape) == tuple(shown.shape) else None

    def _cells(self, slot: int) -> list[tuple[int, int]]:
        """The cells on the stage that lie in a slot, those of the lens's own item first."""
        frame, mine = self._stage.view.frame, self._item
        if frame is None or mine is None:
            return []
        where = slots.Slots.of(mine).bytes(slot)
        found: list[tuple[int, int]] = []
        for tensor in range(len(frame.tensors)):
            item = self._on_stage(tensor)
            if item is not None and item.storage is mine.storage:
                region = slots.Lane.of(item.view.layout).cells(where)
                cells = [(tensor, ravel(cell, item.shape)) for _, cell in islice(region, LIT)]
                found = cells + found if item.name == mine.name else found + cells
        return found

    def _focus_cells(self, slot: object) -> None:
        """The user has gone to a slot: its cells light up, and the first of them is what the arithmetic is about."""
        cells = self._cells(slot) if isinstance(slot, int) else []
        if cells:
            self._stage.focus(*cells[0])  # which comes back as `_focus_slot`
        else:
            self._stage.light(())

    def _hover_cells(self, slot: object) -> None:
        self._light(slot if isinstance(slot, int) else self._lens.strip.focused_slot)

    def _light(self, slot: int | None) -> None:
        self._stage.light(tuple(self._cells(slot)) if slot is not None else ())


def _slot(item: Item, flat: int, seen: Item) -> int | None:
    """The slot, as wide as those of `seen`, that a cell of `item` over the same storage lies in."""
    place = slots.Slots.of(seen).at(slots.Lane.of(item.view.layout).bytes(unravel(flat, tuple(item.shape))))
    return place.start if place else None
