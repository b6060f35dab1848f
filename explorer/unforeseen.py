"""Work that only explains or adorns what was asked for: a fault in it is logged, and what was asked for goes on."""

import logging
from collections.abc import Callable
from typing import TypeVar

from explorer.errors import ExplorerError

T = TypeVar("T")
LOGGER = logging.getLogger("explorer")  # the program's log file
raised = False
"""Whether faults are raised all the same, as in tests: none may pass unseen."""


def survived(explain: Callable[[], T], otherwise: T) -> T:
    """What `explain` gives; `otherwise` where it is refused something itself, or has a fault, which is logged."""
    try:
        return explain()
    except ExplorerError:
        return otherwise
    except Exception:
        if raised:
            raise
        LOGGER.exception("an explanation failed")
        return otherwise
