"""A workspace and plain Python doing the same: what the rules of the stateful test stand on."""

import re

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

from explorer.errors import OpError, ProgramError
from explorer.workspace import Workspace
from tests.workspace.plain import Line, Refused, agree, execute, groups, line_of, things

MOST = 9  # names at a time
ran = {"steps": 0}
room = precondition(lambda self: len(self.workspace.names) < MOST)
anything = precondition(lambda self: self.workspace.names)
a_tensor = precondition(lambda self: any(x.kind == "tensor" for x in self.workspace.items))
an_array = precondition(lambda self: any(x.kind == "array" for x in self.workspace.items))


def words(refused: object) -> str:
    """What torch or NumPy say; of a 0-d tensor torch looks up the size of an axis that it has not: anything."""
    missing = (
        r"index -?\d+ is out of bounds for dimension 0 with size \d+|select\(\) cannot be applied to a 0-dim tensor\."
    )
    return re.sub(missing, "no such index", str(refused))


class Twin(RuleBasedStateMachine):
    """Both programs, and the history of both for undo and redo."""

    def __init__(self) -> None:
        super().__init__()
        self.workspace = Workspace()
        self.lines: tuple[Line, ...] = ()
        self.names: dict[str, object] = {}
        self.history: list[tuple[Workspace, tuple[Line, ...]]] = [(self.workspace, ())]
        self.at = 0

    # the two sides

    @property
    def plain(self):
        return things(self.names)

    def some(self, number: int, kind: str = "tensor") -> str:
        """A name of that kind: where a rule asks for one, its precondition has seen that there is one."""
        fitting = [x.name for x in self.workspace.items if kind in (x.kind, "any")]
        return fitting[number % len(fitting)]

    def new(self) -> str:
        name = self.workspace.fresh_name()
        assert name not in self.names
        return name

    def land(self, workspace: Workspace, lines: tuple[Line, ...]) -> None:
        self.workspace, self.lines = workspace, lines
        self.history = [*self.history[: self.at + 1], (workspace, lines)]
        self.at += 1

    def both(self, line: Line, change) -> None:
        """Do one more statement on both sides; they agree on whether it can be done, and in whose words it cannot."""
        wrong = None
        try:
            execute((line,), self.names)
        except Refused as failed:
            wrong = failed
            self.names = execute(self.lines)  # a refused statement may have done half its work
        if wrong is None:
            self.land(change(self.workspace), (*self.lines, line))
            return
        with pytest.raises(OpError) as refused:
            change(self.workspace)
        assert words(refused.value.detail) == words(wrong)

    def whole(self, lines: tuple[Line, ...], change) -> None:
        """Change the program on both sides."""
        wrong = None
        try:
            names = execute(lines)
        except Refused as failed:
            wrong = failed
        if wrong is None:
            self.names = names
            self.land(change(self.workspace), lines)
            return
        with pytest.raises((ProgramError, OpError)) as refused:
            change(self.workspace)
        assert words(refused.value.detail) == words(wrong)
        if isinstance(refused.value, ProgramError):
            assert (refused.value.step, refused.value.offer) == (wrong.index, "freeze")
        else:  # the changed step itself is at fault
            assert lines[wrong.index] != self.lines[wrong.index]

    def names_of(self, *dtypes: object, kind: str = "any") -> tuple[str, ...]:
        """The names of that kind with one of these dtypes."""
        return tuple(x.name for x in self.workspace.items if x.dtype in dtypes and kind in (x.kind, "any"))

    def beside(self, name: str, line: Line) -> set[str]:
        """The other names that see what a line does to `name`: its memory, or its layout."""
        plain = self.plain
        if line.layout:
            return {other for other, thing in plain.items() if thing is plain[name]} - {name}
        return groups(plain)[name] - {name}

    def written(self, name: str) -> bool:
        """Whether a statement writes to the memory of `name`, or changes its layout."""
        return any(line.target and line.names[0] in {name, *self.beside(name, line)} for line in self.lines)

    def take_over(self, made: Workspace) -> bool:
        """Land `made`, its statements as the explorer writes them; False where they read very many frozen cells from a
        file, which statements of the twin do not have."""
        lines = tuple(map(line_of, made.steps))
        if any("torch.load" in line.text for line in lines):
            return False
        self.names = execute(lines)
        self.land(made, lines)
        return True

    # what always holds

    @invariant()
    def the_same(self) -> None:
        ran["steps"] += 1
        agree(self.workspace, self.names)
