"""The program in writing: the source of every step, written once for each."""

from collections.abc import Sequence
from typing import Protocol


class Statement(Protocol):
    """What can be written as Python: a step of the program, which never changes."""

    def source(self) -> str: ...


class CodeListing:
    """Lines of a program that grows and shrinks at its end; long literals take a while to be written."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[Statement, str]] = {}  # by identity; the step is held so that none takes its place

    def lines(self, steps: Sequence[Statement]) -> list[str]:
        """The source of each of `steps`, in order; what belongs to no step of these is forgotten."""
        known = {id(step): self._lines.get(id(step)) or (step, step.source()) for step in steps}
        self._lines = known
        return [known[id(step)][1] for step in steps]

    def line(self, step: Statement) -> str:
        """The source of one step of those that were listed last."""
        found = self._lines.get(id(step))
        return found[1] if found is not None else step.source()
