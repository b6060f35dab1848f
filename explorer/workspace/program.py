"""A program that has been read from its text, and runs as plain Python would run it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from explorer.errors import ExplorerError, OpError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops.calls import silent
from explorer.workspace.file_reading import FileReading
from explorer.workspace.steps import Create, Operate, Step

Load = Callable[[FileReading], Any]


@dataclass(frozen=True, eq=False)
class Program:
    """Steps in execution order, and for each the line of its text, counted from 1."""

    steps: tuple[Step, ...]
    lines: tuple[int, ...]

    def source(self) -> str:
        """The steps in writing, one a line."""
        return "".join(f"{step.source()}\n" for step in self.steps)

    def run(self, load: Load | None = None) -> dict[str, Any]:
        """What each name stands for at the end: a tensor, or a NumPy array where the program makes one.

        `load` gives the tensor that a `FileReading` speaks of; without it nothing is read from files. Raises
        ExplorerError with the line that is refused.
        """
        names: dict[str, Any] = {}
        with silent():
            for step, line in zip(self.steps, self.lines, strict=True):
                try:
                    made = _created(step, load) if isinstance(step, Create) else _performed(step, names, load)
                except ExplorerError as error:
                    template = QT_TRANSLATE_NOOP("errors", "Line {line}, “{code}”, is refused: {reason}")
                    values = {"line": line, "code": step.source(), "reason": error.message}
                    raise OpError(Message("errors", template, values), error.detail) from error
                except Exception as error:
                    template = QT_TRANSLATE_NOOP("errors", "Line {line}, “{code}”, is refused.")
                    values = {"line": line, "code": step.source()}
                    raise OpError(Message("errors", template, values), str(error)) from error
                if made:
                    names.update({name: x for name, x in zip(step.outputs, made, strict=True) if name})
        return names


def _created(step: Create, load: Load | None) -> tuple[Any, ...]:
    reading = step.creation.reading
    made = _loaded(reading, load).to(step.creation.device) if reading is not None else step.creation.make()
    return (made.numpy() if step.array else made,)


def _performed(step: Step, names: dict[str, Any], load: Load | None) -> tuple[Any, ...]:
    assert isinstance(step, Operate)
    stored = step.call.over(lambda x: _loaded(x, load) if isinstance(x, FileReading) else x)
    return Operate(stored, step.results).perform(names)


def _loaded(reading: FileReading, load: Load | None) -> Any:
    if load is None:
        template = QT_TRANSLATE_NOOP("errors", "The values stand in the file {path}, which is not read here.")
        raise ExplorerError(Message("errors", template, {"path": reading.path}))
    return load(reading)
