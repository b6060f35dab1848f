"""What a program tells autograd, and asks of it: entries of its steps, which no draft is of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from explorer.late import torch
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops.calls import bind
from explorer.ops.crossing import Untold
from explorer.ops.entry import Arguments, Family, Form
from explorer.ops.op import Call, Op
from explorer.ops.parameters import INPUT, Flag, Operand, Parameter


@dataclass(frozen=True)
class Telling(Untold):
    """What autograd is told of one tensor; no value changes, and nothing is new."""

    results: tuple[str, ...] = ()

    family: ClassVar[Family] = Family.AUTOGRAD
    records: ClassVar[bool] = True
    refusal: ClassVar[str] = QT_TRANSLATE_NOOP(
        "errors", "{what} cannot require gradients: only floating point and complex dtypes can. Convert it first."
    )

    def statement(self, names: Sequence[Any], arguments: Arguments, outputs: Sequence[str | None]) -> str:
        return self.source(names, arguments)


@dataclass(frozen=True)
class Clearing(Telling):
    """`A.grad = None`: what backwards have given A so far does not add up with what others will."""

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        operands[0].grad = None
        return operands[0]

    def source(self, names: Sequence[str | None], arguments: Arguments) -> str:
        return f"{names[0]}.grad = None"


@dataclass(frozen=True)
class Backward(Telling):
    """`C.backward()`: gradients of C for the leaves it was made from, as they are after it.

    Of a scalar the gradient is left out; with the argument `of_ones` it is ones of the shape of C. `retain_graph`: for
    another backward. Gradients add up in `A.grad` from one backward to the next, so that results are copies.
    """

    signature: tuple[Parameter, ...] = (
        INPUT,
        Operand("gradient", optional=True),
        Flag("retain_graph"),
        Flag("of_ones"),
        Operand("leaves", many="star"),
    )

    def outcome(self, operands: Sequence[Any], arguments: Arguments) -> Any:
        target, gradient, leaves = bind(self, operands).values()
        room_for(target.nbytes + 2 * sum(leaf.nbytes for leaf in leaves), target.device)
        kept = {"retain_graph": True} if arguments.get("retain_graph") else {}
        target.backward(torch.ones_like(target) if arguments.get("of_ones") else gradient, **kept)
        return tuple(leaf.grad.clone() for leaf in leaves)

    def source(self, names: Sequence[str | None], arguments: Arguments) -> str:
        target, gradient, _ = bind(self, names).values()
        given = [f"torch.ones_like({target})"] if arguments.get("of_ones") else [] if gradient is None else [gradient]
        if arguments.get("retain_graph"):
            given.append("retain_graph=True")
        return f"{target}.backward({', '.join(given)})"

    def statement(self, names: Sequence[Any], arguments: Arguments, outputs: Sequence[str | None]) -> str:
        """With the gradients kept under the names in `outputs`, as many as there are leaves."""
        call = self.source(names, arguments)
        leaves = bind(self, names)["leaves"]
        kept = [(name, leaf) for name, leaf in zip(outputs, leaves, strict=True) if name]
        if not kept:
            return call
        return f"{call}; {', '.join(n for n, _ in kept)} = {', '.join(f'{leaf}.grad.clone()' for _, leaf in kept)}"


REQUIRE = Telling("requires_grad_", signature=(INPUT, Flag("requires_grad", default=True, positional=True)))
CLEAR = Clearing("grad", form=Form.ASSIGNMENT)
BACKWARD = Backward("backward")
ONES = "="  # no name that a tensor could have

ENTRIES: tuple[Op, ...] = (REQUIRE, CLEAR, BACKWARD)


def backward(name: str, gradient: str | None = None, retained: bool = False, leaves: Sequence[str] = ()) -> Call[str]:
    """`name.backward(gradient)`; `gradient`: the name of a tensor of the same shape, or ONES; None for a scalar."""
    arguments = {"retain_graph": retained, "of_ones": gradient == ONES}
    return BACKWARD.call((name, None if gradient == ONES else gradient, *leaves), arguments)  # type: ignore[arg-type]
