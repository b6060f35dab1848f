"""What can go wrong for the user: one sentence with names, shapes and dtypes, and torch's own words below it."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.messages import Message


class ExplorerError(Exception):
    """A refusal to be shown to the user; everything else that is raised is a bug.

    `message` is our sentence, to be translated; `detail` is torch's own text, verbatim, or "".
    """

    def __init__(self, message: Message, detail: str = "") -> None:
        super().__init__(f"{message}\n{detail}" if detail else str(message))
        self.message = message
        self.detail = detail


class OpError(ExplorerError):
    """An operation that torch refuses for these operands and arguments.

    Operands are spoken of by `{n0}`, `{n1}` ...; `named` puts the names of the shelf in their places.
    """

    def named(self, names: Sequence[str | None]) -> "OpError":
        """The same error with `names` for the operands; None for those that are left out."""
        values = {**self.message.values, **{f"n{i}": name for i, name in enumerate(names)}}
        return OpError(replace(self.message, values=values), self.detail)


class RoomError(ExplorerError):
    """What does not fit into the memory that is free. Nothing has been taken or changed.

    No OpError: torch was not asked, and no other way of writing the operation would help.
    """


class FileError(ExplorerError):
    """A file that cannot be read or written."""


class CellError(ExplorerError):
    """A text that is no value of the dtype it was typed for."""


class ProgramError(ExplorerError):
    """A change of the program that is refused as a whole.

    `step` is the index of the step that stands against it; `offer` names what would make it possible ("freeze").
    """

    def __init__(self, message: Message, detail: str = "", step: int | None = None, offer: str | None = None) -> None:
        super().__init__(message, detail)
        self.step = step
        self.offer = offer
