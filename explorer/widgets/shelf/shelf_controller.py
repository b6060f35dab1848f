"""The shelf as the session has it, and what is done with the tensors that stand on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.engine import devices
from explorer.messages import Phrase
from explorer.widgets.actions import Action
from explorer.widgets.shelf.shelf_list import SHELF
from explorer.widgets.shelf.thumbnails import Thumbnails

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from explorer.session.draft import Draft
    from explorer.session.state import State
    from explorer.widgets.grid.grid_controller import GridController
    from explorer.widgets.session import Session
    from explorer.widgets.shelf.inspector import Inspector
    from explorer.widgets.shelf.tag_controller import TagController
    from explorer.widgets.shelf.tensor_shelf import TensorShelf
    from explorer.widgets.stage.stage_panel import StagePanel

NOTHING = Phrase("Nothing is selected on the shelf.", "张量架上没有选中任何东西。")
NONFINITE = Phrase("To the next &NaN or inf", "到下一个 NaN 或 inf(&N)")
NEXT = Phrase("To the next NaN or inf of the tensor, in the grid", "在网格中到张量的下一个 NaN 或 inf")
ABOUT = Phrase("&All about it", "全部信息(&A)")
FACTS = ("shape", "dtype", "device", "stride", "strides", "size", "numel", "inspector", "形状", "步长")


class ShelfController(QObject):
    """Shows the shelf, and carries out what is asked for there."""

    def __init__(
        self,
        session: Session,
        shelf: TensorShelf,
        inspector: Inspector,
        stage: StagePanel,
        grid: GridController,
        tags: TagController,
    ) -> None:
        super().__init__(shelf)
        self._session, self._shelf, self._inspector, self._stage = session, shelf, inspector, stage
        self._grid, self._tags, self._thumbnails = grid, tags, Thumbnails(session)
        session.changed.connect(self._changed)
        session.drafted.connect(self._drafted)
        shelf.selected.connect(self.select)
        shelf.edit_requested.connect(grid.open)
        shelf.renamed.connect(session.rename)
        shelf.duplicated.connect(session.duplicate)
        shelf.deleted.connect(session.delete)
        shelf.reordered.connect(session.reorder)
        for seen in (grid.opened, grid.closed, tags.calmed, stage.reached):
            seen.connect(self.show)
        inspector.nonfinite_requested.connect(self.show_nonfinite)
        session.ready.connect(self._show_devices)
        if session.started:
            self._show_devices()

    def _show_devices(self) -> None:
        self._shelf.show_devices([device.name for device in devices()])

    def _changed(self, state: State) -> None:
        self._thumbnails.forget(state)
        if state.draft is None:  # else `drafted` follows, with the draft's own tensor selected
            self.show()

    def _drafted(self, _: Draft) -> None:
        self.show()

    def set_colours(self, key: str) -> None:
        """The colour map of the thumbnails."""
        self._thumbnails.colours = key
        self.show()

    def select(self, name: str) -> None:
        """Make `name` what the draft is about, or in the grid what is edited."""
        if self._grid.shown:
            self._grid.open(name)
        self._session.select(name)

    def show(self) -> None:
        """The shelf as things are."""
        session = self._session
        if not session.started:
            return
        self._shelf.show_workspace(
            session.workspace,
            session.identities,
            self.current,
            self.picture,
            {name: tag.text for name, tag in self._tags.tags.items()},
            self._tags.flashing,
        )

    def picture(self, name: str) -> QImage | None:
        """A small picture of a tensor; none while it has not been reached on the stage."""
        return None if name in self._stage.awaited else self._thumbnails.of(name)

    @property
    def current(self) -> str | None:
        """What is selected."""
        return self._session.state.inspected if self._session.started else None

    def show_nonfinite(self) -> None:
        """Go to the next NaN or infinity of what is selected, in the grid."""
        if self.current is not None:
            self._grid.open_nonfinite(self.current)

    # --- what can be done ------------------------------------------------------------------------------------------

    def actions(self) -> tuple[Action, ...]:
        """What can be done with what is selected, or inspected."""
        cards, session = self._shelf.list, self._session

        def nothing() -> Phrase:
            return Phrase() if self.current else NOTHING

        def selected(call: Callable[[str], object]) -> Callable[[], None]:
            def act() -> None:
                if (found := self.current) is not None:
                    call(found)

            return act

        calls = {
            "edit": selected(self._grid.open),
            "rename": cards.rename,
            "duplicate": selected(session.duplicate),
            "up": selected(lambda name: cards.move_card(name, -1)),
            "down": selected(lambda name: cards.move_card(name, 1)),
            "delete": selected(session.delete),
        }
        return (
            Action("action_inspector", ABOUT, self._inspector.wanted.emit, refusal=nothing, names=FACTS),
            Action("action_nonfinite", NONFINITE, self.show_nonfinite, ("F4",), says=NEXT, refusal=nothing),
            *(replace(SHELF[key], call=call, refusal=nothing) for key, call in calls.items()),
        )
