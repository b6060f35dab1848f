"""Random programs of the stateful test: their code, and what every name stands for at their end."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from explorer.files.script import script
from tests.workspace.plain import looks
from tests.workspace.test_stateful import Program

COUNT = 300
STEPS = 25


def recorded() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    class Recorded(Program):
        def teardown(self) -> None:
            lines = script(self.workspace).text.splitlines()
            lines += [f"{name}: {looks(thing)!s}" for name, thing in self.plain.items()]
            found[f"program {len(found)}"] = lines
            super().teardown()

    how = settings(
        max_examples=COUNT,
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Recorded, settings=how)
    return found
