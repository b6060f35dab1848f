"""The in-place methods of torch as steps: A.abs_() changes values, A.t_() only how they are laid out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Self

import torch

from explorer.errors import OpError
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import WRITES
from explorer.ops.calls import unresized
from explorer.workspace.code import Writer, call_arguments
from explorer.workspace.layout import TensorLayout
from explorer.workspace.operands import named, replaced
from explorer.workspace.steps import Step, described, objects, only_tensors, refusal, window
from explorer.workspace.view import View
from explorer.workspace.writes import Change

# Not steps: they would give the target other memory or leave its bounds, or change what autograd and names know of it.
_OTHER = frozenset(
    "as_strided_ detach_ rename_ requires_grad_ resize_ resize_as_ resize_as_sparse_ set_ sparse_resize_ "  # noqa: SIM905
    "sparse_resize_and_clear_".split()
)


@cache
def _overloads(method: str) -> tuple[Any, ...]:
    """What torch registered under the name of an in-place method on the values or the layout of a tensor."""
    if not method.endswith("_") or method.startswith("_") or method.endswith("__"):
        return ()
    packet = getattr(torch.ops.aten, method, None) if hasattr(torch.Tensor, method) else None
    return tuple(getattr(packet, name) for name in packet.overloads()) if packet is not None else ()


def seeded(method: str) -> bool:
    """Whether it fills with random numbers; it then gets a seed, so that replay is exact."""
    return any(argument.name == "generator" for found in _overloads(method) for argument in found._schema.arguments)


def step_of(
    target: str, method: str, operands: Sequence[Any], arguments: Mapping[str, Any], seed: int | None
) -> "InPlace | Relayout":
    """The step `target.method(...)`. Raises OpError where `method` is none that a step can be."""
    found = _overloads(method)
    if not found or method in _OTHER:
        template = QT_TRANSLATE_NOOP("errors", "{method} is no in-place operation on the values of {name}.")
        raise OpError(Message("errors", template, {"method": method, "name": target}))
    given = {name: value for name, value in arguments.items() if value is not None}
    if any(torch.Tag.inplace_view in overload.tags for overload in found):
        return Relayout(target, method, tuple(operands), given)
    return InPlace(target, method, tuple(operands), given, (seed or 0) if seeded(method) else None)


@dataclass(frozen=True, eq=False)
class InPlace(Change):
    """`A.add_(B, alpha=2)`; of the operands a str is a name, None stands for one left out, and a tuple stays one.

    `seed`: of random fills.
    """

    method: str
    operands: tuple[Any, ...]
    arguments: Mapping[str, Any]
    seed: int | None = None

    @property
    def overwrites(self) -> bool:
        return self.seed is not None or any(op.refills and op.called == self.method for op in WRITES.values())

    @property
    def inputs(self) -> tuple[str, ...]:
        return named(self.target, self.operands)

    def renamed(self, names: Mapping[str, str]) -> Self:
        target, operands = replaced((self.target, self.operands), names)
        return replace(self, target=target, operands=operands)

    def pinned(self, values: Mapping[str, Any]) -> Self:
        return replace(self, operands=replaced(self.operands, values))

    def statement(self, write: Writer) -> str:
        text = call_arguments([write.operand(x, f"{self.target}_values") for x in self.operands], self.arguments)
        if self.seed is not None:
            text += f"{', ' if text else ''}generator=torch.Generator().manual_seed({self.seed})"
        return f"{self.target}.{self.method}({text})"

    def act(self, found: Mapping[str, Any]) -> None:
        given = dict(self.arguments)
        if self.seed is not None:
            given["generator"] = torch.Generator().manual_seed(self.seed)
        target = found[self.target]
        before = target.shape
        unresized(before, getattr(target, self.method)(*replaced(self.operands, found), **given))

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        only_tensors([self.target], inputs[:1])
        return super().run(inputs)


@dataclass(frozen=True, eq=False)
class Relayout(Step):
    """`A.transpose_(0, 1)`: other sizes and strides over the same memory; other views of it keep theirs."""

    target: str
    method: str
    operands: tuple[Any, ...]
    arguments: Mapping[str, Any]

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.target,)

    @property
    def outputs(self) -> tuple[str | None, ...]:
        return (self.target,)

    @property
    def makes(self) -> tuple[str, ...]:
        return ()

    def renamed(self, names: Mapping[str, str]) -> Self:
        return replace(self, target=replaced(self.target, names))

    def statement(self, write: Writer) -> str:
        return f"{self.target}.{self.method}({call_arguments(list(map(write.value, self.operands)), self.arguments)})"

    def run(self, inputs: Sequence[View]) -> tuple[View | None, ...]:
        only_tensors(self.inputs, inputs)
        (view,) = inputs
        tensor = objects(self.inputs, inputs)[self.target]
        try:
            getattr(tensor, self.method)(*self.operands, **self.arguments)
        except Exception as error:
            template = QT_TRANSLATE_NOOP("errors", "“{code}” is refused for {what}.")
            raise refusal(template, error, code=self.source(), what=described(self.target, view)) from error
        return (replace(view, layout=TensorLayout.of(tensor, window(view))),)
