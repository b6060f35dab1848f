"""The search bound to all that can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.messages import Message, Phrase
from explorer.widgets.actions import Action

if TYPE_CHECKING:
    from explorer.widgets.search.search_field import SearchField, Written
    from explorer.widgets.session import Session
    from explorer.widgets.stage.stage_panel import StagePanel

TITLE = Phrase("&Search", "搜索(&S)")
SAYS = Phrase("Search whatever can be done", "搜索所有能做的事")


class SearchController(QObject):
    """Does what is chosen; of what cannot be done now it says why."""

    done = Signal()

    def __init__(self, session: Session, field: SearchField, stage: StagePanel) -> None:
        super().__init__(field)
        self._session, self._field, self._stage = session, field, stage
        field.chosen.connect(self._do)

    def search_in(self, everything: Sequence[Callable[[], Iterable[Action]]], written: Written) -> None:
        """Search in what these give when a search begins, in their order, after what `written` makes of the text."""
        self._field.search_in(lambda: chain.from_iterable(part() for part in everything), written)

    def _do(self, action: Action) -> None:
        self._stage.front.setFocus()  # unless what is done leads the keyboard elsewhere
        if action.refusal is not None and action.reason:
            self._session.noted.emit(Message("", action.refusal()))
        else:
            action.do()
            self.done.emit()

    def actions(self) -> tuple[Action, ...]:
        """The way to it."""
        return (Action("action_search", TITLE, self._field.focus, ("Ctrl+K",), says=SAYS),)
