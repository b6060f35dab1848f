"""The steps of a program: what creates a tensor, and calls of operations with names for their results."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from explorer.ops.op import Call
from explorer.workspace.code import Writer
from explorer.workspace.definition import Definition


class Step(ABC):
    """One statement. It reads `inputs` and binds `outputs`; one that changes something has its target first in both."""

    @property
    @abstractmethod
    def inputs(self) -> tuple[str, ...]:
        """The names it reads, as often as it reads them."""

    @property
    @abstractmethod
    def outputs(self) -> tuple[str | None, ...]:
        """The names it binds; None for a result that nobody keeps."""

    @property
    def makes(self) -> tuple[str, ...]:
        """The names that are new with it: none where it changes what is there."""
        return tuple(name for name in self.outputs if name)

    @property
    def writes(self) -> bool:
        """Whether it changes memory that is already there."""
        return False

    @property
    def graded(self) -> bool:
        """Whether it is about gradients: what it does depends on all that was recorded before it."""
        return False

    @abstractmethod
    def renamed(self, names: Mapping[str, str]) -> Self:
        """The same step over other names."""

    @abstractmethod
    def statement(self, write: Writer) -> str:
        """The line of Python."""

    def keeping(self, names: Collection[str]) -> Self:
        """The same step with only these of its results, where it has several."""
        return self

    def source(self) -> str:
        """The line of Python; long values are loaded from a file named after what is made of them."""
        return self.statement(Writer())


@dataclass(frozen=True, eq=False)
class Create(Step):
    """`A = torch.zeros(2, 3)`, or values loaded from a file (`label` is their own name there, `origin` the file).

    `array`: the NumPy array over that memory, `n = np.zeros((2, 3))` or `n = torch.rand(2, 3).numpy()`.
    """

    name: str
    creation: Definition
    label: str = ""
    origin: str = ""
    array: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        return ()

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.name,)

    def renamed(self, names: Mapping[str, str]) -> Self:
        return replace(self, name=names.get(self.name, self.name))

    def statement(self, write: Writer) -> str:
        made = self.creation.array_source if self.array else self.creation.source
        text = f"{self.name} = {made(self.name, write)}"
        if not self.origin:
            return text
        told = f"{self.origin}: {self.label or self.name}"
        if self.creation.reading is not None:
            told = write.origin(self.creation.reading, told)
        # a file's own words: they must not end the comment
        return f"{text}  # {''.join(c if c.isprintable() else '�' for c in told)}"

    def slim(self) -> Self:
        """Without values that are too many to be code: from now on the storage keeps them."""
        return replace(self, creation=self.creation.without_values()) if self.creation.kept else self


@dataclass(frozen=True, eq=False)
class Operate(Step):
    """`B = A.sum(dim=0)`, `A[0] = 9`, `n += 1`, `A.t_()`, `C.backward()`: a call over names and values, and the names
    of its results. `initial`: it belongs to the creation of what it writes to.
    """

    call: Call[Any]
    results: tuple[str | None, ...] = ()
    initial: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        return self.call.names

    @property
    def target(self) -> str:
        """What it changes, or is about."""
        return self.inputs[0]

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.target,) if self.call.op.writes else self.results

    @property
    def makes(self) -> tuple[str, ...]:
        return tuple(name for name in self.results if name)

    @property
    def writes(self) -> bool:
        return self.call.op.overwrites

    @property
    def graded(self) -> bool:
        return self.call.op.records

    def renamed(self, names: Mapping[str, str]) -> Self:
        results = tuple(names.get(x, x) if x else None for x in self.results)
        return replace(self, call=replaced(self.call, names), results=results)

    def keeping(self, names: Collection[str]) -> Self:
        return replace(self, results=tuple(x if x in names else None for x in self.results))

    def pinned(self, values: Mapping[str, Any]) -> Self:
        """The same step with values in the place of these names."""
        return replace(self, call=replaced(self.call, values))

    def statement(self, write: Writer) -> str:
        hint = f"{self.target}_values" if self.call.op.writes else next(iter(self.makes), "value")
        return self.call.statement(self.results, lambda x: write.operand(x, hint))

    def perform(self, found: Mapping[str, Any]) -> tuple[Any, ...]:
        """Do it to these tensors and arrays: its results, or none where it changes what is there. Raises what torch and
        NumPy raise, and RoomError."""
        made = replaced(self.call, found).outcome()
        if not self.results:
            return ()
        return tuple(made) if isinstance(made, tuple | list) else (made,)


def replaced(call: Call[Any], found: Mapping[str, Any]) -> Call[Any]:
    """The call with what `found` has in the place of its names; a name that it has not stays."""
    return call.over(lambda x: found.get(x, x) if isinstance(x, str) else x)
