"""What a message bar says, as a value: another bar, of a window in another language, can say it once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from explorer.messages import Message

Action = tuple[Message, Callable[[Any], object]]
"""What a button says that helps, and what it does; it is called with the window in which it is pressed."""


@dataclass(frozen=True, eq=False)
class Notice:
    """A sentence, and in `detail` torch's own words. `about` is what it speaks of, and should go with; None where it
    stands for itself. `action`: what may be done about it."""

    kind: Literal["error", "warning", "info"]
    message: Message
    detail: str = ""
    about: object = None
    action: Action | None = None
