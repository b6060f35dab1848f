"""What a message bar says, as a value: another bar, of a window in another language, can say it once more."""

from dataclasses import dataclass
from typing import Literal

from explorer.messages import Message


@dataclass(frozen=True, eq=False)
class Notice:
    """A sentence, and in `detail` torch's own words. `about` is what it speaks of, and should go with; None where it
    stands for itself."""

    kind: Literal["error", "warning", "info"]
    message: Message
    detail: str = ""
    about: object = None
