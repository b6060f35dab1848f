"""Around the first state: why it could not be had, and what is got ready once it is there."""

from collections.abc import Callable
from threading import Thread
from traceback import format_exception_only

from explorer.errors import ExplorerError
from explorer.late import fetch_all
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.elementwise import EXP
from explorer.ops.forecasts import prepare


def refusal(error: Exception) -> ExplorerError:
    """What is said where torch, or the first state, could not be had."""
    template = QT_TRANSLATE_NOOP("errors", "torch could not be made ready, so nothing can be computed.")
    return ExplorerError(Message("errors", template), "".join(format_exception_only(error)).strip())


class WarmUp(Thread):
    """What the window would else wait for at the first `exp` and at the first of what is imported late, but for what is
    Qt's; on a thread of its own, so that runs go on. `told` is called there at the end.

    No daemon: one that is inside of torch when the interpreter ends takes the process with it.
    """

    def __init__(self, told: Callable[[], None]) -> None:
        super().__init__(name="warm-up")
        self._told = told

    def run(self) -> None:
        try:
            prepare(EXP)
            fetch_all()
        finally:
            self._told()
