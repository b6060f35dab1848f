"""A workspace against plain torch and NumPy executing the same program."""

import os
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from explorer.files.script import save, script
from explorer.workspace import Definition, interpreter
from tests.workspace.plain import Line, bits, execute, groups, looks, things
from tests.workspace.read_back import read_back
from tests.workspace.twin import ran
from tests.workspace.twin_changes import Changes
from tests.workspace.twin_makes import Makes
from tests.workspace.twin_writes import Writes

STEPS = 50  # of one program, at most
FEWEST = 10_000
SOAK = int(os.environ.get("SOAK_STEPS", "0"))  # so many random ones (make soak) instead of the same few each time


class Program(Makes, Writes, Changes):
    """Both programs, and the history of both for undo and redo."""

    @initialize()
    def start(self) -> None:
        line = Line("{0} = torch.arange(12).reshape(3, 4)", ("A",), created=True)
        self.both(line, lambda w: w.create("A", Definition("arange", {"end": 12}, shape=(3, 4))))

    def teardown(self) -> None:
        read_back(self.workspace)

    # time

    @precondition(lambda self: self.at > 1)
    @rule(steps=st.integers(1, 4))
    def undo(self, steps) -> None:
        self.seek(max(1, self.at - steps))

    @precondition(lambda self: self.at < len(self.history) - 1)
    @rule(steps=st.integers(1, 4))
    def redo(self, steps) -> None:
        self.seek(min(len(self.history) - 1, self.at + steps))

    def seek(self, at: int) -> None:
        self.at = at
        self.workspace, self.lines = self.history[at]
        self.workspace.activate()
        self.names = execute(self.lines)

    @rule()
    def drop_what_is_not_shown(self) -> None:
        """Only what the present program needs stays in memory; the rest comes back by replay."""
        self.workspace.cache.budget = 0
        self.workspace.activate()

    @rule()
    def what_is_not_stale_comes_out_again(self) -> None:
        """The same step, on what its operands hold by now, gives what is there."""
        for item in self.workspace.items:
            record = self.workspace.records[item.step]
            now = [self.workspace.view(name) for name in record.step.inputs]
            place = record.step.outputs.index(item.name)
            written = record.outputs[place] != item.view
            pairs = list(zip(record.inputs, now, strict=True))
            moved = any(a.layout != b.layout or b.storage is item.storage for a, b in pairs)
            if not (item.stale or written or moved):
                again = interpreter.run(record.step, (), now)[place]
                assert bits(again.tensor()) == bits(item.tensor()), item.name

    @rule()
    def run_the_script(self) -> None:
        names: dict[str, object] = {}
        with TemporaryDirectory() as folder, chdir(folder):  # very many frozen cells stand in a file beside the script
            save(script(self.workspace), "program.py")
            exec(Path("program.py").read_text(), names)  # noqa: S102 - that it runs is what is tested
        again = things(names)
        assert {n: looks(x) for n, x in again.items()} == {n: looks(x) for n, x in self.plain.items()}
        assert groups(again) == groups(self.plain)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_workspace_is_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda number: None)  # no file of it is to outlive the system
    ran["steps"] = 0
    how = settings(
        max_examples=1_000 if SOAK else 260,
        stateful_step_count=STEPS,
        derandomize=not SOAK,
        database=None,
        deadline=None,
        print_blob=True,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    while ran["steps"] < max(FEWEST, SOAK):
        before = ran["steps"]
        try:
            run_state_machine_as_test(Program, settings=how)
        finally:
            print(f"{ran['steps']:,} steps so far")  # what pytest shows of a failure, or with -s
        assert ran["steps"] - before >= FEWEST
