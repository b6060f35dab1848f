"""An entry that can be called: run, foretold, written down and traced; and a call of it on operands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from explorer.errors import OpError, RoomError
from explorer.late import torch
from explorer.ops import calls, forecasts
from explorer.ops.entry import Act, Arguments, CatalogEntry, Forecast, given
from explorer.ops.memory_need import make_room
from explorer.ops.parameters import literal
from explorer.ops.provenance import Provenance
from explorer.ops.reasons import refused
from explorer.ops.words import Words

T_co = TypeVar("T_co", covariant=True)
S = TypeVar("S")


@dataclass(frozen=True)
class Op(CatalogEntry, ABC):
    """An entry of the catalogue; its family is its class."""

    def call(self, operands: Sequence[S], arguments: Arguments = MappingProxyType({})) -> Call[S]:
        """The call of it on these, without the arguments that say nothing, and what is left out at the end."""
        silent = {p.name for p in self.parameters if p.silent(arguments.get(p.name))}
        said = {name: value for name, value in given(arguments).items() if name not in silent}
        told = list(operands)
        while told and told[-1] is None and len(told) <= len(self.operands) and self.operands[len(told) - 1].optional:
            told.pop()
        return Call(self, tuple(told), said)

    def admit(self, operands: Sequence[Any], arguments: Arguments) -> None:
        """Raises OpError for what is refused here before torch is asked."""

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        """The bare call, once memory for it is free. Raises whatever torch raises; TypeError where the result is no
        tensor, or an operand on meta met one with values; and RoomError."""
        self.admit(operands, arguments)
        make_room(self, operands, arguments)
        result = calls.invoke(self, operands, arguments)
        calls.of_tensors(result)
        calls.together(operands)
        return result

    def run(self, operands: Sequence[Any], arguments: Arguments) -> torch.Tensor | tuple[torch.Tensor, ...]:
        """torch's own result, several as a plain tuple; OpError with its words where it refuses, RoomError before where
        the memory for it is not free."""
        try:
            result = self.outcome(operands, arguments)
        except (OpError, RoomError):
            raise
        except Exception as refusal:
            raise refused(self, operands, arguments, refusal) from refusal
        return tuple(result) if isinstance(result, tuple) else result

    def forecast(self, operands: Sequence[Any], arguments: Arguments) -> Forecast | tuple[Forecast, ...]:
        """Shape, dtype, device and new memory of the result, computing no value.

        Raises OpError where torch would refuse, with its words for the stand-in operands (the real call may word it
        otherwise).
        """
        self.admit(operands, arguments)
        try:
            return forecasts.forecast(self, operands, arguments)
        except Exception as refusal:
            raise refused(self, operands, arguments, refusal) from refusal

    def source(self, names: Sequence[str | None], arguments: Arguments) -> str:
        """A Python expression with the same result, `names` standing for the operands; None for those left out."""
        return calls.source(self, names, arguments)

    def statement(self, names: Sequence[Any], arguments: Arguments, outputs: Sequence[str | None]) -> str:
        """The line of Python that binds the results to `outputs` (None: to nobody), or changes what is there."""
        said = self.source(names, arguments)
        if self.writes:
            return said
        alone = "," if self.divides and len(outputs) == 1 else ""  # a tuple of one
        return f"{', '.join(name or '_' for name in outputs)}{alone} = {said}"

    @abstractmethod
    def trace(self, operands: Sequence[Any], arguments: Arguments) -> Provenance:
        """The provenance of the whole operation."""

    def stages(self, operands: Sequence[Any], arguments: Arguments) -> tuple[Act, ...]:
        """What is drawn, one after another: all of it at once, unless it is made of several acts."""
        op, given = self.narrowed(operands)
        inputs = tuple(-1 - k for k in range(len(given)))
        relation = self.trace(given, arguments)
        return (Act(self.act(operands), self.family, relation, lambda x: op.run(x, arguments), inputs),)

    def act(self, operands: Sequence[Any]) -> Words:
        """The function that is seen to happen."""
        return self.said


@dataclass(frozen=True)
class Call(Generic[T_co]):
    """An entry, its operands in its own order and its arguments.

    An operand is a `T_co`, or None for one that is left out; where torch takes a list in one place, a tuple of these.
    """

    op: Op
    operands: tuple[T_co, ...] = ()
    arguments: Arguments = field(default_factory=dict)

    def over(self, stand_in: Callable[[Any], S]) -> Call[S]:
        """The same call with others in the place of its operands; what is left out stays so."""
        return replace(self, operands=tuple(_over(x, stand_in) for x in self.operands))  # type: ignore[return-value]

    def narrowed(self) -> Call[T_co]:
        """The same call of an entry without the operands that are left out."""
        op, operands = self.op.narrowed(self.operands)
        return Call(op, operands, self.arguments)

    @property
    def names(self) -> tuple[str, ...]:
        """The names among the operands, in order, as often as they occur."""
        return named(*self.operands)

    @property
    def bound(self) -> dict[str, Any]:
        """What stands for each operand of the signature: a tuple where it takes any number, None where one is left
        out."""
        return calls.bind(self.op, self.operands)

    @property
    def cells(self) -> tuple[Any, ...]:
        """The cells of the first operand that it reads or writes."""
        return tuple(self.arguments.get("key", (...,)))

    def source(self) -> str:
        """A Python expression with the same result, of a call over names and numbers; of a change the statement."""
        written = self.over(lambda x: x if isinstance(x, str) else literal(x))
        return self.op.source(written.operands, self.arguments)

    def statement(self, outputs: Sequence[str | None], written: Callable[[Any], str]) -> str:
        """The line of Python that binds the results to `outputs`, with each operand as it is `written`."""
        return self.op.statement(self.over(written).operands, self.arguments, outputs)

    def run(self) -> Any:
        """torch's own result; OpError with its words where it refuses."""
        return self.op.run(self.operands, self.arguments)

    def outcome(self) -> Any:
        """As `run`; raises whatever torch or NumPy raise, and RoomError."""
        return self.op.outcome(self.operands, self.arguments)

    def forecast(self) -> Forecast | tuple[Forecast, ...]:
        """Shape, dtype, device and new memory of the result, computing no value; OpError where torch would refuse."""
        return self.op.forecast(self.operands, self.arguments)

    def trace(self) -> Provenance:
        """The provenance of the whole operation."""
        return self.op.trace(self.operands, self.arguments)

    def stages(self) -> tuple[Act, ...]:
        """What is drawn, one after another."""
        return self.op.stages(self.operands, self.arguments)


def _over(operand: Any, stand_in: Callable[[Any], Any]) -> Any:
    if isinstance(operand, tuple):
        return tuple(_over(part, stand_in) for part in operand)
    return None if operand is None else stand_in(operand)


def named(*operands: Any) -> tuple[str, ...]:
    """The names among these, in order, as often as they occur; those inside tuples too."""
    found: list[str] = []
    for operand in operands:
        if isinstance(operand, tuple):
            found += named(*operand)
        elif isinstance(operand, str):
            found.append(operand)
    return tuple(found)
