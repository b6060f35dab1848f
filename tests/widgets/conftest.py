"""Qt tests run offscreen, with settings of their own, and fail on any fault that a guard caught."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def faults() -> Iterator[list[BaseException]]:
    """Faults caught by guards during the test; a test that provokes some takes them out of the list."""
    from explorer.widgets.faults import crash

    caught: list[BaseException] = []
    previous = crash.divert(caught.append)
    yield caught
    crash.divert(previous)
    if caught:
        raise AssertionError(f"a guard caught {len(caught)} fault(s)") from caught[0]
