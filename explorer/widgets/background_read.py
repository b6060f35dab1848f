"""What takes long to read is read elsewhere: the window's thread asks, and goes on."""

from collections.abc import Callable
from typing import Any

from explorer.errors import ExplorerError

Step = Callable[[], None]
"""Called by the work now and then; it raises where nobody waits for the answer any more."""
Work = Callable[[Step], Any]
Answer = Callable[[Any], None]
"""Called on the window's thread, at once or later, with what the work gave, or with its ExplorerError."""
Read = Callable[[Work, Answer], Callable[[], None]]
"""Does the work and gives a call that withdraws the question, after which no answer comes."""


def read_here(work: Work, answer: Answer) -> Callable[[], None]:
    """Do it at once, on this thread; the window does it on its worker instead."""
    answer(attempted(work, lambda: None))
    return lambda: None


def attempted(work: Work, step: Step) -> Any:
    """What `work` gives, or its ExplorerError."""
    try:
        return work(step)
    except ExplorerError as error:
        return error
