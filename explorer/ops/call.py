"""A call of an operation, whatever stands for its operands: names in a program, tensors in a run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from explorer.ops.parameters import literal
from explorer.ops.provenance import Provenance

if TYPE_CHECKING:
    from explorer.ops.schema import Arguments, Forecast, Op, Stage

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True)
class Call(Generic[T]):
    """An entry, its operands in its own order and its arguments.

    An operand is a `T`, or None for one that is left out; where torch takes a list in one place, a tuple of these.
    """

    op: "Op"
    operands: tuple[T, ...] = ()
    arguments: "Arguments" = field(default_factory=dict)

    def over(self, stand_in: "Callable[[T], S]") -> "Call[S]":
        """The same call with others in the place of its operands; what is left out stays so."""
        return replace(self, operands=tuple(_over(x, stand_in) for x in self.operands))  # type: ignore[return-value]

    @property
    def names(self) -> tuple[str, ...]:
        """The names among the operands, in order, as often as they occur."""
        return named(*self.operands)

    @property
    def bound(self) -> dict[str, Any]:
        """What stands for each operand of the signature: a tuple where it takes any number, None where one is left
        out."""
        from explorer.ops.calls import bind

        return bind(self.op, self.operands)

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

    def forecast(self) -> "Forecast | tuple[Forecast, ...]":
        """Shape, dtype, device and new memory of the result, computing no value; OpError where torch would refuse."""
        return self.op.forecast(self.operands, self.arguments)

    def trace(self) -> Provenance:
        """The provenance of the whole operation."""
        return self.op.trace(self.operands, self.arguments)

    def stages(self) -> "tuple[Stage, ...]":
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
