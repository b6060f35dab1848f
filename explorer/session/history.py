"""What was done, as a plain list, and a place in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.session.state import State


@dataclass(frozen=True)
class Change:
    """A change of the workspace, and what is seen: `before`, once it is undone, as it was right before it, and `after`,
    once it is done again, as it was right after. Between two changes drafts come and go."""

    text: str
    before: State
    after: State


class History:
    """The `changes` of a session, oldest first. Those before the place `at` have been made, the others were undone."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.at = 0

    def push(self, text: str, before: State, after: State) -> None:
        """Keep one more change; those that were undone are forgotten."""
        self.changes[self.at :] = [Change(text, before.light(), after.light())]
        self.at += 1

    def state(self, steps: int) -> State | None:
        """What is seen so many changes on, or back where it is negative; None where there are not that many."""
        place = self.at + steps
        if not steps or not 0 <= place <= len(self.changes):
            return None
        return self.changes[place].before if steps < 0 else self.changes[place - 1].after

    @property
    def undo_text(self) -> str | None:
        """What undo would take back; None where there is nothing."""
        return self.changes[self.at - 1].text if self.at else None

    @property
    def redo_text(self) -> str | None:
        """What redo would do again; None where there is nothing."""
        return self.changes[self.at].text if self.at < len(self.changes) else None
